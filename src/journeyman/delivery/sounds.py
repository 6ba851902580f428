"""Features of sounds that go through ONNX: cepstra of mel bands, in parts of the sound's length.

A browser has no librosa. So the features are a step of the pipeline, and the exported graph
computes them itself: the spectrum is one convolution with windowed cosines and sines (an exact
discrete Fourier transform, by an operator that every runtime has); the rest are products and sums.

Mel-frequency cepstra: Davis and Mermelstein, 1980. The mel scale: O'Shaughnessy, 1987.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import dct
from skl2onnx import update_registered_converter  # type: ignore[import-untyped, unused-ignore]
from skl2onnx.common.data_types import FloatTensorType  # type: ignore[import-untyped, unused-ignore]
from sklearn.base import BaseEstimator, TransformerMixin

from journeyman.errors import Invalid

Numbers = NDArray[np.float32]
EMPHASIS = 0.97
"""Of the filter that lifts high frequencies, as in speech recognition."""
QUIETEST = 9.0
"""How far below the loudest frame, in natural logarithm of its power, a sound still goes on."""
_TINY = 1e-8
_FLOAT, _INT = 1, 7  # ONNX's numbers for the two types


class Cepstra(TransformerMixin, BaseEstimator):  # type: ignore[misc, unused-ignore]
    """Cepstra of a sound's mel bands, averaged over parts of its length without the quiet ends.

    What is thrown away: the pitch (bands are wider than its harmonics), the loudness (the loudest
    frame becomes zero), half of the microphone's colour (half of each cepstrum's mean), and the
    speed (parts of the length, not seconds). Rows are samples in -1 to 1, filled up with zeros.

    Args:
        rate: Samples a second.
        frame, step: Samples of a frame, and between the beginnings of two.
        bands, cepstra: How many mel bands, and how many of their cepstra are kept.
        parts: Into how many parts of its length a sound is cut.
        stretch: Factor on the frequencies of the bands: another length of the vocal tract.

    >>> wave = np.sin(np.arange(4000) * 0.3, dtype=np.float32)[None, :]
    >>> Cepstra(rate=8000).fit(wave).transform(wave).shape
    (1, 127)
    """

    def __init__(
        self,
        rate: int = 8000,
        *,
        frame: int = 256,
        step: int = 96,
        bands: int = 26,
        cepstra: int = 14,
        parts: int = 5,
        stretch: float = 1.0,
    ) -> None:
        self.rate = rate
        self.frame = frame
        self.step = step
        self.bands = bands
        self.cepstra = cepstra
        self.parts = parts
        self.stretch = stretch

    def fit(self, X: ArrayLike, y: object = None) -> Self:  # noqa: N803 - scikit-learn's names
        """Learn the width; shape (sounds, samples).

        Raises:
            Invalid: the sounds are shorter than a frame, or the numbers do not fit together.
        """
        del y
        width = np.asarray(X).shape[1]
        if not 0 < self.step <= self.frame <= width:
            raise Invalid(
                f"Cepstra need rows of at least {self.frame} samples, one frame; these have "
                f"{width}."
            )
        if not (0 < self.cepstra <= self.bands and self.parts > 0 and self.rate > 0):
            raise Invalid("Cepstra need a rate, parts, and no more cepstra than bands.")
        self.n_features_in_ = width
        return self

    def transform(self, X: ArrayLike) -> Numbers:  # noqa: N803
        """Features; shape (sounds, ``width``), each from its own row alone."""
        rows = np.asarray(X, dtype=np.float32)
        if rows.ndim != 2 or rows.shape[1] != self.n_features_in_:
            raise Invalid(
                f"These sounds have not the {self.n_features_in_} samples that were learnt."
            )
        fixed = (self.filters().T, self.triangles().T, self.cosines().T)
        return np.stack([self._row(row, *fixed) for row in rows]) if len(rows) else self._none()

    @property
    def width(self) -> int:
        """How many features there are."""
        return (2 * self.parts - 1) * self.cepstra + 1

    def _none(self) -> Numbers:
        return np.empty((0, self.width), dtype=np.float32)

    def _row(self, wave: Numbers, filters: Numbers, bands: Numbers, cosines: Numbers) -> Numbers:
        padded = np.concatenate([np.zeros(1, np.float32), wave])
        frames = np.lib.stride_tricks.sliding_window_view(padded, self.frame + 1)[:: self.step]
        found = frames @ filters
        bins = found.shape[1] // 2
        power = found[:, :bins] ** 2 + found[:, bins:] ** 2
        loud = np.log(power.sum(axis=1) + np.float32(_TINY))
        kept = np.flatnonzero(loud > loud.max() - np.float32(QUIETEST))
        logs = np.log(power @ bands + np.float32(_TINY))
        made = (logs @ cosines)[kept[0] : kept[-1] + 1]
        made = made - made.mean(axis=0) / 2
        made[:, 0] -= made[:, 0].max()
        length = len(made)
        edges = [part * length // self.parts for part in range(self.parts + 1)]
        means = np.array(
            [made[min(a, length - 1) : max(b, min(a, length - 1) + 1)].mean(axis=0)
             for a, b in pairwise(edges)]
        )  # fmt: skip
        row = np.r_[means.ravel(), np.diff(means, axis=0).ravel(), np.log(length)]
        return np.asarray(row, dtype=np.float32)

    def filters(self) -> Numbers:
        """Windowed cosines, then sines, with the emphasis in them; shape (2 * bins, frame + 1)."""
        time, bins = np.arange(self.frame), np.arange(self.frame + 1)
        angle = 2 * np.pi * np.outer(bins, time) / (2 * self.frame)
        plain = np.concatenate([np.cos(angle), -np.sin(angle)]) * np.hamming(self.frame)
        # Of x[t] - 0.97 x[t - 1]: each sample also counts, negatively, for the one that follows.
        none = np.zeros((len(plain), 1))
        lifted = np.hstack([none, plain]) - EMPHASIS * np.hstack([plain, none])
        return np.asarray(lifted, dtype=np.float32)

    def triangles(self) -> Numbers:
        """Bands that are evenly wide in mel; shape (bands, bins)."""
        top = 2595 * np.log10(1 + 0.475 * self.rate / 700)
        mel = np.linspace(80, top, self.bands + 2)
        hertz = np.minimum(700 * (10 ** (mel / 2595) - 1) * self.stretch, self.rate / 2)
        place = np.arange(self.frame + 1) * self.rate / (2 * self.frame)
        rise = (place - hertz[:-2, None]) / np.maximum(hertz[1:-1] - hertz[:-2], 1)[:, None]
        fall = (hertz[2:, None] - place) / np.maximum(hertz[2:] - hertz[1:-1], 1)[:, None]
        bands = np.clip(np.minimum(rise, fall), 0, None)
        return np.asarray(bands, dtype=np.float32)

    def cosines(self) -> Numbers:
        """The cosine transform from bands to cepstra; shape (cepstra, bands)."""
        made = dct(np.eye(self.bands), norm="ortho", axis=1).T[: self.cepstra]
        return np.asarray(made, dtype=np.float32)


def _shape(operator: Any) -> None:
    operator.outputs[0].type = FloatTensorType([None, operator.raw_operator.width])


class _Graph:
    """Adds nodes one after the other, each under a name of its own."""

    def __init__(self, scope: Any, container: Any) -> None:
        self.scope = scope
        self.container = container

    def value(self, given: Any, kind: int = _FLOAT) -> str:
        """A constant."""
        array = np.asarray(given)
        name = str(self.scope.get_unique_variable_name("value"))
        self.container.add_initializer(name, kind, list(array.shape), array.ravel().tolist())
        return name

    def node(self, kind: str, *inputs: str, version: int = 13, **attributes: Any) -> str:
        """The output of an operator."""
        name = str(self.scope.get_unique_variable_name(kind.lower()))
        self.container.add_node(
            kind, list(inputs), name, op_version=version,
            name=self.scope.get_unique_operator_name(kind), **attributes,
        )  # fmt: skip
        return name

    def cast(self, name: str, kind: int) -> str:
        """The same as another type."""
        return self.node("Cast", name, to=kind)


def _convert(scope: Any, operator: Any, container: Any) -> None:
    fitted: Cepstra = operator.raw_operator
    graph = _Graph(scope, container)
    power = _power(graph, fitted, operator.inputs[0].full_name)
    made, inside, first, length = _kept(graph, fitted, power)
    row = _parts(graph, fitted, made, inside, first, length)
    container.add_node("Identity", row, operator.outputs[0].full_name, op_version=16)


def _power(graph: _Graph, fitted: Cepstra, wave: str) -> str:
    """The spectrum's power; shape (sounds, bins, frames)."""
    rows = graph.node("Unsqueeze", graph.cast(wave, _FLOAT), graph.value([1], _INT))
    padded = graph.node("Pad", rows, graph.value([0, 0, 1, 0, 0, 0], _INT), version=13)
    filters = graph.value(fitted.filters()[:, None, :])
    found = graph.node("Conv", padded, filters, version=11, strides=[fitted.step])
    squares = graph.node("Mul", found, found, version=14)
    bins, axis = fitted.frame + 1, graph.value([1], _INT)
    real, imaginary = (
        graph.node("Slice", squares, graph.value([a], _INT), graph.value([b], _INT), axis)
        for a, b in ((0, bins), (bins, 2 * bins))
    )
    return graph.node("Add", real, imaginary, version=14)


