"""Where everything on the skill map stands.

One column for each area, each skill below what it rests on, and edges that Graphviz leads around
the boxes.

A free layout of eighty skills is a hairball. Areas as columns give every skill a place that a
reader can remember, and since nothing stands above its prerequisites, reading down is learning.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from threading import Lock

import pygraphviz

from journeyman.core.skill import Area, Skill, SkillGraph

BOX_WIDTH, BOX_HEIGHT = 122, 58
GAP_X, GAP_Y = 18, 22
HEAD, MARGIN, PADDING = 54, 14, 9
LINE_LENGTH, MOST_LINES = 17, 3
TALLEST = 11
"""Skills that one column takes; an area with more gets a second column."""

_GRAPHVIZ = Lock()  # the library keeps global state


@dataclass(frozen=True, slots=True)
class Box:
    """One skill: its upper left corner, its title in lines, and the first line's baseline."""

    x: int
    y: int
    lines: tuple[str, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Column:
    """One area: its place, its title in lines, and how many skills it has."""

    area: str
    lines: tuple[str, ...]
    x: int
    width: int
    count: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What ``end`` rests on, as an SVG path."""

    start: str
    end: str
    path: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole map, in units of SVG pixels."""

    width: int
    height: int
    box_width: int
    box_height: int
    bar: int
    columns: tuple[Column, ...]
    boxes: Mapping[str, Box]
    edges: tuple[Edge, ...]


def planned(graph: SkillGraph) -> Plan:
    """The layout of ``graph``, made once for each graph.

    >>> skills = Skill("a", "1", "A", "", "x"), Skill("b", "2", "B", "", "x", ("a",))
    >>> plan = planned(SkillGraph.of(skills, [Area("x", "X", "")]))
    >>> plan.boxes["a"].y < plan.boxes["b"].y, plan.edges[0].end
    (True, 'b')
    """
    skills = tuple(graph.skills[slug] for slug in graph.order)
    return _planned(skills, tuple(graph.areas.values()))


@lru_cache(4)
def _planned(skills: tuple[Skill, ...], areas: tuple[Area, ...]) -> Plan:
    count = {area.slug: sum(one.area == area.slug for one in skills) for area in areas}
    order = _order([area for area in areas if count[area.slug]], skills)
    lanes = {area.slug: -(-count[area.slug] // TALLEST) for area in order}
    starts = _starts(order, lanes)
    cells = _cells(skills, lanes)
    pitch = BOX_WIDTH + GAP_X
    boxes = {
        one.slug: _box(one, starts[one.area] + cells[one.slug][1] * pitch, cells[one.slug][0])
        for one in skills
    }
    columns = tuple(
        Column(
            area.slug,
            tuple(textwrap.wrap(area.title, 17 if lanes[area.slug] == 1 else 36)),
            starts[area.slug] - PADDING + 2,
            lanes[area.slug] * pitch - 4,
            count[area.slug],
        )
        for area in order
    )
    rows = 1 + max((row for row, _ in cells.values()), default=0)
    return Plan(
        sum(lanes.values()) * pitch + 2 * MARGIN,
        HEAD + rows * (BOX_HEIGHT + GAP_Y) + MARGIN,
        BOX_WIDTH,
        BOX_HEIGHT,
        BOX_WIDTH - 2 * PADDING,
        columns,
        boxes,
        _edges(skills, boxes),
    )


def _order(areas: list[Area], skills: Sequence[Skill]) -> list[Area]:
    """Areas so that edges between them are short: swap two as long as that helps."""
    area_of = {one.slug: one.area for one in skills}
    across = [(area_of[r], one.area) for one in skills for r in one.requires]

    def length(order: Sequence[Area]) -> int:
        place = {area.slug: i for i, area in enumerate(order)}
        return sum(abs(place[a] - place[b]) for a, b in across)

    best = list(areas)
    improved = True
    while improved:
        improved = False
        for i, j in combinations(range(len(best)), 2):
            other = best.copy()
            other[i], other[j] = other[j], other[i]
            if length(other) < length(best):
                best, improved = other, True
    return best


def _starts(order: Sequence[Area], lanes: Mapping[str, int]) -> dict[str, int]:
    starts, x = {}, MARGIN + GAP_X // 2
    for area in order:
        starts[area.slug] = x
        x += lanes[area.slug] * (BOX_WIDTH + GAP_X)
    return starts


def _cells(skills: Sequence[Skill], lanes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Row and lane of each skill, row by row: of what is ready, the longest way to go comes first.

    This is list scheduling by critical path; it keeps the map short.
    """
    ahead = _ahead(skills)
    waiting = sorted(skills, key=lambda one: -ahead[one.slug])
    cells: dict[str, tuple[int, int]] = {}
    row = 0
    while waiting:
        placed: dict[str, list[Skill]] = {}
        for one in waiting:
            here = placed.setdefault(one.area, [])
            ready = all(cells.get(required, (row, 0))[0] < row for required in one.requires)
            if ready and len(here) < lanes[one.area]:
                here.append(one)
        for here in placed.values():
            for lane, one in enumerate(sorted(here, key=lambda one: one.slug)):
                cells[one.slug] = row, lane
        waiting = [one for one in waiting if one.slug not in cells]
        row += 1
    return cells


def _ahead(skills: Sequence[Skill]) -> dict[str, int]:
    """How many steps the longest way from each skill has; ``skills`` are in learning order."""
    ahead = {one.slug: 0 for one in skills}
    for one in reversed(skills):
        for required in one.requires:
            ahead[required] = max(ahead[required], ahead[one.slug] + 1)
    return ahead


def _box(skill: Skill, x: int, row: int) -> Box:
    lines = textwrap.wrap(skill.title, LINE_LENGTH, max_lines=MOST_LINES, placeholder="…")
    first = 17 if len(lines) > 1 else 24
    return Box(x, HEAD + row * (BOX_HEIGHT + GAP_Y), tuple(lines), first)


def _edges(skills: Sequence[Skill], boxes: Mapping[str, Box]) -> tuple[Edge, ...]:
    """Routes around the boxes, which are pinned where they are."""
    if not boxes:
        return ()
    with _GRAPHVIZ:
        drawing = pygraphviz.AGraph(
            directed=True, splines="spline", esep="+3", sep="+6", inputscale=72
        )
        for slug, box in boxes.items():
            x, y = _centre(box)
            drawing.add_node(
                slug,
                pos=f"{x},{y}!",
                shape="box",
                fixedsize="true",
                label="",
                width=BOX_WIDTH / 72,
                height=BOX_HEIGHT / 72,
            )
        for one in skills:
            for required in one.requires:
                drawing.add_edge(required, one.slug, tailport="s", headport="n", arrowhead="none")
        drawing.layout(prog="neato")
        moved = _moved(drawing, boxes)
        return tuple(
            Edge(required, one.slug, _path(drawing.get_edge(required, one.slug).attr["pos"], moved))
            for one in skills
            for required in one.requires
        )


def _centre(box: Box) -> tuple[float, float]:
    """The middle of a box in Graphviz' coordinates, whose y axis goes up."""
    return box.x + BOX_WIDTH / 2, -(box.y + BOX_HEIGHT / 2)


def _moved(drawing: pygraphviz.AGraph, boxes: Mapping[str, Box]) -> tuple[float, float]:
    """How far Graphviz shifted the whole drawing, which it does to begin at the origin."""
    slug, box = next(iter(boxes.items()))
    there = [float(value) for value in drawing.get_node(slug).attr["pos"].strip("!").split(",")]
    x, y = _centre(box)
    return there[0] - x, there[1] - y


def _path(spline: str, moved: tuple[float, float]) -> str:
    """Graphviz' list of Bezier points as an SVG path.

    >>> _path("10,-20 10,-30 20,-40 20,-50", (0, 0))
    'M10 20C10 30 20 40 20 50'
    """
    points = [pair.split(",") for pair in spline.split() if pair[0] not in "es"]
    places = [f"{float(x) - moved[0]:.0f} {moved[1] - float(y):.0f}" for x, y in points]
    return f"M{places[0]}C{' '.join(places[1:])}"
