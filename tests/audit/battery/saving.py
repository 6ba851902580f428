"""How the tables of a made-up project are cut and written into its folder."""

import json


def cut(table, rng, share=0.3):
    order = rng.permutation(len(table))
    at = int(len(table) * (1 - share))
    return table.iloc[order[:at]].reset_index(drop=True), table.iloc[order[at:]].reset_index(
        drop=True
    )


def save(
    folder,
    *,
    train=None,
    test=None,
    predictions=None,
    held=None,
    runs=None,
    settings=None,
    claim="",
):
    data = folder / "data"
    data.mkdir(parents=True)
    parts = {"train": train, "test": test}
    for name, table in parts.items():
        if table is not None:
            table.to_csv(data / f"{name}.csv", index=False)
    for name, table in {
        "predictions": predictions,
        "valid_predictions": held,
        "runs": runs,
    }.items():
        if table is not None:
            table.to_csv(folder / f"{name}.csv", index=False)
    (folder / "project.json").write_text(json.dumps({"target": "target", **(settings or {})}))
    if claim:
        (folder / "README.md").write_text(f"# Result\n\n{claim}\n")
