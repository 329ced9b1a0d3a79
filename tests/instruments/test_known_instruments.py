"""The audit tools that come with the project: their ids, their wording, the words by which a form is known again."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from audit_lib.coding.values.cues import cue_length
from audit_lib.errors import UserFault
from audit_lib.instruments import known_instruments, load_instrument, read_instrument
from audit_lib.instruments.describing import described, in_one_line
from audit_lib.text import fold

SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))
AREAS_2021 = [
    *("risk", "involvement", "decisions", "assessments", "coordination", "diversity", "plans", "permanence", "reviews"),
    *("living_arrangements", "independence", "outcomes", "overall"),
]
AREAS_2017 = [area.replace("living_arrangements", "placement") for area in AREAS_2021 if area != "overall"]


def numbered(**last: int) -> list[str]:
    return [f"{letter}{number}" for letter, count in last.items() for number in range(1, count + 1)]


RUBRIC = {"REF": 6, "S47-": 8, "REC": 4, "SUP": 3, "CCP": 4, "ASM": 9, "CIN": 5, "CP": 11, "LAC": 7, "REV": 5}
QUESTIONS = {
    "neglect-2018": numbered(R=2, A=7, P=4, C=4, I=3),
    "step-up-step-down-2018": numbered(R=2, A=8, P=7, C=7, I=3),
    "child-in-need-2014": [*(f"1{letter}" for letter in "abcdefg"), *map(str, range(2, 12))],
    "case-audit-2021": [],
    "case-audit-2017": [],
    "case-grading": [],
}
GRADES = {
    "neglect-2018": [*"RAPCI", "overall"],
    "step-up-step-down-2018": [*"RAPCI", "overall"],
    "child-in-need-2014": [],
    "case-audit-2021": AREAS_2021,
    "case-audit-2017": AREAS_2017,
    "case-grading": [f"{group}{number}" for group, count in RUBRIC.items() for number in range(1, count + 1)],
}


def test_every_tool_of_the_contract_is_there() -> None:
    assert set(known_instruments()) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_questions_and_grades_carry_the_ids_of_the_contract(name: str) -> None:
    instrument = load_instrument(name)
    assert list(instrument.questions) == QUESTIONS[name]
    assert [thing.id for thing in instrument.grades] == GRADES[name]
    assert (instrument.score is not None) == name.endswith("-2018")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_tool_is_of_several_agencies_where_its_form_asks_which(name: str) -> None:
    assert load_instrument(name).multi_agency == (name not in ("case-audit-2021", "case-audit-2017", "case-grading"))


def test_direction_matters() -> None:
    def of(polarity: str) -> set[str]:
        questions = load_instrument("step-up-step-down-2018").questions.values()
        return {question.id for question in questions if question.polarity == polarity}

    assert of("negative") == {"P5", "C7"}
    assert of("neutral") == {"C5", "C6", "I3"}


def test_options_differ_by_question() -> None:
    questions = load_instrument("child-in-need-2014").questions
    assert {name: question.options for name, question in questions.items() if not question.tick_list} == {
        "2": ("yes", "no", "not_applicable"),
        "3": ("yes", "no", "not_applicable"),
        "4": ("yes", "no", "not_applicable"),
        "5": ("yes", "no"),
        "6": ("yes", "no", "not_applicable"),
        "7": ("yes", "no"),
        "8": ("yes", "no", "not_known", "not_applicable"),
        "9": ("yes", "no", "not_known"),
        "10": ("yes", "no"),
        "11": ("yes", "no"),
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_words_of_a_question_are_those_of_no_other(name: str) -> None:
    questions = load_instrument(name).questions.values()
    for asked in questions:
        for words in (asked.text, *asked.cues):
            fitting = {one.id: cue_length(fold(words), (*one.cues, one.text)) for one in questions}
            best = max(fitting.values())
            assert [one for one, length in fitting.items() if length == best] == [asked.id], words


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_title_of_a_tool_is_that_of_no_other(name: str) -> None:
    for cue in load_instrument(name).cues:
        others = [
            one for one in known_instruments() if one != name and cue_length(fold(cue), load_instrument(one).cues)
        ]
        assert others == [], cue


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))


@pytest.mark.skipif(not SEEDS, reason="the printed forms are not beside this repository")
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_wording_is_our_own(name: str) -> None:
    printed = " ".join(" ".join(words_of(path.read_text(encoding="utf-8"))) for path in SEEDS)
    instrument = load_instrument(name)
    texts = [*(question.text for question in instrument.questions.values()), *(one.title for one in instrument.grades)]
    for text in (*texts, instrument.description):
        words = words_of(text)
        runs = [" ".join(words[start : start + 8]) for start in range(len(words) - 7)]
        assert [run for run in runs if run in printed] == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_tool_is_described_with_everything_it_asks(name: str) -> None:
    instrument, lines = load_instrument(name), "\n".join(described(load_instrument(name)))
    assert in_one_line(instrument).startswith(f"{name}: {instrument.title}")
    for one in (*instrument.questions.values(), *instrument.grades):
        assert re.search(rf"^    {re.escape(one.id)}: ", lines, re.MULTILINE)
    assert ("yes is bad" in lines) == (name == "step-up-step-down-2018")


SMALL = """\
id: small
title: A small tool
description: For tests.
cues: [small tool]
answer_scale: yes_no
grade_scale: ofsted_four
header: []
tick_lists:
  - {id: "1", text: On file, cues: [on file]}
