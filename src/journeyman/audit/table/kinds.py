"""The kinds of finding about a table, each with its reason and its cure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.audit.finding import Finding, Kind, Place, Severity

_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "missing",
        "Missing values",
        "Rows without the value are dropped or filled, and either changes what is learnt.",
        "Find out why they are missing; fill inside the pipeline and keep an indicator.",
        "missing-data",
    ),
    (
        "missing-together",
        "Values missing together",
        "Gaps that come together have one cause: a skipped form, a dead device, a failed join.",
        "Look for that cause and treat the columns as one block.",
        "missing-data",
    ),
    (
        "missing-by-target",
        "Gaps that differ by target",
        "Not missing at random: dropping the rows biases the model, and the gap may be a leak.",
        "Keep an indicator if the gap is known when predicting; otherwise drop the column.",
        "missing-data",
    ),
    (
        "outliers",
        "Far-out values",
        "A few extreme values dominate means, squared errors and scales.",
        "Check them at the source; correct errors, keep real extremes and scale robustly.",
        "outliers",
    ),
    (
        "stand-in-values",
        "Numbers that stand for “missing”",
        "A code such as -999 is taken for a measurement.",
        "Turn the code into a gap when reading.",
        "missing-data",
    ),
    (
        "mixed-types",
        "Several types in one column",
        "Numbers among words turn the whole column into text, and comparisons go by spelling.",
        "Parse the column with one rule and list what does not parse.",
        "data-types-units",
    ),
    (
        "numbers-as-text",
        "Numbers stored as text",
        "Sums and comparisons fail or go by spelling.",
        "Strip signs and separators when reading and convert.",
        "data-types-units",
    ),
    (
        "units-mixed",
        "Units differ within a column",
        "5 kg and 5000 g are taken for 5 and 5000.",
        "Convert to one unit when reading and put it into the column's name.",
        "data-types-units",
    ),
    (
        "dates-as-text",
        "Dates stored as text",
        "Order and differences go by spelling.",
        "Parse them when reading, with the format given.",
        "time-features",
    ),
    (
        "dates-mixed",
        "Dates in several formats",
        "03/04 is March in one row and April in another.",
        "Ask the source which format holds for which rows; parse each with its own.",
        "time-features",
    ),
    (
        "categories-inconsistent",
        "Spellings of one category",
        "Each spelling is encoded as a category of its own.",
        "Trim, unify case, and map near spellings to one name.",
        "categorical-encoding",
    ),
    (
        "many-categories",
        "Very many categories",
        "One-hot encoding would add a column for each.",
        "Group rare ones, use target encoding out of fold or hashing, or treat it as text.",
        "categorical-encoding",
    ),
    (
        "constant",
        "One value only",
        "A column without variation says nothing.",
        "Drop it.",
        "data-types-units",
    ),
    (
        "id-like",
        "Looks like an identifier",
        "A model can learn rows by heart through it.",
        "Leave it out of the features; keep it for joining.",
        "duplicates-keys",
    ),
    (
        "duplicates",
        "Duplicate rows",
        "Copies on both sides of a split test memory.",
        "Find out whether they are real repeats; otherwise drop them before splitting.",
        "duplicates-keys",
    ),
    (
        "near-duplicates",
        "Nearly the same rows",
        "The same thing entered twice counts twice.",
        "Compare the pairs and merge them, or keep them on one side of a split.",
        "duplicates-keys",
    ),
    (
        "duplicate-columns",
        "Columns of equal content",
        "They count twice in linear models and importances.",
        "Keep one.",
        "duplicates-keys",
    ),
    (
        "duplicate-names",
        "Duplicate column names",
        "Code that asks for the name gets one of them.",
        "Rename them at the source.",
        "duplicates-keys",
    ),
    (
        "time-order",
        "Rows in order of time",
        "Neighbouring rows are related; a random split lets the future explain the past.",
        "Split by time.",
        "time-features",
    ),
    (
        "time-gaps",
        "Gaps in time",
        "Lags and windows over a gap compare what is far apart.",
        "Reindex to a regular grid and mark the gap.",
        "time-features",
    ),
    (
        "time-repeats",
        "Repeated time stamps",
        "Lags by row no longer are lags by time.",
        "Aggregate, or find the column that tells the rows apart.",
        "time-features",
    ),
    (
        "repeated-entities",
        "Several rows for one entity",
        "A random split puts the same entity on both sides.",
        "Split by this column.",
        "train-test-split",
    ),
    (
        "label-quality",
        "Labels that are probably wrong",
        "A model learns the errors, and the score counts right answers as wrong.",
        "Look at the listed rows first; correct or drop them.",
        "baselines",
    ),
    (
        "class-balance",
        "Unequal classes",
        "Accuracy looks high for a model that never finds the rare class.",
        "Score with average precision or cost; stratify the split.",
        "confusion-matrix",
    ),
    (
        "one-class",
        "The target has one class",
        "There is nothing to learn from.",
        "Check the extract: the other class was probably filtered out.",
        "train-test-split",
    ),
    (
        "drift",
        "Distributions that differ",
        "A model fitted on one file meets other data in the other.",
        "Find out what changed; validate on the newer data, retrain or drop the column.",
        "hypothesis-tests",
    ),
    (
        "new-categories",
        "Categories that are new",
        "The model has never seen them.",
        "Decide how to encode unseen categories.",
        "categorical-encoding",
    ),
    (
        "schema",
        "Columns that differ",
        "Code that expects the column fails.",
        "Agree on one schema.",
        "data-types-units",
    ),
    (
        "encoding-mixed",
        "Several text encodings",
        "Letters with accents are garbled in some rows.",
        "Convert the file to UTF-8 at the source.",
        "data-types-units",
    ),
    (
        "ragged-rows",
        "Rows with another number of cells",
        "Values slip into the wrong column.",
        "Quote the delimiter in texts at the source; look at the listed lines.",
        "data-types-units",
    ),
    (
        "sampled",
        "Audited on a sample",
        "The table is too large to hold; rare things may be missed.",
        "Nothing, or audit a part of it.",
        "sampling-clt",
    ),
    (
        "empty",
        "No rows",
        "There is a heading and nothing below it.",
        "Check the extract.",
        "data-types-units",
    ),
    (
        "broken-files",
        "Files that cannot be opened",
        "Training stops at them, or skips them unnoticed.",
        "Fetch them again or remove them, and write down which.",
        "data-types-units",
    ),
    (
        "sizes",
        "Sizes that differ",
        "A network needs one size, and the size may give away the class.",
        "Resize or crop alike for all classes.",
        "data-types-units",
    ),
)
KINDS: Mapping[str, Kind] = {
    slug: Kind(slug, slug, title, why, mend, lesson) for slug, title, why, mend, lesson in _ROWS
}


def note(
    slug: str,
    what: str,
    *columns: str,
    severity: Severity = "warning",
    count: int = 1,
    rows: tuple[int, ...] = (),
    file: str = "",
    **numbers: Any,
) -> Finding:
    """A finding about a table."""
    place = Place(file, columns=columns, rows=rows[:10])
    return KINDS[slug].of(what, place, severity=severity, count=count, numbers=numbers)
