"""Recall and precision of the checks on the battery."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from journeyman.audit import bundle_from, review, review_code
from journeyman.audit.finding import ORDER


@dataclass(frozen=True)
class Outcome:
    """What one case gave: the finding kinds at warning or above."""

    name: str
    expected: frozenset[str]
    found: frozenset[str]

    @property
    def hit(self):
        return bool(self.expected & self.found)

    @property
    def alarm(self):
        return not self.expected and bool(self.found)


def loud(findings):
    kinds = {one.kind for one in findings if ORDER[one.severity] <= 1}
    return frozenset(kinds | {one.family for one in findings if ORDER[one.severity] <= 1})


def kinds(findings):
    """The finding kinds at warning or above, without their families."""
    return {one.kind for one in findings if ORDER[one.severity] <= 1}


def of_project(case):
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "work"
        case.write(place)
        return Outcome(case.name, case.expected, loud(review(bundle_from(place))))


def of_program(case):
    return Outcome(case.name, case.expected, loud(review_code(case.sources)))


def summary(outcomes):
    """Counts: faults, found; clean twins, alarms; recall and precision."""
    faults = [one for one in outcomes if one.expected]
    clean = [one for one in outcomes if not one.expected]
    found = sum(one.hit for one in faults)
    alarms = sum(one.alarm for one in clean)
    return {
        "faults": len(faults),
        "found": found,
        "clean": len(clean),
        "alarms": alarms,
        "recall": found / max(len(faults), 1),
        "precision": found / max(found + alarms, 1),
    }
