"""A broken entry is left out and named; everything else loads."""

import shutil
from pathlib import Path

import pytest

from journeyman.curriculum import builtin
from journeyman.curriculum.loading import folder_sha256, load
from journeyman.errors import Unavailable

ITEM, EXERCISE, LESSON = (
    "items/which-norm",
    "exercises/euclidean-distances",
    "lessons/vectors-norms",
)


@pytest.fixture
def small(tmp_path):
    """A bank with one lesson, two items and one exercise, free to be broken."""
    root = tmp_path / "bank"
    shutil.copytree(Path(__file__).parent / "sample", root)
    for part in ("skills", "vocabulary"):
        shutil.copytree(builtin.path() / part, root / part)
    return root


def edit(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_sound_bank_has_no_faults(small):
    bank = load(small)
    assert bank.faults == ()
    assert set(bank.items) == {"which-norm", "dot-product-value"}


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "words"),
    [
        ("items/which-norm/item.toml", 'kind = "choice"', 'kind = "essay"', "form", "kind"),
        ("items/which-norm/item.toml", "minutes = 1", "minutes = ", "toml", "Invalid value"),
        ("items/which-norm/item.toml", "version = 1", "version = 1\nspeed = 2", "form", "speed"),
        (
            "items/which-norm/item.toml",
            "vectors-norms",
            "no-such-skill",
            "skills",
            "does not exist",
        ),
        ("items/which-norm/item.toml", 'slug = "which-norm"', 'slug = "other"', "slug", "folder"),
        ("lessons/vectors-norms/lesson.md", "+++", "", "form", "start with"),
        ("lessons/vectors-norms/lesson.md", "version = 1", 'version = "one"', "form", "version"),
        ("exercises/euclidean-distances/exercise.toml", "hints = [", "hunts = [", "form", "hints"),
    ],
)
def test_a_broken_entry_is_named_with_file_line_and_rule(small, file, old, new, rule, words):
    edit(small / file, old, new)
    bank = load(small)
    (fault,) = bank.faults
    assert fault.file == file
    assert fault.line >= 1
    assert fault.rule == rule
    assert words in fault.message
    kind, slug, _ = file.split("/")
    assert slug not in getattr(bank, kind)
    assert len(bank.items) + len(bank.lessons) + len(bank.exercises) == 3


def test_the_line_is_the_line(small):
    edit(small / ITEM / "item.toml", "difficulty = -0.7", 'difficulty = "hard"')
    (fault,) = load(small).faults
    line = (small / ITEM / "item.toml").read_text().splitlines()[fault.line - 1]
    assert line.startswith("difficulty")


@pytest.mark.parametrize("name", ["item.md", "generate.py", "item.toml"])
def test_a_missing_file(small, name):
    (small / ITEM / name).unlink()
    (fault,) = load(small).faults
    assert (fault.file, fault.rule) == (f"{ITEM}/{name}", "files")


def test_bytes_that_are_no_text(small):
    (small / ITEM / "item.toml").write_bytes(b"\xff\xfe\x00")
    (fault,) = load(small).faults
    assert fault.rule == "files"


def test_an_unknown_prerequisite_and_a_circle_are_dropped_not_fatal(small):
    file = small / "skills" / "linear-algebra.toml"
    edit(file, 'requires = ["vectors-norms"]', 'requires = ["vectors-norms", "nowhere"]')
    edit(file, "requires = []", 'requires = ["svd"]')
    bank = load(small)
    assert {fault.rule for fault in bank.faults} == {"prerequisites", "acyclic"}
    assert len(bank.graph.skills) == 80


def test_a_broken_skills_file_takes_only_its_area(small):
    (small / "skills" / "algorithms.toml").write_text("[area\n")
    bank = load(small)
    assert "toml" in {fault.rule for fault in bank.faults}
    assert "pca" not in bank.graph.skills
    assert "which-norm" in bank.items


def test_two_uuids_alike(small):
    one = (small / ITEM / "item.toml").read_text().split('uuid = "')[1][:36]
    two = (small / "items/dot-product-value/item.toml").read_text().split('uuid = "')[1][:36]
    edit(small / "items/dot-product-value/item.toml", two, one)
    assert {fault.rule for fault in load(small).faults} == {"unique"}


def test_the_hash_names_the_content(small):
    before = folder_sha256(small / ITEM)
    (small / ITEM / "__pycache__").mkdir()
    (small / ITEM / "__pycache__" / "x.pyc").write_bytes(b"1")
    assert folder_sha256(small / ITEM) == before
    edit(small / ITEM / "item.md", "How long", "How very long")
    assert folder_sha256(small / ITEM) != before


def test_the_application_runs_on_without_a_broken_generator(small, app, clock):
    (small / ITEM / "generate.py").write_text("def generate(rng):\n    raise RuntimeError('no')\n")
    app.__dict__["bank"] = load(small)
    for _ in range(4):
        asked = app.practise("vectors-norms")
        assert asked.item.slug == "dot-product-value"
        app.answer_practice(asked.attempt, "dont-know")
    (small / "items/dot-product-value/generate.py").write_text("import nothing_like_this\n")
    app.__dict__["bank"] = load(small)
    with pytest.raises(Unavailable, match="nothing is counted"):
        app.practise("vectors-norms")
