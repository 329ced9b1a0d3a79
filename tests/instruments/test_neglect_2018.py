"""The neglect tool of 2018 as data, and how faults of any instrument are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit_lib.audits import load_audit
from audit_lib.coding.values.cues import cue_length
from audit_lib.errors import UserFault
from audit_lib.instruments import FOLDER, concepts, known_instruments, load_instrument, read_instrument
from audit_lib.text import fold

NEGLECT = load_instrument("neglect-2018")
SEEDS = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))
QUESTIONS = [
    "R1",
    "R2",
    *(f"A{n}" for n in range(1, 8)),
    *(f"P{n}" for n in range(1, 5)),
    *(f"C{n}" for n in range(1, 5)),
    "I1",
    "I2",
    "I3",
]


def test_its_questions_grades_and_score_are_those_of_the_printed_form() -> None:
    assert list(NEGLECT.questions) == QUESTIONS
    assert [section.id for section in NEGLECT.sections] == list("RAPCI")
    assert NEGLECT.section_of == {question: question[0] for question in QUESTIONS}
    assert [thing.id for thing in NEGLECT.grades] == [*"RAPCI", "overall"]
    assert NEGLECT.score is not None
    assert (NEGLECT.score.minimum, NEGLECT.score.maximum, NEGLECT.score.best) == (0, 10, "high")
    assert [column.id for column in NEGLECT.columns] == ["going_well", "worried", "needs_to_happen"]
    assert {"case", "agency"} <= {field.id for field in NEGLECT.header}
    assert [field.id for field in NEGLECT.free_fields] == ["reasoning", "good_practice", "other"]
    assert NEGLECT.lookback_months == 6


def test_its_rules_and_scales() -> None:
    assert (NEGLECT.rules.explain_not_applicable, NEGLECT.rules.initials_only) == (True, True)
    assert {NEGLECT.question_scale(question).id for question in QUESTIONS} == {"yes_no"}
    assert {NEGLECT.grade_scale_of(thing.id).id for thing in NEGLECT.grades} == {"ofsted_four"}
    assert set(NEGLECT.scales) == {"yes_no", "ofsted_four"}
    assert {question.id for question in NEGLECT.questions.values() if question.polarity != "positive"} == {"I3"}


@pytest.mark.parametrize("name", known_instruments())
def test_every_instrument_loads_with_known_concepts(name: str) -> None:
    instrument = load_instrument(name)
    assert instrument.id == name
    assert {question.concept for question in instrument.questions.values()} | {
        thing.concept for thing in instrument.grades
    } <= {*concepts(), ""}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_cue_finds_its_own_question_alone(question: str) -> None:
    found = [
        other.id
        for other in NEGLECT.questions.values()
        if cue_length(fold(NEGLECT.questions[question].text), other.cues)
    ]
    assert found == [question]
    for cue in NEGLECT.questions[question].cues:
        fitting = {other.id: cue_length(fold(cue), other.cues) for other in NEGLECT.questions.values()}
        best = max(fitting.values())
        assert [other for other, length in fitting.items() if length == best] == [question], cue


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))


@pytest.mark.skipif(not SEEDS, reason="the printed forms are not beside this repository")
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_wording_of_questions_is_our_own(question: str) -> None:
    printed = " ".join(" ".join(words_of(path.read_text(encoding="utf-8"))) for path in SEEDS)
    words = words_of(NEGLECT.questions[question].text)
    runs = [" ".join(words[start : start + 8]) for start in range(len(words) - 7)]
    assert [run for run in runs if run in printed] == []


def test_an_instrument_that_nobody_knows_is_told_with_a_near_one() -> None:
    with pytest.raises(UserFault, match="'neglect-2019' is not an instrument; did you mean 'neglect-2018'"):
        load_instrument("neglect-2019")


SMALL = """\
id: small
title: A small tool
description: For tests.
cues: [small tool]
answer_scale: yes_no
grade_scale: own
header:
  - {id: case, label: Case, cues: [case]}
sections:
  - id: S
    title: Section
    cues: [section]
    questions:
      - {id: S1, text: Was it seen?, cues: [seen], concept: response}
      - {id: S2, text: Was it heard?, cues: [heard]}
grades:
  - {id: S, title: Section, cues: [section]}
scales:
  own:
    kind: grade
    order: [high, low]
    values:
      high: {label: High}
      low: {label: Low, spellings: [poor]}
