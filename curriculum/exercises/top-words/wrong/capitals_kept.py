# category: value
from collections import Counter

SIGNS = ".,;:!?\"'()"


def top_words(texts, k, skip=()):
    words = [piece.strip(SIGNS) for text in texts for piece in text.split()]
    counts = Counter(word for word in words if word and word not in skip)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
