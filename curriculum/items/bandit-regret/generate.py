"""Regret as plays times gaps, against rewards, misses and unweighted gaps."""

STORIES = (
    ("A page tried three headlines.", "clicks"),
    ("A clinic tried three reminder texts.", "kept appointments"),
    ("A shop tried three offers.", "sales"),
    ("A charity tried three letters.", "donations"),
    ("A site tried three photographs.", "clicks"),
)


def generate(rng):
    while True:
        story, unit = STORIES[rng.integers(len(STORIES))]
        percent = [int(p) * 5 for p in rng.choice(range(1, 15), size=3, replace=False)]
        played = [int(n) * 20 for n in rng.integers(1, 26, size=3)]
        top, total = max(percent), sum(played)
        gaps = [top - p for p in percent]
        answer = sum(n * g for n, g in zip(played, gaps, strict=True)) / 100
        wrong = {
            "reward-for-regret": sum(n * p for n, p in zip(played, percent, strict=True)) / 100,
            "misses-counted-as-regret": sum(n * (100 - p) for n, p in zip(played, percent, strict=True)) / 100,
            "gaps-averaged-equally": total * sum(gaps) / 300,
            "best-possible-for-regret": total * top / 100,
        }
        values = [answer, *wrong.values()]
        if min(abs(a - b) for i, a in enumerate(values) for b in values[:i]) > 0.5:
            break
    feedback = {
        "reward-for-regret": "That is the expected reward. Regret is what it falls short of always playing the best.",
        "misses-counted-as-regret": "Even the best arm misses sometimes. Only the gap to the best arm is regret.",
        "gaps-averaged-equally": "You averaged the gaps as if all were played equally often. Weigh each by its plays.",
        "best-possible-for-regret": "That is what always playing the best would bring. Take off what this run brings.",
    }
    return {
        "params": {
            "story": story, "unit": unit, "top": f"{top / 100:.2f}",
            **{f"m{i}": f"{p / 100:.2f}" for i, p in enumerate(percent)}, **{f"n{i}": n for i, n in enumerate(played)},
            "sum": " + ".join(rf"{n} \times {g / 100:.2f}" for n, g in zip(played, gaps, strict=True) if g),
            "answer": f"{answer:g}", "percent": percent, "played": played,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.06,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: what always playing the best would bring, minus what this run brings."""
    percent, played = params["percent"], params["played"]
    brought = sum(n * p for n, p in zip(played, percent, strict=True))
    return (sum(played) * max(percent) - brought) / 100
