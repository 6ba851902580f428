"""A version bump grades stored submissions again and keeps the old grade beside the new."""

from dataclasses import replace

SLUG = "euclidean-distances"


def bump(app):
    entry = app.bank.exercises[SLUG]
    newer = replace(entry, version=entry.version + 1, sha256="f" * 64)
    app.__dict__["bank"] = replace(app.bank, exercises={**app.bank.exercises, SLUG: newer})


def test_nothing_to_do_without_a_new_version(app):
    app.check(SLUG, "right")
    assert app.regrade() == ()


def test_old_and_new_stand_side_by_side(app, monkeypatch):
    app.check(SLUG, "right")
    app.check(SLUG, "no")
    first = app.exercise(SLUG).handed
    bump(app)
    grade = app.sandbox.grade

    def stricter(exercise, key, source, *, seed):
        return grade(exercise, key, source.replace("right", "no longer"), seed=seed)

    monkeypatch.setattr("journeyman.app.exercises.answer_key", lambda *_: None)
    app.sandbox.grade = stricter
    done = app.regrade()
    assert [(one.old, one.new, one.changed) for one in done] == [
        ("passed", "failed", True),
        ("failed", "failed", False),
    ]
    assert [one.verdict for one in app.exercise(SLUG).handed] == [one.verdict for one in first]
    newest = app.progress().facts[0]
    assert (newest.how, newest.score, newest.version) == ("re-run", 0.0, 2)
    assert app.progress().total == 3
    assert app.regrade() == ()
    assert len(app.regraded(SLUG)) == 2
