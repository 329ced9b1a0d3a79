"""The comments of an audit as a project for NVivo, ATLAS.ti, MAXQDA, QualCoder: REFI-QDA Project Exchange (``.qdpx``), version 1.0.

The format: https://www.qdasoftware.org (a zip file with ``project.qde``, in XML, and the texts in ``Sources/``). Positions count
characters from 0; the end is the first character that does not belong.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from audit_lib import __version__
from audit_lib.analysis.coder_agreement import TOOL
from audit_lib.analysis.comments import place_in_form
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.codebook.book import Codebook
from audit_lib.codebook.qdc import COLOURS, description, guid_of
from audit_lib.exports.archive import archive
from audit_lib.exports.coding_sheet import NONE, NONE_NAME
from audit_lib.present.report import results
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables

NAMESPACE = "urn:QDA-XML:project:1.0"
TOOL_NAME, UNSURE_NAME = (
    "audit-lib",
    "audit-lib, unsure",
)  # what the program is sure of counts in reports, the other does not
_UNSURE = "tool, unsure"
_OURS = uuid.UUID("6f1d3c52-8a6e-5b0c-9d43-2f0b1c7e9a12")  # any fixed one: it makes the same things have the same GUIDs
_MADE = "2000-01-01T00:00:00Z"  # some programs refuse what has no time


@dataclass(frozen=True)
class Source:
    """The comments of one return as one text, and where in it each comment begins and ends."""

    guid: str
    name: str
    text: str
    spans: Mapping[str, tuple[int, int]]
    row: Mapping[str, str]


def to_qdpx(tables: AuditTables) -> bytes:
    """A project with one text for each return, every coding with its coder, the codebook, and case, agency, audit as variables.

    Before each comment stands a line with its id in square brackets: by it codings made elsewhere find their way back. A
    person's coding covers the whole comment, one by the program the words that showed the code.
    """
    book, sources = tables.book, sources_of(tables)
    about = results.about(tables)
    root = etree.Element("Project", xmlns=NAMESPACE, name=tables.title, origin=f"{TOOL_NAME} {__version__}")
    root.set("creationDateTime", _MADE)
    coders = sorted({_coder(row) for row in text_rows(tables.codings)} | {TOOL})
    users = etree.SubElement(root, "Users")
    for coder in coders:
        etree.SubElement(
            users, "User", guid=_guid("user", coder), name={TOOL: TOOL_NAME, _UNSURE: UNSURE_NAME}.get(coder, coder)
        )
    _codebook(root, book)
    variables = etree.SubElement(root, "Variables")
    for name in ("audit", "date", "case", "agency"):
        etree.SubElement(variables, "Variable", guid=_guid("variable", name), name=name, typeOfVariable="Text")
    _cases(root, sources)
    if sources:
        place = etree.SubElement(root, "Sources")
        codings: dict[str, list[dict[str, str]]] = {}
        for row in text_rows(tables.codings):
            codings.setdefault(row["comment_id"], []).append(row)
        for source in sources:
            of_source = [row for comment in source.spans for row in codings.get(comment, [])]
            _source(place, source, of_source, book, about["date"])
    xml = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    texts = {f"Sources/{source.guid}.txt": source.text.encode() for source in sources}
    return archive({"project.qde": xml, **texts})


def sources_of(tables: AuditTables) -> list[Source]:
    """The comments of each return, as its tool prints what they belong to; the returns by case and agency."""
    by_return: dict[str, list[dict[str, str]]] = {}
    for row in sorted(text_rows(tables.comments), key=place_in_form(tables.instrument)):
        by_return.setdefault(row["return_id"], []).append(row)
    found = []
    for return_id, rows in by_return.items():
        text, spans = "", {}
        for row in rows:
            place = " ".join(each for each in (row["section"], row["question"]) if each)
            text += f"[{row['comment_id']}] {place} - {COLUMNS[row['column']]}\n"
            said = row["text"].replace("\r", " ").replace("\n", " ")
            spans[row["comment_id"]] = (len(text), len(text) + len(said))
            text += f"{said}\n\n"
        name = f"Case {rows[0]['case']}, {rows[0]['agency']}, {return_id[:6]}"
        found.append(Source(_guid("source", return_id), name, text, spans, rows[0]))
    return sorted(found, key=lambda one: (natural(one.row["case"]), one.row["agency"], one.guid))


def _codebook(root: etree._Element, book: Codebook) -> None:
    codes = etree.SubElement(etree.SubElement(root, "CodeBook"), "Codes")
    for place, code in enumerate(book.codes):
        colour = COLOURS[place % len(COLOURS)]
        element = etree.SubElement(codes, "Code", guid=guid_of(code.id, book.id), name=code.name, isCodable="true")
        element.set("color", colour)
        etree.SubElement(element, "Description").text = description(code)
    element = etree.SubElement(codes, "Code", guid=guid_of(NONE, book.id), name=NONE_NAME, isCodable="true")
    etree.SubElement(element, "Description").text = f"Nothing in the codebook fits.\n[{NONE}]"


def _cases(root: etree._Element, sources: list[Source]) -> None:
    by_case: dict[str, list[Source]] = {}
    for source in sources:
        by_case.setdefault(source.row["case"], []).append(source)
    if not by_case:
        return
    cases = etree.SubElement(root, "Cases")
    for case, of in by_case.items():
        element = etree.SubElement(cases, "Case", guid=_guid("case", case), name=f"Case {case}")
        _variable(element, "case", case)
        for source in of:
            etree.SubElement(element, "SourceRef", targetGUID=source.guid)


def _source(place: etree._Element, source: Source, codings: list[dict[str, str]], book: Codebook, date: str) -> None:
    element = etree.SubElement(
        place, "TextSource", guid=source.guid, name=source.name, plainTextPath=f"internal://{source.guid}.txt"
    )
    element.set("creatingUser", _guid("user", TOOL))
    element.set("creationDateTime", _MADE)
    for row in codings:
        begin, end = source.spans[row["comment_id"]]
        if row["evidence"] and row["start"]:
            begin, end = begin + int(row["start"]), begin + int(row["end"])
        named = (row["comment_id"], row["code"], row["coder"])
        coder = _guid("user", _coder(row))
        selection = etree.SubElement(element, "PlainTextSelection", guid=_guid("selection", *named))
        selection.set("startPosition", str(begin))
        selection.set("endPosition", str(end))
        selection.set("creatingUser", coder)
        selection.set("creationDateTime", _MADE)
        coding = etree.SubElement(selection, "Coding", guid=_guid("coding", *named), creatingUser=coder)
        coding.set("creationDateTime", _MADE)
        etree.SubElement(coding, "CodeRef", targetGUID=guid_of(row["code"], book.id))
    for name, value in (
        ("audit", source.row["audit"]),
        ("date", date),
        *((n, source.row[n]) for n in ("case", "agency")),
    ):
        _variable(element, name, value)


def _coder(row: Mapping[str, str]) -> str:
    return _UNSURE if row["certainty"] == "unsure" else row["coder"]


def _variable(element: etree._Element, name: str, value: str) -> None:
    place = etree.SubElement(element, "VariableValue")
    etree.SubElement(place, "VariableRef", targetGUID=_guid("variable", name))
    etree.SubElement(place, "TextValue").text = value


def _guid(*names: str) -> str:
    return str(uuid.uuid5(_OURS, "/".join(names)))
