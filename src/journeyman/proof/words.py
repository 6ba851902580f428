"""The sentences that pages and commands show beside a signature."""

from __future__ import annotations

from journeyman.proof.claim import Level

SELF_SIGNED = (
    "This signature shows that the numbers, predictions and pages are exactly as their author "
    "published them; it does not show that the author measured them honestly or did the work alone."
)
"""What a self-signed claim does and does not prove."""

LEVELS: dict[Level, str] = {
    "self-attested": SELF_SIGNED,
    "issuer-attested": (
        "Besides the author, an issuer has signed this claim; it is worth as much as your trust in "
        "that issuer, whose key you should get from the issuer and not from this page."
    ),
    "re-run": (
        "Besides the author, somebody else says by signature that they ran it again and got the "
        "same number; it is worth as much as your trust in them."
    ),
}
"""What each proof level means, in one sentence."""

UNPINNED = (
    "The key was taken from the bundle itself: to know whose it is, compare its fingerprint with "
    "one that the person gave you another way, and pass it with --key."
)
UNLISTED = "A web server does not list its files: files that the manifest does not name are unseen."
"""Said of a bundle that was read over the web."""
