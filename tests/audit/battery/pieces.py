"""Parts that most programs of the older battery share."""

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
