"""Control groups on a made-up hierarchy: none is delegated to the machine that tests run on."""

import os
from pathlib import Path

import pytest

from journeyman.sandbox import groups, kernel
from journeyman.sandbox.forked import ForkRunner
from journeyman.sandbox.isolation import describe, level_of
from journeyman.sandbox.runner import Gone

MOUNT = "31 24 0:27 {root} {place} rw,nosuid - cgroup2 cgroup2 rw\n"


def hierarchy(top: Path, *, controllers="cpu memory pids", handed="", members="") -> Path:
    own = top / "user.slice"
    own.mkdir(parents=True)
    (own / "cgroup.controllers").write_text(controllers)
    (own / "cgroup.subtree_control").write_text(handed)
    (own / "cgroup.procs").write_text(members)
    return own


def proc(tmp_path: Path, mounts: str, own: str) -> Path:
    made = tmp_path / "proc"
    made.mkdir(exist_ok=True)
    (made / "mountinfo").write_text("22 1 0:5 / /proc rw - proc proc rw\n" + mounts)
    (made / "cgroup").write_text(own)
    return made


def test_the_own_group_is_found(tmp_path: Path) -> None:
    mounts = MOUNT.format(root="/", place="/sys/fs/cgroup")
    place = Path("/sys/fs/cgroup/user.slice/a.scope")
    assert groups.own_group(proc(tmp_path, mounts, "0::/user.slice/a.scope\n")) == place
    assert groups.own_group(proc(tmp_path, mounts, "4:memory:/x\n0::/\n")) == Path("/sys/fs/cgroup")
    assert groups.own_group(proc(tmp_path, "", "0::/\n")) is None
    assert groups.own_group(proc(tmp_path, mounts, "4:memory:/x\n")) is None
    assert groups.own_group(tmp_path / "nothing") is None
    inside = MOUNT.format(root="/docker/abc", place="/sys/fs/cgroup")
    found = groups.own_group(proc(tmp_path, inside, "0::/docker/abc/run\n"))
    assert found == Path("/sys/fs/cgroup/run")


def test_only_a_group_that_hands_out_both_controllers_will_do(tmp_path: Path) -> None:
    assert groups.delegated(None) is None
    own = hierarchy(tmp_path / "a", handed="memory pids")
    assert groups.delegated(own) == own
    assert groups.delegated(hierarchy(tmp_path / "b", controllers="cpu memory")) is None
    asked = hierarchy(tmp_path / "c", members="1\n2\n")  # others live there: nobody is moved
    groups.delegated(asked)
    assert set((asked / "cgroup.subtree_control").read_text().split()) == {"+memory", "+pids"}
    assert not (asked / "journeyman-judge").exists()
    (closed := hierarchy(tmp_path / "d")).joinpath("cgroup.subtree_control").unlink()
    assert groups.delegated(closed) is None


def test_alone_in_its_group_it_moves_below(tmp_path: Path) -> None:
    own = hierarchy(tmp_path, members=f"{os.getpid()}\n")
    leaf = own / "journeyman-judge"
    leaf.mkdir()
    (leaf / "cgroup.procs").write_text("")
    groups.delegated(own)
    assert (leaf / "cgroup.procs").read_text() == str(os.getpid())


@pytest.fixture
def kernel_like(monkeypatch):
    """A directory that gets the kernel's files when it is made."""
    made = Path.mkdir

    def mkdir(self, *args, **kwargs):
        made(self, *args, **kwargs)
        if self.name.startswith("journeyman-"):
            for name in ("memory.max", "pids.max", "cgroup.procs"):
                (self / name).write_text("")

    monkeypatch.setattr(Path, "mkdir", mkdir)


def test_a_group_has_its_limits(tmp_path: Path, kernel_like) -> None:
    group = groups.make(tmp_path, memory=1 << 30, tasks=5)
    assert (group / "memory.max").read_text() == str(1 << 30)
    assert (group / "pids.max").read_text() == "5"
    kernel.join_group(str(group))
    assert (group / "cgroup.procs").read_text() == "0"
    by_default = groups.make(tmp_path)
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert machine // 2 < int((by_default / "memory.max").read_text()) < machine
    assert int((by_default / "pids.max").read_text()) == groups.MOST_TASKS


def test_a_limit_that_is_not_taken_makes_no_group(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"memory\.max"):
        groups.make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_warm_process_joins_its_group_before_it_grows(
    tmp_path: Path, kernel_like, monkeypatch
) -> None:
    monkeypatch.setattr(groups, "place", lambda: tmp_path / "groups")
    (tmp_path / "groups").mkdir()
    runner = ForkRunner("numpy", ["rlimits", "cgroup"], tmp_path)
    try:
        (group,) = (tmp_path / "groups").iterdir()
        assert runner.group == group
        assert (group / "cgroup.procs").read_text() == "0"
    finally:
        runner.close()


def test_a_layer_that_is_wanted_and_missing_is_an_error(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(groups, "place", lambda: None)
    with pytest.raises(Gone, match="control group"):
        ForkRunner("numpy", ["rlimits", "cgroup"], tmp_path)


def test_the_report_tells_of_it() -> None:
    told = describe({"cgroup": True}).sentences[-1]
    assert told.startswith("Yes: memory and threads of all code together")
    assert describe({}).sentences[-1].startswith("No: no control group")
    strong = dict.fromkeys(["no_new_privs", "landlock", "landlock_scope", "seccomp"], True)
    assert level_of({**strong, "cgroup": False}) == "full"
