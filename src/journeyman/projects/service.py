"""The verbs of projects. None commits; runs and checks go on outside of any transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeyman.core.evidence import Evidence
from journeyman.core.fold import Fold
from journeyman.core.identifiers import new_id
from journeyman.errors import NotFound
from journeyman.projects import rules, stages
from journeyman.projects.stages import Handed, Stage
from journeyman.scoring.evaluation import Holdout
from journeyman.store import building, ledger
from journeyman.store.building import Built
from journeyman.store.session import Session

MOST_FACTS = 10_000


def start(
    session: Session,
    slug: str,
    *,
    version: int,
    sha256: str,
    title: str,
    folder: str,
    holdout: Holdout | None,
) -> Built:
    """Write a project that was started to the record."""
    built = Built(
        id=new_id(session.now), learner=session.learner, slug=slug, version=version, sha256=sha256,
        title=title, folder=folder, holdout=holdout.to_json() if holdout else None, checked=None,
        reproduced=None, submitted=None, opened_at=session.now, closed_at=None,
    )  # fmt: skip
    building.add(session, built)
    return built


def find(session: Session, slug: str) -> Built:
    """The project of that slug.

    Raises:
        NotFound: it was not started on this record.
    """
    found = building.find(session, slug)
    if found is None:
        raise NotFound(
            f"The project {slug!r} is not in your record: it was not started here with "
            "`journeyman project new`, so no hold-out was kept and nothing can be handed in."
        )
    return found


def move(session: Session, slug: str, folder: str) -> None:
    """Remember where a project lies now; nothing happens where it is not in the record."""
    found = building.find(session, slug)
    if found is not None and found.folder != folder:
        building.change(session, found.id, folder=folder)


def keep_look(session: Session, slug: str, holdout: Holdout) -> None:
    """Write a look at the hold-out to the record."""
    building.change(session, find(session, slug).id, holdout=holdout.to_json())


def keep(session: Session, slug: str, name: str, data: Mapping[str, Any]) -> bool:
    """Keep what a check or a re-run found; False where the project is not in the record.

    Args:
        session: An open transaction.
        slug: Which project.
        name: ``checked`` or ``reproduced``.
        data: Plain data.
    """
    found = building.find(session, slug)
    if found is None:
        return False
    building.change(session, found.id, **{name: dict(data)})
    return True


def submit(
    session: Session,
    fold: Fold,
    shown: rules.Shown,
    done: Sequence[Stage],
    handed: Handed,
) -> tuple[Evidence, ...]:
    """Write what was handed in, and the evidence of each of its stages.

    A stage that says what it said before writes nothing, so handing in the same work twice, or
    anew after an interruption, changes no mastery.

    Args:
        session: An open transaction.
        fold: Carries the stored mastery forward.
        shown: How well it was done as a whole.
        done: Its stages.
        handed: Which project, and what else is told of it.

    Returns:
        The facts that are new.
    """
    built = find(session, handed.slug)
    data = {
        "at": session.now.isoformat(), "score": round(shown.score, 4), "method": shown.method,
        "result": shown.result, "words": shown.words, "again": shown.again,
        "level": handed.level, **handed.detail,
        "stages": {
            one.slug: {"title": one.title, "score": one.score, "rests_on": one.rests_on}
            for one in done
        },
    }  # fmt: skip
    building.change(session, built.id, submitted=data, closed_at=built.closed_at or session.now)
    earlier, _ = ledger.page(session, source="project", most=MOST_FACTS)
    before = [one for one in earlier if one.slug == handed.slug]
    names = sorted(new_id(session.now) for _ in done)  # folding goes by them, in order of stages
    facts = (
        stages.fact(handed, one, before, identifier=name, at=session.now)
        for one, name in zip(done, names, strict=True)
    )
    written = tuple(one for one in facts if one is not None)
    for one in written:
        ledger.append(session, one, fold)
    return written
