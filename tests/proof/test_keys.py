"""Keys: made once, protected, rotated, revoked; each mishap is one clear sentence."""

import os
import stat
from datetime import timedelta

import pytest

from journeyman.errors import Conflict, Forbidden, Invalid, NotFound
from journeyman.proof.keyring import Keyring
from journeyman.proof.ring import Ring
from tests.proof.making import NOON

SECRET = "correct horse battery"


@pytest.fixture
def keyring(tmp_path):
    return Keyring(tmp_path / "keys", lambda: NOON)


def said(text):
    return lambda: text


def test_a_key_is_made_once_and_for_its_owner_alone(keyring):
    with pytest.raises(NotFound, match="no key yet"):
        _ = keyring.ring
    ring = keyring.make()
    assert keyring.make() == ring
    assert ring.faults() == []
    assert keyring.signer("Ada").key == ring.current
    if os.name == "posix":
        assert stat.S_IMODE(keyring.file.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_not_used(keyring, mode):
    keyring.make()
    keyring.file.chmod(mode)
    with pytest.raises(Forbidden, match="chmod 600"):
        keyring.signer("Ada")


def test_a_passphrase_seals_the_key(keyring):
    before = keyring.signer("Ada")
    keyring.protect(SECRET)
    assert keyring.protected
    assert before.private.private_bytes_raw() not in keyring.file.read_bytes()
    assert keyring.signer("Ada", said(SECRET)).key == before.key
    with pytest.raises(Invalid, match="does not open your key; if it is lost"):
        keyring.signer("Ada", said("wrong horse"))
    with pytest.raises(Invalid, match="--passphrase-file"):
        keyring.signer("Ada")
    with pytest.raises(Invalid, match="at least 8"):
        keyring.protect("short", said(SECRET))
    keyring.protect("", said(SECRET))
    assert not keyring.protected


def test_rotation_is_signed_by_the_old_key_and_keeps_the_passphrase(keyring):
    old = keyring.make().current
    keyring.protect(SECRET)
    ring = keyring.rotate(said(SECRET))
    assert ring.current != old
    assert ring.faults() == []
    assert ring.believed == {old, ring.current}
    assert keyring.signer("Ada", said(SECRET)).key == ring.current


def test_revoking_the_present_key_replaces_it(keyring):
    old = keyring.make().current
    ring = keyring.revoke("", "a laptop was stolen")
    assert ring.revoked == {old}
    assert ring.believed == {ring.current}
    assert ring.faults() == []
    with pytest.raises(Conflict, match="already"):
        keyring.revoke(old, "again")
    with pytest.raises(Invalid, match="no key"):
        keyring.revoke("A" * 43, "not mine")


def test_an_older_key_can_be_revoked_later(keyring):
    old = keyring.make().current
    present = keyring.rotate().current
    ring = keyring.revoke(old, "found on an old disk")
    assert (ring.current, ring.revoked) == (present, {old})


@pytest.mark.parametrize("cut", [0, 10, -1])
def test_a_damaged_key_file_says_what_to_do(keyring, cut):
    keyring.make()
    keyring.file.write_bytes(keyring.file.read_bytes()[:cut])
    with pytest.raises(Invalid, match="damaged: put back a copy"):
        keyring.signer("Ada")
    fresh = keyring.start_over()
    assert fresh.faults() == []
    assert [file for file in keyring.file.parent.iterdir() if "until" in file.name]


def test_a_key_of_another_history_is_damage(keyring, tmp_path):
    keyring.make()
    other = Keyring(tmp_path / "other", lambda: NOON)
    other.make()
    mine, theirs = keyring.file.read_bytes(), other.file.read_bytes()
    secret = theirs[theirs.index(b'"secret"') :]
    keyring.file.write_bytes(mine[: mine.index(b'"secret"')] + secret)
    with pytest.raises(Invalid, match="damaged"):
        keyring.signer("Ada")


def test_a_write_that_was_killed_leaves_the_old_key(keyring):
    key = keyring.make().current
    (keyring.file.parent / "key.json.new").write_bytes(b"half")
    assert keyring.signer("Ada").key == key
    keyring.rotate()
    assert keyring.ring.keys[0].id == key


def test_a_history_that_was_cut_or_reordered_is_refused(keyring):
    keyring.make()
    keyring.rotate()
    ring = keyring.revoke("", "lost")
    assert Ring(keys=ring.keys[1:], revocations=()).faults()
    assert Ring(keys=ring.keys[::-1], revocations=()).faults()
    assert Ring(keys=ring.keys[:1], revocations=ring.revocations).faults()
    moved = ring.revocations[0].model_copy(update={"reason": "a joke"})
    assert Ring(keys=ring.keys, revocations=(moved,)).faults()
    later = ring.keys[1].model_copy(update={"created_at": "2030-01-01T00:00:00Z"})
    assert Ring(keys=(ring.keys[0], later, *ring.keys[2:])).faults()
    assert ring.faults() == []


def test_the_instant_is_that_of_the_clock(tmp_path):
    late = Keyring(tmp_path, lambda: NOON + timedelta(days=3))
    assert late.make().keys[0].created_at == "2026-03-05T12:00:00Z"
