"""Do a fresh learner's first ten answers already beat the prior, in the model of the product?

    PYTHONPATH=src python benchmarks/first_answers.py --learners 200
    PYTHONPATH=src python benchmarks/first_answers.py --learners 200 --logs FOLDER

Every answer is predicted twice: from the state after the answers before it, and from the state of
somebody who has not answered anything. Below zero, the state is better. The interval draws
learners.

Without FOLDER, learners are simulated on the bank's graph and answer its own items in random
order (their true noise differs from the declared one, see :mod:`journeyman.learner.simulate`);
"after ten" predicts twenty other items from the first ten answers. With FOLDER (see
`benchmarks/public_logs.py`), held-out learners of public logs are replayed up to their tenth answer
on a graph of isolated skills: "as declared" knows nothing of the items, "items fitted" has guess,
slip and difficulty from other learners' answers, as an installation fits them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np
from public_logs import SETS, beginning, split

from journeyman.core.evidence import Evidence
from journeyman.core.item import Item
from journeyman.core.skill import Skill, SkillGraph
from journeyman.learner.items import answers_of, fit_items, with_parameters
from journeyman.learner.knowledge import KnowledgeModel
from journeyman.learner.simulate import START, Person, Population, answer, draw_learners, fact
from journeyman.learner.state import State
from journeyman.learner.tracing import Log
from journeyman.learner.tracing.measures import interval, losses
from placement import bank_graph, bank_items

FIRST, OTHERS = 10, 20
TAUGHT_BY = 40
"""Answers of each training learner from which items are fitted."""


@dataclass
class Score:
    """Losses with the state and with the prior alone, answer by answer."""

    label: str
    learner: list[int] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    state: list[float] = field(default_factory=list)
    prior: list[float] = field(default_factory=list)

    def add(self, who: int, right: float, state: float, prior: float) -> None:
        """One answer and its two predictions."""
        self.learner.append(who)
        self.right.append(right)
        self.state.append(state)
        self.prior.append(prior)

    def __str__(self) -> str:
        right = np.array(self.right)
        state, prior = losses(right, np.array(self.state)), losses(right, np.array(self.prior))
        low, high = interval(np.array(self.learner), state - prior)
        return (
            f"{self.label:44s} {len(right):6d} answers of {len(set(self.learner)):4d} learners: "
            f"state {state.mean():.4f}, prior {prior.mean():.4f}, "
            f"{(state - prior).mean():+.4f} [{low:+.4f}, {high:+.4f}]"
        )


def chance(model: KnowledgeModel, state: State, item: Item) -> float:
    """Probability of a right answer to the item now."""
    found = model.predict(
        state,
        item.skills,
        guess=item.guess,
        slip=item.slip,
        difficulty=item.difficulty,
        at=START + timedelta(minutes=FIRST),
    )
    return found.p


def simulated(learners: int, seed: int) -> list[Score]:
    """People on the bank's graph, ten in each world (see ``Population.world``)."""
    graph, people = bank_graph(), Population()
    items = bank_items(graph)
    model = KnowledgeModel(graph)
    prior = {item.slug: chance(model, model.start(), item) for item in items}
    during, after = Score("simulated, each of the first ten"), Score("simulated, after ten")
    for first in range(0, learners, people.world):
        rng = np.random.default_rng((seed, first))
        noise = {one.slug: (rng.uniform(*people.guess), rng.uniform(*people.slip)) for one in items}
        truth = draw_learners(graph, people, min(people.world, learners - first), rng) > 0.5
        for who, held in enumerate(truth, start=first):
            person = Person(dict(zip(graph.order, held.tolist(), strict=True)), None, None)
            state = model.start()
            chosen = rng.permutation(len(items))[: FIRST + OTHERS]
            for number, place in enumerate(chosen.tolist()):
                item = items[place]
                right, _ = answer(person, item, noise[item.slug], 0.0, rng)
                score = during if number < FIRST else after
                score.add(who, right, chance(model, state, item), prior[item.slug])
                if number < FIRST:
                    state = model.update(state, fact(item, number, right, unknown=False))
    return [during, after]


def isolated(log: Log) -> tuple[SkillGraph, dict[str, Item]]:
    """The skills of a log without edges, and its items as an author who says nothing about them.

    Parts of one log share the names of all skills, so every part has the same graph.
    """
    names = sorted({name for skills in log.skill_sets for name in skills})
    graph = SkillGraph.of(Skill(f"s{name}", f"s{name}", name, "", "log") for name in names)
    pairs = zip(log.item.tolist(), log.skills.tolist(), strict=True)
    items = {}
    for item, skills in dict(pairs).items():
        touched = {f"s{name}": 1.0 for name in log.skill_sets[skills]}
        slug = f"i{log.items[item]}"
        items[slug] = Item(slug, slug, 1, slug, "number", touched)
    return graph, items


def facts(log: Log, items: dict[str, Item]) -> list[list[Evidence]]:
    """The ledger of each learner."""
    found = []
    for first, end in log.spans():
        ledger = []
        for number, row in enumerate(range(first, end)):
            item = items[f"i{log.items[log.item[row]]}"]
            ledger.append(fact(item, number, float(log.correct[row]), unknown=False))
        found.append(ledger)
    return found


def replayed(folder: Path, name: str, learners: int, seed: int) -> list[Score]:
    """Held-out learners of a public log."""
    train, test = split(folder, name, 2)
    rng = np.random.default_rng(seed)
    taught = beginning(train.take(rng.permutation(train.present())[:learners]), TAUGHT_BY)
    asked = beginning(test.take(rng.permutation(test.present())[:learners]), FIRST)
    graph, items = isolated(train)
    items = isolated(test)[1] | items
    model = KnowledgeModel(graph)
    answers = [one for ledger in facts(taught, items) for one in answers_of(model, ledger)]
    fitted = fit_items(answers, items)
    better = {slug: with_parameters(item, fitted) for slug, item in items.items()}
    return [
        _replay(model, Score(f"{name}, as declared"), facts(asked, items), items),
        _replay(model, Score(f"{name}, items fitted"), facts(asked, better), better),
    ]


def _replay(
    model: KnowledgeModel, score: Score, ledgers: Sequence[list[Evidence]], items: dict[str, Item]
) -> Score:
    for who, ledger in enumerate(ledgers):
        state = model.start()
        for one in ledger:
            item = items[one.slug]
            score.add(
                who, one.score, chance(model, state, item), chance(model, model.start(), item)
            )
            state = model.update(state, one)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--logs", type=Path, help="Folder of the public logs.")
    parser.add_argument("--set", action="append", choices=SETS, help="Several may be named.")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.logs is None:
        print(*simulated(options.learners, options.seed), sep="\n")
        return
    for name in options.set or SETS:
        print(*replayed(options.logs, name, options.learners, options.seed), sep="\n", flush=True)


if __name__ == "__main__":
    main()
