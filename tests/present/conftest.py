"""A small made-up audit, as tables: no files are read."""

from collections.abc import Callable

import pytest

from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

Rows = dict[str, list[dict[str, object]]]
ABOUT = {
    "audit": "neglect-2018",
    "title": "Neglect partnership audit",
    "theme": "neglect",
    "instrument": "neglect-2018",
    "date": "2018-05",
    "area": "Anyshire",
    "lookback_months": "6",
    "synthetic": "yes",
    "made_by": "audit-lib 0.1.0",
    "inputs_sha256": "0" * 64,
}
AGENCIES = ["Children's Social Care", "School", "Health Visiting", "GP", "Police", "Housing"]
HOSTILE = '<script>alert(1)</script> $x^2$ [x](javascript:alert(1)) "><img src=x onerror=alert(2)> =SUM(A1)'


def tables_of(rows: Rows) -> AuditTables:
    """The tables of an audit of ``neglect-2018`` with these rows; a table left out is empty."""
    frames = {name: schema.frame(rows.get(name, [])) for name, schema in TABLES.items()}
    return AuditTables("neglect-2018", frames, load_instrument("neglect-2018"))


def returned(number: int, case: str, agency: str, answers: str, grades: str, score: float | None) -> Rows:
    """The rows of one return: answers and grades as one letter each, in printed order."""
    instrument = load_instrument("neglect-2018")
    return_id = f"{number:016x}"
    base = {"return_id": return_id, "audit": "neglect-2018", "case": case, "agency": agency}
    words = dict(
        zip("ynp-?m!", ["yes", "no", "partly", "not_applicable", "not_known", "missing", "unclear"], strict=True)
    )
    marks = dict(
        zip("OGRIm!", ["outstanding", "good", "requires_improvement", "inadequate", "missing", "unclear"], strict=True)
    )
    return {
        "returns": [base | {"status": "read", "file": f"Connor {number}.docx", "kind": "docx", "sha256": "0" * 64}],
        "file_names": [{"return_id": return_id, "shown": f"[name] {number}.docx"}],
        "answers": [
            base | {"section": instrument.section_of[question], "question": question, "answer": words[letter]}
            for question, letter in zip(instrument.questions, answers, strict=True)
        ],
        "grades": [
            base | {"section": thing.id, "grade": marks[letter]}
            for thing, letter in zip(instrument.grades, grades, strict=True)
        ],
        "scores": [base | {"score": score}],
    }


def joined(*parts: Rows) -> Rows:
    found: Rows = {}
    for part in parts:
        for name, rows in part.items():
            found[name] = found.get(name, []) + rows
    return found


def comment(
    number: int, text: str, case: str, agency: str, question: str, column: str, section: str
) -> dict[str, object]:
    return {
        "comment_id": f"{number:016x}", "return_id": f"{1:016x}", "audit": "neglect-2018", "case": case, "agency": agency,
        "section": section, "question": question, "column": column, "text": text,
    }  # fmt: skip


