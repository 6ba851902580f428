"""Competitions: the list, one competition with its data and its form, and its board."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from journeyman.errors import Conflict, Invalid, JourneymanError, NotFound
from journeyman.web.guard import LARGEST_BODY
from journeyman.web.prose import demoted, without_title
from journeyman.web.reading import composed, see
from journeyman.web.render import page

if TYPE_CHECKING:
    from journeyman.app.competing.works import Work
    from journeyman.app.competitions import Competitions
    from journeyman.competitions.entry import Competition
    from journeyman.competitions.validating import Report
    from journeyman.store.competing import Submission

router = APIRouter()

BASE = "/competitions/{slug}"
FILES = ("train.parquet", "test.parquet", "sample_submission.csv")
STARTER = "starter.py"
STATES = {"new": "no data yet", "here": "data are here", "open": "open", "closed": "closed"}
SAID = {
    "handed": "It is in the record. Its score stands on the board as soon as it is computed.",
    "note": "The note is kept.",
    "hint": "One more hint is shown below.",
    "named": "The traps whose hints you saw are named below.",
}

Short = Annotated[str, Field(max_length=200)]


class GetForm(BaseModel):
    """What the form that gets the data sends."""

    large: bool = False


class NoteForm(BaseModel):
    """A note and the submission that it goes with."""

    text: Annotated[str, Field(max_length=5000)] = ""
    submission: Short = ""


class CloseForm(BaseModel):
    """The submission that one stands by, and the password of sealed labels."""

    submission: Short = ""
    password: Short = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What the form with the file sends.

    Attributes:
        only: Whether the file is to be checked alone.
    """

    file: UploadFile | None
    expect: str
    note: str
    only: bool

    @property
    def name(self) -> str:
        """The file's name as the learner knows it, without folders and without what no one sees."""
        given = (self.file.filename or "") if self.file else ""
        last = given.replace("\\", "/").rsplit("/", 1)[-1]
        return "".join(one if one.isprintable() else "?" for one in last)[-200:]


async def handed(request: Request) -> AsyncIterator[Handed]:
    """Read the form; a large file is spooled to disk and not held in memory."""
    async with _form(request) as form:
        file = form.get("file")
        yield Handed(
            file if isinstance(file, UploadFile) else None,
            str(form.get("expect") or "").strip(),
            str(form.get("note") or "").strip(),
            form.get("only") == "check",
        )


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[Any]:
    async with request.form(max_files=1, max_fields=8, max_part_size=LARGEST_BODY) as form:
        yield form


def _contests(request: Request) -> Competitions:
    return composed(request).competitions


@router.get("/competitions")
def catalogue(request: Request) -> Response:
    """Every competition and where the learner stands with it."""
    from journeyman.scoring import registry  # noqa: PLC0415 - brings scikit-learn

    contests = _contests(request)
    found = contests.lines()
    return page(
        request,
        "competitions.html",
        lines=found,
        metrics={one.metric: registry.get(one.metric).title for one in found},
        faults=contests.catalogue.faults.values(),
        states=STATES,
        works={one.slug: contests.works.of(one.slug) for one in found},
    )


@router.get(BASE)
def competition(request: Request, slug: str) -> Response:
    """The task, the data, the metric, and the form."""
    return _competition(request, slug)


def _competition(
    request: Request,
    slug: str,
    *,
    given: Handed | None = None,
    report: Report | None = None,
    sentence: str = "",
    status: int = 200,
) -> Response:
    from journeyman.competitions.entry import LEVELS  # noqa: PLC0415 - brings pandas

    contests = _contests(request)
    entry = contests.entry(slug)
    return page(
        request,
        "competition.html",
        status=status,
        entry=entry,
        base=f"/competitions/{slug}",
        on="task",
        description=without_title(entry.text("description.md")),
        card=demoted(without_title(entry.text("data-card.md"))),
        starter=entry.text(STARTER),
        levels_say=LEVELS,
        work=contests.works.of(slug),
        files=_files(contests, entry),
        download=size_of(size) if (size := contests.download_bytes(entry)) else "",
        outdated=bool(contests.home(slug).prepared) and not contests.home(slug).ready(entry),
        skills=contests.app.bank.graph.skills,
        given=given,
        report=report,
        sentence=sentence,
    )


