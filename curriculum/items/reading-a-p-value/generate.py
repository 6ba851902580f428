"""One right reading of a p-value among wrong ones drawn from a pool; each carries what it speaks about."""

STORIES = (
    ("A drug was compared with a placebo.", "the drug has no effect"),
    ("Two web pages were compared.", "both pages sell alike"),
    ("A new model was compared with the old one.", "both are equally accurate"),
    ("Boys' and girls' marks were compared.", "both have the same mean"),
    ("A fertiliser was tried on forty plots.", "the yield is unchanged"),
    ("Deliveries by two firms were compared.", "both are late equally often"),
    ("Sleep before and after a course was compared.", "sleep is unchanged"),
    ("Two checkout desks were compared.", "both have the same mean wait"),
)

# text, what is given, what the probability is of, misconception, feedback
READINGS = (
    ("If {null}, a result at least this extreme has probability {p}.", "null", "extreme data", None, None),
    ("Given a result at least this extreme, it has probability {p} that {null}.", "data", "null", "p-value-as-null-probability",
     "The p-value is computed as if the null hypothesis were true; it cannot be that hypothesis's own probability."),
    ("If {null}, exactly this result and no other has probability {p}.", "null", "these data", "p-value-as-exact-result",
     "It covers every result at least as extreme, not this one alone."),
    ("Given a result at least this extreme, a real effect has probability {q}.", "data", "effect", "p-value-complement-as-effect",
     "One minus p is not the probability of an effect; for that a prior would be needed."),
    ("If the study is repeated as it was, the result is significant with probability {q}.", "data", "replication",
     "p-value-as-replication", "How often a repetition succeeds is power, and depends on the true effect."),
    ("If it is now rejected that {null}, this is wrong with probability {p}.", "rejection", "error", "p-value-as-error-of-decision",
     "How often a rejection is wrong depends on how many of the tested hypotheses are true."),
)  # fmt: skip


def generate(rng):
    story, null = STORIES[rng.integers(len(STORIES))]
    thousandths = int(rng.choice([2, 3, 8, 11, 14, 21, 26, 33, 38, 42, 47, 63, 74, 120, 180, 240]))
    p, q = f"{thousandths / 1000:.3f}", f"{1 - thousandths / 1000:.3f}"
    chosen = [0, *sorted(int(i) for i in 1 + rng.choice(5, size=3, replace=False))]
    text = [READINGS[i][0].format(null=null, p=p, q=q) for i in chosen]
    return {
        "params": {
            "story": story, "null": null, "p": p,
            "readings": [[t, *READINGS[i][1:3]] for t, i in zip(text, chosen, strict=True)],
        },
        "answer": text[0],
        "distractors": [
            {"value": t, "misconception": READINGS[i][3], "feedback": READINGS[i][4]}
            for t, i in zip(text[1:], chosen[1:], strict=True)
        ],
    }  # fmt: skip


def check(params):
    """Second route: the definition, P(data at least this extreme | null), against each reading's attributes."""
    found = [text for text, given, of in params["readings"] if (given, of) == ("null", "extreme data")]
    return found[0] if len(found) == 1 else ""
