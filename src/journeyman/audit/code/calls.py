"""Calls: which part of a program's meaning each of them carries."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from journeyman.audit.code import dividing, known
from journeyman.audit.code.trace import Score
from journeyman.audit.code.values import LEARNT, UNKNOWN, Taint, Thing, Value, join
from journeyman.audit.finding import Place

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader

_DATED = re.compile(
    r"(^|_)(date|datetime|timestamp|time|month|day|week|year|quarter|hour|ds|period|ts|when|at)($|_)"
    r"|date$|^date|timestamp",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"(^|_)(net|network|model|clf|classifier|regressor|backbone|modell|modelo|modele|modèle|rede|"
    r"netz)$",
    re.IGNORECASE,
)
"""What people call what they call on a batch."""
_DATASET = re.compile(
    r"^[A-Z]\w*(MNIST|CIFAR\d*|ImageFolder|SVHN|Dataset)$|^(MNIST|CIFAR\d+|ImageFolder|SVHN)$"
)
"""Classes of torchvision and its like that are tables of their own."""
_ATTRIBUTE_DATES = re.compile(
    r"birth|dob|signup|sign_up|join|regist|hire|built|start|opened|created|member|since|founded",
    re.IGNORECASE,
)


def looks_dated(name: str) -> bool:
    """Whether a column's name says that it holds when a row came about.

    >>> looks_dated("order_date"), looks_dated("birth_date"), looks_dated("age")
    (True, False, False)
    """
    return bool(_DATED.search(name)) and not _ATTRIBUTE_DATES.search(name)


@dataclass(frozen=True)
class Call:
    """A call with everything evaluated."""

    node: ast.Call
    name: str
    full: str
    args: tuple[Value, ...]
    kwargs: Mapping[str, Value]
    base: Value
    place: Place

    def get(self, position: int, *names: str) -> Value:
        """An argument by position or name; unknown where it is not given."""
        for name in names:
            if name in self.kwargs:
                return self.kwargs[name]
        return self.args[position] if 0 <= position < len(self.args) else UNKNOWN

    @property
    def everything(self) -> list[Value]:
        """All arguments."""
        return [*self.args, *self.kwargs.values()]

    def says(self, name: str, value: object) -> bool:
        """Whether a keyword has this constant value."""
        return name in self.kwargs and self.kwargs[name].const is value

    def taint(
        self, kind: str, what: str, regions: frozenset[str], column: str = "", of: str = ""
    ) -> Taint:
        """What this call lets flow into its result."""
        return Taint(kind, what, self.place.file, self.node.lineno, regions, column, of)


def call(reader: Reader, node: Any) -> Value:
    """The value of a call."""
    receiver = UNKNOWN
    if isinstance(node.func, ast.Attribute):
        receiver = reader.eval(node.func.value)
        function = _method_of(reader, node.func, receiver)
        name = node.func.attr
    else:
        function = reader.eval(node.func)
        name = function.name.rsplit(".", 1)[-1]
    args = tuple(_arguments(reader, node))
    kwargs = {one.arg: reader.eval(one.value) for one in node.keywords if one.arg}
    for one in node.keywords:
        if one.arg is None:
            kwargs.update(_spread(reader.eval(one.value)))
    _note_uses(reader, kwargs)
    made = Call(node, name, function.name, args, kwargs, receiver, reader.place(node))
    return dispatch(reader, made, function)


def _arguments(reader: Reader, node: ast.Call) -> list[Value]:
    found: list[Value] = []
    for one in node.args:
        value = reader.eval(one)
        if isinstance(one, ast.Starred) and value.items:
            found += value.items
        elif not isinstance(one, ast.Starred) or value.regions or value.thing:
            found.append(value)
    return found


def _spread(value: Value) -> dict[str, Value]:
    if value.sort == "dict" and value.thing is not None and value.thing.fields:
        return dict(value.thing.fields)
    return {"**": join([value])}


def _method_of(reader: Reader, node: ast.Attribute, receiver: Value) -> Value:
    if receiver.sort == "callable":
        return Value("callable", f"{receiver.name}.{node.attr}")
    if receiver.thing is not None and node.attr in receiver.thing.fields:
        return receiver.thing.fields[node.attr]
    del reader
    return Value("unknown", node.attr)


def _note_uses(reader: Reader, kwargs: Mapping[str, Value]) -> None:
    for name, value in kwargs.items():
        if name in {"random_state", "seed", "random_seed"}:
            reader.trace.used(value.loops, "seed")


def _own_transformer(reader: Reader, made: Call) -> Value | None:
    """``fit_transform`` that an own transformer inherits: its ``fit``, then its ``transform``."""
    thing = made.base.thing
    if made.name != "fit_transform" or made.base.sort != "object" or thing is None:
        return None
    fit, transform = thing.fields.get("fit"), thing.fields.get("transform")
    if fit is None or transform is None or fit.thing is None or transform.thing is None:
        return None
    reader.call_function(fit.thing, (made.base, *made.args), made.kwargs)
    return reader.call_function(transform.thing, (made.base, *made.args[:1]), {})


def dispatch(reader: Reader, made: Call, function: Value) -> Value:
    """Find what the called thing is and do what it does."""
    own = _own_transformer(reader, made)
    return own if own is not None else _dispatched(reader, made, function)


def _dispatched(reader: Reader, made: Call, function: Value) -> Value:
    from journeyman.audit.code import methods  # noqa: PLC0415 - each needs the other

    if function.sort == "function" and function.thing is not None:
        return _own_function(reader, made, function.thing)
    if function.sort == "class" and function.thing is not None:
        return _instance(reader, made, function.thing)
    if function.sort == "callable":
        return FUNCTIONS.get(made.name, _library)(reader, made)
    if function.sort in {"model", "object"} and function.thing is not None and not made.base.thing:
        return _called_object(reader, made, function)
    called = made.node.func.id if isinstance(made.node.func, ast.Name) else made.name
    if _NETWORK.search(called) and made.args and made.args[0].sort == "data":
        reader.trace.fed[made.place] = join(made.args)
        return replace(join(made.args), sort="prediction")
    return methods.method(reader, made)


def _decorators(function: Thing) -> set[str]:
    """The names of what a function is decorated with, without their modules."""
    listed = getattr(function.definition, "decorator_list", [])
    return {one.id if isinstance(one, ast.Name) else getattr(one, "attr", "") for one in listed}


def computed(reader: Reader, owner: Value, method: Value) -> Value:
    """``owner.name`` where ``name`` is a method: its result if it is a property."""
    if method.thing is None or not _decorators(method.thing) & {"property", "cached_property"}:
        return method
    return reader.call_function(method.thing, (owner,), {})


def _own_function(reader: Reader, made: Call, thing: Thing) -> Value:
    args = made.args
    owner = made.base
    if owner.thing is not None and owner.thing.definition is not None:
        how = _decorators(thing)
        bound = owner.sort == "object" or (owner.sort == "class" and "classmethod" in how)
        args = (owner, *args) if bound and "staticmethod" not in how else args
    return reader.call_function(thing, args, made.kwargs)


def _instance(reader: Reader, made: Call, kind: Thing) -> Value:
    thing = Thing(
        kind.name,
        dict(kind.fields),
        list(made.everything),
        definition=kind.definition,
        line=made.node.lineno,
    )
    _inherit(thing, kind)
    value = Value("object", kind.name, thing=thing)
    reader.trace.objects[kind.definition] = value
    start = thing.fields.get("__init__")
    if start is not None and start.thing is not None:
        reader.call_function(start.thing, (value, *made.args), made.kwargs)
    else:
        given = {**dict(zip(_annotated(kind.definition), made.args, strict=False)), **made.kwargs}
        for name, one in given.items():
            thing.fields[name] = dividing.name_entity(reader, name, one)
    return value


def _annotated(definition: Any) -> list[str]:
    """The fields of a dataclass or a named tuple, in order."""
    return [
        one.target.id
        for one in getattr(definition, "body", [])
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]


def blank(kind: Thing) -> Value:
    """An object of a class of the reviewed code, before its ``__init__``."""
    thing = Thing(kind.name, dict(kind.fields), definition=kind.definition, line=kind.line)
    _inherit(thing, kind)
    return Value("object", kind.name, thing=thing)


def _inherit(thing: Thing, kind: Thing) -> None:
    for base in kind.items:
        if base.sort == "class" and base.thing is not None:
            thing.fields = {**base.thing.fields, **thing.fields}
            _inherit(thing, base.thing)


def _called_object(reader: Reader, made: Call, function: Value) -> Value:
    """A network called on a batch predicts; a loss called on two tensors scores."""
    from journeyman.audit.code import estimators  # noqa: PLC0415 - each needs the other

    thing = function.thing
    assert thing is not None
    method = thing.fields.get("__call__")
    if method is not None and method.thing is not None:
        return reader.call_function(method.thing, (function, *made.args), made.kwargs)
    if function.sort == "model" and estimators.is_step(function):
        return estimators.transform(reader, replace(made, base=function))
    if any(known.CHANGES.match(one.name) for one in (function, *_steps(function))):
        return join(made.args).marked("altered")
    if function.name in {"Compose", "ReplayCompose"}:
        return join(made.args)
    if function.name.endswith(known.LOSSES):
        return score(reader, made, "loss", *made.args[:2])
    inner = join(made.args)
    held = join(thing.items)
    reader.trace.fed[made.place] = inner
    return replace(
        inner, sort="prediction", taints=inner.taints | thing.taints, loops=inner.loops | held.loops
    )


def _steps(value: Value) -> Iterable[Value]:
    """What a chain of transformations is made of."""
    for one in value.thing.items if value.thing is not None else ():
        for inner in one.flat():
            yield inner
            if inner.sort == "object" and inner is not value:
                yield from _steps(inner)


def _metric(reader: Reader, made: Call) -> Value | None:
    """The score that a library's metric or loss gives; None for all else."""
    name = made.name
    if re.search(r"(^|\.)accuracy\.(rmse|mae|mse|fcp)$", made.full):  # surprise
        return score(reader, made, name, UNKNOWN, made.get(0, "predictions"))
    if name in known.METRICS:
        truth, predicted = made.get(0, "y_true"), made.get(1, "y_pred", "y_score", "y_prob")
        return score(reader, made, known.METRICS[name], truth, predicted)
    if name in known.LOSS_FUNCTIONS:
        return score(reader, made, "loss", made.get(1, "target"), made.get(0, "input"))
    return None


