"""Codings of a sample audit: by the program, and by people, whose word stands."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from audit_lib.audits import load_audits
from audit_lib.errors import UserFault
from audit_lib.pipeline.running import coded_tables
from audit_lib.samples import write_sample

SAMPLE = "case-audit-2017"


def coded(raw: Path, codings: str = "") -> dict[str, pd.DataFrame]:
    write_sample(SAMPLE, raw)
    if codings:
        (raw / SAMPLE / "codings.csv").write_text(f"comment_id,code,coder\n{codings}", encoding="utf-8")
    return coded_tables(load_audits(raw, [SAMPLE])[0], 1, lambda _: None)


def test_every_coding_stands_in_its_comment(tmp_path):
    tables = coded(tmp_path)
    texts = dict(zip(tables["comments"]["comment_id"], tables["comments"]["text"], strict=True))
    codings = tables["codings"].to_dict("records")
    assert codings
    for row in codings:
        assert row["coder"] == "tool"
        assert texts[row["comment_id"]][int(row["start"]) : int(row["end"])] == row["evidence"]


def test_a_persons_codings_replace_those_of_the_program_for_that_comment_alone(tmp_path):
    before = coded(tmp_path)["codings"]
    first, *others = before["comment_id"].unique()
    after = coded(tmp_path, f"{first},education,Ann\n{first},none,Bob\n")["codings"]
    mine = after[after["comment_id"] == first]
    assert mine[["code", "coder", "certainty"]].to_numpy().tolist() == [
        ["education", "Ann", "sure"],
        ["none", "Bob", "sure"],
    ]
    pd.testing.assert_frame_equal(
        after[after["comment_id"].isin(others)].reset_index(drop=True),
        before[before["comment_id"].isin(others)].reset_index(drop=True),
    )


def test_a_coding_of_a_comment_that_is_not_there_is_told_and_changes_nothing(tmp_path):
    before = coded(tmp_path)
    after = coded(tmp_path, "0123456789abcdef,education,Ann\n")
    pd.testing.assert_frame_equal(after["codings"], before["codings"])
    quality = after["quality"]
    assert "there is no comment '0123456789abcdef'" in quality.loc[quality["file"] == "codings.csv", "message"].item()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x,educaton,Ann", "'educaton' is not a code of the codebook; did you mean 'education'?"),
        ("x,education,", "'coder' is empty"),
        ("x,education,tool", "name the person"),
    ],
)
def test_mistakes_in_codings_are_told(tmp_path, line, message):
    with pytest.raises(UserFault, match=r"codings\.csv") as fault:
        coded(tmp_path, f"{line}\n")
    assert message in str(fault.value)
