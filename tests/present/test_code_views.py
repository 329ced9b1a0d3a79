"""Codes of comments, looked at in several ways: every number leads to what was said."""

from __future__ import annotations

import pytest
from lxml import html

from audit_lib.codebook.book import Code, Codebook
from audit_lib.present import report
from audit_lib.present.report.codes import _cut
from audit_lib.store import AuditTables

from .conftest import ABOUT, HOSTILE, returned, tables_of

IDS = {"home_housing": "Home and housing", "planning": "Plans"}


def audit(number: int = 30):
    """A return with so many comments, each hostile, two thirds of them coded."""
    rows = returned(1, "A", "Sch<ool>", "y" * 20, "GGGGGG", 7)
    base = {"return_id": rows["returns"][0]["return_id"], "audit": "neglect-2018", "case": "A", "agency": "Sch<ool>"}
    texts = [f"{HOSTILE} damp wall number {n}" if n % 3 == 0 else f"The rent was late {n}" for n in range(number)]
    comments = [
        base
        | {
            "comment_id": f"c{n}",
            "section": "R",
            "question": "R1",
            "column": ("worried", "going_well")[n % 2],
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    codings = [
        {"comment_id": f"c{n}", "code": code, "coder": "tool", "evidence": "number" if n % 3 == 0 else "late", "certainty": "sure"}
        for n in range(0, number, 3)
        for code in (("home_housing", "planning") if n % 2 else ("home_housing",))
    ]  # fmt: skip
    return tables_of(rows | {"about": [ABOUT], "comments": comments, "codings": codings})


def parsed(block):
    return html.fragment_fromstring(str(block.markup), create_parent="div")


def test_every_number_of_the_table_of_codes_leads_to_what_was_said():
    page = parsed(report.codes(audit()))
    links = page.xpath("//td//a")
    assert [(link.text, link.get("data-about"), link.get("data-column")) for link in links] == [
        ("5", "0", "going_well"),
        ("5", "0", "worried"),
        ("10", "0", None),
        ("5", "1", "going_well"),
        ("5", "1", None),
    ]
    for link in links:
        (target,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        lists = [one for one in target.getparent().iter("ul") if link.get("data-column") is None or one is target]
        said = sum(len(list(one.iter("li"))) for one in lists)
        more = sum(int(one.getnext().text.split()[0]) for one in lists if one.getnext() is not None)
        assert said + more == int(link.text)
        assert link.get("aria-label").startswith(f"{link.text} comments: ")


def test_a_comment_in_a_list_tells_its_subjects_by_their_places():
    page = parsed(report.comments(audit(), "worried"))
    told = [line.get("data-about") for line in page.xpath("//ul[@data-column='worried']/li")]
    assert sorted(told, key=str) == [*["0"] * 5, *[None] * 10]
    both = parsed(report.comments(audit(), "going_well")).xpath("//ul[@data-column='going_well']/li/@data-about")
    assert both == ["0 1"] * 5


def test_what_stands_in_no_list_of_the_page_is_quoted_whole():
    tables = audit()
    tables.comments["column"] = "evidence"
    page = parsed(report.codes(tables))
    assert [len(list(one.iter("li"))) for one in page.iter("ul")] == [10, 5]


def test_views_hold_counts_and_hostile_text_reads_as_written():
    page = parsed(report.code_tables(audit()))
    captions = [each.text for each in page.iter("caption")]
    assert captions == [
        "Subjects of the comments beside each question",
        "Subjects of the comments of each agency",
        "Comments by subject and by the grade that the same return gave to the whole",
        "Subjects of the same comment",
        "Words that stand out",
    ]
    agency = page.xpath("//caption[contains(., 'each agency')]/..//tbody/tr")[0]
    assert [cell.text_content().strip() for cell in agency] == ["Sch<ool>", "30", "Home and housing (10), Plans (5)"]
    pair = page.xpath("//caption[contains(., 'same comment')]/..//tbody/tr")[0]
    assert [cell.text_content().strip() for cell in pair] == ["Home and housing and Plans", "5", "10", "1"]
    words = {
        tuple(cell.text_content().strip() for cell in row)
        for row in page.xpath("//caption[contains(., 'stand out')]/..//tbody/tr")
    }
    assert ("Home and housing", "damp", "10 of 10", "0 of 20") in words
    assert not [
        row for row in words if row[0] == "Home and housing" and row[1] == "number"
    ]  # by which the code is known
    assert not page.xpath("//script|//img")


def test_suggestions_are_called_so_and_quote_comments_without_a_code():
    block = report.suggestions(audit(60))
    page = parsed(block)
    assert "not findings" in page.text_content()
    quoted = [item.text_content() for item in page.iter("li")]
    assert quoted and all("rent" in text for text in quoted)


def test_with_no_code_or_few_comments_it_is_said():
    empty = tables_of({"about": [ABOUT]})
    assert "No comment has a subject" in str(report.code_tables(empty).markup)
    assert "nothing is suggested" in str(report.suggestions(empty).markup)


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("short", 0, "short"),
        ("x" * 300, 0, "x" * 240 + "…"),
        ("x" * 300, 150, "…" + "x" * 240 + "…"),
        ("word " * 60, 0, ("word " * 48)[:-1] + "…"),
    ],
)
def test_a_long_comment_is_cut_and_never_away(text, start, expected):
    shown = _cut(text, start)
    assert shown == expected or (len(shown) >= 200 and shown.strip("…") in text)


def test_a_comment_is_cut_around_the_words_that_show_its_code():
    text = "An asterisk stands here. " + "Filler words follow. " * 30 + "The risk was seen. " + "More words. " * 30
    assert "The risk was seen" in _cut(text, text.index("risk was"))


def test_the_same_long_names_have_places_of_their_own():
    names = [f"a{'b' * 58}{letter}" for letter in "xy"]
    book = Codebook(id="o", title="Own", codes=tuple(Code(id=name, name=name, definition="d") for name in names))
    plain = audit()
    codings = plain.tables["codings"].assign(code=[names[n % 2] for n in range(len(plain.tables["codings"]))])
    tables = AuditTables("neglect-2018", {**plain.tables, "codings": codings}, plain.instrument, book)
    page = parsed(report.codes(tables))
    ids = page.xpath("//ul/@id")
    assert len(ids) == len(set(ids)) > 2
