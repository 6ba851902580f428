"""Placement: which item to ask next, and when to stop asking.

Each candidate's two possible answers are tried on the prerequisite network in one batch; the item
whose answer leaves the least variance over all skills is asked (greedy expected variance
reduction). The same inputs give the same choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journeyman.core.item import Item
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.network import Array
from journeyman.learner.response import Response, available, log_ratios
from journeyman.learner.state import State

CANDIDATES = 12  # items tried in full for each choice
SAME_AREA = (1.0, 0.9, 0.7, 0.5)  # a gain's factor after 0, 1, 2, 3 or more in a row from one area
LEAST_GAIN = 0.0008  # variance per skill: below this an answer changes nothing that is shown
LEAST_ASKED = 8  # before it may stop by itself: the first answers may all be luck
TEST_OUT = 5  # most items when only one skill is asked about
TEST_OUT_LEAST = 3
TEST_OUT_SURE = 0.92
REST_WEIGHT = 0.25  # of the skills that the one asked about rests on
TELLS = 0.1  # an answer tells about a skill if right and wrong leave it this far apart


@dataclass(frozen=True, slots=True)
class Choice:
    """The item to ask.

    Attributes:
        item: Its slug.
        reason: One plain sentence that says why this one.
        about: The skill that it asks about most.
    """

    item: str
    reason: str
    about: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a placement stands.

    Attributes:
        asked: Items asked so far, of at most ``limit``.
        expected_share_right: The model's own estimate of the share of skills that it would call
            rightly, held or not, if it stopped now.
        stopped: Why nothing more is asked, as one sentence; None while there is a next item.
    """

    asked: int
    limit: int
    expected_share_right: float
    stopped: str | None


@dataclass(frozen=True, slots=True)
class _Trial:
    """What the two answers to an item would change: how far ``apart`` they leave each skill."""

    item: Item
    gain: float
    apart: Array


