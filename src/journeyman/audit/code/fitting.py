"""Functions of the libraries that fit and score: cross-validation, curves, minimising, boosting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import calls, estimators, known
from journeyman.audit.code.calls import Call
from journeyman.audit.code.trace import Fit, Loop, Split
from journeyman.audit.code.values import LABELLED, UNKNOWN, Thing, Value, join

if TYPE_CHECKING:
    from journeyman.audit.code.reader import Reader


_SCORER = "scorer of "


def _cross_validate(reader: Reader, made: Call) -> Value:
    model = made.get(0, "estimator")
    x, y = made.get(1, "X"), made.get(2, "y")
    cv = made.kwargs.get("cv", made.args[3] if len(made.args) > 3 else UNKNOWN)
    grouped = "groups" in made.kwargs
    how = splitter_kind(cv, default="grouped" if grouped else "ordered")
    event = Split(made.place, how, x, y, name=made.name, cross=True, groups=named_groups(made))
    estimators.note_split(reader, made, event)
    rows = estimators.split_rows(x, f"cv@{made.node.lineno}:fold")
    held = join(model.thing.items if model.thing else [])
    if made.name == "cross_val_predict":
        return Value(
            "prediction",
            regions=rows.regions,
            taints=x.taints,
            loops=x.loops | held.loops,
            marks=frozenset({"fold"}),
        )
    metric = made.kwargs.get("scoring", UNKNOWN)
    names = [str(one.const) for one in metric.flat() if isinstance(one.const, str)]
    names += [one.name for one in metric.flat() if one.name.startswith(_SCORER)]
    if not names and "scoring" in made.kwargs and metric.const is None and metric.sort != "const":
        names = ["custom"]
    default = "accuracy" if estimators.classifies(model) else "r2"
    seen = replace(made, name="cross")
    found = UNKNOWN
    for name in names or [default]:
        found = calls.score(
            reader, seen, _scoring(name), rows, Value(loops=held.loops | model.loops | cv_loops(cv))
        )
    return found


def named_groups(made: Call) -> str:
    """What ``groups=`` of a cross-validation or a splitter is called, if it is there."""
    given = made.get(2 if made.name == "split" else -1, "groups")
    return given.column or ("groups" if given.sort == "data" else "")


def _scorer(reader: Reader, made: Call) -> Value:
    """``make_scorer(f1_score)``: a metric by another name."""
    del reader
    function = made.get(0, "score_func").name.rsplit(".", 1)[-1]
    return Value("callable", f"{_SCORER}{known.METRICS.get(function, 'custom')}")


def _scoring(name: str) -> str:
    if _SCORER in name:
        return name.rsplit(_SCORER, 1)[-1]
    plain = name.removeprefix("neg_")
    table = {"roc_auc": "auc", "average_precision": "ap", "balanced_accuracy": "balanced"}
    return table.get(plain, plain)


def cv_loops(cv: Value) -> frozenset[str]:
    """The loops on which a splitter's arguments depend."""
    return join(cv.thing.items).loops if cv.thing is not None else cv.loops


def splitter_kind(cv: Value, *, default: str = "ordered") -> str:
    """How a splitter cuts: random, ordered, grouped, time or given."""
    if cv.sort != "splitter" or cv.thing is None:
        return default if cv.sort in {"unknown", "const"} else "given"
    kind = known.SPLITTERS.get(cv.name, "ordered")
    shuffle = cv.thing.fields.get("=shuffle", UNKNOWN)
    return "random" if kind == "ordered" and shuffle.const is True else kind


def _curve(reader: Reader, made: Call) -> Value:
    truth, predicted = made.get(0, "y_true"), made.get(1, "y_score", "probas_pred", "y_prob")
    found = calls.score(reader, made, "curve", truth, predicted)
    if made.name == "calibration_curve":
        return Value("tuple", items=(found, found))
    curve = replace(found, sort="curve")
    return Value("tuple", items=(curve, curve, curve))


def _minimise(reader: Reader, made: Call) -> Value:
    """An optimiser calls its objective often: its value is what is chosen by."""
    name = f"search@{made.place}"
    reader.trace.loops.setdefault(name, Loop(made.node.lineno, {"param"}))
    objective = made.get(0, "fun", "func", "objective")
    if objective.sort == "function" and objective.thing is not None:
        trial = Value("unknown", loops=frozenset({name}))
        reader.active.append(name)
        result = reader.call_function(objective.thing, (trial, *made.args[2:3]), {})
        reader.choose(made.node, result)
        reader.active.pop()
    return UNKNOWN


def _boost(reader: Reader, made: Call) -> Value:
    """``lgb.train`` and ``xgb.train``: a model fitted on the second argument."""
    thing = Thing("Booster", items=list(made.everything), line=made.node.lineno)
    thing.fields = {f"={name}": value for name, value in made.kwargs.items()}
    base = Value("model", "Booster", thing=thing)
    rows = made.get(1, "train_set", "dtrain")
    if rows.sort != "data" and rows.name != LABELLED:
        return calls.fallback(reader, made)
    return estimators.fit(reader, replace(made, base=base, args=(rows,), name="fit"))


def trained(reader: Reader, made: Call) -> Value:
    """``Trainer(callbacks=...).fit(network, data)`` of Lightning: what its callbacks look at."""
    thing = made.base.thing
    callbacks = thing.fields.get("=callbacks", UNKNOWN) if thing is not None else UNKNOWN
    stops = any("Early" in one.name or "Checkpoint" in one.name for one in callbacks.flat())
    module = next((one for one in made.everything if _has_loaders(one)), None)
    x = made.kwargs.get("train_dataloaders", made.get(1))
    watched = made.kwargs.get("val_dataloaders", made.get(2))
    if module is not None:
        _called(reader, module, "setup")
        x, watched = (_called(reader, module, f"{part}_dataloader") for part in ("train", "val"))
    if stops and watched.regions:
        event = Fit(made.place, made.base.name, x, UNKNOWN, watched=watched)
        reader.trace.fits[(made.place, watched.regions)] = event
    return UNKNOWN


def _has_loaders(value: Value) -> bool:
    return value.thing is not None and "val_dataloader" in value.thing.fields


def _called(reader: Reader, owner: Value, name: str) -> Value:
    """What a method of an object gives; unknown where there is none."""
    method = owner.thing.fields.get(name, UNKNOWN) if owner.thing is not None else UNKNOWN
    return UNKNOWN if method.thing is None else reader.call_function(method.thing, (owner,), {})


MEANINGS: dict[str, Callable[[Reader, Call], Value]] = {
    "train": _boost,
    "make_scorer": _scorer,
    **dict.fromkeys(known.CROSS_VALIDATIONS, _cross_validate),
    **dict.fromkeys(known.CURVES, _curve),
    **dict.fromkeys(known.MINIMISERS, _minimise),
}
