"""How fast and how frugal counting the answers of many audits is, beside pandas, DuckDB and Polars on the same file.

``python benchmarks/tallies.py [--rows 1000000 10000000] [--rounds 5]`` writes made-up tables of answers and has each program count
them, with intervals for every share, in a process of its own; the programs take turns, so that whatever else the machine does
disturbs all alike. Prints seconds of processor, seconds on the clock, and the peak of memory beyond what the imports take.

pandas is what the project is made with; DuckDB and Polars are measured where they are installed (``pip install duckdb polars``).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
AUDITS, QUESTIONS = 200, 27
ANSWERS = ("yes", "no", "partly", "not_applicable", "not_known", "missing", "unclear")
PROGRAMS = ("ours", "pandas", "duckdb", "polars")
KEYS = ["audit", "question", "answer"]


def write_answers(path: Path, rows: int) -> None:
    """A table of ``rows`` answers as a run writes it, of 200 audits of 27 questions."""
    random = np.random.default_rng(rows)

    def column(numbers: np.ndarray, words: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), words).cast(pa.string())

    number = np.arange(rows)
    table = {
        "return_id": pa.array(np.char.mod("%016x", number // QUESTIONS)),
        "audit": column(number * AUDITS // rows, [f"audit-{at}" for at in range(AUDITS)]),
        "question": column(number % QUESTIONS, [f"Q{at}" for at in range(QUESTIONS)]),
        "answer": column(random.integers(0, len(ANSWERS), rows), list(ANSWERS)),
    }
    pq.write_table(pa.table(table), path, compression="zstd")


def counted_by(program: str) -> Callable[[Path], pd.DataFrame]:
    """The counts of each answer, as this program gives them; its imports are made here."""
    if program == "ours":
        from audit_lib.analysis.tallies import tallies

        return lambda path: tallies([path])
    if program == "duckdb":
        import duckdb

        sql = "select audit, question, answer, count(*) as returns from read_parquet(?) group by all order by all"
        return lambda path: with_intervals(duckdb.execute(sql, [str(path)]).df())
    if program == "polars":
        import polars

        return lambda path: with_intervals(
            polars.scan_parquet(path).group_by(KEYS).agg(polars.len().alias("returns")).sort(KEYS).collect().to_pandas()
        )
    return lambda path: with_intervals(
        pd.read_parquet(path, columns=KEYS).groupby(KEYS).size().rename("returns").reset_index()
    )


def with_intervals(counts: pd.DataFrame) -> pd.DataFrame:
    """The same shares and intervals that ours gives, so that all do the same work."""
    from audit_lib.analysis.tallies import wilson_intervals

    for left_out in (("missing", "unclear"), ("missing", "unclear", "not_applicable")):
        counted = counts["returns"].where(~counts["answer"].isin(left_out), 0)
        wilson_intervals(counted, counted.groupby([counts["audit"], counts["question"]]).transform("sum"))
    return counts


def peak_memory() -> float:
    """The most memory this process has held, in megabytes. What the process that started it held does not count, which
    ``getrusage`` would add.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # macOS counts bytes


def measure(program: str, path: Path) -> dict[str, float]:
    """What one count costs, in this process."""
    count = counted_by(program)
    with_intervals(pd.DataFrame({"audit": ["a"], "question": ["q"], "answer": ["yes"], "returns": [1]}))  # its imports
    before = peak_memory()
    clock, processor = time.perf_counter(), sum(os.times()[:2])
    found = count(path)
    spent = {"clock": time.perf_counter() - clock, "cpu": sum(os.times()[:2]) - processor}
    return spent | {"memory": peak_memory() - before, "rows": len(found), "returns": int(found["returns"].sum())}


def main() -> None:
    """Writes the tables, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure[0], Path(chosen.measure[1]))))
        return
    programs = [name for name in PROGRAMS if name == "ours" or importlib.util.find_spec(name)]
    with tempfile.TemporaryDirectory() as folder:
        for rows in chosen.rows:
            path = Path(folder) / f"{rows}.parquet"
            write_answers(path, rows)
            found: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
            for _ in range(chosen.rounds):
                for name in programs:
                    command = [sys.executable, __file__, "--measure", name, str(path)]
                    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
                    found[name].append(json.loads(told))
            if len({(one["rows"], one["returns"]) for each in found.values() for one in each}) != 1:
                raise SystemExit("the programs do not count the same")
            print(f"{rows:,} rows, {chosen.rounds} rounds, medians")
            for name in programs:
                cpu, clock, memory = (
                    statistics.median(one[key] for one in found[name]) for key in ("cpu", "clock", "memory")
                )
                ratio = statistics.median(
                    ours["cpu"] / other["cpu"] for ours, other in zip(found["ours"], found[name], strict=True)
                )
                print(
                    f"  {name:8} {cpu:6.2f} s cpu  {clock:6.2f} s  {memory:6.0f} MB   ours takes {ratio:.2f} times its cpu"
                )


if __name__ == "__main__":
    main()