def _library(reader: Reader, made: Call) -> Value:
    """A class or function of a library, known by its name."""
    from journeyman.audit.code import estimators  # noqa: PLC0415 - each needs the other

    name = made.name
    scored = _metric(reader, made)
    if scored is not None:
        return scored
    if estimators.is_estimator(name):
        return estimators.make(reader, made)
    rows = any(one.regions for one in made.everything)
    given = _DATASET.search(name) and not rows
    if given or name in known.LOADERS or re.match(r"load_(?!model|state)\w+$", name):
        return estimators.load(reader, made)
    if name[:1].isupper() and not rows:
        thing = Thing(name, items=list(made.everything), line=made.node.lineno)
        thing.fields = {f"={key}": value for key, value in made.kwargs.items()}
        return Value("object", name, thing=thing)
    found = fallback(reader, made)
    return found if found.regions or found.name else replace(found, name=name)


def fallback(reader: Reader, made: Call) -> Value:
    """A call that means nothing special depends on its arguments."""
    del reader
    found = join([made.base, *made.everything])
    first = made.args[0] if made.args else made.base
    if first.sort == "data" and found.sort == "data":
        return replace(
            first,
            taints=found.taints,
            loops=found.loops,
            marks=found.marks,
            regions=found.regions,
            uses=found.uses,
            whole=False,
        )
    return found


