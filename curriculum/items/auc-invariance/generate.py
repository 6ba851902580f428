"""A change of scores or of rows, and which of two ranking scores it moves."""

PLACES = ("A fraud model", "A screening test", "A spam filter", "A fault detector", "A churn model")
ANSWERS = {
    (False, False): "Neither of the two figures changes.",
    (False, True): "The AUC stays, average precision changes.",
    (True, False): "The AUC changes, average precision stays.",
    (True, True): "Both of the two figures change.",
}
# change, name of the operation, (AUC changes, average precision changes), reason
CHANGES = (
    ("all scores are divided by {k}", "divide", (False, False), "Dividing keeps the order of the scores, and both figures depend on the order alone."),
    ("each score is replaced by its logarithm", "log", (False, False), "The logarithm rises strictly, so the order stays, and both figures depend on the order alone."),
    ("each score is replaced by its rank", "rank", (False, False), "Ranks have the same order as the scores, and both figures depend on the order alone."),
    ("the threshold for an alarm is moved from 0.5 to 0.{k}", "threshold", (False, False), "Both figures run over all thresholds; the one in use plays no part in them."),
    ("every row of the test set is listed {k} times", "copy_all", (False, False), "All counts grow by the same factor, and rates and precisions are ratios of counts."),
    ("every negative is listed {k} times instead of once", "copy_negatives", (False, True), "Rates within one class stay, so the ROC curve stays. Precision mixes the classes: with more negatives at each threshold it falls."),
    ("every positive is listed {k} times instead of once", "copy_positives", (False, True), "Rates within one class stay, so the ROC curve stays. Precision mixes the classes: with more positives at each threshold it rises."),
    ("the negatives that score lower than every positive ({k} rows) are removed", "drop_low", (True, False), "Those negatives formed pairs in the right order, which are lost: the AUC falls. At every threshold that finds a positive they were below it, so precision there does not change."),
    ("the {k} negatives with the highest scores are removed", "drop_high", (True, True), "Pairs in the wrong order disappear, so the AUC rises; false alarms at high thresholds disappear, so precision rises too."),
    ("each score s is replaced by 1 − s", "reverse", (True, True), "The order is turned round: the AUC becomes 1 minus what it was, and the first alarms are now negatives."),
    ("all scores are rounded to one decimal, so that many positives and negatives become tied", "round", (True, True), "Ties replace an order: pairs count half now, and whole blocks enter at one threshold."),
)  # fmt: skip
WRONG = {
    (False, False): ("every-change-taken-as-harmless", "Ask of each figure whether the order within a pair, or the mix of the classes above a threshold, has changed."),
    (False, True): ("order-and-mix-confused", "This happens when the mix of the classes changes but not the order. Is it so here?"),
    (True, False): ("auc-tied-to-class-mix", "The AUC changes only if the share of correctly ordered pairs changes; average precision only if precision at some recall does."),
    (True, True): ("score-values-taken-for-order", "Neither figure looks at the scores' values or at the number of rows as such. What do they look at?"),
}
WRONG_IF_BOTH = ("every-change-taken-as-harmless", "Go through both figures: are all pairs still in the same order, and is precision the same at every recall?")


def generate(rng):
    change, operation, moved, reason = CHANGES[rng.integers(len(CHANGES))]
    distractors = []
    for choice, (slug, feedback) in WRONG.items():
        if choice != moved:
            slug, feedback = WRONG_IF_BOTH if moved == (True, True) else (slug, feedback)
            distractors.append({"value": ANSWERS[choice], "misconception": slug, "feedback": feedback})
    return {
        "params": {
            "place": PLACES[rng.integers(len(PLACES))],
            "positive": int(rng.integers(3, 9)) * 10,
            "negative": int(rng.integers(3, 9)) * 100,
            "auc": f"0.{rng.integers(72, 94)}",
            "change": change.format(k=int(rng.integers(2, 10)) if operation != "threshold" else int(rng.integers(6, 10))),
            "operation": operation,
            "reason": reason,
        },
        "answer": ANSWERS[moved],
        "distractors": distractors,
    }


def check(params):
    """Second route: carry the change out on simulated scores and compute both figures again."""
    import numpy as np
    from scipy.stats import rankdata
    from sklearn.metrics import average_precision_score, roc_auc_score

    rng = np.random.default_rng(5)
    y = np.r_[np.ones(30, int), np.zeros(200, int)]
    s = np.r_[rng.beta(4, 3, 30), rng.beta(2, 4, 200)]
    low = s >= s[y == 1].min()
    high = (y == 1) | (s < np.sort(s[y == 0])[-3])
    copies = np.where(y == 1, 3, 1)
    after = {
        "divide": (y, s / 3), "log": (y, np.log(s)), "rank": (y, rankdata(s)), "threshold": (y, s),
        "copy_all": (np.tile(y, 3), np.tile(s, 3)), "copy_negatives": (np.repeat(y, 4 - copies), np.repeat(s, 4 - copies)),
        "copy_positives": (np.repeat(y, copies), np.repeat(s, copies)), "drop_low": (y[low], s[low]),
        "drop_high": (y[high], s[high]), "reverse": (y, 1 - s), "round": (y, s.round(1)),
    }[params["operation"]]  # fmt: skip
    return ANSWERS[tuple(
        bool(abs(score(*after) - score(y, s)) > 1e-9) for score in (roc_auc_score, average_precision_score)
    )]  # fmt: skip
