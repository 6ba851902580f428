"""Every metric by its name, with a parameter where it takes one: ``auc``, ``ndcg@10``."""

from __future__ import annotations

import re
from functools import cache

from journeyman.errors import NotFound
from journeyman.scoring import classification, ranking, regression
from journeyman.scoring.metric import Metric

PLAIN = {one.name: one for one in (*classification.ALL, *ranking.ALL, *regression.ALL)}
PARAMETRIC = {"ndcg@K": "ndcg@10", "map@K": "map@10", "recall@fpr=X": "recall@fpr=0.005"}
_AT = re.compile(r"(?P<name>ndcg|map)@(?P<k>[1-9][0-9]{0,3})\Z")
_FPR = re.compile(r"recall@fpr=(?P<rate>0?\.[0-9]{1,6})\Z")


def names() -> tuple[str, ...]:
    """Every name, with a letter in the place of a parameter.

    >>> "auc" in names(), "ndcg@K" in names()
    (True, True)
    """
    return (*PLAIN, *PARAMETRIC)


@cache
def get(name: str) -> Metric:
    """The metric of that name.

    Raises:
        NotFound: naming those that there are.

    >>> get("ndcg@10").title
    'NDCG at 10'
    """
    if name in PLAIN:
        return PLAIN[name]
    found = _AT.match(name)
    if found:
        make = ranking.ndcg_at if found["name"] == "ndcg" else ranking.map_at
        return make(int(found["k"]))
    found = _FPR.match(name)
    if found and 0 < float(found["rate"]) < 1:
        return ranking.recall_at(float(found["rate"]))
    raise NotFound(f"There is no metric {name!r}; there are {', '.join(names())}.")


def every() -> tuple[Metric, ...]:
    """Every metric, those with a parameter once, with a usual value of it."""
    return (*PLAIN.values(), *(get(name) for name in PARAMETRIC.values()))
