# category: value
import numpy as np


def tf_idf(texts):
    vocabulary = sorted({token for text in texts for token in text})
    counts = np.array([[text.count(token) for token in vocabulary] for text in texts], float)
    counts = counts.reshape(len(texts), len(vocabulary))
    weights = counts * np.log(len(texts) / counts.sum(axis=0))
    norm = np.linalg.norm(weights, axis=1, keepdims=True)
    return vocabulary, np.where(norm > 0, weights / np.where(norm > 0, norm, 1), 0.0)
