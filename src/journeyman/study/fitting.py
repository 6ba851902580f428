"""What the ledger tells about the items and about this learner's forgetting, gathered as it grows.

Both fits look back at what the model believed just before each answer. That costs milliseconds for
every fact, so what was looked at is kept, and only new facts are read. The ledger decides alone: at
the same facts two machines come to the same numbers. Nothing here changes a stored state: fitted
forgetting moves what is read from it, fitted items move what is asked next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from typing import Any

from journeyman.core.evidence import Evidence
from journeyman.core.item import Item
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.forgetting import Review, fit_forgetting, reviews_of
from journeyman.learner.items import ItemAnswer, ItemParameters, answers_of, fit_items
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.memory import AVERAGE, Forgetting
from journeyman.learner.state import State
from journeyman.store import ledger
from journeyman.store.session import Session

STEP = 25  # facts between two fits
AT_ONCE = 4 * STEP  # facts looked at on the way, after one answer
ENOUGH = 5  # answers to an item before its own numbers are used; shrinkage does the rest


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was fitted.

    Attributes:
        items: Parameters of the items with at least :data:`ENOUGH` answers.
    """

    forgetting: Forgetting = AVERAGE
    items: Mapping[str, ItemParameters] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lookback:
    """The ledger as far as it was looked at.

    Attributes:
        fold: Name of the model and the graph that looked.
        count: How many facts, always a multiple of :data:`STEP`.
        through: Id of the last of them.
        state: The state after it.
    """

    fold: str
    count: int = 0
    through: str = ""
    state: State = field(default_factory=State)
    reviews: tuple[Review, ...] = ()
    answers: tuple[ItemAnswer, ...] = ()

    def row(self) -> dict[str, Any]:
        """Plain data that JSON keeps exactly."""
        return {
            "fold": self.fold,
            "count": self.count,
            "through": self.through,
            "state": self.state.to_rows(),
            "reviews": [astuple(one) for one in self.reviews],
            "answers": [astuple(one) for one in self.answers],
        }

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Lookback:
        """Read back what :meth:`row` wrote.

        Raises:
            KeyError, TypeError, ValueError: if it is something else.
        """
        return cls(
            str(row["fold"]),
            int(row["count"]),
            str(row["through"]),
            State.from_rows(row["state"]),
            tuple(Review(*one) for one in row["reviews"]),
            tuple(ItemAnswer(*one) for one in row["answers"]),
        )


class _Resumed(KnowledgeModel):
    """The same model, starting where an earlier look at the ledger ended."""

    def __init__(self, model: KnowledgeModel, state: State) -> None:
        vars(self).update(vars(model))
        self._state = state

    def start(self) -> State:
        """The state after what was looked at before."""
        return self._state

    def after(self, facts: Sequence[Evidence]) -> State:
        """The state after these facts as well."""
        state = self._state
        for fact in facts:
            state = self.update(state, fact)
        return state


def due(session: Session, count: int) -> bool:
    """Whether there are enough new facts for another fit since the one of ``count`` facts."""
    return _whole(ledger.page(session, most=1)[1]) > count


def look(
    session: Session, fold: KnowledgeFold, back: Lookback, most: int | None = AT_ONCE
) -> Lookback:
    """Look at the new facts.

    Args:
        session: The learner whose ledger it is.
        fold: The plain model, without profile or fitted forgetting.
        back: What was looked at before; begun anew if it belongs to another ledger or model.
        most: Facts to look at; None looks at all.
    """
    facts = list(ledger.history(session))
    if not _continues(back, fold, facts):
        back = Lookback(fold.name)
    end = _whole(len(facts) if most is None else min(len(facts), back.count + most))
    new = facts[back.count : end]
    return carried_on(fold, back, new) if new else back


def carried_on(fold: KnowledgeFold, back: Lookback, facts: Sequence[Evidence]) -> Lookback:
    """``back`` and the facts that come right after it."""
    model = _Resumed(fold.model, back.state)
    return replace(
        back,
        count=back.count + len(facts),
        through=facts[-1].id,
        state=model.after(facts),
        reviews=(*back.reviews, *reviews_of(model, facts)),
        answers=(*back.answers, *answers_of(model, facts)),
    )


def fit(back: Lookback, items: Mapping[str, Item]) -> Fitted:
    """Forgetting and item parameters from what was looked at.

    Args:
        back: One learner's ledger.
        items: What the content declares.
    """
    fitted = fit_items(back.answers, items)
    kept = {slug: one for slug, one in fitted.items() if one.answers >= ENOUGH}
    return Fitted(fit_forgetting(back.reviews), kept)


def fitted_row(fitted: Fitted) -> dict[str, Any]:
    """Plain data that JSON keeps exactly."""
    return asdict(fitted)


def fitted_of(row: Mapping[str, Any]) -> Fitted:
    """Read back what :func:`fitted_row` wrote.

    Raises:
        KeyError, TypeError, ValueError: if it is something else.
    """
    names = {one.name for one in fields(ItemParameters)}
    items = {slug: ItemParameters(**one) for slug, one in row["items"].items() if names == set(one)}
    return Fitted(Forgetting(**row["forgetting"]), items)


def _whole(count: int) -> int:
    return count // STEP * STEP


def _continues(back: Lookback, fold: KnowledgeFold, facts: Sequence[Evidence]) -> bool:
    if back.fold != fold.name or back.count > len(facts):
        return False
    return back.count == 0 or facts[back.count - 1].id == back.through
