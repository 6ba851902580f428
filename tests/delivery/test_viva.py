"""The viva: every answer computed twice, unique, and never asked where it would be ambiguous."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.app import base
from journeyman.cli.main import run
from journeyman.delivery import viva
from journeyman.delivery.viva import Artifacts, Question, marked
from journeyman.errors import Invalid, NotFound
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.claim import SignedClaim
from tests.delivery import runs

TASKS = ("binary", "multiclass", "regression")


def agrees(question: Question, artifacts: Artifacts) -> None:
    """The answer is what a second computation gives, and no other answer would do."""
    value = runs.again(artifacts, question.family, dict(question.facts or {}))
    if isinstance(question.answer, float):
        value = float(value)
        assert question.answer == pytest.approx(value, rel=1e-6, abs=1e-9), question
        assert marked(question, repr(value))
        assert not marked(question, repr(value + 1.01 * question.tolerance))
        assert not marked(question, repr(value - 1.01 * question.tolerance))
        return
    best = max(value, key=value.get)
    assert question.answer == best, question
    others = [value[one] for one in question.options if one != best and one in value]
    assert all(one < value[best] for one in others)
    assert set(question.options) <= set(value)
    assert [one for one in question.options if marked(question, one)] == [best]


@pytest.mark.parametrize("family", viva.FAMILIES, ids=lambda one: one.slug)
def test_each_answer_is_what_a_second_computation_gives(family):
    asked = 0
    for seed in range(3):
        for task in family.tasks:
            artifacts = runs.artifacts(task, seed)
            question = family.ask(artifacts, np.random.default_rng(seed))
            if question is not None:
                asked += 1
                assert question.family == family.slug
                agrees(question, artifacts)
    assert asked, "the family is never asked"


@given(seed=st.integers(0, 2**31), rows=st.integers(1, 300), task=st.sampled_from(TASKS))
@settings(max_examples=10, deadline=None)
def test_whatever_is_asked_of_random_artifacts_has_one_answer(seed, rows, task):
    artifacts = runs.artifacts(task, seed, rows)
    try:
        asked = viva.questions(artifacts, seed=seed, count=40)
    except Invalid as error:
        assert "too few rows" in error.message
        return
    assert len({one.family for one in asked}) == len(asked)
    for question in asked:
        agrees(question, artifacts)


def test_there_are_at_least_25_families_with_names_of_their_own():
    slugs = [one.slug for one in viva.FAMILIES]
    assert len(slugs) == len(set(slugs)) >= 25
    for task, least in (("binary", 25), ("regression", 12), ("multiclass", 12)):
        assert sum(task in one.tasks for one in viva.FAMILIES) >= least


def test_a_family_is_not_asked_without_what_it_needs():
    bare = runs.artifacts("binary", 1)
    bare = Artifacts("binary", bare.truth, bare.scores, bare.classes)
    families = {one.family for one in viva.questions(bare, seed=0, count=40)}
    needing = {one.slug for one in viva.FAMILIES if one.needs}
    assert families
    assert not families & needing


def folds(errors: dict[str, float]) -> Artifacts:
    """100 rows in each fold, of which that share is decided wrongly."""
    truth, scores, names = [], [], []
    for name, share in errors.items():
        for at in range(100):
            yes = at % 2
            wrong = at < 100 * share
            truth.append(yes)
            scores.append(0.9 if (yes == 1) != wrong else 0.1)
            names.append(name)
    return Artifacts(
        "binary", np.array(truth), np.array(scores), ("no", "yes"), folds=np.array(names)
    )


def ask(slug: str, artifacts: Artifacts) -> Question | None:
    family = next(one for one in viva.FAMILIES if one.slug == slug)
    return family.ask(artifacts, np.random.default_rng(0))


def test_two_folds_that_are_equally_bad_are_not_asked_about():
    assert ask("worst-fold", folds({"1": 0.2, "2": 0.2, "3": 0.1})) is None
    assert ask("worst-fold", folds({"1": 0.2, "2": 0.3, "3": 0.1})).answer == "fold 2"


def test_rows_that_tie_at_the_cut_are_not_asked_about():
    tied = Artifacts("binary", np.tile([0, 1], 200), np.full(400, 0.5), ("no", "yes"))
    assert ask("first-rows", tied) is None


def test_the_same_seed_asks_the_same():
    artifacts = runs.artifacts("binary", 3)
    first, second = (viva.questions(artifacts, seed=9) for _ in range(2))
    assert first == second
    assert viva.questions(artifacts, seed=10) != first


def test_a_late_answer_does_not_count_and_the_result_is_canonical():
    artifacts = runs.artifacts("binary", 3)
    asked = viva.questions(artifacts, seed=9, count=4)
    right = [str(one.answer) for one in asked]
    seconds = [5.0, 5.0, asked[2].seconds + 5.0, 5.0]
    given = list(zip([*right[:3], "no idea"], seconds, strict=True))
    result = viva.settle(artifacts, 9, asked, given)
    assert [one.right for one in result.answers] == [True, True, False, False]
    assert [one.late for one in result.answers] == [False, False, True, False]
    assert (result.asked, result.right, result.passed) == (4, 2, False)
    read = json.loads(result.canonical())
    assert read == json.loads(json.dumps(result.to_json()))
    assert list(read) == sorted(read)
    assert result.canonical() == viva.settle(artifacts, 9, asked, given).canonical()


@pytest.mark.parametrize(
    ("given", "right"),
    [("12", True), ("12.9", True), ("12,9 %", True), ("13.1", False), ("", False), ("nan", False),
     ("inf", False), ("about 12", True), ("1e1", False), ("12 13", False)],
)  # fmt: skip
def test_numbers_are_marked_within_the_tolerance(given, right):
    assert marked(Question("x", "How many?", 12.0, "", tolerance=1.0), given) is right


@pytest.mark.parametrize(
    ("given", "right"), [("b", True), ("B)", True), ("Oslo", True), ("oslo ", True), ("a", False),
                         ("c", False), ("", False), ("Oslo or Bern", False)],
)  # fmt: skip
def test_options_are_marked_by_letter_or_name(given, right):
    assert marked(Question("x", "Where?", "Oslo", "", ("Bern", "Oslo")), given) is right


def write(folder, artifacts):
    """A run as `journeyman project run` leaves it, in a project."""
    folder.mkdir(parents=True)
    table = pd.DataFrame({"id": range(len(artifacts.truth)), "truth": artifacts.truth})
    if artifacts.task == "binary":
        table["truth"] = np.where(artifacts.truth == 1, "yes", "no")
        table["probability"] = artifacts.scores
    elif artifacts.task == "multiclass":
        table["truth"] = [artifacts.classes[at] for at in artifacts.truth]
        scores = artifacts.scores / artifacts.scores.sum(axis=1, keepdims=True)
        for at, name in enumerate(artifacts.classes):
            table[f"probability_{name}"] = scores[:, at]
    else:
        table["prediction"] = artifacts.scores
    table["fold"] = artifacts.folds
    table.join(artifacts.slices).to_csv(folder / "predictions.csv", index=False)
    artifacts.train.to_csv(folder / "train.csv", index=False)
    (folder.parent / "journeyman.toml").write_text(
        '[project]\nslug = "x"\ntarget = "target"\n[costs]\nfalse_positive = 1\nfalse_negative = 7\n'
    )
    return folder


@pytest.mark.parametrize("task", TASKS)
def test_a_run_is_read_back_from_its_files(tmp_path, task):
    made = runs.artifacts(task, 5)
    found = viva.read(write(tmp_path / "run", made))
    assert found.task == task
    np.testing.assert_allclose(found.truth, made.truth)
    assert found.errors.mean() == pytest.approx(made.errors.mean())
    assert list(found.slices) == ["city", "plan", "age"]
    assert found.target == "target"
    assert found.has("folds")
    assert found.has("train")
    if task == "binary":
        assert found.costs == (1, 7)
    for question in viva.questions(found, seed=1, count=40):
        assert question.text


def test_the_projects_main_table_is_the_training_table_where_a_run_has_none(tmp_path):
    folder = write(tmp_path / "run", runs.artifacts("binary", 5))
    (tmp_path / "data").mkdir()
    (folder / "train.csv").rename(tmp_path / "data/people.csv")
    assert not viva.read(folder).has("train")
    with (tmp_path / "journeyman.toml").open("a") as file:
        file.write('[data]\nfolder = "data"\ntable = "people"\n')
    assert viva.read(folder).has("train")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"probability": [0.1, 0.2]}, "no column “truth”"),
        ({"truth": ["a", "b"]}, "no column “probability” or “prediction”"),
        ({"truth": ["a", "b"], "probability": [0.1, 1.2]}, "outside 0 to 1"),
        ({"truth": ["a", "a"], "probability": [0.1, 0.2]}, "1 different values"),
        ({"truth": ["a", "b"], "prediction": ["a", "a"]}, "labels only"),
        ({"truth": ["a", "b"], "probability_a": [0.1, 0.2]}, "no column probability_b"),
        ({"truth": [None, None], "prediction": [1, 2]}, "no row with a right answer"),
    ],
)
def test_predictions_that_cannot_be_used_get_one_sentence(tmp_path, columns, said):
    pd.DataFrame(columns).to_csv(tmp_path / "predictions.csv", index=False)
    with pytest.raises(Invalid, match=said):
        viva.read(tmp_path)


def test_a_folder_without_a_run_says_so(tmp_path):
    with pytest.raises(NotFound, match=r"holds no predictions\.parquet"):
        viva.read(tmp_path)
    with pytest.raises(NotFound, match="There is no folder"):
        viva.read(tmp_path / "gone")


def command(monkeypatch, capsys, lines, *words):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    with pytest.raises(SystemExit) as left:
        run(["viva", *map(str, words)])
    return left.value.code, capsys.readouterr()


def test_the_command_asks_marks_and_exits(tmp_path, monkeypatch, capsys):
    folder = write(tmp_path / "run", runs.artifacts("binary", 5))
    asked = viva.questions(viva.read(folder), seed=4, count=5)
    right = [one.answer for one in asked]
    words = (folder, "--seed", 4, "--count", 5, "--json")
    code, said = command(monkeypatch, capsys, right, *words)
    assert code == 0
    assert json.loads(said.out)["right"] == 5
    assert asked[0].text in said.err
    code, said = command(monkeypatch, capsys, ["?"] * 5, *words[:-1])
    assert code == 1
    assert "0 of 5 right" in said.out
    assert asked[0].why in said.out
    code, said = command(monkeypatch, capsys, right[:2], *words)
    assert code == 2
    assert "ended after 2 answers of 5" in said.err


def test_a_sitting_is_signed_as_a_claim_whatever_its_result(tmp_path, monkeypatch, capsys, bank):
    monkeypatch.setattr(base, "load", lambda *_: bank)
    monkeypatch.setenv("JOURNEYMAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("JOURNEYMAN_DATABASE_URL", raising=False)
    folder = write(tmp_path / "run", runs.artifacts("binary", 5))
    words = (folder, "--count", 3, "--json", "--claim")
    code, said = command(monkeypatch, capsys, ["?"] * 3, *words, "late-parcels")
    assert code == 1
    shown = json.loads(said.out)
    (kept,) = (tmp_path / "home" / "claims").glob("*.json")
    signed = SignedClaim.read(kept.read_bytes(), "the claim")
    assert signed.faults() == []
    assert signed.claim.id == shown.pop("claim")
    assert (signed.claim.value, signed.claim.seed) == (0.0, shown["seed"])
    assert signed.claim.pins.predictions == shown["predictions"]
    assert signed.claim.content.sha256 == sha256(canonical(shown))
    assert (tmp_path / "home" / "claims" / "artifacts" / sha256(canonical(shown))).is_file()
    assert "0 of 3 questions" in signed.claim.statement
    assert "of the author's choice" in signed.claim.statement
    for wrong in (("late parcels",), ("late-parcels", "--seed", 4)):
        code, said = command(monkeypatch, capsys, [], *words, *wrong)
        assert (code, said.err.count("\n")) == (2, 1), said.err
