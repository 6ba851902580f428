"""Writes runs in the layout of MLflow's file store, so that its tools can read them.

The format: ``mlruns/<number>/<run>/`` with ``meta.yaml`` and the folders ``metrics`` (a line
``<milliseconds> <value> <step>``), ``params``, ``tags`` and ``artifacts``. Nothing of MLflow is
needed to write it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from journeyman.errors import Unavailable
from journeyman.projects.runs import LOG, RECORD, Run, Runs

STATUS = {"running": 1, "done": 3, "failed": 4, "stopped": 4, "cancelled": 5, "interrupted": 5}
"""MLflow's RunStatus: RUNNING, FINISHED, FAILED, KILLED."""
LONGEST_VALUE = 6000
_NAME = re.compile(r"[^\w.\- /]")


def export(runs: Runs, every: Sequence[Run], out: Path, name: str) -> Path:
    """Write ``mlruns`` into ``out``; runs that are there already are written anew.

    Args:
        runs: Of the project.
        every: The runs to write.
        out: The folder that gets ``mlruns``.
        name: Of the group of runs.

    Raises:
        Unavailable: it cannot be written.
    """
    place = out / "mlruns"
    number = "1"
    try:
        (place / number).mkdir(parents=True, exist_ok=True)
        (place / number / "meta.yaml").write_text(_group(place / number, number, name), "utf-8")
        for run in every:
            _write(runs, run, place / number, number)
    except OSError as error:
        raise Unavailable(
            f"The runs cannot be written to {place} ({error.strerror}); name another folder."
        ) from error
    return place


def _yaml(values: Mapping[str, Any]) -> str:
    """Plain scalars as YAML: JSON's texts and numbers are YAML too."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())


def _group(place: Path, number: str, name: str) -> str:
    return _yaml({
        "artifact_location": place.resolve().as_uri(), "creation_time": 0,
        "experiment_id": number, "last_update_time": 0, "lifecycle_stage": "active", "name": name,
    })  # fmt: skip


def _write(runs: Runs, run: Run, place: Path, number: str) -> None:
    identifier = mlflow_id(run)
    folder = place / identifier
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("metrics", "params", "tags", "artifacts"):
        (folder / part).mkdir(parents=True)
    ended = _milliseconds(run.ended) if run.ended else None
    meta: dict[str, Any] = {
        "artifact_uri": (folder / "artifacts").resolve().as_uri(), "end_time": ended,
        "entry_point_name": "", "experiment_id": number, "lifecycle_stage": "active",
        "run_id": identifier, "run_name": run.id, "run_uuid": identifier, "source_name": "",
        "source_type": 4, "source_version": str(run.code.get("commit", "")),
        "start_time": _milliseconds(run.started), "status": STATUS[run.state], "tags": [],
        "user_id": "",
    }  # fmt: skip
    (folder / "meta.yaml").write_text(_yaml(meta), "utf-8")
    stamp = ended or _milliseconds(run.started)
    for one in run.metrics:
        for suffix, value in (("", one.value), ("_low", one.low), ("_high", one.high)):
            file = folder / "metrics" / _name(f"{one.part}_{one.name}{suffix}")
            file.write_text(f"{stamp} {value} 0\n", "utf-8")
    for key, value in (("seconds", run.seconds), ("peak_mib", run.peak_mib)):
        (folder / "metrics" / key).write_text(f"{stamp} {value} 0\n", "utf-8")
    for name, given in {**run.parameters, "seed": run.seed}.items():
        (folder / "params" / _name(name)).write_text(str(given)[:LONGEST_VALUE], "utf-8")
    for name, said in _tags(run).items():
        (folder / "tags" / name).write_text(said, "utf-8")
    source = runs.place(run.id)
    ignored = shutil.ignore_patterns(RECORD, f".{RECORD}.new", LOG)
    shutil.copytree(source, folder / "artifacts", dirs_exist_ok=True, ignore=ignored)


def _tags(run: Run) -> dict[str, str]:
    return {
        "mlflow.runName": run.id,
        "mlflow.source.type": "LOCAL",
        "mlflow.source.git.commit": str(run.code.get("commit", "")),
        "mlflow.note.content": run.note,
        "journeyman.state": run.state,
        "journeyman.data.sha256": str(run.data.get("sha256", "")),
        "journeyman.code.difference": str(run.code.get("difference", "")),
        "journeyman.environment.sha256": str(run.environment.get("sha256", "")),
        "journeyman.lock.sha256": str(run.lock.get("sha256", "")),
    }


def mlflow_id(run: Run) -> str:
    """32 hexadecimal digits, the same each time.

    >>> mlflow_id(Run("20260302T090507-ab12", "shop", "done", ""))
    '20260302090507ab1200000000000000'
    """
    return re.sub(r"[^0-9a-f]", "", run.id.lower().replace("t", "")).ljust(32, "0")[:32]


def _name(text: str) -> str:
    return _NAME.sub("-", text).strip("/. ")[:200] or "unnamed"


def _milliseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1000)
