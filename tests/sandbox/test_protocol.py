"""A child that lies in every way it can: the judge always answers, and never says passed."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.core.exercise import Limits
from journeyman.errors import Unavailable
from journeyman.sandbox import conversation as talk
from journeyman.sandbox import wire
from journeyman.sandbox.harness import SETUP_FAILED
from journeyman.sandbox.judge import grade
from journeyman.sandbox.runner import Ending, Step, Usage
from tests.sandbox.conftest import FUZZ, doubling, exercise
from tests.sandbox.test_wire import JSON, NODES, prefixed


class Liar:
    """A link whose answers are scripted: a function from the question to the bytes that come."""

    def __init__(self, answer, ending: Ending | None = None, usage: Usage | None = None) -> None:
        self.answer = answer
        self.ending = ending or Ending(0, None, 0.0)
        self.used = usage
        self.asked = bytearray()
        self.coming = b""
        self.value = None
        self.ended = False
        self.printed = b""
        self.files = 0

    def start(self, _limits: Limits) -> "Liar":
        return self

    def step(self, outgoing: memoryview, _seconds: float) -> Step:
        if outgoing:
            self.asked += outgoing
            question, self.value = wire.read(bytes(self.asked))
            self.asked = bytearray()
            answer = self.answer(question)
            self.coming = None if answer is None else self.coming + answer
            return Step(sent=len(outgoing))
        coming, self.coming = self.coming, b""
        printed, self.printed = self.printed, b""
        if coming is None:
            return Step(received=b"")
        return Step(received=coming or None, printed=printed)

    def settle(self) -> bytes:
        return b""

    def usage(self) -> Usage | None:
        return self.used

    def scratch_bytes(self) -> int:
        return self.files

    def end(self) -> Ending:
        self.ended = True
        return self.ending


def judged(link: Liar, **details):
    verdict = grade(link, exercise(**details), doubling(), "def f(x): return 2 * x", seed=1)
    assert link.ended
    return verdict


def honest(question: dict, **claims) -> dict:
    """The header that an honest harness might send."""
    usual = {"parse": {"names": ["f"], "found": []}, "run": {"has": True}}
    return {"turn": question["turn"], **usual.get(question["op"], {"changed": []}), **claims}


HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "error",
            "bases",
            "message",
            "frames",
            "names",
            "inside",
            "kind",
            "type",
            "shown",
            "found",
            "has",
            "changed",
            "itself",
            "kept",
        ]
    ),
    JSON,
    max_size=5,
)


CLAIMS = st.lists(st.tuples(HEADERS, NODES | JSON, st.booleans()), min_size=1, max_size=8)
LONG = settings(FUZZ, max_examples=300)


def any_claim_gets_a_verdict(claims) -> None:
    turns = iter(claims * 9)

    def answer(question: dict) -> bytes:
        header, tree, kind = next(turns)
        meta = honest(question, **header) if kind else {"turn": question["turn"], **header}
        return prefixed(json.dumps(meta).encode() + b"\n" + json.dumps(tree).encode(), bytes(16))

    verdict = judged(Liar(answer))
    assert verdict.verdict in {"failed", "error", "limit", "forged"}
    assert verdict.message
    assert verdict.score < 1


@FUZZ
@given(CLAIMS)
def test_any_claim_gets_a_verdict(claims) -> None:
    any_claim_gets_a_verdict(claims)


@FUZZ
@given(st.binary(max_size=64), st.integers(0, 5))
def test_noise_at_any_turn_is_forged(noise: bytes, turn: int) -> None:
    count = iter(range(99))

    def answer(question: dict) -> bytes:
        frame = wire.frame(honest(question), np.arange(2.0, 8.0, 2.0))
        return frame if next(count) < turn else noise or b"x"

    verdict = judged(Liar(answer, usage=Usage(99.0, 0.0)))
    # A noise that begins a frame may keep the judge waiting until the limit.
    assert verdict.verdict in {"forged", "failed", "limit"}
    assert not verdict.passed


def always(value, **claims):
    return lambda question: wire.frame(honest(question, **claims), value)


def test_the_right_values_pass_however_they_were_made() -> None:
    values = iter([None, None, np.arange(1.0, 4.0) * 2, np.array([1.0, -3.0, 5.0])])
    rng = np.random.default_rng(1)
    unseen = iter([rng.normal(size=5) * 2, np.zeros(0)])

    def answer(question: dict) -> bytes:
        value = next(values, None)
        if question["op"] == "call" and value is None:
            value = next(unseen)
        return wire.frame(honest(question), value)

    assert judged(Liar(answer)).passed


@pytest.mark.parametrize(
    ("change", "category"),
    [
        (lambda frame: frame[:-1] + b"xx", "forged"),
        (lambda frame: frame + frame, "forged"),
        (lambda frame: frame + b"\0", "forged"),
        (lambda frame: frame.replace(b'"turn"', b'"tarn"'), "forged"),
        (lambda frame: b"HTTP/1.1 200 OK", "forged"),
    ],
)
def test_changed_frames_are_forged(change, category: str) -> None:
    verdict = judged(Liar(lambda question: change(wire.frame(honest(question), None))))
    assert (verdict.verdict, verdict.category) == ("forged", category)


def test_an_answer_before_the_question_is_forged() -> None:
    link = Liar(always(None))
    link.coming = b"x"
    assert judged(link).verdict == "forged"


def test_limits_are_kept_from_outside() -> None:
    def silent(_question: dict) -> bytes:
        return b""

    busy = judged(Liar(silent, usage=Usage(9.0, 0.0)))
    assert (busy.verdict, busy.category) == ("limit", "time")
    assert "processor time" in busy.message
    asleep = judged(Liar(silent, usage=Usage(0.0, 0.0)), limits=Limits(1.0, 0.2, 64))
    assert (asleep.verdict, asleep.category) == ("limit", "time")
    assert "sleeping" in asleep.message
    full = Liar(silent, usage=Usage(0.0, 0.0))
    full.files = talk.MAX_SCRATCH + 1
    assert judged(full).category == "disk"
    loud = Liar(silent)
    loud.printed = bytes(talk.MAX_OUTPUT + 1)
    assert judged(loud).category == "output"


def test_a_busy_machine_is_not_the_learner_s_fault() -> None:
    """Time spent ready but waiting for a processor does not count as the learner's."""
    link = Liar(lambda _: b"", usage=Usage(0.0, 1000.0))
    talking = talk.Conversation(link, Limits(1.0, 0.01, 64))
    talking.started -= 10
    talking._look()
    link.used = Usage(0.0, 0.0)
    with pytest.raises(talk.Stopped):
        talking._look()


