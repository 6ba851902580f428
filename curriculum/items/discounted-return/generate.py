"""Return of a short reward sequence; the check goes backwards by Horner's rule."""

STORIES = (
    "A machine is run for a few days.",
    "A robot walks to its charging point.",
    "A program plays a short game.",
    "A shop keeps a customer for a few months.",
    "A treatment is followed for a few weeks.",
)


def generate(rng):
    while True:
        steps = int(rng.integers(3, 6))
        rewards = [int(r) for r in rng.integers(-5, 11, size=steps)]
        gamma = float(rng.choice([0.5, 0.6, 0.8, 0.9]))
        answer = sum(gamma**k * r for k, r in enumerate(rewards))
        wrong = {
            "rewards-not-discounted": float(sum(rewards)),
            "first-reward-discounted": gamma * answer,
            "last-reward-counted-most": sum(gamma ** (steps - 1 - k) * r for k, r in enumerate(rewards)),
            "discount-not-compounded": rewards[0] + gamma * sum(rewards[1:]),
        }
        values = [answer, *wrong.values()]
        if min(abs(a - b) for i, a in enumerate(values) for b in values[:i]) > 0.05:
            break
    feedback = {
        "rewards-not-discounted": "That is the plain sum. Later rewards count less.",
        "first-reward-discounted": "You discounted every reward once too often: the first one arrives at once.",
        "last-reward-counted-most": "You discounted from the wrong end: the first reward counts in full.",
        "discount-not-compounded": "You discounted all later rewards alike. Each further step multiplies by the discount again.",
    }
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))], "steps": steps,
            "rewards": ", ".join(str(r) for r in rewards), "gamma": gamma,
            "sum": " + ".join(
                (f"({r})" if r < 0 else f"{r}") if k == 0 else rf"{gamma}^{k} \times " + (f"({r})" if r < 0 else f"{r}")
                for k, r in enumerate(rewards)
            ),
            "answer": f"{answer:.3f}", "values": rewards,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.011,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: backwards, G = r + gamma G, as the Bellman equation has it."""
    total = 0.0
    for reward in reversed(params["values"]):
        total = reward + params["gamma"] * total
    return total
