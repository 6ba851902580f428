"""Claims that stand a second time: on a page for its own check, and as lines of ``resume.json``.

Browsers and other programs read these copies and not the bundle, so both have to say the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from journeyman.errors import Invalid
from journeyman.proof.canonical import parse
from journeyman.proof.claim import LONGEST, Claim, SignedClaim

CLASS = "journeyman-claim"
"""Of the script elements that hold a claim."""
_FILE = re.compile(r"\Aproof/claims/([0-9a-f]{28})\.json\Z")
"""How a line names its claim; any other way to lead there is refused."""


def page_faults(
    texts: Iterator[str], claims: Mapping[str, Claim], checked: Collection[str] = ()
) -> list[str]:
    """What is wrong with the claims that a page carries, each as half a sentence.

    Args:
        texts: The claims as the page has them.
        claims: Those of the bundle, by id.
        checked: Files of claims of the bundle whose signatures hold: a copy of one is as good.

    >>> page_faults(iter(["{}"]), {})
    ['carries a claim that is not valid']
    """
    found = []
    for text in texts:
        if text in checked:
            continue
        try:
            signed = SignedClaim.read(text.encode(), "the claim", LONGEST)
        except (Invalid, UnicodeEncodeError):
            found.append("carries a claim that is not valid")
            continue
        if claims.get(signed.claim.id) != signed.claim:
            found.append(f"carries a claim {signed.claim.id} that is not the one in the bundle")
        found += [f"carries a claim of which {told}" for told in signed.faults()]
    return found


def linked_faults(data: bytes, claims: Mapping[str, Claim]) -> list[str]:
    """What is wrong with the lines of a JSON file that name a claim's file.

    >>> from journeyman.proof.building import example
    >>> claim = example()[0]
    >>> row = '{"file": "proof/claims/%s.json", "value": 0.9}' % claim.id
    >>> linked_faults(row.encode(), {claim.id: claim})
    ['says value 0.9 where 0.875 is claimed']
    """
    try:
        document = parse(data, "it")
    except Invalid as error:
        return [f"cannot be compared with its claims: {error.message}"]
    return [told for row in _rows(document) for told in _row_faults(row, claims)]


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document that says to be a claim, or names the file of one."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "claims" in str(one.get("file", "")):
                yield one
            said = one.get("claims")
            if isinstance(said, list):
                yield from (row for row in said if isinstance(row, dict) and "file" not in row)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _row_faults(row: Mapping[str, Any], claims: Mapping[str, Claim]) -> Iterator[str]:
    named = _FILE.match(str(row.get("file", "")))
    claim = claims.get(named[1]) if named else None
    if claim is None:
        yield f"names {str(row.get('file', ''))[:80]!r}, a claim that is not in the bundle"
        return
    right = {
        "statement": claim.statement,
        "metric": claim.metric.name,
        "value": claim.value,
        "level": claim.level,
    }
    for name in right.keys() & row.keys():
        if row[name] != right[name]:
            yield f"says {name} {row[name]!r} where {right[name]!r} is claimed"
