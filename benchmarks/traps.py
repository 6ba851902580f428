"""What each competition's trap is worth, measured: the figures that the entries' texts quote.

    OMP_NUM_THREADS=1 nice -n 19 python -m benchmarks.traps [NAME ...] [--data FOLDER]

Prints one line a comparison: the score with the trap and without, on the same model. Plain models
are used throughout, since the difference is the point.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, cohen_kappa_score, f1_score, roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler
from sklearn.svm import SVC

from journeyman.competitions.entry import load_entry
from journeyman.competitions.preparing import load_module
from journeyman.curriculum import builtin
from journeyman.data import fetch, tables

Line = tuple[str, float]


class Case:
    """One competition with its tables."""

    def __init__(self, slug: str, store: Path) -> None:
        self.entry = load_entry(builtin.path() / "competitions" / slug)
        self.raw = tables(fetch(self.entry.dataset, store))
        made = load_module(self.entry.folder / "prepare.py").prepare(self.raw)
        self.train, self.test = made["train"], made["test"]
        solution = made["solution"].set_index(self.entry.id)
        self.truth = solution.loc[self.test[self.entry.id], self.entry.target].to_numpy()

    def house(self, rung: str) -> Any:
        """The code of one rung."""
        return load_module(self.entry.folder / "house" / f"{rung}.py")


def trees(table: pd.DataFrame) -> Any:
    """Gradient boosting with texts as codes."""
    texts = [name for name in table if table[name].dtype.kind not in "iuf"]
    codes = OrdinalEncoder(
        handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-1,
        max_categories=200,
    )  # fmt: skip
    columns = make_column_transformer((codes, texts), remainder="passthrough")
    return make_pipeline(columns, HistGradientBoostingClassifier(random_state=0))


def hotel(case: Case) -> Iterator[Line]:
    """Columns filled in after the booking, and a random split."""
    boosting = case.house("boosting")
    after = [name for name in boosting.AFTER_BOOKING if name in case.test]
    honest = [name for name in case.train if name not in boosting.NOT_FEATURES]
    target = case.train["is_canceled"]
    for said, names in (("without", honest), ("with", [*honest, *after])):
        model = trees(case.train[names]).fit(case.train[names], target)
        score = roc_auc_score(case.truth, model.predict_proba(case.test[names])[:, 1])
        yield f"AUC on the test, {said} the four later columns", score
    guess = cross_val_predict(
        trees(case.train[honest]), case.train[honest], target, method="predict_proba",
        cv=StratifiedKFold(3, shuffle=True, random_state=0),
    )[:, 1]  # fmt: skip
    yield "AUC in random folds of training, without them", roc_auc_score(target, guess)


def fraud(case: Case) -> Iterator[Line]:
    """A random split against one by time, and accuracy."""
    linear = case.house("linear")
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=300))
    guess = model.fit(linear.features(case.train), case.train["fraud"])
    later = guess.predict_proba(linear.features(case.test))[:, 1]
    yield "average precision, by time", average_precision_score(case.truth, later)
    both = pd.concat([case.train, case.test.assign(fraud=case.truth)], ignore_index=True)
    rows = np.random.default_rng(0).random(len(both)) < len(case.test) / len(both)
    model.fit(linear.features(both[~rows]), both.loc[~rows, "fraud"])
    guess = model.predict_proba(linear.features(both[rows]))[:, 1]
    score = average_precision_score(both.loc[rows, "fraud"], guess)
    yield "average precision, random rows", score
    yield "accuracy of calling everything legitimate", 1 - case.truth.mean()


def reviews(case: Case) -> Iterator[Line]:
    """The recommendation alone, and always the most frequent class."""
    means = case.train.groupby("recommended_ind")["rating"].mean().round()
    alone = case.test["recommended_ind"].map(means)
    yield "kappa of the recommendation alone", kappa(case.truth, alone)
    yield "kappa of always five stars", kappa(case.truth, np.full(len(case.truth), 5))
    yield "share of five stars", (case.truth == 5).mean()


def kappa(truth: Any, given: Any) -> float:
    """Quadratic weighted kappa."""
    labels = [1, 2, 3, 4, 5]
    return float(
        cohen_kappa_score(truth, np.asarray(given, int), labels=labels, weights="quadratic")
    )


def spam(case: Case) -> Iterator[Line]:
    """Headers alone: within the first batch at random, and in the second batch."""
    heads = [mail.partition(b"\n\n")[0].decode("latin-1") for mail in case.train["mail"]]
    asked = [mail.partition(b"\n\n")[0].decode("latin-1") for mail in case.test["mail"]]
    words = TfidfVectorizer(min_df=2, sublinear_tf=True, token_pattern=r"[^\s]+")
    model = make_pipeline(words, LogisticRegression(C=10, max_iter=300))
    folds = StratifiedKFold(3, shuffle=True, random_state=0)
    guess = cross_val_predict(model, heads, case.train["spam"], cv=folds, method="predict_proba")
    yield "AUC of headers alone, random folds", roc_auc_score(case.train["spam"], guess[:, 1])
    later = model.fit(heads, case.train["spam"]).predict_proba(asked)[:, 1]
    yield "AUC of headers alone, next batch", roc_auc_score(case.truth, later)


def films(case: Case) -> Iterator[Line]:
    """The last fifth of each member's ratings against a random fifth."""
    tuned = case.house("tuned")
    ratings = case.raw["ratings"].sort_values(["user_id", "timestamp", "item_id"], kind="stable")
    place = ratings.groupby("user_id").cumcount()
    count = ratings.groupby("user_id")["item_id"].transform("size")
    rng = np.random.default_rng(0)
    shuffled = ratings.assign(draw=rng.random(len(ratings)))
    drawn = shuffled.groupby("user_id")["draw"].rank(method="first") - 1
    for said, order in (("last fifth", place), ("random fifth", drawn)):
        later = order >= (0.8 * count).round()
        seen, where = tuned.grid(ratings[~later], ratings[later])
        marked = np.zeros_like(seen)
        marked[where] = 1
        scores = seen @ tuned.linear_items(seen, 300.0)
        scores[seen > 0] = -np.inf
        yield f"NDCG at 10, {said}", tuned.ndcg(scores, marked)


