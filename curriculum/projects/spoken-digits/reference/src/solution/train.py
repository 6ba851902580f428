"""Fit, choose, predict, measure: ``python -m solution.train [--sample] [--seed N] [--out DIR]``."""

import joblib
import numpy as np
import pandas as pd
from scipy.special import softmax
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from solution.config import arguments, config, write
from solution.data import load
from solution.evaluate import cheapest, evaluate, macro_f1, report
from solution.features import STRETCHED, features
from solution.predict import predictions, scores

SIMPLE = "linear discriminants"


def candidates():
    """Models with whether they learn from stretched copies too, simplest first."""
    machine = make_pipeline(
        StandardScaler(), SVC(C=5.0, gamma=0.0015, decision_function_shape="ovo")
    )
    linear = make_pipeline(
        StandardScaler(), LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.1)
    )
    return {
        SIMPLE: (linear, False),
        "kernel machine": (machine, False),
        "kernel machine, stretched copies": (machine, True),
    }


def fitted(name, made, digit, copies):
    """The candidate, fitted on these recordings and, where it wants them, their copies."""
    model, more = candidates()[name]
    rows, labels = [made], [digit]
    if more:
        rows += copies
        labels += [digit] * len(copies)
    return model.fit(np.vstack(rows), np.concatenate(labels))


def left_out(name, made, digit, speaker, copies):
    """Scores for each digit by a model that had not heard the voice; shape (recordings, 10)."""
    found = np.zeros((len(made), 10))
    for voice in np.unique(speaker):
        away = speaker == voice
        model = fitted(name, made[~away], digit[~away], [one[~away] for one in copies])
        found[away] = scores(model, made[away])
    return found


def sharpness(given, digit):
    """The factor that makes chances of these scores truest, by log loss on left-out voices."""

    def untruth(one):
        return log_loss(digit, softmax(one * given, axis=1), labels=range(10))

    return float(min(np.geomspace(0.05, 10, 40), key=untruth))


def final(name, made, digit, copies, asked):
    """The model on all four voices, and its scores for the strangers, if there are any."""
    model = fitted(name, made, digit, copies)
    return model, scores(model, asked) if len(asked) else np.zeros((0, 10))


def main():
    """One run: every choice on voices left out in turn, then one look at the two strangers."""
    given = arguments(__doc__)
    table = load(given.sample, given.seed)
    known, test = (table[table["part"] == name] for name in ("validation", "test"))
    digit, speaker = known["digit"].to_numpy(), known["speaker"].to_numpy()
    made, copies = features(known), [features(known, one) for one in STRETCHED]
    heard, points = {}, {}
    for name in candidates():
        heard[name] = left_out(name, made, digit, speaker, copies)
        points[name] = round(macro_f1(digit, heard[name].argmax(axis=1)), 5)
        print(f"{name}: macro F1 {points[name]:.4f} on voices left out", flush=True)
    best = max(points, key=points.get)
    factor = sharpness(heard[best], digit)

    held = predictions(known, softmax(factor * heard[best], axis=1), heard[SIMPLE].argmax(axis=1))
    threshold = cheapest(held)
    asked = features(test) if len(test) else np.zeros((0, made.shape[1]))
    model, strange = final(best, made, digit, copies, asked)
    found = held
    if len(test):
        simple = final(SIMPLE, made, digit, copies, asked)[1].argmax(axis=1)
        scored = predictions(test, softmax(factor * strange, axis=1), simple)
        found = pd.concat([scored, held], ignore_index=True)
    found.to_parquet(given.out / config()["output"]["predictions"], index=False)
    saved = {"model": model, "sharpness": factor, "threshold": threshold}
    joblib.dump(saved, given.out / config()["output"]["model"])
    params = {"model": best, "seed": given.seed, "sample": given.sample}
    params |= {"sharpness": round(factor, 4), "threshold": threshold}
    facts = {"choice": points, "rows": table["part"].value_counts().to_dict()}
    facts |= report(found, threshold, model, known)
    metrics = evaluate(found, threshold, resamples=100 if given.sample else 400)
    write(given, metrics=metrics, params=params, report=facts)


if __name__ == "__main__":
    main()
