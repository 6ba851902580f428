"""Closing a competition: the learner stands by one submission, and the private part is revealed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from journeyman.competitions import rules
from journeyman.competitions.entry import Competition
from journeyman.competitions.house_field import Rung
from journeyman.competitions.parts import PartScore
from journeyman.competitions.standing import (
    Model,
    best_of,
    content_of,
    find,
    hints_seen,
    leans_on,
    released_or_none,
    standing_of,
    suspicious,
)
from journeyman.core.identifiers import new_id
from journeyman.errors import Conflict, NotFound
from journeyman.store import competing, ledger
from journeyman.store.competing import Submission
from journeyman.store.session import Session


def choose(session: Session, competition: Competition, submission: str = "") -> Submission:
    """The submission that the learner stands by: the named one, or the best on the public board.

    Raises:
        Conflict: the competition is closed already.
        NotFound: there is no scored submission.
    """
    entrant = competing.entrant(session, competition.slug)
    if entrant.closed_at is not None:
        raise Conflict(
            f"{competition.slug} was closed on {entrant.closed_at:%d %B %Y}; `journeyman compete "
            f"board {competition.slug}` shows how it ended."
        )
    if submission:
        found = competing.get_submission(session, submission)
        same = found.slug == competition.slug and found.sha256 == competition.sha256
        if not same or found.stage != "scored":
            raise NotFound("That is no scored submission to this competition.")
        return found
    best = best_of(find(session, competition))
    if best is None:
        raise NotFound(
            f"Nothing was scored in {competition.slug} yet; hand in a submission before closing."
        )
    return best


def close(
    session: Session,
    model: Model,
    competition: Competition,
    chosen: Submission,
    private: Mapping[str, PartScore],
    field: Sequence[Rung],
) -> None:
    """Reveal the private part: its scores are kept, and the chosen submission becomes evidence.

    Args:
        session: An open transaction.
        model: The learner model.
        competition: What is closed.
        chosen: What the learner stands by.
        private: The private score of every scored submission, by its id.
        field: The house field, or nothing where a part of it was not run: then there is no medal,
            and no evidence but on the learner's own estimate.
    """
    choose(session, competition, chosen.id)  # somebody else may have closed it meanwhile
    for identifier, score in private.items():
        competing.change_submission(session, identifier, private=score.data())
    score = private[chosen.id]
    outcome = _outcome(competition, chosen, score, field)
    competing.keep_entrant(
        session, competition.slug, closed_at=session.now, outcome={**outcome, "chosen": chosen.id}
    )
    _final_evidence(session, model, competition, chosen, score, outcome)


def _outcome(
    competition: Competition, chosen: Submission, score: PartScore, field: Sequence[Rung]
) -> dict[str, Any]:
    """How it ended, as plain data."""
    metric = competition.metric
    shown = score.interval(metric)
    stands = standing_of(competition, score, field, public=False)
    doubtful = suspicious(competition, score) or bool(leans_on(chosen))
    outcome: dict[str, Any] = {
        "score": released_or_none(shown.value),
        "low": released_or_none(shown.low),
        "high": released_or_none(shown.high),
        "error": released_or_none(shown.error),
        "rung": stands.on,
        "rungs": stands.rungs,
        "climb": stands.score,
        "medal": "" if doubtful else stands.medal,
        "doubtful": doubtful,
        "honesty": None,
    }
    if chosen.expected is not None and math.isfinite(shown.value):
        expectation = rules.Expectation(chosen.expected, chosen.margin or 0.0)
        found = rules.honesty(metric, expectation, shown.value, shown.error)
        outcome["honesty"] = {
            "expected": expectation.value,
            "margin": expectation.margin,
            "gap": found.gap,
            "score": found.score,
            "optimistic": found.optimistic,
            "held": found.held,
        }
    return outcome


def _final_evidence(
    session: Session,
    model: Model,
    competition: Competition,
    chosen: Submission,
    score: PartScore,
    outcome: Mapping[str, Any],
) -> None:
    base = {"part": "private", "metric": competition.metric.name, "score": outcome["score"]}
    facts: list[tuple[Mapping[str, float], float, dict[str, Any]]] = []
    if outcome["rungs"] and not outcome["doubtful"] and math.isfinite(score.value):
        medal = {"medal": outcome["medal"], "rung": outcome["rung"], "rungs": outcome["rungs"]}
        facts.append((competition.skills, outcome["climb"], {**base, **medal}))
    if outcome["honesty"] is not None:
        honest = outcome["honesty"]
        facts.append((rules.HONESTY_SKILLS, honest["score"], {**base, **honest, "of": "honesty"}))
    for skills, value, detail in facts:
        known = model.known(skills)
        if known:
            fact = rules.evidence(
                content_of(chosen),
                known,
                value,
                identifier=new_id(session.now),
                at=session.now,
                share=rules.FINAL,
                hints=0 if skills is rules.HONESTY_SKILLS else hints_seen(session, competition),
                detail=detail,
            )
            ledger.append(session, fact, model.fold)
