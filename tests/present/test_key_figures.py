from __future__ import annotations

from audit_lib.present.key_figures import key_figures


def told(tables):
    return [(one.name, one.about.split(" ")[0], one.numerator, one.denominator) for one in key_figures(tables)]


def test_a_report_is_known_by_a_few_shares(audit):
    names = [name for name, *_ in told(audit)]
    assert names == ["Forms back", "Graded “good” or better", "Strongest question", "Weakest question"]
    assert all(0 <= numerator <= denominator for *_, numerator, denominator in told(audit))


def test_figures_that_there_are_not_are_left_out(edge_audit):
    assert {name for name, *_ in told(edge_audit)} <= {"Forms back", "Graded “good” or better"}


def test_the_strongest_and_the_weakest_question_are_those_of_the_answers(build, rows):
    for row in rows["answers"]:
        row["answer"] = {"R2": "no", "P1": "yes", "P2": "yes"}.get(str(row["question"]), "partly")
    figures = key_figures(build(rows))
    strongest, weakest = figures[-2:]
    assert (strongest.about, strongest.numerator == strongest.denominator > 0) == (
        "P1 Did planning aim at a better life for the child? (and 1 other the same)",
        True,
    )
    assert (weakest.about[:2], weakest.numerator) == ("R1", 0)
