"""Opens the hold-out: the learner's predict entry point meets rows that it has never seen."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from journeyman.audit import open_table
from journeyman.errors import Invalid, JourneymanError, NotFound, Unavailable
from journeyman.projects import holdout, measured, running, scored
from journeyman.projects.declared import Declared
from journeyman.projects.holdout import Kept
from journeyman.projects.runs import LOG, RECORD, Run, Runs, Score
from journeyman.projects.scored import Predictions
from journeyman.projects.watching import Limits, last_line, watch
from journeyman.scoring import registry
from journeyman.scoring.evaluation import Holdout, Look
from journeyman.scoring.metric import Numbers, Truth
from journeyman.scoring.ranking import ranks_in_groups

PART = "hidden hold-out"
LONGEST_LIST = 50
KEPT = "holdout"
"""Folder in a run with what a look showed; the labels of a look that was made are known."""
ANSWERS = ("scored.parquet", "scored.csv", "predictions.parquet", "predictions.csv")


class FellShort(JourneymanError):  # noqa: N818 - the learner's code, not an error of ours
    """The learner's code does not predict the rows that it is given."""

    status = 422
    exit_code = 1


@dataclass(frozen=True)
class Final:
    """A look at the hold-out.

    Attributes:
        baseline: The metric of the entry's own simple rule; without one, of always saying the most
            common, or the mean.
        scores: The project's metric first, then others of the task.
    """

    run: Run
    look: Look
    record: Holdout
    scores: tuple[Score, ...]
    baseline: float | None
    predictions: Predictions


@dataclass(frozen=True)
class Remembered:
    """What a look showed, read back."""

    scores: tuple[Score, ...]
    baseline: float | None
    predictions: Predictions


def final(
    folder: Path, declared: Declared, run: Run, place: Path, record: Holdout, at: datetime
) -> Final:
    """Predict the hold-out with a run's model and judge it; the caller keeps the look.

    Args:
        folder: The repository.
        declared: Its ``journeyman.toml``.
        run: Whose model is used.
        place: Where the hold-out lies.
        record: Of the looks so far.
        at: The present instant.

    Raises:
        NotFound: there is no hold-out.
        FellShort: the predict entry point fails, or does not give a prediction for each row.
        Conflict: these are other rows or another metric than those that were sealed.
    """
    kept = holdout.opened(place)
    answers = predict_rows(folder, declared, run, kept.rows)
    _in_order(folder, declared, run, kept, answers)
    found = _judged(answers, kept, declared)
    metric = measured.metric_of(found, declared)
    record, look = record.look(
        metric, found.truth, found.given(metric), what=f"run {run.id}", at=at
    )
    found = thinned(found)
    first, *others = measured.score(found, declared)
    baseline = _baseline(found, declared) if first.baseline is None else first.baseline
    scores = (replace(first, baseline=baseline), *others)
    return Final(run, look, record, scores, baseline, found)


def copied(folder: Path, run: Run, place: Path) -> Path:
    """A copy of what a run wrote, with its model and without its predictions.

    Raises:
        Invalid: the interpreter of the run is gone.
    """
    executable = str(run.environment.get("executable", ""))
    if not Path(executable).exists():
        raise Invalid(
            f"The interpreter {executable} that the run {run.id} was made with is gone; build the "
            "environment again and make a new run."
        )
    out = place / "out"
    ignored = shutil.ignore_patterns(RECORD, LOG, *ANSWERS)
    shutil.copytree(Runs(folder).place(run.id), out, ignore=ignored)
    return out


