"""``journeyman model simulate``: how well placement would do, on simulated learners."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeyman.cli.context import json_option
from journeyman.cli.output import percent, plain, show

if TYPE_CHECKING:
    from journeyman.learner.simulate import Curve

MARKS = (0, 5, 10, 15, 20, 25, 30, 45, 60, 80, 100)
MOST_SKILLS = 2000


@click.command()
@click.option("--learners", type=click.IntRange(1, 100_000), default=100, help="How many people.")
@click.option("--questions", type=click.IntRange(1, 500), default=30, help="Questions to each.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Same seed, same curve.")
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    help="Another graph: TOML as in the bank (a file or a folder), or an edge list.",
)
@click.option(
    "--wrong-edges",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Share of the edges that are wrong.",
)
@click.option("--guessers", type=click.FloatRange(0, 1), default=0.0, help="Share who guess half.")
@click.option(
    "--careless", type=click.FloatRange(0, 1), default=0.0, help="Share who slip on a quarter."
)
@click.option(
    "--violation",
    type=click.FloatRange(0, 1),
    default=0.03,
    help="Share of skills held without what they need.",
)
@json_option
def simulate(  # noqa: PLR0913, PLR0917 - one parameter for each option
    learners: int,
    questions: int,
    seed: int,
    graph: Path | None,
    wrong_edges: float,
    guessers: float,
    careless: float,
    violation: float,
    as_json: bool,
) -> None:
    """Show how well placement finds out what simulated learners hold."""
    from journeyman.cli.graph_file import read_graph
    from journeyman.curriculum import builtin
    from journeyman.errors import Invalid
    from journeyman.learner.simulate import Population, simulate_placement

    found = read_graph(graph or builtin.path())
    if len(found.skills) > MOST_SKILLS:
        raise Invalid(f"{graph}: {len(found.skills):,} skills; at most {MOST_SKILLS:,} are placed.")
    people = Population(
        wrong_edges=wrong_edges, guessers=guessers, careless=careless, violation=violation
    )
    bar = click.progressbar(length=learners, label="Learners", file=sys.stderr, hidden=as_json)
    with bar:
        curve = simulate_placement(
            found,
            learners=learners,
            questions=questions,
            seed=seed,
            people=people,
            tick=lambda done: bar.update(done - bar.pos),
        )
    data = {"learners": learners, "seed": seed, "skills": len(found.skills), **plain(curve)}
    show(data, _table(curve), as_json=as_json)


def _table(curve: Curve) -> str:
    """A line for each of some numbers of questions, with 95 % intervals."""
    lines = ["questions  skills called rightly  learners with 90 %  its own estimate"]
    last = curve.questions[-1]
    for asked in sorted({last, *(mark for mark in MARKS if mark < last)}):
        half = 1.96 * curve.accuracy_error[asked]
        right = f"{100 * curve.accuracy[asked]:.1f} ± {100 * half:.1f} %"
        share = percent(curve.share_of_learners_at_90[asked])
        estimate = f"{100 * curve.expected[asked]:.1f} %"
        lines.append(f"{asked:9d}  {right:>21}  {share:>18}  {estimate:>16}")
    lines.append(f"{curve.cpu_ms_per_question:.0f} ms of processor time a question.")
    return "\n".join(lines)
