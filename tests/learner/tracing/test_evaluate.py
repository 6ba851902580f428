"""Cross-validation over learners, and the command that prints it."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from tests.learner.tracing.conftest import simulated

from journeyman.cli.model import model, read
from journeyman.errors import Invalid
from journeyman.learner.tracing import Log
from journeyman.learner.tracing.evaluate import deal, evaluate

QUALITY = {"auc", "log_loss", "rmse", "ece"}


@pytest.fixture(scope="module")
def small():
    return simulated(learners=20, answers=10)


@pytest.fixture
def file(tmp_path, small):
    path = tmp_path / "log.csv"
    with path.open("w", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["learner", "item", "skills", "correct", "time", "duration", "mood"])
        for one in small:
            writer.writerow(
                [
                    one.learner,
                    one.item,
                    ";".join(one.skills),
                    int(one.correct),
                    one.time,
                    one.duration,
                    "fair",
                ]
            )
    return path


def test_folds_keep_learners_together(log):
    part = deal(log, 5, 0)
    assert [len(set(part[log.learner == who])) for who in log.present()] == [1] * 60
    assert np.bincount(part[np.unique(log.learner, return_index=True)[1]]).tolist() == [12] * 5
    with pytest.raises(Invalid, match="choose from 2 to 60"):
        deal(log, 61, 0)


def test_what_is_left_without_a_fold_must_teach_something(small):
    """One learner has all the wrong answers, so the others' folds leave nothing to be learnt."""
    alike = Log.of(replace(one, correct=one.correct or one.learner != "u0") for one in small)
    with pytest.raises(Invalid, match=r"without fold \d+ of 20, which is held out, is right"):
        evaluate(alike, folds=20)


@pytest.mark.slow
def test_every_answer_is_predicted_once(small):
    said = []
    found = evaluate(Log.of(small), folds=2, say=said.append)
    assert (found.rows, found.learners, found.folds, len(said)) == (200, 20, 2, 2)
    assert set(found.models) == {"journeyman", "elo", "pfa", "best_lr"}
    assert len(found.skills) == 4
    assert sum(one.rows for one in found.skills.values()) >= 200
    gap = found.interval
    assert gap.low <= gap.difference <= gap.high
    best = found.models[gap.baseline].log_loss
    assert gap.difference == pytest.approx(found.models["journeyman"].log_loss - best)


def test_the_command_prints_json(file):
    done = CliRunner().invoke(model, ["evaluate", str(file), "--folds", "2", "--json"])
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert all(set(one) == QUALITY for one in data["models"].values())
    assert {
        "skills",
        "folds",
        "rows",
        "learners",
        "fit_seconds",
        "us_per_event",
        "interval",
    } <= set(data)


@pytest.mark.slow
def test_the_command_prints_text(file):
    text = CliRunner().invoke(model, ["evaluate", str(file), "--folds", "2"]).stdout
    assert "Best-LR" in text
    assert "95 % interval" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1 is empty"),
        ("learner,item,skills,correct\n", "no responses"),
        ("learner,item,skills,correct\na,i,s,1\na,i,s,2\n", "Line 3: correct is '2'"),
        ('learner,item,skills,correct\na,"i\nj",s,1\na,i,s,x\n', "Line 4: correct is 'x'"),
        ('learner,item,skills,correct\na,"i,s,1\n', "Line 2 cannot be read"),
    ],
)
def test_a_bad_file_gets_one_sentence(tmp_path, text, words):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(Invalid, match=words) as caught:
        read(path)
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message


def test_files_that_are_no_text_or_not_there(tmp_path):
    (tmp_path / "bytes.csv").write_bytes(b"learner,item\n\xff\xfe")
    for name, words in (
        ("bytes.csv", "not UTF-8"),
        ("none.csv", "cannot be read"),
        (".", "cannot be read"),
    ):
        with pytest.raises(Invalid, match=words):
            read(tmp_path / name)


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_other_separators(tmp_path, mark):
    path = tmp_path / "log.txt"
    path.write_text(f"learner{mark}item{mark}skill{mark}correct\n7{mark}3{mark}x~~y{mark}1\n")
    assert read(path).skill_sets == (("x", "y"),)
