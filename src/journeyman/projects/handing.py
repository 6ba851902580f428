"""Hands a project in: what has to be there, how well it was done, and its dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from journeyman.core.dossier import Dossier
from journeyman.core.evidence import Evidence
from journeyman.errors import Invalid, NotFound
from journeyman.projects import charts, dossier, measured, rules, scored, sealing
from journeyman.projects.checking import Checked
from journeyman.projects.declared import Declared
from journeyman.projects.dossier import Parts
from journeyman.projects.entry import Project
from journeyman.projects.evaluating import Evaluation, evaluate
from journeyman.projects.final import FellShort, Remembered, remembered
from journeyman.projects.queries import looks_of
from journeyman.projects.reproducing import newest_committed
from journeyman.projects.runs import Run, Runs, Score
from journeyman.projects.scored import Predictions
from journeyman.projects.sealing import Pinned
from journeyman.projects.stages import Handed, Seen, Stage
from journeyman.proof.claim import SignedClaim
from journeyman.proof.keyring import Signer
from journeyman.scoring.metric import Metric
from journeyman.store.building import Built

settle = dossier.settle


class Proof(Protocol):
    """What is asked of the application's part that holds the keys."""

    def signer(self) -> Signer:
        """The learner's open key."""

    def claim_made(self, build: Any, *files: bytes) -> SignedClaim:
        """Sign and keep a claim."""


@dataclass(frozen=True)
class Ready:
    """A project that can be handed in."""

    folder: Path
    declared: Declared
    entry: Project | None
    run: Run
    evaluation: Evaluation
    final: Remembered | None
    level: rules.Reproduced
    looks: int
    shown: rules.Shown
    seen: Seen
    isolation: str
    metric: Metric
    validated: Predictions

    @property
    def main(self) -> Score:
        """The number that counts: of the hold-out, else of the run's own rows."""
        found = self.final.scores[0] if self.final else self.run.main
        assert found is not None
        return found


@dataclass(frozen=True)
class Submitted:
    """What came of handing in.

    Attributes:
        folder: Of the dossier.
        stages: What each stage shows, and what it rests on.
        facts: The evidence that is new; none where nothing came of it since the last time.
        claim: Id of the signed claim.
    """

    folder: Path
    dossier: Dossier
    shown: rules.Shown
    stages: tuple[Stage, ...]
    facts: tuple[Evidence, ...]
    claim: str


def prepare(
    folder: Path,
    declared: Declared,
    entry: Project | None,
    built: Built,
    checked: Checked,
    *,
    anyway: bool = False,
) -> Ready:
    """Everything that is handed in.

    Raises:
        NotFound: there is no finished run of committed code.
        FellShort: something has to be mended first, or the hold-out was not opened.
    """
    runs = Runs(folder)
    run = newest_committed(runs)
    if run is None:
        raise NotFound(
            "There is no finished run of committed code to hand in; commit, then "
            "`journeyman project run`."
        )
    opened = [one for one in runs.all() if one.state == "done" and _opened(folder, one, declared)]
    committed = [one for one in opened if one.code.get("commit") and not one.code.get("dirty")]
    run = committed[-1] if committed else run
    final = remembered(folder, run, declared)
    if built.holdout and final is None:
        raise FellShort(
            "The hold-out was not opened with a run of committed code yet; "
            "`journeyman project evaluate --final` does, once."
        )
    if not checked.passed and not anyway:
        missing = [one.title for one in checked.repository if one.needed and not one.met]
        faults = sorted({one.title for one in checked.findings if one.severity == "fault"})
        raise FellShort(
            f"Something has to be mended first: {'; '.join([*faults, *missing][:6])}. "
            "`journeyman project check` tells all of it; --anyway hands it in as it is."
        )
    found = scored.read(runs.predictions(run), declared)
    level, isolation = _rerun(built, run)
    main = final.scores[0] if final else run.main
    if main is None:
        raise Invalid("The run has no metric, so there is nothing to hand in.")
    ahead = rules.ahead_of(main.value, main.low, main.high, main.baseline, main.better)
    looks = looks_of(built.holdout)
    seen = Seen(
        faults=frozenset(one.kind for one in checked.findings if one.severity == "fault"),
        met={one.name: one.met for one in checked.repository},
        ahead=ahead,
        baseline=bool(run.main and run.main.baseline is not None),
        level=level,
        held=_held(final.scores[0], run.main) if final and run.main else None,
        looks=looks,
    )
    shown = rules.shown(
        faults=checked.faults,
        ahead=ahead,
        met=checked.met,
        asked=len(checked.repository),
        level=level,
    )
    return Ready(
        folder, declared, entry, run, evaluate(folder, declared, run), final, level, looks,
        shown, seen, isolation, measured.metric_of(found, declared), found,
    )  # fmt: skip


