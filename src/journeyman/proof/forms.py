"""What every signed document shares: strict models that refuse any term they do not know."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from journeyman.errors import Invalid
from journeyman.proof.canonical import LONGEST, canonical, parse_canonical
from journeyman.proof.signing import KEY_PATTERN, SIGNATURE_PATTERN

Form_ = TypeVar("Form_", bound="Form")


def _readable(text: str) -> str:
    if unicodedata.normalize("NFC", text) != text:
        raise ValueError("letters are not composed (NFC)")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} for letter in text):
        raise ValueError("there are control or invisible characters")
    if "<" in text or ">" in text:
        raise ValueError("there are angle brackets, which could not stand in a page as they are")
    return text


def _instant(text: str) -> str:
    if instant(datetime.fromisoformat(text)) != text:
        raise ValueError("not an instant like 2026-01-31T09:00:00Z")
    return text


def instant(at: datetime) -> str:
    """An instant as it stands in signed documents: UTC, to the second.

    >>> instant(datetime(2026, 1, 31, 9, tzinfo=UTC))
    '2026-01-31T09:00:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Text = Annotated[str, Field(max_length=500), AfterValidator(_readable)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_readable)]
Instant = Annotated[str, Field(max_length=20), AfterValidator(_instant)]
Hash = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\Z")]
MaybeHash = Annotated[str, Field(pattern=r"\A([0-9a-f]{64})?\Z")]
Key = Annotated[str, Field(pattern=KEY_PATTERN)]
Signed = Annotated[str, Field(pattern=SIGNATURE_PATTERN)]
Whole = Annotated[int, Field(ge=0, lt=2**53)]


class Form(BaseModel):
    """Strict, frozen, and closed: an unknown term is refused at every depth, as is NaN."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, regex_engine="python-re"
    )

    def plain(self) -> dict[str, Any]:
        """Plain JSON data."""
        return self.model_dump(mode="json")

    def to_bytes(self) -> bytes:
        """Canonical bytes."""
        return canonical(self.plain())

    @classmethod
    def read(cls, data: bytes, what: str, longest: int = LONGEST) -> Self:
        """Read canonical bytes.

        Raises:
            Invalid: naming the first term that is wrong; or a term is left out.
        """
        parse_canonical(data, what, longest)
        try:
            found = cls.model_validate_json(data)
        except ValidationError as error:
            raise Invalid(f"{what} is not valid: {first_fault(error)}.") from error
        if found.to_bytes() != data:  # each document has one form, so that each byte is signed
            raise Invalid(f"{what} is not valid: a term is left out.")
        return found


def made(form: type[Form_], **fields: Any) -> Form_:
    """Build a form from values of our own program.

    Raises:
        Invalid: naming the first field that is wrong.
    """
    try:
        return form(**fields)
    except ValidationError as error:
        raise Invalid(f"This cannot be claimed: {first_fault(error)}.") from error


def first_fault(error: ValidationError) -> str:
    """The first fault of a document in a few words."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the document"
    if first["type"] == "extra_forbidden":
        return f"unknown term {place!r}"
    return f"{place}: {first['msg'].removeprefix('Value error, ')}"
