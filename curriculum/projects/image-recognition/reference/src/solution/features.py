"""Directions of edges in small squares: what a garment's outline and folds look like.

Histograms of oriented gradients after Dalal and Triggs (2005), with squares of four dots.
"""

import numpy as np

SQUARE, DIRECTIONS = 4, 8


def features(pictures, block=2000):
    """One row a picture, from that picture alone; shape (pictures, 7 * 7 * 8 + 7 * 7).

    Args:
        pictures: Grey levels, shape (pictures, 28, 28). block: Pictures at a time, for memory.
    """
    made = [_edges(pictures[place : place + block]) for place in range(0, len(pictures), block)]
    return np.concatenate(made)


def _edges(pictures):
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    across = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    strength = np.hypot(across, down)
    place = np.arctan2(down, across) % np.pi * DIRECTIONS / np.pi
    low = place.astype(int) % DIRECTIONS
    share = place - np.floor(place)
    made = np.stack(
        [
            _squares(
                strength * ((low == one) * (1 - share) + ((low + 1) % DIRECTIONS == one) * share)
            )
            for one in range(DIRECTIONS)
        ],
        axis=-1,
    )
    around = np.pad((made**2).sum(axis=-1), ((0, 0), (1, 1), (1, 1)))
    near = sum(around[:, i : i + 7, j : j + 7] for i in range(3) for j in range(3))
    made = np.sqrt(made / np.sqrt(near + 0.1)[..., None])
    grey = _squares(pictures) / SQUARE**2
    return np.hstack([made.reshape(len(made), -1), grey.reshape(len(grey), -1)]).astype(np.float32)


def _squares(maps):
    """Sums over squares of four dots; shape (pictures, 7, 7)."""
    count = maps.shape[1] // SQUARE
    return maps.reshape(-1, count, SQUARE, count, SQUARE).sum(axis=(2, 4))
