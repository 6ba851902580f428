"""Open Badges on one's own record: what may be issued, and what is written on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from journeyman.app.issued import Issued, Shelf
from journeyman.core.dossier import Dossier
from journeyman.errors import Conflict, Invalid, NotFound
from journeyman.portfolio import choices
from journeyman.portfolio.choices import Choices
from journeyman.proof import credentials
from journeyman.proof.claim import SignedClaim
from journeyman.proof.credentials import Achievement
from journeyman.proof.forms import instant

if TYPE_CHECKING:
    from journeyman.app.proof import Proof


@dataclass(frozen=True, slots=True)
class Badge:
    """An issued credential, with what it is for and the claim that it rests on.

    Attributes:
        address: Of the site that shows the claim and the status list; empty for none.
    """

    achievement: Achievement
    claim: SignedClaim
    credential: dict[str, Any]
    address: str = ""

    def png(self) -> bytes:
        """A picture with the credential in it."""
        return credentials.bake_png(credentials.badge_png(self.achievement), self.credential)

    def svg(self) -> bytes:
        """A drawing with the credential in it."""
        return credentials.bake_svg(credentials.badge_svg(self.achievement), self.credential)


def issue(proof: Proof, name: str, address: str | None = None) -> Badge:
    """A badge for a skill that is held, or for a project that was handed in.

    Args:
        proof: Signs the claim, where there is none yet, and the badge.
        name: The slug of a skill or project; ``skill/`` or ``project/`` before it says which.
        address: Where the site stands, or empty for none; by default where it was last published.

    Raises:
        NotFound: no such skill or project in the record.
        Conflict: the evidence does not say that the skill is held.
        Invalid: the address is not https.
    """
    where = _address(proof, address)
    kind, _, slug = name.rpartition("/")
    if kind not in {"", "skill", "project"}:
        raise NotFound(f"There is no {name!r}: name a skill or project, such as skill/pca.")
    if kind != "project" and slug in proof.app.bank.graph.skills:
        achievement, claim = _skill(proof, slug)
    elif kind != "skill":
        achievement, claim = _project(proof, slug)
    else:
        raise NotFound(f"There is no skill {slug!r}; `journeyman map` lists them.")
    return _issued(proof, achievement, claim, where)


def _address(proof: Proof, said: str | None) -> str:
    """Where the site stands: as said, else as published, else as chosen; only https will do."""
    own = Choices.of(proof.app.learner.preferences)
    if said is None:
        found = own.published or own.address
        return found if found.startswith("https://") else ""
    if said and not said.startswith("https://"):
        raise Invalid(f"{said!r} is no https address; without one, write --no-address.")
    return choices.put(own, "address", [said]).address if said else ""


def _issued(proof: Proof, achievement: Achievement, claim: SignedClaim, address: str) -> Badge:
    """Sign it, and keep its place in the status list before anybody holds it."""
    signer, at = proof.signer(), proof.app.clock()
    shelf = Shelf(proof.app.settings.home.expanduser())
    name = f"{achievement.kind}/{achievement.slug}"
    index = shelf.place(name, claim.claim.id, signer.key, address)
    made = credentials.issue(
        signer, achievement, [claim], at=at, base_url=address, index=max(0, index)
    )
    shelf.add(
        Issued(index, name, achievement.name, claim.claim.id, signer.key, instant(at), address)
    )
    return Badge(achievement, claim, made, address)


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
