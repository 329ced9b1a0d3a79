import html.parser
import re

import nbformat
import pytest

from audit_lib.errors import UserFault
from audit_lib.present import charts, report

ALLOWED = {
    *("h1", "h2", "h3", "h4", "p", "span", "div", "section", "dl", "dt", "dd", "ul", "li", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
    *("svg", "title", "desc", "defs", "g", "path", "text", "pattern", "rect"),
}
NOTEBOOK = "notebooks/neglect.ipynb"


class Tags(html.parser.HTMLParser):
    """Collects tags, attributes, ids and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id"]

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self.words += data


def calls(root) -> list[str]:
    notebook = nbformat.read(root / NOTEBOOK, as_version=4)
    sources = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [source for source in sources if source.startswith("report.")]


def whole_report(root, tables) -> str:
    """Every block that the notebook shows, in its order."""
    names = {"report": report, "tables": tables, "profile": "internal"}
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
    assert not {name for name in tags.attributes if name.startswith("on") or name in ("style", "src", "href")}
    assert len(tags.ids) == len(set(tags.ids))


def test_hostile_text_is_shown_as_it_is_and_runs_nowhere(root, hostile_audit):
    markup = whole_report(root, hostile_audit)
    tags = read(markup)
    assert tags.tags <= ALLOWED
    assert not {name for name in tags.attributes if name.startswith("on") or name in ("style", "src", "href")}
    assert (
        '<script>alert(1)</script> $x^2$ [x](javascript:alert(1)) "><img src=x onerror=alert(2)> =SUM(A1)' in tags.words
    )


def test_the_same_tables_give_the_same_bytes(root, audit):
    assert whole_report(root, audit) == whole_report(root, audit)


def test_every_part_says_something_whatever_came_back(root, edge_audit):
    names = {"report": report, "tables": edge_audit, "profile": "internal"}
    for call in calls(root):
        words = read(eval(call, names)._repr_html_()).words  # noqa: S307 - our own notebook
        assert words.strip(), call
        assert not re.search(r"\b(nan|None|NaT)\b", words.replace("None of", "")), call


def test_a_chart_says_its_finding_and_has_its_figures_as_a_table(audit):
    markup = report.section(audit, "R")._repr_html_()
    assert "<svg" in markup
    assert (
        "R1: 2 of the 3 returns to which it applied said yes" in re.search(r"<desc[^>]*>(.*?)</desc>", markup, re.S)[1]
    )
    assert "Show the figures as a table" in markup


def test_bars_hold_their_counts(audit):
    drawn = charts.section_chart("r", "R", report._questions(audit)[:1], "")
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawn)
    assert {"Yes 2", "No 1", "1"} <= set(words)


@pytest.mark.parametrize("n", [1, 12, 30])
def test_a_grid_of_any_number_of_cases_can_be_drawn(build, n):
    rows = {
        "requests": [{"case": f"Case number {i}", "agency": "A very long name of an agency " * 5} for i in range(n)]
    }
    grid = report._grid(build(rows))
    assert charts.returns_chart(grid, "").count("<text") >= 2 * n


def test_made_up_data_and_internal_reports_are_marked(audit, build):
    markup = report.header(audit, "internal")._repr_html_()
    assert "Made up for demonstration" in markup
    assert "Internal" in markup


def test_a_profile_that_there_is_not_is_refused(audit):
    with pytest.raises(UserFault, match="expected internal"):
        report.header(audit, "public")


@pytest.mark.parametrize("call", [lambda a: report.section(a, "Z"), lambda a: report.comments(a, "praise")])
def test_a_part_that_there_is_not_is_refused(audit, call):
    with pytest.raises(UserFault):
        call(audit)


def test_names_of_files_are_not_shown(root, audit):
    assert ".docx" not in whole_report(root, audit)


def test_published_figures_are_marked(audit):
    markup = report.published(audit)._repr_html_()
    assert "status-same" in markup
    assert "status-differs" in markup


@pytest.mark.parametrize(("date", "text"), [("2018-05", "May 2018"), ("2018-05-01", "1 May 2018")])
def test_dates_are_written_out(date, text):
    assert report.month_text(date) == text


def test_the_notebook_is_thin(root):
    notebook = nbformat.read(root / NOTEBOOK, as_version=4)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert code[-1]["source"] == "report.end(tables)"
    for cell in code:
        assert len(cell["source"].splitlines()) <= 6
        assert not re.search(r"^\s*(def|for|while|try|%|!)|Path\(", cell["source"], re.M)
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_every_part_of_the_report_is_in_the_notebook(root):
    shown = {re.match(r"report\.(\w+)", call)[1] for call in calls(root)}
    parts = {
        name for name, part in vars(report).items() if getattr(part, "__annotations__", {}).get("return") == "Block"
    }
    own = {name for name in parts if not name.startswith("_") and vars(report)[name].__module__ == report.__name__}
    assert own == shown
