"""Checks, comparisons, evaluation, the hold-out, the re-run and handing in."""

import json

import numpy as np
import pandas as pd
import pytest

from journeyman.core.dossier import Dossier
from journeyman.errors import Invalid, NotFound
from journeyman.projects.evaluating import Wanted
from journeyman.projects.final import FellShort
from journeyman.projects.repository import placeholders
from journeyman.projects.running import Wish
from journeyman.projects.runs import Runs
from journeyman.store import ledger
from tests.projects.conftest import change, git


def names(checked, *, met):
    return {one.name for one in checked.repository if one.met == met}


def test_a_clean_project_passes_and_that_is_kept(projects, repo):
    projects.run(repo)
    found = projects.check(repo)
    assert found.passed, (names(found, met=False), [one.what for one in found.findings])
    kept = projects.built("shop").checked
    assert (kept["passed"], kept["met"]) == (True, len(found.repository))


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("README.md", "# Shop\n\nTODO: say what it does.\n", "readme"),
        ("README.md", "# Shop\n\n" + "word " * 200, "result"),
        ("MODEL_CARD.md", "---\nlicense: mit\n---\n# Card\n\n## Data\n\nx\n", "model-card"),
        ("DATA_CARD.md", "# Card\n", "data-card"),
        ("tests/test_shop.py", "def test_nothing():\n    assert True\n", "tests"),
        ("requirements.lock", "numpy>=2\n", "lock"),
        ("src/solution/draw.py", "fig.savefig('a.svg')\n", "charts"),
    ],
)
def test_each_fault_of_a_repository_is_named(projects, repo, file, text, name):
    if name == "lock":
        (repo / file).unlink()
        (repo / "requirements.txt").write_text(text)
    else:
        (repo / file).write_text(text)
    assert name in names(projects.check(repo), met=False)


def test_data_in_git_are_found(projects, repo):
    git(repo, "add", "-f", "data/raw/data.csv")
    git(repo, "commit", "-q", "-m", "Oh no")
    found = {one.name: one for one in projects.check(repo).repository}
    assert not found["data-ignored"].met
    assert "data/raw/data.csv" in found["data-ignored"].told


def test_a_fault_of_method_is_found_in_code_and_table(projects, repo):
    table = pd.read_csv(repo / "data" / "raw" / "data.csv")
    draw = np.random.default_rng(1).random(len(table)) < 0.02
    table["refund"] = np.where(draw, 1 - table["returned"], table["returned"])
    table.to_csv(repo / "data" / "raw" / "data.csv", index=False)
    found = projects.check(repo)
    assert "target-leak" in {one.kind for one in found.findings}
    assert not found.passed
    assert "refund" in found.text()


def test_parts_that_the_code_has_written_are_looked_at(projects, repo):
    table = pd.read_csv(repo / "data" / "raw" / "data.csv")
    table["weight"] = np.random.default_rng(2).normal(2, 0.4, len(table))
    parts = repo / "data" / "processed"
    parts.mkdir(parents=True)
    table[:250].to_csv(parts / "train.csv", index=False)
    table[150:300].to_csv(parts / "test.csv", index=False)
    found = projects.check(repo)
    assert "duplicates-across-split" in {one.kind for one in found.findings}
    assert "data/processed/test.csv (150 rows)" in found.seen


def test_a_folder_that_is_no_project_is_checked_for_method(projects, tmp_path):
    (tmp_path / "fit.py").write_text(
        "import pandas as pd\n"
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.preprocessing import StandardScaler\n"
        "df = pd.read_csv('a.csv')\n"
        "x = StandardScaler().fit_transform(df.drop(columns='y'))\n"
        "a, b, c, d = train_test_split(x, df['y'], random_state=0)\n"
    )
    found = projects.check(tmp_path)
    assert [one.kind for one in found.findings] == ["scaling-on-all-rows"]
    assert (found.repository, found.passed) == ((), False)
    assert "no journeyman.toml" in found.text()
    with pytest.raises(NotFound, match="no folder"):
        projects.check(tmp_path / "nowhere")


def test_placeholders_are_lines():
    assert placeholders("a\nTODO: b\nTODOS are fine\n[More Information Needed]\n") == [2, 4]


def test_two_runs_are_compared_on_the_same_rows(projects, repo):
    projects.run(repo, Wish(seed=1))
    projects.run(repo, Wish(seed=1, arguments=("--noise", "0.95")))
    found = projects.compare(repo)
    assert found.comparison.gain < 0
    assert "not chance" in found.comparison.verdict
    assert found.changed["parameter noise"] == (0.95, 0.0)
    first, second = (run.id for run in projects.runs(repo))
    same = projects.compare(repo, first, first)
    assert "noise" in same.comparison.verdict
    assert projects.compare(repo, first, second).comparison.gain == -found.comparison.gain
    with pytest.raises(NotFound, match="No run ends"):
        projects.compare(repo, "zzzz")


