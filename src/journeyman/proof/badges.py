"""Checks a badge by itself: the credential in a PNG, an SVG or a JSON file, and who issued it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from journeyman.errors import Invalid
from journeyman.proof import credentials, words
from journeyman.proof.canonical import parse
from journeyman.proof.signing import fingerprint
from journeyman.proof.verdict import Depth, Finding, Step, Verdict

IMAGES = (".png", ".svg")
_CLAIM = re.compile(r"\bsha256 ([0-9a-f]{64})\b")


def check(target: str, data: bytes, depth: Depth = "signature", *, key: str = "") -> Verdict:
    """Check a badge's form, every term, its signature, and its issuer's key.

    Args:
        target: What to call it; a name that ends in .png or .svg is an image.
        data: Its bytes.
        depth: A badge holds nothing to compute from, so deeper than a signature is not possible.
        key: The key, or its fingerprint, that must have issued it.

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
    deeper = Step(depth, "", "not possible", "a badge holds nothing that could be computed again")
    return replace(
        found,
        subject=str(document["issuer"].get("name", "")),
        key=signer,
        fingerprint=fingerprint(signer),
        sealed_at=str(document.get("validFrom", "")),
        steps=() if depth == "signature" else (deeper,),
        findings=(Finding(target, told),) if strange else (),
        notes=tuple(_notes(document, key, image=image)),
    )


def _issuer(document: Any) -> str:
    issuer = document.get("issuer") if isinstance(document, dict) else None
    return str(issuer.get("id", "")) if isinstance(issuer, dict) else ""


def _notes(document: dict[str, Any], key: str, *, image: bool) -> list[str]:
    """What a reader has to know: what it is for, and what was not looked at."""
    found = [f"The badge is for: {document.get('name', 'something without a name')}."]
    evidence = document.get("evidence", [])
    for one in evidence if isinstance(evidence, list) else [evidence]:
        told = str(one.get("narrative", ""))
        found.append(f"It rests on this, which was not checked: {told}")
        if _CLAIM.search(told):
            found.append("Ask for that claim.json, or the site that shows it, and verify it too.")
    own = document["credentialSubject"].get("id") == _issuer(document)
    found.append(words.SELF_SIGNED if own else words.LEVELS["issuer-attested"])
    if document.get("credentialStatus"):
        found.append("Its status list was not fetched, so it may have been revoked.")
    if image:
        found.append("The drawing itself is not signed; the credential within it is.")
    return found if key else [*found, words.UNPINNED]
