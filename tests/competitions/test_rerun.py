"""Code as a submission: run where no label is, once more on a split that its hash draws."""

from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest

from journeyman.competitions import arena as arena_module
from journeyman.competitions import house_field, policy, rerun
from journeyman.competitions.arena import CodeFellShort, code_text
from journeyman.competitions.entry import load_entry
from journeyman.errors import Invalid, TooLarge
from tests.competitions.conftest import SAMPLE, SLUG, here

MODEL = """
from sklearn.linear_model import LogisticRegression

def fit(X, y):
    global model
    assert y.name == "returned" and "returned" not in X and "order" not in X
    model = LogisticRegression().fit(X[["price", "earlier"]], y)

def predict(X):
    return model.predict_proba(X[["price", "earlier"]])[:, 1]
"""


@pytest.fixture
def entry():
    return load_entry(SAMPLE / "competitions" / SLUG)


def pool(rows=200):
    rng = np.random.default_rng(0)
    days, shops = rng.permutation(rows), rng.integers(0, 20, rows)
    return pd.DataFrame({"day": days, "shop": shops, "returned": 0})


def split(entry, kind, column, seed=1):
    from dataclasses import replace

    rule = replace(entry.split, kind=kind, column=column)
    rng = np.random.default_rng(seed)
    return rerun.draw_split(replace(entry, split=rule), pool(), 0.25, rng)


def test_a_temporal_split_asks_only_for_what_came_later(entry):
    days = pool()["day"].to_numpy()
    learn, ask = split(entry, "temporal", "day")
    assert days[learn].max() < days[ask].min()
    assert len(ask) == 50
    assert not set(learn) & set(ask)


def test_a_grouped_split_keeps_groups_whole(entry):
    shops = pool()["shop"].to_numpy()
    learn, ask = split(entry, "group", "shop")
    assert not set(shops[learn]) & set(shops[ask])
    assert len(learn) + len(ask) == 200
    assert 20 <= len(ask) <= 80


@pytest.mark.parametrize("kind", ["random", "official", "temporal", "group"])
def test_without_the_column_rows_are_still_divided(entry, kind):
    learn, ask = split(entry, kind, "nowhere")
    assert len(ask) == 50
    assert not set(learn) & set(ask)


@pytest.mark.parametrize(
    ("kind", "column"), [("temporal", "day"), ("group", "shop"), ("random", "")]
)
def test_another_hash_draws_other_rows(entry, kind, column):
    drawn = {tuple(split(entry, kind, column, seed)[1]) for seed in range(5)}
    assert len(drawn) > 1
    assert tuple(split(entry, kind, column, 3)[1]) == tuple(split(entry, kind, column, 3)[1])


def test_the_seed_is_the_codes_own():
    assert rerun.seed_of(MODEL) == rerun.seed_of(MODEL)
    assert rerun.seed_of(MODEL) != rerun.seed_of(MODEL + "\n")
    assert policy.seed_of(MODEL, 0) != policy.seed_of(MODEL, 1)


@pytest.mark.parametrize("data", [b"", b"  \n", b"\xff\xfe\x00", b"a\0b"])
def test_what_is_no_code(data):
    with pytest.raises(Invalid):
        code_text(data)


def test_code_that_could_hide_a_table_of_answers_is_too_large():
    with pytest.raises(TooLarge, match="65,536"):
        code_text(b"#" * (arena_module.LONGEST_CODE + 1))


def test_policies_have_no_labels_to_hide():
    from journeyman.competitions.entry import Rules

    found = policy.solution(Rules("CartPole-v1", 5, 100))
    assert found.public.tolist() == [True] * 5 + [False] * 5


class Scripted:
    """Stands for a child: answers each question about actions from a function."""

    def __init__(self, answer):
        self.answer = answer

    def call(self, name, *args, doing):
        return None if name == "_journeyman_begin" else self.answer(*args)


def played(answer):
    import gymnasium

    from journeyman.competitions.entry import Rules

    rules = Rules("CartPole-v1", 2, 50)
    environments = [gymnasium.make("CartPole-v1") for _ in range(4)]
    return policy._episodes(Scripted(answer), rules, environments, "code")


