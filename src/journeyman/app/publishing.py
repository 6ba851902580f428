"""The portfolio as the faces call it: what is shown, its claims, and publishing it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.app import demos
from journeyman.app.issued import Issued
from journeyman.errors import Invalid, JourneymanError, NotFound
from journeyman.portfolio import choices as choosing
from journeyman.portfolio import claiming, figures, git, queries, service, viva
from journeyman.portfolio.choices import Choices
from journeyman.portfolio.measured import Measured
from journeyman.portfolio.service import Published, Sealing
from journeyman.portfolio.shown import Contest, Portfolio
from journeyman.portfolio.site import Site
from journeyman.proof.bundle import STATUS
from journeyman.proof.claim import SignedClaim, Subject
from journeyman.proof.forms import made
from journeyman.proof.keyring import Passphrase, Signer
from journeyman.proof.signing import fingerprint
from journeyman.store import attempts, competing
from journeyman.store.session import Session

if TYPE_CHECKING:
    from journeyman.app.root import App

Change = Callable[[Choices], Choices]


class Publishing:
    """The portfolio of one application.

    Args:
        app: The application: its record, its learner and its clock.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self.home = app.settings.home.expanduser()
        self._seen: dict[tuple[str, str], Contest] = {}  # closed, so they stay as they are

    # What is shown

    def portfolio(self) -> Portfolio:
        """Everything that the site would show now."""
        contests = self._contests()
        learner = self.app.learner
        with self.app.database.reading() as db:
            session = Session(db, learner.id, self.app.clock())
            claims = {one.claim.id: one.claim for one in self.app.proof.claims()}
            vivas = viva.newest(claims.values(), self.app.proof.artifact)
            sources = queries.Sources(
                self.app.bank, self.app.fold, self.home, contests, claims, vivas
            )
            return queries.portfolio(session, learner, sources)

    def preview(self) -> Site:
        """The site as it would be, its numbers not signed yet."""
        return Site(self.portfolio(), state="preview")

    @property
    def choices(self) -> Choices:
        """What was chosen."""
        return Choices.of(self.app.learner.preferences)

    def choose(self, change: Change) -> Choices:
        """Change what was chosen, inside of the transaction that writes it."""
        learner = self.app.learner
        with self.app.database.writing() as db:
            session = Session(db, learner.id, self.app.clock())
            changed = change(Choices.of(attempts.own_learner(session).preferences))
            service.choose(session, changed)
        return changed

    def known(self, names: Sequence[str]) -> None:
        """Make sure that each name is a section, or a thing that there is.

        Raises:
            NotFound: naming the first that is not there.
        """
        if not any("/" in name for name in names):
            return
        shown = self.portfolio()
        there = {name for name, _ in self.things(shown)} | {name for name, _ in shown.left_out}
        for name in names:
            if "/" in name and name not in there:
                raise NotFound(
                    f"There is no {name} that a portfolio could show; `journeyman portfolio list` "
                    "lists what there is."
                )

    @staticmethod
    def things(shown: Portfolio) -> list[tuple[str, str]]:
        """``kind/slug`` and title of everything that is shown, in order."""
        return [
            *((f"project/{one.slug}", one.title) for one in shown.projects),
            *((f"competition/{one.contest.slug}", one.contest.title) for one in shown.competitions),
            *((f"skill/{one.skill.slug}", one.skill.title) for one in shown.skills),
            *((f"exercise/{one.exercise.slug}", one.exercise.title) for one in shown.exercises),
            *((f"post/{one.slug}", one.title) for one in shown.posts),
            *(
                (f"viva/{one.slug}", f"Questions on {one.title}")
                for one in shown.projects
                if one.viva is not None
            ),
        ]

    @staticmethod
    def asks(shown: Portfolio) -> list[str]:
        """What a reader would look for and not find, each as one sentence."""
        found = [*shown.looked.refused, *shown.troubles]
        choices = shown.choices
        if shown.learner.name == attempts.LOCAL_NAME:
            found.append("It has no name on it: `journeyman settings --name NAME`.")
        if not choices.headline:
            found.append("No headline says what you do: `journeyman portfolio set headline ...`.")
        if not choices.email and not choices.links:
            found.append("Nobody can reach you: set an email, or links to where your code is.")
        found += [
            f"The project {one.title} does not say: {'; '.join(one.asks)}."
            for one in shown.projects
            if one.asks
        ]
        found += [
            f"{words.told} on {page} {'carry' if words.several else 'carries'} no claim."
            for page, words in shown.looked.words.items()
            if words.figures
        ]
        return found

    def figures(self) -> list[tuple[str, Measured]]:
        """What texts may bind figures to: the address of each number, and the number."""
        named = self.portfolio().figures.named
        return [(f"{figures.SCHEME}{one.reference}", one.measured) for one in named]

    # Publishing

    def publish(
        self,
        out: Path,
        *,
        address: str | None = None,
        theme: str = "",
        unsigned: bool = False,
        passphrase: Passphrase | None = None,
        workflow: bool = False,
    ) -> Published:
        """Write the site into the folder ``out`` and sign it.

        Args:
            out: A new or empty folder, or one that holds an earlier site.
            address: Where it will stand, instead of the address that was chosen.
            theme: Instead of the theme that was chosen.
            unsigned: Make no claims; the pages say so.
            passphrase: Asked once, where the key is protected.
            workflow: Also write a workflow for GitHub Pages.
        """
        choices = self.choices
        if address is not None:
            choices = choosing.put(choices, "address", [address])
        if theme:
            choices = choosing.put(choices, "theme", [theme])
        shown = replace(self.portfolio(), choices=choices)
        service.refuse_foreign(out)  # before a key is made or a passphrase asked
        if shown.looked.refused:
            raise Invalid(shown.looked.refused[0])
        live, notes = demos.made(shown, self.home / "cache" / "demos")
        if unsigned:
            done = service.write(Site(shown, demos=live), out)
        else:
            done = self._signed(shown, out, passphrase, live)
        if workflow:
            service.put_workflow(out, ".")
        if choices.address and choices.address != self.choices.published:
            self.choose(lambda now: replace(now, published=choices.address))
        return replace(done, notes=(*self.asks(shown), *notes, *self._old_badges(shown)))

    def _old_badges(self, shown: Portfolio) -> list[str]:
        """What has to be done about badges of keys that sign no more."""
        proof, address = self.app.proof, shown.choices.address
        if not address or not proof.keyring.exists:
            return []
        ring = proof.keyring.ring
        old = {
            one.title
            for one in proof.issued.read()
            if one.address == address and one.key != ring.current and not one.revoked
        }
        return [
            f"The badge for {title} is signed with an earlier key, and some wallets will not "
            "follow: write it anew with `journeyman badge`."
            for title in sorted(old)
        ]

    def publish_to_git(
        self, repository: Path, out: Path | None = None, *, workflow: bool = False, **wishes: object
    ) -> Published:
        """Publish into a repository and commit; nothing is pushed.

        Args:
            repository: The top of a working tree without changes.
            out: A folder inside of it; the top by default.
            workflow: Also write a workflow for a host of pages.
            wishes: As for :meth:`publish`.
        """
        folder = repository if out is None else out
        if not folder.resolve().is_relative_to(repository.resolve()):
            raise Invalid(f"{folder} lies outside of the repository {repository}.")
        git.require_clean(repository)
        inside = folder.resolve().relative_to(repository.resolve()).as_posix()
        done = self.publish(folder, **wishes)  # type: ignore[arg-type]
        if workflow:
            service.put_workflow(repository, inside)
        commit = git.commit(repository, "Publish the portfolio")
        return replace(done, commit=commit)

    def _signed(
        self,
        shown: Portfolio,
        out: Path,
        passphrase: Passphrase | None,
        live: Mapping[str, bytes],
    ) -> Published:
        proof = self.app.proof
        if passphrase is not None:
            proof.passphrase = _once(passphrase)
        _check_name(self.app.learner.name)
        signer = proof.signer()
        self._claim_competitions(shown)
        known = list(proof.claims())
        bundled = [claim for one in shown.projects for claim in one.claims]
        shelf = claiming.Shelf(proof.folder / claiming.FOLDER)
        signed, own = claiming.signed(
            shown.measured,
            signer,
            self.app.clock(),
            known=[*known, *bundled],
            kept=shelf.read(),
        )
        shelf.keep(own)
        issued = self._issued(shown, signer)
        behind = {one.claim for one in issued if not one.revoked}
        claims = _each_once(
            [*signed.by_key.values(), *(one for one in known if one.claim.id in behind)]
        )
        pinned = [data for one in shown.projects for data in one.artifacts]
        pinned += [one.viva.sitting for one in shown.projects if one.viva is not None]
        artifacts = list(dict.fromkeys([*proof.artifacts(claims), *pinned]))
        newest = max((one.claim.issued_at for one in claims), default="")
        at = max(shown.at, datetime.fromisoformat(newest)) if newest else shown.at
        key = (signer.key, fingerprint(signer.key))
        status = _status(signer, shown.choices.address, issued, at)
        site = Site(shown, signed, "signed", key, live, status)
        return service.write(site, out, Sealing(signer, claims, at, artifacts))

    def _issued(self, shown: Portfolio, signer: Signer) -> tuple[Issued, ...]:
        """The badges that name this site's address."""
        address = shown.choices.address
        return self.app.proof.issued.of(address, signer.ring.believed) if address else ()

    def _claim_competitions(self, shown: Portfolio) -> None:
        """Claims with predictions, which a stranger can score again, where the data are here."""
        known = [one.claim for one in self.app.proof.claims()]
        for one in shown.competitions:
            pinned = [claim for claim in known if claim.pins.predictions]
            if any(one.measured.is_claimed_by(claim) for claim in pinned):
                continue
            try:
                self.app.proof.claim_competition(one.contest.slug)
            except JourneymanError:  # the data are not here: the number is claimed without them
                continue

    def _contests(self) -> dict[str, Contest]:
        """Competitions that the learner took part in; none is read where there is none."""
        learner = self.app.learner
        with self.app.database.reading() as db:
            session = Session(db, learner.id, self.app.clock())
            slugs = {one.slug for one in competing.find_submissions(session)}
            closed = {s: competing.entrant(session, s).outcome for s in sorted(slugs)}
        found = {}
        for slug, outcome in closed.items():
            if outcome:
                contest = self._contest(slug, str(outcome.get("chosen")))
                if contest is not None:
                    found[slug] = contest
        return found

    def _contest(self, slug: str, chosen: str) -> Contest | None:
        if (slug, chosen) in self._seen:
            return self._seen[slug, chosen]
        found = self._looked_up(slug, chosen)
        if found is not None:
            self._seen[slug, chosen] = found
        return found

    def _looked_up(self, slug: str, chosen: str) -> Contest | None:
        try:
            entry = self.app.competitions.entry(slug)
        except JourneymanError:
            return None
        metric = entry.metric
        contest = Contest(
            slug, entry.title, entry.summary, metric.name, metric.title, metric.better
        )
        try:
            board = self.app.competitions.board(slug)
        except JourneymanError:  # the data are not here: the record alone is shown
            return contest
        mine = next((line for line in board.lines if line.submission == chosen), None)
        if mine is None or board.part != "private":
            return contest
        tied = tuple(
            line.name for line in board.lines if line.kind == "house" and line.rank == mine.rank
        )
        return replace(contest, rows=board.rows, rank=mine.rank, lines=len(board.lines), tied=tied)


