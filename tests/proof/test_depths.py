"""Deeper looks: the number again from predictions, model and code; and what cannot be looked at."""

import functools
import http.server
import json
import pickle
import threading

import numpy as np
import pytest

from journeyman.errors import Invalid, NotFound
from journeyman.proof import building, inference
from journeyman.proof.canonical import sha256
from journeyman.proof.checking import check
from journeyman.proof.claim import Pins, countersign, sign
from journeyman.proof.keyring import Keyring
from journeyman.scoring import registry
from journeyman.scoring.metric import Truth
from tests.proof.making import NOON, make_claim, numbers, page_of, reseal

CODE = b"""
def fit(X, y):
    global mean
    mean = X["x"].to_numpy().mean()

def predict(X):
    return X["x"].to_numpy() / (2 * mean)
"""


def put(site, claim, *artifacts):
    site.signed = sign(claim, site.signer.private, NOON)
    site.page().write_text(page_of(claim), "utf-8")
    reseal(site, artifacts=[site.predictions, site.labels, *artifacts])


def test_labels_that_the_bundle_leaves_out_come_from_the_verifier(site, tmp_path):
    reseal(site, artifacts=[site.predictions])
    verdict = check(site.folder, "rescore")
    assert verdict.verified
    assert not verdict.complete
    assert "--data" in verdict.steps[0].told
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "labels.csv").write_bytes(site.labels)
    assert check(site.folder, "rescore", data=folder).complete
    assert verdict.reached == {site.claim.id: "signature"}


def test_a_claim_by_itself_is_scored_again(site, tmp_path):
    file = tmp_path / "claim.json"
    file.write_bytes(site.signed.to_bytes())
    folder = site.folder / "proof" / "artifacts"
    verdict = check(file, "rescore", data=folder)
    assert verdict.verified
    assert verdict.complete
    assert not check(file, key="A" * 43).verified


def test_a_metric_of_ours_alone_is_not_recomputed(site):
    metric = site.claim.metric.model_copy(update={"name": "mastery"})
    put(site, site.claim.model_copy(update={"metric": metric}))
    (step,) = check(site.folder, "rescore").steps
    assert (step.outcome, "no metric" in step.told) == ("not possible", True)


def test_an_issuer_can_sign_too_and_is_named(site, tmp_path):
    school = Keyring(tmp_path / "school", lambda: NOON).signer("A school")
    claim = site.claim.model_copy(update={"level": "issuer-attested"})
    signed = sign(claim, site.signer.private, NOON)
    assert signed.faults()
    both = countersign(signed, school.private, school.name, "issuer", NOON)
    assert both.faults() == []
    site.page().write_text(page_of(claim), "utf-8")
    reseal(site, claims=[both])
    verdict = check(site.folder)
    assert verdict.verified
    assert any("A school (issuer" in one for one in verdict.claims[0].signed_by)
    assert any("issuer" in note for note in verdict.notes)


def test_a_pickle_is_refused_before_it_is_opened(site):
    model = pickle.dumps({"weights": [1, 2]})
    inputs = b"id,x\nrow-1,2\n"
    claim, _, _ = make_claim(site.signer, model=sha256(model), inputs=sha256(inputs))
    put(site, claim, model, inputs)
    verdict = check(site.folder, "reinfer")
    assert not verdict.verified
    assert "pickle" in verdict.findings[0].told


def test_only_onnx_is_a_model():
    for data in (b"PK\x03\x04torch", b"\x80\x04", b"GGUF", b""):
        with pytest.raises(Invalid):
            inference.require_safe(data)


SIGMOID = bytes.fromhex(
    "08083a600a0f0a01580a015712017a220447656d6d0a0f0a017a12017022075369676d6f69641201672a1308"
    "02080110014201574a080000803f000000405a110a0158120c0a0a080112060a000a02080262110a0170120c"
    "0a0a080112060a000a02080142040a001011"
)
"""An ONNX file: sigmoid(a + 2 b) of a matrix with the columns a and b."""


def test_an_onnx_model_is_run_where_the_runtime_is_installed(site):
    inputs = b"id,a,b\nr1,0.5,1\nr2,-1,0\n"
    if inference.available():
        _, first, second = inference.predictions(SIGMOID, inputs).decode().split()
        assert float(first.split(",")[1]) == pytest.approx(1 / (1 + np.exp(-2.5)), abs=1e-6)
        assert float(second.split(",")[1]) == pytest.approx(1 / (1 + np.exp(1)), abs=1e-6)
        return
    claim, _, _ = make_claim(site.signer, model=sha256(SIGMOID), inputs=sha256(inputs))
    put(site, claim, SIGMOID, inputs)
    verdict = check(site.folder, "reinfer")
    assert verdict.verified
    assert "pip install onnxruntime" in verdict.steps[1].told


