"""Everything together: what the code says, what the tables say, and both at once."""

from __future__ import annotations

import re
from dataclasses import replace

from journeyman.audit.bundle.bundle import Bundle
from journeyman.audit.bundle.copies import copies
from journeyman.audit.bundle.cutoffs import of_probabilities
from journeyman.audit.bundle.encodings import steps_on_all_rows
from journeyman.audit.bundle.entities import group_leaks
from journeyman.audit.bundle.intervals import claims_of_nothing
from journeyman.audit.bundle.moments import temporal_leaks
from journeyman.audit.bundle.noise import unproved_claims
from journeyman.audit.bundle.predicted import metric_name, of_predictions, understood
from journeyman.audit.bundle.proxies import target_leaks
from journeyman.audit.bundle.runs import of_runs
from journeyman.audit.bundle.stated import accuracy_alone, misstated, small_claims
from journeyman.audit.code.review import CodeFacts, review_with_facts
from journeyman.audit.finding import Finding, Place, sorted_findings
from journeyman.audit.kinds import finding

RARE_SAID = re.compile(
    r"(?<![\d.])[0-9](?:[.,]\d+)?\s?(?:%|per ?cent)(?:[^.%]|\.\d){0,60}?(?:fraud|positive|default|"
    r"churn|fail|confirmed|rare|minority|disease|sick|of (?:them|the rows|the cases)|proven|later)|"
    r"(?:of them|positives?|rare class|cases) \(?[0-9](?:[.,]\d+)?\s?%",
    re.IGNORECASE,
)
"""A text that says that one class is rare."""


def review(bundle: Bundle) -> list[Finding]:
    """Methodological faults of a piece of work.

    Args:
        bundle: Whatever there is of tables, predictions, runs, claims and code.

    Returns:
        Findings, worst first; the same kind on the same columns is told once.

    >>> import numpy as np, pandas as pd
    >>> rng = np.random.default_rng(0)
    >>> table = pd.DataFrame(rng.normal(size=(300, 4)), columns=list("abcd"))
    >>> table["y"] = (table.a + rng.normal(size=300) > 0).astype(int)
    >>> table["copy"] = np.where(rng.random(300) < 0.05, 1 - table.y, table.y)
    >>> [(one.kind, one.place.columns) for one in review(Bundle(train=table, target="y"))]
    [('target-leak', ('copy',))]
    """
    found, facts = review_with_facts(
        bundle.sources, rare=any(RARE_SAID.search(one) for one in bundle.claims)
    )
    found += [_not_read(name, said) for name, said in bundle.passed_over.items()]
    bundle = _completed(bundle, facts)
    random_split = (
        bundle.test is None
        and "random" in facts.splits
        and not (facts.splits & {"grouped", "time"})
    )
    found += [one for one in target_leaks(bundle) if not _dropped(one, facts)]
    found += steps_on_all_rows(bundle)
    found += copies(bundle)
    groups = list(group_leaks(bundle, random_split=random_split))
    found += groups
    found += temporal_leaks(bundle, random_split=random_split)
    found += of_predictions(bundle)
    told = understood(bundle.predictions)
    if told is not None:
        found += [*unproved_claims(bundle, told), *misstated(bundle, told)]
    if (told is None or not told.others) and bundle.runs is None:
        found += [*small_claims(bundle), *claims_of_nothing(bundle)]
    found += of_probabilities(bundle)
    found += of_runs(bundle)
    if groups:  # rows of one entity are alike: that is the group's doing
        found = [one for one in found if one.kind != "near-duplicates-across-split"]
    if "valid" in facts.chooses_on and "test" not in facts.chooses_on:
        found = [one for one in found if one.kind != "threshold-on-test" or one.place.line]
    return sorted_findings(_once(found))


def _not_read(name: str, said: str) -> Finding:
    return finding("not-read", said, Place(name), severity="note")


def _completed(bundle: Bundle, facts: CodeFacts) -> Bundle:
    """What the code names fills what the bundle leaves open."""
    changes: dict[str, object] = {}
    if (
        not bundle.target
        and facts.target
        and bundle.train is not None
        and (facts.target in bundle.train)
    ):
        changes["target"] = facts.target
    if (
        not bundle.metric
        and facts.metrics
        and {metric_name(one) for one in facts.metrics} == {"accuracy"}
    ):
        changes["metric"] = "accuracy"
    if not bundle.metric and not facts.metrics and accuracy_alone(bundle):
        changes["metric"] = "accuracy"
    return replace(bundle, **changes) if changes else bundle  # type: ignore[arg-type]


def _dropped(one: Finding, facts: CodeFacts) -> bool:
    """The code takes this column out of the features: there is nothing to mend."""
    columns = set(one.place.columns)
    return bool(columns) and columns <= facts.dropped


def _once(found: list[Finding]) -> list[Finding]:
    seen: dict[tuple[object, ...], Finding] = {}
    for one in found:
        key = (one.kind, one.place.columns or (one.place.file, one.place.cell, one.place.line))
        seen.setdefault(key, one)
    return list(seen.values())
