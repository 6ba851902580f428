"""What the reference does with a case: the trusted side's expected outcome."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from journeyman.core.exercise import AnswerKey, Case
from journeyman.errors import Unavailable
from journeyman.sandbox import values as v
from journeyman.sandbox.encode import MAX_BYTES, NUMBERS
from journeyman.sandbox.harness import same
from journeyman.sandbox.revive import revive
from journeyman.sandbox.wire import pack


class Sent:
    """Arguments on their way: packed for the child, and as the records that it will decode."""

    def __init__(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        self.packed = pack([list(args), dict(kwargs)])
        self.value = self.packed.read()

    def live(self) -> tuple[list[Any], dict[str, Any]]:
        """Fresh live arguments, exactly those that the child makes of them."""
        args, kwargs = revive(self.value)
        return args, kwargs


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedCall:
    """What one call should do.

    Attributes:
        sent: The arguments.
        target: The reference's function or member that is called.
        value: The result as a record of ``values``.
        compared: False where the result is None or the object itself.
        error: Name of the exception that it should raise, or "".
        changed: Whether the reference changes its arguments.
        arguments: The arguments afterwards, where it does.
    """

    sent: Sent
    target: Any
    value: Any = None
    compared: bool = True
    error: str = ""
    changed: bool = False
    arguments: Any = None

    @property
    def names(self) -> list[str]:
        """What the reference calls its positional arguments."""
        return parameter_names(self.target, len(self.sent.value[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What a case should do: the call of the entry point and the method calls that follow."""

    case: Case
    visible: bool
    entry: ExpectedCall
    calls: tuple[ExpectedCall, ...] = ()


def all_cases(key: AnswerKey, seed: int) -> list[Expected]:
    """Every case with its expected outcome, the visible ones first.

    Raises:
        Unavailable: if the author's code fails.
    """
    try:
        unseen = list(key.hidden(np.random.default_rng(seed)))
    except Exception as error:
        raise _broken("unseen cases fail", error) from error
    return [*_visible(key), *(expected_of(key, case, visible=False) for case in unseen)]


@lru_cache(128)
def _visible(key: AnswerKey) -> tuple[Expected, ...]:
    """The visible cases never change, so neither does what is expected of them."""
    try:
        cases = list(key.example())
    except Exception as error:
        raise _broken("examples fail", error) from error
    return tuple(expected_of(key, case, visible=True) for case in cases)


def _broken(what: str, error: Exception | None = None) -> Unavailable:
    detail = f" ({type(error).__name__}: {error})" if error is not None else ""
    return Unavailable(f"This exercise is broken: its {what}{detail}. Nothing is counted.")


def expected_of(key: AnswerKey, case: Case, *, visible: bool) -> Expected:
    """Run the reference on a copy of the case's arguments.

    Raises:
        Unavailable: if it fails, or returns what cannot be compared.
    """
    raises = "" if case.calls else case.raises
    made: list[Any] = []
    entry = _expect(key.reference, case.args, case.kwargs, raises, made)
    if not case.calls:
        if isinstance(entry.value, v.Opaque):
            raise _broken(f"reference returns {entry.value.type}, which cannot be compared")
        return Expected(case, visible, entry)
    calls = []
    for call in case.calls:
        target = getattr(made[0], call.method)
        last = call is case.calls[-1]
        calls.append(
            _expect(target, call.args, call.kwargs, case.raises if last else "", [], itself=made[0])
        )
    return Expected(case, visible, entry, tuple(calls))


def _expect(
    target: Any, args: Any, kwargs: Any, raises: str, made: list[Any], itself: Any = None
) -> ExpectedCall:
    sent = Sent(args, kwargs)
    if holds_opaque(sent.value):
        raise _broken("case passes an object that cannot be sent; write it as Code(...)")
    live_args, live_kwargs = live = sent.live()
    try:
        with np.errstate(all="ignore"):
            result = target(*live_args, **live_kwargs) if callable(target) else target
            value = _record(result)
    except Exception as error:
        if raises in {base.__name__ for base in type(error).__mro__}:
            return ExpectedCall(sent, target, error=raises)
        raise _broken("reference fails", error) from error
    if raises:
        raise _broken(f"reference does not raise {raises} where a case says so")
    made.append(result)
    compared = result is not None and (itself is None or result is not itself)
    # Mostly the bytes are the same; only then the values have to be compared one by one.
    if pack(list(live)) == sent.packed or same(live, sent.live()):
        return ExpectedCall(sent, target, value, compared or itself is None)
    # It works in place: what becomes of the arguments is part of the result.
    return ExpectedCall(
        sent, target, value, compared, changed=True, arguments=pack(list(live)).read()
    )


def _record(result: Any) -> Any:
    """The result as it would arrive; a plain array takes the short way there."""
    if type(result) is np.ndarray and result.dtype.str in NUMBERS and result.nbytes <= MAX_BYTES:
        return v.Array(result.copy(order="C"))
    return pack(result).read()


def holds_opaque(value: Any) -> bool:
    """Whether something in a record could not be sent, because of its type or its size."""
    return any(isinstance(item, v.Opaque) for item in _leaves(value))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, v.Pairs):
        for key, item in value.items:
            yield from (*_leaves(key), *_leaves(item))
    else:
        yield value


def parameter_names(function: Callable[..., Any], many: int) -> list[str]:
    """Names of the first ``many`` positional parameters, as far as they have any.

    >>> parameter_names(lambda x, *rest: x, 3)
    ['x', 'rest[0]', 'rest[1]']
    """
    names: list[str] = []
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL:
            names += [f"{parameter.name}[{n}]" for n in range(many - len(names))]
        elif parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            names.append(parameter.name)
    return [*names, *(f"argument {n + 1}" for n in range(len(names), many))][:many]
