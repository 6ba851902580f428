"""Which names a source defines, and which forbidden functions it mentions, by its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

# The short names that the bank's texts and learners use for whole libraries.
_ALIASES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "tf": "tensorflow"}


def defined(tree: ast.Module) -> list[str]:
    r"""Names of the functions, classes and variables at the top level, at most 50.

    >>> defined(ast.parse("def f(): pass\nx = 1"))
    ['f', 'x']
    """
    found: list[str] = []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return [name[:80] for name in found[:50]]


def inner_line(tree: ast.Module, name: str) -> int:
    r"""The line where a function or class of that name is defined below the top level, or 0.

    >>> inner_line(ast.parse("class A:\n    def f(self): pass"), "f")
    2
    """
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = (node for node in ast.walk(tree) if isinstance(node, kinds) and node.name == name)
    return next((node.lineno for node in found if node not in tree.body), 0)


def uses(tree: ast.Module, forbidden: Sequence[str]) -> list[tuple[str, int]]:
    r"""Each forbidden name that the source uses, with the first line where it does.

    Import aliases and plain assignments of a name to a name are followed, so that
    ``from numpy.linalg import lstsq as solve`` is found. A name built at run time is not: the
    result is advice, never a verdict.

    Args:
        tree: The learner's module.
        forbidden: Dotted names such as ``np.linalg.lstsq``, methods such as ``.fit`` or built-in
            functions such as ``sorted``.

    >>> uses(ast.parse("from numpy import linalg as la\nla.lstsq(1, 2)"), ["np.linalg.lstsq"])
    [('np.linalg.lstsq', 2)]
    """
    if not forbidden:
        return []
    wanted = {_canonical(name): name for name in forbidden}
    aliases = dict(_imports(tree))
    _follow_assignments(tree, aliases)
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        for name in _mentions(node, aliases):
            if name in wanted:
                line = getattr(node, "lineno", 0)
                found[wanted[name]] = min(line, found.get(wanted[name], line))
    return sorted(found.items(), key=lambda item: item[1])


def _canonical(name: str) -> str:
    head, _, rest = name.partition(".")
    head = _ALIASES.get(head, head)
    return f"{head}.{rest}" if rest else head


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    yield alias.asname, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _follow_assignments(tree: ast.Module, aliases: dict[str, str]) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Attribute, ast.Name)):
            source = _dotted(node.value, aliases)
            for target in node.targets:
                if isinstance(target, ast.Name) and source and source != target.id:
                    aliases.setdefault(target.id, source)


def _mentions(node: ast.AST, aliases: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        yield f".{node.attr}"
    if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load):
        yield _dotted(node, aliases)
    elif isinstance(node, ast.MatMult):
        yield "@"
    elif isinstance(node, (ast.For, ast.While, ast.comprehension)):
        yield "for" if not isinstance(node, ast.While) else "while"
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)


def _dotted(node: ast.expr, aliases: dict[str, str]) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return _canonical(".".join([aliases.get(node.id, node.id), *reversed(parts)]))
