"""What becomes of forms that come twice, in versions, under odd names, or with names of people where a case should be."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from reportlab.pdfgen.canvas import Canvas

from audit_lib.analysis.responses import returns_grid
from audit_lib.audits import load_audit
from audit_lib.instruments import load_instrument
from audit_lib.pipeline.received import Received
from audit_lib.pipeline.repeats import tell_what_was_sent_again
from audit_lib.pipeline.running import account_of, coded_tables
from audit_lib.samples.forms import FilledForm, FormStyle, write_form
from audit_lib.samples.word import document, paragraph

INSTRUMENT = load_instrument("neglect-2018")
ABOUT = "id: {}\ntitle: Test\ntheme: neglect\ninstrument: neglect-2018\ndate: 2018-05\n"
REQUESTS = "case,agency\nA,Children's Social Care\nA,School\nB,Police\nC,Grove House Nursery\n"


def form(
    case: str = "A", agency: str = "CSC", by: str = "Jane Doe, Manager", modified: str = "", **answers: str
) -> bytes:
    filled = FilledForm(case, agency, by, answers={"R1": "Yes", "A1": "No", **answers}, grades={"R": "good"}, score="7")
    return write_form(INSTRUMENT, filled, FormStyle(modified=modified or "2018-05-04T09:00:00Z"))


class Folder:
    """An audit folder that is filled file by file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "returns").mkdir(parents=True)
        (path / "audit.yaml").write_text(ABOUT.format(path.name), encoding="utf-8")
        (path / "requests.csv").write_text(REQUESTS, encoding="utf-8")

    def add(self, name: str, data: bytes) -> None:
        place = self.path / "returns" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def rule(self, *lines: str) -> None:
        text = "\n".join(["file,question,answer,reason,by", *lines])
        (self.path / "corrections.csv").write_text(text + "\n", encoding="utf-8")

    def tables(self) -> dict[str, pd.DataFrame]:
        return coded_tables(load_audit(self.path), 1, lambda _: None)

    def fates(self) -> dict[str, str]:
        rows = self.tables()["returns"]
        return {
            file: reason or status
            for file, status, reason in zip(rows["file"], rows["status"], rows["reason_code"], strict=True)
        }


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "audit-1")


def test_the_same_bytes_twice_are_read_once(folder: Folder) -> None:
    folder.add("x.docx", form())
    folder.add("z/x.docx", form())
    assert folder.fates() == {"x.docx": "read", "z/x.docx": "duplicate"}


def test_a_copy_under_the_name_of_another_case_asks_for_the_right_form(folder: Folder) -> None:
    folder.add("Case A CSC.docx", form("A", "CSC"))
    folder.add("Case B CSC.docx", form("A", "CSC"))
    tables = folder.tables()
    assert set(tables["returns"]["reason_code"]) == {"", "duplicate"}
    (told,) = tables["quality"].query("check == 'return_duplicate' and severity == 'warning'")["message"]
    assert "ask the agency for the right form" in told


def test_the_same_values_saved_again_are_read_once(folder: Folder) -> None:
    folder.add("x.docx", form())
    folder.add("y.docx", form(modified="2018-06-01T09:00:00Z"))
    assert folder.fates() == {"x.docx": "read", "y.docx": "duplicate"}


def test_a_copy_does_not_take_a_ruling_away(folder: Folder) -> None:
    folder.add("z.docx", form(R1="Yes and no"))
    folder.add("a copy.docx", form(R1="Yes and no", modified="2018-06-01T09:00:00Z"))
    folder.rule("z.docx,R1,no,asked,analyst")
    answers = folder.tables()["answers"].set_index("question")
    assert (answers.loc["R1", "answer"], answers.loc["R1", "settled_by"]) == ("no", "analyst")


