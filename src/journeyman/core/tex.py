"""TeX for generated questions, so that every author writes matrices and numbers the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def number(value: float, digits: int = 4) -> str:
    """A number with at most ``digits`` significant digits and no float noise.

    >>> number(0.1 + 0.2), number(3.0), number(-2), number(1234567.0)
    ('0.3', '3', '-2', '1235000')
    """
    if isinstance(value, int):
        return str(value)
    text = (
        f"{float(f'{value:.{digits}g}'):f}"
        if abs(value) >= 1e-4 or value == 0
        else f"{value:.{digits}g}"
    )
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def vector(values: Iterable[float], digits: int = 4) -> str:
    r"""A column vector.

    >>> vector([1, 2])
    '\\begin{pmatrix}1\\\\2\\end{pmatrix}'
    """
    return matrix([[value] for value in values], digits)


def matrix(rows: Iterable[Sequence[float]], digits: int = 4) -> str:
    r"""A matrix, given as nested sequences or a 2-d array.

    >>> matrix([[1, 2], [3, 4]])
    '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}'
    """
    body = r"\\".join("&".join(number(_plain(v), digits) for v in row) for row in rows)
    return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else float(value)
