"""Commands on proof: verify anybody's, and sign one's own with claim and key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, counted, interactive, leave, show
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from journeyman.app.proof import Proof
    from journeyman.proof.claim import SignedClaim
    from journeyman.proof.keyring import Passphrase
    from journeyman.proof.ring import Ring
    from journeyman.proof.verdict import Verdict

SHORT = 8  # digits of a claim's id that people type
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="A file that holds the passphrase of your key.",
)
password_option = click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="A file that holds the password of sealed labels.",
)


@click.command()
@click.argument("target", metavar="DIR|URL|CLAIM.JSON|BADGE")
@click.option(
    "--depth",
    type=click.Choice(["signature", "rescore", "reinfer", "retrain"]),
    default="signature",
    show_default=True,
    help="How deep to look; each includes those before it.",
)
@click.option("--key", default="", help="Key or fingerprint that the person gave you.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder with labels or data.")
@click.option("--site", default="", help="Of a badge: folder or address of the site behind it.")
@click.option("--lock", type=click.Path(path_type=Path), help="Lock file of this environment.")
@click.option("--require", is_flag=True, help="Exit with 1 if a claim cannot be checked so deep.")
@json_option
def verify(
    target: str,
    depth: Any,
    key: str,
    data: Path | None,
    site: str,
    lock: Path | None,
    require: bool,
    as_json: bool,
) -> None:
    """Check a published portfolio, one claim or one badge: every signature, byte and number shown.

    With --depth, also compute the metrics again from the predictions (rescore), the predictions
    from the model (reinfer), and the model from the code (retrain). The claim behind a badge, and
    whether it was revoked, are looked up at the site that it names. Needs no record of its own and
    writes none. Exits with 0 when all that could be checked holds, 1 when something is false, 2
    when there is nothing to check, 3 when the check itself failed.
    """
    from journeyman.proof.canonical import sha256
    from journeyman.proof.checking import check

    if data is not None and not data.is_dir():
        raise Invalid(f"There is no folder {data}.")
    if lock is not None and not lock.is_file():
        raise Invalid(f"There is no lock file {lock}.")
    locked = sha256(lock.read_bytes()) if lock else ""
    found = check(target, depth, key=key, data=data, lock=locked, site=site)
    show(found.plain(), _verdict_text(found), as_json=as_json)
    good = found.verified and (found.complete or not require)
    leave(DONE if good else FELL_SHORT)


def _verdict_text(found: Verdict) -> str:
    lines = []
    if found.subject:
        lines += [f"{found.subject}, key {found.fingerprint}, signed {found.sealed_at}"]
    for one in found.claims:
        lines += [f"  {one.statement} {one.metric} = {one.value:.6g} ({one.level})"]
        lines += [f"    signed by {name}" for name in one.signed_by]
    for step in found.steps:
        within = f", tolerance {step.tolerance}" if step.tolerance else ""
        told = f"{step.outcome}: {step.told}{within}, {step.cpu_seconds:.2f} s of processor"
        lines += [f"  {step.depth} {step.claim[-SHORT:]}: {told}"]
    lines += [f"  FALSE {one.where}: {one.told}" for one in found.findings]
    if found.verified:
        looked = (
            f"{counted(found.files, 'file')}, {counted(len(found.claims), 'claim')} and "
            f"{counted(found.numbers, 'number')} on pages"
        )
        rest = "" if found.complete else " Not every claim could be checked as deep as you asked."
        lines += [f"Verified: {looked}.{rest}"]
    else:
        lines += [f"Not verified: {counted(len(found.findings), 'thing')} found false."]
    return "\n".join([*lines, *found.notes])


@click.group()
def key() -> None:
    """Show, rotate, revoke or protect the key that signs your claims."""


@key.command("show")
@json_option
def key_show(as_json: bool) -> None:
    """Show your key, its fingerprint and its history; makes the first key."""
    with application() as app:
        ring = app.proof.keyring.make()
        _show_ring(app.proof, ring, as_json=as_json)


@key.command()
@click.option("--lost", is_flag=True, help="Begin anew: the key or its passphrase is lost.")
@passphrase_option
@json_option
def rotate(lost: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a new key, signed by the old one; what the old one signed stays valid."""
    with application() as app:
        keyring = app.proof.keyring
        ring = keyring.start_over() if lost else keyring.rotate(passphrase_of(passphrase_file))
        _show_ring(app.proof, ring, as_json=as_json)


