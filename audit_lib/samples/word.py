"""Writing Word documents: the few pieces of WordprocessingML that a form needs, as strings, and the file around them.

Nothing here depends on the clock or on chance: the same pieces give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

BOLD = "<w:b/>"
ITALIC = "<w:i/>"
STRUCK = "<w:strike/>"
HIGHLIGHTED = '<w:highlight w:val="yellow"/>'
UNDERLINED = '<w:u w:val="single"/>'
_PROMPT_LOOK = '<w:rStyle w:val="PlaceholderText"/>'
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECE = 7  # characters to a run where a form's text is split into several runs


def _text(text: str, tag: str = "w:t") -> str:
    """``text`` as the inside of a run: line feed as a line break, tab as a tab; characters that XML cannot hold are left out."""
    parts = re.split("([\n\t])", _NOT_XML.sub("", text))
    return "".join(_BREAKS.get(part) or f'<{tag} xml:space="preserve">{escape(part)}</{tag}>' for part in parts if part)


class Pen:
    """Writes what stands inside a paragraph. ``split`` breaks text into several runs, as Word does after corrections.

    It numbers the tracked changes of one document, so a document wants a pen of its own.
    """

    def __init__(self, split: bool = False) -> None:
        self._split = split
        self._changes = count(1)

    def run(self, text: str, look: str = "") -> str:
        """``text`` in one look (or several looks joined: ``BOLD + STRUCK``)."""
        size = _PIECE if self._split else max(len(text), 1)
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        pieces = (text[start : start + size] for start in range(0, len(text), size))
        return "".join(f"<w:r>{properties}{_text(piece)}</w:r>" for piece in pieces)

    def _change(self) -> str:
        return f'w:id="{next(self._changes)}" w:author="A colleague" w:date="2018-05-01T09:00:00Z"'

    def inserted(self, text: str) -> str:
        """``text`` as a tracked insertion."""
        return f"<w:ins {self._change()}>{self.run(text)}</w:ins>" if text else ""

    def deleted(self, text: str) -> str:
        """``text`` as a tracked deletion."""
        return f"<w:del {self._change()}><w:r>{_text(text, 'w:delText')}</w:r></w:del>"

    def deleted_paragraph(self, text: str) -> str:
        """A whole paragraph as a tracked deletion, its end included."""
        mark = f"<w:pPr><w:rPr><w:del {self._change()}/></w:rPr></w:pPr>"
        return f"<w:p>{mark}{self.deleted(text)}</w:p>"

    def check_box(self, ticked: bool) -> str:
        """A check box content control."""
        return (
            f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
            f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{'☒' if ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def drop_down(self, options: Sequence[str], chosen: str) -> str:
        """A drop-down content control; ``chosen`` empty leaves its prompt."""
        return _control(_drop_down_list(options), self.run(chosen), "Choose an item.")

    def drop_down_cell(self, options: Sequence[str], chosen: str, width: int) -> str:
        """A cell that is a drop-down content control as a whole, as Word makes it when a whole cell is selected."""
        if chosen:
            properties, shown = "", self.run(chosen)
        else:
            properties, shown = "<w:showingPlcHdr/>", self.run("Choose an item.", _PROMPT_LOOK)
        inside = cell(paragraph(shown), width)
        control = f"<w:sdtPr>{properties}{_drop_down_list(options)}</w:sdtPr>"
        return f"<w:sdt>{control}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    def text_control(self, text: str) -> str:
        """A plain text content control; ``text`` empty leaves its prompt."""
        return _control("<w:text/>", self.run(text), "Click or tap here to enter text.")

    def date_picker(self, text: str) -> str:
        """A date picker; ``text`` empty leaves its prompt."""
        kind = '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/></w:date>'
        return _control(kind, self.run(text), "Click or tap to enter a date.")

    def legacy_check_box(self, ticked: bool) -> str:
        """A check box form field, as older forms have."""
        data = f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked w:val="{int(ticked)}"/></w:checkBox>'
        return _legacy_field("FORMCHECKBOX", data, "")

    def legacy_drop_down(self, options: Sequence[str], chosen: str) -> str:
        """A drop-down form field, as older forms have; its first entry is a prompt, which stands when ``chosen`` is empty."""
        entries = ["Select...", *options]
        result = f'<w:result w:val="{entries.index(chosen)}"/>' if chosen else ""
        listed = "".join(f"<w:listEntry w:val={quoteattr(entry)}/>" for entry in entries)
        return _legacy_field("FORMDROPDOWN", f"<w:ddList>{result}{listed}</w:ddList>", "")

    def legacy_text(self, text: str) -> str:
        """A text form field, as older forms have; ``text`` empty leaves the five wide blanks that Word shows."""
        return _legacy_field("FORMTEXT", "<w:textInput/>", self.run(text or "\u2002" * 5))


def _drop_down_list(options: Sequence[str]) -> str:
    items = "".join(f"<w:listItem w:displayText={quoteattr(item)} w:value={quoteattr(item)}/>" for item in options)
    return f"<w:dropDownList>{items}</w:dropDownList>"


def _control(kind: str, content: str, prompt: str) -> str:
    if content:
        return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    shown = f"<w:r><w:rPr>{_PROMPT_LOOK}</w:rPr><w:t>{prompt}</w:t></w:r>"
    return f"<w:sdt><w:sdtPr><w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def _legacy_field(name: str, data: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Field"/><w:enabled/><w:calcOnExit w:val="0"/>'
        f'{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(content: str = "", style: str = "") -> str:
    """A paragraph in a style of the document: Title, Heading1, Label, ListBullet, ListNumber; empty for the ordinary one."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{content}</w:p>"


