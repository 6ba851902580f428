"""Checks a badge: the credential in a PNG, an SVG or a JSON file, who issued it, and its claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from journeyman.errors import Invalid
from journeyman.proof import credentials, support, words
from journeyman.proof.canonical import parse
from journeyman.proof.signing import fingerprint
from journeyman.proof.support import Deeper
from journeyman.proof.verdict import Depth, Finding, Verdict

IMAGES = (".png", ".svg")


def check(
    target: str,
    data: bytes,
    depth: Depth = "signature",
    *,
    key: str = "",
    site: str = "",
    deeper: Deeper | None = None,
) -> Verdict:
    """Check a badge's form, every term, its signature, its issuer's key, and what it rests on.

    Args:
        target: What to call it; a name that ends in .png or .svg is an image.
        data: Its bytes.
        depth: How deep to look at the claims behind it, where their site is reachable.
        key: The key, or its fingerprint, that must have issued it.
        site: A folder or address with the site behind it; by default the address that it names.
        deeper: Looks at a claim of that site beyond its signature.

    Raises:
        Invalid: it is no image, or there is no credential in it.
    """
    image = target.split("?", maxsplit=1)[0].lower().endswith(IMAGES)
    raw = credentials.extract(data) if image else data
    found = Verdict(target, asked=depth, files=1)
    try:
        signer = credentials.key_of(_issuer(parse(raw, "the credential")))
        document = credentials.verify(raw, key=signer)
    except Invalid as error:
        return replace(found, findings=(Finding(target, error.message),))
    told = "It is issued by another key than the one that you named."
    strange = key not in {"", signer, fingerprint(signer)}
    behind = support.look(raw, document, signer, site=site, depth=depth, deeper=deeper)
    return replace(
        found,
        subject=str(document["issuer"].get("name", "")),
        key=signer,
        fingerprint=fingerprint(signer),
        sealed_at=str(document.get("validFrom", "")),
        claims=behind.claims,
        steps=behind.steps,
        findings=(*((Finding(target, told),) if strange else ()), *behind.findings),
        notes=(*_notes(document, key, image=image), *behind.notes),
    )


def _issuer(document: Any) -> str:
    issuer = document.get("issuer") if isinstance(document, dict) else None
    return str(issuer.get("id", "")) if isinstance(issuer, dict) else ""


def _notes(document: dict[str, Any], key: str, *, image: bool) -> list[str]:
    """What a reader has to know: what it is for, and what was not looked at."""
    found = [f"The badge is for: {document.get('name', 'something without a name')}."]
    evidence = document.get("evidence", [])
    rows = evidence if isinstance(evidence, list) else [evidence]
    found += [f"It rests on this: {one.get('narrative', '')}" for one in rows]
    own = document["credentialSubject"].get("id") == _issuer(document)
    found.append(words.SELF_SIGNED if own else words.LEVELS["issuer-attested"])
    if image:
        found.append("The drawing itself is not signed; the credential within it is.")
    return found if key else [*found, words.UNPINNED]
