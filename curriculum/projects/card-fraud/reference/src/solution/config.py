"""Where things lie and how a run is started: journeyman.toml, environment, command line."""

import argparse
import json
import os
import tomllib
from functools import cache
from pathlib import Path

import joblib

ROOT = Path(__file__).resolve().parents[2]


@cache
def config():
    """What journeyman.toml says; reading it needs no Journeyman."""
    return tomllib.loads((ROOT / "journeyman.toml").read_text("utf-8"))


def raw(table):
    """The file of a raw table: in the folder DATA_DIR, else in the one of journeyman.toml."""
    folder = Path(os.environ.get("DATA_DIR") or ROOT / config()["data"]["folder"])
    file = folder / f"{table}.parquet"
    if not file.is_file():
        name = config()["data"]["dataset"]
        raise SystemExit(
            f"There is no {file}. Fetch it with `journeyman data get {name}` and name the folder "
            f"that `journeyman data where {name}` prints in DATA_DIR."
        )
    return file


def arguments(description, *further):
    """The command line; ``further`` are pairs of an option and its keywords."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", type=Path, default=ROOT / config()["output"]["folder"])
    parser.add_argument("--seed", type=int, default=config()["project"]["seed"])
    parser.add_argument("--sample", action="store_true", help="a quick run on part of the rows")
    for option, keywords in further:
        parser.add_argument(option, **keywords)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    return given


def write(given, **results):
    """Each result as ``<name>.json`` in the folder of results; intervals are printed too."""
    for name, found in results.items():
        (given.out / f"{name}.json").write_text(json.dumps(found, indent=1), "utf-8")
    for name, one in results.get("metrics", {}).items():
        print(f"{name}: {one['value']:.4f} ({one['low']:.4f} to {one['high']:.4f}), {one['part']}")


def saved(given):
    """The model of the last run: from the folder of results, else from the repository's own."""
    name, usual = config()["output"]["model"], ROOT / config()["output"]["folder"]
    for folder in (given.out, usual):
        if (folder / name).is_file():
            return joblib.load(folder / name)
    raise SystemExit(f"There is no {usual / name}; run `python -m solution.train` first.")
