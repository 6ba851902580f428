"""Tf-idf from counts, one of which is a decoy."""

import math

TEXTS = (("reviews", "refund"), ("letters", "permit"), ("recipes", "saffron"), ("reports", "leak"), ("adverts", "balcony"), ("songs", "river"))


def generate(rng):
    texts, word = TEXTS[rng.integers(len(TEXTS))]
    while True:
        n = 100 * int(rng.integers(2, 60))
        df = int(rng.integers(3, n // 5))
        tf = int(rng.integers(2, 9))
        total = df + int(rng.integers(tf, 2 * df + tf))
        answer = tf * math.log(n / df)
        wrong = {
            "occurrences-for-document-count": tf * math.log(n / total) if total < n else -1.0,
            "decimal-logarithm-for-natural": tf * math.log10(n / df),
            "term-count-left-out": math.log(n / df),
            "logarithm-left-out": tf * n / df,
        }
        values = sorted([answer, *wrong.values()])
        if total < n and min(b - a for a, b in zip(values, values[1:], strict=False)) > 0.05:
            break
    feedback = {
        "occurrences-for-document-count": "You divided by the number of occurrences. df counts the texts that hold the word, each once.",
        "decimal-logarithm-for-natural": "You took the logarithm to base 10; ln is the natural one.",
        "term-count-left-out": "That is the idf alone. How often does the word occur in this text?",
        "logarithm-left-out": "The logarithm is missing.",
    }
    return {
        "params": {"texts": texts, "word": word, "n": n, "df": df, "tf": tf, "total": total,
                   "idf": round(math.log(n / df), 4), "answer": round(answer, 3)},
        "answer": answer, "rtol": 0, "atol": 0.011 + 0.001 * tf,
        "distractors": [{"value": v, "misconception": k, "feedback": feedback[k]} for k, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: scikit-learn's transformer on such a table (its idf is one larger than ours)."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = np.zeros((params["n"], 1))
    counts[: params["df"]] = 1
    counts[0] = params["tf"]
    table = TfidfTransformer(norm=None, smooth_idf=False).fit_transform(counts).toarray()
    return float(table[0, 0]) - params["tf"]
