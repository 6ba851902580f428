SIGNS = ".,;:!?\"'()"


def top_words(texts, k, skip=()):
    skipped = {*skip, ""}
    counts = {}
    for text in texts:
        for piece in text.lower().split():
            word = piece.strip(SIGNS)
            if word not in skipped:
                counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
