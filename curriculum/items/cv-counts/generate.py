"""Counting fits and rows of a cross-validation."""


def generate(rng):
    k = int(rng.choice((4, 5, 8, 10)))
    n = 40 * int(rng.integers(5, 40))
    a, b = (int(v) for v in rng.choice((2, 3, 4, 5, 6, 7), 2, replace=False))
    kind = int(rng.integers(3))
    story = (
        f"A table of {n} {('patients', 'orders', 'flats', 'letters')[rng.integers(4)]} is cut into {k} folds of equal size for cross-validation."
    )
    if kind == 0:
        question = "From how many rows does **each** of the models learn?"
        answer = n - n // k
        work = f"One fold of ${n}/{k} = {n // k}$ rows is held out, the model learns from the other {k - 1}: ${n} - {n // k} = {answer}$ rows."
        wrong = {"held-out-fold-for-training-part": n // k, "all-rows-used-in-each-fit": n, "halves-for-folds": n // 2}
    elif kind == 1:
        story += f" A grid of {a} penalties times {b} kernels is searched with it; afterwards the best setting is fitted once more on all rows."
        question = "How many models are fitted in all?"
        answer = a * b * k + 1
        work = rf"There are ${a} \cdot {b} = {a * b}$ candidates, each fitted {k} times, and one fit at the end: ${a * b} \cdot {k} + 1 = {answer}$."
        wrong = {"folds-forgotten-in-count": a * b + 1, "final-fit-forgotten": a * b * k, "grid-added-not-multiplied": (a + b) * k + 1}
    else:
        story += f" This is repeated {a} times, each time with another shuffle."
        question = "How many times is each single row used for **scoring**?"
        answer = a
        work = f"In one cross-validation every row lies in exactly one held-out fold, so it is scored once; with {a} repetitions, {a} times."
        wrong = {"scored-in-every-fold": a * k, "scored-where-it-trained": a * (k - 1), "repeats-forgotten": 1}
    feedback = {
        "held-out-fold-for-training-part": "That is the size of the fold that is held out.",
        "all-rows-used-in-each-fit": "Then nothing would be left to score on. One fold is held out each time.",
        "halves-for-folds": "That is a split into two halves. How large is one fold?",
        "folds-forgotten-in-count": "Each candidate is fitted once for each fold.",
        "final-fit-forgotten": "The last fit, on all rows, is missing.",
        "grid-added-not-multiplied": "A grid combines every value of one setting with every value of the other.",
        "scored-in-every-fold": "In most of the fits the row belongs to the training part, where it is not scored.",
        "scored-where-it-trained": "You counted the fits in which the row is learnt from.",
        "repeats-forgotten": "That is right for one cross-validation; it is repeated here.",
    }
    return {
        "params": {"story": story, "question": question, "work": work, "kind": kind, "n": n, "k": k, "a": a, "b": b},
        "answer": answer, "rtol": 0, "atol": 0.4,
        "distractors": [{"value": v, "misconception": name, "feedback": feedback[name]} for name, v in wrong.items()],
    }  # fmt: skip


def check(params):
    """Second route: run the folds and count what happens."""
    import numpy as np
    from sklearn.model_selection import KFold, ParameterGrid, RepeatedKFold

    rows = np.zeros((params["n"], 1))
    folds = list(KFold(params["k"]).split(rows))
    if params["kind"] == 0:
        return len(folds[-1][0])
    if params["kind"] == 1:
        grid = ParameterGrid({"penalty": range(params["a"]), "kernel": range(params["b"])})
        return sum(1 for _ in grid for _ in folds) + 1
    repeated = RepeatedKFold(n_splits=params["k"], n_repeats=params["a"], random_state=0)
    return sum(int((held_out == 7).sum()) for _, held_out in repeated.split(rows))
