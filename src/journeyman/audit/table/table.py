"""A table as it was read."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from journeyman.audit.finding import Finding


@dataclass(frozen=True)
class Table:
    """A table as it was read.

    Attributes:
        frame: The rows (a sample where the file is too large).
        name: The file or address it came from, without a password.
        rows: How many rows there are at the source.
        found: What reading found out.
        how: Delimiter, encoding and decimal sign, for a person.
    """

    frame: pd.DataFrame
    name: str
    rows: int
    found: tuple[Finding, ...] = ()
    how: str = ""
