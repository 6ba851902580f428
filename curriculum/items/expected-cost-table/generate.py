"""Expectation of a three-valued quantity; candidates of the same form."""

from fractions import Fraction

STORIES = (
    ("A warranty case costs a shop one of three amounts.", "cost (€)", "cost", "€"),
    ("A patient stays in a day clinic for one of three times.", "stay (hours)", "stay", "hours"),
    ("A van is out of service for one of three times after a fault.", "time (days)", "time", "days"),
    ("An order holds one of three numbers of articles.", "articles", "number of articles", "articles"),
    ("A batch job needs one of three amounts of memory.", "memory (GB)", "memory", "GB"),
)


def generate(rng):
    while True:
        story, what, name, unit = STORIES[rng.integers(len(STORIES))]
        values = sorted(int(v) for v in rng.choice(range(1, 31), size=3, replace=False))
        tenths = [int(t) for t in rng.choice(range(1, 9), size=2)]
        tenths.append(10 - sum(tenths))
        if tenths[2] < 1 or len(set(tenths)) < 3:
            continue
        answer = sum(v * t for v, t in zip(values, tenths, strict=True)) / 10
        mode = float(values[tenths.index(max(tenths))])
        plain = sum(values) / 3
        median_value = float(values[1])
        shown = {f"{x:.1f}" for x in (answer, mode, plain, median_value)}
        if len(shown) == 4:
            break
    form = f"{{:.1f}} {unit}".format
    return {
        "params": {
            "story": story, "what": what, "name": name, "unit": unit,
            **{f"x{i}": v for i, v in enumerate(values)},
            **{f"p{i}": f"{t / 10:.1f}" for i, t in enumerate(tenths)},
            "terms": " + ".join(rf"{v} \times {t / 10:.1f}" for v, t in zip(values, tenths, strict=True)),
            "answer": f"{answer:.1f}", "table": [values, tenths],
        },
        "answer": form(answer),
        "distractors": [
            {
                "value": form(plain),
                "misconception": "outcomes-averaged-unweighted",
                "feedback": "That is the plain average of the values, as if all were equally probable.",
            },
            {
                "value": form(mode),
                "misconception": "mode-for-expectation",
                "feedback": "That is the most probable value. The others count too, each by its probability.",
            },
            {
                "value": form(median_value),
                "misconception": "middle-for-expectation",
                "feedback": "That is the value in the middle. Weight every value by its probability.",
            },
        ],
    }  # fmt: skip


def check(params):
    """Second route: add up the tail probabilities, E[X] = sum of P(X > k) over k = 0, 1, 2, ..."""
    values, tenths = params["table"]
    total = Fraction(0)
    for k in range(max(values)):
        total += sum((Fraction(t, 10) for v, t in zip(values, tenths, strict=True) if v > k), Fraction(0))
    return f"{float(total):.1f} {params['unit']}"
