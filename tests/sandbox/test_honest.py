"""Honest work passes inside the jail."""

from importlib.util import find_spec
from textwrap import dedent

import pytest

from journeyman.core.exercise import Limits
from tests.sandbox.conftest import Grade
from tests.sandbox.honest import WORKLOADS


@pytest.mark.parametrize(
    ("tier", "source"), [pytest.param(t, s, id=f"{t}: {n}") for t, n, s in WORKLOADS]
)
def test_runs(tier: str, source: str, grade: Grade) -> None:
    if tier == "torch" and find_spec("torch") is None:
        pytest.skip("torch is not installed")
    verdict = grade(dedent(source), tier=tier, limits=Limits(20.0, 40.0, 1024))
    assert verdict.passed, (verdict.message, verdict.traceback, verdict.stdout[-500:])


def test_enough() -> None:
    assert len(WORKLOADS) >= 30
