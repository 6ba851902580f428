"""A claim on a project's number with the files that a stranger recomputes it from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from journeyman.projects.runs import Run, Score
from journeyman.projects.scored import Predictions
from journeyman.proof import building
from journeyman.proof.bundle import canonical_ids, seal
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import Claim, Content, Environment, Interval, Pins, SignedClaim
from journeyman.proof.keyring import Signer
from journeyman.scoring.evaluation import RESAMPLES
from journeyman.scoring.metric import Metric
from journeyman.store.building import Built

NOTE = """What is in this folder

proof/claims holds a signed claim of one number; proof/artifacts holds the predictions and labels
that it is computed from, row by row, without any other column of the data.
`journeyman verify DIR --depth rescore` computes the number again.
"""


@dataclass(frozen=True, eq=False)
class Pinned:
    """A number with its files.

    Attributes:
        predictions, labels: As ``journeyman.proof.building`` writes them.
    """

    score: Score
    ids: tuple[str, ...]
    predictions: bytes
    labels: bytes


def pinned(score: Score, found: Predictions, metric: Metric) -> Pinned:
    """The files of a metric's value."""
    ids = found.ids if found.ids and len(set(found.ids)) == len(found.ids) else None
    names = ids or tuple(str(place) for place in range(len(found)))
    truth = found.truth
    return Pinned(
        score,
        names,
        building.predictions_file(names, found.given(metric)),
        building.labels_file(names, truth.target, groups=truth.groups, weights=truth.weights),
    )


def claim(
    signer: Signer, built: Built, run: Run, what: Pinned, at: datetime, evidence: Sequence[str]
) -> Claim:
    """An unsigned claim of a project's number."""
    one = what.score
    said = built.title.replace("<", "(").replace(">", ")")[:120]
    here = building.this_environment()
    return building.claim(
        subject=signer.name,
        key=signer.key,
        statement=f"{one.title} of the project {said} on {one.rows} rows: {one.part}.",
        metric=one.name,
        value=one.value,
        interval=Interval(
            low=one.low, high=one.high, level=0.95, method="bootstrap", seed=0, resamples=RESAMPLES
        ),
        content=Content(
            kind="project", slug=built.slug, version=built.version, sha256=built.sha256
        ),
        at=at,
        pins=Pins(
            data=str(run.data.get("sha256", "")),
            split=canonical_ids(what.ids),
            labels=sha256(what.labels),
            predictions=sha256(what.predictions),
            lock=str(run.lock.get("sha256", "")),
            commit=str(run.code.get("commit", "")),
        ),
        seed=run.seed,
        environment=Environment(**here.model_dump()),
        evidence=list(evidence),
    )


def sealed(folder: Path, signed: SignedClaim, signer: Signer, what: Pinned, at: datetime) -> Path:
    """Write a bundle with the claim into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(NOTE, "utf-8")
    seal(folder, [signed], signer, at=at, artifacts=[what.predictions, what.labels])
    return folder
