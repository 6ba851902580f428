"""Random artifacts, and every family's answer computed a second time, row by row in plain Python."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journeyman.delivery.viva import Artifacts


def artifacts(task: str, seed: int, rows: int = 400) -> Artifacts:
    """Artifacts of a random run; some have ties, rare classes or gaps."""
    rng = np.random.default_rng(seed)
    digits = int(rng.integers(2, 6))
    slices = pd.DataFrame(
        {
            "city": rng.choice(["Bern", "Oslo", "Rome"], rows, p=rng.dirichlet([3, 3, 3])),
            "plan": rng.choice(["a", "b"], rows),
            "age": rng.normal(40, 9, rows),
        }
    )
    common = {
        "folds": rng.integers(0, int(rng.integers(2, 6)), rows).astype(str),
        "slices": slices,
        "target": "target",
        "sha256": "0" * 64,
    }
    train = pd.DataFrame(
        {
            "x": rng.normal(size=rows).round(2),
            "z": rng.normal(size=rows),
            "word": rng.choice(["red", "green", "blue"], rows, p=rng.dirichlet([1, 1, 1])),
            "town": rng.choice(list("abcdefgh"), rows),
        }
    )
    hole = rng.random(rows) < rng.uniform(0, 0.4)
    if task == "binary":
        truth = (rng.random(rows) < rng.uniform(0.03, 0.6)).astype(int)
        noise = rng.normal(size=rows) + 1.5 * truth - rng.uniform(0, 2)
        common |= {"truth": truth, "scores": (1 / (1 + np.exp(-noise))).round(digits)}
        common |= {"classes": ("no", "yes"), "costs": (1.0, float(rng.integers(1, 20)))}
        train["target"] = np.where(rng.random(rows) < 0.3 + 0.3 * hole, "yes", "no")
        train["x"] += (train.target == "yes") * rng.uniform(0, 2)
    elif task == "multiclass":
        classes = ("cat", "dog", "owl", "fox")
        truth = rng.choice(4, rows, p=rng.dirichlet([2, 2, 2, 2]))
        lean = rng.normal(size=(rows, 4)).round(digits)
        lean[np.arange(rows), truth] += 1
        common |= {"truth": truth, "scores": np.exp(lean), "classes": classes}
        train["target"] = rng.choice(classes, rows)
    else:
        truth = rng.gamma(2, 10, rows)
        common |= {"truth": truth, "unit": "minutes"}
        common["scores"] = truth * 0.8 + rng.normal(rng.uniform(-2, 6), 4, rows)
        train["target"] = rng.gamma(2, 10, rows)
    train.loc[hole, "town"] = None
    return Artifacts(task=task, train=pd.concat([train, train.head(20)]), **common)


def again(a: Artifacts, family: str, facts: dict):
    """The values from which a family's answer follows: a number, or one for each option."""
    return globals()[family.replace("-", "_")](
        a, **{k.replace("class", "at"): v for k, v in facts.items()}
    )


def count(a, t):
    hit = false = miss = quiet = 0
    for score, yes in zip(a.scores.tolist(), a.truth.tolist(), strict=True):
        if score >= t:
            hit, false = hit + (yes == 1), false + (yes == 0)
        else:
            miss, quiet = miss + (yes == 1), quiet + (yes == 0)
    return hit, false, miss, quiet


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def wrong(a):
    if a.task == "binary":
        return [
            float((s >= a.threshold) != (y == 1)) for s, y in zip(a.scores, a.truth, strict=True)
        ]
    if a.task == "regression":
        return [abs(s - y) for s, y in zip(a.scores, a.truth, strict=True)]
    return [float(said != y) for said, y in zip(guesses(a), a.truth, strict=True)]


def guesses(a):
    return [max(range(len(row)), key=lambda at: row[at]) for row in a.scores.tolist()]


def false_alarms(a, t):
    hit, false, _, _ = count(a, t)
    return 100 * false / (hit + false)


def missed(a, t):
    hit, _, miss, _ = count(a, t)
    return 100 * miss / (hit + miss)


def workload(a, t):
    return 1000 * sum(s >= t for s in a.scores.tolist()) / len(a.scores)


def false_per_hit(a, t):
    hit, false, _, _ = count(a, t)
    return false / hit


def false_alarm_rate(a, t):
    _, false, _, quiet = count(a, t)
    return 100 * false / (false + quiet)


def half_as_common(a, t):
    hit, false, miss, quiet = count(a, t)
    share_found, share_false = hit / (hit + miss), false / (false + quiet)
    yes, no = (hit + miss) / 2, false + quiet
    return 100 * share_false * no / (share_false * no + share_found * yes)


def dearer_mistake(a, t):
    _, false, miss, _ = count(a, t)
    return {"false alarms": false * a.costs[0], "misses": miss * a.costs[1]}


def beats_constant(a, t):
    right = mean(
        1 - w for w in [float((s >= t) != (y == 1)) for s, y in zip(a.scores, a.truth, strict=True)]
    )
    yes = mean(a.truth.tolist())
    return {"yes": right - max(yes, 1 - yes), "no": max(yes, 1 - yes) - right}


def recall_moves(a, low, high):
    drop = missed(a, high) - missed(a, low)
    return {
        "stays as it is": 100.0 if drop == 0 else -100.0,
        "falls by more than 10 points": drop - 10,
        "falls by less than 10 points": 10 - drop,
    }


def precision_moves(a, low, high):
    up = false_alarms(a, low) - false_alarms(a, high)
    return {"it rises": up, "it falls": -up}


def cheaper_threshold(a, low, high):
    return {f"{t:g}": -sum(dearer_mistake(a, t).values()) for t in (low, high)}


def threshold_for_recall(a, wanted, at):
    return {f"{t:g}": t if 100 - missed(a, t) >= wanted else -t for t in at}


