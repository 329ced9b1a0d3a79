"""The project for programs of qualitative analysis: as the standard asks, every selected text right."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from audit_lib.analysis.rows import text_rows
from audit_lib.codebook.book import load_codebook
from audit_lib.codebook.qdc import guid_of
from audit_lib.exports.qda_project import NAMESPACE, to_qdpx

from .small_audit import HOSTILE, small

_GUID = 'type="guid" use="required"'
_WHEN = '<xs:attribute name="creatingUser" type="guid"/><xs:attribute name="creationDateTime" type="xs:dateTime"/>'


def _kind(name: str, content: str, attributes: str) -> str:
    return f'<xs:complexType name="{name}"><xs:sequence>{content}</xs:sequence>{attributes}</xs:complexType>'


def _some(name: str, kind: str, least: int = 0) -> str:
    return f'<xs:element name="{name}" type="{kind}" minOccurs="{least}" maxOccurs="unbounded"/>'


def _list(name: str, child: str, kind: str) -> str:
    return (
        f'<xs:element name="{name}" minOccurs="0"><xs:complexType><xs:sequence>{_some(child, kind, 1)}'
        "</xs:sequence></xs:complexType></xs:element>"
    )


# The structure that the published schema of REFI-QDA projects 1.0 asks for, as far as we write it, in our own words.
SCHEMA = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}" xmlns="{NAMESPACE}"
elementFormDefault="qualified">
<xs:simpleType name="guid"><xs:restriction base="xs:string"><xs:pattern value="[0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}"/>
</xs:restriction></xs:simpleType>
{_kind("user", "", f'<xs:attribute name="guid" {_GUID}/><xs:attribute name="name" type="xs:string"/>')}
{_kind("ref", "", f'<xs:attribute name="targetGUID" {_GUID}/>')}
{
    _kind(
        "code",
        '<xs:element name="Description" type="xs:string" minOccurs="0"/>',
        f'<xs:attribute name="guid" {_GUID}/><xs:attribute name="name" type="xs:string" use="required"/>'
        '<xs:attribute name="isCodable" type="xs:boolean" use="required"/><xs:attribute name="color" type="xs:string"/>',
    )
}
{
    _kind(
        "variable",
        "",
        f'<xs:attribute name="guid" {_GUID}/><xs:attribute name="name" type="xs:string" use="required"/>'
        '<xs:attribute name="typeOfVariable" use="required"><xs:simpleType><xs:restriction base="xs:string">'
        '<xs:enumeration value="Text"/></xs:restriction></xs:simpleType></xs:attribute>',
    )
}
{
    _kind(
        "value",
        '<xs:element name="VariableRef" type="ref"/><xs:element name="TextValue" type="xs:string"/>',
        "",
    )
}
{
    _kind(
        "case",
        _some("VariableValue", "value") + _some("SourceRef", "ref"),
        f'<xs:attribute name="guid" {_GUID}/><xs:attribute name="name" type="xs:string"/>',
    )
}
{_kind("coding", _some("CodeRef", "ref", 1), f'<xs:attribute name="guid" {_GUID}/>' + _WHEN)}
{
    _kind(
        "selection",
        _some("Coding", "coding"),
        f'<xs:attribute name="guid" {_GUID}/><xs:attribute name="startPosition" type="xs:integer" use="required"/>'
        '<xs:attribute name="endPosition" type="xs:integer" use="required"/>' + _WHEN,
    )
}
{
    _kind(
        "source",
        _some("PlainTextSelection", "selection") + _some("VariableValue", "value"),
        f'<xs:attribute name="guid" {_GUID}/><xs:attribute name="name" type="xs:string"/>'
        '<xs:attribute name="plainTextPath" type="xs:string"/>' + _WHEN,
    )
}
<xs:element name="Project"><xs:complexType><xs:sequence>
{_list("Users", "User", "user")}
<xs:element name="CodeBook"><xs:complexType><xs:sequence>{
    _list("Codes", "Code", "code")
}</xs:sequence></xs:complexType></xs:element>
{_list("Variables", "Variable", "variable")}{_list("Cases", "Case", "case")}{_list("Sources", "TextSource", "source")}
</xs:sequence><xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="origin" type="xs:string"/>
<xs:attribute name="creationDateTime" type="xs:dateTime"/></xs:complexType></xs:element></xs:schema>"""


def opened(data: bytes) -> tuple[etree._Element, dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        texts = {name: file.read(name).decode() for name in file.namelist() if name.startswith("Sources/")}
        return etree.fromstring(file.read("project.qde")), texts


def tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


@pytest.mark.parametrize("which", ["sample", "hostile", "empty"])
def test_a_project_is_as_the_standard_asks(tables, which):
    chosen = {"sample": tables, "hostile": small(HOSTILE), "empty": small(())}[which]
    root, texts = opened(to_qdpx(chosen))
    etree.XMLSchema(etree.fromstring(SCHEMA.encode())).assertValid(root)
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(set(guids)) == len(guids)
    assert {each.get("targetGUID") for each in root.iter() if each.get("targetGUID")} <= set(guids)
    named = {each.get("plainTextPath").replace("internal://", "Sources/") for each in root.iter(tag("TextSource"))}
    assert named == set(texts)


def test_the_selected_text_is_the_evidence_or_the_whole_comment(tables):
    root, texts = opened(to_qdpx(tables))
    people = {user.get("guid"): user.get("name") for user in root.iter(tag("User"))}
    found = set()
    for source in root.iter(tag("TextSource")):
        text = texts[source.get("plainTextPath").replace("internal://", "Sources/")]
        for one in source.iter(tag("PlainTextSelection")):
            chosen = text[int(one.get("startPosition")) : int(one.get("endPosition"))]
            found.add((people[one.get("creatingUser")], one[0][0].get("targetGUID"), chosen))
    texts_of = {
        row["comment_id"]: row["text"].replace("\r", " ").replace("\n", " ") for row in text_rows(tables.comments)
    }
    coders = {("tool", "sure"): "audit-lib", ("tool", "unsure"): "audit-lib, unsure"}
    book = load_codebook()
    assert found == {
        (
            coders[row["coder"], row["certainty"]] if row["coder"] == "tool" else row["coder"],
            guid_of(row["code"], book.id),
            row["evidence"].replace("\n", " ") or texts_of[row["comment_id"]],
        )
        for row in text_rows(tables.codings)
    }
    assert {"audit-lib", "audit-lib, unsure", "Ann", "Bob"} == {coder for coder, _, _ in found}


def test_case_agency_and_audit_are_variables_of_every_text(tables):
    root, _ = opened(to_qdpx(tables))
    names = {one.get("guid"): one.get("name") for one in root.iter(tag("Variable"))}
    returns = {(row["case"], row["agency"]) for row in text_rows(tables.comments)}
    found = set()
    for source in root.iter(tag("TextSource")):
        values = {names[one[0].get("targetGUID")]: one[1].text for one in source.iter(tag("VariableValue"))}
        assert values["audit"] == tables.audit
        found.add((values["case"], values["agency"]))
    assert found == returns