def _log(graph: _Graph, name: str) -> str:
    return graph.node("Log", graph.node("Add", name, graph.value(_TINY), version=14))


def _kept(graph: _Graph, fitted: Cepstra, power: str) -> tuple[str, str, str, str]:
    """Centred cepstra (sounds, frames, cepstra), frames that count, where they begin, how many."""
    whole = graph.node("ReduceSum", power, graph.value([1], _INT), keepdims=0)
    loud = _log(graph, whole)
    loudest = graph.node("ReduceMax", loud, axes=[1], keepdims=1)
    least = graph.node("Sub", loudest, graph.value(QUIETEST), version=14)
    active = graph.cast(graph.node("Greater", loud, least), _FLOAT)
    first = graph.node("ArgMax", active, axis=1, keepdims=1)
    last = graph.node("ArgMax", active, axis=1, keepdims=1, select_last_index=1)
    one = graph.value([[1]], _INT)
    length = graph.node("Add", graph.node("Sub", last, first, version=14), one, version=14)
    places = _places(graph, active)
    inside = graph.node(
        "And",
        graph.node("GreaterOrEqual", places, first, version=16),
        graph.node("LessOrEqual", places, last, version=16),
        version=7,
    )
    bands = graph.node("MatMul", graph.value(fitted.triangles()), power)
    plain = graph.node("MatMul", graph.value(fitted.cosines()), _log(graph, bands))
    made = graph.node("Transpose", plain, perm=[0, 2, 1])
    return _centred(graph, fitted, made, inside, length), inside, first, length


