"""Fixtures: a record with everything that a portfolio can show, made without a sandbox or data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from journeyman.core.evidence import Evidence
from journeyman.core.identifiers import new_id
from journeyman.portfolio import choices
from journeyman.proof.canonical import sha256
from journeyman.proof.claim import Content, sign
from journeyman.store import competing, ledger
from journeyman.store.competing import Submission
from journeyman.store.session import Session
from tests.answers import right, wrong
from tests.proof.making import make_claim
from tests.study.test_study import practise_well

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">'
    '<script>alert(1)</script><rect width="400" height="200" fill="#f4f1ea"/>'
    '<polyline points="20,180 120,90 220,60 380,30" fill="none" stroke="#1f5fa8" '
    'stroke-width="3"/></svg>'
)
POST = """\
---
title: A column that knew the answer
date: 2026-02-20
summary: How one feature gave a model its score, and how I found out.
tags: evaluation, leakage
---
The loss is $L(y, p) = -y \\log p - (1-y)\\log(1-p)$, summed over rows:

$$
\\frac{1}{n} \\sum_{i=1}^{n} L(y_i, p_i)
$$

## What the fold showed

| fold | rows |
|---|---|
| 1 | 120 |

```python
def leak(frame):
    return frame["paid_at"].notna()  # known only afterwards
```

```chart
title: Loss by epoch
epoch,training,validation
1,0.92,0.95
2,0.61,0.70
3,0.45,0.66
```

![A falling line](loss.svg)

More in [the second post](second.md) and [elsewhere](https://example.org/leaks).
"""
SECOND = """\
---
title: Second thoughts
date: 2026-03-01
---
A short one.
"""


def dossier(slug: str = "late-parcels", **changes) -> dict:
    """A project's dossier, complete."""
    return {
        "form": 1,
        "slug": slug,
        "title": "Which parcels will be late",
        "summary": "A model that *warns* a depot, the evening before, which parcels will miss their day.",
        "problem": "Given an order at 18:00, how likely is it to arrive late? A missed warning costs "
        "a call; a false one costs **nothing but attention**.",
        "audience": "The shift lead of a depot with 40 vans.",
        "code_url": "https://code.example/ada/late-parcels",
        "commit": "4f2a9c81d0b7e6a5c3f1",
        "submitted": "2026-02-27T16:30:00Z",
        "skills": {"cross-validation": 1.0, "calibration": 0.5},
        "numbers": [
            {
                "name": "auc",
                "title": "Area under the ROC curve",
                "value": 0.8312,
                "low": 0.8154,
                "high": 0.8467,
                "rows": 4200,
                "better": "higher",
                "part": "hidden hold-out",
                "baseline": 0.7421,
                "baseline_title": "logistic regression",
            },
            {
                "name": "log-loss",
                "title": "Log loss",
                "value": 0.3911,
                "low": 0.3702,
                "high": 0.4125,
                "rows": 4200,
                "better": "lower",
                "part": "hidden hold-out",
                "baseline": 0.4,
                "baseline_title": "logistic regression",
            },
        ],
        "charts": [
            {
                "file": "charts/calibration.svg",
                "title": "Calibration",
                "caption": "Said against happened, in ten bins.",
                "table": "charts/calibration.csv",
            }
        ],
        "sections": {
            "Data card": "Orders of one depot, 2024 to 2025; no names, no addresses.",
            "Method": "Boosted trees on 31 columns, tuned by $5$-fold cross-validation by week.",
            "Decision log": "1. Split by week, not at random.\n2. Left out `carrier_note`.",
            "Errors and failure modes": "It is too sure of parcels that change vans.",
            "Cost": "Training takes two minutes on one core; see [the log](runs/1.json).",
            "What did not work": "A recurrent network over scans was no better, and slower.",
            "Model card": "Meant for one depot. Not for rating drivers.",
        },
        "reproduced": "Reproduced",
        "looks": 2,
        **changes,
    }


def put_project(home: Path, slug: str = "late-parcels", **changes) -> Path:
    """Write a dossier where a submitted project leaves it."""
    folder = home / "projects" / slug / "dossier"
    (folder / "charts").mkdir(parents=True, exist_ok=True)
    (folder / "charts" / "calibration.svg").write_text(SVG, "utf-8")
    (folder / "charts" / "calibration.csv").write_text("said,happened\n0.1,0.12\n0.9,0.84\n")
    (folder / "dossier.json").write_text(json.dumps(dossier(slug, **changes)), "utf-8")
    return folder


def put_writing(home: Path) -> None:
    """Two posts and a picture."""
    folder = home / "writing"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "2026-02-20-leak.md").write_text(POST, "utf-8")
    (folder / "second.md").write_text(SECOND, "utf-8")
    (folder / "draft.md").write_text("---\ntitle: No\ndate: 2026-03-01\ndraft: true\n---\nsecret")
    (folder / "loss.svg").write_text(SVG, "utf-8")


