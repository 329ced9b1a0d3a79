"""What becomes of each file received: read, superseded, duplicate or rejected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from audit_lib.analysis.responses import NO_ANSWER_TO_A_REQUEST
from audit_lib.audits import Audit
from audit_lib.coding.coded import CodedForm, Problem
from audit_lib.coding.forms import telling_grades
from audit_lib.coding.parts import Part, parts_of, problems_of_file
from audit_lib.coding.period import Period, outside_period
from audit_lib.coding.ruled import follow_rulings
from audit_lib.coding.values.agencies import Agencies
from audit_lib.coding.values.cues import cue_length
from audit_lib.instrument import Instrument
from audit_lib.instruments import known_instruments, load_instrument
from audit_lib.pipeline.identifying import identify, identify_unread
from audit_lib.pipeline.people import shown_file
from audit_lib.pipeline.received import CAN_BE_RULED_IN, Received, rulings_by_file
from audit_lib.pipeline.repeats import (
    set_duplicates_aside,
    settle_versions,
    tell_second_returns,
    tell_what_was_sent_again,
)
from audit_lib.rawform import RawForm
from audit_lib.readers.isolation import ReadResult
from audit_lib.text import fold

_FOREIGN = 3  # an auditor adds a question or two of their own; another tool brings more
_COLUMNS = (
    "its title is that of this audit, and its words stand in columns without lines between them, so it may be a form all the "
    "same: open it, and ask for the Word form"
)
_FEW = (
    "its title is that of this audit, but only {found} of the {total} things that the tool asks were found in it, so its tables "
    "may be laid out otherwise than the tool says; a column for each child cannot be read"
)
_TWICE = 5  # a row may be pasted twice by mistake; so many are a second form


def receive(results: Iterable[ReadResult], audit: Audit) -> list[Received]:
    """Every file of ``results``, and every return of a file that holds several, with its status, in order of its name.

    The order of ``results`` does not matter. ``received = read + superseded + duplicate + rejected``.
    """
    rulings = rulings_by_file(audit)
    received = sorted((one for result in results for one in _first_look(result, audit)), key=lambda one: one.file)
    agencies = Agencies(audit.agencies, audit.about.agencies)
    for one in received:
        ruled = {ruling.question: ruling for ruling in rulings[one.file]}
        no_answer = one.reason_code in NO_ANSWER_TO_A_REQUEST
        if one.status == "rejected" and "status" in ruled and ruled["status"].answer == "rejected":
            one.reject("ruled_out", ruled["status"].reason)
            one.settled["status"] = ruled["status"].by
        if one.reason_code in CAN_BE_RULED_IN and "status" in ruled and ruled["status"].answer == "read":
            one.status, one.reason_code, one.settled["status"] = "read", "", ruled["status"].by
        if one.status == "read":
            identify(one, audit, agencies, ruled)
            follow_rulings(one.coded, audit.instrument, {name: ruling.answer for name, ruling in ruled.items()})
        elif not no_answer:
            identify_unread(one, audit, agencies)
        one.shown = shown_file(one, audit)
    set_duplicates_aside(received, rulings)
    asks_agency = any(header.id == "agency" for header in audit.instrument.header)
    settle_versions(received, rulings, audit.cases, asks_agency=asks_agency)
    tell_second_returns(received)
    tell_what_was_sent_again(received)
    period = Period.of(audit.about.date, audit.lookback_months)
    for one in received:
        if one.status == "read":
            one.problems += outside_period(one.coded, audit.instrument, period)
    return received


def _first_look(result: ReadResult, audit: Audit) -> list[Received]:
    """Whether a file is a form of this audit at all, with something in it; each return of a file that holds several."""
    whole = Received(result.name, result.sha256, result.kind, audit.id, received=result.received)
    if result.beside_words and result.kind != "picture" and result.reason_code != "picture_in_text":
        message = "the e-mail with which this came says something beside its attachments; open it and look whether it changes this"
        whole.of_file = [Problem("warning", "message_words", message)]
    if result.form is None:
        whole.reject(result.reason_code, result.detail)
        return [whole]
    try:
        parts = parts_of(result.form, audit.instrument, audit.about.columns)
    except Exception:  # a form may be odd in a way nobody foresaw: it is set aside, and the others are coded
        whole.reject("reader_failed")
        return [whole]
    if not parts:
        whole.reject("not_a_return", "a table without a row below its headings")
        return [whole]
    received = [_one_part(whole, part, result.form, audit) for part in parts]
    received[0].of_file = [*whole.of_file, *problems_of_file(result.form, parts)]
    return received


def _one_part(whole: Received, part: Part, form: RawForm, audit: Audit) -> Received:
    one = replace(
        whole,
        file=whole.file + part.address,
        address=part.address,
        coded=part.coded,
        settled={},
        problems=[],
        of_file=[],
    )
    one.received = part.sent_in or whole.received
    one.modified = "" if "#row" in part.address else form.modified
    coded = part.coded
    total = len(audit.instrument.questions) + len(telling_grades(audit.instrument))
    other = other_tool(coded.titles, audit.instrument)
    of_other = f"its title is that of '{other}'" if other else ""
    if other and coded.questions_found:
        one.reject("other_instrument", of_other)
    elif coded.questions_found < min(3, total):
        one.reject("not_a_return", _why_no_return(form, coded, audit.instrument, total) or of_other)
    elif coded.questions_known * 2 < coded.questions_found or coded.questions_foreign >= _FOREIGN:
        one.reject("other_instrument")
    elif coded.questions_twice >= _TWICE:
        one.reject("several_forms")
    elif part.uneven:
        one.reject("uneven_row")
    elif coded.is_blank:
        one.reject("blank_form")
    return one


def _why_no_return(form: RawForm, coded: CodedForm, instrument: Instrument, total: int) -> str:
    """What may be wrong with a form that has the title of ``instrument`` and too few of the ``total`` things that it asks; empty where
    nothing is known of it, as of a form with another title.
    """
    if not cue_length(_head(coded.titles), instrument.cues):
        return ""
    if any(note.check == "reading_order" for note in form.notes):
        return _COLUMNS
    return _FEW.format(found=coded.questions_found, total=total) if coded.questions_found else ""


def _head(titles: list[str]) -> str:
    return " ".join(fold(title) for title in titles[:6])


def other_tool(titles: list[str], instrument: Instrument) -> str:
    """The known tool whose printed title stands above a form, when the title of ``instrument`` does not; empty for none."""
    head = _head(titles)
    if cue_length(head, instrument.cues):
        return ""
    others = [load_instrument(name) for name in known_instruments() if name != instrument.id]
    return next((other.id for other in others if cue_length(head, other.cues)), "")
