"""max over actions of reward plus discounted expected value, against maxima and means in the wrong place."""

STORIES = (
    ("A machine is worn.", "good", "worn", "repair", "run"),
    ("A shop's shelf is half full.", "full", "empty", "order", "wait"),
    ("A customer is undecided.", "stays", "leaves", "discount", "no offer"),
    ("A patient's fever is moderate.", "better", "worse", "treat", "observe"),
    ("A battery is half charged.", "charged", "low", "charge", "drive"),
)


def generate(rng):
    while True:
        story, s0, s1, a0, a1 = STORIES[rng.integers(len(STORIES))]
        v = [int(rng.integers(10, 31)), int(rng.integers(0, 10))]
        # The first action costs more and leads more often to the better state, so that neither is always right.
        r = sorted(int(x) for x in rng.integers(-6, 9, size=2))
        tenths = sorted((int(x) for x in rng.integers(1, 10, size=2)), reverse=True)
        gamma = float(rng.choice([0.5, 0.8, 0.9]))
        p = [t / 10 for t in tenths]
        future = [x * v[0] + (1 - x) * v[1] for x in p]
        worth = [r[i] + gamma * future[i] for i in range(2)]
        answer = max(worth)
        by_reward = r.index(max(r))
        wrong = {
            "mean-over-actions": sum(worth) / 2,
            "best-next-state-assumed": max(r) + gamma * max(v),
            "discount-factor-left-out": max(r[i] + future[i] for i in range(2)),
            "next-value-left-out": float(max(r)),
            "action-by-reward-alone": worth[by_reward],
        }
        wrong = {name: value for name, value in wrong.items() if abs(value - answer) > 0.05}
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.05 and r[0] < r[1] and len(wrong) >= 4:
            break
    feedback = {
        "mean-over-actions": "You averaged the two actions. The agent chooses; take the better one.",
        "best-next-state-assumed": "You let the agent choose the next state too. Chance decides that: take the expectation.",
        "discount-factor-left-out": "The value of the next state comes one step later: discount it.",
        "next-value-left-out": "That is the best reward now; the value of where it leads is missing.",
        "action-by-reward-alone": "You chose the action by its reward alone. Compare reward plus discounted value.",
    }
    return {
        "params": {
            "story": story, "s0": s0, "s1": s1, "a0": a0, "a1": a1, "gamma": gamma,
            "v0": v[0], "v1": v[1], "r0": r[0], "r1": r[1],
            "p0": f"{p[0]:.1f}", "p1": f"{p[1]:.1f}", "q0": f"{1 - p[0]:.1f}", "q1": f"{1 - p[1]:.1f}",
            "x0": f"{worth[0]:.3f}", "x1": f"{worth[1]:.3f}", "answer": f"{answer:.2f}", "tenths": tenths,
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
    """Second route: linear programming, the smallest value that is no less than what either action brings."""
    from scipy.optimize import linprog

    gamma, v = params["gamma"], (params["v0"], params["v1"])
    # v >= r + gamma * sum(p v') written as -v <= -(r + ...)
    bounds = [
        -(params[f"r{i}"] + gamma * (tenths * v[0] + (10 - tenths) * v[1]) / 10)
        for i, tenths in enumerate(params["tenths"])
    ]
    return float(linprog([1], A_ub=[[-1], [-1]], b_ub=bounds, bounds=[(None, None)]).x[0])