def first_rows(a, k):
    best = sorted(zip(a.scores.tolist(), a.truth.tolist(), strict=True), key=lambda pair: -pair[0])
    return 100 * sum(yes for _, yes in best[:k]) / k


def base_rate(a):
    return 100 * mean(a.truth.tolist())


def over_or_under(a):
    gap = mean(a.scores.tolist()) - mean(a.truth.tolist())
    return {"too high": gap, "too low": -gap}


def worst_band(a):
    rows = {}
    for score, yes in zip(a.scores.tolist(), a.truth.tolist(), strict=True):
        band = next(at for at, top in enumerate((0.2, 0.4, 0.6, 0.8, 2)) if score < top)
        rows.setdefault(band, []).append((score, yes))
    names = ("0 to 0.2", "0.2 to 0.4", "0.4 to 0.6", "0.6 to 0.8", "0.8 to 1")
    return {
        names[at]: abs(mean(s for s, _ in some) - mean(y for _, y in some))
        for at, some in rows.items()
        if len(some) >= 30
    }


def by(names, values, fewest=30):
    rows = {}
    for name, value in zip(names, values, strict=True):
        rows.setdefault(str(name), []).append(value)
    return {name: some for name, some in rows.items() if len(some) >= fewest}


def worst_slice(a, column):
    return {name: mean(some) for name, some in by(a.slices[column], wrong(a)).items()}


def slice_truth(a, column):
    return {name: mean(some) for name, some in by(a.slices[column], a.truth.tolist()).items()}


def slice_size(a, column):
    return {name: len(some) for name, some in by(a.slices[column], a.truth.tolist()).items()}


def worst_fold(a):
    return {f"fold {name}": mean(some) for name, some in by(a.folds, wrong(a)).items()}


def fold_gap(a):
    values = worst_fold(a).values()
    return (max(values) - min(values)) * (1 if a.task == "regression" else 100)


def fold_truth(a):
    return {f"fold {name}": mean(some) for name, some in by(a.folds, a.truth.tolist()).items()}


def leak(a):
    from sklearn.metrics import roc_auc_score

    yes = (a.train.target == "yes").astype(int)
    areas = {name: roc_auc_score(yes, a.train[name]) for name in ("x", "z")}
    return {name: max(area, 1 - area) for name, area in areas.items()}


def features(a):
    return {name: a.train[name].tolist() for name in a.train.columns if name != a.target}


def most_gaps(a):
    return {
        name: 100 * mean(float(pd.isna(v)) for v in values) for name, values in features(a).items()
    }


def copies(a):
    rows = [tuple("gap" if pd.isna(v) else v for v in row) for row in a.train.to_numpy().tolist()]
    return 100 * (len(rows) - len(set(rows))) / len(rows)


def one_value(a):
    found = {}
    for name, values in features(a).items():
        filled = [v for v in values if not (pd.isna(v))]
        top = max((filled.count(v) for v in set(filled)), default=0)
        found[name] = 100 * top / len(values)
    return found


def most_values(a):
    return {
        name: len({v for v in values if isinstance(v, str)})
        for name, values in features(a).items()
        if name in {"word", "town"}
    }


def gap_tells(a, column):
    yes = [float(v == "yes") for v in a.train.target]
    gap = [pd.isna(v) for v in a.train[column].tolist()]
    apart = mean(y for y, g in zip(yes, gap, strict=True) if g)
    apart -= mean(y for y, g in zip(yes, gap, strict=True) if not g)
    return {"more often": apart, "less often": -apart}


def mean_error(a):
    return mean(wrong(a))


def reach(a, share):
    errors = sorted(wrong(a))
    place = share / 100 * (len(errors) - 1)
    low = int(place)
    high = min(low + 1, len(errors) - 1)
    return errors[low] + (place - low) * (errors[high] - errors[low])


def tail(a, rows):
    squares = sorted((e * e for e in wrong(a)), reverse=True)
    return 100 * sum(squares[:rows]) / sum(squares)


def bias(a):
    apart = mean(s - y for s, y in zip(a.scores.tolist(), a.truth.tolist(), strict=True))
    return {"too high": apart, "too low": -apart}


def constant_error(a):
    ordered = sorted(a.truth.tolist())
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return mean(abs(y - middle) for y in ordered)


def where_worst(a):
    low, high = (float(np.quantile(a.truth, q)) for q in (1 / 3, 2 / 3))
    names = [
        "the lowest third" if y <= low else "the middle third" if y <= high else "the highest third"
        for y in a.truth.tolist()
    ]
    return {name: mean(some) for name, some in by(names, wrong(a), 20).items()}


def most_confused(a):
    found = {}
    for true, said in zip(a.truth.tolist(), guesses(a), strict=True):
        if true != said:
            name = f"“{a.classes[true]}” taken for “{a.classes[said]}”"
            found[name] = found.get(name, 0) + 1
    return found


def weakest_class(a):
    right = [float(said == y) for said, y in zip(guesses(a), a.truth.tolist(), strict=True)]
    names = [a.classes[y] for y in a.truth.tolist()]
    return {name: -mean(some) for name, some in by(names, right, 20).items()}


def trust(a, at):
    mine = [y != at for said, y in zip(guesses(a), a.truth.tolist(), strict=True) if said == at]
    return 100 * mean(map(float, mine))


def second_guess(a):
    found = 0
    for row, y in zip(a.scores.tolist(), a.truth.tolist(), strict=True):
        found += y in sorted(range(len(row)), key=lambda at: -row[at])[:2]
    return 100 * found / len(a.truth)


def favourite(a):
    said, true = guesses(a), a.truth.tolist()
    return {name: said.count(at) - true.count(at) for at, name in enumerate(a.classes)}
