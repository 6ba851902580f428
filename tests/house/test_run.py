"""The house run keeps its time, survives its models and says what it did."""

import os
import pickle
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd
import pytest

from journeyman.errors import Invalid, NotFound
from journeyman.house import Recipe, run
from tests.house.worlds import Breaks, Dies, Never, messy, plain

LINE = Recipe("line", "linear", "scaled", "a straight line for tests", {"alpha": 1.0})


def own(estimator, name="own"):
    return Recipe(name, "own", "scaled", "a model of the caller", estimator=estimator)


@pytest.fixture(scope="module")
def lines():
    table, target = plain()
    told = []
    found = run(table, target, task="regression", metric="rmse", seconds=60, trials=1, cores=1,
                recipes=[LINE], progress=told.append)  # fmt: skip
    return table, target, found, told


def test_a_line_is_found_and_its_score_is_the_noise(lines):
    table, target, found, _ = lines
    assert found.stopped == "done"
    assert abs(found.score.value - 0.3) < 0.06
    assert found.score.low < found.score.value < found.score.high
    assert np.corrcoef(found.predict(table), target)[0, 1] > 0.98
    assert found.out_of_fold.shape == (240, 1)
    assert len(found.covered) == 240


def test_progress_is_what_was_measured(lines):
    *_, found, told = lines
    assert told[-1].stage == "done"
    assert [one.seconds for one in told] == sorted(one.seconds for one in told)
    assert told[-1].done == 1
    assert abs(told[-1].best - found.trials[0].score.value) < 1e-9


def test_it_pickles_and_reads_rows_one_by_one(lines):
    table, _, found, _ = lines
    again = pickle.loads(pickle.dumps(found))
    assert np.allclose(again.predict(table), found.predict(table))
    assert np.allclose(found.predict(table.head(3))[2], found.predict(table.iloc[[2]])[0])


def test_what_was_tried_can_be_read(lines):
    *_, found, _ = lines
    data = found.to_json()
    assert data["trials"][0]["why"] == "a straight line for tests"
    assert data["trials"][0]["weight"] == 1.0
    assert data["trials"][0]["seconds"] > 0
    assert "line" in found.explain()
    assert "weight 1.00" in found.explain()


def test_a_missing_column_and_the_wrong_question_get_a_sentence(lines):
    table, _, found, _ = lines
    with pytest.raises(Invalid, match="lacks 1 column"):
        found.predict(table.drop(columns="a"))
    with pytest.raises(Invalid, match="predicts numbers"):
        found.predict_proba(table)
    with pytest.raises(Invalid, match="No model 'x'"):
        found.only("x")


@pytest.mark.slow
def test_models_that_break_die_or_never_end_do_not_stop_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    table, target = plain()
    recipes = [LINE, own(Breaks(), "breaks"), own(Dies(), "dies"), own(Never(), "never")]
    found = run(table, target, task="regression", metric="rmse", seconds=60, trials=4, cores=1, recipes=recipes)  # fmt: skip
    by_name = {trial.name: trial for trial in found.trials}
    assert "ZeroDivisionError: no" in by_name["breaks"].trouble
    assert "died" in by_name["dies"].trouble
    assert by_name["line"].state == "done"
    assert by_name["never"].state in {"failed", "stopped"}
    assert [member.name for member in found.members] == ["line"]
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_without_any_finished_model_the_mean_predicts():
    table, target = plain()
    found = run(table, target, task="regression", metric="rmse", seconds=60, trials=1, cores=1, recipes=[own(Breaks())])  # fmt: skip
    assert np.allclose(found.predict(table), target.mean())
    assert any("No model was finished" in note for note in found.notes)


def test_cancel_ends_it_with_what_there_is():
    table, target = plain()
    asked = []

    def cancel():
        asked.append(1)
        return len(asked) > 1

    found = run(table, target, task="regression", metric="rmse", seconds=600, cores=1, recipes=[own(Never())], cancel=cancel)  # fmt: skip
    assert found.stopped == "cancelled"
    assert len(found.predict(table)) == 240


