"""Commands on the portfolio: publish it, and choose what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import counted, show
from journeyman.cli.verify import passphrase_of, passphrase_option
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeyman.portfolio.choices import Choices
    from journeyman.portfolio.service import Published

THEMES = ("calm", "paper", "night")


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write into.")
@click.option(
    "--to",
    nargs=2,
    type=(click.Choice(["git"]), click.Path(path_type=Path)),
    metavar="git REPOSITORY",
    help="Commit the site into a git repository of yours; nothing is pushed.",
)
@click.option("--base-url", help="Where the site will stand, as in https://ada.example/portfolio/.")
@click.option("--theme", type=click.Choice(THEMES), help="Instead of the theme that you chose.")
@click.option("--pages-workflow", is_flag=True, help="Also write a workflow for GitHub Pages.")
@click.option("--unsigned", is_flag=True, help="Make no claims; every page says so.")
@passphrase_option
@json_option
def publish(
    out: Path | None,
    to: tuple[str, Path] | None,
    base_url: str | None,
    theme: str | None,
    pages_workflow: bool,
    unsigned: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Write your portfolio as a static site that opens from a disk or any host.

    Every measured number on it is signed with your key; the first publishing makes one. What was
    written before is replaced, and nothing else in the folder is touched.
    """
    if out is None and to is None:
        raise Invalid("Name a folder with --out, or a repository with --to git REPOSITORY.")
    wishes: dict[str, Any] = {
        "address": base_url,
        "theme": theme or "",
        "unsigned": unsigned,
        "passphrase": passphrase_of(passphrase_file),
        "workflow": pages_workflow,
    }
    with application() as app:
        if to is not None:
            done = app.publishing.publish_to_git(to[1], out, **wishes)
        elif out is not None:
            done = app.publishing.publish(out, **wishes)
    show(done, _told(done), as_json=as_json)


def _told(done: Published) -> str:
    lines = [f"{one}" for one in done.notes]
    changed = [f"{counted(len(done.files), 'file')}, {done.written} of them new or changed"]
    if done.removed:
        changed += [f"{counted(done.removed, 'old file')} removed"]
    signed = (
        f"Signed: {counted(done.claims, 'claim')}, key {done.fingerprint}. "
        f"Check it with `journeyman verify {done.out}`."
        if done.fingerprint
        else "Not signed: its pages say so."
    )
    lines += [f"{', '.join(changed)}.", signed]
    if done.commit:
        lines += [f"Committed as {done.commit}; push it when you like."]
    return "\n".join([*lines, f"Open {done.out / 'index.html'}"])


@click.group()
def portfolio() -> None:
    """Choose and order what your portfolio shows."""


@portfolio.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List what is shown, in order, what is left out, and what a reader would miss."""
    with application() as app:
        shown = app.publishing.portfolio()
        things = app.publishing.things(shown)
        asks = app.publishing.asks(shown)
    choices = shown.choices
    lines = [f"Theme {choices.theme}, headline: {choices.headline or 'none'}"]
    hidden = [name for name in choices.hidden if "/" not in name]
    if hidden:
        lines += [f"Sections left out: {', '.join(hidden)}"]
    lines += ["", "Shown, in this order:" if things else "Nothing is shown yet."]
    lines += [f"  {name:<44} {title}" for name, title in things]
    if shown.left_out:
        lines += ["", "Left out:", *(f"  {name:<44} {title}" for name, title in shown.left_out)]
    if asks:
        lines += ["", "A reader would miss:", *(f"  {one}" for one in asks)]
    data = {"choices": choices, "shown": dict(things), "left_out": dict(shown.left_out)}
    show({**data, "asks": asks}, "\n".join(lines), as_json=as_json)


@portfolio.command("figures")
@json_option
def figures(as_json: bool) -> None:
    """List the numbers that your texts can bind figures to, and how to write each.

    In a project's texts and in writing, a figure that links to one of these addresses, such as
    claim:late-parcels/auc, is shown as a claimed number; publishing is refused where what you wrote
    is not that number, rounded.
    """
    with application() as app:
        found = app.publishing.figures()
    lines = [f"{name:<52} {one.value:<10.6g} {one.statement}" for name, one in found]
    text = "\n".join(lines) or "There is no number to bind to yet."
    data = [{"write": name, "value": one.value, "low": one.low, "high": one.high,
             "statement": one.statement} for name, one in found]  # fmt: skip
    show({"figures": data}, text, as_json=as_json)


@portfolio.command("show")
@click.argument("names", metavar="WHAT...", nargs=-1, required=True)
@json_option
def show_(names: tuple[str, ...], as_json: bool) -> None:
    """Show sections (timeline) or things (exercise/two-sum)."""
    from journeyman.portfolio import choices

    _choose(lambda now: choices.show(now, names), names, as_json=as_json)


@portfolio.command("hide")
@click.argument("names", metavar="WHAT...", nargs=-1, required=True)
@json_option
def hide(names: tuple[str, ...], as_json: bool) -> None:
    """Leave sections or things out."""
    from journeyman.portfolio import choices

    _choose(lambda now: choices.hide(now, names), names, as_json=as_json)


@portfolio.command("order")
@click.argument("kind")
@click.argument("slugs", metavar="SLUG...", nargs=-1)
@json_option
def order(kind: str, slugs: tuple[str, ...], as_json: bool) -> None:
    """Let these projects, competitions, exercises, skills or posts come first.

    Without a slug, they stand in the order of their strength again.
    """
    from journeyman.portfolio import choices

    names = [f"{kind}/{slug}" for slug in slugs]
    _choose(lambda now: choices.order(now, kind, slugs), names, as_json=as_json)


@portfolio.command("set")
@click.argument("field")
@click.argument("values", metavar="[VALUE]...", nargs=-1)
@json_option
def set_(field: str, values: tuple[str, ...], as_json: bool) -> None:
    """Set headline, about, email, location, links, theme or address; no value takes it back.

    A link is a word and an address: links "Code https://code.example/ada" "Talks https://...".
    """
    from journeyman.portfolio import choices

    _choose(lambda now: choices.put(now, field, values), (), as_json=as_json)


def _choose(
    change: Callable[[Choices], Choices], names: tuple[str, ...] | list[str], *, as_json: bool
) -> None:
    from journeyman.portfolio.choices import Choices

    change(Choices())  # what is wrong in itself is told before anything is looked up
    with application() as app:
        app.publishing.known(names)
        changed = app.publishing.choose(change)
    show(changed, "Kept. `journeyman portfolio list` shows what comes of it.", as_json=as_json)
