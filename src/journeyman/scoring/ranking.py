"""Metrics of order, over all rows or within groups such as one user's candidates.

Over all rows: AUC, average precision, recall at a false-positive rate. In groups: NDCG and MAP.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata
from sklearn import metrics as library

from journeyman.scoring.metric import Metric, Numbers, Replicates, Truth, mean_of, of_sums

MANY_ROWS = 20_000
"""Beyond so many rows, resamples of the AUC go by its placement values (see ``_auc_terms``)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """Rows from the highest score to the lowest, and where each run of equal scores ends."""

    order: Numbers
    positive: Numbers
    ends: Numbers

    @classmethod
    def of(cls, truth: Truth, given: Numbers) -> _Ordered:
        given = np.asarray(given)
        order = np.argsort(-given, kind="stable")
        ranked = given[order]
        ends = np.flatnonzero(np.r_[ranked[1:] != ranked[:-1], True])
        return cls(order, (truth.target[order] == 1).astype(np.float32), ends)

    def running(self, weights: Numbers) -> tuple[Numbers, Numbers]:
        """Weight of the positives, and of all rows, down to each distinct score.

        Two arrays of shape (resamples, scores). Whole weights are summed exactly in single
        precision up to 2^24.
        """
        ranked = weights[:, self.order].astype(np.float32, copy=False)
        found = np.cumsum(ranked * self.positive, axis=1)
        seen = np.cumsum(ranked, axis=1)
        if len(self.ends) == len(self.order):
            return found, seen
        return np.take(found, self.ends, axis=1), np.take(seen, self.ends, axis=1)


def auc(truth: Truth, given: Numbers) -> float:
    """Area under the ROC curve, as the rank-sum statistic (ties count a half)."""
    positive = truth.target == 1
    ones = int(positive.sum())
    zeros = len(truth) - ones
    if not ones or not zeros:
        return float("nan")
    ranks = rankdata(given)
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _auc_spread(truth: Truth, given: Numbers) -> Replicates:
    if len(truth) > MANY_ROWS:
        middle = auc(truth, given)
        return of_sums(_auc_terms, lambda sums: _auc_of_terms(sums, middle))(truth, given)
    ordered = _Ordered.of(truth, given)

    def replicates(weights: Numbers) -> Numbers:
        found, seen = ordered.running(weights)
        alarms = seen - found
        negative = np.diff(alarms, axis=1, prepend=np.float32(0))
        positive = np.diff(found, axis=1, prepend=np.float32(0))
        above = found - positive / 2  # a tie is half a win
        won = np.einsum("bi,bi->b", negative, above, dtype=np.float64)
        ones, zeros = found[:, -1].astype(np.float64), alarms[:, -1].astype(np.float64)
        with np.errstate(all="ignore"):
            area: Numbers = won / (ones * zeros)
        return area

    return replicates


def placements(truth: Truth, given: Numbers) -> tuple[Numbers, Numbers]:
    """For each positive the share of negatives below it; for each negative, of positives above.

    DeLong, DeLong and Clarke-Pearson (1988), by ranks as in Sun and Xu (2014). The mean of either
    is the AUC.
    """
    given = np.asarray(given)
    positive = truth.target == 1
    ones, zeros = int(positive.sum()), int((~positive).sum())
    ranks = rankdata(given)
    of_ones = (ranks[positive] - rankdata(given[positive])) / max(zeros, 1)
    of_zeros = 1.0 - (ranks[~positive] - rankdata(given[~positive])) / max(ones, 1)
    return of_ones, of_zeros


def _auc_terms(truth: Truth, given: Numbers) -> Numbers:
    """Terms whose weighted means add up to the AUC of a resample, but for terms of order 1 / rows.

    The first order of Hoeffding's decomposition, whose variance is DeLong's.
    """
    positive = truth.target == 1
    of_ones, of_zeros = placements(truth, given)
    terms = np.zeros((len(truth), 4))
    terms[positive, 0], terms[positive, 1] = of_ones, 1.0
    terms[~positive, 2], terms[~positive, 3] = of_zeros, 1.0
    return terms


def _auc_of_terms(sums: Numbers, middle: float) -> Numbers:
    won, ones, kept, zeros = sums[:, 1], sums[:, 2], sums[:, 3], sums[:, 4]
    area: Numbers = won / ones + kept / zeros - middle
    return area


def _precision_spread(truth: Truth, given: Numbers) -> Replicates:
    ordered = _Ordered.of(truth, given)

    def replicates(weights: Numbers) -> Numbers:
        found, seen = ordered.running(weights)
        positive = np.diff(found, axis=1, prepend=np.float32(0))
        with np.errstate(all="ignore"):
            precision = np.where(seen > 0, found / seen, np.float32(0))
            summed = np.einsum("bi,bi->b", positive, precision, dtype=np.float64)
            average: Numbers = summed / found[:, -1]
        return average

    return replicates


