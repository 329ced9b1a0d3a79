"""The walk over rich text: one pass over its words in reading order, giving paragraphs and tables without their places.

A group whose purpose is not known is walked through as any program would show it, and left out where the file itself says
that it may be (``\\*``). What is left out besides stands in ``_NOT_SHOWN``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import Run
from audit_lib.readers import symbol_signs
from audit_lib.readers.moments import in_universal_time
from audit_lib.readers.placing import Block, flattened
from audit_lib.readers.rtf.fields import form_field_runs, is_form_field, outside_of, symbol_of
from audit_lib.readers.rtf.state import Field, FormField, Mode, Shape
from audit_lib.readers.rtf.tables import Story
from audit_lib.readers.rtf.text import TIME, Text

_NOT_SHOWN = (
    "nonshppict objdata filetbl xe tc tcn rxe txe nonesttables mmathPict fontemb leveltext levelnumbers listname"
    " ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntxta pntxtb private bkmkstart bkmkend datafield"
)
_FRAMES = "info shpinst shppict do sp mmath"
_STRAIGHT_SHAPES = {"1", "2", "20", "32"}  # rectangles and lines, as forms are printed with
_FRAME_SHAPES = {"75", "202"}  # of pictures and text boxes
_FIRST_YEAR = 1980  # before this it is a program's way of saying that it does not know
MAX_STORIES = 40  # notes and drawings inside each other


class Walk(Text):
    """Reads one file. Afterwards ``blocks`` is its body, ``found`` what there was beside it.

    Raises :class:`UnreadableFile` with ``damaged``, ``unsafe`` or ``too_large``.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._groups = self._group_words()
        self._endings[1].append(self._file_ends)
        self._read(data)

    def _group_words(self) -> dict[str, Callable[[], None]]:
        groups: dict[str, Callable[[], None]] = dict.fromkeys(_NOT_SHOWN.split(), self._skip)
        groups |= {word: partial(self._become, Mode.FRAME) for word in _FRAMES.split()}
        for where in ("header", "footer"):
            groups |= {where + pages: partial(self._margin, f"page {where}") for pages in ("", "l", "r", "f")}
        return groups | {
            "fonttbl": self._font_table,
            "colortbl": partial(self._become, Mode.COLOURS),
            "stylesheet": partial(self._become, Mode.STYLES),
            "revtim": self._last_change,
            "template": self._template,
            "field": self._field,
            "fldinst": self._workings,
            "fldrslt": self._result,
            "formfield": self._form_field,
            "ffl": self._entry,
            "footnote": self._note,
            "annotation": self._comment,
            "pict": self._picture,
            "object": self._object,
            "result": self._object_shown,
            "shp": self._shape,
            "shpgrp": self._shape,
            "sn": self._property_name,
            "sv": self._property_value,
            "shptxt": self._text_box,
            "dptxbxtext": self._text_box,
            "shprslt": self._shape_again,
            "upr": self._pair,
            "ud": self._second_of_pair,
            "moMath": partial(self._become, Mode.SHOWN),
            "moMathPara": partial(self._become, Mode.SHOWN),
            "listtext": self._list_mark,
            "pntext": self._list_mark,
            "pn": self._old_list,
            "nesttableprops": lambda: self._set("in_nested_row", True),
        }

    def _become(self, mode: Mode) -> None:
        if self._state.mode in (Mode.SHOWN, Mode.FRAME):
            self._state.mode = mode
        else:
            self._skip()

    def _file_ends(self) -> None:
        self.blocks = self._end_story()

    def _font_table(self) -> None:
        self._become(Mode.FONTS)
        around = self._outer[-1]

        def ends() -> None:
            around.font = self.head.font()

        self._at_end(ends)

    def _last_change(self) -> None:
        self._become(Mode.TIME)
        self._time = {}
        self._at_end(self._note_time)

    def _note_time(self) -> None:
        year, month, day, hour, minute, second = (self._time.get(part, 0) for part in TIME)
        try:
            moment = datetime(year, month, day, hour, minute, second)
        except (ValueError, OverflowError):
            return
        if year >= _FIRST_YEAR:
            self.found.modified = in_universal_time(moment)

    def _template(self) -> None:
        self.found.outside.add("a template")
        self._skip()

    # Streams of text beside the body

    def _begin_story(self, end: Callable[[list[Block], Story], None]) -> None:
        """What follows in this group is a stream of text of its own; ``end`` takes it."""
        if self._state.deleted or self._state.hidden:
            self.found.tracked = self.found.tracked or self._state.deleted
            self.found.hidden = self.found.hidden or not self._state.deleted
            self._skip()
            return
        if len(self._stories) > MAX_STORIES:
            raise UnreadableFile("unsafe", "notes or drawings stand inside each other without end")
        story = Story()
        self._stories.append(story)
        self._state.begin_story(self.head.font())
        self._at_end(lambda: end(self._end_story(), story))

    def _end_story(self) -> list[Block]:
        story = self._stories[-1]
        self._finish_line()
        blocks = story.finish(self._state.level)
        self.found.hidden = self.found.hidden or story.swallowed
        self._stories.pop()
        return blocks

    def _margin(self, where: str) -> None:
        if self._state.mode is Mode.SHOWN:
            self._begin_story(lambda blocks, _: self.found.margins.append((where, flattened(blocks))))
        else:
            self._skip()

    def _note(self) -> None:
        if self._state.mode is not Mode.SHOWN:
            self._skip()
            return

        def ends(blocks: list[Block], story: Story) -> None:
            self.found.notes.append((story.kind or "footnote", flattened(blocks)))

        self._begin_story(ends)

    def _comment(self) -> None:
        self.found.comments += 1
        self._skip()

    # Drawings and objects

    def _shape(self) -> None:
        if self._state.mode not in (Mode.SHOWN, Mode.FRAME):
            self._skip()
            return
        self._state.mode = Mode.FRAME
        if self._state.shape is None:
            shape, level = Shape(), self._state.level
            self._state.shape = shape
            self._at_end(lambda: self._shape_ends(shape, level))

    def _shape_ends(self, shape: Shape, level: int) -> None:
        kind = "".join(shape.kind).strip()
        if shape.says or self._state.deleted or self._state.hidden or kind in _FRAME_SHAPES:
            return
        in_body, above = len(self._stories) == 1, self._stories[0].tables_above(level)
        if in_body and not level and kind not in _STRAIGHT_SHAPES:
            self.found.marks.append(above)
        else:
            self.found.shapes.append(f"table {above + 1}" if in_body and level else "")

    def _property_name(self) -> None:
        """The name of a property of a shape."""
        shape = self._state.shape
        if shape is None or self._state.mode is not Mode.FRAME:
            self._become(Mode.FRAME)
            return
        shape.name = []
        self._state.mode, self._state.collected, self._state.in_field = Mode.COLLECTED, shape.name, None

    def _property_value(self) -> None:
        """Its value, in which a picture may stand; that of the kind of the shape is kept."""
        shape = self._state.shape
        if shape is None or self._state.mode is not Mode.FRAME or "".join(shape.name).strip() != "shapeType":
            self._become(Mode.FRAME)
            return
        self._state.mode, self._state.collected, self._state.in_field = Mode.COLLECTED, shape.kind, None

    def _shape_again(self) -> None:
        """The same drawing for older programs."""
        if self._state.shape is None or self._state.shape.read:
            self._skip()
        else:
            self._text_box()

    def _text_box(self) -> None:
        if self._state.mode is not Mode.FRAME:
            self._skip()
            return
        if self._state.shape:
            self._state.shape.read = True
        shape = self._state.shape

        def ends(blocks: list[Block], _: Story) -> None:
            self._stories[-1].line.boxes.extend(blocks)
            if shape and blocks:
                shape.says = True

        self._begin_story(ends)

    def _picture(self) -> None:
        if self._state.mode in (Mode.SHOWN, Mode.FRAME) and not self._state.in_object:
            self.found.pictures += 1
            if self._state.shape:
                self._state.shape.read = self._state.shape.says = True
        self._skip()

    def _object(self) -> None:
        self.found.objects += 1
        self._become(Mode.FRAME)
        self._state.in_object = True

    def _object_shown(self) -> None:
        if self._state.in_object and self._state.mode is Mode.FRAME:
            self._state.mode = Mode.SHOWN

    # Fields

    def _field(self) -> None:
        if self._state.mode is not Mode.SHOWN:  # in the workings of another
            self._skip()
            return
        field = self._state.in_field = Field()
        self._state.mode = Mode.FRAME
        self._at_end(lambda: self._field_ends(field))

    def _workings(self) -> None:
        field = self._state.in_field
        if field is None or self._state.mode is not Mode.FRAME:
            self._skip()
            return
        self._state.mode, self._state.collected = Mode.COLLECTED, field.workings

    def _result(self) -> None:
        field = self._state.in_field
        if field and (self._state.mode is not Mode.FRAME or (field.form and field.form.speaks)):
            self._skip()
        else:
            self._become(Mode.SHOWN)

    def _field_ends(self, field: Field) -> None:
        workings = "".join(field.workings)
        if outside := outside_of(workings):
            self.found.outside.add(outside)
        if field.shown or field.state is None:
            return
        self._state = field.state
        self._state.mode, self._state.in_field = Mode.SHOWN, None
        self._show(symbol_of(workings))
        if field.form is None and is_form_field(workings):
            self.found.stateless += 1
            self._add([Run(symbol_signs.UNKNOWN_SIGN, self._state.mark)])  # neither ticked nor empty: it can't be told

    def _form_field(self) -> None:
        field = self._state.in_field
        if field is None or self._state.mode is not Mode.COLLECTED:
            self._skip()
            return
        form = field.form = FormField()
        self._state.mode = Mode.FORM_FIELD
        self._at_end(lambda: self._add(form_field_runs(form, self._state.mark)))

    def _entry(self) -> None:
        form = self._state.in_field.form if self._state.in_field else None
        if form is None or self._state.mode is not Mode.FORM_FIELD:
            self._skip()
            return
        letters: list[str] = []
        self._state.mode, self._state.collected = Mode.COLLECTED, letters
        self._state.in_field = None
        self._at_end(lambda: form.entries.append("".join(letters)))

    # Texts in two ways, and lists

    def _pair(self) -> None:
        """A text twice, the second time in Unicode."""
        self._state.around, self._state.mode = self._state.mode, Mode.FRAME

    def _second_of_pair(self) -> None:
        self._state.mode = self._state.around

    def _list_mark(self) -> None:
        if self._state.mode is Mode.SHOWN:
            self._stories[-1].line.listed = True
        self._skip()

    def _old_list(self) -> None:
        if self._outer:
            self._outer[-1].listed = True
        self._skip()
