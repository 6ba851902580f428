"""Benjamini-Hochberg on a short list, chosen so that every wrong procedure gives another count."""

import numpy as np

STORIES = (
    "A screen looked for genes that differ between two groups.",
    "A shop compared two page designs on several metrics.",
    "A team tested which features go with customers leaving.",
    "A hospital compared two wards on several outcomes.",
    "A factory tested which settings change the waste.",
)


def generate(rng):
    while True:
        m = int(rng.choice([6, 8, 10]))
        q = float(rng.choice([0.05, 0.10]))
        # Two strong results, some near the lines, the rest anywhere: ordinary screens look like this.
        near = q * (np.arange(3, m + 1) / m) * rng.uniform(0.6, 1.6, size=m - 2)
        p = np.sort(np.round(np.concatenate([rng.uniform(0.0005, q / m * 1.5, 2), near]), 4))
        lines = q * np.arange(1, m + 1) / m
        under = p <= lines
        answer = int(np.flatnonzero(under).max() + 1) if under.any() else 0
        wrong = {
            "no-correction-for-many-tests": int((p <= q).sum()),
            "bonferroni-for-false-discovery": int((p <= q / m).sum()),
            "stops-at-first-miss": int(np.argmin(under)) if not under.all() else m,
            "counts-only-those-under-their-line": int(under.sum()),
        }
        names = [name for name, value in wrong.items() if value != answer]
        distinct = len({wrong[name] for name in names}) == len(names)
        clear = np.abs(p - lines).min() > 2e-4 and len(set(p.tolist())) == m and p.max() < 1
        if len(names) >= 3 and distinct and clear and "stops-at-first-miss" in names and answer > 1:
            break
    feedback = {
        "no-correction-for-many-tests": "You compared each p-value with q itself, as if it were the only test.",
        "bonferroni-for-false-discovery": "Dividing q by the number of tests for all of them is Bonferroni, which is stricter.",
        "stops-at-first-miss": "Do not stop at the first one above its line: look for the last one below its line.",
        "counts-only-those-under-their-line": "All p-values up to the last one under its line are rejected, also those above theirs.",
    }
    return {
        "params": {
            "story": STORIES[rng.integers(len(STORIES))], "m": m, "q": f"{q:.2f}",
            "shown": ", ".join(f"{x:.4f}" for x in p), "lines": ", ".join(f"{x:.4f}" for x in lines),
            "answer": answer, "p_values": p.tolist(),
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.1,
        "distractors": [
            {"value": wrong[name], "misconception": name, "feedback": feedback[name]} for name in names
        ],
    }  # fmt: skip


def check(params):
    """Second route: SciPy's adjusted p-values, counted against q."""
    from scipy import stats

    adjusted = stats.false_discovery_control(params["p_values"], method="bh")
    return int((adjusted <= float(params["q"])).sum())
