"""One temporal-difference step, with and without a terminal next state."""

STORIES = (
    ("A robot crosses a warehouse.", "left", "right"),
    ("A program plays a board game.", "advance", "hold"),
    ("A controller heats a house.", "heat", "rest"),
    ("A drone looks for a landing place.", "climb", "sink"),
    ("A program orders stock for a shop.", "order", "skip"),
)


def generate(rng):
    story, *actions = STORIES[rng.integers(len(STORIES))]
    terminal = bool(rng.integers(4) == 0)
    while True:
        old, reward = int(rng.integers(-20, 41)) / 10, int(rng.integers(-5, 11))
        after = [int(x) / 10 for x in rng.integers(5, 71, size=2)]
        alpha, gamma = float(rng.choice([0.1, 0.2, 0.4, 0.5])), float(rng.choice([0.5, 0.8, 0.9]))
        best, other = max(after), min(after)
        move = lambda target: old + alpha * (target - old)  # noqa: B023, E731
        target = float(reward) if terminal else reward + gamma * best
        answer = move(target)
        wrong = {
            "q-step-size-left-out": target,
            "old-value-dropped": alpha * target,
            "update-without-error": old + alpha * target,
        }
        if terminal:
            wrong["bootstraps-past-the-end"] = move(reward + gamma * best)
        else:
            wrong["next-action-for-maximum"] = move(reward + gamma * other)
            wrong["discount-factor-left-out"] = move(reward + best)
            wrong["next-value-left-out"] = move(float(reward))
        values = [answer, *wrong.values()]
        if min(abs(x - y) for i, x in enumerate(values) for y in values[:i]) > 0.02:
            break
    feedback = {
        "q-step-size-left-out": "That is the target itself. Move only the share alpha of the way.",
        "old-value-dropped": "You weighed the target but dropped the old value, which keeps the weight one minus alpha.",
        "update-without-error": "Subtract the old value from the target before multiplying by alpha.",
        "bootstraps-past-the-end": "The episode has ended: nothing comes after, so no value of a next state is added.",
        "next-action-for-maximum": "You used the action taken next; that is SARSA. Q-learning takes the maximum.",
        "discount-factor-left-out": "The value of the next state comes one step later: discount it.",
        "next-value-left-out": "The value of the next state is missing from the target.",
    }
    table = ", ".join(f"$Q(s', \\text{{{name}}}) = {value}$" for name, value in zip(actions, after, strict=True))
    taken = actions[after.index(other)]
    arrives = (
        f"the episode ends in a terminal state $s'$, for whose actions the table happens to hold {table}."
        if terminal
        else f"arrives in $s'$, where {table}. Exploring, it will take {taken} next."
    )
    return {
        "params": {
            "story": story, "action": actions[rng.integers(2)], "old": old, "reward": reward, "arrives": arrives,
            "alpha": alpha, "gamma": gamma, "target": f"{target:.3f}", "answer": f"{answer:.4f}",
            "old_shown": f"({old})" if old < 0 else f"{old}",
            "target_why": "After a terminal state nothing follows." if terminal
            else "Q-learning takes the largest value of the next state, whatever is done there.",
            "target_how": f"{reward}" if terminal else rf"{reward} + {gamma} \times {best}",
            "after": after, "terminal": terminal,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.0011,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }  # fmt: skip


def check(params):
    """Second route: a gradient step on half the squared error, the slope taken by a central difference."""
    future = 0.0 if params["terminal"] else sorted(params["after"])[-1]
    target = params["reward"] + params["gamma"] * future
    loss = lambda q: (target - q) ** 2 / 2  # noqa: E731
    q = params["old"]
    return q - params["alpha"] * (loss(q + 0.5) - loss(q - 0.5))
