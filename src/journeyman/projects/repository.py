"""Checks of a repository: can a stranger read it, trust it and run it?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from journeyman.audit import Finding
from journeyman.projects import git, surroundings
from journeyman.projects.declared import Declared
from journeyman.projects.runs import Runs

PLACEHOLDER = re.compile(
    r"\b(TODO|TBD|FIXME|XXX|lorem ipsum)\b|\[more information needed\]|<[a-z _-]+ here>",
    re.IGNORECASE,
)
DATA = frozenset({".csv", ".tsv", ".parquet", ".pq", ".feather", ".xlsx", ".zip", ".gz", ".db"})
MODELS = frozenset({".joblib", ".pkl", ".pickle", ".onnx", ".pt", ".bin"})
LARGE = 1 << 20
FEWEST_WORDS = 100
SUMMARY_WORDS = 20
MODEL_CARD = ("intended use", "data", "evaluation", "limits")
DATA_CARD = ("origin", "rows and columns", "known faults", "split", "licence")
_ALIKE = {
    "limits": ("limits", "limitations", "out of scope"),
    "licence": ("licence", "license"),
    "evaluation": ("evaluation", "results", "metrics", "performance"),
    "data": ("data", "training data"),
    "origin": ("origin", "source", "provenance", "collection"),
    "rows and columns": ("rows and columns", "columns", "schema", "structure", "composition"),
    "known faults": ("known faults", "faults", "quality", "limitations", "traps"),
    "split": ("split", "splits"),
    "intended use": ("intended use", "use", "uses"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One question about a repository, and its answer.

    Attributes:
        needed: Whether a project that is handed in has to meet it.
    """

    name: str
    title: str
    met: bool
    told: str
    mend: str = ""
    needed: bool = True


def repository_checks(
    folder: Path, declared: Declared, runs: Runs, findings: Sequence[Finding] = ()
) -> tuple[Check, ...]:
    """Every check, in the order in which a stranger meets the repository."""
    tracked = git.tracked(folder)
    return (
        _committed(folder, tracked),
        _readme(folder),
        _result(folder),
        _card(folder, "MODEL_CARD.md", "Model card", MODEL_CARD),
        _card(folder, "DATA_CARD.md", "Data card", DATA_CARD),
        _tests(folder),
        _no_data(folder, tracked),
        _lock(folder),
        _notebooks(findings),
        _charts(folder),
        _runs(runs, declared),
    )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _committed(folder: Path, tracked: Sequence[str]) -> Check:
    code = git.code_of(folder)
    mend = "Commit what you have: git add -A && git commit."
    if not code.commit:
        return Check("committed", "Committed", False, "There is no git commit.", mend)
    if code.dirty:
        told = f"{code.files} files differ from the last commit."
        return Check("committed", "Committed", False, told, mend)
    return Check("committed", "Committed", True, f"{len(tracked)} files at {code.commit[:10]}.")


def _readme(folder: Path) -> Check:
    text = _text(folder / "README.md")
    title = "README for a reader who is no specialist"
    mend = "Say in the first paragraph what is predicted, for whom and how well it is done."
    if not text:
        return Check("readme", title, False, "There is no README.md.", mend)
    places = placeholders(text)
    if places:
        return Check("readme", title, False, f"Line {places[0]} is still to be written.", mend)
    words = len(re.sub(r"```.*?```", "", text, flags=re.DOTALL).split())
    paragraphs = [
        one
        for one in re.split(r"\n\s*\n", text)
        if one.strip() and not one.lstrip().startswith("#")
    ]
    first = len(paragraphs[0].split()) if paragraphs else 0
    if words < FEWEST_WORDS or first < SUMMARY_WORDS:
        told = f"It has {words} words, {first} of them in the first paragraph."
        return Check("readme", title, False, told, mend)
    return Check("readme", title, True, f"{words} words.")


def _result(folder: Path) -> Check:
    """A result needs an interval and something to compare it with."""
    text = _text(folder / "README.md")
    number = r"\d+(?:\.\d+)?\s*%?"
    interval = re.search(
        rf"[\[(]\s*{number}\s*(?:,|to|–|-|;|and)\s*{number}\s*[\])]|±|\+/?-\s*\d|"
        rf"{number} to {number}",
        text,
    )
    baseline = re.search(
        r"baseline|dummy|naive|naïve|majority|always|mean of|popularity|without a model|simple",
        text,
        re.IGNORECASE,
    )
    missing = [
        name for name, found in (("an interval", interval), ("a baseline", baseline)) if not found
    ]
    title = "Result with interval and baseline"
    if missing:
        told = f"README.md shows no {' and no '.join(one.split(' ', 1)[1] for one in missing)}."
        mend = "Write the result as in “AUC 0.81 (0.79 to 0.83); always saying no: 0.50”."
        return Check("result", title, False, told, mend)
    return Check("result", title, True, "Both are in README.md.")


def _card(folder: Path, name: str, title: str, wanted: Sequence[str]) -> Check:
    text = _text(folder / name)
    key = name.lower().removesuffix(".md").replace("_", "-")
    if not text:
        return Check(key, title, False, f"There is no {name}.", f"Write {name}.")
    front = re.match(r"\A---\n.*?\n---\n", text, re.DOTALL)
    places = placeholders(text)
    sections = sections_of(text)
    missing = [
        one
        for one in wanted
        if not any(alike in heading for heading in sections for alike in _ALIKE.get(one, (one,)))
    ]
    told, mend = "", f"Complete {name}."
    if places:
        told = f"Line {places[0]} is still to be written."
    elif missing:
        told = f"Nothing is said on {', '.join(missing)}."
        mend = f"Add a section on {missing[0]} to {name}."
    elif front is None:
        told, mend = "It has no front matter (licence, tags, metrics).", f"Begin {name} with ---."
    if told:
        return Check(key, title, False, told, mend)
    return Check(key, title, True, f"{len(sections)} sections.")


