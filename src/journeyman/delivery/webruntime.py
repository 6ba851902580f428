"""onnxruntime-web, fetched from npm once into the data directory, and run under Node."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from journeyman.errors import Invalid, Unavailable
from journeyman.settings import load

PACKAGE, VERSION = "onnxruntime-web", "1.30.0"
FILES = {
    "ort.wasm.bundle.min.mjs": "11e64bd8ffe11bd1a2a2f0d6275fdfbbba7262f0b76b99b53d228a8a22ef3d90",
    "ort-wasm-simd-threaded.wasm": (
        "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2"
    ),
}
"""What a demo needs of the package, with the sha256 of each file."""
FETCH_SECONDS, RUN_SECONDS = 600, 600


def runtime(cache: Path | None = None) -> Path:
    """The folder with the runtime's files, fetched with npm where they are not there yet.

    Args:
        cache: Where to keep them; the data directory's ``cache`` where it is None.

    Raises:
        Unavailable: there is no npm, or the registry does not answer.
    """
    room = (cache or load().home.expanduser() / "cache") / f"{PACKAGE}-{VERSION}"
    if all((room / name).is_file() and _sha256(room / name) == sha for name, sha in FILES.items()):
        return room
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(
            f"A live demo needs {PACKAGE} {VERSION}, which npm fetches, and there is no npm here: "
            "install Node.js 20 or newer, which brings it, and run the command again."
        )
    try:
        room.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=room.parent) as temporary:
            _fetch(npm, Path(temporary), room)
    except OSError as error:
        raise Unavailable(f"{room} cannot be written: {error.strerror}.") from error
    return room


def answers(export_dir: Path, cache: Path | None = None) -> tuple[NDArray[np.float64], str]:
    """What an export says of its held-out rows in the runtime of the demo.

    Returns:
        The answers, shape (rows, outputs), and the name of what ran them.

    Raises:
        Unavailable: there is no Node, or no runtime.
        Invalid: the runtime cannot run the model.
    """
    files = runtime(cache)
    node = shutil.which("node")
    if node is None:
        raise Unavailable(
            "A demo is checked under Node, which is not on the PATH: install Node.js 20 or newer."
        )
    static = resources.files("journeyman.delivery") / "static"
    with tempfile.TemporaryDirectory() as temporary:
        room = Path(temporary)
        for name in ("model.js", "parity.mjs"):
            (room / name).write_text((static / name).read_text("utf-8"), "utf-8")
        (room / "package.json").write_text('{"type": "module"}', "utf-8")
        out = room / "answers.json"
        command = [node, str(room / "parity.mjs"), str(files), str(export_dir.absolute()), str(out)]
        try:
            done = subprocess.run(  # noqa: S603 - our own script, no shell
                command, capture_output=True, text=True, timeout=RUN_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise Invalid(
                f"The held-out rows take longer than {RUN_SECONDS} s in {PACKAGE}; the model is "
                "too large for a demo."
            ) from None
        if done.returncode or not out.is_file():
            lines = [line for line in done.stderr.splitlines() if "rror" in line] or [""]
            raise Invalid(f"{PACKAGE} cannot run the model: {lines[0].strip():.300}.")
        found = np.array(json.loads(out.read_text("utf-8")), dtype=np.float64)
    return found, f"{PACKAGE} {VERSION}"


def _fetch(npm: str, room: Path, target: Path) -> None:
    command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--silent"]
    try:
        done = subprocess.run(  # noqa: S603 - npm as found on the PATH, no shell
            command, cwd=room, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"npm did not get {PACKAGE} in {FETCH_SECONDS} s; try again.") from None
    archive = next(room.glob("*.tgz"), None)
    if done.returncode or archive is None:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["no reason given"]
        raise Unavailable(f"npm could not fetch {PACKAGE} {VERSION}: {said[-1].strip():.200}.")
    with tarfile.open(archive) as packed:
        for name, sha in FILES.items():
            member = packed.extractfile(f"package/dist/{name}")
            data = b"" if member is None else member.read()
            if hashlib.sha256(data).hexdigest() != sha:
                raise Unavailable(
                    f"The registry's {PACKAGE} {VERSION} holds another {name} than expected; "
                    "nothing was kept."
                )
            new = room / name
            new.write_bytes(data)
            new.replace(target / name)


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
