"""Recall and precision of the methodology checks on the battery of seeded faults and clean twins.

``python -m benchmarks.checks`` runs both halves and the programs that an adversary wrote;
``--half confirming`` runs one half, ``--written`` the adversary's alone, ``--json`` prints one
document. Checks were tuned on the tuning half; the confirming half has other data sets,
idioms and layouts. A clean twin with any finding of severity warning or fault is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections import defaultdict

from tests.audit.battery import codes, people, projects, score

from journeyman.audit import review_code


def measure(half: str) -> dict[str, object]:
    """Every case of one half: counts, recall, precision, what went wrong, processor seconds."""
    started = time.process_time()
    programs = [score.of_program(case) for case in codes.cases(half)]
    folders = [score.of_project(case) for case in projects.cases(half)]
    outcomes = programs + folders
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for one in outcomes:
        if one.expected:
            by_kind[min(one.expected)].append(one.hit)
    return {
        "half": half,
        "code": score.summary(programs),
        "projects": score.summary(folders),
        "all": score.summary(outcomes),
        "kinds": {kind: f"{sum(hits)}/{len(hits)}" for kind, hits in sorted(by_kind.items())},
        "missed": [one.name for one in outcomes if one.expected and not one.hit],
        "alarms": {one.name: sorted(one.found) for one in outcomes if one.alarm},
        "cpu_seconds": round(time.process_time() - started, 1),
    }


def measure_written() -> dict[str, object]:
    """The adversary's programs: faults found by their right kind, and right findings among all.

    Stricter than ``measure``: every finding of another kind counts as wrong, beside a fault too.
    """
    told: dict[str, object] = {}
    for battery in (*"abcdefghijklm", "idioms"):
        cases = people.projects(battery)
        found = [score.kinds(review_code(one.sources)) for one in cases]
        pairs = list(zip(cases, found, strict=True))
        hits = sum(one.kind in kinds for one, kinds in pairs if one.faulty)
        faults = sum(one.faulty for one in cases)
        every = sum(len(kinds) for kinds in found)
        told[battery] = {
            "faults": faults,
            "recall": hits / faults,
            "findings": every,
            "precision": hits / every,
        }
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tuning", "confirming"))
    parser.add_argument("--written", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    halves = [options.half] if options.half else ["tuning", "confirming"]
    found = [] if options.written else [measure(half) for half in halves]
    written = {} if options.half else measure_written()
    if options.json:
        print(json.dumps({"halves": found, "written": written}, indent=1))
        return
    for battery, row in written.items():
        print(f"written/{battery}: {row}")
    for one in found:
        print(f"{one['half']} ({one['cpu_seconds']} s of processor time)")
        for part in ("code", "projects", "all"):
            row = one[part]
            assert isinstance(row, dict)
            print(
                f"  {part:<9} faults found {row['found']}/{row['faults']}, alarms "
                f"{row['alarms']}/{row['clean']}, recall {row['recall']:.3f}, precision "
                f"{row['precision']:.3f}"
            )
        print(f"  by kind: {one['kinds']}")
        print(f"  missed: {one['missed']}")
        print(f"  alarms: {one['alarms']}")


if __name__ == "__main__":
    main()
