"""Of three figures from one project, only one used rows that decided nothing."""

# story; three figures as (name, rows were fitted on, rows were used for choosing); reason
CASES = (
    ("{n} settings of a model were fitted on training data, the one with the best validation accuracy was kept and then scored once on a test set.",
     (("accuracy on the training set", True, False), ("best accuracy on the validation set", False, True), ("accuracy on the test set", False, False)),
     "The winner was fitted on the training rows and chosen by the validation rows."),
    ("A team scored {n} versions of its model on its test set and kept the best one. A month later, new labelled cases came in.",
     (("accuracy on the training set", True, False), ("best accuracy on the test set", False, True), ("accuracy on the new month", False, False)),
     "The test set chose between versions, so it has become a validation set."),
    ("A network was stopped at the epoch, out of {n}, at which the accuracy on a held-out part was highest. Another part had been locked away.",
     (("training accuracy at that epoch", True, False), ("held-out accuracy at that epoch", False, True), ("accuracy on the locked part", False, False)),
     "The held-out part chose the epoch: stopping early is choosing."),
    ("With nested cross-validation, {n} candidates were tuned in an inner loop inside each outer training part.",
     (("mean accuracy on the training parts", True, False), ("mean of the best inner scores", False, True), ("mean accuracy on the outer folds", False, False)),
     "The inner folds chose the candidate; the outer folds were touched by nothing."),
    ("In a competition a team made {n} submissions and kept the one with the best public score. The private part was scored after the end.",
     (("score on its own training data", True, False), ("best score on the public part", False, True), ("score on the private part", False, False)),
     "The public part chose the submission."),
    ("The number of neighbours was chosen among {n} values by 10-fold cross-validation at hospital A. Hospital A's rows of last month had been set aside for the end.",
     (("accuracy on the rows fitted on", True, False), ("cross-validated accuracy of the winner", False, True), ("accuracy on the rows set aside", False, False)),
     "The folds chose the number of neighbours, so the winner's score is too good, and the more so the more values were tried."),
    ("A threshold was set so that the accuracy on the calibration rows was highest among {n} thresholds. The model had been fitted on other rows; a third part was kept.",
     (("accuracy on the model's own rows", True, False), ("accuracy on the calibration rows", False, True), ("accuracy on the third part", False, False)),
     "The calibration rows chose the threshold, and a threshold is a fitted number too."),
    ("{n} sets of features were tried; the one with the highest accuracy on the development rows was kept and fitted. A partner scored it on rows that the team never saw.",
     (("accuracy on the training rows", True, False), ("accuracy on the development rows", False, True), ("accuracy on the partner's rows", False, False)),
     "The development rows chose the features."),
)  # fmt: skip
FITTED = ("training-score-reported", "The model was fitted on these very rows; it may simply remember them.")
CHOSEN = ("winners-score-reported", "These rows picked the winner, and the winner of many is partly the luckiest.")
MEAN = ("dishonest-figures-averaged", "An average with a figure that is too good is too good as well.")


def generate(rng):
    story, figures, reason = CASES[rng.integers(len(CASES))]
    honest = int(rng.integers(700, 860))
    # Now and then the honest figure is not the lowest: luck works both ways on a single set.
    chosen = honest + int(rng.choice([-9, -5, 8, 13, 18, 24, 31, 38]))
    trained = max(chosen, honest) + int(rng.integers(20, 70))
    order = [int(i) for i in rng.permutation(3)]
    score = [(trained if fitted else chosen if choosing else honest) / 10 for _, fitted, choosing in figures]
    (right,) = [name for name, fitted, choosing in figures if not fitted and not choosing]
    params = {"story": story.format(n=int(rng.integers(20, 200))), "reason": reason, "right": f"the {right}",
              "figures": [list(figures[i]) for i in order]}  # fmt: skip
    for place, i in enumerate(order):
        params |= {f"l{place}": figures[i][0], f"s{place}": f"{score[i]:.1f}"}
    distractors = [
        {"value": f"The {name}", "misconception": (FITTED if fitted else CHOSEN)[0], "feedback": (FITTED if fitted else CHOSEN)[1]}
        for name, fitted, choosing in figures
        if fitted or choosing
    ]
    distractors.append({"value": "The average of the three figures", "misconception": MEAN[0], "feedback": MEAN[1]})
    return {"params": params, "answer": f"The {right}", "distractors": distractors}


def check(params):
    """Second route: simulate the optimism of each kind of figure and take the one that has none."""
    import numpy as np

    rng = np.random.default_rng(0)
    truth, rows, runs = 0.8, 200, 2000
    scores = rng.binomial(rows, truth, (runs, 20)) / rows  # 20 candidates, all equally good
    remembered = truth + (1 - truth) * rng.random(runs)  # a part of the fitted rows is known by heart
    optimism = {
        (True, False): remembered.mean() - truth,
        (False, True): scores.max(axis=1).mean() - truth,
        (False, False): scores[:, 0].mean() - truth,
    }
    (fair,) = [name for name, *used in params["figures"] if abs(optimism[tuple(used)]) < 0.005]
    return f"The {fair}"
