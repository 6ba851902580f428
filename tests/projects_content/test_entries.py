"""Every built-in project: whole, consistent with catalogue and metrics, and honest about its split."""

import ast
import tomllib

import numpy as np
import pandas as pd
import pytest

from journeyman.curriculum import builtin
from journeyman.curriculum.checks.projects import RULES, folders
from journeyman.curriculum.checks.rule import Subject
from journeyman.curriculum.code import load_module
from journeyman.curriculum.loading import load
from journeyman.data import catalogue
from journeyman.scoring import registry

BANK = load(builtin.path())
FOLDERS = dict(folders(BANK))
SETS = catalogue()
MADE = {"late-flights": "late", "film-recommender": "seen"}
"""Targets that the learner's code makes out of the raw columns."""
EIGHT = {
    "card-fraud", "film-recommender", "hotel-cancellation", "image-recognition", "late-flights",
    "review-sentiment", "spoken-digits", "traffic-forecast",
}  # fmt: skip
every = pytest.mark.parametrize("slug", sorted(FOLDERS))


def entry(slug):
    return tomllib.loads((FOLDERS[slug] / "project.toml").read_text("utf-8"))


def afterwards(slug):
    """Columns that the rows kept back come without."""
    module = load_module(FOLDERS[slug] / "holdout.py", f"holdout_{slug}")
    return tuple(getattr(module, "AFTERWARDS", ()))


def test_there_are_eight_on_eight_sets():
    assert set(FOLDERS) == EIGHT
    assert len({entry(slug)["dataset"] for slug in FOLDERS}) == 8


@every
def test_no_rule_is_broken(slug):
    subject = Subject(BANK, "project", slug, FOLDERS[slug])
    assert [str(fault) for rule in RULES for fault in rule.find(subject)] == []


@every
def test_metric_table_and_target_exist(slug):
    said = entry(slug)
    assert registry.get(said["metric"]).name == said["metric"]
    table = SETS[said["dataset"]].tables[said["table"]]
    columns = {column.name for column in table.columns}
    assert (said["target"] in columns) != (MADE.get(slug) == said["target"])


@every
def test_what_is_known_afterwards_is_in_the_table_and_not_the_target(slug):
    said = entry(slug)
    columns = {one.name for one in SETS[said["dataset"]].tables[said["table"]].columns}
    assert set(afterwards(slug)) <= columns - {said["target"], said.get("id")}


@pytest.mark.parametrize(
    ("slug", "name"),
    [("hotel-cancellation", "AFTERWARDS"), ("late-flights", "OF_THE_DAY"),
     ("review-sentiment", "ABSENT")],
)  # fmt: skip
def test_what_a_reference_drops_is_what_hidden_rows_lack(slug, name):
    """A column that only one of the two knew of would be a leak, or a model that cannot predict."""
    code = (FOLDERS[slug] / "reference" / "src" / "solution" / "data.py").read_text("utf-8")
    dropped = next(
        ast.literal_eval(node.value)
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    assert set(dropped) == set(afterwards(slug))


@every
def test_the_shared_modules_are_the_same_everywhere(slug):
    for name in ("config.py", "intervals.py"):
        file = FOLDERS[slug] / "reference" / "src" / "solution" / name
        other = FOLDERS["hotel-cancellation"] / "reference" / "src" / "solution" / name
        assert file.read_text("utf-8") == other.read_text("utf-8")


@every
def test_a_reference_needs_neither_journeyman_nor_anything_undeclared(slug):
    place = FOLDERS[slug] / "reference"
    declared = tomllib.loads((place / "pyproject.toml").read_text("utf-8"))["project"][
        "dependencies"
    ]
    names = {one.split(">")[0].replace("scikit-learn", "sklearn") for one in declared}
    for file in sorted((place / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                roots = {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots = {(node.module or "").split(".")[0]}
            else:
                continue
            used = roots & {"joblib", "numpy", "pandas", "scipy", "sklearn", "pyarrow"}
            assert used <= names, file
            assert "journeyman" not in roots


ROWS = {
    "card-fraud": ("payments", pd.DataFrame({"time": [0.0, 69.0, 71.0, 100.0]}), [0, 0, 1, 1]),
    "hotel-cancellation": (
        "bookings",
        pd.DataFrame(
            {
                "arrival_date_year": [2017, 2017, 2016],
                "arrival_date_month": ["March", "April", "July"],
                "arrival_date_day_of_month": [31, 1, 1],
            }
        ),
        [0, 1, 0],
    ),
    "traffic-forecast": (
        "hours",
        pd.DataFrame({"date_time": pd.to_datetime(["2018-06-30 23:00", "2018-07-01 00:00"])}),
        [0, 1],
    ),
    "late-flights": (
        "flights",
        pd.DataFrame({"month": [9, 10, 12], "arr_delay": [20.0, 16.0, None]}),
        [0, 1, 0],
    ),
    "image-recognition": ("images", pd.DataFrame({"split": ["train", "test"]}), [0, 1]),
    "spoken-digits": ("recordings", pd.DataFrame({"speaker": ["theo", "lucas"]}), [0, 1]),
    "film-recommender": (
        "ratings",
        pd.DataFrame({"user_id": [1] * 5, "item_id": range(5), "timestamp": [5, 1, 9, 3, 4]}),
        [0, 0, 1, 0, 0],
    ),
}


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_what_journeyman_keeps_back(slug):
    table, rows, wanted = ROWS[slug]
    module = load_module(FOLDERS[slug] / "holdout.py", f"holdout_{slug}")
    assert list(module.held({table: rows}).astype(int)) == wanted


def test_articles_are_kept_back_whole():
    module = load_module(FOLDERS["review-sentiment"] / "holdout.py", "holdout_reviews")
    articles = pd.DataFrame({"clothing_id": np.repeat(np.arange(400), 2)})
    held = pd.Series(module.held({"reviews": articles}))
    assert held.groupby(articles["clothing_id"]).nunique().max() == 1
    assert 0.1 < held.mean() < 0.3


def test_late_is_more_than_a_quarter_of_an_hour():
    module = load_module(FOLDERS["late-flights"] / "holdout.py", "holdout_flights")
    late = module.target({"flights": pd.DataFrame({"arr_delay": [15.0, 16.0, None]})})
    assert late.tolist()[:2] == [0, 1]
    assert np.isnan(late[2])
