"""The pipeline on made-up sounds: no file is needed."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from solution.data import RATE, clean, parts, sound
from solution.evaluate import CHANCES, cheapest, cost, evaluate, macro_f1
from solution.features import _bands, cepstra, features
from solution.predict import predictions, scores
from solution.train import fitted, left_out, sharpness


@pytest.fixture
def raw_table():
    """240 sounds in raw form of four voices: each digit a pair of tones, higher for some voices."""
    rng = np.random.default_rng(0)
    rows = []
    for voice, name in enumerate(["george", "theo", "lucas", "yweweler"]):
        for digit in range(10):
            for _ in range(6):
                time = np.arange(rng.integers(2000, 4000)) / RATE
                pitch = (300 + 180 * digit) * (1 + 0.03 * voice)
                wave = np.sin(2 * np.pi * pitch * time) + 0.5 * np.sin(
                    2 * np.pi * 2.1 * pitch * time
                )
                wave = 0.2 * wave + 0.01 * rng.normal(size=len(time))
                rows.append(((wave * 20_000).astype("<i2").tobytes(), digit, name, RATE))
    return pd.DataFrame(rows, columns=["samples", "digit", "speaker", "rate"])


def test_no_voice_is_on_both_sides(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table["speaker"])
    assert table.groupby("speaker")["part"].nunique().max() == 1
    assert set(table.loc[table["part"] == "test", "speaker"]) == {"lucas", "yweweler"}


def test_loudness_does_not_matter(raw_table):
    wave = sound(raw_table["samples"].iloc[0])
    loud, quiet = (cepstra(one, _bands(1.0)) for one in (wave, wave / 2))
    assert np.allclose(loud[:, 1:], quiet[:, 1:], atol=0.15)
    softer = raw_table.iloc[:1].assign(
        samples=(np.frombuffer(raw_table["samples"].iloc[0], "<i2") // 2).tobytes()
    )
    assert np.allclose(features(raw_table.iloc[:1]), features(softer), atol=0.3)


def test_rows_are_of_one_length_even_for_a_short_or_silent_sound():
    table = pd.DataFrame(
        {"samples": [np.zeros(50, "<i2").tobytes(), np.zeros(5000, "<i2").tobytes()]}
    )
    assert np.isfinite(features(table)).all()


def test_a_stretch_is_a_shift_of_the_bands(raw_table):
    plain, other = features(raw_table.iloc[:5]), features(raw_table.iloc[:5], 1.16)
    assert plain.shape == other.shape
    assert not np.allclose(plain, other)


def test_macro_f1_and_cost_by_hand_and_by_the_library():
    rng = np.random.default_rng(1)
    label, given = rng.integers(0, 10, 300), rng.integers(0, 10, 300)
    assert macro_f1(label, given) == pytest.approx(f1_score(label, given, average="macro"))
    assert macro_f1(np.arange(10), np.arange(10)) == 1.0
    assert cost([True, False, False], [False, False, True]) == pytest.approx((0.90 + 0.25) / 3)


def test_pairs_add_up_to_a_score_for_each_digit(raw_table):
    made, digit = features(raw_table), raw_table["digit"].to_numpy()
    model = fitted("kernel machine", made, digit, [])
    found = scores(model, made)
    assert found.shape == (len(made), 10)
    assert np.allclose(found.sum(axis=1), 0)
    assert (found.argmax(axis=1) == digit).mean() > 0.95


def test_from_raw_rows_to_metrics(raw_table):
    table = clean(raw_table)
    table["part"] = parts(table["speaker"])
    digit, speaker = table["digit"].to_numpy(), table["speaker"].to_numpy()
    heard = left_out("linear discriminants", features(table), digit, speaker, [])
    chance = np.exp(sharpness(heard, digit) * heard)
    chance /= chance.sum(axis=1, keepdims=True)
    found = predictions(table, chance, np.zeros(len(table), int))
    assert np.allclose(found[CHANCES].sum(axis=1), 1)
    made = evaluate(found, cheapest(found), resamples=20)
    assert made["macro_f1"]["part"] == "test"
    assert made["macro_f1"]["value"] > 0.6 > made["macro_f1_baseline"]["value"]
    assert {"macro_f1_lucas", "macro_f1_george"} <= set(made)
