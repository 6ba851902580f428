"""The command line of proof, and claims on a record: exit codes, and one sentence for a mishap."""

import json
import shutil
import subprocess
import sys

import pytest

from journeyman.errors import Invalid, NotFound
from journeyman.proof import browser
from journeyman.proof.bundle import seal
from journeyman.proof.checking import check
from tests.competitions.conftest import SAMPLE
from tests.proof.making import NOON, page_of

SLUG = "shop-returns"


def test_verify_needs_no_record_and_writes_none(site, run, tmp_path):
    done = run("verify", str(site.folder))
    assert done.code == 0
    assert "Verified: 7 files, 1 claim and 4 numbers on pages." in done.out
    assert "does not show that the author measured them honestly" in done.out
    found = run("verify", str(site.folder), "--depth", "rescore", "--json").json
    assert found["verified"]
    assert found["reached"] == {site.claim.id: "rescore"}
    assert found["steps"][0]["cpu_seconds"] >= 0
    assert not (tmp_path / "home").exists()


def test_exit_codes_of_verify(site, run, tmp_path):
    (tmp_path / "text.json").write_text("not json")
    (tmp_path / "other.json").write_text('{"a":1}')
    for words, code in {
        (str(site.folder), "--key", "A" * 43): 1,
        (str(site.folder), "--depth", "reinfer"): 0,
        (str(site.folder), "--depth", "reinfer", "--require"): 1,
        ("nowhere",): 2,
        (str(tmp_path),): 2,
        ("text.json",): 2,
        ("other.json",): 2,
        (str(site.folder), "--data", "nowhere"): 2,
        (str(site.folder), "--lock", "nowhere"): 2,
        (str(site.folder), "--depth", "deep"): 2,
        ("http://127.0.0.1:9/",): 3,
    }.items():
        done = run("verify", *words)
        assert done.code == code, (words, done.err)
        assert "Traceback" not in done.err
        assert done.err.count("\n") == (code > 1)
    site.page().write_text("gone")
    done = run("verify", str(site.folder))
    assert done.code == 1
    assert "FALSE index.html: This file was changed after it was signed." in done.out


def test_keys_from_first_to_lost(run, tmp_path):
    first = run("key show --json").json
    assert not first["protected"]
    (tmp_path / "secret").write_text("correct horse battery\n")
    (tmp_path / "wrong").write_text("another horse battery\n")
    assert run("key protect --new-passphrase-file secret --json").json["protected"]
    for words, sentence in {
        "key rotate": "--passphrase-file",
        "key rotate --passphrase-file wrong": "does not open your key",
        "key rotate --passphrase-file nowhere": "cannot be read",
        "key protect --passphrase-file secret": "--new-passphrase-file",
        "key revoke nonsense --passphrase-file secret": "no key",
    }.items():
        done = run(words)
        assert (done.code, sentence in done.err) == (2, True), done.err
    second = run("key rotate --passphrase-file secret --json").json
    assert second["key"] != first["key"]
    third = run("key revoke --reason stolen --passphrase-file secret --json").json
    assert third["history"]["revocations"][0]["key"] == second["key"]
    assert not run("key protect --off --passphrase-file secret --json").json["protected"]
    lost = run("key rotate --lost --json").json
    assert len(lost["history"]["keys"]) == 1


def test_exercises_and_skills_are_claimed_from_the_record(app, tmp_path):
    slug, exercise = next(iter(app.bank.exercises.items()))
    skill = next(iter(exercise.skills))
    proof = app.proof
    with pytest.raises(NotFound, match="nothing is claimed"):
        proof.claim_exercise(slug)
    with pytest.raises(NotFound, match="nothing is claimed"):
        proof.claim_skill(skill)
    app.check(slug, "right")
    signed = proof.claim_exercise(slug)
    assert signed.faults() == []
    assert (signed.claim.value, signed.claim.content.sha256) == (1.0, exercise.sha256)
    assert signed.claim.isolation == "full"
    assert proof.claim_exercise(slug) == signed  # nothing new to claim
    mastery = proof.claim_skill(skill)
    found = app.mastery()[skill]
    assert mastery.claim.value == pytest.approx(found.mean, abs=1e-4)  # it fades by the second
    assert mastery.claim.interval.low == pytest.approx(found.low, abs=1e-3)
    assert mastery.claim.evidence == signed.claim.evidence
    assert proof.claims() == (signed, mastery)
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(
        "<!doctype html><title>t</title>" + page_of(mastery.claim), "utf-8"
    )
    seal(site, proof.claims(), proof.signer(), at=app.clock())
    verdict = check(site, "rescore")
    assert verdict.verified
    assert not verdict.complete
    proof.keyring.rotate(revoking="stolen")
    again = proof.claim_exercise(slug)
    assert again != signed
    assert proof.drop(signed.claim.id) == signed.claim
    assert signed not in proof.claims()


