"""What the PDF reader makes of each thing that a page shows: pages are drawn here, and what is read stands beside them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.annotations import Ellipse, FreeText, Highlight, Line, Link, Text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from audit_lib.coding.forms import code_form
from audit_lib.errors import UnreadableFile
from audit_lib.instruments import load_instrument
from audit_lib.rawform import Mark, Paragraph, RawForm, Run, Table
from audit_lib.readers.pdf import draw as drawing
from audit_lib.readers.pdf.reader import read_pdf
from audit_lib.readers.word.reader import read_word
from audit_lib.schema import CHECKS, REASON_CODES

from .word_xml import docx, p, r, span_of, tc, tr

STRUCK, HIGHLIGHTED, BOLD, UNDERLINED = Mark.STRUCK, Mark.HIGHLIGHTED, Mark.BOLD, Mark.UNDERLINED
TICKED, EMPTY_BOX = Run("", Mark.NONE, True), Run("", Mark.NONE, False)
WIDTH, HEIGHT = 595.0, 842.0
SIZE = 10.0
LEADING = 12.0
EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "examples"
Draw = Callable[[Canvas], None]

pdfmetrics.registerFont(TTFont("DejaVu", Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")))


def pdf(*pages: Draw, **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    for draw in pages:
        canvas.setFont("Helvetica", SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def both(*draws: Draw) -> Draw:
    def draw(c: Canvas) -> None:
        for one in draws:
            one(c)

    return draw


def words(x: float, y: float, text: str, font: str = "Helvetica") -> Draw:
    def draw(c: Canvas) -> None:
        write(c, x, y, text, font)

    return draw


def write(c: Canvas, x: float, y: float, text: str, font: str = "Helvetica", size: float = SIZE) -> float:
    """Text with its foot at ``y`` from the top; gives where it ends."""
    c.setFont(font, size)
    c.drawString(x, HEIGHT - y, text)
    return x + pdfmetrics.stringWidth(text, font, size)


def rule(c: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    c.setLineWidth(0.5)
    c.line(x0, HEIGHT - y0, x1, HEIGHT - y1)


def area(c: Canvas, x0: float, y0: float, x1: float, y1: float, colour: Sequence[float], **look: int) -> None:
    c.setFillColorRGB(*colour)
    c.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, **({"stroke": 0, "fill": 1} | look))
    c.setFillColorRGB(0, 0, 0)


def grid(c: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    for y in ys:
        rule(c, xs[0], y, xs[-1], y)
    for x in xs:
        rule(c, x, ys[0], x, ys[-1])


def rows(c: Canvas, xs: Sequence[float], top: float, *texts: Sequence[str], height: float = 40.0) -> float:
    """A ruled table; ``\\n`` begins a new line in a cell. Gives where it ends."""
    grid(c, xs, [top + height * number for number in range(len(texts) + 1)])
    for number, row in enumerate(texts):
        for x, text in zip(xs, row, strict=False):
            for line, words in enumerate(text.split("\n")):
                write(c, x + 5, top + height * number + LEADING * (line + 1), words)
    return top + height * len(texts)


def read(data: bytes) -> RawForm:
    """The form, after making sure that no text was lost on the way."""
    form = read_pdf(data, "pdf")
    assert form.text_read == form.text_in_file
    assert {note.check for note in form.notes} <= set(CHECKS)
    return form


def shown(*pages: Draw, **options: object) -> RawForm:
    return read(pdf(*pages, **options))


def texts(form: RawForm) -> list[str]:
    """The paragraphs outside tables."""
    return ["".join(run.text for run in block.runs) for block in form.blocks if isinstance(block, Paragraph)]


def runs(form: RawForm) -> list[list[Run]]:
    return [list(paragraph.runs) for paragraph in form.paragraphs()]


def cells(form: RawForm, number: int = 0) -> dict[tuple[int, int, int, int], str]:
    """The cells of a table: (row, column, rows, columns) -> text."""
    table = [block for block in form.blocks if isinstance(block, Table)][number]
    return {(cell.row, cell.column, cell.row_span, cell.column_span): cell.text for cell in table.cells}


def texts_of(form: RawForm, number: int = 0) -> list[list[str]]:
    table = [block for block in form.blocks if isinstance(block, Table)][number]
    return [[cell.text for cell in row] for row in table.rows()]


def checks(form: RawForm) -> list[str]:
    return [note.check for note in form.notes]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(data, "pdf")
    assert caught.value.reason_code in REASON_CODES
    return caught.value.reason_code


# paragraphs

LONG = "The health visitor saw the child at home in March and wrote down what the child had said about school."


def lines(*each: str, gap: float = LEADING, x: float = 60.0) -> Draw:
    def draw(c: Canvas) -> None:
        for number, text in enumerate(each):
            write(c, x, 80 + gap * number, text)

    return draw


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        pytest.param([LONG, "and at home."], [f"{LONG} and at home."], id="a line that wraps"),
        pytest.param([LONG, "• and at home."], [LONG, "and at home."], id="a bullet begins anew"),
        pytest.param(["Short line.", "Another."], ["Short line.", "Another."], id="there was room for the next word"),
        pytest.param(
            [LONG[:-8] + " multi-", "agency work"], [LONG[:-8] + " multi-agency work"], id="hyphen at the end"
        ),
        pytest.param(
            [LONG[:-8] + " pre- ", "and postnatal"], [LONG[:-8] + " pre- and postnatal"], id="hyphen and space"
        ),
        pytest.param(
            [LONG[:-8] + " multi\u00ad", "agency work"], [LONG[:-8] + " multi-agency work"], id="hyphen that is shown"
        ),
    ],
)
def test_lines_are_joined_to_paragraphs(written: list[str], read_as: list[str]) -> None:
    assert texts(shown(lines(*written))) == read_as


def test_a_wider_gap_begins_a_paragraph() -> None:
    def draw(c: Canvas) -> None:
        for number, text in enumerate([LONG, LONG, LONG]):
            write(c, 60, 80 + LEADING * number, text)
        write(c, 60, 80 + LEADING * 3.5, LONG)

    assert texts(shown(draw)) == [f"{LONG} {LONG} {LONG}", LONG]


def test_a_change_to_bold_begins_a_paragraph() -> None:
    def draw(c: Canvas) -> None:
        write(c, 60, 80, LONG, "Helvetica-Bold", 9.5)
        write(c, 60, 92, LONG, "Helvetica", 9.5)

    assert runs(shown(draw)) == [[Run(LONG, BOLD)], [Run(LONG)]]


def test_a_bullet_is_no_text_but_makes_the_paragraph_listed() -> None:
    def draw(c: Canvas) -> None:
        write(c, 60, 80, "•")
        write(c, 75, 80, "seen at home")
        write(c, 60, 92, "plain")

    found = list(shown(draw).paragraphs())
    assert [(paragraph.text, paragraph.listed) for paragraph in found] == [("seen at home", True), ("plain", False)]


@pytest.mark.parametrize(
    "prompt", ["Choose an item.", "Click or tap here to enter text.", "Click here to enter a date."]
)
def test_prompts_of_word_are_placeholders(prompt: str) -> None:
    assert runs(shown(words(60, 80, f"Grade: {prompt}"))) == [[Run("Grade: "), Run(prompt, Mark.PLACEHOLDER)]]


def test_radio_signs_stay_text() -> None:
    assert texts(shown(both(words(60, 80, "● Yes", "DejaVu"), words(60, 92, "○ No", "DejaVu")))) == [
        "● Yes",
        "○ No",
    ]


def test_letters_of_one_line_are_read_from_left_to_right_with_spaces_where_gaps_are() -> None:
    def draw(c: Canvas) -> None:
        end = write(c, 60, 80, "Case")
        write(c, end + 3, 80, "B")
        write(c, 300, 80, "Agency")

    assert texts(shown(draw)) == ["Case B\tAgency"]


@pytest.mark.parametrize(("sign", "read_as"), [("ﬁ", "fi"), ("ﬂ", "fl"), ("½", "½"), ("²", "²")])
def test_ligatures_are_letters_and_nothing_else_is_changed(sign: str, read_as: str) -> None:
    assert texts(shown(lambda c: write(c, 60, 80, f"a{sign}b", "DejaVu"))) == [f"a{read_as}b"]


def test_letters_painted_twice_are_read_once() -> None:
    assert texts(shown(both(words(60, 80, "all"), words(60.3, 80, "all")))) == ["all"]


def test_turned_words_are_read() -> None:
    def draw(c: Canvas) -> None:
        grid(c, [50, 100, 300], [50, 150])
        c.saveState()
        c.translate(80, HEIGHT - 140)
        c.rotate(90)
        c.drawString(0, 0, "Outcome met")
        c.restoreState()
        write(c, 110, 70, "Yes")

    assert texts_of(shown(draw)) == [["Outcome met", "Yes"]]


def test_a_turned_page_is_read_as_a_person_sees_it() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lambda c: rows(c, [50, 150, 300], 50, ["R1", "Yes"]))))
    writer.pages[0].rotate(90)
    turned = read(written_by(writer))
    assert {cell.text for block in turned.blocks if isinstance(block, Table) for cell in block.cells} == {"R1", "Yes"}


def written_by(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# tables


def test_merged_cells_span_rows_and_columns() -> None:
    def draw(c: Canvas) -> None:
        xs, ys = [50, 80, 200, 300, 400], [50, 70, 90, 120]
        for x in (50, 80, 200, 400):
            rule(c, x, 50, x, 120)
        rule(c, 300, 70, 300, 120)
        for y in (50, 90, 120):
            rule(c, 50, y, 400, y)
        rule(c, 200, 70, 400, 70)
        for x, y, text in (
            (55, 62, "No."),
            (85, 62, "Question"),
            (205, 62, "Comments"),
            (205, 82, "Well"),
            (305, 82, "Worried"),
        ):
            write(c, x, y, text, "Helvetica-Bold")
        for x, text in zip(xs, ("R1", "Was it?", "good", "late"), strict=False):
            write(c, x + 5, 105, text)
        assert len(ys) == 4

    assert cells(shown(draw)) == {
        (0, 0, 2, 1): "No.",
        (0, 1, 2, 1): "Question",
        (0, 2, 1, 2): "Comments",
        (1, 2, 1, 1): "Well",
        (1, 3, 1, 1): "Worried",
        (2, 0, 1, 1): "R1",
        (2, 1, 1, 1): "Was it?",
        (2, 2, 1, 1): "good",
        (2, 3, 1, 1): "late",
    }


def by_thin_areas(c: Canvas) -> None:
    """Borders as Word draws them: a thin area for each side of each cell, and a dot where they meet."""
    for y in (50, 90, 130):
        for x0, x1 in ((50, 150), (150, 300)):
            area(c, x0 + 0.5, y, x1, y + 0.5, (0, 0, 0))
    for x in (50, 150, 300):
        for y0, y1 in ((50, 90), (90, 130)):
            area(c, x, y0 + 0.5, x + 0.5, y1, (0, 0, 0))
            area(c, x, y0, x + 0.5, y0 + 0.5, (0, 0, 0))


def by_rectangles(c: Canvas) -> None:
    for x0, x1 in ((50, 150), (150, 300)):
        for y0, y1 in ((50, 90), (90, 130)):
            c.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0)


def dashed(c: Canvas) -> None:
    for y in (50, 90, 130):
        for x in range(50, 300, 4):
            rule(c, x, y, x + 2, y)
    for x in (50, 150, 300):
        for y in range(50, 130, 4):
            rule(c, x, y, x, y + 2)


def doubled(c: Canvas) -> None:
    grid(c, [50, 150, 300], [50, 90, 130])
    grid(c, [51.5, 151.5, 301.5], [51.5, 91.5, 131.5])


def without_sides(c: Canvas) -> None:
    for y in (50, 90, 130):
        rule(c, 50, y, 300, y)
    rule(c, 150, 50, 150, 130)


@pytest.mark.parametrize(
    "ruled",
    [by_thin_areas, by_rectangles, dashed, doubled, without_sides, lambda c: grid(c, [50, 150, 300], [50, 90, 130])],
    ids=["thin areas", "rectangles", "dashed", "double lines", "no outer sides", "lines"],
)
def test_a_table_is_read_however_its_lines_are_drawn(ruled: Draw) -> None:
    def draw(c: Canvas) -> None:
        ruled(c)
        for x, y, text in ((60, 65, "R1"), (160, 65, "Yes"), (60, 105, "R2"), (160, 105, "No")):
            write(c, x, y, text)

    assert texts_of(shown(draw)) == [["R1", "Yes"], ["R2", "No"]]


def test_lines_under_words_and_frames_around_the_page_make_no_cells() -> None:
    def draw(c: Canvas) -> None:
        c.rect(20, 20, WIDTH - 40, HEIGHT - 40)
        rows(c, [50, 150, 300], 50, ["R1", "Yes"], ["R2", "No"])
        rule(c, 155, 64, 290, 64)
        write(c, 50, 200, "after")

    form = shown(draw)
    assert (texts_of(form), texts(form)) == ([["R1", "Yes"], ["R2", "No"]], ["after"])


def test_a_table_in_a_cell_is_nested_in_that_cell() -> None:
    def draw(c: Canvas) -> None:
        rows(c, [50, 150, 500], 50, ["R1", "before"], height=150)
        rows(c, [200, 300, 400], 80, ["inner 1", "inner 2"], height=30)
        write(c, 155, 150, "behind")

    table = next(block for block in shown(draw).blocks if isinstance(block, Table))
    assert [[(p.text, p.nested) for p in cell.paragraphs] for cell in table.cells] == [
        [("R1", False)],
        [("before", False), ("inner 1", True), ("inner 2", True), ("behind", False)],
    ]


def test_places_lead_to_page_table_row_and_column() -> None:
    form = shown(lines("one"), lambda c: rows(c, [50, 150, 300], 200, ["R1", "Yes"], ["R2", "No"]))
    table = form.blocks[1]
    assert isinstance(table, Table)
    assert (form.blocks[0].where, table.where) == ("page 1, line 1", "page 2, table 1")
    assert [cell.locator() for cell in table.cells][-1] == "page 2, table 1, row 2, column 2"
    assert table.cells[-1].paragraphs[0].where == "page 2, table 1, row 2, column 2"


# page breaks

FOOT = 770.0


def ruled_rows(xs: Sequence[float], top: float, *texts: Sequence[str], height: float) -> Draw:
    def draw(c: Canvas) -> None:
        rows(c, xs, top, *texts, height=height)

    return draw


def at_foot(*texts: Sequence[str], height: float = 40.0, xs: Sequence[float] = (50, 80, 250, 540)) -> Draw:
    """A table that ends where the page ends."""
    return ruled_rows(xs, FOOT - height * len(texts), *texts, height=height)


def at_head(*texts: Sequence[str], height: float = 40.0, xs: Sequence[float] = (50, 80, 250, 540)) -> Draw:
    return ruled_rows(xs, 50, *texts, height=height)


HEADING = ["No.", "Question", "Answer"]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        pytest.param(
            [["A1", "Was it?", "Yes"]],
            [["A2", "Was it?", "No"]],
            [["A1", "Was it?", "Yes"], ["A2", "Was it?", "No"]],
            id="new row",
        ),
        pytest.param(
            [["A1", "Was it?", "Yes, as the plan\nsays and as the"]],
            [["", "", "notes say"], ["A2", "Was it?", "No"]],
            [["A1", "Was it?", "Yes, as the plan\nsays and as the\nnotes say"], ["A2", "Was it?", "No"]],
            id="row that goes on",
        ),
        pytest.param(
            [HEADING, ["A1", "Was it?", "Yes"]],
            [HEADING, ["A2", "Was it?", "No"]],
            [HEADING, ["A1", "Was it?", "Yes"], ["A2", "Was it?", "No"]],
            id="heading again",
        ),
        pytest.param(
            [HEADING, ["A1", "Was it?", "Yes"]],
            [["No.", "Question", "Answers"], ["A2", "Was it?", "No"]],
            [HEADING, ["A1", "Was it?", "Yes"], ["No.", "Question", "Answers"], ["A2", "Was it?", "No"]],
            id="another heading is kept",
        ),
    ],
)
def test_a_table_goes_on_over_a_page_break(
    before: list[list[str]], after: list[list[str]], joined: list[list[str]]
) -> None:
    form = shown(at_foot(*before, height=28), at_head(*after, height=28))
    assert len(form.blocks) == 1
    assert texts_of(form) == joined


def test_a_row_below_one_that_had_room_is_a_new_row() -> None:
    """The comment on A1 ended well above the foot of its row, so that what comes next cannot be the rest of it."""
    form = shown(at_foot(["A1", "Was\nit\nlate\nor\nnot?", "Yes"], height=70), at_head(["", "", "rather"]))
    assert texts_of(form)[1] == ["", "", "rather"]


def test_a_sentence_in_the_first_column_goes_on() -> None:
    form = shown(
        at_foot(["Share the plan\nwith the", "", ""], height=28, xs=(50, 140, 250, 540)),
        at_head(["school", "", ""], xs=(50, 140, 250, 540)),
    )
    assert len(texts_of(form)) == 1


def test_where_a_list_may_go_on_over_the_break_it_is_told() -> None:
    form = shown(
        at_foot(["Outstanding\nGood", "", ""], height=28, xs=(50, 150, 250, 540)),
        at_head(["Inadequate", "", ""], xs=(50, 150, 250, 540)),
    )
    assert texts_of(form)[0][0] == "Outstanding\nGood\nInadequate"
    assert checks(form) == ["reading_order"]


def heading_cut(c: Canvas) -> None:
    """The first of two heading rows, at the foot of a page: the last column is still as wide as the three below it."""
    grid(c, [50, 80, 250], [740, 770])
    for y in (740, 770):
        rule(c, 250, y, 540, y)
    rule(c, 540, 740, 540, 770)
    for x, text in ((55, "No."), (85, "Response"), (255, "Comments")):
        write(c, x, 764, text, "Helvetica-Bold")


def rest_of_heading(c: Canvas) -> None:
    grid(c, [50, 80, 250, 400, 540], [50, 70, 100])
    for x, text in ((85, "(Yes/No)"), (255, "Went well"), (405, "Worried")):
        write(c, x, 62, text, "Helvetica-Bold")
    for x, text in ((55, "R1"), (85, "Yes"), (255, "seen"), (405, "late")):
        write(c, x, 82, text)


def test_a_heading_cut_in_two_is_one_heading() -> None:
    form = shown(heading_cut, rest_of_heading)
    assert len(form.blocks) == 1
    assert list(cells(form).items())[:5] == [
        ((0, 0, 2, 1), "No."),
        ((0, 1, 2, 1), "Response\n(Yes/No)"),
        ((0, 2, 1, 2), "Comments"),
        ((1, 2, 1, 1), "Went well"),
        ((1, 3, 1, 1), "Worried"),
    ]


def test_just_the_full_cells_of_a_tall_row_go_on() -> None:
    tall = "\n".join(f"Line {number} of it." for number in range(6))
    xs = (50, 200, 300, 540)
    form = shown(at_foot([tall, "Good", tall], height=75, xs=xs), at_head(["Rest.", "", "Rest."], xs=xs))
    assert texts_of(form) == [[f"{tall}\nRest.", "Good", f"{tall}\nRest."]]
    assert checks(form) == ["reading_order"]


def test_a_table_with_other_columns_is_another_table() -> None:
    form = shown(at_foot(["A1", "Was it?", "Yes"]), at_head(["A2", "Was it?", "No"], xs=(50, 100, 300, 540)))
    assert len(form.blocks) == 2


def test_the_place_of_a_row_is_on_its_own_page() -> None:
    form = shown(at_foot(HEADING, ["A1", "Was it?", "Yes"]), at_head(HEADING, ["A2", "Was it?", "No"]))
    table = form.blocks[0]
    assert isinstance(table, Table)
    assert [cell.where for cell in table.cells[::3]] == [
        "page 1, table 1, row 1",
        "page 1, table 1, row 2",
        "page 2, table 1, row 2",
    ]


def margin_page(number: int, body: str, footer: str = "Page {} of 3") -> Draw:
    def draw(c: Canvas) -> None:
        write(c, 60, 40, "Neglect audit - Case B")
        write(c, 60, 200, body)
        write(c, 60, 815, footer.format(number))

    return draw


def test_headers_and_footers_stand_once_as_margin() -> None:
    form = shown(*(margin_page(number, f"body {'abc'[number - 1]}") for number in (1, 2, 3)))
    assert [(p.text, p.aside) for p in form.paragraphs()] == [
        ("body a", ""),
        ("body b", ""),
        ("body c", ""),
        ("Neglect audit - Case B", "margin"),
        ("Page 1 of 3", "margin"),
    ]


def test_lines_at_the_edge_that_differ_stay_in_the_body() -> None:
    form = shown(*(margin_page(number, "body", footer=f"Score {score}") for number, score in ((1, 7), (2, 4), (3, 7))))
    assert [p.text for p in form.paragraphs() if not p.aside].count("Score 7") == 2


def test_boxes_at_the_head_of_every_page_are_no_header() -> None:
    def page(sign: str) -> Draw:
        return both(words(60, 60, f"{sign} No", "DejaVu"), words(60, 200, "body"))

    form = shown(page("☐"), page("☐"))
    assert [p.runs[0].ticked for p in form.paragraphs()].count(False) == 2


# state


def struck_by(c: Canvas, text: str, *, above: float, by: str = "line", font: str = "Helvetica") -> None:
    end = write(c, 60, 100, text, font)
    foot = 100 - above * SIZE
    if by == "line":
        rule(c, 60, foot, end, foot)
    elif by == "area":
        area(c, 60, foot - 0.4, end, foot + 0.4, (0, 0, 0))
    else:
        rule(c, 60, foot + 1, end, foot - 1)


@pytest.mark.parametrize(
    ("above", "by", "mark"),
    [
        (0.28, "line", STRUCK),
        (0.36, "line", STRUCK),
        (0.2, "area", STRUCK),
        (0.3, "area", STRUCK),
        (0.3, "slanted line", STRUCK),
        (-0.1, "line", UNDERLINED),
        (-0.15, "area", UNDERLINED),
        (1.0, "line", Mark.NONE),
        (-0.6, "line", Mark.NONE),
    ],
)
def test_a_line_through_letters_strikes_them_and_one_below_underlines(above: float, by: str, mark: Mark) -> None:
    assert runs(shown(lambda c: struck_by(c, "Outstanding", above=above, by=by))) == [[Run("Outstanding", mark)]]


def test_only_the_letters_under_a_line_are_struck() -> None:
    def draw(c: Canvas) -> None:
        end = write(c, 60, 100, "Outstanding")
        write(c, end, 100, " / Good")
        rule(c, 60, 97, end, 97)

    assert runs(shown(draw)) == [[Run("Outstanding", STRUCK), Run(" / Good")]]


def test_struck_words_in_a_narrow_cell_are_struck_and_its_borders_mark_nothing() -> None:
    def draw(c: Canvas) -> None:
        grid(c, [60, 120, 200], [50, 61.5, 73])
        end = write(c, 61, 59, "Outstanding")
        rule(c, 60.5, 56, end, 56)
        write(c, 61, 70.5, "Good")

    assert [[list(p.runs) for p in cell.paragraphs] for cell in shown(draw).blocks[0].cells][::2] == [
        [[Run("Outstanding", STRUCK)]],
        [[Run("Good")]],
    ]


def test_a_colour_behind_words_highlights_them_and_one_that_fills_a_cell_shades_it() -> None:
    def draw(c: Canvas) -> None:
        area(c, 60, 90, 110, 103, (1, 1, 0))
        write(c, 61, 100, "Good", "Helvetica")
        area(c, 50, 200, 150, 240, (0.8, 0.8, 0.8))
        area(c, 155, 205, 180, 217, (0, 1, 0))
        rows(c, [50, 150, 300], 200, ["Judgement", "Yes"])

    form = shown(draw)
    table = form.blocks[1]
    assert isinstance(table, Table)
    assert [(cell.shaded, cell.runs) for cell in table.cells] == [
        (True, (Run("Judgement"),)),
        (False, (Run("Yes", HIGHLIGHTED),)),
    ]
    assert form.blocks[0] == Paragraph((Run("Good", HIGHLIGHTED),), "page 1, line 1")


@pytest.mark.parametrize("text", ["☐ Yes", "□ Yes"])
def test_typed_boxes_are_empty_boxes(text: str) -> None:
    assert runs(shown(lambda c: write(c, 60, 80, text, "DejaVu"))) == [[EMPTY_BOX, Run(" Yes")]]


def test_typed_boxes_begin_a_paragraph_each() -> None:
    def draw(c: Canvas) -> None:
        write(c, 60, 80, "☒ Yes", "DejaVu")
        write(c, 60, 92, "☐ No", "DejaVu")

    assert runs(shown(draw)) == [[TICKED, Run(" Yes")], [EMPTY_BOX, Run(" No")]]


def drawn_box(c: Canvas, inside: str, *, apart: bool) -> None:
    """A box of ten points beside words, drawn in one go or line by line."""
    if apart:
        for x0, y0, x1, y1 in ((60, 70, 70, 70), (60, 80, 70, 80), (60, 70, 60, 80), (70, 70, 70, 80)):
            rule(c, x0, y0, x1, y1)
    else:
        c.rect(60, HEIGHT - 80, 10, 10)
    if inside == "cross":
        rule(c, 60, 70, 70, 80)
        rule(c, 60, 80, 70, 70)
    elif inside == "tick":
        path = c.beginPath()
        path.moveTo(62, HEIGHT - 75)
        path.lineTo(64, HEIGHT - 78)
        path.lineTo(69, HEIGHT - 71)
        c.drawPath(path)
    elif inside == "letter":
        write(c, 62, 78.5, "X")
    elif inside == "one line":
        rule(c, 60, 70, 70, 80)
    elif inside == "digit":
        write(c, 62, 78.5, "7")
    write(c, 75, 79, "Yes")


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        ("", [EMPTY_BOX, Run(" Yes")]),
        ("cross", [TICKED, Run(" Yes")]),
        ("tick", [TICKED, Run(" Yes")]),
        ("letter", [TICKED, Run(" Yes")]),
    ],
)
def test_drawn_boxes_are_tick_boxes(inside: str, apart: bool, read_as: list[Run]) -> None:
    assert runs(shown(lambda c: drawn_box(c, inside, apart=apart))) == [read_as]


def test_a_drawn_box_that_cannot_be_told_is_told() -> None:
    form = shown(lambda c: drawn_box(c, "one line", apart=False))
    assert runs(form) == [[Run("Yes")]]
    assert checks(form) == ["drawn_over"]


def test_a_small_cell_is_no_tick_box() -> None:
    form = shown(lambda c: rows(c, [50, 65, 300], 50, ["1", "Yes"], ["", "No"], height=15))
    assert texts_of(form) == [["1", "Yes"], ["", "No"]]


def test_a_ring_around_an_answer_is_told() -> None:
    def draw(c: Canvas) -> None:
        write(c, 60, 80, "Yes / No")
        c.ellipse(56, HEIGHT - 84, 80, HEIGHT - 68)

    form = shown(draw)
    assert (texts(form), checks(form)) == (["Yes / No"], ["drawn_over"])


# what is not shown


def invisible(c: Canvas) -> None:
    text = c.beginText(60, HEIGHT - 120)
    text.setTextRenderMode(3)
    text.textOut("secret")
    c.drawText(text)


def white(c: Canvas) -> None:
    c.setFillColorRGB(1, 1, 1)
    write(c, 60, 120, "secret")


def covered(c: Canvas) -> None:
    write(c, 60, 120, "secret")
    area(c, 50, 105, 200, 125, (0, 0, 0))


def clipped(c: Canvas) -> None:
    c.saveState()
    path = c.beginPath()
    path.rect(300, 300, 100, 20)
    c.clipPath(path, stroke=0)
    write(c, 60, 120, "secret")
    c.restoreState()


def clear(c: Canvas) -> None:
    c.setFillAlpha(0)
    write(c, 60, 120, "secret")


@pytest.mark.parametrize(
    "hide",
    [
        invisible,
        white,
        covered,
        clipped,
        clear,
        lambda c: write(c, 60, 900, "secret"),
        lambda c: write(c, 60, 120, "secret", size=0.5),
    ],
    ids=["not painted", "white", "covered", "clipped", "clear", "off the page", "tiny"],
)
def test_text_that_is_not_shown_is_told_and_not_read(hide: Draw) -> None:
    form = shown(both(words(60, 80, "shown"), hide))
    assert (texts(form), checks(form)) == (["shown"], ["hidden_text"])


@pytest.mark.parametrize("under", [(0, 0, 0.5), (0.2, 0.2, 0.2)])
def test_white_letters_on_a_dark_ground_are_shown(under: tuple[float, ...]) -> None:
    def draw(c: Canvas) -> None:
        area(c, 50, 60, 200, 90, under)
        c.setFillColorRGB(1, 1, 1)
        write(c, 60, 80, "shown")

    form = shown(draw)
    assert (texts(form), checks(form)) == (["shown"], [])


def picture(c: Canvas, x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    c.drawImage(ImageReader(Image.new("L", (30, 30), 200)), x, HEIGHT - y - height, width, height)


@pytest.mark.parametrize("layer", [both(), invisible], ids=["no words", "recognised words behind it"])
def test_a_scan_is_refused_as_a_picture(layer: Draw) -> None:
    assert refused(pdf(both(layer, picture))) == "picture"
    assert refused(pdf(both(picture, layer))) == "picture"


def test_a_scanned_page_among_others_is_told() -> None:
    form = shown(lines(LONG), picture)
    assert texts(form) == [LONG]
    assert [(note.check, note.where) for note in form.notes] == [("drawn_over", "page 2")]


def test_a_picture_among_words_is_told() -> None:
    assert checks(shown(both(lines(LONG), lambda c: picture(c, 60, 200, 100, 50)))) == ["embedded_object"]


# forms to fill in


def form_field(data: bytes, **fields: object) -> bytes:
    """The same file, its first page with one more widget of these entries."""
    writer = pypdf.PdfWriter(io.BytesIO(data))
    widget = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget")}
    )
    for name, value in fields.items():
        widget[NameObject(f"/{name}")] = value  # type: ignore[assignment]
    page = writer.pages[0]
    reference = writer._add_object(widget)
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), reference])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([reference])})
    return written_by(writer)


def rect(x0: float, y0: float, x1: float, y1: float) -> ArrayObject:
    return ArrayObject(FloatObject(number) for number in (x0, HEIGHT - y1, x1, HEIGHT - y0))


def choice(value: str, default: str = "", options: Sequence[object] = ("Yes", "No")) -> dict[str, object]:
    entries = {
        "FT": NameObject("/Ch"),
        "Ff": NumberObject(1 << 17),
        "Rect": rect(155, 52, 290, 68),
        "V": TextStringObject(value),
        "Opt": ArrayObject(
            TextStringObject(o) if isinstance(o, str) else ArrayObject(map(TextStringObject, o)) for o in options
        ),
    }
    return entries | ({"DV": TextStringObject(default)} if default else {})


QUESTION = pdf(lambda c: rows(c, [50, 150, 300], 50, ["R1", ""], ["R2", "No"]))


@pytest.mark.parametrize(
    ("fields", "read_as"),
    [
        ({"FT": NameObject("/Tx"), "V": TextStringObject("Yes – seen")}, [Run("Yes – seen")]),
        ({"FT": NameObject("/Tx"), "V": TextStringObject("one\rtwo"), "Ff": NumberObject(1 << 12)}, [Run("one\ntwo")]),
        ({"FT": NameObject("/Tx"), "V": TextStringObject("Yes"), "Ff": NumberObject(1)}, [Run("Yes")]),
        (choice("Yes"), [Run("Yes")]),
        (choice("Yes", default="Yes"), [Run("Yes", Mark.UNTOUCHED)]),
        (choice("No", default="Yes"), [Run("No")]),
        (choice("1", options=[("1", "Yes"), ("2", "No")]), [Run("Yes")]),
        ({"FT": NameObject("/Btn"), "AS": NameObject("/On"), "V": NameObject("/On")}, [TICKED]),
        ({"FT": NameObject("/Btn"), "AS": NameObject("/Off"), "V": NameObject("/Off")}, [EMPTY_BOX]),
        ({"FT": NameObject("/Btn"), "V": NameObject("/On")}, [TICKED]),
        ({"FT": NameObject("/Btn")}, [EMPTY_BOX]),
        ({"FT": NameObject("/Btn"), "AS": NameObject("/On"), "V": NameObject("/Off")}, [Run("\ufffd")]),
        ({"FT": NameObject("/Btn"), "Ff": NumberObject(1 << 16)}, []),
        ({"FT": NameObject("/Tx"), "V": TextStringObject("x"), "F": NumberObject(2)}, []),
    ],
    ids=[
        "text",
        "text of two lines",
        "read-only text",
        "choice",
        "choice as it was",
        "choice changed",
        "choice by its shown words",
        "ticked",
        "not ticked",
        "ticked by its value",
        "nothing said",
        "look and value disagree",
        "push button",
        "hidden field",
    ],
)
def test_a_field_stands_in_its_cell(fields: dict[str, object], read_as: list[Run]) -> None:
    form = read(form_field(QUESTION, **({"Rect": rect(155, 52, 290, 68)} | fields)))
    table = form.blocks[0]
    assert isinstance(table, Table)
    assert list(table.cells[1].runs) == read_as
    assert [cell.text for cell in table.cells][2:] == ["R2", "No"]


def test_fields_of_reportlab_are_read_once_and_in_their_line() -> None:
    def draw(c: Canvas) -> None:
        write(c, 60, 80, "Case:")
        c.acroForm.textfield(name="case", value="Case B", x=100, y=HEIGHT - 84, width=100, height=16, borderWidth=0)
        c.acroForm.checkbox(name="yes", checked=True, x=60, y=HEIGHT - 112, size=12)
        write(c, 80, 110, "Yes")
        c.acroForm.checkbox(name="no", checked=False, x=120, y=HEIGHT - 112, size=12)
        write(c, 140, 110, "No")
        for name, x in (("low", 60), ("high", 120)):
            c.acroForm.radio(name="level", value=name, selected=name == "high", x=x, y=HEIGHT - 142, size=12)
            write(c, x + 20, 140, name)

    assert runs(shown(draw)) == [
        [Run("Case: Case B")],
        [TICKED, Run(" Yes\t"), EMPTY_BOX, Run(" No")],
        [EMPTY_BOX, Run(" low\t"), TICKED, Run(" high")],
    ]


def test_a_box_drawn_around_a_field_is_not_a_second_box() -> None:
    data = pdf(both(lambda c: c.rect(60, HEIGHT - 80, 10, 10), words(75, 79, "Yes")))
    data = form_field(data, FT=NameObject("/Btn"), AS=NameObject("/On"), V=NameObject("/On"), Rect=rect(60, 70, 70, 80))
    assert runs(read(data)) == [[TICKED, Run(" Yes")]]


def test_a_form_of_livecycle_is_not_supported() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(QUESTION))
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): TextStringObject("<xdp/>")})
    writer._root_object[NameObject("/AcroForm")] = form
    assert refused(written_by(writer)) == "not_supported"


# what people add with PDF programs


def quads(x0: float, y0: float, x1: float, y1: float) -> ArrayObject:
    bottom, top = HEIGHT - y1, HEIGHT - y0
    return ArrayObject(FloatObject(number) for number in (x0, top, x1, top, x0, bottom, x1, bottom))


def annotated(annotation: DictionaryObject) -> RawForm:
    writer = pypdf.PdfWriter(io.BytesIO(pdf(both(words(60, 80, "Outstanding"), words(140, 80, "Good")))))
    writer.add_annotation(0, annotation)
    return read(written_by(writer))


def markup(kind: str) -> DictionaryObject:
    highlight = Highlight(rect=(60, HEIGHT - 82, 115, HEIGHT - 70), quad_points=quads(60, 70, 115, 82))
    highlight[NameObject("/Subtype")] = NameObject(f"/{kind}")
    return highlight


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("StrikeOut", STRUCK), ("Highlight", HIGHLIGHTED), ("Underline", UNDERLINED), ("Squiggly", UNDERLINED)],
)
def test_marks_of_pdf_programs_count(kind: str, mark: Mark) -> None:
    assert runs(annotated(markup(kind)))[0][0] == Run("Outstanding", mark)


def test_a_line_drawn_through_words_strikes_them_and_is_told() -> None:
    form = annotated(Line(rect=(60, HEIGHT - 80, 115, HEIGHT - 74), p1=(60, HEIGHT - 77), p2=(115, HEIGHT - 76.5)))
    assert (runs(form)[0][0], checks(form)) == (Run("Outstanding", STRUCK), ["drawn_over"])


@pytest.mark.parametrize(
    ("annotation", "told", "read_too"),
    [
        (FreeText(text="typed on it", rect=(60, HEIGHT - 130, 200, HEIGHT - 115)), [], "typed on it"),
        (Text(text="a remark", rect=(60, HEIGHT - 130, 80, HEIGHT - 115)), ["comments_in_file"], ""),
        (Ellipse(rect=(55, HEIGHT - 90, 120, HEIGHT - 65)), ["drawn_over"], ""),
        (Link(rect=(55, 55, 90, 90), url="https://example.org"), ["external_reference"], ""),
    ],
    ids=["typed text", "sticky note", "ring", "link"],
)
def test_other_things_that_people_add(annotation: DictionaryObject, told: list[str], read_too: str) -> None:
    form = annotated(annotation)
    assert checks(form) == told
    assert [p.text for p in form.paragraphs()][1:] == ([read_too] if read_too else [])


def test_programs_attachments_and_actions_are_told_and_never_run() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(QUESTION))
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject(k): v for k, v in action.items()})
    writer.add_attachment("form.docx", b"PK")
    form = read(written_by(writer))
    assert checks(form) == ["embedded_object", "embedded_object"]
    assert not any("form.docx" in note.message for note in form.notes)


# files as such


def test_a_file_with_a_password_is_encrypted_and_one_that_only_forbids_changes_is_read() -> None:
    assert refused(pdf(lines("x"), encrypt=StandardEncryption("user", ownerPassword="owner"))) == "encrypted"
    form = shown(lines("shown"), encrypt=StandardEncryption("", ownerPassword="owner", canModify=0))
    assert texts(form) == ["shown"]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_file_that_breaks_off_is_damaged(part: float) -> None:
    data = pdf(lines(*[LONG] * 40), pageCompression=1)
    assert refused(data[: int(len(data) * part)]) == "damaged"


def test_a_broken_part_is_damaged_and_never_read_in_part() -> None:
    data = bytearray(pdf(lines(*[LONG] * 40)))
    packed = zlib.compress(b"".join(b"BT /F1 10 Tf (%d) Tj ET " % number for number in range(500)))
    data = raw_pdf(packed[:200] + b"\x00" * 40 + packed[240:], b"/Filter /FlateDecode")
    assert refused(bytes(data)) == "damaged"


def raw_pdf(content: bytes, described: bytes = b"", pages: int = 1) -> bytes:
    """A file written by hand: every page shows the same content."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]/Resources %s>>" % (pages, kids, font),
        b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), described, content),
        *[b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"] * pages,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


WORDS = b"BT /F1 10 Tf 60 700 Td (word) Tj ET "


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (raw_pdf(zlib.compress(b" " * 60_000_000), b"/Filter /FlateDecode"), "too_large"),
        (raw_pdf(zlib.compress(zlib.compress(b" " * 9_000_000)), b"/Filter [/FlateDecode /FlateDecode]"), "unsafe"),
        (raw_pdf(WORDS, pages=201), "too_large"),
        (b"", "damaged"),
        (b"%PDF-1.7 and nothing", "damaged"),
        (b"PK" + WORDS, "damaged"),
    ],
    ids=["bomb", "packed twice", "pages", "empty", "no pages", "no PDF"],
)
def test_absurd_files_are_refused(data: bytes, reason: str) -> None:
    assert refused(data) == reason


