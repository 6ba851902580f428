"""Placement side by side on several graphs: our own, and without the graph.

    PYTHONPATH=src python benchmarks/placement.py --learners 200 --questions 60

Accuracy is the share of all skills called rightly, held or not, after so many questions, for
simulated learners whose truth is known (see :mod:`journeyman.learner.simulate` for what the model
does not know about them). "no graph" is the same model with every edge ignored, that is item
response theory with one ability.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from journeyman.core.item import Item
from journeyman.core.skill import Skill, SkillGraph
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.network import Array, PrerequisiteNetwork
from journeyman.learner.placement import Placement
from journeyman.learner.priors import NO_GRAPH, Priors
from journeyman.learner.simulate import (
    START,
    Curve,
    Person,
    Population,
    answer,
    chain,
    draw_learners,
    fact,
    item_bank,
    random_graph,
    simulate_placement,
)
from journeyman.learner.tracing.reading import responses

IRT = Priors(hypotheses=NO_GRAPH)
FIRST_ANSWERS, ENOUGH = 3, 60
MOSTLY, CLEAR_GAIN = 0.75, 0.1


@dataclass(frozen=True)
class Setting:
    """One graph and one population."""

    name: str
    graph: SkillGraph
    people: Population = field(default_factory=Population)
    items: list[Item] | None = None


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


def bank_items(graph: SkillGraph) -> list[Item]:
    """The bank's own item families; their true guess and slip are drawn like everyone's."""
    found = []
    for path in sorted((Path(__file__).parents[1] / "curriculum" / "items").glob("*/item.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        skills = {slug: w for slug, w in data["skills"].items() if slug in graph.skills}
        if skills:
            more = {name: data[name] for name in ("difficulty", "guess", "slip") if name in data}
            slug = path.parent.name
            found.append(Item(slug, data["uuid"], 1, data["title"], data["kind"], skills, **more))
    return found


def log_graph(path: Path) -> SkillGraph:
    """Prerequisites derived from a log of real learners (its Q-matrix says which item asks what).

    A skill is taken as held by a learner who answered at least two of its first three items
    rightly. B is a prerequisite of A where most learners meet B first, and those who hold A hold
    B much more often than those who do not: at most the two clearest for each skill.
    """
    with path.open(encoding="utf-8", newline="") as file:
        dialect = csv.Sniffer().sniff(file.readline())
        file.seek(0)
        heading, *rows = csv.reader(file, dialect)
    first: dict[str, dict[str, list[bool]]] = {}  # learner, skill (in the order met), answers
    for answered in responses(heading, enumerate(rows, 2)):
        for skill in answered.skills:
            answers = first.setdefault(answered.learner, {}).setdefault(skill, [])
            if len(answers) < FIRST_ANSWERS:
                answers.append(answered.correct)
    names = sorted({skill for met in first.values() for skill in met})
    place = {name: i for i, name in enumerate(names)}
    held = np.full((len(first), len(names)), np.nan)
    met = np.full(held.shape, np.nan)
    for row, found in enumerate(first.values()):
        for order, (skill, answers) in enumerate(found.items()):
            met[row, place[skill]] = order
            if len(answers) == FIRST_ANSWERS:
                held[row, place[skill]] = sum(answers) * 2 > FIRST_ANSWERS
    return _implied(names, held, met)


def _implied(names: list[str], held: Array, met: Array) -> SkillGraph:
    """The graph of :func:`log_graph`; skills with fewer than ``ENOUGH`` learners are left out."""
    known = [i for i in range(len(names)) if np.isfinite(held[:, i]).sum() >= ENOUGH]
    known.sort(key=lambda i: (float(np.nanmedian(met[:, i])), i))
    skills = []
    for position, a in enumerate(known):
        clear: list[tuple[float, int]] = []
        for b in known[:position]:
            both = np.isfinite(held[:, a]) & np.isfinite(held[:, b])
            with_a, without = held[both & (held[:, a] > 0), b], held[both & (held[:, a] < 1), b]
            if min(len(with_a), len(without)) < ENOUGH / 3:
                continue
            earlier = (met[both, b] < met[both, a]).mean()
            gain = float(with_a.mean() - without.mean())
            if earlier >= MOSTLY and with_a.mean() >= MOSTLY and gain >= CLEAR_GAIN:
                clear.append((gain, b))
        share = float(np.clip(np.nanmean(held[:, a]), 0.1, 0.9))
        requires = tuple(names[b] for _, b in sorted(clear, reverse=True)[:2])
        area = f"part {position * 6 // len(known)}"
        difficulty = float(-np.log(share / (1.0 - share)) / 1.7)
        skills.append(Skill(names[a], names[a], names[a], "", area, requires, 20, difficulty))
    return SkillGraph.of(skills)


def settings(log: Path | None = None) -> list[Setting]:
    """Three graphs, then the bank's graph with people and edges that break the assumptions."""
    bank = bank_graph()
    real = [Setting(f"log, {log.parent.name}", log_graph(log))] if log else []
    return [
        *real,
        Setting("bank", bank),
        Setting("bank, its own items", bank, items=bank_items(bank)),
        Setting("random, 120 skills", random_graph(120, np.random.default_rng(5))),
        Setting("chain, 60 skills", chain(60)),
        Setting("bank, a quarter of the edges wrong", bank, Population(wrong_edges=0.25)),
        Setting("bank, guessers and careless", bank, Population(guessers=0.15, careless=0.15)),
        Setting("bank, all guess half", bank, Population(guessers=1.0)),
        Setting("bank, all careless", bank, Population(careless=1.0)),
        Setting("bank, 15 % violations", bank, Population(violation=0.15)),
        Setting("bank, says “I don't know”", bank, Population(dont_know=0.7)),
    ]


