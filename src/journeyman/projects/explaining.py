"""Explains a run's model through its own predict entry point, on rows that it did not learn from.

The entry point is kept in one process of the project's interpreter and asked again and again, so
that no model is loaded here and any model can be explained.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from journeyman import house
from journeyman.audit import open_table
from journeyman.errors import Invalid
from journeyman.projects import measured, preparing, running, scored
from journeyman.projects.declared import Declared
from journeyman.projects.evaluating import required_rows
from journeyman.projects.final import ANSWERS, FellShort, copied
from journeyman.projects.runs import Run, Runs
from journeyman.scoring.metric import Metric, Truth

CHILD = Path(__file__).parent / "explain_child.py"
SECONDS = 600.0
MOST_ROWS = 600
BACKGROUND = 100
SAMPLES = 30


@dataclass
class Explained:
    """What was found, in parts; each with sentences and data."""

    run: Run
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)

    def say(self, heading: str, data: Any, *lines: str) -> None:
        """Add a part."""
        self.parts[heading] = lines
        self.data[heading.lower().replace(" ", "_")] = data

    def text(self) -> str:
        """For a person at a terminal."""
        return "\n\n".join(
            "\n".join([heading.upper(), *(f"  {one}" for one in said)])
            for heading, said in self.parts.items()
        )


def explain(
    folder: Path,
    declared: Declared,
    run: Run,
    *,
    columns: Sequence[str] = (),
    row: int | None = None,
) -> Explained:
    """What the model leans on; with ``columns`` their effect, with ``row`` one prediction.

    Args:
        folder: The repository.
        declared: Its ``journeyman.toml``.
        run: Whose model.
        columns: For partial dependence; the two that matter most by default.
        row: Position among the predicted rows: what made its prediction, rows like it, and what
            would have to change.

    Raises:
        Invalid: the rows that were predicted cannot be found, or there is no such column or row.
        FellShort: the predict entry point fails.
    """
    found = scored.read(Runs(folder).predictions(run), declared)
    metric = measured.metric_of(found, declared)
    table = preparing.main_table(folder, declared, run)
    raw = required_rows(table, declared, found, "The explanation")
    table = raw.drop(columns=declared.project.target)
    chosen = np.arange(len(table))
    if len(table) > MOST_ROWS:
        chosen = np.sort(np.random.default_rng(0).permutation(len(table))[:MOST_ROWS])
    some = table.iloc[chosen].reset_index(drop=True)
    made = Explained(run)
    with answering(folder, declared, run, found.truth.classes) as ask:
        require_order(ask, some)
        _importance(made, ask, some, found.truth.only(chosen), metric)
        names = list(columns) or [one.columns[0] for one in made.data["importance_raw"][:2]]
        made.data.pop("importance_raw")
        for name in names:
            _dependence(made, ask, some, name)
        if row is not None:
            _one(made, ask, raw, declared.project.target, row)
    return made


@dataclass
class Asking:
    """A process that answers with predictions."""

    process: subprocess.Popen[bytes]
    folder: Path
    declared: Declared
    classes: tuple[str, ...]
    count: int = 0

    def table(self, rows: pd.DataFrame) -> scored.Predictions:
        """The predictions of some raw rows, with a truth that means nothing.

        Raises:
            FellShort: the entry point fails or gives another number of rows.
        """
        self.count += 1
        given = self.folder / f"rows-{self.count % 2}.parquet"
        rows.to_parquet(given, index=False)
        for one in ANSWERS:
            (self.folder / "out" / one).unlink(missing_ok=True)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(f"{given}\n".encode())
            self.process.stdin.flush()
            said = self.process.stdout.readline().decode("utf-8", "replace").strip()
        except BrokenPipeError:
            said = ""
        file = next((self.folder / "out" / one for one in ANSWERS
                     if (self.folder / "out" / one).is_file()), None)  # fmt: skip
        if said != "done" or file is None:
            raise FellShort(
                "Your predict entry point does not take raw rows without the target: "
                f"{said.removeprefix('failed ') or 'it ended'}."
            )
        answers = open_table(file).frame.rename(columns=str)
        if len(answers) != len(rows):
            raise FellShort(
                f"Your predict entry point gives {len(answers):,} predictions for {len(rows):,} "
                "rows; it should give one for each, in their order."
            )
        known = {*scored.TRUTHS, self.declared.project.target.lower(), *scored.PART}
        plain = answers.drop(columns=[one for one in answers.columns if one.lower() in known])
        plain["truth"] = self.classes[-1] if self.classes else 0.0
        return scored.of_table(plain, self.declared, file, self.classes)

    def one(self, rows: pd.DataFrame) -> NDArray[np.float64]:
        """One number a row: the chance of yes, of the last class, or the number predicted."""
        found = self.table(rows)
        if found.chances is not None:
            chances = found.chances
            return np.asarray(chances if chances.ndim == 1 else chances[:, -1], dtype=float)
        values = found.numbers if found.numbers is not None else found.labels
        return np.asarray(values, dtype=float)


@contextmanager
def answering(
    folder: Path, declared: Declared, run: Run, classes: tuple[str, ...]
) -> Iterator[Asking]:
    """The predict entry point in a process that is asked again and again."""
    with tempfile.TemporaryDirectory(prefix="journeyman-explain-") as name:
        place = Path(name)
        out = copied(folder, run, place)
        executable = str(run.environment.get("executable", ""))
        module = _module(declared)
        environment = running.surrounded(folder, out, run)
        process = subprocess.Popen(  # noqa: S603 - the project's own interpreter and code
            [executable, str(CHILD), module, str(out)],
            cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield Asking(process, place, declared, classes)
        finally:
            process.kill()
            process.wait()


def _module(declared: Declared) -> str:
    words = declared.predict
    if "-m" in words and words.index("-m") + 1 < len(words):
        return words[words.index("-m") + 1]
    raise Invalid(
        "An explanation needs a predict entry point of the form python -m PACKAGE.MODULE with a "
        "function main(); see [entry] in journeyman.toml."
    )


def require_order(ask: Asking, rows: pd.DataFrame) -> None:
    """Refuse an entry point that answers in another order than it was asked.

    Raises:
        FellShort: it does.
    """
    some = rows.head(200)
    forward = ask.one(some)
    backward = ask.one(some.iloc[::-1].reset_index(drop=True))
    if not np.allclose(forward, backward[::-1], rtol=1e-4, atol=1e-5):
        raise FellShort(
            "Your predict entry point answers in another order than the rows that it is given (or "
            "lets one row's answer depend on the others); give one prediction a row, in order."
        )


def _importance(
    made: Explained, ask: Asking, rows: pd.DataFrame, truth: Truth, metric: Metric
) -> None:
    found = house.permutation_importance(
        lambda table: ask.table(table).given(metric), rows, truth, metric, repeats=2
    )
    lines = [
        f"{', '.join(one.columns)}: {metric.name} falls by {one.drop:.4f} "
        f"({one.low:.4f} to {one.high:.4f})" + ("" if one.sure else ", which may be chance")
        for one in found.columns[:8]
    ]
    lines += [
        f"together {', '.join(one.columns)}: {one.drop:.4f} ({one.low:.4f} to {one.high:.4f})"
        for one in found.groups[:4]
        if len(one.columns) > 1
    ]
    made.data["importance_raw"] = found.columns
    made.say("What it leans on", found.to_json(), *lines, *(f"! {w}" for w in found.warnings))


def _dependence(made: Explained, ask: Asking, rows: pd.DataFrame, name: str) -> None:
    if name not in rows:
        raise Invalid(f"There is no column {name!r}; there are {', '.join(rows.columns[:12])}.")
    found = house.partial_dependence(ask.one, rows.head(200), name, grid=8)
    lines = [f"{point.value}: {point.mean:.4f}" for point in found.points]
    made.say(f"Effect of {name}", found.to_json(), *lines, *(f"! {w}" for w in found.warnings))


def _one(made: Explained, ask: Asking, raw: pd.DataFrame, target: str, row: int) -> None:
    if not 0 <= row < len(raw):
        raise Invalid(f"There is no row {row}; the predicted rows are 0 to {len(raw) - 1}.")
    others = raw.drop(index=row)
    table = others.drop(columns=target).reset_index(drop=True)
    one = raw.iloc[[row]].drop(columns=target).reset_index(drop=True)
    background = table.sample(min(BACKGROUND, len(table)), random_state=0)
    shares = house.shapley_values(ask.one, one, background, samples=SAMPLES)
    lines = [f"Prediction {shares.prediction:.4f}; the average is {shares.base:.4f}."]
    lines += [f"{', '.join(s.columns)}: {s.share:+.4f}" for s in shares.shares[:6]]
    made.say("This row", shares.to_json(), *lines, *(f"! {w}" for w in shares.warnings))
    near = house.nearest_examples(one, table, others[target].tolist(), count=5)
    told = [f"row with {target} {ex.target}, distance {ex.distance:.3f}" for ex in near]
    made.say("Rows like it", [ex.to_json() for ex in near], *told)
    now = float(ask.one(one)[0])
    chance = bool(ask.classes)
    middle = 0.5 if chance else float(np.median(ask.one(table.head(200))))
    if now == middle:
        return
    found = house.counterfactual(
        ask.one, one, table.head(1000), reaches=lambda value: (value > middle) != (now > middle)
    )
    made.say("What would have to change", found.to_json(), found.text)
