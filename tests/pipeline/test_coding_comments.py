"""Codings of a sample audit: by the program, and by people, whose word stands."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from audit_lib.audits import load_audits
from audit_lib.errors import UserFault
from audit_lib.exports.qda_project import to_qdpx
from audit_lib.pipeline.running import coded_tables
from audit_lib.present import report
from audit_lib.samples import write_sample
from audit_lib.store import open_audit, write_tables

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


OWN = """id: mine
title: What we look for
codes:
  - {id: bruises, name: Bruises, definition: Marks on the skin., cues: [bruise*]}
  - {id: shifts, name: Work, definition: Shifts at work., cues: [shift*]}
"""


def with_own_codebook(raw: Path, text: str = OWN, name: str = "mine.yaml") -> Path:
    write_sample(SAMPLE, raw)
    (raw / SAMPLE / name).write_text(text, encoding="utf-8")
    with (raw / SAMPLE / "audit.yaml").open("a", encoding="utf-8") as file:
        file.write("codebook: mine.yaml\n")
    return raw / SAMPLE


def test_an_audit_may_bring_a_codebook_of_its_own_which_its_report_and_exports_go_by(tmp_path):
    with_own_codebook(tmp_path / "raw")
    (audit,) = load_audits(tmp_path / "raw", [SAMPLE])
    tables = coded_tables(audit, 1, lambda _: None)
    assert set(tables["codings"]["code"]) == {"bruises", "shifts"}
    write_tables(tables, tmp_path / "processed" / SAMPLE)
    opened = open_audit(SAMPLE, tmp_path)
    assert [code.id for code in opened.book.codes] == ["bruises", "shifts"]
    assert "Bruises" in report.codes(opened)._repr_html_()
    assert "What we look for, 2 codes" in report.how_made(opened)._repr_html_()
    with zipfile.ZipFile(io.BytesIO(to_qdpx(opened))) as file:
        assert b'name="Bruises"' in file.read("project.qde")


def test_a_codebook_that_changes_is_another_input(tmp_path):
    folder = with_own_codebook(tmp_path)
    prints = []
    for text in (OWN, OWN.replace("bruise*", "bruised")):
        (folder / "mine.yaml").write_text(text, encoding="utf-8")
        tables = coded_tables(load_audits(tmp_path, [SAMPLE])[0], 1, lambda _: None)
        prints.append(tables["about"]["inputs_sha256"].item())
    assert prints[0] != prints[1]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("other.yaml", OWN, "'codebook' is 'mine.yaml', and there is no such file beside it"),
        (
            "mine.yaml",
            OWN.replace("definition", "defnition"),
            "'defnition' is not a key here; did you mean 'definition'?",
        ),
    ],
)
def test_faults_of_an_own_codebook_are_told_with_those_of_the_audit(tmp_path, name, text, message):
    folder = with_own_codebook(tmp_path, text, name)
    (folder / "codings.csv").write_text("comment_id,code,coder\n,x,\n", encoding="utf-8")
    with pytest.raises(UserFault) as fault:
        load_audits(tmp_path, [SAMPLE])
    assert message in str(fault.value)
    assert "'comment_id' is empty" in str(fault.value)