@pytest.mark.parametrize(
    ("first", "second", "fates"),
    [
        (("x.docx", "CSC", "2018-05-04"), ("y.docx", "CSC", "2018-05-06"), ("superseded", "read")),
        (("a v1.docx", "CSC", ""), ("a v2.docx", "CSC", ""), ("superseded", "read")),
        (("a v2.docx", "CSC", "2018-05-04"), ("a v1.docx", "CSC", "2018-05-06"), ("version_unknown",) * 2),
        (("x.docx", "CSC", ""), ("y.docx", "CSC", ""), ("version_unknown",) * 2),
        (("a v1.docx", "CSC", ""), ("a v2.docx", "Children's Social Care", ""), ("superseded", "read")),
        (("x.docx", "St Mary's School", "2018-05-04"), ("y.docx", "Oak School", "2018-05-06"), ("read", "read")),
        (("School x.docx", "", "2018-05-04"), ("School y.docx", "", "2018-05-06"), ("version_unknown",) * 2),
    ],
)
def test_versions(
    folder: Folder, first: tuple[str, str, str], second: tuple[str, str, str], fates: tuple[str, str]
) -> None:
    for (name, agency, day), answer in ((first, "Yes"), (second, "No")):
        folder.add(name, form(agency=agency, modified=f"{day}T09:00:00Z" if day else "", R1=answer))
    assert folder.fates() == {first[0]: fates[0], second[0]: fates[1]}


@pytest.mark.parametrize("sibling", ["case A sibling v2.docx", "A/brother v2.docx", "caseA_sibling final v2.docx"])
def test_a_form_about_a_sibling_is_no_version(folder: Folder, sibling: str) -> None:
    folder.add("case A v1.docx", form(R1="Yes", case="A", modified="2018-05-01T09:00:00Z"))
    folder.add(sibling, form(R1="No", case="A", modified="2018-05-09T09:00:00Z"))
    assert folder.fates() == {"case A v1.docx": "read", sibling: "version_unknown"}


def test_a_ruling_on_the_case_of_a_siblings_form_is_followed(folder: Folder) -> None:
    folder.add("case A.docx", form(R1="Yes", case="A"))
    folder.add("case A sibling.docx", form(R1="No", case="A sibling"))
    folder.rule("case A sibling.docx,case,B,the agency says so,analyst")
    rows = folder.tables()["returns"].set_index("file")
    assert list(rows.loc["case A sibling.docx", ["status", "case"]]) == ["read", "B"]
    assert rows.loc["case A.docx", "status"] == "read"


def test_a_ruling_chooses_the_version(folder: Folder) -> None:
    folder.add("x.docx", form(R1="Yes"))
    folder.add("y.docx", form(R1="No"))
    folder.rule("x.docx,status,read,the agency says so,analyst")
    assert folder.fates() == {"x.docx": "read", "y.docx": "superseded"}


def test_a_copy_of_an_older_version_points_to_the_form_that_is_read(folder: Folder) -> None:
    folder.add("a v1.docx", form(R1="Yes"))
    folder.add("b v1.docx", form(R1="Yes"))
    folder.add("c v2.docx", form(R1="No"))
    rows = folder.tables()["returns"].set_index("file")
    assert rows.loc["b v1.docx", "replaced_by"] == rows.loc["c v2.docx", "return_id"]


@pytest.mark.parametrize(
    ("case", "name", "fate"),
    [
        ("Case A", "x.docx", "read"),
        ("", "case A.docx", "read"),
        ("", "x.docx", "case_unknown"),
        ("A", "case B.docx", "case_conflict"),
        ("A/B", "case A.docx", "case_conflict"),
        ("Amy", "x.docx", "case_unknown"),
        ("John Smith 2010", "x.docx", "case_unknown"),
        ("Z9", "x.docx", "read"),
        ("Case A sibling", "case A.docx", "case_unknown"),
        ("A - sibling", "x.docx", "case_unknown"),
        ("A (brother)", "x.docx", "case_unknown"),
        ("A and siblings", "x.docx", "read"),
        ("B (sibling of A)", "x.docx", "read"),
        ("A", "case A sibling.docx", "read"),  # nothing else came that it might replace
    ],
)
def test_cases(folder: Folder, case: str, name: str, fate: str) -> None:
    folder.add(name, form(case=case))
    assert folder.fates() == {name: fate}