def sections_of(text: str) -> dict[str, str]:
    r"""The body under each heading of a Markdown text, by the heading in small letters.

    >>> sections_of("# A\nx\n## Limits\ny\n")
    {'a': 'x', 'limits': 'y'}
    """
    found: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        mark = re.match(r"#{1,6}\s+(.*?)\s*#*\s*$", line)
        if mark:
            heading = mark[1].lower()
            found[heading] = ""
        elif heading:
            found[heading] = f"{found[heading]}\n{line}".strip()
    return found


def placeholders(text: str) -> list[int]:
    """Lines, counted from 1, that are still to be written."""
    return [at for at, line in enumerate(text.splitlines(), 1) if PLACEHOLDER.search(line)]


def _tests(folder: Path) -> Check:
    counted = 0
    for file in sorted((folder / "tests").rglob("test_*.py")):
        counted += sum(_can_fail(one) for one in _functions(_text(file)))
    title = "Tests that can fail"
    if not counted:
        told = "No function in tests/ is called test_... and asserts something."
        return Check("tests", title, False, told, "Test what would cost you most if it broke.")
    return Check("tests", title, True, f"{counted} tests assert something.")


def _functions(text: str) -> Iterator[ast.FunctionDef]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield node


def _can_fail(test: ast.FunctionDef) -> bool:
    for node in ast.walk(test):
        if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
            return True
        called = node.func if isinstance(node, ast.Call) else None
        name = getattr(called, "attr", getattr(called, "id", ""))
        if name.startswith("assert") or name == "raises":
            return True
    return False


def _no_data(folder: Path, tracked: Sequence[str]) -> Check:
    title = "Data and models are not in git"
    for name in tracked:
        suffix = Path(name).suffix.lower()
        file = folder / name
        size = file.stat().st_size if file.is_file() else 0
        raw = name.startswith("data/") and suffix not in {".md", ".txt", ".gitkeep", ""}
        if raw or (suffix in DATA | MODELS and size > LARGE):
            told = f"{name} ({size / 2**20:.1f} MiB) is in git."
            mend = f"git rm --cached {name}, and name it in .gitignore."
            return Check("data-ignored", title, False, told, mend)
    return Check("data-ignored", title, True, "None of the files in git is data or a model.")


def _lock(folder: Path) -> Check:
    found = surroundings.lock_of(folder)
    title = "A lock file with exact versions"
    if not found:
        told = "There is none, so nobody can build your environment again."
        return Check("lock", title, False, told, "pip freeze > requirements.lock")
    return Check("lock", title, True, f"{found['file']}.")


def _notebooks(findings: Sequence[Finding]) -> Check:
    wrong = [one for one in findings if one.kind == "notebook-out-of-order"]
    title = "Notebooks run from top to bottom"
    if wrong:
        mend = "Restart the kernel, run all cells, save."
        return Check("notebooks", title, False, wrong[0].what, mend)
    return Check("notebooks", title, True, "None was found out of order.")


def _charts(folder: Path) -> Check:
    """Charts that code draws have both axes labelled; pictures in the README say what they show."""
    title = "Charts can be read"
    for file in sorted(folder.glob("src/**/*.py")):
        text = _text(file)
        if "savefig" in text and not _labelled(text):
            name = file.relative_to(folder).as_posix()
            told = f"{name} saves a figure and labels no x or y axis."
            return Check(
                "charts", title, False, told, "ax.set(xlabel=..., ylabel=...), with units."
            )
    readme = _text(folder / "README.md")
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", readme):
        if len(alt.split()) < 3:
            told = f"The picture {target} in README.md does not say what it shows."
            return Check("charts", title, False, told, f"![what it shows, in a sentence]({target})")
        if "://" not in target and not (folder / target).is_file():
            told = f"README.md shows {target}, which is not there."
            return Check("charts", title, False, told, f"Commit {target}.")
    return Check("charts", title, True, "No chart without labels was found.")


def _labelled(text: str) -> bool:
    return bool(re.search(r"xlabel|x_label|set_xlabel", text)) and bool(
        re.search(r"ylabel|y_label|set_ylabel|set_yticks", text)
    )


def _runs(runs: Runs, declared: Declared) -> Check:
    done = [run for run in runs.all() if run.state == "done"]
    title = "A recorded run of committed code"
    mend = "Commit, then `journeyman project run`."
    if not done:
        return Check("runs", title, False, "No run came to its end yet.", mend)
    clean = [run for run in done if run.code.get("commit") and not run.code.get("dirty")]
    if not clean:
        told = "Every run was made with code that is not committed."
        return Check("runs", title, False, told, mend)
    last = clean[-1].main
    said = f"{declared.project.metric} {last.value:.4f}" if last else "no metric"
    return Check("runs", title, True, f"{clean[-1].id}: {said}.")


def unmet(checks: Iterable[Check]) -> Mapping[str, str]:
    """What is missing, by the check's name."""
    return {one.name: one.told for one in checks if not one.met}
