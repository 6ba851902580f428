import numpy as np


def tf_idf(texts):
    """Sorted vocabulary and the table of tf-idf weights, rows scaled to length 1 (or left zero)."""
