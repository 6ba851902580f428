"""Which reviews Journeyman keeps back: those of about a fifth of the articles."""

import hashlib

AFTERWARDS = ("recommended_ind", "positive_feedback_count")
"""Not known when a prediction is needed: the rows kept back come without these columns."""


def held(tables):
    """A mask over the table ``reviews``, True for the rows of the final evaluation."""
    articles = tables["reviews"]["clothing_id"]
    share = {
        one: int(hashlib.sha256(f"article {one}".encode()).hexdigest()[:8], 16) / 16**8
        for one in articles.unique()
    }
    return (articles.map(share) < 0.2).to_numpy()
