"""What a re-run's code can reach, tried from inside, and that libraries still work there."""

import json
import platform
import subprocess
import sys

import pytest

from journeyman.projects import jail as jails
from journeyman.projects import jailed, reproducing
from tests.projects.conftest import change

CODE = """
import json, multiprocessing, os, socket, sys, threading

def refused(action):
    try:
        action()
    except OSError as error:
        return type(error).__name__
    return ""

def main():
    outside, data = sys.argv[1:]
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        absolute = pool.map(abs, [-1, 2])
    open("made", "w").write("x")
    open(os.path.join(os.environ["HOME"], "kept"), "w").write("x")
    print(json.dumps({
        "absolute": absolute,
        "data": open(data).read(),
        "write data": refused(lambda: open(data, "w")),
        "outside": refused(lambda: open(outside)),
        "list": refused(lambda: os.listdir(os.path.dirname(outside))),
        "network": refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
        "raw": refused(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
        "parent": refused(lambda: open(f"/proc/{os.getppid()}/environ")),
        "variables": sorted(os.environ),
    }))

if __name__ == "__main__":
    main()
"""


@pytest.fixture
def places(tmp_path):
    for name in ("clone", "data", "outside"):
        (tmp_path / name).mkdir()
    (tmp_path / "data" / "table.csv").write_text("a,b")
    (tmp_path / "outside" / "secret").write_text("secret")
    return tmp_path


def made(places):
    read, write = [places / "data"], [places / "clone"]
    found = jails.jail(sys.executable, read, write, places / "scratch")
    if found.level != "good":
        assert found.why.startswith(("This system", "It could not"))
        pytest.skip(found.why)
    return found


def test_code_reaches_its_own_and_nothing_else(places, monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "secret")
    found = made(places)
    (places / "clone" / "code.py").write_text(CODE)
    given = [str(places / "outside" / "secret"), str(places / "data" / "table.csv")]
    done = subprocess.run(
        found.command([sys.executable, "-B", "code.py", *given]),
        cwd=places / "clone", env=found.environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads(done.stdout)
    assert said["absolute"] == [1, 2]
    assert said["data"] == "a,b"
    for name in ("write data", "outside", "list", "parent"):
        assert said[name] == "PermissionError", name
    assert said["network"]
    assert said["raw"]
    assert "MY_TOKEN" not in said["variables"]
    assert (places / "scratch" / "kept").is_file()
    assert (places / "clone" / "made").is_file()


@pytest.mark.parametrize("processor", ["x86_64", "aarch64"])
def test_the_filter_ends_in_a_decision_and_jumps_within_itself(processor):
    import struct

    lines = list(struct.iter_unpack("<HBBI", jailed.filtered(processor)))
    assert lines[-1][0] == jailed.RETURN
    for at, (code, yes, no, _) in enumerate(lines):
        assert code != jailed.RETURN or (yes, no) == (0, 0)
        assert at + 1 + max(yes, no) < len(lines) or code == jailed.RETURN


def test_an_interpreter_that_is_gone_is_told_and_not_confined(places):
    found = jails.jail(str(places / "nobody"), [], [], places / "scratch")
    assert found.level == "limits-only"
    assert found.before == ()
    assert found.why


def test_what_does_not_hold_is_named(places, monkeypatch):
    monkeypatch.setattr(jails, "_tried", lambda *_: ["the network"])
    found = jails.jail(sys.executable, [], [], places / "scratch")
    if platform.system() == "Linux":
        assert found.why == "This system does not confine the network."
    assert (found.level, found.environment) == ("limits-only", None)


def test_a_command_that_is_not_there_ends_with_a_sentence(places):
    found = made(places)
    done = subprocess.run(
        found.command(["/nowhere/python"]), env=found.environment, capture_output=True, check=False
    )
    assert done.returncode == jailed.NOT_STARTED
    assert b"could not be confined" in done.stderr


def test_a_re_run_is_confined_and_says_so(projects, repo, tmp_path, monkeypatch):
    monkeypatch.setattr(reproducing, "build", lambda *args: sys.executable)
    secret = tmp_path / "secret"
    secret.write_text("0.1")
    code = (repo / "src" / "solution" / "train.py").read_text()
    change(
        repo, "src/solution/train.py",
        code + f"\ntry:\n    open({str(secret)!r})\n    print('HAD')\nexcept OSError:\n    pass\n",
    )  # fmt: skip
    projects.run(repo)
    found = projects.reproduce(repo)
    assert found.level == "Reproduced", found.steps
    assert projects.built("shop").reproduced["isolation"] == found.isolation
    if found.isolation == "good":
        assert "Its code ran confined" in found.verdict()
    else:
        assert "not confined" in found.verdict()


def test_code_that_needs_the_network_does_not_reproduce(projects, repo, monkeypatch):
    monkeypatch.setattr(reproducing, "build", lambda *args: sys.executable)
    code = (repo / "src" / "solution" / "train.py").read_text()
    change(repo, "src/solution/train.py", "import socket\nsocket.socket()\n" + code)
    projects.run(repo)
    found = projects.reproduce(repo)
    if found.isolation == "limits-only":
        pytest.skip("this system does not confine")
    assert found.level == "Available"
    assert "does not run to its end" in found.steps[-1]
