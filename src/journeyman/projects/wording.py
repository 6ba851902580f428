"""Projects in words, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from journeyman.projects.queries import ProjectLine
from journeyman.projects.runs import Run, Score

if TYPE_CHECKING:
    from journeyman.projects.final import Final
    from journeyman.projects.fresh import Fresh
    from journeyman.projects.handing import Submitted
    from journeyman.projects.stages import Stage

STANDINGS = {"new": "", "started": "started", "moved": "folder gone", "submitted": "handed in"}


def score_text(one: Score) -> str:
    """A metric with its interval, rows and baseline."""
    base = "" if one.baseline is None else f"; baseline {one.baseline:.4f}"
    return (
        f"{one.name} {one.value:.4f} ({one.low:.4f} to {one.high:.4f}) on {one.rows:,} rows of "
        f"{one.part}{base}"
    )


def lines_text(lines: Sequence[ProjectLine]) -> str:
    """The list of projects."""
    parts = [
        f"{one.slug:<24} {STANDINGS[one.standing]:<12} {one.title}"
        + (f"\n{'':<38}in {one.folder}" if one.folder else "")
        for one in lines
    ]
    hint = (
        "\n`journeyman project new SLUG DIR` starts one; `journeyman project new --data FILE "
        "--target COLUMN DIR` starts one with data of your own."
    )
    return "\n".join(parts or ["There is no guided project in the bank yet."]) + "\n" + hint


def fresh_text(found: Fresh) -> str:
    """What a start did."""
    by = f" by {found.split.column}" if found.split.column else ""
    parts = [
        f"{found.title}: started in {found.folder} (git commit {found.commit[:10]}).",
        f"Task {found.task}, metric {found.metric}, split {found.split.kind}{by}.",
    ]
    if found.split.why:
        parts.append(found.split.why)
    if found.held:
        parts.append(
            f"You have {found.open:,} rows. {found.held:,} are kept back until "
            "`journeyman project evaluate --final`: on your own disk they are unseen, not secret, "
            "and every look is counted."
        )
    parts += [f"! {one}" for one in found.remarks]
    parts.append(
        f"Next: cd {found.folder}; read README.md{'' if found.own else ' and BRIEF.md'}; "
        "journeyman project audit; journeyman project run."
    )
    return "\n".join(parts)


def run_text(run: Run) -> str:
    """One run."""
    git = str(run.code.get("commit", ""))[:10] or "not in git"
    if run.code.get("dirty"):
        git += f" + {run.code.get('files')} changed"
    parts = [
        f"Run {run.id}: {run.state}, {run.seconds:.1f} s, {run.peak_mib:,.0f} MiB at most.",
        *(f"  {score_text(one)}" for one in run.metrics),
        f"  code {git}; data {str(run.data.get('sha256', ''))[:10]}; seed {run.seed}; "
        f"Python {run.environment.get('python', '?')}"
        + ("" if run.environment.get("own") else " of Journeyman (the project has no .venv)"),
    ]
    if run.message:
        parts.append(f"  {run.message}")
    parts += [f"  ! {one}" for one in run.warnings]
    return "\n".join(parts)


def runs_text(runs: Sequence[Run]) -> str:
    """The list of runs."""
    if not runs:
        return "There is no run yet; `journeyman project run` makes one."
    lines = []
    for run in runs:
        one = run.main
        said = f"{one.name} {one.value:.4f} ({one.low:.4f} to {one.high:.4f})" if one else ""
        code = str(run.code.get("commit", ""))[:7] + ("*" if run.code.get("dirty") else "")
        lines.append(
            f"{run.id}  {run.state:<11} {said:<34} {run.seconds:>8.1f} s  {code:<9} {run.note[:40]}"
        )
    if any(run.code.get("dirty") for run in runs):
        lines.append("* made with code that was not committed")
    return "\n".join(lines)


def status_text(status: Any) -> str:
    """Where a project stands."""
    line, said = status.line, status.declared.project
    title = line.title or said.title or said.slug
    about = (
        f"Task {said.task or '?'}, target {said.target or '?'}, metric {said.metric or '?'}; "
        f"code {status.code}."
    )
    parts = [f"{title} ({said.slug}) in {status.folder}", about]
    states = [run.state for run in status.runs]
    if states:
        counted = {state: states.count(state) for state in dict.fromkeys(states)}
        told = ", ".join(f"{count} {state}" for state, count in counted.items())
        parts.append(f"Runs: {told}.")
        done = [run for run in status.runs if run.state == "done"]
        if done and done[-1].main:
            parts.append(f"Last: {score_text(done[-1].main)}.")
        parts += [f"! {run.id}: {run.message}" for run in status.runs if run.state == "interrupted"]
    if status.checked:
        kept = status.checked
        parts.append(
            f"Check: {kept['faults']} kinds of fault, {kept['met']} of {kept['asked']} checks of "
            "the repository met."
        )
    if status.reproduced:
        parts.append(f"Re-run: {status.reproduced.get('level') or 'not available'}.")
    if line.looks:
        parts.append(f"The hold-out was looked at {line.looks} times.")
    if status.entry:
        parts.append("Milestones:")
        parts += [f"  - {one.title}: {one.done_when}" for one in status.entry.milestones]
    parts.append(f"Next: {status.next_step}")
    return "\n".join(parts)


def final_text(found: Final) -> str:
    """A look at the hold-out."""
    look = found.look
    parts = [score_text(one) for one in found.scores]
    if found.baseline is not None:
        parts.append(f"The baseline has {found.baseline:.4f} on the same rows.")
    parts.append(look.told)
    return "\n".join(parts)


def _stage_text(one: Stage) -> str:
    return f"  {one.score:.2f}  {one.title} ({', '.join(one.skills)}): {one.rests_on}."


def submitted_text(found: Submitted) -> str:
    """What came of handing in."""
    shown = found.shown
    level = found.dossier.reproduced or "not re-run"
    said = (
        f"Handed in: method {shown.method:.2f}, result {shown.result:.2f}, communication "
        f"{shown.words:.2f}, re-run {shown.again:.2f}; together {shown.score:.2f} ({level})."
    )
    parts = [said]
    parts += [_stage_text(one) for one in found.stages]
    if not found.stages:
        parts.append("The bank has none of its skills, so it is no evidence.")
    elif not found.facts:
        parts.append("All of this was handed in before, so no evidence was added.")
    else:
        parts.append(f"Evidence was added for {len(found.facts)} of {len(found.stages)} stages.")
    parts.append(
        f"The dossier is {found.folder}. Its bundle holds predictions and labels row by row, and "
        "no other column; nothing leaves this machine before you publish it."
    )
    if found.dossier.export is None:
        parts.append(
            "It holds no model for a demo: `journeyman project export RUN` of the run that is "
            "handed in, then submit again."
        )
    if found.dossier.reproduced != "Reproduced":
        parts.append("`journeyman project reproduce`, then submit again, counts for more.")
    return "\n".join(parts)
