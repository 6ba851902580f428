"""What a learner reads of their record and plans from it: map, today, plan, why, progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from journeyman.app.base import Base
from journeyman.core.evidence import Evidence
from journeyman.core.mastery import Mastery
from journeyman.errors import NotFound
from journeyman.learner.feasibility import Feasibility
from journeyman.learner.state import State
from journeyman.store import ledger
from journeyman.store.session import Session
from journeyman.study import goals, planning, service
from journeyman.study import queries as study
from journeyman.study import why as reasons
from journeyman.study.clock import HERE
from journeyman.study.goals import Aim, Goal, Profile
from journeyman.study.planning import Plan
from journeyman.study.queries import Progress, SkillMap, SkillPage, Today
from journeyman.study.remembering import RememberingFold
from journeyman.study.why import Why


class Study(Base):
    """Everything that is computed from the evidence and from what the learner prefers."""

    _reached: tuple[tuple[State, Aim, RememberingFold, date], Feasibility] | None = None

    # What there is to do

    def today(self, minutes: int | None = None) -> Today:
        """What to do next and why, sized to the minutes there are."""
        with self.reading() as session:
            found = study.today(session, self.bank, self.fold, self._aim(session), minutes)
        busy = self._grading
        return replace(
            found, interrupted=tuple(o for o in found.interrupted if o.attempt not in busy)
        )

    def aim(self) -> Aim:
        """What is planned for: the learner's goal, or the default until there is one."""
        with self.reading() as session:
            return self._aim(session)

    def _aim(self, session: Session) -> Aim:
        day = session.now.astimezone(HERE).date()
        return goals.aim(self._learner.preferences, self.bank, day, self._minutes)

    def plan(self) -> Plan:
        """What is aimed at, what is held of it, whether it can be reached, and the week."""
        with self.reading() as session:
            aim = self._aim(session)
            fold = self.fold
            ahead = planning.ahead(session, self.bank, fold, aim)
        reached = self._reached
        if (
            reached is None
            or reached[0][0] is not ahead.state
            or reached[0][1:] != (aim, fold, ahead.today)
        ):  # it holds for the day: only a fact, the goal or the profile moves it
            key = ahead.state, aim, fold, ahead.today
            reached = self._reached = key, planning.reach(self.bank, aim, ahead)
        return planning.plan(self.bank, aim, ahead, reached[1])

    def calendar(self) -> str:
        """The week's days still to come as an iCalendar file."""
        return planning.as_calendar(self.plan(), self.bank.graph, self.clock())

    # What the learner says

    def set_goal(
        self,
        *,
        role: str,
        minutes: Sequence[int],
        deadline: str = "",
        starts: str = "",
        leave_out: Sequence[str] = (),
    ) -> Goal:
        """Aim at ``role``.

        Args:
            role: Slug of a role in the bank.
            minutes: On each weekday, Monday first.
            deadline: ISO date, or "" for none.
            starts: When work begins, like 18:00; "" for six in the evening.
            leave_out: Slugs of areas.

        Raises:
            Invalid: naming what is wrong.
        """
        with self.writing() as session:
            goal = goals.read_goal(
                self.bank,
                session.now.astimezone(HERE).date(),
                role=role,
                minutes=minutes,
                deadline=deadline,
                starts=starts,
                leave_out=leave_out,
            )
            service.prefer(session, goal=goal.row())
        return goal

    def clear_goal(self) -> None:
        """Go back to the default."""
        with self.writing() as session:
            service.prefer(session, goal=None)

    def profile(self) -> Profile:
        """What the learner says of themselves."""
        return goals.profile_of(self.learner.preferences)

    def set_profile(self, areas: Mapping[str, str], years: str) -> Profile:
        """Keep what the learner says of themselves; it is a weak prior and never evidence.

        Args:
            areas: Area's slug to none, some, studied, worked, or "" for not said.
            years: Of work in the field, as typed.

        Raises:
            Invalid: naming what is wrong.
        """
        profile = goals.read_profile(self.bank, areas, years)
        with self.writing() as session:
            service.prefer(session, profile=None if profile.empty else profile.row())
        return profile

    # What is known

    def map(self) -> SkillMap:
        """The whole prerequisite graph with what is known of each skill."""
        with self.reading() as session:
            return study.skill_map(session, self.bank, self.fold)

    def skill(self, slug: str) -> SkillPage:
        """One skill's page."""
        self._known(slug)
        with self.reading() as session:
            return study.skill_page(session, self.bank, self.fold, slug)

    def why(self, slug: str) -> Why:
        """What stands behind one skill's number."""
        self._known(slug)
        with self.reading() as session:
            profile = goals.profile_of(self._learner.preferences)
            return reasons.why(session, self.bank, self.fold, profile, slug)

    def _known(self, slug: str) -> None:
        if slug not in self.bank.graph.skills:
            raise NotFound(f"There is no skill {slug!r}; the map shows them all.")

    def mastery(self) -> dict[str, Mastery]:
        """Every skill's mastery now."""
        with self.reading() as session:
            return study.mastery_of(session, self.fold)

    def progress(self, *, source: str = "", skill: str = "", offset: int = 0) -> Progress:
        """What changed lately, and a page of the ledger."""
        if skill:
            self._known(skill)
        with self.reading() as session:
            return study.progress(
                session, self.bank, self.fold, source=source, skill=skill, offset=offset
            )

    def evidence(self, identifier: str) -> Evidence:
        """One fact of the ledger."""
        with self.reading() as session:
            found = ledger.get(session, identifier)
        if found is None:
            raise NotFound("There is no such piece of evidence on this record.")
        return found
