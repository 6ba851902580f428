"""Hints on the traps of a competition, and their names once a hint was seen."""

from __future__ import annotations

from journeyman.competitions.entry import Competition, Trap
from journeyman.competitions.standing import find
from journeyman.errors import Conflict
from journeyman.store import competing
from journeyman.store.session import Session


def hint(session: Session, competition: Competition) -> Trap:
    """Take the next hint on a trap; its name comes only after.

    Raises:
        Conflict: nothing was submitted yet, or there is no further hint.
    """
    _after_submitting(session, competition)
    entrant = competing.entrant(session, competition.slug)
    seen = dict(entrant.hinted or {})
    for trap in competition.traps:
        if trap.name not in seen:
            seen[trap.name] = session.now.isoformat()
            competing.keep_entrant(session, competition.slug, hinted=seen)
            return trap
    many = len(competition.traps)
    raise Conflict(
        f"That was the last of {many} hint{'s' if many != 1 else ''}; `journeyman compete notes "
        f"{competition.slug} --name` names what they are about."
    )


def name_traps(session: Session, competition: Competition) -> tuple[Trap, ...]:
    """Name the traps whose hints were seen.

    Raises:
        Conflict: no hint was seen yet.
    """
    entrant = competing.entrant(session, competition.slug)
    seen = dict(entrant.hinted or {})
    traps = tuple(trap for trap in competition.traps if trap.name in seen)
    if not traps:
        raise Conflict(
            "A trap is named only after its hint: take one with `journeyman compete notes "
            f"{competition.slug} --hint`."
        )
    named = {*seen.get("named", []), *(trap.name for trap in traps)}
    seen["named"] = sorted(named)
    competing.keep_entrant(session, competition.slug, hinted=seen)
    return traps


def _after_submitting(session: Session, competition: Competition) -> None:
    if not any(one.stage in {"scored", "waiting"} for one in find(session, competition)):
        raise Conflict("Hints are for after a first submission; hand one in.")