def test_seal_refuses_what_is_not_claimed(site):
    page = site.page()
    page.write_text(page.read_text().replace('<data value="0.', '<data value="1.'))
    with pytest.raises(Invalid, match="the site was not sealed"):
        reseal(site)
    with pytest.raises(NotFound, match=r"manifest\.json"):
        check(site.folder)


def test_seal_refuses_links(site, tmp_path):
    (site.folder / "link").symlink_to(tmp_path)
    with pytest.raises(Invalid, match="symbolic link"):
        reseal(site)


def test_the_repository_around_a_site_is_no_part_of_it(site):
    (site.folder / ".git").mkdir()
    (site.folder / ".git" / "config").write_text("x")
    (site.folder / ".nojekyll").touch()
    assert check(site.folder).verified


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("nowhere", "no folder, claim or address"),
        ("nowhere.json", "no file"),
        ("http://example.org/", "is not an https address"),
        ("ftp://example.org/", "is not an https address"),
        ("https://me:secret@example.org/", "password"),
    ],
)
def test_bad_targets_are_bad_input(target, told):
    with pytest.raises((Invalid, NotFound), match=told) as caught:
        check(target)
    assert caught.value.exit_code == 2


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        if self.path.startswith("/away/"):
            self.send_response(302)
            self.send_header("Location", "http://localhost:1/" + self.path)
            self.end_headers()
            return
        super().do_GET()


@pytest.fixture
def served(site):
    handler = functools.partial(Quiet, directory=str(site.folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_site_at_an_address_is_checked_at_a_sub_path(site, served):
    for address in ("site/", "site", "site/index.html"):
        verdict = check(served + address, "rescore")
        assert verdict.verified, verdict.findings
        assert verdict.complete
        assert any("web server" in note for note in verdict.notes)
    name = f"site/proof/claims/{site.claim.id}.json"
    assert check(served + name).verified
    site.page("about.html").write_text("changed")
    assert not check(served + "site/").verified
    with pytest.raises(Invalid, match="redirects to"):
        check(served + "away/")
    with pytest.raises(NotFound, match="not published by Journeyman"):
        check(served + "elsewhere/")


@pytest.mark.slow
def test_code_is_run_again_in_the_sandbox(site):
    ids, target, _ = numbers()
    rng = np.random.default_rng(3)
    values = np.round(target + rng.random(len(ids)), 6)
    inputs = ("id,x\n" + "".join(f"{i},{v}\n" for i, v in zip(ids, values, strict=True))).encode()
    train = b"x,y\n1.0,0\n2.0,1\n1.5,1\n"
    given = values / 3.0
    site.predictions = building.predictions_file(ids, given)
    score = registry.get("auc").value(Truth(target), given)
    pins = Pins(
        labels=sha256(site.labels),
        predictions=sha256(site.predictions),
        code=sha256(CODE),
        train=sha256(train),
        inputs=sha256(inputs),
        lock="a" * 64,
    )
    changes = {"pins": pins, "value": score, "interval": None}
    claim = site.claim.model_copy(update=changes)
    shown = site.page()
    shown.write_text("<p>no numbers</p>")
    site.signed = sign(claim, site.signer.private, NOON)
    reseal(site, artifacts=[site.predictions, site.labels, CODE, train, inputs])
    verdict = check(site.folder, "retrain", lock="a" * 64)
    assert verdict.verified, verdict.findings
    assert [(one.depth, one.outcome) for one in verdict.steps] == [
        ("rescore", "verified"),
        ("reinfer", "not possible"),
        ("retrain", "verified"),
    ]
    assert verdict.steps[2].tolerance == "1e-09"
    assert verdict.steps[2].cpu_seconds > 0
    worse = CODE.replace(b'X["x"].to_numpy() / (2', b'-X["x"].to_numpy() / (2')
    claim = claim.model_copy(update={"pins": pins.model_copy(update={"code": sha256(worse)})})
    site.signed = sign(claim, site.signer.private, NOON)
    reseal(site, artifacts=[site.predictions, site.labels, worse, train, inputs])
    verdict = check(site.folder, "retrain")
    assert not verdict.verified
    assert verdict.steps[2].tolerance == "0.005"
    assert "run again" in verdict.findings[0].told
    json.dumps(verdict.plain())
