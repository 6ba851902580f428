"""The viva: questions on a project whose answers are computed from its own artifacts."""

from __future__ import annotations

from journeyman.delivery.viva.artifacts import Artifacts, read
from journeyman.delivery.viva.question import Family, Question, marked
from journeyman.delivery.viva.sitting import FAMILIES, Answer, Result, questions, settle

__all__ = [
    "FAMILIES",
    "Answer",
    "Artifacts",
    "Family",
    "Question",
    "Result",
    "marked",
    "questions",
    "read",
    "settle",
]
