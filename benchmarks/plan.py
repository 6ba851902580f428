"""Planning side by side: simulated learners under our plan and under fixed policies.

    PYTHONPATH=src python benchmarks/plan.py --learners 500

The figure is the target-weighted share of skills held and recalled at the deadline, by the truth of
a simulated world that the planner does not know: its forgetting follows another law, learners are
faster or slower, studying without the prerequisites mostly fails, answers are noisy, and a tenth of
what the planner believes at the start is wrong. "journeyman" follows the product's own daily plan
(:func:`journeyman.learner.plan.plan_today`), sitting after sitting.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
import tomllib
from datetime import timedelta
from pathlib import Path

import numpy as np
from plan_world import start

from journeyman.core.mastery import Mastery
from journeyman.core.skill import Skill, SkillGraph
from journeyman.learner import rehearsal
from journeyman.learner.network import Array
from journeyman.learner.plan import KNOWN, READY, Activity, Content, plan_today
from journeyman.learner.rehearsal import NEVER, REVIEW_MINUTES, Act, Belief, Course, Rank
from journeyman.learner.simulate import START, random_graph

BUDGETS = {"12 weeks x 4 h": (12, 4), "12 weeks x 8 h": (12, 8), "26 weeks x 6 h": (26, 6)}
WORLDS = ("power law", "exponential")
STUDY = 3.0  # lesson, practice and exercise together take this many times the lesson
FIXED = (
    "curriculum order, no reviews",
    "lowest mastery first",
    "random ready skill",
    "FSRS due-first at .9",
    "myopic gain per minute",
    "alternate learn/review",
)
OURS = "journeyman"
STEADY = "gain per minute, no limits of a day"


def bank_graph() -> SkillGraph:
    """The bank's own graph."""
    skills = []
    for path in sorted((Path(__file__).parents[1] / "curriculum" / "skills").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for one in data["skill"]:
            place = (data["area"]["slug"], tuple(one["requires"]), one["minutes"])
            text = (one["slug"], one["uuid"], one["title"], one["summary"])
            skills.append(Skill(*text, *place, one["difficulty"]))
    return SkillGraph.of(skills)


def fixed(course: Course, belief: Belief, name: str, rng: np.random.Generator) -> Rank:
    """A fixed policy: which new skill, and whether a review comes first."""
    order = np.arange(len(course.weights), dtype=np.float64)

    def rank(day: float, reviewed: Array) -> Array:
        held, recall = belief.held, belief.recall(day)
        valuable = rehearsal.priorities(course, belief, day)
        ours_new, loss = np.split(valuable, 2, axis=1)
        never = np.full_like(held, NEVER)
        due = np.where((recall < 0.9) & (held >= READY), 1e6 + loss, NEVER)
        if name == "curriculum order, no reviews":
            score, review = np.broadcast_to(-order, held.shape), never
        elif name == "random ready skill":
            score, review = rng.random(held.shape), never
        elif name == "lowest mastery first":
            score = 1.0 - held * recall
            review = np.where((held >= KNOWN) & (held * recall < 0.95), score, NEVER)
        elif name == "myopic gain per minute":
            score = course.weights * (1.0 - held) / course.minutes
            gain = course.weights * held * (1.0 - recall) / REVIEW_MINUTES
            review = np.where(held >= READY, gain, NEVER)
        else:  # both take new skills by our own worth
            turn = (reviewed <= 0.5)[:, None] | (name == "FSRS due-first at .9")
            score, review = ours_new, np.where(turn, due, NEVER)
        return np.concatenate([np.where(ours_new > NEVER, score, NEVER), review], axis=1)

    return rank


def follow(
    graph: SkillGraph,
    target: dict[str, float],
    course: Course,
    belief: Belief,
    act: Act,
    speed: Array,
) -> None:
    """Every learner does what :func:`plan_today` says, sitting after sitting.

    The lesson takes a third of a skill's minutes and practice the rest; practice is where the skill
    is learnt or not, as for the other policies. Minutes that a sitting leaves over are added to the
    next one, and minutes overrun are taken from it, so that everybody has the same in all.
    """
    catalogue = {
        slug: (
            Activity("lesson", slug, {slug: 1.0}, minutes / STUDY),
            Activity("practice", slug, {slug: 1.0}, minutes * (1.0 - 1.0 / STUDY)),
        )
        for slug, minutes in zip(graph.order, course.minutes.tolist(), strict=True)
    }
    for row in range(len(belief.held)):
        _follow_one(graph, target, course, belief, act, row, catalogue, float(speed[row]))


def _follow_one(
    graph: SkillGraph,
    target: dict[str, float],
    course: Course,
    belief: Belief,
    act: Act,
    row: int,
    catalogue: dict[str, tuple[Activity, Activity]],
    speed: float,
) -> None:
    index = {slug: i for i, slug in enumerate(graph.order)}
    read: dict[str, float] = {}  # minutes spent on lessons whose practice is still to come
    left = 0.0
    for day, minutes in course.sittings:
        left += minutes
        at = START + timedelta(days=day)
        offers = [
            one
            for slug, pair in catalogue.items()
            for one in pair
            if one.kind == "practice" or slug not in read
        ]
        mastery = _mastery(graph, belief, row, day)
        due = {
            slug: START + timedelta(days=float(belief.last[row, i] + belief.stability[row, i]))
            for slug, i in index.items()
        }
        for step in plan_today(graph, mastery, due, offers, left, at, target):
            if step.minutes > left:
                break
            if step.kind == "lesson":
                read[step.skill] = step.minutes * speed
                left -= step.minutes * speed
                continue
            who, what = np.array([row]), np.array([index[step.skill]])
            review = np.array([step.kind == "review"])
            left -= float(act(who, what, review, day)[0])
            if step.kind == "practice":
                left += read.pop(step.skill, 0.0)


def _mastery(graph: SkillGraph, belief: Belief, row: int, day: float) -> dict[str, Mastery]:
    recall = rehearsal.forgetting(day - belief.last[row], belief.stability[row])
    mean = belief.held[row] * recall
    return {
        slug: Mastery(slug, m, 0.1, 0.0, 1.0, r, 1, "held" if m >= KNOWN else "unknown")
        for slug, m, r in zip(graph.order, mean.tolist(), recall.tolist(), strict=True)
    }


def forecast_ms(skills: int) -> float:
    """Processor time of one learner's forecast (three paces) on ``skills`` skills."""
    rng = np.random.default_rng(0)
    graph = random_graph(skills, rng)
    _, belief = start(graph, WORLDS[0], 1, rng)
    course = Course.of(graph, None, 8, 12, dict.fromkeys(graph.skills, 60.0))
    begun = time.process_time()
    rehearsal.forecast(course, belief)
    return 1000.0 * (time.process_time() - begun)


def today_ms(skills: int) -> float:
    """Processor time of planning one day on ``skills`` skills, mean over twenty learners."""
    rng = np.random.default_rng(0)
    graph = random_graph(skills, rng)
    _, belief = start(graph, WORLDS[0], 20, rng)
    kinds: tuple[Content, ...] = ("lesson", "practice", "exercise")
    offers = [Activity(kind, f"{kind}-{s}", {s: 1.0}, 20.0) for s in graph.order for kind in kinds]
    due = dict.fromkeys(graph.order, START + timedelta(days=30))
    people = [_mastery(graph, belief, row, 5.0) for row in range(20)]
    begun = time.process_time()
    for mastery in people:
        plan_today(graph, mastery, due, offers, 60.0, START)
    return 1000.0 * (time.process_time() - begun) / len(people)


def speed() -> str:
    """What planning costs, on two sizes of graph."""
    lines = [
        f"{skills} skills: a day's plan {today_ms(skills):.1f} ms, a forecast of twelve weeks at "
        f"8 h {forecast_ms(skills):.0f} ms"
        for skills in (80, 200)
    ]
    return "\n".join(lines)


def measure(graph: SkillGraph, learners: int, seed: int, only: str) -> list[dict[str, object]]:
    """Every policy in every budget and world."""
    found: list[dict[str, object]] = []
    weights = np.random.default_rng(seed).lognormal(0.0, 1.0, len(graph.order))
    target = dict(zip(graph.order, weights.tolist(), strict=True))
    minutes = {slug: STUDY * skill.minutes for slug, skill in graph.skills.items()}
    for (budget, (weeks, hours)), kind in itertools.product(BUDGETS.items(), WORLDS):
        if only not in budget:
            continue
        course = Course.of(graph, target, hours, weeks, minutes)
        for name in [*FIXED, STEADY, OURS]:
            rng = np.random.default_rng(seed)
            world, belief = start(graph, kind, learners, rng)
            act = world.act(course, belief)
            row: dict[str, object] = {"budget": budget, "world": kind, "policy": name}
            if name == OURS:
                follow(graph, target, course, belief, act, world.speed)
            else:
                by_gain = rehearsal.by_gain(course, belief)
                rank = by_gain if name == STEADY else fixed(course, belief, name, rng)
                rehearsal.live(course, belief, rank, act)
            score = world.score(course)
            row["mean"] = float(score.mean())
            row["half_interval_95"] = float(1.96 * score.std() / np.sqrt(learners))
            found.append(row)
            print(
                f"{budget:16s} {kind:12s} {name:36s} {score.mean():.3f} "
                f"± {row['half_interval_95']:.3f}",
                flush=True,
            )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--budget", default="", help="part of one budget's name")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--speed", action="store_true", help="only what planning costs")
    options = parser.parse_args()
    if options.speed:
        print(speed())
        return
    found = measure(bank_graph(), options.learners, options.seed, options.budget)
    for name in [*FIXED, STEADY, OURS]:
        scores = [float(str(row["mean"])) for row in found if row["policy"] == name]
        print(f"{name:36s} {np.mean(scores):.3f} on average")
    print(speed())
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