def test_one_run_cannot_be_compared(projects, repo):
    with pytest.raises(Invalid, match="needs two"):
        projects.compare(repo)


def test_runs_that_share_no_rows_are_not_compared(projects, repo):
    projects.run(repo)
    text = (repo / "src" / "solution" / "train.py").read_text()
    change(
        repo,
        "src/solution/train.py",
        text.replace('row["id"], row', 'row["id"], row', 1).replace(
            "= place,", "= 10_000 + place,"
        ),
    )
    projects.run(repo)
    with pytest.raises(Invalid, match="share 0 predicted rows"):
        projects.compare(repo)


def test_the_evaluation_writes_a_report_with_charts(projects, repo):
    projects.run(repo)
    found, place = projects.evaluate(repo, wanted=Wanted(group="colour"))
    assert {"Result", "Slices", "Calibration", "Threshold by cost", "Groups", "Errors"} <= set(
        found.parts
    )
    assert found.data["slices"]["worse"] is not None
    text = (place / "report.md").read_text()
    for chart in place.glob("charts/*.svg"):
        assert f"charts/{chart.name}" in text
        assert "<script" not in chart.read_text()
        assert chart.with_suffix(".csv").is_file()
    assert json.loads((place / "report.json").read_text())["run"] == found.run.id


def test_the_same_predictions_draw_the_same_charts(projects, repo):
    projects.run(repo)
    _, place = projects.evaluate(repo)
    before = {one.name: one.read_bytes() for one in place.glob("charts/*")}
    projects.evaluate(repo)
    assert before == {one.name: one.read_bytes() for one in place.glob("charts/*")}


def test_a_group_that_is_not_there_is_named(projects, repo):
    projects.run(repo)
    with pytest.raises(Invalid, match="no column 'nobody'"):
        projects.evaluate(repo, wanted=Wanted(group="nobody"))


@pytest.mark.slow
def test_the_house_runs_on_the_same_rows(projects, repo):
    projects.run(repo)
    found, _ = projects.evaluate(repo, wanted=Wanted(house=15))
    assert found.data["against_the_house"]["score"]["rows"] == found.run.main.rows


@pytest.mark.slow
def test_the_hold_out_is_opened_once_and_every_look_is_counted(projects, repo):
    projects.run(repo)
    first = projects.final(repo)
    assert first.look.number == 1
    assert first.scores[0].rows == 60
    assert first.scores[0].baseline == first.baseline == 0.5
    assert 0.5 < first.look.score.value < 1
    with pytest.raises(Invalid, match="opened already"):
        projects.final(repo)
    same = projects.final(repo, again=True)
    assert same.look.number == 1  # the same predictions tell nothing new
    text = (repo / "src" / "solution" / "predict.py").read_text()
    change(
        repo,
        "src/solution/predict.py",
        text.replace("0.5)}", "0.5) ** 2 + len(row['colour']) / 99}"),
    )
    other = projects.final(repo, again=True)
    assert other.look.number == 2
    assert "2 tries" in other.look.told
    assert projects.status(repo).line.looks == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("for row in rows:", "for row in rows[:-1]:", "59 predictions"),
        ("for row in rows:", "for row in sorted(rows, key=lambda r: r['price']):", "another order"),
        ("for row in rows:", "for row in missing:", "NameError"),
        ("scored.csv", "elsewhere.csv", "wrote no scored.parquet"),
    ],
)
def test_a_predict_entry_point_that_fails_costs_no_look(projects, repo, old, new, said):
    text = (repo / "src" / "solution" / "predict.py").read_text()
    change(repo, "src/solution/predict.py", text.replace(old, new))
    projects.run(repo)
    with pytest.raises(FellShort, match=said) as caught:
        projects.final(repo)
    assert caught.value.exit_code == 1
    assert projects.status(repo).line.looks == 0


def test_a_project_that_was_not_started_here_keeps_no_hold_out(projects, repo):
    projects.run(repo)
    toml = (repo / "journeyman.toml").read_text().replace('slug = "shop"', 'slug = "other"')
    change(repo, "journeyman.toml", toml)
    with pytest.raises(NotFound, match="not in your record"):
        projects.final(repo)


def test_a_re_run_in_the_present_interpreter_is_functional(projects, repo):
    projects.run(repo)
    found = projects.reproduce(repo, locked=False)
    assert (found.level, found.again) == ("Functional", found.recorded)
    assert "--present" in found.verdict()


