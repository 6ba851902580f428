"""Chain rule on one variable: choose the derivative of an outer function of a x^2 + b."""

import math

CAUSES = (
    ("inner-derivative-missing", "The factor from the inside is missing: how fast does the inside change?"),
    ("derivative-put-inside", "You differentiated the inside in its place. The outer derivative is taken at the inside as it stands."),
    ("outer-rule-misremembered", "The factor from the inside is right. Check the derivative of the outer function."),
)


def generate(rng):
    a, b, n = int(rng.integers(2, 7)), int(rng.integers(1, 9)), int(rng.integers(3, 6))
    u, du = f"{a}x^2 + {b}", f"{2 * a}x"
    pu, pd = f"({a}*x**2 + {b})", f"({2 * a}*x)"
    # f, its Python, outer derivative, the answer, and what each of CAUSES leads to.
    families = (
        (f"e^{{{u}}}", f"exp{pu}", f"e^{{{u}}}",
         (f"{du}\\, e^{{{u}}}", f"{pd}*exp{pu}"),
         (f"e^{{{u}}}", f"exp{pu}"),
         (f"e^{{{du}}}", f"exp{pd}"),
         (f"{du}\\,({u})\\, e^{{{a}x^2 + {b - 1}}}" if b > 1 else f"{du}\\,({u})\\, e^{{{a}x^2}}", f"{pd}*{pu}*exp({pu} - 1)")),
        (f"\\ln({u})", f"log{pu}", f"\\dfrac{{1}}{{{u}}}",
         (f"\\dfrac{{{du}}}{{{u}}}", f"{pd}/{pu}"),
         (f"\\dfrac{{1}}{{{u}}}", f"1/{pu}"),
         (f"\\dfrac{{1}}{{{du}}}", f"1/{pd}"),
         (f"-\\dfrac{{{du}}}{{({u})^2}}", f"-{pd}/{pu}**2")),
        (f"({u})^{n}", f"{pu}**{n}", f"{n}({u})^{n - 1}",
         (f"{n}({u})^{n - 1} \\cdot {du}", f"{n}*{pu}**{n - 1}*{pd}"),
         (f"{n}({u})^{n - 1}", f"{n}*{pu}**{n - 1}"),
         (f"{n}({du})^{n - 1}", f"{n}*{pd}**{n - 1}"),
         (f"{n}({u})^{n} \\cdot {du}", f"{n}*{pu}**{n}*{pd}")),
        (f"\\sin({u})", f"sin{pu}", f"\\cos({u})",
         (f"{du} \\cos({u})", f"{pd}*cos{pu}"),
         (f"\\cos({u})", f"cos{pu}"),
         (f"\\cos({du})", f"cos{pd}"),
         (f"-{du} \\cos({u})", f"-{pd}*cos{pu}")),
        (f"\\sqrt{{{u}}}", f"sqrt{pu}", f"\\dfrac{{1}}{{2\\sqrt{{{u}}}}}",
         (f"\\dfrac{{{du}}}{{2\\sqrt{{{u}}}}}", f"{pd}/(2*sqrt{pu})"),
         (f"\\dfrac{{1}}{{2\\sqrt{{{u}}}}}", f"1/(2*sqrt{pu})"),
         (f"\\dfrac{{1}}{{2\\sqrt{{{du}}}}}", f"1/(2*sqrt{pd})"),
         (f"\\tfrac{{1}}{{2}} \\cdot {du}\\sqrt{{{u}}}", f"{pd}*sqrt{pu}/2")),
        (f"\\dfrac{{1}}{{{u}}}", f"1/{pu}", f"-\\dfrac{{1}}{{({u})^2}}",
         (f"-\\dfrac{{{du}}}{{({u})^2}}", f"-{pd}/{pu}**2"),
         (f"-\\dfrac{{1}}{{({u})^2}}", f"-1/{pu}**2"),
         (f"-\\dfrac{{1}}{{({du})^2}}", f"-1/{pd}**2"),
         (f"\\dfrac{{{du}}}{{({u})^2}}", f"{pd}/{pu}**2")),
    )  # fmt: skip
    f, code, outer, right, *wrong = families[rng.integers(len(families))]
    return {
        "params": {
            "f": f,
            "inner": u,
            "inside": du,
            "outer": outer,
            "answer": right[0],
            "code": code,
            "options": [list(option) for option in (right, *wrong)],
        },
        "answer": f"${right[0]}$",
        "distractors": [
            {"value": f"${tex}$", "misconception": slug, "feedback": feedback}
            for (tex, _), (slug, feedback) in zip(wrong, CAUSES, strict=True)
        ],
    }


def check(params):
    """Second route: the option that agrees with difference quotients at three places."""
    names = {name: getattr(math, name) for name in ("exp", "log", "sin", "cos", "sqrt")}
    value = lambda code, x: eval(code, names, {"x": x})  # noqa: E731, S307 - our own text
    h = 1e-6
    for tex, code in params["options"]:
        if all(
            math.isclose(
                value(code, x),
                (value(params["code"], x + h) - value(params["code"], x - h)) / (2 * h),
                rel_tol=1e-5,
            )
            for x in (0.31, 0.57, 0.83)
        ):
            return f"${tex}$"
    return None
