"""Columns that know the target: copies of it, gaps that follow it, identifiers in its order.

A copy with errors differs from an honest strong feature in one respect: its errors are blind. Given
the target, what an honest feature says still hangs together with the other features; what a copy
with 7 % of errors says does not, because it was made from the target and from nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.metrics import r2_score, roc_auc_score

from journeyman.audit.bundle import quick
from journeyman.audit.bundle.bundle import Array, Bundle, Tables, as_numbers
from journeyman.audit.code.afterwards import EARLIER
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_BEFORE = re.compile(
    r"\b(before|prior to|previous|earlier|known (at|when)|at the time of|avant|précédent|vor der|"
    r"vor dem|bereits bei|prima (di|del)|antes de|voor(af)?|przed|före|før|sebelum)\b",
    re.IGNORECASE,
)
"""What people write of a column that does not come from the outcome."""
SUSPECT = 0.74
"""Share of the way from chance to perfect from which a column alone is looked at (a copy of two
classes with 13 % of errors reaches it)."""
GAP = 0.5
SURE = 0.97
FEW_ERRORS = 8
EXACT = 0.1
"""A number that leaves less than this part of what the next best column leaves to be told."""


@dataclass(frozen=True)
class _Power:
    name: str
    column: Array
    power: float
    gaps: bool = False

    @property
    def discrete(self) -> bool:
        return len(np.unique(self.column[np.isfinite(self.column)])) <= 15


def target_leaks(bundle: Bundle) -> Iterator[Finding]:
    """Columns, gaps and identifiers that predict the target too well to be honest."""
    tables = bundle.tables
    if tables is None or not tables.usable:
        return
    kept = np.isfinite(tables.y)
    y = tables.y[kept]
    if len(y) < 30 or (tables.classes and np.bincount(y.astype(int)).min() < 5):
        return
    yield from _proxies(bundle, tables, kept, y)
    yield from _identifiers(bundle, tables, kept, y)


def _proxies(bundle: Bundle, tables: Tables, kept: Array, y: Array) -> Iterator[Finding]:
    powers = [
        _Power(name, tables.x[kept, at], quick.single(tables.x[kept, at], y, tables.classes))
        for at, name in enumerate(tables.features)
    ]
    gaps = [
        _Power(one.name, (~np.isfinite(one.column)).astype(float), 0.0, gaps=True)
        for one in powers
        if 0.02 < np.mean(~np.isfinite(one.column)) < 0.98
    ]
    # A gap has two states: it can at best tell one half, or one class, from the rest.
    states = {one.name: _two_states(one.column, y, tables.classes) for one in gaps}
    gaps = [replace(one, power=quick.single(one.column, states[one.name], 2)) for one in gaps]
    told: set[str] = set()
    for one in sorted([*gaps, *powers], key=lambda p: (not p.gaps, -p.power)):
        least = GAP if one.gaps else SUSPECT
        if one.power < least or one.name in told:
            continue
        others = [p for p in powers if p.name != one.name]
        if _blind(one, others, *((states[one.name], 2) if one.gaps else (y, tables.classes))):
            told.add(one.name)
            found = _leak_finding(bundle, tables, one, kept, y)
            before = one.power < SURE and not one.gaps and _told_before(bundle, one.name)
            yield replace(found, severity="note") if before else found


def _told_before(bundle: Bundle, column: str) -> bool:
    """Whether the README says of a column that it is measured before the outcome.

    Then its strength is a note and no fault: only people can know when a column comes about.
    """
    name = re.compile(rf"(?<!\w){re.escape(column)}(?!\w)")
    return any(name.search(one) and _BEFORE.search(one) for one in bundle.claims)


def _two_states(gap: Array, y: Array, classes: int) -> Array:
    """The target as two states: above its median, or the class that the gap fits best."""
    if not classes:
        upper: Array = (y > np.median(y)).astype(float)
        return upper
    rates = [abs(gap[y == one].mean() - gap[y != one].mean()) for one in range(classes)]
    fitting: Array = (y == int(np.argmax(rates))).astype(float)
    return fitting


def _blind(one: _Power, others: list[_Power], y: Array, classes: int) -> bool:
    """Whether the column's errors have nothing to do with the other features."""
    best = max((p.power for p in others if p.power < SURE), default=0.0)
    if one.power >= SURE and (one.discrete or best < one.power - 0.1):
        if one.discrete and one.power < 0.999 and len(others) >= 2 and classes:
            return _errors_blind(one, others, y, classes) or best < one.power - 0.1
        return True
    if len(others) < 2:
        return one.power >= 0.9 and not one.gaps
    # What was measured before is a strong feature, and its errors are blind.
    earlier = bool(EARLIER.search(one.name)) and not one.gaps
    if one.discrete and classes and not earlier:
        return _errors_blind(one, others, y, classes)
    close = best > one.power - 0.12 and (classes or not _exact(one, others, y))
    return not (earlier or close) and _residual_blind(one, others, y, classes)


