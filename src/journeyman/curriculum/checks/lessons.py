"""Rules on lessons: their parts, their code, their figure."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from journeyman.core.bank import Fault
from journeyman.curriculum.checks.prose import prose_faults, words
from journeyman.curriculum.checks.rule import Subject, line_of, rule
from journeyman.curriculum.code import module_from
from journeyman.curriculum.figures import STAMP, draw, source_stamp

HEADINGS = ("Idea", "Worked example", "Common mistakes")
FEWEST_WORDS, MOST_WORDS = 220, 900
LARGEST_FIGURE = 60_000
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)


@rule("lesson-parts")
def parts(subject: Subject) -> Iterator[Fault]:
    """A lesson has the headings Idea, Worked example and Common mistakes, and 220 to 900 words."""
    lesson = subject.bank.lessons[subject.slug]
    found = re.findall(r"^## (.+?)\s*$", lesson.body, re.MULTILINE)
    if tuple(found) != HEADINGS:
        yield subject.fault(
            "lesson.md", "lesson-parts", f"headings are {found}, not {list(HEADINGS)}"
        )
    count = words(lesson.body)
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        message = f"{count} words of prose; {FEWEST_WORDS} to {MOST_WORDS} are wanted"
        yield subject.fault("lesson.md", "lesson-parts", message)
    if not 2 <= len(lesson.references) <= 6:
        yield subject.fault("lesson.md", "lesson-parts", "name 2 to 6 references for further study")


@rule("lesson-prose")
def prose(subject: Subject) -> Iterator[Fault]:
    """Every formula parses and no phrase is filler."""
    lesson = subject.bank.lessons[subject.slug]
    file = f"lessons/{subject.slug}/lesson.md"
    above = subject.text("lesson.md").count("\n") - lesson.body.count("\n")
    for fault in prose_faults(lesson.body, file, "lesson-prose"):
        yield replace(fault, line=fault.line + above)
    for text in (lesson.figure_alt, lesson.figure_caption):
        yield from prose_faults(text, file, "lesson-prose")


@rule("lesson-code")
def code(subject: Subject) -> Iterator[Fault]:
    """The worked example's code runs, and prints what the text block after it shows."""
    text = subject.text("lesson.md")
    blocks = [
        (found[1], found[2], text.count("\n", 0, found.start()) + 1)
        for found in BLOCK.finditer(text)
    ]
    if not any(language == "python" for language, _, _ in blocks):
        yield subject.fault("lesson.md", "lesson-code", "no python block in the worked example")
    namespace = module_from("", f"lesson_{subject.slug}", "<lesson>").__dict__
    printed = ""
    for language, body, line in blocks:
        if language == "text":
            if body.strip() != printed.strip():
                message = f"the code prints {printed.strip()!r}, the text shows {body.strip()!r}"
                yield subject.fault("lesson.md", "lesson-code", message, line)
            continue
        output = io.StringIO()
        try:
            with contextlib.redirect_stdout(output):
                exec(compile(body, "lesson.md", "exec"), namespace)  # noqa: S102 - trusted content
        except Exception as error:  # noqa: BLE001 - any failure is the entry's
            message = f"the code fails: {type(error).__name__}: {error}"
            yield subject.fault("lesson.md", "lesson-code", message, line)
            return
        printed = output.getvalue()


@rule("lesson-figure")
def figure(subject: Subject) -> Iterator[Fault]:
    """The figure is drawn from figure.py as it stands, small, and in the palette's colours."""
    if not (subject.folder / "figure.py").is_file():
        yield subject.fault("figure.py", "lesson-figure", "this file is missing")
        return
    svg = subject.text("figure.svg")
    if f'{STAMP}="{source_stamp(subject.folder)}"' not in svg:
        message = (
            f"not drawn from figure.py as it stands; run `journeyman content draw {subject.slug}`"
        )
        yield subject.fault("figure.svg", "lesson-figure", message)
    if len(svg) > LARGEST_FIGURE:
        message = f"{len(svg):,} characters; {LARGEST_FIGURE:,} at most (fewer points)"
        yield subject.fault("figure.svg", "lesson-figure", message)
    if re.search(r"\bstyle=|<script|<image", svg):
        yield subject.fault("figure.svg", "lesson-figure", "holds a style, a script or an image")
    own = sorted(set(re.findall(r'="(#[0-9a-fA-F]{6})"', svg)))
    if own:
        message = f"colours of its own {', '.join(own[:4])}; use the palette's"
        line = line_of(subject.text("figure.py"), own[0])
        yield subject.fault("figure.py", "lesson-figure", message, line)
    try:
        draw(subject.folder)
    except Exception as error:  # noqa: BLE001 - any failure is the entry's
        yield subject.fault("figure.py", "lesson-figure", f"does not draw: {error}")


RULES = (parts, prose, code, figure)
