"""Zip files that are the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can say
_RW_R_R = 0o644 << 16


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip file of ``members`` (name -> content) in their order, without the time at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _RW_R_R, 3
            file.writestr(info, content)
    return made.getvalue()


def without_times(data: bytes) -> bytes:
    """A zip file with the same members in the same order, without the times at which they were made."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return archive({info.filename: file.read(info) for info in file.infolist()})
