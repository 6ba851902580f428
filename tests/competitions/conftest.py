"""An application whose bank of competitions is the small made-up one in ``sample``."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from journeyman.app.competitions import Competitions
from journeyman.competitions import house_field
from journeyman.competitions.preparing import load_module

SAMPLE = Path(__file__).parent / "sample"
SLUG = "shop-returns"


@pytest.fixture
def contests(app):
    """The competitions of an application, with the sample ones alone."""
    made = Competitions(app, roots=[SAMPLE])
    app.__dict__["competitions"] = made
    return made


@pytest.fixture
def ready(contests):
    """The same with the data of the sample in place."""
    contests.get(SLUG)
    return contests


def here(home):
    """Runs a baseline here in this process, which is quicker than one of its own."""

    def produce(file):
        table = load_module(file).fit_predict(home.table("train"), home.table("test"))
        return table["returned"].to_numpy(), {"seconds": 0.1, "peak_mb": 1.0}

    return produce


@pytest.fixture
def housed(ready):
    """The same with the house field run, here in this process."""
    entry, home = ready.entry(SLUG), ready.home(SLUG)
    house_field.run(entry, home, home.solution(entry), here(home))
    return ready


class Maker:
    """Makes submissions of a wanted strength from the sealed labels, as no honest person could."""

    def __init__(self, contests, folder):
        self.folder = folder
        home = contests.home(SLUG)
        self.test = home.table("test")
        self.answers = home.answers()["returned"].to_numpy()

    def values(self, strength, seed=0):
        noise = np.random.default_rng(seed).normal(size=len(self.answers))
        return 1 / (1 + np.exp(-(strength * (self.answers - 0.5) + noise)))

    def file(self, strength, name="mine.csv", seed=0, **changes):
        table = pd.DataFrame({"order": self.test["order"], "returned": self.values(strength, seed)})
        table = table.assign(**changes)
        table.to_csv(self.folder / name, index=False)
        return self.folder / name


@pytest.fixture
def make(ready, tmp_path):
    return Maker(ready, tmp_path)
