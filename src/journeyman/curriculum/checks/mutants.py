"""Mutants: the reference with one thing changed, to see whether the cases notice.

The operators are the classical sufficient set (Offutt et al. 1996, "An experimental determination
of sufficient mutant operators"): arithmetic, relational, logical and constant replacement, and
statement deletion, to which keyword constants such as ``axis`` and ``ddof`` belong here.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
RELATIONAL: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed reference. ``name`` is what ``[[equivalent]]`` refers to."""

    name: str
    line: int
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    r"""Every mutant of ``source``, in the order of its lines.

    >>> [m.name for m in mutants("def f(x):\n    return x + 2\n")]
    ['L2: x + 2 -> x - 2', 'L2: 2 -> 3', 'L2: return x + 2 -> return None']
    """
    tree = ast.parse(source)
    seen: set[str] = {ast.unparse(tree)}
    documentation = {id(node) for node in _docstrings(tree)}
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in documentation:
            continue
        for change in _changes(node):
            mutated = copy.deepcopy(tree)
            target = next(n for i, n in enumerate(ast.walk(mutated)) if i == index)
            before = _short(node)
            change(target)
            text = ast.unparse(ast.fix_missing_locations(mutated))
            if text not in seen:
                seen.add(text)
                line = getattr(node, "lineno", 1)
                yield Mutant(f"L{line}: {before} -> {_short(target)}", line, text + "\n")


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else text[:57] + "..."


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0]
            yield body[0].value


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        yield from (_setting("op", new()) for new in ARITHMETIC.get(type(node.op), ()))
    elif isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            yield from (_comparing(position, new()) for new in RELATIONAL[type(operator)])
    elif isinstance(node, ast.BoolOp):
        yield _setting("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp):
        yield from _unary(node)
    elif isinstance(node, ast.Constant):
        yield from (_setting("value", value) for value in _constants(node.value))
    else:
        yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield _setting("value", ast.Constant(None))
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield _setting("test", ast.Constant(False))
        if not isinstance(node, ast.While):
            yield _setting("test", ast.Constant(True))


def _setting(field: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, field, value)


def _comparing(position: int, operator: ast.cmpop) -> Callable[[ast.AST], None]:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Compare)
        node.ops[position] = operator

    return change


def _unary(node: ast.UnaryOp) -> Iterator[Callable[[ast.AST], None]]:
    if isinstance(node.op, ast.USub):
        yield _setting("op", ast.UAdd())
    elif isinstance(node.op, ast.Not):

        def double(target: ast.AST) -> None:
            assert isinstance(target, ast.UnaryOp)
            target.operand = ast.UnaryOp(ast.Not(), target.operand)

        yield double


def _constants(value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1,) if value != 1 else (2, 0)
    if isinstance(value, float):
        return (value + 1.0,) if value < 1e-3 else (value * 1.5,)
    return ()
