"""Inputs only: the expected values come from reference.py, on the trusted side."""

from journeyman.core.exercise import Case

WORDS = ("good", "bad", "late", "tea", "cup", "again", "price", "box")


def example():
    reviews = ["Good tea, good price!", "The tea came late.", "Late again (and cold)."]
    return [
        Case((reviews, 3), label="three reviews"),
        Case((reviews, 2, ["tea", "the"]), label="two words are skipped"),
        Case((["b a", "a c b"], 3), label="equal counts in alphabetical order", edge="ties"),
    ]


def hidden(rng):
    spoken = " ".join(WORDS[i] for i in rng.integers(0, len(WORDS), 60))
    halves = [spoken[:140], spoken[140:]]
    shuffled = " ".join(WORDS[i] for i in rng.permutation(len(WORDS)))
    return [
        Case(([spoken], 5), label="one long text"),
        Case((halves, 8), label="several texts"),
        Case(([shuffled], 4), label="all words equally frequent", edge="ties"),
        Case(([spoken], 100), label="fewer words than asked for"),
        Case(([spoken], 0), label="none asked for", edge="k=0"),
        Case(([], 3), label="no texts", edge="empty"),
        Case((["", "  \n\t "], 3), label="texts without words", edge="empty"),
        Case((["... ?! ()", "ok - ok"], 3), label="pieces of signs only", edge="empty"),
        Case((["Don't, don't! 'DON'T'"], 2), label="signs at the ends go, signs inside stay", edge="signs"),
        Case((["3.5 3.5; 3.50 (3.5)"], 3), label="numbers count as words", edge="signs"),
        Case((["tea\ncup\ttea  cup\nbox"], 2), label="line ends and tabs separate words"),
        Case(([spoken], 3, ["good", "bad", "late", "tea", "cup"]), label="a longer list to skip"),
        Case((["Ärger! ärger über Öl"], 3), label="letters with accents", edge="letters"),
        Case((["one"], 1), label="a single word", edge="n=1"),
    ]


def performance(rng, n):
    n = min(n, 65_536)  # a longer list would not pass the wire
    words = [f"w{i}" for i in rng.permutation(n)]
    texts = [" ".join(words[i : i + 32]) for i in range(0, n, 32)]
    return Case((texts, 5, words[::2]), label="many words, half of them skipped")
