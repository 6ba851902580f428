"""Submissions and their predictions leave with an export and come back."""

import pytest

from journeyman.errors import Invalid
from journeyman.settings import Settings
from tests.competitions.conftest import SAMPLE, SLUG


@pytest.fixture
def exported(housed, make, app, tmp_path):
    housed.submit(SLUG, make.file(1.5), expect="0.8 +- 0.1", note="first")
    housed.submit(SLUG, make.file(2.5, "b.csv"))
    housed.hint(SLUG)
    housed.close(SLUG)
    app.export(tmp_path / "out")
    return tmp_path / "out"


def test_everything_comes_back(app, housed, make_app, exported, tmp_path):
    from journeyman.app.competitions import Competitions

    assert len(list((exported / "predictions").glob("*.parquet"))) == 2
    other = make_app(Settings(home=tmp_path / "other"))
    done = other.import_(exported)
    assert done.added["submission"] == 2
    assert done.added["prediction"] == 2
    assert done.added["entrant"] == 1
    again = Competitions(other, roots=[SAMPLE])
    again.get(SLUG)
    before, after = housed.board(SLUG), again.board(SLUG)
    assert after.shake == before.shake
    assert len(after.shake) == 2
    assert after.outcome == before.outcome
    assert after.trap == before.trap
    assert other.import_(exported).added == {}


def test_a_damaged_file_of_predictions_is_refused(exported, make_app, tmp_path):
    file = next((exported / "predictions").glob("*.parquet"))
    file.write_bytes(b"junk")
    other = make_app(Settings(home=tmp_path / "other"))
    with pytest.raises(Invalid, match="damaged"):
        other.import_(exported)
