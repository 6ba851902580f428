"""The command that writes an Open Badge."""

from __future__ import annotations

from pathlib import Path

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import show
from journeyman.cli.verify import SHORT, passphrase_of, passphrase_option, write
from journeyman.errors import Invalid


@click.command()
@click.argument("name", metavar="SKILL_OR_PROJECT")
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The picture to write, with the credential in it: a name that ends in .png or .svg.",
)
@passphrase_option
@json_option
def badge(name: str, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Write an Open Badge 3.0 for a skill that you hold or a project that you handed in.

    The badge is a PNG or SVG picture that carries a credential, signed with your key, which names
    the claim that it rests on. Wallets for Open Badges read it, and `journeyman verify FILE` checks
    it. Where a skill and a project have the same name, write skill/NAME or project/NAME.
    """
    kind = out.suffix.lower()
    if kind not in {".png", ".svg"}:
        raise Invalid(f"{out} ends in neither .png nor .svg, the two pictures that hold a badge.")
    with application() as app:
        app.proof.passphrase = passphrase_of(passphrase_file)
        made = app.proof.badge(name)
    write(out, made.png() if kind == ".png" else made.svg())
    claimed = made.claim.claim
    data = {"file": out, "claim": claimed.id, "credential": made.credential}
    text = (
        f"Written: {out}, a badge for {made.achievement.name}.\n"
        f"It rests on a claim; `journeyman claim show {claimed.id[-SHORT:]} --out claim.json` "
        "writes that beside it."
    )
    show(data, text, as_json=as_json)
