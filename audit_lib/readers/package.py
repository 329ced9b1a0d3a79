"""Safe opening of an Office file, which is a zip archive of XML parts that refer to each other.

Nothing is ever written to disk, nothing outside the file is ever opened, and nothing is inflated beyond set limits:
the archive's own account of its sizes is checked first, and the bytes are counted again while they are inflated,
because the account may lie.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from audit_lib.errors import UnreadableFile
from audit_lib.readers.moments import universal

MAX_PARTS = 5_000
MAX_PART_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000
MAX_RATIO = 200
RATIO_FLOOR_BYTES = 1_000_000  # small parts of mostly white space compress well and do no harm
_CHUNK = 1 << 20
_SMALL_CHUNK = 1 << 12
_FIRST_ELEMENT = re.compile(rb"(?:[^<]+|<\?.*?\?>|<!--.*?-->)*+<[^?!]", re.DOTALL)
_ENCRYPTED_FLAG = 0x1
_SIGNATURE = b"PK\3\4"
_HEAD = struct.Struct("<4s22xHH")  # before each part: a signature, and the lengths of its name and of what follows that

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = "http://schemas.openxmlformats.org/"


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part says about another. ``kind`` is the last word of its type ("header", "hyperlink").

    ``target`` is the name of a part of this package, or what stands outside the file when ``external``.
    """

    id: str
    kind: str
    target: str
    external: bool


class Packed(NamedTuple):
    """One part as it lies in the archive: its bytes, whether they are deflated, how many they should become, their checksum."""

    raw: bytes
    deflated: bool
    size: int
    checksum: int

    def inflated(self, most: int = MAX_TOTAL_BYTES) -> bytes:
        """The part itself. Raises :class:`UnreadableFile` with ``damaged`` or ``too_large`` (beyond ``most`` bytes, too)."""
        found, length = [], 0
        for chunk in self.chunks(_CHUNK):
            found.append(chunk)
            length += len(chunk)
            if length > self.size:
                break  # the account lies, and nobody knows how much more there is
            _check_size(length, len(self.raw), length + MAX_TOTAL_BYTES - most)
        whole = b"".join(found)
        if length != self.size or zlib.crc32(whole) != self.checksum:
            raise UnreadableFile("damaged")
        return whole

    def chunks(self, size: int) -> Iterator[bytes]:
        """The part in pieces of at most so many bytes, unchecked. Raises :class:`UnreadableFile` with ``damaged``."""
        if not self.deflated:
            yield from (self.raw[at : at + size] for at in range(0, len(self.raw), size))
            return
        inflater, waiting = zlib.decompressobj(-zlib.MAX_WBITS), self.raw
        try:
            while chunk := inflater.decompress(waiting, size):
                yield chunk
                waiting = inflater.unconsumed_tail
        except zlib.error as error:
            raise UnreadableFile("damaged") from error


