"""Damaged forms are read or refused, and nothing else; forms written in another way, to the eye the same, are read the same.

``AUDIT_MUTATIONS=5000 pytest tests/readers/test_mutations.py`` tries more damaged forms than the suite does.
"""

from __future__ import annotations

import copy
import io
import os
import random
import re
import time
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from audit_lib.coding.forms import code_form
from audit_lib.errors import UnreadableFile
from audit_lib.instruments import load_instrument
from audit_lib.rawform import RawForm
from audit_lib.readers.word.names import NAMESPACES, name
from audit_lib.readers.word.reader import read_word
from audit_lib.samples.build import sample_files
from audit_lib.schema import REASON_CODES

from .word_xml import box, docx, field, p, r, sdt, tbl, tc, tr, zipped

MUTATIONS = int(os.environ.get("AUDIT_MUTATIONS", "300"))
SECONDS = 30  # what a reader is given for one file
DOCUMENT = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


FORM_FIELD = '<w:ffData><w:ddList>{state}<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList></w:ffData>'
BOXES = (
    p(sdt(r("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), " Yes ☐ No")
    + p(field("FORMCHECKBOX", data="<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"), " Yes")
    + p(field("FORMDROPDOWN", data=FORM_FIELD.format(state='<w:result w:val="1"/>')), " or ")
    + p(field("FORMDROPDOWN", data=FORM_FIELD.format(state="")), field("FORMTEXT", r("typed")))
    + p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', r("a Yes", '<w:rFonts w:ascii="Wingdings 2"/>'))
    + p(r("PO ", '<w:rFonts w:ascii="Wingdings 2"/>'), r("Good", "<w:b/><w:strike/>"), r(" or RI", "<w:strike/>"))
)
SHAPES = (
    p(box(p("in a box") + tbl(tr("x"))), r("hidden", "<w:vanish/>"), "<w:r><w:footnoteReference w:id='1'/></w:r>")
    + tbl(tr(tc("a", props='<w:gridSpan w:val="2"/><w:shd w:fill="FF0000"/>')), tr(sdt(tc("b"), "<w:showingPlcHdr/>"), "c"))
    + tbl(tr(tc("a", tbl(tr("b")), props="<w:vMerge w:val='restart'/>"), "c"), tr(tc(props="<w:vMerge/>"), "d"))
    + p(field("DATE", r("1 May 2018")), "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>")
    + p("one", props="<w:rPr><w:del/></w:rPr>") + p("line", props='<w:numPr><w:numId w:val="1"/></w:numPr>')
    + '<w:sectPr><w:headerReference r:id="rId2"/></w:sectPr>'
)  # fmt: skip


@cache
def forms() -> dict[str, bytes]:
    """The returns of the sample audit that are Word documents, and a form with something of everything."""
    found = {
        path: data
        for path, data in sample_files("neglect-2018").items()
        if path.endswith(".docx") and data[:2] == b"PK"
    }
    notes = f'<w:footnote w:id="1">{p("note")}</w:footnote>'
    return {**found, "everything": docx(BOXES + SHAPES, footnotes=notes, header=p("head"), styles="")}


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


# Damage to bytes


def flipped(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 3, 30])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice([1, 5, 100, len(data)])]


def inserted(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = chance.choice(
        [b"\0" * 8, b"<w:p>", b"</w:tc>", b"PK\x01\x02", b"&amp;", b"\xff", chance.randbytes(20)]
    )


def repeated(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.choice([10, 1000])] * chance.choice([1, 50])


def swapped(data: bytearray, chance: random.Random) -> None:
    length = chance.randrange(1, max(2, len(data) // 4))
    here, there = (chance.randrange(len(data)) for _ in range(2))
    first, second = data[here : here + length], data[there : there + length]
    data[here : here + length], data[there : there + length] = second, first


DAMAGE: list[Callable[[bytearray, random.Random], None]] = [flipped, cut, inserted, repeated, swapped]


def damaged(number: int) -> bytes:
    """A damaged form, the same for the same number: the archive itself, or the XML in it."""
    chance = random.Random(number)  # noqa: S311 - chance that can be repeated is what is wanted
    whole = chance.choice(list(forms().values()))
    parts = parts_of(whole)
    part = chance.choice([*parts, DOCUMENT, DOCUMENT])
    data = bytearray(whole if number % 2 else parts[part])
    for _ in range(chance.choice([1, 1, 2, 4])):
        if data:
            chance.choice(DAMAGE)(data, chance)
    return bytes(data) if number % 2 else zipped({**parts, part: bytes(data)})


def test_damaged_forms_are_read_or_refused_and_nothing_else() -> None:
    wrong: list[tuple[int, str]] = []
    outcomes = {"read": 0, "refused": 0}
    for number in range(MUTATIONS):
        data = damaged(number)
        begun = time.monotonic()
        try:
            assert isinstance(read_word(data, "docx"), RawForm)
            outcomes["read"] += 1
        except UnreadableFile as error:
            outcomes["refused"] += 1
            if error.reason_code not in REASON_CODES:
                wrong.append((number, error.reason_code))
        except Exception as error:
            wrong.append((number, repr(error)))
        if time.monotonic() - begun > SECONDS:
            wrong.append((number, "too long"))
    assert wrong == []
    assert min(outcomes.values()) > MUTATIONS / 20  # else the damage is too small, or too great, to show anything


# The same form, written in another way


def pick(root: etree._Element, chance: random.Random, *names: str) -> etree._Element | None:
    found = [element for element in root.iter(*map(name, names)) if element.getparent() is not None]
    return chance.choice(found) if found else None


def new(short: str, **attributes: str) -> etree._Element:
    return etree.Element(name(short), {name(f"w:{key}"): value for key, value in attributes.items()})


def wrap(inner: etree._Element, wrapper: etree._Element, innermost: etree._Element | None = None) -> None:
    parent = inner.getparent()
    assert parent is not None
    parent.replace(inner, wrapper)
    (wrapper if innermost is None else innermost).append(inner)


def a_run_cut_in_two(root: etree._Element, chance: random.Random) -> None:
    run = pick(root, chance, "w:r")
    text = None if run is None else run.find(name("w:t"))
    if run is None or text is None or len(text.text or "") < 2 or len(run.findall(name("w:t"))) > 1 or len(text):
        return
    whole, place = text.text or "", chance.randrange(1, len(text.text or ""))
    rest = copy.deepcopy(run)
    for element in [element for element in rest if element.tag not in (name("w:rPr"), name("w:t"))]:
        rest.remove(element)
    after = [element for element in run if run.index(element) > run.index(text)]
    rest_text = rest.find(name("w:t"))
    assert rest_text is not None
    text.text, rest_text.text = whole[:place], whole[place:]
    text.set(SPACE, "preserve")
    rest_text.set(SPACE, "preserve")
    rest.extend(after)
    run.addnext(rest)


def a_text_cut_in_two(root: etree._Element, chance: random.Random) -> None:
    text = pick(root, chance, "w:t")
    if text is not None and text.text and not len(text):
        place = chance.randrange(len(text.text) + 1)
        rest = copy.deepcopy(text)
        text.text, rest.text = text.text[:place], text.text[place:]
        text.addnext(rest)


def attributes_in_another_order(root: etree._Element, chance: random.Random) -> None:
    for element in root.iter(etree.Element):
        attributes = list(element.attrib.items())
        chance.shuffle(attributes)
        element.attrib.clear()
        element.attrib.update(attributes)


def a_wrapped_run(root: etree._Element, chance: random.Random) -> None:
    run = pick(root, chance, "w:r")
    if run is not None:
        wrapper = chance.choice(
            ["w:smartTag", "w:customXml", "w:hyperlink", "w:ins", "w:moveTo", "w:bdo", "w:fldSimple"]
        )
        wrap(run, new(wrapper, id="1", element="x"))


def a_plain_control(root: etree._Element, chance: random.Random) -> None:
    inner = pick(root, chance, "w:r", "w:p", "w:tbl", "w:tr", "w:tc")
    if inner is not None:
        control, content = new("w:sdt"), new("w:sdtContent")
        control.append(new("w:sdtPr"))
        control.append(content)
        wrap(inner, control, content)


def custom_xml_around_blocks(root: etree._Element, chance: random.Random) -> None:
    inner = pick(root, chance, "w:p", "w:tbl", "w:tr", "w:tc")
    if inner is not None:
        wrap(inner, new("w:customXml", element="x"))


def marks_that_nobody_sees(root: etree._Element, chance: random.Random) -> None:
    mark = new(
        chance.choice(["w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:commentRangeStart"]), id="7"
    )
    place = pick(root, chance, "w:r", "w:p", "w:tbl")
    if place is not None:
        place.addprevious(mark)


def a_rendered_page_break(root: etree._Element, chance: random.Random) -> None:
    text = pick(root, chance, "w:t")
    if text is not None:
        text.addprevious(new("w:lastRenderedPageBreak"))


def revision_ids(root: etree._Element, chance: random.Random) -> None:
    for element in root.iter(name("w:p"), name("w:r"), name("w:tr")):
        element.set(name(chance.choice(["w:rsidR", "w:rsidRPr", "w:rsidP"])), f"{chance.randrange(1 << 32):08X}")


def a_comment_or_an_instruction(root: etree._Element, chance: random.Random) -> None:
    extra: etree._Element = chance.choice([etree.Comment(" x "), etree.ProcessingInstruction("x", "y")])
    element = pick(root, chance, "w:p", "w:r", "w:t", "w:tc", "w:tr", "w:pPr")
    if element is None:
        return
    if element.tag == name("w:t"):
        text = element.text or ""
        place = chance.randrange(len(text) + 1)
        element.text, extra.tail = text[:place], text[place:]
        element.insert(0, extra)
    else:
        element.insert(chance.randrange(len(element) + 1), extra)


def an_inserted_paragraph(root: etree._Element, chance: random.Random) -> None:
    paragraph = pick(root, chance, "w:p")
    if paragraph is not None:
        properties = paragraph.find(name("w:pPr"))
        if properties is None:
            properties = new("w:pPr")
            paragraph.insert(0, properties)
        looks = properties.find(name("w:rPr"))
        if looks is None:
            looks = new("w:rPr")
            properties.append(looks)
        looks.insert(0, new("w:ins", id="3", author="x"))


def spaces_that_are_kept(root: etree._Element, chance: random.Random) -> None:
    for text in root.iter(name("w:t")):
        text.set(
            SPACE, chance.choice(["preserve", "default"]) if (text.text or "").strip() == text.text else "preserve"
        )


def an_alternative(root: etree._Element, chance: random.Random) -> None:
    inner = pick(root, chance, "w:r", "w:p")
    if inner is not None:
        alternatives = etree.Element(name("mc:AlternateContent"))
        choice = etree.SubElement(alternatives, name("mc:Choice"), Requires="wps")
        fallback = etree.SubElement(alternatives, name("mc:Fallback"))
        fallback.append(copy.deepcopy(inner))
        wrap(inner, alternatives, choice)


def properties_without_effect(root: etree._Element, chance: random.Random) -> None:
    for run in root.iter(name("w:r")):
        looks = run.find(name("w:rPr"))
        if looks is None:
            looks = new("w:rPr")
            run.insert(0, looks)
        looks.append(new(chance.choice(["w:lang", "w:noProof", "w:kern", "w:szCs"]), val="22"))


REWRITTEN: list[Callable[[etree._Element, random.Random], None]] = [
    a_run_cut_in_two, a_text_cut_in_two, attributes_in_another_order, a_wrapped_run, a_plain_control, custom_xml_around_blocks,
    marks_that_nobody_sees, a_rendered_page_break, revision_ids, a_comment_or_an_instruction, an_inserted_paragraph,
    spaces_that_are_kept, an_alternative, properties_without_effect,
]  # fmt: skip


def with_prefix(xml: bytes, prefix: str) -> bytes:
    """The same XML with another prefix for Word's own names; with an empty one, elements have none."""
    word = NAMESPACES["w"].encode()
    if prefix == "w":
        return xml
    if not prefix:
        declared = xml.replace(b'xmlns:w="' + word, b'xmlns="%b" xmlns:w="%b' % (word, word))
        return re.sub(rb"(</?)w:", rb"\1", declared)
    declared = xml.replace(b"xmlns:w=", b"xmlns:%b=" % prefix.encode())
    return re.sub(rb"<[^>]*>", lambda tag: re.sub(rb"(?<=[\s</])w:", prefix.encode() + b":", tag.group()), declared)


def rewritten(data: bytes, steps: list[tuple[int, int]], prefix: str) -> bytes:
    parts = parts_of(data)
    root = etree.fromstring(parts[DOCUMENT])
    for which, seed in steps:
        REWRITTEN[which](root, random.Random(seed))  # noqa: S311
    return zipped({**parts, DOCUMENT: with_prefix(etree.tostring(root, encoding="UTF-8"), prefix)})


@cache
def outcome(path: str) -> tuple[RawForm, object]:
    form = read_word(forms()[path], "docx")
    return form, code_form(form, load_instrument("neglect-2018")).content()


def but_for_tracked_changes(form: RawForm) -> set[object]:
    return {note for note in form.notes if note.check != "tracked_changes"}


@pytest.mark.parametrize("which", range(len(REWRITTEN)), ids=[change.__name__ for change in REWRITTEN])
def test_every_way_of_writing_changes_the_file(which: int) -> None:
    data = forms()["returns/B/CSC.docx"]
    assert rewritten(data, [(which, seed) for seed in range(5)], "w") != rewritten(data, [], "w")


@settings(max_examples=60)
@given(
    path=st.just("everything") | st.deferred(lambda: st.sampled_from(sorted(forms()))),
    steps=st.lists(st.tuples(st.integers(0, len(REWRITTEN) - 1), st.integers(0, 10_000)), max_size=12),
    prefix=st.sampled_from(["w", "w", "ns0", ""]),
)
def test_a_form_written_in_another_way_is_read_the_same(path: str, steps: list[tuple[int, int]], prefix: str) -> None:
    before, coded = outcome(path)
    after = read_word(rewritten(forms()[path], steps, prefix), "docx")
    assert after.blocks == before.blocks
    assert (after.text_in_file, after.text_read) == (before.text_in_file, before.text_read)
    assert but_for_tracked_changes(after) == but_for_tracked_changes(before)
    assert code_form(after, load_instrument("neglect-2018")).content() == coded