def test_a_case_that_nobody_asked_about_is_told(folder: Folder) -> None:
    folder.add("x.docx", form(case="Z9"))
    quality = folder.tables()["quality"].set_index("check")
    assert quality.loc["case_not_requested", "severity"] == "error"


def test_two_forms_in_one_file_are_set_aside(folder: Folder, tmp_path: Path) -> None:
    import io

    import docx

    first, second = (docx.Document(io.BytesIO(form(case=case))) for case in ("A", "B"))
    for element in list(second.element.body)[:-1]:
        first.element.body.insert(-1, element)
    path = tmp_path / "both.docx"
    first.save(str(path))
    folder.add("both.docx", path.read_bytes())
    assert folder.fates()["both.docx"] in ("several_forms", "case_conflict")


def test_a_worker_called_like_an_agency_changes_no_agency(folder: Folder) -> None:
    folder.add("x.docx", form(case="C", agency="Grove House Nursery", by="Ann Grove, Manager"))
    tables = folder.tables()
    assert list(tables["returns"]["agency"]) == ["Grove House Nursery"]
    assert not (
        tables["quality"]["check"].eq("return_missing") & tables["quality"]["message"].str.contains("Grove")
    ).any()


@pytest.mark.parametrize("by", ["Jane Doe, Manager", "jane", "JANE DOE", "J. Doe"])
def test_the_name_of_who_filled_in_the_form_is_in_no_table(folder: Folder, by: str) -> None:
    folder.add("x.docx", form(by=by))
    cells = [str(cell) for table in folder.tables().values() for cell in table.to_numpy().ravel()]
    assert [cell for cell in cells if re.search(r"\bjane\b|\bdoe\b", cell, re.IGNORECASE)] == []


def test_a_form_that_repeats_a_word_without_end_costs_nothing_but_itself(folder: Folder) -> None:
    folder.add("odd.docx", form(R1="yes " * 3000))
    folder.add("police b.docx", form(case="B", agency="Police"))
    assert folder.fates() == {"odd.docx": "read", "police b.docx": "read"}


def test_a_link_to_a_folder_is_listed(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    try:
        (folder.path / "returns" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links")
    assert folder.fates() == {"link": "not_opened"}


def test_names_with_accents_are_the_same_however_they_are_kept(folder: Folder) -> None:
    folder.add("Cafe\u0301 A.docx", form(R1="Yes and no"))
    folder.rule("Caf\u00e9 A.docx,R1,yes,asked,analyst")
    quality = folder.tables()["quality"]
    assert "ruling_applied" in set(quality["check"])


def test_a_ruling_on_a_file_that_is_not_read_is_told(folder: Folder) -> None:
    folder.add("x.docx", form())
    shutil.copy(folder.path / "returns" / "x.docx", folder.path / "returns" / "y.docx")
    folder.add("empty.docx", b"")
    folder.rule("empty.docx,R1,yes,asked,analyst", "gone.docx,R1,yes,asked,analyst")
    tables = folder.tables()
    assert (tables["quality"]["check"] == "ruling_unused").sum() == 2
    assert str(account_of("x", tables)).endswith(
        "Lines that people wrote and that fit nothing: 2 (audit check says which)."
    )


def test_a_ruling_that_a_form_is_to_be_read_is_followed_where_it_is_read_anyway(folder: Folder) -> None:
    folder.add("x.docx", form())
    folder.rule("x.docx,status,read,both count,analyst")
    quality = folder.tables()["quality"]
    assert [check for check in quality["check"] if check.startswith("ruling")] == ["ruling_applied"]


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("Yes, but only after school rang twice", True),
        ("Yes - although three weeks late", True),
        ("No, however risks were discussed", True),
        ("Yes, by telephone", False),
        ("Yes - nothing but praise", False),
    ],
)
def test_an_answer_with_a_reservation_stands_and_is_listed_to_be_looked_at(folder: Folder, written, listed) -> None:
    folder.add("x.docx", form(R1=written))
    tables = folder.tables()
    (answer,) = tables["answers"].loc[tables["answers"]["question"] == "R1", "answer"]
    assert answer == written[:3].strip(" ,").lower()
    quality = tables["quality"]
    assert any(text.startswith("R1: taken as") for text in quality["message"]) is listed


