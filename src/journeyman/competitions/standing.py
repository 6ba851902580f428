"""What the recorded submissions amount to: the best, their scores, their standing, suspicion."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from journeyman.competitions import rules
from journeyman.competitions.entry import Competition
from journeyman.competitions.house_field import Rung, rungs_of
from journeyman.competitions.parts import PartScore
from journeyman.core.fold import Fold
from journeyman.store import competing
from journeyman.store.competing import Submission
from journeyman.store.session import Session


def find(session: Session, competition: Competition) -> list[Submission]:
    """Every submission to the competition as it is now, oldest first.

    What was handed in to an earlier version was scored on other rows: it is kept, and cannot be
    compared with anything here.
    """
    found = competing.find_submissions(session, competition.slug)
    return [one for one in found if one.sha256 == competition.sha256]


def is_late(submission: Submission) -> bool:
    """Whether it came after closing: practice, outside the board."""
    return bool((submission.public or {}).get("late"))


def has_climbed(submission: Submission) -> bool:
    """Whether its own score was released."""
    return bool(submission.stage == "scored" and (submission.public or {}).get("climbed"))


def best_of(submissions: Sequence[Submission], but: str = "") -> Submission | None:
    """The submission whose score the public board shows: the last that climbed."""
    climbed = [
        one for one in submissions if has_climbed(one) and not is_late(one) and one.id != but
    ]
    return climbed[-1] if climbed else None


def public_score(submission: Submission) -> PartScore:
    """The public score with its replicates."""
    return PartScore.of(submission.public or {"value": None, "draws": []})


def released_score(submission: Submission) -> float:
    """The score that was released for it."""
    found = (submission.public or {}).get("released")
    return float("nan") if found is None else float(found)


def standing_of(
    competition: Competition, score: PartScore, field: Sequence[Rung], *, public: bool
) -> rules.Standing:
    """Where a score stands on the rungs of the house field."""
    metric = competition.metric
    rungs = rungs_of(competition, field, public=public)
    return rules.standing([score.against(metric, rung.part(public=public)) for rung in rungs])


def suspicious(competition: Competition, score: PartScore) -> bool:
    """Whether a score is better than what is plausible without a trap."""
    metric = competition.metric
    error = score.interval(metric).error
    over = rules.too_good(metric, score.value, error, competition.ceiling.score)
    return over or any(
        rules.exceeds(clause, score.value) for trap in competition.traps for clause in trap.detects
    )


def leans_on(submission: Submission) -> tuple[str, ...]:
    """The traps whose columns change what the submitted code predicts, by name."""
    return tuple((submission.public or {}).get("leans_on", ()))


def content_of(submission: Submission) -> rules.Content:
    """What evidence says about where it comes from."""
    return rules.Content(
        submission.slug,
        submission.version,
        submission.sha256,
        submission.learner,
        submission.id,
        submission.seed,
        submission.level,
        submission.form,
        str((submission.public or {}).get("isolation", "")),
    )


def hints_seen(session: Session, competition: Competition) -> int:
    """How many hints on traps were taken."""
    seen = competing.entrant(session, competition.slug).hinted or {}
    return sum(trap.name in seen for trap in competition.traps)


@dataclass(frozen=True, slots=True)
class Model:
    """The learner model that evidence is folded into, and the skills of its graph."""

    fold: Fold
    skills: Collection[str]

    def known(self, skills: Mapping[str, float]) -> dict[str, float]:
        """Those of ``skills`` that the graph has."""
        return {skill: weight for skill, weight in skills.items() if skill in self.skills}


def released_or_none(value: float) -> float | None:
    """A score as JSON data."""
    return value if math.isfinite(value) else None
