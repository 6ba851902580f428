"""Code as other people write it: faults found by their right name, clean twins left in peace."""

from pathlib import Path

import pytest

from journeyman.audit import code_in, review_code
from tests.audit.battery import people, score

UNSEEN_STILL = {"dashcam", "birdcalls-librosa", "handball"}
"""Known and not found: that frames belong to a video stands in the folders' names only; sounds that
are changed by a generator in another file before their features are written; that a season's mean
holds games that are played later."""
SIDE_BY_SIDE = {
    ("calib-test", "fit-before-split"),
    ("ads", "imputing-on-all-rows"),
}
"""Further findings that are right too."""


@pytest.mark.parametrize(
    "battery", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "idioms"]
)
def test_faults_by_their_right_name_and_nothing_else(battery):
    missed, alarms = set(), []
    projects = people.projects(battery)
    for one in projects:
        found = score.kinds(review_code(one.sources))
        if one.faulty and one.kind not in found:
            missed.add(one.name)
        wrong = found - ({one.kind} if one.faulty else set())
        alarms += [(one.name, kind) for kind in wrong if (one.name, kind) not in SIDE_BY_SIDE]
    assert missed <= UNSEEN_STILL
    assert not alarms
    assert len(projects) > 20


START = """
import sys
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("visits.csv")
X, y = df.drop(columns=["y", "patient_id"]), df["y"]
"""
END = """
a, b, ya, yb = train_test_split(X, y, random_state=0)
model = LogisticRegression().fit(a, ya)
print(roc_auc_score(yb, model.predict_proba(b)[:, 1]))
"""


STOPPED = """
if df.duplicated("patient_id").any():
    raise SystemExit
print(df["patient_id"].nunique())
"""
MAYBE_NONE = """
scaler = None
if len(sys.argv) > 1:
    scaler = StandardScaler().fit(X)
if scaler is None:
    X = StandardScaler().fit_transform(X)
"""
MAYBE_FALSE = """
plain = True
if len(sys.argv) > 1:
    plain = False
if not plain:
    X = StandardScaler().fit_transform(X)
"""


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        ("print(df['patient_id'].nunique(), 'patients')", {"group-leak"}),
        ("assert df['patient_id'].nunique() == len(df)\nprint(df['patient_id'].nunique())", set()),
        ("assert df['patient_id'].is_unique\nprint(df['patient_id'].nunique())", set()),
        (STOPPED, set()),
        (MAYBE_NONE, {"scaling-on-all-rows"}),
        (MAYBE_FALSE, {"scaling-on-all-rows"}),
        ("plain = True\nif not plain:\n    X = StandardScaler().fit_transform(X)", set()),
    ],
)
def test_what_is_known_of_a_branch_and_of_a_second_row(middle, expected):
    assert score.kinds(review_code({"fit.py": START + middle + END})) == expected


def test_each_project_has_a_twin_that_differs():
    for battery in "abcdefghi":
        sources = {}
        for one in people.projects(battery):
            sources.setdefault(one.name, {})[one.faulty] = one.sources
        for name, pair in sources.items():
            assert set(pair) == {True, False}, name
            assert pair[True] != pair[False], name


def test_a_finding_in_an_imported_function_names_the_file_it_stands_in():
    project = next(one for one in people.projects("a") if one.name == "genes" and one.faulty)
    found = review_code(project.sources)
    assert [(one.place.file, one.place.line) for one in found] == [("src/genes/features.py", 15)]


PROJECTS = Path(__file__).parents[2] / "curriculum" / "projects"


@pytest.mark.parametrize("slug", sorted(one.name for one in PROJECTS.iterdir()))
def test_reference_projects_are_left_in_peace(slug):
    found = code_in(PROJECTS / slug / "reference", ())
    review = review_code({**found.code, **found.configs})
    assert [one for one in review if one.severity != "note"] == []
