"""Walks through the statements of one file, keeping for each name what is known of its value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from journeyman.audit.code import expressions, frames
from journeyman.audit.code.sources import Unit
from journeyman.audit.code.statements import STATEMENTS
from journeyman.audit.code.trace import Choice, Loop, Trace
from journeyman.audit.code.values import (
    PAIRS,
    UNKNOWN,
    Thing,
    Value,
    join,
    merge,
    role_of_name,
    string_items,
)
from journeyman.audit.finding import Place

DEEPEST = 7
MOST_CALLS = 400
MOST_WORDS = 8
MOST_STEPS = 60_000
"""Reading stops growing here: hostile or endless code must not hold the reviewer up."""


class TooLongError(Exception):
    """The code takes more steps to read than the reviewer grants it."""


class Reader:
    """An abstract interpreter of one file.

    Args:
        unit: The file.
        trace: Where events are noted; shared by the files of one review.
        modules: Finds the names that another reviewed file defines.

    Attributes:
        candidates: The loop over those of which ``min`` or ``max`` takes the best by a function.
    """

    def __init__(
        self, unit: Unit, trace: Trace, modules: Callable[[str], Mapping[str, Value] | None]
    ) -> None:
        self.unit = unit
        self.trace = trace
        self.modules = modules
        self.scope: dict[str, Value] = {}
        self.outer: list[dict[str, Value]] = []
        self.active: list[str] = []
        self.returned: list[list[Value]] = []
        self.stack: list[object] = []
        self.called: set[object] = set()
        self.calls = 0
        self.steps = 0
        self.candidates: frozenset[str] = frozenset()

    def place(self, node: ast.AST) -> Place:
        """Where a node stands."""
        return self.unit.place(getattr(node, "lineno", 0))

    def eval(self, node: ast.AST | None) -> Value:
        """What is known of an expression."""
        if node is None:
            return UNKNOWN
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooLongError
        read = expressions.READERS.get(type(node))
        return read(self, node) if read else expressions.anything(self, node)

    def look_up(self, name: str) -> Value | None:
        """A name in the scope or those around it."""
        for scope in (self.scope, *reversed(self.outer)):
            if name in scope:
                return scope[name]
        return None

    def run(self, body: Sequence[ast.stmt]) -> bool:
        """Statements, one after the other; whether what follows them is never reached."""
        for statement in body:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise TooLongError
            act = STATEMENTS.get(type(statement))
            if act is not None and act(self, statement):
                return True
        return False

    def in_loop(self, node: ast.AST, items: Value, body: Callable[[Value], Any]) -> str:
        """Run ``body`` twice with the loop's variable, so that what it carries round is seen."""
        name = f"{self.unit.file}:{getattr(node, 'lineno', 0)}:{getattr(node, 'col_offset', 0)}"
        self.trace.loops.setdefault(name, Loop(getattr(node, "lineno", 0)))
        variable = frames.element(items, name)
        if any(one.sort in {"model", "class", "callable"} for one in items.flat()):
            self.trace.loops[name].uses.add("model")
        if any(one.sort == "index" for one in variable.flat()):
            self.trace.loops[name].uses.add("fold")
        self.active.append(name)
        try:
            for one in _turns(items, variable):
                body(one)
        finally:
            self.active.pop()
        return name

    def branch(self, *bodies: Callable[[], bool]) -> bool:
        """Run alternatives from the same state and merge what those leave that come to their end.

        Whether none of them does.
        """
        before = dict(self.scope)
        results = []
        for body in bodies:
            self.scope.clear()
            self.scope.update(before)
            if not body():
                results.append(dict(self.scope))
        over = not results
        merged: dict[str, Value] = {}
        for result in results:
            for name, value in result.items():
                merged[name] = merge(merged[name], value) if name in merged else value
        self.scope.clear()
        self.scope.update(before if over else merged)
        return over

    def call_function(
        self, function: Thing, args: Sequence[Value], kwargs: Mapping[str, Value]
    ) -> Value:
        """Read a function of the reviewed code with these arguments."""
        node = function.definition
        self.called.add(node)
        self.calls += 1
        if node in self.stack or len(self.stack) >= DEEPEST or self.calls > MOST_CALLS:
            return join([*args, *kwargs.values()])
        names = _bound(self, node, args, kwargs)
        kept = self.scope, self.outer, self.unit
        self.scope, self.outer = names, list(function.scope or [])
        self.unit = function.unit or self.unit
        self.stack.append(node)
        self.returned.append([])
        try:
            if isinstance(node, ast.Lambda):
                self.returned[-1].append(self.eval(node.body))
            else:
                self.run(node.body)
        finally:
            self.stack.pop()
            found = self.returned.pop()
            self.scope, self.outer, self.unit = kept
        if len(found) > 1 and any(isinstance(one, ast.Yield) for one in ast.walk(node)):
            return Value("list", thing=Thing(items=found))
        result = found[0] if found else UNKNOWN
        for other in found[1:]:
            result = merge(result, other)
        return result

    def chances(self) -> frozenset[str]:
        """The loops around this place that set a seed: what is computed inside varies with it."""
        return frozenset(one for one in self.active if "seed" in self.trace.loops[one].uses)

    def choose(
        self, node: ast.AST, value: Value, *, threshold: bool = False, told: bool = False
    ) -> None:
        """Note that the best of ``value`` is taken, or only ``told``."""
        scores = [one for one in value.flat() if one.sort in {"score", "curve"}]
        if scores:
            both = join(scores)
            curve = any(one.sort == "curve" for one in scores)
            found = Choice(self.place(node), both, tuple(self.active), threshold or curve, told)
            self.trace.choices[(found.place, both.regions, both.loops)] = found


