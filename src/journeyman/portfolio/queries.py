"""Reads for the portfolio: what was done, each thing with its evidence and its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from journeyman.core.evidence import Evidence
from journeyman.core.exercise import Exercise
from journeyman.core.mastery import Mastery
from journeyman.core.skill import Skill
from journeyman.curriculum.loading import LoadedBank
from journeyman.errors import Invalid
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.state import State
from journeyman.portfolio import projects, resume, rules, texts, writing
from journeyman.portfolio.choices import Choices
from journeyman.portfolio.measured import Measured, safe_statement
from journeyman.portfolio.projects import ShownProject
from journeyman.portfolio.resume import Own
from journeyman.portfolio.shown import (
    Contest,
    Month,
    Portfolio,
    Reviews,
    ShownCompetition,
    ShownExercise,
    ShownSkill,
)
from journeyman.portfolio.viva import ShownViva
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.claim import Claim
from journeyman.store import attempts, competing, ledger
from journeyman.store.attempts import Learner
from journeyman.store.session import Session

MOST_CITED = 12
"""Ids of evidence that a claim names: the newest, so that a page with many claims stays small."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a portfolio is gathered from, beside the record.

    Attributes:
        claims: Those that were made one by one, by id. ``vivas``: the newest by project.
    """

    bank: LoadedBank
    fold: KnowledgeFold
    home: Path
    contests: Mapping[str, Contest]
    claims: Mapping[str, Claim] = field(default_factory=dict)
    vivas: Mapping[str, ShownViva] = field(default_factory=dict)


def portfolio(session: Session, learner: Learner, sources: Sources) -> Portfolio:
    """Gather everything worth showing, strongest first unless the learner chose an order."""
    choices = Choices.of(learner.preferences)
    facts = list(ledger.history(session))
    at = rules.day_of(session.now, facts[-1].at if facts else None)
    gathering = _Gathering(session, sources, choices, facts)
    skills = gathering.skills(at)
    exercises = gathering.exercises()
    shown = {one.exercise.slug for one in exercises}
    used = {fact.id for one in skills for fact in one.evidence}
    used |= {fact.id for fact in facts if fact.kind == "exercise" and fact.slug in shown}
    competitions = gathering.competitions()
    named = {one.contest.slug for one in competitions}
    used |= {fact.id for fact in facts if fact.kind == "competition" and fact.slug in named}
    blog = writing.blog(sources.home / writing.FOLDER, choices)
    found = Portfolio(
        learner=learner,
        choices=choices,
        at=at,
        skills=tuple(skills),
        projects=tuple(gathering.projects()),
        competitions=tuple(competitions),
        exercises=tuple(exercises),
        posts=blog.posts if choices.has("writing") else (),
        evidence=tuple(fact for fact in reversed(facts) if fact.id in used),
        months=_months(facts) if choices.has("timeline") else (),
        reviews=_reviews(facts) if choices.has("collaboration") else Reviews(),
        own=gathering.own(),
        troubles=(*gathering.troubles, *blog.troubles),
        left_out=tuple(gathering.left_out),
        titles=gathering.names(used),
    )
    known = texts.named(found, sources.claims)
    return replace(found, figures=known, looked=texts.looked(found, known))


class _Gathering:
    """One portfolio under way."""

    def __init__(
        self, session: Session, sources: Sources, choices: Choices, facts: list[Evidence]
    ) -> None:
        self.session = session
        self.bank = sources.bank
        self.sources = sources
        self.choices = choices
        self.facts = facts
        self.troubles: list[str] = []
        self.left_out: list[tuple[str, str]] = []

    def _wanted(self, kind: str, slug: str, title: str, *, default: bool = True) -> bool:
        wanted = self.choices.shows(kind, slug, default=default)
        if not wanted:
            self.left_out.append((f"{kind}/{slug}", title))
        return wanted

    def skills(self, at: datetime) -> list[ShownSkill]:
        """Skills that are held on evidence of their own."""
        if not self.choices.has("skills"):
            return []
        state = State.from_rows(ledger.rows(self.session, self.sources.fold))
        found = []
        for one in rules.shown_skills(self.sources.fold.model.mastery(state, at)):
            skill = self.bank.graph.skills[one.skill]
            if self._wanted("skill", one.skill, skill.title):
                behind = tuple(rules.behind(self.facts, one.skill))
                area = self.bank.graph.areas[skill.area].title
                measured = _mastery(skill, one, behind)
                found.append((one.skill, ShownSkill(skill, area, one, behind, measured)))
        return self.choices.ordered("skill", found)

    def exercises(self) -> list[ShownExercise]:
        """Exercises passed; one that was passed after seeing its solution only on request."""
        if not self.choices.has("exercises"):
            return []
        found = []
        for slug, fact in rules.passes(self.facts).items():
            exercise = self.bank.exercises.get(slug)
            if exercise is None:
                continue
            aided = any(
                one.slug == slug and one.how == "gave-up" and one.at <= fact.at
                for one in self.facts
            )
            if self._wanted("exercise", slug, exercise.title, default=not aided):
                found.append((slug, self._exercise(exercise, fact, aided=aided)))
        found.sort(
            key=lambda pair: (
                rules.exercise_strength(
                    pair[1].exercise.difficulty,
                    pair[1].evidence.hints,
                    pair[1].tries,
                    aided=pair[1].after_solution,
                ),
                pair[0],
            )
        )
        return self.choices.ordered("exercise", found)

    def _exercise(self, exercise: Exercise, fact: Evidence, *, aided: bool) -> ShownExercise:
        slug = exercise.slug
        attempt = attempts.get_attempt(self.session, fact.attempt)
        handed = attempts.find_attempts(self.session, kind="exercise", slug=slug)
        tries = sum(one.given is not None and one.opened_at <= attempt.opened_at for one in handed)
        task = (self.bank.folder("exercise", slug) / "task.md").read_text("utf-8")
        titles = self.titles(exercise.skills)
        measured = Measured(
            statement=safe_statement(
                f"Passed every check, seen and unseen, of the exercise {exercise.title}."
            ),
            metric="score",
            value=fact.score,
            kind="exercise",
            slug=slug,
            version=fact.version,
            sha256=fact.sha256,
            seed=fact.seed,
            isolation=fact.isolation,
            evidence=(fact.id,),
            percent=True,
        )
        summary = rules.first_paragraph(task)
        source = attempt.given or ""
        return ShownExercise(exercise, summary, source, fact, tries, aided, titles, measured)

    def competitions(self) -> list[ShownCompetition]:
        """Competitions that were closed; a score that is too good to be true only on request."""
        if not self.choices.has("competitions"):
            return []
        submitted = Counter(one.slug for one in competing.find_submissions(self.session))
        found = []
        for slug, count in sorted(submitted.items()):
            entrant = competing.entrant(self.session, slug)
            outcome = entrant.outcome or {}
            if entrant.closed_at is None or outcome.get("score") is None:
                continue
            contest = self._contest(slug)
            doubtful = bool(outcome.get("doubtful"))
            if self._wanted("competition", slug, contest.title, default=not doubtful):
                one = self._competition(contest, entrant.closed_at, outcome, count)
                found.append((slug, one))
        found.sort(key=lambda pair: pair[1].closed_at, reverse=True)
        found.sort(key=lambda pair: rules.competition_strength(pair[1].level, pair[1].medal))
        return self.choices.ordered("competition", found)

    def _contest(self, slug: str) -> Contest:
        """The competition's words; where its entry is gone, what the evidence says of it."""
        if slug in self.sources.contests:
            return self.sources.contests[slug]
        metric = next(
            (
                str(fact.detail["metric"])
                for fact in self.facts
                if fact.kind == "competition" and fact.slug == slug and "metric" in fact.detail
            ),
            "score",
        )
        return Contest(slug, slug.replace("-", " ").capitalize(), "", metric, metric, "")

    def _competition(
        self, contest: Contest, closed_at: datetime, outcome: Mapping[str, Any], count: int
    ) -> ShownCompetition:
        chosen = competing.get_submission(self.session, str(outcome["chosen"]))
        about = [f for f in self.facts if f.kind == "competition" and f.slug == contest.slug]
        measured = Measured(
            statement=safe_statement(f"Private score in the competition {contest.title}."),
            metric=contest.metric,
            value=float(outcome["score"]),
            low=outcome.get("low"),
            high=outcome.get("high"),
            kind="competition",
            slug=contest.slug,
            version=chosen.version,
            sha256=chosen.sha256,
            seed=chosen.seed,
            evidence=tuple(fact.id for fact in about)[-MOST_CITED:],
        )
        return ShownCompetition(
            contest,
            closed_at,
            chosen.level,
            chosen.form,
            str(outcome.get("medal") or ""),
            int(outcome.get("rung") or 0),
            int(outcome.get("rungs") or 0),
            _estimate(outcome.get("honesty")),
            count,
            measured,
        )

    def projects(self) -> list[ShownProject]:
        """Projects that were submitted; a dossier that cannot be read becomes a sentence."""
        if not self.choices.has("projects"):
            return []
        titles = {slug: skill.title for slug, skill in self.bank.graph.skills.items()}
        found: dict[str, ShownProject] = {}
        for folder in projects.folders(self.sources.home):
            try:
                one = projects.read(folder, titles)
            except Invalid as error:
                self.troubles.append(error.message)
                continue
            if not self._wanted("project", one.slug, one.title):
                continue
            viva = self.sources.vivas.get(one.slug)
            told = f"Questions on {one.title}"
            if viva is not None and self._wanted("viva", one.slug, told, default=False):
                one = replace(one, viva=viva)
            if one.slug in found:
                self.troubles.append(f"Two dossiers are of the project {one.slug}; one is shown.")
            found[one.slug] = one
        newest = sorted(found.values(), key=lambda one: (one.submitted, one.slug), reverse=True)
        newest.sort(
            key=lambda one: rules.project_strength(one.reproduced, measured=bool(one.numbers))
        )
        return self.choices.ordered("project", [(one.slug, one) for one in newest])

    def own(self) -> Own:
        """What the learner wrote for the CV."""
        try:
            return resume.read(self.sources.home / resume.FILE)
        except Invalid as error:
            self.troubles.append(error.message)
            return Own()

    def names(self, used: Collection[str]) -> dict[str, str]:
        """Titles of the items, exercises and competitions that the shown evidence is about."""
        known: dict[str, Mapping[str, Any]] = {
            "item": self.bank.items,
            "exercise": self.bank.exercises,
            "competition": self.sources.contests,
        }
        about = {(fact.kind, fact.slug) for fact in self.facts if fact.id in used}
        return {
            f"{kind}/{slug}": known[kind][slug].title
            for kind, slug in sorted(about)
            if slug in known.get(kind, {})
        }

    def titles(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Titles of the skills that the graph has."""
        known = self.bank.graph.skills
        return tuple(known[slug].title for slug in slugs if slug in known)


def _mastery(skill: Skill, one: Mastery, behind: Sequence[Evidence]) -> Measured:
    ids = [fact.id for fact in reversed(behind)]
    return Measured(
        statement=safe_statement(
            f"Probability, by the learner model, that the skill {skill.title} is held."
        ),
        metric="mastery",
        value=one.mean,
        low=min(one.low, one.mean),
        high=max(one.high, one.mean),
        level=0.9,
        method="posterior",
        kind="skill",
        slug=one.skill,
        sha256=sha256(canonical(ids)),
        evidence=tuple(ids[-MOST_CITED:]),
        percent=True,
    )


def _estimate(honesty: Mapping[str, Any] | None) -> str:
    """How the learner's own estimate held, in words."""
    if not honesty:
        return ""
    if honesty.get("held"):
        return "My own estimate, given before the private rows were scored, held."
    how = "too high" if honesty.get("gap", 0.0) < 0 else "too low"
    return f"My own estimate, given before the private rows were scored, was {how}."


def _months(facts: Sequence[Evidence]) -> tuple[Month, ...]:
    counted = Counter((fact.at.year, fact.at.month) for fact in facts)
    return tuple(Month(*when, count) for when, count in sorted(counted.items(), reverse=True))


def _reviews(facts: Sequence[Evidence]) -> Reviews:
    given = tuple(fact for fact in facts if fact.source == "review" and fact.how != "reviewed")
    return Reviews(given, tuple(fact for fact in facts if fact.how == "reviewed"))
