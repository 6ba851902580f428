"""Mel-frequency cepstra (Davis and Mermelstein, 1980), in five parts of the digit's length.

What is thrown away on purpose: the pitch (bands are wider than its harmonics), the loudness (the
loudest frame becomes zero), half of the microphone's colour (half of each cepstrum's mean: all of
it would take the vowels along), the speed (parts, not seconds).
"""

import numpy as np
from scipy.fft import dct

from solution.data import RATE, sound

FRAME, STEP, BANDS, CEPSTRA, PARTS = 256, 96, 26, 14, 5
STRETCHED = (0.86, 0.93, 1.08, 1.16)
"""Factors on the frequencies: a shorter or longer vocal tract, so another voice."""


def features(table, stretch=1.0):
    """One row a recording, from that recording alone; shape (recordings, 127).

    Args:
        table: With ``samples``. stretch: Factor on the frequencies of the bands.
    """
    bands = _bands(stretch)
    return np.array([_row(cepstra(sound(one), bands)) for one in table["samples"]])


def cepstra(wave, bands):
    """Cepstra of frames of 32 ms every 12 ms, without the quiet ends; shape (frames, 14)."""
    wave = np.append(wave[:1], wave[1:] - 0.97 * wave[:-1])
    wave = np.pad(wave, (0, max(0, FRAME + STEP - len(wave))))
    frames = np.lib.stride_tricks.sliding_window_view(wave, FRAME)[::STEP] * np.hamming(FRAME)
    power = np.abs(np.fft.rfft(frames, 2 * FRAME)) ** 2
    loud = np.log(power.sum(axis=1) + 1e-8)
    kept = np.flatnonzero(loud > loud.max() - 9.0)
    return dct(np.log(power[kept[0] : kept[-1] + 1] @ bands + 1e-8), norm="ortho")[:, :CEPSTRA]


def _bands(stretch):
    """Triangles that are evenly wide in mel; shape (257, 26)."""
    mel = np.linspace(80, 2595 * np.log10(1 + 3800 / 700), BANDS + 2)
    hertz = np.minimum(700 * (10 ** (mel / 2595) - 1) * stretch, RATE / 2)
    place = np.arange(FRAME + 1) * RATE / (2 * FRAME)
    rise = (place - hertz[:-2, None]) / np.maximum(hertz[1:-1] - hertz[:-2], 1)[:, None]
    fall = (hertz[2:, None] - place) / np.maximum(hertz[2:] - hertz[1:-1], 1)[:, None]
    return np.clip(np.minimum(rise, fall), 0, None).T


def _row(made):
    """Means over parts of the length, what changes from part to part, and the length itself."""
    made = made - made.mean(axis=0) / 2
    made[:, 0] -= made[:, 0].max()
    edges = np.linspace(0, len(made), PARTS + 1).astype(int)
    low = np.minimum(edges[:-1], len(made) - 1)
    high = np.maximum(edges[1:], low + 1)
    means = np.array([made[a:b].mean(axis=0) for a, b in zip(low, high, strict=True)])
    return np.r_[means.ravel(), np.diff(means, axis=0).ravel(), np.log(len(made))]
