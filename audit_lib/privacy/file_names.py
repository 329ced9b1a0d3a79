"""File names for messages and reports: every word hidden that may be the name of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from audit_lib.privacy.names import DATED_NAMES, NAMES_TOO, professional_words
from audit_lib.privacy.patterns import IN_A_FILE_NAME, PATTERNS

_FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[-./ _]\d{1,2}[-./ _]\d{2}(?:\d{2})?|\d{4}[-./ _]\d{1,2}[-./ _]\d{1,2})(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]+")
_STEP = re.compile(r"[^/!]+?(?=(?:\.\w{1,5})?(?:[/!]|$))")  # a folder or a file, without the ending of its name
_FEW = 2  # letters of a word too short for a name, such as the letter of a case
_BESIDE = re.compile(r"[\s_.,'’-]+")
_COUNTING = re.compile(r"v(?=\d)|(?<=\d)(?:st|nd|rd|th)(?![^\W\d_])", re.IGNORECASE)  # the letters of "v1" and "2nd"
_OF_A_CASE = {"case", "child", "form"}
# The words in brackets that stand in place of details.
_OF_DETAILS = {"date", "postcode", "nhs", "number", "e", "mail", "telephone", "birth", "of"}


def masked_path(path: str, word: str, known: Iterable[str]) -> str:
    """A file name with its folders, with ``word`` in place of whatever is not known to be no name.

    Shown stay the words of professions, those that people put into file names, numbers, and the words of ``known``: a first name of a
    longer text ("St Mary's School") only beside another word of it, as it may be a child by itself ("Mary"). Details that have a form of
    their own are replaced as in the text of a form. It errs on the side of hiding, since a file may be named after a child in small
    letters, or beside a word that is a name too ("Will Young").
    """
    for kind in PATTERNS:
        path = kind.find.sub(kind.replacing, path)
    path = _FULL_DATE.sub("[date]", IN_A_FILE_NAME.sub("[postcode]", path))
    words = list(_WORD.finditer(path))
    near = _neighbours(path, words)
    hidden = _of_no_known_text(path, words, near, known)
    named = [one or two for one, two in zip(_beside_names(path, words, near, hidden), _alone(path, words), strict=True)]
    for match, hide in reversed(list(zip(words, named, strict=True))):
        path = path[: match.start()] + word + path[match.end() :] if hide else path
    return re.sub(rf"({re.escape(word)})(?:[\s_.,'’-]*{re.escape(word)})+", r"\1", path)


def _plain(words: Iterable[re.Match[str]]) -> list[str]:
    return [each.group().casefold() for each in words]


def _neighbours(path: str, words: Sequence[re.Match[str]]) -> list[list[int]]:
    """For each word the places of those beside it, with nothing but spaces and the like between."""
    found: list[list[int]] = [[] for _ in words]
    for number, (one, two) in enumerate(pairwise(words)):
        if _BESIDE.fullmatch(path[one.end() : two.start()]):
            found[number].append(number + 1)
            found[number + 1].append(number)
    return found


def _usual() -> frozenset[str]:
    return professional_words() | professional_words("of_files") | _OF_DETAILS


def _of_no_known_text(
    path: str, words: Sequence[re.Match[str]], near: Sequence[Sequence[int]], known: Iterable[str]
) -> list[bool]:
    """Of each word whether it is neither a usual word nor one of a known text; a first name in a longer text has to stand beside another
    word of it.
    """
    spelled = [each for text in known for each in (text, re.sub("['’]", "", text))]  # "St Marys" too
    texts = [set(_WORD.findall(text.casefold())) for text in spelled]
    first_names = professional_words("first_names")
    alone = _usual().union(*(text if len(text) == 1 else text - first_names for text in texts))
    plain = _plain(words)

    def is_known(number: int) -> bool:
        word, beside = plain[number], {plain[other] for other in near[number]} - {plain[number]}
        if word in alone or word.removeprefix("case") in alone:  # "CaseF"
            return True
        return any(word in text and beside & text for text in texts) or bool(
            _COUNTING.match(path, words[number].start())
        )

    return [not is_known(number) for number in range(len(words))]


def _beside_names(
    path: str, words: Sequence[re.Match[str]], near: Sequence[Sequence[int]], hidden: Sequence[bool]
) -> list[bool]:
    """Of each word whether it is hidden, or may be a name beside one ("June Ellwood"), or beside another such word ("Justice Young")."""
    plain, usual = _plain(words), _usual()
    undated = [not _is_dated(path, each) for each in words]
    surname = [word in professional_words("surnames_too") for word in plain]
    first = [
        (word in NAMES_TOO and free) or word in professional_words("first_names_too")
        for word, free in zip(plain, undated, strict=True)
    ]
    found = []
    for number, word in enumerate(plain):
        may_be_one = surname[number] or first[number] or (word in DATED_NAMES and undated[number])
        may_be_one |= len(word) > _FEW and word not in usual
        found.append(
            hidden[number]
            or (may_be_one and any(hidden[other] for other in near[number]))
            or (first[number] and any(surname[other] for other in near[number]))
            or (surname[number] and any(first[other] for other in near[number]))
        )
    return found


def _alone(path: str, words: Sequence[re.Match[str]]) -> list[bool]:
    """Of each word whether it may be a name because its folder or file is called by nothing else, beside the case: "May.docx",
    "Case A May.docx", and the two words of "Grade Page.docx".
    """
    surnames, names = professional_words("surnames_too"), set[int]()
    for step in _STEP.finditer(path):
        of_step = [number for number, each in enumerate(words) if step.start() <= each.start() < step.end()]
        left = [number for number in of_step if len(words[number].group()) > 1]
        left = [number for number in left if words[number].group().casefold() not in _OF_A_CASE]
        month = len(left) == 1 and _plain([words[left[0]]])[0] in NAMES_TOO and not _is_dated(path, words[left[0]])
        capital = all(words[number].group()[0].isupper() for number in of_step)
        both = len(of_step) == 2 and capital and set(_plain(words[number] for number in of_step)) <= surnames
        names |= set(of_step if both else left if month else ())
    return [number in names for number in range(len(words))]


def _is_dated(path: str, word: re.Match[str]) -> bool:
    """Whether a number stands beside a word, as a day or a year does beside its month."""
    before = re.search(r"\d(?:st|nd|rd|th)?[\s_.,-]*$", path[: word.start()])
    return bool(before or re.match(r"[\s_.,-]*\d", path[word.end() :]))
