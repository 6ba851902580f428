"""Seconds to build a portfolio of many projects, beside mkdocs-material on the same pages.

    python -m benchmarks.publish [--json] [--projects 50] [--rounds 3] [--mkdocs PYTHON]

Both get the same projects: the same words, table of numbers, chart and code block for each. One
process builds the whole site from nothing into a new folder; what is told is the processor time of
that process and of its children, start of the interpreter included, the median of the rounds, which
take turns. Journeyman's site is told twice: signed (each number with its claim, and the list of
files) and unsigned, which is what the other does. ``--mkdocs`` names the Python of a virtual
environment that has mkdocs-material; without it, one is made in a temporary folder with pip, which
needs a package index.

The sites are not the same: mkdocs-material brings a search index and its own scripts, Journeyman
claims, evidence and a CV. Pages and bytes are told beside the times.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADING = ("Metric", "Value", "95 % interval", "Baseline")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><polyline '
    'points="20,180 120,90 220,60 380,30" fill="none" stroke="#1f5fa8" stroke-width="3"/></svg>'
)
CODE = (
    "def split(frame, weeks):\n    return frame[frame.week < weeks], frame[frame.week >= weeks]\n"
)
TEXTS = {
    "Data card": "Orders of one depot over two years; no names, no addresses, no free text.",
    "Method": f"Boosted trees on 31 columns, tuned by week.\n\n```python\n{CODE}```",
    "Decision log": "1. Split by week, not at random.\n2. Left out `carrier_note`.\n3. Kept trees.",
    "Errors and failure modes": "It is too sure of parcels that change vans, by *six* in 100.",
    "Cost": "Training takes two minutes on one core, a prediction less than a millisecond.",
    "What did not work": "A recurrent network over scans was no better, and slower.",
    "Model card": "Meant for one depot. Not meant for rating drivers, nor for other countries.",
}


@dataclass(frozen=True)
class Built:
    """One way of building: median processor seconds, the spread, and what came of it."""

    name: str
    cpu_seconds: float
    least: float
    most: float
    pages: int
    page_gzip: int
    site_bytes: int


def dossier(number: int) -> dict[str, object]:
    """One project of the benchmark."""
    value = round(0.7 + 0.004 * (number % 50), 4)
    return {
        "slug": f"project-{number:03d}",
        "title": f"Project {number}: which parcels will be late",
        "summary": "A model that warns a depot, the evening before, which parcels will miss a day.",
        "problem": "Given an order at 18:00, how likely is it to arrive late?",
        "audience": "The shift lead of a depot with 40 vans.",
        "code_url": f"https://code.example/ada/project-{number}",
        "submitted": f"2026-01-{1 + number % 28:02d}T12:00:00+00:00",
        "numbers": [
            {
                "name": "auc", "title": "Area under the ROC curve", "value": value,
                "low": value - 0.015, "high": value + 0.015, "rows": 4200, "better": "higher",
                "part": "hidden hold-out", "baseline": 0.65, "baseline_title": "linear",
            }
        ],
        "charts": [{"file": "curve.svg", "title": "Learning curve", "caption": "By rows."}],
        "sections": TEXTS,
    }  # fmt: skip


def put_dossiers(home: Path, count: int) -> None:
    """The projects as Journeyman finds them."""
    for number in range(count):
        row = dossier(number)
        folder = home / "projects" / str(row["slug"]) / "dossier"
        folder.mkdir(parents=True)
        (folder / "dossier.json").write_text(json.dumps(row), "utf-8")
        (folder / "curve.svg").write_text(SVG, "utf-8")


def put_pages(folder: Path, count: int) -> None:
    """The same as pages of mkdocs."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    lines = ["# Projects", ""]
    for number in range(count):
        row = dossier(number)
        (docs / f"{row['slug']}.svg").write_text(SVG, "utf-8")
        (docs / f"{row['slug']}.md").write_text(_markdown(row), "utf-8")
        lines.append(f"- [{row['title']}]({row['slug']}.md): {row['summary']}")
    (docs / "index.md").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Ada\ntheme:\n  name: material\n  font: false\n"
        "markdown_extensions:\n  - tables\n  - pymdownx.highlight\n  - pymdownx.superfences\n",
        "utf-8",
    )


