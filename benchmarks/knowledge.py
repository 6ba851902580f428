"""The knowledge tracer beside its peers on public logs that you have obtained yourself.

    PYTHONPATH=src OMP_NUM_THREADS=1 python benchmarks/knowledge.py FOLDER ROWS --set assist09

FOLDER holds the logs as `benchmarks/public_logs.py` says. What each model predicted for every
held-out answer is kept in ROWS, outside the repository; a model whose file is there is not fitted
again, so delete the file to measure anew. `--peer dkt` adds a tuned DKT (needs torch); at its usual
rate it overfits some logs within an epoch, so try `--rate 0.001` as well. `--peer pybkt --python
PYTHON` adds pyBKT, run by a Python that has it.

`--first 10` looks at the first ten answers of every held-out learner only and adds what the item
alone says: its rate among all answers of training learners, and among their first ten.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from public_logs import FOLDS, SETS, beginning, place, split
from scipy.special import expit

from journeyman.learner.tracing import Log
from journeyman.learner.tracing.evaluate import OURS, trial
from journeyman.learner.tracing.log import Floats
from journeyman.learner.tracing.measures import interval, losses, quality
from journeyman.learner.tracing.norms import Norms

ROW = "  {:<24s} AUC {:.4f}  log loss {:.4f}  RMSE {:.4f}  ECE {:.4f}{}"
RATE = 0.003
Notes = dict[str, object]


@dataclass(frozen=True)
class Predicted:
    """What models said about each held-out answer, shape (n,), and what is worth noting."""

    chance: dict[str, Floats]
    notes: Notes

    def save(self, file: Path) -> None:
        """Whole or not at all."""
        part = file.with_suffix(".part.npz")
        np.savez_compressed(part, notes=np.array(json.dumps(self.notes)), **self.chance)
        part.replace(file)

    @classmethod
    def load(cls, file: Path) -> Predicted:
        """What :meth:`save` wrote."""
        with np.load(file) as found:
            chance = {name: found[name] for name in found.files if name != "notes"}
            return cls(chance, json.loads(str(found["notes"])))


def house(train: Log, test: Log, options: argparse.Namespace) -> Predicted:
    """The tracer and the baselines that `journeyman model evaluate` compares it with."""
    found = trial(train, test, seed=options.seed)
    seconds, each = found.fit_seconds, found.us_per_event
    return Predicted(found.chance, {"fit CPU s": round(seconds), "us an event": round(each)})


def dkt(train: Log, test: Log, options: argparse.Namespace) -> Predicted:
    """A recurrent network tuned on training learners."""
    from peers import dkt as peer  # noqa: PLC0415 - needs torch

    chance, notes = peer.predict(train, test, rate=options.rate, seed=options.seed)
    return Predicted({"dkt" if options.rate == RATE else f"dkt at {options.rate:g}": chance}, notes)


def pybkt(train: Log, test: Log, options: argparse.Namespace) -> Predicted:
    """Bayesian knowledge tracing by pyBKT, in its own Python."""
    from peers import pybkt_files as peer  # noqa: PLC0415 - only where asked for

    chance, notes = peer.predict(train, test, python=options.python, seed=options.seed)
    return Predicted(chance, notes)


MODELS: dict[str, Callable[[Log, Log, argparse.Namespace], Predicted]] = {
    "journeyman": house,
    "dkt": dkt,
    "pybkt": pybkt,
}


def measure(name: str, options: argparse.Namespace) -> None:
    """Fit what is missing on one set, and print the table."""
    train, test = split(options.folder, name, options.fold)
    if options.learners:
        drawn = np.random.default_rng(options.seed).permutation(train.present())
        train = train.take(drawn[: options.learners])
    chance: dict[str, Floats] = {}
    notes: Notes = {}
    few = f".{options.learners}" if options.learners else ""
    for model in ("journeyman", *options.peer):
        own = f"-{options.rate:g}" if model == "dkt" and options.rate != RATE else ""
        file = options.rows / f"{name.replace(' ', '-')}.{options.fold}{few}.{model}{own}.npz"
        if not file.exists():
            MODELS[model](train, test, options).save(file)
        found = Predicted.load(file)
        chance |= found.chance
        notes |= {f"{model}: {key}": value for key, value in found.notes.items()}
    counts = f"{len(train)} answers of {len(train.present())} learners to fit"
    if options.first:
        kept = place(test) < options.first
        chance = {model: values[kept] for model, values in chance.items()}
        test = beginning(test, options.first)
        chance |= items_alone(train, test, options.first)
    print(f"{name}: {counts}, {len(test)} of {len(test.present())} held out; {notes}")
    compare(test, chance)


def items_alone(train: Log, test: Log, first: int) -> dict[str, Floats]:
    """What the item says of somebody who has not answered anything."""
    found = {}
    for label, log in (("item alone", train), (f"item, first {first}", beginning(train, first))):
        norms = Norms.of(log)
        pairs = zip(test.item.tolist(), test.skills.tolist(), strict=True)
        easiness = [norms.of_item(test.items[i], test.skill_sets[s]).easiness for i, s in pairs]
        found[label] = np.asarray(expit(np.array(easiness)))
    return found


def compare(test: Log, chance: dict[str, Floats]) -> None:
    """One line a model; the interval draws learners."""
    ours = losses(test.correct, chance[OURS])
    for model, values in chance.items():
        one, gap = quality(test.correct, values), ""
        if model != OURS:
            difference = ours - losses(test.correct, values)
            low, high = interval(test.learner, difference)
            gap = f"  ours {difference.mean():+.4f} [{low:+.4f}, {high:+.4f}]"
        print(ROW.format(model, one.auc, one.log_loss, one.rmse, one.ece, gap), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="Of the logs.")
    parser.add_argument("rows", type=Path, help="Where predictions are kept.")
    parser.add_argument("--set", action="append", choices=SETS, help="Several may be named.")
    parser.add_argument("--fold", type=int, default=2, choices=FOLDS, help="Of those without test.")
    parser.add_argument("--learners", type=int, help="Fit on at most this many, drawn by chance.")
    parser.add_argument("--peer", action="append", default=[], choices=list(MODELS)[1:])
    parser.add_argument("--rate", type=float, default=RATE, help="Of Adam for DKT.")
    parser.add_argument("--python", default="python3", help="Runs pyBKT.")
    parser.add_argument("--first", type=int, default=0, help="Only so many answers a learner.")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.rows.mkdir(parents=True, exist_ok=True)
    for name in options.set or SETS:
        measure(name, options)


if __name__ == "__main__":
    main()
