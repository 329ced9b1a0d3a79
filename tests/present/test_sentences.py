from fractions import Fraction

import pytest

from audit_lib.analysis.proportions import question_results
from audit_lib.analysis.responses import returns_grid
from audit_lib.analysis.scores import score_results
from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument
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
            ],
        ),
    ],
)
def test_the_highest_and_the_lowest_share(answers, expected):
    assert list(say.extremes_sentences(list(results_of(answers).values()))) == expected


def test_many_questions_in_one_place_are_not_all_named():
    results = results_of(dict.fromkeys(NEGLECT.questions, "y") | {"P1": "n"})
    first, last = say.extremes_sentences(list(results.values()))
    assert "and 15 other questions" in first
    assert last.startswith("Least often answered “yes”: P1")


@pytest.mark.parametrize(
    ("requests", "read", "sentence"),
    [
        ([], [], "No forms were asked for."),
        (["A"], [], "1 form was asked for and none came back (0%). 1 form has not come back."),
        (["A"], ["A"], "1 form was asked for and 1 came back (100%)."),
        (["A", "B", "C"], ["A"], "3 forms were asked for and 1 came back (33%). 2 forms have not come back."),
        (
            ["A"],
            ["A", "D"],
            "1 form was asked for and 1 came back (100%). "
            "1 more return was read without being asked for; it is in the findings, but not in this count.",
        ),
        (
            ["A"],
            ["A", "A"],
            "1 form was asked for and 1 came back (100%). "
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


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([], "No return gave a score."),
        ([None], "No return gave a score (1 missing)."),
        ([10], "One return gave a score: 10."),
        ([7, 7], "2 returns gave a score: mean 7.0, all 7."),
        ([6.5, 7, None], "2 returns gave a score: mean 6.8, from 6.5 to 7 (1 missing)."),
    ],
)
def test_how_a_case_was_scored(scores, sentence):
    rows = [{"return_id": str(i), "case": "A", "agency": "GP", "score": score} for i, score in enumerate(scores)]
    found = score_results(TABLES["scores"].frame(rows), TABLES["quality"].empty())
    assert say.score_sentence(found.together) == sentence


def test_numbers_are_rounded_half_up():
    assert say.decimal(Fraction(27, 4)) == "6.8"
    assert say.percent_text(5, 8) == "63%"
    assert say.percent_text(0, 0) == "–"