def _files(contests: Competitions, entry: Competition) -> list[tuple[str, str]]:
    """The files that can be taken, with their sizes; empty before the data are here."""
    home = contests.home(entry.slug)
    if entry.rules is not None or not home.ready(entry):
        return []
    return [
        (name, size_of((home / name).stat().st_size)) for name in FILES if (home / name).is_file()
    ]


def size_of(count: int) -> str:
    """Bytes for people.

    >>> size_of(3_120), size_of(12_400_000)
    ('3 kB', '12.4 MB')
    """
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


@router.get(BASE + "/files/{name}")
def file(request: Request, slug: str, name: str) -> Response:
    """One file of the competition, to be kept where the learner works."""
    contests = _contests(request)
    entry = contests.entry(slug)
    place = entry.folder / STARTER if name == STARTER else contests.home(slug) / name
    known = name == STARTER or name in dict(_files(contests, entry))
    if not known or not place.is_file():
        raise NotFound(f"{slug} has no file of that name here; get its data first.")
    return FileResponse(place, filename=name)


@router.post(BASE + "/get")
def get(request: Request, slug: str, form: Annotated[GetForm, Form()]) -> Response:
    """Begin to get the data."""
    contests = _contests(request)
    if contests.entry(slug).opt_in and not form.large:
        raise Invalid("These data are large; tick the box that says so, then they are got.")
    contests.works.begin(slug, "get")
    return see(f"/competitions/{slug}")


@router.post(BASE + "/baseline")
def baseline(request: Request, slug: str) -> Response:
    """Begin to run the house field."""
    contests = _contests(request)
    contests.entry(slug)
    contests.works.begin(slug, "house")
    return see(f"/competitions/{slug}/board")


@router.get(BASE + "/work")
def work(request: Request, slug: str) -> Response:
    """How far the long work is; tells the page to load anew once it has ended."""
    found = _contests(request).works.of(slug)
    if found is None or found.state != "running":
        return Response(headers={"HX-Refresh": "true"})
    return page(request, "work.html", work=found, base=f"/competitions/{slug}")


@router.post(BASE + "/work/stop")
def stop(request: Request, slug: str) -> Response:
    """Stop the long work."""
    works = _contests(request).works
    works.cancel(slug)
    return see(_home_of(works.of(slug), slug))


@router.post(BASE + "/work/forget")
def forget(request: Request, slug: str) -> Response:
    """Say no more of how the last work ended."""
    works = _contests(request).works
    back = _home_of(works.of(slug), slug)
    works.forget(slug)
    return see(back)


def _home_of(work: Work | None, slug: str) -> str:
    """The page that a work belongs to."""
    on_task = work is None or work.kind == "get"
    return f"/competitions/{slug}" + ("" if on_task else "/board")


@router.post(BASE + "/submit")
def submit(request: Request, slug: str, form: Annotated[Handed, Depends(handed)]) -> Response:
    """Check a file, hand it in, and begin to score it; errors come back all at once."""
    contests = _contests(request)
    contests.entry(slug)
    try:
        report, recorded = _take(contests, slug, form)
    except JourneymanError as error:
        if error.status >= 500:
            raise
        return _competition(request, slug, given=form, sentence=error.message, status=error.status)
    if not recorded:
        status = 200 if report is not None and report.valid else 422
        return _competition(request, slug, given=form, report=report, status=status)
    _score(contests, slug)
    return see(f"/competitions/{slug}/board?said=handed")


