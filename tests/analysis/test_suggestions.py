"""Groups of comments without a code: those who use the same words, the same each time, and never too little to go by."""

from __future__ import annotations

from audit_lib.analysis.suggestions import suggested_groups

PLACES, DEBTS = ["attic", "shared", "old", "small"] * 4, ["gas", "phone", "loan", "water"] * 4
SLEEP = [f"The {place} bed was cold and nobody slept through the night {n}" for n, place in enumerate(PLACES)]
MONEY = [f"Rent arrears and {what} debt left no money for the week {n}" for n, what in enumerate(DEBTS)]


def test_texts_about_the_same_thing_are_put_together():
    texts = SLEEP + MONEY
    found = suggested_groups(texts)
    for one in found:
        kinds = {"sleep" if place < len(SLEEP) else "money" for place in one.places}
        assert len(kinds) == 1
    assert {word for one in found for word in one.words} & {"bed", "slept", "night"}
    assert {word for one in found for word in one.words} & {"rent", "arrears", "debt", "money"}


def test_it_is_the_same_again_and_no_text_is_in_two_groups():
    texts = [text for pair in zip(SLEEP, MONEY, strict=True) for text in pair]
    assert suggested_groups(texts) == suggested_groups(texts)
    places = [place for one in suggested_groups(texts) for place in one.places]
    assert len(set(places)) == len(places)


def test_too_few_texts_or_no_word_in_two_of_them_give_nothing():
    assert suggested_groups(SLEEP[:10]) == ()
    assert suggested_groups([]) == ()
    assert suggested_groups([chr(97 + n) * 5 for n in range(25)]) == ()
    assert suggested_groups([""] * 30) == ()


def test_every_group_has_three_texts_at_least_and_hostile_texts_do_no_harm():
    texts = [*SLEEP, *MONEY, "<script>alert(1)</script>", "=1+1", "Ŵ" * 2_000, "\u0000\u200b"]
    assert all(len(one.places) >= 3 for one in suggested_groups(texts))
