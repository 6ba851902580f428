"""What a claim on a competition pins: predictions, labels, and for code what it was run on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeyman.proof import building
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import Interval, Pins

if TYPE_CHECKING:
    from journeyman.competitions.entry import Competition
    from journeyman.competitions.home import Home, Solution
    from journeyman.store.competing import Submission


class Scored:
    """A submission's private score with the files that it can be computed from.

    Args:
        competition: Its entry.
        solution: The labels.
        packed: The predictions, as they are kept.
        chosen: The submission that the learner stood by.
        tables: What its code was run on, where it is code.
    """

    def __init__(
        self,
        competition: Competition,
        solution: Solution,
        packed: bytes,
        chosen: Submission,
        tables: dict[str, bytes],
    ) -> None:
        from journeyman.competitions.parts import SEED, score_rows, unpack  # noqa: PLC0415
        from journeyman.proof.bundle import canonical_ids  # noqa: PLC0415
        from journeyman.scoring.resampling import RESAMPLES  # noqa: PLC0415

        given = unpack(packed)
        score = score_rows(competition, solution, given, public=False)
        found = score.interval(competition.metric)
        rows = solution.part(public=False)
        ids = _ids(solution)
        self.value = score.value
        self.interval = Interval(
            low=found.low, high=found.high, level=0.95, method="bootstrap",
            seed=SEED, resamples=RESAMPLES,
        )  # fmt: skip
        self.predictions = building.predictions_file(ids, given[rows])
        self.labels = labels_of(solution)
        self.pins = Pins(
            data=competition.sha256,
            split=canonical_ids(ids),
            labels=sha256(self.labels),
            predictions=sha256(self.predictions),
            code=sha256(chosen.code.encode()) if chosen.code else "",
            **{name: sha256(data) for name, data in tables.items()},
        )


def tables_of(competition: Competition, home: Home) -> dict[str, bytes]:
    """``train`` and ``inputs`` as code gets them on the official split, for ``retrain``.

    Empty where predictions are names, which only the competition reads, or the data are not here.
    """
    from journeyman.competitions.home import LABELLED  # noqa: PLC0415 - brings pandas
    from journeyman.competitions.rerun import features  # noqa: PLC0415

    if competition.metric.needs in LABELLED or not home.ready(competition):
        return {}
    train, test = home.table("train"), home.table("test")
    shared = features(competition, train, test)
    if "id" in shared:
        return {}
    asked = test[[competition.id, *shared]].rename(columns={competition.id: "id"})
    learnt = train[[*shared, competition.target]]
    return {"train": building.table_file(learnt), "inputs": building.table_file(asked)}


def labels_of(solution: Solution) -> bytes:
    """The private labels as a file."""
    truth = solution.truth.only(solution.part(public=False))
    return building.labels_file(
        _ids(solution), truth.target, groups=truth.groups, weights=truth.weights
    )


def _ids(solution: Solution) -> list[str]:
    rows = solution.part(public=False)
    return [str(one) for one in solution.ids.take(rows).to_pylist()]
