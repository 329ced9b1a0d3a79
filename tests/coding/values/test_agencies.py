"""Which agency a form comes from: the spellings people use, and names that hold another agency's. Open is better than wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.coding.values.agencies import Agencies, AgencyRead

CSC = "Children's Social Care"
ASKED = [
    CSC,
    "School",
    "Health Visiting",
    "School Nursing",
    "GP",
    "Police",
    "Housing",
    "Early Help",
    "CAMHS",
    "Midwifery",
]
AGENCIES = Agencies(ASKED, {})

USUAL = {
    CSC: [
        "Children's Social Care",
        "CHILDRENS SOCIAL CARE",
        "Children’s  Social Care",
        "CSC",
        "Social Care",
        "social worker",
        "Children's Services",
        "CIN team",
    ],
    "School": ["School", "school", "Primary School", "Academy", "Education", "Schools"],
    "Health Visiting": ["Health Visitor", "HV", "health visiting service"],
    "School Nursing": ["School Nurse", "school nursing", "School Health", "SN"],
    "GP": ["GP", "G.P.", "General Practice", "GP surgery", "Doctor's Surgery", "practice nurse"],
    "Police": ["Police", "Constabulary", "PPU"],
    "CAMHS": ["CAMHS", "Child & Adolescent Mental Health"],
    "Midwifery": ["Midwife", "Community Midwives", "Maternity"],
    "Adult Social Care": ["Adult Social Care", "Adults Social Care", "ASC"],
    "Educational Psychology": ["Educational psychology", "Educational Psychologist"],
    "Police and Crime Commissioner": ["PCC", "Police & Crime Commissioner"],
    "Out-of-hours GP": ["GP Out of Hours", "Out of hours service"],
}


@pytest.mark.parametrize("agency", USUAL)
def test_usual_spellings(agency: str) -> None:
    assert {text: AGENCIES.read(text) for text in USUAL[agency]} == dict.fromkeys(USUAL[agency], AgencyRead(agency))


CONTAINED = {
    CSC: ["Social Worker, CSC", "Wirral Children's Services", "Child Protection Team (North)"],
    "School": [
        "St Mary's Primary School",
        "Independent School",
        "Macclesfield College",
        "Fernhollow Academy",
        "ST MARY & ALL SAINTS SCHOOL",
    ],
    "School Nursing": ["School Nursing Service", "School Nurse Team", "Public Health School Nursing"],
    "GP": ["Oakmere Medical Centre", "High Street GP Practice"],
    "Police": ["Wirral Police", "Cheshire Constabulary", "Police Public Protection Unit", "Police / GMP"],
    "Housing": ["Plus Dane Housing Association"],
    "Police and Crime Commissioner": ["Police and Crime Commissioner's Office", "Office of the PCC"],
    "Midwifery": ["MCHT Midwifery"],
}


@pytest.mark.parametrize("agency", CONTAINED)
def test_a_usual_spelling_inside_a_longer_name_is_taken_and_told(agency: str) -> None:
    texts = CONTAINED[agency]
    assert {text: AGENCIES.read(text) for text in texts} == dict.fromkeys(texts, AgencyRead(agency, usual=False))


OPEN = {
    "Adult Social Care - Housing support": ("Adult Social Care", "Housing"),
    "Police / School": ("Police", "School"),
    "Health Visitor and School Nurse": ("Health Visiting", "School Nursing"),
    "0-19 Service": ("Health Visiting", "School Nursing"),
    "Wirral 0-19 team": ("Health Visiting", "School Nursing"),
    "Hospital School": ("Hospital", "School"),
    "Children's Services - Early Help": (CSC, "Early Help"),
    "Adult social worker": (CSC,),
    "Adult and Children's Services": (CSC,),
    "Nurse at the school": ("School",),
    "Virtual School": ("School",),
    "Education Support": ("School",),
    "School counselling": ("School",),
    "School governors": ("School",),
    "British Transport Police": ("Police",),
    "Dental surgery": ("GP",),
    "GP Federation": ("GP",),
    "Housing Benefit": ("Housing",),
    "Willow Family Support": ("Early Help",),
    "Early Intervention in Psychosis": ("Early Help",),
    "Primary Care Trust": ("GP",),
    "formerly CSC": (CSC,),
    "CSC/EH": (CSC, "Early Help"),
}


@pytest.mark.parametrize("text", OPEN)
def test_a_name_that_may_be_another_agency_is_left_open(text: str) -> None:
    found = AGENCIES.read(text)
    assert found.agency == ""
    assert found.candidates == tuple(sorted(OPEN[text]))


@pytest.mark.parametrize(
    "text",
    [
        "The Willow Family Project",
        "Wirral Borough Council",
        "Cheshire and Wirral Partnership NHS Foundation Trust",
        "Policy Team",
        "Schooling",
    ],
)
def test_an_agency_that_nobody_knows_is_itself(text: str) -> None:
    assert AGENCIES.read(f" {text}\u00a0") == AgencyRead(text)


@pytest.mark.parametrize("text", ["", " - ", "N/A", "n/a", "Not known", "Choose an item.", "TBC"])
def test_no_agency_is_none(text: str) -> None:
    assert AGENCIES.read(text) == AgencyRead("")


def read(requested: list[str], aliases: dict[str, list[str]], written: dict[str, str]) -> None:
    agencies = Agencies(requested, aliases)
    assert {text: agencies.read(text).agency for text in written} == written


def test_the_audits_own_spellings_beat_the_usual_ones() -> None:
    aliases = {
        "Early Help": ["CEFS", "Family Service"],
        "CAMHS": ["CWP"],
        "Education Support": ["Academy", "Primary School"],
    }
    written = {
        "cefs": "Early Help",
        "Family service": "Early Help",
        "CWP": "CAMHS",
        "Academy": "Education Support",
        "St Mary's Primary School": "Education Support",
    }
    read(["Early Help", "CAMHS", "Education Support"], aliases, written)


def test_an_alias_inside_a_longer_name_is_known_too() -> None:
    aliases = {"CAMHS": ["Cheshire and Wirral Partnership"]}
    assert Agencies(["CAMHS"], aliases).read("Cheshire and Wirral Partnership NHS Trust") == AgencyRead(
        "CAMHS", usual=False
    )


def test_an_alias_of_an_agency_that_was_not_asked_leads_to_it() -> None:
    read(["School"], {"Barnardo's": ["Young Carers"]}, {"young carers": "Barnardo's"})


JOINT = {
    "the service was asked": (
        ["0-19 Health Service"],
        {
            "Health Visitor": "0-19 Health Service",
            "SN": "0-19 Health Service",
            "0-19": "0-19 Health Service",
            "HV / SN": "0-19 Health Service",
        },
    ),
    "one part was asked": (
        ["Health Visiting"],
        {"Health Visitor": "Health Visiting", "School Nurse": "School Nursing", "0-19 Service": "Health Visiting"},
    ),
    "both parts were asked": (
        ["Health Visiting", "School Nursing"],
        {"HV": "Health Visiting", "School Nurse": "School Nursing", "0-19": ""},
    ),
    "service and part were asked": (
        ["0-19 Health Service", "School Nursing"],
        {"Health Visitor": "0-19 Health Service", "School Nurse": "School Nursing", "0-19": "0-19 Health Service"},
    ),
    "neither was asked": (
        ["School"],
        {"Health Visitor": "Health Visiting", "0-19": "0-19 Health Service", "School Nurse": "School Nursing"},
    ),
}


@pytest.mark.parametrize("asked", JOINT)
def test_a_joint_service_and_its_parts(asked: str) -> None:
    requested, written = JOINT[asked]
    read(requested, {}, written)


def test_a_service_called_otherwise_is_known_by_its_aliases() -> None:
    name = "Wirral Community 0-19 Service"
    written = dict.fromkeys(["Health Visitor", "health visiting", "School Nursing", "0-19", "WCT", name], name)
    read([name, "School"], {name: ["Health Visitor", "School Nurse", "WCT"]}, written)


def test_an_agency_asked_under_its_full_name_is_known_by_its_usual_one_and_told() -> None:
    agencies = Agencies(["Cheshire Police", "St Mary's Primary School", "Fernhollow High School"], {})
    assert agencies.read("Police") == AgencyRead("Cheshire Police", usual=False)
    assert agencies.read("Wirral Police").candidates == ("Cheshire Police",)
    assert agencies.read("School").candidates == ("Fernhollow High School", "St Mary's Primary School")
    assert agencies.read("St Mary’s Primary School") == AgencyRead("St Mary's Primary School")


def test_an_agency_asked_under_a_name_that_we_do_not_know_is_known_by_that_name_alone() -> None:
    agencies = Agencies(["CEFS", "Early Help"], {})
    assert agencies.read("CEFS") == AgencyRead("CEFS")
    assert agencies.read("Early Help Hub").agency == "Early Help"


FILE_NAMES = {
    "Case A/Neglect audit - Case A - CSC.docx": CSC,
    "D_Police.docx": "Police",
    "GP - case D.docx": "GP",
    "School Nurse case B.docx": "School Nursing",
    "audit.zip!Case B/police.docx": "Police",
    "Police/case A.docx": "",
    "Case A.docx": "",
    "Police and school.docx": "",
    "Education.docx": "",
    "Neglect audit.docx": "",
    "Policeman.docx": "",
}


@pytest.mark.parametrize("path", FILE_NAMES)
def test_the_agency_that_a_file_name_names(path: str) -> None:
    assert AGENCIES.in_file_name(path).agency == FILE_NAMES[path]


WORDS = st.sampled_from(
    [
        "school",
        "nurse",
        "police",
        "adult",
        "social",
        "care",
        "gp",
        "housing",
        "0-19",
        "health",
        "visitor",
        "family",
        "support",
        "and",
        "the",
        "wirral",
        "early",
        "help",
        "education",
        "CSC",
        "/",
    ]
)


@given(st.lists(WORDS, max_size=5).map(" ".join), st.permutations(ASKED))
def test_the_order_of_requests_and_capitals_change_nothing(text: str, asked: list[str]) -> None:
    found = Agencies(asked, {}).read(text)
    assert AGENCIES.read(text.upper()).candidates == found.candidates
    if found.agency in ASKED:
        assert AGENCIES.read(text.upper()) == found


@given(st.sampled_from([name for name in ASKED if name not in ("Health Visiting", "School Nursing")]), WORDS)
def test_two_agencies_are_never_taken_for_one(agency: str, word: str) -> None:
    other = AGENCIES.read(word).agency
    if other in ASKED and other != agency:
        assert AGENCIES.read(f"{agency} and {word}").agency == ""


@pytest.mark.parametrize(
    ("written", "agency"),
    [
        ("0-19 School Nursing", "School Nursing"),
        ("0-19 Health Visiting", "Health Visiting"),
        ("School Nursing (0-19)", "School Nursing"),
        ("0-19 team (school nurse)", "School Nursing"),
        ("0-19 service - HV", "Health Visiting"),
        ("0-19 HV/SN", ""),
        ("0-19 service and GP", ""),
        ("Health Visiting and School Nursing", ""),
        ("0-19 team", ""),
    ],
)
def test_a_joint_service_is_one_of_its_parts_only_where_it_names_it(written: str, agency: str) -> None:
    assert Agencies(["Health Visiting", "School Nursing", "GP"], {}).read(written).agency == agency


@pytest.mark.parametrize(
    ("asked", "written", "agency"),
    [
        (
            ["Health Visiting"],
            "0-19 School Nursing",
            "School Nursing",
        ),  # nobody asked it, and it is not the health visitor
        (["Health Visiting"], "School Nursing (0-19)", "School Nursing"),
        (["School Nursing"], "School Nursing (0-19)", "School Nursing"),
        (["0-19 Health Service"], "School Nursing (0-19)", "0-19 Health Service"),
        (["0-19 Health Service", "School Nursing"], "0-19 team (school nurse)", "School Nursing"),
    ],
)
def test_a_part_of_a_joint_service_is_never_another_part(asked: list[str], written: str, agency: str) -> None:
    assert Agencies(asked, {}).read(written).agency == agency
