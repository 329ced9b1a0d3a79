"""An audit's folder: every mistake is told, with its file, line and key, what was expected, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.audits import Audit, Request, find_audits, load_audit, load_audits
from audit_lib.errors import UserFault

ABOUT = "id: one\ntitle: An audit\ntheme: neglect\ninstrument: neglect-2018\ndate: 2018-05\n"
REQUESTS = "case,agency,due\nA,School,2018-05-11\nB,GP,\n"
QUESTIONS = "R1, R2, A1, A2, A3, A4, A5, A6, A7, P1, P2, P3, P4, C1, C2, C3, C4, I1, I2"
RULABLE = "grade:R, grade:A, grade:P, grade:C, grade:I, grade:overall, score, case, agency"
GRADES = "outstanding, good, requires_improvement, inadequate"
PASSAGE = "Ellie was seen at home"  # free text must never stand in a message
Files = dict[str, str | bytes | None]


def made(raw: Path, name: str = "one", files: Files | None = None, *, returns: bool = True) -> Path:
    folder = raw / name
    folder.mkdir(parents=True)
    if returns:
        (folder / "returns").mkdir()
    for file, content in ({"audit.yaml": ABOUT, "requests.csv": REQUESTS} | (files or {})).items():
        if content is not None:
            (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(UserFault) as fault:
        load_audit(folder)
    return [str(one).replace(f"{folder.as_posix()}/", "") for one in fault.value.faults]


def loaded(raw: Path, files: Files) -> Audit:
    return load_audit(made(raw, files=files))


def test_a_small_audit(tmp_path: Path) -> None:
    audit = loaded(tmp_path, {})
    assert (audit.id, audit.about.title, audit.instrument.id) == ("one", "An audit", "neglect-2018")
    assert audit.requests == (Request("A", "School", "2018-05-11"), Request("B", "GP"))
    assert (audit.cases, audit.agencies) == (("A", "B"), ("School", "GP"))
    assert audit.lookback_months == 6
    assert audit.rulings == ()
    assert set(audit.rows) == {"cases", "meeting", "texts", "recommendations", "published", "privacy", "codings"}


def test_a_day_as_a_british_spreadsheet_saves_it_is_a_day(tmp_path: Path) -> None:
    audit = loaded(tmp_path, {"requests.csv": "case,agency,due\nA,GP,31/05/2018\nB,GP,4/6/2018\n"})
    assert [request.due for request in audit.requests] == ["2018-05-31", "2018-06-04"]


def test_what_may_be_left_out_or_said_otherwise(tmp_path: Path) -> None:
    more = "area: No\nlookback_months: 12\nfollows: never-made\nsynthetic: true\nagencies:\n  School: [No, 0-19, yes]\n"
    about = loaded(tmp_path, {"audit.yaml": ABOUT.replace("2018-05", "2018-05-22") + more}).about
    assert (about.area, about.lookback_months, about.date, about.synthetic) == ("No", 12, "2018-05-22", True)
    assert about.agencies == {"School": ("No", "0-19", "yes")}


NO_DATE = "write a month such as 2018-05 or a day such as 2018-05-22"
NO_INSTRUMENT = "which is not one we know"
IN_ABOUT: dict[str, tuple[str, str]] = {
    "no title": (ABOUT.replace("title: An audit\n", ""), "line 1: 'title' is missing; it is required"),
    "an empty title": (ABOUT.replace("An audit", "''"), "line 2: 'title' is empty; expected a text"),
    "a title that is a number": (
        ABOUT.replace("An audit", "2018"),
        "line 2: 'title' is 2018; expected a text; put it in quotation marks",
    ),
    "a key that is unknown": (
        ABOUT + "instrment: x\n",
        "line 6: 'instrment' is not a key here; did you mean 'instrument'?",
    ),
    "a key given twice": (ABOUT + "date: 2018-06\n", 'line 6: is not valid YAML: a key is given twice: "date"'),
    "a date in words": (ABOUT.replace("2018-05", "May 2018"), f"line 5: 'date': 'May 2018' is not a date; {NO_DATE}"),
    "a month that is none": (
        ABOUT.replace("2018-05", "2018-13"),
        f"line 5: 'date': '2018-13' is not a date; {NO_DATE}",
    ),
    "a day that is none": (
        ABOUT.replace("2018-05", "'2018-02-30'"),
        f"line 5: 'date': '2018-02-30' is not a date; {NO_DATE}",
    ),
    "no date": (ABOUT.replace("2018-05", ""), f"line 5: 'date': a date is missing; {NO_DATE}"),
    "a theme in words": (
        ABOUT.replace("theme: neglect", "theme: Child in Need"),
        "line 3: 'theme': 'Child in Need' should hold only a-z, 0-9 and hyphens, such as child-in-need",
    ),
    "another folder's id": (
        ABOUT.replace("id: one", "id: two"),
        "line 1: 'id' is 'two', but the folder is 'one'; they must agree",
    ),
    "an unknown instrument": (
        ABOUT.replace("neglect-2018", "neglet-2018"),
        f"line 4: 'instrument' is 'neglet-2018', {NO_INSTRUMENT}; did you mean 'neglect-2018'?",
    ),
    "months in words": (
        ABOUT + "lookback_months: six\n",
        "line 6: 'lookback_months' is 'six'; expected a whole number",
    ),
    "no months": (ABOUT + "lookback_months: 0\n", "line 6: 'lookback_months' is 0; expected 1 or more"),
    "neither true nor false": (ABOUT + "synthetic: maybe\n", "line 6: 'synthetic' is 'maybe'; expected true or false"),
    "a spelling without brackets": (
        ABOUT + "agencies:\n  School: St Mary\n",
        "line 7: 'agencies.School' is 'St Mary'; expected a list, such as [first, second]",
    ),
    "agencies in a list": (
        ABOUT + "agencies: [School]\n",
        "line 6: 'agencies' is a list; expected lines of the form 'key: value' indented below it",
    ),
    "a spelling of two agencies": (
        ABOUT + "agencies:\n  School: [The Unit]\n  GP: [the unit.]\n",
        "line 8: 'the unit.' is given for two agencies, 'School' and 'GP'",
    ),
    "a spelling without a letter": (
        ABOUT + "agencies:\n  School: ['--']\n",
        "line 7: '--' is not a name: it holds no letter and no digit",
    ),
    "a column of an unknown question": (
        ABOUT + "columns:\n  Answer: grade:X\n",
        "line 7: 'columns.Answer' is 'grade:X'; did you mean 'grade:R'?",
    ),
}


@pytest.mark.parametrize("mistake", IN_ABOUT)
def test_a_mistake_in_audit_yaml(mistake: str, tmp_path: Path) -> None:
    content, message = IN_ABOUT[mistake]
    assert faults(made(tmp_path, files={"audit.yaml": content})) == [f"audit.yaml, {message}"]


def test_an_unknown_instrument_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    [told] = faults(made(tmp_path, files={"audit.yaml": ABOUT.replace("neglect-2018", "zzz")}))
    assert told.startswith(f"audit.yaml, line 4: 'instrument' is 'zzz', {NO_INSTRUMENT}; known: ")
    assert "neglect-2018" in told


CASES, MEETING, TEXTS = "cases.csv", "meeting.csv", "texts.csv"
RECOMMENDATIONS, PUBLISHED, CORRECTIONS, PRIVACY = (
    "recommendations.csv",
    "published.csv",
    "corrections.csv",
    "privacy.csv",
)
HEADS = {
    "requests.csv": "case,agency,due",
    CASES: "case,age,sex,plan,summary,agreed_grade",
    MEETING: "case,column,text,about",
    TEXTS: "section,order,text",
    RECOMMENDATIONS: "id,finding,action,lead,due,status,outcome,carried_from",
    PUBLISHED: "question,measure,value,decimals,of,source",
    CORRECTIONS: "file,question,answer,reason,by",
    PRIVACY: "text,ruling,reason,by",
}
NOT_A_DATE = "which is not a date; write it as 2018-05-11"
ONE_ROW: list[tuple[str, str, str]] = [
    ("requests.csv", "A,GP,11.05.2018", f"'due' is '11.05.2018', {NOT_A_DATE}"),
    ("requests.csv", "A,GP,2018-02-30", f"'due' is '2018-02-30', {NOT_A_DATE}"),
    ("requests.csv", "A,GP,2018-05", f"'due' is '2018-05', {NOT_A_DATE}"),
    ("requests.csv", ",GP,", "'case' is empty"),
    ("requests.csv", "A,,", "'agency' is empty"),
    ("requests.csv", "A,--,", "'agency' is '--', which is not a name: it holds no letter and no digit"),
    (CASES, "Z,,,,,", "'case' is 'Z'; expected A or B"),
    (CASES, "a,,,,,", "'case' is 'a'; expected A or B"),
    (CASES, ",5,,,,", "'case' is empty; expected A or B"),
    (CASES, f"A,5,,,{PASSAGE},Good", "'agreed_grade' is 'Good'; did you mean 'good'?"),
    (CASES, "A,5,,,,RI", f"'agreed_grade' is 'RI'; expected {GRADES} or not_applicable"),
    (MEETING, f"A,going_wel,{PASSAGE},", "'column' is 'going_wel'; did you mean 'going_well'?"),
    (MEETING, f"Z,worried,{PASSAGE},", "'case' is 'Z'; expected A or B"),
    (MEETING, f",worried,{PASSAGE},case", "'case' is empty; expected A or B"),
    (MEETING, f"A,worried,{PASSAGE},proces", "'about' is 'proces'; did you mean 'process'?"),
    (MEETING, "A,worried,,", "'text' is empty"),
    (TEXTS, f",1,{PASSAGE}", "'section' is empty"),
    (
        TEXTS,
        f"context,first,{PASSAGE}",
        "'order' is 'first'; expected a whole number, 1 for the first passage of its section",
    ),
    (TEXTS, f"context,,{PASSAGE}", "'order' is empty; expected a whole number, 1 for the first passage of its section"),
    (TEXTS, "context,1,", "'text' is empty"),
    (RECOMMENDATIONS, f",{PASSAGE},b,c,,,,", "'id' is empty"),
    (
        RECOMMENDATIONS,
        f"1,{PASSAGE},b,c,soon,,,",
        "'due' is 'soon', which is not a date; write it as 2018-05-11, or 2018-05 for a month",
    ),
    (
        RECOMMENDATIONS,
        f"1,{PASSAGE},b,c,2018-05,,,neglect",
        "'carried_from' is 'neglect'; expected <audit>:<id>, such as neglect-2017:1",
    ),
    (PUBLISHED, "R1,percent_yes,59%,0,answered,", "'value' is '59%'; expected a number without signs such as %"),
    (PUBLISHED, "R1,percent_yes,,0,answered,", "'value' is empty; expected a number without signs such as %"),
    (PUBLISHED, "R1,percent_yes,59,none,answered,", "'decimals' is 'none'; expected a whole number"),
    (PUBLISHED, "R1,percent_yes,59.5,0,answered,", "'decimals' is 0, but 'value' is 59.5; they must agree"),
    (PUBLISHED, "R9,percent_yes,59,0,answered,", f"'question' is 'R9'; expected {QUESTIONS} or I3"),
    (PUBLISHED, ",percent_yes,59,0,answered,", f"'question' is empty; expected {QUESTIONS} or I3"),
    (PUBLISHED, ",percent_good,59,0,answered,", "'question' is empty; expected R, A, P, C, I or overall"),
    (PUBLISHED, "overal,percent_good,59,0,answered,", "'question' is 'overal'; did you mean 'overall'?"),
    (PUBLISHED, "R1,percent_yess,59,0,answered,", "'measure' is 'percent_yess'; did you mean 'percent_yes'?"),
    (PUBLISHED, "R1,precent_yes,59,0,answered,", "'measure' is 'precent_yes'; did you mean 'percent_yes'?"),
    (
        PUBLISHED,
        "R1,,59,0,answered,",
        "'measure' is empty; expected percent_<code>, count_<code>, mean_score, returns_requested or returns_read",
    ),
    (PUBLISHED, "R1,mean_score,7,0,,", "'question' is 'R1'; leave it empty beside 'mean_score'"),
    (PUBLISHED, "R1,percent_yes,59,0,answerd,", "'of' is 'answerd'; did you mean 'answered'?"),
    (
        PUBLISHED,
        "R1,percent_yes,59,0,yes+mo,",
        "'of' is 'mo'; expected answered, applicable, missing, no, not_applicable, not_known, partly, unclear or yes",
    ),
    (PUBLISHED, "R1,percent_yes,59,0,yes+yes,", "'of' is 'yes+yes', which names a code twice"),
    (
        PUBLISHED,
        "R1,percent_yes,59,0,no+partly,",
        "'of' is 'no+partly', which leaves out 'yes', the answer that is counted",
    ),
    (
        PUBLISHED,
        "R1,percent_not_applicable,5,0,applicable,",
        "'of' is 'applicable', which leaves out 'not_applicable', the answer that is counted",
    ),
    (PUBLISHED, "R1,count_yes,59,0,answered,", "'of' is 'answered'; leave it empty beside a count"),
    (CORRECTIONS, "a.docx,R1,yess,,lead", "'answer' is 'yess'; did you mean 'yes'?"),
    (
        CORRECTIONS,
        "a.docx,R1,unclear,,lead",
        "'answer' is 'unclear'; expected yes, partly, no, not_applicable, not_known or missing",
    ),
    (
        CORRECTIONS,
        "a.docx,R99,yes,,lead",
        f"'question' is 'R99'; expected {QUESTIONS}, I3, {RULABLE} or status",
    ),
    (CORRECTIONS, "a.docx,grade:Z,good,,lead", "'question' is 'grade:Z'; did you mean 'grade:R'?"),
    (CORRECTIONS, "a.docx,grade:R,god,,lead", "'answer' is 'god'; did you mean 'good'?"),
    (CORRECTIONS, "a.docx,score,12,,lead", "'answer' is '12'; expected a number from 0 to 10, or missing"),
    (CORRECTIONS, "a.docx,score,nan,,lead", "'answer' is 'nan'; expected a number from 0 to 10, or missing"),
    (CORRECTIONS, "a.docx,score,,,lead", "'answer' is empty; expected a number from 0 to 10, or missing"),
    (CORRECTIONS, "a.docx,status,reed,,lead", "'answer' is 'reed'; did you mean 'read'?"),
    (CORRECTIONS, "a.docx,agency,,,lead", "'answer' is empty; expected School or GP"),
    (CORRECTIONS, ",R1,yes,,lead", "'file' is empty"),
    (CORRECTIONS, f"a.docx,R1,yes,{PASSAGE},", "'by' is empty; say who ruled (a role is enough)"),
    (PRIVACY, f"{PASSAGE},replaced,,", "'ruling' is 'replaced'; did you mean 'replace'?"),
    (PRIVACY, ",keep,,", "'text' is empty"),
]


@pytest.mark.parametrize(("file", "row", "message"), ONE_ROW)
def test_a_mistake_in_a_row(file: str, row: str, message: str, tmp_path: Path) -> None:
    assert faults(made(tmp_path, files={file: f"{HEADS[file]}\n{row}\n"})) == [f"{file}, line 2: {message}"]


TWICE: list[tuple[str, str, str]] = [
    ("requests.csv", "A,GP,\nA,GP,", "asks for the same case and agency as line 2"),
    (CASES, "A,5,,,,\nA,6,,,,", "gives the same case as line 2"),
    (RECOMMENDATIONS, "1,a,b,c,,,,\n1,d,e,f,,,,", "'id' is '1', the same as line 2"),
    (CORRECTIONS, "x\\a.docx,R1,yes,,lead\nx/a.docx,R1,no,,lead", "rules on the same value as line 2"),
    (PRIVACY, "Ellie,keep,,\nELLIE,replace,,", "rules on the same text as line 2"),
    ("requests.csv", "A,GP,\na,School,", "'case' is 'a', but 'A' in line 2; write it the same way in each line"),
    (
        "requests.csv",
        "A,St Mary's,\nB,st marys,",
        "'agency' is 'st marys', but 'St Mary's' in line 2; write it the same way in each line",
    ),
]


@pytest.mark.parametrize(("file", "rows", "message"), TWICE)
def test_what_stands_twice_is_told_with_both_lines(file: str, rows: str, message: str, tmp_path: Path) -> None:
    assert faults(made(tmp_path, files={file: f"{HEADS[file]}\n{rows}\n"})) == [f"{file}, line 3: {message}"]


WHOLE: list[tuple[str, Files, bool, list[str]]] = [
    ("no audit.yaml", {"audit.yaml": None}, True, ["audit.yaml: there is no such file; every audit needs one"]),
    (
        "no requests.csv",
        {"requests.csv": None},
        True,
        [
            "requests.csv: there is no such file; every audit needs one, with a first line case,agency or case,agency,due"
        ],
    ),
    (
        "no requests",
        {"requests.csv": "case,agency\n"},
        True,
        ["requests.csv: asks for no form; write one line for each case and agency"],
    ),
    ("no returns", {}, False, ["returns: there is no such folder; make it and put the returned forms in it"]),
    (
        "a misspelt file",
        {"correction.csv": HEADS[CORRECTIONS]},
        True,
        ["correction.csv: this is not a file that we read; did you mean 'corrections.csv'?"],
    ),
    (
        "a file in capitals",
        {"PRIVACY.CSV": HEADS[PRIVACY]},
        True,
        ["PRIVACY.CSV: this is not a file that we read; did you mean 'privacy.csv'?"],
    ),
    (
        "no text",
        {CASES: b"case\nA\x81\n"},
        True,
        ["cases.csv, line 2: is not UTF-8 text; save the file again as UTF-8"],
    ),
]


@pytest.mark.parametrize(("what", "files", "returns", "told"), WHOLE, ids=[row[0] for row in WHOLE])
def test_a_mistake_in_the_folder(what: str, files: Files, returns: bool, told: list[str], tmp_path: Path) -> None:
    if what == "a file in capitals" and (tmp_path / "X").write_bytes(b"") == 0 and (tmp_path / "x").exists():
        pytest.skip("this file system takes names in capitals for the same")
    assert faults(made(tmp_path, files=files, returns=returns)) == told


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({CORRECTIONS: f"{HEADS[CORRECTIONS]}\na,R1,yes,said, so,me\na,R1,x,,me\nb,R9,yes,,me\n"},
         [(CORRECTIONS, 2), (CORRECTIONS, 3), (CORRECTIONS, 4)]),
        ({CORRECTIONS: f'{HEADS[CORRECTIONS]}\na,R1,x,,me\na,R1,yes,"said,me\n'}, [(CORRECTIONS, 2), (CORRECTIONS, 3)]),
        ({MEETING: f"{HEADS[MEETING]}\nA,worried,one, two,three, four,x\nA,x,said,\n"}, [(MEETING, 2), (MEETING, 3)]),
        ({PRIVACY: f"{HEADS[PRIVACY]}\nEllie,keep,a,b,c,d\nJim,x,,\n"}, [(PRIVACY, 2), (PRIVACY, 3)]),
        # what stands in a row that cannot be read may well have been asked for
        ({"requests.csv": "case,agency\nA,School\nB,GP,x,y\nC,\n",
          CORRECTIONS: f"{HEADS[CORRECTIONS]}\na,case,B,,me\na,agency,GP,,me\n"},
         [("requests.csv", 3), ("requests.csv", 4)]),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_hides_no_other_mistake(
    files: Files, told: list[tuple[str, int]], tmp_path: Path
) -> None:
    with pytest.raises(UserFault) as fault:
        load_audit(made(tmp_path, files=files))
    assert [(Path(one.file).name, one.line) for one in fault.value.faults] == told


def test_other_files_beside_an_audit_are_left_alone(tmp_path: Path) -> None:
    loaded(tmp_path, {"notes.csv": "x", "cases.csv": "case\nA\n", "cases-old.csv": "y", "README.md": "z"})


def test_every_mistake_of_every_file_of_every_audit_is_told_at_once(tmp_path: Path) -> None:
    made(
        tmp_path,
        "one",
        {
            "audit.yaml": ABOUT.replace("2018-05", "soon").replace("id: one", "id: two"),
            MEETING: f"{HEADS[MEETING]}\nZ,x,{PASSAGE},y\n",
        },
    )
    made(
        tmp_path,
        "two",
        {
            "audit.yaml": None,
            PRIVACY: f"{HEADS[PRIVACY]}\n{PASSAGE},x,,\n",
            CORRECTIONS: f"{HEADS[CORRECTIONS]}\na,R1,x,,\n",
        },
        returns=False,
    )
    made(tmp_path, "three", {"audit.yaml": ABOUT.replace("id: one", "id: three")})
    with pytest.raises(UserFault) as fault:
        load_audits(tmp_path, ["one", "two", "three", "four", "one"])
    places = [(one.file.removeprefix(f"{tmp_path.as_posix()}/"), one.line) for one in fault.value.faults]
    assert places == [
        ("four", 0),
        ("one/audit.yaml", 1),
        ("one/audit.yaml", 5),
        ("one/meeting.csv", 2),
        ("one/meeting.csv", 2),
        ("one/meeting.csv", 2),
        ("two/audit.yaml", 0),
        ("two/corrections.csv", 2),
        ("two/privacy.csv", 2),
        ("two/returns", 0),
    ]
    assert PASSAGE not in str(fault.value)
    assert fault.value.exit_status == 2


def test_a_text_in_the_wrong_column_is_not_told_in_full(tmp_path: Path) -> None:
    passage = f"{PASSAGE} by a worker who wrote far more than that about what she saw there"
    [told, _] = faults(
        made(
            tmp_path, files={MEETING: f"{HEADS[MEETING]}\nA,{passage},worried,\n", TEXTS: "section,order,text\nx,y,z\n"}
        )
    )
    assert passage not in told
    assert "…'" in told


def test_the_folders_of_audits_are_found(tmp_path: Path) -> None:
    made(tmp_path, "one")
    made(tmp_path, "half", {"audit.yaml": None})
    (tmp_path / "notes").mkdir()
    (tmp_path / "file.txt").write_text("x")
    assert find_audits(tmp_path) == ["half", "one"]


def test_names_that_are_no_audit(tmp_path: Path) -> None:
    made(tmp_path, "neglect-2018", {"audit.yaml": ABOUT.replace("id: one", "id: neglect-2018")})
    for name, message in {
        "neglet-2018": "there is no such audit folder; did you mean 'neglect-2018'?",
        "data/raw/neglect-2018": "is not the name of an audit; give the name of its folder alone, 'neglect-2018'",
        "neglect-2018/": "is not the name of an audit; give the name of its folder alone, 'neglect-2018'",
    }.items():
        with pytest.raises(UserFault) as fault:
            load_audits(tmp_path, [name])
        assert str(fault.value).endswith(message)


def test_no_folder_of_audits_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        UserFault, match="there is no such folder; put each audit in a folder of its own there, or use --data"
    ):
        find_audits(tmp_path / "raw")


def test_published_figures_take_their_decimals_from_the_value(tmp_path: Path) -> None:
    figures = (
        "R1,percent_yes,59.5,answered",
        "R1,count_yes,10,",
        "overall,percent_good,40,good+inadequate",
        "A,percent_good,30,answered",
        ",returns_read,28,",
    )
    rows = "\n".join(["question,measure,value,of", *figures, ""])
    published = loaded(tmp_path, {PUBLISHED: rows}).rows["published"]
    assert [(row["value"], row["decimals"]) for row in published] == [
        ("59.5", "1"),
        ("10", "0"),
        ("40", "0"),
        ("30", "0"),
        ("28", "0"),
    ]


def test_what_the_meeting_said_is_about_the_case_that_is_named(tmp_path: Path) -> None:
    rows = f"case,column,text\nA,worried,{PASSAGE}\n,worried,late letters\n"
    assert [row["about"] for row in loaded(tmp_path, {MEETING: rows}).rows["meeting"]] == ["case", "summary"]


def test_rulings_keep_their_line_and_name_files_with_forward_slashes(tmp_path: Path) -> None:
    rows = 'file,question,answer,reason,by\nCase A\\x.docx,R1,yes,"two\nlines",lead\nCase A/x.docx,score,7.5,,lead\n'
    rulings = loaded(tmp_path, {CORRECTIONS: rows}).rulings
    assert [(ruling.file, ruling.answer, ruling.line) for ruling in rulings] == [
        ("Case A/x.docx", "yes", 2),
        ("Case A/x.docx", "7.5", 4),
    ]
