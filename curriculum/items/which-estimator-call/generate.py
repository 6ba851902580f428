"""Situations in scikit-learn's way of working; the second route decides by recorded attributes."""

# Each: text, (learns from these rows, wants new columns, wants answers), call, reason. {x} is a table's name.
CASES = (
    ("`imputer = SimpleImputer(strategy=\"median\")` has just been made. It shall learn the medians of the training table `{x}`; filled columns are not needed yet.", (1, 0, 0), "fit", "It shall learn and return no columns: `fit`."),
    ("`scaler = StandardScaler()` has just been made. Learn means and spreads from the training table `{x}`; it will be applied later, table by table.", (1, 0, 0), "fit", "Only learning is wanted here: `fit`."),
    ("`encoder = OneHotEncoder()` has just been made. It shall learn the categories from the training rows `{x}` and be saved; nothing is encoded yet.", (1, 0, 0), "fit", "Only the categories are to be learnt: `fit`."),
    ("`scaler` was fitted on the training rows. The test rows `{x}` need the same scaling.", (0, 1, 0), "transform", "What was learnt is applied to other rows: `transform`."),
    ("`imputer` knows the training medians. Tonight's new rows `{x}` have gaps to fill.", (0, 1, 0), "transform", "The training medians are applied: `transform`."),
    ("`pca` was fitted in the morning. The new images `{x}` are wanted as component scores.", (0, 1, 0), "transform", "What was learnt is applied, and columns are wanted: `transform`."),
    ("`vectoriser` knows the words of the training texts. The validation texts `{x}` are to become count columns.", (0, 1, 0), "transform", "The training vocabulary is applied: `transform`."),
    ("`scaler` has just been made. The training table `{x}` is at hand, and its scaled columns are wanted at once.", (1, 1, 0), "fit_transform", "Learn from the training rows and get their columns in one call: `fit_transform`."),
    ("`pca` has just been made. Learn the two directions of largest spread of the training table `{x}` and return its scores along them.", (1, 1, 0), "fit_transform", "It learns from the training rows and returns columns for them: `fit_transform`."),
    ("`pipeline` (imputer, scaler, classifier) was fitted on the training rows. The new customers in `{x}` shall get a class each.", (0, 0, 1), "predict", "The pipeline transforms inside and answers: `predict`."),
    ("`forest` is a fitted random forest. A price is wanted for each flat in `{x}`.", (0, 0, 1), "predict", "One answer per row from a fitted model: `predict`."),
    ("`search` is a fitted grid search over a pipeline. Classes are wanted for the rows of `{x}`.", (0, 0, 1), "predict", "The search passes the rows on to its best pipeline: `predict`."),
)
NAMES = ("table", "rows", "x_part", "batch", "frame")
FEEDBACK = {
    "fit": ("fit-expected-to-return-columns", "`fit` learns from the rows it is given and returns the estimator. Ask whether anything shall be learnt from these rows, and whether columns or answers are wanted."),
    "transform": ("transform-before-fit", "`transform` applies what was learnt before and returns columns. Ask whether anything was learnt yet, and whether columns are wanted."),
    "fit_transform": ("refits-on-these-rows", "`fit_transform` learns anew from the rows it is given and returns columns. Ask whether it should learn from these rows, and whether columns are wanted."),
    "predict": ("predict-taken-for-transform", "`predict` gives one answer per row from a fitted model. Ask whether an answer is wanted here."),
}


def generate(rng):
    text, needs, answer, why = CASES[rng.integers(len(CASES))]
    name = NAMES[rng.integers(len(NAMES))]
    return {
        "params": {"case": text.format(x=name), "why": why, "name": name, "needs": list(needs)},
        "answer": f"`{answer}({name})`",
        "distractors": [
            {"value": f"`{verb}({name})`", "misconception": FEEDBACK[verb][0], "feedback": FEEDBACK[verb][1]}
            for verb in FEEDBACK
            if verb != answer
        ],
    }


def check(params):
    """Second route: a rule over what the situation needs."""
    learns, columns, answers = params["needs"]
    if answers:
        verb = "predict"
    elif learns:
        verb = "fit_transform" if columns else "fit"
    else:
        verb = "transform"
    return f"`{verb}({params['name']})`"
