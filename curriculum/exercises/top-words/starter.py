def top_words(texts, k, skip=()):
    """The k most frequent words of texts as (word, count), without those in skip."""
