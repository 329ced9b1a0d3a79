"""What returned forms come in: an e-mail message with its attachments, a zip archive. The same contents give the same bytes."""

from __future__ import annotations

import base64
import io
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_BOUNDARY = "=_the_parts_of_a_synthetic_message"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Message:
    """An e-mail without its attachments. ``date`` is when it was sent, as e-mail writes it ("Tue, 3 Jul 2018 16:04:00 +0100")."""

    sender: str
    to: str
    subject: str
    date: str
    text: Sequence[str] = field(default_factory=tuple)


def write_message(message: Message, attached: Mapping[str, bytes]) -> bytes:
    """``message`` as an .eml file with ``attached`` Word files by name; all in ASCII."""
    head = [
        f"From: {message.sender}",
        f"To: {message.to}",
        f"Subject: {message.subject}",
        f"Date: {message.date}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
        "",
    ]
    words = ["Content-Type: text/plain; charset=us-ascii", "Content-Transfer-Encoding: 7bit", "", *message.text]
    parts = [words, *(_attachment(name, data) for name, data in attached.items())]
    lines = head + [line for part in parts for line in (f"--{_BOUNDARY}", *part)] + [f"--{_BOUNDARY}--", ""]
    return "\r\n".join(lines).encode("ascii")


def _attachment(name: str, data: bytes) -> list[str]:
    return [
        f'Content-Type: {_WORD}; name="{name}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
        "",
        *textwrap.wrap(base64.b64encode(data).decode("ascii"), 76),
    ]


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """``files`` by name as a .zip archive, as they are: what is in them is packed already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2018, 7, 5, 9, 0, 0))
            entry.create_system = 0  # the same on every system; zipfile would put the system's own
            archive.writestr(entry, data)
    return out.getvalue()
