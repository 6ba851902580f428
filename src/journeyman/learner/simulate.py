"""Simulated learners: what a placement would find out about people whose truth is known.

The population is deliberately not the model's own prior: skills have hidden difficulties, areas
have their own abilities, response noise differs from what the items declare, edges may be wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.random import Generator

from journeyman.core.evidence import Evidence
from journeyman.core.item import Item
from journeyman.core.skill import Skill, SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.network import Array
from journeyman.learner.placement import Placement
from journeyman.learner.priors import Priors

START = datetime(2026, 1, 1, tzinfo=UTC)
MANY_WORLDS = 10


@dataclass(frozen=True, slots=True)
class Population:
    """How simulated people differ.

    Attributes:
        slope: How sharply ability separates holders from others.
        area_spread: Standard deviation of a person's extra ability in an area.
        hidden_spread: Standard deviation of each skill's difficulty around the declared one.
        violation: P(held) of a skill whose prerequisites are not all held.
        guess, slip: Ranges from which each item's true values are drawn.
        wrong_edges: Share of the true graph's edges that the model's graph has moved elsewhere.
        guessers: Share of people who guess right half of what they do not hold.
        careless: Share of people who slip on a quarter of what they hold.
        dont_know: Share of answers "I don't know yet" where a skill is missing.
        world: How many learners share one draw of what the model does not know: hidden
            difficulties, the items' true noise, wrong edges. Many small worlds measure the method;
            one world of all learners measures it in one place.
    """

    slope: float = 1.7
    area_spread: float = 0.6
    hidden_spread: float = 0.5
    violation: float = 0.03
    guess: tuple[float, float] = (0.05, 0.25)
    slip: tuple[float, float] = (0.05, 0.15)
    wrong_edges: float = 0.0
    guessers: float = 0.0
    careless: float = 0.0
    dont_know: float = 0.0
    world: int = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """How well placement did, by number of questions.

    Attributes:
        questions: 0 to the number asked.
        accuracy: Mean over learners of the share of skills called rightly, held or not.
        accuracy_error: Standard error of that mean, over worlds where there are several.
        share_of_learners_at_90: Share of learners with at least 90 % of skills right.
        expected: Mean of the model's own estimate of its accuracy.
        cpu_ms_per_question: Processor time of choosing and updating.
        base_rate: Accuracy of calling each skill by what most people have.
    """

    questions: tuple[int, ...]
    accuracy: tuple[float, ...]
    accuracy_error: tuple[float, ...]
    share_of_learners_at_90: tuple[float, ...]
    expected: tuple[float, ...]
    cpu_ms_per_question: float
    base_rate: float


def random_graph(
    skills: int, rng: Generator, *, areas: int = 8, parents: float = 1.6
) -> SkillGraph:
    """A random acyclic graph whose edges join skills that are near in order."""
    found = []
    for i in range(skills):
        reach = max(0, i - skills // 5)
        count = min(i - reach, int(rng.poisson(parents)))
        chosen = sorted(rng.choice(np.arange(reach, i), size=count, replace=False).tolist())
        requires = tuple(f"s{j}" for j in chosen)
        found.append(Skill(f"s{i}", f"u{i}", f"Skill {i}", "", f"area-{i % areas}", requires))
    return SkillGraph.of(found)


def chain(skills: int) -> SkillGraph:
    """Every skill requires the one before."""
    return SkillGraph.of(
        Skill(
            f"s{i}", f"u{i}", f"Skill {i}", "", f"area-{i * 4 // skills}", (f"s{i - 1}",) * (i > 0)
        )
        for i in range(skills)
    )


def with_wrong_edges(graph: SkillGraph, share: float, rng: Generator) -> SkillGraph:
    """The graph with a share of its edges moved to a wrong prerequisite earlier in the order."""
    place = {slug: i for i, slug in enumerate(graph.order)}
    changed = []
    for skill in graph.skills.values():
        requires: list[str] = []
        for slug in skill.requires:
            wrong = rng.random() < share
            pick = graph.order[int(rng.integers(place[skill.slug]))] if wrong else slug
            if pick not in requires:
                requires.append(pick)
        changed.append(replace(skill, requires=tuple(requires)))
    return SkillGraph.of(changed, graph.areas.values())


def item_bank(graph: SkillGraph, rng: Generator, per_skill: int = 2) -> list[Item]:
    """Items with declared guess and slip; every fourth also touches a prerequisite."""
    items = []
    for slug, skill in graph.skills.items():
        for i in range(per_skill):
            skills = {slug: 1.0}
            if skill.requires and rng.random() < 0.25:
                skills[skill.requires[0]] = 0.4
            name = f"{slug}-{i}"
            items.append(Item(name, name, 1, name, "choice", skills, guess=0.15, slip=0.1))
    return items


def draw_learners(graph: SkillGraph, people: Population, count: int, rng: Generator) -> Array:
    """Truth of ``count`` learners, shape (count, skills), half of all skills held on average."""
    slugs = graph.order
    place = {slug: i for i, slug in enumerate(slugs)}
    hardness = np.array([graph.skills[s].difficulty for s in slugs])
    hardness = hardness + rng.normal(0.0, people.hidden_spread, len(slugs))
    areas = sorted({s.area for s in graph.skills.values()})
    ability = rng.normal(0.0, 1.0, (count, 1)) + rng.normal(
        0.0, people.area_spread, (count, len(areas))
    )
    column = [areas.index(graph.skills[s].area) for s in slugs]
    luck = rng.random((count, len(slugs)))

    def held(offset: float) -> Array:
        truth = np.zeros((count, len(slugs)))
        for i, slug in enumerate(slugs):
            chance = 1.0 / (
                1.0 + np.exp(-people.slope * (ability[:, column[i]] - hardness[i] + offset))
            )
            parents = [place[r] for r in graph.skills[slug].requires]
            ready = truth[:, parents].all(axis=1) if parents else np.ones(count, dtype=bool)
            truth[:, i] = luck[:, i] < np.where(ready, chance, people.violation)
        return truth

    low, high = -10.0, 20.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if held(middle).mean() < 0.5 else (low, middle)
    return held(high)


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated learner: what is held, and how far this person guesses and slips."""

    truth: dict[str, bool]
    guess: float | None
    slip: float | None