def propagation(graphs: int, seed: int) -> str:
    """Error of belief propagation against enumeration, on graphs of nine skills with loops."""
    rng = np.random.default_rng(seed)
    held = np.array(list(itertools.product([0.0, 1.0], repeat=9)))
    errors = []
    for _ in range(graphs):
        requires = [[j for j in range(i) if rng.random() < 0.35] for i in range(9)]
        graph = SkillGraph.of(
            Skill(f"s{i}", f"u{i}", "", "", "x", tuple(f"s{j}" for j in parents))
            for i, parents in enumerate(requires)
        )
        network = PrerequisiteNetwork(graph)
        prior = _joint(network, graph, held)
        truth = held[rng.choice(len(held), p=prior / prior.sum())]
        right = rng.random(9) < np.where(truth > 0, 0.92, 0.2)
        asked = rng.random(9) < 0.6
        evidence = np.where(right, np.log(0.92 / 0.2), np.log(0.08 / 0.8)) * asked
        posterior = prior * np.exp(held @ evidence)
        exact = posterior @ held / posterior.sum()
        errors.append(np.abs(exact - network.infer(evidence[:, None]).held[:, 0]))
    return (
        f"{graphs} graphs: error {np.mean(errors):.4f} on average, "
        f"{np.quantile(errors, 0.95):.3f} at the 95th percentile, {np.max(errors):.3f} at worst"
    )


def _joint(network: PrerequisiteNetwork, graph: SkillGraph, held: Array) -> Array:
    """Probability of every set of skills, by the definition."""
    chance = np.repeat(network.point_prior[None, :], len(held), axis=0)
    for k, slug in enumerate(network.slugs):
        parents = [network.index[r] for r in graph.skills[slug].requires]
        missing = (1.0 - held[:, parents]).sum(axis=1)[:, None]
        one = network.exempt + (network.ready[k] - network.exempt) * network.leak**missing
        chance *= np.where(held[:, [k]] > 0, one, 1.0 - one)
    return chance.sum(axis=1)


def levels(learners: int, seed: int) -> list[str]:
    """What the levels mean after a placement that stops by itself, on the bank's graph."""
    graph, rng = bank_graph(), np.random.default_rng(seed)
    people = Population()
    placement = Placement(KnowledgeModel(graph), item_bank(graph, rng))
    truth = draw_learners(graph, people, learners, rng) > 0.5
    counts: dict[str, list[bool]] = {name: [] for name in ("held", "shaky", "unknown", "not-yet")}
    asked_by_all = []
    for row in truth:
        person = Person(dict(zip(graph.order, row.tolist(), strict=True)), None, None)

        def answers(item: Item, person: Person = person) -> tuple[float, bool]:
            noise = (rng.uniform(*people.guess), rng.uniform(*people.slip))
            return answer(person, item, noise, 0.0, rng)

        asked, found = sitting(placement, answers)
        asked_by_all.append(asked)
        for slug, level in found.items():
            counts[level].append(person.truth[slug])
    lines = [f"questions asked: {np.mean(asked_by_all):.1f} on average"]
    total = sum(len(found) for found in counts.values())
    lines += [
        f"{name:8s} {100 * len(found) / total:5.1f} % of skills, {100 * np.mean(found):5.1f} % of "
        "them truly held"
        for name, found in counts.items()
        if found
    ]
    for text, given in {
        "right": (1.0, False),
        "wrong": (0.0, False),
        "unknown": (0.0, True),
    }.items():
        for kind, items in {"made-up": None, "bank's own": bank_items(graph)}.items():
            chooser = Placement(placement.model, items) if items else placement
            asked, found = sitting(chooser, lambda _, given=given: given)
            lines.append(f"all {text}, {kind} items: {asked} asked, {Counter(found.values())}")
    return lines