def test_files_whose_names_differ_by_a_kind_of_accent_are_two(folder: Folder) -> None:
    one, other = (unicodedata.normalize(kind, "café.docx") for kind in ("NFC", "NFD"))
    folder.add(one, form("B", "Police", "Anton Beryl"))
    folder.add(other, form("A", "School", "Cora Dahl", A1="No, said Cora"))
    folder.add("empty a!b.docx", b"")
    folder.add("empty a%21b.docx", b"")
    tables = folder.tables()
    assert sorted(tables["returns"]["file"]) == [
        "café (2).docx",
        "café.docx",
        "empty a%21b (2).docx",
        "empty a%21b.docx",
    ]
    assert not any("Cora" in text or "Beryl" in text for text in map(str, tables["comments"].to_numpy().ravel()))


def test_a_name_that_turns_the_reading_direction_is_shown_plainly(folder: Folder) -> None:
    folder.add("B police\u202excod.docx", form("B", "Police"))
    assert folder.fates() == {"B policexcod.docx": "read"}


def test_a_copy_ruled_to_another_case_is_still_a_copy_and_told(folder: Folder) -> None:
    folder.add("a.docx", form("", "Police"))
    folder.add("b.docx", form("", "Police"))
    folder.rule("a.docx,case,B,told by telephone,me", "b.docx,case,A,told by telephone,me")
    tables = folder.tables()
    assert dict(zip(tables["returns"]["file"], tables["returns"]["status"], strict=True)) == {
        "a.docx": "read",
        "b.docx": "duplicate",
    }
    told = tables["quality"][tables["quality"]["file"] == "b.docx"]
    assert set(told["check"]) == {"return_duplicate", "ruling_unused"}
    assert set(told["settle"]) == {""}


def told(tables: dict[str, pd.DataFrame], check: str) -> list[str]:
    return list(tables["quality"].loc[tables["quality"]["check"] == check, "file"])


def test_two_schools_of_one_child_are_two_returns_whatever_the_audit_calls_them(folder: Folder) -> None:
    about = (folder.path / "audit.yaml").read_text(encoding="utf-8")
    about += "agencies:\n  School: [Oak Primary, Elm Primary]\n"
    (folder.path / "audit.yaml").write_text(about, encoding="utf-8")
    folder.add("oak.docx", form("A", "Oak Primary", modified="2018-05-04T09:00:00Z"))
    folder.add("elm.docx", form("A", "Elm Primary", modified="2018-05-09T09:00:00Z", A1="Yes"))
    tables = folder.tables()
    assert set(tables["returns"]["status"]) == {"read"}
    assert told(tables, "return_second") == ["oak.docx"]


@pytest.mark.parametrize(
    ("name", "rulings", "check", "severity", "settle", "read"),
    [
        ("West Mercia Police", [], "return_second", "error", "other.docx,status,<read|rejected>,<reason>,<by>", 2),
        ("West Mercia Police", ["other.docx,status,read,two forces,me"], "return_second", None, "", 2),
        ("West Mercia Police", ["one.docx,status,rejected,earlier,me"], "return_second", None, "", 1),
        ("West Mercia Police", ["other.docx,status,seen,two forces,me"], "return_second", "note", "", 2),
        ("Pollice", [], "agency_not_requested", "error", "other.docx,agency,<agency>,<reason>,<by>", 2),
        ("Pollice", ["other.docx,agency,Police,a slip,me"], "agency_not_requested", None, "", 1),
        ("Pollice", ["other.docx,status,seen,another,me"], "agency_not_requested", "note", "", 2),
        ("Lamplight", [], "agency_not_requested", "warning", "other.docx,agency,<agency>,<reason>,<by>", 2),
        ("Fire Service", [], "agency_not_requested", "warning", "other.docx,agency,<agency>,<reason>,<by>", 2),
    ],
)
def test_a_second_return_under_another_name_waits_for_a_person(
    folder: Folder, name: str, rulings: list[str], check: str, severity: str | None, settle: str, read: int
) -> None:
    """``severity`` is None where nothing of it is left; the forms that are back are never more than those asked for."""
    folder.add("one.docx", form("B", "Police"))
    folder.add("other.docx", form("B", name, A1="Yes", modified="2018-05-09T09:00:00Z"))
    folder.rule(*rulings)
    tables = folder.tables()
    found = tables["quality"][tables["quality"]["check"] == check]
    assert list(zip(found["severity"], found["settle"], strict=True)) == ([(severity, settle)] if severity else [])
    account = account_of("audit-1", tables)
    assert (account.statuses["read"], account.answered) == (read, 1)


