"""Open Badges 3.0 credentials that cite claims: signed, with a status list, baked into images.

A wallet, or any verifier of the W3C's Verifiable Credentials 2.0, reads them. The proof is a Data
Integrity proof (eddsa-rdfc-2022), made and checked by ``openbadgeslib``, which also ships every
JSON-LD context: nothing is fetched. That library is used in this module alone.
"""

from __future__ import annotations

import gzip
import json
import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)
from openbadgeslib import baking, ob3
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import did

from journeyman.errors import Invalid
from journeyman.proof import signing
from journeyman.proof.bundle import CLAIMS, STATUS
from journeyman.proof.canonical import parse, sha256
from journeyman.proof.claim import SignedClaim
from journeyman.proof.keyring import Signer

_URN = uuid.UUID("6d1c2e4e-4d37-5f0a-9d0a-5c1e2f7a9b10")  # ours, for the ids of achievements
_LONGEST = 256 << 10
_BROKEN = (LibOpenBadgesException, ValueError, KeyError, TypeError, AttributeError)
_BASE = re.compile(r"\Ahttps://[^\s?#]+/\Z")


@dataclass(frozen=True, slots=True)
class Achievement:
    """What a credential is for.

    Attributes:
        kind: ``skill`` or ``project``.
        slug: Of the skill or project.
        name, description: For people.
        criteria: What had to be done for it, in one paragraph.
    """

    kind: str
    slug: str
    name: str
    description: str
    criteria: str


def did_of(key: str) -> str:
    """The did:key of a key of ours.

    >>> did_of("A" * 43)[:12]
    'did:key:z6Mk'
    """
    return str(did.did_key_from_pem(_public_pem(key)))


def key_of(identity: str) -> str:
    """The key of ours that a did:key names.

    Raises:
        Invalid: it is no did:key of an Ed25519 key, or not its one spelling.

    >>> key_of(did_of("A" * 43)) == "A" * 43
    True
    """
    told = "The issuer of the credential is not named by a did:key."
    if not identity.startswith("did:key:"):  # others are not resolved: that would fetch an address
        raise Invalid(told)
    try:
        public = load_pem_public_key(did.resolve_did(identity))
    except (LibOpenBadgesException, ValueError) as error:
        raise Invalid(told) from error
    if not isinstance(public, Ed25519PublicKey):
        raise Invalid("The key of the credential's issuer is no Ed25519 key.")
    return signing.encode(public.public_bytes_raw())


def issue(
    signer: Signer,
    achievement: Achievement,
    claims: Sequence[SignedClaim],
    *,
    at: datetime,
    base_url: str = "",
    index: int = 0,
    recipient: str = "",
    recipient_name: str = "",
) -> dict[str, Any]:
    """A signed credential.

    Args:
        signer: The issuer: the learner, or a class or school for somebody else.
        achievement: What it is for.
        claims: The claims that it rests on.
        at: The present instant.
        base_url: https address of the site that holds the claims, ending in a slash; without it
            the evidence names the claims by hash alone, and there is no status list.
        index: The credential's place in the status list of that site.
        recipient: The key of whom it is for; the signer by default.
        recipient_name: Their name; it stands in the narrative of the evidence alone.

    Raises:
        Invalid: no claims, or an address that is not https.
    """
    if not claims:
        raise Invalid("A credential rests on at least one claim.")
    if base_url and not _BASE.match(base_url):
        raise Invalid("The address of the site has to be https and end in a slash.")
    issuer = ob3.Issuer(id=did_of(signer.key), name=signer.name, url=base_url or None)
    what = f"{achievement.kind}/{achievement.slug}"
    badge = ob3.OpenBadgeCredential(
        issuer=issuer,
        recipient_id=did_of(recipient or signer.key),
        achievement=ob3.Achievement(
            id=uuid.uuid5(_URN, what).urn,
            name=achievement.name,
            description=achievement.description,
            criteria_narrative=achievement.criteria,
            achievement_type="Competency" if achievement.kind == "skill" else "Assignment",
        ),
        id=uuid.uuid5(_URN, f"{signer.key} {what} {sha256(claims[0].to_bytes())}").urn,
        name=achievement.name,
        issuance_date=at.astimezone(UTC),
        evidence=[_evidence(one, base_url, recipient_name) for one in claims],
        credential_status=[ob3.status_entry(base_url + STATUS, "revocation", index)]
        if base_url
        else [],
    )
    try:
        signed: dict[str, Any] = ob3.OB3LdpSigner(_private_pem(signer.private)).sign(
            badge, created=at.astimezone(UTC)
        )
    except LibOpenBadgesException as error:
        raise Invalid(f"This credential cannot be issued: {error}.") from error
    return signed