@pytest.mark.parametrize(
    ("y", "task", "metric", "says"),
    [
        (["same"] * 240, "binary", "auc", "Every row has the same target"),
        ([1.0] * 240, "regression", "rmse", "Every row has the same target"),
        ([None, *range(239)], "regression", "rmse", "1 targets are missing"),
        (["a"] * 120 + ["b"] * 119, "binary", "auc", "240 rows but 239 targets"),
        (["a", "b", "c"] * 80, "binary", "auc", "a binary task has two"),
        ([f"n{i}" for i in range(240)], "classification", "accuracy", "is this a regression"),
        (["x", "y"] * 120, "regression", "rmse", "no finite numbers"),
        (["x", "y"] * 120, "binary", "rmse", "needs numbers"),
        (["x", "y"] * 120, "guess", "auc", "no task 'guess'"),
    ],
)
def test_bad_targets_get_one_sentence(y, task, metric, says):
    table, _ = plain()
    with pytest.raises(Invalid, match=says) as caught:
        run(table, y, task=task, metric=metric, seconds=1)
    assert "\n" not in caught.value.message


def test_other_bad_input():
    table, target = plain()
    with pytest.raises(NotFound, match="no metric 'magic'"):
        run(table, target, task="regression", metric="magic", seconds=1)
    with pytest.raises(Invalid, match="above 0 seconds"):
        run(table, target, task="regression", metric="rmse", seconds=0)
    with pytest.raises(Invalid, match="too few"):
        run(table.head(5), target[:5], task="regression", metric="rmse", seconds=1)
    with pytest.raises(Invalid, match="3 groups for 240 rows"):
        run(table, target, task="regression", metric="rmse", seconds=1, groups=[1, 2, 3])
    with pytest.raises(Invalid, match="DataFrame"):
        run(table.to_numpy(), target, task="regression", metric="rmse", seconds=1)


@pytest.mark.slow
def test_time_ordered_rows_are_validated_on_later_ones_and_fitted_again_on_all():
    table, target = plain()
    found = run(table, target, task="regression", metric="rmse", seconds=60, trials=1, cores=1, recipes=[LINE], times=np.arange(240))  # fmt: skip
    assert "later block" in found.split
    assert found.covered.min() >= 119  # the first half is never validated on
    assert [key[1] for member in found.members for key, _ in member.parts] == [-1]


@pytest.mark.slow
def test_the_workers_end_and_clear_up_when_the_run_is_killed(tmp_path):
    code = (
        "from tests.house.worlds import plain, Never\n"
        "from journeyman.house import run, Recipe\n"
        "t, y = plain()\n"
        "run(t, y, task='regression', metric='rmse', seconds=600, cores=1, progress=lambda p: "
        "print(p.running, flush=True), recipes=[Recipe('n', 'o', 'scaled', 'x', estimator=Never())])"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "TMPDIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True
    )
    for line in process.stdout:
        if "n" in line:
            break
    process.kill()
    process.wait()
    for _ in range(100):
        if not list(tmp_path.iterdir()):
            break
        time.sleep(0.1)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_messy_table_end_to_end():
    table, score = messy(400)
    found = run(
        table.head(300), score[:300] > 0.8, task="auto", metric="auc", seconds=400, trials=9
    )
    assert found.task == "binary"
    assert found.classes == (False, True)
    from sklearn.metrics import roc_auc_score

    said = found.predict_proba(table.tail(100))
    assert np.allclose(said.sum(axis=1), 1)
    assert roc_auc_score(score[300:] > 0.8, said[:, 1]) > 0.85
    assert set(found.predict(table.tail(100))) <= {False, True}
    assert any("id" in note for note in found.notes)
    assert sum(trial.weight for trial in found.trials) == pytest.approx(1)


@pytest.mark.slow
def test_twenty_six_classes_and_the_same_models_twice():
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(26, 6)) * 2
    label = rng.integers(0, 26, 900)
    table = pd.DataFrame(centres[label] + rng.normal(size=(900, 6)), columns=list("abcdef"))
    names = np.array(list("abcdefghijklmnopqrstuvwxyz"))[label]
    given = {"task": "multiclass", "metric": "log_loss", "seconds": 300, "trials": 3, "seed": 4}
    first = run(table, names, **given)
    second = run(table, names, **given)
    assert first.stopped == second.stopped == "done"
    assert np.allclose(first.predict_proba(table), second.predict_proba(table))
    assert first.score.value < 1.2  # guessing gives 3.26
    assert first.metric == "multiclass_log_loss"
