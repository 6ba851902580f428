"""Columns chosen by what rows say: a selector's support, correlations, importances."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import estimators
from journeyman.audit.code.values import Taint, Value, join

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call
    from journeyman.audit.code.reader import Reader

TESTS = (
    "f_classif", "f_regression", "chi2", "mutual_info_classif", "mutual_info_regression",
    "ttest_ind", "mannwhitneyu", "kruskal", "f_oneway", "ks_2samp", "ranksums", "pearsonr",
    "spearmanr", "kendalltau", "pointbiserialr", "chi2_contingency", "fisher_exact",
)  # fmt: skip
"""Functions that say of a column how much it has to do with the target."""
VERDICTS = frozenset({"support_", "ranking_", "scores_", "pvalues_", "feature_importances_"})
"""What a fitted thing says of the columns' use for the target."""


def verdict(name: str, base: Value, file: str) -> Value:
    """``selector.support_`` and its kin: knows the rows that the selector was fitted on."""
    thing = base.thing
    assert thing is not None
    inner = list(estimators.parts(base))
    by = [one for one in inner if one.fitted and _judges(one.name)]
    importances = name == "feature_importances_" and thing.fitted
    taints = {
        Taint("selecting", one.name, file, one.line, one.regions)
        for one in by or ([thing] if importances else [])
    }
    return Value("stat", regions=thing.regions, taints=frozenset(taints))


def _judges(name: str) -> bool:
    return name.startswith(("Select", "RFE", "SequentialFeature", "GenericUnivariate", "Boruta"))


def names_out(reader: Reader, made: Call) -> Value:
    """``get_support()``, ``get_feature_names_out()``: columns that a selector has chosen."""
    return verdict("support_", made.base, reader.unit.file)


def relation(reader: Reader, made: Call) -> Value:
    """``table.corr()``: how columns go with each other; with one of them, once that is picked."""
    base = made.base
    del reader
    found = Value("stat", made.name, regions=base.regions, marks=frozenset({"relation"}))
    return picked(found, made.place.file, made.node.lineno) if made.everything else found


def picked(relation: Value, file: str, line: int) -> Value:
    """``table.corr()["y"]``: how much each column tells of one column, over these rows."""
    taint = Taint("selecting", f"{relation.name}()", file, line, relation.regions)
    return replace(relation, taints=relation.taints | {taint}, marks=relation.marks - {"relation"})


def scored_columns(reader: Reader, made: Call) -> Value:
    """``f_classif(X, y)``: a score for each column, from these rows."""
    given = [one for one in made.args if one.sort == "data"]
    found = join(given)
    del reader
    taint = made.taint("selecting", made.name, found.regions)
    stat = Value("stat", regions=found.regions, taints=found.taints | {taint}, loops=found.loops)
    pair = made.name in {"f_classif", "f_regression", "chi2"}
    return Value("tuple", items=(stat, stat)) if pair else stat


def chosen_by(key: Value) -> frozenset[Taint]:
    """What a key of columns has seen of the rows, if that is how it was chosen."""
    inner = join([key])
    return frozenset(one for one in inner.taints if one.kind == "selecting")


def narrowed(table: Value, key: Value) -> Value:
    """The table with the columns that ``key`` names, which carries what chose them."""
    seen = chosen_by(key)
    return replace(table, taints=table.taints | seen, whole=False) if seen else table
