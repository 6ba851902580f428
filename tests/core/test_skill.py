import pytest

from journeyman.core.skill import Skill, SkillGraph


def skill(slug, *requires):
    return Skill(slug, slug, slug.title(), "", "area", requires)


def test_a_circle_is_refused_and_named():
    with pytest.raises(ValueError, match="circle"):
        SkillGraph.of([skill("a", "b"), skill("b", "a")])


def test_an_unknown_prerequisite_is_refused():
    with pytest.raises(ValueError, match="'x', which does not exist"):
        SkillGraph.of([skill("a", "x")])


def test_closures():
    graph = SkillGraph.of([skill("a"), skill("b", "a"), skill("c", "b"), skill("d", "a")])
    assert graph.ancestors("c") == {"a", "b"}
    assert graph.descendants("a") == {"b", "c", "d"}
    assert graph.order.index("a") < graph.order.index("b") < graph.order.index("c")
