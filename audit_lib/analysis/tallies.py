"""How often every answer was given to every question of many audits, straight from their files: for millions of rows.

The reports on single audits keep the returns behind each figure (:mod:`audit_lib.analysis.proportions`). Here only counts are
kept, so that the tables are never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.stats import norm

from audit_lib.schema import NOT_SUBSTANTIVE

KEYS = ("audit", "question", "answer")
_BATCH = 1 << 17  # rows that are looked at together: more makes it no faster


def tallies(files: Iterable[Path], confidence: float = 0.95) -> pd.DataFrame:
    """One row for each answer that was given to each question of each audit, sorted by audit, question and answer.

    ``files`` are ``answers.parquet`` of the audits. Columns: ``audit``, ``question``, ``answer``, ``returns`` (how many gave it),
    ``answered`` and ``applicable`` (how many it is a share of, by each rule), and for each rule its share between 0 and 1 with Wilson's
    interval: ``share_answered``, ``low_answered``, ``high_answered`` and the same for ``applicable``. "Not applicable" has no share of
    the applicable, missing and unclear answers have none of either: these are NaN. Raises OSError when a file can't be read.
    """
    counts = _counted(files)
    for rule, left_out in (("answered", NOT_SUBSTANTIVE), ("applicable", (*NOT_SUBSTANTIVE, "not_applicable"))):
        in_it = ~counts["answer"].isin(left_out)
        counted = counts["returns"].where(in_it, 0)
        base = counted.groupby([counts["audit"], counts["question"]]).transform("sum")
        counts[rule] = base
        share, low, high = wilson_intervals(counted, base, confidence)
        for name, values in (("share", share), ("low", low), ("high", high)):
            counts[f"{name}_{rule}"] = values.where(in_it)
    return counts


def _counted(files: Iterable[Path]) -> pd.DataFrame:
    """The counts alone: each batch is counted by itself, and the counts of the batches are added up."""
    parts = [part for file in files for part in _parts(file)]
    schema = pa.schema([*((name, pa.string()) for name in KEYS), ("returns", pa.int64())])
    together = pa.concat_tables([schema.empty_table(), *parts]).group_by(list(KEYS)).aggregate([("returns", "sum")])
    found: pd.DataFrame = together.rename_columns([*KEYS, "returns"]).to_pandas()
    return found.sort_values(list(KEYS), kind="stable").reset_index(drop=True)


def _parts(file: Path) -> Iterator[pa.Table]:
    """The counts of each batch. Codes are read as numbers of a dictionary, which is what makes this fast."""
    names = list(KEYS)
    with pq.ParquetFile(file, read_dictionary=names) as parquet:
        for batch in parquet.iter_batches(_BATCH, columns=names):
            counted = pa.Table.from_batches([batch]).group_by(names).aggregate([([], "count_all")])
            yield pa.table(
                [*(counted[name].cast(pa.string()) for name in names), counted["count_all"].cast(pa.int64())],
                names=[*names, "returns"],
            )


def wilson_intervals(k: pd.Series, n: pd.Series, confidence: float = 0.95) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Shares of ``k`` in ``n`` with the lower and upper end of Wilson's score interval, for columns of counts; NaN where ``n`` is 0.

    Formula: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212; the same as
    :func:`audit_lib.analysis.proportions.wilson` gives for one share.
    """
    z = float(norm.ppf(0.5 + confidence / 2))
    total = n.where(n > 0).astype(float)
    share = k / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * (share * (1 - share) / total + z * z / (4 * total * total)) ** 0.5
    return share, (middle - half).clip(lower=0.0), (middle + half).clip(upper=1.0)
