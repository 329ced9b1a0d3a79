"""The command as a user runs it: a process, its output, its exit status and what it leaves behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE, EARLIER = "neglect-2018", "neglect-2017"


def audit(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "audit_lib.cli", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
    )


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sample audit and the one before it in data/raw/, coded and reported once."""
    folder = tmp_path_factory.mktemp("home")
    assert audit("sample", EARLIER, SAMPLE, folder=folder).returncode == 0
    done = audit("run", folder=folder)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    (folder / "account.txt").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    """A copy of the sample audits, not coded yet, to be spoilt."""
    shutil.copytree(home / "data" / "raw", tmp_path / "data" / "raw")
    return tmp_path


def test_run_gives_an_account_and_says_where_the_reports_are(home: Path) -> None:
    account = (home / "account.txt").read_text(encoding="utf-8")
    assert "18 of 31 forms asked for are back" in account
    assert "28 received = 19 read, 2 superseded, 2 duplicate, 5 rejected" in account
    assert account.splitlines()[-1] == "Reports: outputs/index.html"
    assert (home / "outputs" / SAMPLE / "internal" / "neglect.html").stat().st_size < 600_000
    assert (home / "outputs" / SAMPLE / "notebooks" / "neglect.ipynb").exists()
    assert f"{SAMPLE}/internal/neglect.html" in (home / "outputs" / "index.html").read_text(encoding="utf-8")


def test_a_run_elsewhere_gives_the_same_bytes(home: Path, copy: Path) -> None:
    assert audit("run", folder=copy).returncode == 0
    for part in ("outputs", "data/processed"):
        first, second = everything(home / part), everything(copy / part)
        assert list(first) == list(second)
        assert [name for name in first if first[name] != second[name]] == []


def test_a_theme_audited_twice_is_compared(home: Path) -> None:
    index = (home / "outputs" / "index.html").read_text(encoding="utf-8")
    for page in ("themes/neglect.html", "across.html"):
        assert f'href="{page}"' in index
        compared = (home / "outputs" / page).read_text(encoding="utf-8")
        assert EARLIER in compared
        assert SAMPLE in compared
    report = (home / "outputs" / SAMPLE / "internal" / "neglect.html").read_text(encoding="utf-8")
    assert "in the same words in March 2017 and in May 2018" in report


def test_progress_is_shown_as_it_goes(copy: Path) -> None:
    done = audit("code", SAMPLE, folder=copy)
    assert "28 of 28 files read" in done.stderr
    assert not (copy / "outputs").exists()


def test_check_lists_the_worst_first_with_place_and_remedy(home: Path) -> None:
    done = audit("check", SAMPLE, folder=home)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "to be settled before the figures can be relied on" in lines[0]
    assert next(line.startswith("  !") for line in lines if line.startswith("  "))
    at = next(number for number, line in enumerate(lines) if "R1: the answer can be read in more than one way" in line)
    assert 'table 2, row 3, column "Response (Yes/No)"' in lines[at]
    assert lines[at + 1].strip() == "written: Yes/No - depends on the officer"
    assert lines[at + 2].strip() == "taken as: unclear"
    assert (
        lines[at + 3].strip()
        == "settle in corrections.csv: B/housing B.docx,R1,<yes|partly|no|not_applicable|not_known|missing>,<reason>,<by>"
    )
    assert "notes that need no action; show with --notes." in done.stdout
    assert "worth knowing)" in audit("check", SAMPLE, "--notes", folder=home).stdout


