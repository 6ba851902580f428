"""Open Badges on one's own record: what may be issued, and what is written on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from journeyman.core.dossier import Dossier
from journeyman.errors import Conflict, NotFound
from journeyman.proof import credentials
from journeyman.proof.claim import SignedClaim
from journeyman.proof.credentials import Achievement

if TYPE_CHECKING:
    from journeyman.app.proof import Proof


@dataclass(frozen=True, slots=True)
class Badge:
    """An issued credential, with what it is for and the claim that it rests on."""

    achievement: Achievement
    claim: SignedClaim
    credential: dict[str, Any]

    def png(self) -> bytes:
        """A picture with the credential in it."""
        return credentials.bake_png(credentials.badge_png(self.achievement), self.credential)

    def svg(self) -> bytes:
        """A drawing with the credential in it."""
        return credentials.bake_svg(credentials.badge_svg(self.achievement), self.credential)


def issue(proof: Proof, name: str) -> Badge:
    """A badge for a skill that is held, or for a project that was handed in.

    Args:
        proof: Signs the claim, where there is none yet, and the badge.
        name: The slug of a skill or project; ``skill/`` or ``project/`` before it says which.

    Raises:
        NotFound: no such skill or project in the record.
        Conflict: the evidence does not say that the skill is held.
    """
    kind, _, slug = name.rpartition("/")
    if kind not in {"", "skill", "project"}:
        raise NotFound(f"There is no {name!r}: name a skill or project, such as skill/pca.")
    if kind != "project" and slug in proof.app.bank.graph.skills:
        achievement, claim = _skill(proof, slug)
    elif kind != "skill":
        achievement, claim = _project(proof, slug)
    else:
        raise NotFound(f"There is no skill {slug!r}; `journeyman map` lists them.")
    made = credentials.issue(proof.signer(), achievement, [claim], at=proof.app.clock())
    return Badge(achievement, claim, made)


def _skill(proof: Proof, slug: str) -> tuple[Achievement, SignedClaim]:
    mastery = proof.app.mastery().get(slug)
    if mastery is None or mastery.level != "held":
        raise Conflict(
            f"Your record does not say yet that you hold the skill {slug!r}, so no badge is "
            f"issued; `journeyman practise {slug}` adds evidence."
        )
    skill = proof.app.bank.graph.skills[slug]
    criteria = (
        "Tasks of Journeyman on this skill, after which its learner model holds the skill with a "
        "probability whose 90 % interval lies high enough to call it held."
    )
    told = f"{skill.title}: a skill of machine-learning engineering, with its evidence."
    return Achievement("skill", slug, skill.title, told, criteria), proof.claim_skill(slug)


def _project(proof: Proof, slug: str) -> tuple[Achievement, SignedClaim]:
    believed = proof.signer().ring.believed if proof.keyring.exists else frozenset()
    claims = [
        one
        for one in proof.claims()
        if (one.claim.content.kind, one.claim.content.slug) == ("project", slug)
        and one.claim.subject.key in believed
    ]
    if not claims:
        raise NotFound(
            f"There is no skill {slug!r}, and no signed project of that name that you handed in; "
            "`journeyman project submit` hands one in."
        )
    claim = max(claims, key=lambda one: one.claim.issued_at)
    title = _title(proof, slug)
    criteria = "Handed in a project with a model, measured on rows that it was not fitted on."
    told = claim.claim.statement
    return Achievement("project", slug, title, told, criteria), claim


def _title(proof: Proof, slug: str) -> str:
    """The title of the dossier, or the name of the project where it was moved away."""
    home = proof.app.settings.home.expanduser()
    try:
        text = (home / "projects" / slug / "dossier" / "dossier.json").read_bytes()
        return Dossier.model_validate_json(text).title
    except (OSError, ValidationError):
        return slug
