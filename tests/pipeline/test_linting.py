"""Texts about the sample audits: which audit each is about, what is found in it, and how it is told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from audit_lib.audits import Audit, load_audits
from audit_lib.claims import DIFFERS, Judged
from audit_lib.errors import UserFault
from audit_lib.pipeline.linting import (
    audits_of_text,
    documents_of,
    held_against,
    lint_files,
    lint_lines,
    passages_of_documents,
    passages_of_files,
    summary,
)
from audit_lib.pipeline.running import code_audit, coded_tables
from audit_lib.present import report
from audit_lib.samples import SAMPLES, write_sample
from audit_lib.store import AuditTables

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
SUMMARY = "board-summary.md"


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Audit]:
    raw = tmp_path_factory.mktemp("lint") / "raw"
    for sample in SAMPLES:
        write_sample(sample, raw)
    return {audit.id: audit for audit in load_audits(raw, list(SAMPLES))}


@pytest.fixture(scope="module")
def tables(audits):
    coded: dict[str, AuditTables] = {}

    def tables_of(audit: Audit) -> AuditTables:
        if audit.id not in coded:
            coded[audit.id] = AuditTables(
                audit.id, coded_tables(audit, 2, lambda _: None), audit.instrument, audit.book
            )
        return coded[audit.id]

    return tables_of


def linted(path: Path, audits: dict[str, Audit], tables) -> tuple[str, list[Judged]]:
    return lint_files([path], list(audits.values()), None, tables)[path]


def test_the_summary_in_the_sample_is_found_out(audits, tables):
    about, judged = linted(audits["neglect-2018"].folder / SUMMARY, audits, tables)
    assert about == ("neglect-2018",)
    assert [(one.claim.quote, one.verdict) for one in judged if one.verdict != "agrees"] == [
        ("59% of cases", "unit_wrong"),
        ("74% of returns", "contradicts"),
        ("15 of 18 returns", "contradicts"),
        ("two of the cases", "not_checked"),
        ("48% of returns", "contradicts"),
    ]
    assert sum(one.verdict == "agrees" for one in judged) == 9


def test_the_table_holds_the_figures_of_all_texts_of_the_audit(audits, tables):
    claims = tables(audits["neglect-2018"]).tables["claims"]
    assert set(claims["file"]) >= {SUMMARY, "texts.csv", "meeting.csv", "recommendations.csv"}
    own = claims[claims["file"] != SUMMARY]
    assert not set(own["verdict"]) & set(DIFFERS)


def test_details_in_a_document_do_not_reach_the_table(tmp_path):
    write_sample("case-audit-2017", tmp_path)
    folder = tmp_path / "case-audit-2017"
    (folder / "note.md").write_text(
        "Three cases of children were audited for ann@example.org, 07700 900123.\n", encoding="utf-8"
    )
    (audit,) = load_audits(tmp_path, ["case-audit-2017"])
    (row,) = coded_tables(audit, 1, lambda _: None)["claims"].to_dict("records")
    assert "[e-mail]" in row["claim"]
    assert "example.org" not in row["claim"]


def test_a_document_changes_the_fingerprint_and_one_that_cannot_be_read_stops_nothing(tmp_path):
    write_sample("case-audit-2017", tmp_path)
    (audit,) = load_audits(tmp_path, ["case-audit-2017"])
    before = coded_tables(audit, 1, lambda _: None)["about"]["inputs_sha256"][0]
    (audit.folder / "report.docx").write_bytes(b"no document")
    tables = coded_tables(audit, 1, lambda _: None)
    assert tables["about"]["inputs_sha256"][0] != before
    assert "not checked: it cannot be read" in passages_of_documents(audit)["report.docx"][0].text


def test_a_figure_of_an_earlier_audit_in_its_own_texts_is_held_against_the_tables_of_that_audit(tmp_path):
    for sample in ("neglect-2017", "neglect-2018"):
        write_sample(sample, tmp_path / "raw")
    before, audit = load_audits(tmp_path / "raw", ["neglect-2017", "neglect-2018"])
    (audit.folder / "note.md").write_text(
        "A practice tool was used in 38% of returns, up from 19% in 2017.\n\nIn 2017 a practice tool was used in 50% of returns.\n",
        encoding="utf-8",
    )

    def of_the_note() -> list[str]:
        claims = coded_tables(audit, 1, lambda _: None, tmp_path)["claims"]
        return list(claims[claims["file"] == "note.md"]["verdict"])

    assert of_the_note() == ["agrees", "not_checked", "not_checked"]  # the earlier audit has not been coded yet
    code_audit(before, tmp_path, 1, lambda _: None)
    assert of_the_note() == ["agrees", "agrees", "contradicts"]
    (tmp_path / "processed" / "neglect-2017" / "answers.parquet").write_bytes(b"no table")
    assert of_the_note() == ["agrees", "not_checked", "not_checked"]


def test_a_readme_and_what_programs_leave_behind_are_no_documents(tmp_path):
    write_sample("case-audit-2017", tmp_path)
    (audit,) = load_audits(tmp_path, ["case-audit-2017"])
    for name in ("~$report.docx", ".hidden.md", "Report.DOCX", "notes.txt", "data.xlsx"):
        (audit.folder / name).write_bytes(b"")
    assert [path.name for path in documents_of(audit)] == ["Report.DOCX", "notes.txt"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Neglect audit, May 2018", "held against neglect-2018"),
        ("Neglect audit 2017", "held against neglect-2017"),
        ("On neglect-2018", "held against neglect-2018"),
        ("Child in need plans, April 2014", "held against child-in-need-2014"),
        ("Step up and step down partnership audit", "held against step-up-step-down-2018"),
        (
            "Neglect partnership audit",
            "held against no audit, as it may be about neglect-2017 or neglect-2018; name one: --audit neglect-2017",
        ),
        (
            "Housing audit, May 2018",
            "held against no audit, as none is known that it is about; name it with --audit",
        ),
    ],
)
def test_a_text_is_about_the_audit_that_it_names(tmp_path, audits, text, about):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    found = audits_of_text(path, passages_of_files([path])[path], audits.values())
    assert held_against(sorted(one.id for one in found)) == about


def test_a_figure_of_another_year_is_held_against_the_audit_of_the_same_theme(tmp_path, audits, tables):
    path = tmp_path / "note.txt"
    path.write_text("In 2017 three cases were audited, and in 2021 six cases were audited.", encoding="utf-8")
    judged = lint_files([path], list(audits.values()), audits["case-audit-2021"], tables)[path][1]
    assert [one.verdict for one in judged] == ["agrees", "agrees"]
    assert judged[0].says == "in case-audit-2017, 3 cases were audited"


def test_what_cannot_be_read_is_told_for_all_files_at_once(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "report.docx").write_bytes(b"PK")
    with pytest.raises(UserFault) as fault:
        passages_of_files([tmp_path / "no.md", tmp_path / "picture.png", tmp_path / "report.docx"])
    messages = [each.message for each in fault.value.faults]
    assert messages[0] == "there is no such file"
    assert messages[1].startswith("is not a kind of text that can be checked; expected .docx")
    assert messages[2].startswith("cannot be read: ")


def test_lines_tell_what_differs_first(audits, tables):
    _, judged = linted(audits["neglect-2018"].folder / SUMMARY, audits, tables)
    lines = list(lint_lines(judged))
    assert lines[0] == "line 12, “59% of cases”: COUNTS OTHER THINGS THAN IT SAYS"
    assert lines[1] == "  written: In 59% of cases neglect was noticed as early as it could have been."
    assert lines[2].startswith(
        "  found: this is a share of returns, not of cases: R1: 10 of the 17 returns to which it applied said yes"
    )
    assert lines[-1] == summary(judged)
    assert lines[-1] == (
        "14 figures: 9 agree with the returns, 3 contradict them, 1 counts other things than it says, "
        "1 could not be checked."
    )
    assert list(lint_lines([])) == ["No figure was found that could be held against anything."]


def seed(number: int) -> Path:
    found = sorted(SEEDS.glob(f"{number:03}_*.txt"))
    if not found:
        pytest.skip("the published reports are not on this machine")
    return found[0]


@pytest.mark.parametrize(
    ("number", "about", "least_agreeing"),
    [(0, "neglect-2018", 20), (1, "step-up-step-down-2018", 20), (4, "child-in-need-2014", 17)],
)
def test_a_published_report_is_known_and_its_percentages_agree_with_the_sample_made_for_them(
    audits, tables, number, about, least_agreeing
):
    """The samples give every published percentage of a question again; so none may be said to contradict the returns."""
    known, judged = linted(seed(number), audits, tables)
    assert known == (about,)
    assert sum(one.verdict == "agrees" for one in judged) >= least_agreeing
    percentages = [
        one
        for one in judged
        if one.claim.quote.endswith(("%", "cent")) or "%" in one.claim.quote or "per cent" in one.claim.quote
    ]
    assert Counter(one.verdict for one in percentages)["contradicts"] == 0


@pytest.mark.parametrize("sample", list(SAMPLES))
def test_our_own_sentences_are_not_called_wrong(audits, tables, sample, tmp_path):
    """What the report says of the whole, in its own sentences, is made from the same tables."""
    page = tmp_path / "report.html"
    parts = (report.bottom_line, report.returns, report.grades, report.agreement, report.claims)
    blocks = [
        report.header(tables(audits[sample]), "internal")._repr_html_(),
        *(part(tables(audits[sample]))._repr_html_() for part in parts),
    ]
    page.write_text("\n".join(blocks), encoding="utf-8")
    judged = lint_files([page], [], audits[sample], tables)[page][1]
    assert judged
    assert [(one.claim.passage.text, one.says) for one in judged if one.verdict in DIFFERS] == []


def test_what_contradicts_itself_in_the_published_reports_is_found(audits, tables):
    _, judged = linted(seed(0), audits, tables)
    told = {(one.claim.passage.place, one.claim.quote): one for one in judged}
    assert told["line 64", "59% of case"].verdict == "unit_wrong"
    assert "no number of 6 cases is 59%" in told["line 64", "59% of case"].says
    assert "has another date: March 2017" in told["line 31", "May 2017"].says  # one audit, two dates
    assert told["line 195", "2 of the five cases"].verdict == "agrees"  # of the audit before
    _, judged = linted(seed(1), audits, tables)
    average = next(one for one in judged if one.claim.quote == "7 cases")
    assert average.says.endswith("case by case this text gives 6 good, 1 outstanding and 1 requires improvement")
