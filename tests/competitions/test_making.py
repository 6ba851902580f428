"""A competition from one's own table: made, shared, got by another installation, opened."""

import numpy as np
import pandas as pd
import pytest

from journeyman.audit import audit as whole_audit
from journeyman.competitions import making
from journeyman.competitions.entry import load_entry
from journeyman.competitions.making import Wishes
from journeyman.competitions.sealing import MARK, open_sealed, seal
from journeyman.errors import Conflict, Invalid
from journeyman.settings import Settings

PASSWORD = "correct horse"


@pytest.fixture
def table(tmp_path):
    rng = np.random.default_rng(0)
    rows = 400
    frame = pd.DataFrame(
        {
            "date": pd.date_range("2024-01-01", periods=rows).strftime("%Y-%m-%d"),
            "shop": rng.choice(list("abcdefghij"), rows),
            "price": rng.normal(50, 10, rows).round(2),
        }
    )
    frame["sold"] = np.where(frame["price"] + rng.normal(0, 8, rows) < 50, "yes", "no")
    frame.loc[3, "sold"] = None
    frame.sample(frac=1, random_state=1).to_csv(tmp_path / "sales.csv", index=False)
    return tmp_path / "sales.csv"


LOOKED = {}


@pytest.fixture(autouse=True)
def audited_once(monkeypatch):
    """The audit of the same table takes seconds; here it is made once for each target."""

    def audit(table, target):
        if target not in LOOKED:
            LOOKED[target] = whole_audit(table, target=target)
        return LOOKED[target]

    monkeypatch.setattr(making, "audit", audit)


@pytest.fixture
def made(contests, table, tmp_path):
    wishes = Wishes("sold", "temporal:date", PASSWORD)
    return contests.new(tmp_path / "my-sales", table, wishes)


@pytest.fixture
def guest(make_app, tmp_path):
    return make_app(Settings(home=tmp_path / "guest")).competitions


def test_the_folder_is_whole_and_holds_no_label(made):
    names = {file.relative_to(made.folder).as_posix() for file in made.folder.rglob("*.*")}
    assert names == {
        "competition.toml", "description.md", "data-card.md", "audit.md", "train.parquet",
        "test.parquet", "sample_submission.csv", "prepared.json", "sealed/solution.sealed",
        "house/linear.py", "house/boosting.py",
    }  # fmt: skip
    test = pd.read_parquet(made.folder / "test.parquet")
    assert "sold" not in test
    assert test["date"].min() > pd.read_parquet(made.folder / "train.parquet")["date"].max()
    assert (made.task, made.metric, made.level) == ("binary", "auc", "L3")
    assert any("1 rows without sold" in one for one in made.remarks)
    assert load_entry(made.folder).classes == ("0", "1")
    assert "advised" in (made.folder / "audit.md").read_text().lower()


def test_a_column_that_gives_the_target_away_is_named(contests, table, tmp_path):
    frame = pd.read_csv(table)
    frame["refund"] = np.where(frame["sold"] == "yes", 7, 3)
    frame.to_csv(table, index=False)
    made = contests.new(tmp_path / "given-away", table, Wishes("sold", "temporal:date", PASSWORD))
    assert "refund" in made.findings[0]
    assert "knows the target" in (made.folder / "audit.md").read_text()


def test_order_and_ids_tell_nothing(made):
    test = pd.read_parquet(made.folder / "test.parquet")
    assert not test["date"].is_monotonic_increasing
    assert abs(np.corrcoef(test["id"], pd.to_datetime(test["date"]).astype("int64"))[0, 1]) < 0.4


def test_the_host_scores_at_once(contests, made, tmp_path):
    sample = made.folder / "sample_submission.csv"
    done = contests.submit(made.slug, sample)
    assert done.submission.stage == "scored"
    assert done.submission.level == "L0"  # the labels lie in the clear here
    assert done.board.lines[0].score == 0.5


