"""``%%journeyman SLUG`` in a real IPython shell."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from journeyman import notebook


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEYMAN_HOME", str(tmp_path))
    notebook._application.cache_clear()
    made = InteractiveShell.instance()
    made.run_line_magic("load_ext", "journeyman.notebook")
    yield made
    made.run_line_magic("unload_ext", "journeyman.notebook")
    InteractiveShell.clear_instance()


RIGHT = """import numpy as np
def distances(x, y):
    d = np.asarray(x, float)[:, None, :] - np.asarray(y, float)[None, :, :]
    return np.sqrt((d ** 2).sum(-1))
"""


def test_a_cell_is_graded_and_recorded(shell):
    done = shell.run_cell("%%journeyman euclidean-distances\n" + RIGHT).result
    assert done.verdict.passed
    assert repr(done).startswith("Passed")
    wrong = shell.run_cell("%%journeyman euclidean-distances\n" + RIGHT.replace("np.sqrt", "1 * "))
    assert "Not passed yet" in repr(wrong.result)
    assert "distances" not in shell.user_ns  # the cell ran in the sandbox, not here
    assert notebook._application().progress().total == 2


@pytest.mark.parametrize(
    ("line", "words"), [("", "Name an exercise"), ("nothing-like-this", "no exercise")]
)
def test_mistakes_get_a_sentence(shell, capsys, line, words):
    assert shell.run_cell(f"%%journeyman {line}\nx = 1\n").result is None
    assert words in capsys.readouterr().out