def _turns(items: Value, variable: Value) -> list[Value]:
    """The loop's variable, twice; or each of a few words, which may be columns or parts."""
    words = string_items(items) or []
    if items.name == PAIRS and len(items.items) <= MOST_WORDS:
        loops = variable.loops | frozenset().union(*(one.loops for one in variable.items))
        return [
            replace(pair, items=tuple(replace(one, loops=one.loops | loops) for one in pair.items))
            for pair in items.items
        ]
    if items.sort in {"tuple", "list"} and 2 <= len(words) <= MOST_WORDS:
        return [Value("const", const=one, loops=variable.loops) for one in words]
    return [variable, variable]


def _bound(
    reader: Reader, node: Any, args: Sequence[Value], kwargs: Mapping[str, Value]
) -> dict[str, Value]:
    spec: ast.arguments = node.args
    parameters = [*spec.posonlyargs, *spec.args]
    names: dict[str, Value] = {}
    for parameter, default in zip(reversed(parameters), reversed(spec.defaults), strict=False):
        names[parameter.arg] = reader.eval(default)
    for only, default_or_none in zip(spec.kwonlyargs, spec.kw_defaults, strict=False):
        names[only.arg] = reader.eval(default_or_none)
    for parameter, value in zip(parameters, args, strict=False):
        names[parameter.arg] = value
    if spec.vararg:
        names[spec.vararg.arg] = Value("tuple", items=tuple(args[len(parameters) :]))
    known = {one.arg for one in (*parameters, *spec.kwonlyargs)}
    names.update({name: value for name, value in kwargs.items() if name in known})
    if spec.kwarg:
        extra = [value for name, value in kwargs.items() if name not in known]
        names[spec.kwarg.arg] = join(extra, "dict")
    return names


def parameter(name: str, function: str) -> Value:
    """What a function that nobody calls is probably given, judging by the parameter's name."""
    said = role_of_name(name)
    looks = name.lower().split("_")[0] in {"x", "y", "df", "data", "frame", "table", "features"}
    if not (said or looks):
        return UNKNOWN
    region = f"load@argument of {function}"
    if said:
        region += f"/name:{said}"
    return Value("data", regions=frozenset({region}), whole=name.lower().startswith(("df", "data")))
