"""Model card and data card in the form that Hugging Face reads: front matter, then Markdown.

What a run knows is filled in; what only the author knows is asked for, and ``missing`` says what is
still open. A card that is made again keeps every section that the author wrote. The sections follow
Mitchell et al., "Model Cards for Model Reporting" (2019), and Gebru et al., "Datasheets for
Datasets" (2021).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from journeyman.core.dossier import Number
from journeyman.errors import Invalid

Card = Literal["model", "data"]
_TASKS = {
    "binary": "tabular-classification",
    "multiclass": "tabular-classification",
    "ordinal": "tabular-classification",
    "regression": "tabular-regression",
    "forecast": "time-series-forecasting",
    "ranking": "tabular-classification",
    "text": "text-classification",
    "image": "image-classification",
    "audio": "audio-classification",
}
ASKED: Mapping[Card, Mapping[str, str]] = {
    "model": {
        "Intended use": "who uses it, for which decision, and what it must not be used for",
        "Data": "on which rows it learnt, from when to when, and how those of later use differ",
        "Evaluation": "each metric with its interval, on which rows, beside the baseline",
        "Limits": "kinds of rows on which it fails, and what happens then",
        "Ethical considerations": "who is harmed by which error, and what was measured about it",
    },
    "data": {
        "Origin": "who collected it, when, how and for what",
        "Rows and columns": "what one row is, how many there are, and what each column means",
        "Known faults": "gaps, duplicates, wrong labels and what was done about each",
        "Split": "which rows are for learning and which for judging, and why so",
        "Licence": "under which terms it may be used and passed on, and where they stand",
    },
}
"""The sections of each card, and what belongs there."""
_FRONT: Mapping[Card, tuple[str, ...]] = {
    "model": ("license", "library_name", "pipeline_tag", "metrics"),
    "data": ("license", "pretty_name", "size_categories"),
}
_PLACEHOLDER = re.compile(
    r"\bTODO\b|\bTBD\b|\bFIXME\b|\bXXX+\b|lorem ipsum|\bfill (?:me |this )?in\b|"
    r"more information needed|your text here|\bplaceholder\b|"
    r"\[\s*(?:insert|add|describe)\b[^\]]*\]|"
    r"<\s*(?:insert|add|describe|your)\b[^>]*>|\bcoming soon\b",
    re.IGNORECASE,
)
_EMPTY = frozenset({"", "-", "n/a", "na", "none", "unknown", "?", "...", "…", "other", "tba"})
FEWEST_WORDS = 6
"""A section with fewer words says nothing; a table counts by its cells."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Data(_Form):
    """A data set as far as a run knows it."""

    name: str
    title: str = ""
    licence: str = ""
    source: str = ""
    rows: int = 0
    columns: Mapping[str, str] = {}
    target: str = ""
    sha256: str = ""
    split: str = ""
    faults: tuple[str, ...] = ()