class Package:
    """The parts of one Office file, inflated when asked for.

    Raises :class:`UnreadableFile` with ``damaged``, ``encrypted``, ``too_large`` or ``unsafe``.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OverflowError) as error:
            raise UnreadableFile("damaged") from error
        _preflight(entries)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = _part_key(entry.filename)
            if name in self._entries:
                raise UnreadableFile("unsafe", "two parts of the file have the same name")
            self._entries[name] = entry
        self._inflated: dict[str, bytes] = {}
        self._relationships: dict[str, list[Relationship]] = {}
        self._total = 0

    def names(self) -> list[str]:
        """The names of all parts, lower case, without a leading slash, in the order of the archive."""
        return list(self._entries)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _part_key(name) in self._entries

    def part(self, name: str) -> bytes:
        """The bytes of a part. A part that is not there is ``damaged``: another part said that it was."""
        part = _part_key(name)
        if part not in self._inflated:
            if part not in self._entries:
                raise UnreadableFile("damaged", "a part of the file is missing")
            self._inflated[part] = self.packed(part).inflated(MAX_TOTAL_BYTES - self._total)
            self._total += len(self._inflated[part])
        return self._inflated[part]

    def packed(self, name: str) -> Packed:
        """The same part as it lies in the file, which is enough to know it again."""
        entry = self._entries[_part_key(name)]
        start = entry.header_offset + _HEAD.size
        try:
            signature, of_name, of_extra = _HEAD.unpack(self._data[entry.header_offset : start])
        except struct.error as error:
            raise UnreadableFile("damaged") from error
        start += of_name + of_extra
        raw = self._data[start : start + entry.compress_size]
        if signature != _SIGNATURE or len(raw) < entry.compress_size:
            raise UnreadableFile("damaged")
        return Packed(raw, entry.compress_type == zipfile.ZIP_DEFLATED, entry.file_size, entry.CRC)

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part, strict names turned into the transitional ones that every reader looks for."""
        return parse_part(self.part(name))

    def refuse_document_types(self) -> None:
        """Refuse the file when any XML part declares a document type, the way in for entity attacks (``unsafe``).

        Of parts that nobody has asked for, no more is inflated than this takes.
        """
        for name in self._entries:
            if name.endswith((".xml", ".rels")):
                _refuse_document_type(self._inflated[name] if name in self._inflated else self._beginning(name))

    def relationships(self, source: str = "") -> list[Relationship]:
        """What ``source`` refers to ("" is the package itself). None when it refers to nothing."""
        if source not in self._relationships:
            self._relationships[source] = self._read_relationships(source)
        return self._relationships[source]

    def _read_relationships(self, source: str) -> list[Relationship]:
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return []
        found = []
        for element in self.xml(rels).iter(f"{{{_PACKAGE}relationships}}Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relationship(element.get("Id", ""), kind, target, external))
        return found

    def all_relationships(self) -> list[Relationship]:
        """The relationships of the package and of every part, in the order of the archive."""
        found = []
        for name in self._entries:
            folder, file = posixpath.split(name)
            if posixpath.basename(folder) == "_rels" and file.endswith(".rels"):
                found += self.relationships(posixpath.join(posixpath.dirname(folder), file[: -len(".rels")]))
        return found

    def content_type(self, name: str) -> str:
        """The declared content type of a part, lower case; empty when none is declared."""
        if not self.has("[Content_Types].xml"):
            return ""
        extension = posixpath.splitext(name)[1].lstrip(".").lower()
        default = ""
        for element in self.xml("[Content_Types].xml"):
            declared = element.get("ContentType", "").lower()
            if _part_key(element.get("PartName", "")) == _part_key(name):
                return declared
            if element.get("Extension", "").lower() == extension:
                default = declared
        return default

    def main_part(self) -> str:
        """The name of the part in which the document itself stands; empty when the package names none."""
        targets = [
            relationship.target for relationship in self.relationships() if relationship.kind == "officeDocument"
        ]
        return targets[0] if targets else ""

    def modified(self) -> str:
        """The document's own date of last change in universal time; empty when it has none that can be read."""
        for one in self.relationships():
            if one.kind == "core-properties" and self.has(one.target):
                try:
                    return universal(self.xml(one.target).findtext(_MODIFIED) or "")
                except UnreadableFile:  # a date is not worth a form
                    continue
        return ""

    def _beginning(self, name: str) -> bytes:
        """A part of XML as far as its first element and a little further: where a document type would stand.

        All of it where that cannot be told for certain: in two bytes a letter, or far from the beginning.
        """
        start = next(self.packed(name).chunks(_SMALL_CHUNK), b"")
        return start if b"\0" not in start and _FIRST_ELEMENT.match(start) else self.part(name)


def _preflight(entries: list[zipfile.ZipInfo]) -> None:
    """Check what the archive says of itself, before anything is inflated."""
    if len(entries) > MAX_PARTS:
        raise UnreadableFile("too_large", "too many parts")
    if entries and min(entry.header_offset for entry in entries) > 0:
        raise UnreadableFile("unsafe", "something stands before the archive")
    total = 0
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise UnreadableFile("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile("unsafe", "a way of compressing that Word does not use")
        if ".." in entry.filename.replace("\\", "/").split("/"):
            raise UnreadableFile("unsafe", "a part whose name points outside the file")
        total += entry.file_size
        _check_size(entry.file_size, entry.compress_size, total)


def _check_size(inflated: int, compressed: int, total: int) -> None:
    if inflated > MAX_PART_BYTES or total > MAX_TOTAL_BYTES:
        raise UnreadableFile("too_large")
    if inflated > RATIO_FLOOR_BYTES and inflated > MAX_RATIO * compressed:
        raise UnreadableFile("too_large", "a part swells to more than 200 times its packed size")


def _part_key(name: str) -> str:
    """Names of parts do not depend on capitals, on a leading slash, or on which slash a program wrote."""
    return name.replace("\\", "/").lstrip("/").lower()


def parse_part(data: bytes) -> etree._Element:
    """The same as :func:`parse_xml`, strict names turned into the transitional ones that every reader looks for."""
    root = parse_xml(data)
    if any(uri.startswith(_STRICT) for uri in root.nsmap.values()):
        _make_transitional(root)
    return root


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part. No document type, no entities, no network, libxml2's own limits left on.

    Raises :class:`UnreadableFile` with ``unsafe`` or ``damaged``.
    """
    _refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # LibreOffice writes an xml:id twice, which is no fault of the text
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        beyond_limits = getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT
        raise UnreadableFile("unsafe" if beyond_limits else "damaged") from error
    except ValueError as error:  # an encoding that is not there
        raise UnreadableFile("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile("unsafe", "a document type is declared")
    return root


def _refuse_document_type(data: bytes) -> None:
    if b"<!DOCTYPE" in data or (b"\0" in data and b"<!DOCTYPE" in data.replace(b"\0", b"")):  # the second for UTF-16
        raise UnreadableFile("unsafe", "a document type is declared")


def _make_transitional(root: etree._Element) -> None:
    """Rename every strict element and attribute, in place."""
    for element in root.iter(etree.Element):
        element.tag = _transitional(element.tag)
        for name in map(str, element.keys()):
            if _transitional(name) != name:
                element.set(_transitional(name), element.attrib.pop(name))


def _transitional(name: str) -> str:
    """``{http://purl.oclc.org/ooxml/wordprocessingml/main}p`` -> the name of the same element in the transitional form."""
    if not name.startswith(f"{{{_STRICT}"):
        return name
    family, _, rest = name[len(_STRICT) + 1 :].partition("/")
    return f"{{{_TRANSITIONAL}{family}/2006/{rest}"
