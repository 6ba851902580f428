"""Writes the dossier of a project: what it hands in, and what a portfolio shows of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from journeyman.core.dossier import Chart, Dossier, Number
from journeyman.errors import Unavailable
from journeyman.projects import rules
from journeyman.projects.charts import Drawn
from journeyman.projects.declared import Declared
from journeyman.projects.entry import Project
from journeyman.projects.evaluating import Evaluation
from journeyman.projects.repository import PLACEHOLDER, sections_of
from journeyman.projects.runs import Run, Score

FILE = "dossier.json"
EXPORTED = ("model.onnx", "schema.json", "parity.json")
"""What is shown of an export. The held-out rows beside them are data, and stay."""
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_NAMED = {
    "Decision log": ("decisions", "decision log", "log"),
    "What did not work": ("what did not work", "dead ends", "failures"),
}


@dataclass(frozen=True)
class Parts:
    """What a dossier is put together from.

    Attributes:
        final: Metrics on the hold-out, the project's own first; empty where there is none.
        export: A folder with ``model.onnx`` and ``schema.json``, or None.
    """

    folder: Path
    declared: Declared
    entry: Project | None
    run: Run
    evaluation: Evaluation
    charts: tuple[Drawn, ...]
    final: tuple[Score, ...]
    level: rules.Reproduced
    looks: int
    code_url: str = ""
    export: Path | None = None


def write(place: Path, parts: Parts, at: datetime) -> tuple[Path, Dossier]:
    """Write everything but the bundle into a new folder beside ``place``.

    Returns:
        That folder, which :func:`settle` puts in place, and the dossier.

    Raises:
        Unavailable: the disk is full or read-only.
    """
    made = place.with_name(f".{place.name}.making")
    try:
        shutil.rmtree(made, ignore_errors=True)
        (made / "charts").mkdir(parents=True)
        charts = tuple(_chart(made, one) for one in parts.charts)
        export = None
        if parts.export is not None:
            (made / "export").mkdir()
            for name in EXPORTED:
                if (parts.export / name).is_file():
                    shutil.copyfile(parts.export / name, made / "export" / name)
            export = "export"
    except OSError as error:
        raise Unavailable(
            f"The dossier cannot be written to {made.parent} ({error.strerror}); make room."
        ) from error
    return made, _dossier(parts, charts, export, at)


def settle(made: Path, place: Path, dossier: Dossier) -> Path:
    """Write ``dossier.json`` and put the folder in the place of an earlier one.

    Raises:
        Unavailable: the disk is full or read-only.
    """
    try:
        (made / FILE).write_text(dossier.model_dump_json(indent=1), "utf-8")
        shutil.rmtree(place, ignore_errors=True)
        made.replace(place)
    except OSError as error:
        raise Unavailable(
            f"The dossier cannot be written to {place} ({error.strerror}); make room."
        ) from error
    return place


def _chart(made: Path, one: Drawn) -> Chart:
    (made / "charts" / f"{one.name}.svg").write_text(one.svg, "utf-8")
    (made / "charts" / f"{one.name}.csv").write_text(one.table(), "utf-8")
    return Chart(
        file=f"charts/{one.name}.svg", title=one.title, caption=one.caption,
        table=f"charts/{one.name}.csv",
    )  # fmt: skip


def _dossier(parts: Parts, charts: tuple[Chart, ...], export: str | None, at: datetime) -> Dossier:
    about, entry = parts.declared.project, parts.entry
    readme = _read(parts.folder / "README.md")
    numbers = [*(_number(one) for one in parts.final), *(_number(one) for one in parts.run.metrics)]
    return Dossier(
        slug=about.slug,
        title=(entry.title if entry else about.title) or about.slug,
        summary=_summary(readme) or (entry.summary if entry else ""),
        problem=_asked(parts),
        audience=sections_of(readme).get("who needs it", ""),
        code_url=parts.code_url,
        commit=str(parts.run.code.get("commit", "")),
        submitted=at.isoformat(timespec="seconds"),
        skills=dict(entry.skills) if entry else dict(rules.OWN_SKILLS),
        numbers=tuple(numbers),
        charts=charts,
        sections={name: text for name, text in _sections(parts, readme) if text.strip()},
        reproduced=parts.level,
        looks=parts.looks,
        export=export,
    )


def _number(one: Score) -> Number:
    return Number(
        name=one.name, title=one.title, value=one.value, low=min(one.low, one.value),
        high=max(one.high, one.value), rows=one.rows,
        better="higher" if one.better == "higher" else "lower", part=one.part,
        baseline=one.baseline, baseline_title="baseline" if one.baseline is not None else "",
    )  # fmt: skip


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def written(text: str) -> str:
    """A text without its front matter and without lines that are still to be written."""
    lines = [line for line in _FRONT.sub("", text).splitlines() if not PLACEHOLDER.search(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _body(text: str) -> str:
    """The same without its first heading, and without headings under which nothing stands."""
    lines = re.sub(r"\A#\s.*\n?", "", written(text)).strip()
    parts = re.split(r"(?m)^(?=#{1,6}\s)", lines)
    kept = [one for one in parts if not re.match(r"#{1,6}\s[^\n]*\s*\Z", one)]
    return re.sub(r"(?m)^##\s", "### ", "".join(kept)).strip()


def _summary(readme: str) -> str:
    parts = [one.strip() for one in re.split(r"\n\s*\n", written(readme))]
    return next((" ".join(one.split()) for one in parts if one and not one.startswith("#")), "")


def _asked(parts: Parts) -> str:
    text = _body(parts.entry.text("brief.md")) if parts.entry else ""
    costs = parts.declared.costs
    if costs.false_positive and costs.false_negative:
        text += (
            f"\n\nA false alarm costs {costs.false_positive:g} and a miss "
            f"{costs.false_negative:g} {costs.unit}.".rstrip(".").rstrip()
            + "."
        )
    return text.strip()


def _sections(parts: Parts, readme: str) -> Iterable[tuple[str, str]]:
    yield "Data card", _body(_read(parts.folder / "DATA_CARD.md"))
    yield "Method", _method(parts)
    own = sections_of(written(readme))
    for title, names in _NAMED.items():
        yield title, next((own[name] for name in names if name in own), "")
    yield "Errors and failure modes", _errors(parts.evaluation)
    yield "Cost", _cost(parts)
    yield "Model card", _body(_read(parts.folder / "MODEL_CARD.md"))


def _method(parts: Parts) -> str:
    split, run = parts.declared.split, parts.run
    by = f" by `{split.column}`" if split.column else ""
    given = {name: value for name, value in run.parameters.items() if not isinstance(value, dict)}
    settings = ", ".join(f"{name} {value}" for name, value in list(given.items())[:12])
    lines = [f"The split is {split.kind}{by}. {split.why}".strip()]
    if settings:
        lines.append(f"Settings of the run: {settings}.")
    lines.append(
        f"Seed {run.seed}, Python {run.environment.get('python', '?')}, data "
        f"`{str(run.data.get('sha256', ''))[:12]}`, code `{str(run.code.get('commit', ''))[:12]}`."
    )
    return "\n\n".join(lines)


def _errors(found: Evaluation) -> str:
    """Where it is worst, without a single row of data: rows may be about people."""
    lines = list(found.parts.get("Slices", ()))
    lines += found.parts.get("Errors", ())[:1]
    lines += found.parts.get("Calibration", ())
    return "\n\n".join(lines)


def _cost(parts: Parts) -> str:
    run = parts.run
    lines = [f"Training takes {run.seconds:.0f} s and {run.peak_mib:,.0f} MiB of memory."]
    return "\n\n".join([*lines, *parts.evaluation.parts.get("Threshold by cost", ())])


def kept(dossier: Dossier) -> Mapping[str, Any]:
    """What the record keeps of a dossier."""
    first = dossier.numbers[0] if dossier.numbers else None
    return {
        "commit": dossier.commit,
        "metric": first.name if first else "",
        "value": first.value if first else None,
        "low": first.low if first else None,
        "high": first.high if first else None,
        "part": first.part if first else "",
        "looks": dossier.looks,
    }
