"""The page's own check: a script that verifies signatures with WebCrypto, also from file://."""

from __future__ import annotations

from importlib import resources

from journeyman.proof.claim import SignedClaim


def script() -> str:
    """The script as text: a plain script, since modules do not load from file://."""
    return (resources.files("journeyman.proof") / "static" / "check.js").read_text("utf-8")


def embedded(signed: SignedClaim) -> str:
    """The HTML that puts a claim into a page for :func:`script`.

    It stands there byte for byte: no text of a claim may hold angle brackets (see ``forms``).

    >>> from datetime import UTC, datetime
    >>> from journeyman.proof.building import example
    >>> from journeyman.proof.claim import sign
    >>> claim, private = example()
    >>> embedded(sign(claim, private, datetime(2026, 3, 2, tzinfo=UTC)))[:57]
    '<script type="application/json" class="journeyman-claim">'
    """
    text = signed.to_bytes().decode()
    return f'<script type="application/json" class="journeyman-claim">{text}</script>'
