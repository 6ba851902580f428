"""Bayes' theorem in whole numbers: true alarms out of all alarms."""

CASES = (
    ("payments", "fraudulent", "An alarm"),
    ("scans", "abnormal", "A model"),
    ("claims", "false", "A rule"),
    ("log-ins", "hostile", "A monitor"),
    ("reviews", "fake", "A classifier"),
    ("parts", "faulty", "A camera"),
)


def generate(rng):
    while True:
        cases, bad, detector = CASES[rng.integers(len(CASES))]
        total = int(rng.choice([1_000, 2_000, 5_000, 10_000]))
        real = total * int(rng.choice([1, 2, 3, 4, 5, 8, 10])) // 100
        hit, false = int(rng.choice([60, 70, 80, 90])), int(rng.choice([5, 10, 15, 20]))
        exact = real * hit % 100 == 0 and (total - real) * false % 100 == 0
        true_flags, false_flags = real * hit // 100, (total - real) * false // 100
        flags = true_flags + false_flags
        pairs = {(true_flags, flags), (true_flags, false_flags), (true_flags, real), (real, flags)}
        if exact and len(pairs) == 4 and real < flags and true_flags < false_flags:
            break
    text = "{} of {}".format
    return {
        "params": {
            "total": f"{total:,}", "cases": cases, "real": real, "bad": bad, "detector": detector,
            "hit": hit, "false": false, "others": f"{total - real:,}", "true_flags": true_flags,
            "false_flags": false_flags, "flags": flags, "share": f"{100 * true_flags / flags:.0f}",
            "numbers": [total, real],
        },
        "answer": text(true_flags, flags),
        "distractors": [
            {
                "value": text(true_flags, real),
                "misconception": "hit-rate-for-posterior",
                "feedback": "That is the share of the real ones that were flagged. The question is about the flagged ones.",
            },
            {
                "value": text(true_flags, false_flags),
                "misconception": "odds-for-probability",
                "feedback": "You compared true with false alarms. The flagged ones are both together.",
            },
            {
                "value": text(real, flags),
                "misconception": "detector-catches-all",
                "feedback": "Not all of the real ones are flagged: apply the detection rate to them first.",
            },
        ],
    }  # fmt: skip


def check(params):
    """Second route: go through every case one by one."""
    total, real = params["numbers"]
    flagged = [0, 0]
    for case in range(total):
        is_real = case < real
        # The first hit (or false) of each hundred are flagged; counts divide without remainder.
        position, size, rate = (
            (case, real, params["hit"]) if is_real else (case - real, total - real, params["false"])
        )
        if position * 100 < rate * size:
            flagged[is_real] += 1
    return f"{flagged[1]} of {sum(flagged)}"
