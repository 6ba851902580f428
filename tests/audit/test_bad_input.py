"""Whatever lies in a folder: one clear sentence or a report, and never a fault of ours."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from journeyman.audit import bundle_from, review
from journeyman.audit.bundle import folder
from journeyman.cli.audit import audit
from journeyman.cli.audit import review as review_command
from journeyman.errors import Invalid, JourneymanError

NOISE = bytes(np.random.default_rng(0).integers(0, 256, 3000, dtype=np.uint8))
ROWS = "".join(f"{i % 7},{i % 5},{i % 2}\n" for i in range(120))

FOLDERS = {
    "binary code": {"a.py": b"\x00\x01" * 500},
    "noise": {"a.py": NOISE, "n.ipynb": NOISE, "x.csv": NOISE, "y.parquet": NOISE},
    "syntax": {"a.py": b"def f(:\n  pass\n"},
    "python 2": {"a.py": b"print 'hello'\nexcept ValueError, e:\n"},
    "no utf-8": {"a.py": "# Müller\nx = 'ä'\n".encode("latin-1"), "d.csv": b"n,y\nM\xfcller,1\n" * 40},
    "cycle": {
        "a.py": b"from b import g\ndef f(): return g()\nf()\n",
        "b.py": b"from a import f\ndef g(): return f()\n",
        "c.py": b"import c\nfrom c import *\nclass A(A): pass\nclass B:\n"
        b"  def __init__(self): self.b = B()\nB()\n",
    },
    "deep": {"a.py": ("x = " + "(" * 300 + "1" + ")" * 300).encode()},
    "wrong delimiter": {"train.csv": b"a;b;y\n" + b"1;2,5;0\n2;3;1\n" * 60},
    "mixed encodings": {"train.csv": b"n,x,y\n" + "Zoë,1,0\n".encode() * 60 + b"Zo\xe9,2,1\n" * 60},
    "one class": {"train.csv": b"a,b,y\n" + b"1,2,1\n3,4,1\n" * 60},
    "three formats of dates": {
        "train.csv": b"t,x,y\n" + b"2024-01-02,1,0\n03/04/2024,2,1\n5.6.2024,3,0\n" * 40
    },
    "huge numbers": {
        "train.csv": b"a,b,y\n"
        + "".join(f"{'inf' if i % 5 == 0 else i},{1e308 * (-1) ** i},{i % 2}\n" for i in range(200)).encode()
    },
    "all gaps": {"train.csv": b"a,y\n" + b",\n" * 100},
    "names twice": {"train.csv": b"a,a,y\n" + b"1,2,0\n2,3,1\n" * 50},
    "heading only": {"train.csv": b"a,b,y\n"},
    "odd settings": {
        "config.json": b'{"target": ["a"], "threshold": "high", "metric": 5, "id": {"a": [1]}}',
        "broken.toml": b"[[[",
        "train.csv": ("a,b,y\n" + ROWS).encode(),
    },
    "one-sided predictions": {
        "predictions_a.csv": b"id,truth,probability\n" + b"".join(b"%d,1,0.%d\n" % (i, i % 9) for i in range(99)),
        "predictions_b.csv": b"id,truth,probability\n" + b"".join(b"%d,1,0.%d\n" % (i, i % 7) for i in range(99)),
        "README.md": b"A better AUC: an improvement.",
    },
}  # fmt: skip


def fill(place, files):
    for name, content in files.items():
        (place / name).write_bytes(content)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_gives_a_report(tmp_path, name):
    fill(tmp_path, FOLDERS[name])
    done = CliRunner().invoke(review_command, [str(tmp_path), "--json"])
    assert done.exit_code in {0, 1}, done.exception
    assert json.loads(done.stdout)["read"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [one for one in FOLDERS if "train.csv" in FOLDERS[one]])
def test_a_table_gives_a_report(tmp_path, name):
    fill(tmp_path, FOLDERS[name])
    done = CliRunner().invoke(audit, [str(tmp_path / "train.csv"), "--json"])
    assert done.exit_code in {0, 1}, done.exception
    assert "findings" in json.loads(done.stdout)


@pytest.mark.parametrize(
    "files", [{}, {"runs.csv": b""}, {"train.csv": b""}, {"train.csv": NOISE}, {"a.png": NOISE}]
)
def test_where_there_is_nothing_to_review_one_sentence_says_so(tmp_path, files):
    fill(tmp_path, files)
    with pytest.raises(JourneymanError) as told:
        review(bundle_from(tmp_path))
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(".")


def test_an_unreadable_table_is_told_and_the_rest_is_reviewed(tmp_path):
    fill(tmp_path, {"train.csv": NOISE, "a.py": b"import numpy as np\nnp.random.rand(3)\n"})
    found = {one.kind: one for one in review(bundle_from(tmp_path))}
    assert set(found) == {"not-read", "not-reproducible"}
    assert found["not-read"].place.file == "train.csv"


def test_a_notebook_full_of_pictures_is_read_without_them(tmp_path):
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 3_000_000}}
    cell = {"cell_type": "code", "execution_count": 1, "outputs": [picture], "metadata": {}}
    cell["source"] = ["import numpy as np\n", "np.random.rand(3)"]
    fill(tmp_path, {"n.ipynb": json.dumps({"cells": [cell], "nbformat": 4}).encode()})
    bundle = bundle_from(tmp_path)
    assert len(bundle.sources["n.ipynb"]) < 1000
    assert [(one.kind, one.place.cell) for one in review(bundle)] == [("not-reproducible", 1)]


def test_a_notebook_beyond_reason_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "LARGEST_NOTEBOOK", 1000)
    fill(tmp_path, {"n.ipynb": b" " * 5000})
    (found,) = review(bundle_from(tmp_path))
    assert (found.kind, found.severity) == ("not-read", "note")
    assert "clear its outputs" in found.what


def test_links_that_lead_round_or_nowhere(tmp_path):
    fill(tmp_path, {"a.py": b"import numpy as np\nnp.random.rand(3)\n"})
    (tmp_path / "self").symlink_to(".")
    (tmp_path / "gone.csv").symlink_to("nowhere")
    assert [one.kind for one in review(bundle_from(tmp_path))] == ["not-reproducible"]


def test_pictures_by_the_thousand_are_no_reason_to_give_up(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MOST_FILES", 10)
    for at in range(20):
        (tmp_path / f"{at}.png").write_bytes(b"x")
        (tmp_path / f"{at}.txt").write_text("a text of the corpus")
    fill(tmp_path, {"a.py": b"x = 1\n"})
    assert list(bundle_from(tmp_path).sources) == ["a.py"]
    for at in range(20):
        (tmp_path / f"{at}.py").write_text("x = 1\n")
    with pytest.raises(Invalid, match="name the project's folder"):
        bundle_from(tmp_path)
