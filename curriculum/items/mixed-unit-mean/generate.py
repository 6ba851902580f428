"""A column in two units; the second route adds up with exact fractions."""

from fractions import Fraction

# Each: text, unit wanted, other unit, factor (times the other unit gives the one wanted), low, high, as text.
CASES = (
    ("Clinic A sends body weights in kg, clinic B in pounds (1 pound = 0.4536 kg).", "kg", "pounds", "0.4536", 55, 100),
    ("Older rows give heights in cm, newer ones in inches (1 inch = 2.54 cm).", "cm", "inches", "2.54", 150, 195),
    ("One sensor reports run times in minutes, another in seconds.", "minutes", "seconds", "1/60", 5, 40),
    ("Some depots give distances in km, some in miles (1 mile = 1.609 km).", "km", "miles", "1.609", 20, 160),
    ("Half of the shops send amounts in euros, the others in cents.", "euros", "cents", "1/100", 5, 60),
    ("One tank is measured in litres, the other in gallons (1 gallon = 3.785 litres).", "litres", "gallons", "3.785", 20, 150),
)


def generate(rng):
    while True:
        text, unit, other, factor, low, high = CASES[rng.integers(len(CASES))]
        one = float(Fraction(factor))
        first = [int(v) for v in rng.integers(low, high, size=3)]
        second = [max(round(v / one), 1) for v in rng.integers(low, high, size=2).tolist()]
        right = [v * one for v in second]
        answer = (sum(first) + sum(right)) / 5
        wrong = {
            "units-mixed": (sum(first) + sum(second)) / 5,
            "unit-converted-the-wrong-way": (sum(first) + sum(v / one for v in second)) / 5,
            "other-unit-dropped": sum(first) / 3,
        }
        values = sorted((answer, *wrong.values()))
        if min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.5:
            break
    feedback = {
        "units-mixed": "You averaged numbers of two units. Bring all to one unit first.",
        "unit-converted-the-wrong-way": "You divided where you must multiply, or the other way round. Check with one value whether the size is plausible.",
        "other-unit-dropped": "You left out the values in the other unit. They can be converted, so keep them.",
    }
    shown = ", ".join(f"{v:.1f}" for v in right)
    return {
        "params": {
            "case": text,
            "values": f"The values: {', '.join(map(str, first))} {unit} and {', '.join(map(str, second))} {other}.",
            "unit_name": unit,
            "count": 5,
            "why": f"In {unit} the last two are {shown}.",
            "total": f"{answer * 5:.1f}",
            "answer": f"{answer:.1f}",
            "first": first,
            "second": second,
            "factor": factor,
        },
        "answer": answer,
        "rtol": 0,
        "atol": 0.101,
        "unit": unit,
        "distractors": [
            {"value": value, "misconception": name, "feedback": feedback[name]}
            for name, value in wrong.items()
        ],
    }


def check(params):
    """Second route: exact fractions, value by value."""
    total = sum(Fraction(v) for v in params["first"])
    for value in params["second"]:
        total += value * Fraction(params["factor"])
    return float(total / params["count"])
