"""Write the joined flights with ``late``: ``python -m solution.prepare [--out DIR]``.

One row a flight in the order of the raw table, without the columns of the day. Who compares or
serves the model needs neither the three raw tables nor the rule that makes the target.
"""

import pandas as pd

from solution.config import arguments, raw
from solution.data import clean


def main():
    """Join the three raw tables and write them as one."""
    given = arguments(__doc__)
    made = clean(pd.read_parquet(raw("flights")))
    made.to_parquet(given.out / "prepared.parquet", index=False)
    print(f"{len(made):,} flights are in {given.out / 'prepared.parquet'}.")


if __name__ == "__main__":
    main()
