"""Choose the expression that survives floating point, among plausible ones."""

import numpy as np

NAIVE = ("formula-as-on-paper", "Right on paper. Now follow the sizes of the intermediate results in floats.")
EPSILON = ("epsilon-hides-trouble", "The tiny number hides the symptom; the lost digits do not come back, and the result is shifted.")
SAME = ("same-trouble-rewritten", "An equivalent formula with the same weak spot: look for the step that overflows or cancels.")
SCALED = ("scaled-not-shifted", "Dividing the exponents is not undone by the rest of the formula. Shift them instead.")

# Story, set-up lines, target, what mpmath computes, right, three wrong with causes, explanation.
# A is a mantissa, E an exponent, C a count: drawn at random.
CASES = (
    ("An interest of tiny rate $x$ is turned into a logarithm.", "x = Ae-E", r"$\ln(1 + x)$", "mp.log(1 + x)",
     "np.log1p(x)",
     (("np.log(1 + x)", NAIVE), ("np.log(1 + x + 1e-12)", EPSILON), ("2 * np.log(np.sqrt(1 + x))", SAME)),
     "`1 + x` is rounded to 16 digits and keeps only one or two of `x`. `log1p` never forms the sum."),
    ("A growth over a very short time is wanted.", "x = Ae-E", "$e^x - 1$", "mp.expm1(x)",
     "np.expm1(x)",
     (("np.exp(x) - 1", NAIVE), ("np.exp(x + 1e-12) - 1", EPSILON), ("(np.exp(2 * x) - 1) / (np.exp(x) + 1)", SAME)),
     "`exp(x)` is rounded near 1, and subtracting 1 leaves only the rounding. `expm1` computes the difference directly."),
    ("A classifier's log-normaliser is wanted.", "z = np.array([C.0, C.0 - 1, C.0 - 3])\nm = z.max()", r"$\ln \sum_i e^{z_i}$",
     "mp.log(sum(mp.exp(v) for v in z))",
     "m + np.log(np.sum(np.exp(z - m)))",
     (("np.log(np.sum(np.exp(z)))", NAIVE), ("np.log(np.sum(np.exp(z)) + 1e-10)", EPSILON), ("m * np.log(np.sum(np.exp(z / m)))", SCALED)),
     "Shifted by the maximum, the largest exponential is 1: nothing overflows, and adding `m` outside undoes the shift exactly."),
    ("The first class's softmax probability is wanted.", "z = np.array([C.0, C.0 + 1, C.0 - 2])\nm = z.max()", r"$e^{z_0} / \sum_i e^{z_i}$",
     "mp.exp(z[0]) / sum(mp.exp(v) for v in z)",
     "np.exp(z[0] - m) / np.sum(np.exp(z - m))",
     (("np.exp(z[0]) / np.sum(np.exp(z))", NAIVE), ("np.exp(z[0]) / (np.sum(np.exp(z)) + 1e-10)", EPSILON), ("np.exp(z[0] / m) / np.sum(np.exp(z / m))", SCALED)),
     "A common shift cancels in the quotient, so subtracting the maximum changes nothing on paper and prevents overflow in floats."),
    ("Two large, close roots are compared.", "x = Ae17", r"$\sqrt{x + 1} - \sqrt{x}$", "mp.sqrt(x + 1) - mp.sqrt(x)",
     "1 / (np.sqrt(x + 1) + np.sqrt(x))",
     (("np.sqrt(x + 1) - np.sqrt(x)", NAIVE), ("np.sqrt(x + 1) - np.sqrt(x) + 1e-10", EPSILON), ("(np.sqrt(x * x + x) - x) / np.sqrt(x)", SAME)),
     "At this size `x + 1` rounds to `x`, so the difference of the roots is 0. Multiplying by their sum turns the difference into an exact 1."),
    ("Time stamps (in seconds) differ by little.", "x = Ae9 + np.array([0.0, 1.0, 2.0, 5.0])", "their variance",
     "sum((v - sum(x) / 4) ** 2 for v in x) / 4",
     "np.mean((x - np.mean(x)) ** 2)",
     (("np.mean(x**2) - np.mean(x) ** 2", NAIVE), ("np.mean(x**2) - np.mean(x) ** 2 + 1e-10", EPSILON), ("(np.sum(x**2) - 4 * np.mean(x) ** 2) / 4", SAME)),
     "The squares are near $10^{18}$ and more, where floats are over 100 apart; subtracting them loses the variance. Centre first."),
    ("A tiny angle $x$ (in radians) is used.", "x = Ae-E", r"$1 - \cos x$", "2 * mp.sin(x / 2) ** 2",
     "2 * np.sin(x / 2) ** 2",
     (("1 - np.cos(x)", NAIVE), ("1 - np.cos(x + 1e-10)", EPSILON), ("1 - np.sqrt(1 - np.sin(x) ** 2)", SAME)),
     "The cosine of a tiny angle rounds to 1. The half-angle form has no subtraction of near-equal numbers."),
    ("A log-likelihood of many independent events is wanted.", "n = C\np = 0.0A", r"$\ln p^n$", "n * mp.log(p)",
     "n * np.log(p)",
     (("np.log(p**n)", NAIVE), ("np.log(p**n + 1e-300)", EPSILON), ("np.log(np.prod(np.full(n, p)))", SAME)),
     "The product underflows to 0 long before its logarithm is taken. The sum of logarithms stays of moderate size."),
    ("A very unlikely event's log-probability is wanted.", "z = -C.0", r"$\ln \dfrac{1}{1 + e^{-z}}$", "-mp.log(1 + mp.exp(-z))",
     "-np.logaddexp(0, -z)",
     (("np.log(1 / (1 + np.exp(-z)))", NAIVE), ("np.log(1 / (1 + np.exp(-z)) + 1e-10)", EPSILON), ("-np.log(1 + np.exp(-z))", SAME)),
     "`exp(-z)` overflows. `logaddexp` takes the larger exponent out of the sum of exponentials first."),
    ("The length of a vector with huge entries is wanted.", "a = Ae200\nb = 4e200", r"$\sqrt{a^2 + b^2}$", "mp.sqrt(mp.mpf(a) ** 2 + mp.mpf(b) ** 2)",
     "np.hypot(a, b)",
     (("np.sqrt(a**2 + b**2)", NAIVE), ("np.sqrt(a**2 + b**2 + 1e-10)", EPSILON), ("(a * a + b * b) ** 0.5", SAME)),
     "The squares exceed the largest float. `hypot` divides by the larger entry before squaring."),
)  # fmt: skip


