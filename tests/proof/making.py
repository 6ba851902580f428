"""A small published site with one claim that can be scored again, for the tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from journeyman.proof import building, pages
from journeyman.proof.bundle import canonical_ids, seal
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import Claim, Content, Interval, Pins, SignedClaim, sign
from journeyman.proof.keyring import Keyring, Signer
from journeyman.scoring import registry, resampling
from journeyman.scoring.metric import Truth

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROWS = 400


@dataclass
class Site:
    """A sealed site with everything that went into it."""

    folder: Path
    keyring: Keyring
    signer: Signer
    claim: Claim
    signed: SignedClaim
    predictions: bytes
    labels: bytes

    @property
    def claim_file(self) -> Path:
        return self.folder / "proof" / "claims" / f"{self.claim.id}.json"

    @property
    def predictions_file(self) -> Path:
        return self.folder / "proof" / "artifacts" / sha256(self.predictions)

    def page(self, name: str = "index.html") -> Path:
        return self.folder / name


def numbers(rows: int = ROWS) -> tuple[list[str], np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    target = rng.integers(0, 2, rows)
    given = np.round(np.clip(0.5 * target + 0.6 * rng.random(rows), 0, 1), 6)
    return [f"row-{n}" for n in range(rows)], target, given


def make_claim(signer: Signer, *, value: float | None = None, at: datetime = NOON, **pins: str):
    ids, target, given = numbers()
    predictions = building.predictions_file(ids, given)
    labels = building.labels_file(ids, target)
    metric, truth = registry.get("auc"), Truth(target)
    score = metric.value(truth, given)
    draws = resampling.replicates(metric, truth, given, seed=2015, resamples=200)
    found = resampling.interval(metric, score, draws)
    claim = building.claim(
        subject=signer.name,
        key=signer.key,
        statement="Private score in the competition Late parcels.",
        metric="auc",
        value=score if value is None else value,
        interval=Interval(
            low=found.low, high=found.high, level=0.95, method="bootstrap", seed=2015, resamples=200
        ),
        content=Content(kind="competition", slug="late-parcels", version=1, sha256="1" * 64),
        at=at,
        pins=Pins(
            predictions=sha256(predictions),
            labels=sha256(labels),
            split=canonical_ids(ids),
            **pins,
        ),
        seed=11,
        evidence=("0" * 28,),
    )
    return claim, predictions, labels


def page_of(claim: Claim, *, title: str = "Ada's work") -> str:
    value = pages.shown(claim)
    low, high = (pages.shown(claim, field=one) for one in ("low", "high"))
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>"
        '<link rel="stylesheet" href="site.css"></head>'
        f"<body><h1>{title}</h1><p>AUC {value} ({low} to {high}), "
        f"that is {pages.shown(claim, 1, percent=True)}.</p></body></html>\n"
    )


def make_site(folder: Path, keys: Path, *, name: str = "Ada Byron") -> Site:
    keyring = Keyring(keys, lambda: NOON - timedelta(days=1))
    signer = keyring.signer(name)
    claim, predictions, labels = make_claim(signer)
    signed = sign(claim, signer.private, NOON)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(page_of(claim), "utf-8")
    (folder / "about.html").write_text("<!doctype html><title>About</title><p>I am Ada.</p>\n")
    (folder / "site.css").write_text("p { color: black }\n")
    site = Site(folder, keyring, signer, claim, signed, predictions, labels)
    reseal(site)
    return site


def reseal(site: Site, at: datetime = NOON + timedelta(hours=1), **changes) -> None:
    given = {
        "claims": [site.signed],
        "key": site.signer,
        "artifacts": [site.predictions, site.labels],
    }
    seal(site.folder, at=at, **{**given, **changes})
