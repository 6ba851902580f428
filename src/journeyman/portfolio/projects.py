"""Project pages from dossiers: what a submitted project left in the data directory."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from journeyman.core.dossier import Chart, Dossier, Number
from journeyman.errors import Invalid, JourneymanError
from journeyman.portfolio import charts, pictures, prose, rules
from journeyman.portfolio.measured import Measured, safe_statement
from journeyman.portfolio.viva import ShownViva
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import LONGEST, SignedClaim

FOLDER = "projects"
FILE = "dossier.json"
LARGEST = 4 << 20
LARGEST_ARTIFACT = 64 << 20
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}\Z")
_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")


@dataclass(frozen=True, slots=True)
class ProjectNumber:
    """A metric with its baseline, as a project's table shows it."""

    title: str
    measured: Measured
    baseline: Measured | None
    baseline_title: str
    rows: int
    part: str
    better: str

    @property
    def gains(self) -> str:
        """Where the number stands against its baseline, in words."""
        if self.baseline is None:
            return ""
        ends = self.measured.interval or (self.measured.value, self.measured.value)
        best, worst = (ends[1], ends[0]) if self.better == "higher" else (ends[0], ends[1])
        sign = 1 if self.better == "higher" else -1
        if sign * worst > sign * self.baseline.value:
            return "clearly better than the baseline"
        if sign * best < sign * self.baseline.value:
            return "clearly worse than the baseline"
        return "not clearly better than the baseline"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of a project: its place on the site, and its numbers as a table."""

    place: str
    title: str
    caption: str
    table: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a project page."""

    anchor: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class ShownProject:
    """A submitted project, ready for its page.

    Attributes:
        lead: HTML of the summary, for one line. ``problem``, ``audience``: HTML.
        files: What goes beside its page, by place on the site.
        claims: Signed already, in the dossier's bundle. ``artifacts``: what they pin.
        export: Folder with the model that a demo is made of, or None.
        asks: What a reader would look for and not find, each as the end of a sentence.
        viva: A signed sitting of questions on it, where the learner shows it.
    """

    slug: str
    title: str
    summary: str
    lead: str
    submitted: datetime
    problem: str
    audience: str
    code_url: str
    commit: str
    skills: tuple[str, ...]
    numbers: tuple[ProjectNumber, ...]
    drawings: tuple[Drawing, ...]
    sections: tuple[Section, ...]
    reproduced: str
    looks: int
    files: Mapping[str, bytes]
    claims: tuple[SignedClaim, ...]
    artifacts: tuple[bytes, ...]
    export: Path | None
    asks: tuple[str, ...]
    viva: ShownViva | None = None

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Every number of its page."""
        pairs = [(one.measured, one.baseline) for one in self.numbers]
        own = tuple(number for pair in pairs for number in pair if number is not None)
        return own if self.viva is None else (*own, self.viva.measured)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every text of its page, as HTML."""
        rest = (one.body for one in self.sections)
        return tuple(filter(None, (self.lead, self.problem, self.audience, *rest)))


def folders(home: Path) -> list[Path]:
    """The dossiers in the data directory, by slug."""
    return sorted(file.parent for file in (home / FOLDER).glob(f"*/dossier/{FILE}"))


def read(folder: Path, titles: Mapping[str, str]) -> ShownProject:
    """Read one dossier.

    Args:
        folder: Holds ``dossier.json``.
        titles: Of skills, by slug.

    Raises:
        Invalid: it is not in the form of :class:`Dossier`, or names a file that is not there.
    """
    name = f"{FOLDER}/{folder.parent.name}"
    dossier, digest = _dossier(folder, name)
    files: dict[str, bytes] = {}
    claims, artifacts = _bundle(folder, dossier)
    numbers = tuple(_numbers(dossier, digest))

    def image(address: str) -> str:
        file = _inside(folder, address)
        if file is None:  # of the project's own folder, which is not published
            return ""
        return _keep(files, dossier.slug, address, pictures.cleaned(file))

    def body(text: str, what: str) -> str:
        return prose.render(
            text, f"{name}, {what},", level=3, link=_web, image=image, own=dossier.slug
        )

    texts = [pair for pair in dossier.sections.items() if pair[1].strip()]
    sections = tuple(
        Section(f"about-{n}-{_anchor(title)}", title, body(text, title))
        for n, (title, text) in enumerate(texts, 1)
    )
    drawings = tuple(_drawing(folder, dossier.slug, one, files) for one in dossier.charts)
    return ShownProject(
        slug=dossier.slug,
        title=dossier.title,
        summary=dossier.summary,
        lead=prose.inline(dossier.summary, dossier.slug),
        submitted=datetime.fromisoformat(dossier.submitted),
        problem=body(dossier.problem, "problem") if dossier.problem.strip() else "",
        audience=prose.inline(dossier.audience, dossier.slug),
        code_url=dossier.code_url,
        commit=dossier.commit if _COMMIT.match(dossier.commit) else "",
        skills=tuple(titles[slug] for slug in dossier.skills if slug in titles),
        numbers=numbers,
        drawings=drawings,
        sections=sections,
        reproduced=dossier.reproduced,
        looks=dossier.looks,
        files=files,
        claims=claims,
        artifacts=artifacts,
        export=_inside(folder, dossier.export, is_file=False) if dossier.export else None,
        asks=tuple(_asks(dossier)),
    )


