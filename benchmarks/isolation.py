"""What it costs to read forms in child processes, against reading them in this one.

Both read the same synthetic forms, in turns, round after round, with everything warm; printed are the median times and
the median of the ratios of each round, which a change in the load of the machine disturbs least.

    python benchmarks/isolation.py [--forms 300] [--rounds 7] [--jobs 1]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from audit_lib.rawform import RawForm
from audit_lib.readers.isolation import ReaderPool
from audit_lib.readers.kinds import kind_of, read_file
from audit_lib.samples.build import sample_files

SAMPLE = "neglect-2018"  # one sample, so that figures stay comparable as others come
Files = list[tuple[str, Path]]


def write_forms(count: int, folder: Path) -> Files:
    """So many forms of the sample audit, written over and over; files that are no Word forms are left out."""
    forms = [data for name, data in sample_files(SAMPLE).items() if kind_of(data, name) == "docx"]
    files = []
    for number, data in enumerate(islice(cycle(forms), count), start=1):
        path = folder / f"form {number}.docx"
        path.write_bytes(data)
        files.append((path.name, path))
    return files


def read_here(files: Files) -> list[RawForm]:
    """All of them in this process."""
    return [read_file(path.read_bytes(), name) for name, path in files]


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--forms", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ReaderPool(options.jobs) as pool:
        files = write_forms(options.forms, Path(folder))
        read_here(files[:20])
        if not all(result.form for result in pool.read(files[: 20 * options.jobs])):
            raise SystemExit("not all of the forms can be read")
        times = [
            (seconds_of(lambda: read_here(files)), seconds_of(lambda: list(pool.read(files))))
            for _ in range(options.rounds)
        ]
    here, apart = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(apart / here for here, apart in times)
    each = 1000 / options.forms
    print(f"{options.forms} forms, {options.rounds} rounds, {options.jobs} child{'' if options.jobs == 1 else 'ren'}")
    print(f"in this process     {here:7.3f} s  {here * each:6.2f} ms a form")
    print(f"in child processes  {apart:7.3f} s  {apart * each:6.2f} ms a form")
    print(f"ratio {ratio:.2f}, {statistics.median(apart - here for here, apart in times) * each:+.2f} ms a form")


if __name__ == "__main__":
    main()
