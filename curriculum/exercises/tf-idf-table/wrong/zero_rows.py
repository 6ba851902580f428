# category: nan
import numpy as np


def tf_idf(texts):
    vocabulary = sorted({token for text in texts for token in text})
    counts = np.array([[text.count(token) for token in vocabulary] for text in texts], float)
    counts = counts.reshape(len(texts), len(vocabulary))
    weights = counts * np.log(len(texts) / (counts > 0).sum(axis=0))
    with np.errstate(all="ignore"):
        return vocabulary, weights / np.linalg.norm(weights, axis=1, keepdims=True)
