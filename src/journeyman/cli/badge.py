"""The command that writes, lists and revokes Open Badges."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import counted, show
from journeyman.cli.verify import SHORT, passphrase_of, passphrase_option, write
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from journeyman.app.badges import Badge
    from journeyman.app.issued import Issued


@click.command()
@click.argument("name", metavar="[SKILL_OR_PROJECT]", default="")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The picture to write, with the credential in it: a name that ends in .png or .svg.",
)
@click.option("--address", help="Where your site stands; by default where you last published it.")
@click.option("--no-address", is_flag=True, help="Name the claim without an address.")
@click.option("--revoke", is_flag=True, help="Take back the badges for this skill or project.")
@passphrase_option
@json_option
def badge(
    name: str,
    out: Path | None,
    address: str | None,
    no_address: bool,
    revoke: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Write an Open Badge 3.0 for a skill that you hold or a project that you handed in.

    The badge is a PNG or SVG picture that carries a credential, signed with your key, which names
    the claim that it rests on, the site that shows the claim, and a place in that site's status
    list. Wallets for Open Badges read it, and `journeyman verify FILE` checks it. Where a skill and
    a project have the same name, write skill/NAME or project/NAME. With --revoke, what was issued
    no longer holds, and verifiers see it once you publish again. Without a name, lists all.
    """
    if not name:
        if revoke or out is not None:
            raise Invalid("Name the skill or project, such as skill/pca.")
        _list(as_json=as_json)
    elif revoke:
        _revoke(name, as_json=as_json)
    else:
        where = "" if no_address else address
        _issue(name, out, where, passphrase_file, as_json=as_json)


def _list(*, as_json: bool) -> None:
    with application() as app:
        rows = app.proof.issued.read()
    text = "\n".join(map(_line, rows)) or "You have issued no badge yet."
    show({"badges": [asdict(one) for one in rows]}, text, as_json=as_json)


def _line(one: Issued) -> str:
    stands = f"revoked {one.revoked}" if one.revoked else "holds"
    where = f"{one.address} place {one.index}" if one.address else "no address"
    return f"{one.name:<40} {one.at}  {stands}  {where}"


def _revoke(name: str, *, as_json: bool) -> None:
    with application() as app:
        gone = app.proof.revoke_badges(name)
    sites = sorted({one.address for one in gone if one.address})
    text = f"Revoked: {counted(len(gone), 'badge')} for {gone[0].title}."
    if sites:
        text += f" Publish again to {' and '.join(sites)}, so that verifiers see it."
    if any(not one.address for one in gone):
        text += " A badge without an address names no status list: nobody can see that it is gone."
    show({"revoked": [asdict(one) for one in gone]}, text, as_json=as_json)


def _issue(
    name: str, out: Path | None, address: str | None, passphrase_file: Path | None, *, as_json: bool
) -> None:
    if out is None:
        raise Invalid("Name the picture to write with --out, such as --out badge.png.")
    kind = out.suffix.lower()
    if kind not in {".png", ".svg"}:
        raise Invalid(f"{out} ends in neither .png nor .svg, the two pictures that hold a badge.")
    if not out.parent.is_dir():
        raise Invalid(f"There is no folder {out.parent}.")
    with application() as app:
        app.proof.passphrase = passphrase_of(passphrase_file)
        made = app.proof.badge(name, address)
    write(out, made.png() if kind == ".png" else made.svg())
    data = {
        "file": out,
        "claim": made.claim.claim.id,
        "address": made.address,
        "credential": made.credential,
    }
    show(data, _told(out, made), as_json=as_json)


def _told(out: Path, made: Badge) -> str:
    claimed = made.claim.claim.id[-SHORT:]
    lines = [f"Written: {out}, a badge for {made.achievement.name}."]
    if made.address:
        lines += [
            (
                f"It names its claim at {made.address}: publish with "
                f"--base-url {made.address} again, so that the claim and the status list stand "
                "there."
            )
        ]
    else:
        lines += [
            (
                f"It rests on a claim; `journeyman claim show {claimed} --out claim.json` writes "
                "that beside it. Publish with --base-url first, and a badge names the site and can "
                "be revoked."
            )
        ]
    return "\n".join(lines)
