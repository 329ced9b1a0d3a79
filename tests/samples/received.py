"""The files of a sample audit as they are received: what lies inside another one by the name that the tables give it."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from audit_lib.coding.coded import CodedForm
from audit_lib.coding.parts import parts_of
from audit_lib.errors import UnreadableFile
from audit_lib.instruments import load_instrument
from audit_lib.readers.containers.opening import innermost, own_name
from audit_lib.readers.kinds import CONTAINERS, kind_of, read_as
from audit_lib.samples import expected, sample_files
from audit_lib.samples.content import read_content

RETURNS = "returns/"


@cache
def wanted(sample: str) -> dict[str, dict[str, Any]]:
    """What coding each file has to give."""
    return expected(sample)


@cache
def built(sample: str) -> dict[str, bytes]:
    """Every file of the sample."""
    return sample_files(sample)


@cache
def received(sample: str) -> dict[str, bytes]:
    """Every file under ``returns/``, and instead of a container what lies in it."""
    files: dict[str, bytes] = {}
    for path, data in built(sample).items():
        name, kind = path.removeprefix(RETURNS), kind_of(data, path)
        if path.startswith(RETURNS) and kind in CONTAINERS:
            files |= {member.name: member.data for member in innermost(data, kind, name)}
        elif path.startswith(RETURNS):
            files[name] = data
    return files


@cache
def coded(sample: str) -> dict[str, CodedForm | str]:
    """What the readers and the coding make of each form; the reason code of a file that cannot be read."""
    instrument = load_instrument(read_content(sample)["instrument"])
    out: dict[str, CodedForm | str] = {}
    for name, data in received(sample).items():
        own = own_name(name)
        try:
            form = read_as(data, own, kind_of(data, own))
        except UnreadableFile as error:
            out[name] = error.reason_code
            continue
        out |= {name + part.address: part.coded for part in parts_of(form, instrument, {})}
    return out


def inside(data: bytes) -> dict[str, bytes]:
    """What is packed in a Word file or an archive, archives within archives included."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return {f"{name}!{inner}": part for name, member in members.items() for inner, part in inside(member).items()}
