"""Four thresholds with their counts of mistakes; the cheapest is neither the rarest-error nor an end."""

WHO = ("A bank stops card payments.", "A factory scraps castings.", "A grid operator inspects cables.", "An insurer checks claims.")


def generate(rng):
    while True:
        alarms = sorted((int(v) for v in rng.integers(5, 400, 4)), reverse=True)
        misses = sorted(int(v) for v in rng.integers(1, 60, 4))
        fp, fn = int(rng.integers(2, 9)), 10 * int(rng.integers(3, 20))
        cost = [fp * a + fn * m for a, m in zip(alarms, misses, strict=True)]
        errors = [a + m for a, m in zip(alarms, misses, strict=True)]
        best, fewest = cost.index(min(cost)), errors.index(min(errors))
        if len({0, 3, best, fewest}) == 4 and len(set(alarms)) == len(set(misses)) == 4 and sorted(cost)[1] - min(cost) > 30:
            break
        # The fewest mistakes are often at the high end; then the two middle rows serve as wrong answers.
        if fewest == 3 and best in {1, 2} and len(set(alarms)) == len(set(misses)) == 4 and sorted(cost)[1] - min(cost) > 30:
            break
    thresholds = sorted(int(v) for v in rng.choice(range(1, 20), 4, replace=False))
    names = [f"{t * 5 / 100:.2f}" for t in thresholds]
    distractors = []
    for i in range(4):
        if i == best:
            continue
        if i == fewest:
            slug, feedback = "mistakes-counted-alike", "There the number of mistakes is smallest, but the two kinds do not cost the same."
        elif i == 0:
            slug, feedback = "misses-avoided-at-any-price", "There misses are fewest, but the false alarms needed for that cost more than they save."
        elif i == 3:
            slug, feedback = "alarms-avoided-at-any-price", "There false alarms are fewest, but the misses accepted for that cost more."
        else:
            slug, feedback = "costs-not-added-up", "Multiply each count by its cost and add; another column comes out lower."
        distractors.append({"value": names[i], "misconception": slug, "feedback": feedback})
    params = {"who": WHO[rng.integers(len(WHO))], "fp": fp, "fn": fn, "right": names[best],
              "costs": ", ".join(f"{c:,}" for c in cost), "least": f"{min(cost):,}"}  # fmt: skip
    for i in range(4):
        params |= {f"t{i}": names[i], f"a{i}": alarms[i], f"m{i}": misses[i]}
    return {"params": params, "answer": names[best], "distractors": distractors}


def check(params):
    """Second route: walk from threshold to threshold; move on only if alarms saved outweigh misses added."""
    best, debt = 0, 0
    for i in range(1, 4):
        debt += params["fn"] * (params[f"m{i}"] - params[f"m{i - 1}"]) - params["fp"] * (params[f"a{i - 1}"] - params[f"a{i}"])
        if debt < 0:
            best, debt = i, 0
    return params[f"t{best}"]
