"""Gains that a README claims although the intervals in its own tables include none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeyman.audit.bundle.bundle import Bundle
from journeyman.audit.bundle.predicted import CLAIMED, HEDGED
from journeyman.audit.finding import Finding, Place
from journeyman.audit.kinds import finding

_DENIED = re.compile(
    rf"{HEDGED.pattern}|\b(not?|cannot|can't|hardly|barely|unclear|may|might|noise|scatter)\b|n't\b",
    re.IGNORECASE,
)
"""Words that take a claim back."""
_ROW = re.compile(r"^\s*\|(?P<label>[^|]*)\|.*$", re.MULTILINE)
_SPANNED = re.compile(
    r"(?P<low>[-−–+]?\d*\.?\d+)\s*(?:to|bis|;|,|\.\.+|…|–|a)\s*(?P<high>[-−–+]?\d*\.?\d+)\s*[)\]|]"
)
"""An interval at the end of a cell or in brackets."""
_UNTOLD = re.compile(
    rf"{HEDGED.pattern}|(not|n't)\b[^.]*\b(tell|apart|distinguish|clear|significant)", re.IGNORECASE
)
"""That a difference cannot be told from none."""
_SPREAD = re.compile(
    r"mean(?: of)? (?P<mean>-?\d*\.\d+)\b.{0,20}?\b(?:sd|standard deviation)(?: of)? "
    r"(?P<sd>\d*\.\d+)\b.{0,20}?\bn\s*=?\s*(?P<n>\d+)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"differ|gain|change|delta|Δ|improve|−|\bvs\b|minus", re.IGNORECASE)


def claims_of_nothing(bundle: Bundle) -> Iterator[Finding]:
    """A gain that is claimed although the interval that the README itself gives includes 0."""
    yield from _paired(bundle)
    for table in bundle.told_tables:
        if not _DIFFERENCE.search(table):
            continue
        rows = [(one["label"], one[0]) for one in _ROW.finditer(table)]
        for label, row in rows:
            span = list(_SPANNED.finditer(row))
            if not span or _number(span[-1]["low"]) >= 0 or _number(span[-1]["high"]) <= 0:
                continue
            said = _claimed_of(bundle, label, [one for one, _ in rows])
            if said:
                yield finding(
                    "within-noise",
                    f"“{said[:90]}” is claimed, but the interval given for “{label.strip()}” "
                    f"is {span[-1]['low']} to {span[-1]['high']} and includes no gain.",
                    Place(bundle.name("claims")),
                )
                return


def _paired(bundle: Bundle) -> Iterator[Finding]:
    """“Mean difference 0.7, sd 3.9, n = 10”: a spread that says the same as an interval."""
    claims = [one for one in bundle.claims if CLAIMED.search(one) and not _DENIED.search(one)]
    unsure = any(_UNTOLD.search(one) for one in bundle.claims)
    for one in bundle.claims if claims and not unsure else ():
        found = _SPREAD.search(one)
        if found is None or not _DIFFERENCE.search(one):
            continue
        mean, sd, n = (float(found[name]) for name in ("mean", "sd", "n"))
        if n > 2 and abs(mean) < 2 * sd / n**0.5:
            yield finding(
                "within-noise",
                f"“{claims[0][:90]}” is claimed, but a mean difference of {mean:g} with a standard "
                f"deviation of {sd:g} over {n:g} pairs is {abs(mean) / (sd / n**0.5):.1f} standard "
                "errors.",
                Place(bundle.name("claims")),
            )
            return


def _number(text: str) -> float:
    return float(re.sub("[−–]", "-", text).lstrip("+"))


def _claimed_of(bundle: Bundle, label: str, labels: list[str]) -> str:
    """The sentence that claims a gain for what only this row of the table is called."""
    first = label.strip(" *").split(" ")[0]
    if re.fullmatch(r"\s*\S{1,3}\s*[−–-]\s*\S{1,3}\s*(\(.*\))?\s*", label):  # “C − B”
        named = [one for table in bundle.told_tables for one in _ROW.finditer(table)]
        labels = [one["label"] for one in named if one["label"].strip(" *") != label.strip(" *")]
        label = next((one for one in labels if one.strip(" *").split(" ")[0] == first), label)
    others = [one for one in labels if one.strip(" *") != label.strip(" *")]
    words = set(re.findall(r"[^\W\d_]{4,}", label.lower()))
    words -= {word for one in others for word in re.findall(r"[^\W\d_]{4,}", one.lower())}
    for one in bundle.claims:
        found = [word for word in words if re.search(rf"\b{re.escape(word[:-1])}", one.lower())]
        about = bool(found) and len(found) >= 0.6 * len(words)
        if "|" not in one and about and CLAIMED.search(one) and not _DENIED.search(one):
            return one
    return ""
