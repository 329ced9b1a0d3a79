"""E-mail messages: their attachments, taken out in place. The message's own words are not a form: only that there are some is told."""

from __future__ import annotations

import binascii
import email
import html
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.policy import compat32, default
from email.utils import parsedate_to_datetime
from typing import cast

from audit_lib.errors import UnreadableFile
from audit_lib.readers.containers.inside import Budget, Member, too_large
from audit_lib.readers.kinds import WINMAIL
from audit_lib.readers.moments import in_universal_time

_WORDS = {"text/plain", "text/html", "text/enriched", "text/calendar"}  # of the message itself, unless they have a name
_FORWARDED = {"message/rfc822", "message/global"}
_WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
_BROKEN_OFF = {"CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect", "NoBoundaryInMultipartDefect"}
_NOT_QUOTED_PRINTABLE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*(?:\r?\n|\r|\Z))")
_UNSHOWN = re.compile(r"<!--.*?(?:-->|(\Z))|<(style|script|title)\b.*?(?:</\2\s*>|(\Z))", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_LONGEST_WORDS = 20_000  # bytes; what is longer says something, and would only cost time
_LARGEST_LOGO = 50_000  # bytes: a photograph of a page is larger
_MAX_PARTS = 5_000
Part = Message


def opened(data: bytes, budget: Budget) -> Iterator[Member]:
    """The attachments of a message, in its order, pictures in its text and forwarded messages among them.

    One that is damaged is given with that reason, and the others are read. Raises :class:`UnreadableFile`: ``damaged`` (after
    the attachments that could be had, when the message breaks off), ``unsafe`` when its parts nest without end, ``too_large``.
    """
    message, parts = _parts(data)
    received = _received(message)
    words = any(not _is_attached(part) and _says_something(part) for part in parts)
    for number, part in enumerate(parts, start=1):
        if _is_attached(part):
            budget.one_more()
            yield replace(_taken_out(part, _name(part, number), received, budget), beside_words=words)
    if _breaks_off(message):
        raise UnreadableFile("damaged", "the message breaks off before its end")


def _parts(data: bytes) -> tuple[Part, list[Part]]:
    """A message, and its parts that hold no parts."""
    try:
        begun = data.removeprefix(BOM_UTF8).lstrip()  # which the library would take for the end of the headers
        message = cast(Part, email.message_from_bytes(begun, policy=default))
        parts = list(_leaves(message))
        _breaks_off(message)
    except RecursionError as error:
        raise UnreadableFile("unsafe", "the parts of the message lie inside each other without end") from error
    except Exception as error:  # headers made to do harm bring about whatever the library did not foresee
        raise UnreadableFile("damaged") from error
    if len(parts) > _MAX_PARTS:
        raise UnreadableFile("too_large", "the message has too many parts")
    return message, parts


def _leaves(message: Part) -> Iterator[Part]:
    """The parts that hold no parts; a forwarded message is one."""
    if message.is_multipart() and _type_of(message) not in _FORWARDED:
        for part in cast(list[Part], message.get_payload()):
            yield from _leaves(part)
    else:
        yield message


def _breaks_off(message: Part) -> bool:
    return any(type(defect).__name__ in _BROKEN_OFF for part in message.walk() for defect in part.defects)


def _type_of(part: Part) -> str:
    try:
        return part.get_content_type()
    except Exception:  # the same
        return "application/octet-stream"


def _is_attached(part: Part) -> bool:
    """Whether a part is more than the message's own words. A part that nobody can make sense of is."""
    if _type_of(part).startswith("multipart/"):  # none of its parts was found: the message is told to break off
        return False
    try:
        named = bool(part.get_filename()) or part.get_content_disposition() == "attachment"
    except Exception:  # the same
        return True
    return named or _type_of(part) not in _WORDS


def _says_something(part: Part) -> bool:
    """Whether any word stands in a part that is the message's own; one that cannot be read may say anything."""
    try:
        if _type_of(part).startswith("multipart/"):
            return False
        data = cast(bytes, part.get_payload(decode=True))
        if len(data) > _LONGEST_WORDS:
            return True
        text = data.decode(part.get_content_charset() or "latin-1")
    except Exception:  # the same
        return True
    if _type_of(part) == "text/html":
        text = _UNSHOWN.sub(
            lambda found: " " if found[1] is found[3] is None else "and so on", text
        )  # some have no end
        text = html.unescape(_TAG.sub(" ", text))
    return re.search(r"[^\W_]", text) is not None


def _name(part: Part, number: int) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # the same
        name = ""
    return name or (f"message {number}.eml" if _type_of(part) in _FORWARDED else f"attachment {number}")


def _taken_out(part: Part, name: str, received: str, budget: Budget) -> Member:
    if _type_of(part) in _WINMAIL:
        return Member(name, reason_code="not_supported", detail=WINMAIL, received=received)
    try:
        data = _forwarded(part) if _type_of(part) in _FORWARDED else _decoded(part)
    except UnreadableFile as error:
        return Member(name, reason_code=error.reason_code, detail=error.detail, received=received)
    except RecursionError:
        return Member(name, reason_code="unsafe", received=received)
    except Exception:  # the same
        return Member(name, reason_code="damaged", received=received)
    budget.spend(len(data))
    if len(data) <= _LARGEST_LOGO and _is_in_the_text(part):
        return Member(name, reason_code="picture_in_text", received=received)
    if too_large(len(data), len(data)):
        return Member(name, reason_code="too_large", received=received)
    return Member(name, data, received=received)


def _is_in_the_text(part: Part) -> bool:
    """Whether a picture stands in the words of the message, as logos under a signature do, and is not attached to it."""
    attached = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
    return _type_of(part).startswith("image/") and part.get("Content-ID") is not None and not attached


def _decoded(part: Part) -> bytes:
    """The bytes of a part. The library takes damage for granted and goes on; here any is told."""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    del part["Content-Transfer-Encoding"]  # what the library gives then is what stands in the file
    written = cast(bytes, part.get_payload(decode=True))
    if encoding == "base64":
        return _from_base64(written)
    if encoding == "quoted-printable":
        if _NOT_QUOTED_PRINTABLE.search(written):
            raise UnreadableFile("damaged")
        return binascii.a2b_qp(written)
    if encoding in ("", "7bit", "8bit", "binary"):
        return written
    raise UnreadableFile("not_supported", "sent in an encoding that is no longer in use")


def _from_base64(written: bytes) -> bytes:
    try:
        return binascii.a2b_base64(b"".join(written.split()), strict_mode=True)
    except binascii.Error as error:
        raise UnreadableFile("damaged") from error


def _forwarded(part: Part) -> bytes:
    """A forwarded message as a file of its own."""
    inner = cast(list[Part], part.get_payload())[0]
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        return _from_base64(cast(bytes, inner.get_payload(decode=True)))  # against the standard, and done
    return inner.as_bytes(policy=compat32)  # headers as they were written, without making sense of them


def _received(message: Part) -> str:
    """When the message was received: by its topmost mark of a server, else when it was sent."""
    marks = [value for name, value in message.raw_items() if name.lower() == "received"]
    sent = [value for name, value in message.raw_items() if name.lower() == "date"]
    for written in [mark.rpartition(";")[2] for mark in marks[:1]] + sent[:1]:
        try:
            return in_universal_time(parsedate_to_datetime(" ".join(written.split())))
        except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
            continue
    return ""