def score(reader: Reader, made: Call, metric: str, truth: Value, predicted: Value) -> Value:
    """Note a score of ``predicted`` against ``truth``."""
    both = join([truth, predicted])
    rows = truth.regions or predicted.regions
    if predicted.sort == "prediction" and not {one.split("/")[0] for one in rows} & {
        one.split("/")[0] for one in predicted.regions
    }:
        rows |= predicted.regions  # the truth lies in a file of its own
    value = Value(
        "score",
        metric,
        regions=rows,
        taints=both.taints,
        marks=both.marks,
        loops=both.loops | reader.chances(),
    )
    event = Score(made.place, metric, value, rows, tuple(reader.active))
    reader.trace.scores[(made.place, rows, both.taints, both.loops)] = event
    items = {"report": 4, "confusion": 4}.get(metric, 0)
    return replace(value, items=()) if items else value


def fitted_attribute(reader: Reader, node: Any, base: Value) -> Value:
    """``best_score_``, ``mean_`` and the like of a fitted thing."""
    thing = base.thing
    from journeyman.audit.code import (  # noqa: PLC0415 - each needs the other
        estimators,
        selecting,
    )

    name = node.attr
    if thing is None or not name.endswith("_"):
        if thing is not None and name in {"named_steps", "steps"}:
            return Value("list", thing=thing)
        return replace(base, sort="unknown", thing=None)
    if name in {"best_estimator_", "estimator_"}:
        return base
    if name in selecting.VERDICTS:
        return selecting.verdict(name, base, reader.unit.file)
    if name in {"best_score_", "cv_results_"}:
        regions = frozenset(f"{one}/cv@{thing.line}:fold" for one in thing.regions)
        return Value("score", "cv", regions=regions, taints=thing.taints)
    taints = thing.taints | estimators.step_taints(base, reader.unit.file)
    return Value("stat", LEARNT, regions=thing.regions, taints=taints)


FUNCTIONS: dict[str, Callable[[Reader, Call], Value]] = {}
"""Functions of libraries with a meaning of their own; filled by ``functions``."""
