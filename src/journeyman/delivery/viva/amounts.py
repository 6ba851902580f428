"""Families about predicted numbers, and about several classes."""

from __future__ import annotations

import numpy as np

from journeyman.delivery.viva.artifacts import Artifacts
from journeyman.delivery.viva.question import FEWEST, Family, Question, choice, number, verdict


def _in(a: Artifacts) -> str:
    return f" (in {a.unit})" if a.unit else ""


def _typical(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    off = float(a.errors.mean())
    return number(
        "mean-error", f"By how much is a prediction off on average{_in(a)}?",
        off, 0.15 * off, f"The mean absolute error is {off:.4g}.", {},
    )  # fmt: skip


def _reach(a: Artifacts, rng: np.random.Generator) -> Question | None:
    share = int(rng.choice([50, 80, 90, 95]))
    if len(a.truth) < 200:
        return None
    reach = float(np.quantile(a.errors, share / 100))
    return number(
        "reach", f"Within what distance of the truth do {share} % of the predictions lie{_in(a)}?",
        reach, 0.15 * reach, f"{share} % lie within {reach:.4g}.", {"share": share},
    )  # fmt: skip


def _tail(a: Artifacts, rng: np.random.Generator) -> Question | None:
    share = int(rng.choice([1, 5, 10]))
    rows = len(a.truth) * share // 100
    squares = np.sort(a.errors**2)[::-1]
    total = float(squares.sum())
    if rows < 5 or total <= 0:
        return None
    part = 100 * float(squares[:rows].sum()) / total
    return number(
        "tail",
        f"The worst {share} % of the rows are {rows:,} rows. What percentage of the summed squared "
        "error is theirs?",
        part, 8, f"{part:.1f} %.", {"rows": rows},
    )  # fmt: skip


def _bias(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    apart = a.scores - a.truth
    mean, error = float(apart.mean()), float(apart.std() / np.sqrt(len(apart)))
    if abs(mean) < max(2 * error, 0.01 * float(np.std(a.truth))):
        return None
    return verdict(
        "bias", "Are the predictions too high or too low on average?",
        ("too high", "too low"), "too high" if mean > 0 else "too low",
        f"They lie {mean:+.4g} from the truth on average.", abs(mean), {},
    )  # fmt: skip


def _constant(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    off = float(np.abs(a.truth - np.median(a.truth)).mean())
    return number(
        "constant-error",
        f"How far off, on average, would always giving the median of the judged rows be{_in(a)}?",
        off, 0.15 * off, f"{off:.4g}; the model is off by {a.errors.mean():.4g}.", {},
    )  # fmt: skip


def _where_worst(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    low, high = np.quantile(a.truth, [1 / 3, 2 / 3])
    rows = {
        "the lowest third": a.truth <= low,
        "the middle third": (a.truth > low) & (a.truth <= high),
        "the highest third": a.truth > high,
    }
    if min(int(mask.sum()) for mask in rows.values()) < FEWEST:
        return None
    mean = {one: float(a.errors[mask].mean()) for one, mask in rows.items()}
    return choice(
        "where-worst", "For which true values is the model off the most, on average?",
        mean, 0.1 * float(a.errors.mean()),
        lambda best, other: f"{best}: {mean[best]:.4g}; next {other}: {mean[other]:.4g}.", {},
    )  # fmt: skip


def _confused(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    given = a.scores.argmax(axis=1)
    counts: dict[str, float] = {}
    for true, said in zip(a.truth.tolist(), given.tolist(), strict=True):
        if true != said:
            name = f"“{a.classes[int(true)]}” taken for “{a.classes[int(said)]}”"
            counts[name] = counts.get(name, 0) + 1
    return choice(
        "most-confused", "Which mistake is the commonest?",
        counts, max(3.0, 0.1 * max(counts.values(), default=0)),
        lambda best, other: f"{best}: {counts[best]:.0f} rows; next {other}: {counts[other]:.0f}.",
        {},
    )  # fmt: skip


def _weakest(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    given = a.scores.argmax(axis=1)
    found = {}
    for at, name in enumerate(a.classes):
        rows = a.truth == at
        if int(rows.sum()) >= FEWEST:
            found[name] = float((given[rows] == at).mean())
    return choice(
        "weakest-class",
        "Of which class is the smallest share found? (Classes with at least "
        f"{FEWEST} rows count.)",
        {name: -share for name, share in found.items()}, 0.02,
        lambda best, other: f"{best}: {found[best]:.1%}; next {other}: {found[other]:.1%}.", {},
    )  # fmt: skip


def _trust(a: Artifacts, rng: np.random.Generator) -> Question | None:
    at = int(rng.integers(len(a.classes)))
    said = a.scores.argmax(axis=1) == at
    if int(said.sum()) < FEWEST:
        return None
    wrong = 100 * float((a.truth[said] != at).mean())
    return number(
        "trust", f"Of 100 rows that the model calls “{a.classes[at]}”, how many are not?",
        wrong, 5, f"{int((a.truth[said] != at).sum()):,} of {int(said.sum()):,}.", {"class": at},
    )  # fmt: skip


def _second_guess(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    if a.scores.shape[1] < 3:
        return None
    own = a.scores[np.arange(len(a.truth)), a.truth.astype(int)][:, None]
    above = (a.scores > own).sum(axis=1)
    if ((a.scores == own).sum(axis=1) > 1).any():
        return None  # a tie leaves open which guess comes second
    share = 100 * float((above < 2).mean())
    return number(
        "second-guess", "In how many of 100 rows is the truth among the model's first two guesses?",
        share, 4, f"In {share:.1f}; the first guess alone is right in "
        f"{100 * float((above == 0).mean()):.1f}.", {},
    )  # fmt: skip


def _favourite(a: Artifacts, rng: np.random.Generator) -> Question | None:
    del rng
    given = a.scores.argmax(axis=1)
    over = {
        name: float((given == at).sum() - (a.truth == at).sum())
        for at, name in enumerate(a.classes)
    }
    return choice(
        "favourite", "Which class does the model give too often, most of all?",
        over, max(3.0, 0.01 * len(a.truth)),
        lambda best, other: f"{best}: {over[best]:+.0f} rows; next {other}: {over[other]:+.0f}.",
        {},
    )  # fmt: skip


_NUMBERS, _CLASSES = ("regression",), ("multiclass",)
FAMILIES = (
    Family("mean-error", "The usual error", _NUMBERS, (), _typical),
    Family("reach", "Distance of most predictions", _NUMBERS, (), _reach),
    Family("tail", "The worst rows", _NUMBERS, (), _tail),
    Family("bias", "Too high or too low", _NUMBERS, (), _bias),
    Family("constant-error", "The constant", _NUMBERS, (), _constant),
    Family("where-worst", "Where errors are large", _NUMBERS, (), _where_worst),
    Family("most-confused", "The commonest mistake", _CLASSES, (), _confused),
    Family("weakest-class", "The weakest class", _CLASSES, (), _weakest),
    Family("trust", "How far a class can be trusted", _CLASSES, (), _trust),
    Family("second-guess", "The second guess", _CLASSES, (), _second_guess),
    Family("favourite", "The class given too often", _CLASSES, (), _favourite),
)
