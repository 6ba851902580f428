"""A learner's own forgetting, fitted: log loss on later reviews of simulated learners.

    PYTHONPATH=src python benchmarks/memory.py --learners 200
    PYTHONPATH=src python benchmarks/memory.py --uses --learners 200

Learners forget by laws that are not FSRS's (a power law with a fatter or thinner tail, or an
exponential), with stabilities of their own per skill and per person that grow by other rules. The
fit sees the cards that FSRS with its defaults makes of their answers. It is fitted on the first
reviews and judged on those that follow.

With ``--uses`` every skill has two true memories, of answering questions and of writing code; a use
of one helps the other by a share ("transfer") that no model knows. Compared are one card for all
uses and one for each (:func:`journeyman.learner.memory.used`), by the log loss of every answer.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from journeyman.learner import memory
from journeyman.learner.forgetting import Review, fit_forgetting, log_loss

START = datetime(2026, 1, 1, tzinfo=UTC)
GUESS, SLIP = 0.2, 0.08
SKILLS, LATER = 30, 100


@dataclass(frozen=True)
class Person:
    """How one simulated learner forgets."""

    law: str
    factor: float


def kept(law: str, days: float, stability: float) -> float:
    """The true curves: all are 0.9 at one stability."""
    if law == "exponential":
        return float(0.9 ** (days / stability))
    decay = 0.25 if law == "thin tail" else 0.1
    return float((1 + (0.9 ** (-1 / decay) - 1) * days / stability) ** -decay)


def reviews(person: Person, count: int, rng: np.random.Generator) -> list[Review]:
    """``count`` reviews, each when FSRS's card is somewhere between fresh and long overdue."""
    true = 3.0 * person.factor * rng.lognormal(0.0, 0.5, SKILLS)
    cards = [memory.review(None, memory.rating(1.0), START) for _ in range(SKILLS)]
    found = []
    for number in range(count):
        skill = number % SKILLS
        card = cards[skill]
        days = card.stability * rng.lognormal(0.0, 0.8) + 0.5
        recalled = rng.random() < kept(person.law, days, true[skill])
        right = rng.random() < (1 - SLIP if recalled else GUESS)
        found.append(Review(days, card.stability, 1.0, GUESS, 1 - SLIP, float(right)))
        true[skill] *= (
            1.0 + 2.0 * (1 - kept(person.law, days, true[skill])) * 3 if recalled else 0.4
        )
        true[skill] = min(max(true[skill], 0.3), 1000.0)
        at = card.last + timedelta(days=days)
        cards[skill] = memory.review(card, memory.rating(float(right)), at)
    return found


LAWS = ("exponential", "thin tail", "fat tail")
USES: tuple[memory.Use, ...] = ("question", "code")
NOISE = {"question": (0.2, 0.08), "code": (0.01, 0.15)}  # guess and slip
CODE_SHARE = 0.35
EACH_SKILL = 6  # answers


def two_uses(law: str, transfer: float, rng: np.random.Generator) -> tuple[float, float]:
    """Mean log loss of one learner's answers: with one card a skill, and with one for each use."""
    factor = float(rng.lognormal(0.0, 0.5))
    loss = []
    for _ in range(SKILLS):
        true = {use: 3.0 * factor * float(rng.lognormal(0.0, 0.5)) for use in USES}
        last = dict.fromkeys(USES, 0.0)
        one = memory.review(None, memory.rating(1.0), START)
        cards: memory.Cards = {"question": one}
        day = 0.0
        for _ in range(EACH_SKILL):
            use = USES[int(rng.random() < CODE_SHARE)]
            day += one.stability * float(rng.lognormal(0.0, 0.8)) + 0.5
            at = START + timedelta(days=day)
            guess, slip = NOISE[use]
            held = {u: kept(law, day - last[u], true[u]) for u in USES}
            recalled = rng.random() < held[use]
            right = bool(rng.random() < (1 - slip if recalled else guess))
            chances = (memory.recall(one, at), memory.recalled(cards, at))
            shown = [guess + (1 - slip - guess) * chance for chance in chances]
            loss.append([-np.log(p if right else 1 - p) for p in shown])
            for u in USES:
                share = 1.0 if u == use else transfer
                grown = (1.0 + 6.0 * (1.0 - held[u]) if recalled else 0.4) ** share
                true[u] = min(max(true[u] * grown, 0.3), 1000.0)
                last[u] += share * (day - last[u])
            grade = memory.rating(float(right))
            one = memory.review(one, grade, at)
            cards = memory.used(cards, use, grade, at)
    single, apart = np.mean(loss, axis=0).tolist()
    return single, apart


def compare_uses(learners: int, seed: int) -> None:
    """Print the comparison for every law and three shares of transfer."""
    rng = np.random.default_rng(seed)
    for law in LAWS:
        for transfer in (0.0, 0.5, 1.0):
            found = np.array([two_uses(law, transfer, rng) for _ in range(learners)])
            gain = found[:, 0] - found[:, 1]
            half = 1.96 * gain.std() / np.sqrt(learners)
            print(
                f"{law:12s} transfer {transfer:.1f}: one card {found[:, 0].mean():.4f}, one for "
                f"each use {found[:, 1].mean():.4f} (gain {gain.mean():.4f} ± {half:.4f})",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--uses", action="store_true", help="one card a skill, or one for each use")
    options = parser.parse_args()
    if options.uses:
        compare_uses(options.learners, options.seed)
        return
    rng = np.random.default_rng(options.seed)
    for law in LAWS:
        for first in (30, 60, 120):
            loss = []
            for _ in range(options.learners):
                one = reviews(Person(law, float(rng.lognormal(0.0, 0.8))), first + LATER, rng)
                past, later = one[:first], one[first:]
                share = (sum(r.score for r in past) + 1) / (first + 2)
                own_mean = -np.mean(
                    [r.score * np.log(share) + (1 - r.score) * np.log(1 - share) for r in later]
                )
                fitted = fit_forgetting(past)
                loss.append((log_loss(memory.AVERAGE, later), own_mean, log_loss(fitted, later)))
            found = np.array(loss)
            gain = found[:, 0] - found[:, 2]
            half = 1.96 * gain.std() / np.sqrt(len(gain))
            print(
                f"{law:12s} after {first:3d} reviews: FSRS as it is {found[:, 0].mean():.4f}, the "
                f"learner's own share {found[:, 1].mean():.4f}, fitted {found[:, 2].mean():.4f} "
                f"(gain {gain.mean():.4f} ± {half:.4f})",
                flush=True,
            )


if __name__ == "__main__":
    main()
