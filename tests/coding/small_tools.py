"""Small audit tools of the kinds that partnerships use, each showing one thing that the format can say."""

from __future__ import annotations

import tempfile
from pathlib import Path

from audit_lib.instrument import Instrument
from audit_lib.instruments import read_instrument

_HEAD = """
id: small
title: Small tool
description: for a test
cues: [small tool]
header:
  - {id: case, label: Case, cues: [case], person: child}
"""
_COLORS = """
scales:
  rag:
    kind: answer
    order: [green, amber, red]
    values: {green: {label: Green, spellings: [g]}, amber: {label: Amber, spellings: [a]}, red: {label: Red, spellings: [r]}}
"""
RAG = (
    _HEAD
    + _COLORS
    + """
answer_scale: rag
question_heading_cues: [standard]
answer_heading_cues: [rating]
sections:
  - id: S
    title: Standards
    cues: [standards]
    questions:
      - {id: S1, text: Is the plan up to date?, cues: [plan up to date]}
      - {id: S2, text: Is the child seen?, cues: [child seen]}
      - {id: S3, text: Are visits on time?, cues: [visits on time]}
"""
)
MET = (
    _HEAD
    + """
scales:
  met:
    kind: answer
    order: [met, partially_met, not_met]
    values:
      met: {label: Met}
      partially_met: {label: Partially met, spellings: [partly met]}
      not_met: {label: Not met}
      not_applicable: {label: Not applicable, spellings: [n/a, "0"]}
answer_scale: met
question_heading_cues: [standard]
answer_heading_cues: [rating]
sections:
  - id: S
    title: Standards
    cues: [standards]
    questions:
      - {id: S1, text: Is the plan up to date?, cues: [plan up to date]}
      - {id: S2, text: Is the child seen?, cues: [child seen], applies_if: {question: S1, answers: [met, partially_met]}}
      - {id: S3, text: Are visits on time?, cues: [visits on time]}
scales_note: ""
"""
).replace('scales_note: ""\n', "")
NUMBERS = (
    _HEAD.replace("{", "{{").replace("}", "}}")
    + """
scales:
  one_to_four:
    kind: grade
    order: ["1", "2", "3", "4"]
    best: {best}
    values:
      "1": {{label: "1"}}
      "2": {{label: "2"}}
      "3": {{label: "3"}}
      "4": {{label: "4"}}
      not_applicable: {{label: Not applicable, spellings: ["0"]}}
grade_scale: one_to_four
question_heading_cues: [area]
grade_heading_cues: [rating]
text_heading_cues: [notes]
raters:
  - {{id: moderator, title: Moderator, cues: [moderator]}}
columns:
  - {{id: evidence, heading: Evidence, cues: [evidence]}}
  - {{id: impact, heading: Impact, cues: [impact]}}
grades:
  - {{id: plans, asked: row, title: Plans, cues: [quality of plans, plans]}}
  - {{id: visits, asked: row, title: Visits, cues: [visits]}}
  - {{id: reviews, asked: row, title: Reviews, cues: [reviews]}}
actions:
  action_cues: [agreed actions, action]
  by_whom_cues: [by whom]
  by_when_cues: [by when]
lookback_months: {months}
"""
)
WEIGHTED = (
    RAG
    + """
grade_scale: verdict
grades:
  - id: overall
    asked: derived
    title: The whole
    derived:
      weights: {S1: 2, S2: 1, S3: 1}
      points: {green: 1, amber: 0.5, red: 0}
      bands: [{grade: weak, least: 0}, {grade: fair, least: 50}, {grade: strong, least: 80}]
"""
).replace(
    "scales:\n",
    "scales:\n  verdict:\n    kind: grade\n    order: [strong, fair, weak]\n"
    "    values: {strong: {label: Strong}, fair: {label: Fair}, weak: {label: Weak}}\n",
)
RUBRIC = (
    _HEAD
    + """
grade_scale: ofsted_four
groups:
  - {id: ref, title: Referral, cues: [referral]}
  - {id: rec, title: Recording, cues: [recording]}
grades:
  - {id: REF1, asked: descriptor, group: ref, title: Threshold, cues: [threshold]}
  - {id: REF2, asked: descriptor, group: ref, title: Speed, cues: [within a day, within a week, speed]}
  - {id: REF3, asked: descriptor, group: ref, title: Consent, cues: [consent]}
  - {id: REC1, asked: descriptor, group: rec, title: Writing, cues: [written, writing]}
  - {id: REC2, asked: descriptor, group: rec, title: Dates, cues: [dated]}
"""
)
JUDGED = (
    _HEAD
    + """
grade_scale: ofsted_four
question_heading_cues: [standard, area]
grade_heading_cues: [judgement, grade]
columns:
  - {id: evidence, heading: Evidence, cues: [evidence]}
grades:
  - {id: plans, asked: ASKED, title: Quality of plans, cues: [quality of plans]}
  - {id: visits, asked: ASKED, title: Visits to the child, cues: [visits to the child]}
"""
)
LISTED = (
    _HEAD
    + """
answer_scale: yes_no
questions_in: paragraphs
columns:
  - {id: comment, heading: Comments, cues: [comments]}
tick_lists:
  - {id: "1", text: What is on file?, cues: [on file]}
sections:
  - id: ""
    title: All
    cues: []
    questions:
      - {id: 1a, tick_list: "1", text: A plan, cues: [a plan]}
      - {id: 1b, tick_list: "1", text: A chronology, cues: [a chronology]}
      - {id: 1c, tick_list: "1", text: Minutes, cues: [minutes]}
      - {id: "2", text: Was the child seen?, cues: [child seen], options: ["yes", "no", not_applicable]}
      - {id: "3", text: Is the level right?, cues: [level right], options: ["yes", "no"], prompts: [please say what you did]}
"""
)


def tool(text: str) -> Instrument:
    """The instrument that a YAML text describes, read as a partnership's own would be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return read_instrument(path)


def numbers(best: str = "first", months: int = 12) -> Instrument:
    """The tool with grades from 1 to 4, either end best."""
    return tool(NUMBERS.format(best=best, months=months))