@pytest.mark.parametrize("content", [b"BT /F1 10 Tf 60 700 Td (%s) Tj ET" % (b"a" * 2001), b"0 0 m 9 9 l S " * 1001])
def test_more_letters_or_lines_than_any_form_has_are_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MAX_LETTERS", 2000)
    monkeypatch.setattr(drawing, "MAX_DRAWN", 1000)
    assert refused(raw_pdf(content)) == "too_large"


def test_a_page_that_draws_itself_ends() -> None:
    assert read_pdf(raw_pdf(WORDS * 50), "pdf").text_read == 4  # painted fifty times at one place


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("D:20180522103000+01'00'", "2018-05-22T09:30:00Z"),
        ("D:20180522093000Z", "2018-05-22T09:30:00Z"),
        ("D:20180522", "2018-05-22T00:00:00Z"),
        ("D:20189922", ""),
        ("yesterday", ""),
    ],
)
def test_date_of_last_change(written: str, moment: str) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(QUESTION))
    writer.add_metadata({"/ModDate": written})
    assert read(written_by(writer)).modified == moment


# beside Word


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[RawForm, RawForm]]:
    """Word forms printed by LibreOffice, all at once: a name -> the form as Word holds it, and as the PDF does."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    folder = tmp_path_factory.mktemp("printed")
    (folder / "made.docx").write_bytes(docx(MADE))
    for name in PRINTED_EXAMPLES:
        if (EXAMPLES / name).exists():
            shutil.copy(EXAMPLES / name, folder / f"{Path(name).stem}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(str(path) for path in folder.glob("*.docx"))
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    def both_forms(name: str) -> tuple[RawForm, RawForm]:
        file = folder / f"{name}.docx"
        if not file.exists():
            pytest.skip("the example forms are not on this machine")
        return read_word(file.read_bytes(), "docx"), read(file.with_suffix(".pdf").read_bytes())

    return both_forms


PRINTED_EXAMPLES = {
    "data/raw/neglect-2018/returns/Case B/B - social care.docx": "neglect-2018",
    "data/raw/child-in-need-2014/returns/Child A/CSC - Child A.docx": "child-in-need-2014",
}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in SIDES)
COMMENT = "Mum is polite at the door and absent from meetings; the worker has met her alone once since then."


def made_row(number: int) -> str:
    struck = r("Outstanding", "<w:strike/>") + r(" Good " if number % 2 else " Good", '<w:highlight w:val="yellow"/>')
    comments = tc(p(COMMENT), p(f"Second comment {number}."))
    boxes = tc(p("☒ Yes"), p("☐ No"))
    return tr(tc(f"A{number}"), tc(p(struck)), comments, boxes, props="")


MADE = (
    f"<w:tbl><w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>"
    + "".join(f'<w:gridCol w:w="{width}"/>' for width in (700, 2000, 3500, 1500))
    + "</w:tblGrid>"
    + tr(tc("No."), tc("Judgement"), tc("Comments and boxes", props=span_of(2)))
    + "".join(made_row(number) for number in range(1, 30))
    + "</w:tbl>"
    + p(COMMENT)
)


def state(run: Run) -> tuple[str, bool, bool, bool | None]:
    return (run.text.strip(), STRUCK in run.mark, HIGHLIGHTED in run.mark, run.ticked)


def states(form: RawForm) -> list[list[tuple[int, int, int, list[list[tuple[str, bool, bool, bool | None]]]]]]:
    """The tables: each cell with its place and width, and each paragraph as (text, struck, highlighted, ticked)."""
    return [
        [
            (
                cell.row,
                cell.column,
                cell.column_span,
                [
                    [state(run) for run in one.runs if run.text.strip() or run.ticked is not None]
                    for one in cell.paragraphs
                ],
            )
            for cell in block.cells
        ]
        for block in form.blocks
        if isinstance(block, Table)
    ]


def test_a_printed_table_over_several_pages_says_what_the_word_file_says(
    printed: Callable[[str], tuple[RawForm, RawForm]],
) -> None:
    word, paper = printed("made")
    assert states(paper) == states(word)
    assert texts(paper)[0] == COMMENT


@pytest.mark.parametrize("name", list(PRINTED_EXAMPLES))
def test_a_printed_form_is_coded_as_the_word_form(name: str, printed: Callable[[str], tuple[RawForm, RawForm]]) -> None:
    instrument = load_instrument(PRINTED_EXAMPLES[name])
    word, paper = (code_form(form, instrument) for form in printed(Path(name).stem))
    assert {key: value.code for key, value in paper.answers.items()} == {
        key: value.code for key, value in word.answers.items()
    }
    assert {key: value.code for key, value in paper.grades.items()} == {
        key: value.code for key, value in word.grades.items()
    }
    assert (paper.score and paper.score.number) == (word.score and word.score.number)
    assert [comment.text for comment in paper.comments] == [comment.text for comment in word.comments]


@pytest.mark.parametrize(
    ("audit", "file"), [("neglect-2018", "CEFS case B.pdf"), ("child-in-need-2014", "Child F/CSC F.pdf")]
)
def test_printed_forms_are_coded_as_a_careful_person_would(audit: str, file: str) -> None:
    path = EXAMPLES / "data" / "raw" / audit / "returns" / file
    if not path.exists():
        pytest.skip("the example forms are not on this machine")
    known = json.loads((EXAMPLES / "truth" / f"{audit}.json").read_text(encoding="utf-8"))["files"]
    truth = next(one for one in known if one["file"] == file)
    coded = code_form(read(path.read_bytes()), load_instrument(audit))
    assert {key: value.code for key, value in coded.answers.items()} == truth["answers"]
    assert {key: value.code for key, value in coded.grades.items()} == (truth["grades"] or {})


# invariants

WORD = st.text(alphabet="abcdefgh", min_size=1, max_size=9)


@settings(max_examples=30)
@given(st.lists(st.lists(st.lists(WORD, max_size=12), min_size=2, max_size=4), min_size=1, max_size=5))
def test_every_word_of_a_table_is_read_in_its_cell(table: list[list[list[str]]]) -> None:
    columns = max(len(row) for row in table)
    xs = [50 + number * 480 / columns for number in range(columns + 1)]

    def draw(c: Canvas) -> None:
        grid(c, xs, [50 + 140 * number for number in range(len(table) + 1)])
        for number, row in enumerate(table):
            for x, words in zip(xs, row, strict=False):
                for line, word in enumerate(words):
                    write(c, x + 4, 60 + 140 * number + 11 * line, word)

    filled = [[" ".join(words) for words in row] + [""] * (columns - len(row)) for row in table]
    if any(any(row) for row in filled):
        assert [[" ".join(text.split()) for text in row] for row in texts_of(shown(draw))] == filled


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(0, 2000))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(noise: bytes, place: int) -> None:
    data = bytearray(QUESTION)
    data[place : place + len(noise)] = noise
    try:
        read_pdf(bytes(data), "pdf")
    except UnreadableFile as error:
        assert error.reason_code in REASON_CODES


def test_an_option_that_breaks_over_two_pages_is_no_margin() -> None:
    """It is the first line of both, and stands in the text too."""
    first = lines("Is the plan kept to?", "Yes", "No", "Is the child seen?", "Yes")
    form = shown(
        both(lambda c: c.translate(0, -LEADING), first), lines("No", "Is it read?", "Yes"), lines("No", "Comments:")
    )
    assert [one.aside for one in form.paragraphs()] == [""] * 10


@pytest.mark.parametrize(
    ("contents", "told"), [("", []), ("Outstanding", []), ("No: changed by the panel", ["comments_in_file"])]
)
def test_a_comment_on_a_highlight_is_told_unless_it_copies_the_words(contents: str, told: list[str]) -> None:
    highlight = markup("Highlight")
    highlight[NameObject("/Contents")] = TextStringObject(contents)
    assert checks(annotated(highlight)) == told


@pytest.mark.parametrize(("value", "text"), [("Yes", "Yes"), ("No", "No / Yes")])
def test_a_field_that_shows_other_words_than_its_value_shows_both(value: str, text: str) -> None:
    def draw(c: Canvas) -> None:
        c.acroForm.textfield(name="R1", value="Yes", x=100, y=HEIGHT - 84, width=100, height=16, borderWidth=0)

    writer = pypdf.PdfWriter(io.BytesIO(pdf(draw)))
    for annotation in writer.pages[0]["/Annots"]:
        annotation.get_object()[NameObject("/V")] = TextStringObject(value)
    assert [one.text for one in read(written_by(writer)).paragraphs()] == [text]


@pytest.mark.parametrize(
    ("chosen", "run"),
    [("No", Run("No")), ("Yes", Run("Yes")), ("Please choose", Run("Please choose", Mark.UNTOUCHED))],
)
def test_a_choice_that_a_program_filled_in_and_painted(chosen: str, run: Run) -> None:
    options = ["Please choose", "Yes", "No"]
    blank = pdf(
        lambda c: c.acroForm.choice(name="R1", x=155, y=700, width=100, height=16, options=options, value=options[0])
    )
    writer = pypdf.PdfWriter(io.BytesIO(blank))
    writer.update_page_form_field_values(writer.pages[0], {"R1": chosen})
    assert [one for block in read(written_by(writer)).blocks for one in block.runs] == [run]
