"""Which models a change of unit affects; the second route fits every one of them both ways."""

from functools import lru_cache

import numpy as np

CHANGES = (
    ("In a table of flats, the distance to the station changes from km to m.", 1000.0),
    ("In a table of patients, the height changes from m to cm.", 100.0),
    ("In a table of orders, the amount changes from euros to cents.", 100.0),
    ("In a table of machines, the run time changes from hours to minutes.", 60.0),
    ("In a table of parcels, the weight changes from kg to g.", 1000.0),
    ("In a table of employees, the salary changes from thousands a year to single euros a year.", 1000.0),
    ("In a table of pumps, the pressure changes from bar to millibar.", 1000.0),
    ("In a table of calls, the length changes from minutes to seconds.", 60.0),
    ("In a table of loans, the term changes from years to months.", 12.0),
    ("In a table of stays, the length changes from days to hours.", 24.0),
    ("In a table of solar panels, the yield changes from kWh to Wh.", 1000.0),
    ("In a table of fields, the area changes from hectares to square metres.", 10000.0),
    ("In a table of claims, the share of own fault changes from a fraction to percent.", 100.0),
)
CARES = {
    "knn": ("Nearest neighbours", "it measures distances across columns"),
    "ridge": ("Ridge regression", "its penalty treats all coefficients alike, and a smaller unit needs a smaller coefficient"),
    "svm": ("A support vector machine with the RBF kernel", "its kernel measures distances across columns"),
    "lasso": ("The lasso", "its penalty treats all coefficients alike, and a smaller unit needs a smaller coefficient"),
}
DOES_NOT = {
    "tree": ("A decision tree", "it compares one column with a threshold, and the threshold moves along"),
    "forest": ("A random forest", "its trees compare one column with a threshold, and the threshold moves along"),
    "ols": ("Ordinary least squares", "its coefficient adapts and no penalty holds it back"),
    "boosting": ("Gradient boosted trees", "its trees compare one column with a threshold, and the threshold moves along"),
}
SENSITIVE = ("scale-sensitivity-denied", "This model compares columns with each other, by a distance or a penalty. What happens when one of them becomes larger?")
INSENSITIVE = ("scale-sensitivity-assumed", "Ask what this model does with one column: does its size relative to other columns play any part?")


def generate(rng):
    text, factor = CHANGES[rng.integers(len(CHANGES))]
    change = bool(rng.integers(2))
    right_from, wrong_from = (CARES, DOES_NOT) if change else (DOES_NOT, CARES)
    right = list(right_from)[rng.integers(4)]
    wrong = [list(wrong_from)[i] for i in rng.choice(4, size=3, replace=False)]
    name, feedback = INSENSITIVE if change else SENSITIVE
    model, reason = right_from[right]
    verb = "change" if change else "stay as they are"
    return {
        "params": {
            "case": text,
            "factor": factor,
            "question": verb,
            "change": change,
            "options": [right, *wrong],
            "why": f"{model}: {reason}. So its predictions {verb}.",
        },
        "answer": model,
        "distractors": [
            {"value": wrong_from[key][0], "misconception": name, "feedback": feedback} for key in wrong
        ],
    }


@lru_cache
def affected(factor):
    """Keys of the models whose predictions differ when one column is multiplied by ``factor``."""
    from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
    from sklearn.linear_model import Lasso, LinearRegression, Ridge
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.svm import SVR
    from sklearn.tree import DecisionTreeRegressor

    models = {
        "knn": KNeighborsRegressor(3),
        "ridge": Ridge(10.0),
        "svm": SVR(gamma=0.5),
        "lasso": Lasso(0.3),
        "tree": DecisionTreeRegressor(max_depth=3, random_state=0),
        "forest": RandomForestRegressor(10, max_depth=3, random_state=0),
        "ols": LinearRegression(),
        "boosting": GradientBoostingRegressor(n_estimators=10, random_state=0),
    }
    rng = np.random.default_rng(0)
    x, new = rng.normal(size=(40, 3)), rng.normal(size=(20, 3))
    y = x @ np.array([1.0, -2.0, 0.5]) + rng.normal(0, 0.3, 40)
    unit = np.array([factor, 1.0, 1.0])
    return {
        key
        for key, model in models.items()
        if not np.allclose(model.fit(x, y).predict(new), model.fit(x * unit, y).predict(new * unit), atol=1e-6)
    }


def check(params):
    """Second route: fit each model in both units and compare its predictions."""
    changed = affected(params["factor"])
    (found,) = [key for key in params["options"] if (key in changed) == params["change"]]
    return {**CARES, **DOES_NOT}[found][0]
