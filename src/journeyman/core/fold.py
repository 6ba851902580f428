"""What the store must know of a learner model to keep its state beside the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from journeyman.core.evidence import Evidence

Rows = Mapping[str, Mapping[str, Any]]
"""A model's state as plain JSON data: one mapping for each skill."""


class Fold(Protocol):
    """A deterministic fold over the ledger, oldest evidence first."""

    @property
    def name(self) -> str:
        """Names the model and the graph: state kept under another name is folded anew."""

    def start(self) -> Rows:
        """The state before any evidence."""

    def step(self, rows: Rows, evidence: Evidence) -> Rows:
        """The state after one more fact."""
