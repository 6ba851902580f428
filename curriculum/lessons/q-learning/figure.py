"""How value creeps back from the goal: the lesson's corridor, 40 seeded learners."""

import numpy as np

EPISODES, SEEDS = 25, 40


def learn(seed):
    """Value of stepping right in cells 0 to 3 after each episode, shape (EPISODES + 1, 4)."""
    rng, q = np.random.default_rng(seed), np.zeros((5, 2))
    history = [q[:4, 1].copy()]
    for _ in range(EPISODES):
        s = 0
        while s != 4:
            random = rng.random() < 0.3 or q[s, 0] == q[s, 1]
            a = int(rng.integers(2)) if random else int(q[s].argmax())
            after = max(s - 1, 0) if a == 0 else s + 1
            target = 1.0 if after == 4 else 0.9 * q[after].max()
            q[s, a] += 0.5 * (target - q[s, a])
            s = after
        history.append(q[:4, 1].copy())
    return history


def draw(figure, ink):
    axes = figure.add_subplot()
    values = np.array([learn(seed) for seed in range(SEEDS)])
    episode = np.arange(EPISODES + 1)
    colours = (ink.one, ink.two, ink.three, ink.four)
    for cell, colour in enumerate(colours):
        low, middle, high = np.quantile(values[:, :, cell], [0.25, 0.5, 0.75], axis=0)
        axes.fill_between(episode, low, high, color=colour, alpha=0.2, lw=0)
        axes.plot(episode, middle, color=colour)
        axes.text(EPISODES + 0.5, 0.9 ** (3 - cell), f"cell {cell}: {0.9 ** (3 - cell):.2f}", color=colour, va="center")
    axes.set(xlabel="episodes", ylabel="learnt value of stepping right", xlim=(0, EPISODES + 6), ylim=(0, 1.05))
    axes.set_xticks(range(0, EPISODES + 1, 5))