def generate(rng):
    story, setup, target, exact, right, wrong, why = CASES[rng.integers(len(CASES))]
    setup = (
        setup.replace("A", str(int(rng.integers(2, 10))))
        .replace("e-E", f"e-{int(rng.integers(14, 17))}")
        .replace("C", str(int(rng.integers(800, 3000))))
    )
    return {
        "params": {
            "story": story,
            "setup": setup,
            "target": target,
            "why": f"Right is `{right}`. {why}",
            "exact": exact,
            "options": [right, *(code for code, _ in wrong)],
        },
        "answer": f"`{right}`",
        "distractors": [
            {"value": f"`{code}`", "misconception": slug, "feedback": feedback}
            for code, (slug, feedback) in wrong
        ],
    }


def check(params):
    """Second route: run every option and compare with 60-digit arithmetic."""
    from mpmath import mp  # noqa: PLC0415 - comes with sympy, needed here only

    names = {"np": np}
    exec(params["setup"], names)  # noqa: S102 - our own text
    exact = {
        name: [mp.mpf(float(v)) for v in value] if isinstance(value, np.ndarray) else mp.mpf(value)
        for name, value in names.items()
        if isinstance(value, (int, float, np.floating, np.ndarray))
    }
    with mp.workdps(60), np.errstate(all="ignore"):
        true = eval(params["exact"], {"mp": mp, "sum": sum, **exact})  # noqa: S307 - our own text
        fits = []
        for option in params["options"]:
            try:
                got = float(eval(option, dict(names)))  # noqa: S307 - our own text
            except OverflowError:
                continue
            if np.isfinite(got) and abs(got - true) <= abs(true) * mp.mpf("5e-7"):
                fits.append(option)
    return f"`{fits[0]}`" if len(fits) == 1 else None
