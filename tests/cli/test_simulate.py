"""The curve of simulated placements, on the bank's graph and on files of somebody else."""

import json

import pytest
from click.testing import CliRunner

from journeyman.cli.graph_file import read_graph
from journeyman.cli.simulate import simulate
from journeyman.curriculum import builtin
from journeyman.errors import Invalid

EDGES = """# a small course
prerequisite, skill
sums, means   # one after the other
means variance
sums\tvariance
"""
TOML = """
[area]
slug = "numbers"

[[skill]]
slug = "sums"

[[skill]]
slug = "means"
title = "Means"
requires = ["sums"]
difficulty = 0.5
"""


def curve(*arguments):
    done = CliRunner().invoke(simulate, [*arguments, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_banks_graph():
    found = curve("--learners", "3", "--questions", "4", "--seed", "1")
    assert found["questions"] == [0, 1, 2, 3, 4]
    for name in ("accuracy", "share_of_learners_at_90", "expected"):
        assert len(found[name]) == 5
        assert all(0 <= share <= 1 for share in found[name])
    assert found["cpu_ms_per_question"] > 0
    again = curve("--learners", "3", "--questions", "4", "--seed", "1")
    assert again["accuracy"] == found["accuracy"]
    other = curve("--learners", "3", "--questions", "4", "--seed", "2")
    assert other["accuracy"] != found["accuracy"]


def test_an_edge_list(tmp_path):
    file = tmp_path / "course.txt"
    file.write_text(EDGES)
    graph = read_graph(file)
    assert graph.order == ("sums", "means", "variance")
    assert set(graph.skills["variance"].requires) == {"sums", "means"}
    found = curve("--graph", str(file), "--learners", "4", "--questions", "12")
    assert found["skills"] == 3
    assert found["accuracy"][12] > found["accuracy"][0]


def test_toml_as_in_the_bank(tmp_path):
    file = tmp_path / "course.toml"
    file.write_text(TOML)
    graph = read_graph(file)
    assert graph.skills["means"].requires == ("sums",)
    assert (graph.skills["means"].area, graph.skills["means"].difficulty) == ("numbers", 0.5)
    assert read_graph(tmp_path).skills == graph.skills


def test_the_banks_folder_is_the_banks_graph():
    whole, skills = read_graph(builtin.path()), read_graph(builtin.path() / "skills")
    assert whole.skills == skills.skills
    assert len(whole.skills) >= 80


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("a.txt", "a b\nc\n", 2, "pair"),
        ("a.txt", "a b\na b c\n", 2, "pair"),
        ("a.csv", "a,b\n,c\n", 2, "pair"),
        ("a.txt", "a b\nb b\n", 2, "itself"),
        ("a.txt", "a b\nb c\n\nc a\n", 4, "in turn"),
        ("a.toml", TOML + "[[skill]\n", 13, "TOML"),
        ("a.toml", TOML + '[[skill]]\ntitle = "Nameless"\n', 13, "slug"),
        ("a.toml", TOML.replace("0.5", '"much"'), 12, "difficulty"),
        ("a.toml", TOML.replace('["sums"]', '["sum"]'), 8, "not there"),
        ("a.toml", TOML + '[[skill]]\nslug = "sums"\n', 13, "twice"),
        ("a.toml", TOML.replace('"sums"\n', '"sums"\nrequires = ["means"]\n', 1), 9, "in turn"),
        ("a.toml", '[area]\nslug = "x"\n', 1, "skill"),
    ],
)
def test_a_bad_file_gets_one_sentence_with_its_line(tmp_path, name, text, line, words):
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(Invalid) as caught:
        read_graph(file)
    assert f"line {line}:" in caught.value.message
    assert words in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 2


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "bytes.txt").write_bytes(b"a b\n\xff\xfe\n")
    (tmp_path / "empty.txt").write_text("# nothing\n")
    (tmp_path / "none").mkdir()
    for name in ("bytes.txt", "empty.txt", "none", "missing.txt"):
        with pytest.raises(Invalid, match=name):
            read_graph(tmp_path / name)


def test_for_people():
    done = CliRunner().invoke(simulate, ["--learners", "2", "--questions", "3"])
    assert done.exit_code == 0
    assert "called rightly" in done.stdout
    assert CliRunner().invoke(simulate, ["--learners", "0"]).exit_code == 2
