"""Keys, claims and credentials as the faces call them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.app import scored as scoring
from journeyman.app.issued import Issued, Shelf
from journeyman.core.evidence import Evidence
from journeyman.errors import Invalid, NotFound
from journeyman.proof import building, forms
from journeyman.proof.canonical import canonical, sha256
from journeyman.proof.claim import Claim, Content, Interval, Pins, SignedClaim, sign
from journeyman.proof.keyring import Keyring, Passphrase, Signer
from journeyman.store import competing, ledger

if TYPE_CHECKING:
    from journeyman.app.badges import Badge
    from journeyman.app.root import App
    from journeyman.competitions.entry import Competition
    from journeyman.competitions.home import Solution
    from journeyman.delivery.viva import Result

_MOST_EVIDENCE = 100


class Proof:
    """Everything on proof for one application.

    Args:
        app: The application: its record, its learner and its clock.
        passphrase: Asked where the key is protected.
    """

    def __init__(self, app: App, passphrase: Passphrase | None = None) -> None:
        home = app.settings.home.expanduser()
        self.app = app
        self.passphrase = passphrase
        self.keyring = Keyring(home / "keys", app.clock)
        self.folder = home / "claims"

    def signer(self) -> Signer:
        """The learner's open key; a first one is made where there is none."""
        name = self.app.learner.name
        return self.keyring.signer(name, self.passphrase) if self.passphrase else (
            self.keyring.signer(name)
        )  # fmt: skip

    # Claims

    def claims(self) -> tuple[SignedClaim, ...]:
        """Every claim made so far, oldest first."""
        files = sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []
        return tuple(SignedClaim.read(file.read_bytes(), str(file)) for file in files)

    def claim(self, identifier: str) -> SignedClaim:
        """One claim, by its id or the last digits of it."""
        found = [one for one in self.claims() if one.claim.id.endswith(identifier)]
        if len(found) != 1 or not identifier:
            raise NotFound(f"There is no one claim {identifier!r}; `journeyman claim list`.")
        return found[0]

    def drop(self, identifier: str) -> Claim:
        """Forget a claim that is not to be published again."""
        found = self.claim(identifier).claim
        (self.folder / f"{found.id}.json").unlink()
        return found

    def artifact(self, name: str) -> bytes:
        """One kept file by its hash; raises ``OSError`` where it is gone."""
        return (self.folder / "artifacts" / name).read_bytes()

    def artifacts(self, claims: Iterable[SignedClaim], *, labels: bool = False) -> list[bytes]:
        """The kept files that claims pin: predictions, and labels where asked.

        Labels of a competition are left out by default: others may still take part in it.
        """
        wanted: list[str] = []
        for one in claims:
            pins = one.claim.pins
            wanted += [pins.predictions, pins.inputs, pins.model, pins.code, pins.train]
            wanted += [pins.labels] if labels else []
        files = [self.folder / "artifacts" / name for name in dict.fromkeys(wanted) if name]
        return [file.read_bytes() for file in files if file.is_file()]

    def claim_exercise(self, slug: str) -> SignedClaim:
        """Claim an exercise that was passed.

        Raises:
            NotFound: it was not passed yet.
        """

        def passed(fact: Evidence) -> bool:
            graded = fact.kind == "exercise" and fact.how == "graded"
            return graded and fact.slug == slug and fact.score >= 1.0

        with self.app.reading() as session:
            fact = next(filter(passed, ledger.history(session)), None)
        if fact is None:
            raise NotFound(f"You have not passed an exercise {slug!r} yet, so nothing is claimed.")
        exercise = self.app.bank.exercises.get(slug)
        title = _plain(exercise.title if exercise else slug)
        return self._sign(
            lambda signer: building.claim(
                subject=signer.name,
                key=signer.key,
                statement=f"Passed every check, seen and unseen, of the exercise {title}.",
                metric="score",
                value=fact.score,
                content=Content(
                    kind="exercise", slug=slug, version=fact.version, sha256=fact.sha256
                ),
                at=self.app.clock(),
                seed=fact.seed,
                isolation=fact.isolation,
                evidence=[fact.id],
            )
        )

    def claim_skill(self, slug: str) -> SignedClaim:
        """Claim the present mastery of a skill, with its 90 % interval.

        Raises:
            NotFound: no such skill, or no evidence of its own.
        """
        found = self.app.mastery().get(slug)
        if found is None or not found.pieces:
            raise NotFound(f"There is no evidence on a skill {slug!r} yet, so nothing is claimed.")
        with self.app.reading() as session:
            facts = [one.id for one in ledger.history(session) if slug in one.skills]
        title = _plain(self.app.bank.graph.skills[slug].title)
        return self._sign(
            lambda signer: building.claim(
                subject=signer.name,
                key=signer.key,
                statement=f"Probability, by the learner model, that the skill {title} is held.",
                metric="mastery",
                value=found.mean,
                interval=Interval(
                    low=min(found.low, found.mean), high=max(found.high, found.mean),
                    level=0.9, method="posterior",
                ),
                content=Content(
                    kind="skill", slug=slug, version=1, sha256=sha256(canonical(facts))
                ),
                at=self.app.clock(),
                evidence=facts[-_MOST_EVIDENCE:],
            )
        )  # fmt: skip

    def claim_competition(
        self, slug: str, password: str | None = None, *, with_code: bool = False
    ) -> SignedClaim:
        """Claim the private score of the submission that the learner stood by.

        Args:
            slug: A competition that was closed.
            password: Of sealed labels.
            with_code: Publish the submitted code with the claim, so that it can be run again.

        Raises:
            Invalid: it is not closed yet, or keeps no predictions, or there is no code to publish.
        """
        with self.app.reading() as session:
            outcome = competing.entrant(session, slug).outcome
            if not outcome:
                raise Invalid(f"{slug} is not closed yet; `journeyman compete close {slug}` first.")
            chosen = competing.get_submission(session, str(outcome["chosen"]))
            packed = competing.get_predictions(session, chosen.id)
            facts = [one.id for one in ledger.history(session) if one.slug == slug]
        competition, solution = self._solution(slug, password)
        if packed is None or solution is None or competition.rules is not None:
            raise Invalid(f"{slug} keeps no predictions and labels that a claim could pin.")
        if with_code and not chosen.code:
            raise Invalid(
                f"You stood by a file of predictions in {slug}, not by code, so none can be "
                "published; the claim can be scored again without it."
            )
        home = self.app.competitions.home(slug)
        tables = scoring.tables_of(competition, home) if chosen.code else {}
        scored = scoring.Scored(competition, solution, packed, chosen, tables)
        code = [chosen.code.encode()] if with_code and chosen.code else []
        self._keep(scored.predictions, scored.labels, *code)
        return self._sign(
            lambda signer: building.claim(
                subject=signer.name,
                key=signer.key,
                statement=f"Private score in the competition {_plain(competition.title)}.",
                metric=competition.metric.name,
                value=scored.value,
                interval=scored.interval,
                content=Content(
                    kind="competition", slug=slug, version=chosen.version, sha256=chosen.sha256
                ),
                at=self.app.clock(),
                pins=scored.pins,
                seed=chosen.seed,
                evidence=facts[-_MOST_EVIDENCE:],
            )
        )

    def claim_made(self, build: Callable[[Signer], Claim], *files: bytes) -> SignedClaim:
        """Sign and keep a claim that another part of the application builds.

        Args:
            build: Makes it for the open key.
            files: What it pins.
        """
        self._keep(*files)
        return self._sign(build)

    def claim_viva(self, project: str, result: Result) -> SignedClaim:
        """Claim a sitting of questions on a project's run; the sitting itself is kept with it.

        Raises:
            Invalid: the name of the project cannot stand in a claim.
        """
        from journeyman.proof import vivas  # noqa: PLC0415

        sitting = result.canonical()
        read = vivas.Sitting.read(sitting, "the sitting", vivas.LONGEST)
        content = forms.made(
            Content, kind=vivas.KIND, slug=project, version=1, sha256=sha256(sitting)
        )
        return self.claim_made(
            lambda signer: building.claim(
                subject=signer.name,
                key=signer.key,
                statement=vivas.statement(project, read),
                metric="score",
                value=result.right / result.asked,
                content=content,
                at=self.app.clock(),
                pins=forms.made(Pins, predictions=result.predictions),
                seed=result.seed,
            ),
            sitting,
        )

    def badge(self, name: str, address: str | None = None) -> Badge:
        """A badge for a skill that is held or a project that was handed in; see ``app.badges``."""
        from journeyman.app import badges  # noqa: PLC0415 - its contexts are slow to load

        return badges.issue(self, name, address)

    @property
    def issued(self) -> Shelf:
        """The badges that were issued."""
        return Shelf(self.app.settings.home.expanduser())

    def revoke_badges(self, name: str) -> tuple[Issued, ...]:
        """Revoke the badges for a thing; a verifier sees it once the site is published again."""
        return self.issued.revoke(name, forms.instant(self.app.clock()))

    def labels(self, slug: str, password: str | None = None) -> bytes:
        """The file of a competition's private labels, as claims on it pin it.

        Whoever has the competition's data can make it, and so check a claim that leaves it out.
        """
        _, solution = self._solution(slug, password)
        if solution is None:
            raise Invalid(f"The labels of {slug} are sealed; their password opens them.")
        return scoring.labels_of(solution)

    def tables(self, slug: str, password: str | None = None) -> dict[str, bytes]:
        """All files that claims on a competition pin but do not bring, by the name to write.

        With these in a folder, ``journeyman verify --data`` scores a claim and runs its code again.
        """
        competition, _ = self._solution(slug, password)
        found = scoring.tables_of(competition, self.app.competitions.home(slug))
        named = {f"{name}.arrow": data for name, data in found.items()}
        return {"labels.csv": self.labels(slug, password), **named}

    def _sign(self, build: Callable[[Signer], Claim]) -> SignedClaim:
        """Sign and keep a claim; the one there is, where nothing in it would be new."""
        signer = self.signer()
        made = build(signer)
        for old in self.claims():
            if _same(old.claim, made) and old.claim.subject.key in signer.ring.believed:
                return old
        signed = sign(made, signer.private, self.app.clock())
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self.folder / f"{made.id}.json", signed.to_bytes())
        return signed

    def _keep(self, *files: bytes) -> None:
        place = self.folder / "artifacts"
        place.mkdir(parents=True, exist_ok=True)
        for data in files:
            _write(place / sha256(data), data)

    def _solution(self, slug: str, password: str | None) -> tuple[Competition, Solution | None]:
        contests = self.app.competitions
        competition = contests.entry(slug)
        return competition, contests.solution(competition, password)


def _same(old: Claim, new: Claim) -> bool:
    moving = {"id", "issued_at", "environment", "threads", "subject"}
    return old.plain() | dict.fromkeys(moving) == new.plain() | dict.fromkeys(moving) and (
        old.subject.name == new.subject.name
    )


def _plain(title: str) -> str:
    """A title as it may stand in a claim."""
    return title.replace("<", "(").replace(">", ")")[:120]


def _write(file: Path, data: bytes) -> None:
    """The whole file or nothing."""
    new = file.with_name(f".{file.name}.new")
    new.write_bytes(data)
    new.replace(file)
