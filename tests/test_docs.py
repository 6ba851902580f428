"""The documentation keeps up: every command and setting is described, and what the README shows runs."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from journeyman.cli.main import COMMANDS, cli
from journeyman.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def leaves(group, words=()):
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if hasattr(command, "list_commands"):
            yield from leaves(command, (*words, name))
        else:
            yield (*words, name), command


def test_every_command_and_option_is_documented():
    text = (ROOT / "docs/reference/commands.md").read_text()
    for words, command in leaves(cli):
        name = "journeyman " + " ".join(words)
        assert f"### `{name}" in text, name
        section = text.split(f"### `{name}", 1)[1].split("\n### ", 1)[0]
        for option in command.params:
            for spelled in option.opts:
                if spelled.startswith("--"):
                    assert spelled in section, (name, spelled)


def test_no_command_is_documented_that_does_not_exist():
    text = (ROOT / "docs/reference/commands.md").read_text()
    known = {" ".join(words) for words, _ in leaves(cli)}
    for found in re.findall(r"^### `journeyman ([a-z ]+?)(?: [A-Z\[].*)?`$", text, re.MULTILINE):
        assert found.strip() in known


def test_every_setting_is_documented():
    text = (ROOT / "docs/reference/settings.md").read_text()
    for name, field in Settings.model_fields.items():
        assert f"`JOURNEYMAN_{name.upper()}`" in text, name
        if isinstance(field.default, (int, float)) and not isinstance(field.default, bool):
            row = next(line for line in text.splitlines() if f"JOURNEYMAN_{name.upper()}`" in line)
            assert f"{field.default:g}" in row, name


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_links_between_pages_lead_somewhere(document):
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text()):
        if not link.startswith(("http", "mailto")):
            assert (document.parent / link).exists(), (document, link)


@pytest.mark.slow
def test_the_readmes_commands_run(tmp_path):
    readme = (ROOT / "README.md").read_text()
    commands = re.findall(r"^    (journeyman [^#\n]+?)\s*(?:#.*)?$", readme, re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        words = shlex.split(command)[1:]
        assert words[0] in COMMANDS
        if words[0] == "watch":
            words.append("--help")  # it would wait for a save
        done = subprocess.run(
            [sys.executable, "-m", "journeyman.cli.main", *words],
            cwd=tmp_path,
            env={**__import__("os").environ, "JOURNEYMAN_HOME": str(tmp_path / "home")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)


def test_the_readmes_make_targets_exist():
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    for target in re.findall(r"^    make ([a-z-]+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_file_names_a_registry():
    for name in ("requirements.lock", "package-lock.json"):
        text = (ROOT / name).read_text()
        assert "http://" not in text
        assert "resolved" not in text
        if name == "requirements.lock":
            assert "https://" not in text
            assert "--hash=sha256:" in text


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_no_placeholder_is_left(document):
    found = re.findall(
        r"@@\w+@@|\b[A-Z]+_(?:TABLE|INTERVAL|FIGURE)\b|\bTODO\b|\bTBD\b", document.read_text()
    )
    assert not found
