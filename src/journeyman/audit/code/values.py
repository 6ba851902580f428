"""What the reader knows about a value without running anything: where its rows come from.

Rows live in *regions*, written as paths: ``load@12`` is what line 12 loads,
``load@12/split@20:test`` the test part that line 20 cuts from it. A step fitted on a region has
seen every region below it, which makes “has this step
seen the rows that are scored?” a question about prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Sort = Literal[
    "unknown",
    "data",
    "stat",
    "index",
    "prediction",
    "match",
    "score",
    "curve",
    "model",
    "splitter",
    "const",
    "tuple",
    "list",
    "dict",
    "columns",
    "function",
    "callable",
    "class",
    "object",
    "grouped",
    "window",
    "indexer",
]

_TEST = re.compile(
    r"(^|[_\d])(test|tst|te|hold|holdout|hold_out|heldout|eval|evaluation|final|unseen|oos)"
    r"([_\d]|$)|test$|^(future|later|after)(_|$)|(^|_)(pruef|prüf|prueba|teste|essai|prova)",
    re.IGNORECASE,
)
_VALID = re.compile(
    r"(^|[_\d])(val|valid|validation|dev|va|vl|cal|calib|calibration|es|tune)([_\d]|$)"
    r"|valid$",
    re.IGNORECASE,
)
_TRAIN = re.compile(
    r"(^|[_\d])(train|training|trn|tr|fit|fitting|learn|trainval|dev_train|past|history|"
    r"known|before|lern|lernen|entreno|entrenamiento|treino|treinamento|apprentissage|entrainement|"
    r"allenamento)([_\d]|$)|train$",
    re.IGNORECASE,
)
_REST = re.compile(r"(^|[_\d])(temp|tmp|rest|remaining|other|holdout_all)([_\d]|$)", re.IGNORECASE)


def role_of_name(name: str) -> str:
    """``train``, ``valid``, ``test``, ``rest`` or an empty string, as a person would read a name.

    >>> role_of_name("X_test"), role_of_name("df_val"), role_of_name("latest"), role_of_name("Xtr")
    ('test', 'valid', '', 'train')
    """
    short = {
        "Xtr": "train",
        "ytr": "train",
        "Xte": "test",
        "yte": "test",
        "Xts": "test",
        "xte": "test",
        "xtr": "train",
        "Xva": "valid",
        "yva": "valid",
        "yts": "test",
    }
    if name in short:
        return short[name]
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    if re.search(
        r"(^|_)(latest|greatest|contest|attest|best|pretrain\w*)($|_)", split, re.IGNORECASE
    ):
        return ""
    train, valid = bool(_TRAIN.search(split)), bool(_VALID.search(split))
    if train and re.search(r"train[_]?(and[_]?)?val", split, re.IGNORECASE):
        return "train"
    if valid:
        return "valid"
    test = bool(_TEST.search(split))
    if train != test:
        return "train" if train else "test"
    return "rest" if _REST.search(split) else ""


def role(region: str) -> str:
    """The last role along a region's path: ``train``, ``valid``, ``test``, ``fold``, or empty.

    What is called the test part of the training rows is there to choose by.

    >>> role("load@a.csv/split@3:test"), role("load@a.csv/split@3:train/split@4:test")
    ('test', 'valid')
    """
    load, *cuts = region.split("/")
    if not load.startswith("load@"):  # where they were loaded from is not known
        load, cuts = "", [load, *cuts]
    roles = [one.rsplit(":", 1)[1] for one in cuts if ":" in one]
    if not roles:
        return load.rsplit(":", 1)[1] if ":" in load else ""
    return "valid" if roles[-1] == "test" and "train" in roles else roles[-1]


def covers(fitted: str, rows: str) -> bool:
    """Whether what was fitted on one region has seen the rows of another."""
    return fitted == rows or rows.startswith(fitted + "/")


def covers_strictly(fitted: str, rows: str) -> bool:
    """Whether the fitted region holds the rows and more."""
    return rows.startswith(fitted + "/")


@dataclass(frozen=True, slots=True)
class Taint:
    """Something that flowed into a value: a step fitted on ``regions``, or another column.

    Attributes:
        kind: scaling, imputing, encoding, fitting, resampled, augmented, model, future, window,
            derived.
        line: Where it happened, with ``file``.
        what: The step's name for the sentence.
        column: The column that carries it; empty when every column does.
        of: The column that it was computed from.
    """

    kind: str
    what: str
    file: str
    line: int
    regions: frozenset[str] = frozenset()
    column: str = ""
    of: str = ""


@dataclass(eq=False)
class Thing:
    """A mutable thing of the reviewed program: an estimator, an object, a list, a dictionary.

    ``unit`` is the file that a function stands in, which may be another than where it is called.
    """

    name: str = ""
    fields: dict[str, Value] = field(default_factory=dict)
    items: list[Value] = field(default_factory=list)
    taints: frozenset[Taint] = frozenset()
    regions: frozenset[str] = frozenset()
    definition: Any = None
    scope: Any = None
    line: int = 0
    fitted: bool = False
    unit: Any = None


@dataclass(frozen=True)
class Value:
    """An abstract value.

    Attributes:
        name: Dotted name of a library's callable; metric of a score.
        regions: Which rows it is made of or computed from.
        taints: What flowed into it.
        loops: Loops on whose variable it depends.
        marks: Small facts: labels, filtered, dated:COLUMN, sorted:COLUMN, lagged, grouped:COLUMN...
        uses: Columns that it was computed from.
        kept: The columns that a table was narrowed to; None is all of them.
        dropped: Columns that were taken out.
        whole: Whether all columns of the table are still known to be there but ``dropped``.
    """

    sort: Sort = "unknown"
    name: str = ""
    const: Any = None
    regions: frozenset[str] = frozenset()
    taints: frozenset[Taint] = frozenset()
    loops: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    kept: frozenset[str] | None = None
    dropped: frozenset[str] = frozenset()
    whole: bool = False
    items: tuple[Value, ...] = ()
    thing: Thing | None = None

    def marked(self, *marks: str) -> Value:
        """With further marks."""
        return replace(self, marks=self.marks | set(marks))

    def tainted(self, *taints: Taint) -> Value:
        """With further taints."""
        return replace(self, taints=self.taints | set(taints))

    def has(self, prefix: str) -> bool:
        """Whether a mark starts with ``prefix``."""
        return any(mark.startswith(prefix) for mark in self.marks)

    @property
    def roles(self) -> frozenset[str]:
        """The roles of its regions."""
        return frozenset(role(region) for region in self.regions)

    @property
    def column(self) -> str:
        """The one column that it was computed from, or an empty string."""
        return next(iter(self.uses)) if len(self.uses) == 1 else ""

    def flat(self, depth: int = 0) -> Iterable[Value]:
        """Itself and everything that it holds."""
        yield self
        if depth > 4:
            return
        inner = [*self.items]
        if self.thing is not None and self.sort in {"list", "dict"}:
            inner += [*self.thing.items, *self.thing.fields.values()]
        for item in inner:
            yield from item.flat(depth + 1)


UNKNOWN = Value()
UNSURE = "unsure"
"""The mark of what may be another thing, or None, because it depends on a branch."""
PIECE = "piece"
"""The mark of one row, one file or one group of rows, as a loop takes them."""
BETWEEN = "between rows"
"""The mark of rows that were made up between two others."""
CENTRED = "a centred window"
"""What a taint of the future is called that comes from smoothing over later rows."""
LEARNT = "learnt"
"""The name of what a fitted step holds, such as ``scaler.mean_``: its taints say from what."""
LINES = "lines"
"""The name of a file that was opened to be read line by line; ``const`` is the region it holds."""
LABELLED = "labelled"
"""The name of a pair of features and target that a library keeps as one thing."""
PAIRS = "pairs"
"""The name of what ``items()`` of a dictionary with known keys gives."""


def const(value: Any) -> Value:
    """A known constant."""
    return Value("const", const=value)


def join(values: Iterable[Value], sort: Sort = "unknown") -> Value:
    """What depends on all of ``values``: rows, taints, loops and marks added up."""
    found = [one for value in values for one in value.flat()]
    if not found:
        return Value(sort)
    best = sort if sort != "unknown" else _widest(found)
    return Value(
        best,
        regions=frozenset().union(*(one.regions for one in found)),
        taints=frozenset().union(*(one.taints for one in found)),
        loops=frozenset().union(*(one.loops for one in found)),
        marks=frozenset().union(*(one.marks for one in found)),
        uses=frozenset().union(*(one.uses for one in found)),
    )


def merge(first: Value, second: Value) -> Value:
    """The value after two branches, either of which may have been taken."""
    if first == second:
        return first
    if second.sort == "unknown":
        return first.marked(UNSURE)
    if first.sort in {"unknown", "const"}:
        return second.marked(UNSURE)
    if second.sort == "const":
        first = first.marked(UNSURE)
    if first.sort != second.sort or first.thing is not second.thing:
        return replace(
            first,
            loops=first.loops | second.loops,
            taints=first.taints | second.taints,
        )
    both = replace(
        first,
        regions=first.regions | second.regions,
        taints=first.taints | second.taints,
        loops=first.loops | second.loops,
        marks=first.marks | second.marks,
        uses=first.uses | second.uses,
        dropped=first.dropped & second.dropped,
        whole=first.whole and second.whole,
    )
    return both if len(first.items) == len(second.items) else replace(both, items=())


def _widest(values: list[Value]) -> Sort:
    sorts = {value.sort for value in values}
    for sort in ("score", "curve", "prediction", "match", "data", "stat", "index"):
        if sort in sorts:
            return sort
    return "unknown"


def string_items(value: Value) -> list[str] | None:
    """The strings of a constant list, tuple or string; None where they are not all known."""
    if value.sort == "const" and isinstance(value.const, str):
        return [value.const]
    if value.sort == "const" and isinstance(value.const, (list, tuple, frozenset)):
        return [str(one) for one in value.const]
    if value.sort in {"tuple", "list"}:
        items = value.items or tuple(value.thing.items if value.thing else ())
        found = [item.const for item in items if item.sort == "const"]
        return [str(one) for one in found] if found and len(found) == len(items) else None
    return None
