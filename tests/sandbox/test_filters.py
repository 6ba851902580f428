"""The checked-in filters are those that the rules make, and the rules name the right calls."""

import platform
import re
import struct
from pathlib import Path

import pytest

from journeyman.sandbox.filters import rules
from journeyman.sandbox.filters.numbers import ALLOWED, SPECIAL
from journeyman.sandbox.seccomp import template

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
ARM_NAMES = {"newfstatat": "fstatat"}


@pytest.mark.parametrize("processor", rules.PROCESSORS)
def test_blob_is_what_the_rules_make(processor: str) -> None:
    blob = Path(rules.__file__).with_name(f"{processor}.bpf").read_bytes()
    assert blob == rules.program(processor)


@pytest.mark.parametrize("processor", rules.PROCESSORS)
def test_numbers_are_the_kernel_s(processor: str) -> None:
    if not HEADERS[processor].exists():
        pytest.skip("no kernel headers")
    text = HEADERS[processor].read_text()
    known = {m[1]: int(m[2]) for m in re.finditer(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    ours = {**ALLOWED[processor], **SPECIAL[processor]}
    checked = 0
    for name, number in ours.items():
        theirs = known.get(name, known.get(ARM_NAMES.get(name, "")))
        if theirs is not None:  # a header may be older than the newest call
            assert number == theirs, name
            checked += 1
    assert checked >= len(ours) - 1
    assert not ALLOWED[processor].keys() & SPECIAL[processor].keys()


class Machine:
    """Runs a filter as the kernel would."""

    def __init__(self, processor: str) -> None:
        code = rules.program(processor)
        self.lines = [struct.unpack_from("<HBBI", code, at) for at in range(0, len(code), 8)]
        self.arch = rules.AUDIT_ARCH[processor]

    def __call__(self, number: int, *arguments: int, arch: int | None = None) -> int:
        padded = [*arguments, *[0] * (6 - len(arguments))]
        data = struct.pack("<IIQ6Q", number, self.arch if arch is None else arch, 0, *padded)
        value, index, at = 0, 0, 0
        while True:
            code, yes, no, k = self.lines[at]
            at += 1
            if code == rules.RETURN:
                return k
            if code == rules.LOAD:
                (value,) = struct.unpack_from("<I", data, k)
            elif code == rules.AND:
                value &= k
            elif code == rules.CONSTANT:
                value = k
            elif code == rules.TO_INDEX:
                index = value
            elif code == rules.SHIFT:
                value >>= k
            elif code == rules.SHIFT_BY_INDEX:
                value >>= index
            elif code == rules.JUMP:
                at += k
            else:
                holds = {
                    rules.EQUAL: value == k,
                    rules.AT_LEAST: value >= k,
                    rules.ANY_BIT: bool(value & k),
                }[code]
                at += yes if holds else no


REFUSED = rules.ERROR | rules.EPERM


@pytest.mark.parametrize("processor", rules.PROCESSORS)
def test_decisions(processor: str) -> None:
    run, number = Machine(processor), {**ALLOWED[processor], **SPECIAL[processor]}
    me = rules.PLACEHOLDER_PID
    for name in ("read", "mmap", "futex", "exit_group"):
        assert run(number[name]) == rules.ALLOW
    assert run(number["read"], arch=0x40000003) == rules.KILL  # 32-bit calls have other numbers
    assert run(number["clone"], 0x10000 | 0x100) == rules.ALLOW
    assert run(number["clone"], 17) == REFUSED
    assert run(number["prlimit64"], 0) == run(number["prlimit64"], me) == rules.ALLOW
    assert run(number["prlimit64"], 1) == REFUSED
    assert run(number["tgkill"], me) == rules.ALLOW
    assert run(number["tgkill"], 0) == REFUSED
    assert run(number["openat"], 0, 0, 0o2) == rules.ALLOW
    assert run(number["openat"], 0, 0, 0o1000) == REFUSED
    assert run(number["openat"], 0, 0, 0o1001) == rules.ALLOW  # Landlock decides on writing
    assert run(number["sendto"], 4, 0, 0, 0, 0) == rules.ALLOW
    assert run(number["sendto"], 4, 0, 0, 0, 1 << 32) == REFUSED
    assert run(number["socketpair"], 1) == rules.ALLOW
    assert run(number["socketpair"], 2) == REFUSED
    assert run(number["fchmodat"]) == rules.PRETEND
    assert run(number["clone3"]) == rules.ERROR | rules.ENOSYS
    assert run(rules.NEWEST + 50) == rules.ERROR | rules.ENOSYS


def test_x32_is_killed() -> None:
    assert Machine("x86_64")(rules.X32 + 39) == rules.KILL


@pytest.mark.parametrize("processor", rules.PROCESSORS)
def test_everything_else_is_refused(processor: str) -> None:
    run = Machine(processor)
    named = {*ALLOWED[processor].values(), *SPECIAL[processor].values()}
    assert {run(n) for n in range(rules.NEWEST) if n not in named} == {REFUSED}
    assert {run(n) for n in ALLOWED[processor].values()} == {rules.ALLOW}


def test_the_process_id_has_its_places() -> None:
    if platform.machine() not in rules.PROCESSORS:
        pytest.skip("no filter for this processor")
    code, places = template()
    assert len(places) == 2  # of tgkill, and of those that are named in OWN_PID_ONLY
    assert all(
        struct.unpack_from("<I", code, place)[0] == rules.PLACEHOLDER_PID for place in places
    )