def digits(case: Case) -> Iterator[Line]:
    """Random folds against one voice left out."""
    tuned = case.house("tuned")
    table, digit = tuned.features(case.train), case.train["digit"]
    model = make_pipeline(StandardScaler(), SVC(C=5.0, gamma=2e-3))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    guess = cross_val_predict(model, table, digit, cv=folds)
    yield "macro F1, random folds", f1_score(digit, guess, average="macro")
    speakers = case.train["speaker"]
    guess = cross_val_predict(model, table, digit, groups=speakers, cv=LeaveOneGroupOut())
    for speaker in sorted(speakers.unique()):
        rows = speakers == speaker
        score = f1_score(digit[rows], guess[rows], average="macro")
        yield f"macro F1, {speaker} left out", score


def flights(case: Case) -> Iterator[Line]:
    """The delay at departure alone."""
    delay = case.test["dep_delay"].fillna(0)
    yield "AUC of the delay at departure alone", roc_auc_score(case.truth, delay)
    missing = case.train["plane_built"].isna()
    yield "share of flights without a year of manufacture", missing.mean()
    top = case.train[missing]["carrier"].value_counts(normalize=True)
    yield f"of these, share of {top.index[0]} and {top.index[1]}", top.iloc[:2].sum()


def traffic(case: Case) -> Iterator[Line]:
    """The hour before, which nobody has a week ahead, and the answer read off a later row."""
    once = case.raw["hours"].drop_duplicates("date_time").set_index("date_time")["traffic_volume"]
    when = pd.DatetimeIndex(case.test["date_time"])
    known = once[once.index < when.min()]
    scale = (known - known.reindex(known.index - pd.Timedelta(hours=168)).to_numpy()).abs().mean()
    boosting = case.house("boosting")
    hours, week, holiday, volume = boosting.known_hours(case.train)
    features = boosting.table(hours, week, holiday)
    asked = boosting.table(when, case.test["volume_168h_before"], case.test["holiday"])
    for said in ("the week before only", "the hour before too"):
        model = HistGradientBoostingRegressor(loss="absolute_error", max_iter=200, random_state=0)
        error = np.abs(model.fit(features, volume).predict(asked) - case.truth).mean()
        yield f"MASE of boosting, {said}", error / scale
        features["hour_before"] = once.reindex(hours - pd.Timedelta(hours=1)).to_numpy()
        asked["hour_before"] = once.reindex(when - pd.Timedelta(hours=1)).to_numpy()
    answers = case.test.set_index("date_time")["volume_168h_before"]
    read = answers.reindex(when + pd.Timedelta(hours=168)).to_numpy()
    found = ~np.isnan(read)
    yield "share of test hours whose answer stands in a later row", found.mean()
    yield "MASE of those read off", np.abs(read - case.truth)[found].mean() / scale


CASES: dict[str, Callable[[Case], Iterator[Line]]] = {
    "hotel-cancellation": hotel,
    "card-fraud": fraud,
    "clothing-reviews": reviews,
    "spam-mail": spam,
    "film-ranking": films,
    "spoken-digits": digits,
    "late-flights": flights,
    "traffic-forecast": traffic,
}


def main() -> None:
    """Measure the traps that are named, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", choices=[*CASES, []])
    parser.add_argument("--data", type=Path, default=Path("/tmp/journeyman-data"))
    given = parser.parse_args()
    for name in given.name or CASES:
        for said, score in CASES[name](Case(name, given.data)):
            print(f"{name:20} {said:52} {score:.4f}", flush=True)


if __name__ == "__main__":
    main()