def small_audit(text: str = "The plan says what will change for the child", agency: str = "School") -> Rows:
    """Six requests for two cases, four returns; ``text`` stands in every free-text column, ``agency`` in one return."""
    returns = joined(
        returned(1, "A", "Children's Social Care", "ynyyypyynyyn-yypyyyy", "GGGRGG", 7),
        returned(2, "A", agency, "yyyn-pyy?nymyyyyynyn", "GRGRGm", 6.5),
        returned(3, "B", "GP", "nmyy!pyynyyn-yypyyym", "GOGRIR", None),
        returned(4, "B", "Police", "--------------------", "mmmmmm", 7),
    )
    rest: Rows = {
        "about": [ABOUT | {"title": f"Neglect audit {text}" if text == HOSTILE else "Neglect partnership audit"}],
        "requests": [
            {"case": "A", "agency": "Children's Social Care", "due": "2018-05-11"},
            {"case": "A", "agency": agency, "due": "2018-05-11"},
            {"case": "A", "agency": "Housing", "due": "2018-05-11"},
            {"case": "B", "agency": "GP", "due": ""},
            {"case": "B", "agency": "Health Visiting", "due": ""},
        ],
        "comments": [
            comment(1, text, "A", agency, "R1", "going_well", "R"),
            comment(2, text, "A", agency, "A2", "worried", "A"),
            comment(3, text, "B", "GP", "", "needs_to_happen", "P"),
            comment(4, text, "B", "GP", "reasoning", "comment", ""),
        ],
        "quality": [
            {"severity": "error", "check": "answer_unclear", "return_id": f"{3:016x}", "locator": "table 2, row 4", "message": text,
             "as_written": text, "taken_as": "unclear"},
            {"severity": "warning", "check": "score_unclear", "return_id": f"{3:016x}", "message": text, "taken_as": "unclear"},
            {"severity": "note", "check": "return_missing", "message": text},
        ],
        "cases": [
            {"case": "A", "age": "9", "sex": "F", "plan": "Child protection", "summary": text, "agreed_grade": "good"},
            {"case": "B", "age": "2", "summary": text, "agreed_grade": "good"},
        ],
        "meeting": [
            {"case": "A", "column": "going_well", "text": text, "about": "case"},
            {"case": "A", "column": "worried", "text": text, "about": "case"},
            {"column": "needs_to_happen", "text": text, "about": "summary"},
            {"column": "going_well", "text": text, "about": "process"},
        ],
        "texts": [{"section": "context", "order": "1", "text": text}],
        "recommendations": [{"id": "1", "finding": text, "action": text, "lead": text, "status": "open"}],
        "published": [
            {"question": "R1", "measure": "percent_yes", "value": "67", "decimals": "0", "of": "applicable", "source": text},
            {"question": "R2", "measure": "percent_yes", "value": "38", "decimals": "0", "of": "answered", "source": text},
            {"question": "", "measure": "returns_read", "value": "4", "decimals": "0"},
            {"question": "", "measure": "mean_score", "value": "6.8", "decimals": "1"},
            {"question": "overall", "measure": "count_good", "value": "1", "decimals": "0"},
        ],
    }  # fmt: skip
    return joined(returns, rest)


@pytest.fixture(scope="session")
def build() -> Callable[[Rows], AuditTables]:
    return tables_of


@pytest.fixture
def rows() -> Rows:
    """The rows of the small audit, to be changed before they are built into tables."""
    return small_audit()


@pytest.fixture(scope="session")
def audit() -> AuditTables:
    return tables_of(small_audit())


@pytest.fixture(scope="session")
def hostile_audit() -> AuditTables:
    return tables_of(small_audit(HOSTILE, HOSTILE))


NOTHING: Rows = {"about": [ABOUT | {"synthetic": "no", "area": "", "lookback_months": ""}]}
ONE = joined({"about": [ABOUT]}, returned(1, "A", "GP", "y" * 20, "GGGGGG", 7))
EMPTY_FORM = joined({"about": [ABOUT]}, returned(1, "A", "GP", "m" * 20, "mmmmmm", None))
ALL_UNCLEAR = joined(
    {"about": [ABOUT]},
    returned(1, "A", "GP", "!" * 20, "!!!!!!", None),
    returned(2, "A", "GP", "!" * 20, "!!!!!!", None),
)
NOT_APPLICABLE = joined({"about": [ABOUT]}, returned(1, "A", "GP", "-" * 20, "mmmmmm", None))


@pytest.fixture(
    scope="session",
    params=[NOTHING, ONE, EMPTY_FORM, ALL_UNCLEAR, NOT_APPLICABLE],
    ids=["no returns", "one return", "nothing filled in", "all unclear", "applies to nobody"],
)
def edge_audit(request: pytest.FixtureRequest) -> AuditTables:
    return tables_of(request.param)