def put_resume(home: Path) -> None:
    """What the learner wrote of themselves."""
    row = {
        "work": [
            {
                "name": "Northern Rail",
                "position": "Data analyst",
                "startDate": "2023-04",
                "summary": "Forecasts of delays for 40 stations.",
                "highlights": ["Replaced a weekly spreadsheet by a tested job"],
            }
        ],
        "education": [
            {
                "institution": "University of Leeds",
                "area": "Mathematics",
                "studyType": "BSc",
                "startDate": "2019",
                "endDate": "2022",
            }
        ],
        "volunteer": [
            {
                "organization": "A library for tables",
                "position": "Contributor",
                "url": "https://code.example/tables",
                "summary": "Fixed the reading of dates.",
            }
        ],
        "certificates": [{"name": "A course", "date": "2025-06-01", "issuer": "A school"}],
        "publications": [{"name": "A talk on leaks", "releaseDate": "2025-11-02"}],
        "languages": [{"language": "English", "fluency": "native"}],
    }
    home.mkdir(parents=True, exist_ok=True)
    (home / "resume.json").write_text(json.dumps(row), "utf-8")


def put_competition(app, slug: str = "spam-mail", **changes) -> None:
    """A closed competition, as closing one leaves it in the store, without its data."""
    learner = app.learner
    with app.database.writing() as db:
        session = Session(db, learner.id, app.clock())
        outcome = {
            "score": 0.9721,
            "low": 0.9633,
            "high": 0.9804,
            "rung": 3,
            "rungs": 4,
            "climb": 1.0,
            "medal": "gold",
            "doubtful": False,
            "honesty": {"expected": 0.97, "held": True, "gap": 0.002},
            **changes,
        }
        submission = Submission(
            new_id(session.now), learner.id, slug, 1, "ab" * 32, "code", "L1", "scored",
            "model.py", "cd" * 32, 7, "def fit(): ...", 0.97, 0.01, "a private note",
            {"value": 0.97, "draws": []}, {"value": 0.9721, "draws": []}, session.now, session.now,
        )  # fmt: skip
        competing.add_submission(session, submission)
        competing.keep_entrant(session, slug)
        competing.keep_entrant(
            session, slug, closed_at=session.now, outcome={**outcome, "chosen": submission.id}
        )
        fact = Evidence(
            new_id(session.now), learner.id, session.now, "competition", "scored", "competition",
            slug, 1, "ab" * 32, 7, {"cross-validation": 1.0}, 1.0,
            detail={"part": "private", "metric": "auc", "score": outcome["score"]},
        )  # fmt: skip
        ledger.append(session, fact, app.fold)


def put_reviews(app) -> None:
    """One review given, one received."""
    learner = app.learner
    with app.database.writing() as db:
        session = Session(db, learner.id, app.clock())
        given = Evidence(
            new_id(session.now), learner.id, session.now, "review", "scored", "project",
            "late-parcels", 1, "ab" * 32, 0, {"cross-validation": 0.3}, 1.0,
        )  # fmt: skip
        ledger.append(session, given, app.fold)
        got = replace(given, id=new_id(session.now + timedelta(seconds=1)), how="reviewed")
        ledger.append(session, got, app.fold)


def fill(app, home: Path) -> None:
    """Something of everything."""
    app.change(name="Ada O'Neill & Søn")
    for slug in ("bayes-theorem", "pca"):
        practise_well(app, slug)
    asked = app.practise("bayes-theorem")
    app.answer_practice(asked.attempt, wrong(asked))
    asked = app.practise("pca")
    app.answer_practice(asked.attempt, right(asked))
    app.check("euclidean-distances", "no")
    app.check("euclidean-distances", "# right & <mine>\nprivate = 1\n")
    put_competition(app)
    put_competition(app, "house-prices", score=0.131, low=0.118, high=0.147, medal="", rung=1)
    put_reviews(app)
    put_project(home)
    put_project(
        home, "bird-songs", title="Birds by their song", sections={}, charts=[], problem="",
        audience="", code_url="", reproduced="", looks=0, summary="Which bird sings.",
        numbers=[dossier()["numbers"][0] | {"name": "accuracy", "title": "Accuracy",
                 "value": 0.61, "low": 0.55, "high": 0.67, "baseline": None}],
    )  # fmt: skip
    put_writing(home)
    put_resume(home)
    for name, values in {
        "headline": ["Machine-learning engineer for logistics"],
        "about": ["I build models that *depots* can act on.\n\nBefore that: forecasts."],
        "email": ["ada@example.org"],
        "location": ["Leeds, England"],
        "links": ["Code https://code.example/ada", "Talks https://talks.example/ada?a=1&b=2"],
    }.items():
        put(app, name, values)


def put(app, name: str, values: list[str]) -> None:
    """Set one field, as the command does."""
    app.publishing.choose(lambda now: choices.put(now, name, values))


def put_bundle(app, folder: Path, slug: str):
    """A claim with predictions and labels in the bundle of a dossier, by the learner's own key."""
    signer = app.proof.signer()
    claim, predictions, labels = make_claim(signer, at=app.clock())
    content = Content(kind="project", slug=slug, version=1, sha256="2" * 64)
    claim = claim.model_copy(update={"content": content})
    claims, artifacts = folder / "proof" / "claims", folder / "proof" / "artifacts"
    claims.mkdir(parents=True)
    artifacts.mkdir()
    signed = sign(claim, signer.private, app.clock())
    (claims / f"{claim.id}.json").write_bytes(signed.to_bytes())
    for data in (predictions, labels):
        (artifacts / sha256(data)).write_bytes(data)
    return claim
