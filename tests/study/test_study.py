"""The map, the plan and the pages: what they say of a beginner and of somebody who has worked."""

from journeyman.core.mastery import Mastery
from journeyman.core.skill import Skill, SkillGraph
from journeyman.study import rules
from tests.answers import right


def practise_well(app, skill, times=5):
    for _ in range(times):
        asked = app.practise(skill)
        app.answer_practice(asked.attempt, right(asked))


def test_a_beginner_sees_unknown_and_is_sent_to_placement(app):
    today = app.today()
    assert today.first_time
    assert today.steps
    found = app.map()
    assert found.count("unknown") == len(found.nodes)
    assert all(node.mastery.high - node.mastery.low > 0.4 for node in found.nodes)


def test_the_plan_fits_the_minutes_and_gives_reasons(app):
    practise_well(app, "vectors-norms")
    for minutes in (15, 30, 60, 120):
        steps = app.today(minutes).steps
        assert sum(step.minutes for step in steps) <= minutes or len(steps) == 1
        assert all(step.why.endswith(".") for step in steps)


def test_nothing_is_planned_before_what_it_rests_on(app):
    for step in app.today(240).steps:
        graph, mastery = app.bank.graph, app.mastery()
        planned = {s.skill for s in app.today(240).steps}
        for required in graph.skills[step.skill].requires:
            assert mastery[required].mean > 0.3 or required in planned


def test_right_answers_raise_what_they_rest_on_too(app):
    before = app.mastery()
    practise_well(app, "pca")
    after = app.mastery()
    assert after["pca"].mean > before["pca"].mean
    assert after["svd"].mean > before["svd"].mean
    assert after["pca"].level == "held"


def test_forgetting(app, clock):
    practise_well(app, "bayes-theorem")
    fresh = app.mastery()["bayes-theorem"]
    clock.pass_days(400)
    faded = app.mastery()["bayes-theorem"]
    assert faded.recall < fresh.recall
    assert faded.mean < fresh.mean


def test_a_skill_page_says_why(app):
    practise_well(app, "svd", 3)
    page = app.skill("svd")
    assert page.mastery.pieces == 3
    assert len(page.evidence) == 3
    assert app.why("svd").facts
    assert "from 3 direct answers" in page.words
    assert {node.skill.slug for node in page.requires} == set(app.bank.graph.skills["svd"].requires)
    assert app.evidence(page.evidence[0].id) == page.evidence[0]


def test_progress_tells_what_changed_and_pages_the_ledger(app, clock):
    practise_well(app, "svd", 3)
    clock.pass_days(30)
    practise_well(app, "table-joins", 2)
    found = app.progress()
    assert found.total == 5
    assert "table-joins" in {change.skill.slug for change in found.changes}
    assert app.progress(skill="svd").total == 3
    assert [fact.at for fact in found.facts] == sorted((f.at for f in found.facts), reverse=True)
    assert sum(count for _, count in found.by_day) == 5


def mastery(slug, mean, level):
    return Mastery(slug, mean, 0.1, mean, mean, 1.0, 1, level)


def test_ready_means_not_held_and_everything_below_is_there():
    graph = SkillGraph.of([Skill("a", "", "A", "", "x"), Skill("b", "", "B", "", "x", ("a",))])
    low = {"a": mastery("a", 0.4, "shaky"), "b": mastery("b", 0.2, "unknown")}
    high = {"a": mastery("a", 0.9, "held"), "b": mastery("b", 0.2, "unknown")}
    assert not rules.ready(graph, low, "b")
    assert rules.ready(graph, low, "a")
    assert rules.ready(graph, high, "b")
    assert not rules.ready(graph, high, "a")
