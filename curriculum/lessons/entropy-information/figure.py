"""Cross-entropy of a forecast q while the truth is 20 %."""

import numpy as np

TRUTH = 0.2


def draw(figure, ink):
    axes = figure.add_subplot()
    q = np.linspace(0.005, 0.97, 200)
    cross = -TRUTH * np.log2(q) - (1 - TRUTH) * np.log2(1 - q)
    entropy = -TRUTH * np.log2(TRUTH) - (1 - TRUTH) * np.log2(1 - TRUTH)
    axes.plot(q, cross, color=ink.two)
    axes.axhline(entropy, color=ink.one, ls="--", lw=1.4)
    axes.plot([TRUTH], [entropy], "o", color=ink.one, ms=6)
    axes.annotate("", (0.5, entropy), (0.5, 1.0), arrowprops={"arrowstyle": "<->", "color": ink.three, "lw": 1.4, "shrinkA": 0, "shrinkB": 0})
    axes.text(0.52, (1 + entropy) / 2 - 0.01, "KL divergence: 0.28 bits", color=ink.three, va="center")
    axes.text(0.97, entropy - 0.05, f"entropy of the truth: {entropy:.2f} bits", color=ink.one, ha="right", va="top")
    axes.text(0.69, 1.6, "cross-entropy", color=ink.two, ha="right")
    axes.set(xlabel="forecast probability of rain q (truth: 0.2)", ylabel="bits per day", xlim=(0, 1), ylim=(0, 2.6))
