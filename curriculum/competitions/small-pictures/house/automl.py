"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA

from journeyman.house import run


def pictures(table):
    """Colours from 0 to 1; shape (pictures, 32, 32, 3)."""
    values = np.frombuffer(b"".join(table["pixels"]), np.uint8).reshape(len(table), 32, 32, 3)
    return values.astype(np.float32) / 255


def outlines(images):
    """Directions of edges in cells of 4 by 4 pixels, and the mean colours there.

    After Dalal and Triggs (2005): nine directions, each edge counted with its strength, cells
    normalised in blocks of four. Shape (pictures, 7 * 7 * 36 + 8 * 8 * 3).
    """
    grey = images.mean(axis=3)
    down, across = np.gradient(grey, axis=(1, 2))
    strength = np.hypot(down, across)
    direction = (np.arctan2(down, across) % np.pi) / np.pi * 9
    low = np.floor(direction).astype(int) % 9
    share = direction - np.floor(direction)
    cells = np.zeros((len(images), 8, 8, 9), np.float32)
    for number in range(9):
        weight = np.where(low == number, 1 - share, 0) + np.where((low + 1) % 9 == number, share, 0)
        blocks = (strength * weight).reshape(len(images), 8, 4, 8, 4)
        cells[..., number] = blocks.sum(axis=(2, 4))
    corners = [cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, :-1, 1:], cells[:, 1:, 1:]]
    joined = np.concatenate(corners, axis=3)
    joined /= np.linalg.norm(joined, axis=3, keepdims=True) + 0.05
    colours = images.reshape(len(images), 8, 4, 8, 4, 3).mean(axis=(2, 4))
    return np.concatenate([joined.reshape(len(images), -1), colours.reshape(len(images), -1)], 1)


def fit_predict(train, test):
    """A hundred components of the edges and colours of every picture."""
    parts = [outlines(pictures(train[start : start + 5_000])) for start in range(0, 50_000, 5_000)]
    known = np.concatenate(parts)
    components = PCA(100, random_state=0).fit(known)

    def named(values):
        return pd.DataFrame(components.transform(values)).add_prefix("component")

    house = run(
        named(known), train["label"], task="multiclass", metric="accuracy", seconds=60, cores=2
    )
    label = house.predict(named(outlines(pictures(test))))
    return pd.DataFrame({"id": test["id"], "label": label})
