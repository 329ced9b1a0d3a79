"""A tiny writer of Word files from raw XML, so that a test shows exactly what stands in the file it reads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPES = {
    "docx": f"{WORD}.document.main+xml",
    "dotx": f"{WORD}.template.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    f'xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, look: str = "") -> str:
    """A run of text with these run properties."""
    return f"<w:r><w:rPr>{look}</w:rPr>{t(text)}</w:r>"


def p(*content: str, props: str = "") -> str:
    """A paragraph; content that is no XML becomes a run."""
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p><w:pPr>{props}</w:pPr>{runs}</w:p>"


def tc(*content: str, props: str = "") -> str:
    """A cell; content that is no XML becomes a paragraph."""
    inside = "".join(part if part.startswith("<") else p(part) for part in content or ("",))
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A row; a cell that is no XML becomes a cell of text."""
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{props}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def span_of(width: int | str) -> str:
    """Cell properties: so many columns wide."""
    return f'<w:gridSpan w:val="{width}"/>'


def sdt(content: str, props: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def fld(kind: str, data: str = "") -> str:
    """One mark of a field: begin, separate or end."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{data}</w:fldChar></w:r>'


def field(instruction: str, result: str | None = None, data: str = "") -> str:
    """A whole field. ``data`` is the ``w:ffData`` of an old form field."""
    workings = fld("begin", data) + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return workings + (fld("separate") + result if result is not None else "") + fld("end")


def box(content: str) -> str:
    """A text box as Word writes it: once for new programs, once for old ones."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    new = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>'
    old = f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r>"


def part(root: str, content: str) -> str:
    """A whole part: ``part("styles", ...)``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMES}>{content}</w:{root}>'


def relationship(kind: str, target: str, number: int, external: bool = False) -> str:
    outside = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>'


def relationships(*each: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def parts(
    body: str,
    *,
    kind: str = "docx",
    main: str = "word/document.xml",
    modified: str = "",
    outside: tuple[tuple[str, str], ...] = (),
    **others: str,
) -> dict[str, str]:
    """The parts of a Word file. ``others``: the content of further parts by the kind of their relationship.

    The number of a part's relationship is its place among ``others`` from 1, for references to headers.
    """
    folder = main.rpartition("/")[0]
    roots = {"header": "hdr", "footer": "ftr"}
    related = [relationship(other, f"{other}.xml", number) for number, other in enumerate(others, start=1)]
    related += [relationship(what, where, 100 + n, external=True) for n, (what, where) in enumerate(outside)]
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    made = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
        f'<Override PartName="/{main}" ContentType="{MAIN_TYPES[kind]}"/></Types>',
        "_rels/.rels": relationships(
            relationship("officeDocument", main, 1),
            f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>',
        ),
        main: part("document", f"<w:body>{body}</w:body>"),
        f"{folder}/_rels/{main.rpartition('/')[2]}.rels": relationships(*related),
    }
    for other, content in others.items():
        made[f"{folder}/{other}.xml"] = part(roots.get(other, other), content)
    if modified:
        made["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"<dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
        )
    return made


def zipped(made: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **options: str) -> bytes:
    """A Word file with this body. Options as for :func:`parts`."""
    return zipped(parts(body, **options))  # type: ignore[arg-type]
