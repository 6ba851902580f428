"""What grading one small exercise costs, beside a fresh pytest, otter-grader and nbgrader.

``python -m benchmarks.grading --quick --json`` measures this engine, a fresh pytest and the same
checks in-process (the floor), in about a minute. Without ``--quick`` it measures every tier that is
installed, throughput and memory, and the peers, which it installs into a throw-away environment.

All figures are CPU milliseconds (user + system, every process that takes part), because they stay
comparable on a busy machine. The exercise is softmax with six checks, two of them examples.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from benchmarks.grading_peers import peers
from benchmarks.grading_waits import waits

from journeyman.core.exercise import AnswerKey, Case, Exercise, Limits, Tier
from journeyman.sandbox import Sandbox
from journeyman.sandbox.conversation import Conversation
from journeyman.sandbox.runner import Runner
from journeyman.sandbox.scratch import usage_of

SOLUTION = """\
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""
CHECKS = """\
import numpy as np
import pytest
from solution import softmax

RNG = np.random.default_rng(0)
INPUTS = [np.arange(6.0).reshape(2, 3), np.eye(3), *(RNG.normal(size=(4, 5)) for _ in range(4))]


@pytest.mark.parametrize("z", INPUTS)
def test_softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    np.testing.assert_allclose(softmax(z), e / e.sum(axis=1, keepdims=True), rtol=1e-6)
"""
WARM_IMPORTS: dict[Tier, str] = {
    "numpy": "import numpy",
    "sklearn": "import sklearn.linear_model, pandas, scipy.stats",
    "torch": "import torch",
}


