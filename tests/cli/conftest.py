import json
import shlex

import pytest

from journeyman.cli import main as entry


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs ``journeyman ARGUMENTS`` in this process, on a record of its own."""
    monkeypatch.setenv("JOURNEYMAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("JOURNEYMAN_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        words = shlex.split(arguments[0]) if len(arguments) == 1 else list(arguments)
        capsys.readouterr()
        try:
            entry.run(words)
        except SystemExit as stopped:
            code = stopped.code or 0
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return command
