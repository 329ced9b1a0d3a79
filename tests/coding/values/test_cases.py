"""Which case a form is about, by what it says and by its file name. What is not certain names no case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.coding.values.cases import about_a_sibling, case_key, cases_in_path, cases_named, read_case
from audit_lib.text import clean

LETTERS, NUMBERS = list("ABCDEFS"), ["123456", "123123", "7"]

WRITTEN = {
    "A": [
        "A",
        "a",
        " A. ",
        "“A”",
        "Case A",
        "case a",
        "CASE: A",
        "Case no. A",
        "Case number A",
        "Child A",
        "CaseA",
        "Young person A",
        "UIN A",
    ],
    "F": [
        "Case F (initials)",
        "Child F (Ellie)",
        "JH (case F)",
        "Ellie, case F",
        "Child F - School",
        "Case F, a girl of six",
        "F\n(see below)",
    ],
    "": [
        "",
        " ",
        "A/B",
        "A and B",
        "A & B",
        "Case A, case B",
        "N/A",
        "Not known",
        "none",
        "tbc",
        "The child",
        "Ellie",
        "Family A",
        "Case",
        "Case number",
    ],
    "Z": ["Z"],
    "99": ["99", "Case 99", "Case 99 (JH)"],
}
WRITTEN_NUMBERS = {
    "123456": [
        "123456",
        "UIN 123456",
        "UIN123456",
        "Case no: 123456",
        "123 456",
        "123456 (JH)",
        "Ref 123456",
        "Case123456",
        "0123456",
    ],
    "7": ["7", "Case 7", "case7", "Case no. 7"],
    "123457": ["123457"],
    "": ["123456 / 123123"],
}


@pytest.mark.parametrize("case", WRITTEN)
def test_the_case_that_a_form_names(case: str) -> None:
    assert {text: read_case(text, LETTERS) for text in WRITTEN[case]} == dict.fromkeys(WRITTEN[case], case)


@pytest.mark.parametrize("case", WRITTEN_NUMBERS)
def test_the_numbered_case_that_a_form_names(case: str) -> None:
    texts = WRITTEN_NUMBERS[case]
    assert {text: read_case(text, NUMBERS) for text in texts} == dict.fromkeys(texts, case)


def test_every_case_that_a_form_names_is_told() -> None:
    written = {"A and B": {"A", "B"}, "A": {"A"}, "JH (case F)": {"F"}, "Ellie": set(), "N/A": set()}
    assert {text: cases_named(text, LETTERS) for text in written} == written


def test_a_case_is_given_in_the_spelling_of_requests() -> None:
    assert read_case("case 7", ["Case 7"]) == "Case 7"
    assert cases_in_path("case_7/x.docx", ["Case 7"]) == {"Case 7"}


PATHS = {
    "A": [
        *(
            "A.docx",
            "Case A.docx",
            "case a/police.docx",
            "Case A/Neglect audit - Case A - CSC.docx",
            "School A.docx",
            "A - School.docx",
        ),
        *(
            "A-School.docx",
            "Police_A.docx",
            "A_Police.docx",
            "Police (A) final.docx",
            "caseA.docx",
            "ChildA police.docx",
            "A/GP.docx",
        ),
        *("Forwarded/a.docx", "returns.zip!Case A/x.docx", "audit.xlsx!Case A", "cases A.docx"),
    ],
    "": [
        *(
            "Police.docx",
            "A report from school.docx",
            "a school form.docx",
            "E-mail from school.docx",
            "A&E.docx",
            "A & E hospital.docx",
        ),
        *(
            "Plan B.docx",
            "Dr A Smith GP.docx",
            "Mrs. A Jones.docx",
            "Hepatitis B plan.docx",
            "Grade A audit.docx",
            "Section C.docx",
            "Child's form.docx",
            "cases overview.docx",
        ),
        *("CASES.docx", "St Mary's.docx", "children.docx", "Case Z.docx"),
    ],
    "A B": ["Case A and B.docx", "Cases A & B.docx", "Case A/Case B.docx", "A/B.docx", "A - B.docx"],
    "E": ["A&E form case E.docx", "Case E - A report.docx"],
}
NUMBERED_PATHS = {
    "123456": [
        "123456.docx",
        "audit 123456 form.docx",
        "UIN123456.docx",
        "123456_v2.docx",
        "123456/form.docx",
        "audit-123456.docx",
    ],
    "": ["1234567.docx", "v123456.docx", "police 7.docx", "police (7).docx", "form 7.5.2018.docx", "police v 7.docx"],
    "7": ["Case 7.docx", "case7 police.docx", "7/police.docx", "7.docx"],
    "123123 123456": ["123456/123123.docx"],
}


@pytest.mark.parametrize("cases", PATHS)
def test_the_cases_that_a_path_names(cases: str) -> None:
    assert {path: " ".join(sorted(cases_in_path(path, LETTERS))) for path in PATHS[cases]} == dict.fromkeys(
        PATHS[cases], cases
    )


@pytest.mark.parametrize("cases", NUMBERED_PATHS)
def test_the_numbered_cases_that_a_path_names(cases: str) -> None:
    paths = NUMBERED_PATHS[cases]
    assert {path: " ".join(sorted(cases_in_path(path, NUMBERS))) for path in paths} == dict.fromkeys(paths, cases)


NAMES = st.text(alphabet="ABCDEF0123456789", min_size=1, max_size=6)


@given(NAMES, st.sampled_from(["{}", "Case {}", "child {}", "Case no. {}", "UIN: {}", "{} (JH)"]))
def test_a_requested_case_is_found_however_it_is_led(case: str, written: str) -> None:
    assert read_case(written.format(case), [case]) == case


@given(st.text(max_size=40))
def test_reading_never_fails_and_names_only_what_was_asked_or_written(text: str) -> None:
    found = read_case(text, LETTERS)
    assert found in LETTERS or found.replace(" ", "") in "".join(clean(text).split()) or not found.isascii()
    assert cases_in_path(text, LETTERS) <= set(LETTERS)
    assert case_key(case_key(text)) == case_key(text) or " " in case_key(text)


@pytest.mark.parametrize(
    ("text", "other_child"),
    [
        ("Case 3 sibling", True),
        ("Case 3 and siblings", False),
        ("Case 3 sibling group", False),
        ("Case 4 (sibling of 3)", False),
        ("A (sibling of B)", False),
        ("Sibling of 3", True),
        ("Audit     returns    sent   in/Case 4 (sibling of 3).docx", False),
        ("Case 3 " + "seen again by us " * 20 + "sibling of 3", True),
    ],
)
def test_a_sibling_is_another_child_unless_the_case_is_named_before(text: str, other_child: bool) -> None:
    assert about_a_sibling(text, ["3", "4", "A"]) is other_child
