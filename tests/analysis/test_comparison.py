"""The same questions over the years. The audits are made up, so that what has to come out is known."""

from __future__ import annotations

import pytest

from audit_lib.analysis.comparison import Series, asked_again, by_concept
from audit_lib.analysis.followed import followed
from audit_lib.instruments import load_instrument
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables

YES, NO = "yes", "no"


def audit(
    name: str,
    date: str,
    answers: dict[str, list[str]],
    recommended: list[dict[str, str]] | None = None,
    tool: str = "neglect-2018",
    grades: dict[str, list[str]] | None = None,
    theme: str = "neglect",
) -> AuditTables:
    """An audit of which the returns of one question gave ``answers``, one return of a case of its own each."""
    instrument = load_instrument(tool)
    rows: dict[str, list[dict[str, object]]] = {
        "about": [
            {
                "audit": name,
                "title": name,
                "theme": theme,
                "area": "Sampleshire",
                "date": date,
                "instrument": tool,
                "synthetic": "yes",
            }
        ],
        "answers": [
            {"return_id": f"{number:016x}", "audit": name, "case": str(number), "question": question, "answer": answer}
            for question, given in answers.items()
            for number, answer in enumerate(given)
        ],
        "grades": [
            {"return_id": f"{number:016x}", "audit": name, "case": str(number), "section": section, "grade": grade}
            for section, given in (grades or {}).items()
            for number, grade in enumerate(given)
        ],
        "recommendations": list(recommended or []),
    }
    frames = {table: schema.frame(rows.get(table, [])) for table, schema in TABLES.items()}
    return AuditTables(name, frames, instrument)


def only(series: tuple[Series, ...], asked: str) -> Series:
    return next(one for one in series if one.last.asked == asked)


@pytest.mark.parametrize(
    ("earlier", "later", "certainty", "direction"),
    [
        ([YES] * 1 + [NO] * 14, [YES] * 13 + [NO] * 2, "clear", "up"),
        ([YES] * 13 + [NO] * 2, [YES] * 1 + [NO] * 14, "clear", "down"),
        ([YES] * 7 + [NO] * 11, [YES] * 10 + [NO] * 7, "none", "up"),
        ([YES] * 5, [YES] * 5, "none", "same"),
        ([], [YES] * 5, "nothing", ""),
        (["not_applicable"] * 4, [YES] * 5, "nothing", ""),
    ],
)
def test_a_change_is_one_only_where_chance_is_a_poor_explanation(earlier, later, certainty, direction):
    again = asked_again((audit("a", "2017-03", {"R1": earlier}), audit("b", "2018-05", {"R1": later})))
    change = only(again, "R1").changes[0]
    assert (change.certainty, change.direction) == (certainty, direction)


def test_a_difference_that_would_be_clear_by_itself_is_not_among_many():
    pair = {"R1": [YES] * 5 + [NO] * 8}, {"R1": [YES] * 11 + [NO] * 2}
    others = {question: [YES] * 4 + [NO] * 4 for question in ("R2", "A1", "A2", "A3", "A4", "A5", "A6")}
    by_itself = asked_again((audit("a", "2017-03", pair[0]), audit("b", "2018-05", pair[1])))
    among = asked_again((audit("a", "2017-03", pair[0] | others), audit("b", "2018-05", pair[1] | others)))
    assert only(by_itself, "R1").changes[0].certainty == "clear"
    assert only(among, "R1").changes[0].certainty == "alone"


def test_a_series_is_compared_step_by_step_and_from_first_to_last():
    counts = {"2014": 2, "2017": 18, "2018": 17}
    of = [audit(name, f"{name}-03", {"R1": [YES] * k + [NO] * (20 - k)}) for name, k in counts.items()]
    series = only(asked_again(of), "R1")
    told = [(old.audit, new.audit, change.certainty, change.direction) for old, new, change in series.steps]
    assert told == [("2014", "2017", "clear", "up"), ("2017", "2018", "none", "down")]
    assert (series.whole.certainty, series.whole.direction) == ("clear", "up")
    assert (series.whole.earlier.numerator, series.whole.later.numerator) == (2, 17)


def test_a_change_between_two_audits_is_the_same_whichever_others_stand_beside_them():
    some = [YES] * 4 + [NO] * 4
    others = dict.fromkeys(("R2", "A1", "A2", "A3", "A4", "A5", "A6"), some)
    old = audit("a", "2017-03", {"R1": [YES] * 5 + [NO] * 8, **others})
    new = audit("b", "2018-05", {"R1": [YES] * 11 + [NO] * 2, **others})
    before, after = audit("0", "2014-03", {"R1": some, "P1": some}), audit("c", "2019-05", {"R1": some, "C1": some})
    alone = only(asked_again((old, new)), "R1").changes[0]
    among_four = only(asked_again((before, old, new, after)), "R1").changes[1]
    assert (among_four.adjusted, among_four.among, among_four.certainty) == (alone.adjusted, 8, "alone")
    from_first_to_last = only(asked_again((old, before, new)), "R1").whole
    assert (from_first_to_last.adjusted, from_first_to_last.among) == (alone.adjusted, 8)


def test_each_point_has_its_counts_and_the_returns_behind_it():
    again = asked_again((audit("a", "2017-03", {"R2": [YES, NO, NO, "missing"]}), audit("b", "2018-05", {"R2": [YES]})))
    first, last = only(again, "R2").points
    assert (first.audit, first.share.numerator, first.share.denominator) == ("a", 1, 3)
    assert first.share.return_ids == (f"{0:016x}",)
    assert (len(first.by_case.some), len(first.by_case.base)) == (1, 3)
    assert (last.audit, last.label) == ("b", "Yes")