@pytest.mark.slow
def test_a_competition_is_claimed_and_scored_again_by_a_stranger(run, monkeypatch, tmp_path):
    monkeypatch.setenv("JOURNEYMAN_CURRICULUM", str(SAMPLE))
    assert run("compete", "get", SLUG).code == 0
    assert "not closed yet" in run("claim", "competition", SLUG).err
    sample = tmp_path / "home" / "competitions" / SLUG / "sample_submission.csv"
    assert run("compete", "submit", SLUG, str(sample)).code == 0
    assert run("compete", "close", SLUG).code == 0
    made = run("claim", "competition", SLUG, "--json").json
    listed = run("claim list --json").json["claims"]
    assert listed == [made]
    identifier = made["claim"]["id"]
    assert run("claim", "show", identifier[-8:], "--out", "claim.json").code == 0
    labels = tmp_path / "labels"
    labels.mkdir()
    assert run("claim", "labels", SLUG, str(labels / "labels.csv")).code == 0
    kept = tmp_path / "home" / "claims" / "artifacts" / made["claim"]["pins"]["predictions"]
    shutil.copy(kept, labels)
    found = run("verify", "claim.json", "--depth", "rescore", "--data", "labels", "--json").json
    assert found["reached"] == {identifier: "rescore"}, found
    assert run("claim", "countersign", "claim.json", "--role", "issuer", "--name", "Me").code == 2
    assert run("claim", "drop", identifier).code == 0
    assert run("claim list").out.startswith("You have claimed nothing")


def test_the_script_of_the_page_agrees(site, tmp_path):
    """The same claims and the same numbers through WebCrypto, as a browser runs it."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    text = site.signed.to_bytes().decode()
    cases = {
        "good": text,
        "value": text.replace('"value":0.', '"value":0.0', 1),
        "unknown": text.replace('"claim":{', '"claim":{"aa":1,', 1),
        "space": text.replace(":", ": ", 1),
        "name": text.replace("Ada", "Eve"),
    }
    (tmp_path / "cases.json").write_text(json.dumps(cases), "utf-8")
    (tmp_path / "check.js").write_text(browser.script(), "utf-8")
    (tmp_path / "run.mjs").write_text(RUN, "utf-8")
    done = subprocess.run(
        ["node", "run.mjs"], cwd=tmp_path, capture_output=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    assert {name for name, good in found["check"].items() if good} == {"good"}
    assert found["run"] == {"shown": 1, "other text": 0, "other value": 0, "no claim": 0}


RUN = """
import { readFileSync } from "node:fs";
(0, eval)(readFileSync("check.js", "utf-8"));
const cases = JSON.parse(readFileSync("cases.json", "utf-8"));
const { check, run } = globalThis.journeymanProof;
const good = (promise) => promise.then((found) => found || true, () => 0);
const out = { check: {}, run: {} };
for (const [name, text] of Object.entries(cases)) out.check[name] = Boolean(await good(check(text)));
const { claim } = JSON.parse(cases.good);
const page = (dataset, textContent) => ({
  querySelectorAll: (wanted) =>
    wanted.startsWith("script") ? [{ textContent: cases.good }] : [{ dataset, textContent }],
});
const number = { claim: claim.id, value: String(claim.value) };
const shown = claim.value.toFixed(3);
out.run.shown = await good(run(page(number, shown)));
out.run["other text"] = await good(run(page(number, "0.999")));
out.run["other value"] = await good(run(page({ ...number, value: "0.999" }, shown)));
out.run["no claim"] = await good(run(page({ ...number, claim: "x" }, shown)));
console.log(JSON.stringify(out));
"""


def test_an_embedded_claim_stands_byte_for_byte(sealed):
    text = sealed.signed.to_bytes().decode()
    assert browser.embedded(sealed.signed).count(text) == 1
    assert "<" not in text


def test_texts_that_could_end_a_script_are_refused(sealed):
    from journeyman.proof.building import claim

    with pytest.raises(Invalid, match="angle brackets"):
        claim(
            subject="</script><script>",
            key=sealed.signer.key,
            statement="x",
            metric="auc",
            value=0.5,
            content=sealed.claim.content,
            at=NOON,
        )


def test_verifying_imports_no_store(site):
    code = (
        "import sys\nfrom journeyman.proof.checking import check\n"
        f"assert check({str(site.folder)!r}).verified\n"
        "print([one for one in ('sqlalchemy', 'pandas', 'sklearn', 'numpy') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip() == "[]"
