"""Faulty and clean programs, in two halves that share neither idiom nor layout.

The tuning half is laid out flat and inside ``main()``; the confirming half as a notebook and as a
package of two files.
"""

import json
import textwrap

from tests.audit.battery.confirming import CONFIRMING
from tests.audit.battery.pieces import HEAD, Program
from tests.audit.battery.tuning import TUNING


def flat(code):
    return {"train.py": HEAD + code}


def in_main(code):
    return {
        "src/train.py": HEAD
        + "\ndef main():\n"
        + textwrap.indent(code, "    ")
        + '\nif __name__ == "__main__":\n    main()\n'
    }


def notebook(code, counts=None):
    cells = [HEAD, *[part for part in code.strip().split("\n\n") if part.strip()]]
    counts = counts or list(range(1, len(cells) + 1))
    made = [{"cell_type": "markdown", "metadata": {}, "source": ["# Model"]}]
    made += [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": number,
            "source": cell.strip().splitlines(keepends=True),
        }
        for number, cell in zip(counts, cells, strict=True)
    ]
    return {"notebooks/model.ipynb": json.dumps({"cells": made, "nbformat": 4, "metadata": {}})}


def two_files(code):
    head, _, tail = code.strip().rpartition("\n\n")
    inner = textwrap.indent(head + "\n\n" + tail, "    ")
    return {
        "project/work.py": HEAD + "\n\ndef run():\n" + inner + "\n",
        "project/__main__.py": "from project.work import run\n\nrun()\n",
    }


ORDERED = """
table = pd.read_csv("bank.csv")

train, test = train_test_split(table, random_state=0)

clf = LogisticRegression().fit(train.drop(columns="yes"), train["yes"])

print(f1_score(test["yes"], clf.predict(test.drop(columns="yes"))))
"""
SWAPPED = """
table = pd.read_csv("bank.csv")

clf = LogisticRegression().fit(train.drop(columns="yes"), train["yes"])

train, test = train_test_split(table, random_state=0)

print(f1_score(test["yes"], clf.predict(test.drop(columns="yes"))))
"""


def cases(half):
    """Every program of one half."""
    pairs, layouts = (
        (TUNING, (flat, in_main)) if half == "tuning" else (CONFIRMING, (notebook, two_files))
    )
    found = []
    for name, kinds, faulty, clean in pairs:
        for layout in layouts:
            label = f"{half}-code-{name}-{layout.__name__}"
            found.append(Program(f"{label}-faulty", frozenset(kinds), layout(faulty)))
            found.append(Program(f"{label}-clean", frozenset(), layout(clean)))
    order = frozenset({"notebook-out-of-order"})
    if half == "tuning":
        found.append(
            Program(f"{half}-code-counts-faulty", order, notebook(ORDERED, [1, 4, 3, 2, 5]))
        )
        found.append(Program(f"{half}-code-counts-clean", frozenset(), notebook(ORDERED)))
    else:
        found.append(Program(f"{half}-code-names-faulty", order, notebook(SWAPPED)))
        found.append(Program(f"{half}-code-names-clean", frozenset(), notebook(ORDERED)))
    return found
