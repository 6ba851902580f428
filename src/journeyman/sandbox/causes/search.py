"""The search for the cause that explains every wrong result."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence

import numpy as np

from journeyman.sandbox.causes import from_inputs, order, scale, structure
from journeyman.sandbox.causes.library import ENOUGH_EVIDENCE, Cause, Clue, Wrong

# From the most particular to the most general, as several may explain the same numbers.
CAUSES: dict[str, Cause] = {
    **structure.TABLE,
    **from_inputs.TABLE,
    **order.TABLE,
    **scale.TABLE,
}


def likely_cause(failures: Sequence[Wrong], sentences: Mapping[str, str]) -> str:
    """The sentence of the first cause that explains every failure, or "".

    Args:
        failures: The visible cases with a wrong result.
        sentences: The exercise's own sentences by the name of the cause.
    """
    name = named_cause(failures)
    return sentences.get(name, CAUSES[name].sentence) if name else ""


def named_cause(failures: Sequence[Wrong]) -> str:
    """The name of the first cause that explains every failure, or ""."""
    clues = [Clue(failure) for failure in failures]
    if not clues or sum(clue.evidence for clue in clues) < ENOUGH_EVIDENCE:
        return ""
    found = (name for name, one in CAUSES.items() if all(_explains(one, clue) for clue in clues))
    return next(found, "")


def _explains(found: Cause, clue: Clue) -> bool:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return found.explains(clue)
        except (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError):
            return False  # shapes that the guess does not fit
