# ruff: noqa: ISC004 - the programs are written over several lines
"""Faulty and clean programs, in two halves that share neither idiom nor layout.

Each pair is written by hand as ``(name, expected kinds, faulty, clean)``. The tuning half is laid
out flat and inside ``main()``; the confirming half as a notebook and as a package of two files.
"""

import json
import textwrap
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    name: str
    expected: frozenset[str]
    sources: dict[str, str]


HEAD = """
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, roc_auc_score
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
"""
LOAD = """
df = pd.read_csv("data/customers.csv")
X = df.drop(columns=["churned"])
y = df["churned"]
"""
SPLIT = """
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=7)
"""
FIT = """
model = RandomForestClassifier(n_estimators=300, random_state=7)
model.fit(X_train, y_train)
print(roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))
"""

PARTS = """
table = pd.read_csv("data/customers.csv")
columns = ["age", "income", "visits"]
early, late, last = (table[table["part"] == name] for name in ("train", "validation", "test"))
"""
FINAL = """
def final(rows, later):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(rows[columns], rows["churned"])
    return roc_auc_score(later["churned"], model.predict_proba(later[columns])[:, 1])
"""

TUNING = [
    (
        "scaler",
        {"scaling-on-all-rows"},
        LOAD + "\nscaler = StandardScaler()\nX = scaler.fit_transform(X)\n" + SPLIT + FIT,
        LOAD + SPLIT + "\nscaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\n"
        "X_test = scaler.transform(X_test)\n" + FIT,
    ),
    (
        "by-hand",
        {"scaling-on-all-rows"},
        LOAD + "\nX = (X - X.mean()) / X.std()\n" + SPLIT + FIT,
        LOAD + SPLIT + "\nmu, sd = X_train.mean(), X_train.std()\nX_train = (X_train - mu) / sd\n"
        "X_test = (X_test - mu) / sd\n" + FIT,
    ),
    (
        "imputer",
        {"imputing-on-all-rows"},
        LOAD + "\nX['age'] = X['age'].fillna(X['age'].median())\n" + SPLIT + FIT,
        LOAD
        + SPLIT
        + "\nfill = X_train['age'].median()\nX_train['age'] = X_train['age'].fillna(fill)\n"
        "X_test['age'] = X_test['age'].fillna(fill)\n" + FIT,
    ),
    (
        "selection",
        {"fit-before-split"},
        "\nfrom sklearn.feature_selection import SelectKBest, f_classif\n"
        + LOAD
        + "\nX = SelectKBest(f_classif, k=10).fit_transform(X, y)\n"
        "print(cross_val_score(LogisticRegression(), X, y, cv=5).mean())\n",
        "\nfrom sklearn.feature_selection import SelectKBest, f_classif\n"
        + LOAD
        + "\npipe = make_pipeline(SelectKBest(f_classif, k=10), LogisticRegression())\n"
        "print(cross_val_score(pipe, X, y, cv=5).mean())\n",
    ),
    (
        "encoding",
        {"encoding-on-all-rows"},
        "\ndf = pd.read_csv('data/customers.csv')\n"
        "df['city_rate'] = df.groupby('city')['churned'].transform('mean')\n"
        "X = df.drop(columns=['churned', 'city'])\ny = df['churned']\n" + SPLIT + FIT,
        "\ndf = pd.read_csv('data/customers.csv')\n"
        "train, test = train_test_split(df, random_state=3)\n"
        "rates = train.groupby('city')['churned'].mean()\n"
        "train['city_rate'] = train['city'].map(rates)\ntest['city_rate'] = test['city'].map(rates)\n"
        "model = RandomForestClassifier(random_state=7)\n"
        "model.fit(train.drop(columns=['churned', 'city']), train['churned'])\n"
        "print(roc_auc_score(test['churned'], "
        "model.predict_proba(test.drop(columns=['churned', 'city']))[:, 1]))\n",
    ),
    (
        "smote",
        {"oversampling-before-split"},
        "\nfrom imblearn.over_sampling import SMOTE\n"
        + LOAD
        + "\nX, y = SMOTE(random_state=1).fit_resample(X, y)\n"
        + SPLIT
        + FIT,
        "\nfrom imblearn.over_sampling import SMOTE\n"
        + LOAD
        + SPLIT
        + "\nX_train, y_train = SMOTE(random_state=1).fit_resample(X_train, y_train)\n"
        + FIT,
    ),
    (
        "copies",
        {"oversampling-before-split"},
        "\ndf = pd.read_csv('data/customers.csv')\nrare = df[df['churned'] == 1]\n"
        "df = pd.concat([df, rare, rare, rare])\nX = df.drop(columns=['churned'])\n"
        "y = df['churned']\n" + SPLIT + FIT,
        "\ndf = pd.read_csv('data/customers.csv')\n"
        "train, test = train_test_split(df, random_state=5)\nrare = train[train['churned'] == 1]\n"
        "train = pd.concat([train, rare, rare])\n"
        "model = RandomForestClassifier(random_state=7)\n"
        "model.fit(train.drop(columns=['churned']), train['churned'])\n"
        "print(f1_score(test['churned'], model.predict(test.drop(columns=['churned']))))\n",
    ),
    (
        "flips",
        {"augmentation-before-split"},
        "\nimages, labels = np.load('images.npy'), np.load('labels.npy')\n"
        "images = np.concatenate([images, np.flip(images, axis=2)])\n"
        "labels = np.concatenate([labels, labels])\n"
        "X_train, X_test, y_train, y_test = train_test_split(images, labels, random_state=0)\n"
        + FIT,
        "\nimages, labels = np.load('images.npy'), np.load('labels.npy')\n"
        "X_train, X_test, y_train, y_test = train_test_split(images, labels, random_state=0)\n"
        "X_train = np.concatenate([X_train, np.flip(X_train, axis=2)])\n"
        "y_train = np.concatenate([y_train, y_train])\n" + FIT,
    ),
    (
        "loop",
        {"tuned-on-test"},
        LOAD + SPLIT + "\nbest_score, best_c = 0, None\nfor c in [0.01, 0.1, 1, 10]:\n"
        "    model = LogisticRegression(C=c).fit(X_train, y_train)\n"
        "    score = roc_auc_score(y_test, model.predict_proba(X_test)[:, 1])\n"
        "    if score > best_score:\n        best_score, best_c = score, c\nprint(best_c, best_score)\n",
        LOAD + SPLIT + "\nbest_score, best_c = 0, None\nfor c in [0.01, 0.1, 1, 10]:\n"
        "    score = cross_val_score(LogisticRegression(C=c), X_train, y_train, cv=5).mean()\n"
        "    if score > best_score:\n        best_score, best_c = score, c\n"
        "model = LogisticRegression(C=best_c).fit(X_train, y_train)\n"
        "print(roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))\n",
    ),
    (
        "early",
        {"tuned-on-test"},
        "\nfrom xgboost import XGBClassifier\n"
        + LOAD
        + SPLIT
        + "\nmodel = XGBClassifier(n_estimators=2000, early_stopping_rounds=30, random_state=0)\n"
        "model.fit(X_train, y_train, eval_set=[(X_test, y_test)])\n"
        "print(roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))\n",
        "\nfrom xgboost import XGBClassifier\n"
        + LOAD
        + SPLIT
        + "\nX_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, random_state=1)\n"
        "model = XGBClassifier(n_estimators=2000, early_stopping_rounds=30, random_state=0)\n"
        "model.fit(X_fit, y_fit, eval_set=[(X_val, y_val)])\n"
        "print(roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))\n",
    ),
    (
        "search",
        {"tuned-on-test"},
        LOAD + SPLIT + "\ngrid = GridSearchCV(RandomForestClassifier(random_state=0), "
        "{'max_depth': [4, 8]}, cv=5)\ngrid.fit(X, y)\nprint(grid.score(X_test, y_test))\n",
        LOAD + SPLIT + "\ngrid = GridSearchCV(RandomForestClassifier(random_state=0), "
        "{'max_depth': [4, 8]}, cv=5)\ngrid.fit(X_train, y_train)\nprint(grid.score(X_test, y_test))\n",
    ),
    (
        "threshold",
        {"threshold-on-test"},
        LOAD + SPLIT + "\nmodel = LogisticRegression().fit(X_train, y_train)\n"
        "p = model.predict_proba(X_test)[:, 1]\ncuts = np.linspace(0.05, 0.95, 91)\n"
        "best = max(cuts, key=lambda t: f1_score(y_test, p >= t))\n"
        "scores = [f1_score(y_test, p >= t) for t in cuts]\nbest = cuts[np.argmax(scores)]\n"
        "print(best, max(scores))\n",
        LOAD
        + SPLIT
        + "\nX_fit, X_val, y_fit, y_val = train_test_split(X_train, y_train, random_state=1)\n"
        "model = LogisticRegression().fit(X_fit, y_fit)\np = model.predict_proba(X_val)[:, 1]\n"
        "cuts = np.linspace(0.05, 0.95, 91)\nscores = [f1_score(y_val, p >= t) for t in cuts]\n"
        "best = cuts[np.argmax(scores)]\n"
        "print(f1_score(y_test, model.predict_proba(X_test)[:, 1] >= best))\n",
    ),
    (
        "seeds",
        {"seed-picking"},
        LOAD + "\nbest = 0\nfor seed in range(40):\n"
        "    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)\n"
        "    model = LogisticRegression().fit(X_train, y_train)\n"
        "    best = max(best, accuracy_score(y_test, model.predict(X_test)))\nprint(best)\n",
        LOAD + "\nscores = []\nfor seed in range(40):\n"
        "    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)\n"
        "    model = LogisticRegression().fit(X_train, y_train)\n"
        "    scores.append(accuracy_score(y_test, model.predict(X_test)))\n"
        "print(np.mean(scores), np.std(scores))\n",
    ),
    (
        "metric",
        {"wrong-metric"},
        "\nfrom sklearn.datasets import make_classification\n"
        "X, y = make_classification(5000, weights=[0.97], random_state=0)\n"
        + SPLIT
        + "\nmodel = LogisticRegression().fit(X_train, y_train)\n"
        "print(accuracy_score(y_test, model.predict(X_test)))\n",
        "\nfrom sklearn.datasets import make_classification\n"
        "X, y = make_classification(5000, weights=[0.97], random_state=0)\n"
        + SPLIT
        + "\nmodel = LogisticRegression().fit(X_train, y_train)\n"
        "print(average_precision_score(y_test, model.predict_proba(X_test)[:, 1]))\n",
    ),
    (
        "time",
        {"temporal-leak"},
        "\ndf = pd.read_csv('sales.csv', parse_dates=['date']).sort_values('date')\n"
        "df['lag_1'] = df['units'].shift(1)\ndf = df.dropna()\n"
        "X = df.drop(columns=['units', 'date'])\ny = df['units']\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)\n",
        "\ndf = pd.read_csv('sales.csv', parse_dates=['date']).sort_values('date')\n"
        "df['lag_1'] = df['units'].shift(1)\ndf = df.dropna()\ncut = int(len(df) * 0.8)\n"
        "train, test = df.iloc[:cut], df.iloc[cut:]\n"
        "model = RandomForestClassifier(random_state=0).fit(train[['lag_1']], train['units'])\n"
        "print(accuracy_score(test['units'], model.predict(test[['lag_1']])) , "
        "f1_score(test['units'], model.predict(test[['lag_1']])))\n",
    ),
    (
        "future",
        {"temporal-leak"},
        "\ndf = pd.read_csv('sales.csv')\ndf['trend'] = df['units'].rolling(7, center=True).mean()\n"
        "cut = 800\nX = df.drop(columns=['units'])\ny = df['units']\n"
        "X_train, X_test = X[:cut], X[cut:]\ny_train, y_test = y[:cut], y[cut:]\n" + FIT,
        "\ndf = pd.read_csv('sales.csv')\ndf['trend'] = df['units'].shift(1).rolling(7).mean()\n"
        "cut = 800\nX = df.drop(columns=['units'])\ny = df['units']\n"
        "X_train, X_test = X[:cut], X[cut:]\ny_train, y_test = y[:cut], y[cut:]\n" + FIT,
    ),
    (
        "groups",
        {"group-leak"},
        "\ndf = pd.read_csv('visits.csv')\n"
        "df['mean_pulse'] = df.groupby('patient_id')['pulse'].transform('mean')\n"
        "X = df.drop(columns=['ill', 'patient_id'])\ny = df['ill']\n" + SPLIT + FIT,
        "\nfrom sklearn.model_selection import GroupShuffleSplit\ndf = pd.read_csv('visits.csv')\n"
        "df['mean_pulse'] = df.groupby('patient_id')['pulse'].transform('mean')\n"
        "X = df.drop(columns=['ill', 'patient_id'])\ny = df['ill']\n"
        "split = GroupShuffleSplit(n_splits=1, random_state=0)\n"
        "train, test = next(split.split(X, y, groups=df['patient_id']))\n"
        "model = RandomForestClassifier(random_state=0).fit(X.iloc[train], y.iloc[train])\n"
        "print(roc_auc_score(y.iloc[test], model.predict_proba(X.iloc[test])[:, 1]))\n",
    ),
    (
        "target",
        {"target-leak"},
        "\ndf = pd.read_csv('loans.csv')\ndf['loss_ratio'] = df['default'] * df['amount']\n"
        "X = df.drop(columns=['default'])\ny = df['default']\n" + SPLIT + FIT,
        "\ndf = pd.read_csv('loans.csv')\ndf['ratio'] = df['income'] / df['amount']\n"
        "X = df.drop(columns=['default'])\ny = df['default']\n" + SPLIT + FIT,
    ),
    (
        "chance",
        {"not-reproducible"},
        LOAD + "\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "model = RandomForestClassifier().fit(X_train, y_train)\nprint(f1_score(y_test, "
        "model.predict(X_test)))\n",
        LOAD + "\nnp.random.seed(0)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n"
        "model = RandomForestClassifier().fit(X_train, y_train)\nprint(f1_score(y_test, "
        "model.predict(X_test)))\n",
    ),
    (
        "parts-by-a-column",
        {"scaling-on-all-rows"},
        PARTS
        + """
wide = pd.DataFrame(StandardScaler().fit_transform(table[columns]), index=table.index)
model = LogisticRegression().fit(wide.loc[early.index], early["churned"])
print(roc_auc_score(last["churned"], model.predict_proba(wide.loc[last.index])[:, 1]))
""",
        PARTS
        + """
wide = pd.DataFrame(np.log1p(table[columns]), index=table.index)
scaler = StandardScaler().fit(wide.loc[early.index])
model = LogisticRegression().fit(scaler.transform(wide.loc[early.index]), early["churned"])
known = scaler.transform(wide.loc[last.index])
print(roc_auc_score(last["churned"], model.predict_proba(known)[:, 1]))
""",
    ),
    (
        "all-but-a-part",
        {"fit-before-split"},
        PARTS
        + FINAL
        + """
print(final(table, last))
""",
        PARTS
        + FINAL
        + """
print(final(table[table["part"] != "test"], last))
""",
    ),
    (
        "parts-in-a-dictionary",
        {"scaling-on-all-rows"},
        """
frame = pd.read_csv("data/customers.csv")
frame[["age", "income"]] = StandardScaler().fit_transform(frame[["age", "income"]])
by = {name: frame[frame["part"] == name] for name in ("train", "test")}
model = LogisticRegression().fit(by["train"][["age", "income"]], by["train"]["churned"])
print(roc_auc_score(by["test"]["churned"], model.predict(by["test"][["age", "income"]])))
""",
        """
frame = pd.read_csv("data/customers.csv")
by = {name: frame[frame["part"] == name] for name in ("train", "test")}
model = make_pipeline(StandardScaler(), LogisticRegression())
model.fit(by["train"][["age", "income"]], by["train"]["churned"])
print(roc_auc_score(by["test"]["churned"], model.predict(by["test"][["age", "income"]])))
""",
    ),
]

CONFIRMING = [
    (
        "pca",
        {"fit-before-split"},
        """
from sklearn.decomposition import PCA
from sklearn.datasets import load_breast_cancer
data, target = load_breast_cancer(return_X_y=True)

reduced = PCA(n_components=8, random_state=0).fit_transform(data)
a_train, a_test, b_train, b_test = train_test_split(reduced, target, random_state=11)

clf = LogisticRegression(max_iter=2000).fit(a_train, b_train)
print("AUC", roc_auc_score(b_test, clf.decision_function(a_test)))
""",
        """
from sklearn.decomposition import PCA
from sklearn.datasets import load_breast_cancer
data, target = load_breast_cancer(return_X_y=True)
picture = PCA(n_components=2, random_state=0).fit_transform(data)
print(picture[:3])

a_train, a_test, b_train, b_test = train_test_split(data, target, random_state=11)
clf = make_pipeline(PCA(n_components=8, random_state=0), LogisticRegression(max_iter=2000))

clf.fit(a_train, b_train)
print("AUC", roc_auc_score(b_test, clf.decision_function(a_test)))
""",
    ),
    (
        "tfidf",
        {"fit-before-split"},
        """
from sklearn.feature_extraction.text import TfidfVectorizer
mail = pd.read_parquet("mail.parquet")
vectors = TfidfVectorizer(min_df=3).fit_transform(mail["body"])

folds = train_test_split(vectors, mail["spam"], random_state=2, test_size=0.3)
Xa, Xb, ya, yb = folds
clf = LogisticRegression().fit(Xa, ya)
print(average_precision_score(yb, clf.predict_proba(Xb)[:, 1]))
""",
        """
from sklearn.feature_extraction.text import TfidfVectorizer
mail = pd.read_parquet("mail.parquet")
Xa, Xb, ya, yb = train_test_split(mail["body"], mail["spam"], random_state=2, test_size=0.3)

words = TfidfVectorizer(min_df=3)
clf = LogisticRegression().fit(words.fit_transform(Xa), ya)
print(average_precision_score(yb, clf.predict_proba(words.transform(Xb))[:, 1]))
""",
    ),
    (
        "helper-scale",
        {"scaling-on-all-rows"},
        """
def standardise(frame):
    return (frame - frame.mean()) / frame.std()

table = pd.read_csv("wine.csv")
features = standardise(table.drop(columns="quality"))
rows = np.arange(len(table))
train_rows, test_rows = train_test_split(rows, random_state=4)

clf = LogisticRegression().fit(features.iloc[train_rows], table["quality"].iloc[train_rows])
print(f1_score(table["quality"].iloc[test_rows], clf.predict(features.iloc[test_rows])))
""",
        """
def standardise(frame, like):
    return (frame - like.mean()) / like.std()

table = pd.read_csv("wine.csv")
train, test = train_test_split(table, random_state=4)
known = train.drop(columns="quality")

clf = LogisticRegression().fit(standardise(known, known), train["quality"])
print(f1_score(test["quality"], clf.predict(standardise(test.drop(columns="quality"), known))))
""",
    ),
    (
        "knn-imputer",
        {"imputing-on-all-rows"},
        """
from sklearn.impute import KNNImputer
frame = pd.read_csv("heart.csv")
frame[["bp", "chol"]] = KNNImputer().fit_transform(frame[["bp", "chol"]])
outcome = frame.pop("disease")

left, right, yl, yr = train_test_split(frame, outcome, stratify=outcome, random_state=1)
clf = RandomForestClassifier(random_state=1).fit(left, yl)
print(roc_auc_score(yr, clf.predict_proba(right)[:, 1]))
""",
        """
from sklearn.impute import KNNImputer
frame = pd.read_csv("heart.csv")
outcome = frame.pop("disease")
clf = make_pipeline(KNNImputer(), RandomForestClassifier(random_state=1))

left, right, yl, yr = train_test_split(frame, outcome, stratify=outcome, random_state=1)
clf.fit(left, yl)
print(roc_auc_score(yr, clf.predict_proba(right)[:, 1]))
""",
    ),
    (
        "map-encoding",
        {"encoding-on-all-rows"},
        """
rides = pd.read_csv("rides.csv")
level = rides.groupby("zone")["late"].mean()
rides["zone_level"] = rides["zone"].map(level)

features = ["zone_level", "distance", "hour"]
tr, te = train_test_split(rides, random_state=9)
clf = LogisticRegression().fit(tr[features], tr["late"])
print(roc_auc_score(te["late"], clf.predict_proba(te[features])[:, 1]))
""",
        """
rides = pd.read_csv("rides.csv")
tr, te = train_test_split(rides, random_state=9)
level = tr.groupby("zone")["late"].mean()

features = ["zone_level", "distance", "hour"]
tr, te = tr.assign(zone_level=tr["zone"].map(level)), te.assign(zone_level=te["zone"].map(level))
clf = LogisticRegression().fit(tr[features], tr["late"])
print(roc_auc_score(te["late"], clf.predict_proba(te[features])[:, 1]))
""",
    ),
    (
        "resample",
        {"oversampling-before-split"},
        """
from sklearn.utils import resample
cards = pd.read_csv("cards.csv")
fraud, normal = cards[cards.fraud == 1], cards[cards.fraud == 0]
fraud = resample(fraud, replace=True, n_samples=len(normal), random_state=0)
balanced = pd.concat([normal, fraud])

tr, te = train_test_split(balanced, random_state=0)
clf = RandomForestClassifier(random_state=0).fit(tr.drop(columns="fraud"), tr.fraud)
print(average_precision_score(te.fraud, clf.predict_proba(te.drop(columns="fraud"))[:, 1]))
""",
        """
from sklearn.utils import resample
cards = pd.read_csv("cards.csv")
tr, te = train_test_split(cards, random_state=0, stratify=cards.fraud)
fraud, normal = tr[tr.fraud == 1], tr[tr.fraud == 0]
fraud = resample(fraud, replace=True, n_samples=len(normal), random_state=0)

tr = pd.concat([normal, fraud])
clf = RandomForestClassifier(random_state=0).fit(tr.drop(columns="fraud"), tr.fraud)
print(average_precision_score(te.fraud, clf.predict_proba(te.drop(columns="fraud"))[:, 1]))
""",
    ),
    (
        "smote-cv",
        {"oversampling-before-split"},
        """
from imblearn.over_sampling import RandomOverSampler
cards = pd.read_csv("cards.csv")
inputs, marks = cards.drop(columns="fraud"), cards["fraud"]

inputs, marks = RandomOverSampler(random_state=0).fit_resample(inputs, marks)
print(cross_val_score(RandomForestClassifier(random_state=0), inputs, marks, cv=5,
                      scoring="average_precision"))
""",
        """
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import make_pipeline as chain
cards = pd.read_csv("cards.csv")
inputs, marks = cards.drop(columns="fraud"), cards["fraud"]

clf = chain(RandomOverSampler(random_state=0), RandomForestClassifier(random_state=0))
print(cross_val_score(clf, inputs, marks, cv=5, scoring="average_precision"))
""",
    ),
    (
        "noise-copies",
        {"augmentation-before-split"},
        """
rng = np.random.default_rng(0)
signals, classes = np.load("signals.npy"), np.load("classes.npy")
noisy = signals + rng.normal(0, 0.05, signals.shape)
everything = np.vstack([signals, noisy])
twice = np.concatenate([classes, classes])

s_train, s_test, c_train, c_test = train_test_split(everything, twice, random_state=3)
clf = RandomForestClassifier(random_state=0).fit(s_train, c_train)
print(f1_score(c_test, clf.predict(s_test), average="macro"))
""",
        """
rng = np.random.default_rng(0)
signals, classes = np.load("signals.npy"), np.load("classes.npy")
s_train, s_test, c_train, c_test = train_test_split(signals, classes, random_state=3)

noisy = s_train + rng.normal(0, 0.05, s_train.shape)
clf = RandomForestClassifier(random_state=0)
clf.fit(np.vstack([s_train, noisy]), np.concatenate([c_train, c_train]))
print(f1_score(c_test, clf.predict(s_test), average="macro"))
""",
    ),
    (
        "dict-of-scores",
        {"tuned-on-test"},
        """
def score_of(depth, Xtr, ytr, Xte, yte):
    clf = RandomForestClassifier(max_depth=depth, random_state=0).fit(Xtr, ytr)
    return f1_score(yte, clf.predict(Xte))

table = pd.read_csv("bank.csv")
Xtr, Xte, ytr, yte = train_test_split(table.drop(columns="yes"), table["yes"], random_state=0)
found = {depth: score_of(depth, Xtr, ytr, Xte, yte) for depth in (2, 4, 8, 16)}

winner = max(found, key=found.get)
print(winner, found[winner])
""",
        """
def score_of(depth, Xtr, ytr):
    clf = RandomForestClassifier(max_depth=depth, random_state=0)
    return cross_val_score(clf, Xtr, ytr, cv=5, scoring="f1").mean()

table = pd.read_csv("bank.csv")
Xtr, Xte, ytr, yte = train_test_split(table.drop(columns="yes"), table["yes"], random_state=0)
found = {depth: score_of(depth, Xtr, ytr) for depth in (2, 4, 8, 16)}

winner = max(found, key=found.get)
clf = RandomForestClassifier(max_depth=winner, random_state=0).fit(Xtr, ytr)
print(winner, f1_score(yte, clf.predict(Xte)))
""",
    ),
    (
        "optuna",
        {"tuned-on-test"},
        """
import optuna
table = pd.read_csv("bank.csv")
Xtr, Xte, ytr, yte = train_test_split(table.drop(columns="yes"), table["yes"], random_state=0)

def objective(trial):
    c = trial.suggest_float("c", 1e-3, 10, log=True)
    clf = LogisticRegression(C=c).fit(Xtr, ytr)
    return roc_auc_score(yte, clf.predict_proba(Xte)[:, 1])

study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=0))
study.optimize(objective, n_trials=50)
print(study.best_value)
""",
        """
import optuna
table = pd.read_csv("bank.csv")
Xtr, Xte, ytr, yte = train_test_split(table.drop(columns="yes"), table["yes"], random_state=0)

def objective(trial):
    c = trial.suggest_float("c", 1e-3, 10, log=True)
    return cross_val_score(LogisticRegression(C=c), Xtr, ytr, cv=5, scoring="roc_auc").mean()

study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=0))
study.optimize(objective, n_trials=50)
clf = LogisticRegression(C=study.best_params["c"]).fit(Xtr, ytr)
print(roc_auc_score(yte, clf.predict_proba(Xte)[:, 1]))
""",
    ),
    (
        "keras",
        {"tuned-on-test"},
        """
from tensorflow import keras
pixels, digits = np.load("pixels.npy"), np.load("digits.npy")
keras.utils.set_random_seed(1)
x_train, x_test, y_train, y_test = train_test_split(pixels, digits, random_state=1)

net = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10)])
net.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
net.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=100, callbacks=[stop])
print(net.evaluate(x_test, y_test))
""",
        """
from tensorflow import keras
pixels, digits = np.load("pixels.npy"), np.load("digits.npy")
keras.utils.set_random_seed(1)
x_train, x_test, y_train, y_test = train_test_split(pixels, digits, random_state=1)

net = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10)])
net.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
stop = keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)
net.fit(x_train, y_train, validation_split=0.2, epochs=100, callbacks=[stop])
print(net.evaluate(x_test, y_test))
""",
    ),
    (
        "torch",
        {"tuned-on-test"},
        """
import copy
import torch
from torch import nn
torch.manual_seed(0)
train_x, train_y = torch.load("train.pt")
test_x, test_y = torch.load("test.pt")
net, loss_of = nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, 2)), nn.CrossEntropyLoss()
step = torch.optim.Adam(net.parameters())

least = float("inf")
for epoch in range(50):
    step.zero_grad()
    loss_of(net(train_x), train_y).backward()
    step.step()
    test_loss = loss_of(net(test_x), test_y).item()
    if test_loss < least:
        least, kept = test_loss, copy.deepcopy(net.state_dict())
print(least)
""",
        """
import copy
import torch
from torch import nn
torch.manual_seed(0)
train_x, train_y = torch.load("train.pt")
valid_x, valid_y = torch.load("valid.pt")
test_x, test_y = torch.load("test.pt")
net, loss_of = nn.Sequential(nn.Linear(20, 8), nn.ReLU(), nn.Linear(8, 2)), nn.CrossEntropyLoss()
step = torch.optim.Adam(net.parameters())

least = float("inf")
for epoch in range(50):
    step.zero_grad()
    loss_of(net(train_x), train_y).backward()
    step.step()
    valid_loss = loss_of(net(valid_x), valid_y).item()
    if valid_loss < least:
        least, kept = valid_loss, copy.deepcopy(net.state_dict())
net.load_state_dict(kept)
print(loss_of(net(test_x), test_y).item())
""",
    ),
    (
        "pr-curve",
        {"threshold-on-test"},
        """
from sklearn.metrics import precision_recall_curve
table = pd.read_csv("alerts.csv")
known, unseen, marks, truth = train_test_split(table.drop(columns="real"), table["real"],
                                               random_state=0)
clf = RandomForestClassifier(random_state=0).fit(known, marks)

chance = clf.predict_proba(unseen)[:, 1]
precision, recall, cuts = precision_recall_curve(truth, chance)
f = 2 * precision * recall / (precision + recall + 1e-9)
cut = cuts[np.argmax(f[:-1])]
print(cut, f1_score(truth, chance >= cut))
""",
        """
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import cross_val_predict
table = pd.read_csv("alerts.csv")
known, unseen, marks, truth = train_test_split(table.drop(columns="real"), table["real"],
                                               random_state=0)
clf = RandomForestClassifier(random_state=0)

chance = cross_val_predict(clf, known, marks, cv=5, method="predict_proba")[:, 1]
precision, recall, cuts = precision_recall_curve(marks, chance)
f = 2 * precision * recall / (precision + recall + 1e-9)
cut = cuts[np.argmax(f[:-1])]
print(cut, f1_score(truth, clf.fit(known, marks).predict_proba(unseen)[:, 1] >= cut))
""",
    ),
    (
        "seed-table",
        {"seed-picking"},
        """
table = pd.read_csv("bank.csv")
Xtr, Xte, ytr, yte = train_test_split(table.drop(columns="yes"), table["yes"], random_state=0)
rows = []
for number in (1, 7, 42, 99, 1234):
    clf = RandomForestClassifier(random_state=number).fit(Xtr, ytr)
    rows.append({"seed": number, "f1": f1_score(yte, clf.predict(Xte))})

results = pd.DataFrame(rows)
best = results.loc[results["f1"].idxmax()]
print("F1", best["f1"])
""",
        """
table = pd.read_csv("bank.csv")
Xtr, Xte, ytr, yte = train_test_split(table.drop(columns="yes"), table["yes"], random_state=0)
rows = []
for number in (1, 7, 42, 99, 1234):
    clf = RandomForestClassifier(random_state=number).fit(Xtr, ytr)
    rows.append({"seed": number, "f1": f1_score(yte, clf.predict(Xte))})

results = pd.DataFrame(rows)
print("F1", results["f1"].mean(), "+-", results["f1"].std())
""",
    ),
    (
        "kfold-time",
        {"temporal-leak"},
        """
from sklearn.model_selection import KFold
load = pd.read_csv("load.csv")
load["stamp"] = pd.to_datetime(load["stamp"])
load = load.set_index("stamp")
load["yesterday"] = load["mw"].shift(24)
load = load.dropna()

folds = KFold(5, shuffle=True, random_state=0)
print(cross_val_score(RandomForestClassifier(random_state=0), load[["yesterday"]], load["mw"],
                      cv=folds, scoring="neg_mean_absolute_error"))
""",
        """
from sklearn.model_selection import TimeSeriesSplit
load = pd.read_csv("load.csv")
load["stamp"] = pd.to_datetime(load["stamp"])
load = load.set_index("stamp")
load["yesterday"] = load["mw"].shift(24)
load = load.dropna()

print(cross_val_score(RandomForestClassifier(random_state=0), load[["yesterday"]], load["mw"],
                      cv=TimeSeriesSplit(5), scoring="neg_mean_absolute_error"))
""",
    ),
    (
        "lead",
        {"temporal-leak", "target-leak"},
        """
price = pd.read_csv("price.csv")
price["tomorrow_volume"] = price["volume"].shift(-1)
price["up"] = (price["close"].shift(-1) > price["close"]).astype(int)
price = price.dropna()

features = ["close", "volume", "tomorrow_volume"]
past, later = price.iloc[:900], price.iloc[900:]
clf = LogisticRegression().fit(past[features], past["up"])
print(roc_auc_score(later["up"], clf.predict_proba(later[features])[:, 1]))
""",
        """
price = pd.read_csv("price.csv")
price["yesterday_volume"] = price["volume"].shift(1)
price["up"] = (price["close"].shift(-1) > price["close"]).astype(int)
price = price.dropna()

features = ["close", "volume", "yesterday_volume"]
past, later = price.iloc[:900], price.iloc[900:]
clf = LogisticRegression().fit(past[features], past["up"])
print(roc_auc_score(later["up"], clf.predict_proba(later[features])[:, 1]))
""",
    ),
    (
        "derived",
        {"target-leak"},
        """
flights = pd.read_csv("flights.csv")
flights["late"] = (flights["arrival_delay"] > 15).astype(int)
truth = flights["late"]
inputs = flights.drop(columns=["late"])

a, b, c, d = train_test_split(inputs, truth, random_state=0)
clf = RandomForestClassifier(random_state=0).fit(a, c)
print(roc_auc_score(d, clf.predict_proba(b)[:, 1]))
""",
        """
flights = pd.read_csv("flights.csv")
flights["late"] = (flights["arrival_delay"] > 15).astype(int)
truth = flights["late"]
inputs = flights.drop(columns=["late", "arrival_delay"])

a, b, c, d = train_test_split(inputs, truth, random_state=0)
clf = RandomForestClassifier(random_state=0).fit(a, c)
print(roc_auc_score(d, clf.predict_proba(b)[:, 1]))
""",
    ),
    (
        "permutation",
        {"not-reproducible"},
        """
table = pd.read_csv("bank.csv")
order = np.random.permutation(len(table))
train, test = table.iloc[order[:800]], table.iloc[order[800:]]

clf = LogisticRegression().fit(train.drop(columns="yes"), train["yes"])
print(f1_score(test["yes"], clf.predict(test.drop(columns="yes"))))
""",
        """
table = pd.read_csv("bank.csv")
order = np.random.default_rng(5).permutation(len(table))
train, test = table.iloc[order[:800]], table.iloc[order[800:]]

clf = LogisticRegression().fit(train.drop(columns="yes"), train["yes"])
print(f1_score(test["yes"], clf.predict(test.drop(columns="yes"))))
""",
    ),
    (
        "held-parts",
        {"imputing-on-all-rows"},
        """
from sklearn.impute import SimpleImputer

records = pd.read_parquet("loans.parquet")

fill = SimpleImputer(strategy="median").fit(records[["salary", "debt"]])

learn, check, final = [records.loc[records.split == one] for one in ["training", "dev", "holdout"]]

tree = RandomForestClassifier(random_state=5)
tree.fit(fill.transform(learn[["salary", "debt"]]), learn["default"])

print(f1_score(final["default"], tree.predict(fill.transform(final[["salary", "debt"]]))))
""",
        """
from sklearn.impute import SimpleImputer

records = pd.read_parquet("loans.parquet")

learn, check, final = [records.loc[records.split == one] for one in ["training", "dev", "holdout"]]

fill = SimpleImputer(strategy="median").fit(learn[["salary", "debt"]])

tree = RandomForestClassifier(random_state=5)
tree.fit(fill.transform(learn[["salary", "debt"]]), learn["default"])

print(f1_score(final["default"], tree.predict(fill.transform(final[["salary", "debt"]]))))
""",
    ),
    (
        "cells-of-pictures",
        {"fit-before-split"},
        """
from sklearn.decomposition import PCA

shots = pd.read_parquet("shots.parquet")

grey = np.stack(shots["dots"]).reshape(-1, 7, 4, 7, 4).sum(axis=(2, 4)).reshape(-1, 49)
cells = pd.DataFrame(grey, index=shots.index)

older = shots[shots["part"] != "test"]
newest = shots[shots["part"] == "test"]

pca = PCA(10, random_state=0).fit(cells)

net = LogisticRegression().fit(pca.transform(cells.loc[older.index]), older["kind"])

print(f1_score(newest["kind"], net.predict(pca.transform(cells.loc[newest.index]))))
""",
        """
from sklearn.decomposition import PCA

shots = pd.read_parquet("shots.parquet")

grey = np.stack(shots["dots"]).reshape(-1, 7, 4, 7, 4).sum(axis=(2, 4)).reshape(-1, 49)
cells = pd.DataFrame(grey, index=shots.index)

older = shots[shots["part"] != "test"]
newest = shots[shots["part"] == "test"]

pca = PCA(10, random_state=0).fit(cells.loc[older.index])

net = LogisticRegression().fit(pca.transform(cells.loc[older.index]), older["kind"])

print(f1_score(newest["kind"], net.predict(pca.transform(cells.loc[newest.index]))))
""",
    ),
]


def flat(code):
    return {"train.py": HEAD + code}


def in_main(code):
    return {
        "src/train.py": HEAD
        + "\ndef main():\n"
        + textwrap.indent(code, "    ")
        + '\nif __name__ == "__main__":\n    main()\n'
    }


def notebook(code, counts=None):
    cells = [HEAD, *[part for part in code.strip().split("\n\n") if part.strip()]]
    counts = counts or list(range(1, len(cells) + 1))
    made = [{"cell_type": "markdown", "metadata": {}, "source": ["# Model"]}]
    made += [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": number,
            "source": cell.strip().splitlines(keepends=True),
        }
        for number, cell in zip(counts, cells, strict=True)
    ]
    return {"notebooks/model.ipynb": json.dumps({"cells": made, "nbformat": 4, "metadata": {}})}


def two_files(code):
    head, _, tail = code.strip().rpartition("\n\n")
    inner = textwrap.indent(head + "\n\n" + tail, "    ")
    return {
        "project/work.py": HEAD + "\n\ndef run():\n" + inner + "\n",
        "project/__main__.py": "from project.work import run\n\nrun()\n",
    }


ORDERED = """
table = pd.read_csv("bank.csv")

train, test = train_test_split(table, random_state=0)

clf = LogisticRegression().fit(train.drop(columns="yes"), train["yes"])

print(f1_score(test["yes"], clf.predict(test.drop(columns="yes"))))
"""
SWAPPED = """
table = pd.read_csv("bank.csv")

clf = LogisticRegression().fit(train.drop(columns="yes"), train["yes"])

train, test = train_test_split(table, random_state=0)

print(f1_score(test["yes"], clf.predict(test.drop(columns="yes"))))
"""


def cases(half):
    """Every program of one half."""
    pairs, layouts = (
        (TUNING, (flat, in_main)) if half == "tuning" else (CONFIRMING, (notebook, two_files))
    )
    found = []
    for name, kinds, faulty, clean in pairs:
        for layout in layouts:
            label = f"{half}-code-{name}-{layout.__name__}"
            found.append(Program(f"{label}-faulty", frozenset(kinds), layout(faulty)))
            found.append(Program(f"{label}-clean", frozenset(), layout(clean)))
    order = frozenset({"notebook-out-of-order"})
    if half == "tuning":
        found.append(
            Program(f"{half}-code-counts-faulty", order, notebook(ORDERED, [1, 4, 3, 2, 5]))
        )
        found.append(Program(f"{half}-code-counts-clean", frozenset(), notebook(ORDERED)))
    else:
        found.append(Program(f"{half}-code-names-faulty", order, notebook(SWAPPED)))
        found.append(Program(f"{half}-code-names-clean", frozenset(), notebook(ORDERED)))
    return found
