"""One of three scores, from counts hidden in a sentence."""

# sentence, size of the step of n, its smallest and largest multiple: fraud and cracks are rare, spam is not
STORIES = (
    ("Of {n} card payments {real} are fraud. A model stops {flagged} payments, and {tp} of those it stops are fraud.", 1000, 5, 30),
    ("Of {n} women screened {real} have a tumour. The test calls {flagged} back, and {tp} of those called back have a tumour.", 1000, 8, 20),
    ("Of {n} letters {real} are spam. The filter moves {flagged} letters away, and {tp} of those are spam.", 100, 3, 11),
    ("Of {n} bottles {real} are cracked. The camera rejects {flagged} bottles, and {tp} of the rejected ones are cracked.", 1000, 3, 20),
    ("Of {n} parcels {real} are late. The model had warned about {flagged} parcels, and {tp} of those are late indeed.", 100, 6, 20),
)


def generate(rng):
    asked = str(rng.choice(("precision", "recall", "F1 score")))
    story, step, least, most = STORIES[rng.integers(len(STORIES))]
    while True:
        tp, fp, fn = (int(v) for v in rng.integers(4, 80, 3))
        n = step * int(rng.integers(least, most))
        tn = n - tp - fp - fn
        precision, recall = tp / (tp + fp), tp / (tp + fn)
        f1 = 2 * tp / (2 * tp + fp + fn)
        accuracy = (tp + tn) / n
        if asked == "precision":
            answer, wrong = precision, {"recall-for-precision": recall, "accuracy-for-precision-recall": accuracy, "share-of-all-cases": tp / n}
            work = rf"Of the ${tp} + {fp} = {tp + fp}$ flagged, {tp} are real: ${tp}/{tp + fp} = {precision:.3f}$."
        elif asked == "recall":
            answer, wrong = recall, {"precision-for-recall": precision, "accuracy-for-precision-recall": accuracy, "share-of-all-cases": tp / n}
            work = rf"Of the ${tp} + {fn} = {tp + fn}$ real ones, {tp} are flagged: ${tp}/{tp + fn} = {recall:.3f}$."
        else:
            answer, wrong = f1, {"plain-mean-for-f1": (precision + recall) / 2, "accuracy-for-precision-recall": accuracy, "product-for-f1": precision * recall}
            work = rf"$F_1 = 2 \cdot {tp} / (2 \cdot {tp} + {fp} + {fn}) = {f1:.3f}$, the harmonic mean of precision ${precision:.3f}$ and recall ${recall:.3f}$."
        values = sorted([answer, *wrong.values()])
        if tn > 60 and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.004:
            break
    feedback = {
        "recall-for-precision": "You divided by all the real ones. Start the sentence with “of those that were flagged”.",
        "precision-for-recall": "You divided by all that were flagged. Start the sentence with “of those that are real”.",
        "accuracy-for-precision-recall": "That is accuracy: it counts the true negatives, which this score leaves out.",
        "share-of-all-cases": "You divided by all cases. The score looks at a part of them only.",
        "plain-mean-for-f1": "That is the plain mean of precision and recall. F1 is their harmonic mean, which stays near the smaller one.",
        "product-for-f1": "That is the product of precision and recall; a mean of the two lies between them.",
    }
    return {
        "params": {
            "story": story.format(n=f"{n:,}", real=tp + fn, flagged=tp + fp, tp=tp),
            "asked": asked, "work": work, "tp": tp, "fp": fp, "fn": fn, "tn": tn,
        },
        "answer": answer, "rtol": 0, "atol": 0.0011,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: write all cases out and ask scikit-learn."""
    import numpy as np
    from sklearn.metrics import f1_score, precision_score, recall_score

    counts = [params[name] for name in ("tp", "fp", "fn", "tn")]
    real, flagged = np.repeat([1, 0, 1, 0], counts), np.repeat([1, 1, 0, 0], counts)
    score = {"precision": precision_score, "recall": recall_score, "F1 score": f1_score}
    return score[params["asked"]](real, flagged)
