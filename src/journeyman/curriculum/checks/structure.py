"""Rules on the bank as a whole: the graph, coverage, names and licences."""

from __future__ import annotations

from collections.abc import Iterator

from journeyman.core.bank import Fault
from journeyman.curriculum.checks.rule import line_of, rule
from journeyman.curriculum.loading import LoadedBank


@rule("connected")
def connected(bank: LoadedBank) -> Iterator[Fault]:
    """All skills hang together in one graph: nothing is taught that leads from and to nothing."""
    if not bank.graph.skills:
        return
    neighbours = {
        slug: {*s.requires, *bank.graph.opens[slug]} for slug, s in bank.graph.skills.items()
    }
    start = next(iter(neighbours))
    seen, stack = {start}, [start]
    while stack:
        for slug in neighbours[stack.pop()] - seen:
            seen.add(slug)
            stack.append(slug)
    for slug in neighbours.keys() - seen:
        area = bank.graph.skills[slug].area
        yield Fault(
            f"skills/{area}.toml", 1, "connected", f"{slug!r} is not connected to {start!r}"
        )


@rule("taught")
def taught(bank: LoadedBank) -> Iterator[Fault]:
    """Every skill has a lesson, so that no prerequisite is demanded that nothing teaches."""
    for slug, skill in bank.graph.skills.items():
        if slug not in bank.lessons:
            yield Fault(f"skills/{skill.area}.toml", 1, "taught", f"{slug!r} has no lesson")


@rule("practised")
def practised(bank: LoadedBank) -> Iterator[Fault]:
    """Every skill is the home of an item or an exercise."""
    for slug, skill in bank.graph.skills.items():
        if not bank.items_of[slug] and not bank.exercises_of[slug]:
            yield Fault(
                f"skills/{skill.area}.toml", 1, "practised", f"{slug!r} has no item or exercise"
            )


@rule("redundant-prerequisite")
def redundant(bank: LoadedBank) -> Iterator[Fault]:
    """A direct prerequisite is not also implied by another one."""
    for slug, skill in bank.graph.skills.items():
        for required in skill.requires:
            others = (other for other in skill.requires if other != required)
            through = next((o for o in others if required in bank.graph.ancestors(o)), None)
            if through:
                message = f"{slug!r} requires {required!r}, which {through!r} requires already"
                yield Fault(f"skills/{skill.area}.toml", 1, "redundant-prerequisite", message)


@rule("misconception-used")
def misconceptions_used(bank: LoadedBank) -> Iterator[Fault]:
    """Every named misconception is used by some item."""
    used = "\n".join(
        (bank.folder("item", slug) / "generate.py").read_text("utf-8") for slug in bank.items
    )
    for slug in bank.misconceptions:
        if f'"{slug}"' not in used and f"'{slug}'" not in used:
            yield Fault("vocabulary", 1, "misconception-used", f"{slug!r} is used by no item")


@rule("role-skills")
def role_skills(bank: LoadedBank) -> Iterator[Fault]:
    """Every skill that a role names exists, and the role's file is named after its slug."""
    for root in bank.roots:
        for file in sorted((root / "roles").glob("*.toml")):
            role = bank.roles.get(file.stem)
            name = file.relative_to(root).as_posix()
            if role is None:
                if not any(fault.file == name for fault in bank.faults):
                    message = "the slug differs from the file's name"
                    yield Fault(name, 1, "role-skills", message)
                continue
            text = file.read_text("utf-8")
            for slug in role.skills:
                if slug not in bank.graph.skills:
                    message = f"names the skill {slug!r}, which does not exist"
                    yield Fault(name, line_of(text, f"{slug} ="), "role-skills", message)


RULES = (connected, taught, practised, redundant, misconceptions_used, role_skills)
