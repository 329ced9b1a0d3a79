"""No text is lost in silence: over made-up forms, damaged forms, and Word files from all over the world."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import mammoth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.errors import UnreadableFile
from audit_lib.rawform import RawForm
from audit_lib.readers.kinds import kind_of, read_file
from audit_lib.schema import KINDS, REASON_CODES

from .word_xml import box, docx, field, p, r, sdt, span_of, tbl, tc, tr

SHARED = Path(__file__).parents[2].parent / "shared"
WORD = {".docx", ".docm", ".dotx"}
WILD = [path for path in sorted((SHARED / "wild").glob("*")) if path.suffix in WORD][::10]
FORMS = sorted((SHARED / "examples" / "data" / "raw").glob("*/returns/**/*.docx"))


@cache
def outcome(path: Path) -> RawForm | str:
    """The form, or the reason for which there is none."""
    try:
        return read_file(path.read_bytes(), path.name)
    except UnreadableFile as error:
        return error.reason_code


def squeezed(text: str) -> str:
    """Without white space: the other reader runs the paragraphs of a text box together."""
    return "".join(text.split())


@pytest.mark.skipif(not WILD, reason="the collection of Word files is not here")
def test_files_from_all_over_the_world() -> None:
    lost, refused = [], []
    for path in WILD:
        form = outcome(path)
        if isinstance(form, str):
            refused.append(form)
        elif form.text_read != form.text_in_file:
            lost.append((path.name, form.text_in_file, form.text_read))
    assert lost == []
    assert set(refused) <= set(REASON_CODES)
    assert len(refused) < len(WILD) / 5


@pytest.mark.skipif(not WILD, reason="the collection of Word files is not here")
def test_another_reader_finds_no_word_that_we_do_not() -> None:
    missed = {}
    for path in WILD:
        form = outcome(path)
        if isinstance(form, str) or any(note.check == "hidden_text" for note in form.notes):
            continue
        ours = squeezed("".join(run.text for paragraph in form.paragraphs() for run in paragraph.runs))
        try:
            theirs = mammoth.extract_raw_text(io.BytesIO(path.read_bytes())).value
        except zipfile.BadZipFile:  # it reads every part, and one without text may be damaged
            continue
        if not_ours := [word for word in re.findall(r"\w+", theirs) if word not in ours]:
            missed[path.name] = not_ours
    assert missed == {}


@pytest.mark.skipif(not FORMS, reason="the example forms are not here")
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_in_the_printed_layout(path: Path) -> None:
    form = outcome(path)
    assert form == "empty_file" or isinstance(form, RawForm)
    if isinstance(form, RawForm):
        assert form.text_read == form.text_in_file > 0


TEXT = st.text("ab☐☒✓ \u00ad\u00a0é", max_size=4)
LOOK = st.sampled_from(["", "<w:strike/>", "<w:vanish/>", "<w:b/>", '<w:rFonts w:ascii="Wingdings"/>'])
CONTROL = st.sampled_from(["", "<w:showingPlcHdr/>", "<w:dropDownList/>", "<w14:checkbox/>"])
WRAP = st.sampled_from(["ins", "del", "moveFrom", "moveTo", "hyperlink", "smartTag", "unheardOf"])
DROP_DOWN = '<w:ffData><w:ddList><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList></w:ffData>'
LOOSE = ['<w:sym w:font="Wingdings" w:char="F0FE"/>', "<w:noBreakHyphen/>", "<w:tab/>", "<w:br/>"]

INLINE = st.recursive(
    st.builds(r, TEXT, LOOK)
    | st.sampled_from([f"<w:r>{loose}</w:r>" for loose in LOOSE])
    | st.just(field("FORMDROPDOWN", data=DROP_DOWN)),
    lambda inner: (
        st.builds(lambda tag, content: f"<w:{tag}>{content}</w:{tag}>", WRAP, inner)
        | st.builds(lambda content: field("DATE", content), inner)
        | st.builds(lambda content: box(p(content)), inner)
        | st.builds(lambda left, right: left + right, inner, inner)
    ),
    max_leaves=6,
)
PARAGRAPH = st.builds(
    lambda content, props: p(content or "", props=props), INLINE, st.sampled_from(["", "<w:rPr><w:del/></w:rPr>"])
)
BLOCK = st.recursive(
    PARAGRAPH | st.builds(lambda content: p(sdt(r(content or "x"), "<w:showingPlcHdr/>")), TEXT),
    lambda inner: (
        st.builds(
            lambda content, props, width: tbl(tr(tc(content, props=span_of(width)), "x", props=props), tr(tc(content))),
            inner,
            st.sampled_from(["", "<w:del/>", "<w:ins/>"]),
            st.integers(-1, 5),
        )
        | st.builds(lambda content: sdt(content, ""), inner)
        | st.builds(lambda first, second: first + second, inner, inner)
    ),
    max_leaves=6,
)


@given(BLOCK)
def test_the_walk_and_the_count_agree(body: str) -> None:
    form = read_file(docx(body), "return.docx")
    assert form.text_read == form.text_in_file


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = docx(tbl(tr("Case", "A"), tr("Yes", sdt(tc("No"), "<w:showingPlcHdr/>"))))
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_file(bytes(damaged), "return.docx")
    except UnreadableFile as error:
        assert error.reason_code in REASON_CODES
    assert kind_of(bytes(damaged), "return.docx") in KINDS


@given(st.binary(max_size=200))
def test_anything_at_all_is_of_some_kind(data: bytes) -> None:
    assert kind_of(data, "return.docx") in KINDS
