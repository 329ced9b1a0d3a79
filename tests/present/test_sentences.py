from fractions import Fraction

import pytest

from audit_lib.analysis.gaps import quality_groups
from audit_lib.analysis.grades import grade_map, grades_by_section
from audit_lib.analysis.proportions import question_results
from audit_lib.analysis.responses import case_counts, returns_grid
from audit_lib.analysis.scores import score_results
from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument, read_instrument
from audit_lib.present import sentences as say
from audit_lib.schema import TABLES

NEGLECT = load_instrument("neglect-2018")


def results_of(answers: dict[str, str], instrument: Instrument = NEGLECT):
    """Question -> its answers, a letter each."""
    words = dict(
        zip("ynp-?m!", ["yes", "no", "partly", "not_applicable", "not_known", "missing", "unclear"], strict=True)
    )
    rows = [
        {"return_id": f"{i:016x}", "question": question, "answer": words[letter]}
        for question, letters in answers.items()
        for i, letter in enumerate(letters)
    ]
    return {result.question.id: result for result in question_results(TABLES["answers"].frame(rows), instrument)}


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        (
            "y" * 10 + "n" * 7 + "--m!",
            "10 of the 17 returns to which it applied said yes (59%; likely range 36% to 78%). "
            "Not counted: 2 said that it did not apply, 1 gave no answer and 1 cannot be read for certain.",
        ),
        ("nn", "0 of the 2 returns to which it applied said yes (0%; likely range 0% to 66%)."),
        ("y", "The one return to which it applied said yes; one return shows nothing about others."),
        (
            "p-",
            "The one return to which it applied said partly; one return shows nothing about others. "
            "Not counted: 1 said that it did not apply.",
        ),
        ("--", "All 2 returns that answered said that it did not apply."),
        ("-m", "The one return that answered said that it did not apply (1 missing)."),
        ("mm!", "None of the 3 returns gave an answer that can be read (2 missing, 1 unclear)."),
        ("m", "The one return gave no answer that can be read (1 missing)."),
        ("", "No return was read."),
    ],
)
def test_what_was_answered_to_a_question(letters, sentence):
    assert say.question_sentence(results_of({"R1": letters})["R1"]) == sentence


def test_a_neutral_question_has_no_better_answer():
    assert "Neither answer is the better one." in say.question_sentence(results_of({"I3": "yyn"})["I3"])


def test_a_negative_question_leads_with_its_good_answer():
    data = NEGLECT.model_dump()
    data["sections"][0]["questions"][0]["polarity"] = "negative"
    sentence = say.question_sentence(results_of({"R1": "yyyn"}, Instrument.model_validate(data))["R1"])
    assert sentence == (
        "1 of the 4 returns to which it applied said no (25%; likely range 5% to 70%). Here “no” is the good answer."
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"R1": "yn"}, []),
        ({"R1": "yn", "R2": "-m"}, []),
        ({"R1": "yn", "R2": "yynn"}, ["Every question was answered “yes” equally often (50%)."]),
        (
            {"R1": "y", "R2": "nn"},
            [
                "Most often answered “yes”: R1 “Did your agency notice the neglect as early as it could have?” "
                "(1 of 1 return to which it applied, 100%).",
                "Least often answered “yes”: R2 “Was a practice tool used to recognise neglect?” "
                "(0 of 2 returns to which it applied, 0%).",
                "Of so many questions the highest and the lowest were picked out; chance alone could set two that far apart.",
            ],
        ),
        (
            {"R1": "y" * 20, "R2": "n" * 20},
            [
                "Most often answered “yes”: R1 “Did your agency notice the neglect as early as it could have?” "
                "(20 of 20 returns to which it applied, 100%).",
                "Least often answered “yes”: R2 “Was a practice tool used to recognise neglect?” "
                "(0 of 20 returns to which it applied, 0%).",
            ],
        ),
    ],
)
def test_the_highest_and_the_lowest_share(answers, expected):
    assert list(say.extremes_sentences(list(results_of(answers).values()))) == expected


