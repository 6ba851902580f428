"""Renders the site: a few static pages that open from a disk, from any host, at any path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from journeyman import __version__
from journeyman.core.evidence import Evidence
from journeyman.curriculum.markdown import render_inline
from journeyman.portfolio.queries import Portfolio

MARKER = ".journeyman-site"


def pages(portfolio: Portfolio) -> Iterator[tuple[str, str]]:
    """Every file of the site: its path, with forward slashes, and its text."""
    environment = _environment()
    shared: dict[str, Any] = {"portfolio": portfolio, "version": __version__}
    yield "index.html", environment.get_template("index.html").render(shared, root="")
    page = environment.get_template("exercise.html")
    for one in portfolio.exercises:
        name = f"exercises/{one.exercise.slug}.html"
        yield name, page.render(shared, one=one, root="../")
    yield "evidence.html", environment.get_template("evidence.html").render(shared, root="")
    yield "evidence.jsonl", "".join(json.dumps(public(f)) + "\n" for f in portfolio.evidence)
    static = resources.files("journeyman.portfolio") / "static" / "portfolio.css"
    yield "portfolio.css", static.read_text("utf-8")
    yield MARKER, f"Written by Journeyman {__version__}; publishing again replaces these files.\n"


def public(fact: Evidence) -> dict[str, Any]:
    """What a stranger may see of a fact: all but the answer that was given."""
    return {
        "id": fact.id,
        "at": fact.at.isoformat(),
        "source": fact.source,
        "how": fact.how,
        "content": f"{fact.kind}/{fact.slug}",
        "version": fact.version,
        "sha256": fact.sha256,
        "seed": fact.seed,
        "skills": dict(fact.skills),
        "score": fact.score,
        "hints": fact.hints,
        "isolation": fact.isolation,
    }


@lru_cache(1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("journeyman.portfolio"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.0f} %"
    environment.filters["day"] = lambda at: f"{at.day} {at:%B %Y}"
    environment.filters["markdown"] = lambda text: Markup(render_inline(text))  # noqa: S704 - escapes
    environment.filters["python"] = _python
    return environment


def _python(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))  # noqa: S704 - escapes