def test_a_locked_environment_makes_it_reproduced(projects, repo, monkeypatch):
    import sys

    from journeyman.projects import reproducing

    monkeypatch.setattr(reproducing, "build", lambda *args: sys.executable)
    projects.run(repo)
    found = projects.reproduce(repo)
    assert found.level == "Reproduced"
    assert projects.built("shop").reproduced["level"] == "Reproduced"
    table = pd.read_csv(repo / "data" / "raw" / "data.csv")
    table.iloc[::-1].to_csv(repo / "data" / "raw" / "data.csv", index=False)
    assert projects.reproduce(repo).level == "Functional"


@pytest.mark.slow
def test_a_lock_that_does_not_build_leaves_it_available(projects, repo):
    change(
        repo,
        "requirements.lock",
        "no-such-file @ file:///nowhere/no-such-file-1.0-py3-none-any.whl\n",
    )
    projects.run(repo)
    found = projects.reproduce(repo)
    assert found.level == "Available"
    assert "does not build" in found.steps[-1]


def test_code_that_is_not_committed_is_available_to_nobody(projects, repo):
    (repo / "src" / "solution" / "extra.py").write_text("x = 1\n")
    projects.run(repo)
    found = projects.reproduce(repo)
    assert found.level == ""
    assert "not committed" in found.steps[0]


def test_a_project_that_left_git_is_available_to_nobody(projects, repo):
    projects.run(repo)
    (repo / ".git").rename(repo / "gone")
    found = projects.reproduce(repo)
    assert found.level == ""
    assert "in git no more" in found.steps[0]


def test_handing_in_writes_dossier_claim_and_evidence(projects, repo, app):
    projects.run(repo)
    with pytest.raises(FellShort, match="not opened"):
        projects.submit(repo)
    final = projects.final(repo)
    found = projects.submit(repo, code_url="https://example.org/ada/shop")
    data = json.loads((found.folder / "dossier.json").read_text())
    dossier = Dossier.model_validate(data)
    assert dossier.numbers[0].part == "hidden hold-out"
    assert dossier.numbers[0].value == final.look.score.value
    assert {one.part for one in dossier.numbers} == {"hidden hold-out", "validation"}
    for chart in dossier.charts:
        assert (found.folder / chart.file).is_file()
        assert (found.folder / chart.table).is_file()
    assert dossier.sections["Decision log"].startswith("Counting by colour")
    assert dossier.sections["What did not work"] == "The price tells nothing."
    assert "One row a basket" in dossier.sections["Data card"]
    assert dossier.commit == projects.runs(repo)[-1].code["commit"]
    assert dossier.looks == 1
    with projects.app.reading() as session:
        facts = list(ledger.history(session))
    assert [one.detail["stage"] for one in facts] == ["split", "model", "delivery"]
    assert [one.skills for one in facts] == [one.skills for one in found.stages]
    for fact in facts:
        assert (fact.source, fact.how, fact.slug) == ("project", "scored", "shop")
        assert fact.attempt == projects.built("shop").id
    assert facts[0].score == 1
    assert "no leak of the answer was found" in facts[0].detail["rests_on"]
    assert facts[2].score == 0.75  # nobody ran it again
    assert "re-run: not yet" in facts[2].detail["rests_on"]


def test_a_stranger_recomputes_the_claim(projects, repo):
    from journeyman.proof import checking

    projects.run(repo)
    projects.final(repo)
    found = projects.submit(repo)
    report = checking.check(str(found.folder / "bundle"), depth="rescore")
    outcomes = {step.depth: step.outcome for step in report.steps if step.claim}
    assert outcomes["rescore"] == "verified", report


def test_faults_are_refused_unless_asked_for_and_lower_the_score(projects, repo):
    projects.run(repo)
    projects.final(repo)
    good = projects.submit(repo).shown.score
    change(repo, "README.md", "# Shop\n\nTODO\n")
    projects.run(repo)
    with pytest.raises(FellShort, match="has to be mended first"):
        projects.submit(repo)
    assert projects.submit(repo, anyway=True).shown.score < good


@pytest.mark.slow
def test_the_same_project_again_is_no_new_evidence(projects, repo):
    projects.run(repo)
    projects.final(repo)
    first = projects.submit(repo)
    assert len(first.facts) == len(first.stages) == 3
    assert projects.submit(repo).facts == ()
    projects.run(repo)  # another run that comes out the same
    assert projects.submit(repo).facts == ()
    with projects.app.reading() as session:
        assert len(list(ledger.history(session))) == 3
    assert set(projects.built("shop").submitted["stages"]) == {"split", "model", "delivery"}


