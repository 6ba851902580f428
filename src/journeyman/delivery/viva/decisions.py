"""Families about alarms: a probability, a threshold and what follows from both."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from journeyman.delivery.viva.artifacts import Array, Artifacts
from journeyman.delivery.viva.question import FEWEST, Family, Question, choice, number, verdict

POINTS = 2.0
"""By how many percentage points two shares must differ to be told apart in a question."""
BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def _threshold(a: Artifacts, rng: np.random.Generator) -> float | None:
    """A threshold of two digits that no score is equal to, within the scores' range."""
    low, high = np.quantile(a.scores, [0.02, 0.98])
    t = round(float(rng.uniform(low, high)), 2)
    clear = np.min(np.abs(a.scores - t)) > 1e-9
    return t if clear and 0 < t < 1 else None


def _counts(a: Artifacts, t: float) -> tuple[int, int, int, int]:
    """Hits, false alarms, misses and rightly silent rows."""
    alarm, yes = a.scores >= t, a.truth == 1
    return (
        int((alarm & yes).sum()),
        int((alarm & ~yes).sum()),
        int((~alarm & yes).sum()),
        int((~alarm & ~yes).sum()),
    )


def _at_threshold(
    make: Callable[[Artifacts, float, tuple[int, int, int, int]], Question | None],
) -> Callable[[Artifacts, np.random.Generator], Question | None]:
    def draw(a: Artifacts, rng: np.random.Generator) -> Question | None:
        t = _threshold(a, rng)
        return None if t is None else make(a, t, _counts(a, t))

    return draw


