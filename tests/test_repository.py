"""The repository around the code: what is promised in one file holds in the others."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

from audit_lib.samples import SAMPLES, sample_files

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

RECEIVED = re.compile(
    r"\.(csv|tsv|parquet|sav|db|sqlite|duckdb|do[ct][mx]?|odt|rtf|pdf|xl[st][bmx]?|ods|pp[st][mx]?|odp|msg|eml|mbox|zip|7z|rar)",
    re.IGNORECASE,
)
WRITTEN = {sample: f"data/raw/{sample}/" for sample in SAMPLES}
SOURCES = {sample: f"audit_lib/samples/{sample}/" for sample in SAMPLES}
SYNTHETIC = (*WRITTEN.values(), *SOURCES.values(), "tests/data/")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git repository")
    return listed.stdout.strip("\0").split("\0")


def received_files(paths: list[str]) -> list[str]:
    """Those that may be returned forms or data made from them, outside the folders of synthetic ones."""
    return [p for p in paths if RECEIVED.fullmatch(PurePosixPath(p).suffix) and not p.startswith(SYNTHETIC)]


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("data/raw/neglect-2019/returns/Police.docx", True),
        ("data/raw/neglect-2019/requests.csv", True),
        ("Case F.DOCX", True),
        ("notebooks/export.xlsx", True),
        ("docs/report.pdf", True),
        ("tests/returns.zip", True),
        ("data/processed/neglect-2018/answers.parquet", True),
        ("data/raw/neglect-2018/returns/Police.docx", False),
        ("data/raw/step-up-step-down-2018/returns/F.zip", False),
        ("audit_lib/samples/neglect-2018/texts.csv", False),
        ("audit_lib/samples/neglect-2019/texts.csv", True),
        ("audit_lib/samples/texts.csv", True),
        ("tests/data/form.docx", False),
        ("audit_lib/schema.py", False),
        ("docs/images/report.png", False),
    ],
)
def test_a_received_file_is_known_by_its_name(path: str, refused: bool) -> None:
    assert received_files([path]) == ([path] if refused else [])


def test_no_received_file_is_tracked() -> None:
    assert received_files(tracked()) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_received_file_hides_in_the_folder_of_a_sample(sample: str) -> None:
    """No received form can hide among the synthetic ones: each of them is built by ``audit sample``, byte for byte."""
    folder = WRITTEN[sample]
    there = {path.removeprefix(folder): (ROOT / path).read_bytes() for path in tracked() if path.startswith(folder)}
    built = sample_files(sample)
    assert set(there) == set(built)
    assert [path for path, data in there.items() if data != built[path]] == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_received_file_hides_in_the_source_of_a_sample(sample: str) -> None:
    built, folder = sample_files(sample), SOURCES[sample]
    source = [path.removeprefix(folder) for path in tracked() if path.startswith(folder)]
    assert [path for path in source if RECEIVED.fullmatch(PurePosixPath(path).suffix) and path not in built] == []


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("data/raw/neglect-2019/returns/Police.docx", True),
        ("data/processed/neglect-2018/answers.csv", True),
        ("outputs/index.html", True),
        *((f"data/raw/{sample}/returns/~$Police.docx", False) for sample in SAMPLES),
        ("data/raw/README.md", False),
        ("outputs/.gitkeep", False),
    ],
)
def test_git_ignores_what_is_confidential(path: str, ignored: bool) -> None:
    tracked()
    asked = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=ROOT, check=False)
    assert (asked.returncode == 0) is ignored


def test_no_lock_file_is_tracked() -> None:
    locks = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}
    assert [path for path in tracked() if PurePosixPath(path).name in locks] == []


def requirements(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def direct_requirements() -> dict[str, Requirement]:
    return requirements(PROJECT["dependencies"]) | requirements(PROJECT["optional-dependencies"]["test"])


def test_constraints_pin_every_direct_requirement_to_a_version_it_allows() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.lstrip().startswith("#")]
    assert all(re.fullmatch(r"==[^*,]+", str(pin.specifier)) and not pin.url for pin in pins)
    for name, wanted in direct_requirements().items():
        versions = [str(pin.specifier)[2:] for pin in pins if canonicalize_name(pin.name) == name]
        assert versions, f"{name} is not in constraints.txt: run `make constraints`"
        assert all(version in wanted.specifier for version in versions), name


def imported(folder: str) -> set[str]:
    """The modules outside the standard library and this project that the code in a folder imports, by their first name."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"audit_lib", "tests"}


