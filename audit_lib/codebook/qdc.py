"""A codebook for programs of qualitative analysis: REFI-QDA Codebook Exchange (``.qdc``), version 1.0.

The format: https://www.qdasoftware.org (a set of codes, each with a GUID, a name, a description and a colour, in XML). What the
program looks for is ours and has no place in it; it goes into the description only as far as people need it.
"""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from lxml import etree

from audit_lib import __version__
from audit_lib.codebook.book import NO_CODE, Code, Codebook, load_codebook
from audit_lib.errors import Fault, UserFault, shown_path
from audit_lib.text import clean, fold, slug

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_OURS = uuid.UUID("6f1d3c52-8a6e-5b0c-9d43-2f0b1c7e9a11")  # any fixed one: it makes the same codes have the same GUIDs
COLOURS = ("#0B3C5D", "#2E75A6", "#A8420C", "#F5D076", "#4B7F52", "#6B4C8A", "#8C5A2B", "#3F7F7F")
_LARGEST = 20_000_000  # bytes; a codebook has some hundred codes


def guid_of(code: str, book: str) -> str:
    """The GUID of a code of a codebook: the same each time."""
    return str(uuid.uuid5(_OURS, f"{book}/{code}"))


def to_qdc(book: Codebook) -> bytes:
    """The codebook as a ``.qdc`` file; the same bytes each time."""
    root = etree.Element("CodeBook", xmlns=NAMESPACE, origin=f"audit-lib {__version__}")
    codes = etree.SubElement(root, "Codes")
    for place, code in enumerate(book.codes):
        attributes = {
            "guid": guid_of(code.id, book.id),
            "name": code.name,
            "isCodable": "true",
            "color": COLOURS[place % len(COLOURS)],
        }
        element = etree.SubElement(codes, "Code", attributes)
        etree.SubElement(element, "Description").text = description(code)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def description(code: Code) -> str:
    """What people who code by hand have to know of a code, with its id so that it comes back."""
    lines = [code.definition]
    lines += [f"Includes: {'; '.join(code.include)}."] if code.include else []
    lines += [f"Leaves to others: {'; '.join(code.exclude)}."] if code.exclude else []
    return "\n".join([*lines, f"[{code.id}]"])


def from_qdc(path: Path) -> Codebook:
    """The codebook in a ``.qdc`` file, codes within codes one after the other. Codes of ours keep their ids; others get one from
    their name.

    Such a codebook has no cues: it serves for coding by hand. Raises UserFault for a file that is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserFault([Fault(shown_path(path), 0, f"cannot be read: {error.strerror}")]) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data[:_LARGEST], parser)
    except etree.XMLSyntaxError as error:
        raise UserFault([Fault(shown_path(path), error.lineno or 0, "is not a codebook of REFI-QDA (.qdc)")]) from None
    elements = list(root.iter(f"{{{NAMESPACE}}}Code"))
    if not elements:
        raise UserFault([Fault(shown_path(path), 0, "holds no code of REFI-QDA (.qdc)")])
    codes: dict[str, Code] = {}
    names: set[str] = set()
    for element in elements:
        code = _code(_name_of(element, names), element.findtext(f"{{{NAMESPACE}}}Description", "") or "")
        names.add(fold(code.name))
        number = 1
        while code.id in codes or code.id == NO_CODE:
            number += 1
            code = code.model_copy(update={"id": f"{_id_of(code.name)}_{number}"})
        codes[code.id] = code
    return Codebook(id=slug(path.stem), title=path.stem, codes=tuple(codes.values()))


def _name_of(element: etree._Element, taken: set[str]) -> str:
    """The name of a code; where another has it, with that of the code above it, or with a number."""
    name = clean(element.get("name", "")) or "code"
    above = element.getparent()
    if fold(name) in taken and above is not None and above.get("name"):
        name = f"{clean(above.get('name', ''))}: {name}"
    number, plain = 1, name
    while fold(name) in taken:
        number += 1
        name = f"{plain} ({number})"
    return name


def _code(name: str, text: str) -> Code:
    lines = [clean(line) for line in text.splitlines()]
    ours = re.fullmatch(r"\[([a-z][a-z0-9_]{0,59})\]", lines[-1]) if lines else None
    lists = {"Includes: ": (), "Leaves to others: ": ()}
    told: list[str] = []
    for line in lines[:-1] if ours else lines:
        lead = next((lead for lead in lists if line.startswith(lead)), "")
        if lead and ours:
            lists[lead] = tuple(line.removeprefix(lead).removesuffix(".").split("; "))  # type: ignore[assignment]
        else:
            told.append(line)
    include, exclude = lists.values()
    return Code(
        id=ours[1] if ours else _id_of(name),
        name=name,
        definition=clean(" ".join(told)),
        include=include,
        exclude=exclude,
    )


def _id_of(name: str) -> str:
    found = slug(name).replace("-", "_")
    return found if found[0].isalpha() else f"c_{found}"


def open_codebook(path: Path | None) -> Codebook:
    """A codebook of one's own (YAML, or REFI-QDA by its ending ``.qdc``), or the one that comes with the project."""
    if path is None:
        return load_codebook()
    return from_qdc(path) if path.suffix.casefold() == ".qdc" else load_codebook(path)
