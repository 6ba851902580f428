"""Target roles: what somebody aims at, as weights on skills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """Something to aim at.

    Attributes:
        skills: How much each skill counts, in (0, 1]; a skill that is not named does not count.
    """

    slug: str
    uuid: str
    version: int
    title: str
    summary: str
    skills: Mapping[str, float]
