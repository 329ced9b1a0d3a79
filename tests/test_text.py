"""What counts as the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.text import case_key, clean, did_you_mean, fold, key, listed, lower_same_length, slug

CLEANED = {
    "  a \t b\n\nc\u00a0 d ": "a b c d",
    "ne\u00adglect\u200b\ufeff": "neglect",
    "\u202eturned\u202c": "turned",
    "a\x00b\x1fc\x7fd": "a b c d",
    "e\u0301": "é",
    "It’s “quoted” – so": "It’s “quoted” – so",
    "N/A": "N/A",
    "": "",
}
FOLDED = {
    "It’s “QUOTED” – So—there": 'it\'s "quoted" - so-there',
    "co\u2011operation": "co-operation",
    "ﬁve ½": "five 1/2",
    "Straße": "strasse",
    "Ｙｅｓ": "yes",
}
KEYS = {
    "St. Mary's  C.E. School": "st marys c e school",
    "St Mary’s CE School": "st marys ce school",
    "Drug & Alcohol": "drug and alcohol",
    "0-19 Service": "0 19 service",
    "--": "",
}
CASES = {
    "A": "a",
    "Case A": "a",
    "case no. A": "a",
    "CaseA": "a",
    "Child 7": "7",
    "007": "7",
    "123 456": "123456",
    "UIN 123456": "123456",
    "LL12": "ll12",
    "Case": "case",
    "Castle": "castle",
}
SLUGS = {
    "Children's Social Care": "children-s-social-care",
    "../../etc/passwd": "etc-passwd",
    "Zoë & Łukasz": "zoe-ukasz",
    "CON": "con",
    "…": "x",
    "a" * 80: "a" * 60,
}


@pytest.mark.parametrize("text", CLEANED)
def test_clean(text: str) -> None:
    assert clean(text) == CLEANED[text]


@pytest.mark.parametrize("text", FOLDED)
def test_fold(text: str) -> None:
    assert fold(text) == FOLDED[text]


@pytest.mark.parametrize("text", KEYS)
def test_key(text: str) -> None:
    assert key(text) == KEYS[text]


@pytest.mark.parametrize("text", CASES)
def test_case_key(text: str) -> None:
    assert case_key(text) == CASES[text]


@pytest.mark.parametrize("text", SLUGS)
def test_slug(text: str) -> None:
    assert slug(text) == SLUGS[text]


def test_listed() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], "or") == "a or b"


def test_did_you_mean() -> None:
    assert did_you_mean("neglet", ["neglect", "step-up"]) == "; did you mean 'neglect'?"
    assert did_you_mean("zzz", ["neglect", "step-up"]) == ""
    assert did_you_mean("a", []) == ""


@given(st.text())
def test_cleaning_folding_and_keys_are_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert key(key(text)) == key(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_texts_that_differ_in_capitals_and_spaces_fold_alike(text: str) -> None:
    assert fold(f" {text.upper()}\u00a0") == fold(text)


@given(st.text())
def test_lower_case_keeps_places(text: str) -> None:
    assert len(lower_same_length(text)) == len(text)


@given(st.text())
def test_a_slug_is_safe_anywhere(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 1 <= len(slug(text)) <= 60
    assert slug(text).strip("-") == slug(text)
    assert slug(slug(text)) == slug(text)


@given(st.text())
def test_clean_text_holds_no_control_character(text: str) -> None:
    assert not [character for character in clean(text) if ord(character) < 32 or ord(character) == 127]
