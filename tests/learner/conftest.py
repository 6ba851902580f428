"""The bank's real graph, and a short way to write evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journeyman.core.evidence import Evidence
from journeyman.core.skill import Area, Skill, SkillGraph
from journeyman.learner.knowledge import KnowledgeModel

BANK = Path(__file__).parents[2] / "curriculum" / "skills"
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def graph() -> SkillGraph:
    skills, areas = [], []
    for path in sorted(BANK.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        area = data["area"]
        areas.append(Area(area["slug"], area["title"], area["summary"]))
        skills += [
            Skill(
                slug=s["slug"],
                uuid=s["uuid"],
                title=s["title"],
                summary=s["summary"],
                area=area["slug"],
                requires=tuple(s["requires"]),
                minutes=s["minutes"],
                difficulty=s["difficulty"],
            )
            for s in data["skill"]
        ]
    return SkillGraph.of(skills, areas)


@pytest.fixture(scope="session")
def model(graph: SkillGraph) -> KnowledgeModel:
    return KnowledgeModel(graph)


@pytest.fixture
def fact() -> Callable[..., Evidence]:
    """``fact("pca", 1.0, days=3)``: each call makes the next fact of one learner."""
    count = 0

    def make(skill: str | dict[str, float], score: float, *, days: float = 0.0, **more) -> Evidence:
        nonlocal count
        count += 1
        skills = {skill: 1.0} if isinstance(skill, str) else skill
        values = {
            "source": "practice",
            "how": "answered",
            "kind": "item",
            "slug": f"about-{next(iter(skills))}",
            "guess": 0.2,
            "slip": 0.08,
        }
        return Evidence(
            id=f"{count:06d}",
            learner="someone",
            at=START + timedelta(days=days, seconds=count),
            version=1,
            sha256="",
            seed=count,
            skills=skills,
            score=score,
            **(values | more),
        )

    return make
