"""The kinds of methodological fault that ``review`` knows, each with its reason and cure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.audit.finding import Finding, Kind, Place, Severity

_ALL = (
    Kind(
        "fit-before-split",
        "fit-before-split",
        "Fitted before the split",
        "A step that learns from rows which are later used for scoring has seen the answer sheet; "
        "the score is higher than what new data will give.",
        "Split first; fit the step on the training rows only, best inside a scikit-learn Pipeline.",
        "data-leakage",
    ),
    Kind(
        "scaling-on-all-rows",
        "fit-before-split",
        "Scaled on all rows",
        "Means, spreads and extremes of the scored rows reach the model before scoring.",
        "Fit the scaler on the training rows and apply it to the others; put it into the Pipeline.",
        "feature-scaling",
    ),
    Kind(
        "imputing-on-all-rows",
        "fit-before-split",
        "Imputed on all rows",
        "What fills the gaps was computed with the scored rows, which new data could not do.",
        "Fit the imputer on the training rows only; put it into the Pipeline.",
        "missing-data",
    ),
    Kind(
        "encoding-on-all-rows",
        "target-leak",
        "Target encoding over all rows",
        "A category's mean of the target holds the targets of the very rows that are scored.",
        "Compute the means on training rows only and out of fold (sklearn's TargetEncoder in a "
        "Pipeline does both).",
        "categorical-encoding",
    ),
    Kind(
        "target-leak",
        "target-leak",
        "A feature that knows the target",
        "A column that is made from the answer, or filled in after it, is not there when a "
        "prediction is needed.",
        "Find out when and how the column comes about; drop it unless it is known beforehand.",
        "data-leakage",
    ),
    Kind(
        "missingness-leak",
        "target-leak",
        "Gaps that know the target",
        "Whether a value is missing tells the target: the column is filled in after the outcome.",
        "Drop the column, or take its state at the moment of prediction.",
        "missing-data",
    ),
    Kind(
        "id-leak",
        "target-leak",
        "Row numbers that know the target",
        "Identifiers given after the outcome, or in its order, predict it here and nowhere else.",
        "Drop the identifier from the features and find out how the rows were collected.",
        "data-leakage",
    ),
    Kind(
        "duplicates-across-split",
        "duplicates",
        "Same rows on both sides of the split",
        "A row that is in the training data too is remembered, not predicted.",
        "Remove duplicates, or keep all copies on one side, before splitting.",
        "duplicates-keys",
    ),
    Kind(
        "near-duplicates-across-split",
        "duplicates",
        "Nearly the same rows on both sides",
        "Near-copies of training rows (re-entered, re-scanned, slightly changed) test memory.",
        "Cluster near-copies and split by cluster (GroupKFold with the cluster as the group).",
        "duplicates-keys",
    ),
    Kind(
        "oversampling-before-split",
        "oversampling-before-split",
        "Resampled before the split",
        "Copies or mixtures of the same rows stand on both sides, and the scored rows no longer "
        "have the real class balance.",
        "Split first and resample the training rows only (imblearn's Pipeline inside "
        "cross-validation).",
        "train-test-split",
    ),
    Kind(
        "augmentation-before-split",
        "augmentation-before-split",
        "Augmented before the split",
        "A changed copy of a training example in the test set tests memory.",
        "Split the originals first; augment training examples only.",
        "train-test-split",
    ),
    Kind(
        "group-leak",
        "group-leak",
        "The same person, place or thing on both sides",
        "The model recognises entities it has met instead of learning what holds for new ones.",
        "Split by entity: GroupShuffleSplit, GroupKFold or StratifiedGroupKFold.",
        "train-test-split",
    ),
    Kind(
        "temporal-leak",
        "temporal-leak",
        "The future helps to predict the past",
        "With a random split of dated rows the model sees what came after; in use it cannot.",
        "Train on the past and test on what follows (a cut-off date or TimeSeriesSplit), with "
        "features that were known at the time.",
        "time-features",
    ),
    Kind(
        "tuned-on-test",
        "tuned-on-test",
        "The test set was used for choosing",
        "The best of many looks at the test set is too good by the luck of the looks.",
        "Choose by cross-validation or a validation set; open the test set once, at the end.",
        "hyperparameter-search",
    ),
    Kind(
        "threshold-on-test",
        "tuned-on-test",
        "The threshold was chosen on the test set",
        "A cut-off that is best on these rows by construction will not be on the next ones.",
        "Choose it on validation or out-of-fold predictions, then apply it to the test set as is.",
        "threshold-costs",
    ),
    Kind(
        "wrong-metric",
        "wrong-metric",
        "A metric that hides the rare class",
        "Under imbalance always answering the common class already scores high.",
        "Report average precision, recall at a stated precision, or expected cost, beside the "
        "score of the constant answer.",
        "confusion-matrix",
    ),
    Kind(
        "uncalibrated",
        "uncalibrated",
        "Probabilities that do not mean what they say",
        "Decisions by cost need that of all cases given 30 %, 30 % happen.",
        "Calibrate on held-out training data (CalibratedClassifierCV) and show the reliability "
        "curve.",
        "calibration",
    ),
    Kind(
        "within-noise",
        "within-noise",
        "A difference within the noise",
        "With so few rows or seeds a difference of this size comes about by chance.",
        "Give the interval of the difference by a paired test on the same rows, and claim what it "
        "allows.",
        "model-comparison",
    ),
    Kind(
        "seed-picking",
        "seed-picking",
        "The best seed was picked",
        "The luckiest of many seeds is reported as if it were the method's doing.",
        "Report mean and spread over seeds that were fixed beforehand.",
        "model-comparison",
    ),
    Kind(
        "notebook-out-of-order",
        "notebook-out-of-order",
        "The notebook does not run from the top",
        "What is shown came from another order of cells; nobody else can get it again.",
        "Restart the kernel, run all cells from top to bottom, and save the result.",
        "testing",
    ),
    Kind(
        "not-reproducible",
        "not-reproducible",
        "The run cannot be repeated",
        "Nobody, including you, can tell a change of method from a change of luck.",
        "Fix and record every seed, the data's hash and the versions; run twice and compare.",
        "testing",
    ),
    Kind(
        "unreadable-code",
        "unreadable-code",
        "Code that Python cannot read",
        "What cannot be parsed cannot run either, and was not reviewed.",
        "Mend the syntax and review again.",
        "testing",
    ),
    Kind(
        "not-read",
        "unreadable-code",
        "A file that was not read",
        "What it holds was not reviewed.",
        "Mend it or make it smaller, and review again.",
        "testing",
    ),
)
KINDS: Mapping[str, Kind] = {kind.slug: kind for kind in _ALL}


def finding(
    slug: str,
    what: str,
    place: Place,
    *,
    severity: Severity = "fault",
    count: int = 1,
    cost: str = "",
    numbers: Mapping[str, Any] | None = None,
) -> Finding:
    """A finding of a known kind about one case."""
    return KINDS[slug].of(what, place, severity=severity, count=count, cost=cost, numbers=numbers)