@pytest.mark.parametrize(
    ("folder", "required"), [("audit_lib", requirements(PROJECT["dependencies"])), ("tests", direct_requirements())]
)
def test_what_is_imported_is_required(folder: str, required: dict[str, Requirement]) -> None:
    packages = packages_distributions()
    assert imported(folder)
    assert [m for m in imported(folder) if not set(map(canonicalize_name, packages[m])) & set(required)] == []


def environment() -> tuple[list[str], list[str]]:
    """The lines of environment.yml for conda, and those for pip."""
    loaded: dict[str, Any] = YAML(typ="safe").load(ROOT / "environment.yml")
    conda = [line for line in loaded["dependencies"] if isinstance(line, str)]
    return conda, next(line["pip"] for line in loaded["dependencies"] if isinstance(line, dict))


def test_environment_agrees_with_pyproject() -> None:
    conda, pip = environment()
    assert {"--constraint constraints.txt", "--editable .[test]"} <= set(pip)
    listed = requirements([line for line in pip if not line.startswith("--")])
    expected = direct_requirements()
    assert {name: str(found) for name, found in listed.items()} == {name: str(expected[name]) for name in listed}
    assert set(requirements(PROJECT["dependencies"])) | {"pytest", "nbval"} == set(listed)
    assert any(line.startswith(f"python{PROJECT['requires-python']}") for line in conda)


def code_cells(notebook: dict[str, Any]) -> list[list[str]]:
    """The lines of each code cell but the parameters, blank lines left out."""
    cells = (cell for cell in notebook["cells"] if "parameters" not in cell["metadata"].get("tags", []))
    sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [[line for line in source.splitlines() if line.strip()] for source in sources]


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_thin_and_clean(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert any("parameters" in cell["metadata"].get("tags", []) for cell in notebook["cells"])
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in notebook["cells"])
    for lines in code_cells(notebook):
        assert len(lines) <= 6, lines
        starts = r"\s*(def|class|for|while|try|with|if|async|lambda)\b|\s*[%!]"
        assert not [line for line in lines if re.match(starts, line)]
        assert not [line for line in lines if re.search(r"\bPath\(|\bopen\(|[\"'][./\\]", line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    assert {"report", "test"} <= named <= targets


def test_the_changelog_says_when_results_change() -> None:
    """Figures that move from one version to the next are told apart from everything else."""
    versions = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert versions
    assert [version.splitlines()[0] for version in versions if "\n### Results changed\n" not in version] == []


@pytest.mark.parametrize("place", ["test_page.py", "browser/test_page.py"])
@pytest.mark.parametrize(("audit_ci", "outcome"), [("", "1 skipped"), ("1", "1 failed")])
def test_a_skipped_browser_test_fails_where_browsers_have_to_be_there(
    tmp_path: Path, place: str, audit_ci: str, outcome: str
) -> None:
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser\n", encoding="utf-8")
    (tmp_path / place).parent.mkdir(exist_ok=True)
    mark = "" if "/" in place else "@pytest.mark.browser\n"
    test = f"import pytest\n{mark}def test_page(): pytest.skip('no browser here')\n"
    (tmp_path / place).write_text(test, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"AUDIT_CI": audit_ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in ran.stdout.splitlines()[-1]
    assert ("no browser here" in ran.stdout) is (audit_ci == "1")
