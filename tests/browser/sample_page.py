"""A page with one of each kind of block, and with text that tries to be more than text."""

from __future__ import annotations

from markupsafe import escape
from nbformat import NotebookNode, v4

from audit_lib.reporting.publish import Report

REPORT = Report("neglect-2018", "Neglect partnership audit", "2018-05", "internal", 31, 19, synthetic=True)
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    "[click](javascript:alert(4))",
    "</td></table><iframe src='https://example.org/'></iframe>",
    "$x^2$ and \\(y\\) and $$z$$",
    "=SUM(A1:A9)",
    "\"><a href='javascript:alert(5)' onclick='alert(6)'>here</a>",
    "&lt;script&gt;alert(7)&lt;/script&gt;",
)


def notebook() -> NotebookNode:
    """An executed notebook with one of each kind of block, and with text that tries to be more than text."""
    return v4.new_notebook(
        cells=[
            *_shown("# Neglect", OPENING),
            *_shown(f"{PROSE}\n\n## What came back", NOTICE, TABLE),
            *_shown(
                "## What was found\n\nEach question is shown with the answers given to it.", FINDING, CHART, FOLDED
            ),
            *_shown(
                "### Referral and response\n\nTwo questions were asked.",
                FINDING,
                _table("Answers about referral and response"),
            ),
            *_shown("## What agencies said", COLUMNS, "<h3>Case A</h3>", COMMENTS),
            *_shown("## What is missing or unclear\n\n### Values to settle", WIDE, EVIDENCE),
            *_shown("## How this was made", NOTE),
        ]
    )


def _shown(markdown: str, *outputs: str) -> list[NotebookNode]:
    displayed = [v4.new_output("display_data", {"text/html": html, "text/plain": "a block"}) for html in outputs]
    code = v4.new_code_cell("show_secret_code()", execution_count=1, outputs=displayed)
    return [v4.new_markdown_cell(markdown), code]


PROSE = (
    "The audit asked how well agencies worked together for children who were neglected. Each agency completed a form "
    "for each case, and a meeting of all agencies agreed what was learned."
)
OPENING = """<h1 id="title">Neglect partnership audit</h1>
<p class="subtitle">May 2018 · Cheshire East</p>
<p class="mark"><span class="badge status-synthetic">Synthetic: invented for demonstration</span></p>
<dl class="facts"><dt>Forms asked for</dt><dd>31</dd><dt>Forms returned and read</dt><dd>19 (61%)</dd>
<dt>Cases</dt><dd>6</dd><dt>Agencies</dt><dd>11</dd></dl>"""
NOTICE = """<div class="notice"><p><strong>Internal.</strong> This report quotes what agencies wrote. It is not for
publication.</p></div>"""
FINDING = """<p class="finding">59% of the forms (10 of 17, 95% interval 36% to 78%) say that the referral was timely.</p>
<p class="note">The interval shows how far the share could differ if other cases like these had been chosen.</p>"""
ROWS = (
    ("R1", "Was the referral made in time?", "10", "3", "4", "59%", "same"),
    ("R2", "Did the referral hold what was needed to decide on a response?", "12", "1", "4", "71%", "warning"),
    ("A1", "Was the child seen, and was what the child said written down?", "8", "5", "4", "47%", "differs"),
)


def _table(caption: str, copies: int = 1) -> str:
    headings = ["Id", "Question", *["Yes", "No", "Partly", "Share"] * copies, "Status"]
    head = "".join(f'<th scope="col"{"" if h in ("Id", "Question", "Status") else CLASS_N}>{h}</th>' for h in headings)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th><td class="mid">{row[1]}</td>'
        + "".join(f"<td>{number}</td>" for number in row[2:6] * copies)
        + f'<td class="short"><span class="badge status-{row[6]}">{row[6].capitalize()}</span></td></tr>'
        for row in ROWS
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{caption}"><table class="data">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


CLASS_N = ' class="n"'
TABLE = _table("Answers to each question")
WIDE = _table("Answers to each question in three rounds", copies=3)
EVIDENCE = (
    '<div class="table-scroll" tabindex="0" role="group" aria-label="Evidence"><table class="data"><caption>Evidence</caption>'
    '<thead><tr><th scope="col">Case</th><th scope="col" class="long">Evidence</th></tr></thead><tbody><tr><th scope="row">A</th>'
    f'<td class="long">{"The child was seen alone, and what the child said is in the record. " * 40}needle</td></tr></tbody></table></div>'
)
FOLDED = f'<details class="data"><summary>Show the figures as a table</summary>{_table("The figures")}</details>'
COMMENTS = '<ul class="comments">' + "".join(f"<li>{escape(text)}</li>" for text in HOSTILE) + "</ul>"
COLUMNS = (
    '<div class="columns">'
    + "".join(
        f'<section class="column"><h3>{title}</h3><ul class="comments"><li>School and health visitor met each week '
        f'<span class="source">Case A, Health</span></li><li>{escape(HOSTILE[0])}</li></ul></section>'
        for title in ("What is going well", "What worries agencies", "What needs to happen")
    )
    + "</div>"
)
BARS = "".join(
    f'<text x="0" y="{y + 15}" font-size="12">{question}</text>'
    f'<rect x="60" y="{y}" width="{yes}" height="22" fill="#0f4c5c"/>'
    f'<rect x="{60 + yes}" y="{y}" width="{480 - yes}" height="22" fill="#c9dfe3" stroke="#0f4c5c"/>'
    f'<text x="70" y="{y + 15}" font-size="12" fill="#ffffff">Yes</text>'
    for question, y, yes in (("R1", 10, 283), ("R2", 44, 341), ("A1", 78, 226))
)
CHART = f"""<figure class="chart"><div class="drawing" tabindex="0" role="group" aria-label="Shares of yes">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 548 110" width="548pt" height="110pt" role="img"
aria-labelledby="bars-title"><title id="bars-title">Shares of yes: R1 59%, R2 71%, A1 47%</title>{BARS}</svg></div>
<figcaption>Most forms say the referral was timely; fewer that the child was seen.</figcaption></figure>"""
NOTE = '<p class="note">Made from the returned forms. Nothing in this report was typed in by hand.</p>'
