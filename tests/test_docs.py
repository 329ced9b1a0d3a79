"""The documentation says what the code does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import typer

from audit_lib.audits import load_audit
from audit_lib.coding.values.choices import choose
from audit_lib.coding.values.scores import read_score
from audit_lib.instruments import load_instrument, read_instrument
from audit_lib.pipeline.running import code_audit
from audit_lib.rawform import Run
from audit_lib.samples import write_sample

INSTRUMENT = load_instrument("neglect-2018")
DOCS = Path(__file__).parent.parent / "docs"
GENERATED: dict[str, str] = runpy.run_path(str(DOCS / "generate_reference.py"))["pages"]()
COMMANDS = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_up_to_date(name: str) -> None:
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert written == GENERATED[name], f"docs/reference/{name} is out of date: run `make docs`"


def test_links_to_lists_of_codes_lead_to_a_heading() -> None:
    headings = re.findall(r"^## (.+)$", GENERATED["codes.md"], re.MULTILINE)
    anchors = {heading.lower().replace("`", "").replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"codes\.md#([^)]+)\)", GENERATED["tables.md"]))
    assert linked
    assert linked <= anchors


def examples() -> list[tuple[str, str, str]]:
    """(heading, what stands in the form, what it is said to be read as) of the page on how answers are read."""
    page = (DOCS / "explanation" / "how-answers-are-read.md").read_text(encoding="utf-8")
    sections = [section.split("\n", 1) for section in page.split("\n## ")[1:]]
    rows = [
        (head, row) for head, text in sections for row in re.findall(r"^\| (.*“.*) \| (.*) \|$", text, re.MULTILINE)
    ]
    return [(head, written, read_as) for head, (cell, read_as) in rows for written in re.findall("“([^”]+)”", cell)]


@pytest.mark.parametrize(("kind", "written", "read_as"), examples())
def test_what_is_said_about_reading_answers_holds(kind: str, written: str, read_as: str) -> None:
    runs = (Run(written),)
    if kind == "Scores":
        score = read_score(runs, INSTRUMENT.score)
        found, remark, check = f"{score.value:g}" if score.status == "read" else score.status, score.remark, False
    else:
        scale = INSTRUMENT.question_scale("R1") if kind == "Answers" else INSTRUMENT.grade_scale_of("R")
        choice = choose(runs, scale)
        found, remark = f"`{choice.code}`", choice.remark
        check = not choice.usual and choice.code != "unclear"
    assert found + (" with a remark" if remark else "") + (", to be checked" if check else "") == read_as


def test_every_kind_of_value_has_examples() -> None:
    assert {kind for kind, _, _ in examples()} == {"Answers", "Grades", "Scores"}


def documented_commands() -> dict[str, set[str]]:
    """Sub-command -> the options that its usage names."""
    usage = re.findall(r"^## audit (\S+)\n\n```\naudit \1(.*)\n```", COMMANDS, re.MULTILINE)
    return {name: set(re.findall(r"--[a-z-]+", rest)) for name, rest in usage}


def test_every_command_is_documented_with_its_options() -> None:
    from audit_lib.cli import app

    commands = typer.main.get_command(app).commands
    options = {
        name: {option for param in command.params for option in param.opts if option.startswith("--")} - {"--help"}
        for name, command in commands.items()
        if not command.hidden
    }
    assert documented_commands() == options


@pytest.mark.parametrize("folder", ["adr", "how-to", "reference", "explanation"])
def test_every_page_can_be_found(folder: str) -> None:
    index = DOCS / "adr" / "index.md" if folder == "adr" else DOCS / "index.md"
    linked = {(index.parent / link).resolve() for link in re.findall(r"\]\(([^)#]+)\)", index.read_text("utf-8"))}
    assert {page.resolve() for page in (DOCS / folder).glob("*.md")} - {index.resolve()} <= linked


def test_the_code_that_opens_an_audit_in_a_notebook_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / "how-to" / "open-in-a-notebook.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    write_sample("neglect-2018", tmp_path / "data" / "raw")
    code_audit(load_audit(tmp_path / "data" / "raw" / "neglect-2018"), tmp_path / "data", 2, lambda _: None)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "cells.py").write_text("\n".join(blocks), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "notebooks")
    made = runpy.run_path("cells.py")
    assert len(blocks) == 4
    assert set(made["asked"]["question"]) == {"A4"}
    assert re.search(r"^A4 \d+ of \d+ \d+%$", capsys.readouterr().out, re.MULTILINE)


def test_the_tool_described_in_the_guide_is_one(tmp_path: Path) -> None:
    page = (DOCS / "how-to" / "describe-your-own-tool.md").read_text(encoding="utf-8")
    _, *blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "my-tool.yaml").write_text("".join(blocks), encoding="utf-8")
    tool = read_instrument(tmp_path / "my-tool.yaml")
    assert list(tool.questions) == ["S1", "S2", "S3"]
    assert [thing.id for thing in tool.grades] == ["plans", "overall"]
