"""Returns inside e-mails, archives, workbooks and tables: each a row of its own, with where it came from."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from audit_lib.audits import load_audit
from audit_lib.instruments import load_instrument
from audit_lib.pipeline.running import coded_tables
from audit_lib.samples.forms import FilledForm, FormStyle, write_form

NEGLECT = load_instrument("neglect-2018")
TEXTS = {name: question.text for name, question in NEGLECT.questions.items()}
ABOUT = "id: {}\ntitle: Test\ntheme: neglect\ninstrument: {}\ndate: 2018-05\n"
REQUESTS = "case,agency\nA,Children's Social Care\nA,School\nB,Police\nC,Housing\n"


def form(case: str = "A", agency: str = "CSC", by: str = "Jane Doe, Manager", **answers: str) -> bytes:
    filled = FilledForm(case, agency, by, answers={"R1": "Yes", "A1": "No", **answers}, grades={"R": "good"}, score="7")
    return write_form(NEGLECT, filled, FormStyle(modified="2018-05-04T09:00:00Z"))


def message(received: datetime, **attached: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "our form"
    mail["Date"] = format_datetime(received)
    mail.set_content("Please find our form attached.")
    for name, data in attached.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_dot_", "."))
    return mail.as_bytes()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            made.writestr(name.replace("_dot_", "."), data)
    return out.getvalue()


def workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def filled_sheet(case: str, agency: str, answer: str) -> list[list[object]]:
    rows: list[list[object]] = [["Multi-agency audit on neglect"], [], ["Case no", case], ["Agency", agency], []]
    rows += [["Quality of the Recognition:"], ["No.", "Question", "Response", "What went well?"]]
    rows += [[name, TEXTS[name], answer, f"about {name}"] for name in ("R1", "R2")]
    rows += [[], ["Judgement on the Quality of Recognition:"], ["Judgement", "What went well?"], ["Good", "all of it"]]
    rows += [[], ["Quality of the Assessment:"], ["No.", "Question", "Response", "What went well?"]]
    return rows + [[name, TEXTS[name], answer, ""] for name in ("A1", "A2")]


class Folder:
    """An audit folder that is filled file by file."""

    def __init__(self, path: Path, instrument: str = "neglect-2018", requests: str = REQUESTS) -> None:
        self.path = path
        (path / "returns").mkdir(parents=True)
        (path / "audit.yaml").write_text(ABOUT.format(path.name, instrument), encoding="utf-8")
        (path / "requests.csv").write_text(requests, encoding="utf-8")

    def add(self, name: str, data: bytes) -> None:
        (self.path / "returns" / name).write_bytes(data)

    def tables(self) -> dict[str, pd.DataFrame]:
        return coded_tables(load_audit(self.path), 1, lambda _: None)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "audit-1")


def fates(tables: dict[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    rows = tables["returns"]
    columns = [rows[name] for name in ("status", "reason_code", "case", "agency")]
    return {file: found for file, *found in zip(rows["file"], *columns, strict=True)}


def test_forms_in_archives_and_messages_are_rows_of_their_own(folder: Folder) -> None:
    folder.add("two.zip", archive(**{"A csc_dot_docx": form(), "sub/B police_dot_docx": form("B", "Police")}))
    folder.add("mail.eml", message(datetime(2018, 5, 9, tzinfo=UTC), **{"Housing C_dot_docx": form("C", "Housing")}))
    tables = folder.tables()
    assert fates(tables) == {
        "two.zip!A csc.docx": ["read", "", "A", "Children's Social Care"],
        "two.zip!sub/B police.docx": ["read", "", "B", "Police"],
        "mail.eml!Housing C.docx": ["read", "", "C", "Housing"],
    }
    assert set(tables["returns"]["received"]) == {"", "2018-05-09"}
    assert len(set(tables["returns"]["return_id"])) == 3


def test_the_words_of_an_email_are_told_and_stand_in_no_table(folder: Folder) -> None:
    folder.add("mail.eml", message(datetime(2018, 5, 9, tzinfo=UTC), Housing_dot_docx=form("C", "Housing")))
    folder.add("Police.docx", form("B", "Police"))
    tables = folder.tables()
    told = tables["quality"][tables["quality"]["check"] == "message_words"]
    assert list(zip(told["file"], told["severity"], strict=True)) == [("mail.eml!Housing.docx", "warning")]
    assert not any("find our form attached" in frame.to_csv() for frame in tables.values())
    seen = "file,question,answer,reason,by\nmail.eml!Housing.docx,status,seen,a greeting,analyst\n"
    (folder.path / "corrections.csv").write_text(seen, encoding="utf-8")
    quality = folder.tables()["quality"]
    told = quality[quality["check"].isin(["message_words", "ruling_applied", "ruling_unused"])]
    assert list(zip(told["check"], told["severity"], strict=True)) == [
        ("message_words", "note"),
        ("ruling_applied", "note"),
    ]


def test_the_later_message_brings_the_later_version(folder: Folder) -> None:
    folder.add("one.eml", message(datetime(2018, 5, 9, tzinfo=UTC), form_dot_docx=form(R1="No")))
    folder.add("two.eml", message(datetime(2018, 5, 2, tzinfo=UTC), form_dot_docx=form(R1="Partly")))
    tables = folder.tables()
    assert {file: fate[0] for file, fate in fates(tables).items()} == {
        "one.eml!form.docx": "read",
        "two.eml!form.docx": "superseded",
    }
    evidence = tables["returns"].set_index("file")["evidence"]["two.eml!form.docx"]
    assert evidence == "the date it was received"


@pytest.mark.parametrize(("second", "severity"), [(9, "note"), (2, "error")])
def test_a_damaged_form_is_replaced_by_the_one_that_a_later_e_mail_brought(folder, second: int, severity: str) -> None:
    broken = form("C", "Housing")[:3000]
    folder.add("one.eml", message(datetime(2018, 5, 5, tzinfo=UTC), Housing_C_dot_docx=broken))
    folder.add("two.eml", message(datetime(2018, 5, second, tzinfo=UTC), Housing_C_dot_docx=form("C", "Housing")))
    told = folder.tables()["quality"].query("check == 'return_rejected'")
    assert list(zip(told["file"], told["severity"], strict=True)) == [("one.eml!Housing_C.docx", severity)]


def test_the_same_form_inside_and_outside_an_archive_is_a_duplicate(folder: Folder) -> None:
    folder.add("z.zip", archive(form_dot_docx=form()))
    folder.add("a.docx", form())
    assert {file: fate[0] for file, fate in fates(folder.tables()).items()} == {
        "a.docx": "read",
        "z.zip!form.docx": "duplicate",
    }


def test_a_sheet_for_each_case_is_a_return_for_each_sheet(folder: Folder) -> None:
    folder.add(
        "Housing.xlsx", workbook(Case_B=filled_sheet("B", "Police", "Yes"), Case_C=filled_sheet("C", "Housing", "No"))
    )
    tables = folder.tables()
    assert fates(tables) == {
        "Housing.xlsx!Case B": ["read", "", "B", "Police"],
        "Housing.xlsx!Case C": ["read", "", "C", "Housing"],
    }
    answers = tables["answers"]
    assert set(answers[(answers["case"] == "C") & (answers["answer"] != "missing")]["answer"]) == {"no"}
    assert set(tables["grades"][tables["grades"]["section"] == "R"]["grade"]) == {"good"}
    assert set(tables["comments"]["text"]) == {"about R1", "about R2", "all of it"}
    assert len(set(tables["returns"]["sha256"])) == 1


def export(*rows: list[str]) -> bytes:
    out = io.StringIO()
    head = ["ID", "Completion time", "Name", "Case number", "Agency", "R1", "What went well?", "R2", "A1"]
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def test_an_export_is_a_return_for_each_row_and_a_later_row_replaces_an_earlier(folder: Folder) -> None:
    folder.add(
        "export.csv",
        export(
            ["1", "25/05/2018 10:00", "Jo Bloggs", "A", "School", "Yes", "Jo Bloggs saw her", "No", "Yes"],
            ["2", "26/05/2018 10:00", "Jo Bloggs", "A", "School", "No", "", "No", "Yes"],
            ["3", "26/05/2018 11:00", "", "B", "Police", "Yes", "", "No", "N/A"],
            ["4", "26/05/2018 11:00", "", "", "Police", "Yes", "", "No", "N/A"],
        ),
    )
    tables = folder.tables()
    assert fates(tables) == {
        "export.csv#row 2": ["superseded", "superseded", "A", "School"],
        "export.csv#row 3": ["read", "", "A", "School"],
        "export.csv#row 4": ["read", "", "B", "Police"],
        "export.csv#row 5": ["rejected", "case_unknown", "", "Police"],
    }
    assert not any("Bloggs" in text for table in tables.values() for text in map(str, table.to_numpy().ravel()))


def test_the_form_of_another_tool_is_told_by_its_title(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "audit-2", "step-up-step-down-2018")
    folder.add("a.docx", form())
    (row,) = folder.tables()["returns"].to_dict("records")
    assert (row["status"], row["reason_code"]) == ("rejected", "other_instrument")
    assert "neglect-2018" in row["reason"]


def test_every_file_is_in_at_least_one_row(folder: Folder) -> None:
    files = {
        "empty.zip": archive(),
        "no form.eml": message(datetime(2018, 5, 9, tzinfo=UTC)),
        "scan.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "notes.csv": b"name,age\na,1\nb,2\n",
        "words.txt": b"Hello, here is our form.\n",
        "a.zip": archive(
            inner_dot_zip=archive(form_dot_docx=form()), Thumbs_dot_db=b"x", x_dot_png=b"\x89PNG\r\n\x1a\n"
        ),
    }
    for name, data in files.items():
        folder.add(name, data)
    found = fates(folder.tables())
    assert {file.split("!")[0].split("#")[0] for file in found} == set(files)
    assert found["a.zip!inner.zip!form.docx"][0] == "read"
    assert {name: fate[1] for name, fate in found.items() if fate[0] == "rejected"} == {
        "empty.zip": "nothing_inside",
        "no form.eml": "nothing_inside",
        "scan.png": "picture",
        "notes.csv": "not_a_return",
        "words.txt": "not_supported",
        "a.zip!Thumbs.db": "system_file",
        "a.zip!x.png": "picture",
    }


def test_a_row_with_a_cell_too_many_or_too_few_is_set_aside_until_a_person_has_looked(folder: Folder) -> None:
    data = export(
        ["1", "25/05/2018 10:00", "", "A", "School", "Yes", "", "No", "Yes"],
        ["2", "25/05/2018 10:00", "", "B", "Police", "Yes", "seen", " and heard", "No", "Yes"],
        ["3", "25/05/2018 10:00", "", "C", "Housing", "Yes", "No", "Yes"],
    )
    folder.add("export.csv", data)
    tables = folder.tables()
    assert fates(tables) == {
        "export.csv#row 2": ["read", "", "A", "School"],
        "export.csv#row 3": ["rejected", "uneven_row", "", ""],
        "export.csv#row 4": ["rejected", "uneven_row", "", ""],
    }
    rows = tables["quality"][tables["quality"]["file"] == "export.csv#row 4"]
    assert list(zip(rows["severity"], rows["settle"], strict=True)) == [
        ("error", "export.csv#row 4,status,<read|rejected>,<reason>,<by>")
    ]
    ruling = "file,question,answer,reason,by\nexport.csv#row 4,status,read,it is right as it stands,me\n"
    (folder.path / "corrections.csv").write_text(ruling, encoding="utf-8")
    assert fates(folder.tables())["export.csv#row 4"] == ["read", "", "C", "Housing"]


def test_what_is_true_of_a_whole_table_is_told_when_its_first_row_is_not_read(folder: Folder) -> None:
    rows = [["1", "", "", "", "School", "Yes", "", "No", "Yes"], ["2", "", "", "B", "Police", "Yes", "", "No", "N/A"]]
    folder.add("export.csv", export(*rows).replace(b"Yes,,No,Yes", b"Yes,\x96 seen,No,Yes"))
    quality = folder.tables()["quality"]
    of_file = quality[quality["check"] == "encoding_assumed"]
    assert list(zip(of_file["file"], of_file["return_id"], strict=True)) == [("export.csv", "")]


@pytest.mark.parametrize("sheet", ["Zoe_Quill", "Zoe Quill"])
def test_a_name_that_a_sheet_carries_is_in_no_table(folder: Folder, sheet: str) -> None:
    rows = filled_sheet("B", "Police", "Yes")
    folder.add("Police.xlsx", workbook(**{sheet: rows, "Remarks": [["Zoe_Quill was seen", "by Zoe"]]}))
    tables = folder.tables()
    assert {"read"} == set(tables["returns"]["status"])
    told = [text for name, table in tables.items() for text in map(str, table.to_numpy().ravel()) if name != "returns"]
    assert not any("Zoe" in text or "Quill" in text for text in told)


def test_two_sheets_of_nearly_one_name_are_two_returns(folder: Folder) -> None:
    sheets = {"S!": filled_sheet("B", "Police", "Yes"), "S%21": filled_sheet("C", "Housing", "No")}
    folder.add("two.xlsx", workbook(**sheets))
    assert fates(folder.tables()) == {
        "two.xlsx!S%21": ["read", "", "B", "Police"],
        "two.xlsx!S%21 (2)": ["read", "", "C", "Housing"],
    }


def test_the_name_of_a_table_contradicts_none_of_its_rows(folder: Folder) -> None:
    row = ["1", "25/05/2018 10:00", "", "A", "School", "Yes", "", "No", "Yes"]
    folder.add("Police cases B and C.csv", export(row, [*row[:3], "B", "Police", *row[5:]]))
    tables = folder.tables()
    assert [fate[0] for fate in fates(tables).values()] == ["read", "read"]
    assert "agency_taken" not in set(tables["quality"]["check"])
