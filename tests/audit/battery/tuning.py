# ruff: noqa: ISC004 - the programs are written over several lines
"""Programs with a fault and their clean twins, on which the checks were tuned.

Each pair is written by hand as ``(name, expected kinds, faulty, clean)``.
"""

from tests.audit.battery.pieces import FINAL, FIT, LOAD, PARTS, SPLIT

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
