"""Walks through the statements of one file, keeping for each name what is known of its value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from journeyman.audit.code import expressions, frames, targets
from journeyman.audit.code.sources import Unit
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
            act = _STATEMENTS.get(type(statement))
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


def _assign(reader: Reader, node: Any) -> None:
    value = reader.eval(node.value)
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if node.value is not None:
            targets.assign(reader, target, value)


def _augment(reader: Reader, node: Any) -> None:
    before, more = reader.eval(node.target), reader.eval(node.value)
    if before.sort == "list" and more.sort == "list" and more.thing is not None:
        more.thing.items = [one.marked("appended") for one in more.thing.items]
    value = expressions.combine(reader, node, before, more, node.op)
    targets.assign(reader, node.target, value)


def _for(reader: Reader, node: Any) -> None:
    items = reader.eval(node.iter)

    def body(variable: Value) -> None:
        targets.assign(reader, node.target, variable)
        reader.run(node.body)

    before = dict(reader.scope)
    reader.in_loop(node, items, body)
    _keep(reader, before)
    reader.run(node.orelse)


def _keep(reader: Reader, before: Mapping[str, Value]) -> None:
    """A loop may not run at all: what was known before it stays possible."""
    for name, value in before.items():
        if name in reader.scope:
            reader.scope[name] = merge(reader.scope[name], value)


def _while(reader: Reader, node: Any) -> None:
    def body(_: Value) -> None:
        reader.eval(node.test)
        reader.run(node.body)

    reader.in_loop(node, UNKNOWN, body)


def _if(reader: Reader, node: Any) -> bool:
    known = expressions.decided(reader, node.test)
    if known is not None:
        return reader.run(node.body if known else node.orelse)
    _chosen(reader, node)
    reader.eval(node.test)
    return reader.branch(lambda: reader.run(node.body), lambda: reader.run(node.orelse))


def _chosen(reader: Reader, node: Any) -> None:
    """``if score > best: best = ...`` inside a loop is a choice by that score."""
    if not reader.active or not _keeps(node.body):
        return
    for compare in ast.walk(node.test):
        if isinstance(compare, ast.Compare) and isinstance(
            compare.ops[0], (ast.Gt, ast.Lt, ast.GtE, ast.LtE)
        ):
            sides = [reader.eval(compare.left), *(reader.eval(one) for one in compare.comparators)]
            if len({id(side) for side in sides}) > 1 and not any(_fixed(side) for side in sides):
                best = join([side for side in sides if side.sort == "score"])
                reader.choose(compare, best, told=_only_numbers(reader, node.body))


def _only_numbers(reader: Reader, body: Sequence[ast.stmt]) -> bool:
    """Whether nothing is kept of the best turn but its score and its number."""
    kept: list[Value] = []
    for statement in body:
        if not isinstance(statement, ast.Assign):
            return False
        kept += reader.eval(statement.value).flat()
    return all(
        one.sort in {"score", "const", "tuple"} or (one.sort == "unknown" and not one.thing)
        for one in kept
    )


def _fixed(side: Value) -> bool:
    """A bar that does not move (``if score < 0.5: raise``) is a check, not a choice."""
    moving = side.const in {-1, 0, 1, -1.0, None}
    infinite = isinstance(side.const, float) and abs(side.const) > 1e6
    return side.sort == "const" and not (moving or infinite)


def _keeps(body: Sequence[ast.stmt]) -> bool:
    return any(
        isinstance(inner, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Break))
        or (isinstance(inner, ast.Call) and "save" in ast.dump(inner.func).lower())
        for statement in body
        for inner in ast.walk(statement)
    )


def _with(reader: Reader, node: Any) -> bool:
    for item in node.items:
        value = reader.eval(item.context_expr)
        if item.optional_vars is not None:
            targets.assign(reader, item.optional_vars, value)
    return reader.run(node.body)


def _try(reader: Reader, node: Any) -> None:
    reader.run(node.body)
    for handler in node.handlers:
        reader.branch(lambda: False, lambda handler=handler: reader.run(handler.body))  # type: ignore[misc]
    reader.run(node.orelse)
    reader.run(node.finalbody)


def _match(reader: Reader, node: Any) -> None:
    reader.eval(node.subject)
    reader.branch(*(lambda case=case: reader.run(case.body) for case in node.cases))


def _function(reader: Reader, node: Any) -> None:
    for decorator in node.decorator_list:
        reader.eval(decorator)
    thing = Thing(
        node.name,
        definition=node,
        scope=[*reader.outer, reader.scope],
        line=node.lineno,
        unit=reader.unit,
    )
    reader.scope[node.name] = Value("function", node.name, thing=thing)


def _class(reader: Reader, node: Any) -> None:
    thing = Thing(node.name, definition=node, scope=[*reader.outer, reader.scope], line=node.lineno)
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            method = Thing(
                statement.name,
                definition=statement,
                scope=thing.scope,
                line=statement.lineno,
                unit=reader.unit,
            )
            thing.fields[statement.name] = Value("function", statement.name, thing=method)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            for target in ast.walk(statement):
                if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                    thing.fields[target.id] = reader.eval(statement.value)
    thing.items = [reader.eval(base) for base in node.bases]
    reader.scope[node.name] = Value("class", node.name, thing=thing)


def _import(reader: Reader, node: Any) -> None:
    for alias in node.names:
        bound = alias.asname or alias.name.split(".")[0]
        dotted = alias.name if alias.asname else alias.name.split(".")[0]
        exports = reader.modules(alias.name)
        if exports is not None:
            thing = Thing(alias.name, fields=dict(exports))
            reader.scope[bound] = Value("object", alias.name, thing=thing)
        else:
            reader.trace.hints.add(alias.name.split(".")[0])
            reader.scope[bound] = Value("callable", dotted)


def _import_from(reader: Reader, node: Any) -> None:
    exports = reader.modules(node.module or "")
    if exports is None:
        reader.trace.hints.add((node.module or "").split(".")[0])
    for alias in node.names:
        if alias.name == "*":
            reader.scope.update(exports or {})
            continue
        dotted = f"{node.module}.{alias.name}" if node.module else alias.name
        known = (exports or {}).get(alias.name)
        if known is None:  # a module of a package, beside what its ``__init__`` defines
            inner = reader.modules(dotted)
            if inner is not None:
                known = Value("object", dotted, thing=Thing(dotted, fields=dict(inner)))
        reader.scope[alias.asname or alias.name] = known or Value("callable", dotted)


def _return(reader: Reader, node: Any) -> bool:
    value = reader.eval(node.value)
    if reader.returned:
        reader.returned[-1].append(value)
    return True


def _raise(reader: Reader, node: Any) -> bool:
    if node.exc is not None:
        reader.eval(node.exc)
    return True


def _delete(reader: Reader, node: Any) -> None:
    for target in node.targets:
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            column = reader.eval(target.slice).const
            base = reader.eval(target.value)
            if isinstance(column, str) and base.sort == "data":
                reader.scope[target.value.id] = frames.drop(base, [column])


def _expression(reader: Reader, node: Any) -> None:
    reader.eval(node.value)


def _assert(reader: Reader, node: Any) -> None:
    reader.eval(node.test)


_STATEMENTS: dict[type, Callable[[Reader, Any], bool | None]] = {
    ast.Assign: _assign,
    ast.AnnAssign: _assign,
    ast.AugAssign: _augment,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.If: _if,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Match: _match,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Delete: _delete,
    ast.Expr: _expression,
    ast.Assert: _assert,
}


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
