"""Rewrite the checked-in filters: ``python -m journeyman.sandbox.filters``."""

from __future__ import annotations

from pathlib import Path

from journeyman.sandbox.filters.rules import PROCESSORS, program

for processor in PROCESSORS:
    Path(__file__).with_name(f"{processor}.bpf").write_bytes(program(processor))
