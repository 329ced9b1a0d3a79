"""Which figures are found in a sentence, and what each is taken to be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.claims import Passage, in_context
from audit_lib.claims.finding import Claim, find_claims


def only(text: str, case: str = "") -> Claim:
    (claim,) = find_claims(Passage("line 1", text, case=case))
    return claim


@pytest.mark.parametrize(
    ("column", "text", "figures"),
    [
        ("Likely range", "36% to 78%", 0),
        ("Likely range of 2017", "36–78%", 0),
        ("Likely range", "6 of 16 cases (36% to 78%)", 3),
        ("From 2017 to 2018", "36% to 78%", 2),
        ("Arrangements", "36% to 78%", 2),
    ],
)
def test_the_ends_of_a_range_in_a_column_of_ranges_are_no_claims(column, text, figures):
    assert len(find_claims(Passage("table 1", text, column=column))) == figures


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "hedge"),
    [
        ("In 59% of the cases a tool was used.", "share", 59, "cases", ""),
        ("A plan was there in 95.8 per cent of the audit returns.", "share", Fraction("95.8"), "returns", ""),
        ("In nearly seventy per cent of responses a tool was used.", "share", 70, "returns", "under"),
        ("Just over 80 percent of auditors said yes.", "share", 80, "returns", "over"),
        ("A tool was used in a third of the forms.", "share", Fraction(100, 3), "returns", "about"),
        ("In more than two thirds of children's cases a tool was used.", "share", Fraction(200, 3), "cases", "more"),
        ("In the vast majority of cases a tool was used.", "majority", 50, "cases", ""),
        ("A tool was used in 2 of the five cases.", "ratio", 2, "cases", ""),
        ("Thirty-seven of forty-two forms came back.", "ratio", 37, "returns", ""),
        ("Six cases were audited.", "count", 6, "cases", ""),
        ("The report found sixty three children.", "count", 63, "cases", ""),
        ("There were only two GP audit submissions.", "count", 2, "returns", ""),
        ("37 audit requests were sent out.", "count", 37, "requests", ""),
        ("In all, 28 were returned.", "count", 28, "returns", ""),
        ("All were judged as Good.", "all", 100, "", ""),
        ("None of the cases was graded inadequate.", "all", 0, "cases", ""),
        ("The average score was 6.4.", "score", Fraction("6.4"), "", ""),
        ("The scores ranged from 4 to 9.", "range", 4, "", ""),
    ],
)
def test_a_figure_is_found_with_its_unit_and_how_near_it_means_to_be(text, kind, value, unit, hedge):
    claim = only(text)
    assert (claim.kind, claim.value, claim.unit, claim.hedge) == (kind, value, unit, hedge)


@pytest.mark.parametrize(
    "text",
    [
        "She is a 9 year old child.",
        "The 2018 audit did not find this.",
        "In one case the plan was late.",
        "Call 5 of 12 March was missed.",
        "Form 8/11/2018 was read.",
        "The school told all agencies.",
        "He was seen on 3 different occasions.",
        "",
        # numbers that are names
        "A section 47 enquiry was opened, and the section 47 cases were reviewed.",
        "She is in Year 6 and the Year 6 children know her.",
        "Key stage 2 children took part.",
        "Level 3 cases are held by the team and tier 2 cases by early help.",
        "On page 12 of 20 the plan is set out.",
        "Recommendation 4 of 6 is done, and so is standard 3 of 5.",
        "Question 7 responses were short.",
        "The 999 response was quick, and the 47 return was amended.",
        "Ring 0800 111 cases or 01270 686 800 forms.",
        "1 Cases were audited against the tool.",
        "They gave the same grade or the next one in 8 pairs.",
        # dates, ages, times
        "He was seen on 3 May cases were discussed.",
        "The 12 March 2018 return was amended.",
        "At 10.30 cases were discussed.",
        "Between 2 and 5 children were in the room, aged 9 to 12 children say.",
        "A 6 week period was looked at.",
        # children of a family
        "Her three children live with her; his two children do not.",
        "A mother of four children asked for help.",
        "The three children of the family were seen.",
        "The couple's two children were seen.",
    ],
)
def test_a_number_that_counts_nothing_here_is_no_claim(text):
    assert find_claims(Passage("line 1", text)) == []


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("94% said yes, 3% said no and 3% were partly so.", ["yes", "no", "partly"]),
        ("(52% gave the answer of no and 3% gave the answer of partly)", ["no", "partly"]),
        ("12% identified that they weren't.", ["no"]),
        ("8.7 per cent said that it did not apply.", ["not_applicable"]),
        ("In 17% of returns there is no evidence of it.", ["no"]),
    ],
)
def test_an_answer_that_is_named_is_known(text, answers):
    assert [claim.answer for claim in find_claims(Passage("", text))] == answers


@pytest.mark.parametrize(
    ("text", "negated", "norm"),
    [
        ("In 30% of returns the case had not been discussed.", True, False),
        ("In 30% of returns the case was discussed.", False, False),
        ("It was there in 95% of returns, and whilst this is not perfect it is good.", False, False),
        ("It ought to be there in 100% of returns.", False, True),
        ("It was shared as it should be in 30% of returns.", False, False),
    ],
)
def test_what_denies_and_what_should_be_are_told_apart(text, negated, norm):
    claim = only(text)
    assert (claim.negated, claim.norm) == (negated, norm)


def test_each_figure_has_its_own_part_of_the_sentence():
    text = "82% of audits found risks were understood and 84% of times that decisions were clear."
    first, second = find_claims(Passage("", text))
    assert "risks" in first.subject
    assert "decisions" not in first.subject
    assert "decisions" in second.subject
    assert "risks" not in second.subject


def test_a_bracket_that_says_it_exactly_takes_the_place_of_the_vague_word():
    claim = only("In the vast majority of cases (90%) all the right agencies were involved.")
    assert (claim.quote, claim.kind, claim.unit) == ("90%", "share", "cases")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Neglect was previously audited in May 2017.", ["2017-05"]),
        ("Appendix B: Neglect Audit **May 2017**", ["2017-05"]),
        ("March 2017 Audit", ["2017-03"]),
        ("The audit was carried out in July 2018.", ["2018-07"]),
        ("A visit took place in May 2017.", []),
        ("Case audit over the years: 2 audits, May 2017 to June 2021.", []),
        ("The audit was undertaken during March 2014 and April 2014.", []),
    ],
)
def test_the_month_of_an_audit_is_found(text, months):
    assert [claim.month for claim in find_claims(Passage("", text)) if claim.kind == "date"] == months


@pytest.mark.parametrize(
    ("text", "case", "grade"),
    [
        ("Judgement on the Quality of the Work: **Good**", "A", "good"),
        ("Overall Judgement on the Quality of the Work: **REQUIRES IMPROVEMENT**", "H", "requires improvement"),
        ("Agreed grade: Outstanding", "2", "outstanding"),
    ],
)
def test_the_grade_of_a_case_stands_below_its_heading(text, case, grade):
    claim = only(text, case=case)
    assert (claim.kind, claim.case, claim.subject) == ("case_grade", case, grade)
    assert find_claims(Passage("", text)) == []


def test_the_context_ends_with_the_sentence():
    first, second = find_claims(Passage("", "In 59% of cases it was. Of all, 40% of returns were late."))
    assert in_context(first) == "In 59% of cases it was."
    assert in_context(second) == "Of all, 40% of returns were late."


@given(st.text(alphabet=st.sampled_from("59% of the cases, returns (no) two six and ;.-ŵé\n\t"), max_size=400))
def test_any_text_can_be_looked_through_and_a_quote_stands_in_it(text):
    for claim in find_claims(Passage("", text)):
        assert claim.quote == text[claim.start : claim.end]
        assert claim.quote.strip()


def test_a_long_text_takes_time_in_proportion():
    """A thousand figures in one sentence, and a run of words and spaces that a careless pattern would try in every way."""
    assert len(find_claims(Passage("", "59% of cases and " * 1_000))) == 1_000
    assert find_claims(Passage("", "the all the " * 5_000 + "a b c d e f " * 5_000)) == []
