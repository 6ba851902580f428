"""Faulty and clean project folders: tables, predictions, runs and claims written as files."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

from tests.audit.battery import answers, tables
from tests.audit.battery.saving import cut, save


@dataclass(frozen=True)
class Project:
    """One case: ``expected`` holds the kinds or families that count as found; empty is clean."""

    name: str
    expected: frozenset[str]
    write: Callable


# --- target leaks -------------------------------------------------------------------------------


def proxy(data, rng, folder, *, faulty, errors=0.07):
    table = data.table.copy()
    y = table["target"]
    if data.classes:
        other = rng.permutation(y.to_numpy())
        share = errors if faulty else 0.75
        table["status_code"] = np.where(
            rng.random(len(y)) < share * len(y.unique()) / (len(y.unique()) - 1), other, y
        )
    else:
        spread = y.std() * (np.sqrt(1 / (1 - errors) ** 2 - 1) if faulty else 2.5)
        table["closing_value"] = (y + rng.normal(0, spread, len(y))).round(3)
    train, test = cut(table, rng)
    save(folder, train=train, test=test)


def missingness(data, rng, folder, *, faulty):
    table = data.table.copy()
    y = table["target"]
    high = y > y.median() if not data.classes else y == y.mode()[0]
    gone = rng.random(len(y)) < (
        np.where(high, 0.94, 0.04) if faulty else np.where(high, 0.3, 0.22)
    )
    table["closing_fee"] = np.where(gone, np.nan, rng.gamma(3, 20, len(y)).round(2))
    save(folder, **dict(zip(("train", "test"), cut(table, rng), strict=True)))


def id_order(data, rng, folder, *, faulty):
    table = data.table.copy()
    noisy = table["target"].rank().to_numpy() + rng.normal(0, 0.12 * len(table), len(table))
    order = noisy.argsort().argsort() if faulty else rng.permutation(len(table))
    table.insert(0, "record_id", 100_000 + 3 * order)
    save(folder, **dict(zip(("train", "test"), cut(table, rng), strict=True)))


def encoding(data, rng, folder, *, faulty, smooth=0.0):
    table = data.table.copy()
    column = next((one for one in ("plan", "region", "district") if one in table), None)
    if column is None:
        table["clinic"] = rng.choice([f"c{one}" for one in range(12)], len(table))
        column = "clinic"
    train, test = cut(table, rng)
    base = table if faulty else train
    prior = base["target"].mean()
    grouped = base.groupby(column)["target"].agg(["sum", "count"])
    means = (grouped["sum"] + smooth * prior) / (grouped["count"] + smooth)
    for part in (train, test):
        part[f"{column}_rate"] = part[column].map(means).fillna(prior)
    save(folder, train=train, test=test)


# --- copies -------------------------------------------------------------------------------------


def duplicates(data, rng, folder, *, faulty):
    table = data.table.drop_duplicates() if data.name != "survey" else data.table
    if faulty:
        table = pd.concat([table, table.sample(frac=0.25, random_state=int(rng.integers(1e6)))])
    save(folder, **dict(zip(("train", "test"), cut(table, rng), strict=True)))


def near(data, rng, folder, *, faulty):
    table = data.table.drop_duplicates()
    if faulty:
        again = table.sample(frac=0.2, random_state=int(rng.integers(1e6))).copy()
        for name in again.select_dtypes("number"):
            if name != "target" and again[name].nunique() > 20:
                again[name] += rng.normal(0, 0.004 * table[name].std(), len(again))
        table = pd.concat([table, again])
    save(folder, **dict(zip(("train", "test"), cut(table, rng), strict=True)))


def oversampled(data, rng, folder, *, faulty, synthetic=False):
    table = data.table
    y = table["target"]
    rare = y.value_counts().idxmin()
    table = table[(y != rare) | (rng.random(len(y)) < 0.5)]
    train, test = cut(table, rng)
    if faulty:
        both = pd.concat([train, test])
        train, test = cut(pd.concat([both, _more(both, rare, rng, synthetic)]), rng)
    else:
        train = pd.concat([train, _more(train, rare, rng, synthetic)])
        train = train.sample(frac=1, random_state=1).reset_index(drop=True)
    save(folder, train=train, test=test)


def _more(table, rare, rng, synthetic):
    few = table[table["target"] == rare]
    lack = (table["target"] != rare).sum() - len(few)
    first = few.iloc[rng.integers(0, len(few), max(lack, 30))].reset_index(drop=True)
    if not synthetic:
        return first
    numbers = [one for one in few.select_dtypes("number") if one != "target"]
    values = few[numbers].to_numpy(float)
    scale = values.std(0) + 1e-9
    out = first.copy().astype(dict.fromkeys(numbers, float))
    for at, row in enumerate(first[numbers].to_numpy(float)):
        distance = (((values - row) / scale) ** 2).sum(1)
        mate = values[np.argsort(distance)[rng.integers(1, 6)]]
        out.loc[at, numbers] = row + rng.random() * (mate - row)
    return out


def augmented(rng, folder, *, faulty, change):
    pixels, labels = load_digits(return_X_y=True)
    chosen = rng.choice(len(labels), 600, replace=False)
    pictures, labels = pixels[chosen].reshape(-1, 8, 8), labels[chosen]
    flips = {
        "mirror": lambda one: one[:, ::-1],
        "turn": np.rot90,
        "shift": lambda one: np.roll(one, 1, 1),
    }

    def table(some, marks):
        out = pd.DataFrame(some.reshape(len(some), -1), columns=[f"p{i}" for i in range(64)])
        out["target"] = marks
        return out

    both = table(pictures, labels)
    extra = table(np.stack([flips[change](one) for one in pictures]), labels)
    if faulty:
        train, test = cut(pd.concat([both, extra]), rng)
    else:
        train, test = cut(both, rng)
        more = np.stack(
            [
                flips[change](one)
                for one in train.drop(columns="target").to_numpy().reshape(-1, 8, 8)
            ]
        )
        train = pd.concat([train, table(more, train["target"].to_numpy())])
    save(folder, train=train, test=test)


# --- groups and time ----------------------------------------------------------------------------


def groups(data, rng, folder, *, faulty, hidden=False, declared=False):
    table = data.table
    if faulty:
        train, test = cut(table, rng)
    else:
        names = rng.permutation(table[data.group].unique())
        inside = table[data.group].isin(names[: int(0.7 * len(names))])
        train, test = table[inside], table[~inside]
    if hidden:
        train, test = (one.drop(columns=data.group) for one in (train, test))
    save(folder, train=train, test=test, settings={"group": data.group} if declared else {})


def temporal(data, rng, folder, *, faulty, declared=False):
    table = data.table
    at = int(0.75 * len(table))
    train, test = cut(table, rng, 0.25) if faulty else (table.iloc[:at], table.iloc[at:])
    save(folder, train=train, test=test, settings={"time": data.time} if declared else {})


def future(data, rng, folder, *, faulty, window=False):
    del rng
    table = data.table.copy()
    y = table["target"]
    table["neighbour"] = (
        (y.rolling(5, center=True).mean() if window else y.shift(-1))
        if faulty
        else (y.shift(1).rolling(5).mean() if window else y.shift(1))
    )
    table = table.dropna()
    at = int(0.75 * len(table))
    save(folder, train=table.iloc[:at], test=table.iloc[at:])


def undated(data, rng, folder):
    """Dates that say nothing: rows came about independently, so a random split is fine."""
    table = data.table.copy()
    days = rng.integers(0, 700, len(table))
    table["entered"] = (pd.Timestamp("2023-01-01") + pd.to_timedelta(days, "D")).strftime(
        "%Y-%m-%d"
    )
    save(folder, **dict(zip(("train", "test"), cut(table, rng), strict=True)))


# --- steps on all rows --------------------------------------------------------------------------


def scaled(data, rng, folder, *, faulty, how):
    train, test = cut(data.table, rng)
    base = pd.concat([train, test]) if faulty else train
    for name in data.table.select_dtypes("number"):
        if name == "target" or data.table[name].nunique() < 12:
            continue
        low, size = (
            (base[name].mean(), base[name].std(ddof=0))
            if how == "standard"
            else (base[name].min(), base[name].max() - base[name].min())
        )
        for part in (train, test):
            part[name] = (part[name] - low) / size
    save(folder, train=train, test=test)


def imputed(data, rng, folder, *, faulty, how):
    table = data.table.copy()
    names = [
        one
        for one in table.select_dtypes("number")
        if one != "target" and table[one].nunique() > 30
    ][:3]
    for name in names:
        table[name] = table[name].astype(float)
        table.loc[rng.random(len(table)) < 0.15, name] = np.nan
    train, test = cut(table, rng)
    base = pd.concat([train, test]) if faulty else train
    for name in names:
        for part in (train, test):
            part[name] = part[name].fillna(getattr(base[name], how)())
    save(folder, train=train, test=test)


# --- predictions and runs -----------------------------------------------------------------------


def cases(half):  # noqa: C901, PLR0915 - a list of cases, told one after the other
    """Every project of one half, with the kinds that each must give."""
    sets = tables.TUNING if half == "tuning" else tables.CONFIRMING
    start = 1_000 if half == "tuning" else 9_000
    found = []

    def add(name, expected, act, make=None, **options):
        for faulty in (True, False):
            seed = start + len(found)

            def write(folder, seed=seed, faulty=faulty):
                rng = np.random.default_rng(seed)
                given = [make(rng)] if make else []
                act(*given, rng, folder, faulty=faulty, **options)

            said = frozenset(expected) if faulty else frozenset()
            found.append(
                Project(
                    f"{half}-{len(found):03d}-{name}-{'faulty' if faulty else 'clean'}", said, write
                )
            )

    def clean(name, act, make):
        seed = start + len(found)

        def write(folder):
            rng = np.random.default_rng(seed)
            act(make(rng), rng, folder)

        found.append(Project(f"{half}-{len(found):03d}-{name}-clean", frozenset(), write))

    for at, make in enumerate(sets["flat"]):
        coarse = make is tables.survey
        add("proxy-93", {"target-leak"}, proxy, make)
        add("proxy-99", {"target-leak"}, proxy, make, errors=0.01)
        add("missingness", {"missingness-leak", "target-leak"}, missingness, make)
        add("id-order", {"id-leak", "target-leak"}, id_order, make)
        if not coarse:
            add("duplicates", {"duplicates-across-split"}, duplicates, make)
            add("near", {"near-duplicates-across-split"}, near, make)
            add("scaled", {"scaling-on-all-rows"}, scaled, make, how=("standard", "range")[at % 2])
            add("imputed-mean", {"imputing-on-all-rows"}, imputed, make, how="mean")
            add("imputed-median", {"imputing-on-all-rows"}, imputed, make, how="median")
        else:
            clean(
                "chance-duplicates",
                lambda data, rng, folder: duplicates(data, rng, folder, faulty=False),
                make,
            )
        clean("undated", undated, make)
    for make in (*sets["binary"], *sets["number"]):
        add("encoding", {"encoding-on-all-rows"}, encoding, make)
        add("encoding-smooth", {"encoding-on-all-rows"}, encoding, make, smooth=10.0)
    for make in sets["binary"]:
        over = {"oversampling-before-split", "duplicates-across-split"}
        add("oversampled", over, oversampled, make)
        add("smote", {"oversampling-before-split"}, oversampled, make, synthetic=True)
        add("threshold", {"threshold-on-test"}, answers.threshold, make, recorded=True)
        add("threshold-grid", {"threshold-on-test"}, answers.threshold, make, recorded=False)
        add(
            "calibration",
            {"uncalibrated"},
            answers.calibration,
            make,
            how="sure" if half == "tuning" else "shifted",
        )
        add("metric", {"wrong-metric"}, answers.metric, make)
        add("noise", {"within-noise"}, answers.noise, make)
        clean("real-gain", answers.real_gain, make)
        add("reported", {"not-reproducible"}, answers.reported, make)
    for make in sets["time"]:
        add("temporal", {"temporal-leak"}, temporal, make)
        add("temporal-declared", {"temporal-leak"}, temporal, make, declared=True)
        add("future", {"temporal-leak", "target-leak"}, future, make)
        add("future-window", {"temporal-leak", "target-leak"}, future, make, window=True)
    for make in sets["group"]:
        add("group", {"group-leak"}, groups, make)
        add("group-declared", {"group-leak"}, groups, make, declared=True)
        add("group-hidden", {"group-leak"}, groups, make, hidden=True)
    changes = ("mirror",) if half == "tuning" else ("turn", "shift")
    for change in changes:
        add("augmented", {"augmentation-before-split"}, augmented, change=change)
    add("seeds", {"seed-picking"}, answers.seeds, marked=half == "tuning")
    add("choosing", {"tuned-on-test"}, answers.choosing)
    add("repeats", {"not-reproducible"}, answers.repeats)
    return found


__all__ = ["Project", "cases"]
