"""The viva command: questions on a run, whose answers are computed from its own predictions."""

from __future__ import annotations

import re
import secrets
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, counted, interactive, leave, show
from journeyman.cli.verify import passphrase_of, passphrase_option
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeyman.delivery.viva import Question, Result
    from journeyman.proof.claim import SignedClaim

_PROJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\Z")


@click.command()
@click.argument("run_dir", metavar="RUN_DIR", type=click.Path(path_type=Path))
@click.option(
    "--count", type=click.IntRange(1, 40), default=8, show_default=True, help="Questions to ask."
)
@click.option("--seed", type=click.IntRange(min=0), help="Ask the questions of this seed again.")
@click.option(
    "--claim", "project", metavar="PROJECT", help="Sign the result as a claim on this project."
)
@passphrase_option
@json_option
def viva(
    run_dir: Path,
    count: int,
    seed: int | None,
    project: str | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Answer questions on your own run, against the clock.

    RUN_DIR is the folder of a run (.journeyman/runs/ID), with predictions.parquet or .csv in it.
    Each answer is computed from that file; a late answer does not count. At a terminal you are
    asked one by one. Otherwise one answer a line is read from standard input. Exits with 1 when
    fewer than three in four were right. With --claim, the result is signed and kept, whatever it
    is, and the questions are new ones; `journeyman claim show` writes it for others.
    """
    if project is not None and seed is not None:
        raise Invalid("A claim is on questions that were not known before: leave --seed out.")
    from journeyman.delivery import viva as room

    artifacts = room.read(run_dir)
    seed = secrets.randbelow(2**31) if seed is None else seed
    sign = None if project is None else _signing(project, passphrase_file)
    asked = room.questions(artifacts, seed=seed, count=count)
    given = _in_person(asked) if interactive() and not as_json else _from_lines(asked)
    result = room.settle(artifacts, seed, asked, given)
    data, text = result.to_json(), _told(result)
    if sign is not None:
        claimed = sign(result).claim
        data, text = data | {"claim": claimed.id}, f"{text}\nSigned: {claimed.statement}"
    show(data, text, as_json=as_json)
    leave(DONE if result.passed else FELL_SHORT)


def _signing(project: str, passphrase_file: Path | None) -> Callable[[Result], SignedClaim]:
    """What signs the result; all that could hinder it is found before a question is asked."""
    if not _PROJECT.match(project):
        raise Invalid(f"{project[:80]!r} is no name of a project, such as late-parcels.")
    passphrase = cache(passphrase_of(passphrase_file))
    with application() as app:
        app.proof.passphrase = passphrase
        app.proof.signer()

    def sign(result: Result) -> SignedClaim:
        with application() as app:
            app.proof.passphrase = passphrase
            return app.proof.claim_viva(project, result)

    return sign


def _in_person(asked: tuple[Question, ...]) -> list[tuple[str, float]]:
    """Ask one by one, with the time that each took."""
    given = []
    click.echo(f"{counted(len(asked), 'question')}. Empty means that you do not know.\n")
    for at, one in enumerate(asked, 1):
        click.echo(f"{at}. {_put(one)}")
        started = time.monotonic()
        answer = click.prompt("  Your answer", default="", show_default=False)
        given.append((answer, time.monotonic() - started))
        click.echo()
    return given


def _from_lines(asked: tuple[Question, ...]) -> list[tuple[str, float]]:
    """One answer a line from standard input; the questions go to standard error."""
    given = []
    for at, one in enumerate(asked, 1):
        click.echo(f"{at}. {_put(one)}", err=True)
        started = time.monotonic()
        line = sys.stdin.readline()
        if not line:
            raise Invalid(
                f"Standard input ended after {counted(at - 1, 'answer')} of {len(asked)}; give one "
                "answer a line, or run the command at a terminal."
            )
        given.append((line.strip(), time.monotonic() - started))
    return given


def _put(question: Question) -> str:
    lines = [f"{question.text} ({question.seconds} s)"]
    lines += [f"   {chr(97 + at)}) {one}" for at, one in enumerate(question.options)]
    return "\n".join(lines)


def _told(result: Result) -> str:
    lines = []
    for at, one in enumerate(result.answers, 1):
        verdict = "right" if one.right else "too late" if one.late else "not right"
        lines.append(f"{at}. {verdict}: {one.question.shown()}. {one.question.why}")
    lines.append(
        f"\n{result.right} of {result.asked} right in {result.seconds:g} s "
        f"(seed {result.seed}): {'passed' if result.passed else 'not passed'}."
    )
    return "\n".join(lines)