def _web(address: str) -> str:
    """An address on the web; what lies in the project's own folder becomes its words."""
    return address if address.startswith(("https://", "http://", "mailto:")) else ""


def _dossier(folder: Path, name: str) -> tuple[Dossier, str]:
    file = folder / FILE
    try:
        if file.stat().st_size > LARGEST:
            raise Invalid(f"The dossier of {name} has more than {LARGEST >> 20} MiB.")
        data = file.read_bytes()
        found = Dossier.model_validate_json(data)
        datetime.fromisoformat(found.submitted)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Invalid(
            f"The dossier of {name} is not in its form ({place}: {first['msg']}); submit the "
            "project again."
        ) from error
    except (OSError, ValueError) as error:
        raise Invalid(
            f"The dossier of {name} cannot be read; hand the project in again."
        ) from error
    if not _SLUG.match(found.slug):
        raise Invalid(f"The dossier of {name} has the slug {found.slug[:60]!r}, no address.")
    if found.code_url and not found.code_url.startswith(("https://", "http://")):
        raise Invalid(f"The dossier of {name} names its code at no address on the web.")
    return found, sha256(data)


def _numbers(dossier: Dossier, digest: str) -> list[ProjectNumber]:
    found = []
    for one in dossier.numbers:
        if not math.isfinite(one.value):
            continue
        baseline = None
        if one.baseline is not None and math.isfinite(one.baseline):
            title = one.baseline_title or "the baseline"
            baseline = _measured(dossier, digest, one, f"{one.title} of {title}", one.baseline)
        number = _measured(dossier, digest, one, one.title, one.value, (one.low, one.high))
        found.append(
            ProjectNumber(
                one.title, number, baseline, one.baseline_title, one.rows, one.part, one.better
            )
        )
    return found


def _measured(
    dossier: Dossier,
    digest: str,
    number: Number,
    what: str,
    value: float,
    interval: tuple[float, float] | None = None,
) -> Measured:
    low, high = interval or (None, None)
    return Measured(
        statement=safe_statement(
            f"{what} on {number.part} ({number.rows} rows) in the project {dossier.title}."
        ),
        metric=number.name,
        value=value,
        kind="project",
        slug=dossier.slug,
        sha256=digest,
        low=low,
        high=high,
    )


def _drawing(folder: Path, slug: str, chart: Chart, files: dict[str, bytes]) -> Drawing:
    file = _inside(folder, chart.file)
    if file is None:
        raise Invalid(f"{FOLDER}/{slug} names the chart {chart.file}, which is not there.")
    place = _keep(files, slug, chart.file, pictures.cleaned(file))
    table = ""
    if chart.table:
        source = _inside(folder, chart.table)
        if source is None:
            raise Invalid(f"{FOLDER}/{slug} names the table {chart.table}, which is not there.")
        table = _table(source, chart.title)
    return Drawing(place, chart.title, chart.caption, table)


def _table(file: Path, title: str) -> str:
    """The numbers of a chart; empty where there are none, or more than a page can show."""
    try:
        found = charts.read_table(file.read_text("utf-8", "replace"), file.name)
    except Invalid:
        return ""
    return charts.table_html(found, title)


def _keep(files: dict[str, bytes], slug: str, name: str, data: bytes) -> str:
    """Put a file beside the project's page; returns its address from there."""
    plain = name.removeprefix("./").replace(" ", "-").replace("/", "-")
    files[f"{FOLDER}/{slug}/{plain}"] = data
    return f"{slug}/{plain}"


def _inside(folder: Path, name: str, *, is_file: bool = True) -> Path | None:
    """A file or folder of the dossier; None where it is not there or lies outside."""
    path = folder / name
    try:
        real = path.resolve()
    except OSError:
        return None
    there = real.is_file() if is_file else real.is_dir()
    return path if there and real.is_relative_to(folder.resolve()) else None


def _bundle(folder: Path, dossier: Dossier) -> tuple[tuple[SignedClaim, ...], tuple[bytes, ...]]:
    """The claims that came with the dossier, and the files that they pin."""
    place = _inside(folder, dossier.bundle, is_file=False) if dossier.bundle else None
    if place is None:
        return (), ()
    claims: list[SignedClaim] = []
    for file in sorted([*place.glob("proof/claims/*.json"), *place.glob("*.json")]):
        try:
            claims.append(SignedClaim.read(file.read_bytes(), file.name, LONGEST))
        except JourneymanError:  # another file of the bundle
            continue
    pinned = {
        value for one in claims for value in one.claim.pins.plain().values() if len(value) == 64
    }
    files = [
        file
        for file in sorted(place.rglob("*"))
        if file.is_file() and file.stat().st_size <= LARGEST_ARTIFACT
    ]
    found = {sha256(data): data for data in (file.read_bytes() for file in files)}
    return tuple(claims), tuple(found[name] for name in sorted(pinned & found.keys()))


def _asks(dossier: Dossier) -> list[str]:
    found = []
    if not dossier.problem.strip():
        found.append("the problem: what is asked, and what a mistake costs")
    if not dossier.audience.strip():
        found.append("who needs it")
    if not dossier.numbers:
        found.append("a metric with its interval, beside a baseline")
    elif all(one.baseline is None for one in dossier.numbers):
        found.append("a baseline")
    if not dossier.code_url:
        found.append("where its code is")
    return [*found, *rules.missing_sections(dossier.sections)]


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "section"