def test_a_slip_in_the_name_of_an_agency_is_told_once(folder: Folder) -> None:
    folder.add("case B police.docx", form("B", "Pollice"))
    tables = folder.tables()
    assert told(tables, "agency_not_requested") == ["case B police.docx"]
    assert told(tables, "agency_taken") == []


def test_a_form_of_another_tool_in_which_nothing_is_found_is_told_with_its_title(folder: Folder) -> None:
    title = load_instrument("child-in-need-2014").title
    folder.add("x.docx", document(paragraph(f"<w:r><w:t>{title}</w:t></w:r>", "Title"), "2018-05-04T09:00:00Z"))
    (reason,) = folder.tables()["returns"]["reason"]
    assert reason.endswith("(its title is that of 'child-in-need-2014')")


@pytest.mark.parametrize(
    ("agencies", "modified", "check", "says"),
    [
        (("Police", "West Mercia Police"), "2018-05-04", "return_second", "({}) is about case B"),
        (("Police", "Police"), "2018-05-04", "return_rejected", "compare with return {{}} ({})"),
        (("Police", "Police"), "2018-05-09", "return_superseded", "return {{}} ({}) counts in its place"),
    ],
)
def test_messages_name_another_return_by_its_file_without_names_of_people(
    folder: Folder, agencies: tuple[str, str], modified: str, check: str, says: str
) -> None:
    folder.add("B police connor.docx", form("B", agencies[0]))
    folder.add("B police ellie.docx", form("B", agencies[1], modified=f"{modified}T09:00:00Z", A1="Yes"))
    tables = folder.tables()
    shown = "B police [name].docx"
    assert list(tables["file_names"]["shown"]) == [shown, shown]
    (message, *_) = tables["quality"].loc[tables["quality"]["check"] == check, "message"]
    message = re.sub(r"\b[0-9a-f]{16}\b", "{}", message)
    assert says.format(shown) in message


def test_a_form_ruled_to_an_agency_is_a_version_of_its_other_form(folder: Folder) -> None:
    folder.add("one.docx", form("B", "Police", modified="2018-05-04T09:00:00Z"))
    folder.add("other.docx", form("B", "The county force", modified="2018-05-09T09:00:00Z", A1="Yes"))
    folder.rule("other.docx,agency,Police,told by telephone,me")
    assert folder.fates() == {"one.docx": "superseded", "other.docx": "read"}


def test_versions_that_cannot_be_told_apart_name_case_agency_and_each_other(folder: Folder) -> None:
    folder.add("one.docx", form("B", "Police", modified="2018-05-04T09:00:00Z"))
    folder.add("other.docx", form("B", "Police", modified="2018-05-04T09:00:00Z", A1="Yes"))
    returns = folder.tables()["returns"]
    ids = list(returns["return_id"])
    for reason, other in zip(returns["reason"], reversed(ids), strict=True):
        assert "case B, Police;" in reason
        assert other in reason


