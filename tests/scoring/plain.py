"""Every metric once more, written from its definition with plain loops: slow and obvious."""

import math


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def clip(p):
    return min(max(p, 1e-6), 1 - 1e-6)


def log_loss(y, p):
    return mean(-math.log(clip(q if t == 1 else 1 - q)) for t, q in zip(y, p, strict=True))


def multiclass_log_loss(y, p):
    return mean(
        -math.log(clip(clip(row[int(t)]) / sum(clip(q) for q in row)))
        for t, row in zip(y, p, strict=True)
    )


def brier(y, p):
    return mean((q - t) ** 2 for t, q in zip(y, p, strict=True))


def accuracy(y, p):
    return mean(float(t == q) for t, q in zip(y, p, strict=True))


def balanced_accuracy(y, p):
    return mean(
        mean(float(q == c) for t, q in zip(y, p, strict=True) if t == c) for c in sorted(set(y))
    )


def f1_of(y, p, c):
    right = sum(t == c and q == c for t, q in zip(y, p, strict=True))
    both = sum(t == c for t in y) + sum(q == c for q in p)
    return 2 * right / both if both else 0.0


def f1(y, p):
    return f1_of(y, p, 1)


def macro_f1(y, p):
    return mean(f1_of(y, p, c) for c in sorted(set(y) | set(p)))


def qwk(y, p):
    seen = sum((t - q) ** 2 for t, q in zip(y, p, strict=True))
    chance = sum((t - q) ** 2 for t in y for q in p) / len(y)
    return 1 - seen / chance if chance else 0.0


def auc(y, p):
    ones = [q for t, q in zip(y, p, strict=True) if t == 1]
    zeros = [q for t, q in zip(y, p, strict=True) if t != 1]
    return mean((a > b) + 0.5 * (a == b) for a in ones for b in zeros)


def average_precision(y, p):
    total, found = 0.0, sum(t == 1 for t in y)
    for threshold in sorted(set(p), reverse=True):
        here = sum(t == 1 and q == threshold for t, q in zip(y, p, strict=True))
        above = [t for t, q in zip(y, p, strict=True) if q >= threshold]
        total += here / found * sum(t == 1 for t in above) / len(above)
    return total


def recall_at(y, p, rate):
    best = 0.0
    for threshold in set(p):
        alarms = mean(float(q >= threshold) for t, q in zip(y, p, strict=True) if t != 1)
        if alarms <= rate + 1e-9:
            best = max(
                best, mean(float(q >= threshold) for t, q in zip(y, p, strict=True) if t == 1)
            )
    return best


def by_group(y, p, groups, one):
    return mean(
        one([(q, t) for t, q, h in zip(y, p, groups, strict=True) if h == g])
        for g in sorted(set(groups))
    )


def ndcg(y, p, groups, k):
    def gain(relevances):
        return sum(r / math.log2(place + 2) for place, r in enumerate(relevances[:k]))

    def one(rows):
        ranked = [t for _, t in sorted(rows, key=lambda row: (-row[0], row[1]))]
        ideal = gain(sorted(ranked, reverse=True))
        return gain(ranked) / ideal if ideal else 0.0

    return by_group(y, p, groups, one)


def map_at(y, p, groups, k):
    def one(rows):
        ranked = [t > 0 for _, t in sorted(rows, key=lambda row: (-row[0], row[1]))]
        possible = min(sum(ranked), k)
        hits = [
            sum(ranked[: place + 1]) / (place + 1) for place in range(min(k, len(ranked)))
            if ranked[place]
        ]  # fmt: skip
        return sum(hits) / possible if possible else 0.0

    return by_group(y, p, groups, one)


def rmse(y, p):
    return math.sqrt(mean((t - q) ** 2 for t, q in zip(y, p, strict=True)))


def rmsle(y, p):
    return rmse([math.log(1 + t) for t in y], [math.log(1 + max(q, 0)) for q in p])


def mae(y, p):
    return mean(abs(t - q) for t, q in zip(y, p, strict=True))


def mape(y, p):
    return mean(abs(t - q) / abs(t) for t, q in zip(y, p, strict=True))


def smape(y, p):
    return mean(
        abs(t - q) / ((abs(t) + abs(q)) / 2) if t or q else 0.0 for t, q in zip(y, p, strict=True)
    )


def r2(y, p):
    centre = mean(y)
    spread = sum((t - centre) ** 2 for t in y)
    return 1 - sum((t - q) ** 2 for t, q in zip(y, p, strict=True)) / spread
