"""What coded comments taught about words in their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.codebook.book import load_codebook
from audit_lib.codebook.coder import LEARNT, by_cues, code_comment, weighed
from audit_lib.codebook.cues import Text
from audit_lib.codebook.net import PARTS, WIDTHS, Net, net_file, read_net
from audit_lib.codebook.words import WordWeights, own_words

BOOK = load_codebook()
BED, NOT, TOAST = 2, 3, 4


def net(two=(0, 0), one=0, least=(0, 0, 0, 0), weights=(1, 1, 1, 1), base=0) -> Net:
    """Two codes and one filter of each width; a word's vector has a place for "bed" and one for "not". ``one`` is what the filter of
    one word gives for "bed", ``two`` what that of two words gives for "not" as the first and for "bed" as the second.
    """
    filters = np.zeros((2, sum(WIDTHS)), np.int64)
    filters[0, 0], filters[1, 1], filters[0, 2] = one, *two
    columns = np.array([[weight * PARTS, -weight * PARTS] for weight in weights], dtype=np.int64)
    vectors = np.array([(0, 0), (0, 0), (10, 0), (0, 10), (0, 0)], dtype=np.int64)
    flags = (np.array(row, dtype=np.int64) for row in ((base * PARTS, 0), (700, 0), (300, 0)))
    words = {"bed": BED, "not": NOT, "toast": TOAST}
    return Net(("sleep", "food"), words, vectors, filters, np.array(least, dtype=np.int64), columns, *flags)


@pytest.mark.parametrize(
    ("text", "made", "score"),
    [
        ("bed", net(one=3), 30),
        ("Bed, bed and bed.", net(one=3), 30),  # the greatest counts, not how often
        ("toast", net(one=3), 0),
        ("zzz", net(one=3), 0),  # a word that is not known is nothing
        ("bed", net(one=-3), 0),  # what is below nothing is nothing
        ("bed", net(one=3, weights=(2, 0, 0, 0), base=-50), 10),
        ("bed", net(one=3, least=(-20, 0, 0, 0)), 10),
        ("bed", net(one=3, least=(20, 0, 0, 0)), 30),  # what an empty comment would give is in the base
        ("not bed", net(two=(2, 3)), 50),
        ("bed not", net(two=(2, 3)), 30),  # their order counts
        ("not a bed", net(two=(2, 3)), 30),
    ],
)
def test_a_filter_gives_the_greatest_of_what_it_sees(text, made, score):
    ready = Text(text)
    assert made.scores(made.look(ready), set(), set())["sleep"] == score


def test_a_cue_or_a_hint_is_added():
    nothing = net()
    seen = nothing.look(Text("toast"))
    assert nothing.scores(seen, {"sleep"}, {"sleep"}) == {"sleep": 700, "food": 0}
    assert nothing.scores(seen, set(), {"sleep"}) == {"sleep": 300, "food": 0}


@pytest.mark.parametrize(
    ("text", "by_word"),
    [
        ("toast bed toast", [0, 30, 0]),
        ("bed toast bed", [30, 0, 0]),  # the first of those that give the same
        ("toast not bed toast", [0, 25, 55, 0]),
        ("bed", [60]),  # the edge beside it is no word
    ],
)
def test_what_a_filter_gives_is_shared_among_the_words_at_which_it_looked(text, by_word):
    made = net(one=3, two=(2, 3) if "not" in text else (0, 0), weights=(1, 1, 1, 1) if text != "bed" else (2, 1, 1, 1))
    assert made.by_word(made.look(Text(text)), "sleep") == by_word


_SMALL, _GREAT = st.integers(-127, 127), st.integers(-(2**30), 2**30)


@given(
    st.lists(st.text("ab éŵ_'ж", min_size=1), unique=True, min_size=1, max_size=6),
    st.lists(_SMALL, min_size=2, max_size=2),
    st.lists(_SMALL, min_size=sum(WIDTHS), max_size=sum(WIDTHS)),
    st.lists(_GREAT, min_size=4, max_size=4),
)
def test_a_net_comes_back_from_its_file_and_the_file_is_the_same_again(words, vector, filters, others):
    held = {
        "vectors": np.array([vector] * (len(words) + 2)),
        "filters": np.array([filters, filters]),
        "least": np.array(others),
        "weights": np.array([[number, -number] for number in others]),
        **{name: np.array(others[:2]) for name in ("base", "cue", "hint")},
    }
    made = Net(("sleep", "food"), {word: at for at, word in enumerate(words, 2)}, **held)
    written = net_file(made)
    read = read_net(written)
    assert net_file(read) == written
    assert (read.codes, read.words) == (made.codes, made.words)
    for name, numbers in held.items():
        assert np.array_equal(getattr(read, name), numbers), name


def test_the_net_is_that_of_the_codebook_that_comes_with_the_project():
    assert BOOK.net is not None
    assert BOOK.net.codes == tuple(code.id for code in BOOK.codes)


def test_no_sum_of_the_net_can_be_too_great():
    """What a filter gives fits into 32 bits, and a score before it is divided into the 53 of a division without rounding before it."""
    own = BOOK.net
    assert own is not None
    greatest = np.abs(own.vectors).max() * np.abs(own.filters).sum(axis=0).max() * max(WIDTHS) + np.abs(own.least).max()
    assert greatest < 2**31
    assert float(greatest) * np.abs(own.weights).sum(axis=0).max() + np.abs(own.base).max() < 2**53


@pytest.mark.parametrize(
    "text",
    [
        "Nobody had noticed the bruises on his arms, and the school was not told.",
        "Mum was not seen. Dad was seen alone, twice; the plan drifted.",
        "Nil return",
    ],
)
def test_scores_are_those_of_whole_numbers(text):
    """The same sums by Python's whole numbers, filter by filter."""
    own = BOOK.net
    assert own is not None
    ready = Text(text)
    known = [own.words.get(ready.lowered[start:end], 0) for start, end in own_words(ready)]
    rows = [own.vectors[row].tolist() for row in (*[0] * 5, 1, *known, 1, *[0] * 5)]
    each, begun, sums = len(own.least) // len(WIDTHS), 0, own.base.tolist()
    columns = own.filters.T.tolist()
    for number, width in enumerate(WIDTHS):
        for one in range(each):
            least = own.least.item(number * each + one)
            places = [
                sum(
                    sum(a * b for a, b in zip(rows[at + word], columns[begun + word * each + one], strict=True))
                    for word in range(width)
                )
                for at in range(len(rows) - width + 1)
            ]
            given_ = max(max(places) + least, 0) - max(least, 0)
            weights = own.weights[number * each + one].tolist()
            sums = [total + given_ * weight for total, weight in zip(sums, weights, strict=True)]
        begun += width * each
    assert own.scores(own.look(ready), set(), set()) == {
        code: total / PARTS for code, total in zip(own.codes, sums, strict=True)
    }


