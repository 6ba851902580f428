"""Commands on the record: progress, export, import, rebuild and settings."""

from __future__ import annotations

from pathlib import Path

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import percent, show

out_option = click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The folder to write into."
)


@click.command()
@click.option("--skill", default="", help="Only evidence on this skill.")
@json_option
def progress(skill: str, as_json: bool) -> None:
    """Show what changed lately and the newest evidence."""
    with application() as app:
        found = app.progress(skill=skill)
    lines = [f"Since {found.since:%d %B}:"] if found.changes else ["Nothing has changed lately."]
    lines += [
        f"  {one.skill.title:<42} {percent(one.before.mean):>5} to {percent(one.after.mean):>5}"
        for one in found.changes[:15]
    ]
    lines += ["", f"Newest of {found.total} pieces of evidence:"]
    lines += [
        f"  {fact.at:%Y-%m-%d %H:%M}  {fact.kind}/{fact.slug:<36} {fact.how:<10} {fact.score:g}"
        for fact in found.facts[:20]
    ]
    show(found, "\n".join(lines), as_json=as_json)


@click.command()
@out_option
@json_option
def export(out: Path, as_json: bool) -> None:
    """Write your whole record as JSON Lines and source files."""
    with application() as app:
        file = app.export(out)
    show({"file": str(file)}, f"{file} holds the whole record.", as_json=as_json)


@click.command(name="import")
@click.argument("source", type=click.Path(path_type=Path))
@json_option
def import_(source: Path, as_json: bool) -> None:
    """Merge an export into this record: all of it or nothing."""
    with application() as app:
        done = app.import_(source)
    added = ", ".join(
        f"{count} lines of {kind}" if count > 1 else f"1 line of {kind}"
        for kind, count in done.added.items()
    )
    added = added or "nothing new"
    show(done, f"Added: {added}. Known already: {done.known}.", as_json=as_json)


@click.command()
@json_option
def rebuild(as_json: bool) -> None:
    """Fold the evidence ledger into mastery anew; changes nothing that was recorded."""
    with application() as app:
        mastery = app.rebuild()
    show({"skills": mastery}, f"{len(mastery)} skills folded anew.", as_json=as_json)


@click.command()
@click.option("--name", help="Your name, as the portfolio shows it.")
@click.option("--minutes", type=int, help="Minutes a day, where your goal says nothing else.")
@click.option("--keys/--no-keys", default=None, help="Whether keys 1 to 9 choose an answer.")
@json_option
def settings(name: str | None, minutes: int | None, keys: bool | None, as_json: bool) -> None:
    """Show the settings, the data directory and the isolation; change what is yours."""
    from journeyman import __version__

    with application() as app:
        if (name, minutes, keys) != (None, None, None):
            app.change(name=name, minutes=minutes, keys=keys)
        isolation = app.isolation()
        data = {
            "version": __version__,
            "name": app.learner.name,
            "minutes": app.minutes,
            "keys": app.keys,
            "settings": app.settings.model_dump(mode="json"),
            "isolation": isolation,
            "faults": [str(fault) for fault in app.faults],
        }
        lines = [
            f"Journeyman {__version__}",
            f"Name: {app.learner.name}",
            f"Minutes a day: {app.minutes}",
            f"Keys 1 to 9 choose an answer: {'yes' if app.keys else 'no'}",
            f"Data directory: {app.settings.home}",
            f"Page: {app.settings.host}, port {app.settings.port}",
            f"Further curriculum: {', '.join(map(str, app.settings.curriculum)) or 'none'}",
            f"Isolation: {isolation.level}",
            *(f"  {sentence}" for sentence in isolation.sentences),
        ]
        if app.faults:
            lines += [
                "Entries left out of the curriculum:",
                *(f"  {fault}" for fault in app.faults),
            ]
    show(data, "\n".join(lines), as_json=as_json)