groups:
  - {id: ref, title: Referral, cues: [referral]}
sections:
  - id: S
    title: Section
    cues: [section]
    questions:
      - {id: S1, text: Was it seen?, cues: [seen], options: ["yes", "no"]}
      - {id: S2, text: Was it heard?, cues: [heard], tick_list: "1"}
      - {id: S3, text: Was it felt?, cues: [felt], applies_if: {question: S1, answers: ["yes"]}}
grades:
  - {id: G1, asked: descriptor, group: ref, title: First, cues: [first], descriptors: {good: It is good}}
  - id: G2
    asked: derived
    title: Second
    derived:
      weights: {S1: 1}
      points: {"yes": 1}
      bands: [{grade: good, least: 50}]
"""
MISTAKES = {
    'tick_list: "1"': ('tick_list: "2"', 17, "'2' is not a tick list of this tool; expected 1"),
    'options: ["yes", "no"]': ('options: ["yes", "nay"]', 16, "'nay' is not a value of its scale; expected yes, partly"),
    "question: S1, answers": ("question: S3, answers", 18, "'S3' is not an earlier question of this tool"),
    'answers: ["yes"]': ("answers: [yess]", 18, "'yess' is not a value of its scale; did you mean 'yes'?"),
    "group: ref": ("group: reff", 20, "'reff' is not a group of this tool; did you mean 'ref'?"),
    "descriptors: {good": ("descriptors: {goood", 20, "'goood' is not a value of its scale; did you mean 'good'?"),
    "weights: {S1": ("weights: {S9", 25, "'S9' is not a question of this tool; expected S1, S2 or S3"),
    "grade: good, least": ("grade: fine, least", 27, "'fine' is not a value of its scale"),
    "answers: [": ("answers: [] #", 18, "'sections.1.questions.3.applies_if.answers' is a list"),
}  # fmt: skip


@pytest.mark.parametrize("before", MISTAKES)
def test_a_name_of_something_that_is_not_there_is_told_with_its_line(before: str, tmp_path: Path) -> None:
    after, line, message = MISTAKES[before]
    text = SMALL.replace(before, after, 1) if "#" not in after else SMALL.replace('answers: ["yes"]', "answers: []")
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserFault) as fault:
        read_instrument(path)
    found = [(one.line, one.message) for one in fault.value.faults]
    assert len(found) == 1
    assert found[0][1].startswith(message)
    assert abs(found[0][0] - line) <= 1


def test_a_tool_without_mistakes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert [thing.asked for thing in read_instrument(path).grades] == ["descriptor", "derived"]


def test_a_derived_grade_needs_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.split("    derived:\n")[0], encoding="utf-8")
    with pytest.raises(UserFault, match="'derived' is missing; it is required where 'asked' is derived"):
        read_instrument(path)


def test_lines_of_a_description_are_in_the_order_of_the_form() -> None:
    lines = [line.strip().split(":")[0] for line in described(load_instrument("child-in-need-2014"))]
    places = [lines.index(question) for question in QUESTIONS["child-in-need-2014"]]
    assert all(before < after for before, after in pairwise(places))
