"""Programs as people write them; a name that ends in FAULT has one. Tuned on, like the first half."""

PROGRAMS: dict[str, str] = {}
PROGRAMS["column_transformer"] = """
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler, OneHotEncoder
from sklearn.model_selection import train_test_split, RandomizedSearchCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import classification_report, roc_auc_score

RANDOM_STATE = 42
def load(path):
    df = pd.read_csv(path)
    df.columns = [c.lower() for c in df.columns]
    df = df.drop_duplicates()
    return df

def build(num, cat):
    pre = ColumnTransformer([("num", Pipeline([("imp", SimpleImputer(strategy="median")), ("sc", StandardScaler())]), num),
                             ("cat", OneHotEncoder(handle_unknown="ignore"), cat)])
    return Pipeline([("pre", pre), ("clf", HistGradientBoostingClassifier(random_state=RANDOM_STATE))])

if __name__ == "__main__":
    df = load("data/telco.csv")
    y = (df.pop("churn") == "Yes").astype(int)
    num = df.select_dtypes("number").columns.tolist()
    cat = [c for c in df.columns if c not in num]
    X_train, X_test, y_train, y_test = train_test_split(df, y, test_size=0.2, random_state=RANDOM_STATE, stratify=y)
    search = RandomizedSearchCV(build(num, cat), {"clf__max_depth": [3, 5, None]}, n_iter=3, cv=5, scoring="roc_auc", random_state=RANDOM_STATE)
    search.fit(X_train, y_train)
    best = search.best_estimator_
    proba = best.predict_proba(X_test)[:, 1]
    print(search.best_score_, roc_auc_score(y_test, proba))
    print(classification_report(y_test, (proba > 0.5).astype(int)))
    if roc_auc_score(y_test, proba) < 0.7:
        raise SystemExit("below the bar")
"""
PROGRAMS["torch_val"] = """
import torch, torch.nn as nn
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms
torch.manual_seed(0)
tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
full = datasets.FashionMNIST("data", train=True, download=True, transform=tf)
test_set = datasets.FashionMNIST("data", train=False, transform=tf)
train_set, val_set = random_split(full, [50000, 10000], generator=torch.Generator().manual_seed(0))
train_loader = DataLoader(train_set, batch_size=64, shuffle=True)
val_loader = DataLoader(val_set, batch_size=256)
test_loader = DataLoader(test_set, batch_size=256)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    def forward(self, x):
        return self.layers(x)

def evaluate(model, loader):
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for x, y in loader:
            pred = model(x).argmax(1)
            correct += (pred == y).sum().item()
            total += len(y)
    return correct / total

model = Net()
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_fn = nn.CrossEntropyLoss()
best_val, best_state = 0.0, None
for epoch in range(10):
    model.train()
    for x, y in train_loader:
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
    val_acc = evaluate(model, val_loader)
    if val_acc > best_val:
        best_val = val_acc
        best_state = {k: v.clone() for k, v in model.state_dict().items()}
model.load_state_dict(best_state)
print("test", evaluate(model, test_loader))
"""
PROGRAMS["torch_test_FAULT"] = PROGRAMS["torch_val"].replace(
    "val_acc = evaluate(model, val_loader)", "val_acc = evaluate(model, test_loader)"
)
PROGRAMS["lgb_cv"] = """
import lightgbm as lgb, numpy as np, pandas as pd
from sklearn.model_selection import StratifiedKFold
from sklearn.metrics import roc_auc_score
train = pd.read_csv("train.csv"); test = pd.read_csv("test.csv")
features = [c for c in train.columns if c not in ("id", "target")]
for df in (train, test):
    df["ratio"] = df["a"] / (df["b"] + 1)
oof = np.zeros(len(train)); preds = np.zeros(len(test))
skf = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)
for fold, (tr, va) in enumerate(skf.split(train, train["target"])):
    dtrain = lgb.Dataset(train.iloc[tr][features], train.iloc[tr]["target"])
    dvalid = lgb.Dataset(train.iloc[va][features], train.iloc[va]["target"])
    m = lgb.train({"objective": "binary", "seed": 1}, dtrain, 2000, valid_sets=[dvalid], callbacks=[lgb.early_stopping(50)])
    oof[va] = m.predict(train.iloc[va][features])
    preds += m.predict(test[features]) / 5
print(roc_auc_score(train["target"], oof))
pd.DataFrame({"id": test["id"], "target": preds}).to_csv("submission.csv", index=False)
"""
PROGRAMS["kaggle_concat_FAULT"] = """
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import cross_val_score, KFold
from sklearn.linear_model import Ridge
train = pd.read_csv("train.csv"); test = pd.read_csv("test.csv")
y = train.pop("price")
both = pd.concat([train, test])
both = pd.DataFrame(StandardScaler().fit_transform(both), columns=both.columns)
X = both[:len(train)]
print(cross_val_score(Ridge(), X, y, cv=KFold(5, shuffle=True, random_state=0)).mean())
"""
PROGRAMS["models_compare"] = """
import pandas as pd
from sklearn.model_selection import train_test_split, cross_val_score
from sklearn.linear_model import LogisticRegression
from sklearn.ensemble import RandomForestClassifier, GradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import f1_score
df = pd.read_csv("bank.csv").dropna()
X = pd.get_dummies(df.drop("y", axis=1)); y = df["y"].map({"no": 0, "yes": 1})
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=.2, random_state=1, stratify=y)
models = {"lr": make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)), "rf": RandomForestClassifier(random_state=1), "gb": GradientBoostingClassifier(random_state=1)}
cv = {}
for name, model in models.items():
    cv[name] = cross_val_score(model, X_train, y_train, cv=5, scoring="f1").mean()
    print(name, cv[name])
chosen = max(cv, key=cv.get)
final = models[chosen].fit(X_train, y_train)
print(chosen, "test f1", f1_score(y_test, final.predict(X_test)), "train f1", f1_score(y_train, final.predict(X_train)))
"""
PROGRAMS["models_test_FAULT"] = PROGRAMS["models_compare"].replace(
    'cross_val_score(model, X_train, y_train, cv=5, scoring="f1").mean()',
    "f1_score(y_test, model.fit(X_train, y_train).predict(X_test))",
)
PROGRAMS["timeseries_clean"] = """
import pandas as pd, numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import mean_absolute_error
df = pd.read_csv("traffic.csv", parse_dates=["timestamp"]).sort_values("timestamp").set_index("timestamp")
df["lag_24"] = df["volume"].shift(24)
df["roll"] = df["volume"].shift(24).rolling(24).mean()
df["hour"] = df.index.hour
df = df.dropna()
train = df.loc[:"2018-06-30"]; test = df.loc["2018-07-01":]
features = ["lag_24", "roll", "hour"]
m = RandomForestRegressor(random_state=0).fit(train[features], train["volume"])
pred = m.predict(test[features])
naive = test["lag_24"]
print("mae", mean_absolute_error(test["volume"], pred), "naive", mean_absolute_error(test["volume"], naive))
"""
PROGRAMS["class_trainer"] = """
import numpy as np, pandas as pd
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.metrics import balanced_accuracy_score

class Study:
    def __init__(self, path, seed=0):
        self.data = pd.read_csv(path)
        self.seed = seed
        self.scores = []
    def run(self):
        X = self.data.drop(columns=["speaker", "digit"]).values
        y = self.data["digit"].values
        g = self.data["speaker"].values
        for train_idx, test_idx in GroupKFold(5).split(X, y, g):
            scaler = StandardScaler().fit(X[train_idx])
            clf = SVC(random_state=self.seed).fit(scaler.transform(X[train_idx]), y[train_idx])
            pred = clf.predict(scaler.transform(X[test_idx]))
            self.scores.append(balanced_accuracy_score(y[test_idx], pred))
        return np.mean(self.scores), np.std(self.scores)

print(Study("mfcc.csv").run())
"""
PROGRAMS["class_FAULT"] = (
    PROGRAMS["class_trainer"]
    .replace(
        "        for train_idx",
        "        X = StandardScaler().fit_transform(X)\n        for train_idx",
    )
    .replace("scaler = StandardScaler().fit(X[train_idx])", "pass")
    .replace("scaler.transform(X[train_idx])", "X[train_idx]")
    .replace("scaler.transform(X[test_idx])", "X[test_idx]")
)
PROGRAMS["unsupervised"] = """
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.decomposition import PCA
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
df = pd.read_csv("mall.csv")
X = StandardScaler().fit_transform(df[["income", "score"]])
best_k, best = None, -1
for k in range(2, 8):
    labels = KMeans(k, random_state=0, n_init=10).fit_predict(X)
    s = silhouette_score(X, labels)
    if s > best:
        best, best_k = s, k
print(best_k, PCA(2).fit_transform(X)[:2])
"""
PROGRAMS["manual_split"] = """
import numpy as np
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier
X, y = load_digits(return_X_y=True)
rng = np.random.default_rng(0)
idx = rng.permutation(len(X))
n = int(.6 * len(X)); m = int(.8 * len(X))
X_tr, y_tr = X[idx[:n]], y[idx[:n]]
X_va, y_va = X[idx[n:m]], y[idx[n:m]]
X_te, y_te = X[idx[m:]], y[idx[m:]]
mean, std = X_tr.mean(axis=0), X_tr.std(axis=0) + 1e-9
X_tr, X_va, X_te = [(a - mean) / std for a in (X_tr, X_va, X_te)]
accs = [(KNeighborsClassifier(k).fit(X_tr, y_tr).predict(X_va) == y_va).mean() for k in range(1, 10)]
k = int(np.argmax(accs)) + 1
print(k, (KNeighborsClassifier(k).fit(X_tr, y_tr).predict(X_te) == y_te).mean())
"""
PROGRAMS["manual_FAULT"] = PROGRAMS["manual_split"].replace(
    ".predict(X_va) == y_va).mean() for", ".predict(X_te) == y_te).mean() for"
)
PROGRAMS["manual_scale_FAULT"] = PROGRAMS["manual_split"].replace(
    "X_tr.mean(axis=0), X_tr.std(axis=0)", "X.mean(axis=0), X.std(axis=0)"
)
PROGRAMS["cost_threshold_val"] = """
import numpy as np, pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.calibration import CalibratedClassifierCV
df = pd.read_csv("fraud.csv")
X, y = df.drop(columns="fraud"), df["fraud"]
X_dev, X_test, y_dev, y_test = train_test_split(X, y, stratify=y, random_state=0)
X_train, X_val, y_train, y_val = train_test_split(X_dev, y_dev, stratify=y_dev, random_state=0)
model = CalibratedClassifierCV(LogisticRegression(class_weight="balanced")).fit(X_train, y_train)
def cost(y_true, p, t, fp=1, fn=50):
    pred = p >= t
    return fp * ((pred == 1) & (y_true == 0)).sum() + fn * ((pred == 0) & (y_true == 1)).sum()
p_val = model.predict_proba(X_val)[:, 1]
grid = np.linspace(0, 1, 201)
costs = [cost(y_val, p_val, t) for t in grid]
t_best = grid[int(np.argmin(costs))]
p_test = model.predict_proba(X_test)[:, 1]
print(cost(y_test, p_test, t_best))
"""
PROGRAMS["cost_threshold_FAULT"] = (
    PROGRAMS["cost_threshold_val"]
    .replace("cost(y_val, p_val, t) for", "cost(y_test, p_test, t) for")
    .replace(
        "p_val = model.predict_proba(X_val)[:, 1]", "p_test = model.predict_proba(X_test)[:, 1]"
    )
)
PROGRAMS["clean_signup"] = """
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
df = pd.read_csv("users.csv", parse_dates=["signup_date", "birth_date"])
df["age"] = (pd.Timestamp("2024-01-01") - df["birth_date"]).dt.days / 365
X = df[["age", "visits"]]; y = df["converted"]
a, b, c, d = train_test_split(X, y, random_state=0)
print(roc_auc_score(d, LogisticRegression().fit(a, c).predict_proba(b)[:, 1]))
"""
PROGRAMS["learning_curves"] = """
import numpy as np, matplotlib.pyplot as plt
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier
X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
train_acc, test_acc = [], []
for depth in range(1, 11):
    t = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X_train, y_train)
    train_acc.append(t.score(X_train, y_train)); test_acc.append(t.score(X_test, y_test))
plt.plot(range(1, 11), train_acc); plt.plot(range(1, 11), test_acc); plt.savefig("curve.png")
"""
