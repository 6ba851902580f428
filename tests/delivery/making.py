"""Small fitted models on seeded data, with rows that they were not fitted on."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

WORDS = [
    "good",
    "bad",
    "don't",
    "I",
    "it's",
    "3",
    "2026",
    "café",
    "naïve",
    "über",
    "plot",
    "film",
    "actor",
    "a-b",
    "x",
    "superb",
    "dull",
    "very",
    "not",
]


def customers(rows: int, seed: int) -> pd.DataFrame:
    """Rows with numbers, whole numbers, a flag, a category and gaps; ``left`` is the target."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "spent": np.round(rng.gamma(2, 30, rows), 2),
            "visits": rng.integers(0, 40, rows),
            "member": rng.random(rows) < 0.4,
            "city": rng.choice(["Łódź", "Bern", "Oslo"], rows),
        }
    )
    chance = 1 / (1 + np.exp(0.05 * table.visits - 0.01 * table.spent + table.member))
    table["left"] = np.where(rng.random(rows) < chance, "yes", "no")
    table.loc[rng.random(rows) < 0.05, "spent"] = np.nan
    table.loc[rng.random(rows) < 0.05, "city"] = np.nan
    return table


def preparation(*, scaled: bool = True):
    numbers = [SimpleImputer(), *([StandardScaler()] if scaled else [])]
    words = [SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")]
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(*numbers), ["spent", "visits", "member"]),
            ("words", make_pipeline(*words), ["city"]),
        ]
    )


def leaving(model=None, *, scaled: bool = True):
    """A fitted classifier of ``left``, and 250 rows to hold out."""
    train, held_out = customers(500, 0), customers(250, 1)
    model = LogisticRegression() if model is None else model  # an unfitted ensemble has no truth
    pipeline = make_pipeline(preparation(scaled=scaled), model)
    return pipeline.fit(train.drop(columns="left"), train.left), held_out.drop(columns="left")


def towns():
    """A fitted boosting with categorical splits, and 250 rows to hold out."""
    train, held_out = customers(600, 6), customers(250, 7)
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    columns = ColumnTransformer(
        [("words", codes, ["city"]), ("numbers", "passthrough", ["spent", "visits"])]
    )
    model = HistGradientBoostingClassifier(max_iter=20, categorical_features=[0])
    wanted = ["city", "spent", "visits"]
    return make_pipeline(columns, model).fit(train[wanted], train.left), held_out[wanted]


def spending():
    """A fitted regressor of ``spent`` and 250 rows to hold out."""
    train, held_out = (customers(400, seed).dropna() for seed in (2, 3))
    columns = ["visits", "member"]
    model = HistGradientBoostingRegressor(max_iter=15)
    return model.fit(train[columns], train.spent), held_out[columns].head(250)


def reviews(rows: int, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, 12)) + "." for _ in range(rows)]
    liked = np.array([text.count("good") + text.count("superb") for text in texts])
    return pd.DataFrame({"review": texts}), (liked > np.median(liked)).astype(int)


def sentiment():
    """A fitted classifier of texts, and 250 texts to hold out."""
    table, liked = reviews(400, 4)
    pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression(C=10))
    return pipeline.fit(table.review, liked), reviews(250, 5)[0]


def digits():
    """A fitted classifier of 8 x 8 pictures, and 250 pictures to hold out."""
    from sklearn.datasets import load_digits

    data, target = load_digits(return_X_y=True, as_frame=True)
    pixels = (data * 15.9375).round()
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=200))
    return model.fit(pixels.iloc[:900], target.iloc[:900]), pixels.iloc[900:1150]


def tones(rate: int = 8000):
    """A fitted classifier of a sixteenth of a second of sound, and 250 sounds to hold out."""
    from sklearn.neural_network import MLPClassifier

    rng = np.random.default_rng(6)
    time = np.arange(rate // 16) / rate
    pitch = rng.uniform(200, 3000, 650)
    waves = 0.8 * np.sin(2 * np.pi * pitch[:, None] * time)
    table = pd.DataFrame(waves.astype(np.float32).astype(float))
    table.columns = [f"s{at}" for at in range(len(time))]
    high = np.where(pitch > 1500, "high", "low")
    model = MLPClassifier((8,), max_iter=10, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it need not have learnt to the end
        model.fit(table.head(400), high[:400])
    return model, table.tail(250)