def _evidence(signed: SignedClaim, base_url: str, name: str) -> Any:
    claim = signed.claim
    whose = f" of {name}" if name else ""
    return ob3.Evidence(
        id=f"{base_url}{CLAIMS}/{claim.id}.json" if base_url else None,
        name=claim.statement,
        narrative=(
            f"Claim {claim.id}{whose}: {claim.metric.name} = {claim.value!r} ({claim.level}), "
            f"sha256 {sha256(signed.to_bytes())}. `journeyman verify` checks it."
        ),
        genre="Claim",
    )


def status_list(
    signer: Signer, base_url: str, revoked: Collection[int], at: datetime
) -> dict[str, Any]:
    """The signed list of the credentials that no longer hold: ``proof/status.json`` of the site."""
    document = ob3.build_status_list_credential(
        did_of(signer.key), base_url + STATUS, "revocation", sorted(revoked), issued=at
    )
    subject = document["credentialSubject"]
    bits = ob3.decode_encoded_list(subject["encodedList"])
    # Packed anew without the time of day, so that the same list has the same bytes.
    subject["encodedList"] = "u" + signing.encode(gzip.compress(bits, mtime=0))
    identity = did_of(signer.key)
    made: dict[str, Any] = ob3.add_data_integrity_proof(
        document, _private_pem(signer.private), f"{identity}#{identity.removeprefix('did:key:')}",
        created=at.astimezone(UTC),
    )  # fmt: skip
    return made


def verify(
    credential: bytes,
    *,
    key: str = "",
    status: bytes | None = None,
    listed_by: Collection[str] = (),
) -> dict[str, Any]:
    """Check a credential: its form, every term, its proof, and its place in the status list.

    Args:
        credential: JSON, as :func:`issue` made it or :func:`extract` found it.
        key: The issuer's key; by default the one that its did:key names.
        status: The site's ``proof/status.json``, where the credential names one.
        listed_by: Keys that may have signed the list beside the issuer's: its successors.

    Returns:
        The credential's data.

    Raises:
        Invalid: it does not hold, with the reason.
    """
    data = parse(credential, "the credential", _LONGEST)
    if not isinstance(data, dict):
        raise Invalid("The credential is no object.")
    try:
        verifier = ob3.OB3LdpVerifier(_public_pem(key) if key else None)
        badge = verifier.verify(data)
        if key and badge.issuer.id != did_of(key):
            raise Invalid("The credential is issued by another key than the one that you named.")
        if status is not None:
            _check_status(data, status, {data["issuer"]["id"], *map(did_of, listed_by)})
    except _BROKEN as error:
        raise Invalid(f"The credential does not hold: {error}.") from error
    return data


def status_places(credential: dict[str, Any]) -> list[tuple[str, int]]:
    """The address of each status list that a credential names, and its place there."""
    entries = credential.get("credentialStatus", [])
    rows = entries if isinstance(entries, list) else [entries]
    return [(str(one["statusListCredential"]), int(one["statusListIndex"])) for one in rows]


def _check_status(data: dict[str, Any], status: bytes, issuers: Collection[str]) -> None:
    """Whether a signed list by one of ``issuers`` leaves the credential's bit unset."""
    for address, index in status_places(data):
        listed, places, gone = _list(status, issuers)
        if listed.get("id") != address:
            raise Invalid("The status list is not the one that the credential names.")
        if not 0 <= index < places:
            raise Invalid("The status list has no place for this credential.")
        if index in gone:
            raise Invalid("The credential was revoked by its issuer.")


