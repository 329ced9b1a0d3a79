"""Codebooks of one's own: their faults, and REFI-QDA there and back."""

from __future__ import annotations

import io

import pytest
from lxml import etree

from audit_lib.codebook.applying import apply_codebook, codebook_lines
from audit_lib.codebook.book import load_codebook
from audit_lib.codebook.qdc import NAMESPACE, from_qdc, guid_of, open_codebook, to_qdc
from audit_lib.errors import UserFault

# The structure that the published schema of REFI-QDA codebooks 1.0 asks for, in our own words.
SCHEMA = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{NAMESPACE}" xmlns="{NAMESPACE}"
elementFormDefault="qualified">
<xs:simpleType name="guid"><xs:restriction base="xs:string"><xs:pattern value="[0-9a-fA-F]{{8}}(-[0-9a-fA-F]{{4}}){{3}}-[0-9a-fA-F]{{12}}"/>
</xs:restriction></xs:simpleType>
<xs:simpleType name="colour"><xs:restriction base="xs:string"><xs:pattern value="#[0-9A-Fa-f]{{6}}"/></xs:restriction></xs:simpleType>
<xs:complexType name="code"><xs:sequence><xs:element name="Description" type="xs:string" minOccurs="0"/>
<xs:element name="Code" type="code" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
<xs:attribute name="guid" type="guid" use="required"/><xs:attribute name="name" type="xs:string" use="required"/>
<xs:attribute name="isCodable" type="xs:boolean" use="required"/><xs:attribute name="color" type="colour"/></xs:complexType>
<xs:element name="CodeBook"><xs:complexType><xs:sequence><xs:element name="Codes"><xs:complexType><xs:sequence>
<xs:element name="Code" type="code" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element></xs:sequence>
<xs:attribute name="origin" type="xs:string"/></xs:complexType></xs:element></xs:schema>"""
OWN = """id: mine
title: Mine
codes:
  - {id: food, name: Food, definition: What the child eats., cues: [breakfast, fed well]}
  - {id: sleep, name: Sleep, definition: How the child sleeps., cues: [sleep*], columns: [worried]}
"""


def written(tmp_path, text, name="mine.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_codebook_of_ones_own_codes_by_its_own_words(tmp_path):
    book = load_codebook(written(tmp_path, OWN))
    comments = written(
        tmp_path, "id,column,text\n1,worried,No breakfast and little sleep.\n2,going_well,Sleeps well.\n", "c.csv"
    )
    assert apply_codebook(comments, book) == (
        "id,code,evidence\n1,food,breakfast\n1,sleep,sleep\n",
        "1 of 2 comments coded; 0 with weak words only; 1 with none",
    )


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (("cues: [breakfast", "cues: [.. breakfast"), ["line 4", "does not begin and end with a word"]),
        (("id: sleep", "id: food"), ["the code 'food' stands here twice"]),
        (
            ("definition: What", "defnition: What"),
            ["line 4: 'defnition' is not a key here; did you mean 'definition'?"],
        ),
        (("columns: [worried]", "columns: [worry]"), ["line 5", "'worry' is not a column of comments"]),
        (("id: food", "id: none"), ["'none' stands for no code"]),
        (("name: Food", "name: sleep"), ["two codes have the name 'sleep'"]),
        (("id: food", "id: Food!"), ["line 4", "an id is made of small letters"]),
    ],
)
def test_faults_of_a_codebook_are_told_with_line_and_key(tmp_path, change, faults):
    with pytest.raises(UserFault) as fault:
        load_codebook(written(tmp_path, OWN.replace(*change)))
    for words in faults:
        assert words in str(fault.value)


def test_the_default_codebook_has_a_definition_and_cues_for_each_code():
    book = load_codebook()
    assert len(book.codes) == 25
    assert all(code.definition and code.cues for code in book.codes)
    assert "\n".join(codebook_lines(book)).count("includes:") == sum(bool(code.include) for code in book.codes)


def test_a_qdc_file_is_as_the_standard_asks_and_comes_back_the_same(tmp_path):
    book = load_codebook()
    data = to_qdc(book)
    assert data == to_qdc(book)
    etree.XMLSchema(etree.fromstring(SCHEMA.encode())).assertValid(etree.parse(io.BytesIO(data)))
    path = tmp_path / "book.qdc"
    path.write_bytes(data)
    back = from_qdc(path)
    told = [(code.id, code.name, code.definition, code.include, code.exclude) for code in back.codes]
    assert told == [(code.id, code.name, code.definition, code.include, code.exclude) for code in book.codes]
    assert len({guid_of(code.id, book.id) for code in book.codes}) == 25
    assert open_codebook(path).codes == back.codes


def test_codes_of_another_program_get_ids_from_their_names(tmp_path):
    text = (
        f'<?xml version="1.0"?><CodeBook xmlns="{NAMESPACE}"><Codes><Code guid="x" name="Child&apos;s food" isCodable="true">'
        f'<Code guid="y" name="Child&apos;s food" isCodable="true"><Description>More</Description></Code></Code>'
        f'<Code guid="z" name="1st &lt;b&gt;" isCodable="true"/></Codes></CodeBook>'
    )
    book = from_qdc(written(tmp_path, text, "theirs.qdc"))
    assert [(code.id, code.name) for code in book.codes] == [
        ("child_s_food", "Child's food"),
        ("child_s_food_child_s_food", "Child's food: Child's food"),
        ("c_1st_b", "1st <b>"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<CodeBook/>",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>&a;</Codes></CodeBook>',
    ],
)
def test_a_file_that_is_no_codebook_is_told(tmp_path, text):
    with pytest.raises(UserFault, match=r"theirs\.qdc.*REFI-QDA"):
        from_qdc(written(tmp_path, text, "theirs.qdc"))


def test_faults_of_a_file_of_comments_are_told_at_once(tmp_path):
    path = written(tmp_path, "id,column,text\n1,worry,x\n2,,y\n3,impact,z\n", "comments.csv")
    with pytest.raises(UserFault) as fault:
        apply_codebook(path, load_codebook())
    told = [str(each) for each in fault.value.faults]
    assert len(told) == 2
    assert "line 2: 'column' is 'worry'; did you mean 'worried'?" in told[0]
    assert "line 3: 'column' is empty; expected" in told[1]


def test_a_coding_never_runs_in_a_spreadsheet(tmp_path):
    path = written(tmp_path, 'id,column,text\n=1+1,worried,"=HYPERLINK(1) no plan, seen alone"\n', "comments.csv")
    text, _ = apply_codebook(path, load_codebook())
    assert all(line.startswith("'=1+1,") for line in text.splitlines()[1:])
