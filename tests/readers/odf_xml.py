"""A tiny writer of OpenDocument files from raw XML, so that a test shows exactly what stands in the file it reads."""

from __future__ import annotations

from .word_xml import zipped

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
PREFIXES = {
    "office": "office",
    "style": "style",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "form": "form",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
    "meta": "meta",
    "script": "script",
}
NAMES = " ".join(f'xmlns:{prefix}="{OASIS}:{name}:1.0"' for prefix, name in PREFIXES.items()) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)
TEXT = "application/vnd.oasis.opendocument.text"


def p(*content: str, style: str = "", tag: str = "p") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:{tag}{named}>{''.join(content)}</text:{tag}>"


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def td(*content: str, attributes: str = "") -> str:
    """A cell; content that is no XML becomes a paragraph."""
    inside = "".join(part if part.startswith("<") else p(part) for part in content or ("",))
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def tr(*cells: str, attributes: str = "") -> str:
    """A row; a cell that is no XML becomes a cell of text."""
    inside = "".join(cell if cell.startswith("<") else td(cell) for cell in cells)
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


def table(*rows: str, attributes: str = "") -> str:
    return f"<table:table {attributes}><table:table-column/>{''.join(rows)}</table:table>"


def spans(columns: int = 1, rows: int = 1) -> str:
    return f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'


def repeated(what: str, times: int | str) -> str:
    return f'table:number-{what}-repeated="{times}"'


def box(*content: str) -> str:
    """A text box."""
    return f"<draw:frame><draw:text-box>{''.join(content)}</draw:text-box><svg:desc>not shown</svg:desc></draw:frame>"


def note(text: str, sort: str = "footnote") -> str:
    citation = "<text:note-citation>1</text:note-citation>"
    return f'<text:note text:note-class="{sort}">{citation}<text:note-body>{p(text)}</text:note-body></text:note>'


def style(name: str, family: str = "text", parent: str = "", more: str = "", **kinds: str) -> str:
    """A style. ``kinds``: the attributes of its properties by their kind (``text``, ``paragraph``, ``table_cell`` ...)."""
    inside = "".join(f"<style:{kind.replace('_', '-')}-properties {said}/>" for kind, said in kinds.items())
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above} {more}>{inside}</style:style>'


def parts(
    body: str,
    *,
    automatic: str = "",
    fonts: str = "",
    common: str = "",
    margin_automatic: str = "",
    masters: str = "",
    meta: str = "",
    manifest: str = "",
) -> dict[str, str | bytes]:
    """The parts of a file with this body. The styles are those of ``content.xml`` (automatic) and of ``styles.xml``."""
    faces = f"<office:font-face-decls>{fonts}</office:font-face-decls>"
    return {
        "mimetype": TEXT,
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}>{faces}'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}>{faces}<office:styles>{common}</office:styles>"
        f"<office:automatic-styles>{margin_automatic}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml">{manifest}</manifest:file-entry></manifest:manifest>',
    }


def odt(body: str, **options: str) -> bytes:
    """An OpenDocument text with this body. Options as for :func:`parts`."""
    return zipped(parts(body, **options))


def fodt(body: str, *, automatic: str = "", masters: str = "", meta: str = "") -> bytes:
    """The same as one piece of XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:mimetype="{TEXT}">'
        f"<office:meta>{meta}</office:meta><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()
