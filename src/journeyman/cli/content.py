"""``journeyman content``: check, list and draw curriculum entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeyman.cli.context import json_option
from journeyman.cli.output import DONE, FELL_SHORT, counted, interactive, leave, show
from journeyman.errors import NotFound

if TYPE_CHECKING:
    from journeyman.core.exercise import AnswerKey, Exercise, Verdict
    from journeyman.curriculum.loading import LoadedBank
    from journeyman.sandbox import Sandbox

bank_option = click.option(
    "--bank",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another bank's folder instead of the built-in one.",
)


@click.group()
def content() -> None:
    """Check, list and draw curriculum entries."""


def _bank(folder: Path | None) -> LoadedBank:
    from journeyman.curriculum import builtin
    from journeyman.curriculum.loading import load

    if folder and not any((folder / part).is_dir() for part in ("skills", "items", "exercises")):
        raise NotFound(f"{folder} is no bank: it holds no folder skills, items or exercises.")
    return load(folder or builtin.path())


def _known(bank: LoadedBank, entries: tuple[str, ...]) -> None:
    for entry in entries:
        kind, _, slug = entry.strip("/").partition("/")
        places = (root / f"{kind.removesuffix('s')}s" / slug for root in bank.roots)
        if not slug or not any(place.is_dir() for place in places):
            raise NotFound(
                f"There is no entry {entry!r}; write it as kind/slug, like items/which-norm."
            )


class _Grader:
    """Grades in the sandbox, which starts with the first exercise and not before."""

    def __init__(self) -> None:
        self._sandbox: Sandbox | None = None

    def __call__(self, exercise: Exercise, key: AnswerKey, source: str, seed: int) -> Verdict:
        if self._sandbox is None:
            from journeyman.sandbox import Sandbox

            self._sandbox = Sandbox()
        return self._sandbox.grade(exercise, key, source, seed=seed)

    def close(self) -> None:
        if self._sandbox is not None:
            self._sandbox.close()


@content.command()
@click.argument("entries", nargs=-1, metavar="[KIND/SLUG]...")
@bank_option
@click.option("--rules", is_flag=True, help="List the rules instead of applying them.")
@json_option
def check(entries: tuple[str, ...], folder: Path | None, rules: bool, as_json: bool) -> None:
    """Apply every published rule to the bank, or to the entries named.

    Exits with 1 when a rule is broken.
    """
    from journeyman.curriculum.checks import RULES
    from journeyman.curriculum.checks import check as apply

    if rules:
        data = [{"rule": one.name, "demands": one.demands} for one in RULES]
        width = max(len(one.name) for one in RULES)
        text = "\n".join(f"{one.name:<{width}}  {one.demands}" for one in RULES)
        show(data, text, as_json=as_json)
        return
    bank = _bank(folder)
    _known(bank, entries)
    grader = _Grader()
    tell = (
        (lambda name: click.echo(f"\r\x1b[K{name}", nl=False, err=True)) if interactive() else None
    )
    try:
        report = apply(
            bank,
            grader,
            only=entries,
            **({"tell": tell} if tell else {}),
        )
    finally:
        grader.close()
    if tell:
        click.echo("\r\x1b[K", nl=False, err=True)
    faults = [
        {"file": f.file, "line": f.line, "rule": f.rule, "message": f.message}
        for f in report.faults
    ]
    found = {"counts": report.counts, "errors": faults, "unchecked": list(report.unchecked)}
    held = ", ".join(f"{count} {kind}" for kind, count in report.counts.items())
    lines = [str(fault) for fault in report.faults]
    lines += [f"not checked here: {words}" for words in report.unchecked]
    lines.append(f"{held}: {counted(len(faults), 'error') if faults else 'no errors'}")
    show(found, "\n".join(lines), as_json=as_json)
    leave(FELL_SHORT if faults else DONE)


@content.command(name="list")
@bank_option
@json_option
def list_(folder: Path | None, as_json: bool) -> None:
    """Name every entry with its kind, slug and skills."""
    bank = _bank(folder)
    rows: list[dict[str, object]] = [
        {"kind": "skill", "slug": s.slug, "title": s.title, "skills": {s.slug: 1.0}, "area": s.area,
         "requires": list(s.requires)}
        for s in bank.graph.skills.values()
    ]  # fmt: skip
    rows += [
        {"kind": "lesson", "slug": one.skill, "title": bank.graph.skills[one.skill].title,
         "skills": {one.skill: 1.0}, "status": one.status}
        for one in bank.lessons.values()
    ]  # fmt: skip
    rows += [
        {"kind": "item", "slug": item.slug, "title": item.title, "skills": dict(item.skills),
         "answer": item.kind, "status": item.status}
        for item in bank.items.values()
    ]  # fmt: skip
    rows += [
        {"kind": "exercise", "slug": entry.slug, "title": entry.title, "skills": dict(entry.skills),
         "entry": entry.entry, "tier": entry.tier, "status": entry.status,
         "folder": str(bank.folder("exercise", entry.slug))}
        for entry in bank.exercises.values()
    ]  # fmt: skip
    rows += [
        {"kind": "role", "slug": one.slug, "title": one.title, "skills": dict(one.skills)}
        for one in bank.roles.values()
    ]  # fmt: skip
    text = "\n".join(f"{row['kind']:<9} {row['slug']:<36} {row['title']}" for row in rows)
    if bank.faults:
        told = counted(len(bank.faults), "fault")
        click.echo(f"{told} in this bank; `journeyman content check` names them.", err=True)
    show(rows, text, as_json=as_json)


@content.command()
@click.argument("skill")
@bank_option
@click.option(
    "--preview",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a PNG in the light palette.",
)
@json_option
def draw(skill: str, folder: Path | None, preview: Path | None, as_json: bool) -> None:
    """Draw the figure of a lesson from its figure.py."""
    from journeyman.curriculum import builtin, figures

    place = (folder or builtin.path()) / "lessons" / skill
    if not (place / "figure.py").is_file():
        raise NotFound(f"There is no {place / 'figure.py'} to draw.")
    svg = figures.draw(place)
    (place / "figure.svg").write_text(svg, "utf-8")
    if preview:
        preview.write_bytes(figures.preview(place))
    data = {"file": str(place / "figure.svg"), "bytes": len(svg), "preview": str(preview or "")}
    show(data, f"{place / 'figure.svg'}: {len(svg):,} characters", as_json=as_json)
