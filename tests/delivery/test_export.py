"""Export: the same answers in ONNX or nothing is written, and what the schema says."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import BernoulliNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.svm import LinearSVC

from journeyman.delivery import About, adopt, converting, export, shelf
from journeyman.delivery.parity import compare
from journeyman.delivery.runtime import load, session
from journeyman.delivery.schema import read
from journeyman.errors import Conflict, Invalid, NotFound
from tests.delivery import making


def voters():
    return [
        ("line", LogisticRegression()),
        ("forest", RandomForestClassifier(8, random_state=0)),
    ]


MODELS = {
    "logistic": (LogisticRegression(), True),
    "boosted histograms": (HistGradientBoostingClassifier(max_iter=15), True),
    "boosted trees": (GradientBoostingClassifier(n_estimators=15), True),
    "forest of scaled numbers": (RandomForestClassifier(15, random_state=0), True),
    "forest": (RandomForestClassifier(15, random_state=0), False),
    "neighbours": (KNeighborsClassifier(), True),
    "network": (MLPClassifier((8,), max_iter=20, random_state=0), True),
    "votes": (VotingClassifier(voters(), voting="soft"), False),
    "stack": (StackingClassifier(voters(), cv=2), False),
    "support vectors": (LinearSVC(), True),
}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.filterwarnings("ignore")
def test_an_export_says_what_the_model_says(tmp_path, name):
    model, scaled = MODELS[name]
    pipeline, rows = making.leaving(model, scaled=scaled)
    done = export(pipeline, rows, tmp_path / "export")
    assert done.parity.holds
    assert done.parity.rows == 250
    # Recomputed by hand from the files alone.
    held_out = json.loads((tmp_path / "export/held-out.json").read_text())
    found = load(tmp_path / "export").answer(held_out["rows"])
    verb = "predict_proba" if hasattr(pipeline, "predict_proba") else "decision_function"
    wanted = getattr(pipeline, verb)(rows)
    wanted = np.column_stack([-wanted, wanted]) if wanted.ndim == 1 else wanted
    np.testing.assert_allclose(found, wanted, atol=2e-5)


def test_the_schema_tells_what_goes_in_and_out(tmp_path):
    pipeline, rows = making.leaving()
    about = About(title="Who leaves", columns={"spent": "francs a month"}, threshold=0.4)
    export(pipeline, rows, tmp_path / "export", about)
    schema = read(tmp_path / "export")
    spent, visits, member, city = schema.columns
    assert (spent.kind, spent.optional, spent.says) == ("number", True, "francs a month")
    assert (spent.low, spent.high) == (rows.spent.min(), rows.spent.max())
    assert (visits.kind, visits.optional) == ("integer", False)
    assert member.kind == "boolean"
    assert city.categories == ("Bern", "Oslo", "Łódź")
    assert schema.output.classes == ("no", "yes")
    assert (schema.output.positive, schema.output.threshold) == ("yes", 0.4)
    assert len(schema.examples) == 5
    model = (tmp_path / "export/model.onnx").read_bytes()
    assert schema.model == hashlib.sha256(model).hexdigest()


def test_categories_that_the_sample_lacks_are_known_from_the_encoder(tmp_path):
    pipeline, rows = making.leaving()
    done = export(
        pipeline, rows.assign(city=rows.city.replace("Oslo", "Bern")), tmp_path / "export"
    )
    assert done.schema.columns[3].categories == ("Bern", "Oslo", "Łódź")


def test_a_number_is_exported(tmp_path):
    model, rows = making.spending()
    done = export(model, rows, tmp_path / "export", About(unit="francs"))
    assert done.schema.output.kind == "number"
    assert done.parity.holds


def test_texts_are_split_into_the_words_of_scikit_learn(tmp_path):
    pipeline, texts = making.sentiment()
    done = export(pipeline, texts, tmp_path / "export")
    assert done.schema.kind == "text"
    assert done.parity.worst < 1e-5


def test_the_default_options_of_the_converter_are_caught_by_parity():
    """The trap: skl2onnx splits “don't” and “a-b” into other words, and says nothing."""
    pipeline, texts = making.sentiment()
    expected = pipeline.predict_proba(texts.review)
    inputs = [converting.Input("review", "string")]
    for tokens in (False, True):
        graph = converting.convert(pipeline, inputs, tokens=tokens)
        (found,) = session(graph.data).run(None, {"review": texts.to_numpy(object)})
        parity = compare(expected, found, runtime="onnxruntime", relative=False)
        assert parity.holds is tokens
        if not tokens:
            assert parity.off > 10
            assert f"the worst is row {parity.row + 1}" in parity.sentence()


