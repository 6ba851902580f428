"""What copies made before the split would promise: ``python -m solution.probes``."""

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

from solution.config import arguments, write
from solution.data import load, pixels


def nearest(train, train_label, test, test_label):
    """The share that the nearest neighbour gets right."""
    model = KNeighborsClassifier(1).fit(train, train_label)
    return round(float(model.score(test, test_label)), 4)


def measured(pictures, label, seed):
    """Accuracy on a fifth of the pictures, with copies shifted by a dot made after and before."""
    rng = np.random.default_rng(seed)
    flat = pictures.reshape(len(pictures), -1)
    moved = np.roll(pictures, 1, axis=2).reshape(len(pictures), -1)
    late = rng.random(len(flat)) < 0.2
    after = nearest(
        np.vstack([flat[~late], moved[~late]]),
        np.r_[label[~late], label[~late]],
        flat[late],
        label[late],
    )
    both, labels = np.vstack([flat, moved]), np.r_[label, label]
    late = rng.random(len(both)) < 0.2
    before = nearest(both[~late], labels[~late], both[late], labels[late])
    return {"accuracy_copies_after_split": after, "accuracy_copies_before_split": before}


def main():
    """Measure both on 5,000 training pictures and write them beside the run's results."""
    given = arguments(__doc__)
    table = load()
    some = table[table["part"] == "train"].sample(5000, random_state=given.seed)
    found = measured(pixels(some), some["label"].to_numpy(), given.seed)
    write(given, probes=found)
    print(found)


if __name__ == "__main__":
    main()