def test_a_line_that_check_suggests_settles_the_value(copy: Path) -> None:
    ruling = "B/housing B.docx,R1,yes,the officer confirmed by telephone,analyst\n"
    with (copy / "data" / "raw" / SAMPLE / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(ruling)
    done = audit("check", SAMPLE, "--notes", folder=copy)
    assert "R1 was settled as 'yes' by analyst" in done.stdout
    assert "R1: the answer can be read in more than one way" not in done.stdout


def test_verify_gives_each_published_figure_again_with_its_counts(home: Path) -> None:
    before = everything(home / "data")
    done = audit("verify", SAMPLE, folder=home)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert " ".join(lines[1]) == (
        "R1, per cent “yes” printed 59% from the returns 59% 10 of 17 returns to which it applied reproduced Findings"
    )
    assert done.stdout.splitlines()[-1].strip() == "All 9 published figures are reproduced from the returns."
    assert everything(home / "data") == before


def test_verify_tells_a_figure_that_is_not_reproduced_and_ends_with_1(copy: Path) -> None:
    printed = (
        "question,measure,value,decimals,of,source\nR1,percent_yes,61,0,applicable,p. 5\n,returns_read,19,,,p. 3\n"
    )
    (copy / "data" / "raw" / SAMPLE / "published.csv").write_text(printed, encoding="utf-8")
    done = audit("verify", SAMPLE, folder=copy)
    assert done.returncode == 1
    one, other, together = done.stdout.splitlines()[1:]
    assert "printed 61%" in one
    assert "from the returns 59%" in one
    assert "NOT REPRODUCED" in one
    assert "NOT" not in other
    assert together.strip() == "1 of 2 published figures can be reproduced from the returns; 1 cannot."


def test_verify_says_where_nothing_was_published(copy: Path) -> None:
    (copy / "data" / "raw" / SAMPLE / "published.csv").unlink()
    done = audit("verify", SAMPLE, folder=copy)
    assert done.returncode == 0
    assert "No figures were published for this audit" in done.stdout


def spoil(raw: Path, what: str) -> None:
    about = raw / "audit.yaml"
    text = about.read_text(encoding="utf-8")
    if what == "no audit.yaml":
        about.unlink()
    elif what == "wrong key":
        about.write_text(text.replace("instrument:", "instrumnt:"), encoding="utf-8")
    elif what == "wrong date":
        about.write_text(text.replace("2018-05", "May 2018"), encoding="utf-8")
    elif what == "unknown instrument":
        about.write_text(text.replace("instrument: neglect-2018", "instrument: neglect-2019"), encoding="utf-8")
    elif what == "no returns":
        shutil.rmtree(raw / "returns")
    elif what == "wrong request":
        (raw / "requests.csv").write_text("case,agency,due\nA,GP,soon\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("no audit.yaml", "data/raw/neglect-2018/audit.yaml: there is no such file"),
        ("wrong key", "'instrumnt' is not a key here; did you mean 'instrument'?"),
        ("wrong date", "'May 2018' is not a date; write a month such as 2018-05"),
        (
            "unknown instrument",
            "'instrument' is 'neglect-2019', which is not one we know; did you mean 'neglect-2018'?",
        ),
        ("no returns", "data/raw/neglect-2018/returns: there is no such folder"),
        ("wrong request", "data/raw/neglect-2018/requests.csv, line 2: 'due' is 'soon', which is not a date"),
    ],
)
def test_a_mistake_of_the_user_is_one_message_and_changes_nothing(copy: Path, what: str, message: str) -> None:
    spoil(copy / "data" / "raw" / SAMPLE, what)
    before = everything(copy)
    done = audit("run", SAMPLE, folder=copy)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(copy) == before


def test_an_audit_that_is_not_there_is_told_with_a_guess(copy: Path) -> None:
    done = audit("code", "neglct-2018", folder=copy)
    assert (done.returncode, "did you mean 'neglect-2018'?" in done.stderr) == (2, True)


def test_reports_never_go_into_raw(copy: Path) -> None:
    before = everything(copy)
    done = audit("run", SAMPLE, "--out", "data/raw", folder=copy)
    assert (done.returncode, "reports cannot go into data/raw" in done.stderr) == (2, True)
    assert everything(copy) == before


def test_the_version_is_told(copy: Path) -> None:
    assert audit("--version", folder=copy).stdout.startswith("audit-lib ")


