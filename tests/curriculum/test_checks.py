"""Each published rule notices the fault that it is there for."""

import pytest

from journeyman.curriculum.checks import RULES, check
from journeyman.curriculum.checks.mutants import mutants
from journeyman.curriculum.checks.prose import maths_available
from journeyman.curriculum.loading import load
from journeyman.sandbox import Sandbox
from tests.curriculum.test_loading import EXERCISE, ITEM, LESSON, edit, small  # noqa: F401


@pytest.fixture(scope="module")
def grade():
    sandbox = Sandbox()
    yield lambda exercise, key, source, seed: sandbox.grade(exercise, key, source, seed=seed)
    sandbox.close()


def rules_broken(root, grade, entry):
    return {fault.rule for fault in check(load(root), grade, only=[entry]).faults}


@pytest.mark.parametrize("entry", [ITEM, EXERCISE, LESSON, "items/dot-product-value"])
def test_sound_entries_break_no_rule(small, grade, entry):  # noqa: F811
    assert rules_broken(small, grade, entry) == set()


def test_every_rule_says_what_it_demands():
    assert len({rule.name for rule in RULES}) == len(RULES) >= 20
    assert all(len(rule.demands) > 20 for rule in RULES)


FAULTS = [
    (ITEM, "generate.py", "root = TRIPLES", "root = None and TRIPLES", "item-generates"),
    (ITEM, "generate.py", "rng.integers(len(TRIPLES))", "0 * rng.integers(2)", "item-generates"),
    (ITEM, "generate.py", "math.hypot(*params['entries'])", "sum(params['entries'])", "item-second-route"),
    (ITEM, "generate.py", 'f"${p + q}$"', 'f"${root}$"', "item-distractors"),
    (ITEM, "generate.py", '"l1-for-l2"', '"never-declared"', "item-distractors"),
    (ITEM, "item.md", "## Explanation", "## Nothing", "item-prose"),
    (ITEM, "item.md", "{{root}}", "{{roots}}", "item-generates"),
    (ITEM, "item.md", "How long", "It is important to note: how long", "item-prose"),
    (ITEM, "generate.py", 'f"${root}$",\n        "dis', 'f"${root}$ and that is the longest option by a long way",\n        "dis', "item-even-options"),
    (LESSON, "lesson.md", "## Common mistakes", "## Mistakes", "lesson-parts"),
    (LESSON, "lesson.md", "print(a @ b)", "print(a @ b + 1)", "lesson-code"),
    (LESSON, "lesson.md", "print(a @ b)", "print(a @ c)", "lesson-code"),
    (LESSON, "lesson.md", "Two questions", "We delve into two questions", "lesson-prose"),
    (LESSON, "figure.py", "ink.one", "'#ff0000'", "lesson-figure"),
    (LESSON, "figure.svg", "<g ", '<g style="fill:red" ', "lesson-figure"),
    (EXERCISE, "reference.py", "np.sqrt(", "np.cbrt(", "exercise-wrong"),
    (EXERCISE, "reference.py", "return np.sqrt", "return undefined or np.sqrt", "exercise-reference"),
    (EXERCISE, "starter.py", '    """Distance of every row of x, shape (n, d), to every row of y, shape (m, d)."""', "    d = np.asarray(x, float)[:, None, :] - np.asarray(y, float)[None, :, :]\n    return np.sqrt((d**2).sum(-1))", "exercise-starter"),
    (EXERCISE, "starter.py", "def distances", "def other", "exercise-starter"),
    (EXERCISE, "wrong/squared.py", "# category: value", "# category: shape", "exercise-wrong"),
    (EXERCISE, "wrong/squared.py", "# category: value", "# nothing", "exercise-wrong"),
    (EXERCISE, "cases.py", 'edge="empty"', 'edge=""', None),
    (EXERCISE, "task.md", "distances(x, y)", "difference(x, y)", "exercise-prose"),
    (EXERCISE, "exercise.toml", "[causes]", '[[equivalent]]\nmutant = "L1: a -> b"\nreason = "there is no such mutant"\n[causes]', "exercise-mutants"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "file", "old", "new", "rule"), FAULTS)
def test_a_rule_notices_its_fault(small, grade, entry, file, old, new, rule):  # noqa: F811
    edit(small / entry / file, old, new)
    found = rules_broken(small, grade, entry)
    assert found == set() if rule is None else rule in found


def test_cases_that_notice_nothing_let_mutants_live(small, grade):  # noqa: F811
    (small / EXERCISE / "cases.py").write_text(
        "import numpy as np\nfrom journeyman.core.exercise import Case\n"
        "def example():\n    return [Case((np.ones((1, 1)), np.ones((1, 1))), label='one')]\n"
        "def hidden(rng):\n    return [Case((np.ones((1, 1)), np.ones((1, 1))), label='same')] * 12\n"
    )
    found = rules_broken(small, grade, EXERCISE)
    assert {"exercise-mutants", "exercise-cases", "exercise-empty-answers"} <= found


def test_a_reference_that_differs_from_run_to_run(small, grade):  # noqa: F811
    edit(small / ITEM / "generate.py", "import math", "import math\nimport random")
    edit(small / ITEM / "generate.py", '"root": root,', '"root": root, "z": random.random(),')
    assert "item-generates" in rules_broken(small, grade, ITEM)


def test_maths_that_does_not_parse(small, grade):  # noqa: F811
    if not maths_available():
        pytest.skip("needs the built front end")
    edit(small / ITEM / "item.md", r"\sqrt{ {{squares}} }", r"\sqrt{ {{squares}} ")
    assert "item-prose" in rules_broken(small, grade, ITEM)


def test_structure_rules(small, grade):  # noqa: F811
    faults = check(load(small), grade).faults
    found = {fault.rule for fault in faults}
    assert {"taught", "practised"} <= found
    assert sum(fault.rule == "taught" for fault in faults) == 79


def test_redundant_and_unconnected_skills(small, grade):  # noqa: F811
    file = small / "skills" / "linear-algebra.toml"
    edit(file, 'requires = ["linear-systems"]', 'requires = ["linear-systems", "vectors-norms"]')
    with file.open("a") as out:
        out.write(
            '\n[[skill]]\nslug = "island"\nuuid = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f"\n'
            'title = "Island"\nsummary = "Leads nowhere."\n'
        )
    found = {fault.rule for fault in check(load(small), grade).faults}
    assert {"connected", "redundant-prerequisite"} <= found


def test_mutants_change_one_thing_each():
    source = "def f(x, y):\n    if x < y and y != 0:\n        return -x / y\n    return x @ y\n"
    names = [mutant.name for mutant in mutants(source)]
    assert len(names) == len(set(names)) >= 10
    for mutant in mutants(source):
        compile(mutant.source, "mutant", "exec")
        assert mutant.source != source
