"""Makes a competition from anybody's table: split, audit, labels sealed, one folder to share."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from journeyman.audit import Bundle, Table, audit, open_table
from journeyman.audit import Report as Audit
from journeyman.audit.bundle.proxies import target_leaks
from journeyman.competitions import templates
from journeyman.competitions.dividing import Parts, divide, id_name, parse_split
from journeyman.competitions.entry import FILE, Competition, load_entry
from journeyman.competitions.home import PREPARED, SOLUTION, Home, sample_submission, write_receipt
from journeyman.competitions.sealing import SHORTEST, seal
from journeyman.competitions.sharing import SEALED, binding
from journeyman.errors import Conflict, Invalid, Unavailable
from journeyman.house import SplitAdvice, advise_split
from journeyman.scoring import registry

FEWEST = 60
MANY_CLASSES = 20
TITLE_LENGTHS = 3, 200
METRICS = {"binary": "auc", "multiclass": "macro_f1", "regression": "rmse"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a host asks for.

    Attributes:
        split: ``temporal:COLUMN``, ``group:COLUMN`` or ``random``.
        password: Seals the labels into the folder; None keeps them out of it.
        published: Whether the rows can be found elsewhere, so that labels can be looked up.
    """

    target: str
    split: str
    password: str | None = None
    metric: str = ""
    slug: str = ""
    title: str = ""
    published: bool = False
    public_share: float = 0.3


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the folder, its parts in rows, and what the host should look at."""

    folder: Path
    slug: str
    metric: str
    task: str
    rows: Mapping[str, int]
    level: str
    sealed: bool
    findings: tuple[str, ...]
    advice: SplitAdvice
    remarks: tuple[str, ...] = ()


def make(folder: Path, file: Path, wishes: Wishes, into: Path) -> Made:
    """Make the folder, and take the competition with its labels into the host's own home.

    Args:
        folder: What is shared; must not exist or be empty.
        file: The table: CSV or Parquet.
        wishes: What the host asks for.
        into: The host's folder of competitions, where the labels stay in the clear.

    Raises:
        Invalid: the table or the wishes cannot be used.
        Conflict: the folder or a competition of that name is there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"{folder} is there already and not empty; name a new folder.")
    if wishes.password is not None and len(wishes.password) < SHORTEST:
        raise Invalid(f"The password for sealed labels takes at least {SHORTEST} characters.")
    slug, title = names_of(folder, wishes)
    if (into / slug / PREPARED).exists():
        raise Conflict(f"A competition {slug} is here already; choose another name with --slug.")
    table = open_table(file)
    frame = whole(table, file)
    kind, column = parse_split(wishes.split, frame)
    frame, remarks = cleaned(frame, wishes.target)
    task = task_of(frame[wishes.target])
    metric = registry.get(wishes.metric or METRICS[task])
    frame, classes = with_labels(frame, wishes.target, task, metric.needs)
    parts = divide(frame, wishes.target, wishes.public_share, kind, column)
    advice = advise_split(frame, wishes.target)
    looked = looked_over(table, frame, wishes.target)
    entry = {
        "slug": slug,
        "version": 1,
        "uuid": str(uuid4()),
        "title": title,
        "summary": f"Predict {wishes.target} for rows that were set apart.",
        "target": wishes.target,
        "id": id_name(frame),
        "task": task,
        "metric": metric.name,
        "prediction": prediction_names(wishes.target, metric.needs, classes),
        "public_share": wishes.public_share,
        "level": "L0" if wishes.published else "L3",
        "sealed": True,
        "classes": classes,
        "split": {"kind": kind, "column": column, "why": templates.WHY[kind].format(column)},
        "skills": templates.skills(metric.name),
    }
    texts = templates.texts(entry, looked, advice, {k: len(v) for k, v in parts.tables().items()})
    competition = _write(folder, entry, parts, texts, wishes.password)
    _keep(into / slug, folder, competition, parts)
    return Made(
        folder,
        slug,
        metric.name,
        task,
        {name: len(one) for name, one in parts.tables().items()},
        competition.level,
        wishes.password is not None,
        _findings(looked),
        advice,
        (*remarks, *parts.remarks, *disagreement(kind, column, advice)),
    )