@pytest.mark.parametrize(("data", "answers"), [(b"", "rejected"), (form()[:300], "rejected")], ids=["empty", "damaged"])
def test_a_file_that_cannot_be_read_is_settled_by_setting_it_aside(folder: Folder, data: bytes, answers: str) -> None:
    folder.add("photo A.docx", data)
    row = folder.tables()["quality"].iloc[0]
    assert (row["severity"], row["settle"]) == ("error", f"photo A.docx,status,<{answers}>,<reason>,<by>")
    folder.rule("photo A.docx,status,rejected,they sent it again on paper,me")
    tables = folder.tables()
    assert list(tables["returns"]["reason_code"]) == ["ruled_out"]
    of_file = tables["quality"][tables["quality"]["file"] == "photo A.docx"]
    assert set(of_file["severity"]) == {"note"}


def test_what_came_empty_or_cannot_be_read_is_not_told_as_not_back(folder: Folder) -> None:
    folder.add("case a csc.docx", form())
    folder.add("Case A school.docx", b"")
    folder.add("Police B.docx", b"PK\x03\x04 broken")
    folder.add("scan.docx", b"")
    tables = folder.tables()
    grid = returns_grid(tables["requests"], tables["returns"])
    states = {(cell.case, cell.agency): cell.state for cell in grid.cells}
    assert states == {
        ("A", "Children's Social Care"): "returned",
        ("A", "School"): "empty",
        ("B", "Police"): "unsettled",
        ("C", "Grove House Nursery"): "not_back",
    }
    missing = tables["quality"].query("check == 'return_missing'")["message"].tolist()
    assert len(missing) == grid.not_back == 1
    assert missing[0].startswith("the form of Grove House Nursery about case C has not come back; look whether")


@pytest.mark.parametrize("what", ["a form", "the form says another case too", "empty", "damaged", "no form at all"])
def test_a_form_that_a_person_set_aside_came_and_is_not_told_as_not_back(folder: Folder, what: str) -> None:
    data = {
        "empty": b"",
        "damaged": b"PK\x03\x04 broken",
        "no form at all": document(paragraph("<w:r><w:t>Minutes of a meeting</w:t></w:r>"), "2018-05-04T09:00:00Z"),
    }
    of_case = "B" if what != "the form says another case too" else "B and A"
    folder.add("Case B Police.docx", data.get(what, form(of_case, "Police")))
    folder.rule("Case B Police.docx,status,rejected,they send it on paper,me")
    tables = folder.tables()
    assert list(tables["returns"]["reason_code"]) == ["ruled_out"]
    grid = returns_grid(tables["requests"], tables["returns"])
    (cell,) = [cell for cell in grid.cells if cell.case == "B"]
    assert cell.state == (
        "set_aside" if what in ("a form", "empty", "damaged") else "not_back"
    )  # else nobody knows whose it is


@pytest.mark.parametrize(
    "name", ["Case A and B school.docx", "school.docx", "Case A.docx", "Case B school.docx", "~$se A school.docx"]
)
def test_an_empty_file_answers_no_request_that_its_name_does_not_say_for_certain(folder: Folder, name: str) -> None:
    folder.add(name, b"")
    assert folder.tables()["returns"][["case", "agency"]].to_numpy().tolist() == [["", ""]]


def printed_in_columns(title: str) -> bytes:
    """A PDF of a form whose tables are printed without lines."""
    held = io.BytesIO()
    page = Canvas(held, invariant=1)
    page.drawString(50, 800, title)
    for number, question in enumerate(("R1", "R2", "A1", "A2", "A3")):
        for x, text in ((50, question), (100, INSTRUMENT.questions[question].text[:40]), (400, "Yes"), (460, "seen")):
            page.drawString(x, 760 - 40 * number, text)
    page.save()
    return held.getvalue()


@pytest.mark.parametrize(("title", "told"), [("Multi-agency Audit on Neglect", True), ("Agenda of the meeting", False)])
def test_a_form_whose_tables_have_no_lines_is_rejected_with_a_hint_that_it_may_be_one(
    folder: Folder, title: str, told: bool
) -> None:
    folder.add("CSC case A.pdf", printed_in_columns(title))
    row = folder.tables()["returns"].iloc[0]
    assert (row["status"], row["reason_code"]) == ("rejected", "not_a_return")
    assert ("ask for the Word form" in row["reason"]) == told


