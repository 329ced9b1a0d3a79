"""What is replaced before anything is written, and what looks like it and has to stay. All names and numbers are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.privacy.file_names import masked_path
from audit_lib.privacy.names import masked, names_after_titles, names_in
from audit_lib.privacy.redact import Context, redact

HEADERS = {
    "Julie Hargreaves, Team Manager": {"Julie Hargreaves", "Julie", "Hargreaves"},
    "Team Manager Julie Hargreaves": {"Julie Hargreaves", "Julie", "Hargreaves"},
    "Sister Maeve Connolly, Named Midwife": {"Maeve Connolly", "Maeve", "Connolly"},
    "Named Midwife: Maeve Connolly": {"Maeve Connolly", "Maeve", "Connolly"},
    "J. Smith / K O'Neil": {"J. Smith", "Smith", "K O'Neil", "O'Neil"},
    "J.Smith": {"J. Smith", "Smith"},
    "Dr. A. Patel and Dr B Khan (GPs)": {"A. Patel", "Patel", "B Khan", "Khan"},
    "Mary Smith-Jones (Health Visitor)": {"Mary Smith-Jones", "Mary", "Smith-Jones", "Smith", "Jones"},
    "DC Sarah O’Brien – Police Public Protection": {"Sarah O’Brien", "Sarah", "O’Brien"},
    "PC 1234 Jones": {"Jones"},
    "JULIE HARGREAVES": {"JULIE HARGREAVES", "JULIE", "HARGREAVES"},
    "ANN LEE": {"ANN LEE", "ANN", "LEE"},
    "julie hargreaves": {"Julie Hargreaves", "Julie", "Hargreaves"},
    "Jo Ng, SW": {"Jo Ng", "Jo", "Ng"},
    "Julie Hargreaves, 3 May 2018": {"Julie Hargreaves", "Julie", "Hargreaves"},
    "Child F (Ellie)": {"Ellie"},
    "Kyle 'Kylie' Marsh": {"Kyle Marsh", "Kyle", "Marsh", "Kylie"},
    'Kyle Marsh (known as "Kylie" or ‘Ky’)': {"Kyle Marsh", "Kyle", "Marsh", "Kylie", "Ky"},
    "Kyle Marsh DOB 12.3.10": {"Kyle Marsh", "Kyle", "Marsh"},
    "Mrs J Dunn, ext 4321": {"J Dunn", "Dunn"},
    "Health Visitor": set(),
    "Deputy Head and Designated Safeguarding Lead": set(),
    "Children's Social Care": set(),
    "MARY": {"MARY"},
    "ZOE": {"ZOE"},
    "zoe marie anne quill": {"Zoe Marie Anne Quill", "Zoe", "Marie", "Anne", "Quill"},
    "王小明": {"王小明"},
    "محمد علي": {"محمد علي", "محمد", "علي"},
    "Will Young": {"Will Young", "Will"},
    "Jane Ward, ward sister": {"Jane Ward", "Jane"},
    "Head Teacher": set(),
    "JTB": set(),
    "JH": set(),
    "IRO": set(),
    "Not known": set(),
    "As above": set(),
    "Case A": set(),
    "UIN 4711": set(),
    "": set(),
}


PATHS = {
    "Case F/GP surgery, final v2 (2nd copy).docx": "Case F/GP surgery, final v2 (2nd copy).docx",
    "F.zip!social care 16 May.docx": "F.zip!social care 16 May.docx",
    "Online form.csv#row 4": "Online form.csv#row 4",
    "report of the police about connor smith of case F.doc": "report of the police [name] of case F.doc",
    "Connor-Smith_F.docx": "[name]_F.docx",
    "Will Young.pdf": "[name].pdf",
    "June Ellwood June 2018.docx": "[name] June 2018.docx",
    "May Young.docx": "[name].docx",
    "April Ward.docx": "[name].docx",
    "Ella May.docx": "[name].docx",
    "YOUNG Ella.docx": "[name].docx",
    "Ward, Ella.docx": "[name].docx",
    "Oakfield Smith.docx": "[name].docx",
    "social care dob 01-02-2012 SK11 6AB.docx": "social care dob [date of birth] [postcode].docx",
    "J. Quill police.docx": "[name] police.docx",
    "4Ellie.docx": "4[name].docx",
    "王小明.docx": "[name].docx",
    "Oakfield School/Seán O’Brien.docx": "Oakfield School/[name].docx",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_file_is_named_without_any_word_that_may_be_a_name(path: str) -> None:
    shown = masked_path(path, "[name]", ["Oakfield School", "about", "F", "Social Care"])
    assert shown == PATHS[path]
    assert masked_path(shown, "[name]", ["Oakfield School", "about", "F", "Social Care", "name"]) == shown


@pytest.mark.parametrize("header", HEADERS)
def test_the_names_in_a_header_field(header: str) -> None:
    found = names_in(header, "[worker]")
    assert set(found) == HEADERS[header]
    assert set(found.values()) <= {"[worker]"}


@pytest.mark.parametrize("header", [header for header, names in HEADERS.items() if names])
def test_a_masked_header_field_holds_none_of_its_names(header: str) -> None:
    shown = masked(header, "[worker]")
    assert "[worker]" in shown
    assert [name for name in names_in(header, "") if name.casefold() in shown.casefold()] == []


WORKERS = names_in(
    "Julie Hargreaves, J. Smith, May Grace, Ella March, November Lane, K O'Neil, Maeve Smith-Jones, Jo Ng", "[worker]"
)
NAMES = {
    "Julie Hargreaves rang.": "[worker] rang.",
    "Julie rang, and Hargreaves": "[worker] rang, and [worker]",
    "Julie's visit, Julie’s call": "[worker]'s visit, [worker]’s call",
    "JULIE HARGREAVES said; JULIE too": "[worker] said; [worker] too",
    "julie hargreaves rang": "[worker] rang",
    "Julie\u00a0Hargreaves": "[worker]",
    "J Smith, J. Smith, J.Smith": "[worker], [worker], [worker]",
    "K O’Neil, O'NEIL": "[worker], [worker]",
    "Mrs Jones and Smith-Jones": "Mrs [worker] and [worker]",
    "Jo came": "[worker] came",
    "(Julie), [Julie], “Julie”": "([worker]), [[worker]], “[worker]”",
    "Julie_Hargreaves_police": "[worker]_police",
    "form_Hargreaves": "form_[worker]",
    "ONeil and Julies visit": "[worker] and [worker] visit",
    "Jülie Hárgreaves": "[worker]",
    "May rang. Grace did not.": "[worker] rang. [worker] did not.",
    "seen by MAY": "seen by [worker]",
}


@pytest.mark.parametrize("text", NAMES)
def test_names_from_the_header_are_replaced(text: str) -> None:
    assert redact(text, Context(WORKERS))[0] == NAMES[text]


LOOK_ALIKES = [
    *(
        "in May 2018",
        "in May",
        "since May",
        "3 May",
        "3rd of May",
        "late May",
        "April and May",
        "May half term",
        "the end of May",
        "MAY 2018",
        "in March 2018",
        "3 November",
    ),
    *(
        "he may come",
        "by the grace of God",
        "a saving grace",
        "joy",
        "the smith",
        "jo",
        "JO",
        "julies",
        "Juliet",
        "Hargreavesian",
    ),
    *(
        "FACT 22",
        "Signs of Safety",
        "24 hours",
        "0-19",
        "CP plan",
        "GCP2",
        "S47",
        "2018",
        "2017-18",
        "£1,000",
        "6.5 hours",
        "9 out of 10",
    ),
    *("123456", "UIN 4711", "case 987654", "12345678", "Team Manager", "Health Visitor", "Social Worker", "Head"),
    *(
        "12/03/2018",
        "on 3 March 2018",
        "2018-05-11",
        "05-06-2018 10:30",
        "01.02.2018 12:30",
        "born in 2014",
        "he was born early",
    ),
    *(
        "A1 2nd visit",
        "M1 2nd",
        "KS2 1st term",
        "R2",
        "year 6",
        "P4 1st",
        "section 20",
        "section 17 and 47",
        "943 476 5918",
        "1.5",
        "@school",
        "a@b",
    ),
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_looks_like_a_detail_stays(text: str) -> None:
    assert redact(text, Context(WORKERS)) == (text, ())


DETAILS = {
    "[NHS number]": [
        *(
            "943 476 5919",
            "943-476-5919",
            "943  476  5919",
            "943 - 476 - 5919",
            "9434765919",
            "NHS 943 476 5919",
            "NHS No: 943 476 5918",
            "NHS number 1234567890",
        ),
    ],
    "[telephone]": [
        *(
            "01632 960001",
            "01632960001",
            "01632 960001 ext 22",
            "01632 960001, ext. 4021",
            "01632960001 x22",
            "07700 900123 extension 7",
            "(01632) 960001",
            "020 7946 0958",
            "0151 496 0123",
            "07700 900123",
            "07700900123",
            "07700 900 123",
        ),
        *(
            "07700-900-123",
            "+44 7700 900123",
            "+44 (0)1632 960001",
            "+447700900123",
            "0044 7700 900123",
            "+353 20 910 1234",
            "tel07700900123",
        ),
    ],
    "[e-mail]": ["j.smith@example.org", "o'neil_k+audit@school.example.sch.uk", "JULIE.HARGREAVES@EXAMPLE.ORG"],
    "[postcode]": ["CW1 2AB", "CW1  2AB", "cw12ab", "M1 1AA", "SW1A 1AA", "L3 2PP"],
}


@pytest.mark.parametrize(
    ("word", "detail"), [(word, detail) for word, details in DETAILS.items() for detail in details]
)
def test_details_with_a_form_of_their_own_are_replaced(word: str, detail: str) -> None:
    redacted, found = redact(f"Before, {detail}, after.", Context(WORKERS))
    assert found == (word,)
    assert redacted.startswith("Before, ")
    assert redacted.endswith(f"{word}, after.")
    assert not set(redacted) & set("0123456789@")


BIRTHS = {
    "DOB 12.03.2010": "DOB [date of birth]",
    "d.o.b: 12/3/10": "d.o.b: [date of birth]",
    "Date of birth is 2010-03-12": "Date of birth is [date of birth]",
    "born on 3rd March 2010, at home": "born on [date of birth], at home",
    "born on Friday 3 March 2010": "born on Friday [date of birth]",
    "(born on the 3rd of March 2010)": "(born on the [date of birth])",
    "born March 3, 2010": "born [date of birth]",
    "her birthday, 3 March": "her birthday, [date of birth]",
    "born on the third of March 2012": "born on the [date of birth]",
    "DOB: twelfth of March 2010, and": "DOB: [date of birth], and",
    "born on March the twenty-first": "born on [date of birth]",
    "born on the thirtieth May two thousand and ten and": "born on the [date of birth] and",
    "12.03.2010 (DOB), at home": "[date of birth] (DOB), at home",
    "3 March 2010 (date of birth)": "[date of birth] (date of birth)",
    "dob 12 / 03 / 2010": "dob [date of birth]",
}


@pytest.mark.parametrize("text", BIRTHS)
def test_a_date_of_birth_is_replaced_and_its_label_stays(text: str) -> None:
    assert redact(text, Context({})) == (BIRTHS[text], ("[date of birth]",))


NO_CASE = names_in("王小明", "[child]") | names_in("Zoë Quill", "[child]") | names_in("Will Young", "[child]")


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("他叫王小明在家", "他叫[child]在家"),
        ("Zoe Quill and ZOE", "[child] and [child]"),
        ("Will Young, a young man", "[child], a young man"),
        ("Young people like Will", "Young people like [child]"),
    ],
)
def test_names_of_other_scripts_with_accents_and_among_words_of_professions(text: str, redacted: str) -> None:
    assert redact(text, Context(NO_CASE))[0] == redacted


@pytest.mark.parametrize(
    ("agency", "names"),
    [
        ("School - Ms Harbottle", {"Harbottle"}),
        ("Mr. Giles Pemberthy, Beckside", {"Giles Pemberthy", "Giles", "Pemberthy"}),
        ("the surgery of dr at Beckside", set()),
        ("Beckside Primary School", set()),
    ],
)
def test_names_after_a_title_in_a_field_that_names_no_person(agency: str, names: set[str]) -> None:
    assert set(names_after_titles(agency, "[name]")) == names


def test_every_replacement_is_told() -> None:
    text, found = redact("Julie (07700 900123) and Jo, CW1 2AB", Context(WORKERS))
    assert text == "[worker] ([telephone]) and [worker], [postcode]"
    assert sorted(found) == ["[postcode]", "[telephone]", "[worker]", "[worker]"]


RULINGS: list[tuple[str, list[str], list[str], str]] = [
    ("Ellie saw Julie", ["julie"], [], "Ellie saw Julie"),
    ("Ellie saw JULIE", ["julie"], [], "Ellie saw JULIE"),
    ("Ellie went home", [], ["ellie"], "[removed] went home"),
    ("ELLIE's home, Ellies", [], ["Ellie"], "[removed]'s home, Ellies"),
    ("at Julie Court with Julie", ["julie court"], [], "at Julie Court with [worker]"),
    ("call 07700 900123", ["07700"], [], "call [telephone]"),
    ("call 07700 900123", ["07700 900123"], [], "call 07700 900123"),
    ("DOB 12.03.2010", ["12.03.2010"], [], "DOB 12.03.2010"),
    ("27 Larkspur Close", [], ["27 Larkspur Close"], "[removed]"),
    ("a (b) c+", [], ["(b)", "c+"], "a [removed] [removed]"),
    ("julie.hargreaves@example.org", [], ["hargreaves"], "[e-mail]"),
    ("his NHS number 943 476 5919", [], ["number"], "his NHS [removed] [NHS number]"),
]


@pytest.mark.parametrize(("text", "keep", "replace", "redacted"), RULINGS)
def test_a_persons_rulings_win(text: str, keep: list[str], replace: list[str], redacted: str) -> None:
    assert redact(text, Context(WORKERS, frozenset(keep), tuple(replace)))[0] == redacted


@pytest.mark.parametrize(
    "word",
    ["[worker]", "[child]", "[removed]", "[e-mail]", "[date of birth]", "[NHS number]", "[telephone]", "[postcode]"],
)
def test_bracketed_words_are_left_alone(word: str) -> None:
    context = Context(
        names_in("Number Worker, Child Birth", "[worker]"), replace=("worker", "number", "birth", "of", "e-mail")
    )
    assert redact(f"x {word} y", context) == (f"x {word} y", ())


PIECES = st.sampled_from(
    [
        *(
            "Julie",
            "HARGREAVES",
            "may",
            "May",
            "in",
            "Jo",
            "J.",
            "Smith",
            "[worker]",
            "[",
            "]",
            "born",
            "on",
            "DOB",
            "3 March 2010",
            "12/3/10",
            "NHS",
        ),
        *(
            "943 476 5919",
            "9434765919",
            "07700 900123",
            "+44",
            "0",
            "123",
            "CW1",
            "2AB",
            "a@b.example",
            "@",
            ".",
            ",",
            "-",
            "'s",
            "number",
            "of",
        ),
        *("ſmith", "İ", "Ellie", "1234567890", "\u00a0", "x" * 5),
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "  "])), max_size=14).map(
    lambda parts: "".join(a + b for a, b in parts)
)
CONTEXTS = st.builds(
    Context,
    st.sampled_from([WORKERS, {}, names_in("Smith İlhan", "[child]")]),
    st.frozensets(st.sampled_from(["may", "julie", "123", "07700"]), max_size=2),
    st.lists(st.sampled_from(["Ellie", "number", "2010", "of", "worker"]), max_size=3).map(tuple),
)


@given(TEXTS, CONTEXTS)
def test_a_second_time_changes_nothing(text: str, context: Context) -> None:
    once, found = redact(text, context)
    assert redact(once, context) == (once, ())
    assert bool(found) == (once != text)


@given(TEXTS, CONTEXTS)
def test_bracketed_words_that_stood_there_still_stand(text: str, context: Context) -> None:
    assert redact(text, context)[0].count("[worker]") >= text.count("[worker]")


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_of_ten_check_digits_at_most_one_makes_an_nhs_number(nine: str) -> None:
    taken = [redact(f"x {nine}{digit} y", Context({}))[1] for digit in range(10)]
    assert taken.count(("[NHS number]",)) <= 1