class Record(_Form):
    """What is known of a model; empty fields are asked for in the card.

    Attributes:
        task: binary, multiclass, ordinal, regression, forecast, ranking, text, image or audio.
        licence: An SPDX name in small letters, as Hugging Face lists them.
        numbers: Metrics with intervals, the project's own first.
        made: Facts on how it was made, by name: seed, commit, libraries, seconds.
    """

    title: str
    task: str
    licence: str = ""
    library: str = "scikit-learn"
    language: str = ""
    tags: tuple[str, ...] = ()
    data: Data
    numbers: tuple[Number, ...] = ()
    made: Mapping[str, str | int | float] = {}
    code_url: str = ""
    intended_use: str = ""
    limits: tuple[str, ...] = ()
    ethical: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a card still lacks.

    Attributes:
        place: The front matter's key or the section.
        says: One sentence that says what to write.
    """

    place: str
    says: str


def model_card(record: Record | Mapping[str, Any], earlier: str = "") -> str:
    """A model card from a run's record.

    Args:
        record: What is known.
        earlier: The card as it stands; sections that its author wrote are kept.

    Raises:
        Invalid: the record lacks a field or has an unknown one.

    >>> card = model_card({"title": "Leaving", "task": "binary", "data": {"name": "telco"}})
    >>> [one.place for one in missing(card)][:3]
    ['license', 'metrics', 'Intended use']
    """
    known = _record(record)
    front = {
        "license": known.licence,
        "library_name": known.library,
        "pipeline_tag": _TASKS.get(known.task, "tabular-classification"),
        **({"language": known.language} if known.language else {}),
        "tags": list(dict.fromkeys([known.task, *known.tags])),
        "datasets": [known.data.name],
        "metrics": [one.name for one in known.numbers],
        "model-index": [_index(known)] if known.numbers else [],
    }
    filled = {
        "Intended use": known.intended_use,
        "Data": _learnt_from(known.data),
        "Evaluation": _evaluation(known.numbers),
        "Limits": "\n".join(f"- {one}" for one in known.limits),
        "Ethical considerations": known.ethical,
    }
    made = "\n".join(f"- {name}: {value}" for name, value in known.made.items())
    if known.code_url:
        made += f"\n- code: <{known.code_url}>"
    more = {"How it was made": made.strip()} if made.strip() else {}
    fresh = frozenset({"Evaluation", "How it was made"})
    return _card("model", known.title, front, filled, more, earlier, fresh)


def data_card(record: Record | Mapping[str, Any], earlier: str = "") -> str:
    """A data card from a run's record; see :func:`model_card`.

    Raises:
        Invalid: the record lacks a field or has an unknown one.
    """
    known = _record(record)
    data = known.data
    front = {
        "license": data.licence,
        "pretty_name": data.title or data.name,
        "size_categories": [_size(data.rows)] if data.rows else [],
        "tags": list(dict.fromkeys([known.task, *known.tags])),
    }
    origin = f"From {data.source}." if data.source else ""
    if origin and data.sha256:
        origin += f" sha256 of the values: `{data.sha256}`."
    rows = f"{data.rows:,} rows; the target is `{data.target}`.\n\n" if data.rows else ""
    if data.columns:
        lines = [f"| `{name}` | {_cell(says)} |" for name, says in data.columns.items()]
        rows += "\n".join(["| column | meaning |", "| --- | --- |", *lines])
    filled = {
        "Origin": origin,
        "Rows and columns": rows.strip(),
        "Known faults": "\n".join(f"- {one}" for one in data.faults),
        "Split": data.split,
        "Licence": f"The data are under the licence {data.licence}." if data.licence else "",
    }
    return _card("data", data.title or data.name, front, filled, {}, earlier, frozenset())


def missing(text: str) -> tuple[Missing, ...]:
    """What a model card or data card still lacks; text that only stands in for text counts.

    >>> missing("# Data card: Bikes")[0].says
    'Begin with front matter: a line of ---, then license and the rest, then a line of ---.'
    """
    kind = _kind(text)
    front = _front(text)
    found = []
    if not front:
        begin = "Begin with front matter: a line of ---, then license and the rest, then a line"
        found.append(Missing("front matter", f"{begin} of ---."))
    else:
        for key in _FRONT[kind]:
            value = front.get(key, "").strip().strip("'\"[]").strip()
            if value.lower() in _EMPTY or _PLACEHOLDER.search(value):
                found.append(Missing(key, f"Give {key} in the front matter."))
    sections = sections_of(text)
    for title, asked in ASKED[kind].items():
        why = _fault(sections.get(title.lower()), asked)
        if why:
            found.append(Missing(title, f"{why} “{title}”: {asked}."))
    for title, body in sections.items():
        if title not in {one.lower() for one in ASKED[kind]} and _PLACEHOLDER.search(body):
            found.append(Missing(title, f"Replace the placeholder under “{title}”, or cut it."))
    return tuple(found)


def sections_of(text: str) -> dict[str, str]:
    """The text under each heading of the second level, by the heading in small letters."""
    found: dict[str, str] = {}
    parts = re.split(r"^##\s+(.+?)\s*#*\s*$", _without_front(text), flags=re.MULTILINE)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        found[title.lower()] = body.strip()
    return found


def _fault(body: str | None, asked: str) -> str:
    """What is wrong with a section, as the beginning of a sentence; empty if nothing."""
    if body is None:
        return "Add the section"
    plain = re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).strip()
    if plain.lower() in _EMPTY:
        return "Write the section"
    if _PLACEHOLDER.search(plain) or asked in plain:
        return "Replace the placeholder under"
    if len(re.findall(r"\w+", plain)) < FEWEST_WORDS:
        return "Say more under"
    return ""


def _record(record: Record | Mapping[str, Any]) -> Record:
    if isinstance(record, Record):
        return record
    try:
        return Record.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Invalid(f"The record of the model is not usable ({place}: {first['msg']}).") from None


def _index(known: Record) -> dict[str, Any]:
    """The metrics as Hugging Face's ``model-index`` has them."""
    return {
        "name": known.title,
        "results": [
            {
                "task": {"type": _TASKS.get(known.task, "tabular-classification")},
                "dataset": {"name": known.data.title or known.data.name, "type": known.data.name},
                "metrics": [
                    {"type": one.name, "name": f"{one.title} ({one.part})", "value": one.value}
                    for one in known.numbers
                ],
            }
        ],
    }