def test_many_questions_in_one_place_are_not_all_named():
    results = results_of(dict.fromkeys(NEGLECT.questions, "y") | {"P1": "n"})
    first, last, _ = say.extremes_sentences(list(results.values()))
    assert "and 15 other questions" in first
    assert last.startswith("Least often answered “yes”: P1")


@pytest.mark.parametrize(
    ("requests", "read", "sentence"),
    [
        ([], [], "No forms were asked for."),
        (["A"], [], "1 form was asked for: none came back (0%) and 1 has not come back."),
        (["A"], ["A"], "1 form was asked for: 1 came back (100%)."),
        (["A", "B", "C"], ["A"], "3 forms were asked for: 1 came back (33%) and 2 have not come back."),
        (
            ["A"],
            ["A", "D"],
            "1 form was asked for: 1 came back (100%). "
            "1 return that nobody had asked for was read too; it is in the findings, but not in this count.",
        ),
        (
            ["A"],
            ["D", "E"],
            "1 form was asked for: none came back (0%) and 1 has not come back. "
            "2 returns that nobody had asked for were read too; they are in the findings, but not in this count.",
        ),
        (
            ["A"],
            ["A", "A"],
            "1 form was asked for: 1 came back (100%). "
            "2 returns answer 1 request, as a request can bring more than one form.",
        ),
    ],
)
def test_what_came_back(requests, read, sentence):
    returns = [
        {"return_id": str(i), "case": c, "agency": "GP", "status": "read", "kind": "docx"} for i, c in enumerate(read)
    ]
    grid = returns_grid(
        TABLES["requests"].frame([{"case": case, "agency": "GP"} for case in requests]),
        TABLES["returns"].frame(returns),
    )
    assert say.response_sentences(grid) == (sentence,)


def test_what_came_empty_or_waits_is_told_beside_what_did_not_come():
    reasons = {"A": "empty_file", "B": "damaged", "D": "ruled_out"}
    rows = [
        {"return_id": case, "case": case, "agency": "GP", "status": "rejected", "reason_code": reason, "kind": "docx"}
        for case, reason in reasons.items()
    ]
    grid = returns_grid(
        TABLES["requests"].frame([{"case": case, "agency": "GP"} for case in "ABCD"]), TABLES["returns"].frame(rows)
    )
    assert say.response_sentences(grid) == (
        "4 forms were asked for: none came back (0%), 1 came in but cannot be counted until a person has seen to it, "
        "1 came empty, 1 came and was set aside by a person and 1 has not come back.",
    )


@pytest.mark.parametrize(
    ("received", "words"),
    [
        (
            ["", ""],
            "2 came back (100%). Whether they came by the date asked for is not known: no date of receipt is recorded.",
        ),
        (
            [""],
            "1 has not come back. Whether it came by the date asked for is not known: no date of receipt is recorded.",
        ),
        (
            ["2018-05-10", ""],
            "Of the 2 that came back, 1 came by the date asked for and 1 came on a day that is not recorded.",
        ),
        (["2018-05-09", "2018-05-10"], "2 forms were asked for: 2 came back (100%)."),
        (
            ["2018-05-12", "2018-05-10"],
            "Of the 2 that came back, 1 came by the date asked for and 1 came after the date asked for.",
        ),
    ],
)
def test_that_nobody_knows_whether_forms_were_late_is_said(received, words):
    rows = [
        {"return_id": str(i), "case": "AB"[i], "agency": "GP", "status": "read", "kind": "docx", "received": day}
        for i, day in enumerate(received)
    ]
    requests = [{"case": case, "agency": "GP", "due": "2018-05-11"} for case in "AB"]
    grid = returns_grid(TABLES["requests"].frame(requests), TABLES["returns"].frame(rows))
    assert words in say.response_sentences(grid)[0]


