# category: value
from collections import Counter

SIGNS = ".,;:!?\"'()"


def top_words(texts, k, skip=()):
    words = [piece.strip(SIGNS) for text in texts for piece in text.lower().split()]
    skipped = set(skip)
    return Counter(word for word in words if word and word not in skipped).most_common(k)