"""
MISTAKES = {
    "an unknown key": (
        "text: Was it heard?",
        "txt: Was it heard?",
        [
            "line 15: 'sections.1.questions.2.text' is missing; it is required",
            "line 15: 'txt' is not a key here; did you mean 'text'?",
        ],
    ),
    "a concept that is unknown": (
        "concept: response",
        "concept: respons",
        ["line 14: 'respons' is not a concept; did you mean 'response'?"],
    ),
    "a person that is unknown": (
        "label: Case, cues",
        "label: Case, person: kid, cues",
        ["line 8: 'header.1.person' is 'kid'; expected child or worker"],
    ),
    "a scale that is unknown": (
        "answer_scale: yes_no",
        "answer_scale: yesno",
        ["line 5: 'yesno' is not a scale; did you mean 'yes_no'?"],
    ),
    "no scale": (
        "answer_scale: yes_no\n",
        "",
        ["line 1: 'answer_scale' is missing; it is required where a question has no scale of its own"],
    ),
    "a scale of the other kind": (
        "answer_scale: yes_no",
        "answer_scale: own",
        ["line 5: 'own' is a scale of grades; a scale of answers is needed"],
    ),
    "a question's scale of the other kind": (
        "cues: [heard]}",
        "cues: [heard], scale: ofsted_four}",
        ["line 15: 'ofsted_four' is a scale of grades; a scale of answers is needed"],
    ),
    "a question given twice": ("id: S2", "id: S1", ["line 15: the id 'S1' is that of another question, in line 14"]),
    "a polarity that is none": (
        "cues: [heard]}",
        "cues: [heard], polarity: good}",
        ["line 15: 'sections.1.questions.2.polarity' is 'good'; expected positive, negative or neutral"],
    ),
    "an empty cue": (
        "cues: [heard]",
        "cues: ['']",
        ["line 15: 'sections.1.questions.2.cues.1' is empty; expected a text"],
    ),
    "a cue that is no list": (
        "cues: [heard]",
        "cues: heard",
        ["line 15: 'sections.1.questions.2.cues' is 'heard'; expected a list, such as [first, second]"],
    ),
    "an order with an unknown value": (
        "order: [high, low]",
        "order: [high, middle]",
        ["line 19: 'scales.own': middle is not among the values of the scale"],
    ),
    "a spelling of two values": (
        "spellings: [poor]",
        "spellings: [HIGH]",
        ["line 19: 'scales.own': the spelling 'HIGH' stands for two values, high and low"],
    ),
    "a kind that is none": (
        "kind: grade",
        "kind: grades",
        ["line 20: 'scales.own.kind' is 'grades'; expected answer or grade; did you mean 'grade'?"],
    ),
    "a column that is none": (
        "sections:\n",
        "columns:\n  - {id: well, heading: Well, cues: [well]}\nsections:\n",
        [
            "line 10: 'columns.1.id' is 'well'; expected going_well, worried, needs_to_happen, evidence, impact or comment"
        ],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_an_instrument_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    before, after, messages = MISTAKES[mistake]
    assert SMALL.count(before) == 1
    path = tmp_path / "small.yaml"
    path.write_text(SMALL.replace(before, after), encoding="utf-8")
    with pytest.raises(UserFault) as fault:
        read_instrument(path)
    assert [f"line {one.line}: {one.message}" for one in fault.value.faults] == messages


def test_an_instrument_beside_its_audit_is_used(tmp_path: Path) -> None:
    audit = load_audit(beside(tmp_path, SMALL))
    assert (audit.instrument.id, list(audit.instrument.questions)) == ("small", ["S1", "S2"])
    assert audit.instrument.grade_scale_of("S").rank("high") == 0
    assert audit.instrument.question_scale("S1").id == "yes_no"


def beside(raw: Path, instrument: str, corrections: str = "") -> Path:
    folder = raw / "one"
    (folder / "returns").mkdir(parents=True)
    about = "id: one\ntitle: An audit\ntheme: neglect\ninstrument: my-tool.yaml\ndate: 2018-05\n"
    for name, text in {
        "audit.yaml": about,
        "requests.csv": "case,agency\nA,GP\n",
        "my-tool.yaml": instrument,
        "corrections.csv": corrections,
    }.items():
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_all_mistakes_of_an_instrument_beside_its_audit_are_told_at_once_with_those_of_the_audit(
    tmp_path: Path,
) -> None:
    text = SMALL
    for before, after, _ in (
        MISTAKES[name]
        for name in (
            "an unknown key",
            "a concept that is unknown",
            "an order with an unknown value",
            "a scale that is unknown",
        )
    ):
        text = text.replace(before, after)
    with pytest.raises(UserFault) as fault:
        load_audit(beside(tmp_path, text, "file,question,answer,reason,by\na,S1,yes,,\n"))
    assert [(Path(one.file).name, one.line) for one in fault.value.faults] == [
        ("corrections.csv", 2),
        *(("my-tool.yaml", line) for line in (5, 14, 15, 15, 19)),
    ]


def test_an_instrument_that_is_not_beside_its_audit_is_told(tmp_path: Path) -> None:
    folder = beside(tmp_path, SMALL)
    (folder / "my-tool.yaml").unlink()
    with pytest.raises(
        UserFault, match=r"audit\.yaml, line 4: 'instrument' is 'my-tool\.yaml', and there is no such file beside it"
    ):
        load_audit(folder)


def test_rulings_are_checked_against_the_tool_of_the_audit(tmp_path: Path) -> None:
    rows = "file,question,answer,reason,by\na,S1,yes,,x\na,grade:S,high,,x\na,score,7,,x\na,grade:S2,low,,x\n"
    with pytest.raises(UserFault) as fault:
        load_audit(beside(tmp_path, SMALL, rows))
    assert [one.line for one in fault.value.faults] == [4, 5]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_the_files_that_come_with_the_project_are_plain_yaml(path: Path) -> None:
    assert YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
