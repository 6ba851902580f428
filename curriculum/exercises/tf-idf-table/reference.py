from collections import Counter

import numpy as np


def tf_idf(texts):
    vocabulary = sorted({token for text in texts for token in text})
    column = {token: place for place, token in enumerate(vocabulary)}
    counts = np.zeros((len(texts), len(vocabulary)))
    for row, text in zip(counts, texts):
        for token, count in Counter(text).items():
            row[column[token]] = count
    weights = counts * np.log(len(texts) / np.count_nonzero(counts, axis=0))
    length = np.linalg.norm(weights, axis=1, keepdims=True)
    return vocabulary, np.divide(weights, length, out=weights, where=length > 0)