def predict_rows(folder: Path, declared: Declared, run: Run, rows: pd.DataFrame) -> pd.DataFrame:
    """What the project's predict entry point says of raw rows.

    Raises:
        FellShort: it fails, or writes nothing that can be read.
    """
    with tempfile.TemporaryDirectory(prefix="journeyman-predict-") as name:
        place = Path(name)
        out = copied(folder, run, place)
        given = place / "rows.parquet"
        rows.to_parquet(given, index=False)
        command = declared.predict
        if not any("{rows}" in word for word in command):
            command = (*command, "--rows", "{rows}", "--out", "{out}")
        words = running.filled(command, str(run.environment["executable"]), out, run, given)
        limits = Limits(60 * declared.run.minutes, declared.run.memory_mib)
        log = place / LOG
        ended = watch(words, folder, running.surrounded(folder, out, run), log, limits)
        if ended.stopped or ended.exit_code:
            said = ended.stopped or last_line(log) or f"exit status {ended.exit_code}"
            raise FellShort(
                f"Your predict entry point does not take the rows: {said} (It is given raw rows "
                "without the target.)"
            )
        for one in ANSWERS:
            if (out / one).is_file():
                return open_table(out / one).frame.rename(columns=str)
    raise FellShort(
        "Your predict entry point wrote no scored.parquet (or .csv) into the folder named by --out."
    )


def _in_order(folder: Path, declared: Declared, run: Run, kept: Kept, first: pd.DataFrame) -> None:
    """Refuse answers that come in another order than the rows: their score would mean nothing."""
    column = declared.project.id
    if (column and column in kept.rows and column in first) or len(first) != len(kept.rows):
        return
    backward = kept.rows.iloc[::-1].reset_index(drop=True)
    second = predict_rows(folder, declared, run, backward).iloc[::-1].reset_index(drop=True)
    numbers = [
        name for name in first.select_dtypes("number") if str(name).lower() not in scored.IDS
    ]
    shared = [name for name in numbers if name in second]
    same = [np.allclose(first[one], second[one], rtol=1e-4, atol=1e-5, equal_nan=True)
            for one in shared]  # fmt: skip
    if not all(same):
        raise FellShort(
            "Your predict entry point answers in another order than the rows that it is given (or "
            "lets one row's answer depend on the others); give one prediction a row, in order. "
            "The hold-out was not looked at."
        )


def _judged(answers: pd.DataFrame, kept: Kept, declared: Declared) -> Predictions:
    """The answers with the kept labels, row by row."""
    if len(answers) != len(kept.rows):
        raise FellShort(
            f"Your predict entry point gives {len(answers):,} predictions for "
            f"{len(kept.rows):,} rows; it should give one for each, in their order."
        )
    column = declared.project.id
    if column and column in kept.rows and column in answers:
        places = {str(one): place for place, one in enumerate(answers[column])}
        try:
            order = [places[str(one)] for one in kept.rows[column]]
        except KeyError as error:
            raise FellShort(f"The predictions miss the row {error.args[0]} of {column}.") from error
        answers = answers.iloc[order].reset_index(drop=True)
    known = {*scored.TRUTHS, declared.project.target.lower(), *scored.PART, "baseline"}
    table = answers.drop(columns=[name for name in answers.columns if str(name).lower() in known])
    table["truth"] = kept.labels.to_numpy()
    group = str(kept.about.get("group", ""))
    if group:
        table["group"] = kept.rows[group].to_numpy()
    if kept.baseline is not None:
        table["baseline"] = kept.baseline.to_numpy()
    classes = tuple(kept.about.get("classes", ()))
    try:
        found = scored.of_table(table, declared, Path("scored.parquet"), classes)
    except Invalid as error:
        raise FellShort(error.message) from error
    return replace(found, part=PART)


def thinned(found: Predictions) -> Predictions:
    """Of a ranking, the rows that can matter: the first 50 of each list, and all that count.

    The rest changes no score, and there may be millions of pairs.
    """
    if found.task != "ranking":
        return found
    order, _, ranks = ranks_in_groups(found.truth, found.given(registry.get("ndcg@10")))
    counts = found.truth.target > 0
    counts[order[ranks < LONGEST_LIST]] = True
    if found.baseline is not None:
        order, _, ranks = ranks_in_groups(found.truth, found.baseline)
        counts[order[ranks < LONGEST_LIST]] = True
    rows = np.flatnonzero(counts)

    def some(values: Numbers | None) -> Numbers | None:
        return None if values is None else values[rows]

    return replace(
        found, truth=found.truth.only(rows), numbers=some(found.numbers),
        chances=some(found.chances), labels=some(found.labels), baseline=some(found.baseline),
        ids=None if found.ids is None else tuple(found.ids[row] for row in rows),
        extra=found.extra.iloc[rows].reset_index(drop=True),
    )  # fmt: skip


