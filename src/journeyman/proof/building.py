"""Builds claims from plain values, and fills in what this machine knows of itself."""

from __future__ import annotations

import csv
import importlib.metadata
import io
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from journeyman.proof.claim import (
    METRIC_VERSION,
    Claim,
    Content,
    Environment,
    Interval,
    Level,
    MetricName,
    Pins,
    Subject,
    new_id,
)
from journeyman.proof.forms import instant, made
from journeyman.proof.signing import key_id

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

LIBRARIES = ("numpy", "scipy", "pandas", "scikit-learn", "pyarrow", "torch", "journeyman")
"""Whose versions can move a number."""


def claim(  # noqa: PLR0913 - a claim has as many fields as there are
    *,
    subject: str,
    key: str,
    statement: str,
    metric: str,
    value: float,
    content: Content,
    at: datetime,
    interval: Interval | None = None,
    pins: Pins | None = None,
    seed: int = 0,
    threads: int | None = None,
    environment: Environment | None = None,
    isolation: str = "",
    level: Level = "self-attested",
    evidence: Sequence[str] = (),
) -> Claim:
    """An unsigned claim from plain values.

    Args:
        subject: Display name.
        key: The name of the key that will sign.
        statement: One plain sentence of what is claimed.
        metric: A name in ``journeyman.scoring.registry``, or ``score`` or ``mastery``.
        value: The number.
        content: The entry of the bank that it is about.
        at: The present instant.
        interval: Of the number, where there is one.
        pins: Hashes of what the number came from; the more, the deeper a stranger can check.
        seed: That drew the split, the cases or the episodes.
        threads: That the numerical libraries used; this machine's setting by default.
        environment: Of this machine by default.
        isolation: How strongly the code was confined.
        level: Who stands behind it; anything but self-attested needs a second signature.
        evidence: Ids in the ledger.

    Raises:
        Invalid: a field is wrong (NaN, a hash of the wrong length, a value outside its interval).
    """
    return made(
        Claim,
        id=new_id(at),
        subject=made(Subject, name=subject, key=key),
        statement=statement,
        metric=made(MetricName, name=metric, version=METRIC_VERSION),
        value=float(value),
        interval=interval,
        content=content,
        pins=pins or Pins(),
        seed=seed,
        threads=threads or _threads(),
        environment=environment or this_environment(),
        isolation=isolation,
        level=level,
        issued_at=instant(at),
        evidence=tuple(evidence),
    )


@cache
def this_environment() -> Environment:
    """Python, platform, processor, BLAS and library versions of this machine.

    >>> this_environment().python == platform.python_version()
    True
    """
    return Environment(
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        cpu=_cpu(),
        blas=_blas(),
        libraries=_libraries(),
    )


def _libraries() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _blas() -> str:
    import numpy as np  # noqa: PLC0415 - a signature alone needs no numpy

    about: Any = np.show_config(mode="dicts")
    blas = about.get("Build Dependencies", {}).get("blas", {})
    return f"{blas.get('name', 'unknown')} {blas.get('version', '')}".strip()


def _threads() -> int:
    said = os.environ.get("OMP_NUM_THREADS", "")
    return int(said) if said.isdigit() and int(said) else os.cpu_count() or 1


def predictions_file(ids: Sequence[Any], given: NDArray[Any]) -> bytes:
    """Predictions as CSV: ``id``, then ``p0``, ``p1`` ... in the metric's order.

    Text, so that the same numbers have the same bytes with every version of every library.

    Args:
        ids: Public ids of the rows that were scored, shape (rows,).
        given: Shape (rows,) or (rows, columns).
    """
    columns = given[:, None] if given.ndim == 1 else given
    names = ["id", *(f"p{n}" for n in range(columns.shape[1]))]
    return _csv(names, [ids, *(columns[:, n].tolist() for n in range(columns.shape[1]))])


def labels_file(
    ids: Sequence[Any],
    target: NDArray[Any],
    *,
    groups: NDArray[Any] | None = None,
    weights: NDArray[Any] | None = None,
    nonce: str = "",
) -> bytes:
    """Labels as CSV: ``id``, ``target`` (numbers, or positions of classes), group, weight.

    Args:
        ids: Public ids of the rows that were scored, shape (rows,).
        target: Shape (rows,).
        groups: A group's number for each row.
        weights: A weight for each row.
        nonce: Random letters where the labels stay hidden and only their hash is published:
            without them, few labels could be guessed from the hash.

    >>> import numpy as np
    >>> labels_file(["a", "b"], np.array([1, 0])).split()
    [b'id,target', b'a,1', b'b,0']
    """
    columns: dict[str, Any] = {"id": ids, "target": target.tolist()}
    if groups is not None:
        columns["group"] = groups.tolist()
    if weights is not None:
        columns["weight"] = weights.tolist()
    if nonce:
        columns["nonce"] = [nonce] * len(ids)
    return _csv(list(columns), list(columns.values()))


def table_file(frame: pd.DataFrame) -> bytes:
    """A table with its types, as an Arrow stream without metadata.

    Unlike Parquet, it names no version of the library that wrote it, so that whoever has the same
    rows writes the same bytes.
    """
    import pyarrow as pa  # noqa: PLC0415 - a signature alone needs no tables

    rows = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    made: bytes = sink.getvalue().to_pybytes()
    return made


def _csv(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))  # a float is written by its shortest form
    return sink.getvalue().encode()


def example() -> tuple[Claim, Ed25519PrivateKey]:
    """A claim with a fresh key, for documentation."""
    private = Ed25519PrivateKey.generate()
    found = claim(
        subject="Ada",
        key=key_id(private),
        statement="Private score in the competition of an example.",
        metric="auc",
        value=0.875,
        content=Content(kind="competition", slug="example", version=1, sha256="0" * 64),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    return found, private
