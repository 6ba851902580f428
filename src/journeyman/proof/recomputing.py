"""Deeper looks: the number again from predictions, from the model, and from the code."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from journeyman.errors import Invalid, JourneymanError, NotFound, TooLarge
from journeyman.proof import vivas
from journeyman.proof.building import this_environment
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import METRIC_VERSION, Claim, Pins
from journeyman.proof.verdict import Depth, Outcome, Step

if TYPE_CHECKING:
    from journeyman.proof.rows import Scored

EXACT = 1e-9
ACROSS = 0.005
_INTERVAL = 1e-6  # the bootstrap runs in single precision

Fetch = Callable[[str, int], bytes]
"""From a hash and a limit in bytes to the content; NotFound where it is not to be had."""


class _Beyond(Exception):  # noqa: N818 - an outcome
    """This claim cannot be looked at so deep, and why."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def steps(claim: Claim, depth: Depth, fetch: Fetch, lock: str = "") -> list[Step]:
    """The deeper looks at one claim, as deep as asked; the first that is false is the last.

    Args:
        claim: Whose signature was checked already.
        depth: rescore, reinfer or retrain.
        fetch: Gives what the claim pins.
        lock: SHA-256 of the verifier's own lock file, for the narrow tolerance.
    """
    found: list[Step] = []
    for name, look in _LOOKS.items():
        began, children = time.process_time(), _children()
        outcome, told, tolerance, value, elsewhere = _look(look, claim, fetch, lock)
        cpu = time.process_time() - began + _children() - children + elsewhere
        found.append(Step(name, claim.id, outcome, told, tolerance, value, round(cpu, 4)))
        if name == depth or outcome == "false":
            break
    return found


class _Result(NamedTuple):
    """What one look found; ``cpu_seconds`` are those of processes that we cannot see."""

    outcome: Outcome
    told: str
    tolerance: str = ""
    value: float | None = None
    cpu_seconds: float = 0.0


def _look(
    look: Callable[[Claim, Fetch, str], _Result], claim: Claim, fetch: Fetch, lock: str
) -> _Result:
    try:
        return look(claim, fetch, lock)
    except _Beyond as beyond:
        return _Result("not possible", beyond.told)
    except JourneymanError as error:
        if error.exit_code == JourneymanError.exit_code:
            raise  # a failure of ours makes nobody's claim false
        return _Result("false", error.message)


def _pinned(pins: Pins, name: str, fetch: Fetch, limit: int) -> bytes:
    """What a claim pins under ``name``."""
    wanted = getattr(pins, name)
    if not wanted:
        raise _Beyond(f"the claim pins no {name}")
    try:
        data = fetch(wanted, limit)
    except NotFound as error:
        raise _Beyond(
            f"the {name} (sha256 {wanted[:12]}...) are not in the bundle; put the file into a "
            "folder and name it with --data"
        ) from error
    except TooLarge as error:
        raise _Beyond(f"the {name} are too large to be read") from error
    if sha256(data) != wanted:
        raise Invalid(f"The {name} are not those that the claim pins.")
    return data


def _metric(claim: Claim) -> None:
    from journeyman.scoring import registry  # noqa: PLC0415 - a signature alone needs no numpy

    try:
        registry.get(claim.metric.name)
    except NotFound as error:
        raise _Beyond(f"{claim.metric.name} is no metric that is recomputed") from error
    if claim.metric.version > METRIC_VERSION:
        raise _Beyond(f"the metric has version {claim.metric.version}; update Journeyman")


def _recount(claim: Claim, fetch: Fetch) -> _Result:
    """The marks of a viva, counted again from its answers."""
    wanted = claim.content.sha256
    try:
        data = fetch(wanted, vivas.LONGEST)
    except NotFound as error:
        raise _Beyond(f"the sitting (sha256 {wanted[:12]}...) is not in the bundle") from error
    except TooLarge as error:
        raise _Beyond("the sitting is too large to be read") from error
    wrong = vivas.faults(claim, data)
    if wrong:
        return _Result("false", wrong[0])
    told = "every mark of the sitting follows from its answer; who answered is not to be seen"
    return _Result("verified", told, value=claim.value)


def _rescore(claim: Claim, fetch: Fetch, lock: str) -> _Result:
    del lock  # the formula is the same with every lock
    if claim.content.kind == vivas.KIND:
        return _recount(claim, fetch)
    scored = _scored(claim, fetch)
    value, interval = _score(claim, scored)
    same = claim.metric.version == METRIC_VERSION
    allowed = EXACT if same else ACROSS
    tolerance = _words(allowed, inside=False)
    if not _near(value, claim.value, allowed):
        told = f"the predictions score {value!r}, and {claim.value!r} is claimed"
        return _Result("false", told, tolerance, value)
    if interval is not None and claim.interval is not None:
        pairs = zip(interval, (claim.interval.low, claim.interval.high), strict=True)
        alike = _same_libraries(claim)
        width = _INTERVAL if alike else ACROSS
        if not all(_near(new, old, width) for new, old in pairs):
            told = (
                f"the interval is {interval[0]:.6g} to {interval[1]:.6g}, and "
                f"{claim.interval.low:.6g} to {claim.interval.high:.6g} is claimed"
            )
            return _Result("false", told, _words(width, inside=False), value)
    told = f"{len(scored.ids):,} predictions score {value!r}"
    return _Result("verified", told, tolerance, value)