BLANK = write_form(INSTRUMENT, FilledForm("A", "CSC", "", answers={}, grades={}, score=""), FormStyle())
BROKEN = form()[:3000]


@pytest.mark.parametrize(
    ("name", "data", "later", "agency", "severity"),
    [
        ("Case A csc.docx", b"", "Case A csc (2).docx", "CSC", "note"),
        ("case a csc.docx", b"", "CSC/Case A.docx", "CSC", "note"),
        ("form.docx", BLANK, "Case A.docx", "CSC", "note"),  # its header says whose it is
        ("form.docx", BLANK, "Case A.docx", "Social Care", "warning or error"),  # the other form's says it otherwise
        ("Case A csc v2.docx", b"", "Case A csc v1.docx", "CSC", "warning or error"),  # later, and lost?
        ("Case A csc.docx", BROKEN, "Case A csc v2.docx", "CSC", "note"),
        ("Case A csc.docx", BROKEN, "Case A csc (2).docx", "CSC", "warning or error"),  # which of them is later?
        ("Case A csc v3.docx", BROKEN, "Case A csc v2.docx", "CSC", "warning or error"),
        ("Case A Hill School.docx", b"", "Case A school.docx", "School", "warning or error"),  # two schools?
        ("Case A school.docx", b"", "Case A school (2).docx", "Hill Primary School", "warning or error"),
        ("Case A csc.docx", b"", "Case B csc.docx", "CSC", "warning or error"),
        ("Case A sibling.docx", BLANK, "Case A.docx", "CSC", "warning or error"),
    ],
)
def test_an_empty_or_damaged_file_asks_for_nothing_once_the_same_form_is_certainly_read(
    folder: Folder, name: str, data: bytes, later: str, agency: str, severity: str
) -> None:
    folder.add(name, data)
    folder.add(later, form("B" if "Case B" in later else "A", agency))
    tables = folder.tables()
    row = tables["quality"].query("check == 'return_rejected'").iloc[0]
    fate = tables["returns"].set_index("file").loc[name]
    read = tables["returns"].set_index("file").loc[later]
    assert (read["status"], fate["status"]) == ("read", "rejected")
    assert row["severity"] in severity
    assert row["message"].startswith("replaced by return") == (severity == "note") == (row["settle"] == "")
    assert fate["replaced_by"] == (read["return_id"] if severity == "note" else "")


def test_an_empty_file_is_not_replaced_by_either_of_two_forms(folder: Folder) -> None:
    folder.add("Case A school.docx", b"")
    folder.add("Case A school 1.docx", form("A", "School"))
    folder.add("Case A school 2.docx", form("A", "Hill Primary School", R1="No"))
    assert "error" in set(folder.tables()["quality"].query("check == 'return_rejected'")["severity"])


@pytest.mark.parametrize(("saved_as", "replaced"), [("a/Police B.docx", True), ("b/Police B.docx", False)])
def test_an_old_word_file_is_replaced_by_the_one_saved_beside_it(saved_as: str, replaced: bool) -> None:
    old = Received("a/Police B.doc", "1", "doc", "x", "rejected", "legacy_word", case="B", agency="Police")
    new = Received(saved_as, "2", "docx", "x", case="B", agency="Police")
    tell_what_was_sent_again([old, new])
    assert (old.replacement is new) == replaced


