"""OLE2 files, the container of Office programs before 2007: what stands in one, and its streams.

The container is read by olefile; here is what this project asks of it.
"""

from __future__ import annotations

import io
import struct

import olefile

from audit_lib.errors import UnreadableFile

OLE2: bytes = olefile.MAGIC
_BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, OverflowError, RecursionError)


def root_entries(data: bytes) -> frozenset[str]:
    """The names, in lower case, of the streams and storages at the root: what stands in an embedded object is not among them.

    Empty when the directory cannot be read. Never fails.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return frozenset(name.lower() for name in container.root.kids_dict)
    except _BROKEN:
        return frozenset()


def stream(data: bytes, *names: str) -> bytes:
    """The bytes of the first of these streams that stands at the root. Capitals of its name do not matter.

    Raises :class:`UnreadableFile` (``damaged``) when there is none or its sectors lead nowhere.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            found = next(name for name in names if container.get_type(name) == olefile.STGTY_STREAM)
            content: bytes = container.openstream(found).read()
            whole = len(content) == container.get_size(found)
    except (*_BROKEN, StopIteration) as error:
        raise UnreadableFile("damaged", "what it should hold is not in the file") from error
    if not whole:
        raise UnreadableFile("damaged", "the file is cut off")
    return content
