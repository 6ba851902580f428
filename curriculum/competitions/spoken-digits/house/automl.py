"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import numpy as np
import pandas as pd
from scipy.fft import dct

from journeyman.house import run


def sound(samples):
    """16-bit samples to numbers from -1 to 1."""
    return np.frombuffer(samples, "<i2").astype(np.float32) / 32768


def cepstra(samples, count=13):
    """Mel-frequency cepstra of 32 ms every 16 ms; shape (frames, count).

    After Davis and Mermelstein (1980).
    """
    wave = sound(samples)
    wave = np.append(wave[:1], wave[1:] - 0.97 * wave[:-1])
    wave = np.pad(wave, (0, max(0, 256 - len(wave))))
    frames = np.lib.stride_tricks.sliding_window_view(wave, 256)[::128] * np.hamming(256)
    power = np.abs(np.fft.rfft(frames, 512)) ** 2
    mel = np.linspace(0, 2595 * np.log10(1 + 4000 / 700), 28)
    edges = np.floor(513 * 700 * (10 ** (mel / 2595) - 1) / 8000).astype(int)
    bins = np.arange(257)
    rise = (bins - edges[:-2, None]) / np.maximum(edges[1:-1] - edges[:-2], 1)[:, None]
    fall = (edges[2:, None] - bins) / np.maximum(edges[2:] - edges[1:-1], 1)[:, None]
    bands = np.log(power @ np.clip(np.minimum(rise, fall), 0, None).T + 1e-8)
    return dct(bands, norm="ortho")[:, :count]


def trimmed(made, quiet):
    """Without the quiet ends: ``quiet`` is how far below the loudest frame counts as silence."""
    loud = np.flatnonzero(made[:, 0] > made[:, 0].max() - quiet)
    return made[loud[0] : loud[-1] + 1]


def features(table, parts=8, quiet=np.inf):
    """The cepstra of each recording in equal parts of its length; shape (recordings, features).

    The first cepstrum is the loudness: the recording's loudest frame is taken out of it, because
    it tells the microphone. The differences between neighbouring parts are added.
    """
    rows = []
    for samples in table["samples"]:
        made = trimmed(cepstra(samples), quiet)
        made[:, 0] -= made[:, 0].max()
        places = np.linspace(0, len(made), parts + 1).astype(int)
        low = np.minimum(places[:-1], len(made) - 1)
        high = np.maximum(places[1:], low + 1)
        means = [made[low[part] : high[part]].mean(axis=0) for part in range(parts)]
        rows.append(np.r_[np.ravel(means), np.diff(means, axis=0).ravel(), np.log(len(made))])
    return np.array(rows)


def fit_predict(train, test):
    """One voice after the other is held out."""
    house = run(
        pd.DataFrame(features(train)).add_prefix("feature"), train["digit"], task="multiclass",
        metric="macro_f1", seconds=60, cores=2, groups=train["speaker"],
    )  # fmt: skip
    digit = house.predict(pd.DataFrame(features(test)).add_prefix("feature"))
    return pd.DataFrame({"id": test["id"], "digit": digit})
