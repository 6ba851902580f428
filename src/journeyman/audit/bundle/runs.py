"""What a log of runs gives away: picked seeds, choices by the test score, runs that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from journeyman.audit.bundle.bundle import Bundle
from journeyman.audit.bundle.predicted import CLAIMED, HEDGED
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_TEST = re.compile(r"(^|_)(test|holdout|hold_out)(_|$)", re.IGNORECASE)
_VALID = re.compile(r"(^|_)(val|valid|validation|cv|dev|oof)(_|$)", re.IGNORECASE)
_SCORE = re.compile(
    r"acc|auc|f1|score|metric|rmse|mae|loss|r2|precision|recall|error|brier|logloss"
    r"|mape|value",
    re.IGNORECASE,
)
_LOWER = re.compile(r"rmse|mae|loss|error|mse|brier|mape", re.IGNORECASE)
_SEED = re.compile(r"(^|_)(seed|random_state)(_|$)", re.IGNORECASE)
_CHOSEN = re.compile(
    r"^(chosen|selected|best|final|reported|picked|is_best|deployed|winner)$", re.IGNORECASE
)
_CHOICE = re.compile(r"\b(choose|chose|chosen|select|selected)\b", re.IGNORECASE)
"""Who takes the best by validation need not claim that it is better."""
_SPREAD = re.compile(
    r"\bmean\b|average|\bstd\b|standard deviation|±|\+/-|median|\bseeds\b|interval", re.IGNORECASE
)
_ASIDE = re.compile(
    r"time|seconds|duration|memory|date|started|finished|^run|_id$|^id$|commit|note"
    r"|^n_test$|hash|path|stamp|host|^n$",
    re.IGNORECASE,
)


def of_runs(bundle: Bundle) -> Iterator[Finding]:
    """Faults that the log of runs shows."""
    runs = bundle.runs
    if runs is None or len(runs) < 2:
        return
    runs = runs.rename(columns=str).reset_index(drop=True)
    scores = [
        name
        for name in runs.columns
        if _SCORE.search(name)
        and not _CHOSEN.match(name)
        and not _SEED.search(name)
        and pd.api.types.is_numeric_dtype(runs[name])
        and not pd.api.types.is_bool_dtype(runs[name])
        and not re.search(r"(^|_)(se|std|sd|stderr)($|_)", name)
    ]
    if not scores:
        return
    seeds = [name for name in runs.columns if _SEED.search(name)]
    settings = [
        name
        for name in runs.columns
        if name not in {*scores, *seeds}
        and not _ASIDE.search(name)
        and not _CHOSEN.match(name)
        and not re.search(r"(^|_)(se|std|sd|stderr)($|_)", name)
    ]
    yield from _unequal(bundle, runs, scores, seeds, settings)
    yield from _picked_seed(bundle, runs, scores, seeds, settings)
    yield from _chosen_by_test(bundle, runs, scores, settings)
    yield from _noise(bundle, runs, scores, seeds, settings)


def _place(bundle: Bundle, *rows: int) -> Place:
    return Place(bundle.name("runs"), rows=tuple(rows[:10]))


def _keys(runs: pd.DataFrame, columns: list[str]) -> pd.Series:
    if not columns:
        return pd.Series([""] * len(runs))
    return runs[columns].astype(str).agg("|".join, axis=1)


def _unequal(
    bundle: Bundle, runs: pd.DataFrame, scores: list[str], seeds: list[str], settings: list[str]
) -> Iterator[Finding]:
    """The same settings, seed, data and code gave two scores."""
    names = ["commit", "data_hash", "data_sha256", "data", "code", "git", "sha", "hash"]
    same = [name for name in runs.columns if name.lower() in names]
    if not seeds:
        return
    keys = _keys(runs, [*settings, *seeds, *same])
    for key, part in runs.groupby(keys):
        del key
        spread = part[scores[0]].max() - part[scores[0]].min()
        if len(part) > 1 and part[seeds[0]].notna().all() and spread > 1e-9:
            rows = [int(one) for one in part.index]
            yield finding(
                "not-reproducible",
                f"{len(part)} runs with the same settings and seed have {scores[0]} from "
                f"{part[scores[0]].min():g} to {part[scores[0]].max():g}.",
                _place(bundle, *rows),
                count=len(part),
                numbers={"spread": float(spread)},
            )
            return
    missing = runs[seeds[0]].isna()
    if missing.mean() > 0.5:
        yield finding(
            "not-reproducible",
            f"{int(missing.sum())} of {len(runs)} runs have no seed.",
            _place(bundle),
            count=int(missing.sum()),
        )


def _best(values: pd.Series, name: str) -> float:
    return float(values.min() if _LOWER.search(name) else values.max())


def _reported_row(bundle: Bundle, runs: pd.DataFrame, score: str) -> int | None:
    """The run that is reported: marked in the log, or the only one with the reported number."""
    for name in runs.columns:
        if _CHOSEN.match(name):
            marked = runs[name].astype(str).str.lower().isin(["1", "true", "yes", "1.0", "x", "*"])
            if marked.sum() == 1:
                return int(np.flatnonzero(marked)[0])
    if bundle.reported is None:
        return _told_row(bundle, runs, score)
    digits = len(str(bundle.reported).split(".")[1]) if "." in str(bundle.reported) else 0
    near = np.flatnonzero(np.abs(runs[score] - bundle.reported) <= 0.51 * 10.0 ** -max(digits, 3))
    return int(near[0]) if len(near) == 1 else None


def _told_row(bundle: Bundle, runs: pd.DataFrame, score: str) -> int | None:
    """The one run whose number the README states, unless it states a mean or a spread as well."""
    text = " ".join(bundle.claims)
    if _SPREAD.search(text):
        return None
    plain = re.findall(r"(?<![\w.])\d*\.\d{3,}(?![\w.]\d)", text)
    shares = re.findall(r"(\d+\.\d+)\s?%", text)
    said = {float(one): 0.51 * 10.0 ** -len(one.split(".")[1]) for one in plain}
    said |= {float(one) / 100: 0.0051 * 10.0 ** -len(one.split(".")[1]) for one in shares}
    values = runs[score].to_numpy(float)
    near = [
        at
        for at, one in enumerate(values)
        if any(abs(one - told) <= rounding for told, rounding in said.items())
    ]
    best = int(np.nanargmin(values) if _LOWER.search(score) else np.nanargmax(values))
    if best in near:  # a number rounded to three places may be that of several runs
        return best
    return near[0] if len(near) == 1 else None


def _final_score(scores: list[str]) -> str:
    return next((one for one in scores if _TEST.search(one)), scores[0])


def _picked_seed(
    bundle: Bundle, runs: pd.DataFrame, scores: list[str], seeds: list[str], settings: list[str]
) -> Iterator[Finding]:
    if not seeds:
        return
    score = _final_score(scores)
    row = _reported_row(bundle, runs, score)
    if row is None:
        return
    keys = _keys(runs, settings)
    part = runs[keys == keys[row]]
    if len(part) < 4 or part[seeds[0]].nunique() < 4:
        return
    values = part[score].dropna()
    best = _best(values, score)
    if abs(runs[score].to_numpy(float)[row] - best) < 1e-12 and values.std() > 0:
        yield finding(
            "seed-picking",
            f"The reported run has the best {score} of {len(values)} runs that differ in their "
            f"seed only: {best:g}; their mean is {values.mean():.4g}.",
            _place(bundle, row),
            count=len(values),
            cost=f"{abs(best - values.mean()):.4g} of the reported {score} is luck of the seed "
            f"(spread {values.std():.2g})",
        )


def _chosen_by_test(
    bundle: Bundle, runs: pd.DataFrame, scores: list[str], settings: list[str]
) -> Iterator[Finding]:
    tests = [one for one in scores if _TEST.search(one)]
    valid = [one for one in scores if _VALID.search(one) and runs[one].notna().sum() > 1]
    if not tests or not settings:
        return
    test = tests[0]
    row = _reported_row(bundle, runs, test)
    kinds = _keys(runs, settings).nunique()
    looks = int(runs[test].notna().sum())
    if row is None or kinds < 3 or looks < 3:
        return
    best_test = abs(runs[test].to_numpy(float)[row] - _best(runs[test], test)) < 1e-12
    best_valid = any(
        abs(runs[one].to_numpy(float)[row] - _best(runs[one], one)) < 1e-12 for one in valid
    )
    if best_test and not best_valid:
        yield finding(
            "tuned-on-test",
            f"The reported run is the best of {looks} by {test}"
            + (
                ", and not by the validation score." if valid else "; there is no validation score."
            ),
            _place(bundle, row),
            count=looks,
            cost=f"the best of {looks} test scores stands {_lift(runs[test]):.4g} above their mean",
        )


def _lift(values: pd.Series) -> float:
    return float(abs(values.max() - values.mean()))


def _noise(
    bundle: Bundle, runs: pd.DataFrame, scores: list[str], seeds: list[str], settings: list[str]
) -> Iterator[Finding]:
    """Two settings over several seeds, and a claim that the means do not carry."""
    claims = [one for one in bundle.claims if CLAIMED.search(_CHOICE.sub("", one))]
    if not claims or any(HEDGED.search(one) for one in bundle.claims) or not settings or not seeds:
        return
    score = _final_score(scores)
    keys = _keys(runs, settings)
    groups = {
        str(key): part[score].dropna()
        for key, part in runs.groupby(keys)
        if part[seeds[0]].nunique() >= 2
    }
    if not 2 <= len(groups) <= 6:
        return
    ranked = sorted(groups, key=lambda key: groups[key].mean(), reverse=not _LOWER.search(score))
    first, second = groups[ranked[0]], groups[ranked[1]]
    error = float(np.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)))
    gap = abs(float(first.mean() - second.mean()))
    if gap < 2 * error:
        yield finding(
            "within-noise",
            f"“{ranked[0]}” is ahead of “{ranked[1]}” by {gap:.4g} in mean {score}; two standard "
            f"errors of the difference are {2 * error:.4g}.",
            _place(bundle),
            count=len(first) + len(second),
        )
