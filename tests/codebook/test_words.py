"""What coded comments taught about words, weighed together with the cues."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.codebook.book import load_codebook
from audit_lib.codebook.coder import LEARNT, by_cues, code_comment, weighed
from audit_lib.codebook.cues import Text
from audit_lib.codebook.words import WordWeights, most_telling, pieces_in, pieces_of, read_weights, weights_csv

BOOK = load_codebook()


def weights(pieces: dict[str, tuple[int, int]], base=(0, 0), cue=(0, 0), hint=(0, 0)) -> WordWeights:
    rows = np.array(list(pieces.values()) or np.zeros((0, 2)), dtype=np.int64)
    numbers = [np.array(row, dtype=np.int64) for row in (base, cue, hint)]
    return WordWeights(("sleep", "food"), {piece: at for at, piece in enumerate(pieces)}, rows, *numbers)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("bed", {"<be", "bed", "ed>", "<bed", "bed>", "<bed>"}),
        ("a", {"<a>"}),
        ("2018", set()),  # a number says nothing of what a comment is about
        ("x" * 41, set()),
    ],
)
def test_a_word_is_known_by_its_pieces(word, pieces):
    assert pieces_of(word) == pieces


def test_a_score_is_the_base_the_words_by_the_root_of_their_number_and_the_cue():
    """Worked by hand: six pieces count as thirty; twice the same word counts once."""
    heavy = weights({"<bed>": (6_000, -3_000), "bed": (500, 0)}, base=(-1_000, -2_000), cue=(700, 0), hint=(300, 0))
    assert heavy.scores(Text("Bed, bed."), {"sleep"}, set()) == {
        "sleep": -1_000 + 6_500 / math.sqrt(30) + 700,
        "food": -2_000 - 3_000 / math.sqrt(30),
    }
    assert heavy.scores(Text("Nobody"), set(), {"sleep"})["sleep"] == -1_000 + 300
    long = Text(" ".join(f"word{chr(97 + n)}" for n in range(20)) + " bed")
    assert len(pieces_in(long)) > 30
    assert heavy.scores(long, set(), set())["sleep"] == -1_000 + 6_500 / math.sqrt(len(pieces_in(long)))


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("bed", "bed"),
        ("We said bed and bed again", "bed and bed"),  # a gap that weighs little is bridged
        ("bed toast bed bed", "bed bed"),
        ("toast bed toast", "bed"),
        ("toast toast", "toast"),  # nothing speaks for it: the word that speaks least against it
        ("Bed: Bed", "Bed: Bed"),
        ("bed (bed, bed and tea)", "bed, bed"),  # a bracket is opened and closed, or it is left out
        ("bed bed (bed) bed", "bed bed"),
        ("bed (never made, bed", "bed"),
        ("bed(s) bed", "bed(s) bed"),
    ],
)
def test_the_evidence_is_the_stretch_of_words_that_weighs_most(text, stretch):
    heavy = weights({"<bed>": (10, 0), "<and>": (-1, 0), "<toas": (-30, 0)})
    start, end = most_telling(Text(text), heavy.by_word(Text(text), "sleep"))
    assert text[start:end] == stretch


@pytest.mark.parametrize(
    "text",
    ["Telephoned {}.", "{} did not come", "{}", "{} {}", "Sent to {} in May", "{} spoke to\n{} again"],
)
@pytest.mark.parametrize(
    "detail", ["date of birth", "telephone", "postcode", "removed", "name", "e-mail", "NHS number"]
)
def test_what_stands_in_place_of_a_detail_is_no_word(text, detail):
    def codes(put_in):
        return [(one.code, one.certain) for one in code_comment("worried", text.replace("{}", put_in), BOOK)]

    assert codes(f"[{detail}]") == codes("[8]")


def test_the_evidence_does_not_begin_or_end_within_a_detail():
    text = "[name] bed [name] toast"
    heavy = weights({"<bed>": (10, 0), "<name": (10, 0), "<toas": (-30, 0)})
    start, end = most_telling(Text(text), heavy.by_word(Text(text), "sleep"))
    assert (text[start:end], start) == ("bed", 7)


@given(
    st.dictionaries(
        st.text("<>ab éŵ_'\",;", min_size=1),
        st.tuples(*[st.integers(-9_999, 9_999)] * 2),
        max_size=8,
    ),
    *[st.tuples(*[st.integers(-9_999, 9_999)] * 2)] * 3,
)
def test_weights_come_back_from_their_file_and_the_file_is_the_same_again(pieces, base, cue, hint):
    written = weights_csv(weights(pieces, base, cue, hint))
    read = read_weights(written)
    assert weights_csv(read) == written
    assert read.codes == ("sleep", "food")
    assert {piece: tuple(read.weights[row].tolist()) for piece, row in read.pieces.items()} == pieces
    assert [tuple(row.tolist()) for row in (read.base, read.cue, read.hint)] == [base, cue, hint]


def test_the_weights_are_those_of_the_codebook_that_comes_with_the_project():
    assert BOOK.word_weights is not None
    assert BOOK.word_weights.codes == tuple(code.id for code in BOOK.codes)
    assert BOOK.word_weights.weights.shape[1] == len(BOOK.codes)


def test_a_codebook_without_weights_goes_by_its_cues_and_is_another_codebook():
    text = "Nobody had noticed the bruises on his arms."
    fields = {name: getattr(BOOK, name) for name in type(BOOK).model_fields}
    without = type(BOOK)(**fields | {"weights": False})
    assert without.word_weights is None
    assert without.net is None
    assert code_comment("worried", text, without) == by_cues("worried", Text(text), without)
    assert without.fingerprint != BOOK.fingerprint


def test_words_tell_what_no_cue_does_and_say_so():
    text = "Her three youngsters kip on the lounge carpet."
    assert not [one for one in by_cues("worried", Text(text), BOOK) if one.code == "home_housing"]
    (found,) = [one for one in code_comment("worried", text, BOOK) if one.code == "home_housing"]
    assert (found.certain, found.reason) == (True, LEARNT)
    assert text[found.start : found.end] == found.evidence


def test_a_code_for_which_nothing_was_learnt_stays_as_its_cues_say():
    few = WordWeights((), {}, np.zeros((0, 0), dtype=np.int64), *[np.zeros(0, dtype=np.int64)] * 3)
    text = Text("No GCP2 was completed.")
    found = by_cues("worried", text, BOOK)
    assert BOOK.net is not None
    assert weighed(found, "worried", text, BOOK, few, BOOK.net) == found


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80))
def test_what_is_no_prose_in_english_has_no_word_for_evidence_but_its_own(text):
    for coding in code_comment("worried", text, BOOK):
        assert coding.evidence == text[coding.start : coding.end]
        assert coding.evidence.strip()
