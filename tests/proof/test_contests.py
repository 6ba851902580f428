"""Claims on competitions: scored again from a file, and from code as deep as running it anew."""

import pytest

from journeyman.errors import Invalid
from journeyman.proof.building import table_file
from journeyman.proof.checking import check
from journeyman.proof.rows import table
from tests.competitions import conftest as sample
from tests.competitions.conftest import SLUG
from tests.competitions.test_rerun import MODEL

contests, ready, housed, make = sample.contests, sample.ready, sample.housed, sample.make
"""The made-up competition and its submissions."""


@pytest.fixture
def coded(housed, tmp_path):
    """A competition closed on a submission of code."""
    file = tmp_path / "model.py"
    file.write_text(MODEL)
    return housed, file


def put_data(app, folder):
    folder.mkdir()
    for name, data in app.proof.tables(SLUG).items():
        (folder / name).write_bytes(data)
    return folder


def put_site(app, signed, folder):
    """A site with this claim alone, as publishing seals it."""
    from journeyman.proof.bundle import seal

    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>A site</title><p>A score.</p>")
    signer = app.proof.signer()
    seal(folder, [signed], signer, at=app.clock(), artifacts=app.proof.artifacts([signed]))
    return folder


def test_a_file_of_predictions_is_scored_again_and_no_deeper(
    housed,
    make,
    app,
    tmp_path,
):
    housed.submit(SLUG, make.file(2.0))
    housed.close(SLUG)
    signed = app.proof.claim_competition(SLUG)
    assert not signed.claim.pins.code
    site = put_site(app, signed, tmp_path / "site")
    found = check(site, "retrain", data=put_data(app, tmp_path / "data"))
    assert found.findings == ()
    told = {one.depth: (one.outcome, one.told) for one in found.steps}
    assert told["rescore"][0] == "verified"
    assert told["retrain"][0] == "not possible"
    assert "only a file of predictions" in told["retrain"][1]
    with pytest.raises(Invalid, match="a file of predictions"):
        app.proof.claim_competition(SLUG, with_code=True)


@pytest.mark.slow
def test_code_is_run_again_on_the_tables_that_the_claim_names(coded, app, tmp_path):
    contests_, file = coded
    contests_.submit(SLUG, file)
    contests_.close(SLUG)
    plain = app.proof.claim_competition(SLUG)
    data = put_data(app, tmp_path / "data")
    assert {one.name for one in data.iterdir()} == {"labels.csv", "train.arrow", "inputs.arrow"}
    without = put_site(app, plain, tmp_path / "without")
    (step,) = [one for one in check(without, "retrain", data=data).steps if one.depth == "retrain"]
    assert step.outcome == "not possible"
    assert "the code (sha256" in step.told
    again = app.proof.claim_competition(SLUG, with_code=True)
    assert again.claim.id == plain.claim.id
    site = put_site(app, again, tmp_path / "site")
    found = check(site, "retrain", data=data)
    assert found.findings == ()
    assert found.reached[again.claim.id] == "retrain"
    assert app.proof.tables(SLUG) == {one.name: one.read_bytes() for one in data.iterdir()}


def test_a_table_keeps_its_types_and_names_no_version():
    import pandas as pd

    frame = pd.DataFrame(
        {"id": ["a", "b"], "when": pd.to_datetime(["2026-01-01", None]), "kind": ["x", None]}
    ).astype({"kind": "category"})
    data = table_file(frame)
    found = table(data, "it")
    assert found.to_pandas()["kind"].dtype == "category"
    assert str(found.to_pandas()["when"].dtype).startswith("datetime64")
    assert b"pandas" not in data
    assert table_file(found.to_pandas()) == data
    for broken in (data[:40], data[:-30], b"\xff\xff\xff\xff", data[:4] + b"\x7f" * 20):
        with pytest.raises(Invalid):
            table(broken, "it")