def names_of(folder: Path, wishes: Wishes) -> tuple[str, str]:
    """The short name and the title, where they are not wished for made from the folder's name.

    Raises:
        Invalid: they cannot be used.

    >>> names_of(Path("Shop Returns"), Wishes("y", "random"))
    ('shop-returns', 'Shop Returns')
    """
    slug = wishes.slug or re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-")[:60]
    if not re.fullmatch(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Invalid(
            f"The short name {slug[:61]!r} cannot be used; give one with --slug, of at most 60 "
            "small letters, digits and single hyphens."
        )
    title = wishes.title.strip() or folder.name.replace("-", " ").replace("_", " ").strip()
    if not wishes.title and len(title) < TITLE_LENGTHS[0]:
        title = f"Competition {slug}"
    if not TITLE_LENGTHS[0] <= len(title) <= TITLE_LENGTHS[1]:
        raise Invalid("A title has {} to {} characters.".format(*TITLE_LENGTHS))
    return slug, title[:1].upper() + title[1:]


def whole(table: Table, file: Path) -> pd.DataFrame:
    """Every row of the table, where the audit has looked at some only."""
    if len(table.frame) == table.rows:
        return table.frame.copy()
    return pd.read_parquet(file) if file.suffix == ".parquet" else pd.read_csv(file)


def cleaned(frame: pd.DataFrame, target: str) -> tuple[pd.DataFrame, list[str]]:
    """The rows that have a target.

    Raises:
        Invalid: there is no such column, or too few rows have it.
    """
    if target not in frame:
        names = ", ".join(map(str, frame.columns[:12]))
        raise Invalid(f"There is no column {target!r} to predict; there are {names}.")
    known = frame[target].notna()
    remarks = []
    if not known.all():
        remarks.append(f"{int((~known).sum()):,} rows without {target} were left out.")
    frame = frame[known].reset_index(drop=True)
    if len(frame) < FEWEST:
        raise Invalid(f"{len(frame)} rows have a {target}; a competition takes at least {FEWEST}.")
    if frame[target].nunique() < 2:
        raise Invalid(f"{target} has the same value in every row; there is nothing to predict.")
    return frame, remarks


def task_of(target: pd.Series) -> str:
    """Binary, multiclass or regression, by the values of the target."""
    distinct = target.nunique()
    if distinct == 2:
        return "binary"
    numeric = pd.api.types.is_numeric_dtype(target)
    if not numeric and distinct > 200:
        raise Invalid(
            f"The target has {distinct:,} different texts; a competition takes numbers or classes."
        )
    whole_numbers = numeric and (target % 1 == 0).all()
    if not numeric or (whole_numbers and distinct <= MANY_CLASSES):
        return "multiclass"
    return "regression"


def with_labels(
    frame: pd.DataFrame, target: str, task: str, needs: str
) -> tuple[pd.DataFrame, list[str]]:
    """The target as the metric takes it: 0 and 1, class names, or numbers; and the class names.

    Raises:
        Invalid: the metric does not fit the target.
    """
    if needs in {"ranking", "returns"}:
        raise Invalid("That metric takes groups or policies; choose one for rows.")
    if (needs in {"scores", "probability"}) and task != "binary":
        raise Invalid(f"That metric takes two classes; {target} has more.")
    if needs == "numbers" and not pd.api.types.is_numeric_dtype(frame[target]):
        raise Invalid(f"That metric takes numbers; {target} holds text.")
    if needs == "numbers":
        return frame.assign(**{target: frame[target].astype(float)}), []
    values = sorted(frame[target].unique())
    if task == "binary":
        codes = frame[target].map({one: n for n, one in enumerate(values)}).astype(int)
        return frame.assign(**{target: codes}), ["0", "1"]
    if pd.api.types.is_numeric_dtype(frame[target]) and (frame[target] % 1 == 0).all():
        whole_numbers = frame[target].astype(int)
        return frame.assign(**{target: whole_numbers}), [str(int(one)) for one in values]
    text = frame[target].astype(str)
    return frame.assign(**{target: text}), sorted(text.unique())


def prediction_names(target: str, needs: str, classes: list[str]) -> list[str]:
    """The columns of a submission."""
    if needs == "probabilities":
        return [f"p_{one}" for one in classes]
    return [target]


def looked_over(table: Table, frame: pd.DataFrame, target: str) -> Audit:
    """What is wrong with the table, and above all which of its columns give the target away."""
    found = audit(table, target=target)
    leaks = target_leaks(Bundle(train=frame, target=target, names={"train": table.name}))
    return replace(found, findings=(*leaks, *found.findings))


def disagreement(kind: str, column: str, advice: SplitAdvice) -> tuple[str, ...]:
    """A sentence where the rows ask for another split than was chosen."""
    ours = {"grouped": "group", "stratified": "random"}.get(advice.kind, advice.kind)
    if ours == kind and (advice.column or column) == column:
        return ()
    where = f":{advice.column}" if advice.column and ours != "random" else ""
    why = f" {advice.reasons[0]}" if advice.reasons else ""
    return (f"These rows look as if they should be split by {ours}{where}.{why}",)


def _findings(looked: Audit) -> tuple[str, ...]:
    return tuple(f"{one.title}: {one.what}" for one in looked.findings if one.severity != "note")


def _write(
    folder: Path,
    entry: Mapping[str, Any],
    parts: Parts,
    texts: Mapping[str, str],
    password: str | None,
) -> Competition:
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        (partial / FILE).write_text(templates.toml(entry), "utf-8")
        for name, text in texts.items():
            (partial / name).parent.mkdir(exist_ok=True)
            (partial / name).write_text(text, "utf-8")
        competition = load_entry(partial)
        parts.train.to_parquet(partial / "train.parquet", index=False, compression="zstd")
        parts.test.to_parquet(partial / "test.parquet", index=False, compression="zstd")
        sample = sample_submission(competition, parts.train, parts.test)
        sample.to_csv(partial / "sample_submission.csv", index=False)
        if password is not None:
            _seal(partial, competition, parts.solution, password)
        write_receipt(partial, entry=competition.sha256)
        if folder.exists():
            folder.rmdir()
        partial.replace(folder)
    except OSError as error:
        raise Unavailable(f"{folder} could not be written ({error.strerror}).") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return load_entry(folder)


def _seal(folder: Path, competition: Competition, solution: pd.DataFrame, password: str) -> None:
    plain = io.BytesIO()
    solution.to_parquet(plain, index=False, compression="zstd")
    sealed = seal(plain.getvalue(), password, binding(competition, Home(folder)))
    (folder / SEALED).parent.mkdir()
    (folder / SEALED).write_bytes(sealed)


def _keep(target: Path, folder: Path, competition: Competition, parts: Parts) -> None:
    """The host's own copy, with the labels in the clear."""
    try:
        shutil.copytree(folder, target)
        (target / SOLUTION).parent.mkdir(exist_ok=True)
        (target / SEALED).unlink(missing_ok=True)
        parts.solution.to_parquet(target / SOLUTION, index=False, compression="zstd")
        write_receipt(target, entry=competition.sha256)
    except OSError as error:
        raise Unavailable(f"{target} could not be written ({error.strerror}).") from error
