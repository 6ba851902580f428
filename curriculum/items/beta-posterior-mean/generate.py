"""Beta-binomial posterior mean, against one-sided and double counting."""

STORIES = (  # story, tries, success, largest believable rate (of the prior and of the data)
    ("A new offer goes online; earlier ones tell what to expect.", "visits", "led to a sale", 0.35),
    ("A new clinic opens; other clinics tell what to expect.", "operations", "had a complication", 0.35),
    ("A new supplier starts; earlier ones tell what to expect.", "parts", "were faulty", 0.3),
    ("A new spam filter starts; earlier ones tell what to expect.", "messages", "were wrongly stopped", 0.3),
    ("A new player joins; other players tell what to expect.", "shots", "hit", 0.7),
)


def generate(rng):
    story, things, did, most = STORIES[rng.integers(len(STORIES))]
    while True:
        a, b = int(rng.integers(2, 9)), int(rng.integers(4, 33))
        n = int(rng.choice([8, 10, 12, 15, 20, 25, 30, 40]))
        k = int(rng.integers(1, n))
        if max(a / (a + b), k / n) > most:
            continue
        answer = (a + k) / (a + b + n)
        wrong = {
            "observed-rate-for-posterior": k / n,
            "tries-added-as-failures": (a + k) / (a + b + k + n),
            "prior-and-data-averaged-equally": (a / (a + b) + k / n) / 2,
            "mode-for-posterior-mean": (a + k - 1) / (a + b + n - 2),
            "prior-kept-unchanged": a / (a + b),
        }
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.003:
            break
    feedback = {
        "observed-rate-for-posterior": "That is the observed rate alone; the prior has a say too.",
        "tries-added-as-failures": "You added all tries to the second number. Only the failures go there.",
        "prior-and-data-averaged-equally": "You weighed prior and data equally. Each counts by how many tries it stands for.",
        "mode-for-posterior-mean": "That is where the posterior peaks. The mean was asked for.",
        "prior-kept-unchanged": "That is the prior's mean; the data have not come in yet.",
    }
    return {
        "params": {
            "story": story, "things": things, "did": did, "a": a, "b": b, "k": k, "n": n, "failures": n - k,
            "first": a + k, "second": b + n - k, "answer": f"{answer:.4f}",
            "prior": f"{a / (a + b):.3f}", "rate": f"{k / n:.3f}",
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0006,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: integrate prior times likelihood numerically; nothing conjugate is used."""
    from scipy import integrate

    a, b, k, n = (params[name] for name in ("a", "b", "k", "n"))

    def weight(t):
        return t ** (a - 1) * (1 - t) ** (b - 1) * t**k * (1 - t) ** (n - k)

    peak = weight((a + k - 1) / (a + b + n - 2))
    total = integrate.quad(lambda t: weight(t) / peak, 0, 1, limit=200)[0]
    return integrate.quad(lambda t: t * weight(t) / peak, 0, 1, limit=200)[0] / total
