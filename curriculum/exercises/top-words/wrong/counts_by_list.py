# category: growth
SIGNS = ".,;:!?\"'()"


def top_words(texts, k, skip=()):
    words = [piece.strip(SIGNS) for text in texts for piece in text.lower().split()]
    words = [word for word in words if word and word not in skip]
    pairs = [(word, words.count(word)) for word in set(words)]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:k]
