"""The honest evaluation of a run: intervals, slices, calibration, costs, errors, and a rival."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from journeyman.errors import Invalid, JourneymanError, Unavailable
from journeyman.projects import charts, measured, preparing, rivals, scored
from journeyman.projects.charts import Drawn
from journeyman.projects.declared import HIDDEN, Declared
from journeyman.projects.runs import Run, Runs, Score
from journeyman.projects.scored import Predictions
from journeyman.scoring.calibration import reliability
from journeyman.scoring.curves import Threshold, choose_threshold, cost_of
from journeyman.scoring.evaluation import error_gallery
from journeyman.scoring.metric import Metric
from journeyman.scoring.slices import fairness_gaps, find_slices

REPORTS = "reports"
MOST_COLUMNS = 30
SHOWN_ERRORS = 10
_ROWS_BY_NUMBER = 0.99  # so many truths have to agree before ids are taken for row numbers


@dataclass(frozen=True)
class Wanted:
    """What an evaluation should hold beyond the quick parts.

    Attributes:
        house: Seconds for the house run; None for none.
        curve: Whether to measure a learning curve.
        group: A column whose groups' rates are compared.
    """

    house: float | None = None
    curve: bool = False
    group: str = ""


@dataclass
class Evaluation:
    """What was found, in parts: each with a heading, sentences and data."""

    run: Run
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    drawn: list[Drawn] = field(default_factory=list)

    def say(self, heading: str, data: Any, *lines: str, drawn: Drawn | None = None) -> None:
        """Add a part."""
        self.parts[heading] = lines
        self.data[heading.lower().replace(" ", "_")] = data
        if drawn is not None:
            self.drawn.append(drawn)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"run": self.run.id, **self.data}

    def markdown(self) -> str:
        """The report, with its charts beside it."""
        lines = [f"# Evaluation of the run {self.run.id}", ""]
        by_name = {one.title: one for one in self.drawn}
        for heading, said in self.parts.items():
            lines += [f"## {heading}", "", *said, ""]
            if heading in by_name:
                one = by_name[heading]
                lines += [f"![{one.caption}](charts/{one.name}.svg)", ""]
        return "\n".join(lines)

    def text(self) -> str:
        """For a person at a terminal."""
        return "\n\n".join(
            "\n".join([heading.upper(), *(f"  {one}" for one in said)])
            for heading, said in self.parts.items()
        )

    def write(self, folder: Path) -> Path:
        """Write ``report.md``, ``report.json`` and ``charts`` into a project; returns the folder.

        Raises:
            Unavailable: the disk is full or read-only.
        """
        place = folder / HIDDEN / REPORTS / self.run.id
        try:
            (place / "charts").mkdir(parents=True, exist_ok=True)
            for one in self.drawn:
                (place / "charts" / f"{one.name}.svg").write_text(one.svg, "utf-8")
                (place / "charts" / f"{one.name}.csv").write_text(one.table(), "utf-8")
            (place / "report.md").write_text(self.markdown(), "utf-8")
            text = json.dumps(finite(self.to_json()), indent=1, ensure_ascii=False)
            (place / "report.json").write_text(text, "utf-8")
        except OSError as error:
            raise Unavailable(
                f"The report cannot be written to {place} ({error.strerror}); make room."
            ) from error
        return place


def evaluate(
    folder: Path,
    declared: Declared,
    run: Run,
    wanted: Wanted | None = None,
    tell: Callable[[str], None] | None = None,
) -> Evaluation:
    """Evaluate a finished run on the rows that its model did not learn from.

    Args:
        folder: The project's repository.
        declared: Its ``journeyman.toml``.
        run: Which run.
        wanted: Longer parts.
        tell: Called with what is being done, for those.

    Raises:
        Invalid: the predictions cannot be used, or a part that was asked for cannot be made.
    """
    wanted = wanted or Wanted()
    file = Runs(folder).predictions(run)
    found = scored.read(file, declared)
    metric = measured.metric_of(found, declared)
    made = Evaluation(run)
    one = measured.one_score(metric, found)
    table = _cells(folder, declared, run, found)
    _result(made, run, one)
    _slices(made, metric, found, table)
    if found.task == "binary" and found.chances is not None:
        _calibration(made, found)
        _costs(made, declared, file, found)
        if wanted.group:
            _fairness(made, found, table, wanted.group)
    elif wanted.group:
        raise Invalid("Rates of groups are compared for yes-or-no tasks with probabilities only.")
    _errors(made, found, table)
    say = tell or (lambda _: None)
    if wanted.house:
        say(f"The house run takes {wanted.house:.0f} seconds.")
        _house(made, folder, declared, found, (metric, one), wanted.house)
    if wanted.curve:
        say("The learning curve fits 20 models of our own.")
        _curve(made, folder, declared, found, metric)
    return made


def _result(made: Evaluation, run: Run, one: Score) -> None:
    said = (
        f"{one.title} {one.value:.4f}, 95 % interval {one.low:.4f} to {one.high:.4f}, on "
        f"{one.rows:,} rows of {one.part}."
    )
    lines = [said]
    if one.baseline is not None:
        lines.append(f"The baseline has {one.baseline:.4f} on the same rows.")
    else:
        lines.append("There is no column baseline beside the predictions to compare with.")
    lines += [f"{s.title} {s.value:.4f} ({s.low:.4f} to {s.high:.4f})." for s in run.metrics[1:]]
    bars = [("this run", one)]
    if one.baseline is not None:
        value = one.baseline
        bars.append(("baseline", Score(one.name, one.title, value, value, value, one.rows,
                                       one.better, one.part)))  # fmt: skip
    made.say("Result", [_score(s) for s in run.metrics], *lines, drawn=charts.of_scores(bars))


def _score(one: Score) -> dict[str, Any]:
    return {
        "name": one.name, "value": one.value, "low": one.low, "high": one.high, "rows": one.rows,
        "part": one.part, "baseline": one.baseline,
    }  # fmt: skip


def _cells(folder: Path, declared: Declared, run: Run, found: Predictions) -> pd.DataFrame:
    """Columns to cut the rows by: those of the predictions, and the raw ones where ids tell."""
    raw = raw_rows(preparing.main_table(folder, declared, run), declared, found)
    if raw is None:
        return found.extra
    more = [name for name in raw if name not in found.extra and name != declared.project.target]
    return pd.concat([found.extra, raw[more]], axis=1).iloc[:, :MOST_COLUMNS]


def required_rows(
    table: pd.DataFrame | None, declared: Declared, found: Predictions, what: str
) -> pd.DataFrame:
    """The rows of a table that were predicted, for ``what``.

    Raises:
        Invalid: they cannot be found, with the reason.
    """
    rows = raw_rows(table, declared, found)
    if rows is not None:
        return rows
    if table is not None and declared.project.target not in table:
        raise Invalid(
            f"{what} needs the target in the main table; yours is made by your own code. Declare "
            "the step that makes it under [entry] in journeyman.toml: prepare, which writes "
            "prepared.parquet into {out}."
        )
    raise Invalid(
        f"{what} needs to know which rows you predicted: write a column id with each row's number "
        "in the main table (from 0), or declare an id column."
    )


def raw_rows(
    table: pd.DataFrame | None, declared: Declared, found: Predictions
) -> pd.DataFrame | None:
    """The rows of a table that were predicted; None where ids do not name them beyond doubt."""
    target = declared.project.target
    if table is None or found.ids is None or target not in table:
        return None
    table = table.reset_index(drop=True)
    column = declared.project.id
    if column and column in table:
        places = {str(one): place for place, one in enumerate(table[column])}
        rows = [places.get(one, -1) for one in found.ids]
    else:
        rows = [int(one) if one.isdigit() else -1 for one in found.ids]
    if min(rows) < 0 or max(rows) >= len(table):
        return None
    chosen = table.iloc[rows].reset_index(drop=True)
    if found.truth.classes:
        same = scored.codes_of(chosen[target], found.truth.classes) == found.truth.target
    else:
        numbers = pd.to_numeric(chosen[target], errors="coerce").to_numpy(float)
        same = np.isclose(numbers, found.truth.target)
    return chosen if np.mean(same) >= _ROWS_BY_NUMBER else None


def _slices(made: Evaluation, metric: Metric, found: Predictions, table: pd.DataFrame) -> None:
    if not table.shape[1]:
        made.say("Slices", {}, "There is no column beside the predictions to cut the rows by.")
        return
    slices = find_slices(metric, found.truth, found.given(metric), table)
    worse = slices.worse
    said = (
        f"{len(slices.looked)} slices of {table.shape[1]} columns were looked at; "
        f"{len(worse)} are worse than the rest beyond chance (false finds kept to 5 %)."
    )
    lines = [said]
    lines += [
        f"{one.name}: {one.score.value:.4f} on {one.rows:,} rows, the rest {one.rest:.4f}."
        for one in worse[:6]
    ]
    made.say("Slices", slices.to_json(), *lines, drawn=charts.of_slices(slices, metric.title))


def _calibration(made: Evaluation, found: Predictions) -> None:
    curve = reliability(found.truth.target, _chances(found))
    made.say("Calibration", curve.to_json(), curve.verdict(), drawn=charts.of_reliability(curve))


def _chances(found: Predictions) -> Any:
    assert found.chances is not None
    return found.chances


def _costs(made: Evaluation, declared: Declared, file: Path, found: Predictions) -> None:
    alarm, miss = declared.costs.false_positive, declared.costs.false_negative
    if not alarm or not miss:
        made.say(
            "Threshold by cost",
            {},
            "journeyman.toml states no [costs] of the two errors, so no threshold can be chosen.",
        )
        return
    unit = declared.costs.unit
    others = [name for name in scored.parts(file) if name != found.part]
    chosen_on = found if not others else scored.read(file, declared, others[0])
    if chosen_on.chances is None:
        chosen_on = found
    threshold = choose_threshold(
        chosen_on.truth.target, _chances(chosen_on), false_alarm=alarm, miss=miss
    )
    said = (
        f"Saying yes from {threshold.value:.3f} on is cheapest on the {chosen_on.part} rows "
        f"({threshold.low:.3f} to {threshold.high:.3f}); the costs alone would say "
        f"{threshold.by_rule:.3f}."
    )
    lines = [said, _cost_line(threshold, chosen_on, found, unit)]
    data = threshold.to_json()
    made.say("Threshold by cost", data, *lines, drawn=charts.of_threshold(threshold, unit))


def _cost_line(threshold: Threshold, chosen_on: Predictions, found: Predictions, unit: str) -> str:
    if chosen_on is found:
        return (
            f"It costs {threshold.cost:.4g} {unit or 'units'} a row there, which flatters: it was "
            "chosen on these rows."
        )
    cost = cost_of(threshold, found.truth.target, _chances(found))
    return (
        f"On the {found.part} rows it costs {cost.value:.4g} {unit or 'units'} a row "
        f"({cost.low:.4g} to {cost.high:.4g})."
    )


def _fairness(made: Evaluation, found: Predictions, table: pd.DataFrame, group: str) -> None:
    if group not in table:
        raise Invalid(
            f"There is no column {group!r} beside the predictions; there are "
            f"{', '.join(map(str, table.columns[:10])) or 'none'}."
        )
    threshold = made.data.get("threshold_by_cost", {}).get("value", 0.5)
    gaps = fairness_gaps(
        found.truth.target, _chances(found) >= threshold, table[group].astype("str").to_numpy()
    )
    lines = [
        f"{one.group}: {one.measure} {one.rate:.3f}, others {one.others:.3f}, gap {one.gap:+.3f} "
        f"({one.low:+.3f} to {one.high:+.3f})."
        for one in gaps[:8]
    ]
    data = [one.to_json() for one in gaps]
    made.say("Groups", data, *(lines or ["No group has rows enough for its rates."]))


def _errors(made: Evaluation, found: Predictions, table: pd.DataFrame) -> None:
    given = found.chances if found.chances is not None else found.numbers
    if given is None and found.labels is None:
        return
    if given is None:  # labels alone: right or wrong is all that can be told of a row
        assert found.labels is not None
        wrong = int(np.sum(found.labels != found.truth.target))
        made.say("Errors", {"wrong": wrong}, f"{wrong:,} of {len(found):,} rows are wrong.")
        return
    gallery = error_gallery(found.truth.target, given, count=SHOWN_ERRORS)
    lines = [f"The worst tenth of the rows carries {gallery.share:.0%} of the whole loss."]
    rows = []
    for one in gallery.worst:
        name = found.ids[one.row] if found.ids else str(one.row)
        cells = ", ".join(f"{key} {value}" for key, value in table.iloc[one.row].head(5).items())
        lines.append(f"Row {name}: truth {one.truth:g}, said {one.given:.3g}; {cells}")
        rows.append({**one.to_json(), "id": name})
    made.say("Errors", {**gallery.to_json(), "worst": rows}, *lines)


def _house(
    made: Evaluation,
    folder: Path,
    declared: Declared,
    found: Predictions,
    judged: tuple[Metric, Score],
    seconds: float,
) -> None:
    metric, one = judged
    table = preparing.learnable(folder, declared, made.run)
    rows = required_rows(table, declared, found, "The house run")
    assert table is not None
    rival = rivals.house(table, rows, declared, found, metric, seconds)
    bars = [("this run", one), ("house run", rival.score)]
    said = (
        f"The house run has {rival.score.value:.4f} ({rival.score.low:.4f} to "
        f"{rival.score.high:.4f}) with {seconds:.0f} seconds and no thought about this task."
    )
    made.say("Against the house", rival.to_json(), rival.comparison.verdict, said)
    drawn = charts.of_scores(bars)
    made.drawn.append(Drawn("house", "Against the house", drawn.caption, drawn.svg, drawn.head,
                            drawn.rows))  # fmt: skip


def _curve(
    made: Evaluation, folder: Path, declared: Declared, found: Predictions, metric: Metric
) -> None:
    table = preparing.learnable(folder, declared, made.run)
    if table is None or declared.project.target not in table:
        raise Invalid("A learning curve needs the main table with the target.")
    try:
        curve = rivals.learning_curve(table, declared, found, metric)
    except JourneymanError:
        raise
    except (ValueError, TypeError) as error:
        raise Invalid(f"No learning curve can be measured on this table: {error}.") from error
    made.say(
        "Learning curve", curve.to_json(), curve.sentence(),
        "It is of a quick model of ours on the same columns, not of yours.",
        drawn=charts.of_curve(curve, metric.title),
    )  # fmt: skip


def finite(value: Any) -> Any:
    """JSON has no NaN: what is no number becomes null, and numpy's numbers become plain ones."""
    if isinstance(value, dict):
        return {str(key): finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
