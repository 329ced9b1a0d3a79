"""What calamine finds in a binary workbook: a count of its text beside ours."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook, PasswordError

from audit_lib.errors import UnreadableFile
from audit_lib.readers.spreadsheets.grid import Content, Place, Sheet, letters


def count_by_calamine(data: bytes, sheets: list[Sheet]) -> int | None:
    """The characters that these sheets show: texts as calamine reads them, where it reads more than we do.

    What stands in hidden rows and columns does not count. calamine makes room for every place between the first cell and
    the last, and ends the process where there is none: only for sheets whose extent was checked. None when it cannot open
    the file; :class:`UnreadableFile` when it needs a password or breaks down over the file (``encrypted``, ``damaged``).
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return sum(_count(sheet, _texts(book, sheet.name)) for sheet in sheets)
    except PasswordError as error:
        raise UnreadableFile("encrypted") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception:
        return None
    except BaseException as error:  # a panic of calamine's is no Exception
        raise UnreadableFile("damaged", "another reader breaks down over it") from error


def _texts(book: CalamineWorkbook, name: str) -> dict[Place, str]:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return {}
    top, left = sheet.start
    return {
        (top + row, left + column): value
        for row, values in enumerate(sheet.to_python(skip_empty_area=True))
        for column, value in enumerate(values)
        if isinstance(value, str) and value
    }


def _count(sheet: Sheet, texts: dict[Place, str]) -> int:
    anchors = {(region.top, region.left): region for region in sheet.merged}
    total = 0
    for place in {**sheet.cells, **texts}:
        if sheet.first_shown(anchors[place]) if place in anchors else sheet.shows(place):
            theirs = len("".join(texts.get(place, "").split())) - sheet.unseen.get(place, 0)
            total += max(theirs, letters(sheet.cells.get(place, Content()).runs))
    return total
