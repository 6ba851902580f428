"""From getting a competition to closing it, through the application."""

import pytest

from journeyman.app.competing.ground import Watch
from journeyman.competitions import house_field
from journeyman.data import Stopped
from journeyman.errors import Conflict, Invalid, NotFound
from tests.competitions.conftest import SLUG, here


def test_the_data_come_once_and_are_checked(contests):
    (line,) = [one for one in contests.lines() if one.slug == SLUG]
    assert line.state == "new"
    home = contests.get(SLUG)
    assert {"train.parquet", "test.parquet", "sample_submission.csv"} <= {
        file.name for file in home.folder.iterdir()
    }
    before = (home / "train.parquet").stat().st_mtime_ns
    contests.get(SLUG)
    assert (home / "train.parquet").stat().st_mtime_ns == before
    (line,) = [one for one in contests.lines() if one.slug == SLUG]
    assert line.state == "here"


def test_before_the_data_are_here_one_sentence_says_how_to_get_them(contests, tmp_path):
    with pytest.raises(NotFound, match="compete get shop-returns"):
        contests.board(SLUG)


def test_a_submission_is_scored_and_stands_on_the_board(ready, make):
    done = ready.submit(SLUG, make.file(1.5), expect="0.85 +- 0.02", note="first try")
    assert done.submission.stage == "scored"
    assert done.submission.level == "L0"
    (mine,) = [line for line in done.board.lines if line.kind == "you"]
    assert 0.7 < mine.low < mine.score < mine.high < 1
    assert mine.rank == 1
    (house,) = [line for line in done.board.lines if line.kind == "house"]
    assert (house.name, house.score, house.rank) == ("constant", 0.5, 2)


def test_rows_may_come_in_any_order(ready, make, tmp_path):
    import pandas as pd

    first = ready.submit(SLUG, make.file(1.5))
    table = pd.read_csv(make.file(1.5)).sample(frac=1, random_state=3)
    table.to_parquet(tmp_path / "mixed.parquet")
    report = ready.validate(SLUG, tmp_path / "mixed.parquet")
    assert report.valid
    second = ready.submit(SLUG, tmp_path / "mixed.parquet")
    assert second.submission.public["value"] == first.submission.public["value"]


def test_a_file_with_errors_is_not_recorded(ready, make):
    done = ready.submit(SLUG, make.file(1.5, returned="often"))
    assert done.submission is None
    assert done.report.errors
    assert ready.submissions(SLUG) == ()


def test_the_ladder_keeps_scores_that_are_not_clearly_better(ready, make):
    first = ready.submit(SLUG, make.file(1.5, seed=1))
    again = ready.submit(SLUG, make.file(1.5, "b.csv", seed=2))
    assert not again.submission.public["climbed"]
    assert again.submission.public["released"] == first.submission.public["released"]
    (mine,) = [line for line in again.board.lines if line.kind == "you"]
    assert mine.submission == first.submission.id
    (kept,) = again.board.withheld
    assert "not clearly better" in kept.why
    better = ready.submit(SLUG, make.file(3.0, "c.csv", seed=3))
    assert better.submission.public["climbed"]


def test_closing_reveals_the_private_part_and_the_shake_up(housed, make):
    housed.submit(SLUG, make.file(1.2, seed=1), expect="0.7 +- 0.3")
    second = housed.submit(SLUG, make.file(2.5, "b.csv", seed=2), expect="0.95 +- 0.01")
    board = housed.close(SLUG)
    assert board.part == "private"
    assert board.outcome["chosen"] == second.submission.id
    assert [one.chosen for one in board.shake] == [True, False]
    assert board.outcome["honesty"]["expected"] == 0.95
    with pytest.raises(Conflict, match="was closed"):
        housed.close(SLUG)
    late = housed.submit(SLUG, make.file(4.0, "late.csv"))
    assert late.submission.public["late"]
    assert late.submission.id not in {line.submission for line in late.board.lines}


def test_nothing_to_close(ready):
    with pytest.raises(NotFound, match="Nothing was scored"):
        ready.close(SLUG)