@pytest.mark.parametrize(
    ("requests", "described", "read", "words"),
    [
        ("ABC", "", "ABC", "3"),
        ("ABC", "", "AAB", "3 asked about; returns for 2"),
        ("ABC", "", "", "3 asked about; returns for none"),
        ("A", "", "AB", "1"),  # nobody asked about the other
        ("ABCDEF", "", "ABCDEG", "6 asked about; returns for 5"),
        ("ABCDEF", "G", "ABCDEG", "6 asked about; returns for 5"),
        ("", "", "AB", "2"),
        ("AB", "ABC", "AB", "3 known; returns for 2"),
    ],
)
def test_cases_of_which_nothing_came_back_are_not_told_as_audited(requests, described, read, words):
    returns = [
        {"return_id": str(i), "case": c, "agency": "GP", "status": "read", "kind": "docx"} for i, c in enumerate(read)
    ]
    counts = case_counts(
        TABLES["requests"].frame([{"case": case, "agency": "GP"} for case in requests]),
        TABLES["cases"].frame([{"case": case} for case in described]),
        TABLES["returns"].frame(returns),
    )
    assert say.cases_words([counts]) == words


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([], "No return gave a score."),
        ([None], "No return gave a score (1 missing)."),
        ([10], "One return gave a score: 10."),
        ([7, 7], "2 returns gave a score: both 7."),
        ([7, 7, 7], "3 returns gave a score: all 7."),
        ([6.5, 7, None], "2 returns gave a score: mean 6.8, lowest 6.5, highest 7 (1 missing)."),
    ],
)
def test_how_a_case_was_scored(scores, sentence):
    rows = [{"return_id": str(i), "case": "A", "agency": "GP", "score": score} for i, score in enumerate(scores)]
    found = score_results(TABLES["scores"].frame(rows), TABLES["quality"].empty())
    assert say.score_sentence(found.together) == sentence


def test_a_score_says_what_is_scored():
    found = score_results(
        TABLES["scores"].frame([{"return_id": "1", "case": "A", "score": 7}]), TABLES["quality"].empty()
    )
    sentence = say.score_sentence(found.together, NEGLECT.score)
    assert sentence == "One return gave the work as a whole a score from 0 to 10: 7."


GRADES = dict(
    zip("OGRIm!", ["outstanding", "good", "requires_improvement", "inadequate", "missing", "unclear"], strict=True)
)


def graded(cases: dict[str, str]):
    """Case -> the overall grade of each of its returns, a letter each; as a table."""
    given = [(case, letter) for case, letters in cases.items() for letter in letters]
    rows = [
        {"return_id": str(i), "case": case, "agency": f"Agency {i}", "section": "overall", "grade": GRADES[letter]}
        for i, (case, letter) in enumerate(given)
    ]
    return TABLES["grades"].frame(rows)


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        ("", "The work overall: no return was read."),
        ("m", "The work overall: the one return gave no grade that can be read (1 missing)."),
        ("G", "The work overall: of 1 return, 1 graded it good."),
        ("mm", "The work overall: none of the 2 returns gave a grade that can be read (2 missing)."),
        ("OGGRm!", "The work overall: of 6 returns, 1 graded it outstanding, 2 good and 1 requires improvement "
         "(1 missing, 1 unclear)."),
    ],
)  # fmt: skip
def test_how_the_work_was_graded(letters, sentence):
    counts = grades_by_section(graded({"A": letters}), NEGLECT)
    assert say.grade_sentence(counts[-1], NEGLECT) == sentence


