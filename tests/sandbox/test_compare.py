"""What counts as right, and how a difference is told."""

from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from journeyman.sandbox import values as v
from journeyman.sandbox.compare import Tolerance, canonical, compare
from journeyman.sandbox.figures import safe_png
from journeyman.sandbox.wire import pack
from journeyman.sandbox.words import clean, number, show


def found(expected, got, tolerance: Tolerance | None = None):
    return compare(pack(expected).read(), pack(got).read(), tolerance or Tolerance())


RIGHT = [
    (1.0, 1),
    (1, 1.0),
    (2.5, np.float32(2.5)),
    (2.5, np.array(2.5)),
    (np.float64(2.5), 2.5),
    (np.array(2.5), 2.5),
    (True, np.True_),
    (3, np.uint8(3)),
    (0.1 + 0.2, 0.3),
    (float("nan"), np.float64("nan")),
    (float("inf"), float("inf")),
    (1 + 0j, 1),
    (2**80, 2**80),
    (None, None),
    ("a", "a"),
    (b"a", b"a"),
    ([1, 2], (1, 2)),
    ((1, [2, {"a": 3}]), (1, [2, {"a": 3.0}])),
    ({1: 2, "a": 3}, {"a": 3, 1: 2}),
    ({1, 2}, {2, 1}),
    (frozenset({4, 5}), {5, 4}),
    (np.arange(3), np.arange(3.0)),
    (np.arange(3.0), np.arange(3, dtype=np.uint8)),
    (np.array([np.nan, 1]), np.array([np.nan, 1])),
    (np.array(["a", "b"]), np.array(["a", "b"], object)),
    (np.array([], float), np.array([], int)),
    (np.array(["NaT", "2020"], "M8[D]"), np.array(["NaT", "2020"], "M8[D]")),
    (np.array([1e-12]), np.array([0.0])),
    (range(3), range(3)),
    ((n for n in "ab"), (n for n in "ab")),
    (pd.Series([1, None]), pd.Series([1.0, np.nan])),
    (pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [1.0, 2.0]})),
    (sp.csr_matrix(np.eye(2)), sp.coo_array(np.eye(2))),
]
WRONG = [
    (1.0, 1.1, "value"),
    (1.0, True, "type"),
    (True, 1, "type"),
    (1.0, None, "type"),
    (None, 0, "type"),
    (1.0, "1.0", "type"),
    (1.0, 1j, "type"),
    (1.0, float("nan"), "nan"),
    (float("nan"), 1.0, "value"),
    (float("inf"), 1e308, "value"),
    (float("inf"), float("-inf"), "value"),
    (2**80, 2**80 + 1, "value"),
    (np.array([10**7]), np.array([10**7 + 1]), "value"),
    ("a", "b", "value"),
    ("a", b"a", "type"),
    ([1, 2], [1, 2, 3], "shape"),
    ([1, 2], [1, 3], "value"),
    ([1, 2], np.array([1, 2]), "type"),
    (np.array([1, 2]), [1, 2], "type"),
    (np.arange(3), np.arange(4), "shape"),
    (np.float64(1), np.array([1.0]), "type"),
    (np.arange(3.0), np.arange(3) > 1, "dtype"),
    (np.arange(3.0), np.arange(3) + 0j, "dtype"),
    (np.arange(3.0), np.array([0, np.nan, 2]), "nan"),
    (np.array([0, np.inf]), np.array([0, 1e300]), "value"),
    (np.array([3], np.uint8), np.array([4], np.uint8), "value"),
    (np.array(["a"]), np.array(["b"]), "value"),
    ({"a": 1}, {"b": 1}, "shape"),
    ({"a": 1}, {"a": 2}, "value"),
    ({"a": 1}, [("a", 1)], "type"),
    ({1, 2}, {1, 3}, "value"),
    ({1, 2}, {1}, "shape"),
    ([1], (n for n in [1]), "type"),
    (pd.Series([1, 2]), pd.Series([1, 3]), "value"),
    (pd.Series([1, 2]), pd.Series([1, 2], index=[1, 2]), "value"),
    (pd.Series([1, 2], name="a"), pd.Series([1, 2], name="b"), "value"),
    (pd.Series([1, 2]), pd.DataFrame({"a": [1, 2]}), "type"),
    (pd.DataFrame({"a": [1], "b": [2]}), pd.DataFrame({"b": [2], "a": [1]}), "shape"),
    (pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]}), "value"),
    (sp.csr_matrix(np.eye(2)), sp.csr_matrix(np.ones((2, 2))), "value"),
    (sp.csr_matrix(np.eye(2)), np.eye(2), "type"),
]