def _markdown(row: dict[str, object]) -> str:
    numbers: list[dict[str, object]] = row["numbers"]  # type: ignore[assignment]
    table = [f"| {' | '.join(HEADING)} |", "|" + "---|" * len(HEADING)]
    table += [
        f"| {one['title']} | {one['value']} | {one['low']} to {one['high']} | {one['baseline']} |"
        for one in numbers
    ]
    sections = "\n\n".join(f"## {title}\n\n{text}" for title, text in TEXTS.items())
    return (
        f"# {row['title']}\n\n{row['summary']}\n\n## What is asked\n\n{row['problem']}\n\n"
        f"## Who needs it\n\n{row['audience']}\n\n## What was measured\n\n{chr(10).join(table)}\n\n"
        f"![Learning curve]({row['slug']}.svg)\n\n{sections}\n"
    )


def cpu_of(command: Sequence[str], folder: Path, home: Path | None = None) -> float:
    """Processor seconds of one process and its children.

    Raises:
        RuntimeError: the command failed.
    """
    surroundings = {**os.environ, **({"JOURNEYMAN_HOME": str(home)} if home else {})}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def with_mkdocs(folder: Path) -> str:
    """The Python of a new virtual environment that has mkdocs-material."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "mkdocs-material"], check=True)
    return python


def measure(count: int, rounds: int, mkdocs: str) -> list[Built]:
    """Build in turns and tell the medians."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        home = work / "home"
        put_dossiers(home, count)
        put_pages(work / "mkdocs", count)
        python = mkdocs or with_mkdocs(work / "venv")
        journeyman = [sys.executable, "-m", "journeyman.cli.main", "publish", "--out"]

        def publish(place: Path, *more: str) -> float:
            return cpu_of([*journeyman, str(place), *more], work, home)

        builders: dict[str, Callable[[Path], float]] = {
            "journeyman, signed": publish,
            "journeyman, unsigned": lambda place: publish(place, "--unsigned"),
            "mkdocs-material": lambda place: cpu_of(
                [python, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(place)],
                work / "mkdocs",
            ),
        }
        seconds: dict[str, list[float]] = {one: [] for one in builders}
        sizes = {}
        for _ in range(rounds):
            for title, build in builders.items():
                out = work / "out"
                seconds[title].append(build(out))
                sizes[title] = size_of(out)
                shutil.rmtree(out)
        return [
            Built(title, statistics.median(took), min(took), max(took), *sizes[title])
            for title, took in seconds.items()
        ]


def size_of(site: Path) -> tuple[int, int, int]:
    """Pages, the bytes of the largest project page by itself with gzip, and bytes of all files."""
    pages = list(site.rglob("*.html"))
    projects = [page for page in pages if "project-" in page.as_posix()]
    largest = max(len(gzip.compress(page.read_bytes())) for page in projects)
    return len(pages), largest, sum(f.stat().st_size for f in site.rglob("*") if f.is_file())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--projects", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mkdocs", default="", help="Python with mkdocs-material")
    given = parser.parse_args()
    found = measure(given.projects, given.rounds, given.mkdocs)
    reference = found[-1].cpu_seconds
    if given.json:
        print(json.dumps([asdict(one) | {"ratio": one.cpu_seconds / reference} for one in found]))
        return
    print(
        f"{given.projects} projects, processor seconds of the whole process, {given.rounds} rounds"
    )
    print(
        f"{'':24} {'median':>8} {'least':>8} {'most':>8} {'ratio':>7} {'pages':>6} {'page gz':>9}"
    )
    for one in found:
        print(
            f"{one.name:24} {one.cpu_seconds:8.2f} {one.least:8.2f} {one.most:8.2f} "
            f"{one.cpu_seconds / reference:7.2f} {one.pages:6} {one.page_gzip:9,}"
        )


if __name__ == "__main__":
    main()
