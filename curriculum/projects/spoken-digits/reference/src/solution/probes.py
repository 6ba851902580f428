"""What a random split would promise: ``python -m solution.probes``. Never used to choose."""

import numpy as np

from solution.config import arguments, write
from solution.data import load
from solution.evaluate import macro_f1
from solution.features import features
from solution.train import fitted


def voices_on_both_sides(table, seed):
    """Macro F1 of the kernel machine on a third of all recordings, drawn at random."""
    made, digit = features(table), table["digit"].to_numpy()
    late = np.random.default_rng(seed).random(len(table)) < 1 / 3
    model = fitted("kernel machine", made[~late], digit[~late], [])
    return macro_f1(digit[late], model.predict(made[late]))


def fewer_voices(table):
    """Mean macro F1 on the two strangers, by how many of the four voices it learnt from."""
    test, known = table[table["part"] == "test"], table[table["part"] != "test"]
    made, asked = features(known), features(test)
    names, found = list(known["speaker"].unique()), {}
    for count in (1, 2, 3, 4):
        scores = []
        for first in range(4):
            kept = (
                known["speaker"]
                .isin([names[(first + step) % 4] for step in range(count)])
                .to_numpy()
            )
            model = fitted("kernel machine", made[kept], known["digit"].to_numpy()[kept], [])
            scores.append(macro_f1(test["digit"], model.predict(asked)))
        found[str(count)] = round(float(np.mean(scores)), 4)
    return found


def main():
    """Measure both and write them beside the run's results."""
    given = arguments(__doc__)
    table = load()
    found = {
        "macro_f1_random_split": round(voices_on_both_sides(table, given.seed), 4),
        "macro_f1_on_strangers_by_voices_learnt": fewer_voices(table),
    }
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