@pytest.mark.parametrize(("expected", "got"), RIGHT, ids=lambda value: str(value)[:20])
def test_right(expected, got) -> None:
    assert found(expected, got) is None


@pytest.mark.parametrize(
    ("expected", "got", "category"), WRONG, ids=lambda value: str(value)[:20].replace("\n", " ")
)
def test_wrong(expected, got, category: str) -> None:
    difference = found(expected, got)
    assert difference is not None
    assert difference.category == category
    assert difference.message


@pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")
def test_tensors() -> None:
    import torch

    assert found(torch.ones(2), torch.ones(2)) is None
    assert found(torch.ones(2), np.ones(2)).category == "type"
    assert found(torch.ones(2), torch.ones(2, dtype=torch.long)).category == "dtype"


def test_messages_say_how_many_where_and_by_how_much() -> None:
    got = np.eye(3)
    got[0, 1], got[2, 0] = 0.5, 2.0
    assert found(np.eye(3), got).message == (
        "2 of 9 values differ, first at (0, 1): you have 0.5, expected 0.0; largest difference 2.0"
    )
    assert found(1.0, 1.0000001, Tolerance(0, 0)).message.endswith("1.0000001, expected 1.0")
    assert found({"a": [1, 2.0]}, {"a": [1, 3.0]}).message.startswith("at key 'a' at item 1 ")
    nan = found(np.zeros(4), np.array([0, np.nan, np.nan, 0]))
    assert nan.message == "2 of 4 values are NaN, the first at 1"


def test_tolerances() -> None:
    assert found(100.0, 101.0, Tolerance(0.01, 0)) is None
    assert found(100.0, 101.1, Tolerance(0.01, 0)) is not None
    assert found(0.0, 0.05, Tolerance(0, 0.1)) is None


def test_keys_of_equal_value_are_the_same() -> None:
    assert canonical(True) == canonical(1) == canonical(1.0)
    assert canonical((1, "a")) == canonical((1.0, "a"))
    assert canonical(0.5) != canonical(0)
    assert canonical(float("nan")) == "nan"


def test_tables_mark_what_differs() -> None:
    table = show(v.Array(np.array([[1.0, 20.0], [3.0, 4.0]])), np.array([[0, 1], [0, 0]], bool))
    assert table == "1.0  20.0*\n3.0    4.0"
    assert show(v.Array(np.zeros((20, 2)))).endswith("... 12 more rows")
    assert show(v.Array(np.arange(30))).endswith("... 10 more]")
    assert show(v.Array(np.zeros((0, 2)))) == "an empty array of shape (0, 2)"
    assert show(pack({"a": {1}, "b": (2,)}).read()) == "{'a': {1}, 'b': (2,)}"


def test_text_is_made_safe() -> None:
    assert clean("a\x1b[31m\ud800b\nc") == "a[31m?b\nc"
    assert len(clean("x" * 5000)) == 1200
    assert number(10**30) == "an int of 100 bits"


def test_only_plain_pictures_are_shown() -> None:
    import io

    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(2, 2))
    axes.plot([1, 2])
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=50)
    plt.close(figure)
    png = buffer.getvalue()
    assert safe_png(png)
    assert not safe_png(png[:-1])
    assert not safe_png(png + b"<script>")
    assert not safe_png(png.replace(b"IDAT", b"aBCD", 1))
    assert not safe_png(png[:16] + b"\x7f\xff\xff\xff" + png[20:])
    assert not safe_png(b"\x89PNG\r\n\x1a\n")
