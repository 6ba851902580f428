"""The commands as a person or a script meets them: what they print, and how they end."""

import json
from pathlib import Path

import pandas as pd
import pytest

from journeyman.app.projects import Projects
from journeyman.cli import main
from tests.projects.conftest import SAMPLE, change


@pytest.fixture
def cli(projects, settings, monkeypatch, capsys, make_app):
    """Runs a command on the test's record; gives its exit status and what it printed."""
    monkeypatch.setenv("JOURNEYMAN_HOME", str(settings.home))
    monkeypatch.setenv("JOURNEYMAN_CURRICULUM", str(SAMPLE))

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            main.run(["project", *map(str, arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return ended.value.code or 0, printed.out, printed.err

    return call


def test_the_list_names_guided_projects(cli):
    code, out, _ = cli("list", "--json")
    assert code == 0
    assert "tiny-shop" in {one["slug"] for one in json.loads(out)}


def test_the_whole_way_with_own_data(cli, repo):
    at = ("--project", repo)
    assert cli("status", *at)[0] == 0
    assert cli("status", at[1])[1] == cli("status", *at)[1]
    assert cli("audit", *at)[0] in {0, 1}
    code, out, _ = cli("run", *at, "--json", "--note", "first", "--", "--noise", "0.1")
    assert (code, json.loads(out)["state"]) == (0, "done")
    assert "first" in cli("runs", *at)[1]
    code, out, _ = cli("check", *at, "--json")
    assert (code, json.loads(out)["passed"]) == (0, True)
    assert cli("compare", *at)[0] == 2
    code, out, _ = cli("evaluate", *at, "--json")
    assert code == 0
    assert json.loads(out)["slices"]["metric"] == "auc"
    assert cli("submit", *at)[0] == 1
    code, out, _ = cli("evaluate", *at, "--final", "--json")
    assert (code, json.loads(out)["look"]["number"]) == (0, 1)
    code, out, err = cli("evaluate", *at, "--final")
    assert (code, "opened already" in err) == (2, True)
    code, out, _ = cli("reproduce", *at, "--present", "--json")
    assert (code, json.loads(out)["level"]) == (1, "Functional")
    code, out, _ = cli("submit", *at, "--json")
    assert code == 0
    assert json.loads(out)["evidence"]
    assert "handed in" in cli("list")[1]


def test_code_that_fails_ends_with_one_and_bad_use_with_two(cli, repo, tmp_path):
    change(repo, "src/solution/train.py", "1 / 0\n")
    code, out, _ = cli("run", "--project", repo)
    assert code == 1
    assert "ZeroDivisionError" in out
    for arguments, said in (
        (("run", "--project", tmp_path / "nowhere"), "no folder"),
        (("status", "--project", tmp_path), "not in a project"),
        (("new", "tiny-shop"), "SLUG DIR"),
        (("new", "nothing", tmp_path / "x"), "no project 'nothing'"),
        (("new", "--data", tmp_path / "no.csv", tmp_path / "x"), "no file"),
        (("evaluate", "--project", repo), "no finished run"),
        (("evaluate", "--project", repo, "--house", "1"), "range"),
        (("export", "--project", repo), "no finished run"),
        (("serve", "--project", repo), "no export"),
        (("monitor", "rows.csv", "--project", repo), "no export"),
    ):
        code, _, err = cli(*arguments)
        assert (code, err.count("\n")) == (2, 1), (arguments, err)
        assert said in err, (said, err)


def test_a_broken_journeyman_toml_is_one_sentence(cli, repo):
    (repo / "journeyman.toml").write_text("[project]\nslug = 'A B'\n")
    code, _, err = cli("status", "--project", repo)
    assert (code, "project.slug" in err) == (2, True)
    (repo / "journeyman.toml").write_text("[project\n")
    assert "cannot be read" in cli("status", "--project", repo)[2]


def test_charts_and_mlruns_are_written(cli, repo, tmp_path):
    cli("run", "--project", repo)
    assert cli("runs", "--project", repo, "--svg", tmp_path / "runs.svg")[0] == 0
    assert "<svg" in (tmp_path / "runs.svg").read_text()
    assert cli("export", "--project", repo, "--mlflow", tmp_path)[0] == 0
    assert list((tmp_path / "mlruns" / "1").glob("*/meta.yaml"))


def test_the_record_of_a_project_goes_out_and_comes_back(projects, repo, make_app, tmp_path):
    from journeyman.settings import Settings

    projects.run(repo)
    projects.final(repo)
    projects.check(repo)
    projects.submit(repo)
    out = projects.app.export(tmp_path / "out")
    other = make_app(Settings(home=tmp_path / "other"))
    other.import_(tmp_path / "out")
    again = Projects(other, roots=[SAMPLE])
    assert again.built("shop").holdout == projects.built("shop").holdout
    assert again.lines()[-1].standing == "submitted"
    assert out.is_file()


@pytest.mark.slow
def test_a_model_is_exported_and_its_drift_seen(cli, shop_csv, tmp_path):
    place = tmp_path / "mine"
    assert (
        cli("new", "--data", shop_csv, "--target", "returned", "--split", "random", place)[0] == 0
    )
    table = pd.read_parquet(place / "data" / "raw" / "data.parquet")
    many = pd.concat([table] * 4, ignore_index=True)
    many.to_parquet(place / "data" / "raw" / "data.parquet", index=False)
    assert cli("run", "--project", place)[0] == 0
    assert cli("export", "--project", place)[0] == 0
    assert cli("evaluate", "--final", "--project", place)[0] == 0
    code, out, _ = cli("submit", "--anyway", "--project", place, "--json")
    shown = Path(json.loads(out)["dossier"]) / "export"
    assert {one.name for one in shown.iterdir()} == {"model.onnx", "schema.json", "parity.json"}
    same = many[["price", "colour"]].sample(600, random_state=0)
    same.to_csv(tmp_path / "same.csv", index=False)
    assert cli("monitor", tmp_path / "same.csv", "--project", place)[0] == 0
    same.assign(price=same["price"] + 20).to_csv(tmp_path / "moved.csv", index=False)
    code, out, _ = cli("monitor", tmp_path / "moved.csv", "--project", place)
    assert (code, "price" in out) == (1, True)