def _scored(claim: Claim, fetch: Fetch, *, more: bool = False) -> Scored:
    from journeyman.proof import rows  # noqa: PLC0415
    from journeyman.proof.bundle import canonical_ids  # noqa: PLC0415
    from journeyman.scoring import registry  # noqa: PLC0415

    _metric(claim)
    predictions = _pinned(claim.pins, "predictions", fetch, rows.LARGEST)
    labels = _pinned(claim.pins, "labels", fetch, rows.LARGEST)
    scored = rows.join(registry.get(claim.metric.name), predictions, labels, more=more)
    if claim.pins.split and claim.pins.split != canonical_ids(scored.ids):
        raise Invalid("The rows that were scored are not those of the claimed split.")
    return scored


def _score(claim: Claim, scored: Scored) -> tuple[float, tuple[float, float] | None]:
    """The score, and its interval where the claim says how that was made."""
    from journeyman.scoring import registry, resampling  # noqa: PLC0415

    metric = registry.get(claim.metric.name)
    try:
        value = float(metric.value(scored.truth, scored.given))
    except (ValueError, IndexError, TypeError) as error:
        raise Invalid(f"{metric.title} cannot be computed from these predictions.") from error
    if not math.isfinite(value):
        raise Invalid(f"{metric.title} has no value on these rows.")
    told = claim.interval
    if told is None or told.method != "bootstrap" or not told.resamples or told.level != 0.95:
        return value, None
    draws = resampling.replicates(
        metric, scored.truth, scored.given, seed=told.seed, resamples=told.resamples
    )
    found = resampling.interval(metric, value, draws)
    return value, (found.low, found.high)


def _require_model(claim: Claim) -> None:
    if claim.content.kind == vivas.KIND:
        raise _Beyond("a viva is a sitting of a person, which no machine repeats")


def _require_code(claim: Claim) -> None:
    """Say plainly why a score of a competition cannot be computed from code."""
    if not claim.pins.code:
        raise _Beyond(
            "no code was handed in, only a file of predictions: they can be scored again, and how "
            "they came about is not to be seen"
        )
    if not claim.pins.train:
        raise _Beyond("the claim does not say on which tables its code was run")


def _reinfer(claim: Claim, fetch: Fetch, lock: str) -> _Result:
    from journeyman.proof import inference  # noqa: PLC0415

    _require_model(claim)
    model = _pinned(claim.pins, "model", fetch, inference.LARGEST_MODEL)
    inputs = _pinned(claim.pins, "inputs", fetch, inference.LARGEST_INPUTS)
    inference.require_safe(model)
    if not inference.available():
        raise _Beyond("onnxruntime is not installed (`pip install onnxruntime`)")
    return _again(claim, fetch, lock, lambda: (inference.predictions(model, inputs), 0.0), "model")


def _retrain(claim: Claim, fetch: Fetch, lock: str) -> _Result:
    from journeyman.proof import training  # noqa: PLC0415

    _require_model(claim)
    if claim.content.kind == "competition":
        _require_code(claim)
    code = _pinned(claim.pins, "code", fetch, training.LONGEST_CODE)
    train = _pinned(claim.pins, "train", fetch, training.LARGEST_TABLE)
    inputs = _pinned(claim.pins, "inputs", fetch, training.LARGEST_TABLE)
    return _again(claim, fetch, lock, lambda: training.predictions(code, train, inputs), "code")


def _again(
    claim: Claim, fetch: Fetch, lock: str, run: Callable[[], tuple[bytes, float]], what: str
) -> _Result:
    """Score predictions that were made anew, within the tolerance of the environment."""
    _scored(claim, fetch)  # labels have to be there before anything long is run
    made, cpu = run()
    pins = claim.pins.model_copy(update={"predictions": sha256(made)})
    moved = claim.model_copy(update={"pins": pins, "interval": None})

    def either(wanted: str, limit: int) -> bytes:
        return made if wanted == pins.predictions else fetch(wanted, limit)

    value, _ = _score(moved, _scored(moved, either, more=claim.content.kind == "competition"))
    same = bool(lock) and lock == claim.pins.lock
    if same:
        good, tolerance = _near(value, claim.value, EXACT), _words(EXACT, inside=False)
    else:
        good = _near(value, claim.value, ACROSS) and _inside(claim, value)
        tolerance = _words(ACROSS, inside=claim.interval is not None)
    told = f"the {what}, run again, scores {value!r}"
    if good:
        return _Result("verified", told, tolerance, value, cpu)
    return _Result("false", f"{told}, and {claim.value!r} is claimed", tolerance, value, cpu)


def _near(value: float, claimed: float, allowed: float) -> bool:
    """Within ``allowed`` of it; for scores above 1, within that share of it."""
    return abs(value - claimed) <= allowed * max(1.0, abs(claimed))


def _inside(claim: Claim, value: float) -> bool:
    found = claim.interval
    return found is None or found.low <= value <= found.high


def _words(allowed: float, *, inside: bool) -> str:
    if allowed < ACROSS:
        return f"{allowed:g}"
    return f"{allowed:g} and the interval" if inside else f"{allowed:g}"


def _same_libraries(claim: Claim) -> bool:
    here = this_environment().libraries
    return all(claim.environment.libraries.get(one) == here.get(one) for one in ("numpy", "scipy"))


def _children() -> float:
    """Processor seconds of ended child processes."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


_LOOKS: Mapping[Depth, Callable[[Claim, Fetch, str], _Result]] = {
    "rescore": _rescore,
    "reinfer": _reinfer,
    "retrain": _retrain,
}
