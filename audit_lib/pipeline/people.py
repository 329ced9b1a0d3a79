"""The names of people that came with one return, and the name of its file without them."""

from __future__ import annotations

import re

from audit_lib.audits import Audit
from audit_lib.coding.values.agencies import all_usual_spellings
from audit_lib.pipeline.received import Received
from audit_lib.privacy.file_names import masked_path
from audit_lib.privacy.names import names_after_titles, names_in, names_in_path


def names_of_people(one: Received, audit: Audit) -> dict[str, str]:
    """The names of people that a form gives in its header, and those in its file name, each with the word that replaces it."""
    known = [*_words_of(audit), one.agency, one.agency_as_written]
    names = names_in_path("/".join([one.file, *_sheets(one)]), "[name]", known)
    names |= names_after_titles(one.agency_as_written, "[name]") if one.agency_as_written not in known[:-2] else {}
    for header in audit.instrument.header:
        value = one.coded.header.get(header.id)
        written = [value.as_written] if value else []
        for text in [*written, *one.coded.header_again.get(header.id, [])] if header.person else ():
            names |= names_in(text, f"[{header.person}]")
    return names


def shown_file(one: Received, audit: Audit) -> str:
    """The path of the file as messages and reports show it: with every word hidden that may be the name of a person."""
    kept = [row["text"] for row in audit.rows["privacy"] if row["ruling"] == "keep"]
    return masked_path(one.file, "[name]", [*_words_of(audit), *all_usual_spellings(), *kept])


def _words_of(audit: Audit) -> list[str]:
    """Texts whose words are no names of people: agencies, cases, the title of the audit, the place."""
    about, tool = audit.about, audit.instrument
    about_all = " ".join([about.title, about.area, about.theme, tool.title, *tool.cues])
    known = [*audit.agencies, *audit.cases, *about_all.split()]
    return known + [spelling for agency, spellings in about.agencies.items() for spelling in (agency, *spellings)]


def _sheets(one: Received) -> set[str]:
    """The names of the sheets in which anything stands, which may be names of people too."""
    coded = one.coded
    values = [*coded.answers.values(), *coded.grades.values(), *coded.header.values(), *coded.ratings.values()]
    values += [coded.score] if coded.score else []
    problems = [*coded.problems, *one.problems, *one.of_file]
    locators = [value.locator for value in values] + [problem.locator for problem in problems]
    locators += [comment.locator for comment in coded.comments] + [action.locator for action in coded.actions]
    return {match[1] for locator in locators if (match := re.match(r'sheet "(.+?)"(?:, |$)', locator))}