def test_a_pipeline_that_differs_is_refused_with_its_worst_row(tmp_path):
    pipeline, texts = making.sentiment()
    pipeline.set_params(tfidfvectorizer__token_pattern=r"(?u)\b\w[\w']+\b")
    table, liked = making.reviews(300, 7)
    pipeline.fit(table.review, liked)
    with pytest.raises(Invalid, match=r"worst is row \d+.*token_pattern"):
        export(pipeline, texts, tmp_path / "export")
    assert not (tmp_path / "export").exists()


def by_town(rows, seed):
    """Rows whose 40 towns matter, some towns rare, some rows without one."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "town": rng.choice([f"town {at:02}" for at in range(40)], rows, p=WEIGHTS),
            "kind": rng.choice(["a", "b", "c"], rows),
            "size": rng.normal(size=rows),
        }
    )
    good = table.town.str[-1].isin(list("02578")) ^ (table.kind == "b")
    table.loc[rng.random(rows) < 0.05, "town"] = np.nan
    return table, (good + table["size"] > 0.5).astype(int)


WEIGHTS = np.r_[np.full(30, 0.033), np.full(10, 0.001)]
CODES = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
RARE = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=30)
RARE_CODES = OrdinalEncoder(
    handle_unknown="use_encoded_value", unknown_value=np.nan, min_frequency=30
)
ENCODED = {
    "rare codes together": (
        make_column_transformer((RARE_CODES, ["town", "kind"]), ("passthrough", ["size"])),
        HistGradientBoostingClassifier(max_iter=30, categorical_features=[0, 1]),
    ),
    "categorical splits": (
        make_column_transformer((CODES, ["town", "kind"]), ("passthrough", ["size"])),
        HistGradientBoostingClassifier(max_iter=30, categorical_features=[0, 1]),
    ),
    "categorical splits behind a number": (
        make_column_transformer(("passthrough", ["size"]), (CODES, ["kind", "town"])),
        HistGradientBoostingClassifier(max_iter=30, categorical_features=[2]),
    ),
    "rare categories together": (
        make_column_transformer(
            (
                make_pipeline(SimpleImputer(strategy="constant", fill_value="none"), RARE),
                ["town", "kind"],
            ),
            (StandardScaler(), ["size"]),
        ),
        LogisticRegression(),
    ),
}


@pytest.mark.parametrize("name", ENCODED)
def test_categories_go_the_way_that_scikit_learn_sends_them(tmp_path, name):
    """skl2onnx alone misreads all but the last without a word, and refuses that."""
    rows, target = by_town(900, 0)
    pipeline = make_pipeline(*ENCODED[name]).fit(rows, target)
    held_out, _ = by_town(400, 1)
    assert export(pipeline, held_out, tmp_path / "export").parity.holds


def test_categories_that_are_no_whole_numbers_are_refused(tmp_path):
    rows, target = by_town(400, 0)
    rows = rows.assign(half=np.repeat([0.5, 1.5], 200))[["half", "size"]]
    model = HistGradientBoostingClassifier(max_iter=5, categorical_features=[0])
    with pytest.raises(Invalid, match="put an OrdinalEncoder before it"):
        export(model.fit(rows, target), rows, tmp_path / "export")


def test_a_forest_that_learnt_from_gaps_is_refused(tmp_path):
    train, rows = making.customers(400, 0), making.customers(250, 1)
    columns = ["spent", "visits"]
    forest = RandomForestClassifier(10, random_state=0).fit(train[columns], train.left)
    with pytest.raises(
        Invalid, match="RandomForestClassifier learnt from rows with gaps.*SimpleImputer"
    ):
        export(forest, rows[columns], tmp_path / "export")


def test_pictures_are_one_input(tmp_path):
    model, pixels = making.digits()
    done = export(model, pixels, tmp_path / "export", About(picture=(8, 8)))
    assert done.schema.kind == "image"
    assert done.schema.grid.width == 64
    with pytest.raises(Invalid, match="8 x 9 x 1 has 72 numbers, and the rows have 64"):
        export(model, pixels, tmp_path / "export", About(picture=(8, 9)))


def test_an_onnx_model_from_elsewhere_is_adopted_or_refused(tmp_path):
    model, pixels = making.digits()
    graph = converting.convert(model, [converting.Input("rows", "float32", 64)])
    classes = tuple("0123456789")
    done = adopt(graph.data, model.predict_proba, pixels, tmp_path / "a", classes=classes)
    assert done.parity.holds
    wrong = lambda rows: model.predict_proba(rows)[:, ::-1]  # noqa: E731
    with pytest.raises(Invalid, match="Nothing was exported"):
        adopt(graph.data, wrong, pixels, tmp_path / "b", classes=classes)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda p, rows: (p, rows.head(150)), "at least 200 held-out rows; there are 150"),
        (lambda p, rows: (make_pipeline(Ridge()), rows), "not a fitted"),
        (lambda p, rows: (p, rows.drop(columns="spent")), "cannot predict the sample's rows"),
        (lambda p, rows: (object(), rows), "not a fitted"),
        (
            lambda p, rows: (p, rows.assign(day=pd.Timestamp("2026-01-01"))),
            "“day” holds datetime64",
        ),
    ],
)
def test_bad_input_gets_one_sentence(tmp_path, spoil, said):
    pipeline, rows = spoil(*making.leaving())
    with pytest.raises(Invalid, match=said) as told:
        export(pipeline, rows, tmp_path / "export")
    assert "\n" not in told.value.message
    assert not (tmp_path / "export").exists()


def test_what_cannot_be_converted_says_so(tmp_path):
    table, liked = making.reviews(300, 4)
    pipeline = make_pipeline(TfidfVectorizer(analyzer="char_wb"), BernoulliNB())
    with pytest.raises(Invalid, match="cannot be converted to ONNX"):
        export(pipeline.fit(table.review, liked), table, tmp_path / "export")


def test_earlier_exports_are_kept_and_come_back(tmp_path):
    folder = tmp_path / "export"
    pipeline, rows = making.leaving()
    first = export(pipeline, rows, folder).schema.model
    other, _ = making.leaving(LogisticRegression(C=0.01))
    second = export(other, rows, folder).schema.model
    assert first != second
    assert [read(one).model for one in shelf.earlier(folder)] == [first]
    withdrawn = shelf.rollback(folder)
    assert read(folder).model == first
    assert read(withdrawn).model == second
    with pytest.raises(NotFound, match="no earlier export"):
        shelf.rollback(folder)


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    pipeline, rows = making.leaving()
    with pytest.raises(Conflict, match="holds files that are no export"):
        export(pipeline, rows, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_changed_model_is_not_opened(tmp_path):
    pipeline, rows = making.leaving()
    export(pipeline, rows, tmp_path / "export")
    file = tmp_path / "export/model.onnx"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(Invalid, match=r"not the model that schema\.json describes"):
        load(tmp_path / "export")
