"""The codec: what goes in comes out, and nothing that was not written by it gets through."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from journeyman.core.exercise import Code
from journeyman.sandbox import encode as encoding
from journeyman.sandbox import wire
from journeyman.sandbox.compare import Tolerance, compare
from journeyman.sandbox.decode import Malformed
from journeyman.sandbox.revive import revive
from journeyman.sandbox.values import Array, Opaque
from journeyman.sandbox.words import show, type_words
from tests.sandbox.conftest import FUZZ


@dataclass
class Plain:
    a: int
    b: object


def travel(value):
    return wire.pack(value).read()


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**200), 2**200),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=20),
    st.binary(max_size=20),
)
KEYS = st.one_of(st.integers(), st.text(max_size=5), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(KEYS, inner, max_size=4),
        st.frozensets(KEYS, max_size=4),
    ),
    max_leaves=12,
)
DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(),
    hnp.unsigned_integer_dtypes(),
    hnp.floating_dtypes(sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(sizes=(64, 128)),
    hnp.unicode_string_dtypes(max_len=4),
    hnp.datetime64_dtypes(),
    hnp.timedelta64_dtypes(),
)


@FUZZ
@given(VALUES)
def test_plain_values_survive(value) -> None:
    assert same(revive(travel(value)), value)


def same(left, right) -> bool:
    """Equality of the same types, with NaN equal to itself."""
    if type(left) is not type(right):
        return False
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return left == right or repr(left) == repr(right)


@FUZZ
@given(hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)))
def test_arrays_survive(array) -> None:
    for view in (array, array.T, array[::-1] if array.ndim else array):
        back = revive(travel(view))
        assert back.shape == view.shape
        assert back.dtype == view.dtype.newbyteorder("<")
        assert back.tobytes() == np.ascontiguousarray(view.astype(back.dtype)).tobytes()
        assert back.flags.writeable or not back.size


@pytest.mark.parametrize(
    "value",
    [
        np.float32(2.5),
        np.True_,
        np.int8(3),
        np.array([1, "a", None], object),
        pd.Series([1.0, None, 3.0], index=list("abc"), name="s"),
        pd.Series(["x", None], dtype="object"),
        pd.Series([1, None], dtype="Int64"),
        pd.DataFrame({"a": [1, 2], "b": ["x", "y"], 3: [True, False]}),
        pd.DataFrame({"t": pd.date_range("2020", periods=2)}),
        pd.DataFrame(index=[1, 2]),
        pd.Index([3, 1, 2], name="i"),
        sp.random(5, 4, 0.5, "csr", random_state=0),
        sp.coo_array(np.eye(3)),
        pd.Timestamp("2020-01-02 03:04:05"),
        np.random.default_rng(4),
        {"nested": [np.arange(3), (pd.Series([1]),)]},
        range(2, 9, 3),
        np.empty((0, 3)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_library_values_survive(value) -> None:
    back = revive(travel(value))
    assert type(back) is type(value) or sp.issparse(value)
    assert encoding.encode(back) == encoding.encode(value)


def test_code_becomes_what_it_says() -> None:
    assert revive(travel([Code("lambda x: x + 1")]))[0](2) == 3
    assert revive(travel(Code("np.pi"))) == np.pi


def test_random_generators_continue_alike() -> None:
    rng = np.random.default_rng(3)
    rng.integers(9, dtype=np.int32)
    assert revive(travel(rng)).normal() == rng.normal()


def test_records_and_generators() -> None:
    assert travel(Plain(1, [2])).fields == [("a", 1), ("b", [2])]
    pulled = travel(n for n in range(2000))
    assert (len(pulled.values), pulled.more) == (encoding.MAX_PULL, True)


@pytest.mark.parametrize(
    "value",
    [
        object(),
        np.zeros(2, [("a", "i4")]),
        [[]] * (encoding.MAX_NODES + 1),
        "x" * (encoding.MAX_TEXT + 1),
        1 << 10_000,
        np.zeros(encoding.MAX_BYTES // 8 + 1),
        print,
    ],
    ids=["object", "structured", "many", "text", "int", "array", "function"],
)
def test_what_does_not_travel_is_named(value) -> None:
    assert isinstance(travel(value), Opaque)


def test_loops_end() -> None:
    loop: list = []
    loop.append(loop)
    assert isinstance(travel(loop), Opaque)


# ------------------------------------------------------------------ what others may send


def prefixed(header: bytes, blobs: bytes = b"") -> bytes:
    return wire.PREFIX.pack(wire.MARK, len(header), len(blobs)) + header + blobs


@FUZZ
@given(st.binary(max_size=200))
def test_noise_is_malformed(noise: bytes) -> None:
    for data in (noise, wire.MARK + noise, prefixed(noise)):
        with pytest.raises(Malformed):
            wire.read(data)


JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["<f8", "|b1", "<U2", "|S3", "<i8", "datetime64[D]", "|O", "<U9999999"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=2), inner, max_size=4)
    ),
    max_leaves=10,
)
TAGS = [
    "int",
    "complex",
    "bytes",
    "list",
    "tuple",
    "set",
    "dict",
    "pulled",
    "record",
    "opaque",
    "missing",
    "moment",
    "source",
    "random",
    "nd",
    "objects",
    "sparse",
    "column",
    "frame",
    "none",
]
NODES = st.fixed_dictionaries(
    {"t": st.sampled_from(TAGS)},
    optional={
        name: JSON | st.lists(st.fixed_dictionaries({"t": st.sampled_from(TAGS), "v": JSON}))
        for name in "vydsofncimuk"
    },
)


@FUZZ
@given(NODES, st.binary(max_size=64))
def test_forged_trees_decode_or_are_malformed(tree, blobs: bytes) -> None:
    """Never another exception, and whatever decodes can be compared and shown."""
    try:
        _, value = wire.read(prefixed(b"{}\n" + json.dumps(tree).encode(), blobs))
    except Malformed:
        return
    for expected in (1.5, None, np.arange(3.0), [1, 2], {"a": 1}, {1, 2}):
        compare(travel(expected), value, Tolerance())
    assert show(value).encode()
    assert type_words(value)


@FUZZ
@given(st.data())
def test_damaged_frames_decode_or_are_malformed(data) -> None:
    frame = bytearray(wire.frame({"turn": "x"}, [np.arange(4.0), {"a": (1, "b")}]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(frame) - 1))
        frame[place] = data.draw(st.integers(0, 255))
    try:
        wire.read(frame)
    except Malformed:
        return


@pytest.mark.parametrize(
    "change",
    [
        {"s": [2**39]},
        {"s": [-1]},
        {"s": [0.5]},
        {"s": [True]},
        {"s": [1] * 40},
        {"o": -8},
        {"o": 8},
        {"n": 2**62},
        {"d": "|O"},
        {"d": "<f8,<f8"},
        {"d": "V8"},
        {"u": "datetime64[s]"},
        {"y": 3},
    ],
    ids=str,
)
def test_arrays_must_fit_their_bytes(change: dict) -> None:
    tree = {"t": "nd", "d": "<f8", "s": [1], "o": 0, "n": 8, "y": "", **change}
    with pytest.raises(Malformed):
        wire.read(prefixed(b"{}\n" + json.dumps(tree).encode(), bytes(8)))


def test_booleans_are_only_true_or_false() -> None:
    tree = {"t": "nd", "d": "|b1", "s": [2], "o": 0, "n": 2, "y": ""}
    _, value = wire.read(prefixed(b"{}\n" + json.dumps(tree).encode(), b"\x07\x00"))
    assert isinstance(value, Array)
    assert value.data.tobytes() == b"\x01\x00"


def test_text_must_be_text() -> None:
    tree = {"t": "nd", "d": "<U1", "s": [1], "o": 0, "n": 4, "y": ""}
    with pytest.raises(Malformed):
        wire.read(prefixed(b"{}\n" + json.dumps(tree).encode(), b"\xff\xff\xff\xff"))


@pytest.mark.parametrize("depth", [100, 100_000])
def test_depth_is_bounded(depth: int) -> None:
    tree = b'{"t":"list","v":[' * depth + b"1" + b"]}" * depth
    with pytest.raises(Malformed):
        wire.read(prefixed(b"{}\n" + tree))


def test_announced_sizes_are_bounded() -> None:
    with pytest.raises(Malformed):
        wire.missing_bytes(wire.PREFIX.pack(wire.MARK, wire.MAX_HEADER + 1, 0))
    with pytest.raises(Malformed):
        wire.missing_bytes(wire.PREFIX.pack(wire.MARK, 0, wire.MAX_BLOBS + 1))
    assert wire.missing_bytes(wire.PREFIX.pack(wire.MARK, 5, 7)) == 12