@pytest.mark.slow
def test_a_stage_that_became_better_counts_in_full_and_a_worse_one_little(
    projects, repo, monkeypatch
):
    import sys

    from journeyman.projects import reproducing

    monkeypatch.setattr(reproducing, "build", lambda *args: sys.executable)
    projects.run(repo)
    projects.final(repo)
    before = {one.detail["stage"]: one for one in projects.submit(repo).facts}
    projects.reproduce(repo)
    after = {one.detail["stage"]: one for one in projects.submit(repo).facts}
    assert set(after) == {"model", "delivery"}  # those that a re-run bears on
    assert {one.how for one in after.values()} == {"re-run"}
    assert after["delivery"].score > before["delivery"].score
    assert after["delivery"].strength > before["delivery"].strength
    change(repo, "tests/test_shop.py", "def test_nothing():\n    assert True\n")
    projects.run(repo)
    projects.final(repo, again=True)
    worse = {one.detail["stage"]: one for one in projects.submit(repo, anyway=True).facts}
    assert worse["delivery"].score < before["delivery"].score
    assert worse["delivery"].strength < 0.5 * before["delivery"].strength


def test_a_stage_is_seen_behind_the_number_of_its_skill(projects, repo):
    projects.run(repo)
    projects.final(repo)
    projects.submit(repo)
    why = projects.app.why("testing")
    assert any("stage “A stranger can run it” (75 of 100)" in one.text for one in why.facts)


def test_runs_are_written_in_the_layout_of_mlflow(projects, repo, tmp_path):
    run = projects.run(repo)
    place = projects.mlflow(repo, tmp_path)
    (folder,) = [one for one in (place / "1").iterdir() if one.is_dir()]
    meta = dict(line.split(": ", 1) for line in (folder / "meta.yaml").read_text().splitlines())
    assert (meta["status"], json.loads(meta["run_id"])) == ("3", folder.name)
    stamp, value, step = (folder / "metrics" / "validation_auc").read_text().split()
    assert (float(value), step) == (run.main.value, "0")
    assert int(stamp) > 1_600_000_000_000
    assert (folder / "params" / "noise").read_text() == "0.0"
    assert (folder / "artifacts" / "model.json").is_file()


def test_the_runs_are_drawn_with_labelled_axes(projects, repo):
    with pytest.raises(Invalid, match="no finished run"):
        projects.chart(repo)
    projects.run(repo)
    drawn = projects.chart(repo)
    assert "run, by time" in drawn.svg
    assert "higher is better" in drawn.svg
    assert drawn.rows[0][1] == Runs(repo).find().main.value


@pytest.mark.slow
def test_the_model_is_explained_through_its_own_entry_point(projects, repo):
    projects.run(repo)
    found = projects.explain(repo, columns=["colour"], row=0)
    leading = found.data["what_it_leans_on"]["columns"][0]
    assert leading["columns"] == ["colour"]
    assert leading["drop"] > 0.1
    assert {"Effect of colour", "This row", "Rows like it"} <= set(found.parts)
    with pytest.raises(Invalid, match="no column 'nobody'"):
        projects.explain(repo, columns=["nobody"])


def test_what_needs_the_raw_rows_says_why_it_cannot_have_them(projects, repo):
    text = (repo / "src" / "solution" / "train.py").read_text()
    change(repo, "src/solution/train.py", text.replace("= place,", "= 10_000 + place,"))
    projects.run(repo)
    for asked in (
        lambda: projects.explain(repo),
        lambda: projects.evaluate(repo, wanted=Wanted(house=9)),
    ):
        with pytest.raises(Invalid, match="needs to know which rows"):
            asked()
    data = repo / "data" / "raw" / "data.csv"
    pd.read_csv(data).rename(columns={"returned": "came_back"}).to_csv(data, index=False)
    with pytest.raises(Invalid, match="made by your own code"):
        projects.explain(repo)


def test_a_large_notebook_is_read_without_its_pictures_and_a_huge_script_is_named(projects, repo):
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": ["scaler.fit(frame)\n"],
        "outputs": [{"output_type": "display_data", "data": {"image/png": "A" * (3 << 20)}}],
    }
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (repo / "notebooks").mkdir(exist_ok=True)
    (repo / "notebooks" / "look.ipynb").write_text(json.dumps(book))
    before = projects.check(repo).seen[0]
    (repo / "src" / "numbers.py").write_text("VALUES = [" + "1, " * (1 << 20) + "]\n")
    found = projects.check(repo)
    assert found.seen[0] == before  # the notebook was among them, the script is not
    told = [one.what for one in found.findings if one.kind == "not-read"]
    assert told == ["src/numbers.py is 3 MB and was not read; keep data out of code."]