def test_episodes_run_side_by_side_until_each_ends():
    asked = []

    def right(live, observations):
        asked.append(len(live))
        assert observations.shape == (len(live), 4)
        return [1] * len(live)

    returns = played(right)
    assert ((returns > 5) & (returns < 30)).all()
    assert asked[0] == 4
    assert asked == sorted(asked, reverse=True)
    assert sum(asked) == returns.sum()


@pytest.mark.parametrize(
    "answer", [None, [], [1], ["left"] * 4, [2] * 4, [1.0, 0.5, 1, 1], [None] * 4, "1111"]
)
def test_what_is_no_action(answer):
    with pytest.raises(CodeFellShort):
        played(lambda _live, _observations: answer)


@pytest.fixture(scope="module")
def arena():
    """One sandbox for all tests of this module: warming it up takes seconds."""
    made = arena_module.Arena()
    yield made
    made.close()


@pytest.fixture
def running(ready, arena, monkeypatch):
    """Competitions whose code runs in the shared sandbox."""
    monkeypatch.setattr(ready, "_arena", lambda _: nullcontext(arena))
    return ready


@pytest.mark.slow
def test_code_is_scored_on_the_board_and_on_its_own_split(running, tmp_path):
    (tmp_path / "model.py").write_text(MODEL)
    done = running.submit(SLUG, tmp_path / "model.py")
    assert done.submission.level == "L1"
    (mine,) = [line for line in done.board.lines if line.kind == "you"]
    assert mine.score > 0.6
    again = done.board.reruns[done.submission.id]
    assert again["test_rows"] == 500
    assert again["low"] < again["value"] < again["high"]
    assert abs(again["value"] - mine.score) < 0.15


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def fit(X, y): 1 / 0\ndef predict(X): pass", "In fit, .*division by zero.*line 1"),
        ("def fit(X, y): pass", "does not define predict"),
        ("def fit(X, y:", "not valid Python"),
        ("import nowhere", "When your file is loaded"),
        ("def fit(X, y): pass\ndef predict(X): return [1, 2]", "500 values"),
        ("def fit(X, y): pass\ndef predict(X): return None", "predict should return"),
        ("def fit(X, y): pass\ndef predict(X): return X['price'] * float('nan')", "not valid"),
        ("def fit(X, y): open('/etc/passwd')\ndef predict(X): pass", "In fit"),
        ("import os\ndef fit(X, y): os._exit(0)\ndef predict(X): pass", "ended the program"),
    ],
)
def test_code_that_fails_is_told_why_and_counts_nothing(running, app, tmp_path, code, words):
    (tmp_path / "model.py").write_text(code)
    with pytest.raises(CodeFellShort, match=words):
        running.submit(SLUG, tmp_path / "model.py")
    (kept,) = running.submissions(SLUG)
    assert kept.stage == "failed"
    assert kept.code == code
    assert app.progress(source="competition").facts == ()


@pytest.mark.slow
def test_code_that_leans_on_a_traps_column_earns_nothing(running, app, tmp_path):
    entry, home = running.entry(SLUG), running.home(SLUG)
    house_field.run(entry, home, home.solution(entry), here(home))
    (tmp_path / "honest.py").write_text(MODEL + "\nDROPPED = ['refund']\n")
    done = running.submit(SLUG, tmp_path / "honest.py")
    assert done.board.trap.why == ""
    assert len(app.progress(source="competition").facts) == 1
    (tmp_path / "leaky.py").write_text(MODEL.replace('"earlier"', '"refund"'))
    done = running.submit(SLUG, tmp_path / "leaky.py")
    assert done.submission.public["climbed"]
    assert "cannot have when it is needed" in done.board.trap.why
    assert len(app.progress(source="competition").facts) == 1


@pytest.mark.slow
def test_a_policy_plays_on_hidden_seeds(running, tmp_path):
    (tmp_path / "rule.py").write_text(
        "class Policy:\n"
        "    def __init__(self):\n        self.steps = 0\n"
        "    def act(self, observation):\n        self.steps += 1\n"
        "        return int(observation[2] + 0.5 * observation[3] > 0)\n"
    )
    running.get("cart-pole")
    done = running.submit("cart-pole", tmp_path / "rule.py", expect="480 +- 30")
    assert done.board.lines[0].score > 300
    board = running.close("cart-pole")
    assert board.rows == 30
    assert board.outcome["score"] > 300
