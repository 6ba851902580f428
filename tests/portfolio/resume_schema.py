"""JSON Resume's schema, written down for the terms that a portfolio has.

After ``@jsonresume/schema`` 1.2.1: which term is a text, a list of texts, an address or a day. The
form allows further terms in every object, which is where the claims stand.
"""

from __future__ import annotations

from typing import Any

import jsonschema

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
URI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
EMAIL = {"type": "string", "pattern": r"^[^@\s]+@[^@\s]+$"}
DAY = {
    "type": "string",
    "pattern": "^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$",
}


def _object(**terms: Any) -> dict[str, Any]:
    return {"type": "object", "properties": terms}


def _list(**terms: Any) -> dict[str, Any]:
    return {"type": "array", "items": _object(**terms)}


_SPAN = {"startDate": DAY, "endDate": DAY}
SCHEMA = _object(
    **{"$schema": URI},
    basics=_object(
        name=TEXT,
        label=TEXT,
        email=EMAIL,
        url=URI,
        summary=TEXT,
        location=_object(address=TEXT, city=TEXT, countryCode=TEXT, region=TEXT),
        profiles=_list(network=TEXT, username=TEXT, url=URI),
    ),
    work=_list(
        name=TEXT, location=TEXT, position=TEXT, url=URI, summary=TEXT, highlights=TEXTS, **_SPAN
    ),
    volunteer=_list(
        organization=TEXT, position=TEXT, url=URI, summary=TEXT, highlights=TEXTS, **_SPAN
    ),
    education=_list(
        institution=TEXT, url=URI, area=TEXT, studyType=TEXT, score=TEXT, courses=TEXTS, **_SPAN
    ),
    awards=_list(title=TEXT, date=DAY, awarder=TEXT, summary=TEXT),
    certificates=_list(name=TEXT, date=DAY, url=URI, issuer=TEXT),
    publications=_list(name=TEXT, publisher=TEXT, releaseDate=DAY, url=URI, summary=TEXT),
    skills=_list(name=TEXT, level=TEXT, keywords=TEXTS),
    languages=_list(language=TEXT, fluency=TEXT),
    projects=_list(
        name=TEXT, description=TEXT, highlights=TEXTS, keywords=TEXTS, url=URI, roles=TEXTS,
        entity=TEXT, type=TEXT, **_SPAN,
    ),
    meta=_object(canonical=URI, version=TEXT, lastModified=TEXT),
)  # fmt: skip


def faults(resume: Any) -> list[str]:
    """What is wrong with a resume."""
    found = jsonschema.Draft7Validator(SCHEMA).iter_errors(resume)
    return [f"{error.json_path}: {error.message}" for error in found]
