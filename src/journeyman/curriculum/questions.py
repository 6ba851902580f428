"""Makes one variant of an item: runs its generator with a seed and fills its text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from journeyman.core.item import Item, Option, Question, WrongNumber
from journeyman.core.tex import number
from journeyman.curriculum.code import load_module
from journeyman.errors import Unavailable

SLOT = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
EXPLANATION = re.compile(r"^## Explanation\s*$", re.MULTILINE)
MODULES_KEPT = 512


def question(item: Item, folder: Path, seed: int) -> Question:
    """The variant of ``item`` that ``seed`` makes: the same seed gives the same question.

    Raises:
        Unavailable: if the entry's own code fails; that is never the learner's fault.
    """
    import numpy as np  # noqa: PLC0415 - the catalogue is read without it

    try:
        module = generator(folder, item.sha256)
        made = module.generate(np.random.default_rng(seed))
        return build(item, template(folder, item.sha256), made, seed)
    except Exception as error:
        raise Unavailable(
            f"The question {item.slug!r} could not be made (seed {seed}: {type(error).__name__}: "
            f"{error}); it is left out and nothing is counted."
        ) from error


@lru_cache(MODULES_KEPT)
def generator(folder: Path, sha256: str) -> ModuleType:
    """The entry's ``generate.py``, loaded once per content hash."""
    return load_module(folder / "generate.py", f"item_{sha256[:12]}")


@lru_cache(MODULES_KEPT)
def template(folder: Path, sha256: str) -> str:
    """The entry's ``item.md``, read once per content hash."""
    del sha256  # part of the cache's key only
    return (folder / "item.md").read_text("utf-8")


def build(item: Item, text: str, made: Mapping[str, Any], seed: int) -> Question:
    """Put what ``generate`` returned into the text of ``item.md``."""
    params = dict(made["params"])
    parts = EXPLANATION.split(text, maxsplit=1)
    prompt = fill(parts[0], params).strip()
    explanation = fill(parts[1], params).strip() if len(parts) > 1 else ""
    if item.kind == "choice":
        options = _options(made, seed)
        return Question(item.slug, seed, "choice", prompt, explanation, options, params=params)
    return Question(
        item.slug,
        seed,
        "number",
        prompt,
        explanation,
        answer=float(made["answer"]),
        rtol=float(made.get("rtol", 1e-2)),
        atol=float(made.get("atol", 1e-6)),
        wrong=tuple(
            WrongNumber(float(d["value"]), d["misconception"], fill(d["feedback"], params))
            for d in made["distractors"]
        ),
        unit=str(made.get("unit", "")),
        params=params,
    )


def fill(text: str, params: Mapping[str, Any]) -> str:
    """Replace ``{{name}}`` by the parameter of that name.

    Raises:
        KeyError: if the generator gives no such parameter.

    >>> fill("$x = {{a}}$", {"a": 0.5})
    '$x = 0.5$'
    """
    return SLOT.sub(lambda found: _text(params[found[1]]), text)


def _text(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)


def _options(made: Mapping[str, Any], seed: int) -> tuple[Option, ...]:
    params = made["params"]
    options = [Option(fill(str(made["answer"]), params), correct=True)]
    options += [
        Option(
            fill(str(d["value"]), params), False, d["misconception"], fill(d["feedback"], params)
        )
        for d in made["distractors"]
    ]
    # A generator of its own, so that the order of options does not depend on what generate() drew.
    random.Random(seed).shuffle(options)  # noqa: S311 - not a secret
    return tuple(options)


def second_route(module: ModuleType) -> Callable[[Mapping[str, Any]], Any]:
    """The entry's ``check(params)``: the answer again, by an independent way."""
    route: Callable[[Mapping[str, Any]], Any] = module.check
    return route
