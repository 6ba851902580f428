from __future__ import annotations

import re

import pytest

from journeyman.core.skill import Area, Skill, SkillGraph
from journeyman.web.chart import BOX_HEIGHT, BOX_WIDTH, planned


def test_real_map_keeps_its_promises(bank):
    plan = planned(bank.graph)
    assert set(plan.boxes) == set(bank.graph.skills)
    for skill in bank.graph.skills.values():
        for required in skill.requires:
            assert plan.boxes[required].y + BOX_HEIGHT < plan.boxes[skill.slug].y
    columns = {column.area: column for column in plan.columns}
    for slug, box in plan.boxes.items():
        column = columns[bank.graph.skills[slug].area]
        assert column.x <= box.x
        assert box.x + BOX_WIDTH <= column.x + column.width
        assert box.y + BOX_HEIGHT <= plan.height


def test_boxes_do_not_overlap(bank):
    boxes = list(planned(bank.graph).boxes.values())
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart_x = abs(one.x - other.x) >= BOX_WIDTH
            assert apart_x or abs(one.y - other.y) >= BOX_HEIGHT


def test_edges_begin_and_end_at_their_boxes(bank):
    plan = planned(bank.graph)
    assert len(plan.edges) == sum(len(skill.requires) for skill in bank.graph.skills.values())
    for edge in plan.edges:
        numbers = [float(one) for one in re.findall(r"-?\d+", edge.path)]
        start, end = plan.boxes[edge.start], plan.boxes[edge.end]
        middle = BOX_WIDTH / 2
        assert numbers[:2] == pytest.approx([start.x + middle, start.y + BOX_HEIGHT], abs=3)
        assert numbers[-2:] == pytest.approx([end.x + middle, end.y], abs=3)


def test_layout_is_the_same_every_time(bank):
    again = SkillGraph(dict(bank.graph.skills), dict(bank.graph.areas))
    assert planned(again) == planned(bank.graph)


def test_an_empty_bank_has_an_empty_map():
    plan = planned(SkillGraph.of([], []))
    assert (plan.boxes, plan.edges, plan.columns) == ({}, (), ())


def test_long_titles_are_cut():
    skill = Skill("a", "1", "An extraordinarily long title that nobody could ever read", "", "x")
    box = planned(SkillGraph.of([skill], [Area("x", "X", "")])).boxes["a"]
    assert len(box.lines) == 3
    assert box.lines[-1].endswith("…")
