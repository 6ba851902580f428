"""The knowledge model as the ledger's fold: state in and out as plain rows."""

from __future__ import annotations

import hashlib
from functools import cached_property

from journeyman.core.evidence import Evidence
from journeyman.core.fold import Rows
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.state import State

MODEL = "knowledge-4"
"""Changes whenever the same evidence would fold to other rows."""


class KnowledgeFold:
    """Adapts a :class:`KnowledgeModel` to what the store folds with."""

    def __init__(self, model: KnowledgeModel) -> None:
        self.model = model

    @cached_property
    def name(self) -> str:
        """The model's version and a hash of the graph that it works on."""
        skills = self.model.graph.skills.values()
        text = ";".join(f"{s.slug}<{','.join(s.requires)}~{s.difficulty}" for s in skills)
        return f"{MODEL}/{hashlib.sha256(text.encode()).hexdigest()[:16]}"

    def start(self) -> Rows:
        """The state before any evidence."""
        return self.model.start().to_rows()

    def step(self, rows: Rows, evidence: Evidence) -> Rows:
        """The state after one more fact."""
        return self.model.update(State.from_rows(rows), evidence).to_rows()
