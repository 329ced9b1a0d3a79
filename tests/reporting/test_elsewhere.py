"""Links from a page on several audits to the reports of each."""

from __future__ import annotations

import pytest
from lxml import html

from audit_lib.present import links
from audit_lib.reporting.elsewhere import NOT_THERE, Elsewhere, with_addresses
from audit_lib.reporting.publish import Comparison, Report, publish, record_of
from audit_lib.reporting.reports import make_comparison

PAGE = '<p id="behind-a1">Here</p>'
COMPARISON = Comparison(
    "neglect", "Over the years", ("n-2017", "n 2018"), ("2017-03", "2018-05"), "internal", synthetic=True
)
SHOWN = (
    "from IPython.display import HTML, display; from audit_lib.present.links import in_report\n"
    "display(HTML('<p>' + ' '.join(in_report(a, 'behind-a1', f'of {a}') for a in audits) + '</p>'))"
)


@pytest.mark.parametrize(
    ("audit", "anchor", "told"),
    [
        ("n-2017", "behind-a1", '<a href="../n-2017/internal/n.html#behind-a1">Who &amp; where</a>'),
        ("n-2017", "behind-a2", NOT_THERE),  # the report has nothing behind this figure
        ("n-2018", "behind-a1", NOT_THERE),  # no report of this audit
        ("n-2019", "behind-a1", NOT_THERE),  # its page is gone
        ("Neglect & élan", "behind-a1", '<a href="../o.html#behind-a1">Who &amp; where</a>'),
    ],
)
def test_a_link_leads_only_to_what_is_there(tmp_path, audit, anchor, told):
    (tmp_path / "n.html").write_text(PAGE, encoding="utf-8")
    reports = {
        "n-2017": Elsewhere("../n-2017/internal/n.html", tmp_path / "n.html"),
        "n-2019": Elsewhere("../n-2019/internal/n.html", tmp_path / "gone.html"),
        "Neglect & élan": Elsewhere("../o.html", tmp_path / "n.html"),
    }
    link = links.in_report(audit, anchor, "Who & where")
    assert with_addresses(f"<p>{link}</p>", reports) == f"<p>{told}</p>"


@pytest.mark.parametrize("published", [("n-2017", "n 2018"), ("n 2018",), ()])
def test_a_page_made_while_a_report_is_not_there_has_no_link_to_it(write_notebook, tmp_path, published):
    out = tmp_path / "outputs"
    for audit in published:
        report = Report(audit, "Neglect", "2017-03", "internal", 1, 1, synthetic=True)
        path, record = record_of(report, ["n"])
        publish(out, {path: record, f"{audit}/internal/n.html": PAGE.encode()}, "a")
    notebook = write_notebook(SHOWN)
    cells = notebook.read_text(encoding="utf-8").replace("audit = 'sample'", "audits = []\\ntitle = ''")
    notebook.write_text(cells, encoding="utf-8")
    made = [make_comparison(COMPARISON, notebook, tmp_path / "data", out, lambda _: None) for _ in "ab"]
    page = made[0].read_text(encoding="utf-8")
    found = html.document_fromstring(page).xpath("//div[@class='opening']//p/a/@href | //main//p/a/@href")
    assert [link for link in found if "#behind" in link] == [
        f"../{audit.replace(' ', '%20')}/internal/n.html#behind-a1" for audit in COMPARISON.audits if audit in published
    ]
    assert page.count(NOT_THERE) == len(COMPARISON.audits) - len(published)
    assert "report:" not in page
