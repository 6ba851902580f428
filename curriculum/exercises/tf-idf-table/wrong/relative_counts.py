# category: value
import numpy as np


def tf_idf(texts):
    vocabulary = sorted({token for text in texts for token in text})
    counts = np.array([[text.count(token) for token in vocabulary] for text in texts], float)
    counts = counts.reshape(len(texts), len(vocabulary))
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return vocabulary, share * np.log(len(texts) / (counts > 0).sum(axis=0))
