"""The plan: what is aimed at, where the hours lead, the week, and the forms for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from journeyman.core.mastery import Mastery
from journeyman.errors import Invalid
from journeyman.learner.feasibility import WANTED
from journeyman.learner.rehearsal import Forecast
from journeyman.study.goals import LEVELS, MOST_MINUTES, WEEKDAYS, read_minutes
from journeyman.study.planning import Plan, said_hours
from journeyman.web.reading import composed, see
from journeyman.web.render import page
from journeyman.web.routes.today import shown

router = APIRouter()

SAVED = {
    "goal": "Your goal is saved, and the plan follows it.",
    "profile": "What you say of yourself is saved; the numbers start from it.",
    "cleared": "Your goal is taken back; the plan follows the default.",
}
LEVEL_WORDS = {
    "": "rather not say",
    "none": "nothing yet",
    "some": "a little",
    "studied": "studied it",
    "worked": "worked with it",
}
assert LEVEL_WORDS.keys() == {"", *LEVELS}

Short = Annotated[str, Field(max_length=60)]


class GoalForm(BaseModel):
    """What the form of the goal sends."""

    role: Short
    minutes: list[Short] = []
    deadline: Short = ""
    starts: Short = ""
    leave_out: list[Short] = []


class ProfileForm(BaseModel):
    """What the form of the profile sends: an area and a level for each row, in order."""

    area: list[Short] = []
    level: list[Short] = []
    years: Short = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """The outlook as SVG paths in a box of 100 by 100, and as a sentence.

    Attributes:
        line: As declared.
        band: From a slow to a fast pace.
    """

    line: str
    band: str
    words: str


@router.get("/plan")
def plan(request: Request, saved: str = "") -> Response:
    """The plan and the two forms."""
    app = composed(request)
    found, mastery = app.plan(), app.mastery()
    return page(
        request,
        "plan.html",
        plan=found,
        hours=said_hours(found.aim.goal.hours),
        steps=[[shown(app, step) for step in day.steps] for day in found.days],
        curve=curve(found),
        wanted=WANTED,
        counted=len(found.aim.target or ()),
        said=SAVED.get(saved, ""),
        profile=app.profile(),
        roles=app.bank.roles.values(),
        areas=app.bank.graph.areas.values(),
        weekdays=WEEKDAYS,
        level_words=LEVEL_WORDS,
        most_minutes=MOST_MINUTES,
        known=_known(mastery),
    )


def _known(mastery: dict[str, Mastery]) -> bool:
    return any(one.pieces for one in mastery.values())


def curve(found: Plan) -> Curve:
    """The share of the target over the weeks rehearsed."""
    forecast = found.feasibility.forecast
    last = forecast.days[-1]

    def at(day: float, share: float) -> str:
        return f"{100 * day / last:.1f} {100 * (1 - share):.1f}"

    def path(shares: tuple[float, ...]) -> list[str]:
        return [at(0, found.held), *map(at, forecast.days, shares)]

    there = path(forecast.fast)
    back = reversed(path(forecast.slow))
    return Curve(
        "M" + "L".join(path(forecast.share)),
        "M" + "L".join([*there, *back]) + "Z",
        _in_words(found, forecast),
    )


def _in_words(found: Plan, forecast: Forecast) -> str:
    return (
        f"Share of the target held: {100 * found.held:.0f} percent today, "
        f"{100 * forecast.share[-1]:.0f} percent after {len(forecast.days)} weeks, between "
        f"{100 * forecast.slow[-1]:.0f} at a slow and {100 * forecast.fast[-1]:.0f} at a fast pace."
    )


@router.get("/plan.ics")
def calendar(request: Request) -> Response:
    """The week as an iCalendar file."""
    return Response(
        composed(request).calendar(),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="journeyman-week.ics"'},
    )


@router.post("/plan/goal")
def set_goal(request: Request, form: Annotated[GoalForm, Form()]) -> Response:
    """Keep the goal."""
    composed(request).set_goal(
        role=form.role,
        minutes=read_minutes(form.minutes),
        deadline=form.deadline,
        starts=form.starts,
        leave_out=form.leave_out,
    )
    return see("/plan?saved=goal")


@router.post("/plan/goal/clear")
def clear_goal(request: Request) -> Response:
    """Take the goal back."""
    composed(request).clear_goal()
    return see("/plan?saved=cleared")


@router.post("/plan/profile")
def set_profile(request: Request, form: Annotated[ProfileForm, Form()]) -> Response:
    """Keep what the learner says of themselves."""
    if len(form.area) != len(form.level):
        raise Invalid("Each area needs a level beside it; nothing was changed.")
    composed(request).set_profile(dict(zip(form.area, form.level, strict=True)), form.years)
    return see("/plan?saved=profile")
