"""The language of cues: what each finds in a text and what it does not."""

from __future__ import annotations

import time

import pytest

from audit_lib.codebook.book import load_codebook
from audit_lib.codebook.cues import Cues, Text


def found(cue: str, text: str) -> list[str]:
    ready = Text(text)
    return [text[one.start : one.end] for one in Cues([cue]).find(ready).get(cue, ())]


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        ("seen alone", "The child was Seen  Alone twice.", ["Seen  Alone"]),
        ("seen alone", "Seen. Alone at home.", []),
        ("seen alone", "Unseen alone", []),
        ("good|poor plan", "A poor plan, a good plan.", ["poor plan", "good plan"]),
        ("recogni*", "Recognised and unrecognised", ["Recognised"]),
        ("plan .. smart", "The plan is not very SMART", ["plan is not very SMART"]),
        ("plan .. smart", "The plan is not at all very smart", []),
        (
            "plan .. smart",
            "A plan well-thought-out, parents' own - smart",
            ["plan well-thought-out, parents' own - smart"],
        ),
        ("child's views", "Her child\u2019s views", ["child\u2019s views"]),
        ("step-down", "A step-down too early", ["step-down"]),
        ("social care ~ late", "Late, said social care.", ["Late, said social care"]),
        ("social care ~ late", "It was late. Social care came.", []),
        ("llais", "Mae llais y plentyn yn glir", ["llais"]),
        ("1:1 time", "1:1 time with him", ["1:1 time"]),
    ],
)
def test_a_cue_finds_what_it_says(cue, text, words):
    assert found(cue, text) == words


@pytest.mark.parametrize("cue", ["", ".. plan", "plan ..", "a ~ b ~ c", "~ a", "a|", "(", "pl*an", "a|*", "plan [a-z]"])
def test_what_is_no_cue_is_refused(cue):
    with pytest.raises(ValueError, match=r"holds more|begin|can't be read"):
        Cues([cue])


def test_a_text_of_twenty_thousand_characters_and_of_odd_letters_is_looked_through():
    cues = Cues(["plan .. smart", "a .. a .. a", "social ~ care"])
    assert cues.find(Text("a " * 10_000))["a .. a .. a"]
    assert cues.find(Text("social " * 2_000 + "x " * 3_000 + "care " * 500)).get("social ~ care") is None
    assert cues.find(Text("\u202e\x00\ufeff\U0001f600 İSTANBUL ﬁ ß")) == {}


def test_a_long_row_of_signs_within_words_is_looked_through_at_once():
    """Each sign could end a word or stand within it: a row of them once took seven seconds."""
    began = time.process_time()
    load_codebook().cues.find(Text(("child " + "a'-" * 30) * 1_000))
    assert time.process_time() - began < 3
