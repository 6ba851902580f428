"""What is kept of a learner: small, exact as JSON, rebuilt from the ledger at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journeyman.learner.memory import Card


@dataclass(frozen=True, slots=True)
class SkillState:
    """The direct evidence on one skill, without what other skills say about it.

    Attributes:
        evidence: Log-likelihood ratio of the facts, held against not held, as of the last fact.
        pieces: Number of facts.
        strength: Their summed strength times weight.
        card: The memory of it, from the first time that the skill was shown.
    """

    evidence: float = 0.0
    pieces: int = 0
    strength: float = 0.0
    card: Card | None = None

    def to_row(self) -> dict[str, object]:
        """Plain data that JSON keeps exactly."""
        return {
            "evidence": self.evidence,
            "pieces": self.pieces,
            "strength": self.strength,
            "card": self.card.to_row() if self.card else None,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, object]) -> SkillState:
        """Read back what :meth:`to_row` wrote."""
        card = row["card"]
        return cls(
            float(str(row["evidence"])),
            int(str(row["pieces"])),
            float(str(row["strength"])),
            Card.from_row(card) if isinstance(card, Mapping) else None,
        )


@dataclass(frozen=True, slots=True)
class State:
    """A learner after some evidence: one entry per skill that a fact has touched.

    >>> state = State({"a": SkillState(0.1 + 0.2, 3, 2.5)})
    >>> State.from_rows(state.to_rows()) == state
    True
    """

    skills: Mapping[str, SkillState] = field(default_factory=dict)

    def to_rows(self) -> dict[str, dict[str, object]]:
        """Plain data keyed by skill; JSON keeps every float exactly."""
        return {slug: skill.to_row() for slug, skill in self.skills.items()}

    @classmethod
    def from_rows(cls, rows: Mapping[str, Mapping[str, object]]) -> State:
        """Read back what :meth:`to_rows` wrote."""
        return cls({slug: SkillState.from_row(row) for slug, row in rows.items()})
