"""Which case a form is about: what the form says, and what its file name says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from audit_lib.text import CASE_NOUN, case_key, clean, key, unglued

_CODE = re.compile(r"[A-Za-z]{0,3}[-/ ]?\d{1,10}|[A-Z]{1,2}")  # what a case number looks like, and no name does
_BETWEEN = re.compile(r"[()\[\],;/&\n]|\s[-\u2013\u2014]\s|(?<=\d\d\d)[-\u2013\u2014](?=[A-Za-z])|\b(?:and|or)\b")
_NONE = frozenset({"n a", "na", "n", "none", "nil", "no", "yes", "nk", "n k", "tbc", "tba", "x", "xx", "xxx", "all"})
_OTHER_LETTERS = re.compile(  # words before a letter that is no case: "Plan B"
    r"(?:annex|appendix|band|block|class|form|grade|group|hepatitis|level|option|page|part|plan|section|stage|strep|table"
    r"|team|unit|version|vitamin|ward|dr\.?|mr\.?|mrs\.?|ms\.?|miss|prof\.?|nurse|sister)\s$",
    re.IGNORECASE,
)

_SIBLING = re.compile(r"(?<![a-z])(?:sibling|sib|brother|sister|twin)s?\b", re.IGNORECASE)
_TOGETHER = re.compile(r"(?:\b(?:and|with|plus|including|incl)|[&+])\W+(?:\w+ ){0,3}(?:half|step)?\W?$", re.IGNORECASE)
_OF, _SEVERAL = (re.compile(words, re.IGNORECASE) for words in (r"\s(?:of|to)\b", r"\s(?:group|set)\b"))
_BEFORE = 200  # characters before a word, in which it is said whose sibling is meant


def read_case(as_written: str, requested: Iterable[str]) -> str:
    """The requested case that ``as_written`` names; another case that it names, as written; empty for nothing.

    What stands beside it in brackets, or after a comma or dash, may be the name ("JH (case F)") or something else ("Case F
    (initials)"). Two cases are none, and what looks like no case number, such as the name of a child, names no case: a
    person has to say which it is.
    """
    named = cases_named(as_written, requested)
    if named:
        return named.pop() if len(named) == 1 and "?" not in as_written else ""
    first = clean(next(iter(_BETWEEN.split(as_written)), ""))
    code = re.sub(rf"^(?:{CASE_NOUN}\s*(?:no\.?|number)?[\s:.]*)+", "", first, flags=re.IGNORECASE)
    return code if _CODE.fullmatch(code) and key(as_written) not in _NONE else ""


def cases_named(as_written: str, requested: Iterable[str]) -> set[str]:
    """Every requested case that a field of a form names: none for a name or nothing, several for "A and B"."""
    asked = {case_key(case): case for case in requested}
    if case_key(as_written) in asked:
        return {asked[case_key(as_written)]}
    if key(as_written) in _NONE:
        return set()
    return {asked[case_key(part)] for part in _BETWEEN.split(as_written) if key(part) and case_key(part) in asked}


def about_a_sibling(text: str, requested: Iterable[str]) -> bool:
    """Whether words that name a case may mean a brother or sister of that child instead: "Case 3 sibling".

    "Case 3 and siblings" and a "sibling group" hold the case; "Case 4 (sibling of 3)" is case 4, where that was asked about.
    """
    plain = re.sub(r"[_\s]+", " ", unglued(text))
    for match in _SIBLING.finditer(plain):
        before = plain[max(0, match.start() - _BEFORE) : match.start()]
        its_own = _OF.match(plain, match.end()) and cases_in_path(before, requested)
        if not (its_own or _TOGETHER.search(before) or _SEVERAL.match(plain, match.end())):
            return True
    return False


def cases_in_path(path: str, requested: Iterable[str]) -> set[str]:
    """The requested cases that a path under ``returns/`` names.

    A name after the word "case" or "child" counts in any capitals, and so does a whole folder or file name. Otherwise a
    name of three characters or more counts, and a capital letter that stands by itself and is no word ("A report"), no
    part of one ("E-mail") and no letter of something else ("Plan B").
    """
    cases = {case_key(case): case for case in requested}
    path = re.sub(r"#row \d+$", "", path)  # the place of a row says nothing about its case
    parts = [part for part in re.split(r"[/!#]", re.sub(r"\.\w{1,5}(?=$|!)", "", path)) if key(part)]
    named = {case for part in parts for case in _after_a_noun(part, cases)}
    if named:
        return named
    for part in parts:
        named |= {cases[key(part)]} if key(part) in cases else _alone(part, cases)
    return named


def _after_a_noun(part: str, cases: Mapping[str, str]) -> set[str]:
    """Cases named as "Case A", "caseA" or "cases A and B"."""
    text = key(unglued(part))
    named = set()
    for match in re.finditer(
        rf"(?:^|(?<= )){CASE_NOUN}s?(?: (?:no|number|id|ref))? ([a-z0-9]+(?: and [a-z0-9]+)*)(?= |$)", text
    ):
        named |= {cases[name] for name in match[1].split(" and ") if name in cases}
    return named


def _alone(part: str, cases: Mapping[str, str]) -> set[str]:
    text = re.sub(r"\bA\s?(?:&|and)\s?E\b", " ", part.replace("_", " "))
    named = set()
    for match in re.finditer(r"[^\W_]+", text):
        folded, before, after = key(match.group()), text[: match.start()], text[match.end() :]
        if folded not in cases:
            continue
        if len(folded) >= 3:
            named.add(cases[folded])
        elif not match.group().isupper() or re.match(r"['’]|-[a-z]", after):
            continue
        elif not (folded in ("a", "i") and re.match(r"\s[a-z]", after)) and not _OTHER_LETTERS.search(before):
            named.add(cases[folded])
    return named