def test_evidence_is_written_when_a_higher_rung_is_reached_and_on_closing(housed, make, app):
    housed.submit(SLUG, make.file(0.0))
    housed.submit(SLUG, make.file(0.0, "b.csv", seed=4))
    facts = app.progress(source="competition").facts
    assert len(facts) == 1
    assert facts[0].score == 0.0
    housed.submit(SLUG, make.file(1.5, "c.csv"), expect="0.86 +- 0.02")
    facts = app.progress(source="competition").facts
    assert len(facts) == 2
    assert facts[0].score > 0.4
    assert facts[0].how == "scored"
    housed.close(SLUG)
    facts = app.progress(source="competition").facts
    assert len(facts) == 4
    honest = next(fact for fact in facts if fact.detail.get("of") == "honesty")
    assert "cross-validation" in honest.skills
    assert honest.detail["expected"] == 0.86


def test_the_record_survives_being_killed_before_scoring(ready, make, app, monkeypatch):
    def dies(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("journeyman.competitions.parts.score_rows", dies)
        with pytest.raises(KeyboardInterrupt):
            ready.submit(SLUG, make.file(1.5))
    (kept,) = ready.submissions(SLUG)
    assert kept.stage == "submitted"
    board = ready.board(SLUG)
    assert [line.submission for line in board.lines if line.kind == "you"] == [kept.id]


def test_half_a_field_earns_no_medal_and_no_evidence_on_skills(ready, make, app):
    done = ready.submit(SLUG, make.file(2.5), expect="0.9 +- 0.05")
    (mine,) = [line for line in done.board.lines if line.kind == "you"]
    assert (mine.rank, mine.medal) == (1, "")
    assert (done.board.rungs, set(done.board.rungs_missing)) == ((), {"linear", "boosting"})
    assert app.progress(source="competition").facts == ()
    board = ready.close(SLUG, house=False)
    assert (board.outcome["medal"], board.outcome["rungs"]) == ("", 0)
    (only,) = app.progress(source="competition").facts
    assert only.detail["of"] == "honesty"


def test_a_first_fact_comes_as_soon_as_the_field_is_whole(ready, make, app):
    ready.submit(SLUG, make.file(0.5))
    entry, home = ready.entry(SLUG), ready.home(SLUG)
    house_field.run(entry, home, home.solution(entry), here(home))
    done = ready.submit(SLUG, make.file(1.5, "better.csv", seed=3))
    assert done.submission.public["climbed"]
    (fact,) = app.progress(source="competition").facts
    assert fact.detail["part"] == "public"


def test_closing_runs_the_baselines_that_are_missing(ready, make, app, monkeypatch):
    monkeypatch.setattr(house_field, "produce_in_process", lambda _c, home, *_: here(home))
    ready.submit(SLUG, make.file(1.5))
    told = []
    board = ready.close(SLUG, watch=Watch(told.append))
    assert [one.split(":")[0] for one in told[:2]] == ["running boosting", "running linear"]
    assert board.rungs_missing == ()
    assert board.outcome["medal"] == "gold"
    (fact,) = app.progress(source="competition").facts
    assert (fact.score, fact.detail["part"]) == (1.0, "private")


def test_closing_that_is_stopped_while_baselines_run_closes_nothing(ready, make):
    ready.submit(SLUG, make.file(1.5))
    with pytest.raises(Stopped):
        ready.close(SLUG, watch=Watch(cancel=lambda: True))
    assert ready.board(SLUG).part == "public"


@pytest.mark.slow
def test_the_house_field_is_run_and_its_rungs_are_apart(ready):
    rungs = {one.name: one for one in ready.baseline(SLUG)}
    assert set(rungs) == {"constant", "linear", "boosting"}
    assert rungs["linear"].public.value > 0.6
    assert rungs["boosting"].peak_mb > 20
    board = ready.board(SLUG)
    assert board.rungs[0] == "constant"
    assert board.rungs_missing == ()


def test_the_houses_code_is_readable_after_submitting(ready, make):
    assert ready.house_code(SLUG) == {}
    ready.submit(SLUG, make.file(1.0))
    assert "LogisticRegression" in ready.house_code(SLUG)["linear"]


def test_a_score_too_good_is_told_and_earns_nothing(housed, make, app):
    done = housed.submit(SLUG, make.file(12.0))
    (mine,) = [line for line in done.board.lines if line.kind == "you"]
    assert "too good" in done.board.trap.why
    assert mine.medal == ""
    assert app.progress(source="competition").facts == ()


def test_a_trap_is_named_only_after_its_hint(ready, make):
    with pytest.raises(Conflict, match="after a first submission"):
        ready.hint(SLUG)
    ready.submit(SLUG, make.file(1.0))
    with pytest.raises(Conflict, match="only after its hint"):
        ready.name_traps(SLUG)
    assert ready.hint(SLUG).name == "the refund"
    (named,) = ready.name_traps(SLUG)
    assert "refund is paid" in named.says
    board = ready.board(SLUG)
    assert board.trap.hints_left == 1
    assert len(board.trap.named) == 1
    ready.hint(SLUG)
    with pytest.raises(Conflict, match="last of 2 hints"):
        ready.hint(SLUG)


def test_notes_are_kept_with_a_submission(ready, make):
    with pytest.raises(NotFound, match="no submission yet"):
        ready.note(SLUG, "nothing")
    done = ready.submit(SLUG, make.file(1.0), note="plain")
    kept = ready.note(SLUG, "tried the logarithm of the price")
    assert kept.note == "plain\ntried the logarithm of the price"
    assert ready.note(SLUG, "more", done.submission.id[-6:]).id == done.submission.id
    with pytest.raises(Invalid, match="1 to"):
        ready.note(SLUG, " ")
    with pytest.raises(NotFound, match="^No submission ends"):
        ready.note(SLUG, "x", "ffffff")


def test_another_version_keeps_old_submissions_and_compares_with_none(
    ready, make, app, tmp_path, monkeypatch
):
    import shutil

    from journeyman.app.competitions import Competitions
    from tests.competitions.conftest import SAMPLE

    ready.submit(SLUG, make.file(1.5))
    shutil.copytree(SAMPLE / "competitions", tmp_path / "bank" / "competitions")
    entry = tmp_path / "bank" / "competitions" / SLUG / "competition.toml"
    changed = Competitions(app, roots=[tmp_path / "bank"])
    entry.write_text(entry.read_text().replace("parcels will", "packets will"))
    assert [line.kind for line in changed.board(SLUG).lines].count("you") == 1  # only words
    entry.write_text(entry.read_text().replace("version = 1", "version = 2"))
    with pytest.raises(NotFound, match="newer version"):
        changed.board(SLUG)
    changed.get(SLUG)
    board = changed.board(SLUG)
    assert [line.kind for line in board.lines] == ["house"]
    assert "earlier version" in board.withheld[0].why
    assert changed.submit(SLUG, make.file(1.0, "b.csv")).submission.public["climbed"]


def test_evidence_of_code_says_how_it_was_confined(housed, make, app, tmp_path, monkeypatch):
    given = make.values(1.5)
    extra = {"leans_on": (), "isolation": "limits-only"}
    monkeypatch.setattr(housed, "_run", lambda *_: (given, extra))
    file = tmp_path / "model.py"
    file.write_text("def fit(X, y): ...\ndef predict(X): ...\n")
    housed.submit(SLUG, file)
    housed.hint(SLUG)
    housed.close(SLUG)
    final, first = app.progress(source="competition").facts
    assert (first.how, first.isolation, first.hints) == ("re-run", "limits-only", 0)
    assert (final.isolation, final.hints) == ("limits-only", 1)
    assert final.strength > first.strength


def test_two_programs_that_score_one_submission_count_it_once(housed, make, app):
    done = housed.hand_in(SLUG, make.file(1.5))
    entry = housed.entry(SLUG)
    solution = housed.solution(entry)
    housed._score(entry, done.submission, solution)
    housed._score(entry, done.submission, solution)
    assert len(app.progress(source="competition").facts) == 1


def test_a_baseline_can_be_stopped_and_leaves_nothing_behind(ready, tmp_path):
    left = ready.home(SLUG) / ".rung-999999999"
    left.mkdir()
    with pytest.raises(Stopped, match="are kept"):
        ready.baseline(SLUG, watch=Watch(cancel=lambda: True))
    assert not [one for one in ready.home(SLUG).folder.iterdir() if one.name.startswith(".rung")]


def test_predictions_for_a_policy_are_refused_in_one_sentence(contests, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("id,return\n")
    with pytest.raises(Invalid, match="takes a policy"):
        contests.submit("cart-pole", file)
