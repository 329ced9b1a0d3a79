"""Which of several forms came last: what counts as evidence, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.pipeline.versions import Version, date_in_name, latest, number_in_name, stage_in_name

NONE = "no evidence of which came later"
NAMES: dict[str, tuple[list[str], int | None]] = {
    "a number": (["CSC v1.docx", "CSC v2.docx"], 1),
    "a number against none": (["CSC v2.docx", "CSC.docx"], 0),
    "a number, written out": (["CSC Version 10.docx", "CSC version_9.docx"], 0),
    "a number of three": (["CSC v1.docx", "CSC v3.docx", "CSC v2.docx"], 1),
    "two of the same number": (["CSC v2.docx", "CSC V2 .docx"], None),
    "final against nothing": (["CSC.docx", "CSC FINAL.docx"], 1),
    "final against a draft": (["CSC_final.docx", "CSC_draft.docx"], 0),
    "a draft against nothing": (["CSC draft.docx", "CSC.docx"], 1),
    "a final draft is before the final": (["CSC final draft.docx", "CSC final.docx"], 1),
    "a final draft is after a draft": (["CSC final draft.docx", "CSC draft.docx"], 0),
    "two finals told apart by number": (["CSC final v2.docx", "CSC final v1.docx"], 0),
    "final against a higher number": (["CSC v2 final.docx", "CSC v3.docx"], None),
    "two kinds of later words": (["CSC amended.docx", "CSC updated.docx"], None),
    "not yet final": (["CSC not final.docx", "CSC.docx"], None),
    "still to be corrected": (["CSC to be corrected.docx", "CSC.docx"], None),
    "a word about something else": (["CSC Revised plan.docx", "CSC.docx"], None),
    "a word before the date": (["CSC final 3.5.docx", "CSC.docx"], 0),
    "a word in brackets": (["CSC (revised).docx", "CSC.docx"], 0),
    "dates": (["CSC 2018-05-11.docx", "CSC 12.05.2018.docx"], 1),
    "one date alone": (["CSC 2018-05-11.docx", "CSC.docx"], None),
    "a number against a date": (["CSC v2 2018-05-10.docx", "CSC 2018-05-12.docx"], None),
    "copies that a computer numbers": (["CSC (1).docx", "CSC (2).docx", "CSC - Copy.docx"], None),
    "words that only look like it": (["CSC review 2.docx", "CSC finally.docx"], None),
    "words in the folder": (["final v2/CSC.docx", "first/CSC.docx"], None),
}


@pytest.mark.parametrize("names", NAMES)
def test_the_latest_by_name(names: str) -> None:
    files, index = NAMES[names]
    assert latest([Version(name) for name in files]).index == index


OTHER: dict[str, tuple[list[Version], int | None]] = {
    "the document's own date of change": (
        [Version("a", modified="2018-05-11T09:00:00Z"), Version("b", modified="2018-05-11T10:00:00Z")],
        1,
    ),
    "dates of change in two zones": (
        [Version("a", modified="2018-05-11T10:30:00+01:00"), Version("b", modified="2018-05-11T10:00:00Z")],
        1,
    ),
    "the same date of change": (
        [Version("a", modified="2018-05-11"), Version("b", modified="2018-05-11T00:00:00Z")],
        None,
    ),
    "one date of change alone": ([Version("a", modified="2018-05-11T09:00:00Z"), Version("b")], None),
    "a date of change that is none": ([Version("a", modified="2018-05-11"), Version("b", modified="yesterday")], None),
    "the date received": ([Version("a", received="2018-05-12"), Version("b", received="2018-05-11")], 0),
    "evidence that agrees": (
        [Version("a v2", "2018-05-12", "2018-05-12T09:00:00Z"), Version("a v1", "2018-05-11", "2018-05-11T09:00:00Z")],
        0,
    ),
    "evidence that disagrees": ([Version("a v2", "2018-05-11"), Version("a v1", "2018-05-12")], None),
    "no evidence": ([Version("a"), Version("b")], None),
}


@pytest.mark.parametrize("versions", OTHER)
def test_the_latest_by_other_evidence(versions: str) -> None:
    given_versions, index = OTHER[versions]
    assert latest(given_versions).index == index


def test_the_evidence_is_named() -> None:
    agreed = latest([Version("a v2", "2018-05-12"), Version("a v1", "2018-05-11")])
    assert agreed.evidence == "the date it was received; a later version number in the file name"
    assert latest([Version("a"), Version("b")]).evidence == NONE
    assert latest([Version("a v2", "2018-05-11"), Version("a v1", "2018-05-12")]).evidence.startswith("contradicting")


DATES = {
    "audit 2018-05-22.docx": "2018-05-22",
    "audit 22.05.2018.docx": "2018-05-22",
    "audit_5-6-2018.docx": "2018-06-05",
    "audit 2018 05 22.docx": "2018-05-22",
    "audit 05.22.2018.docx": "",
    "audit 22.05.18.docx": "",
    "audit 2018-05.docx": "",
    "from 2018-05-01 to 2018-05-31.docx": "",
    "case 12018-05-222.docx": "",
    "2018-05-22/audit.docx": "",
}


@pytest.mark.parametrize("name", DATES)
def test_a_date_in_a_name(name: str) -> None:
    assert date_in_name(name) == DATES[name]


@given(st.lists(st.sampled_from(["a v1", "a v2", "a", "a final", "a draft", "a 2018-05-11"]), min_size=2, max_size=4))
def test_the_order_in_which_versions_come_changes_nothing(names: list[str]) -> None:
    found = latest([Version(name) for name in names])
    turned = latest([Version(name) for name in reversed(names)])
    assert (found.index is None) == (turned.index is None)
    if found.index is not None and turned.index is not None:
        assert names[found.index] == names[::-1][turned.index]
        assert found.evidence == turned.evidence


@given(st.text(max_size=30))
def test_any_name_has_a_stage_and_a_number(name: str) -> None:
    assert stage_in_name(name) in (0, 1, 2)
    assert 0 <= number_in_name(name) <= 999
