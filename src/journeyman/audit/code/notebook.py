"""Notebooks whose saved state did not come from running them from top to bottom."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from itertools import pairwise

from journeyman.audit.code.sources import Cell, Unit
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_SUPPLIED = frozenset(
    {
        *dir(builtins),
        "display",
        "get_ipython",
        "In",
        "Out",
        "_",
        "__",
        "__file__",
        "__name__",
        "__doc__",
        "exit",
        "quit",
    }
)


def out_of_order(unit: Unit) -> Iterator[Finding]:
    """Cells that ran in another order, were skipped, or need what no cell above defines."""
    if not unit.cells:
        return
    yield from _counts(unit)
    yield from _names(unit)


def _counts(unit: Unit) -> Iterator[Finding]:
    cells = [cell for cell in unit.cells if cell.source.strip() and not _comment(cell)]
    counts = [(cell, cell.count) for cell in cells if cell.count is not None]
    for (_, before), (cell, count) in pairwise(counts):
        if count <= before:
            yield finding(
                "notebook-out-of-order",
                f"Cell {cell.number} was run as number {count}, after number {before} above it "
                "had run"
                if count == before
                else f"Cell {cell.number} ran before the cell above it ({count} before {before}).",
                Place(unit.file, 1, cell.number),
            )
            return
    skipped = [cell for cell in cells if cell.count is None and not cell.has_output]
    later = [cell for cell, _ in counts if skipped and cell.number > skipped[0].number]
    if skipped and later and any(_defines(cell) for cell in skipped):
        yield finding(
            "notebook-out-of-order",
            f"Cell {skipped[0].number} was not run, although cells below it were.",
            Place(unit.file, 1, skipped[0].number),
        )


def _comment(cell: Cell) -> bool:
    return cell.tree is not None and not cell.tree.body


def _defines(cell: Cell) -> bool:
    return cell.tree is not None and bool(_bound(cell.tree))


def _names(unit: Unit) -> Iterator[Finding]:
    if any(cell.tree is None for cell in unit.cells):
        return
    everywhere = set().union(*(_bound(cell.tree) for cell in unit.cells if cell.tree))
    known: set[str] = set(_SUPPLIED)
    for cell in unit.cells:
        assert cell.tree is not None
        if _star(cell.tree):
            return
        inner = _bound(cell.tree)
        for name, line in _needs(cell.tree):
            if name in known or name in _SUPPLIED:
                continue
            where = "only further down" if name in everywhere - inner else "in no cell"
            if name in inner and _first_bound(cell.tree, name) <= line:
                continue
            where = "only further down" if name in everywhere else where
            yield finding(
                "notebook-out-of-order",
                f"Cell {cell.number} uses “{name}”, which is defined {where}.",
                Place(unit.file, line, cell.number),
            )
            return
        known |= inner


def _star(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)
    )


def _bound(tree: ast.AST) -> set[str]:
    """Every name that a cell binds at its top level (functions' insides left out)."""
    names: set[str] = set()
    for node in _outside_functions(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        elif (isinstance(node, ast.ExceptHandler) and node.name) or (
            isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name
        ):
            names.add(node.name)
    return names


def _first_bound(tree: ast.Module, name: str) -> int:
    lines = [
        getattr(statement, "lineno", 0)
        for statement in tree.body
        if name in _bound(ast.Module([statement], []))
    ]
    return min(lines, default=10**9)


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            yield from _outside_functions(node)


def _needs(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Names that the cell reads when it runs, with their lines; comprehensions' own left out."""
    own = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
        if isinstance(name, ast.Name)
    }
    for node in _outside_functions(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own:
            yield node.id, node.lineno