@pytest.mark.parametrize(
    ("case", "agency", "check", "before"),
    [
        ("Z9", "CSC", "case_not_requested", "error"),
        ("B", "CSC", "agency_not_requested", "warning"),
        ("A", "CSC", "answer_missing", "warning"),  # another ruling settles it: that nothing is to be done does not
    ],
)
def test_what_a_person_has_seen_is_a_note_where_no_other_ruling_settles_it(
    folder: Folder, case: str, agency: str, check: str, before: str
) -> None:
    folder.add("x.docx", form(case, agency, modified="2018-05-01T09:00:00Z"))
    assert set(folder.tables()["quality"].query("check == @check")["severity"]) == {before}
    folder.rule('x.docx,status,seen,"asked them, it is right",analyst')
    quality = folder.tables()["quality"]
    assert set(quality.query("check == @check")["severity"]) == {before if check == "answer_missing" else "note"}
    (told,) = quality.query("check == 'ruling_applied'")["message"]
    assert told == "analyst looked at what is pointed out, and nothing has to be done: asked them, it is right"
    folder.add("x v2.docx", form(case, agency, R1="No"))  # to have been seen chooses no version
    assert folder.fates() == {"x.docx": "superseded", "x v2.docx": "read"}


def test_what_was_seen_with_its_id_says_nothing_of_another_file_of_its_name(folder: Folder) -> None:
    folder.add("x.docx", form("Z9"))
    (seen,) = folder.tables()["returns"]["return_id"]
    folder.rule(f"x.docx,status,seen {seen},they were asked,analyst")
    severity = "check == 'case_not_requested'"
    assert set(folder.tables()["quality"].query(severity)["severity"]) == {"note"}
    folder.add("x.docx", form("Z9", R1="No"))
    quality = folder.tables()["quality"]
    assert set(quality.query(severity)["severity"]) == {"error"}
    (told,) = quality.query("check == 'ruling_unused'")["message"]
    assert told.startswith("line 2 of corrections.csv says 'seen' of another file of this name; look at this one")


def test_to_have_been_seen_says_nothing_on_a_file_that_is_not_read(folder: Folder) -> None:
    folder.add("x.docx", b"")
    folder.rule("x.docx,status,seen,,analyst")
    checks = set(folder.tables()["quality"]["check"])
    assert "ruling_unused" in checks and "ruling_applied" not in checks
    folder.add("case A sibling v2.docx", form())
    folder.add("case A.docx", form(R1="No"))
    folder.rule("case A sibling v2.docx,status,seen,,analyst")
    assert folder.fates()["case A sibling v2.docx"] == "version_unknown"


@pytest.mark.parametrize(
    ("ruled", "hint"),
    [
        ("POLICE B.docx", "; did you mean return {} (police B.docx)?"),
        ("police B.doc", "; did you mean return {} (police B.docx)?"),
        ("gp.docx", "; check its spelling"),
    ],
)
def test_a_ruling_on_a_name_that_is_nearly_that_of_a_file_is_told_which(folder: Folder, ruled: str, hint: str) -> None:
    folder.add("police B.docx", form("B", "Police"))
    folder.rule(f"{ruled},R2,yes,asked,analyst")
    tables = folder.tables()
    (message,) = tables["quality"].query("check == 'ruling_unused'")["message"]
    (return_id,) = tables["returns"]["return_id"]
    assert (
        message
        == f"line 2 of corrections.csv rules on a file, but no file of this name was received{hint.format(return_id)}"
    )


@pytest.mark.parametrize(
    ("ruling", "fate", "severity"),
    [
        ("", "read", "warning"),
        ("yy.docx,status,seen,another,me", "read", "note"),
        ("yy.docx,status,read,it counts,me", "read", ""),
        ("yy.docx,status,rejected,no more,me", "ruled_out", ""),
    ],
)
def test_a_copy_of_a_file_that_was_set_aside_does_not_count_in_silence(
    folder: Folder, ruling: str, fate: str, severity: str
) -> None:
    folder.add("xx.docx", form("A", "CSC"))
    folder.add("yy.docx", form("A", "CSC"))
    folder.rule("xx.docx,status,rejected,ok,me", *filter(None, [ruling]))
    assert folder.fates() == {"xx.docx": "ruled_out", "yy.docx": fate}
    told = folder.tables()["quality"].query("check == 'return_duplicate' and file == 'yy.docx'")
    assert list(told["severity"]) == ([severity] if severity else [])
    assert all("same file as" in message and "set aside" in message for message in told["message"])