def _opened(folder: Path, run: Run, declared: Declared) -> bool:
    return remembered(folder, run, declared) is not None


def _held(hidden: Score, validation: Score) -> bool:
    """Whether the hidden rows gave what the validation promised, within both intervals."""
    if hidden.better == "higher":
        return hidden.high >= validation.low
    return hidden.low <= validation.high


def _rerun(built: Built, run: Run) -> tuple[rules.Reproduced, str]:
    """How far the re-run of this very code got, and how strongly it was confined."""
    kept = dict(built.reproduced or {})
    level = kept.get("level", "")
    if kept.get("commit") != run.code.get("commit") or level not in rules.LEVELS:
        return "", ""
    return level, str(kept.get("isolation") or "limits-only")


def handed(ready: Ready, built: Built, dossier: Dossier, claim: str) -> Handed:
    """What the facts say of where they come from."""
    return Handed(
        built.id, built.learner, built.slug, built.version, built.sha256, ready.run.seed,
        ready.level, ready.isolation, detail(dossier, ready.run, claim),
    )  # fmt: skip


def write(
    place: Path, ready: Ready, at: datetime, *, code_url: str = "", export: Path | None = None
) -> tuple[Path, Dossier]:
    """Write the dossier beside ``place``; see ``dossier.write``.

    Raises:
        Invalid: ``export`` is no export.
    """
    if export is not None and not (
        (export / "model.onnx").is_file() and (export / "schema.json").is_file()
    ):
        raise Invalid(
            f"{export} holds no model.onnx and schema.json; `project export` writes them."
        )
    runs = charts.of_runs(Runs(ready.folder).all(), ready.metric.name)
    drawn = [*ready.evaluation.drawn, *([runs] if runs else [])]
    parts = Parts(
        ready.folder, ready.declared, ready.entry, ready.run, ready.evaluation, tuple(drawn),
        ready.final.scores if ready.final else (), ready.level, ready.looks, code_url, export,
    )  # fmt: skip
    made, found = dossier.write(place, parts, at)
    return made, found.model_copy(update={"bundle": "bundle"})


def seal(made: Path, ready: Ready, proof: Proof, built: Built, at: datetime) -> str:
    """Write the bundle with a signed claim of the number that counts; returns the claim's id."""
    predictions = ready.final.predictions if ready.final else ready.validated
    what = _pinned(ready, predictions)
    signed = proof.claim_made(
        lambda signer: sealing.claim(signer, built, ready.run, what, at, ()),
        what.predictions,
        what.labels,
    )
    sealing.sealed(made / "bundle", signed, proof.signer(), what, at)
    return signed.claim.id


def _pinned(ready: Ready, predictions: Predictions) -> Pinned:
    one = replace(ready.main, baseline=None)
    return sealing.pinned(one, predictions, ready.metric)


def detail(found: Dossier, run: Run, claim: str) -> Mapping[str, Any]:
    """What the record keeps of what was handed in."""
    return {
        "project": found.title, **dossier.kept(found), "run": run.id, "claim": claim,
        "reproduced": found.reproduced,
    }  # fmt: skip
