"""Competitions in words, for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeyman.competitions.entry import LEVELS, Competition
from journeyman.competitions.house_field import Rung
from journeyman.competitions.queries import Board, BoardLine
from journeyman.competitions.validating import Report
from journeyman.store.competing import Submission

if TYPE_CHECKING:
    from journeyman.competitions.making import Made


def number(value: float | None) -> str:
    """A score with four significant digits, or a dash.

    >>> number(0.81236), number(float("nan")), number(1234.5)
    ('0.8124', '-', '1,234')
    """
    if value is None or not math.isfinite(value):
        return "-"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4f}" if abs(value) < 10 else f"{value:.2f}"


def report_text(report: Report) -> str:
    """What a validation found."""
    lines = [f"Error: {one.message}" for one in report.errors]
    lines += [f"Warning: {one.message}" for one in report.warnings]
    if report.valid:
        lines.append(f"{report.rows:,} predictions can be scored.")
    return "\n".join(lines)


def submitted_text(submission: Submission, board: Board, report: Report | None) -> str:
    """What came of a submission."""
    lines = [f"Warning: {one.message}" for one in report.warnings] if report else []
    public = submission.public or {}
    if submission.stage == "waiting":
        lines.append("Kept. The labels are sealed; it is scored when the host opens them.")
        return "\n".join(lines)
    if public.get("late"):
        private = (submission.private or {}).get("value")
        lines.append(
            f"Practice after closing: public {number(public.get('value'))}, private "
            f"{number(private)}."
        )
    elif public.get("climbed"):
        lines.append(f"Your score: {number(public.get('released'))}, level {submission.level}.")
    else:
        lines.append(
            f"Not clearly better than your best, {number(public.get('released'))}, so its score is "
            f"not told (better by {public.get('step') or 0:.2g} would be clear). Your own "
            "validation tells more than a board that is asked again and again."
        )
    if submission.expected is None and not public.get("late"):
        lines.append('Next time, say what you expect: --expect "0.81 +- 0.01".')
    return "\n".join([*lines, "", board_text(board)])


def board_text(board: Board) -> str:
    """The board."""
    lines = [
        f"{board.title}: {board.part} board, {board.rows:,} {board.unit}",
        f"{board.metric_title}, {board.better} is better. Lines of one rank cannot be told apart.",
        "",
    ]
    lines += [_line(one) for one in board.lines]
    if not board.lines:
        lines.append("Nothing is scored yet.")
    lines += _rerun_lines(board)
    shown = {one.level for one in board.lines if one.level} or {board.level}
    lines += ["", *(f"{level}: {says}." for level, says in LEVELS.items() if level in shown)]
    if board.withheld:
        lines += ["", "Without a score:"]
        lines += [f"  {one.submission[-6:]} {one.name}: {one.why}" for one in board.withheld]
    if board.rungs_missing:
        names = ", ".join(board.rungs_missing)
        command = f"journeyman compete baseline {board.slug}"
        how = "closing with the password runs them" if board.sealed else f"`{command}` runs them"
        lines += [
            "",
            f"Baselines of the house that were not run yet: {names}; {how}.",
            "Medals and evidence go by all of it.",
        ]
    lines += _trap_lines(board)
    lines += _closing_lines(board)
    return "\n".join(lines)


def _line(one: BoardLine) -> str:
    interval = f"{number(one.low)} to {number(one.high)}"
    who = f"house: {one.name}" if one.kind == "house" else f"you: {one.name}"
    cost = ""
    if one.kind == "house" and one.seconds:
        memory = f", {one.peak_mb:.0f} MB" if one.peak_mb else ""
        cost = f"  {one.seconds:.1f} s{memory}"
    mine = f"  {one.level} {one.submission[-6:]} {one.medal}" if one.kind == "you" else ""
    return f"{one.rank:>4}  {number(one.score):>9}  {interval:<20} {who}{cost}{mine}".rstrip()


def _rerun_lines(board: Board) -> list[str]:
    lines = []
    for identifier, found in board.reruns.items():
        if found.get("value") is None:
            why = found.get("why") or "it could not be scored"
            lines.append(f"      {identifier[-6:]} was not run on a split of its own: {why}.")
        else:
            lines.append(
                f"      {identifier[-6:]} run again on the split of its hash: "
                f"{number(found['value'])} ({number(found['low'])} to {number(found['high'])}), "
                f"{found['train_rows']:,} rows learnt, {found['test_rows']:,} asked."
            )
    return lines


def _trap_lines(board: Board) -> list[str]:
    trap, lines = board.trap, []
    if trap.why:
        lines += ["", trap.why]
        if trap.hints_left and not trap.hints:
            lines.append(f"A hint: journeyman compete notes {board.slug} --hint")
    lines += [f"Hint: {hint}" for hint in trap.hints]
    lines += [f"Trap: {named}" for named in trap.named]
    return lines


def _closing_lines(board: Board) -> list[str]:
    outcome = board.outcome
    if outcome is None or board.closed_at is None:
        return []
    lines = ["", f"Closed on {board.closed_at:%d %B %Y}. Public, then private (rank):"]
    for one in board.shake:
        mark = "  <- you stood by this one" if one.chosen else ""
        lines.append(
            f"  {one.submission[-6:]} {number(one.public)} ({one.public_rank}) -> "
            f"{number(one.private)} ({one.private_rank}){mark}"
        )
    if outcome["medal"]:
        lines.append(f"Medal: {outcome['medal']}.")
    honest = outcome.get("honesty")
    if honest:
        kept = "It held" if honest["held"] else "It did not hold"
        side = "too hopeful" if honest["optimistic"] else "too cautious"
        told = "" if honest["held"] else f", you were {side}"
        lines.append(
            f"You predicted {number(honest['expected'])} +- {number(honest['margin'])}, it was "
            f"{number(outcome['score'])}. {kept}{told}."
        )
    return lines


def rung_lines(competition: Competition, rungs: Sequence[Rung]) -> str:
    """The house field on the public part."""
    lines = []
    for one in rungs:
        shown = one.public.interval(competition.metric)
        memory = f", {one.peak_mb:.0f} MB" if one.peak_mb else ""
        cost = f"{one.seconds:.1f} s{memory}" if one.seconds else "-"
        lines.append(
            f"{one.name:<12} {number(shown.value):>9}  {number(shown.low)} to "
            f"{number(shown.high):<9} {cost:<16} {one.says}"
        )
    return "\n".join(lines)


def notes_text(found: Sequence[Submission]) -> str:
    """Every submission with its note."""
    lines = []
    for one in found:
        public = one.public or {}
        told = {
            "failed": f"failed: {public.get('message', '')}",
            "waiting": "waits for the labels",
            "submitted": "not scored yet",
        }.get(one.stage, "")
        if one.stage == "scored":
            told = number(public.get("released")) if public.get("climbed") else "did not climb"
        if one.private is not None:
            told += f", private {number(one.private.get('value'))}"
        expected = ""
        if one.expected is not None:
            expected = f", expected {number(one.expected)} +- {number(one.margin)}"
        lines.append(
            f"{one.opened_at:%Y-%m-%d %H:%M}  {one.id[-6:]}  {one.level}  {one.name}: "
            f"{told}{expected}"
        )
        lines += [f"    {line}" for line in one.note.splitlines()]
    return "\n".join(lines) or "There are no submissions yet."


def made_text(made: Made) -> str:
    """What ``compete new`` made, and what its host should look at."""
    rows = ", ".join(f"{count:,} {name}" for name, count in made.rows.items())
    labels = "sealed with your password" if made.sealed else "kept on this machine"
    lines = [
        f"{made.folder} is ready: {made.task}, scored by {made.metric}; rows: {rows}.",
        f"The labels are {labels}. Level {made.level}: {LEVELS[made.level]}.",  # type: ignore[index]
    ]
    lines += [f"Note: {one}" for one in made.remarks]
    if made.findings:
        many = f"{len(made.findings)} things" if len(made.findings) > 1 else "one thing"
        lines.append(f"The audit found {many} (all in audit.md):")
        lines += [f"  {one}" for one in made.findings[:5]]
    lines += [
        f"Read and complete {made.folder}/description.md and data-card.md before you share it.",
        f"Baselines: journeyman compete baseline {made.slug}",
        f"Others get it with: journeyman compete get {made.folder}",
    ]
    return "\n".join(lines)