def test_codes_of_a_comment_do_not_depend_on_other_comments():
    texts = ["Mum was not seen.", "Nobody asked him what he wanted.", "The plan drifted for months."]
    alone = [code_comment("worried", text, BOOK) for text in texts]
    assert [code_comment("worried", text, BOOK) for text in reversed(texts)] == alone[::-1]


@pytest.mark.parametrize("letters", ["", "Она спала на полу. ", "彼女は床で寝た。", "🛏️ "])
@pytest.mark.parametrize("times", [5, 500])
def test_long_comments_and_those_with_other_alphabets_are_coded_with_words_of_their_own(letters, times):
    text = letters * 5 + "She slept on the floor and nobody asked why. " * times
    found = code_comment("worried", text, BOOK)
    assert found
    assert all(one.evidence == text[one.start : one.end] and one.evidence.strip() for one in found)


def test_where_no_cue_shows_a_code_its_evidence_are_the_words_at_which_words_and_net_speak_for_it():
    text = Text("Toast was made. She was not in bed at ten.")
    found = by_cues("worried", text, BOOK)
    code = BOOK.codes[0].id
    assert all(one.code != code for one in found)
    few = WordWeights((code,), {}, np.zeros((0, 1), dtype=np.int64), *[np.zeros(1, dtype=np.int64)] * 3)
    made = net(one=3)
    ours = Net(
        (code, "none"), made.words, made.vectors, made.filters, made.least, made.weights, made.base, made.cue, made.hint
    )
    (coding,) = [one for one in weighed(found, "worried", text, BOOK, few, ours) if one.code == code]
    assert (coding.evidence, coding.reason, coding.certain) == ("bed", LEARNT, True)
