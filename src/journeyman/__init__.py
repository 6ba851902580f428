"""Journeyman takes a person from wherever they stand to machine-learning engineer."""

__version__ = "0.1.0"