def test_what_is_asked_in_other_words_is_not_subtracted_but_stands_beside():
    both = audit("a", "2017-03", {"R1": [YES]}), audit("b", "2018-07", {"R1": [NO]}, tool="step-up-step-down-2018")
    assert "R1" not in {one.last.asked for one in asked_again(both)}
    found = by_concept(both)["early_recognition"]
    assert [(one.audit, one.share.numerator) for one in found.points] == [("a", 1), ("b", 0)]
    assert found.changes == ()


def test_the_good_answer_to_a_negative_question_is_no():
    tool = "step-up-step-down-2018"
    both = audit("a", "2017-03", {"P5": [YES, NO, NO]}, tool=tool), audit("b", "2018-05", {"P5": [NO]}, tool=tool)
    point = only(asked_again(both), "P5").points[0]
    assert (point.label, point.share.numerator, point.better) == ("No", 2, True)


def test_grades_count_from_good_upwards():
    given = {"R": ["outstanding", "good", "requires_improvement", "missing", "not_applicable"]}
    again = asked_again((audit("a", "2017-03", {}, grades=given), audit("b", "2018-05", {}, grades=given)))
    point = only(again, "R").points[0]
    assert (point.share.numerator, point.share.denominator, point.label) == (2, 3, "Good or better")


def test_one_audit_is_compared_with_nothing():
    assert asked_again((audit("a", "2017-03", {"R1": [YES]}),)) == ()
    assert by_concept((audit("a", "2017-03", {"R1": [YES]}),)) == {}
    assert asked_again(()) == followed(()) == ()


def recommended(number: str, carried_from: str = "", questions: str = "") -> dict[str, str]:
    return {"id": number, "action": f"action {number}", "carried_from": carried_from, "questions": questions}


def test_a_recommendation_is_followed_through_those_that_carry_it_on():
    audits = (
        audit("a", "2017-03", {"R2": [NO]}, [recommended("1", questions="R2"), recommended("2")]),
        audit("b", "2018-05", {"R2": [NO]}, [recommended("1", "a:1", "R1"), recommended("3")]),
        audit("c", "2019-05", {"R2": [YES]}, [recommended("9", "b:1"), recommended("4", questions="R2")]),
    )
    found = followed(audits)
    told = [(one.first.audit, one.first.id, one.state) for one in found]
    assert told == [("a", "1", "shown"), ("a", "2", "unnamed"), ("b", "3", "unnamed"), ("c", "4", "first")]
    assert [(one.audit, one.id) for one in found[0].carried] == [("b", "1"), ("c", "9")]
    assert [[point.audit for point in series.points] for series in found[0].shown_by] == [["a", "b", "c"]] * 2


def test_only_what_came_since_shows_whether_it_worked():
    audits = (
        audit("a", "2017-03", {"R2": [NO]}),
        audit("b", "2018-05", {"R2": [NO]}, [recommended("1", questions="R2; Q9")]),
        audit("c", "2019-05", {"R2": [YES]}),
    )
    found = followed(audits)[0]
    assert [point.audit for point in found.shown_by[0].points] == ["b", "c"]
    assert len(found.shown_by[0].changes) == 1
    assert found.asked_once == (("Q9", ()),)


OTHER_TOOL, OTHER_THEME = "step-up-step-down-2018", "step-up"


@pytest.mark.parametrize(
    ("questions", "later", "state", "shown", "beside"),
    [
        ("A4", [("b", "neglect-2018", "neglect"), ("c", OTHER_TOOL, OTHER_THEME)], "shown", [["a", "b"]], []),
        ("A4", [("c", OTHER_TOOL, OTHER_THEME)], "beside", [], [("A4", ["c"])]),
        ("A4", [("c", "neglect-2018", OTHER_THEME)], "beside", [], [("A4", ["c"])]),
        ("R1", [("b", OTHER_TOOL, "neglect")], "beside", [], [("R1", ["b"])]),
        ("Q9", [("b", "neglect-2018", "neglect")], "reworded", [], [("Q9", [])]),
        ("A4", [], "first", [], [("A4", [])]),
        ("", [("b", "neglect-2018", "neglect")], "unnamed", [], []),
    ],
)
def test_another_theme_gives_no_verdict_on_a_recommendation(questions, later, state, shown, beside):
    first = audit("a", "2017-03", {"A4": [NO] * 9}, [recommended("1", questions=questions)])
    others = [audit(name, "2018-05", {"A4": [YES] * 9}, tool=tool, theme=theme) for name, tool, theme in later]
    (one,) = followed((first, *others))
    assert one.state == state
    assert [[point.audit for point in series.points] for series in one.shown_by] == shown
    assert [(asked, [point.audit for point in points]) for asked, points in one.asked_once] == beside


def test_a_question_is_looked_up_in_the_form_of_the_audit_that_names_it():
    """P5 of the later tool asks something else than the id that the recommendation names, which no form has."""
    tool = "step-up-step-down-2018"
    first = audit("a", "2017-03", {}, [recommended("1", questions="P5")])
    later = [audit(name, "2018-05", {"P5": [YES]}, tool=tool) for name in ("b", "c")]
    assert followed((first, *later))[0].shown_by == ()


def test_recommendations_that_run_in_a_ring_come_to_an_end_and_none_is_lost():
    audits = (
        audit("a", "2017-03", {}, [recommended("1", "b:1"), recommended("2")]),
        audit("b", "2018-05", {}, [recommended("1", "a:1")]),
    )
    assert [(one.first.id, [each.id for each in one.carried]) for one in followed(audits)] == [("1", ["1"]), ("2", [])]
