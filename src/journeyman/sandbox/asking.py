"""One case: put it to the child, compare the claim, and say what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from journeyman.core.exercise import AnswerKey, CaseResult, Exercise
from journeyman.sandbox import advice, feedback
from journeyman.sandbox import values as v
from journeyman.sandbox.compare import Difference, Tolerance, compare
from journeyman.sandbox.conversation import Conversation
from journeyman.sandbox.reference import Expected, ExpectedCall
from journeyman.sandbox.words import show

_OBJECT = "object"


@dataclass(frozen=True, slots=True, eq=False)
class Failure:
    """A wrong result, for the search for a likely cause.

    Attributes:
        expected, got: The smallest part that differs, as records of ``values``.
        whole: The whole result.
        sent: The arguments: ``[list, Pairs]``.
    """

    expected: Any
    got: Any
    whole_expected: Any
    whole: Any
    sent: Any
    tolerance: Tolerance


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What came of one case."""

    result: CaseResult
    failure: Failure | None = None
    frames: feedback.Frames = ()

    @property
    def visible(self) -> bool:
        """Whether the case is an example."""
        return self.result.visible


def ask_case(
    conversation: Conversation, exercise: Exercise, key: AnswerKey, expected: Expected
) -> Asked:
    """Put one case to the child and judge its answer.

    Raises:
        Stopped: if the child breaks a limit, ends or forges.
    """
    return _Case(conversation, exercise, key, expected).ask()


@dataclass(slots=True)
class _Case:
    conversation: Conversation
    exercise: Exercise
    key: AnswerKey
    expected: Expected

    def ask(self) -> Asked:
        case, entry = self.expected.case, self.expected.entry
        details: dict[str, Any] = {"name": self.exercise.entry}
        if case.calls:
            details["keep"] = _OBJECT
        found = self._call(entry, details, compared=not case.calls)
        if found is not None:
            return found
        for call, wanted in zip(case.calls, self.expected.calls, strict=True):
            details = {"name": call.method, "of": _OBJECT}
            found = self._call(wanted, details, compared=wanted.compared)
            if found is not None:
                return found
        return Asked(CaseResult(case.label, self.expected.visible, passed=True))

    @property
    def tolerance(self) -> Tolerance:
        case, exercise = self.expected.case, self.exercise
        return Tolerance(
            exercise.rtol if case.rtol is None else case.rtol,
            exercise.atol if case.atol is None else case.atol,
        )

    def _call(
        self, wanted: ExpectedCall, details: dict[str, Any], *, compared: bool
    ) -> Asked | None:
        """Make one call; None if all is well."""
        where = f".{details['name']}(...): " if "of" in details else ""
        answer, got = self.conversation.ask("call", wanted.sent.packed, watch=True, **details)
        if "error" in answer:
            return self._raised(answer, wanted, where)
        if wanted.error:
            message = f"{where}it returns a result; this input should raise {wanted.error}"
            return self._failed("raises", message, wanted, got=got)
        if compared and answer.get("itself") is True:
            got = v.Opaque("object itself")
        difference = compare(wanted.value, got, self.tolerance, where) if compared else None
        if difference is not None:
            return self._failed(
                difference.category, difference.message, wanted, got=got, by=difference
            )
        return self._arguments(wanted, answer, where)

    def _arguments(self, wanted: ExpectedCall, answer: dict[str, Any], where: str) -> Asked | None:
        """Did it leave its arguments alone, or change them as the reference does?

        Both rest on what the child says of its own arguments: a lie could only hide a change of
        its own making, never make a wrong result right.
        """
        if wanted.changed:
            _, now = self.conversation.ask("arguments")
            now = list(now) if isinstance(now, (list, tuple)) else now
            difference = compare(wanted.arguments, now, self.tolerance, f"{where}afterwards, ")
            if difference is None:
                return None
            message = f"the arguments are not changed as they should be: {difference.message}"
            return self._failed("value", message, wanted, got=now, by=difference)
        changed = answer.get("changed")
        if not isinstance(changed, list) or not changed:
            return None
        name, names = str(changed[0]), wanted.names
        known = name.isdigit() and int(name) < len(names)
        shown = names[int(name)] if known else feedback.text_of(name, 40)
        message = f"{where}your code changes its argument {shown}; work on a copy (x = x.copy())"
        return self._failed("mutation", message, wanted)

    def _raised(self, claim: dict[str, Any], wanted: ExpectedCall, where: str) -> Asked | None:
        bases = claim.get("bases")
        claimed = [claim["error"], *(bases if isinstance(bases, list) else [])]
        if wanted.error and wanted.error in claimed:
            return None
        frames = feedback.frames_of(claim)
        category = feedback.error_category(claim)
        if self.expected.visible:
            words = feedback.error_words(claim, self.exercise.limits.memory_mb)
            message = where + feedback.with_advice(words, self._as_called(claim, wanted, frames))
        else:
            message = feedback.unseen_error(claim)
        return self._failed(category, message, wanted, frames=frames)

    def _as_called(
        self, claim: dict[str, Any], wanted: ExpectedCall, frames: feedback.Frames
    ) -> str:
        """How the function is called, if that is where it went wrong."""
        if frames:
            return ""
        name, message = (feedback.text_of(claim.get(key), 600) for key in ("error", "message"))
        entry, kwargs = self.exercise.entry, wanted.sent.value[1]
        arguments = [*wanted.names, *(f"{key}=..." for key, _ in kwargs.items)]
        return advice.on_call(name, message, entry, arguments)

    def _failed(
        self,
        category: str,
        message: str,
        wanted: ExpectedCall,
        *,
        got: Any = None,
        by: Difference | None = None,
        frames: feedback.Frames = (),
    ) -> Asked:
        label, line = self.expected.case.label, feedback.line_of(frames)
        if not self.expected.visible:
            words = (
                message
                if frames or category == "memory"
                else feedback.UNSEEN.get(category, "it fails")
            )
            return Asked(CaseResult(label, False, False, category, words, line=line))
        result = CaseResult(
            label,
            visible=True,
            passed=False,
            category=category,
            message=message,
            input=feedback.show_arguments(wanted.sent.value, wanted.names),
            expected=wanted.error or show(wanted.value),
            got=feedback.show_got(by, got, self.tolerance) if by is not None else "",
            line=line,
        )
        failure = None
        if by is not None:
            failure = Failure(
                by.expected, by.got, wanted.value, got, wanted.sent.value, self.tolerance
            )
        return Asked(result, failure, frames)