def _exact(one: _Power, others: list[_Power], y: Array) -> bool:
    """Whether a smooth curve through the column leaves hardly anything of a number to be told."""
    left = 1 - _smooth(one.column, y)
    best = max((_smooth(p.column, y) for p in others if not _same(p, one)), default=0.0)
    return left < 0.01 and left < EXACT * (1 - best)


def _smooth(column: Array, y: Array) -> float:
    """R2 of a parabola; a tree's steps are too coarse to tell 99 % from 99.9 %."""
    fine = np.isfinite(column)
    x, t = column[fine], y[fine]
    if len(x) < 0.9 * len(y) or x.std() == 0:
        return 0.0
    x = (x - x.mean()) / x.std()
    degree = 2 if len(np.unique(x)) > 5 else 1
    return float(r2_score(t, np.polyval(np.polyfit(x, t, degree), x)))


def _matrix(others: list[_Power], one: _Power) -> Array:
    """The other features, without any that repeats the suspect."""
    found = [p.column for p in others if not _same(p, one)]
    return np.column_stack(found) if found else np.zeros((len(one.column), 1))


def _same(p: _Power, one: _Power) -> bool:
    both = np.isfinite(p.column) & np.isfinite(one.column)
    if both.sum() < 10 or p.column[both].std() == 0 or one.column[both].std() == 0:
        return False
    return bool(abs(np.corrcoef(p.column[both], one.column[both])[0, 1]) > 0.98)


def _errors_blind(one: _Power, others: list[_Power], y: Array, classes: int) -> bool:
    chosen = quick.rows(len(y))
    values, t = one.column[chosen], y[chosen]
    wrong = (_majority(values, t, classes) != t).astype(float)
    if wrong.sum() < FEW_ERRORS:
        return one.power >= 0.9
    x = np.column_stack([_matrix(others, one)[chosen], t])
    guess = quick.forest(x, wrong, 2)[:, 1]
    return _not_better(wrong, guess, t)


def _not_better(wrong: Array, guess: Array, t: Array) -> bool:
    """Within each class the errors cannot be told by the features: AUC near one half."""
    found = []
    for label in np.unique(t):
        rows = t == label
        if 0 < wrong[rows].sum() < rows.sum():
            found.append((roc_auc_score(wrong[rows], guess[rows]), _auc_error(wrong[rows])))
    if not found:
        return True
    weights = np.array([1 / error**2 for _, error in found])
    auc = float(np.average([auc for auc, _ in found], weights=weights))
    error = float(1 / np.sqrt(weights.sum()))
    return auc < min(0.5 + 2.0 * error, 0.62) or auc < 0.53


def _auc_error(wrong: Array) -> float:
    """Standard error of an AUC of one half (Hanley and McNeil 1982)."""
    a, b = float(wrong.sum()), float(len(wrong) - wrong.sum())
    return float(np.sqrt((a + b + 1) / (12 * a * b)))


