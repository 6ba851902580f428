"""Standard deviation of a mini-batch gradient after a change of the batch size."""

import math

from journeyman.core.tex import number

CASES = (
    "A model of hospital waits is trained by stochastic gradients.",
    "A fraud detector is trained by stochastic gradients.",
    "A demand forecast is trained by stochastic gradients.",
    "A spam filter is trained by stochastic gradients.",
    "An image classifier is trained by stochastic gradients.",
)
BATCHES = (4, 8, 16, 32, 64, 128, 256)


def generate(rng):
    story = CASES[rng.integers(len(CASES))]
    b1, b2 = (int(v) for v in rng.choice(BATCHES, size=2, replace=False))
    s = float(rng.choice((0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.4, 3.0)))
    answer = s * math.sqrt(b1 / b2)
    wrong = (
        (s * b1 / b2, "noise-falls-as-batch", "You used the ratio of the batch sizes. That is how the *variance* changes."),
        (s, "noise-unchanged", "The mean of more examples is steadier than the mean of few."),
        (s * math.sqrt(b2 / b1), "noise-grows-with-batch", "The wrong way round: the larger batch has the smaller noise."),
    )
    return {
        "params": {
            "story": story,
            "b1": b1,
            "b2": b2,
            "s": number(s),
            "ratio": number(b2 / b1),
            "shown": f"{answer:.3f}",
            "numbers": [b1, b2, s],
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": slug, "feedback": feedback}
            for value, slug, feedback in wrong
        ],
    }


def _spread(batch):
    """Standard deviation of the mean of ``batch`` fair draws of -1 or 1, by enumeration."""
    total = sum(math.comb(batch, ups) * (2 * ups - batch) ** 2 for ups in range(batch + 1))
    return math.sqrt(total / 2**batch) / batch


def check(params):
    """Second route: enumerate all batches of a two-valued gradient and compare their spreads."""
    b1, b2, s = params["numbers"]
    return s * _spread(b2) / _spread(b1)
