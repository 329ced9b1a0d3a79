from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.analysis.proportions import favourable_answer, percent, question_results, rounded, wilson
from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument
from audit_lib.schema import ANSWERED, ANSWERS, APPLICABLE, TABLES

NEGLECT = load_instrument("neglect-2018")


def answers_to(question: str, counts: dict[str, int]):
    given = [answer for answer, n in counts.items() for _ in range(n)]
    return TABLES["answers"].frame(
        [{"return_id": f"{i:016x}", "question": question, "answer": answer} for i, answer in enumerate(given)]
    )


def result_of(question: str, counts: dict[str, int], instrument: Instrument = NEGLECT):
    results = question_results(answers_to(question, counts), instrument)
    return next(result for result in results if result.question.id == question)


def with_polarity(polarity: str) -> Instrument:
    data = NEGLECT.model_dump()
    data["sections"] = data["sections"][:1]
    data["sections"][0]["questions"][0]["polarity"] = polarity
    return Instrument.model_validate(data)


@pytest.mark.parametrize(
    ("k", "n", "low", "high", "source"),
    [
        (81, 263, 0.2553, 0.3662, "Newcombe 1998, table I, method 3"),
        (15, 148, 0.0624, 0.1605, "Newcombe 1998, table I, method 3"),
        (0, 20, 0.0000, 0.1611, "Newcombe 1998, table I, method 3"),
        (1, 29, 0.0061, 0.1718, "Newcombe 1998, table I, method 3"),
    ],
)
def test_wilson_interval_is_the_published_one(k, n, low, high, source):
    interval = wilson(k, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high), source


def test_no_interval_without_returns():
    assert wilson(0, 0) is None


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_holds_its_share(counts):
    k, n = counts
    interval = wilson(k, n)
    assert 0 <= interval.low <= k / n + 1e-12
    assert k / n - 1e-12 <= interval.high <= 1


@pytest.mark.parametrize(
    ("k", "n", "decimals", "shown"),
    [
        (6, 16, 0, "38"),
        (5, 8, 0, "63"),
        (10, 17, 0, "59"),
        (1, 3, 1, "33.3"),
        (1, 200, 0, "1"),
        (0, 4, 0, "0"),
        (4, 4, 0, "100"),
    ],
)
def test_percentages_are_rounded_half_up(k, n, decimals, shown):
    assert percent(k, n, decimals) == Decimal(shown)


def test_no_percentage_of_nothing():
    assert percent(0, 0) is None


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**6), st.integers(0, 3))
def test_rounding_moves_a_value_by_half_a_step_at_most(value, decimals):
    exact = Fraction(value, 997)
    assert abs(Fraction(rounded(exact, decimals)) - exact) <= Fraction(1, 2 * 10**decimals)


def test_two_denominators_worked_by_hand():
    result = result_of(
        "R1", {"yes": 10, "no": 4, "partly": 2, "not_known": 1, "not_applicable": 2, "missing": 3, "unclear": 1}
    )
    applicable, answered = result.proportion("yes", "applicable"), result.proportion("yes", "answered")
    assert (applicable.numerator, applicable.denominator, applicable.percent) == (10, 17, 59)
    assert (answered.numerator, answered.denominator, answered.percent) == (10, 19, 53)
    assert (result.total, result.count("missing"), result.count("unclear"), applicable.unit) == (23, 3, 1, "returns")
    assert applicable.interval == wilson(10, 17)


def test_a_denominator_can_be_named_by_its_codes():
    result = result_of("R1", {"yes": 3, "no": 1, "partly": 4})
    assert (result.proportion("yes", "yes+no").numerator, result.proportion("yes", "yes+no").denominator) == (3, 4)
    assert result.proportion("partly", "yes+no").numerator == 0


def test_every_answer_has_both_shares_but_not_applicable():
    result = result_of("R1", {"yes": 1})
    assert {(p.answer, p.rule) for p in result.proportions} == {
        *((answer, "answered") for answer in ANSWERED),
        *((answer, "applicable") for answer in APPLICABLE),
    }


def test_a_question_that_nobody_was_asked_has_a_result():
    results = question_results(TABLES["answers"].empty(), NEGLECT)
    assert [result.question.id for result in results] == list(NEGLECT.questions)
    assert {result.total for result in results} == {0}
    assert {p.percent for result in results for p in result.proportions} == {None}


@pytest.mark.parametrize(
    ("polarity", "favourable", "first"), [("positive", "yes", "yes"), ("negative", "no", "no"), ("neutral", "", "yes")]
)
def test_polarity_decides_which_answer_speaks_for_good_practice(polarity, favourable, first):
    result = result_of("R1", {"yes": 1}, with_polarity(polarity))
    assert (result.favourable, result.answers[0]) == (favourable, first)


def test_a_scale_whose_best_end_is_last_is_turned_round():
    scale = NEGLECT.question_scale("R1").model_copy(update={"best": "last"})
    assert favourable_answer(scale, "positive") == "no"


def test_an_answer_that_the_scale_does_not_have_is_refused():
    with pytest.raises(ValueError, match="R1"):
        question_results(answers_to("R1", {"sometimes": 1}), NEGLECT)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from(sorted(ANSWERS)), st.integers(0, 6)), st.randoms(use_true_random=False))
def test_counts_add_up_whatever_the_order_of_rows(counts, shuffle):
    table = answers_to("A1", counts)
    order = list(range(len(table)))
    shuffle.shuffle(order)
    result, again = (
        next(r for r in question_results(rows, NEGLECT) if r.question.id == "A1") for rows in (table, table.iloc[order])
    )
    assert result == again
    assert result.total == sum(counts.values())
    for rule in ("answered", "applicable"):
        shares = [p for p in result.proportions if p.rule == rule]
        assert {p.denominator for p in shares} == {sum(p.numerator for p in shares)}
        assert all(p.percent is None or 0 <= p.percent <= 100 for p in shares)
        assert all(set(p.return_ids) <= set(p.base_return_ids) for p in shares)