def softmax(z: np.ndarray) -> np.ndarray:
    """The reference: rows of positive numbers that add up to 1."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def inputs(rng: np.random.Generator) -> list[np.ndarray]:
    """The four unseen inputs."""
    return [rng.normal(size=(4, 5)) for _ in range(4)]


EXAMPLES = [np.arange(6.0).reshape(2, 3), np.eye(3)]
KEY = AnswerKey(
    softmax,
    lambda: [Case((z,), label="example") for z in EXAMPLES],
    lambda rng: [Case((z,), label="unseen") for z in inputs(rng)],
)


def exercise(tier: Tier) -> Exercise:
    """Softmax on a tier."""
    return Exercise("softmax", "softmax", 1, "Softmax", "softmax", tier, {"softmax": 1.0})


def in_process(repeats: int) -> float:
    """CPU ms of the same six checks without any isolation."""
    names: dict[str, object] = {}
    exec(compile(SOLUTION, "solution.py", "exec"), names)
    rng = np.random.default_rng(0)
    all_inputs = [*EXAMPLES, *inputs(rng)]
    spent = []
    for _ in range(repeats):
        started = time.process_time_ns()
        for z in all_inputs:
            assert np.allclose(names["softmax"](z.copy()), softmax(z), rtol=1e-6)  # type: ignore[operator]
        spent.append((time.process_time_ns() - started) / 1e6)
    return statistics.median(spent)


@dataclass
class Spent:
    """What submissions took, one figure each, in milliseconds."""

    judge: list[float] = field(default_factory=list)
    warm_process: list[float] = field(default_factory=list)
    child: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def total(self) -> list[float]:
        """CPU ms end to end: judge, warm process and child."""
        return [sum(parts) for parts in zip(self.judge, self.warm_process, self.child, strict=True)]


def engine(tier: Tier, repeats: int, spent: Spent) -> None:
    """Grade so many submissions and add what they took to ``spent``.

    A virtual machine is slower in one minute than in the next, so a tier is measured in several
    rounds between the peers, and its figure is the median over all of them.
    """
    sandbox = Sandbox(tiers=[tier])
    try:
        sandbox.warm(tier)
        warm_pid = sandbox._tiers[tier].runner.pid  # noqa: SLF001 - to read its use of processor
        for seed in range(10):
            sandbox.grade(exercise(tier), KEY, SOLUTION, seed=seed)
        for seed in range(repeats):
            before, used = time.process_time_ns(), usage_of(warm_pid)
            started = time.perf_counter_ns()
            verdict = sandbox.grade(exercise(tier), KEY, SOLUTION, seed=seed)
            spent.wall.append((time.perf_counter_ns() - started) / 1e6)
            spent.judge.append((time.process_time_ns() - before) / 1e6)
            now = usage_of(warm_pid)
            spent.warm_process.append((now.cpu - used.cpu) * 1e3 if now and used else 0.0)
            spent.child.append(verdict.cpu_ms)
            assert verdict.passed, verdict.message
    finally:
        sandbox.close()


def stages(repeats: int) -> dict[str, float]:
    """CPU ms that each further stage of one submission adds, on the numpy tier.

    Runs the conversation up to each stage in turn, many times, and takes differences of medians;
    the reference, the comparison and the verdict are what is left to the whole.
    """
    sandbox = Sandbox(tiers=["numpy"])
    try:
        sandbox.warm("numpy")
        runner = sandbox._tiers["numpy"].runner  # noqa: SLF001
        spent: dict[str, list[float]] = {name: [] for name in STAGES}
        for _ in range(repeats):
            for name in STAGES:  # interleaved, so that a busy minute touches all of them alike
                spent[name].append(_up_to(runner, name))
        medians = [statistics.median(spent[name]) for name in STAGES]
        steps = [after - before for before, after in zip([0.0, *medians], medians, strict=False)]
        return dict(zip(STAGES, steps, strict=True))
    finally:
        sandbox.close()


STAGES = ("fork_jail_end", "parse", "run_module", "first_call", "five_more_calls")


def _up_to(runner: Runner, last: str) -> float:
    before, used = time.process_time_ns(), usage_of(runner.pid)  # type: ignore[attr-defined]
    link = runner.start(Limits())
    talk = Conversation(link, Limits())
    calls = {"first_call": 1, "five_more_calls": 6}.get(last, 0)
    # Even for the first stage one question is put: its answer says that the jail stands.
    source = "" if last == "fork_jail_end" else SOLUTION
    talk.ask("parse", source=source, forbidden=[], quick=True)
    if last not in {"fork_jail_end", "parse"}:
        talk.ask("run", entry="softmax")
    for _ in range(calls):
        talk.ask("call", [[EXAMPLES[0]], {}], name="softmax", watch=True)
    ending = link.end()
    now = usage_of(runner.pid)  # type: ignore[attr-defined]
    warm = (now.cpu - used.cpu) * 1e3 if now and used else 0.0
    return (time.process_time_ns() - before) / 1e6 + warm + ending.cpu * 1e3


def throughput(tier: Tier, threads: int, many: int) -> float:
    """Submissions per second of wall time with several threads grading at once."""
    sandbox = Sandbox(tiers=[tier])
    try:
        sandbox.warm(tier)
        started = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            jobs = [
                pool.submit(sandbox.grade, exercise(tier), KEY, SOLUTION, seed=seed)
                for seed in range(many)
            ]
            assert all(job.result().passed for job in jobs)
        return many / (time.perf_counter() - started)
    finally:
        sandbox.close()


def child_memory(tier: Tier) -> dict[str, float]:
    """Memory in MB of a live child which has run a submission: its own, and its share (PSS)."""
    sandbox = Sandbox(tiers=[tier])
    try:
        sandbox.warm(tier)
        runner = sandbox._tiers[tier].runner  # noqa: SLF001
        link = runner.start(Limits())
        talk = Conversation(link, Limits())
        talk.ask("parse", source=SOLUTION, forbidden=[])
        talk.ask("run", entry="softmax")
        talk.ask("call", [[EXAMPLES[0]], {}], name="softmax", watch=True)
        text = Path(f"/proc/{link.pid}/smaps_rollup").read_text()
        link.end()
        sizes = {
            name: int(rest.split()[0]) / 1024
            for name, _, rest in (line.partition(":") for line in text.splitlines()[1:])
        }
        own = sizes["Private_Clean"] + sizes["Private_Dirty"]
        return {f"child_{tier}_private_mb": own, f"child_{tier}_pss_mb": sizes["Pss"]}
    finally:
        sandbox.close()


def command_cpu(command: list[str], folder: Path, repeats: int) -> float:
    """Median CPU ms of a command and all of its children.

    Raises:
        RuntimeError: with the end of its output, if it fails.
    """
    spent = []
    for _ in range(repeats):
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment(command[0]),
                start_new_session=True,  # otter stops its whole process group as it ends
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                output.seek(0)
                raise RuntimeError(output.read().decode("utf-8", "replace")[-1500:])
        spent.append((used.ru_utime + used.ru_stime) * 1e3)
    return statistics.median(spent)


def environment(program: str) -> dict[str, str]:
    """One thread a library, and the tools that lie beside the program first."""
    names = ("HOME", "LANG")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    path = f"{Path(program).parent}:{os.environ.get('PATH', '')}"
    return {**kept, "PATH": path, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def fresh_pytest(tier: Tier, repeats: int) -> float:
    """CPU ms of ``python -m pytest`` on the same checks, started anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "solution.py").write_text(f"{WARM_IMPORTS[tier]}\n{SOLUTION}")
        (folder / "test_solution.py").write_text(CHECKS)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "test_solution.py",
        ]
        return command_cpu(command, folder, repeats)