def _evaluation(numbers: Sequence[Number]) -> str:
    if not numbers:
        return ""
    lines = [
        "| metric | value | 95 % interval | rows | baseline |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in numbers:
        base = "" if one.baseline is None else f"{one.baseline:.4g} {one.baseline_title}".strip()
        lines.append(
            f"| {_cell(one.title)} ({one.better} is better) | {one.value:.4g} | "
            f"{one.low:.4g} to {one.high:.4g} | {one.rows:,} of {_cell(one.part)} | {base} |"
        )
    return "\n".join(lines)


def _learnt_from(data: Data) -> str:
    if not (data.rows and data.split):
        return ""
    name = data.title or data.name
    return f"{name}, {data.rows:,} rows, target `{data.target}`. Split: {data.split}"


def _size(rows: int) -> str:
    """Hugging Face's size category."""
    for low, high, name in (
        (0, 1_000, "n<1K"),
        (1_000, 10_000, "1K<n<10K"),
        (10_000, 100_000, "10K<n<100K"),
        (100_000, 1_000_000, "100K<n<1M"),
    ):
        if low <= rows < high:
            return name
    return "1M<n<10M" if rows < 10_000_000 else "n>10M"


def _card(
    kind: Card,
    title: str,
    front: Mapping[str, Any],
    filled: Mapping[str, str],
    more: Mapping[str, str],
    earlier: str,
    fresh: frozenset[str],
) -> str:
    """The text of a card; sections outside ``fresh`` are taken from ``earlier`` where written."""
    lines = ["---", *(f"{key}: {json.dumps(v, ensure_ascii=False)}" for key, v in front.items())]
    lines += ["---", "", f"# {kind.capitalize()} card: {title}", ""]
    written = sections_of(earlier)
    known = {**filled, **more}
    for name, body in known.items():
        asked = ASKED[kind].get(name, "")
        own = written.pop(name.lower(), "")
        keep = own and (name not in fresh or not body) and not _fault(own, asked or "\0")
        text = own if keep else body or f"TODO: {asked}."
        lines += [f"## {name}", "", text, ""]
    titles = re.findall(r"^##\s+(.+?)\s*#*\s*$", _without_front(earlier), flags=re.MULTILINE)
    for name in titles:  # whatever else the author wrote
        if name.lower() in written:
            lines += [f"## {name}", "", written.pop(name.lower()), ""]
    return "\n".join(lines)


def _kind(text: str) -> Card:
    head = re.search(r"^#\s+(.*)$", _without_front(text), flags=re.MULTILINE)
    return "data" if head and "data" in head[1].lower().split(":")[0] else "model"


def _front(text: str) -> dict[str, str]:
    """The front matter's top-level keys; a list or mapping below a key is given as one text."""
    found = re.match(r"\s*---\n(.*?)\n---\s*(\n|\Z)", text.replace("\r\n", "\n"), re.DOTALL)
    values: dict[str, str] = {}
    key = ""
    for line in found[1].split("\n") if found else ():
        top = re.match(r"([A-Za-z_-]+)\s*:\s*(.*)$", line)
        if top:
            key = top[1]
            values[key] = top[2].split(" #")[0]
        elif key:
            values[key] += " " + line.strip().removeprefix("- ")
    return values


def _without_front(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return re.sub(r"\A\s*---\n.*?\n---\s*(\n|\Z)", "", text, count=1, flags=re.DOTALL)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
