"""The mean of regressions on words, on characters, and on the classes' probabilities."""

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline


def texts(table):
    """The title twice, because it sums up, then the text."""
    title = table["title"].fillna("")
    return title + " . " + title + " . " + table["review_text"].fillna("")


def fit_predict(train, test):
    """Three opinions of the expected number of stars, cut where the frequencies agree."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    plain = TfidfVectorizer(ngram_range=(1, 2), min_df=5, sublinear_tf=True)
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), min_df=20, max_features=60_000, sublinear_tf=True
    )
    known, asked, stars = texts(train), texts(test), train["rating"]
    guess = make_pipeline(words, Ridge(5.0)).fit(known, stars).predict(asked)
    guess = guess + make_pipeline(letters, Ridge(5.0)).fit(known, stars).predict(asked)
    classes = make_pipeline(plain, LogisticRegression(C=3.0, max_iter=200)).fit(known, stars)
    guess = guess + classes.predict_proba(asked) @ np.arange(1, 6)
    below = stars.value_counts(normalize=True).sort_index().cumsum().to_numpy()[:-1]
    made = 1 + np.searchsorted(np.quantile(guess, below), guess)
    return pd.DataFrame({"id": test["id"], "rating": made})
