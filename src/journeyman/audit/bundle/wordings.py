"""Texts that stand on both sides of the split with a word or two changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from journeyman.audit.bundle.bundle import MOST_ROWS, Array, Tables

ALIKE = 0.75
"""Cosine of rarity-weighted pairs of words: one word changed in a sentence of ten leaves 0.8."""
FEWEST_WORDS = 6
_WORD = r"\w+"
_CHUNK = 500


def reworded(tables: Tables) -> tuple[Array, Array] | None:
    """Test rows of which every free text is nearly a training row's, and those rows' positions.

    Pairs of neighbouring words are weighted by how rare they are, so that a form's boilerplate or
    a shared topic counts for little and the same wording for much.
    """
    if tables.test is None:
        return None
    alike: Array | None = None
    for name in tables.texts:
        first = tables.train[name].iloc[:MOST_ROWS]
        second = tables.test[name].iloc[:MOST_ROWS]
        found = _cosines(first, second)
        if found is not None:
            alike = found if alike is None else np.minimum(alike, found)
    if alike is None:
        return None
    twins = alike.argmax(axis=1)
    rows = np.flatnonzero(alike[np.arange(len(alike)), twins] >= ALIKE)
    return rows, twins[rows]


def _cosines(train: pd.Series, test: pd.Series) -> Array | None:
    """Similarity of each test text to each training text; short texts are like nothing."""
    texts = [str(one) if isinstance(one, str) else "" for one in (*train, *test)]
    pairs = TfidfVectorizer(ngram_range=(2, 2), token_pattern=_WORD, sublinear_tf=True)
    try:
        weights = pairs.fit_transform(texts)
    except ValueError:  # no text has two words
        return None
    long = np.array([len(one.split()) >= FEWEST_WORDS for one in texts], dtype=np.float32)
    if long.mean() < 0.5:  # names and paths rather than texts
        return None
    known = weights[: len(train)].T.tocsc()
    found = np.zeros((len(test), len(train)), dtype=np.float32)
    for at in range(0, len(test), _CHUNK):
        part = weights[len(train) + at : len(train) + at + _CHUNK]
        found[at : at + _CHUNK] = (part @ known).toarray()
    return found * long[len(train) :, None]