def test_a_named_pipe_among_the_returns_is_not_waited_for(copy: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(copy / "data" / "raw" / SAMPLE / "returns" / "pipe.docx")
    done = audit("check", SAMPLE, folder=copy)
    assert (done.returncode, "could not be opened" in done.stdout) == (0, True)


def test_an_output_that_cannot_be_written_is_told_before_any_work(copy: Path) -> None:
    (copy / "outputs").write_text("a file in the way", encoding="utf-8")
    done = audit("run", SAMPLE, folder=copy)
    assert done.returncode == 2
    assert "outputs" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (copy / "data" / "processed").exists()


def test_a_report_that_fails_leaves_the_old_one(home: Path, copy: Path) -> None:
    shutil.copytree(home / "outputs", copy / "outputs")
    before = everything(copy / "outputs")
    texts = copy / "data" / "raw" / SAMPLE / "texts.csv"
    texts.write_text(f"section,order,text\ncontext,1,kept in {copy.resolve()}\n", encoding="utf-8")
    done = audit("run", SAMPLE, folder=copy)
    assert done.returncode == 1, done.stdout
    assert "neglect.html" in done.stderr
    assert str(copy.resolve()) not in done.stderr
    assert {name: data for name, data in everything(copy / "outputs").items() if name != "index.html"} == {
        name: data for name, data in before.items() if name != "index.html"
    }


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user can read every folder")
def test_a_folder_that_cannot_be_read_is_told(copy: Path) -> None:
    locked = copy / "data" / "raw" / SAMPLE / "returns" / "E"
    locked.chmod(0)
    done = audit("code", SAMPLE, folder=copy)
    locked.chmod(0o700)
    assert (done.returncode, "this folder cannot be read" in done.stderr) == (2, True)


def test_an_audit_whose_theme_has_no_notebook_is_reported_by_its_tool(copy: Path) -> None:
    about = copy / "data" / "raw" / SAMPLE / "audit.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("theme: neglect", "theme: swimming"), encoding="utf-8")
    done = audit("run", SAMPLE, folder=copy)
    assert done.returncode == 0
    index = (copy / "outputs" / "index.html").read_text(encoding="utf-8")
    assert f'href="{SAMPLE}/internal/any_tool.html"' in index


def test_instruments_lists_and_describes_the_tools(copy: Path) -> None:
    listed = audit("instruments", folder=copy)
    assert listed.returncode == 0
    assert "case-grading: Detailed case audit gradings - 62 grades" in listed.stdout
    described = audit("instruments", "child-in-need-2014", folder=copy)
    assert "1a: Basic facts about the child that are up to date (ticked / not ticked)" in described.stdout
    (copy / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    own = audit("instruments", "mine.yaml", folder=copy)
    assert own.returncode == 2
    assert "mine.yaml, line 1: 'title' is missing; it is required" in own.stderr
    unknown = audit("instruments", "neglect-2019", folder=copy)
    assert (unknown.returncode, unknown.stderr.strip()) == (
        2,
        "'neglect-2019' is not an instrument; did you mean 'neglect-2018'?",
    )


def test_lint_tells_what_a_text_says_that_the_returns_do_not(copy: Path) -> None:
    summary = f"data/raw/{SAMPLE}/board-summary.md"
    done = audit("lint", summary, folder=copy)
    assert done.returncode == 1
    assert f"{summary}: held against {SAMPLE}" in done.stdout
    assert "line 15, “74% of returns”: CONTRADICTS THE RETURNS" in done.stdout
    (copy / "good.md").write_text("Six cases were audited.\n", encoding="utf-8")
    good = audit("lint", "good.md", "--audit", SAMPLE, folder=copy)
    assert (good.returncode, good.stdout.splitlines()[-1].strip()) == (0, "1 figure: 1 agrees with the returns.")
    assert "none is known that it is about; name it with --audit" in audit("lint", "good.md", folder=copy).stdout
    wrong = audit("lint", "none.md", "--audit", SAMPLE, folder=copy)
    assert (wrong.returncode, wrong.stderr.strip()) == (2, "none.md: there is no such file")
    assert audit("lint", "good.md", "--audit", "neglect-2019", folder=copy).returncode == 2
    assert not (copy / "data" / "processed").exists()


def test_codebook_shows_writes_and_applies(copy: Path) -> None:
    shown = audit("codebook", folder=copy)
    assert shown.returncode == 0
    assert "voice_of_child: Voice of the child" in shown.stdout
    (copy / "comments.csv").write_text(
        "id,column,text\n1,worried,The child was not seen alone.\n2,worried,Xyz.\n", encoding="utf-8"
    )
    done = audit("codebook", "--apply", "comments.csv", "--out", "codings.csv", folder=copy)
    assert "codings.csv: 1 of 2 comments coded; 0 with weak words only; 1 with none" in done.stdout
    codings = (copy / "codings.csv").read_text(encoding="utf-8").splitlines()
    assert codings[0] == "id,code,evidence"
    assert codings[1].startswith("1,voice_of_child,")
    assert audit("codebook", "--to", "book.qdc", folder=copy).returncode == 0
    back = audit("codebook", "--codebook", "book.qdc", folder=copy)
    assert "has no cues: for coding by hand" in back.stdout
    half = audit("codebook", "--apply", "comments.csv", folder=copy)
    assert (half.returncode, half.stderr.startswith("--apply and --out go together")) == (2, True)


def test_export_writes_beside_the_report_and_says_where(home: Path) -> None:
    done = audit("export", SAMPLE, "--to", "sav", folder=home)
    assert done.stderr.splitlines()[-1].startswith("Before you pass it on: names that the header or the file name ")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [f"outputs/{SAMPLE}/internal/{SAMPLE}-{name}.sav" for name in ("returns", "comments")],
    )
    assert all((home / line).stat().st_size > 1_000 for line in done.stdout.splitlines())


def test_an_unknown_kind_or_audit_is_told_and_nothing_written(copy: Path) -> None:
    for names, words in (
        (("export", SAMPLE, "--to", "spss"), "--to 'spss'"),
        (("export", "neglect", "--to", "sav"), "neglect"),
    ):
        done = audit(*names, folder=copy)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert words in done.stderr
    assert not (copy / "outputs").exists()


def test_codings_by_hand_go_out_come_back_and_overrule_the_program(copy: Path) -> None:
    assert audit("export", SAMPLE, "--to", "qdpx", folder=copy).returncode == 0
    project = f"outputs/{SAMPLE}/internal/{SAMPLE}.qdpx"
    done = audit("codings", SAMPLE, project, folder=copy)
    assert (done.returncode, "by the program left out" in done.stdout) == (0, True), done.stderr
    comment = audit("code", SAMPLE, folder=copy) and (copy / "data" / "processed" / SAMPLE / "codings.csv").read_text(
        encoding="utf-8-sig"
    ).splitlines()[1].split(",")[0].strip('"')
    own = copy / "data" / "raw" / SAMPLE / "codings.csv"
    own.write_text(f"comment_id,code,coder\n{comment},none,Ann\n", encoding="utf-8")
    assert audit("export", SAMPLE, "--to", "qdpx", folder=copy).returncode == 0
    done = audit("codings", SAMPLE, project, "--out", own, folder=copy)
    assert (done.returncode, "1 coding of 1 comment by Ann" in done.stdout) == (0, True), done.stderr
    assert own.read_text(encoding="utf-8") == f"comment_id,code,coder\n{comment},none,Ann\n"
    assert "Ann beside the program: 1 comment that the person coded" in done.stdout
    assert audit("export", SAMPLE, "--to", "coding-sheet", folder=copy).returncode == 0
    sheet = f"outputs/{SAMPLE}/internal/{SAMPLE}-coding-sheet.xlsx"
    done = audit("codings", SAMPLE, sheet, "--coder", "Ann", "--replace", "--out", own, folder=copy)
    assert (done.returncode, "codings of 1 comment by Ann taken back" in done.stdout) == (0, True), done.stderr
    assert own.read_text(encoding="utf-8") == "comment_id,code,coder\n"
