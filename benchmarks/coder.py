"""How well the coder of comments does what two people did, with intervals, and how fast it is.

``python benchmarks/coder.py COMMENTS.csv`` takes comments with the columns ``id,column,text,codes_both,codes_either``: recall counts the
codes that both people gave, precision those that at least one gave. Intervals are the middle 95 % of 2,000 resamples of the comments.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from audit_lib.codebook.book import load_codebook  # noqa: E402 - it lies beside the package
from audit_lib.codebook.coder import certain_codes, code_comment  # noqa: E402

Coded = tuple[frozenset[str], frozenset[str], frozenset[str]]  # found, both, either
RESAMPLES, FAST = 2_000, 10_000


def micro(coded: Sequence[Coded], code: str = "") -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean, over all codes or for one."""
    count: Counter[str] = Counter()
    for found, both, either in coded:
        kept = (lambda codes: codes & {code}) if code else (lambda codes: codes)
        count["made"] += len(kept(found))
        count["right"] += len(kept(found) & either)
        count["asked"] += len(kept(both))
        count["hit"] += len(kept(found) & both)
    precision = count["right"] / count["made"] if count["made"] else 0.0
    recall = count["hit"] / count["asked"] if count["asked"] else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Codes, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("comments", type=Path)
    book = load_codebook()
    with parser.parse_args().comments.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    coded: list[Coded] = []
    for row in rows:
        found = certain_codes(code_comment(row["column"], row["text"], book))
        both, either = (frozenset(filter(None, row[name].split(";"))) for name in ("codes_both", "codes_either"))
        coded.append((frozenset(found), both, either))
    dice = random.Random(1)  # noqa: S311 - for resampling, the same each time
    resampled = sorted(micro(dice.choices(coded, k=len(coded)))[2] for _ in range(RESAMPLES))
    low, high = resampled[RESAMPLES // 40], resampled[-RESAMPLES // 40]
    precision, recall, f1 = micro(coded)
    print(
        f"{len(rows)} comments: precision {precision:.3f}, recall {recall:.3f}, micro-F1 {f1:.3f} ({low:.3f} to {high:.3f})"
    )
    for code in book.codes:
        number = sum(code.id in both for _, both, _ in coded)
        precision, recall, f1 = micro(coded, code.id)
        print(f"  {code.id:24} {number:3} times   precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}")
    began, number = time.perf_counter(), 0
    while number < FAST:
        for row in rows:
            code_comment(row["column"], row["text"], book)
        number += len(rows)
    print(f"{FAST} comments take {(time.perf_counter() - began) * FAST / number:.1f} s")


if __name__ == "__main__":
    main()
