"""Pure decisions of placement: what a sitting asks next and when it ends."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.core.bank import Bank
from journeyman.core.item import Item

TEST_OUT_QUESTIONS = 5


def askable(bank: Bank) -> tuple[Item, ...]:
    """Items that may be asked: those in force, in a fixed order."""
    items = (item for item in bank.items.values() if item.status in {"active", "beta"})
    return tuple(sorted(items, key=lambda item: item.slug))


def limit(only: str | None, questions: int, items: Sequence[Item]) -> int:
    """The most questions of a sitting: never more than there are items."""
    most = TEST_OUT_QUESTIONS if only else questions
    return max(1, min(most, len(items)))
