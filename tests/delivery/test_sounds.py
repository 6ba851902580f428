"""Features of sounds: the graph computes what the pipeline does, whatever is heard."""

import numpy as np
import onnxruntime
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from journeyman.delivery import About, Cepstra, export
from journeyman.delivery.converting import Input, convert
from journeyman.errors import Invalid

RATE, WIDTH = 8000, 3000


def spoken(rows, seed=0):
    """Made-up vowels: pulses of a voice through two resonances, between silences; and which."""
    rng = np.random.default_rng(seed)
    time = np.arange(WIDTH) / RATE
    found, kinds = np.zeros((rows, WIDTH), np.float32), rng.integers(0, 3, rows)
    for row, kind in zip(found, kinds, strict=True):
        begin, end = rng.uniform(0, 0.05), rng.uniform(0.15, WIDTH / RATE)
        pitch, formants = rng.uniform(90, 220), ((700, 1200), (300, 2300), (350, 800))[kind]
        voice = sum(
            np.cos(2 * np.pi * pitch * n * time)
            * sum(np.exp(-(((pitch * n - f) / 150) ** 2)) for f in formants)
            for n in range(1, 30)
        )
        heard = (time > begin) & (time < end)
        row[:] = rng.uniform(0.02, 0.3) * voice * heard + rng.normal(0, 0.001, WIDTH)
    return np.clip(found, -1, 1), kinds


def vowels():
    """A fitted model of vowels, and sounds to hold out."""
    rows, kinds = spoken(420)
    model = make_pipeline(Cepstra(), StandardScaler(), LogisticRegression(max_iter=300))
    model.fit(rows[:200], kinds[:200])
    return model, pd.DataFrame(rows[200:], columns=[f"s{at}" for at in range(WIDTH)])


def odd():
    """What a visitor might upload: silence, one level, a click, a whisper, too loud, the ends."""
    time = np.arange(WIDTH)
    click, edge = np.zeros(WIDTH), np.zeros(WIDTH)
    click[1500], edge[:40], edge[-40:] = 1.0, 0.5, -0.5
    rows = [np.zeros(WIDTH), np.ones(WIDTH), -np.ones(WIDTH), click, edge, 1e-5 * np.sin(time),
            np.sign(np.sin(time / 3)), np.linspace(-1, 1, WIDTH)]  # fmt: skip
    return np.array(rows, dtype=np.float32)


def run(step, rows):
    graph = convert(make_pipeline(step, StandardScaler(with_mean=False, with_std=False).fit(
        step.transform(rows))), [Input("rows", "float32", rows.shape[1])])  # fmt: skip
    session = onnxruntime.InferenceSession(graph.data, providers=["CPUExecutionProvider"])
    return session.run(None, {"rows": rows})[0]


@pytest.mark.parametrize(
    "changes",
    [{}, {"parts": 1}, {"step": 256, "parts": 9}, {"cepstra": 26, "stretch": 1.16},
     {"frame": 400, "step": 160, "rate": 16000, "bands": 40}],
    ids=["usual", "one-part", "more-parts-than-frames", "all-bands", "wide"],
)  # fmt: skip
def test_the_graph_computes_what_the_step_does(changes):
    rows = np.concatenate([spoken(20)[0], odd()])
    step = Cepstra(**changes).fit(rows)
    wanted = step.transform(rows)
    assert wanted.shape == (len(rows), step.width)
    assert np.isfinite(wanted).all()
    found = run(step, rows)
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, atol=2e-3, rtol=1e-4)


def test_loudness_and_silence_around_it_do_not_matter():
    rows, _ = spoken(6)
    step = Cepstra().fit(rows)
    quiet = step.transform(0.5 * rows)
    plain = step.transform(rows)
    # All but what half of the mean of the first cepstrum leaves of it.
    np.testing.assert_allclose(quiet, plain, atol=0.05)
    later = np.zeros_like(rows)
    later[:, 2 * step.step :] = rows[:, : -2 * step.step]
    assert np.corrcoef(step.transform(later).ravel(), plain.ravel())[0, 1] > 0.95


@pytest.mark.slow
def test_a_model_of_sounds_is_delivered_with_parity(tmp_path):
    model, held = vowels()
    assert model.score(held.to_numpy(), spoken(420)[1][200:]) > 0.9
    done = export(model, held, tmp_path / "export", About(title="Vowels", rate=RATE))
    assert done.parity.holds
    assert done.parity.rows == 220
    assert done.parity.worst < 1e-5


def test_what_does_not_fit_is_told():
    rows, _ = spoken(2)
    with pytest.raises(Invalid, match="at least 256 samples"):
        Cepstra().fit(rows[:, :200])
    with pytest.raises(Invalid, match="no more cepstra than bands"):
        Cepstra(cepstra=30).fit(rows)
    with pytest.raises(Invalid, match="have not the 3000 samples"):
        Cepstra().fit(rows).transform(rows[:, :2000])
    assert clone(Cepstra(parts=3)).get_params()["parts"] == 3
    assert Cepstra().fit(rows).transform(rows[:0]).shape == (0, 127)
