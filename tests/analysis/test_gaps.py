from audit_lib.analysis.gaps import gaps, quality_groups
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES

NEGLECT = load_instrument("neglect-2018")


def test_gaps_worked_by_hand():
    a, b = ({"return_id": i, "agency": agency} for i, agency in (("a", "GP"), ("b", "School")))
    found = gaps(
        TABLES["answers"].frame(
            [
                a | {"question": "R1", "answer": "missing"},
                b | {"question": "R1", "answer": "unclear"},
                a | {"question": "R2", "answer": "not_known"},
            ]
        ),
        TABLES["grades"].frame([a | {"section": "R", "grade": "missing"}]),
        TABLES["scores"].frame([a | {"score": 5}, b | {"score": None}]),
        TABLES["quality"].frame([{"severity": "error", "check": "score_unclear", "return_id": "b"}]),
        NEGLECT,
    )
    by_value = {(gap.kind, gap.name): gap for gap in found.by_value}
    assert (by_value["question", "R1"].missing, by_value["question", "R1"].unclear) == (("a",), ("b",))
    assert by_value["question", "R2"].open == 0
    assert by_value["grade", "R"].missing == ("a",)
    assert (by_value["score", "score"].unclear, by_value["score", "score"].of) == (("b",), 2)
    assert [(gap.name, gap.open, gap.of) for gap in found.by_agency] == [("GP", 2, 4), ("School", 2, 2)]
    assert (len(found.together.missing), len(found.together.unclear), found.together.of) == (2, 2, 6)


def test_nothing_read_nothing_missing():
    empty = (TABLES[name].empty() for name in ("answers", "grades", "scores", "quality"))
    assert gaps(*empty, NEGLECT).together.of == 0


def test_what_the_checks_found_stands_worst_first():
    rows = [
        ("note", "detail_replaced"),
        ("warning", "answer_missing"),
        ("error", "grade_unclear"),
        ("error", "answer_unclear"),
    ]
    groups = quality_groups(TABLES["quality"].frame([{"severity": s, "check": c} for s, c in rows] * 2))
    assert [(group.severity, group.check, group.n) for group in groups] == [
        ("error", "answer_unclear", 2),
        ("error", "grade_unclear", 2),
        ("warning", "answer_missing", 2),
        ("note", "detail_replaced", 2),
    ]
