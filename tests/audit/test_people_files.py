"""Files under names that nobody told us, and tables in a README that say more than its text."""

import numpy as np
import pandas as pd
import pytest

from journeyman.audit import bundle_from, review, review_code
from journeyman.audit.bundle.bundle import looks_like_id
from journeyman.audit.code import statements
from tests.audit.test_people_tables import kinds, sigmoid, written

GAINS = """
| features | AUC |
|---|---|
| A form only | 0.684 |
| B form + reminders | 0.742 |
| C form + reminders + weather forecast | 0.746 |

| | difference | 95 % interval |
|---|---|---|
| B − A | 0.058 | 0.034 to 0.082 |
| C − B | 0.004 | −0.009 to 0.017 |

"""
FITTED = """
import pandas as pd
from sklearn.linear_model import LogisticRegression
d = pd.read_csv("train.csv")
LogisticRegression().fit(d[["{}"]], d["{}"])
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The weather forecast improves it again, so we roll out C.", ["within-noise"]),
        ("The reminders make the forecast much better.", []),
        ("The weather forecast gives a higher number, but we cannot tell it from none.", []),
    ],
)
def test_a_gain_is_claimed_although_the_readmes_own_interval_has_none(tmp_path, text, expected):
    bundle = written(tmp_path, README__md=GAINS + text, train__py="print('nothing')\n")
    assert kinds(bundle) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mean 0.7, sd 3.9, n = 10. The new model clearly improves on it.", ["within-noise"]),
        ("mean 3.1, sd 2.0, n = 10. The new model clearly improves on it.", []),
        ("mean 0.7, sd 3.9, n = 10. It is better, but ten folds do not tell the two apart.", []),
    ],
)
def test_a_mean_difference_and_its_spread_are_an_interval(tmp_path, text, expected):
    said = f"Paired difference per fold (ridge - boosting): {text}"
    assert kinds(written(tmp_path, README__md=said, train__py="print('nothing')\n")) == expected


@pytest.mark.parametrize(("power", "expected"), [(1.0, []), (3.0, ["uncalibrated"])])
def test_probabilities_under_a_foreign_name_are_known_by_their_values(tmp_path, power, expected):
    rng = np.random.default_rng(31)
    chance = rng.beta(2, 4, 1500)
    truth = (rng.random(1500) < chance).astype(int)
    told = sigmoid(power * np.log(chance / (1 - chance)))
    table = pd.DataFrame({"polis": np.arange(1500), "schade": truth, "kans": told.round(4)})
    train = pd.DataFrame({"leeftijd": rng.integers(18, 80, 1500), "schade": truth[::-1]})
    files = {"predictions__csv": table, "train__csv": train}
    assert (
        kinds(written(tmp_path, **files, train__py=FITTED.format("leeftijd", "schade"))) == expected
    )


def test_an_answer_under_a_foreign_name_is_known_by_the_truths_words(tmp_path):
    rng = np.random.default_rng(32)
    truth = rng.choice(["vergine", "lampante", "extra"], 400)
    guess = np.where(rng.random(400) < 0.75, truth, "extra")
    table = pd.DataFrame({"campione": np.arange(400), "classe": truth, "previsto": guess})
    train = pd.DataFrame({"acidita": rng.random(400).round(2), "classe": truth})
    right = float((truth == guess).mean())
    code = FITTED.format("acidita", "classe")
    for shift, expected in ((0.0, []), (0.06, ["not-reproducible"])):
        text = f"Sul test: accuratezza **{right + shift:.3f}**."
        files = {"predictions__csv": table, "train__csv": train, "train__py": code}
        assert kinds(written(tmp_path, **files, README__md=text)) == expected


def test_numbers_drawn_without_a_repeat_are_identifiers_and_amounts_are_not():
    rng = np.random.default_rng(33)
    drawn = pd.Series(rng.choice(np.arange(2_000_000, 3_000_000), 900, replace=False))
    amounts = pd.Series(np.unique((np.exp(rng.normal(11, 0.6, 1200))).astype(int)))
    assert looks_like_id("annuncio", drawn)
    assert not looks_like_id("fatturato", amounts)


@pytest.mark.parametrize(("moved", "expected"), [(300, True), (60_000, False)])
def test_an_advertisement_put_up_again_is_a_near_copy(tmp_path, moved, expected):
    rng = np.random.default_rng(34)
    cars = pd.DataFrame(
        {
            "make": rng.choice(list("abcdefgh"), 700),
            "power": rng.choice([55, 66, 77, 88, 99, 110, 120, 150], 700),
            "fuel": rng.choice(["petrol", "diesel", "gas", "electric"], 700),
            "colour": rng.choice(list("uvwxyzUVWXYZ"), 700),
            "trim": rng.choice(list("1234567890"), 700),
            "year": rng.integers(2003, 2021, 700),
            "town": rng.choice(list("klmnopqrst"), 700),
            "photos": rng.integers(3, 22, 700),
            "km": rng.integers(5_000, 260_000, 700),
        }
    )
    again = cars.assign(km=cars.km + rng.integers(1, moved, 700))
    both = pd.concat([cars, again], ignore_index=True).sample(frac=1, random_state=0)
    both["price"] = (2000 + 120 * both.power - 0.03 * both.km + rng.normal(0, 400, 1400)).round(-1)
    found = kinds(written(tmp_path, train__csv=both[:1000], test__csv=both[1000:]))
    assert ("near-duplicates-across-split" in found) == expected


def test_runs_of_one_seed_are_no_claim_between_settings(tmp_path):
    runs = pd.DataFrame(
        {"hidden": [4, 4, 32, 32], "seed": 7, "val_acc": [0.713, 0.713, 0.727, 0.727]}
    )
    text = "The larger network is better and was chosen."
    assert kinds(written(tmp_path, runs__csv=runs, README__md=text)) == []


def test_a_fault_of_the_reader_is_told_and_ends_nothing(monkeypatch, tmp_path):
    def broken(*_):
        raise KeyError("?")

    monkeypatch.setitem(statements.STATEMENTS, statements.ast.While, broken)
    (tmp_path / "a.py").write_text("while True:\n    pass\n")
    (tmp_path / "b.py").write_text("import numpy as np\nx = np.random.rand(3)\n")
    found = review_code(
        {"a.py": "while True:\n    pass\n", "b.py": (tmp_path / "b.py").read_text()}
    )
    assert [(one.kind, one.severity, one.place.file) for one in found] == [
        ("not-reproducible", "fault", "b.py"),
        ("unreadable-code", "note", "a.py"),
    ]
    assert bundle_from(tmp_path).sources.keys() == {"a.py", "b.py"}


def test_beside_the_answers_stands_what_they_are_about(tmp_path):
    rng = np.random.default_rng(35)
    rows = pd.DataFrame({"opname": rng.permutation(900) + 5_000, "crp": rng.gamma(2, 30, 900)})
    rows["sepsis"] = (rng.random(900) < sigmoid(rows.crp / 40 - 3)).astype(int)
    rows["lactaat"] = np.where(rows.sepsis | (rng.random(900) < 0.02), rng.random(900), np.nan)
    told = rows[600:][["opname", "sepsis"]].assign(kans=0.2)
    files = {"train__csv": rows[:600], "test__csv": rows[600:], "predictions__csv": told}
    assert kinds(written(tmp_path, **files)) == ["missingness-leak"]


def test_a_column_may_say_which_part_a_row_is_of(tmp_path):
    rng = np.random.default_rng(36)
    table = pd.DataFrame(
        {
            "clip": [f"rec{at:04d}_aug{k}" for at in range(300) for k in range(2)],
            "label": np.repeat(rng.choice(["dry", "wet"], 300), 2),
            "loud": rng.random(600).round(3),
        }
    )
    by_chance = table.assign(split=rng.choice(["train", "test"], 600, p=[0.7, 0.3]))
    by_clip = table.assign(split=np.repeat(rng.choice(["train", "test"], 300, p=[0.7, 0.3]), 2))
    for data, expected in ((by_chance, ["augmentation-before-split"]), (by_clip, [])):
        assert kinds(written(tmp_path, clips__csv=data)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| | test |\n|---|---|\n| accuracy | **0.978** |\n", ["wrong-metric"]),
        ("| | test |\n|---|---|\n| accuracy | 0.978 |\n| average precision | 0.31 |\n", []),
    ],
)
def test_accuracy_is_all_that_a_readme_tells_of_a_rare_class(tmp_path, text, expected):
    rng = np.random.default_rng(37)
    rows = pd.DataFrame({"spin_db": rng.normal(68, 2, 1000).round(1)})
    rows["claim"] = (np.arange(1000) % 45 == 0).astype(int)
    told = pd.DataFrame({"y_true": rows.claim[500:], "y_pred": 0})
    files = {"train__csv": rows[:500], "test__csv": rows[500:], "predictions__csv": told}
    found = kinds(written(tmp_path, **files, README__md=text))
    assert [one for one in found if one == "wrong-metric"] == expected


def test_the_calendar_of_tomorrow_is_no_leak_and_its_weather_is():
    code = """
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("sales.csv", parse_dates=["date"]).sort_values("date")
df["holiday_next"] = df["holiday"].shift(-1)
df["rain_next"] = df["rain"].shift(-1)
df["goal"] = df["sales"].shift(-1)
train, test = df[df.date < "2023"], df[df.date >= "2023"]
names = ["sales", "holiday_next", "rain_next"]
model = Ridge().fit(train[names], train["goal"])
"""
    found = [one for one in review_code({"a.py": code}) if one.severity != "note"]
    assert [(one.kind, one.place.columns) for one in found] == [("temporal-leak", ("rain_next",))]


@pytest.mark.parametrize(
    ("text", "severities"),
    [("`appraisal` is a figure.", ["fault"]), ("`appraisal` is made before the sale.", ["note"])],
)
def test_a_strong_column_that_the_readme_says_is_earlier_is_noted_only(tmp_path, text, severities):
    rng = np.random.default_rng(38)
    size, year = rng.gamma(6, 20, 1200), rng.integers(1900, 2020, 1200)
    price = 1.1 * size + 0.4 * (year - 1900) + rng.normal(0, 60, 1200)
    table = pd.DataFrame({"size": size.round(), "year": year, "street": rng.random(1200).round(3)})
    table["appraisal"] = (price + rng.normal(0, 18, 1200)).round(1)
    table["price"] = price.round(1)
    bundle = written(tmp_path, train__csv=table[:800], test__csv=table[800:], README__md=text)
    found = [one for one in review(bundle) if one.kind == "target-leak"]
    assert [one.severity for one in found] == severities