def _places(graph: _Graph, like: str) -> str:
    """0, 1, 2 and so on for each frame; shape (1, frames)."""
    frames = graph.node("Shape", like, version=13)
    one = graph.node("Slice", frames, graph.value([1], _INT), graph.value([2], _INT))
    end = graph.node("Squeeze", one)
    made = graph.node("Range", graph.value(0, _INT), end, graph.value(1, _INT), version=11)
    return graph.node("Unsqueeze", made, graph.value([0], _INT))


def _centred(graph: _Graph, fitted: Cepstra, made: str, inside: str, length: str) -> str:
    """Less half of each cepstrum's mean, and the first so that its largest is zero."""
    held = graph.node("Unsqueeze", graph.cast(inside, _FLOAT), graph.value([2], _INT))
    counted = graph.node("Mul", made, held, version=14)
    total = graph.node("ReduceSum", counted, graph.value([1], _INT), keepdims=1)
    many = graph.node("Unsqueeze", graph.cast(length, _FLOAT), graph.value([2], _INT))
    half = graph.node("Div", total, graph.node("Mul", many, graph.value(2.0), version=14),
                      version=14)  # fmt: skip
    moved = graph.node("Sub", made, half, version=14)
    outside = graph.node("Sub", graph.value(1.0), held, version=14)
    far = graph.node("Mul", outside, graph.value(-1e9), version=14)
    largest = graph.node("ReduceMax", graph.node("Add", moved, far, version=14),
                         axes=[1], keepdims=1)  # fmt: skip
    first = np.zeros((1, 1, fitted.cepstra), dtype=np.float32)
    first[..., 0] = 1
    return graph.node(
        "Sub", moved, graph.node("Mul", largest, graph.value(first), version=14), version=14
    )


def _parts(graph: _Graph, fitted: Cepstra, made: str, inside: str, first: str, length: str) -> str:
    """Means over parts of the length, what changes between them, and the length's logarithm."""
    places = graph.node("Sub", _places(graph, inside), first, version=14)
    one, last = graph.value([[1]], _INT), graph.node("Sub", length, graph.value([[1]], _INT),
                                                    version=14)  # fmt: skip
    edges = [
        graph.node("Div", graph.node("Mul", length, graph.value([[part]], _INT), version=14),
                   graph.value([[fitted.parts]], _INT), version=14)
        for part in range(fitted.parts + 1)
    ]  # fmt: skip
    means = []
    for begin, end in pairwise(edges):
        low = graph.node("Min", begin, last)
        high = graph.node("Max", end, graph.node("Add", low, one, version=14))
        held = graph.node("And", graph.node("GreaterOrEqual", places, low, version=16),
                          graph.node("Less", places, high), version=7)  # fmt: skip
        weight = graph.node("Unsqueeze", graph.cast(held, _FLOAT), graph.value([1], _INT))
        total = graph.node("Squeeze", graph.node("MatMul", weight, made), graph.value([1], _INT))
        many = graph.cast(graph.node("Sub", high, low, version=14), _FLOAT)
        means.append(graph.node("Div", total, many, version=14))
    changes = [graph.node("Sub", after, before, version=14) for before, after in pairwise(means)]
    spoken = graph.node("Log", graph.cast(length, _FLOAT))
    return graph.node("Concat", *means, *changes, spoken, axis=1)


update_registered_converter(Cepstra, "JourneymanCepstra", _shape, _convert)
