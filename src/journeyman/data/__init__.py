"""Real data sets: a catalogue with provenance, and fetching with progress, resume and checksums."""

from journeyman.data.catalogue import Column, Dataset, Source, Table, catalogue, find
from journeyman.data.download import Progress, Stopped
from journeyman.data.fetching import Standing, drop, fetch, is_whole, sha256_of, standings, tables

__all__ = [
    "Column",
    "Dataset",
    "Progress",
    "Source",
    "Standing",
    "Stopped",
    "Table",
    "catalogue",
    "drop",
    "fetch",
    "find",
    "is_whole",
    "sha256_of",
    "standings",
    "tables",
]
