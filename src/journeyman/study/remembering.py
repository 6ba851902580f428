"""A fold that remembers the state it was last asked for."""

from __future__ import annotations

from journeyman.core.fold import Rows
from journeyman.learner.fold import KnowledgeFold
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.state import State


class RememberingFold(KnowledgeFold):
    """Gives the same object for the same rows.

    The model keeps what it last read from a state, by identity; spreading a state over the graph is
    most of what a page costs.
    """

    def __init__(self, model: KnowledgeModel) -> None:
        super().__init__(model)
        self._last: tuple[Rows, State] = {}, model.start()

    def state(self, rows: Rows) -> State:
        """The state that ``rows`` hold."""
        last, state = self._last  # one read: another thread may put a new pair there
        if last != rows:
            state = State.from_rows(rows)
            self._last = rows, state
        return state
