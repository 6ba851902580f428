"""Chance in a program: seeds, generators and draws from them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from journeyman.audit.code import known
from journeyman.audit.code.calls import Call
from journeyman.audit.code.values import UNKNOWN, Value, join

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


def _seed(reader: Reader, made: Call) -> Value:
    if not made.args or made.args[0].const is not None or made.args[0].sort != "const":
        if made.args and made.args[0].loops:
            reader.trace.used(made.args[0].loops, "seed")
        if made.args or made.name not in {"seed", "manual_seed"}:
            reader.trace.seeded.add(made.full.rsplit(".", 1)[0])
    return UNKNOWN


def _generator(reader: Reader, made: Call) -> Value:
    seed = made.get(0, "seed")
    if not made.args and not made.kwargs:
        reader.trace.draws[(made.place, made.name)] = "draw"
    reader.trace.used(seed.loops, "seed")
    return Value("unknown", "generator", loops=seed.loops, marks=frozenset({"generator"}))


def _draw(reader: Reader, made: Call) -> Value:
    """Numbers of chance; from numpy's global state they need its seed."""
    if re.match(r"(numpy|np)\.random\.", made.full) or made.full.startswith("random."):
        reader.trace.draws[(made.place, made.full)] = "draw"
    return Value("unknown", loops=join(made.everything).loops, marks=frozenset({"noise"}))


def _permutation(reader: Reader, made: Call) -> Value:
    if re.match(r"((numpy|np)\.)?random\.", made.full):
        reader.trace.draws[(made.place, made.full)] = "draw"
    x = made.get(0)
    if x.sort == "data":
        return _shuffled(reader, made, x)
    generator = made.base.loops
    return Value("index", loops=generator, marks=frozenset({"subset", "shuffled"}))


def _shuffled(reader: Reader, made: Call, x: Value) -> Value:
    """The same rows in an order of chance; ``shuffle(rows)`` changes them where they are."""
    given = made.node.args[0] if made.node.args else None
    if made.name == "shuffle" and isinstance(given, ast.Name) and given.id in reader.scope:
        reader.scope[given.id] = x.marked("shuffled")
    return x.marked("shuffled")


MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    **dict.fromkeys(("default_rng", "RandomState"), _generator),
    **dict.fromkeys(("permutation", "shuffle", "randperm", "choice"), _permutation),
    **dict.fromkeys(known.SEEDERS, _seed),
    **dict.fromkeys(known.NOISES, _draw),
}
