"""File names as agencies write them, and what messages and reports show of them. All names, numbers and places are made up."""

from __future__ import annotations

import pytest

from audit_lib.coding.values.agencies import all_usual_spellings
from audit_lib.privacy.file_names import masked_path

KNOWN = [
    *(
        "School",
        "St Mary's Primary School",
        "Police",
        "GP",
        "Children's Social Care",
        "Early Help",
        "Health Visiting",
        "Housing",
    ),
    *(
        "0-19 Health Visiting",
        "Midwifery",
        "CAMHS",
        "Probation",
        "Fire and Rescue Service",
        "Fire Service",
        "Youth Justice Service",
    ),
    *["Neglect", "partnership", "audit", "Cheshire", "East"],
    *"ABCDEF",
    *("Beckside Primary School", "The Willow Family Project"),
    *all_usual_spellings(),
]
SHOWN_WHOLE = [
    "notes.txt",
    "empty form (duplicate).docx",
    "Case B chronology and summary.docx",
    "St Marys case A.docx",
    "Beckside C.docx",
    "Beckside School.docx",
    "D Willow Project.docx",
    "Case F/GP surgery, final v2 (2nd copy).docx",
    "Case A Police.docx",
    "Case B - Children's Social Care - May 2018.docx",
    "Neglect audit tool May 2018.docx",
    "Audit form June 2018 Health Visiting.docx",
    "April 2018/Case C School.docx",
    "Case D March returns.docx",
    "Police case E 3 May.docx",
    "Case F Early Help 16th May 2018.docx",
    "F.zip!social care 16 May.docx",
    "Online form.csv#row 4",
    "Returns received 14 May/GP case A.pdf",
    "Case A School v1.2.docx",
    "CSC_Case_B_final.docx",
    "case-c-midwifery-draft.doc",
    "Case D Housing (signed copy).pdf",
    "Agenda audit meeting 22 May 2018.docx",
    "St Mary's Primary School case F.docx",
    "Case E Youth Justice Service.docx",
    "Multi agency audit tool - Case A - 0-19 Health Visiting.docx",
    "Nursery Class 2 case C.docx",
    "FW Case F form.eml!Case F Police.docx",
    "Grading page 2.docx",
    "May half term/Case A.docx",
    "Dec 18 Case B Fire Service.docx",
    "Case B form page 3.docx",
    "Quality assurance audit case A.docx",
    "Case F CAMHS (late).docx",
]
HIDDEN = {
    "D Willow.docx": "D [name].docx",
    "Probation case B 2018-05-11.docx": "Probation case B [date].docx",
    "Case A May.docx": "Case A [name].docx",
    "Justice Young.docx": "[name].docx",
    "Grade Page.docx": "[name].docx",
    "Mary.docx": "[name].docx",
    "May.docx": "[name].docx",
    "June.pdf": "[name].pdf",
    "April.docx": "[name].docx",
    "Case A/May.docx": "Case A/[name].docx",
    "August Young.docx": "[name].docx",
    "Summer Page.docx": "[name].docx",
    "Page, Grade.docx": "[name].docx",
    "Young Justice.docx": "[name].docx",
    "Mary Ward.docx": "[name].docx",
    "Case B Justice Young Police.docx": "Case B [name] Police.docx",
    "Kyle's form.docx": "[name]'s form.docx",
    "Kyle Marsh (KM) Case F.docx": "[name] ([name]) Case F.docx",
    "Kyle_Marsh_caseF.docx": "[name].docx",
    "MARSH Kyle DOB 12.03.2010.docx": "[name] DOB [date of birth].docx",
    "Case A SK11_6AB.docx": "Case A [postcode].docx",
    "SK11_6AB case A.docx": "[postcode] case A.docx",
    "Case A SK11-6AB.docx": "Case A [postcode].docx",
    "caseA_SK116AB_police.docx": "caseA_[postcode]_police.docx",
    "NHS 943 476 5919 Case B.docx": "NHS [NHS number] Case B.docx",
    "9434765919.docx": "[NHS number].docx",
    "j.smith@example.org case C.docx": "[e-mail] case C.docx",
    "07700 900123 case D.docx": "[telephone] case D.docx",
    "Ms Harbottle school return.docx": "Ms [name] school return.docx",
    "Dr Patel GP case A.docx": "Dr [name] GP case A.docx",
    "January Jones.docx": "[name].docx",
    "March, Ella.docx": "[name].docx",
    "Ella March 2018.docx": "[name] March 2018.docx",
    "December Grace.docx": "[name].docx",
    "Autumn.docx": "[name].docx",
    "Neglect audit - Charity Bishop.docx": "Neglect audit - [name].docx",
    "Case C - Will.docx": "Case C - [name].docx",
    "sibling of Ava case E.docx": "sibling of [name] case E.docx",
    "Case D dob 1 March 2012.docx": "Case D dob [date of birth].docx",
    "Mark form.docx": "[name].docx",
    "Jan.docx": "[name].docx",
    "Dawn Read Police case B.docx": "[name] Police case B.docx",
    "12 Larch Close CW2 7AB.docx": "12 [name] [postcode].docx",
}


@pytest.mark.parametrize("path", SHOWN_WHOLE)
def test_ordinary_words_of_file_names_are_shown(path: str) -> None:
    assert masked_path(path, "[name]", KNOWN) == path


@pytest.mark.parametrize("path", HIDDEN)
def test_what_may_be_a_name_and_what_has_a_form_of_its_own_is_hidden(path: str) -> None:
    shown = masked_path(path, "[name]", KNOWN)
    assert shown == HIDDEN[path]
    assert masked_path(shown, "[name]", [*KNOWN, "name"]) == shown
