"""Data sets of the battery: scikit-learn's own and synthetic ones with realistic structure.

Each gives a table with the column ``target``, and says which columns date, group or number the rows.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sklearn import datasets


@dataclass(frozen=True)
class Data:
    name: str
    table: pd.DataFrame
    time: str = ""
    group: str = ""
    constants: tuple[str, ...] = field(default=())

    @property
    def classes(self) -> bool:
        return self.table["target"].nunique() <= 12


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def bundled(name, rng):
    found = getattr(datasets, f"load_{name}")(as_frame=True)
    table = found.frame.rename(columns=lambda one: str(one).replace(" ", "_"))
    return Data(
        name, table.sample(frac=1, random_state=int(rng.integers(1e6))).reset_index(drop=True)
    )


def churn(rng, n=900):
    tenure = rng.gamma(2, 14, n).round()
    plan = rng.choice(["basic", "plus", "family", "business"], n, p=[0.4, 0.3, 0.2, 0.1])
    fee = (
        np.select([plan == "basic", plan == "plus", plan == "family"], [19, 35, 49], 79)
        + rng.normal(0, 4, n)
    ).round(2)
    calls = rng.poisson(1.2 + (tenure < 12))
    usage = (fee * rng.lognormal(0, 0.4, n)).round(1)
    z = 0.8 * (tenure < 12) + 0.35 * calls - 0.02 * tenure + 0.015 * fee - 0.9
    return Data(
        "churn",
        pd.DataFrame(
            {
                "tenure": tenure,
                "plan": plan,
                "fee": fee,
                "support_calls": calls,
                "usage": usage,
                "age": rng.integers(18, 80, n),
                "target": (rng.random(n) < sigmoid(z)).astype(int),
            }
        ),
    )


def loans(rng, n=1000):
    income = rng.lognormal(10.4, 0.5, n).round(-1)
    amount = (income * rng.beta(2, 6, n) * 1.5).round(-2)
    score = np.clip(rng.normal(650, 70, n) + 0.0003 * income, 350, 850).round()
    purpose = rng.choice(["car", "home", "study", "debts", "travel"], n)
    region = rng.choice([f"region {one}" for one in range(14)], n)
    late = rng.poisson(np.clip((700 - score) / 90, 0.05, 4))
    z = (
        -1.2
        + 2.2 * amount / income
        + 0.4 * late
        - 0.008 * (score - 650)
        + 0.3 * (purpose == "debts")
    )
    return Data(
        "loans",
        pd.DataFrame(
            {
                "income": income,
                "amount": amount,
                "credit_score": score,
                "purpose": purpose,
                "region": region,
                "late_payments": late,
                "months": rng.choice([12, 24, 36, 48, 60], n),
                "target": (rng.random(n) < sigmoid(z)).astype(int),
            }
        ),
    )


def rents(rng, n=800):
    area = rng.gamma(6, 11, n).round(1)
    rooms = np.maximum(1, np.round(area / 24 + rng.normal(0, 0.6, n)))
    district = rng.choice([f"district {one}" for one in range(18)], n)
    level = dict(zip(sorted(set(district)), rng.normal(0, 2.2, 18), strict=True))
    year = rng.integers(1900, 2024, n)
    price = area * (
        11 + np.array([level[one] for one in district]) + 0.02 * (year - 1960)
    ) + rng.normal(0, 90, n)
    return Data(
        "rents",
        pd.DataFrame(
            {
                "area": area,
                "rooms": rooms,
                "district": district,
                "year": year,
                "floor": rng.integers(0, 9, n),
                "balcony": rng.integers(0, 2, n),
                "target": price.round(2),
            }
        ),
    )


def sales(rng, n=900):
    day = pd.date_range("2022-01-01", periods=n)
    level = np.cumsum(rng.normal(0, 2.5, n))
    week = 12 * np.sin(2 * np.pi * np.arange(n) / 7)
    units = (200 + level + week + rng.normal(0, 6, n)).round(1)
    return Data(
        "sales",
        pd.DataFrame(
            {
                "date": day.strftime("%Y-%m-%d"),
                "weekday": day.dayofweek,
                "price": (9.9 + np.cumsum(rng.normal(0, 0.03, n))).round(2),
                "promo": rng.integers(0, 2, n),
                "rain": rng.gamma(1, 3, n).round(1),
                "target": units,
            }
        ),
        time="date",
    )


def energy(rng, n=1100):
    hour = pd.date_range("2023-03-01", periods=n, freq="6h")
    drift = np.cumsum(rng.normal(0, 0.5, n))
    temperature = 12 + 9 * np.sin(2 * np.pi * np.arange(n) / 1460) + rng.normal(0, 2, n)
    load = 60 + drift - 0.9 * temperature + 8 * (hour.hour == 18) + rng.normal(0, 2, n)
    return Data(
        "energy",
        pd.DataFrame(
            {
                "measured_at": hour.strftime("%Y-%m-%d %H:%M:%S"),
                "hour": hour.hour,
                "temperature": temperature.round(2),
                "wind": rng.gamma(2, 3, n).round(2),
                "pressure": (1013 + np.cumsum(rng.normal(0, 0.6, n))).round(1),
                "target": load.round(3),
            }
        ),
        time="measured_at",
    )


def patients(rng, n=150, visits=6):
    who = np.repeat(np.arange(n), visits)
    ill = rng.random(n) < 0.45
    base = {
        "height": rng.normal(171, 9, n).round(1),
        "birth_weight": rng.normal(3.4, 0.5, n).round(3),
        "gene_score": rng.normal(0, 1, n).round(4),
    }
    marker = rng.normal(0, 1, n) + 0.5 * ill
    table = pd.DataFrame(
        {
            "patient_id": [f"P{one:04d}" for one in who],
            **{k: v[who] for k, v in base.items()},
            "pulse": rng.normal(74, 8, len(who)).round(),
            "marker": (marker[who] + rng.normal(0, 0.15, len(who))).round(3),
            "pressure": rng.normal(128, 12, len(who)).round(),
            "target": ill[who].astype(int),
        }
    )
    table = table.sample(frac=1, random_state=int(rng.integers(1e6))).reset_index(drop=True)
    return Data(
        "patients", table, group="patient_id", constants=("height", "birth_weight", "gene_score")
    )


def machines(rng, n=90, runs=9):
    which = np.repeat(np.arange(n), runs)
    wear = rng.normal(50, 14, n)
    table = pd.DataFrame(
        {
            "machine": [f"M-{one:03d}" for one in which],
            "commissioned_km": rng.gamma(4, 9000, n).round(1)[which],
            "rated_power": rng.normal(75, 11, n).round(2)[which],
            "vibration": (rng.normal(0, 1, n)[which] + rng.normal(0, 0.2, len(which))).round(3),
            "temperature": (rng.normal(60, 6, n)[which] + rng.normal(0, 2, len(which))).round(2),
            "target": (wear[which] + rng.normal(0, 3, len(which))).round(2),
        }
    )
    table = table.sample(frac=1, random_state=int(rng.integers(1e6))).reset_index(drop=True)
    return Data("machines", table, group="machine", constants=("commissioned_km", "rated_power"))


def survey(rng, n=800):
    """Coarse answers only: rows meet by chance, and that is no fault."""
    answers = {f"q{one}": rng.integers(1, 5, n) for one in range(4)}
    z = 0.6 * answers["q0"] - 0.5 * answers["q1"] + rng.logistic(0, 1, n)
    return Data("survey", pd.DataFrame({**answers, "target": (z > 0.2).astype(int)}))


TUNING = {
    "flat": (lambda rng: bundled("breast_cancer", rng), churn, rents, survey),
    "binary": (lambda rng: bundled("breast_cancer", rng), churn),
    "number": (rents,),
    "time": (sales,),
    "group": (patients,),
}
CONFIRMING = {
    "flat": (lambda rng: bundled("wine", rng), loans, lambda rng: bundled("diabetes", rng)),
    "binary": (loans,),
    "number": (lambda rng: bundled("diabetes", rng),),
    "time": (energy,),
    "group": (machines,),
}