def check_list(status: bytes, key: str) -> None:
    """Check a status list by itself: its form, and that ``key`` signed it.

    Raises:
        Invalid: it does not hold.
    """
    try:
        _list(status, {did_of(key)})
    except _BROKEN as error:
        raise Invalid(f"The status list does not hold: {error}.") from error


def _list(status: bytes, issuers: Collection[str]) -> tuple[dict[str, Any], int, frozenset[int]]:
    """A status list whose proof holds, how many places it has, and those that are revoked."""
    listed = parse(status, "the status list", 8 << 20)
    issuer = listed.get("issuer") if isinstance(listed, dict) else None
    if issuer not in issuers:
        raise Invalid("The status list is somebody else's.")
    proof = listed.get("proof")
    method = str(proof.get("verificationMethod", "")) if isinstance(proof, dict) else ""
    if method.partition("#")[0] != issuer:
        raise Invalid("The status list is signed by somebody else.")
    ob3.verify_data_integrity_proof(listed, did.resolve_verification_method(method))
    bits = ob3.decode_encoded_list(listed["credentialSubject"]["encodedList"])
    return listed, 8 * len(bits), frozenset(ob3.set_indices(bits))


def bake_png(image: bytes, credential: dict[str, Any]) -> bytes:
    """A PNG with the credential in an iTXt chunk named ``openbadgecredential``."""
    made: bytes = baking.bake_png(image, _text(credential), keyword=baking.ITXT_KEYWORD_OB3)
    return made


def bake_svg(image: bytes, credential: dict[str, Any]) -> bytes:
    """An SVG with the credential in an ``openbadges:credential`` element."""
    made: bytes = baking.bake_svg(
        image, _text(credential), element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3,
        as_text=True,
    )  # fmt: skip
    return made


def extract(image: bytes) -> bytes:
    """The credential in a baked PNG or SVG.

    Raises:
        Invalid: there is none.
    """
    try:
        if image[:4] == b"\x89PNG":
            found = baking.extract_png(image, keyword=baking.ITXT_KEYWORD_OB3)
        else:
            found = baking.extract_svg(image, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    except Exception as error:  # the library lets its parsers' own errors through
        raise Invalid("This is no PNG or SVG that can be read.") from error
    if not found:
        raise Invalid("There is no credential in this image.")
    return str(found).encode()


def badge_svg(achievement: Achievement) -> bytes:
    """A plain badge: a ring, the kind and the name."""
    kind, name = (_escaped(one) for one in (achievement.kind, achievement.name[:40]))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" role="img" '
        f'aria-label="{name}"><circle cx="120" cy="120" r="112" fill="#fff" stroke="#1d4ed8" '
        'stroke-width="8"/><g font-family="sans-serif" text-anchor="middle" fill="#1f2937">'
        f'<text x="120" y="96" font-size="16">{kind}</text>'
        f'<text x="120" y="130" font-size="{18 if len(name) <= 22 else 11}">{name}</text>'
        '<text x="120" y="170" font-size="12">Journeyman</text></g></svg>'
    ).encode()


def badge_png(achievement: Achievement) -> bytes:
    """The same as a PNG of 480 by 480."""
    from io import BytesIO  # noqa: PLC0415 - only where images are made

    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    image = Image.new("RGB", (480, 480), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, 472, 472), outline="#1d4ed8", width=16)
    lines = ((192, 32, achievement.kind), (250, 34, achievement.name[:40]), (340, 24, "Journeyman"))
    for height, size, text in lines:
        small = size if len(text) <= 22 else 20
        draw.text((240, height), text, "#1f2937", ImageFont.load_default(small), anchor="mm")
    sink = BytesIO()
    image.save(sink, "PNG")
    return sink.getvalue()


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def _text(credential: dict[str, Any]) -> str:
    return json.dumps(credential, sort_keys=True)


def _private_pem(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public_pem(key: str) -> bytes:
    public = Ed25519PublicKey.from_public_bytes(signing.decode(key))
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
