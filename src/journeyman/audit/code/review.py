"""Reviews code: reads every file in an order that follows its imports, then applies the rules."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from journeyman.audit.code import calls, functions, rules
from journeyman.audit.code.notebook import out_of_order
from journeyman.audit.code.reader import Reader, TooLongError, parameter
from journeyman.audit.code.sources import Unit, read, settings
from journeyman.audit.code.trace import Fit, Split, Trace
from journeyman.audit.code.values import Thing, Value
from journeyman.audit.finding import Finding, Place, sorted_findings
from journeyman.audit.kinds import finding

functions.install()


@dataclass(frozen=True)
class CodeFacts:
    """What the code says about the data, for the checks that see both.

    Attributes:
        target: The column used as target, if one name is.
        splits: How rows are cut: random, ordered, grouped, time, given or sliced.
        dropped: Columns that the code takes out of the features.
        metrics: Every metric that is computed.
        chooses_on: The roles of the rows by which something is chosen.
    """

    target: str = ""
    splits: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    metrics: frozenset[str] = frozenset()
    chooses_on: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()


def review_code(sources: Mapping[str, str]) -> list[Finding]:
    """Methodological faults in code, without running it.

    Args:
        sources: File names (``.py`` or ``.ipynb``) with their text.

    Returns:
        Findings, worst first. A file that cannot be parsed gives a note and is passed over.

    >>> found = review_code({"a.py": '''
    ... import pandas as pd
    ... from sklearn.preprocessing import StandardScaler
    ... from sklearn.model_selection import train_test_split
    ... df = pd.read_csv("a.csv")
    ... X = StandardScaler().fit_transform(df.drop(columns=["y"]))
    ... a, b, c, d = train_test_split(X, df["y"], random_state=0)
    ... '''})
    >>> [(one.kind, one.place.line) for one in found]
    [('scaling-on-all-rows', 6)]
    """
    return review_with_facts(sources)[0]


def review_with_facts(
    sources: Mapping[str, str], *, rare: bool = False
) -> tuple[list[Finding], CodeFacts]:
    """The findings, and what the code says about the data.

    Args:
        sources: As for ``review_code``.
        rare: It is known from elsewhere that one class is rare.
    """
    units = read(sources)
    said = settings(sources)
    received: dict[str, Value] = {}
    files: dict[str, Value] = {}
    trace = Trace()
    for _ in range(2):  # the second reading knows the files and masks that the first one saw
        trace = Trace(files=dict(files), cuts=frozenset(trace.sides), settings=said)
        trace.received = received
        if rare or any(unit.rare for unit in units):
            trace.hints.add("imbalanced")
        readings = _Readings(units, trace)
        readings.run()
        files, received = trace.files, trace.handed
    found = [_placed(one, units) for one in rules.findings(trace)]
    for unit in units:
        found += [*unit.faults, *out_of_order(unit)]
    found += [_not_understood(file, why) for file, why in readings.failed.items()]
    return sorted_findings(found), _facts(trace)


def _not_understood(file: str, why: str) -> Finding:
    """Code on which the reader itself has failed: told, and no reason to stop."""
    said = f"Our reader does not understand this file ({why}); it was not reviewed to its end."
    return finding("unreadable-code", said, Place(file), severity="note")


def _placed(one: Finding, units: list[Unit]) -> Finding:
    """Lines of a notebook's joined source become a cell and a line in it."""
    for unit in units:
        if unit.cells and unit.file == one.place.file and not one.place.cell:
            place = unit.place(one.place.line)
            return replace(one, place=replace(place, columns=one.place.columns))
    return one


class _Readings:
    """The files of one review, each read once and not before those that it imports.

    Args:
        units: The files.
        trace: Where events are noted.

    Attributes:
        failed: By name the files on which the reader itself failed, and with what.
    """

    def __init__(self, units: list[Unit], trace: Trace) -> None:
        self.units = units
        self.trace = trace
        self.readers: dict[str, Reader] = {}
        self.failed: dict[str, str] = {}

    def run(self) -> None:
        """Read every file, then the functions that none of them calls."""
        for unit in self.units:
            self.go(unit)
        called = set().union(*(reader.called for reader in self.readers.values()))
        for reader in self.readers.values():
            self._guarded(reader.unit.file, partial(_uncalled, reader, called))

    def modules(self, name: str) -> Mapping[str, Value] | None:
        """What the file behind an import defines; None where it is no file of these."""
        tail = name.strip(".").rsplit(".", 1)[-1]
        for unit in self.units if tail else ():
            plain = unit.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            package = unit.file.endswith(f"{tail}/__init__.py")
            if (plain == tail or package) and not unit.file.endswith(".ipynb"):
                return self.go(unit)
        return None

    def go(self, unit: Unit) -> Mapping[str, Value]:
        """Read a file if nobody has begun to; what it defines so far."""
        if unit.file not in self.readers:
            reader = self.readers[unit.file] = Reader(unit, self.trace, self.modules)
            self._guarded(unit.file, lambda: reader.run(unit.tree.body))
        return self.readers[unit.file].scope

    def _guarded(self, file: str, read_: Callable[[], object]) -> None:
        """Whatever strange code does to the reader, the review goes on."""
        try:
            read_()
        except TooLongError:
            self.failed[file] = "it takes too many steps"
        except RecursionError:
            self.failed[file] = "it is nested too deeply"
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end a review
            self.failed[file] = type(error).__name__


def _uncalled(reader: Reader, called: set[object]) -> None:
    """Functions that nothing calls are read with what their parameters' names promise.

    The methods of a class share one object, as a framework would call them: what ``setup`` leaves
    in it, ``train_dataloader`` finds.
    """
    for value in list(reader.scope.values()):
        if value.thing is None or value.sort not in {"function", "class"}:
            continue
        pending = [value.thing]
        owner: tuple[Value, ...] = ()
        made = None
        if value.sort == "class":
            pending = [one.thing for one in value.thing.fields.values() if one.thing]
            made = reader.trace.objects.get(value.thing.definition)
            owner = (made or calls.blank(value.thing),)
        new = [one for one in pending if one.definition not in called | reader.called]
        if not new:
            continue
        for thing in pending:  # what __init__ leaves is needed, even if it was called elsewhere
            if thing in new or (thing.name == "__init__" and made is None):
                _call_blindly(reader, thing, owner)


def _call_blindly(reader: Reader, thing: Thing, owner: tuple[Value, ...]) -> None:
    node = thing.definition
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    first = owner if owner and names[:1] == ["self"] else ()
    given = [parameter(one, thing.name) for one in names[: len(names) - len(node.args.defaults)]]
    reader.call_function(thing, [*first, *given[len(first) :]], {})


def _facts(trace: Trace) -> CodeFacts:
    targets: dict[str, int] = {}
    dropped: set[str] = set(trace.labels)
    pairs: list[Fit | Split] = [*trace.fits.values(), *trace.splits.values()]
    for one in pairs:
        if one.y.column and one.y is not one.x:
            targets[one.y.column] = targets.get(one.y.column, 0) + 1
        dropped |= one.x.dropped
    regions = [region for one in trace.splits.values() for region in one.x.regions]
    return CodeFacts(
        max(targets, key=lambda name: targets[name]) if targets else "",
        frozenset(one.how for one in trace.splits.values()),
        frozenset(dropped),
        frozenset(one.metric for one in trace.scores.values()),
        frozenset(r for one in trace.choices.values() for r in one.value.roles),
        frozenset(region.split("/")[0].removeprefix("load@").split(":")[0] for region in regions),
    )