def block_control(paragraphs: str) -> str:
    """A rich text content control around whole paragraphs."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraphs}</w:sdtContent></w:sdt>"


def cell(content: str, width: int, span: int = 1, merge: str = "", shade: str = "") -> str:
    """A cell of paragraphs, ``width`` in twentieths of a point. ``merge`` is "restart" or "continue" for cells merged downwards,
    ``shade`` the colour that fills it (RRGGBB).
    """
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(rows: Iterable[Iterable[str]], widths: Iterable[int]) -> str:
    """A table with lines around its cells, and columns of ``widths`` (twentieths of a point)."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>" for cells in rows)
    properties = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_CONTENT_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>\
<Override PartName="/word/numbering.xml" ContentType="{_MAIN}.numbering+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""

_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""

_DOCUMENT_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/relationships/numbering" Target="numbering.xml"/>\
</Relationships>"""

_STYLES = f"""<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="20"/><w:lang w:val="en-GB"/>\
</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:spacing w:after="200"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:keepNext/><w:spacing w:before="280" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr>\
<w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Label"><w:name w:val="Label"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>\
<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="List Number"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>\
<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="808080"/></w:rPr>\
</w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" \
w:type="dxa"/><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>\
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>\
{"".join(f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))}\
</w:tblBorders></w:tblPr></w:style></w:styles>"""


def _list(number: int, kind: str, text: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    )


_NUMBERING = f"""<w:numbering {_W}>{_list(0, "bullet", "•")}{_list(1, "decimal", "%1.")}\
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def _document(body: str) -> str:
    names = (
        f'{_W} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
    )
    page = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="850" w:right="850" '
        'w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {names}><w:body>{body}{page}</w:body></w:document>"


def _properties(modified: str) -> str:
    date = f'<dcterms:{{0}} xsi:type="dcterms:W3CDTF">{escape(modified)}</dcterms:{{0}}>'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{date.format("created")}{date.format("modified")}</cp:coreProperties>'
    )


def document(body: str, modified: str) -> bytes:
    """A .docx file: A4 landscape, ``body`` of paragraphs and tables, last changed at ``modified`` (ISO date and time, UTC)."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _document(body),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "docProps/core.xml": _properties(modified),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system; zipfile would put the system's own
            package.writestr(entry, _XML + text)
    return out.getvalue()