def sitting(
    placement: Placement, answers: Callable[[Item], tuple[float, bool]]
) -> tuple[int, dict[str, str]]:
    """A placement until it stops by itself: questions asked, and every skill's level."""
    model, asked = placement.model, list[str]()
    state = model.start()
    while choice := placement.next(state, asked, START):
        item = placement.items[choice.item]
        state = model.update(state, fact(item, len(asked), *answers(item)))
        asked.append(choice.item)
    return len(asked), {slug: one.level for slug, one in model.mastery(state, START).items()}


def why_ms(facts: int, seed: int) -> str:
    """Processor time of asking why, after so many answers on the bank's graph."""
    graph, rng = bank_graph(), np.random.default_rng(seed)
    model, items = KnowledgeModel(graph), item_bank(graph, rng)
    given = [
        replace(fact(item, i, float(rng.random() < 0.7), False), at=START + timedelta(days=i / 5))
        for i, item in enumerate(rng.choice(np.array(items, dtype=object), facts).tolist())
    ]
    spent = []
    for slug in graph.order[::8]:
        begun = time.process_time()
        model.why(given, slug, given[-1].at)
        spent.append(1000.0 * (time.process_time() - begun))
    return f"why, after {facts} facts: median {np.median(spent):.0f} ms, most {max(spent):.0f} ms"


def first(curve: Curve, accuracy: float) -> str:
    """Questions until the mean accuracy is reached, as text."""
    found = (q for q, a in zip(curve.questions, curve.accuracy, strict=True) if a >= accuracy)
    reached = next(found, None)
    return f"> {curve.questions[-1]}" if reached is None else str(reached)


def row(name: str, curve: Curve) -> str:
    """One line of the table: accuracy with a 95 % interval over worlds, and the rest."""
    marks = [q for q in (0, 10, 15, 25, 30, 45, 60) if q < len(curve.accuracy)]
    cells = [f"{100 * curve.accuracy[q]:.1f}±{196 * curve.accuracy_error[q]:.1f}" for q in marks]
    sure = " ".join(
        f"{100 * (curve.expected[q] - curve.accuracy[q]):+.1f}" for q in marks if q >= 10
    )
    return (
        f"{name:48s} {'  '.join(cells)}  90 %: {first(curve, 0.9):>4s}  95 %: "
        f"{first(curve, 0.95):>4s}  own estimate less truth {sure}  "
        f"base {100 * curve.base_rate:.1f}  {curve.cpu_ms_per_question:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--only", default="", help="part of a setting's name, or =NAME for exactly that one"
    )
    parser.add_argument(
        "--log", type=Path, help="a log of real learners (learner, item, skills, correct)"
    )
    parser.add_argument("--ours-only", action="store_true", help="leave the comparisons out")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--propagation", action="store_true", help="only the error on loops")
    parser.add_argument("--why", action="store_true", help="only what asking why costs")
    parser.add_argument("--levels", action="store_true", help="only what the levels mean")
    options = parser.parse_args()
    if options.propagation:
        print(propagation(150, options.seed))
        return
    if options.why:
        print(why_ms(300, options.seed))
        return
    if options.levels:
        print("\n".join(levels(options.learners, options.seed)))
        return
    found = {}
    for setting in settings(options.log):
        if options.only not in setting.name and options.only != f"={setting.name}":
            continue
        runs = {"journeyman": {}}
        if not options.ours_only:
            runs |= {"no graph": {"priors": IRT}}
        for label, more in runs.items():
            curve = simulate_placement(
                setting.graph,
                learners=options.learners,
                questions=options.questions,
                seed=options.seed,
                people=setting.people,
                items=setting.items,
                **more,
            )
            found[f"{setting.name}: {label}"] = asdict(curve)
            print(row(f"{setting.name}: {label}", curve), flush=True)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
