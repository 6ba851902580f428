# category: growth
import numpy as np


def auc(label, score):
    positive, score = np.asarray(label) == 1, np.asarray(score, float)
    high, low = score[positive].tolist(), score[~positive].tolist()
    if not high or not low:
        return float("nan")
    return sum((p > q) + (p == q) / 2 for p in high for q in low) / (len(high) * len(low))