def _majority(values: Array, t: Array, classes: int) -> Array:
    """For each value of the column the class that is most over-represented there."""
    out = np.zeros(len(t))
    shares = np.bincount(t.astype(int), minlength=classes) / len(t)
    keys = np.where(np.isfinite(values), values, -1e300)
    for key in np.unique(keys):
        rows = keys == key
        counts = np.bincount(t[rows].astype(int), minlength=classes)
        out[rows] = np.argmax(counts / np.maximum(shares, 1e-12))
    return out


def _residual_blind(one: _Power, others: list[_Power], y: Array, classes: int) -> bool:
    """Given the target, the column's remaining spread cannot be predicted from the others."""
    chosen = quick.rows(len(y))
    values, t = one.column[chosen], y[chosen]
    fine = np.isfinite(values)
    values, t, x = values[fine], t[fine], _matrix(others, one)[chosen][fine]
    if classes:
        means = np.array(
            [values[t == label].mean() if (t == label).any() else 0.0 for label in range(classes)]
        )
        rest = values - means[t.astype(int)]
    else:
        rest = values - np.polyval(np.polyfit(t, values, 2), t)
    if rest.std() <= 1e-9 * (np.abs(values).max() + 1e-300):
        return True
    ranks = rest.argsort().argsort().astype(float)
    guess = quick.forest(np.column_stack([x, t]), ranks, 0)
    return float(r2_score(ranks, guess)) < 0.03


def _leak_finding(bundle: Bundle, tables: Tables, one: _Power, kept: Array, y: Array) -> Finding:
    cost, numbers = _cost(tables, one, kept, y)
    place = Place(bundle.name("train"), columns=(one.name,))
    if one.gaps:
        what = (
            f"Whether “{one.name}” is missing tells {100 * one.power:.0f} % of what there is "
            "to know of the target."
        )
        return finding(
            "missingness-leak", what, place, cost=cost, count=int(one.column.sum()), numbers=numbers
        )
    agreement = 100 * one.power
    what = (
        f"“{one.name}” alone gets {agreement:.0f} % of the way from chance to certainty, and "
        "its errors have nothing to do with any other feature."
    )
    return finding("target-leak", what, place, cost=cost, count=len(y), numbers=numbers)


def _cost(tables: Tables, one: _Power, kept: Array, y: Array) -> tuple[str, dict[str, float]]:
    chosen = quick.rows(len(y))
    x = tables.x[kept][chosen]
    t = y[chosen]
    rest = [at for at, name in enumerate(tables.features) if name != one.name]
    if not rest:
        return "", {}
    with_it = quick.quality(quick.forest(x, t, tables.classes), t, tables.classes)
    without = quick.quality(quick.forest(x[:, rest], t, tables.classes), t, tables.classes)
    metric = quick.name_of(tables.classes)
    said = (
        f"out of fold a quick forest reaches {metric} {with_it:.3f} with the column and "
        f"{without:.3f} without it"
    )
    return said, {"with": round(with_it, 4), "without": round(without, 4)}


def _identifiers(bundle: Bundle, tables: Tables, kept: Array, y: Array) -> Iterator[Finding]:
    for name in tables.ids:
        column = tables.train[name]
        numbers = as_numbers(column) if column.notna().all() else None
        if numbers is None or _follows_time(tables, numbers):
            continue
        power = quick.single(numbers[kept], y, tables.classes)
        if power >= (0.35 if tables.classes else 0.3):
            yield finding(
                "id-leak",
                f"“{name}” alone gets {100 * power:.0f} % of the way from chance to certainty.",
                Place(bundle.name("train"), columns=(name,)),
                count=len(y),
                numbers={"power": round(power, 4)},
            )


def _follows_time(tables: Tables, numbers: Array) -> bool:
    for name in tables.times:
        moments = pd.to_datetime(tables.train[name], errors="coerce", format="mixed")
        if moments.notna().mean() > 0.9:
            link = pd.Series(numbers).corr(moments.astype("int64").astype(float), method="spearman")
            if abs(link) > 0.9:
                return True
    return False