def figures(spent: dict[Tier, Spent]) -> dict[str, object]:
    """The medians of each tier, in parts for numpy."""
    ours = spent["numpy"]
    found: dict[str, object] = {
        "journeyman_cpu_ms": statistics.median(ours.total),
        "journeyman_best_tenth_cpu_ms": statistics.quantiles(ours.total, n=10)[0],
        "journeyman_judge_cpu_ms": statistics.median(ours.judge),
        "journeyman_warm_process_cpu_ms": statistics.median(ours.warm_process),
        "journeyman_child_cpu_ms": statistics.median(ours.child),
        "journeyman_wall_ms": statistics.median(ours.wall),
    }
    for tier, other in spent.items():
        if tier != "numpy":
            found[f"journeyman_{tier}_cpu_ms"] = statistics.median(other.total)
    return found


def measure(*, quick: bool, kept: Path | None = None) -> dict[str, object]:
    """Every figure of the run, rounded to 3 digits after the point."""
    repeats, many = (60, 3) if quick else (100, 7)
    tiers: list[Tier] = (
        ["numpy"] if quick else [tier for tier in WARM_IMPORTS if find_spec(tier) is not None]
    )
    spent = {tier: Spent() for tier in tiers}

    def another_round() -> None:
        for tier, kept_so_far in spent.items():
            engine(tier, repeats, kept_so_far)

    another_round()
    found: dict[str, object] = {
        "floor_cpu_ms": in_process(repeats),
        "pytest_cpu_ms": fresh_pytest("numpy", many),
        **{f"stage_{name}_cpu_ms": cost for name, cost in stages(repeats).items()},
    }
    another_round()
    if not quick:
        for tier in tiers[1:]:
            found[f"pytest_{tier}_cpu_ms"] = fresh_pytest(tier, 3)
        for tier in tiers:
            found |= child_memory(tier)
        found["throughput_two_threads_per_s"] = throughput("numpy", 2, 200)
        another_round()
        found |= waits(9)
        found |= peers(SOLUTION, command_cpu, kept)
        another_round()
    found = {**figures(spent), **found}
    found["load_average"] = os.getloadavg()[0]
    rounded = {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in found.items()
    }
    return {
        **rounded,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processors": os.cpu_count(),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="only the numpy tier, no peers")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--peers", type=Path, help="keep the peers' environments in this folder")
    options = parser.parse_args()
    found = measure(quick=options.quick, kept=options.peers)
    if options.json:
        print(json.dumps(found))
        return
    ours = float(found["journeyman_cpu_ms"])  # type: ignore[arg-type]
    for name, value in found.items():
        times = f"   {value / ours:7.2f} x" if name.endswith("cpu_ms") else ""  # type: ignore[operator]
        print(f"{name:34} {value!s:>22}{times}")


if __name__ == "__main__":
    main()
