"""The files for SPSS, read back with their labels."""

from __future__ import annotations

import pandas as pd
import pyreadstat

from audit_lib.exports.spss import to_sav

from .small_audit import HOSTILE, small


def read(data: bytes, folder):
    path = folder / "read.sav"
    path.write_bytes(data)
    return pyreadstat.read_sav(str(path), user_missing=True)


def test_every_answer_comes_back_by_its_label(tables, tmp_path):
    frame, meta = read(to_sav(tables)["returns.sav"], tmp_path)
    returns = tables.returns[tables.returns["status"] == "read"]
    assert frame["return_id"].tolist() == returns["return_id"].tolist()
    given = {(row.return_id, row.question): row.answer for row in tables.answers.itertuples()}
    seen = 0
    for question in tables.instrument.questions:
        name = f"q_{question.replace('.', '_')}"
        labels, scale = meta.variable_value_labels[name], tables.instrument.question_scale(question)
        for return_id, value in zip(frame["return_id"], frame[name], strict=True):
            answer = given.get((return_id, question), "missing")
            assert labels[value] == scale.label(answer)
            seen += answer not in ("missing", "unclear")
        assert {(one["lo"], one["hi"]) for one in meta.missing_ranges[name]} == {(96, 96), (98, 98), (99, 99)}
    assert seen > 50


def test_grades_are_ordered_and_what_is_no_grade_is_missing(tables, tmp_path):
    frame, meta = read(to_sav(tables)["returns.sav"], tmp_path)
    grades = [name for name in frame if name.startswith("g_")]
    assert all(meta.variable_measure[name] == "ordinal" for name in grades)


def test_codes_of_comments_are_noughts_and_ones_and_only_sure_ones_count(tables, tmp_path):
    frame, meta = read(to_sav(tables)["comments.sav"], tmp_path)
    sure = tables.codings[(tables.codings["certainty"] == "sure") & (tables.codings["code"] != "none")]
    pairs = set(zip(sure["comment_id"], sure["code"], strict=True))
    codes = [name for name in frame if name.startswith("code_")]
    assert {meta.original_variable_types[name] for name in codes} == {"F3.0"}
    found = {(row["comment_id"], name[5:]) for _, row in frame.iterrows() for name in codes if row[name] == 1}
    assert found == pairs
    assert len(codes) == 25 and meta.variable_value_labels[codes[0]] == {0: "no", 1: "yes"}


def test_every_variable_says_what_it_holds(tables, tmp_path):
    for name in ("returns.sav", "comments.sav"):
        _, meta = read(to_sav(tables)[name], tmp_path)
        labels = meta.column_names_to_labels
        assert [each for each, label in labels.items() if not label or label == each.replace("_", " ")] == []


def test_long_and_hostile_texts_read_as_written(tmp_path):
    frame, _ = read(to_sav(small(HOSTILE))["comments.sav"], tmp_path)
    assert frame["text"].tolist() == [text.strip() for text in HOSTILE]


def test_an_audit_with_no_return_gives_empty_files(tmp_path):
    frame, _ = read(to_sav(small(()))["comments.sav"], tmp_path)
    assert isinstance(frame, pd.DataFrame) and len(frame) == 0


def test_a_score_that_was_not_given_is_missing_and_one_that_cannot_be_read_unclear(tables, tmp_path):
    frame, meta = read(to_sav(tables)["returns.sav"], tmp_path)
    own = tables.scores[tables.scores["rater"] == ""]
    told = dict(zip(frame["return_id"], frame["score"], strict=True))
    for row in own.itertuples():
        unclear = row.as_written and not row.settled_by
        assert told[row.return_id] == (row.score if not pd.isna(row.score) else -99 if unclear else -98)
    assert {-98, -99} <= set(told.values())
    assert meta.variable_value_labels["score"] == {-98: "missing", -99: "unclear"}
