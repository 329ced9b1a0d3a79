import html.parser
import re
from pathlib import Path

import nbformat
import pytest
from lxml import html as lxml_html

from audit_lib.analysis.rows import text_rows
from audit_lib.analysis.score_grades import scored_grades
from audit_lib.errors import UserFault
from audit_lib.present import charts, report, years
from audit_lib.present.html import ON_SCREEN
from audit_lib.present.report import results

from .conftest import ABOUT, joined, returned, small_audit, tables_of

ALLOWED = {
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "small",
        "strong",
        "a",
        "br",
        "span",
        "div",
        "section",
        "i",
        "dl",
        "dt",
        "dd",
        "ul",
        "li",
        "details",
        "summary",
    ),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
    *("svg", "title", "desc", "defs", "g", "path", "text", "pattern", "rect", "use", "clippath"),
}
NOTEBOOK = "notebooks/neglect.ipynb"
NOTEBOOKS = [f"notebooks/{path.name}" for path in sorted(Path(__file__).parents[2].glob("notebooks/*.ipynb"))]
FOR_OTHER_TOOLS = [
    f"report.{name}(tables)"
    for name in ("actions", "areas", "consistency", "evidence", "moderation", "strengths", "teams")
]


class Tags(html.parser.HTMLParser):
    """Collects tags, attributes, ids, links and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name == "href"}
        self.ids += [value for name, value in attrs if name == "id"]

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self.words += data


def calls(root, path=NOTEBOOK) -> list[str]:
    notebook = nbformat.read(root / path, as_version=4)
    sources = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [source for source in sources if source.startswith(("report.", "years."))]


def whole_report(root, tables) -> str:
    """Every block that the notebook shows, in its order."""
    names = {
        "report": report,
        "years": years,
        "tables": tables,
        "profile": "internal",
        "data": "there is no such folder",
    }
    return "\n".join(eval(call, names)._repr_html_() for call in calls(root))  # noqa: S307 - our own notebook


def read(markup: str) -> Tags:
    tags = Tags()
    tags.feed(markup)
    return tags


@pytest.fixture(scope="module")
def root(pytestconfig):
    return pytestconfig.rootpath


def test_a_whole_report_holds_only_plain_markup(root, audit):
    tags = read(whole_report(root, audit))
    assert tags.tags <= ALLOWED
    assert not {name for name in tags.attributes if name.startswith("on") or name in ("style", "src")}
    assert {link[1:] for link in tags.links} <= set(tags.ids)
    assert len(tags.ids) == len(set(tags.ids))


def test_hostile_text_is_shown_as_it_is_and_runs_nowhere(root, hostile_audit):
    markup = whole_report(root, hostile_audit)
    tags = read(markup)
    assert tags.tags <= ALLOWED
    assert not {name for name in tags.attributes if name.startswith("on") or name in ("style", "src")}
    assert {link[1:] for link in tags.links} <= set(tags.ids)
    assert (
        '<script>alert(1)</script> $x^2$ [x](javascript:alert(1)) "><img src=x onerror=alert(2)> =SUM(A1)' in tags.words
    )


def test_the_same_tables_give_the_same_bytes(root, audit):
    assert whole_report(root, audit) == whole_report(root, audit)


def test_every_part_says_something_whatever_came_back(root, edge_audit):
    names = {"report": report, "years": years, "tables": edge_audit, "profile": "internal", "data": "no such folder"}
    for call in [*calls(root), *FOR_OTHER_TOOLS]:
        words = read(eval(call, names)._repr_html_()).words  # noqa: S307 - our own notebook
        assert words.strip() or call == "years.since(tables, data)", call  # of no earlier audit the head says nothing
        assert not re.search(r"\b(nan|None|NaT)\b", words.replace("None of", "")), call


def test_a_chart_says_its_finding_and_has_its_figures_as_a_table(audit):
    markup = report.section(audit, "R")._repr_html_()
    assert "<svg" in markup
    assert (
        "R1: 2 of the 3 returns to which it applied said yes" in re.search(r"<desc[^>]*>(.*?)</desc>", markup, re.S)[1]
    )
    assert "Show the figures as a table" in markup


def test_bars_hold_their_counts(audit):
    drawn = charts.section_chart("r", "R", results.question_results(audit)[:1], "")
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"Yes 2", "No 1", "1"} <= set(words)


@pytest.mark.parametrize("n", [1, 12, 30])
def test_a_grid_of_any_number_of_cases_can_be_drawn(build, n):
    rows = {
        "requests": [{"case": f"Case number {i}", "agency": "A very long name of an agency " * 5} for i in range(n)]
    }
    grid = results.returns_grid(build(rows))
    assert charts.returns_chart(grid, "").count("<text") >= 2 * n


def test_made_up_data_and_internal_reports_are_marked(audit, build):
    markup = report.header(audit, "internal")._repr_html_()
    assert "Made up for demonstration" in markup
    assert "Internal" in markup


def test_a_profile_that_there_is_not_is_refused(audit):
    with pytest.raises(UserFault, match="expected internal"):
        report.header(audit, "public")


def test_the_head_says_how_many_cases_have_a_return_where_some_have_none(build, rows):
    assert "<dd>2</dd>" in report.header(build(rows), "internal")._repr_html_()
    rows["requests"].append({"case": "C", "agency": "GP"})
    tables = build(rows)
    assert "<dd>3 asked about; returns for 2</dd>" in report.header(tables, "internal")._repr_html_()
    assert (
        ">6 asked about; returns for 4</a></dd>"
        in years.header((tables, tables), "Over the years", "internal")._repr_html_()
    )
    assert re.search(r">3, returns for 2</a>", years.which_audits((tables,))._repr_html_())


def classes_of(markup: str) -> set[str]:
    return {name for each in re.findall(r'class="([^"]*)"', markup) for name in each.split()}


@pytest.mark.parametrize("call", [lambda a: report.section(a, "Z"), lambda a: report.comments(a, "praise")])
def test_a_part_that_there_is_not_is_refused(audit, call):
    with pytest.raises(UserFault):
        call(audit)


def test_files_are_named_without_names_of_people(root, audit):
    assert "Connor" not in whole_report(root, audit)
    assert "[name] 3.docx" in report.to_look_at(audit)._repr_html_()
    assert "[name] 1.docx" in report.returns(audit)._repr_html_()


def test_published_figures_are_marked(audit):
    markup = report.published(audit)._repr_html_()
    assert "status-same" in markup
    assert "status-differs" in markup
    assert ON_SCREEN not in classes_of(markup)


def test_published_figures_that_are_all_reproduced_need_no_table_on_paper(build, rows):
    rows["published"] = [one for one in rows["published"] if one["measure"] == "returns_read"]
    markup = report.published(build(rows))._repr_html_()
    assert "status-same" in markup and "status-differs" not in markup
    assert ON_SCREEN in classes_of(markup)


@pytest.mark.parametrize("part", [report.to_look_at, report.tool])
def test_what_only_those_need_who_work_with_the_data_is_for_the_screen(audit, part):
    page = lxml_html.fragment_fromstring(part(audit)._repr_html_(), create_parent="div")
    assert [each.get("class") for each in page] == [ON_SCREEN]


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_every_notebook_is_thin(root, path):
    notebook = nbformat.read(root / path, as_version=4)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert code[-1]["source"] in ("report.end(tables)", "years.end(tables, title)")
    for cell in code:
        assert len(cell["source"].splitlines()) <= 6
        assert not re.search(r"^\s*(def|for|while|try|%|!)|Path\(", cell["source"], re.M)
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_every_part_of_a_report_is_in_a_notebook(root):
    found = [call for path in NOTEBOOKS for call in calls(root, path)]
    for name, module in (("report", report), ("years", years)):
        assert {call.partition("(")[0].partition(".")[2] for call in found if call.startswith(name)} == set(
            module.__all__
        )


def test_what_has_to_be_settled_stands_in_the_open_with_its_return_and_its_place(audit):
    markup = report.to_look_at(audit)._repr_html_()
    opened = re.sub(r"<details.*?</details>", "", markup, flags=re.S)
    assert read(opened).words.index("To be settled") < read(opened).words.index("To be looked at")
    row = re.search(r"<tr><th.*?(?=<tr>|</tbody>)", opened, re.S)[0]
    assert "table 2, row 4" in row
    assert f"{3:016x}" in row
    assert "Case B, GP" in row


def test_findings_that_differ_in_their_place_alone_share_a_row(build, rows):
    row = {"severity": "note", "check": "detail_replaced", "return_id": f"{1:016x}", "message": "[worker] was put in"}
    rows["quality"] = [row | {"locator": f"table {n}, row 1"} for n in (10, 2)]
    markup = report.to_look_at(build(rows))._repr_html_()
    assert markup.count("[worker] was put in") == 1
    assert "table 2, row 1; table 10, row 1" in markup


def test_findings_about_one_return_share_a_row_and_keep_their_places(build, rows):
    row = {
        "severity": "warning",
        "check": "not_applicable_unexplained",
        "as_written": "n/a",
        "taken_as": "not_applicable",
    }
    rows["quality"] = [
        row | {"return_id": f"{n:016x}", "message": f"{asked}: ask the agency why", "locator": place}
        for n, asked, place in [(1, "A2", "table 3, row 4"), (2, "A2", "table 3, row 4"), (1, "A1", "table 3, row 3")]
    ]
    found = lxml_html.fragment_fromstring(report.to_look_at(build(rows))._repr_html_()).findall(".//tbody/tr")
    said = [" ".join(row[1].text_content().split()) for row in found]
    first = "A1: ask the agency why table 3, row 3 A2: ask the agency why table 3, row 4"
    assert said == [first, "A2: ask the agency why table 3, row 4"]


@pytest.mark.parametrize(
    "word", ["Missing", "Unclear", "Several versions", "audit-lib 0.1.0", "neglect-2018", "0" * 64]
)
def test_a_report_says_how_it_was_made(audit, word):
    assert word in report.how_made(audit)._repr_html_()


def test_no_date_is_left_as_a_computer_writes_it(root, build, rows):
    rows["recommendations"][0]["due"] = "2018-08-31"
    rows["quality"][2]["message"] = "the form of GP about case B, due 2018-05-11, has not come back"
    words = read(whole_report(root, build(rows))).words
    assert "31 August 2018" in words
    assert "due 11 May 2018" in words
    assert not re.search(r"\b\d{4}-\d{2}(-\d{2})?\b", words.replace("neglect-2018", ""))


def test_figures_agree_wherever_they_stand(audit):
    """The share of "yes" to R1 in the sentence, the chart, the table at a glance and the table of shares."""
    glance, section = report.how_to_read(audit)._repr_html_(), report.section(audit, "R")._repr_html_()
    assert "2 of 3 (67%)" in re.search(r"<tr><th[^>]*>R1 .*?(?=<tr>|</tbody>)", glance, re.S)[0]
    assert "2 of the 3 returns to which it applied said yes (67%; likely range 21% to 94%)" in read(section).words
    assert "67% of 3* said yes" in section
    assert re.search(
        r'R1<td>Yes<td><a href="#behind-r1">2 of 4 \(50%\)</a><td><a href="#behind-r1">\d+% to \d+%</a>', section
    )


def test_score_and_grade_of_a_return_that_say_different_things_are_listed(audit):
    scores = audit.tables["scores"].copy()
    grades = audit.tables["grades"]
    good = grades.loc[(grades["section"] == "overall") & (grades["grade"] == "good"), "return_id"].iloc[0]
    scores.loc[scores["return_id"] == good, "score"] = 1.0
    changed = type(audit)(audit.audit, {**audit.tables, "scores": scores}, audit.instrument)
    words = read(report.scores_and_grades(changed)._repr_html_()).words
    assert "in 1 of them the two say different things" in words
    assert "Returns whose score and grade say different things" in words
    assert "nowhere do the two say different things" in read(report.scores_and_grades(audit)._repr_html_()).words


def test_every_figure_at_a_glance_leads_to_how_it_was_counted_and_who_answered_what(audit):
    page = lxml_html.fragment_fromstring(
        "".join(
            str(each.markup)
            for each in (
                report.how_to_read(audit),
                *(report.section(audit, one.id) for one in audit.instrument.sections),
            )
        ),
        create_parent="div",
    )
    links = page.xpath("//table[caption='Every question at a glance']//td/a")
    assert len(links) == 3 * len(audit.instrument.questions)
    for link in links:
        (target,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        counted = link.text.split(" (")[0].split(" of ")
        how = r"{} (\(the returns that[^)]*\) )?divided by {} " if len(counted) > 1 else "Likely range: {}"
        assert re.search(how.format(*counted), target.text)
        asked = link.getparent().getparent().findtext("th")
        assert target.getparent().getprevious().findtext("strong") == asked.replace(
            " (neither answer is the better one)", ""
        )


def test_each_score_beside_a_grade_opens_to_who_gave_it_and_where(audit):
    page = lxml_html.fragment_fromstring(report.scores_and_grades(audit)._repr_html_(), create_parent="div")
    given = scored_grades(audit.scores, audit.grades, audit.instrument).given
    opened = [each for fold in page.find_class("behind") for each in fold.iter("dd")]
    assert sum(each.text.count(",") + 1 for each in opened) == len(given)
    places = {row["locator"] or "not in the form" for row in text_rows(audit.scores)}
    assert {each.findtext("small") for each in opened} <= places


def test_two_schools_of_one_child_are_told_apart_where_they_differ():
    rows = [returned(n, "A", "School", "y" * 20, grade * 6, score) for n, grade, score in ((1, "O", 9), (2, "I", 2))]
    tables = {name: [row for part in rows for row in part[name]] for name in rows[0]} | {
        "about": small_audit()["about"]
    }
    for row, name in zip(tables["returns"], ("Oak Primary", "Elm High"), strict=True):
        row["agency_as_written"] = name
    audit = tables_of(tables)
    assert "Oak Primary three grades above Elm High" in report.agreement(audit)._repr_html_()
    for part in (report.section(audit, "R"), report.grades(audit), report.grade_map(audit), report.scores(audit)):
        assert "Oak Primary" in part._repr_html_()
        assert "School" not in re.sub(r"<(title|desc)>.*?</", "", part._repr_html_())
    assert "Elm High: A" in report.scores_and_grades(audit)._repr_html_()


def test_the_scores_of_a_case_open_where_the_case_is_told(audit):
    page = lxml_html.fragment_fromstring(report.cases(audit)._repr_html_(), create_parent="div")
    for case in {row["case"] for row in text_rows(audit.scores)}:
        (told,) = page.xpath(f"//h3[.='Case {case}']/following-sibling::div[1][p/strong='Scores']")
        scored = audit.scores.loc[(audit.scores["case"] == case) & audit.scores["score"].notna()]
        assert told.findtext("details/summary").startswith(f"{len(scored)} of ")


def test_of_a_case_only_the_columns_with_an_entry_are_shown(audit):
    case = text_rows(audit.returns)[0]["case"]
    said = {"about": "case", "case": case, "column": "worried", "text": "Too late."}
    tables = tables_of(small_audit() | {"meeting": [said]})
    markup = report.cases(tables)._repr_html_()
    page = lxml_html.fragment_fromstring(markup, create_parent="div")
    assert [column.findtext("h4") for column in page.find_class("column")] == ["What are we worried about?"]
    assert "Nothing recorded." not in markup
    assert "left empty for a case is not shown" in markup
    columns, cases = ("going_well", "worried", "needs_to_happen"), {row["case"] for row in text_rows(audit.returns)}
    everything = [said | {"case": each, "column": column} for each in cases for column in columns]
    whole = report.cases(tables_of(small_audit() | {"meeting": everything}))._repr_html_()
    assert "left empty for a case is not shown" not in whole


def test_a_meeting_that_recorded_nothing_about_cases_is_told_once(build, rows):
    rows["meeting"] = []
    markup = report.cases(build(rows))._repr_html_()
    assert markup.count("The meeting recorded nothing") == 1


def test_that_no_pen_picture_was_given_is_told_once_for_all_cases_or_beside_each_that_has_none(build, rows):
    cases = sorted({row["case"] for row in rows["returns"]})
    assert len(cases) > 1
    rows["cases"] = [{"audit": "a", "case": cases[0], "summary": "A girl of six."}]
    some = report.cases(build(rows))._repr_html_()
    assert some.count("No pen picture was given.") == len(results.cases(build(rows))) - 1
    rows["cases"] = []
    none = report.cases(build(rows))._repr_html_()
    assert none.count("No pen picture was given") == none.count("No pen picture was given of any case.") == 1


def test_a_rule_tells_every_reader_what_it_is_and_the_rest_on_the_screen(audit):
    page = lxml_html.fragment_fromstring(report.how_made(audit)._repr_html_(), create_parent="div")
    for each in page.find_class(ON_SCREEN):
        each.drop_tree()
    told = " ".join(page.text_content().split())
    assert "What is counted" in told and "The subjects are the codes of a codebook." in told
    assert [word for word in ("command", "codings.csv", "Krippendorff", "Fisher", "open under") if word in told] == []


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if "years" not in path and "all_audits" not in path])
def test_names_of_methods_stand_among_the_methods_alone(root, audit, path):
    """What a board member reads has no name of a statistical method or of a file; the part on methods explains them."""
    cells = [cell["source"] for cell in nbformat.read(root / path, as_version=4)["cells"]]
    prose = " ".join(cell for cell in cells if cell.startswith("#"))
    body = re.sub(r"<[^>]*>", " ", whole_report(root, audit).replace(report.how_made(audit)._repr_html_(), ""))
    jargon = r"\b(alpha|kappa|wilson|holm|fisher|krippendorff|ordinal|n = \d|codebook|confidence interval)\b"
    assert re.findall(jargon, f"{prose} {body}", re.IGNORECASE) == []


def asked(agency: str) -> dict[str, object]:
    return {"case": "A", "agency": agency}


@pytest.mark.parametrize(
    ("rows", "told", "not_told"),
    [
        ({}, ["no list says which forms were asked for", "no case is known"], ["not filled in"]),
        (
            joined(returned(1, "A", "GP", "y" * 20, "GGGGGG", 7), {"requests": [asked("GP"), asked("Police")]}),
            ["What would stand in the forms that are not counted: 1 of 2.", "this audit looked at 1 case"],
            ["not filled in", "cannot be read"],
        ),
        (
            joined(returned(1, "A", "GP", "!m" + "y" * 18, "GGGGG!", 7), {"requests": [asked("GP")]}),
            ["1 not filled in and 2 that cannot be read for certain"],
            ["forms that are not counted"],
        ),
    ],
)  # fmt: skip
def test_what_is_not_known_is_told_in_plain_words(build, rows, told, not_told):
    text = report.gaps(build(rows))._repr_html_()
    part = text[text.index("What we do not know") :]
    assert [each for each in told if each not in part] == []
    assert [each for each in not_told if each in part] == []


def test_beside_every_question_at_a_glance_stands_what_cannot_be_read(build):
    rows = joined(
        returned(1, "A", "GP", "!" + "y" * 19, "GGGGGG", 7), returned(2, "A", "School", "!!" + "y" * 18, "GGGGGG", 7)
    )
    note = "In none of these figures, as they cannot be read for certain: answers to R1 (2) and R2 (1)."
    assert note in report.how_to_read(build(rows))._repr_html_()
    clear = report.how_to_read(build(returned(1, "A", "GP", "y" * 20, "GGGGGG", 7)))._repr_html_()
    assert "cannot be read for certain" not in clear


def recommended(*rows: tuple[str, str, str]) -> list[dict[str, object]]:
    return [
        {"id": str(n), "action": "Do it.", "status": status, "due": due, "lead": lead}
        for n, (status, due, lead) in enumerate(rows, start=1)
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("open", "2018-09", "Ann")], "1 recommendation: 1 open."),
        (
            [("Open", "", "Ann"), ("open", "", ""), ("done", "2018-09", "Ann")],
            "3 recommendations: 2 open and 1 done. 2 have no date for completion and 1 has nobody named to lead.",
        ),
        ([("", "2018-09", "Ann")], "1 recommendation: 1 without a word on how far it is."),
    ],
)
def test_recommendations_are_counted_among_the_findings_and_above_their_table(build, rows, sentence):
    tables = build({"about": [ABOUT], "recommendations": recommended(*rows)})
    assert sentence in report.bottom_line(tables)._repr_html_()
    shown = report.recommendations(tables)._repr_html_()
    assert sentence in shown
    assert ("Outcome" in shown, "Date for completion" in shown) == (False, any(due for _, due, _ in rows))
