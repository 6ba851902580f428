"""Verdicts as plain text, for terminals and notebooks."""

from __future__ import annotations

from journeyman.core.exercise import CaseResult, Verdict


def verdict_text(verdict: Verdict) -> str:
    """A verdict for a terminal: the first failing case in full, the others in a line each."""
    count = len(verdict.cases)
    passed = sum(case.passed for case in verdict.cases)
    lines = [
        f"Passed: all {count} cases, in {verdict.cpu_ms:.0f} ms."
        if verdict.passed
        else "Not passed yet."
    ]
    if not verdict.passed and count:
        lines[0] += f" {passed} of {count} cases are right."
    if verdict.message:
        lines.append(f"Line {verdict.line}: {verdict.message}" if verdict.line else verdict.message)
    if verdict.cause:
        lines.append(f"Likely cause: {verdict.cause}")
    failing = [case for case in verdict.cases if not case.passed]
    if failing:
        lines += ["", *_case(failing[0])]
    lines += [
        f"  ✗ {case.label}{'' if case.visible else ' (unseen)'}: {case.category}"
        for case in failing[1:]
    ]
    lines += [f"Note: {note}" for note in verdict.advice]
    if verdict.stdout:
        lines += ["", "Your code printed:", verdict.stdout.rstrip()]
    return "\n".join(lines)


def _case(case: CaseResult) -> list[str]:
    lines = [f"  ✗ {case.label}{'' if case.visible else ' (unseen: only its label is shown)'}"]
    for name, text in (("input", case.input), ("expected", case.expected), ("got", case.got)):
        if text:
            lines.append(f"    {name}:")
            lines += [f"      {line}" for line in text.splitlines()]
    return lines
