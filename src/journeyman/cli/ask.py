"""Commands that ask: placement and practice, for people at a terminal and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.context import application, json_option
from journeyman.cli.output import DONE, FELL_SHORT, counted, interactive, leave, percent, show
from journeyman.curriculum.plain import plain
from journeyman.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from journeyman.app import App
    from journeyman.core.asking import Answered, Asked
    from journeyman.placement.queries import SittingView

DONT_KNOW_WORDS = {"?", "d", "dontknow", "idontknow", "idontknowyet"}
HOW_TO_ANSWER = (
    "Answer by calling the same command with --answer (an option's number, or a number) or "
    "--dont-know."
)
STOP_WORDS = {"q", "quit", "stop"}

answer_option = click.option(
    "--answer", help="Answer the question that is open: an option's number from 1, or a number."
)
dont_know_option = click.option(
    "--dont-know", is_flag=True, help="Say “I don't know yet” to the question that is open."
)


@click.command()
@click.option("--skill", "only", help="Test out of one skill instead of all.")
@answer_option
@dont_know_option
@click.option("--stop", is_flag=True, help="End placement here; what was answered counts.")
@json_option
def place(only: str | None, answer: str | None, dont_know: bool, stop: bool, as_json: bool) -> None:
    """Find out where you stand, question by question.

    At a terminal it asks until you stop; otherwise each call shows the open question, or answers it
    with --answer.
    """
    if answer is not None and (dont_know or stop):
        raise Invalid("Give one of --answer, --dont-know and --stop, not several.")
    with application() as app:
        if stop:
            view = app.stop_placement(only)
            show({"placement": view, "question": None}, _result(app, view), as_json=as_json)
            return
        sat = app.place(only)
        answered = None
        if answer is not None or dont_know:
            if sat.asked is None:
                raise Invalid("No question is open; call `journeyman place` to begin again.")
            answered = app.answer_placement(sat.asked.attempt, _given(sat.asked, answer, dont_know))
            sat = app.place(only) if _goes_on(app, only) else sat
        if not as_json and answered is None and interactive():
            _place_at_terminal(app, only)
            return
        view = app.placement(only) or sat.view
        asked = (
            sat.asked
            if answered is None or (sat.asked is not None and sat.asked.attempt != answered.attempt)
            else None
        )
        data = {
            "placement": view,
            "question": question_data(asked),
            "answered": answered_data(answered),
        }
        text = (answered_text(answered) + "\n\n" if answered else "") + (
            f"{question_text(asked)}\n\n{HOW_TO_ANSWER}" if asked else _result(app, view)
        )
        show(data, text, as_json=as_json)


def _goes_on(app: App, only: str | None) -> bool:
    view = app.placement(only)
    return view is not None and view.open


def _place_at_terminal(app: App, only: str | None) -> None:
    click.echo(
        "Answer with the option's number, or type a number. ? means “I don't know yet”; q pauses."
    )
    while True:
        sat = app.place(only) if _goes_on(app, only) else None
        if sat is None or sat.asked is None:
            break
        click.echo(
            f"\nQuestion {sat.view.asked + 1} of at most {sat.view.most}. {sat.asked.reason}"
        )
        if not _one(sat.asked, app.answer_placement):
            click.echo(
                "Kept. Go on with `journeyman place`, or end it with `journeyman place --stop`."
            )
            break
    view = app.placement(only)
    if view is not None:
        click.echo("\n" + _result(app, view))


def _one(asked: Asked, answer: Callable[[str, str], Answered]) -> bool:
    """Put one question until it is answered; False when the person stops."""
    click.echo("\n" + question_text(asked))
    while True:
        typed = click.prompt("Your answer", prompt_suffix=" > ").strip()
        if typed.lower() in STOP_WORDS:
            return False
        try:
            given = _given(asked, typed, _is_dont_know(typed))
            click.echo(answered_text(answer(asked.attempt, given)))
        except Invalid as error:
            click.echo(error.message)
            continue
        return True


@click.command()
@click.argument("skill")
@answer_option
@dont_know_option
@json_option
def practise(skill: str, answer: str | None, dont_know: bool, as_json: bool) -> None:
    """Practise a skill on fresh questions.

    With --answer, exits with 1 when the answer is wrong.
    """
    if answer is not None and dont_know:
        raise Invalid("Give one of --answer and --dont-know, not both.")
    with application() as app:
        asked = app.practise(skill)
        if answer is None and not dont_know:
            if interactive() and not as_json:
                click.echo("? means “I don't know yet”; q stops.")
                while _one(app.practise(skill), app.answer_practice):
                    pass
                return
            text = f"{question_text(asked)}\n\n{HOW_TO_ANSWER}"
            show({"question": question_data(asked)}, text, as_json=as_json)
            return
        answered = app.answer_practice(asked.attempt, _given(asked, answer, dont_know))
    show({"answered": answered_data(answered)}, answered_text(answered), as_json=as_json)
    leave(DONE if answered.right else FELL_SHORT)


def _is_dont_know(typed: str) -> bool:
    bare = "".join(c for c in typed.lower() if c.isalpha())
    return typed.strip() == "?" or bare in DONT_KNOW_WORDS


def _given(asked: Asked, answer: str | None, dont_know: bool) -> str:
    if dont_know:
        return "dont-know"
    typed = (answer or "").strip()
    if asked.question.kind == "choice":
        # People count options from 1; the record counts them from 0.
        if (
            len(typed) > 2
            or not typed.isdecimal()
            or not 1 <= int(typed) <= len(asked.question.options)
        ):
            raise Invalid(
                f"Choose an option from 1 to {len(asked.question.options)}, "
                "or ? for “I don't know yet”."
            )
        return str(int(typed) - 1)
    return typed


def question_text(asked: Asked) -> str:
    """A question for a terminal."""
    lines = [plain(asked.question.prompt)]
    if asked.question.options:
        lines += [
            "",
            *(f"  {i}. {plain(o.text)}" for i, o in enumerate(asked.question.options, start=1)),
        ]
    elif asked.question.unit:
        lines += ["", f"  (in {asked.question.unit})"]
    return "\n".join(lines)


def answered_text(answered: Answered) -> str:
    """The outcome of an answer for a terminal."""
    lines = [
        "Right."
        if answered.right
        else "Noted; that costs nothing."
        if answered.mark.dont_know
        else "Not right."
    ]
    if answered.mark.feedback:
        lines.append(plain(answered.mark.feedback))
    if answered.misconception:
        lines.append(f"The idea behind it: {answered.misconception.title}.")
    if not answered.right:
        lines.append(f"The answer: {plain(answered.mark.expected)}")
    if answered.question.explanation:
        lines.append(plain(answered.question.explanation))
    return "\n".join(lines)


def question_data(asked: Asked | None) -> dict[str, Any] | None:
    """A question for a script, without what only the marking side knows."""
    if asked is None:
        return None
    return {
        "attempt": asked.attempt,
        "item": asked.item.slug,
        "skills": dict(asked.item.skills),
        "kind": asked.question.kind,
        "prompt": asked.question.prompt,
        "options": [option.text for option in asked.question.options],
        "unit": asked.question.unit,
        "reason": asked.reason,
    }


def answered_data(answered: Answered | None) -> dict[str, Any] | None:
    """The outcome of an answer for a script."""
    if answered is None:
        return None
    return {
        "attempt": answered.attempt,
        "item": answered.item.slug,
        "right": answered.right,
        "score": answered.mark.score,
        "dont_know": answered.mark.dont_know,
        "given": answered.mark.given,
        "expected": answered.mark.expected,
        "feedback": answered.mark.feedback,
        "misconception": answered.misconception,
        "explanation": answered.question.explanation,
    }


def _result(app: App, view: SittingView) -> str:
    lines = [f"{counted(view.asked, 'question')} answered, {view.right} right. {view.why}".rstrip()]
    lines.append(
        "If every skill had to be called held or not held now, about "
        f"{percent(view.expected_right)} of the calls would be right, by the model's own estimate."
    )
    for area in app.placement_result():
        counts = ", ".join(
            f"{area.count(level)} {words}"
            for level, words in (
                ("held", "held"),
                ("shaky", "shaky"),
                ("not-yet", "not yet"),
                ("unknown", "unknown"),
            )
            if area.count(level)
        )
        lines.append(f"  {area.area.title}: {counts}")
    lines.append("What next: journeyman next")
    return "\n".join(lines)