def _baseline(found: Predictions, declared: Declared) -> float | None:
    """Of a constant: the share of yes, or the mean. Taken from the rows themselves, it is kind."""
    metric = measured.metric_of(found, declared)
    target = found.truth.target
    given: Numbers
    if metric.needs in {"scores", "probability", "numbers"}:
        given = np.full(len(target), float(np.mean(target)))
    elif metric.needs == "labels":
        given = np.full(len(target), np.bincount(target.astype(int)).argmax())
    elif metric.needs == "probabilities":
        shares = np.bincount(target.astype(int), minlength=len(found.truth.classes)) / len(target)
        given = np.tile(shares, (len(target), 1))
    else:
        return None
    value = float(metric.value(found.truth, given))
    return value if np.isfinite(value) else None


def require_unopened(record: Holdout, *, again: bool) -> None:
    """Refuse a second look that was not asked for in so many words.

    Raises:
        Invalid: it was looked at already.
    """
    if record.opened and not again:
        raise Invalid(
            f"The hold-out was opened already ({record.opened} looks): its first number is the "
            "honest one. If you look again, with --again, the interval widens for every look."
        )


def record_of(data: object) -> Holdout:
    """The record of the hold-out from the store.

    Raises:
        NotFound: none was kept.
    """
    if not isinstance(data, dict) or not data:
        raise NotFound(
            "Journeyman keeps no hold-out of this project (its rows were too few, or its target is "
            "made by your own code); report the test rows of a run instead."
        )
    return Holdout.from_json(data)


def remember(folder: Path, found: Final) -> None:
    """Keep what a look showed with the run, so that it can be handed in without another look.

    Raises:
        Unavailable: it cannot be written; the look is counted all the same.
    """
    place = Runs(folder).place(found.run.id) / KEPT
    predictions = found.predictions
    data = {
        "scores": [asdict(one) for one in found.scores],
        "baseline": found.baseline,
        "look": found.look.to_json(),
    }
    try:
        place.mkdir(exist_ok=True)
        (place / "final.json").write_text(json.dumps(data, indent=1), "utf-8")
        columns: dict[str, Any] = {"truth": predictions.truth.target}
        if predictions.truth.groups is not None:
            columns["group"] = predictions.truth.groups
        for name, values in (
            ("labels", predictions.labels),
            ("numbers", predictions.numbers),
            ("chances", predictions.chances),
        ):
            if values is not None and values.ndim == 1:
                columns[name] = values
            elif values is not None:
                columns |= {f"{name}_{at}": values[:, at] for at in range(values.shape[1])}
        pd.DataFrame(columns).to_parquet(place / "judged.parquet", index=False)
    except OSError as error:
        raise Unavailable(
            f"The look cannot be kept in {place} ({error.strerror}); make room. It is counted."
        ) from error


def remembered(folder: Path, run: Run, declared: Declared) -> Remembered | None:
    """What the last look with this run's model showed; None without one."""
    place = Runs(folder).place(run.id) / KEPT
    try:
        data = json.loads((place / "final.json").read_text("utf-8"))
        table = pd.read_parquet(place / "judged.parquet")
        scores = tuple(Score(**one) for one in data["scores"])
    except (OSError, ValueError, KeyError, TypeError):
        return None

    def values(name: str) -> Numbers | None:
        if name in table:
            return np.asarray(table[name])
        wide = [one for one in table.columns if one.startswith(f"{name}_")]
        return table[wide].to_numpy(float) if wide else None

    found = Predictions(
        declared.project.task, Truth(table["truth"].to_numpy(), values("group")),
        values("labels"), values("chances"), values("numbers"), None,
        pd.DataFrame(index=table.index), PART,
    )  # fmt: skip
    return Remembered(scores, data.get("baseline"), found)
