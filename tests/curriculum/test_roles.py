"""Roles: the built-in ones are sound, and each fault of a role's file is named."""

import shutil

import pytest

from journeyman.curriculum import builtin
from journeyman.curriculum.checks.structure import role_skills
from journeyman.curriculum.loading import load


@pytest.fixture
def broken(tmp_path):
    """A bank of skills and one role, to be damaged."""
    for part in ("skills", "roles"):
        (tmp_path / part).mkdir()
    for file in (builtin.path() / "skills").glob("*.toml"):
        shutil.copy(file, tmp_path / "skills")
    shutil.copy(builtin.path() / "roles" / "ml-engineer.toml", tmp_path / "roles")
    return tmp_path


def edit(root, old, new, name="ml-engineer.toml"):
    file = root / "roles" / "ml-engineer.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.unlink()
    (root / "roles" / name).write_text(text.replace(old, new, 1), "utf-8")
    return load(root)


def test_the_built_in_roles_name_skills_that_exist_and_differ(bank):
    assert len(bank.roles) >= 4
    assert list(role_skills.find(bank)) == []
    for role in bank.roles.values():
        areas = {bank.graph.skills[slug].area for slug in role.skills}
        assert len(role.skills) >= 40
        assert areas == set(bank.graph.areas)
    assert len({tuple(role.skills.items()) for role in bank.roles.values()}) == len(bank.roles)


def test_an_unknown_skill_is_named_with_its_line(broken):
    bank = edit(broken, "\npca =", "\nalchemy =")
    (fault,) = role_skills.find(bank)
    lines = (broken / "roles" / "ml-engineer.toml").read_text().splitlines()
    assert fault.rule == "role-skills"
    assert "alchemy" in lines[fault.line - 1]
    assert bank.roles["ml-engineer"].skills["alchemy"], "the role stays; the graph does not have it"


def test_a_file_named_unlike_its_role_is_a_fault(broken):
    bank = edit(broken, "pca", "pca", name="other.toml")
    (fault,) = role_skills.find(bank)
    assert "slug differs" in fault.message


@pytest.mark.parametrize(
    ("old", "new"),
    [("pca = 0.8", "pca = 1.5"), ("[skills]", "[skils]"), ("version = 1", "version =")],
)
def test_a_broken_file_is_left_out_and_named_once(broken, old, new):
    bank = edit(broken, old, new)
    assert bank.roles == {}
    assert len(bank.faults) == 1
    assert bank.faults[0].file == "roles/ml-engineer.toml"
    assert list(role_skills.find(bank)) == []


def test_a_role_declared_twice_is_a_fault(broken):
    shutil.copy(broken / "roles" / "ml-engineer.toml", broken / "roles" / "second.toml")
    bank = load(broken)
    assert any("declared twice" in fault.message for fault in bank.faults)
    assert list(bank.roles) == ["ml-engineer"]
