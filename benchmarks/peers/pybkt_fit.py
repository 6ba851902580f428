"""Run by a Python that has pyBKT (see ``pybkt_files.py``): FOLDER SEED."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from pyBKT.models import Model


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    train, test = (pd.read_csv(folder / f"{part}.csv") for part in ("train", "test"))
    base = train["correct"].mean()
    for name, options in (("pybkt", {}), ("pybkt with forgetting", {"forgets": True})):
        model = Model(seed=seed, num_fits=1, parallel=False)
        model.fit(data=train, **options)
        known = test[test["skill_name"].isin(set(train["skill_name"]))]
        found = model.predict(data=known).set_index("order_id")["correct_predictions"]
        chance = found.reindex(test["order_id"]).fillna(base)  # skills that nobody trained on
        np.savetxt(folder / f"{name}.txt", chance.to_numpy())
        print(f"    {name}: {len(known)} of {len(test)} answers on known skills", flush=True)


if __name__ == "__main__":
    main()