def test_a_guest_validates_and_waits_until_the_password_is_named(contests, guest, made, tmp_path):
    guest.get(str(made.folder))
    test = guest.home(made.slug).table("test")
    file = tmp_path / "mine.csv"
    pd.DataFrame({"id": test["id"], "sold": -test["price"]}).to_csv(file, index=False)
    assert guest.validate(made.slug, file).valid
    done = guest.submit(made.slug, file, expect="0.8 +- 0.1")
    assert (done.submission.stage, done.submission.level) == ("waiting", "L3")
    assert done.board.withheld[0].stage == "waiting"
    assert "sealed" in done.board.withheld[0].why
    with pytest.raises(Invalid, match="are sealed"):
        guest.close(made.slug)
    with pytest.raises(Invalid, match="password is wrong"):
        guest.close(made.slug, password="wrong horse")
    board = guest.close(made.slug, password=PASSWORD, house=False)
    assert board.part == "private"
    assert board.outcome["medal"] == ""
    assert board.outcome["score"] > 0.7
    host = contests.submit(made.slug, file).submission
    assert host.public["value"] == guest.submissions(made.slug)[0].public["value"]


@pytest.mark.slow
def test_code_is_run_where_the_labels_are_sealed(guest, made, tmp_path):
    guest.get(str(made.folder))
    (tmp_path / "rule.py").write_text(
        "def fit(X, y):\n    pass\n\n\ndef predict(X):\n    return -X['price'].to_numpy()\n"
    )
    assert guest.submit(made.slug, tmp_path / "rule.py").submission.stage == "waiting"
    before = guest.board(made.slug)
    assert (before.sealed, before.rungs_missing) == (True, ("boosting", "linear"))
    board = guest.close(made.slug, password=PASSWORD)
    assert board.outcome["score"] > 0.7
    (mine,) = [line for line in board.lines if line.kind == "you"]
    assert mine.level == "L3"
    assert {line.name for line in board.lines if line.kind == "house"} > {"boosting", "linear"}
    assert board.rungs_missing == ()


def test_a_folder_is_got_twice_without_harm(guest, made):
    guest.get(str(made.folder))
    guest.get(str(made.folder))
    assert guest.entry(made.slug).sealed


def test_no_code_of_a_shared_folder_comes_along(guest, made):
    ours = (made.folder / "house" / "linear.py").read_text()
    (made.folder / "house" / "linear.py").write_text("print('of somebody')\n")
    (made.folder / "house" / "more.py").write_text("print('of somebody')\n")
    home = guest.get(str(made.folder))
    assert (home / "house" / "linear.py").read_text() == ours
    assert {one.name for one in home.folder.rglob("*.py")} == {"linear.py", "boosting.py"}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("test.parquet", lambda data: data[:-1] + b"x"),
        ("competition.toml", lambda data: data.replace(b"auc", b"f1")),
        ("prepared.json", lambda _: b"{}"),
        ("sealed/solution.sealed", lambda data: data[:-1]),
    ],
)
def test_a_changed_folder_is_refused(guest, made, name, change):
    file = made.folder / name
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(Invalid, match=r"changed|no whole"):
        guest.get(str(made.folder))


def test_kept_labels_are_not_in_the_folder(contests, guest, table, tmp_path):
    made = contests.new(tmp_path / "kept", table, Wishes("sold", "group:shop"))
    assert not (made.folder / "sealed").exists()
    guest.get(str(made.folder))
    with pytest.raises(Invalid, match="host has kept them"):
        guest.close(made.slug, password=PASSWORD)
    home = contests.home(made.slug)
    assert not set(home.table("train")["shop"]) & set(home.table("test")["shop"])


