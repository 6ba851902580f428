"""What an adversary's tables and predictions showed the checks to miss, or to see where it is not."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import balanced_accuracy_score, f1_score

from journeyman.audit import Bundle, bundle_from, review


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def kinds(bundle):
    return [one.kind for one in review(bundle) if one.severity != "note"]


def written(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        if isinstance(content, pd.DataFrame):
            content.to_csv(path, index=False)
        else:
            path.write_text(content)
    return bundle_from(folder)


@pytest.mark.parametrize("seed", [4, 10, 106])
def test_rounded_numbers_that_crowd_together_are_no_near_copies(seed):
    rng = np.random.default_rng(seed)
    n = 2400
    table = pd.DataFrame(
        {
            "temperature": rng.normal(70, 8, n).round(1),
            "vibration": rng.gamma(2, 1.5, n).round(2),
            "load": rng.uniform(20, 100, n).round(0),
            "age": rng.exponential(4, n).round(1),
        }
    )
    z = 0.12 * (table.temperature - 72) + 0.5 * (table.vibration - 3)
    table["broke"] = (rng.random(n) < sigmoid(z)).astype(int)
    bundle = Bundle(train=table.iloc[:1700], test=table.iloc[1700:], target="broke")
    assert kinds(bundle) == []


def fares(*, copied):
    rng = np.random.default_rng(101)
    n = 1500
    km = rng.gamma(2, 3, n)
    table = pd.DataFrame({"km": km.round(2), "hour": rng.integers(0, 24, n)})
    table["rain"] = rng.integers(0, 2, n)
    fare = 3.5 + 2.1 * km * (1 + 0.25 * table.rain) + rng.normal(0, 1.5, n)
    if copied:
        table["card_total"] = (1.07 * fare + 0.5 + rng.normal(0, 0.05, n)).round(2)
    else:
        table["minutes"] = (km * 3.2 + rng.normal(0, 4, n)).round(1)
    table["fare"] = fare.round(2)
    return table


def test_a_number_that_restates_the_target_beside_another_strong_one():
    found = [one.place.columns for one in review(Bundle(train=fares(copied=True), target="fare"))]
    assert found == [("card_total",)]
    assert kinds(Bundle(train=fares(copied=False), target="fare")) == []


NOUNS = [
    "soup",
    "waiter",
    "pizza",
    "terrace",
    "dessert",
    "coffee",
    "bread",
    "music",
    "wine",
    "table",
    "salad",
    "pasta",
    "cake",
]
OTHERS = [
    "we",
    "came",
    "here",
    "with",
    "friends",
    "and",
    "found",
    "that",
    "the",
    "was",
    "really",
    "after",
    "an",
    "hour",
    "not",
    "too",
    "far",
]


def rows_of_text(rng, count):
    texts = [
        " ".join(rng.choice([*NOUNS, *OTHERS], rng.integers(14, 30))) + f" {rng.integers(1e6)}"
        for _ in range(count)
    ]
    return pd.DataFrame({"text": texts, "good": rng.integers(0, 2, count)})


def test_texts_with_a_word_changed_stand_on_both_sides():
    rng = np.random.default_rng(1)
    train, test = rows_of_text(rng, 300), rows_of_text(rng, 100)
    assert kinds(Bundle(train=train, test=test, target="good")) == []
    changed = train.iloc[:12].copy()
    changed["text"] = [one.replace(one.split()[3], "indeed", 1) + "!" for one in changed.text]
    both = pd.concat([test, changed], ignore_index=True)
    assert kinds(Bundle(train=train, test=both, target="good")) == ["near-duplicates-across-split"]
    both["text"] = [*test.text, *train.text.iloc[:12]]
    assert kinds(Bundle(train=train, test=both, target="good")) == ["duplicates-across-split"]


def test_a_date_of_birth_says_who_and_not_when():
    rng = np.random.default_rng(413)
    people = 210
    who = rng.integers(0, people, 1500)
    effect = rng.normal(0, 1.8, people)
    born = pd.Timestamp("1960-01-01") + pd.to_timedelta(rng.integers(0, 14000, people), "D")
    table = pd.DataFrame(
        {
            "income": rng.lognormal(10, 0.4, people).round()[who],
            "birth": born.strftime("%Y-%m-%d").to_numpy()[who],
            "basket": rng.gamma(2, 20, 1500).round(2),
        }
    )
    table["used"] = (rng.random(1500) < sigmoid(0.01 * (table.basket - 40) + effect[who])).astype(
        int
    )
    bundle = Bundle(train=table.iloc[:1000], test=table.iloc[1000:], target="used")
    assert kinds(bundle) == ["group-leak"]


def two_models(gain):
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 2, 500)
    first = np.where(rng.random(500) < 0.8, truth, 1 - truth)
    right, wrong = np.flatnonzero(first == truth), np.flatnonzero(first != truth)
    second = first.copy()
    second[right[:20]] = 1 - truth[right[:20]]
    second[wrong[: 20 + gain]] = truth[wrong[: 20 + gain]]
    return [
        pd.DataFrame({"id": range(500), "truth": truth, "prediction": p}) for p in (first, second)
    ]


@pytest.mark.parametrize(("gain", "expected"), [(6, ["within-noise"]), (70, [])])
def test_each_model_has_a_file_of_predictions(tmp_path, gain, expected):
    first, second = two_models(gain)
    second = second.sample(frac=1, random_state=0)  # joined by id, not by order
    bundle = written(
        tmp_path,
        README__md="Mixup improves on the baseline, so we ship it.",
        predictions_baseline__csv=first,
        predictions_mixup__csv=second,
    )
    assert kinds(bundle) == expected


def test_files_of_other_rows_are_not_compared(tmp_path):
    first, second = two_models(6)
    second["truth"] = 1 - second["truth"]
    bundle = written(
        tmp_path,
        README__md="Mixup improves on the baseline.",
        predictions_baseline__csv=first,
        predictions_mixup__csv=second,
    )
    assert kinds(bundle) == []


@pytest.mark.parametrize(("spread", "expected"), [(1.28, ["within-noise"]), (0.1, [])])
def test_a_claim_about_ranking_is_tested_as_a_ranking(tmp_path, spread, expected):
    rng = np.random.default_rng(7)
    z = rng.normal(0, 1.5, 700)
    truth = (rng.random(700) < sigmoid(z)).astype(int)

    def scored(noise):
        chance = sigmoid(0.55 * (z + rng.normal(0, noise, 700)) if noise > 1 else z)
        return pd.DataFrame({"id": range(700), "truth": truth, "probability": chance})

    bundle = written(
        tmp_path,
        report__md="With the new features the AUC is higher; they clearly help and should go live.",
        predictions_old__csv=scored(1.3),
        predictions_new__csv=scored(spread),
    )
    assert [one for one in kinds(bundle) if one == "within-noise"] == expected


def test_the_run_whose_number_the_readme_states_is_the_best_of_its_seeds(tmp_path):
    rng = np.random.default_rng(5)
    runs = pd.DataFrame(
        {"run_id": [f"r{s}" for s in range(12)], "width": 128, "seed": range(12)}
    ).assign(test_f1=(0.71 + 0.012 * rng.normal(size=12)).round(4))
    best = runs.test_f1.max()
    assert kinds(written(tmp_path, runs__csv=runs, README__md=f"F1 on test: {best:.4f}.")) == [
        "seed-picking"
    ]
    honest = f"F1 on test over 12 seeds: mean {runs.test_f1.mean():.4f}, best {best:.4f}."
    assert kinds(written(tmp_path, README__md=honest)) == []


def test_probabilities_are_known_by_the_targets_name(tmp_path):
    rng = np.random.default_rng(6)
    z = rng.normal(-1, 1.4, 1800)
    late = (rng.random(1800) < sigmoid(z)).astype(int)
    for shift, expected in ((1.4, ["uncalibrated"]), (0.0, [])):
        table = pd.DataFrame({"loan": range(1800), "late": late, "p_late": sigmoid(z + shift)})
        assert (
            kinds(written(tmp_path, predictions__csv=table, settings__toml='target = "late"\n'))
            == expected
        )


def test_people_hidden_in_several_attributes_are_found(tmp_path):
    rng = np.random.default_rng(11)
    people = 60
    born, height = rng.integers(1950, 2003, people), rng.integers(150, 195, people)
    weight, pace = rng.normal(72, 10, people).round(), rng.normal(0, 1.5, people)

    def rows(who):
        effort = rng.normal(size=len(who))
        return pd.DataFrame(
            {
                "born": born[who], "height": height[who], "weight": weight[who],
                "pulse": (90 + 4 * effort + 3 * rng.normal(size=len(who))).round(4),
                "fast": (pace[who] + 0.5 * effort + 0.4 * rng.normal(size=len(who)) > 0).astype(int),
            }
        )  # fmt: skip

    mixed = rng.integers(0, people, 1600)
    found = written(
        tmp_path,
        train__csv=rows(mixed[:1200]),
        test__csv=rows(mixed[1200:]),
        settings__toml='target = "fast"\n',
    )
    assert "group-leak" in kinds(found)
    apart = written(
        tmp_path,
        train__csv=rows(rng.integers(0, 45, 1200)),
        test__csv=rows(rng.integers(45, people, 400)),
    )
    assert kinds(apart) == []


@pytest.mark.parametrize(("steps", "expected"), [(-1, ["temporal-leak"]), (1, [])])
def test_the_next_day_of_the_same_shop_is_the_future(tmp_path, steps, expected):
    rng = np.random.default_rng(12)
    days, shops = pd.date_range("2024-01-01", periods=200), ["Dock", "Airport", "College"]
    table = pd.DataFrame(
        [(day, shop) for day in days for shop in shops], columns=["date", "shop"]
    ).assign(temperature=rng.normal(12, 5, 600).round(1))
    table["units"] = (120 + 9 * rng.normal(size=600) + table.temperature).round()
    table["reference"] = table.groupby("shop")["units"].shift(steps)
    table = table.dropna()
    bundle = written(
        tmp_path,
        train__csv=table[:420],
        test__csv=table[420:],
        settings__toml='target = "units"\ntime = "date"\n',
    )
    assert kinds(bundle) == expected


@pytest.mark.parametrize(("said", "expected"), [(0.2, ["not-reproducible"]), (0.0, [])])
def test_a_readme_that_states_another_number_than_the_predictions_give(tmp_path, said, expected):
    rng = np.random.default_rng(13)
    truth = rng.normal(200, 30, 300).round(1)
    table = pd.DataFrame({"truth": truth, "prediction": (truth + rng.normal(0, 12, 300)).round(1)})
    mae = (table.truth - table.prediction).abs().mean()
    text = f"Test: MAE {mae * (1 - said):.2f} minutes. The baseline has MAE 24.10."
    assert kinds(written(tmp_path, predictions__csv=table, README__md=text)) == expected


@pytest.mark.parametrize("name", ["Macro F1", "F1", "Balanced accuracy", "Accuracy"])
def test_a_readme_may_mean_any_of_the_averages(tmp_path, name):
    rng = np.random.default_rng(16)
    truth = (rng.random(500) < 0.2).astype(int)
    table = pd.DataFrame({"truth": truth, "prediction": truth ^ (rng.random(500) < 0.1)})
    values = {
        "Macro F1": f1_score(truth, table.prediction, average="macro"),
        "F1": f1_score(truth, table.prediction),
        "Balanced accuracy": balanced_accuracy_score(truth, table.prediction),
        "Accuracy": float((truth == table.prediction).mean()),
    }
    for shift, expected in ((0.0, []), (0.06, ["not-reproducible"])):
        text = f"On the test rows. {name}: {values[name] + shift:.3f}."
        assert kinds(written(tmp_path, predictions__csv=table, README__md=text)) == expected


def test_a_cut_off_that_is_not_told_is_not_guessed(tmp_path):
    rng = np.random.default_rng(17)
    chance = rng.random(600)
    truth = (rng.random(600) < chance).astype(int)
    table = pd.DataFrame({"truth": truth, "probability": chance})
    text = "At a cut-off of 0.3 the accuracy is 0.702 on the test rows."
    assert kinds(written(tmp_path, predictions__csv=table, README__md=text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 2 140 students AUROC rises by 0.0011: the survey improves the model.", True),
        ("On 2 140 students AUROC rises by 0.0611: the survey improves the model.", False),
        ("AUROC rises by 0.0011, 95 % interval -0.003 to 0.005; no improvement.", False),
        ("Accuracy went from 0.912 to 0.913, so the new model is better.", True),
        ("The model helps: AUC 0.810 (0.809 to 0.811); always saying no: 0.50.", False),
        ("A learning rate of 0.001 instead of 0.003 is better and will ship.", False),
    ],
)
def test_an_improvement_of_next_to_nothing_is_not_claimed(tmp_path, text, expected):
    found = kinds(written(tmp_path, README__md=text, train__py="print('nothing')\n"))
    assert found == (["within-noise"] if expected else [])


def test_a_readme_says_that_a_class_is_rare(tmp_path):
    code = (
        "import pandas as pd\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.metrics import accuracy_score\n"
        "from sklearn.model_selection import train_test_split\n"
        "df = pd.read_csv('claims.csv')\n"
        "X, y = df.drop(columns='fraud'), df['fraud']\n"
        "a, b, ya, yb = train_test_split(X, y, random_state=0)\n"
        "print(accuracy_score(yb, LogisticRegression().fit(a, ya).predict(b)))\n"
    )
    assert kinds(written(tmp_path, fit__py=code, README__md="84 312 motor claims.")) == []
    said = "84 312 motor claims, 611 of them (0.7 %) proven fraudulent."
    assert kinds(written(tmp_path, README__md=said)) == ["wrong-metric"]


def test_changed_copies_are_known_by_their_files_names(tmp_path):
    rng = np.random.default_rng(14)
    calls = [f"call{number}" for number in range(240)]
    names = [f"{one}{suffix}.wav" for one in calls for suffix in ("", "_pitch2", "_noise10")]
    table = pd.DataFrame(rng.normal(size=(720, 4)).round(4), columns=list("abcd"))
    table.insert(0, "file", names)
    table["stress"] = np.repeat(rng.integers(0, 2, 240), 3)
    order = rng.permutation(720)
    bundle = written(
        tmp_path,
        train__csv=table.iloc[order[:540]],
        test__csv=table.iloc[order[540:]],
        settings__toml='target = "stress"\n',
    )
    assert "augmentation-before-split" in kinds(bundle)
    known = table["file"].str.split("_").str[0].str.removesuffix(".wav").isin(calls[:180])
    assert kinds(written(tmp_path, train__csv=table[known], test__csv=table[~known])) == []


def test_many_copies_of_one_row_are_no_crash(tmp_path):
    rng = np.random.default_rng(15)
    table = pd.DataFrame(rng.normal(size=(400, 4)), columns=list("abcd"))
    table["y"] = (table.a + rng.normal(size=400) > 1).astype(int)
    rare = table[table.y == 1].iloc[:4]
    both = pd.concat([table, *([rare] * 30)]).sample(frac=1, random_state=1)
    found = written(
        tmp_path, train__csv=both[:380], test__csv=both[380:], settings__toml='target = "y"\n'
    )
    assert "oversampling-before-split" in kinds(found)