@pytest.mark.parametrize(
    ("cases", "sentence"),
    [
        ({"A": "G"}, "Nowhere did two agencies grade the same section of the same case, so they cannot be compared."),
        ({"A": "GR"}, "Two or more agencies graded the same section, or the whole, of the same case once; "
         "they never all gave the same grade."),
        ({"A": "GG", "B": "OO"}, "Two or more agencies graded the same section, or the whole, of the same case twice; "
         "they all gave the same grade each time."),
        ({"A": "GG", "B": "OG", "C": "Rm"}, "Two or more agencies graded the same section, or the whole, of the same case twice; "
         "they all gave the same grade once."),
    ],
)  # fmt: skip
def test_whether_agencies_agree(cases, sentence):
    found = grade_map(graded(cases), TABLES["cases"].empty(), NEGLECT)
    assert say.grade_map_sentence(found) == sentence


@pytest.mark.parametrize(
    ("severities", "sentence"),
    [
        (["note"], "The checks found 1 thing worth knowing."),
        (["warning", "warning", "note"], "The checks found 2 things to be looked at and 1 worth knowing."),
        (["error", "warning"], "The checks found 1 thing to be settled before the figures can be relied on and "
         "1 to be looked at."),
    ],
)  # fmt: skip
def test_what_the_checks_found(severities, sentence):
    rows = [{"severity": severity, "check": "answer_missing"} for severity in severities]
    assert say.checks_sentence(quality_groups(TABLES["quality"].frame(rows))) == sentence


def test_what_a_person_has_settled_is_said():
    rows = [{"severity": "note", "check": "ruling_applied"}]
    sentence = say.checks_sentence(quality_groups(TABLES["quality"].frame(rows)))
    assert sentence == "The checks found 1 thing worth knowing. Among them is 1 ruling by a person."


@pytest.mark.parametrize(("date", "text"), [("2018-05", "May 2018"), ("2018-05-01", "1 May 2018")])
def test_dates_are_written_out(date, text):
    assert say.long_date(date) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("due 2018-05-11, and", "due 11 May 2018, and"),
        ("2018-13-01 and 12018-05-11", "2018-13-01 and 12018-05-11"),
        ("", ""),
    ],
)
def test_dates_within_a_sentence_are_written_out(text, told):
    assert say.with_long_dates(text) == told


def test_numbers_are_rounded_half_up():
    assert say.decimal(Fraction(27, 4)) == "6.8"
    assert say.percent_text(5, 8) == "63%"
    assert say.percent_text(0, 0) == "–"


OWN = """
id: own
title: Own
description: Own
cues: [own]
grade_scale: points
answer_scale: yes_no
header: [{id: case, label: Case, cues: [case]}]
scales:
  points: {kind: grade, order: ["2", "1"], values: {"2": {label: 2 - good}, "1": {label: 1 - poor}}}
  verdict: {kind: grade, order: [strong, weak], values: {strong: {label: Strong}, weak: {label: Weak}}}
sections: [{id: A, title: A, cues: [a], questions: [{id: A1, text: Seen?}]}]
grades:
  - {id: plans, asked: row, title: Plans, cues: [plans]}
  - {id: whole, asked: derived, title: The whole, scale: verdict,
     derived: {weights: {A1: 1}, points: {"yes": 1}, bands: [{grade: weak, least: 0}, {grade: strong, least: 50}]}}
"""


@pytest.mark.parametrize(
    ("section", "given", "sentence"),
    [
        ("plans", ("2", "1", "1"), "Plans: of 3 returns, 1 graded it “2 - good” and 2 “1 - poor”."),
        ("whole", ("strong", "weak"), "The whole: of 2 returns, 1 came out as strong and 1 weak."),
    ],
)
def test_how_the_work_was_graded_by_numbers_and_by_a_rule(tmp_path, section, given, sentence):
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    own = read_instrument(tmp_path / "own.yaml")
    rows = [{"return_id": str(i), "case": "A", "section": section, "grade": grade} for i, grade in enumerate(given)]
    counts = next(one for one in grades_by_section(TABLES["grades"].frame(rows), own) if one.name == section)
    assert say.grade_sentence(counts, own) == sentence
