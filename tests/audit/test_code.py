"""Reading code: what the battery does not cover, and what must never happen."""

import json

import pytest

from journeyman.audit import review_code
from journeyman.audit.kinds import KINDS
from journeyman.curriculum import builtin
from journeyman.curriculum.loading import load


def kinds(code, name="a.py"):
    return [(one.kind, one.place.line) for one in review_code({name: code})]


def test_every_lesson_exists():
    from journeyman.audit.table.kinds import KINDS as TABLE_KINDS

    skills = load(builtin.path()).graph.skills
    for kind in (*KINDS.values(), *TABLE_KINDS.values()):
        assert kind.lesson in skills, kind.slug


def test_a_refit_on_all_rows_after_scoring_is_no_fault():
    assert (
        kinds("""
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("a.csv")
X, y = df.drop(columns="y"), df["y"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
scaler = StandardScaler().fit(X_train)
model = LogisticRegression().fit(scaler.transform(X_train), y_train)
print(f1_score(y_test, model.predict(scaler.transform(X_test))))
final = LogisticRegression().fit(StandardScaler().fit_transform(X), y)
""")
        == []
    )


def test_the_place_is_the_line_of_the_fit_and_not_of_the_split():
    found = kinds("""
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler
df = pd.read_csv("a.csv")
scaler = MinMaxScaler()
X = df.drop(columns="y")
scaler.fit(X)
X_train, X_test, y_train, y_test = train_test_split(X, df["y"], random_state=0)
X_train = scaler.transform(X_train)
X_test = scaler.transform(X_test)
from sklearn.svm import SVC
print(SVC().fit(X_train, y_train).score(X_test, y_test))
""")
    assert found == [("scaling-on-all-rows", 8)]


def test_a_fault_is_followed_through_files_on_disk():
    prepare = """
import pandas as pd
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("raw.csv")
df[["a", "b"]] = StandardScaler().fit_transform(df[["a", "b"]])
df.to_csv("out/clean.csv", index=False)
"""
    train = """
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("out/clean.csv")
parts = train_test_split(df.drop(columns="y"), df["y"], random_state=0)
"""
    found = review_code({"b_train.py": train, "z_prepare.py": prepare})
    assert [(one.kind, one.place.file) for one in found] == [
        ("scaling-on-all-rows", "z_prepare.py")
    ]


def test_a_tainted_column_that_is_dropped_is_forgiven():
    assert (
        kinds("""
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
df["z"] = (df["a"] - df["a"].mean()) / df["a"].std()
print(df["z"].max())
X = df.drop(columns=["y", "z"])
X_train, X_test, y_train, y_test = train_test_split(X, df["y"], random_state=0)
""")
        == []
    )


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x = = 3",
        "\0",
        "while True:\n    pass",
        "def f():\n    return f()\nf()",
        "(" * 300 + ")" * 300,
        "class A(A):\n    pass",
        "import numpy as np\nnp.foo(*a, **b)[1:2, ::3].x()",
        "from a import *",
        "lambda: (yield)",
        "x: int\ndel x[0]",
        "match x:\n    case [a, *b]:\n        pass",
        "for a, *b in c: pass",
        "try:\n    1\nexcept* ValueError:\n    2",
        "f(**{})",
        "a = b = c.d[e].f = 3",
    ],
)
def test_no_code_stops_the_review(code):
    assert all(one.severity in {"note", "fault", "warning"} for one in review_code({"a.py": code}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"cells": 3}',
        '{"cells": [3, {}]}',
        "null",
        '{"cells": [{"cell_type": "code", "source": "x ="}]}',
    ],
)
def test_no_notebook_stops_the_review(text):
    assert all(one.severity == "note" for one in review_code({"a.ipynb": text}))


def test_magics_and_shell_lines_are_passed_over():
    cells = [
        "%matplotlib inline\n!pip install x\nfiles = !ls\n",
        "%%bash\nrm -rf nothing",
        "print(files)",
    ]
    text = json.dumps(
        {
            "cells": [
                {"cell_type": "code", "source": cell, "execution_count": at + 1, "outputs": []}
                for at, cell in enumerate(cells)
            ]
        }
    )
    assert review_code({"a.ipynb": text}) == []


def test_endless_code_is_given_up_quickly():
    lines = "\n".join(f"x{i} = [y for y in range(10) for z in range(10)]" for i in range(3000))
    nested = (
        "def f0(a):\n    return a\n"
        + "\n".join(f"def f{i}(a):\n    return f{i - 1}(a) + f{i - 1}(a)" for i in range(1, 40))
        + "\nf39(1)\n"
    )
    assert isinstance(review_code({"a.py": lines, "b.py": nested}), list)


def test_json_of_a_finding_is_plain():
    found = review_code({"a.py": "import numpy as np\nx = np.random.rand(3)\n"})
    data = json.loads(json.dumps([one.to_json() for one in found]))
    assert data[0]["kind"] == "not-reproducible"
    assert data[0]["place"]["text"] == "a.py:2"
