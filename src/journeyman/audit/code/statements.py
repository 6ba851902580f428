"""Statements: what names, columns and attributes hold after each of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import expressions, frames, targets
from journeyman.audit.code.values import UNKNOWN, Thing, Value, join, merge

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


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


STATEMENTS: dict[type, Callable[[Reader, Any], bool | None]] = {
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
"""What each kind of statement does; True says that what follows it is never reached."""