@pytest.mark.parametrize("name", ["sealed", "price"])
def test_random_splits_and_numbers(contests, table, tmp_path, name):
    target = "price" if name == "price" else "sold"
    made = contests.new(tmp_path / name, table, Wishes(target, "random", published=True))
    assert made.level == "L0"
    assert made.metric == ("rmse" if name == "price" else "auc")
    assert made.rows["train"] + made.rows["test"] == (400 if name == "price" else 399)


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (Wishes("gold", "random"), "no column 'gold'"),
        (Wishes("sold", "temporal:day"), "no column 'day'"),
        (Wishes("sold", "temporal"), "not known"),
        (Wishes("sold", "random:date"), "not known"),
        (Wishes("sold", "temporal:shop"), "no dates or numbers"),
        (Wishes("sold", "random", "short"), "at least 8"),
        (Wishes("sold", "random", metric="rmse"), "takes numbers"),
        (Wishes("price", "random", metric="auc"), "takes two classes"),
        (Wishes("sold", "random", metric="ndcg@10"), "groups or policies"),
    ],
)
def test_wishes_that_cannot_be_met(contests, table, tmp_path, wishes, words):
    with pytest.raises(Invalid, match=words):
        contests.new(tmp_path / "no", table, wishes)
    assert not (tmp_path / "no").exists()
    assert contests.catalogue.entries.keys() == {"shop-returns", "cart-pole"}


def test_a_folder_that_is_not_empty_is_left_alone(contests, table, tmp_path):
    with pytest.raises(Conflict, match="not empty"):
        contests.new(tmp_path, table, Wishes("sold", "random"))


def test_too_few_rows(contests, tmp_path):
    pd.DataFrame({"x": range(20), "y": [0, 1] * 10}).to_csv(tmp_path / "few.csv", index=False)
    with pytest.raises(Invalid, match="at least 60"):
        contests.new(tmp_path / "few", tmp_path / "few.csv", Wishes("y", "random"))


@pytest.mark.slow
def test_the_baselines_that_come_with_it_run(contests, made):
    rungs = {one.name: one.public.value for one in contests.baseline(made.slug)}
    assert rungs["linear"] > 0.7
    assert rungs["boosting"] > 0.6


def test_sealing_binds_the_labels_to_their_competition():
    sealed = seal(b"answers", PASSWORD, "a")
    assert b"answers" not in sealed
    assert open_sealed(sealed, PASSWORD, "a") == b"answers"
    for password, binding, data in (
        ("wrong horse", "a", sealed),
        (PASSWORD, "b", sealed),
        (PASSWORD, "a", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (PASSWORD, "a", sealed.replace(b'"n": 32768', b'"n": 2')),
        (PASSWORD, "a", MARK + b"junk"),
        (PASSWORD, "a", b"junk"),
    ):
        with pytest.raises(Invalid):
            open_sealed(data, password, binding)
    assert seal(b"answers", PASSWORD, "a") != sealed


@pytest.mark.parametrize(
    ("values", "task"),
    [
        (["a", "b"] * 40, "binary"),
        ([1, 2, 3] * 30, "multiclass"),
        ([1.5, 2.5, 3.5] * 30, "regression"),
        (list(range(90)), "regression"),
        (["x", "y", "z"] * 30, "multiclass"),
    ],
)
def test_the_task_follows_from_the_target(values, task):
    assert making.task_of(pd.Series(values)) == task


@pytest.mark.parametrize("slug", ["Bad Slug", "../evil", "a--b", "-", "x" * 61])
def test_a_short_name_that_cannot_be_used_is_said_before_anything_is_made(tmp_path, slug):
    from journeyman.competitions.making import Wishes, names_of

    with pytest.raises(Invalid, match="small letters, digits and single hyphens"):
        names_of(tmp_path / "mine", Wishes("y", "random", slug=slug))


def test_names_are_made_from_the_folder(tmp_path):
    from journeyman.competitions.making import Wishes, names_of

    plain = Wishes("y", "random")
    assert names_of(tmp_path / "c1", plain) == ("c1", "Competition c1")
    assert names_of(tmp_path / "Shop_returns", plain) == ("shop-returns", "Shop returns")
    with pytest.raises(Invalid, match="3 to 200"):
        names_of(tmp_path / "c1", Wishes("y", "random", title="x"))
    with pytest.raises(Invalid, match="--slug"):
        names_of(tmp_path / "___", plain)