@key.command()
@click.argument("key_id", metavar="[KEY]", default="")
@click.option("--reason", default="no longer safe", show_default=True, help="Published with it.")
@passphrase_option
@json_option
def revoke(key_id: str, reason: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Declare that a key is not to be believed; your present key is replaced in the same step.

    Publish again afterwards: the revocation stands beside the claims, and claims by that key have
    to be made anew.
    """
    with application() as app:
        asked = passphrase_of(passphrase_file)
        ring = app.proof.keyring.revoke(key_id, reason.strip() or "no longer safe", asked)
        _show_ring(app.proof, ring, as_json=as_json)


@key.command()
@click.option("--new-passphrase-file", type=click.Path(path_type=Path), help="The new passphrase.")
@click.option("--off", is_flag=True, help="Take the passphrase away.")
@passphrase_option
@json_option
def protect(
    new_passphrase_file: Path | None, off: bool, passphrase_file: Path | None, as_json: bool
) -> None:
    """Seal your key with a passphrase, or change it."""
    with application() as app:
        keyring = app.proof.keyring
        keyring.make()
        keyring.protect("" if off else _new(new_passphrase_file), passphrase_of(passphrase_file))
        _show_ring(app.proof, keyring.ring, as_json=as_json)


def _show_ring(proof: Proof, ring: Ring, *, as_json: bool) -> None:
    from journeyman.proof.signing import fingerprint

    protected = proof.keyring.protected
    lines = [
        f"Key         {ring.current}",
        f"Fingerprint {fingerprint(ring.current)}",
        f"Passphrase  {'yes' if protected else 'no; `journeyman key protect` sets one'}",
    ]
    lines += [
        f"  {fingerprint(one.id)} since {one.created_at}"
        f"{', revoked' if one.id in ring.revoked else ''}"
        for one in ring.keys
    ]
    data = {
        "key": ring.current,
        "fingerprint": fingerprint(ring.current),
        "protected": protected,
        "file": proof.keyring.file,
        "history": ring.plain(),
    }
    show(data, "\n".join(lines), as_json=as_json)


@click.group()
def claim() -> None:
    """Sign numbers of your record, so that others can check them."""


@claim.command("list")
@json_option
def claim_list(as_json: bool) -> None:
    """List the claims that you have made."""
    with application() as app:
        found = app.proof.claims()
    text = "\n".join(map(_line, found)) or "You have claimed nothing yet."
    show({"claims": [one.plain() for one in found]}, text, as_json=as_json)


@claim.command("exercise")
@click.argument("slug")
@passphrase_option
@json_option
def claim_exercise(slug: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Claim an exercise that you have passed."""
    with application() as app:
        app.proof.passphrase = passphrase_of(passphrase_file)
        _show_claim(app.proof.claim_exercise(slug), as_json=as_json)


@claim.command("skill")
@click.argument("slug")
@passphrase_option
@json_option
def claim_skill(slug: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Claim your present mastery of a skill."""
    with application() as app:
        app.proof.passphrase = passphrase_of(passphrase_file)
        _show_claim(app.proof.claim_skill(slug), as_json=as_json)


@claim.command("competition")
@click.argument("slug")
@click.option("--with-code", is_flag=True, help="Publish your code with it, to be run again.")
@password_option
@passphrase_option
@json_option
def claim_competition(
    slug: str,
    with_code: bool,
    password_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Claim your private score in a competition that you have closed."""
    password = _first_line(password_file) if password_file else None
    with application() as app:
        app.proof.passphrase = passphrase_of(passphrase_file)
        _show_claim(
            app.proof.claim_competition(slug, password, with_code=with_code), as_json=as_json
        )


@claim.command("labels")
@click.argument("slug")
@click.argument("out", metavar="FILE", type=click.Path(path_type=Path))
@password_option
@json_option
def claim_labels(slug: str, out: Path, password_file: Path | None, as_json: bool) -> None:
    """Write the labels that claims on a competition pin, to verify them with --data."""
    password = _first_line(password_file) if password_file else None
    with application() as app:
        data = app.proof.labels(slug, password)
    write(out, data)
    show({"file": out, "bytes": len(data)}, f"Written: {out}.", as_json=as_json)


@claim.command("data")
@click.argument("slug")
@click.argument("out", metavar="DIR", type=click.Path(path_type=Path))
@password_option
@json_option
def claim_data(slug: str, out: Path, password_file: Path | None, as_json: bool) -> None:
    """Write the labels and tables that claims on a competition pin, to verify them with --data.

    Who has the competition's data writes the same files: with them, `journeyman verify --depth
    retrain --data DIR` runs the code of a claim again, where the claim brings it.
    """
    password = _first_line(password_file) if password_file else None
    with application() as app:
        files = app.proof.tables(slug, password)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid(f"{out} cannot be made a folder ({error.strerror}).") from error
    for name, data in files.items():
        write(out / name, data)
    written = {name: len(data) for name, data in files.items()}
    show({"folder": out, "bytes": written}, f"Written: {', '.join(files)} in {out}.",
         as_json=as_json)  # fmt: skip


@claim.command("show")
@click.argument("claim_id", metavar="CLAIM")
@click.option("--out", type=click.Path(path_type=Path), help="Write claim.json there.")
@json_option
def claim_show(claim_id: str, out: Path | None, as_json: bool) -> None:
    """Show a claim, by its id or the last digits of it, or write its claim.json."""
    with application() as app:
        found = app.proof.claim(claim_id)
    if out is not None:
        write(out, found.to_bytes())
    _show_claim(found, as_json=as_json)


@claim.command("drop")
@click.argument("claim_id", metavar="CLAIM")
@json_option
def claim_drop(claim_id: str, as_json: bool) -> None:
    """Forget a claim, so that it is not published again; copies elsewhere stay valid."""
    with application() as app:
        found = app.proof.drop(claim_id)
    show({"dropped": found.id}, f"Forgotten: {found.statement}", as_json=as_json)


@claim.command("countersign")
@click.argument("file", metavar="CLAIM.JSON", type=click.Path(path_type=Path))
@click.option("--role", type=click.Choice(["issuer", "verifier"]), required=True)
@click.option("--name", required=True, help="Whom you sign for.")
@passphrase_option
@json_option
def claim_countersign(
    file: Path, role: Any, name: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Sign somebody else's claim, as an issuer or as one who ran it again; changes the file."""
    from journeyman.proof.claim import LONGEST, SignedClaim, countersign

    if not file.is_file():
        raise Invalid(f"There is no file {file}.")
    with application() as app:
        app.proof.passphrase = passphrase_of(passphrase_file)
        signed = SignedClaim.read(file.read_bytes(), str(file), LONGEST)
        made = countersign(signed, app.proof.signer().private, name, role, app.clock())
    if made.faults() and not signed.faults():
        raise Invalid(f"It cannot be signed so: {made.faults()[0]}.")
    write(file, made.to_bytes())
    _show_claim(made, as_json=as_json)


def _line(signed: SignedClaim) -> str:
    one = signed.claim
    return f"{one.id[-SHORT:]}  {one.metric.name} = {one.value:.6g}  {one.statement}"


def _show_claim(signed: SignedClaim, *, as_json: bool) -> None:
    from journeyman.proof.words import LEVELS

    text = f"{_line(signed)}\n{LEVELS[signed.claim.level]}"
    show(signed.plain(), text, as_json=as_json)


def write(out: Path, data: bytes) -> None:
    """Write a file, or say in one sentence why not."""
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Invalid(f"{out} cannot be written ({error.strerror}).") from error


def _first_line(file: Path) -> str:
    try:
        return file.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"{file} cannot be read as a line of text.") from error


def passphrase_of(file: Path | None) -> Passphrase:
    """From the file, else asked at the terminal, only where the key is protected."""

    def asked() -> str:
        if file is not None:
            return _first_line(file)
        if not interactive():
            raise Invalid(
                "Your key is protected by a passphrase: name a file that holds it with "
                "--passphrase-file."
            )
        return str(click.prompt("Passphrase of your key", hide_input=True, err=True))

    return asked


def _new(file: Path | None) -> str:
    if file is not None:
        said = _first_line(file)
    elif interactive():
        said = str(
            click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
        )
    else:
        raise Invalid("Name a file that holds the new passphrase with --new-passphrase-file.")
    if not said:
        raise Invalid("The new passphrase is empty; --off takes it away.")
    return said