class Placement:
    """Chooses items for a learner.

    Args:
        model: The knowledge model; its graph says which skills there are.
        items: Everything that may be asked; items that touch no skill of the graph are left out.
        limit: Most items in one placement.

    >>> from datetime import UTC, datetime
    >>> from journeyman.core.skill import Skill, SkillGraph
    >>> skills = [Skill("a", "1", "Sums", "", "x"), Skill("b", "2", "Means", "", "x", ("a",))]
    >>> model = KnowledgeModel(SkillGraph.of(skills))
    >>> items = [Item("i", "3", 1, "I", "number", {"b": 1.0})]
    >>> Placement(model, items).next(model.start(), [], datetime(2026, 1, 1, tzinfo=UTC)).item
    'i'
    """

    def __init__(self, model: KnowledgeModel, items: Sequence[Item], *, limit: int = 25) -> None:
        self.model = model
        self.limit = limit
        self.items = {
            item.slug: item
            for item in sorted(items, key=lambda item: item.slug)
            if item.status != "deprecated" and item.home in model.network.index
        }
        graph = model.graph
        self._asks: dict[str, tuple[str, float, tuple[str, ...]]] = {}
        for slug, item in self.items.items():
            response = Response.of(item.guess, item.slip, item.difficulty)
            near = (*graph.skills[item.home].requires, *graph.opens[item.home])
            self._asks[slug] = (item.home, response.held - response.missing, near)

    def next(
        self, state: State, asked: Sequence[str], at: datetime, *, only: str | None = None
    ) -> Choice | None:
        """The item to ask next, or None to stop.

        Args:
            state: The learner's state, with the answers so far.
            asked: Slugs of the items asked in this placement, in order.
            at: Now.
            only: Ask about this one skill and what it rests on (a test-out of 3 to 5 items).
        """
        found = self._decide(state, asked, at, only)
        return found if isinstance(found, Choice) else None

    def progress(
        self, state: State, asked: Sequence[str], at: datetime, *, only: str | None = None
    ) -> Progress:
        """Where the placement stands after the items ``asked``."""
        held = self._held(state, at)
        found = self._decide(state, asked, at, only)
        return Progress(
            asked=len(asked),
            limit=self.limit if only is None else TEST_OUT,
            expected_share_right=float(np.maximum(held, 1.0 - held).mean()) if held.size else 1.0,
            stopped=found if isinstance(found, str) else None,
        )

    def _held(self, state: State, at: datetime) -> Array:
        return np.array([mastery.mean for mastery in self.model.mastery(state, at).values()])

    def _decide(
        self, state: State, asked: Sequence[str], at: datetime, only: str | None
    ) -> Choice | str:
        """The next item, or the sentence that says why there is none."""
        held = self._held(state, at)
        limit = self.limit if only is None else TEST_OUT
        if len(asked) >= limit:
            return f"All {limit} questions have been asked."
        if only is not None and self._settled(float(held[self.model.network.index[only]]), asked):
            return "The answers agree: more questions on this skill would not change the result."
        best = self._best(state, held, asked, only)
        if best is None:
            return "There is nothing left to ask: every question on these skills has been asked."
        pays = best.gain >= LEAST_GAIN * len(held)
        if only is None and not pays and len(asked) >= LEAST_ASKED:
            return "More questions would hardly change the picture."
        return Choice(best.item.slug, self._reason(best, only), best.item.home)

    def pick(self, state: State, asked: Sequence[str], at: datetime) -> str:
        """The item that tells most, whether or not it pays to ask it: for simulations.

        Raises:
            ValueError: if every item has been asked.
        """
        best = self._best(state, self._held(state, at), asked, None)
        if best is None:
            raise ValueError("every item has been asked")
        return best.item.slug

    def _best(
        self, state: State, held: Array, asked: Sequence[str], only: str | None
    ) -> _Trial | None:
        pool = self._pool(asked, only)
        if not pool:
            return None
        return max(
            self._try(state, held, pool, only),
            key=lambda trial: trial.gain * self._variety(trial.item, asked, only),
        )

    @staticmethod
    def _settled(held: float, asked: Sequence[str]) -> bool:
        return len(asked) >= TEST_OUT_LEAST and max(held, 1.0 - held) >= TEST_OUT_SURE

    def _pool(self, asked: Sequence[str], only: str | None) -> list[Item]:
        """Items that may be asked now; a test-out may repeat a family, not twice in a row."""
        if only is None:
            return [item for slug, item in self.items.items() if slug not in set(asked)]
        near = {only, *self.model.graph.skills[only].requires}
        near_items = [item for item in self.items.values() if item.home in near]
        fresh = [item for item in near_items if item.slug not in set(asked)]
        return fresh or [item for item in near_items if item.slug not in asked[-1:]]

    def _try(
        self, state: State, held: Array, pool: Sequence[Item], only: str | None
    ) -> list[_Trial]:
        """Both answers to each of the most promising items, on one batch of the network."""
        index = self.model.network.index
        belief = dict(zip(self.model.network.slugs, held.tolist(), strict=True))
        chosen = sorted(pool, key=lambda item: (-self._promise(item, belief), item.slug))
        chosen = chosen[:CANDIDATES]
        weights = self._weights(only)
        base = self.model.columns(state) @ self.model.noises(state)
        columns = [base]
        chances = []
        for item in chosen:
            response = Response.of(item.guess, item.slip, item.difficulty)
            known = {slug: w for slug, w in item.skills.items() if slug in index}
            for score in (1.0, 0.0):
                column = base.copy()
                for slug, ratio in log_ratios(response, score, known, belief).items():
                    column[index[slug]] += ratio
                columns.append(column)
            chances.append(response.right(available(known, belief)))
        after = self.model.quick.infer(np.stack(columns, axis=1)).held
        now = weights @ (after[:, 0] * (1.0 - after[:, 0]))
        trials = []
        for i, (item, chance) in enumerate(zip(chosen, chances, strict=True)):
            right, wrong = after[:, 2 * i + 1], after[:, 2 * i + 2]
            left = chance * (right * (1.0 - right)) + (1.0 - chance) * (wrong * (1.0 - wrong))
            trials.append(_Trial(item, float(now - weights @ left), np.abs(right - wrong)))
        return trials

    def _tells(self, item: Item, apart: Array) -> tuple[str, ...]:
        """The kin of the item's skill that its answer says much about, the most first."""
        slugs, graph = self.model.network.slugs, self.model.graph
        kin = graph.ancestors(item.home) | graph.descendants(item.home)
        order = np.argsort(-apart, kind="stable")
        return tuple(slugs[j] for j in order if apart[j] >= TELLS and slugs[j] in kin)

    def _weights(self, only: str | None) -> Array:
        index = self.model.network.index
        if only is None:
            return np.ones(len(index))
        weights = np.zeros(len(index))
        for slug in self.model.graph.ancestors(only):
            weights[index[slug]] = REST_WEIGHT
        weights[index[only]] = 1.0
        return weights

    def _promise(self, item: Item, belief: Mapping[str, float]) -> float:
        """A cheap stand-in for the gain: doubt about the home skill, its kin, the item's power."""
        home, power, near = self._asks[item.slug]
        kin = sum(belief[slug] * (1.0 - belief[slug]) for slug in near)
        return power * belief[home] * (1.0 - belief[home]) * (1.0 + kin)

    def _variety(self, item: Item, asked: Sequence[str], only: str | None) -> float:
        """Less for an area that was just asked about, so that a person does not tire."""
        if only is not None:
            return 1.0
        skills = self.model.graph.skills
        area = skills[item.home].area
        run = 0
        for slug in reversed(asked):
            if slug not in self.items or skills[self.items[slug].home].area != area:
                break
            run += 1
        return SAME_AREA[min(run, len(SAME_AREA) - 1)]

    def _reason(self, trial: _Trial, only: str | None) -> str:
        skills = self.model.graph.skills
        home = skills[trial.item.home].title
        if only is not None and trial.item.home == only:
            return f"It asks directly about {home}."
        if only is not None:
            return f"{skills[only].title} rests on {home}."
        tells = self._tells(trial.item, trial.apart)
        if not tells:
            return f"Your answer settles {home}, which nothing else has shown yet."
        names = " and ".join(skills[slug].title for slug in tells[:2])
        others = len(tells) - 2
        more = "" if others <= 0 else f" and {others} other skill{'s' if others > 1 else ''}"
        return f"Your answer on {home} also tells about {names}{more}."