def test_a_jail_that_could_not_be_built_is_our_fault() -> None:
    with pytest.raises(Unavailable, match="could not confine"):
        judged(Liar(lambda _: None, Ending(SETUP_FAILED, None, 0.0)))


def test_the_same_exit_status_later_is_the_learner_s() -> None:
    count = iter(range(9))

    def answer(question: dict) -> bytes | None:
        return wire.frame(honest(question), None) if next(count) < 2 else None

    assert judged(Liar(answer, Ending(SETUP_FAILED, None, 0.0))).category == "exit"


@pytest.mark.parametrize(
    ("ending", "category"),
    [
        (Ending(0, None, 0.0), "exit"),
        (Ending(None, 9, 0.0), "exit"),
        (Ending(None, 11, 0.0), "crash"),
        (Ending(None, 31, 0.0), "crash"),
        (Ending(None, 9, 99.0), "time"),
    ],
)
def test_ends_are_told_apart(ending: Ending, category: str) -> None:
    assert judged(Liar(lambda _: None, ending)).category == category


EDITS = st.tuples(
    st.integers(0, 5),  # at which turn
    st.sampled_from(["flip", "cut", "insert", "repeat", "swap"]),
    st.floats(0, 0.999),  # where
    st.binary(min_size=1, max_size=12),
)


def edited(frame: bytes, how: str, where: float, data: bytes) -> bytes:
    place = int(where * len(frame))
    head, tail = frame[:place], frame[place:]
    return {
        "flip": head + bytes([tail[0] ^ (data[0] or 1)]) + tail[1:],
        "cut": head + tail[1 + data[0] % 9 :],
        "insert": head + data + tail,
        "repeat": head + head[-9:] + tail,
        "swap": tail + head,
    }[how]


def an_edited_reply_is_never_more_than_a_claim(edit) -> None:
    """A right reply with one edit passes only if it still says the right thing, rightly."""
    at, how, where, data = edit
    count = iter(range(99))
    sent = {}

    def answer(question: dict) -> bytes:
        right = None if link.value is None else 2 * link.value[0][0].data
        frame = wire.frame(honest(question, kind="function"), right)
        if next(count) != at:
            return frame
        sent.update(question=question, right=right, reply=edited(frame, how, where, data))
        return sent["reply"]

    link = Liar(answer, usage=Usage(99.0, 0.0))
    verdict = judged(link)
    assert verdict.verdict in {"passed", "failed", "error", "limit", "forged"}
    assert verdict.message
    if verdict.passed:
        meta, value = wire.read(sent["reply"])
        assert meta["turn"] == sent["question"]["turn"]
        if sent["right"] is not None:
            assert np.allclose(value.data, sent["right"], rtol=1e-5)


@FUZZ
@given(EDITS)
def test_an_edited_reply(edit) -> None:
    an_edited_reply_is_never_more_than_a_claim(edit)


@pytest.mark.slow
@LONG
@given(EDITS)
def test_many_edited_replies(edit) -> None:
    an_edited_reply_is_never_more_than_a_claim(edit)


@pytest.mark.slow
@LONG
@given(CLAIMS)
def test_many_claims(claims) -> None:
    any_claim_gets_a_verdict(claims)
