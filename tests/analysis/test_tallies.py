"""Counts over the files of many audits, beside the results that the reports are made from."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.analysis.proportions import question_results, wilson
from audit_lib.analysis.tallies import tallies, wilson_intervals
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

TOOL = load_instrument("neglect-2018")
ANSWERS = ["yes", "no", "partly", "not_applicable", "not_known", "missing", "unclear"]


def frame(audit, given):
    rows = [
        {"return_id": f"{at:016x}", "audit": audit, "question": question, "answer": answer}
        for at, (question, answer) in enumerate(given)
    ]
    return TABLES["answers"].frame(rows)


def written(folder, *frames):
    paths = []
    for at, table in enumerate(frames):
        paths.append(folder / f"{at}.parquet")
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), paths[-1], row_group_size=7)
    return paths


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(k, n, low, high):
    _, lows, highs = wilson_intervals(pd.Series([k]), pd.Series([n]))
    assert (round(lows[0], 4), round(highs[0], 4)) == (low, high)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["R1", "A3"]), st.sampled_from(ANSWERS)), max_size=40))
def test_the_counts_are_those_of_the_reports(tmp_path_factory, given_answers):
    table = frame("one", given_answers)
    found = tallies(written(tmp_path_factory.mktemp("t"), table))
    results = {result.question.id: result for result in question_results(table, TOOL)}
    assert found["returns"].sum() == len(table)
    for row in found.to_dict("records"):
        result = results[row["question"]]
        assert row["returns"] == result.count(row["answer"])
        for rule in ("answered", "applicable"):
            assert row[rule] == result.count(*result.base(rule))
            if row["answer"] in result.base(rule):
                interval = wilson(row["returns"], row[rule])
                got = [row[f"{name}_{rule}"] for name in ("share", "low", "high")]
                assert got == pytest.approx([row["returns"] / row[rule], interval.low, interval.high], abs=1e-12)
            else:
                assert all(pd.isna(row[f"{name}_{rule}"]) for name in ("share", "low", "high"))


def test_audits_are_kept_apart_and_their_order_is_of_no_matter(tmp_path):
    one, two = frame("b", [("R1", "yes"), ("R1", "no")]), frame("a", [("R1", "yes")] * 9)
    paths = written(tmp_path, one, two)
    found = tallies(paths)
    assert found[["audit", "question", "answer", "returns", "answered"]].to_numpy().tolist() == [
        ["a", "R1", "yes", 9, 9],
        ["b", "R1", "no", 1, 2],
        ["b", "R1", "yes", 1, 2],
    ]
    pd.testing.assert_frame_equal(found, tallies(reversed(paths)))


def test_no_files_and_empty_files_give_an_empty_table(tmp_path):
    assert tallies([]).empty
    assert tallies(written(tmp_path, frame("a", []))).empty
    with pytest.raises(OSError, match=r"none\.parquet"):
        tallies([tmp_path / "none.parquet"])