def recall_at(rate: float) -> Metric:
    """The metric “recall at a false-positive rate of ``rate``”."""

    def value(truth: Truth, given: Numbers) -> float:
        return float(spread(truth, given)(np.ones((1, len(truth)), np.float32))[0])

    def spread(truth: Truth, given: Numbers) -> Replicates:
        ordered = _Ordered.of(truth, given)

        def replicates(weights: Numbers) -> Numbers:
            found, seen = ordered.running(weights)
            alarms = seen - found
            # The lowest threshold whose share of false alarms is still allowed.
            allowed = (alarms <= rate * alarms[:, -1:] * (1 + 1e-6)).sum(axis=1)
            with np.errstate(all="ignore"):
                at = np.take_along_axis(found, np.maximum(allowed - 1, 0)[:, None], 1)[:, 0]
                recall: Numbers = np.where(allowed > 0, at, 0.0) / found[:, -1]
            return recall

        return replicates

    return Metric(
        f"recall@fpr={rate:g}",
        f"Recall at a false-positive rate of {100 * rate:g} %",
        "higher",
        "scores",
        f"Raise the threshold until at most {100 * rate:g} % of the negatives lie above it; 40 of "
        "50 positives still do: 40 / 50 = 0.8.",
        value,
        spread,
        bounds=(0.0, 1.0),
    )


def ranks_in_groups(truth: Truth, given: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Rows sorted by group and falling score: their order, groups, and rank from 0 in the group.

    Rows with equal scores keep the worse order, the relevant ones last, so that ties never help.
    """
    groups = truth.groups if truth.groups is not None else np.zeros(len(truth), np.int64)
    order = np.lexsort((truth.target, -np.asarray(given, dtype=np.float64), groups))
    groups = groups[order]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    sizes = np.diff(np.r_[starts, len(groups)])
    return order, groups, np.arange(len(groups)) - np.repeat(starts, sizes)


def ndcg_by_group(truth: Truth, given: Numbers, k: int) -> Numbers:
    """NDCG at ``k`` of each group, in the order of their numbers; 0 where nothing is relevant."""
    order, groups, ranks = ranks_in_groups(truth, given)
    best, _, ideal_ranks = ranks_in_groups(truth, truth.target)
    discount = np.where(ranks < k, 1.0 / np.log2(ranks + 2.0), 0.0)
    many = int(groups[-1]) + 1
    got = np.bincount(groups, truth.target[order] * discount, many)
    discount = np.where(ideal_ranks < k, 1.0 / np.log2(ideal_ranks + 2.0), 0.0)
    ideal = np.bincount(groups, truth.target[best] * discount, many)
    return np.divide(got, ideal, out=np.zeros(many), where=ideal > 0)


def precision_by_group(truth: Truth, given: Numbers, k: int) -> Numbers:
    """Average precision at ``k`` of each group: over min(k, relevant) as Kaggle's MAP@k."""
    order, groups, ranks = ranks_in_groups(truth, given)
    many = int(groups[-1]) + 1
    relevant = (truth.target[order] > 0).astype(np.float64)
    running = np.cumsum(relevant)
    starts = np.flatnonzero(ranks == 0)
    before = np.repeat(running[starts] - relevant[starts], np.diff(np.r_[starts, len(groups)]))
    precision = np.where(ranks < k, relevant * (running - before) / (ranks + 1.0), 0.0)
    possible = np.minimum(np.bincount(groups, relevant, many), k)
    summed = np.bincount(groups, precision, many)
    return np.divide(summed, possible, out=np.zeros(many), where=possible > 0)


def ndcg_at(k: int) -> Metric:
    """The metric “NDCG at ``k``”, averaged over groups."""
    return Metric(
        f"ndcg@{k}",
        f"NDCG at {k}",
        "higher",
        "ranking",
        "One user, two relevant items, put in places 1 and 3: (1 / log2(2) + 1 / log2(4)) / "
        "(1 / log2(2) + 1 / log2(3)) = 1.5 / 1.631 = 0.920. Then the mean over users.",
        lambda truth, given: float(ndcg_by_group(truth, given, k).mean()),
        of_sums(lambda truth, given: ndcg_by_group(truth, given, k), mean_of),
        lambda truth, given: -ndcg_by_group(truth, given, k),
        by_group=True,
        bounds=(0.0, 1.0),
    )


def map_at(k: int) -> Metric:
    """The metric “mean average precision at ``k``”, averaged over groups."""
    return Metric(
        f"map@{k}",
        f"Mean average precision at {k}",
        "higher",
        "ranking",
        "One user, two relevant items, put in places 1 and 3: (1 / 1 + 2 / 3) / 2 = 0.833. Then "
        "the mean over users.",
        lambda truth, given: float(precision_by_group(truth, given, k).mean()),
        of_sums(lambda truth, given: precision_by_group(truth, given, k), mean_of),
        lambda truth, given: -precision_by_group(truth, given, k),
        by_group=True,
        bounds=(0.0, 1.0),
    )


AUC = Metric(
    "auc",
    "Area under the ROC curve",
    "higher",
    "scores",
    "Positives scored 0.9 and 0.4, negatives 0.5 and 0.1. Of the four pairs, the positive is "
    "higher in three: 3 / 4 = 0.75.",
    auc,
    _auc_spread,
    bounds=(0.0, 1.0),
)
AVERAGE_PRECISION = Metric(
    "average_precision",
    "Average precision",
    "higher",
    "scores",
    "From the top of your ranking: right, wrong, right. Precision where a positive is found: "
    "1 / 1 and 2 / 3; their mean is 0.833.",
    lambda truth, given: float(library.average_precision_score(truth.target == 1, given)),
    _precision_spread,
    bounds=(0.0, 1.0),
)
ALL = (AUC, AVERAGE_PRECISION)
