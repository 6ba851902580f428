"""Inputs only: the expected values come from reference.py, on the trusted side."""

from journeyman.core.exercise import Case

WORDS = "soup bread cold warm late refund thanks the was not very good bad shop letter".split()


def example():
    return [
        Case(([["soup", "cold"], ["soup", "warm", "warm"], ["bread"]],), label="three short texts"),
        Case(([["the", "soup"], ["the", "bread"], ["the"]],), label="a token that every text has", edge="zero row"),
        Case(([["late"], [], ["refund", "late"]],), label="an empty text", edge="empty"),
    ]


def hidden(rng):
    def text(length, words=WORDS):
        return [str(word) for word in rng.choice(words, length)]

    return [
        Case(([text(8) for _ in range(6)],), label="six letters"),
        Case(([text(int(n)) for n in rng.integers(1, 30, 12)],), label="texts of different length"),
        Case(([text(40, WORDS[:3]) for _ in range(4)] + [["refund"]],), label="tokens repeated many times"),
        Case(([text(5)] * 3,), label="the same text three times: every weight is zero", edge="zero row"),
        Case(([text(6)],), label="a single text: every weight is zero", edge="n=1"),
        Case(([],), label="no texts", edge="empty"),
        Case(([[], []],), label="only empty texts", edge="empty"),
        Case(([["b", "a", "c"], ["c", "b"], ["d"]],), label="tokens not in order of the alphabet"),
        Case(([["Zug", "apfel", "10"], ["apfel", "äpfel"], ["zug"]],), label="capitals, digits and umlauts are just other tokens", edge="unicode"),
        Case(([["a", "a", "a"], ["a", "b"], ["c"]],), label="three times in one text counts once in df"),
        Case(([["x"], ["y"], ["z"], ["x", "y", "z"]],), label="one text that holds everything"),
        Case(([["same", "same"], ["same"], ["other"]],), label="twice the count, same direction"),
    ]  # fmt: skip


def performance(rng, n):
    n = min(n, 4096)  # a longer list of lists would not pass the wire
    return Case(([[f"w{i}" for i in rng.integers(0, 200, 8)] for _ in range(n)],), label="many texts")
