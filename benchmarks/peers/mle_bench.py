"""Grades one file with MLE-bench's own grader; run by an environment that has ``mlebench``.

``PYTHON benchmarks/peers/mle_bench.py FOLDER`` reads ``given-unit.csv`` and ``solution-unit.csv``
there with MLE-bench's readers and calls its grader with the grading function of its competition
"aerial-cactus-identification" (AUC of one column). Prints the seconds without imports, the peak
memory and the score as JSON, as ``benchmarks.competitions`` does for its other sides.
"""

import json
import resource
import sys
import time
from pathlib import Path

from mlebench.grade_helpers import Grader
from mlebench.utils import load_answers, read_csv

FUNCTION = "mlebench.competitions.aerial-cactus-identification.grade:grade"


def main(folder: Path) -> None:
    """One measured run."""
    grader = Grader("auc", FUNCTION)
    wall, cpu = time.perf_counter(), time.process_time()
    score = grader(read_csv(folder / "given-unit.csv"), load_answers(folder / "solution-unit.csv"))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if score is None:
        raise SystemExit("MLE-bench's grader finds the file invalid")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mib": peak, "score": score}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