def answer(
    person: Person, item: Item, noise: tuple[float, float], dont_know: float, rng: Generator
) -> tuple[float, bool]:
    """Score of one answer, and whether it is "I don't know yet"."""
    guess = noise[0] if person.guess is None else person.guess
    slip = noise[1] if person.slip is None else person.slip
    chance = 1.0 - slip
    for slug, weight in item.skills.items():
        if not person.truth[slug]:
            chance = guess + (chance - guess) * (1.0 - weight)
    if not person.truth[item.home] and rng.random() < dont_know:
        return 0.0, True
    return float(rng.random() < chance), False


def fact(item: Item, number: int, score: float, unknown: bool) -> Evidence:
    """The evidence of one placement answer."""
    return Evidence(
        id=f"{number:06d}",
        learner="simulated",
        at=START + timedelta(minutes=number),
        source="placement",
        how="dont-know" if unknown else "answered",
        kind="item",
        slug=item.slug,
        version=item.version,
        sha256="",
        seed=number,
        skills=item.skills,
        score=score,
        guess=item.guess,
        slip=item.slip,
        difficulty=item.difficulty,
    )


def simulate_placement(
    graph: SkillGraph,
    *,
    learners: int = 100,
    questions: int = 30,
    seed: int = 0,
    people: Population | None = None,
    priors: Priors | None = None,
    items: Sequence[Item] | None = None,
    tick: Callable[[int], None] | None = None,
) -> Curve:
    """Place simulated learners on a graph.

    Args:
        graph: The true graph; the model sees it with ``people.wrong_edges`` of its edges moved.
        learners: How many people.
        questions: How many questions each is asked, at most as many as there are items. The
            stopping rule is not applied.
        seed: Same seed, same result (processor time apart).
        people: The population.
        priors: The model's assumptions; ``Priors(hypotheses=NO_GRAPH)`` ignores the graph.
        items: What can be asked; where None, two made-up items for each skill, or more where
            the questions would run out.
        tick: Called with the number of learners done.
    """
    people = people or Population()
    runs = []
    for first in range(0, learners, people.world):
        count = min(people.world, learners - first)
        rng = np.random.default_rng((seed, first))
        runs.append(_one_world(graph, count, questions, people, priors, items, rng))
        if tick:
            tick(first + count)
    return _curve(runs)


