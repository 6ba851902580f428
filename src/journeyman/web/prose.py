"""Prose of entries, fitted below the headings of a page."""

from __future__ import annotations


def without_title(text: str) -> str:
    r"""Prose without its first heading, which the page has already.

    >>> without_title("# Title\n\nText")
    'Text'
    """
    first, _, rest = text.strip().partition("\n")
    return rest.strip() if first.startswith("# ") else text.strip()


def demoted(text: str) -> str:
    """Prose with each heading one level lower, to stand below a heading of the page.

    >>> demoted("## Origin")
    '### Origin'
    """
    return "\n".join(f"#{line}" if line.startswith("##") else line for line in text.splitlines())
