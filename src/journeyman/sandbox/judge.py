"""Grades one submission: asks the confined child case by case and compares with the reference.

Everything that decides stays on this side: the expected values, the tolerances, the clock. The
child never holds anything but the inputs of the cases that it has been asked so far.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from journeyman.core.exercise import AnswerKey, CaseResult, Exercise, Outcome, Verdict
from journeyman.sandbox import advice, feedback
from journeyman.sandbox.asking import Asked, ask_case
from journeyman.sandbox.causes import likely_cause
from journeyman.sandbox.conversation import Conversation, Stopped
from journeyman.sandbox.figures import safe_png
from journeyman.sandbox.growth import growth_case
from journeyman.sandbox.paths import without_paths
from journeyman.sandbox.reference import Expected, all_cases
from journeyman.sandbox.runner import Runner
from journeyman.sandbox.words import clean

MAX_SOURCE = 64 << 10
_NO_TEXT = "The file is not text in UTF-8: save your Python source in that encoding."
_NOT_PYTHON = "Your file is not valid Python: "


def grade(
    runner: Runner, exercise: Exercise, key: AnswerKey, source: str | bytes, *, seed: int
) -> Verdict:
    """The verdict on ``source`` (its ``isolation`` is left for the caller to fill).

    Args:
        runner: Where children come from.
        exercise: The limits, tolerances and words of the exercise.
        key: The reference and the makers of cases.
        source: The learner's file.
        seed: Makes the unseen cases; the same seed makes the same cases.

    Raises:
        Unavailable: if the reference or the sandbox fails; never counted.
    """
    text = _text(source)
    if isinstance(text, Verdict):
        return text
    cases = all_cases(key, seed)
    started = time.monotonic()
    link = runner.start(exercise.limits)
    try:
        judging = _Judging(exercise, key, Conversation(link, exercise.limits), cases)
        verdict = judging.verdict(text, seed)
    finally:
        ending = link.end()
    wall = time.monotonic() - started
    return replace(verdict, cpu_ms=round(ending.cpu * 1e3, 3), wall_ms=round(wall * 1e3, 3))


def _all_pass(many: int) -> str:
    return "The one case passes." if many == 1 else f"All {many} cases pass."


def _text(source: str | bytes) -> str | Verdict:
    """The source as text, or why it is not graded."""
    if len(source) > MAX_SOURCE:
        message = f"The file has {len(source):,} characters; at most {MAX_SOURCE:,} are graded."
        return Verdict("rejected", "source", message)
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        text.encode("utf-8")
    except UnicodeError:
        return Verdict("rejected", "source", _NO_TEXT)
    if "\0" in text:
        return Verdict("rejected", "source", "The file has a NUL byte: it is not Python source.")
    return text


@dataclass(slots=True)
class _Judging:
    """One submission being judged."""

    exercise: Exercise
    key: AnswerKey
    conversation: Conversation
    cases: Sequence[Expected]
    asked: list[Asked] = field(default_factory=list)
    growth: CaseResult | None = None
    stdout: str | None = None
    figures: tuple[bytes, ...] = ()
    advice: tuple[str, ...] = ()
    loaded: bool = False
    is_class: bool = False

    def verdict(self, source: str, seed: int) -> Verdict:
        """Load the file, run the cases, conclude."""
        try:
            early = self._load(source)
            self.loaded = early is None
            return early or self._run(seed)
        except Stopped as stopped:
            if not self.loaded:
                stopped = self._while_loading(stopped, source)
            if self.stdout is None:
                self.stdout = self._printed(self.conversation.output.decode("utf-8", "replace"))
            return self._stopped(stopped)

    def _load(self, source: str) -> Verdict | None:
        """Parse and execute the file; a verdict if that is as far as it gets."""
        ask, exercise = self.conversation.ask, self.exercise
        answer, _ = ask("parse", source=source, forbidden=list(exercise.forbidden), quick=True)
        if "error" in answer:
            return self._early(answer, _NOT_PYTHON)
        self.advice = feedback.forbidden_advice(answer.get("found"))
        answer, _ = ask("run", entry=exercise.entry)
        if "error" in answer:
            return self._early(answer, "When your file is loaded, ")
        if answer.get("has") is not True:
            self._keep_output()
            answer, _ = ask("names", entry=exercise.entry)
            message = feedback.missing_entry(exercise.entry, answer, source)
            return self._finish("error", "missing", message, self._results())
        if answer.get("kind") == "value":
            self._keep_output()
            message = feedback.not_a_function(exercise.entry, answer)
            return self._finish("error", "missing", message, self._results())
        self.is_class = answer.get("kind") == "class"
        return None

    def _while_loading(self, stopped: Stopped, source: str) -> Stopped:
        """A limit that was met before any function was called."""
        message = f"While your file is loaded: {stopped.message}"
        told = advice.imported_beyond(self.exercise.tier, source)
        return Stopped(stopped.verdict, stopped.category, f"{message} {told}".rstrip())

    def _early(self, claim: dict[str, Any], opening: str) -> Verdict:
        """The verdict on a file that does not load."""
        self._keep_output()
        category = feedback.error_category(claim)
        frames = feedback.frames_of(claim)
        if category == "syntax" or opening == _NOT_PYTHON:
            category = "syntax"
            message = f"{opening}{feedback.syntax_words(claim)}"
        else:
            words = feedback.error_words(claim, self.exercise.limits.memory_mb)
            line = frames[-1][2] if frames else ""
            told = advice.on_import(self.exercise.tier, line)
            message = feedback.with_advice(f"{opening}{words}.", told)
        verdict = self._finish(
            feedback.outcome(category), category, message, self._results(), frames=frames
        )
        return replace(verdict, line=feedback.line_of(frames))

    def _run(self, seed: int) -> Verdict:
        for expected in self.cases:
            if not expected.visible:
                self._before_unseen()
            self.asked.append(ask_case(self.conversation, self.exercise, self.key, expected))
        self._before_unseen()
        if self.key.performance is not None and all(one.result.passed for one in self.asked):
            self.growth = growth_case(self.exercise, self.key, self.conversation, seed)
        return self._conclude()

    def _before_unseen(self) -> None:
        """Keep what may be shown: once an unseen input has been sent, anything could repeat it."""
        if self.stdout is not None:
            return
        if self.exercise.tier != "numpy":  # the numpy tier has no matplotlib
            answer, figures = self.conversation.ask("figures")
            if "error" not in answer and isinstance(figures, list):
                self.figures = tuple(
                    figure
                    for figure in figures[:4]
                    if isinstance(figure, bytes) and safe_png(figure)
                )
        self._keep_output()

    def _keep_output(self) -> None:
        if self.stdout is None:
            self.stdout = self._printed(self.conversation.settle())

    @staticmethod
    def _printed(output: str) -> str:
        return clean(without_paths(output), 1 << 16)

    # ------------------------------------------------------------- conclusions

    def _results(self, stopped: Stopped | None = None) -> list[CaseResult]:
        """A result for each case; those that were not reached are not passed."""
        results = [one.result for one in self.asked]
        for position, expected in enumerate(self.cases[len(results) :]):
            here = stopped if position == 0 else None
            results.append(
                CaseResult(
                    expected.case.label,
                    expected.visible,
                    passed=False,
                    category=here.category if here else "not run",
                    message=here.message if here else "",
                )
            )
        return results + ([self.growth] if self.growth else [])

    def _stopped(self, stopped: Stopped) -> Verdict:
        results = self._results(stopped)
        if len(self.asked) == len(self.cases):  # it happened in the growth check
            message = f"On a larger input: {stopped.message}"
            label = "how the work grows with the input"
            grown = CaseResult(label, visible=False, passed=False, category=stopped.category)
            results.append(replace(grown, message=message))
            return self._finish(stopped.verdict, stopped.category, message, results)
        if stopped.verdict != "forged" and any(not one.result.passed for one in self.asked):
            return self._conclude(results)
        return self._finish(stopped.verdict, stopped.category, stopped.message, results)

    def _conclude(self, results: list[CaseResult] | None = None) -> Verdict:
        results = self._results() if results is None else results
        failed = [result for result in results if not result.passed]
        if not failed:
            return self._finish("passed", "", _all_pass(len(results)), results)
        cause = self._name_cause()
        if self.is_class and not isinstance(self.key.reference, type):
            cause = f"{self.exercise.entry} is a class in your file; a function is asked for (def)."
        results = [
            replace(result, cause=cause if result.visible and not result.passed else "")
            for result in results
        ]
        first = next(result for result in results if not result.passed)
        frames = next((one.frames for one in self.asked if not one.result.passed), ())
        verdict = self._finish(
            feedback.outcome(first.category),
            first.category,
            self._headline(first, results),
            results,
            frames=frames if first.visible else (),
        )
        return replace(verdict, cause=cause, line=first.line)

    def _name_cause(self) -> str:
        failures = [one.failure for one in self.asked if not one.result.passed and one.visible]
        known = [failure for failure in failures if failure is not None]
        if not known or len(known) != len(failures):
            return ""
        return likely_cause(known, self.exercise.causes)

    def _headline(self, first: CaseResult, results: Sequence[CaseResult]) -> str:
        about = f" ({first.label})" if first.label else ""
        stop = "" if first.message.endswith((".", "?")) else "."
        if first.visible:
            return f"In an example{about}, {first.message}{stop}"
        seen = sum(result.visible for result in results)
        opening = f"{'The example passes' if seen == 1 else 'The examples pass'}; an unseen case"
        return f"{opening}{about} does not: {first.message}{stop}"

    def _finish(
        self,
        verdict: str,
        category: str,
        message: str,
        results: Sequence[CaseResult],
        frames: feedback.Frames = (),
    ) -> Verdict:
        return Verdict(
            cast("Outcome", verdict),
            category,
            message,
            cases=tuple(results),
            stdout=self.stdout or "",
            traceback=frames,
            advice=self.advice,
            figures=self.figures,
        )
