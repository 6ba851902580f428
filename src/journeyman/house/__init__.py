"""The house run: honest models fitted under a stated budget, and what explains any model.

`run` is the learner's opponent; `advise_split`, `make_folds` and `nested_cross_validation` divide
rows honestly; the rest explains predictions. Honest evaluation is in `journeyman.scoring`.
"""

from journeyman.house.advice import SplitAdvice, advise_split
from journeyman.house.dependence import Dependence, partial_dependence
from journeyman.house.examples import Counterfactual, Example, counterfactual, nearest_examples
from journeyman.house.importance import Importance, permutation_importance
from journeyman.house.nested import Nested, nested_cross_validation
from journeyman.house.recipes import Recipe
from journeyman.house.relation import association, related_columns
from journeyman.house.result import HouseRun, Trial
from journeyman.house.running import run
from journeyman.house.search import Progress
from journeyman.house.shapley import Shares, linear_shapley, shapley_values
from journeyman.house.splits import make_folds

__all__ = [
    "Counterfactual",
    "Dependence",
    "Example",
    "HouseRun",
    "Importance",
    "Nested",
    "Progress",
    "Recipe",
    "Shares",
    "SplitAdvice",
    "Trial",
    "advise_split",
    "association",
    "counterfactual",
    "linear_shapley",
    "make_folds",
    "nearest_examples",
    "nested_cross_validation",
    "partial_dependence",
    "permutation_importance",
    "related_columns",
    "run",
    "shapley_values",
]