def _status(
    signer: Signer, address: str, issued: Sequence[Issued], at: datetime
) -> dict[str, bytes]:
    """The signed status list of badges, where there are any for this address."""
    if not issued:
        return {}
    from journeyman.proof import credentials  # noqa: PLC0415 - its contexts are slow to load

    gone = [one.index for one in issued if one.revoked]
    made = credentials.status_list(signer, address, gone, at)
    return {STATUS: json.dumps(made, sort_keys=True).encode()}


def _check_name(name: str) -> None:
    """Make sure that a name can be signed.

    Raises:
        Invalid: it has angle brackets or invisible characters.
    """
    try:
        made(Subject, name=name, key="A" * 43)
    except Invalid as error:
        raise Invalid(
            f"Your name {name!r} cannot be signed, because of angle brackets or invisible "
            "characters: change it with `journeyman settings --name`, or publish with --unsigned."
        ) from error


def _once(passphrase: Passphrase) -> Passphrase:
    """The same, asking one time only."""
    said: list[str] = []

    def ask() -> str:
        if not said:
            said.append(passphrase())
        return said[0]

    return ask


def _each_once(claims: Iterable[SignedClaim]) -> list[SignedClaim]:
    found = {one.claim.id: one for one in claims}
    return [found[name] for name in sorted(found)]
