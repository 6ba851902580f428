"""Likely causes: named guesses at why a result is wrong, each found by trying it.

A cause is a small function that takes one wrong result and answers whether it explains it, mostly
by undoing the suspected mistake and comparing. A cause is named only if it explains every visible
case that failed, and enough numbers to rule out chance. Exercises may replace a cause's sentence
by their own (``[causes]`` in exercise.toml, by the cause's name).
"""

from journeyman.sandbox.causes.search import CAUSES, likely_cause, named_cause

__all__ = ["CAUSES", "likely_cause", "named_cause"]
