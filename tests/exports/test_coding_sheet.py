"""The coding sheet as a person meets it: what stays in sight fits a laptop, and nothing of a text is cut off."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from audit_lib.exports.coding_sheet import ABOUT, SHEET, to_coding_sheet

from .small_audit import small

_LAPTOP = 1366  # pixels, of which a character takes seven


def parts(texts: tuple[str, ...]) -> str:
    with zipfile.ZipFile(io.BytesIO(to_coding_sheet(small(texts)))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_what_stays_in_sight_leaves_room_for_the_codes() -> None:
    xml = parts(("one",))
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', xml)][: len(ABOUT)]
    assert widths[0] < 3 and widths[-1] > 40
    assert sum(widths) * 7 < _LAPTOP * 0.55
    assert "hidden" not in xml  # what is hidden would not be read back
    assert f'xSplit="{len(ABOUT)}" ySplit="1"' in xml


def test_the_ids_are_there_to_be_read_back() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_coding_sheet(small(("one", "two")))))
    head, *rows = book.get_sheet_by_name(SHEET).to_python()
    assert [head[0], *(row[0] for row in rows)] == ["comment_id", "0123456789abcdef-1", "0123456789abcdef-2"]


def test_rows_follow_the_form_and_not_the_ids() -> None:
    tables = small(("first id", "second id", "third id"))
    tables.comments["locator"] = ["table 10, row 1", "table 2, row 10", "table 2, row 9"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_coding_sheet(tables)))
    _, *rows = book.get_sheet_by_name(SHEET).to_python()
    assert [row[ABOUT.index("comment")] for row in rows] == ["third id", "second id", "first id"]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("short", 15, 45), ("a word " * 60, 9 * 15, 12 * 15), ("a word " * 9_000, 27 * 15, 409)],
    ids=["short", "long", "longer than a row can be"],
)
def test_a_row_is_high_enough_for_its_text(text: str, least: int, most: int) -> None:
    (height,) = re.findall(r'<row r="2"[^>]* ht="([\d.]+)"', parts((text,)))
    assert least <= float(height) <= most
