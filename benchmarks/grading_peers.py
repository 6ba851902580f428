"""The peers of ``benchmarks.grading``: otter-grader and nbgrader on the same exercise.

Each is installed into a virtual environment of its own that is thrown away afterwards, given the
same six checks in its own format, and timed on one submission with its usual command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

CommandCpu = Callable[[list[str], Path, int], float]
INSTALL_SECONDS = 1200
BATCH = 6
_INPUTS = """\
RNG = np.random.default_rng(0)
INPUTS = [np.arange(6.0).reshape(2, 3), np.eye(3), *(RNG.normal(size=(4, 5)) for _ in range(4))]
def right(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""


def peers(solution: str, command_cpu: CommandCpu, kept: Path | None = None) -> dict[str, object]:
    """CPU ms of each peer's command on one submission, or why it could not be measured.

    Args:
        solution: What is handed in.
        command_cpu: Runs a command several times; its median CPU ms.
        kept: A folder in which the environments are kept for the next run, instead of thrown away.
    """
    found: dict[str, object] = {}
    for name, package, run in (
        ("otter", "otter-grader", otter),
        ("nbgrader", "nbgrader", nbgrader),
    ):
        with tempfile.TemporaryDirectory() as folder:
            try:
                home = Path(folder) / "venv" if kept is None else kept / name
                python = environment(home, package)
                single, batch = run(python, Path(folder), solution, command_cpu)
                found[f"{name}_cpu_ms"] = single
                found[f"{name}_batch_each_cpu_ms"] = batch
                found[f"{name}_version"] = version(python, package)
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                output = getattr(error, "stderr", None) or str(error)
                found[f"{name}_not_measured"] = str(output).strip()[-600:]
    return found


def environment(folder: Path, package: str) -> Path:
    """An environment with the package and numpy, made if it is not there; its interpreter."""
    if (folder / "bin" / "python").exists():
        return folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True)
    python = folder / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", package, "numpy", "ipykernel"],
        check=True,
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
    )
    return python


def version(python: Path, package: str) -> str:
    """The installed version."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    done = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def otter(
    python: Path, folder: Path, solution: str, command_cpu: CommandCpu
) -> tuple[float, float]:
    """``otter run`` on a script, and its Python API on several in one process, CPU ms each."""
    tests = folder / "tests"
    tests.mkdir()
    lines = f"import numpy as np\n{_INPUTS}".splitlines()
    setup = _doctest(lines)
    cases = [
        {"code": f"{setup}\n>>> bool(np.allclose(softmax(INPUTS[{n}]), right(INPUTS[{n}])))\nTrue"}
        for n in range(6)
    ]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": "q1", "points": 6, "suites": [suite]}
    (tests / "q1.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    (folder / "submission.py").write_text(solution)
    generate = [str(python), "-m", "otter", "generate", "-t", "tests", "--no-environment"]
    subprocess.run(generate, cwd=folder, check=True, capture_output=True, text=True)
    command = [str(python), "-m", "otter", "run", "-a", "autograder.zip", "submission.py"]
    loop = (
        "from otter.api import grade_submission\n"
        f"for _ in range({BATCH}):\n"
        "    grade_submission('submission.py', 'autograder.zip', quiet=True)\n"
    )
    batch = command_cpu([str(python), "-c", loop], folder, 1) / BATCH
    return command_cpu(command, folder, 3), batch


def _doctest(lines: list[str]) -> str:
    """Source lines as a doctest: blocks go on with ``...`` and end with an empty one."""
    shown: list[str] = []
    inside = False
    for line in lines:
        indented = line.startswith(" ")
        if inside and not indented:
            shown.append("... ")
        shown.append(f"{'...' if indented else '>>>'} {line}")
        inside = indented or line.startswith("def ")
    return "\n".join([*shown, "... "] if inside else shown)


def nbgrader(
    python: Path, folder: Path, solution: str, command_cpu: CommandCpu
) -> tuple[float, float]:
    """``nbgrader autograde`` of one student's notebook, and of several at once, CPU ms each."""
    course = folder / "course"
    source = course / "source" / "ps1"
    source.mkdir(parents=True)
    (course / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "c"\n'
    )
    checks = [f"assert np.allclose(softmax(INPUTS[{n}]), right(INPUTS[{n}]))" for n in range(6)]
    cells = [
        _cell("answer", f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION", solution=True),
        _cell("checks", "\n".join(["import numpy as np", _INPUTS, *checks]), solution=False),
    ]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (source / "p.ipynb").write_text(json.dumps(notebook))
    program = [str(python.with_name("nbgrader"))]
    tools = {**os.environ, "PATH": f"{python.parent}:{os.environ.get('PATH', '')}"}
    subprocess.run(
        [*program, "generate_assignment", "ps1", "--force"],
        cwd=course,
        env=tools,  # it calls alembic
        capture_output=True,
        text=True,
        check=True,
    )
    released = json.loads((course / "release" / "ps1" / "p.ipynb").read_text())
    released["cells"][0]["source"] = solution
    command = [*program, "autograde", "ps1", "--create", "--force"]

    def hand_in(students: range) -> None:
        for number in students:
            submitted = course / "submitted" / f"student{number}" / "ps1"
            submitted.mkdir(parents=True)
            (submitted / "p.ipynb").write_text(json.dumps(released))

    hand_in(range(1))
    single = command_cpu(command, course, 3)
    hand_in(range(1, BATCH))
    return single, command_cpu(command, course, 1) / BATCH


def _cell(name: str, source: str, *, solution: bool) -> dict[str, object]:
    marks = {
        "grade": not solution,
        "grade_id": name,
        "locked": not solution,
        "points": 6,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if solution:
        del marks["points"]
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"nbgrader": marks},
        "outputs": [],
        "source": source,
    }
