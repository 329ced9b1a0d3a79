"""Builds a sample audit from its content: the files a user would have written, and the returns as they came in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit_lib.instrument import Instrument
from audit_lib.instruments import load_instrument
from audit_lib.samples.case_forms import CaseStyle, write_case_form
from audit_lib.samples.content import FOLDER, RETURNS, Entry, filled_form, read_content
from audit_lib.samples.envelopes import Message, write_archive, write_message
from audit_lib.samples.exports import Submission, write_export
from audit_lib.samples.forms import FormStyle, write_form
from audit_lib.samples.list_forms import PlainStyle, write_list_form
from audit_lib.samples.rubric_forms import RubricStyle, write_rubric_form
from audit_lib.samples.word import Pen, document, paragraph

_FIXED_BYTES = {
    "empty": b"",
    "thumbnails": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),  # begins as the picture stores of Windows do
    "lock": b"\x0bTeam office" + bytes(150),  # a Word lock file: the length of a name, the name, then filling
}


def write_sample(sample: str, raw: Path) -> list[Path]:
    """Writes the sample audit ``sample`` into ``raw/<sample>/`` and gives the paths written, in order.

    The bytes are the same each time. Other files in the folder are left alone. Raises KeyError for an unknown sample.
    """
    written = []
    for name, data in sorted(sample_files(sample).items()):
        path = raw / sample / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def sample_files(sample: str) -> dict[str, bytes]:
    """Every file of a sample audit by its path below ``data/raw/<sample>/``, with forward slashes."""
    content = read_content(sample)
    files = {
        path.name: path.read_text(encoding="utf-8").encode("utf-8")  # read as text: line feeds alone on every system
        for path in (FOLDER / sample).iterdir()
        if path.name != RETURNS
    }
    returns = _Returns(content)
    return files | {f"returns/{name}": returns.data(name) for name in returns.names()}


class _Returns:
    """The received files of a sample. What lies inside one is named as in the tables: ``Case F.zip!police.docx``, ``export.csv#row 2``."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content, self._files = content, content["files"]
        self._instrument = load_instrument(content["instrument"])

    def names(self) -> list[str]:
        """The path of each file, in order; what lies inside is in none of its own."""
        return sorted({name.partition("!")[0].partition("#")[0] for name in self._files})

    def data(self, name: str) -> bytes:
        """The bytes of one file."""
        if name in self._files:
            return self._file(self._files[name])
        inside = {
            key.removeprefix(f"{name}!"): entry for key, entry in self._files.items() if key.startswith(f"{name}!")
        }
        if not inside:
            return self._export(name)
        data = {key: self._file(entry) for key, entry in inside.items()}
        about = self._content.get("messages", {}).get(name)
        return write_message(Message(**about), data) if about else write_archive(data)

    def _export(self, name: str) -> bytes:
        rows = [entry for key, entry in self._files.items() if key.startswith(f"{name}#row ")]
        submissions = [Submission(filled_form(entry, self._instrument), **entry["submission"]) for entry in rows]
        return write_export(self._instrument, submissions, self._content.get("several", ()))

    def _file(self, entry: Entry) -> bytes:
        if "copy_of" in entry:
            return self._file(self._files[entry["copy_of"]])
        if "bytes" in entry:
            return _FIXED_BYTES[entry["bytes"]]
        if "text" in entry:
            pen = Pen()
            return document("".join(paragraph(pen.run(line)) for line in entry["text"]), entry["modified"])
        return _form(entry, self._instrument)


def _form(entry: Entry, instrument: Instrument) -> bytes:
    """The Word form of one entry, in the layout that the instrument asks for."""
    filled, style = filled_form(entry, instrument), {**entry["style"], "modified": entry["modified"]}
    if instrument.graded("descriptor"):
        return write_rubric_form(instrument, filled, RubricStyle(**style))
    if instrument.graded("row"):
        return write_case_form(instrument, filled, CaseStyle(**style))
    if instrument.questions_in == "paragraphs":
        return write_list_form(instrument, filled, PlainStyle(**style))
    return write_form(instrument, filled, FormStyle(**style))
