"""Threshold from the costs of a false alarm and of a miss."""

# story, range of the cost of a false alarm, range of the cost of a miss
STORIES = (
    ("A bank can hold a payment. Holding an honest one costs £{fp} in calls; letting a fraud pass costs £{fn}.", (4, 30), (30, 200)),
    ("A factory can scrap a bottle. Scrapping a good one costs {fp} pence; delivering a cracked one costs {fn} pence.", (8, 40), (60, 300)),
    ("A clinic can call a patient back. Calling a healthy one costs {fp} units of time; missing an ill one costs {fn} units.", (3, 20), (30, 120)),
    ("A railway can inspect a switch. Inspecting a sound one costs £{fp}00; missing a failing one costs £{fn}00.", (2, 10), (12, 60)),
    ("A mail filter can move a letter away. Losing a genuine one costs its reader {fp} minutes; a spam letter let through costs {fn} minutes.", (12, 60), (1, 9)),
    ("A shop can send a voucher to keep a customer. Sent to one who would have stayed, it costs £{fp}; not sent to one who leaves, it costs £{fn}.", (3, 15), (12, 70)),
)


def generate(rng):
    story, alarm, miss = STORIES[rng.integers(len(STORIES))]
    while True:
        fp, fn = int(rng.integers(*alarm)), int(rng.integers(*miss))
        answer = fp / (fp + fn)
        wrong = {"threshold-always-half": 0.5, "cost-fraction-turned-round": fn / (fp + fn),
                 "cost-ratio-as-threshold": fp / fn if fp < fn else fn / fp}  # fmt: skip
        values = sorted([answer, *wrong.values()])
        if 0.04 < answer < 0.96 and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.004:
            break
    feedback = {
        "threshold-always-half": "One half is right only if both mistakes cost the same.",
        "cost-fraction-turned-round": "You turned the fraction round: the dearer a miss, the lower the threshold must be.",
        "cost-ratio-as-threshold": "You divided one cost by the other. Set the two expected costs equal and solve for the probability.",
    }
    return {
        "params": {"story": story.format(fp=fp, fn=fn), "fp": fp, "fn": fn, "answer": round(answer, 4)},
        "answer": answer, "rtol": 0, "atol": 0.0011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: let a root finder look for the probability at which both acts cost the same."""
    from scipy.optimize import brentq

    return brentq(lambda p: (1 - p) * params["fp"] - p * params["fn"], 0, 1)
