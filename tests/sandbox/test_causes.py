"""Each likely cause is found on an example of its mistake, and on nothing that it does not explain."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from journeyman.sandbox.causes import CAUSES, likely_cause, named_cause
from journeyman.sandbox.compare import Tolerance, compare
from journeyman.sandbox.values import Opaque
from journeyman.sandbox.wire import pack

RNG = np.random.default_rng(5)
V = RNG.normal(size=7) * 3.3
P = np.abs(V) + 0.37
M = RNG.normal(size=(4, 3))
S = RNG.normal(size=(4, 4))
T3 = RNG.normal(size=(2, 3, 4))
SOFT = np.exp(M) / np.exp(M).sum(1, keepdims=True)


@dataclass
class Wrong:
    """A wrong result as the judge would hand it over."""

    whole_expected: Any
    whole: Any
    inputs: tuple = ()
    tolerance: Tolerance = field(default_factory=Tolerance)

    def __post_init__(self) -> None:
        self.whole_expected = pack(self.whole_expected).read()
        if not isinstance(self.whole, Opaque):  # as it would arrive
            self.whole = pack(self.whole).read()
        self.sent = pack([list(self.inputs), {}]).read()
        found = compare(self.whole_expected, self.whole, self.tolerance)
        assert found is not None, "this is not wrong"
        self.expected, self.got = found.expected, found.got


def std(x: np.ndarray, ddof: int) -> float:
    return float(x.std(ddof=ddof))


N = RNG.integers(2, 50, size=8)
GAP = V[:, None] - P[None, :]

# name -> (expected, got, inputs...), possibly several
EXAMPLES: dict[str, list[tuple]] = {
    "no-return": [(V, None)],
    "not-called": [(V, len), (V, lambda: 1)],
    "coroutine": [(V, Opaque("coroutine"))],
    "generator": [(V, (value for value in V))],
    "complex": [(V, V + 0j)],
    "whole-tuple": [(V, (M, V))],
    "one-of-tuple": [((V, 2.5), V)],
    "tuple-order": [((V, M), (M, V))],
    "list-for-array": [(V, V.tolist()), (V, list(V)), (M, [list(row) for row in M])],
    "text-for-number": [(2.5, "2.5")],
    "transposed": [(S, S.T), (M, M.T), (M[:, :1], M[:, :1].T)],
    "kept-axis": [(V, V[:, None]), (2.5, np.array([2.5]))],
    "axes-swapped": [(T3, T3.transpose(0, 2, 1))],
    "reshaped": [(M, M.ravel()), (M, M.reshape(2, 6))],
    "broadcast": [(V, GAP), (np.mean((V - P) ** 2), np.mean(GAP**2), V, P[:, None])],
    "one-hot": [(np.array([0, 2, 1, 2]), np.eye(3)[[0, 2, 1, 2]])],
    "labels-for-one-hot": [(np.eye(3)[[0, 2, 1, 2]], np.array([0, 2, 1, 2]))],
    "other-axis": [(M.sum(0), M.sum(1), M), (S.mean(0), S.mean(1), S)],
    "element-wise": [(S @ S.T, S * S.T, S, S.T)],
    "matrix-product": [(S * S.T, S @ S.T, S, S.T)],
    "indices-for-values": [(np.sort(V), np.argsort(V), V), (V.max(), V.argmax(), V)],
    "values-for-indices": [(np.argsort(V), np.sort(V), V)],
    "spread-nan": [(2.5, np.nan, np.array([2.5, np.nan]))],
    "exp-overflow": [(V[:3], np.array([V[0], np.nan, V[2]]), np.array([1.0, 1000.0, 2.0]))],
    "zero-division": [(V[:3], np.array([V[0], np.nan, V[2]]), np.array([1.0, 0.0, 2.0]))],
    "not-thresholded": [(np.array([0, 1, 1, 0, 1]), np.array([0.2, 0.9, 0.7, 0.4, 0.6]))],
    "off-by-one": [(N, N + 1), (V[1:], V[:-1]), (V, V[1:]), (V[:-1], V)],
    "reversed": [(V, V[::-1])],
    "columns-reordered": [(M, M[:, [1, 0, 2]])],
    "sorted-differently": [(V, np.sort(V)[[1, 0, 2, 3, 4, 5, 6]])],
    "rows-reordered": [(M, M[[1, 0, 3, 2]])],
    "zeros": [(V, V * 0)],
    "stops-early": [(V, np.r_[V[:3], np.zeros(4)])],
    "constant": [(V, np.full(7, 2.5))],
    "unchanged": [(V - V.mean(), V, V)],
    "inverted": [(np.array([1, 1, 0, 1, 0]) > 0, np.array([0, 0, 1, 0, 1]) > 0)],
    "cumulative": [(V, np.cumsum(V))],
    "not-cumulative": [(np.cumsum(V), V)],
    "sign": [(V, -V), (2.5, -2.5)],
    "column-signs": [(M, M * [1, -1, 1])],
    "absolute": [(V, np.abs(V))],
    "not-absolute": [(np.abs(V), V)],
    "squared": [(P, P**2), (std(V, 0), V.var())],
    "rooted": [(P, np.sqrt(P))],
    "doubled": [(V, 2 * V)],
    "halved": [(V, V / 2)],
    "percent": [(P, 100 * P)],
    "fraction": [(P, P / 100)],
    "log-natural": [(np.log2(P), np.log(P)), (np.log10(P), np.log(P))],
    "log-base-2": [(np.log(P), np.log2(P)), (np.log10(P), np.log2(P))],
    "log-base-10": [(np.log(P), np.log10(P)), (np.log2(P), np.log10(P))],
    "degrees": [(V, np.degrees(V))],
    "radians": [(V, np.radians(V))],
    "complement": [(P, 1 - P)],
    "reciprocal": [(P, 1 / P)],
    "exponential": [(V, np.exp(V))],
    "logarithm": [(P, np.log(P))],
    "ddof-0": [(std(V, 1), std(V, 0), V), (M.var(0, ddof=1), M.var(0), M)],
    "ddof-1": [(std(V, 0), std(V, 1), V)],
    "sum-for-mean": [(M.mean(0), M.sum(0), M)],
    "mean-for-sum": [(M.sum(0), M.mean(0), M)],
    "normalised-other-axis": [(SOFT, np.exp(M) / np.exp(M).sum(0))],
    "not-normalised": [(P / P.sum(), P), (M / np.linalg.norm(M, axis=1, keepdims=True), M)],
    "not-centred": [(M - M.mean(0), M + 1)],
    "not-scaled": [((V - V.mean()) / V.std(), V - V.mean())],
    "integer-division": [(P * 9, np.floor(P * 9)), (7.5, 7)],
    "rounded": [(V, np.round(V, 2)), (2.4567, 2.46)],
    "wrapped": [(np.array([300.0, 2.0, 600.0]), np.array([44, 2, 88], np.uint8))],
    "bias": [(V, V + 0.731)],
    "precision": [(V, V * (1 + 1e-5 * np.arange(7)))],
}


@pytest.mark.parametrize("name", CAUSES)
def test_each_cause_is_found(name: str) -> None:
    for expected, got, *inputs in EXAMPLES[name]:
        assert named_cause([Wrong(expected, got, tuple(inputs))]) == name
    assert named_cause([Wrong(e, g, tuple(i)) for e, g, *i in EXAMPLES[name]]) == name


def test_every_sentence_can_be_read() -> None:
    assert EXAMPLES.keys() == CAUSES.keys()
    for name, cause in CAUSES.items():
        assert name == cause.name
        assert cause.sentence[0].isupper()
        assert cause.sentence.endswith(".")


def test_nothing_is_named_when_nothing_explains() -> None:
    assert named_cause([Wrong(V, RNG.normal(size=7))]) == ""
    assert named_cause([Wrong({"a": 1}, {"a": 2})]) == ""
    assert named_cause([]) == ""


def test_a_cause_must_explain_every_failure() -> None:
    squared = Wrong(P, P**2)
    assert named_cause([squared]) == "squared"
    assert named_cause([squared, Wrong(P, RNG.normal(size=7))]) == ""


def test_one_small_whole_number_proves_nothing() -> None:
    assert named_cause([Wrong(2, 4)]) == ""
    assert named_cause([Wrong(1.0, -1.0)]) == ""
    assert named_cause([Wrong(2, 4), Wrong(5, 25)]) == "squared"


def test_an_exercise_has_its_own_words() -> None:
    assert likely_cause([Wrong(P, P**2)], {"squared": "Mind the root."}) == "Mind the root."
    assert likely_cause([Wrong(P, P**2)], {"sign": "x"}) == CAUSES["squared"].sentence
