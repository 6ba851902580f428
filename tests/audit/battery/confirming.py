"""Programs with a fault and their clean twins, held back while the checks were tuned.

Each pair is written by hand as ``(name, expected kinds, faulty, clean)``.
"""

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
