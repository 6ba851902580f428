"""Every built-in competition: complete, consistent, and honest about what was measured."""

import ast
import re
import tomllib

import pytest

from journeyman.competitions.entry import load_entry
from journeyman.curriculum import builtin
from journeyman.curriculum.checks.prose import filler
from journeyman.curriculum.loading import load
from journeyman.data import catalogue, sha256_of

ROOT = builtin.path() / "competitions"
FOLDERS = sorted(file.parent for file in ROOT.glob("*/competition.toml"))
SETS = catalogue()
SKILLS = load(builtin.path()).graph.skills
HEADINGS = (
    "Who needs this", "What a mistake costs", "The metric", "The split, and why",
    "What is in the tables", "Submit",
)  # fmt: skip
MEASURED = [folder for folder in FOLDERS if (folder / "house.toml").is_file()]
measured = pytest.mark.parametrize("folder", MEASURED, ids=lambda folder: folder.name)
every = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def test_there_are_twelve_on_twelve_sets():
    used = [load_entry(folder).dataset for folder in FOLDERS]
    assert len(used) == 12
    assert set(used) == set(SETS)


@every
def test_the_entry_loads_and_names_what_exists(folder):
    entry = load_entry(folder)
    assert entry.slug == folder.name
    assert entry.level == "L0"
    assert set(entry.skills) <= set(SKILLS)
    assert entry.opt_in == bool(SETS[entry.dataset].opt_in)
    assert entry.traps


def test_every_field_was_measured():
    assert MEASURED == FOLDERS


@every
def test_traps_name_columns_that_the_data_have(folder):
    entry = load_entry(folder)
    known = {
        column.name for table in SETS[entry.dataset].tables.values() for column in table.columns
    }
    for trap in entry.traps:
        assert set(trap.columns) <= known, trap.name
        hint = trap.hint.lower()
        assert not any(column in hint for column in trap.columns), "the hint gives it away"


@measured
def test_a_score_that_raises_the_alarm_lies_beyond_the_ceiling(folder):
    entry = load_entry(folder)
    assert entry.ceiling.score is not None
    assert entry.ceiling.source
    for trap in entry.traps:
        for clause in trap.detects:
            found = re.fullmatch(r"score([<>])([\d.]+)", clause)
            if found:
                assert (found[1] == ">") == (entry.metric.better == "higher"), clause
                assert entry.metric.sign * (float(found[2]) - entry.ceiling.score) > 0, clause


@every
def test_the_texts_have_their_parts_and_no_filler(folder):
    entry = load_entry(folder)
    text, card = entry.text("description.md"), entry.text("data-card.md")
    assert tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)) == HEADINGS
    assert text.startswith(f"# {entry.title}\n")
    assert list(filler(text + card)) == []
    metric = text.split("## The metric")[1].split("##")[0]
    assert len(re.findall(r"\d", metric)) >= 6, "the worked example has numbers"
    assert max(len(line) for line in (text + card).splitlines()) <= 100


@every
def test_the_data_card_agrees_with_the_catalogue(folder):
    entry = load_entry(folder)
    dataset = SETS[entry.dataset]
    card = " ".join(entry.text("data-card.md").split())
    said = [dataset.origin, dataset.citation, dataset.licence, dataset.may_ship, *dataset.faults]
    for sentence in said:
        assert " ".join(sentence.split()) in card


@measured
def test_the_field_was_measured_on_this_data_and_has_its_code(folder):
    entry = load_entry(folder)
    told = tomllib.loads((folder / "house.toml").read_text())
    assert told["data_sha256"] == sha256_of(SETS[entry.dataset])
    assert (told["metric"], told["better"]) == (entry.metric.name, entry.metric.better)
    assert {rung["name"] for rung in told["rungs"]} == {file.stem for file in entry.rung_files}
    for rung in told["rungs"]:
        for part in ("public", "private"):
            assert rung[part]["low"] <= rung[part]["score"] <= rung[part]["high"]
        assert rung["peak_mib"] > 0
    first, *others = (rung["private"]["score"] for rung in told["rungs"])
    assert all(entry.metric.gain(score, first) > 0 for score in others)


@every
def test_a_rung_is_short_seeded_and_on_scikit_learn_or_the_house_run(folder):
    allowed = {"email", "itertools", "numpy", "pandas", "re", "scipy", "sklearn", "journeyman"}
    for file in load_entry(folder).rung_files:
        tree = ast.parse(file.read_text())
        assert ast.get_docstring(tree)
        imported = {
            name.split(".")[0]
            for node in ast.walk(tree)
            for name in (
                [node.module] if isinstance(node, ast.ImportFrom)
                else [one.name for one in node.names] if isinstance(node, ast.Import)
                else []
            )
        }  # fmt: skip
        assert imported <= allowed, (file, imported)
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert [arg.arg for arg in functions["fit_predict"].args.args] == ["train", "test"]
        text = file.read_text()
        for kind in ("HistGradientBoosting", "ExtraTreesClassifier(", "PCA(", "MLPClassifier("):
            assert text.count("random_state") or kind not in text, (file, kind)
        assert len(text.splitlines()) < 120


@measured
def test_the_field_has_every_kind_and_a_run_that_states_its_budget(folder):
    names = {file.stem: file for file in load_entry(folder).rung_files}
    assert {"dummy", "tuned", "automl", "blend"} <= set(names)
    assert {"linear", "naive", "neighbours"} & set(names)
    first = ast.get_docstring(ast.parse(names["automl"].read_text())).splitlines()[0]
    seconds, cores = re.fullmatch(
        r"The house run: (\d+) seconds on (two) cores, no model and no setting chosen by hand.",
        first,
    ).groups()
    asked = re.sub(r"\s+", " ", names["automl"].read_text())
    assert f"seconds={seconds}, cores={ {'two': 2}[cores] }" in asked
    told = tomllib.loads((folder / "house.toml").read_text())
    (row,) = (rung for rung in told["rungs"] if rung["name"] == "automl")
    assert {"seconds", "clock_seconds", "gain_on_rung_before"} <= set(row)
    assert "two processes on a machine of 2 cores" in told["environment"]
