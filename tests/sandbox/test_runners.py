"""Both runners keep the contract; each layer of the jail is there and does its part."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from journeyman.core.exercise import Limits
from journeyman.sandbox import Sandbox
from journeyman.sandbox.confine import LAYERS
from journeyman.sandbox.forked import ForkRunner
from journeyman.sandbox.isolation import describe, level_of, probe
from journeyman.sandbox.judge import grade
from journeyman.sandbox.runner import Gone
from journeyman.sandbox.self_check import CHECKS
from journeyman.sandbox.spawned import SpawnRunner
from tests.sandbox.battery import BATTERY
from tests.sandbox.battery.kinds import BREACH, REFUSED, Attack, attempt
from tests.sandbox.conftest import doubling, exercise
from tests.sandbox.test_battery import filled

HOLDING = [name for name in LAYERS if probe().get(name)]


@pytest.fixture(scope="module", params=["forked", pytest.param("spawned", marks=pytest.mark.slow)])
def runner(request, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("runner")
    if request.param == "forked":
        made = ForkRunner("numpy", HOLDING, scratch)
    else:
        made = SpawnRunner("numpy", scratch)
    yield made
    made.close()
    assert not made.alive
    assert [path.name for path in scratch.iterdir()] in ([], ["cache"])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_contract(runner, check) -> None:
    assert check(runner) is None


# For each layer, what it alone stops: without the layer the attempt must succeed, or the battery
# would not notice that the layer is gone.
ONLY_BY = {
    "rlimits": attempt("memory", "import numpy; numpy.empty(1 << 30, numpy.uint8)"),
    "no_new_privs": attempt(
        "privileges",
        "text = open('/proc/self/status').read()\n"
        "if 'NoNewPrivs:\\t1' in text and 'CapEff:\\t0000000000000000' in text:\n"
        "    raise PermissionError('given up')",
    ),
    "landlock": next(attack for attack in BATTERY if attack.name == "read a secret"),
    "seccomp": next(attack for attack in BATTERY if attack.name == "a unix socket"),
    "namespaces": attempt("other processes", "if os.getpid() == 1: raise LookupError('alone')"),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_battery_notices_a_missing_layer(layer: str, tmp_path: Path, sandbox: Sandbox) -> None:
    if layer not in HOLDING:
        pytest.skip(f"this system has no {layer}")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    attack = ONLY_BY[layer]
    whole = sandbox.grade(exercise(), doubling(), filled(attack, secret), seed=1)
    assert whole.stdout.split()[0] == REFUSED
    assert said(attack, [name for name in HOLDING if name != layer], secret) == BREACH


def said(attack: Attack, layers: list[str], secret: Path) -> str:
    scratch = secret.parent / f"scratch-{len(layers)}"
    scratch.mkdir()
    runner = ForkRunner("numpy", layers, scratch)
    try:
        verdict = grade(runner, exercise(), doubling(), filled(attack, secret), seed=1)
    finally:
        runner.close()
    return verdict.stdout.split()[0]


def test_a_runner_that_is_gone_says_so(tmp_path: Path) -> None:
    runner = ForkRunner("numpy", HOLDING, tmp_path)
    os.kill(runner.pid, 9)
    runner.process.wait()
    assert not runner.alive
    with pytest.raises(Gone):
        runner.start(Limits())
    runner.close()


def test_closing_ends_the_children(tmp_path: Path) -> None:
    runner = ForkRunner("numpy", HOLDING, tmp_path)
    link = runner.start(Limits())
    assert Path(f"/proc/{link.pid}").exists()
    runner.close()
    assert not Path(f"/proc/{runner.pid}").exists()
    with pytest.raises(Gone):
        link.end()
    assert not Path(f"/proc/{link.pid}").exists()
    assert not Path(link.scratch).exists()


def test_levels() -> None:
    strong = dict.fromkeys([*LAYERS, "landlock_scope"], True)
    assert level_of(strong) == "full"
    assert level_of({**strong, "landlock_scope": False}) == "good"
    assert level_of({**strong, "namespaces": False}) == "full"
    for needed in ("landlock", "seccomp", "no_new_privs"):
        assert level_of({**strong, needed: False}) == "limits-only"
    assert "grade nobody's code" in describe({}).sentences[0]
    assert len(describe(strong).sentences) == 1 + len(strong)


def test_probe_tries_for_real() -> None:
    held = probe()
    assert set(held) == {*LAYERS, "landlock_scope"}
    assert held["rlimits"]


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="these tests already run as an ordinary user")
def test_battery_as_an_ordinary_user(tmp_path: Path) -> None:
    """The same battery as nobody, who cannot even reach the interpreter of root's home."""
    if shutil.which("unshare") is None or shutil.which("setpriv") is None:
        pytest.skip("needs util-linux")
    base = Path(sys.base_prefix)
    private = next((up for up in [base, *base.parents] if not up.stat().st_mode & 0o001), None)
    steps = ["set -e"]
    if private is not None:  # give a private view in which the way to the interpreter is open
        inside = private / base.relative_to(private).parts[0]
        steps += [
            f"mkdir {tmp_path}/hold",
            f"mount --bind {inside} {tmp_path}/hold",
            f"mount -t tmpfs -o mode=755 none {private}",
            f"mkdir {inside}",
            f"mount --move {tmp_path}/hold {inside}",
        ]
    target = Path(__file__).with_name("test_battery.py")
    if private is not None and private in target.parents:
        pytest.skip("the checkout itself lies where nobody may look")
    # Not over /tmp: the checkout may lie there.
    steps.append("mount -t tmpfs -o mode=1777 none /mnt")
    steps.append(
        "exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --inh-caps=-all "
        f"{sys.executable} -m pytest -q -m 'slow or not slow' -p no:cacheprovider "
        f"--rootdir={target.parents[2]} -c {target.parents[2] / 'pyproject.toml'} {target}"
    )
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", "\n".join(steps)],
        capture_output=True,
        text=True,
        cwd=target.parents[2],
        env={**os.environ, "HOME": "/mnt", "TMPDIR": "/mnt", "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert f"{len(BATTERY) + 1} passed" in done.stdout
