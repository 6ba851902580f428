"""Pure decisions of practice: which item family to serve next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeyman.core.bank import Bank
from journeyman.core.item import Item

DESIRED = 0.75
"""Chance of a right answer that practice aims at: hard enough to teach, easy enough to go on."""


def items_for(bank: Bank, skill: str) -> tuple[Item, ...]:
    """Items at home with ``skill``, then those that touch it."""
    home = bank.items_of.get(skill, ())
    touching = (item for item in bank.items.values() if skill in item.skills and item not in home)
    found = (*home, *sorted(touching, key=lambda item: (-item.skills[skill], item.slug)))
    return tuple(item for item in found if item.status in {"active", "beta"})


def choose(
    items: Sequence[Item],
    chances: Mapping[str, float],
    times: Mapping[str, int],
    last: str,
    skill: str,
) -> Item:
    """The item to serve: at home, seldom asked, close to the desired chance, not the last one.

    Args:
        items: At least one.
        chances: Predicted chance of a right answer, by slug.
        times: How often each was asked.
        last: Slug of the item served before this one.
        skill: The skill that is practised.
    """

    def cost(item: Item) -> tuple[float, str]:
        repeated = 2.0 * (item.slug == last and len(items) > 1)
        stranger = 0.5 * (item.home != skill)
        worn = 0.25 * min(times.get(item.slug, 0), 8)
        return repeated + stranger + worn + abs(chances[item.slug] - DESIRED), item.slug

    return min(items, key=cost)