def _take(contests: Competitions, slug: str, form: Handed) -> tuple[Report | None, bool]:
    """The report on the file, and whether it was recorded."""
    from journeyman.app.competing.submitting import named  # noqa: PLC0415 - brings pandas

    if form.file is None or not form.name:
        raise Invalid("Choose the file that you hand in.")
    if form.only and form.name.endswith(".py"):
        raise Invalid("Only predictions can be checked alone; code is checked by running it.")
    with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
        place = Path(folder) / ("handed.py" if form.name.endswith(".py") else "handed.csv")
        with place.open("wb") as target:
            shutil.copyfileobj(form.file.file, target)
        if form.only:
            return named(contests.validate(slug, place), place, form.name), False
        done = contests.hand_in(slug, place, name=form.name, expect=form.expect, note=form.note)
        report = named(done.report, place, form.name) if done.report else None
    return report, done.submission is not None


def _score(contests: Competitions, slug: str) -> None:
    """Score what is in the record without a score, unless other work is under way."""
    try:
        contests.works.begin(slug, "score")
    except Conflict:
        return  # the page of the board begins it as soon as the other work has ended


@router.get(BASE + "/board")
def board(request: Request, slug: str, said: str = "") -> Response:
    """The board as it stands; what was left unscored, after a crash too, is scored meanwhile."""
    from journeyman.competitions.entry import LEVELS  # noqa: PLC0415 - brings pandas
    from journeyman.competitions.wording import number  # noqa: PLC0415 - brings pandas
    from journeyman.web.board import view  # noqa: PLC0415 - brings scikit-learn

    contests = _contests(request)
    entry = contests.entry(slug)
    now = contests.works.of(slug)
    idle = now is None or now.state not in {"running", "failed"}
    if idle and contests.unfinished(slug):
        _score(contests, slug)
    now = contests.works.of(slug)  # before the board is read: what ends meanwhile is shown later
    found = contests.glance(slug)
    handed_in = contests.submissions(slug)
    return page(
        request,
        "board.html",
        entry=entry,
        base=f"/competitions/{slug}",
        on="board",
        board=found,
        number=number,
        view=view(found, handed_in),
        work=now,
        levels_say=LEVELS,
        shown_levels={one.level for one in found.lines if one.level} or {found.level},
        choices=[one for one in handed_in if can_be_chosen(one, entry.sha256)],
        sealed=contests.solution(entry) is None,
        house=contests.house_code(slug),
        says=contests.house_says(slug),
        said=SAID.get(said, ""),
    )


def can_be_chosen(one: Submission, sha256: str) -> bool:
    """Whether a learner can stand by it when closing."""
    return one.stage in {"scored", "waiting"} and one.sha256 == sha256


@router.post(BASE + "/note")
def note(request: Request, slug: str, form: Annotated[NoteForm, Form()]) -> Response:
    """Keep a note with a submission."""
    _contests(request).note(slug, form.text.replace("\r\n", "\n"), form.submission)
    return see(f"/competitions/{slug}/board?said=note#yours")


@router.post(BASE + "/hint")
def hint(request: Request, slug: str) -> Response:
    """Take the next hint on a trap."""
    _contests(request).hint(slug)
    return see(f"/competitions/{slug}/board?said=hint#traps")


@router.post(BASE + "/name")
def name_traps(request: Request, slug: str) -> Response:
    """Name the traps whose hints were seen."""
    _contests(request).name_traps(slug)
    return see(f"/competitions/{slug}/board?said=named#traps")


@router.post(BASE + "/close")
def close(request: Request, slug: str, form: Annotated[CloseForm, Form()]) -> Response:
    """Stand by one submission and reveal the private part."""
    contests = _contests(request)
    entry = contests.entry(slug)
    if contests.solution(entry) is None and not form.password:
        raise Invalid("The labels are sealed: type the host's password, or let the host close it.")
    password = form.password or None
    contests.works.begin(slug, "close", submission=form.submission, password=password)
    return see(f"/competitions/{slug}/board")
