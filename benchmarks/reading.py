"""How fast, how frugal and how complete our reader of Word forms is, beside other libraries.

``python benchmarks/reading.py [--forms 300] [--rounds 5]`` reads the same forms with each of them in turn, round by round in
one process, so that whatever else the machine does disturbs all alike; the peak of memory is taken in a process for each.
The forms are the returns of the sample audit and, where they are at hand, the example forms beside the repository.

Needs the ``test`` extra (python-docx, docx2python, mammoth).
"""

from __future__ import annotations

import argparse
import io
import itertools
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.readers.word_xml import box, docx, field, p, r, sdt, tbl, tc, tr  # noqa: E402 - it lies beside the package

EXAMPLES = ROOT.parent / "shared" / "examples"


def parse_only(data: bytes) -> str:
    """The least that any reader does: unzip the part in which the text stands and parse its XML. Gives no text."""
    etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return ""


def parse_all(data: bytes) -> str:
    """The same for every part of the file: styles, numbering and headers decide what a page shows. Gives no text."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(archive.read(name))
    return ""


def ours(data: bytes) -> str:
    """Our reader: every run with its state and place, and a count of the file that owes nothing to the reading."""
    from audit_lib.readers.word.reader import read_word

    form = read_word(data, "docx")
    return "".join(run.text for paragraph in form.paragraphs() for run in paragraph.runs)


def ours_forgetting(data: bytes) -> str:
    """Our reader, where no form has the styles of one before it."""
    from audit_lib.readers.word import reader

    reader._known_styles.cache_clear()
    return ours(data)


def by_python_docx(data: bytes) -> str:
    """What most scripts do: every table, row by row, cell by cell, and the paragraphs between."""
    import docx as python_docx

    document = python_docx.Document(io.BytesIO(data))
    found = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join(found + [paragraph.text for paragraph in document.paragraphs])


def by_docx2python(data: bytes) -> str:
    """docx2python, its whole text."""
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as document:
        return str(document.text)


def by_mammoth(data: bytes) -> str:
    """mammoth, as raw text."""
    import mammoth

    return str(mammoth.extract_raw_text(io.BytesIO(data)).value)


READERS: dict[str, Callable[[bytes], str]] = {
    "unzip and parse only": parse_only,
    "the same, every part": parse_all,
    "audit-lib": ours,
    "audit-lib, styles new": ours_forgetting,
    "python-docx, row by row": by_python_docx,
    "docx2python": by_docx2python,
    "mammoth": by_mammoth,
}


def forms(number: int) -> list[bytes]:
    """So many forms, the same again where there are fewer. Empty, damaged and locked files of the sample are none."""
    from audit_lib.samples.build import sample_files

    found = [data for name, data in sorted(sample_files("neglect-2018").items()) if name.endswith(".docx")]
    found += [path.read_bytes() for path in sorted(EXAMPLES.rglob("*.docx"))]
    return list(itertools.islice(itertools.cycle([data for data in found if not fails(ours, data)]), number))


def seconds(read: Callable[[bytes], str], many: list[bytes]) -> float:
    """Seconds of CPU for all of them, those included on which it fails."""
    begun = time.process_time()
    for data in many:
        fails(read, data)
    return time.process_time() - begun


def fails(read: Callable[[bytes], str], data: bytes) -> bool:
    """Whether reading ends in an error, whatever another library raises."""
    try:
        read(data)
    except Exception:
        return True
    return False


def speed(many: list[bytes], rounds: int, folder: Path) -> None:
    """Times every reader, and prints each beside the bare parsing and beside our reader of the same round."""
    for number, data in enumerate(many):
        (folder / f"{number}.docx").write_bytes(data)
    taken: dict[str, list[float]] = {name: [] for name in READERS}
    for _ in range(rounds):
        for name, read in READERS.items():
            taken[name].append(seconds(read, many))
    print(f"{len(many)} forms, {rounds} rounds; medians\n")
    print(
        f"{'':26}{'forms/s':>9}{'CPU ms a form':>15}{'x bare parse':>14}{'x audit-lib':>13}{'peak MB':>9}{'fails on':>10}"
    )
    for name in READERS:
        each = statistics.median(taken[name]) / len(many)
        failed = sum(fails(READERS[name], data) for data in many)
        bare, own = (paired(taken[name], taken[other]) for other in ("unzip and parse only", "audit-lib"))
        print(f"{name:26}{1 / each:9.0f}{each * 1000:15.2f}{bare:14.1f}{own:13.2f}{peak(name, folder):9.0f}{failed:10}")


def paired(these: list[float], those: list[float]) -> float:
    """The median of the ratios within each round."""
    return statistics.median(this / that for this, that in zip(these, those, strict=True))


def peak(name: str, folder: Path) -> float:
    """Megabytes at the most in a process that reads the forms of a folder this way and does nothing else."""
    command = [sys.executable, __file__, "--peak-of", name, "--folder", str(folder)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603 - our own script


def peak_here(name: str, folder: Path) -> float:
    """The same for this process."""
    for path in sorted(folder.iterdir()):
        fails(READERS[name], path.read_bytes())
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says begins with what the parent held
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / (1 << 10)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


NOT_EASY = {
    "content controls": tbl(tr(sdt(tc("Question one")), sdt(tc("Yes"))), tr("Comment", tc(sdt(p("seen at home"))))),
    "tracked insertions": p("The plan was ", f"<w:ins>{r('reviewed in May')}</w:ins>"),
    "tracked deletions": p("Good", "<w:del><w:r><w:delText>Inadequate</w:delText></w:r></w:del>"),
    "text boxes": p("beside", box(p("What went well: school"))),
    "old form fields": p(field("FORMTEXT", r("typed by the worker"))),
    "tables in tables": tbl(tr("outer", tc("before", tbl(tr("inner", "cells")), "after"))),
    "rows in controls": tbl(tr("first row"), sdt(tr("repeated row", "Partly"))),
    "footnotes": p("See note", '<w:r><w:footnoteReference w:id="1"/></w:r>'),
}
VISIBLE = {
    "content controls": "Question one Yes Comment seen at home",
    "tracked insertions": "The plan was reviewed in May",
    "tracked deletions": "Good",
    "text boxes": "beside What went well: school",
    "old form fields": "typed by the worker",
    "tables in tables": "outer before inner cells after",
    "rows in controls": "first row repeated row Partly",
    "footnotes": "See note kept by the health visitor",
}


def completeness() -> None:
    """Prints how many of the words that a person sees each reader gives, and how many others it gives (deleted ones)."""
    readers = {
        name: read for name, read in READERS.items() if name not in ("unzip and parse only", "audit-lib, styles new")
    }
    print(f"\nwords lost of those a person sees{'':4}" + "".join(f"{name:>25}" for name in readers))
    for what, body in NOT_EASY.items():
        note = f'<w:footnote w:id="1">{p("kept by the health visitor")}</w:footnote>'
        data = docx(body, styles="", footnotes=note, modified="2018-05-22T10:30:00Z")
        seen = VISIBLE[what].split()
        row = []
        for read in readers.values():
            try:
                text = read(data)
            except Exception as error:  # whatever another library raises
                row.append(f"fails: {type(error).__name__}")
                continue
            lost = sum(word_seen not in text for word_seen in seen)
            row.append(f"{lost} of {len(seen)}" + (" + deleted text" if "Inadequate" in text else ""))
        print(f"  {what:35}" + "".join(f"{cell:>25}" for cell in row))


def main() -> None:
    """Runs the benchmark; ``--peak-of`` is how it asks itself for the memory of one reader."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--forms", type=int, default=300)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--peak-of", choices=list(READERS), help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    if chosen.peak_of:
        print(peak_here(chosen.peak_of, chosen.folder))
        return
    with tempfile.TemporaryDirectory() as folder:
        speed(forms(chosen.forms), chosen.rounds, Path(folder))
    completeness()


if __name__ == "__main__":
    main()
