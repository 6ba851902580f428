"""The CV as JSON Resume 1.x: what the learner wrote of themselves, with what the record shows.

The learner's own file is ``resume.json`` in the data directory, in the same form; the record adds
skills, projects and awards with the claims behind them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from journeyman.errors import Invalid

FILE = "resume.json"
SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_DAY = r"^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})?$"
Day = Annotated[str, Field(pattern=_DAY)]
Text = Annotated[str, Field(max_length=2000)]
LARGEST = 1 << 20


def _web(url: str) -> str:
    if url and not url.startswith(("https://", "http://")):
        raise ValueError("an address begins with https://")
    return url


Url = Annotated[str, Field(max_length=300), AfterValidator(_web)]


class _Form(BaseModel):
    """A part of a JSON Resume: more terms may stand in it than are read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Work(_Form):
    """A position: paid work, or as a volunteer."""

    name: Text = ""
    organization: Text = ""
    position: Text = ""
    url: Url = ""
    location: Text = ""
    startDate: Day = ""  # noqa: N815 - the names of the form
    endDate: Day = ""  # noqa: N815
    summary: Text = ""
    highlights: tuple[Text, ...] = ()


class Education(_Form):
    """A course of study."""

    institution: Text = ""
    url: Url = ""
    area: Text = ""
    studyType: Text = ""  # noqa: N815
    startDate: Day = ""  # noqa: N815
    endDate: Day = ""  # noqa: N815
    score: Text = ""
    courses: tuple[Text, ...] = ()


class Certificate(_Form):
    """A certificate."""

    name: Text = ""
    date: Day = ""
    url: Url = ""
    issuer: Text = ""


class Publication(_Form):
    """Something published elsewhere."""

    name: Text = ""
    publisher: Text = ""
    releaseDate: Day = ""  # noqa: N815
    url: Url = ""
    summary: Text = ""


class Language(_Form):
    """A language that is spoken."""

    language: Text = ""
    fluency: Text = ""


class Own(_Form):
    """What the learner wrote of themselves."""

    work: tuple[Work, ...] = ()
    volunteer: tuple[Work, ...] = ()
    education: tuple[Education, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    publications: tuple[Publication, ...] = ()
    languages: tuple[Language, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not any(getattr(self, name) for name in type(self).model_fields)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The parts that have something, as plain data without empty terms."""
        found = {}
        for name in type(self).model_fields:
            parts = [
                {k: v for k, v in one.model_dump(mode="json").items() if v}
                for one in getattr(self, name)
            ]
            if parts:
                found[name] = parts
        return found


def read(file: Path) -> Own:
    """Read the learner's own resume; an empty one where there is no file.

    Raises:
        Invalid: the file is no JSON Resume.
    """
    if not file.is_file():
        return Own()
    try:
        if file.stat().st_size > LARGEST:
            raise Invalid(f"{file} has more than 1 MiB; no CV is so long.")
        return Own.model_validate(json.loads(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Invalid(f"{file} is no JSON Resume: {place}: {first['msg']}.") from error
    except (OSError, ValueError) as error:
        raise Invalid(f"{file} cannot be read as JSON.") from error