@dataclass(frozen=True, slots=True)
class _Run:
    """Learners of one world: right and sure (learners, questions + 1), truth, CPU seconds."""

    right: Array
    sure: Array
    truth: Array
    spent: float


def _one_world(
    graph: SkillGraph,
    learners: int,
    questions: int,
    people: Population,
    priors: Priors | None,
    items: Sequence[Item] | None,
    rng: Generator,
) -> _Run:
    truth = draw_learners(graph, people, learners, rng)
    seen = with_wrong_edges(graph, people.wrong_edges, rng) if people.wrong_edges else graph
    per_skill = max(2, -(-questions // max(len(seen.skills), 1)))
    items = item_bank(seen, rng, per_skill) if items is None else items
    noise = {i.slug: (rng.uniform(*people.guess), rng.uniform(*people.slip)) for i in items}
    model = KnowledgeModel(seen, priors)
    placement = Placement(model, items, limit=questions + 1)
    place = {slug: i for i, slug in enumerate(graph.order)}
    truth = truth[:, [place[slug] for slug in model.network.slugs]]
    right = np.zeros((learners, questions + 1))
    sure = np.zeros_like(right)
    spent = 0.0
    for n, held_by in enumerate(truth > 0.5):
        person = Person(
            dict(zip(model.network.slugs, held_by.tolist(), strict=True)),
            0.5 if rng.random() < people.guessers else None,
            0.25 if rng.random() < people.careless else None,
        )
        state, asked = model.start(), list[str]()
        for q in range(questions + 1):
            begun = time.process_time()
            held = model.learnt(state)
            right[n, q] = ((held > 0.5) == held_by).mean()
            sure[n, q] = np.maximum(held, 1.0 - held).mean()
            if q == questions:
                break
            slug = placement.pick(state, asked, START)
            item = placement.items[slug]
            score, unknown = answer(person, item, noise[slug], people.dont_know, rng)
            state = model.update(state, fact(item, q, score, unknown))
            asked.append(slug)
            spent += time.process_time() - begun
    return _Run(right, sure, truth, spent)


def _curve(runs: Sequence[_Run]) -> Curve:
    right = np.concatenate([run.right for run in runs])
    sure = np.concatenate([run.sure for run in runs])
    learners, columns = right.shape
    rate = np.concatenate([run.truth for run in runs]).mean(axis=0)
    spent = sum(run.spent for run in runs)
    return Curve(
        questions=tuple(range(columns)),
        accuracy=tuple(right.mean(axis=0).tolist()),
        accuracy_error=tuple(_error([run.right for run in runs]).tolist()),
        share_of_learners_at_90=tuple((right >= 0.9).mean(axis=0).tolist()),
        expected=tuple(sure.mean(axis=0).tolist()),
        cpu_ms_per_question=1000.0 * spent / (learners * max(columns - 1, 1)),
        base_rate=float(np.maximum(rate, 1.0 - rate).mean()),
    )


def _error(worlds: Sequence[Array]) -> Array:
    """Standard error of the mean over learners, who are alike within a world."""
    people = np.concatenate(worlds)
    alone = people.std(axis=0) / np.sqrt(len(people))
    if len(worlds) == 1:
        return np.asarray(alone)
    means = np.stack([world.mean(axis=0) for world in worlds])
    between = means.std(axis=0, ddof=1) / np.sqrt(len(means))
    # A handful of worlds may agree by luck, so then the larger of the two is taken.
    return np.asarray(between if len(worlds) >= MANY_WORLDS else np.maximum(between, alone))
