"""What is kept of a learner: small, exact as JSON, rebuilt from the ledger at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from journeyman.learner.memory import Card, Cards, recalled
from journeyman.learner.priors import NOISES


@dataclass(frozen=True, slots=True)
class Sums:
    """What the facts on one skill come to, if the person answers in one of :data:`NOISES`.

    Attributes:
        evidence: Log-likelihood ratio of the facts, held against not held, as of the last fact.
        base: Their log likelihood if the skill were not held, up to a constant shared by all ways
            of answering.
    """

    evidence: float = 0.0
    base: float = 0.0


@dataclass(frozen=True, slots=True)
class SkillState:
    """The direct evidence on one skill, without what other skills say about it.

    Attributes:
        sums: One for each of :data:`journeyman.learner.priors.NOISES`.
        pieces: Number of facts.
        strength: Their summed strength times weight.
        cards: The memory of it by each use, from the first time that the skill was shown.
    """

    sums: tuple[Sums, ...] = (Sums(),) * len(NOISES)
    pieces: int = 0
    strength: float = 0.0
    cards: Cards = field(default_factory=dict)

    @property
    def evidence(self) -> float:
        """The log-likelihood ratio if the person answers as the items declare."""
        return self.sums[0].evidence

    def to_row(self) -> dict[str, object]:
        """Plain data that JSON keeps exactly."""
        return {
            "evidence": [one.evidence for one in self.sums],
            "base": [one.base for one in self.sums],
            "pieces": self.pieces,
            "strength": self.strength,
            "cards": {use: card.to_row() for use, card in self.cards.items()},
        }

    @classmethod
    def from_row(cls, row: Mapping[str, object]) -> SkillState:
        """Read back what :meth:`to_row` wrote."""
        cards, evidence, base = row["cards"], row["evidence"], row["base"]
        if not isinstance(evidence, Sequence) or not isinstance(base, Sequence):
            raise TypeError("a skill's row keeps one number for each way of answering")
        if not isinstance(cards, Mapping):
            raise TypeError("a skill's row keeps its cards by use")
        return cls(
            tuple(Sums(float(e), float(b)) for e, b in zip(evidence, base, strict=True)),
            int(str(row["pieces"])),
            float(str(row["strength"])),
            {use: Card.from_row(card) for use, card in cards.items()},
        )


@dataclass(frozen=True, slots=True)
class State:
    """A learner after some evidence: one entry per skill that a fact has touched.

    >>> state = State({"a": SkillState(pieces=3, strength=0.1 + 0.2)})
    >>> State.from_rows(state.to_rows()) == state
    True
    """

    skills: Mapping[str, SkillState] = field(default_factory=dict)

    def recall(self, slug: str, at: datetime) -> float:
        """Probability that what was learnt of a skill is recalled at ``at``."""
        own = self.skills.get(slug)
        return recalled(own.cards, at) if own else 1.0

    def to_rows(self) -> dict[str, dict[str, object]]:
        """Plain data keyed by skill; JSON keeps every float exactly."""
        return {slug: skill.to_row() for slug, skill in self.skills.items()}

    @classmethod
    def from_rows(cls, rows: Mapping[str, Mapping[str, object]]) -> State:
        """Read back what :meth:`to_rows` wrote."""
        return cls({slug: SkillState.from_row(row) for slug, row in rows.items()})
