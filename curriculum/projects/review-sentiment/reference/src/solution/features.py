"""Words and pairs of words, weighted by how rare they are; title and text apart."""

from sklearn.compose import make_column_transformer
from sklearn.feature_extraction.text import TfidfVectorizer


def features(table):
    """What the model reads: title and text. Neither age nor article nor place in the shop."""
    return table[["title", "review_text"]]


def words(sample=False):
    """One column a word or pair of words; “not” and “but” stay, since they turn a sentence."""
    rare = 2 if sample else 3
    text = TfidfVectorizer(ngram_range=(1, 2), min_df=rare, sublinear_tf=True)
    title = TfidfVectorizer(ngram_range=(1, 2), min_df=rare, sublinear_tf=True)
    return make_column_transformer((text, "review_text"), (title, "title"))
