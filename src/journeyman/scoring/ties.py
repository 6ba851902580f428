"""Ranks that say only what the rows can tell: groups of statistical ties, and rungs to climb."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from journeyman.scoring.resampling import Paired

T = TypeVar("T")


def tie_groups(
    best_first: Sequence[T], compare: Callable[[T, T], Paired]
) -> list[tuple[int, list[T]]]:
    """Group entries that cannot be told apart from the best of their group.

    Args:
        best_first: Entries by falling merit.
        compare: The first against the second.

    Returns:
        Rank (one more than the number of entries in better groups) and members, best group first.

    >>> tie_groups([9, 8, 3], lambda a, b: Paired(a - b, 1.0))
    [(1, [9, 8]), (3, [3])]
    """
    groups: list[tuple[int, list[T]]] = []
    for place, entry in enumerate(best_first, start=1):
        if groups and not compare(groups[-1][1][0], entry).ahead:
            groups[-1][1].append(entry)
        else:
            groups.append((place, [entry]))
    return groups


def rungs(best_first: Sequence[T], compare: Callable[[T, T], Paired]) -> list[T]:
    """Keep the best, and of the others each that is clearly behind the one kept before it.

    Returns:
        Those that were kept, the worst first.

    >>> rungs([9, 8, 5, 4, 1], lambda a, b: Paired(a - b, 1.0))
    [1, 5, 9]
    """
    kept: list[T] = []
    for entry in best_first:
        if not kept or compare(entry, kept[-1]).behind:
            kept.append(entry)
    return kept[::-1]