def _false_alarms(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    del a
    alarms = c[0] + c[1]
    if alarms < FEWEST:
        return None
    share = 100 * c[1] / alarms
    return number(
        "false-alarms",
        f"An alarm is raised from a probability of {t:g} on. Of 100 alarms, how many are false?",
        share, 5, f"{c[1]:,} of {alarms:,} alarms are false.", {"t": t},
    )  # fmt: skip


def _missed(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    cases = c[0] + c[2]
    if cases < FEWEST:
        return None
    return number(
        "missed",
        f"At threshold {t:g}, of 100 rows that are “{a.positive}”, how many are missed?",
        100 * c[2] / cases, 5, f"{c[2]:,} of {cases:,} are missed.", {"t": t},
    )  # fmt: skip


def _workload(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    share = 1000 * (c[0] + c[1]) / len(a.truth)
    return number(
        "workload",
        f"At threshold {t:g}, how many alarms come out of 1,000 rows?",
        share, max(10, 0.15 * share), f"{c[0] + c[1]:,} of {len(a.truth):,} rows.", {"t": t},
    )  # fmt: skip


def _false_per_hit(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    del a
    if c[0] < FEWEST:
        return None
    ratio = c[1] / c[0]
    return number(
        "false-per-hit",
        f"At threshold {t:g}, how many false alarms are there for each hit?",
        ratio, max(0.2, 0.2 * ratio), f"{c[1]:,} false alarms and {c[0]:,} hits.", {"t": t},
    )  # fmt: skip


def _false_alarm_rate(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    quiet = c[1] + c[3]
    if quiet < FEWEST:
        return None
    return number(
        "false-alarm-rate",
        f"At threshold {t:g}, of 100 rows that are not “{a.positive}”, how many raise an alarm?",
        100 * c[1] / quiet, 5, f"{c[1]:,} of {quiet:,} do.", {"t": t},
    )  # fmt: skip


def _half_as_common(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    if min(c[0] + c[2], c[1] + c[3]) < FEWEST or c[0] + c[1] < FEWEST:
        return None
    answer = 100 * c[1] / (c[1] + c[0] / 2)
    return number(
        "half-as-common",
        f"Suppose that only half as many rows were “{a.positive}”, the others being as now, and "
        f"the model found the same share of each. At threshold {t:g}, of 100 alarms, how many "
        "would be false?",
        answer, 5,
        f"Hits halve ({c[0]:,} to {c[0] / 2:g}), false alarms stay ({c[1]:,}).", {"t": t},
    )  # fmt: skip


def _dearer_mistake(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    assert a.costs is not None
    alarm, miss = a.costs[0] * c[1], a.costs[1] * c[2]
    total = alarm + miss
    if total <= 0:
        return None
    return choice(
        "dearer-mistake",
        f"A false alarm costs {a.costs[0]:g} and a miss {a.costs[1]:g}. At threshold {t:g}, which "
        "of the two costs more over all rows?",
        {"false alarms": alarm, "misses": miss}, 0.1 * total,
        lambda *_: f"False alarms cost {alarm:,.6g}, misses {miss:,.6g}.", {"t": t},
    )  # fmt: skip


def _beats_constant(a: Artifacts, t: float, c: tuple[int, int, int, int]) -> Question | None:
    rows = len(a.truth)
    right, common = 100 * (c[0] + c[3]) / rows, 100 * max(c[0] + c[2], c[1] + c[3]) / rows
    if abs(right - common) < POINTS:
        return None
    return verdict(
        "beats-constant",
        f"At threshold {t:g}, is the model more often right than always giving the commoner class?",
        ("no", "yes"), "yes" if right > common else "no",
        f"It is right in {right:.1f} % of rows, the constant in {common:.1f} %.",
        abs(right - common), {"t": t},
    )  # fmt: skip


def _two(a: Artifacts, rng: np.random.Generator) -> tuple[float, float] | None:
    found = [t for t in (_threshold(a, rng), _threshold(a, rng)) if t is not None]
    if len(found) < 2 or found[0] == found[1]:
        return None
    return min(found), max(found)


def _recall_moves(a: Artifacts, rng: np.random.Generator) -> Question | None:
    pair = _two(a, rng)
    if pair is None:
        return None
    first, second = (_counts(a, t) for t in pair)
    cases = first[0] + first[2]
    if cases < FEWEST:
        return None
    drop = 100 * (first[0] - second[0]) / cases
    limit = 10.0
    if abs(drop - limit) < POINTS or 0 < drop < POINTS:
        return None
    options = ("falls by less than 10 points", "falls by more than 10 points", "stays as it is")
    right = options[2] if drop == 0 else options[drop > limit]
    return verdict(
        "recall-moves",
        f"What happens to recall if the threshold goes up from {pair[0]:g} to {pair[1]:g}?",
        options, right,
        f"{first[0]:,} of {cases:,} are found before, {second[0]:,} after.",
        min(abs(drop - limit), drop or limit), {"low": pair[0], "high": pair[1]},
    )  # fmt: skip


def _precision_moves(a: Artifacts, rng: np.random.Generator) -> Question | None:
    pair = _two(a, rng)
    if pair is None:
        return None
    first, second = (_counts(a, t) for t in pair)
    if min(first[0] + first[1], second[0] + second[1]) < FEWEST:
        return None
    before, after = (100 * c[0] / (c[0] + c[1]) for c in (first, second))
    if abs(after - before) < POINTS:
        return None
    return verdict(
        "precision-moves",
        f"What happens to precision if the threshold goes up from {pair[0]:g} to {pair[1]:g}?",
        ("it falls", "it rises"), "it rises" if after > before else "it falls",
        f"It goes from {before:.1f} % to {after:.1f} %.",
        abs(after - before), {"low": pair[0], "high": pair[1]},
    )  # fmt: skip


def _cheaper(a: Artifacts, rng: np.random.Generator) -> Question | None:
    assert a.costs is not None
    pair = _two(a, rng)
    if pair is None:
        return None
    spent = {}
    for t in pair:
        c = _counts(a, t)
        spent[f"{t:g}"] = a.costs[0] * c[1] + a.costs[1] * c[2]
    return choice(
        "cheaper-threshold",
        f"A false alarm costs {a.costs[0]:g} and a miss {a.costs[1]:g}. Which threshold is the "
        "cheaper one?",
        {name: -cost for name, cost in spent.items()}, 0.05 * max(spent.values()),
        lambda best, other: f"{best} costs {spent[best]:,.6g}, {other} {spent[other]:,.6g}.",
        {"low": pair[0], "high": pair[1]},
    )  # fmt: skip


def _for_recall(a: Artifacts, rng: np.random.Generator) -> Question | None:
    wanted = int(rng.choice([60, 70, 80, 90]))
    found = sorted({t for t in (_threshold(a, rng) for _ in range(6)) if t is not None})[:4]
    cases = int((a.truth == 1).sum())
    if len(found) < 3 or cases < FEWEST:
        return None
    recall = {t: 100 * _counts(a, t)[0] / cases for t in found}
    if any(abs(one - wanted) < 1 for one in recall.values()):
        return None
    enough = [t for t in found if recall[t] >= wanted]
    if not enough or len(enough) == len(found):
        return None
    right = max(enough)
    return verdict(
        "threshold-for-recall",
        f"Which is the highest of these thresholds that still finds {wanted} % of the rows that "
        f"are “{a.positive}”?",
        tuple(f"{t:g}" for t in found), f"{right:g}",
        "Recall: " + ", ".join(f"{recall[t]:.1f} % at {t:g}" for t in found) + ".",
        min(abs(one - wanted) for one in recall.values()), {"wanted": wanted, "at": found},
    )  # fmt: skip


def _first_rows(a: Artifacts, rng: np.random.Generator) -> Question | None:
    rows = len(a.truth)
    k = int(rng.choice([one for one in (20, 50, 100, 200, 500, 1000) if one <= max(20, rows // 2)]))
    if k >= rows:
        return None
    order = np.argsort(-a.scores, kind="stable")
    if a.scores[order[k - 1]] == a.scores[order[k]]:
        return None  # which rows are looked at would be open
    hits = int((a.truth[order[:k]] == 1).sum())
    return number(
        "first-rows",
        f"Only the {k:,} rows with the highest probabilities can be looked at. What percentage of "
        f"them is “{a.positive}”?",
        100 * hits / k, 5, f"{hits:,} of {k:,} are.", {"k": k},
    )  # fmt: skip


def _base_rate(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    share = 100 * float((a.truth == 1).mean())
    return number(
        "base-rate", f"Of 100 rows that were judged, how many are “{a.positive}”?",
        share, max(1.0, min(3.0, share / 4)), f"{share:.2f} of 100.", {},
    )  # fmt: skip


def _overstates(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    said, happened = float(a.scores.mean()), float((a.truth == 1).mean())
    if abs(said - happened) < max(0.01, 0.1 * happened):
        return None
    return verdict(
        "over-or-under",
        "On average over all rows, are the model's probabilities too high or too low?",
        ("too high", "too low"), "too high" if said > happened else "too low",
        f"They are {said:.3f} on average, and {happened:.3f} of the rows are “{a.positive}”.",
        abs(said - happened), {},
    )  # fmt: skip


def _worst_band(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    off: dict[str, float] = {}
    for low, high in itertools.pairwise(BANDS):
        rows: Array = (a.scores >= low) & ((a.scores < high) | (high == 1.0))
        if int(rows.sum()) >= 30:
            gap = float(a.scores[rows].mean()) - float((a.truth[rows] == 1).mean())
            off[f"{low:g} to {high:g}"] = abs(gap)
    return choice(
        "worst-band",
        "In which band of probabilities do they lie farthest from what happened? (Only bands with "
        "at least 30 rows are named.)",
        off, 0.03,
        lambda best, other: f"{best}: off by {off[best]:.3f}; next {other}: {off[other]:.3f}.", {},
    )  # fmt: skip


_BINARY = ("binary",)
FAMILIES = (
    Family("false-alarms", "False alarms among alarms", _BINARY, (), _at_threshold(_false_alarms)),
    Family("missed", "Cases that are missed", _BINARY, (), _at_threshold(_missed)),
    Family("workload", "Alarms in all", _BINARY, (), _at_threshold(_workload)),
    Family("false-per-hit", "False alarms a hit", _BINARY, (), _at_threshold(_false_per_hit)),
    Family("false-alarm-rate", "Quiet rows", _BINARY, (), _at_threshold(_false_alarm_rate)),
    Family("half-as-common", "Rarer cases", _BINARY, (), _at_threshold(_half_as_common)),
    Family("dearer-mistake", "Cost", _BINARY, ("costs",), _at_threshold(_dearer_mistake)),
    Family("beats-constant", "The constant", _BINARY, (), _at_threshold(_beats_constant)),
    Family("recall-moves", "Threshold and recall", _BINARY, (), _recall_moves),
    Family("precision-moves", "Threshold and precision", _BINARY, (), _precision_moves),
    Family("cheaper-threshold", "Cost of thresholds", _BINARY, ("costs",), _cheaper),
    Family("threshold-for-recall", "Threshold for a recall", _BINARY, (), _for_recall),
    Family("first-rows", "The first rows", _BINARY, (), _first_rows),
    Family("base-rate", "How common it is", _BINARY, (), _base_rate),
    Family("over-or-under", "Calibration in the large", _BINARY, (), _overstates),
    Family("worst-band", "Calibration by band", _BINARY, (), _worst_band),
)
