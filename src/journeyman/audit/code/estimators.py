"""Estimators, splitters and data sets as they are made, fitted and applied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from journeyman.audit.code import folders, formulas, known
from journeyman.audit.code.trace import Fit, Split
from journeyman.audit.code.values import (
    LABELLED,
    UNKNOWN,
    Taint,
    Thing,
    Value,
    covers,
    join,
    role_of_name,
)

if TYPE_CHECKING:
    from journeyman.audit.code.calls import Call
    from journeyman.audit.code.reader import Reader

_ORDINARY = frozenset(
    {
        *known.STEPS,
        *known.STATELESS,
        *known.PIPES,
        *known.SEARCHES,
        *known.SAMPLERS,
        *known.SPLITTERS,
    }
)


_MANNERS = frozenset(
    {"sep", "delimiter", "encoding", "engine", "compression", "dtype", "orient", "decimal",
     "thousands", "na_values", "index_col", "parse_dates", "lineterminator", "quotechar"}
)  # fmt: skip
"""Arguments of a loader that say how, and not what, it reads."""
EVENED = "evened:"
"""Begins the mark of predictions by a model behind a step that changes how often classes occur."""


def is_estimator(name: str) -> bool:
    """Whether a name is that of an estimator, a transformer or a splitter."""
    short = name.rsplit(".", 1)[-1]
    return (
        short in _ORDINARY
        or short.endswith(known.LOSSES)
        or (short[:1].isupper() and short.endswith(known.MODELS))
        or short in formulas.MODELS
        or short in {"tabular_pipeline", "tabular_learner"}
    )


def make(reader: Reader, made: Call) -> Value:
    """A new estimator or splitter."""
    thing = Thing(made.name, items=list(made.everything), line=made.node.lineno)
    thing.fields = {f"={name}": value for name, value in made.kwargs.items()}
    _parameters(reader, made)
    _chance(reader, made)
    _weighted(reader, made)
    _trained(reader, made)
    if "Calibrat" in made.name or "Isotonic" in made.name or "Platt" in made.name:
        reader.trace.hints.add("calibrated")
    sort = "splitter" if made.name in known.SPLITTERS else "model"
    return Value(sort, made.name, thing=thing)  # type: ignore[arg-type]


def _trained(reader: Reader, made: Call) -> None:
    """A ``Trainer`` that keeps the best of its epochs chooses by the rows it is given for that."""
    if not made.name.endswith("Trainer") or "eval_dataset" not in made.kwargs:
        return
    settings = made.kwargs.get("args", UNKNOWN)
    fields = settings.thing.fields if settings.thing is not None else {}
    best = fields.get("=load_best_model_at_end", UNKNOWN).const is True
    early = any("early" in one.name.lower() for one in made.kwargs.get("callbacks", UNKNOWN).flat())
    if best or early:
        x, watched = made.kwargs.get("train_dataset", UNKNOWN), made.kwargs["eval_dataset"]
        event = Fit(made.place, made.name, x, UNKNOWN, watched=watched)
        reader.trace.fits[(made.place, watched.regions)] = event


def _weighted(reader: Reader, made: Call) -> None:
    """Weights for classes are given where the classes are known to be unequal."""
    if _balanced(made.kwargs):
        reader.trace.hints.add("imbalanced")


def _balanced(given: Mapping[str, Value], prefix: str = "") -> bool:
    """Whether these arguments let both classes weigh the same."""
    weights = given.get(f"{prefix}class_weight", UNKNOWN).const
    scale = given.get(f"{prefix}scale_pos_weight")
    return (
        (isinstance(weights, str) and weights.startswith("balanced"))
        or (scale is not None and scale.const != 1)
        or given.get(f"{prefix}is_unbalance", UNKNOWN).const is True
    )


def _parameters(reader: Reader, made: Call) -> None:
    """Loop variables that reach a constructor vary a parameter, unless they are its seed."""
    given = [
        value
        for name, value in made.kwargs.items()
        if name not in {"random_state", "seed", "random_seed"}
    ]
    loops = join([*made.args, *given]).loops
    seeds = {one for one in loops if reader.trace.loops[one].uses & {"seed", "model"}}
    reader.trace.used(loops - seeds, "param")


def _chance(reader: Reader, made: Call) -> None:
    name = made.name
    chancy = name in known.RANDOM_MODELS | known.RANDOM_SPLITS | known.RANDOM_CALLS or (
        name in known.SPLITTERS and made.says("shuffle", True)
    )
    if not chancy or "**" in made.kwargs:
        return
    seed = made.kwargs.get("random_state")
    if seed is None or (seed.sort == "const" and seed.const is None):
        split = name in known.SPLITTERS
        reader.trace.draws[(made.place, name)] = "split" if split else "model"


def parts(value: Value, depth: int = 0) -> Iterable[Thing]:
    """An estimator and all that it is made of."""
    if value.thing is None or depth > 6:
        return
    if value.sort == "model":
        yield value.thing
    inner = [*value.thing.items, *value.thing.fields.values()]
    for one in inner:
        for held in one.flat():
            if held.sort == "model" and held.thing is not value.thing:
                yield from parts(held, depth + 1)


def varied_by(value: Value) -> frozenset[str]:
    """The loops on which an estimator, or anything that it is made of, depends."""
    held = (join(part.items).loops for part in parts(value))
    return value.loops.union(*held)


def is_search(value: Value) -> bool:
    """Whether fitting it chooses parameters."""
    return any(part.name in known.SEARCHES for part in parts(value))


def is_step(value: Value) -> bool:
    """Whether it only changes features: no model is in it."""
    names = [part.name for part in parts(value)]
    return all(
        name in known.STEPS or name in known.STATELESS or name in known.PIPES for name in names
    )


def classifies(value: Value) -> bool:
    """Whether a classifier is in it."""
    return any(part.name.endswith(known.CLASSIFIERS) for part in parts(value))


def fit(reader: Reader, made: Call) -> Value:
    """``estimator.fit(X, y)``."""
    thing = made.base.thing
    assert thing is not None
    if thing.name in known.NETWORKS:
        reader.trace.draws.setdefault((made.place, "training of a network"), "network")
    x = join([made.get(0, "X", "x", "dtrain", "train_set")])
    x = _same(made.get(0, "X", "x"), x)
    y = made.get(1, "y")
    given = made.get(0, "X", "x", "dtrain", "train_set")
    if given.name == LABELLED:
        x, y = given.items
    if not made.args and thing.name in formulas.MODELS:
        x, y = formulas.rows_of(made)
    watched = _watched(made)
    event = Fit(
        made.place,
        thing.name,
        x,
        y,
        is_search(made.base),
        is_step(made.base),
        watched,
        any(
            "ColumnTransformer" in part.name or "column_transformer" in part.name
            for part in parts(made.base)
        ),
    )
    reader.trace.fits[(made.place, x.regions, x.taints)] = event
    for part in parts(made.base):
        part.regions, part.taints = x.regions, x.taints | y.taints
        part.fitted, part.line = True, made.node.lineno
    thing.items = [
        *thing.items,
        *(one for one in made.kwargs.values() if one.loops),
        Value(loops=x.loops | y.loops),
    ]
    return made.base


def _same(given: Value, joined: Value) -> Value:
    return given if given.sort == "data" else joined


def _watched(made: Call) -> Value | None:
    """The rows that early stopping looks at, if it is on."""
    rows = [
        made.kwargs[name]
        for name in ("eval_set", "validation_data", "evals", "valid_sets", "X_val")
        if name in made.kwargs
    ]
    if not rows:
        return None
    thing = made.base.thing
    stops = any("early_stopping" in name for name in made.kwargs)
    stops |= thing is not None and (
        "CatBoost" in thing.name
        or any("early_stopping" in name or name == "=od_type" for name in thing.fields)
    )
    callbacks = [made.kwargs.get("callbacks", UNKNOWN)]
    if thing is not None:
        callbacks.append(thing.fields.get("=callbacks", UNKNOWN))
    for value in callbacks:
        stops |= any(
            "early" in one.name.lower() or "Checkpoint" in one.name or "Plateau" in one.name
            for one in value.flat()
        )
    return join(rows) if stops else None


def step_taints(value: Value, file: str) -> frozenset[Taint]:
    """What the fitted steps of a transformer leave in all that it transforms."""
    found = set()
    for part in parts(value):
        kind = "fitting" if part.name in known.CLUSTERERS else known.STEPS.get(part.name)
        if part.name.startswith("Select") or part.name.startswith("RFE"):
            kind = "selecting"
        if kind and part.fitted:
            found.add(Taint(kind, part.name, file, part.line, part.regions))
    return frozenset(found)


def transform(reader: Reader, made: Call) -> Value:
    """``step.transform(X)``: the rows with what the step has learnt."""
    x = made.get(0, "X")
    thing = made.base.thing
    assert thing is not None
    x = x if x.sort == "data" else replace(join([x]), sort="data")
    columns = any("Column" in part.name for part in parts(made.base))
    taints = x.taints | step_taints(made.base, reader.unit.file) | thing.taints
    return replace(
        x, taints=taints, loops=x.loops | join(thing.items).loops, whole=x.whole and not columns
    )


def predict(reader: Reader, made: Call) -> Value:
    """``model.predict(X)``: predictions carry what the model and the rows have seen."""
    given = made.get(0, "X", "data", "x")
    x = join([given.items[0] if given.name == LABELLED else given])
    thing = made.base.thing
    assert thing is not None
    taints = x.taints | thing.taints | step_taints(made.base, reader.unit.file)
    if thing.fitted:
        taints |= {Taint("model", thing.name, reader.unit.file, thing.line, thing.regions)}
    if thing.name in known.CLUSTERERS:  # to which group a row belongs is a feature
        found = transform(reader, made)
        own = frozenset(one for one in found.taints if one.kind not in {"scaling", "imputing"})
        return replace(found, taints=own, uses=frozenset(), kept=None, whole=False)
    marks = x.marks | {f"{EVENED}{p.name}" for p in parts(made.base) if p.name in known.SAMPLERS}
    marks |= {f"{EVENED}class weights" for part in parts(made.base) if _balanced(part.fields, "=")}
    marks |= {"proba"} if "proba" in made.name or "decision" in made.name else set()
    if any(one.sort == "prediction" for one in given.flat()):  # Platt's way
        marks |= {"corrected"}
    return Value(
        "prediction",
        thing.name,
        regions=x.regions,
        taints=taints,
        marks=marks,
        loops=x.loops | varied_by(made.base),
    )


def load(reader: Reader, made: Call) -> Value:
    """Rows from a file or a library: a region of their own, or what this code wrote there."""
    listed = folders.opened(made)
    if listed is not None:
        return listed
    given = [*made.args, *(value for key, value in made.kwargs.items() if key not in _MANNERS)]
    name = next((str(one.const) for one in given if isinstance(one.const, str)), "")
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    if base and base in reader.trace.files:
        return reader.trace.files[base]
    others = [one for file, one in reader.trace.received.items() if file != reader.unit.file]
    if not name and len(others) == 1 and made.name.startswith(("read_", "scan_")):
        return others[0]  # the one table that another program of this project writes
    region = f"load@{made.place.file}#{base or made.name}#{made.node.lineno}"
    region = f"load@{base}" if base and "." in base else region
    said = role_of_name(base.rsplit(".", 1)[0]) if "." in base or "Folder" in made.name else ""
    if said:
        region += f":{said}"
    if made.name[:1].isupper() and "train" in made.kwargs:  # torchvision's two parts
        region = f"load@{made.name}"
        region += ":test" if made.says("train", False) else "#train"
    value = Value("data", regions=frozenset({region.replace("/", "|")}), whole=True)
    if made.name == "load_dataset" and "split" not in made.kwargs:
        value = value.marked("parts")
    dates = made.kwargs.get("parse_dates", UNKNOWN)
    from journeyman.audit.code.frames import columns_of  # noqa: PLC0415 - each needs the other

    value = value.marked(*(f"dated:{one}" for one in columns_of(dates) or []))
    index = made.kwargs.get("index_col", UNKNOWN).const
    if isinstance(index, str) and f"dated:{index}" in value.marks:
        value = value.marked(f"indexed:{index}")
    _imbalance(reader, made)
    if made.says("return_X_y", True) or re.match(r"make_(?!moons_x)", made.name):
        plain = replace(value, whole=False)
        return Value("tuple", items=(plain, plain.marked("labels")))
    return value


def _imbalance(reader: Reader, made: Call) -> None:
    weights = made.kwargs.get("weights")
    if weights is None:
        return
    numbers = [one.const for one in weights.flat() if isinstance(one.const, (int, float))]
    if numbers and (max(numbers) >= 0.85 or (len(numbers) == 1 and min(numbers) <= 0.15)):
        reader.trace.hints.add("imbalanced")


def split_rows(x: Value, suffix: str) -> Value:
    """The part of the rows that a split calls ``suffix``, such as ``split@7:test``."""
    return replace(
        x,
        regions=frozenset(f"{one}/{suffix}" for one in x.regions) or frozenset({suffix}),
        sort="data" if x.sort == "unknown" else x.sort,
    )


def note_split(reader: Reader, made: Call, event: Split) -> None:
    """Record a split once for each distinct input."""
    reader.trace.splits[(made.place, event.how, event.x.regions, event.x.taints)] = event


def seen_by(taint: Taint, rows: Iterable[str]) -> bool:
    """Whether the tainting step has seen any of these rows."""
    return any(covers(fitted, row) for fitted in taint.regions for row in rows)
