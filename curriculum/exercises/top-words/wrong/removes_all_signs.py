# category: value
from collections import Counter

SIGNS = ".,;:!?\"'()"


def top_words(texts, k, skip=()):
    bare = str.maketrans("", "", SIGNS)
    words = [word for text in texts for word in text.lower().translate(bare).split()]
    counts = Counter(word for word in words if word not in set(skip))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
