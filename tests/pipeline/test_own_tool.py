"""An audit with a tool of its own: a YAML file beside audit.yaml and no notebook, from the forms to the report."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from audit_lib.audits import load_audit
from audit_lib.pipeline.running import NOTEBOOKS, account_of, code_audit, notebooks_for, report_audit

ABOUT = "id: {}\ntitle: Strategy discussions\ntheme: {}\ninstrument: my-tool.yaml\ndate: 2019-05\n"
TOOL = """
id: my-tool
title: Audit of strategy discussions
description: Each agency looks at its own part in the discussion.
cues: [audit of strategy discussions]
answer_scale: rag
grade_scale: ofsted_four
question_heading_cues: [standard]
answer_heading_cues: [rating]
grade_heading_cues: [judgement]
header:
  - {id: case, label: Case, cues: [case number], person: child}
  - {id: agency, label: Agency, cues: [agency]}
columns:
  - {id: going_well, heading: What helped?, cues: [what helped]}
scales:
  rag:
    kind: answer
    order: [green, amber, red]
    values: {green: {label: Green}, amber: {label: Amber}, red: {label: Red}}
sections:
  - id: S
    title: The discussion
    cues: [the discussion]
    questions:
      - {id: S1, text: Was it held in time?, cues: [held in time]}
      - {id: S2, text: Was the child spoken of?, cues: [child spoken of]}
  - id: F
    title: What followed
    cues: [what followed]
    questions:
      - {id: F1, text: Was the child seen?, cues: [child seen]}
grades:
  - {id: plans, asked: row, title: Quality of plans, cues: [quality of plans]}
"""
HEADINGS = ["Standard", "Rating", "What helped?"]


def write_form(path: Path, case: str, agency: str, answers: str, grade: str) -> None:
    first, second, third = answers.split()
    form = docx.Document()
    form.add_paragraph("Audit of strategy discussions")
    add_table(form, ["Case number", case], ["Agency", agency])
    form.add_paragraph("The discussion")
    add_table(
        form,
        HEADINGS,
        ["S1 Was it held in time?", first, "An early call."],
        ["S2 Was the child spoken of?", second, ""],
    )
    form.add_paragraph("What followed")
    add_table(form, HEADINGS, ["F1 Was the child seen?", third, ""])
    add_table(form, ["Standard", "Judgement", "What helped?"], ["Quality of plans", grade, "Clear dates."])
    form.save(str(path))


def add_table(form: docx.document.Document, *rows: list[str]) -> None:
    table = form.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def own_audit(data: Path, theme: str) -> Path:
    folder = data / "raw" / "mine"
    (folder / "returns").mkdir(parents=True)
    (folder / "audit.yaml").write_text(ABOUT.format("mine", theme), encoding="utf-8")
    (folder / "my-tool.yaml").write_text(TOOL, encoding="utf-8")
    (folder / "requests.csv").write_text("case,agency\nA,Police\nA,School\n", encoding="utf-8")
    return folder


def test_an_audit_with_a_tool_of_its_own_is_reported_without_a_notebook_written_for_it(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "outputs"
    folder = own_audit(data, "strategy")
    write_form(folder / "returns" / "A police.docx", "A", "Police", "Green Red Amber", "Good")
    write_form(folder / "returns" / "A school.docx", "A", "School", "Green Green Green", "Inadequate")
    audit = load_audit(folder)
    tables = code_audit(audit, data, 1, lambda _: None)
    assert list(tables["answers"]["answer"]).count("green") == 4
    made = report_audit(audit, account_of("mine", tables), notebooks_for(audit), data, out, lambda _: None)
    assert [path.relative_to(out).as_posix() for path in made] == ["mine/internal/any_tool.html"]
    page = made[0].read_text(encoding="utf-8")
    headings = re.findall(r'<h3[^>]*id="part-[^>]*>(?:<a[^>]*>)?([^<]*)', page)
    assert headings == [
        "The discussion",
        "What followed",
        "Where agencies agree and differ",
        "Whether agencies agree",
        "What helped?",
    ]
    words = re.sub(r"<[^>]*>", "", page)
    assert "S1 “Was it held in time?”: 2 of 2 returns to which it applied said green" in words
    assert "The agreed grade and the average: No grade agreed by the meeting is recorded." in words
    assert "This tool asks for no score." in words
    assert "This tool has no place for agreed actions." in words


@pytest.mark.parametrize(
    ("theme", "sections", "notebook", "told"),
    [
        ("strategy", "S F", "any_tool", ""),
        ("neglect", "S F", "any_tool", "(R, A, P, C and I), so any_tool.ipynb"),
        ("neglect", "R A", "any_tool", "(P, C and I), so any_tool.ipynb"),
        ("child-in-need", '""', "child-in-need", ""),
        ("case-audit", "S F", "case-audit", ""),
    ],
)
def test_the_notebook_of_a_theme_is_taken_where_there_is_one_that_fits_the_tool(
    tmp_path: Path, theme: str, sections: str, notebook: str, told: str
) -> None:
    folder = own_audit(tmp_path, theme)
    tool = TOOL
    for written, section in zip(("- id: S", "- id: F"), sections.split(), strict=False):
        tool = tool.replace(written, f"- id: {section}")
    (folder / "my-tool.yaml").write_text(tool, encoding="utf-8")
    said: list[str] = []
    assert notebooks_for(load_audit(folder), said.append) == [NOTEBOOKS / f"{notebook}.ipynb"]
    assert told in "".join(said)
    assert bool(said) is bool(told)
