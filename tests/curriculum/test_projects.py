"""Each rule on projects notices the fault that it is there for."""

import json
import shutil

import pytest

from journeyman.curriculum import builtin
from journeyman.curriculum.checks import check
from journeyman.curriculum.loading import load
from tests.curriculum.test_loading import edit

SLUG = "hotel-cancellation"
ENTRY = f"projects/{SLUG}"
TOML, LOCAL = f"{ENTRY}/project.toml", f"{ENTRY}/reference/journeyman.toml"
README, METRICS = f"{ENTRY}/reference/README.md", f"{ENTRY}/reference/measured/metrics.json"


@pytest.fixture
def bank(tmp_path):
    """A bank with the skills, the data sets and one project, free to be broken."""
    for part in ("skills", "datasets", ENTRY):
        shutil.copytree(builtin.path() / part, tmp_path / part)
    return tmp_path


def found_in(bank):
    return check(load(bank), lambda *_: None, only=[ENTRY]).faults


def rules_broken(bank):
    return {fault.rule for fault in found_in(bank)}


def test_a_sound_project_breaks_no_rule_and_is_counted(bank):
    report = check(load(bank), lambda *_: None, only=[ENTRY])
    assert report.faults == ()
    assert report.counts["projects"] == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "words"),
    [
        (TOML, 'slug = "hotel-cancellation"', 'slug = "other"', "project-form", "folder"),
        (TOML, "version = 1", "version = 1\nspeed = 2", "project-form", "speed"),
        (TOML, "weight = 0.30", "weight = 0.35", "project-form", "1.05"),
        (TOML, "false_positive = 180.0\n", "", "project-form", "what errors cost"),
        (TOML, 'slug = "split"', 'slug = "data"', "project-form", "one slug"),
        (TOML, "version = 1", "version = ", "project-form", "Invalid value"),
        (TOML, "data-leakage = 1.0", "crystal-balls = 1.0", "project-names", "crystal-balls"),
        (TOML, '"duplicates-keys"', '"no-such-skill"', "project-names", "no-such-skill"),
        (TOML, "hotel-bookings", "no-bookings", "project-names", "no-bookings"),
        (f"{ENTRY}/brief.md", "## What I need", "We delve into it.", "project-prose", "delve"),
        (README, "# Which", "TODO\n# Which", "project-prose", "TODO"),
        (
            f"{ENTRY}/reference/src/solution/train.py",
            "def main",
            "def def",
            "project-code",
            "compile",
        ),
        (LOCAL, 'metric = "auc"', 'metric = "accuracy"', "project-code", "accuracy"),
        (LOCAL, "[data]", "[data", "project-code", "cannot be read"),
        (README, "| auc | 0.8", "| auc | 0.9", "project-measured", "measured was"),
        (README, "<!-- measured -->", "", "project-measured", "no table"),
        (METRICS, '"auc":', '"accuracy":', "project-measured", "not with 'auc'"),
        (METRICS, '"low"', '"least"', "project-measured", "low"),
    ],
)
def test_a_rule_notices_its_fault(bank, file, old, new, rule, words):
    edit(bank / file, old, new)
    faults = [fault for fault in found_in(bank) if fault.rule == rule]
    assert any(words in fault.message for fault in faults), found_in(bank)


@pytest.mark.parametrize(
    "name",
    [
        "project.toml", "brief.md", "excellent.md", "reference/README.md",
        "reference/src/solution/features.py", "reference/measured/metrics.json",
    ],
)  # fmt: skip
def test_a_missing_file_is_named(bank, name):
    (bank / ENTRY / name).unlink()
    faults = [fault for fault in found_in(bank) if fault.message == "this file is missing"]
    assert [fault.file for fault in faults] == [f"{ENTRY}/{name}"]


def test_a_reference_without_tests(bank):
    shutil.rmtree(bank / ENTRY / "reference" / "tests")
    assert rules_broken(bank) == {"project-files"}


def test_a_row_too_many_in_the_table(bank):
    measured = json.loads((bank / METRICS).read_text())
    measured.pop("auc_resort")
    (bank / METRICS).write_text(json.dumps(measured))
    assert rules_broken(bank) == {"project-measured"}


def test_texts_that_are_too_short(bank):
    (bank / ENTRY / "excellent.md").write_text("# Short\n\nDo it well.\n")
    assert rules_broken(bank) == {"project-prose"}


def test_a_fault_says_its_line(bank):
    edit(bank / TOML, "data-leakage = 1.0", "crystal-balls = 1.0")
    fault = next(fault for fault in found_in(bank) if fault.rule == "project-names")
    assert (bank / TOML).read_text().splitlines()[fault.line - 1].startswith("crystal-balls")
