import pytest

from audit_lib.present.html import (
    Badge,
    Detailed,
    Number,
    Table,
    bullets,
    definitions,
    findings,
    folded,
    heading,
    note,
    on_screen,
    show,
    spoken,
    table,
)

HOSTILE = '<script>alert(1)</script> $x^2$ [x](javascript:alert(1)) "onload="alert(2)'
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; $x^2$ [x](javascript:alert(1)) &#34;onload=&#34;alert(2)"


@pytest.mark.parametrize(
    "block",
    [
        findings(HOSTILE),
        note(HOSTILE),
        heading(HOSTILE),
        table(Table(HOSTILE, (HOSTILE, HOSTILE), ((HOSTILE, Badge(HOSTILE, "same")),))),
        table(Table("", ("a", "b"), ((HOSTILE, Number(HOSTILE)),))),
        table(Table("", ("a", "b"), (("", Detailed(HOSTILE, HOSTILE)),))),
        definitions("", [(HOSTILE, HOSTILE)]),
        folded(HOSTILE, note(HOSTILE)),
        bullets("", [(HOSTILE, HOSTILE)]),
        spoken("", "worried", [(HOSTILE, (HOSTILE, HOSTILE, ""), [3])]),
    ],
    ids=["findings", "note", "heading", "table", "numbers", "details", "definitions", "folded", "bullets", "spoken"],
)
def test_text_stays_text_wherever_it_is_put(block):
    html = block._repr_html_()
    assert ESCAPED in html
    assert "<script" not in html
    assert 'onload="' not in html


def test_text_is_escaped_once_however_often_blocks_are_put_together():
    html = show(folded("&", show(note("<b>"), note("&amp;"))))._repr_html_()
    assert "&lt;b&gt;" in html
    assert "&amp;amp;" in html
    assert "&amp;lt;" not in html


def test_the_head_of_a_table_says_once_what_its_columns_hold():
    words = ("a text that may well be broken into lines", "short", Number("3"))
    html = table(Table("", ("a", "b", "c", "d"), (("x", *words),)))._repr_html_()
    assert '<table class="data first-short t2 s3">' in html
    assert "<td class" not in html


def test_columns_far_to_the_right_say_in_each_cell_what_they_hold():
    html = table(Table("", tuple("abcdefghijk"), (tuple("abcdefghijk"),)))._repr_html_()
    assert html.count('<td class="short">') == 2


def test_characters_that_turn_text_round_are_taken_out():
    assert "ab" in note("a\u202eb")._repr_html_()


def test_a_table_can_be_read_aloud():
    html = table(Table("Returns", ("Case", "Number"), (("A", Number("3")),)))._repr_html_()
    assert "<caption>Returns</caption>" in html
    assert '<th scope="col" class="short">Case</th>' in html
    assert '<th scope="col" class="n">Number</th>' in html
    assert '<table class="data first-short">' in html
    assert '<tr><th scope="row">A<td>3\n' in html


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([], "short"),
        (["A", "B"], "short"),
        (["Requires improvement", "Good"], ""),
        (["One form for each case, from each agency that was asked"], "long"),
        ([Number("3"), Number("10 of 17 (59%) and more than that")], "n"),
        ([Badge("reproduced", "same")], "short"),
        ([Detailed("A", "a long line that is set small")], "short"),
    ],
)
def test_the_width_of_a_column_follows_from_what_it_holds(cells, kind):
    assert Table("", ("Heading",), tuple((cell,) for cell in cells)).kinds == (kind,)


def test_columns_that_hold_nothing_are_left_out_but_never_the_first():
    content = Table("", ("a", "b", "c"), (("–", "–", "x"), ("–", "–", "–")))
    assert content.without_empty("–") == Table("", ("a", "c"), (("–", "x"), ("–", "–")))


@pytest.mark.parametrize(
    ("block", "tag", "classes"),
    [
        (on_screen(note("x")), "div", "screen"),
        (folded("s", note("x")), "details", "data"),
        (folded("s", note("x"), working=True), "details", "data working"),
        (folded("s", note("x"), paper="here"), "details", "data paper-here"),
        (folded("s", note("x"), paper="appendix"), "details", "data paper-appendix"),
        (
            table(Table("", ("a", "b"), (("a long text that is not broken", "1"),), alike=True)),
            "table",
            "data first-long s2 alike",
        ),
    ],
)
def test_what_becomes_of_a_block_on_paper_is_said_by_its_classes(block, tag, classes):
    assert f'<{tag} class="{classes}">' in block._repr_html_()


def test_rows_that_may_stand_together_still_may_without_empty_columns():
    assert Table("", ("a", "b"), (("x", "–"),), alike=True).without_empty("–").alike


def test_jupyter_gets_html_and_a_few_words():
    block = note("Nothing to show.")
    assert block._repr_mimebundle_() == {"text/html": block._repr_html_(), "text/plain": "Nothing to show."}
