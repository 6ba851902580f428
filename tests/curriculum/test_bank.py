"""The built-in bank: its size here, every rule on every entry in the slow suite."""

import pytest

from journeyman.core.bank import Fault
from journeyman.curriculum import builtin
from journeyman.curriculum.checks import check
from journeyman.curriculum.checks.items import RULES, variants
from journeyman.curriculum.checks.rule import Subject
from journeyman.curriculum.checks.structure import RULES as STRUCTURE
from journeyman.curriculum.loading import load
from journeyman.sandbox import Sandbox

BANK = load(builtin.path())


def test_everything_loads():
    assert BANK.faults == ()


def test_the_bank_is_as_large_as_promised():
    assert len(BANK.graph.skills) >= 60
    assert len(BANK.graph.areas) == 8
    assert len(BANK.lessons) >= 30
    assert len(BANK.items) >= 60
    assert len(BANK.exercises) >= 20


def test_the_graph_and_its_coverage():
    assert [fault for rule in STRUCTURE for fault in rule.find(BANK)] == []


@pytest.mark.parametrize("slug", sorted(BANK.items))
def test_items(slug, monkeypatch):
    monkeypatch.setattr("journeyman.curriculum.checks.items.SEEDS", 10)
    monkeypatch.setattr("journeyman.curriculum.checks.items.FEWEST_VARIANTS", 3)
    found = variants(Subject(BANK, "item", slug, BANK.folder("item", slug)))
    assert not isinstance(found, Fault), found
    assert [fault for rule in RULES for fault in rule.find(found)] == []


@pytest.mark.slow
def test_every_rule_on_every_entry():
    sandbox = Sandbox()
    try:
        report = check(BANK, lambda e, key, source, seed: sandbox.grade(e, key, source, seed=seed))
    finally:
        sandbox.close()
    assert [str(fault) for fault in report.faults] == []
    assert report.unchecked == ()
