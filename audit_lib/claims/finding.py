"""Claims with a figure, found in prose: shares, "two of the five", counts of things, "all", dates of audits, grades, scores.

Finding is generous: a figure that nothing can be held against is still told, as one that can't be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from audit_lib.claims.figures import MONTHS, Kind, Written, figures_of
from audit_lib.claims.times import times_of
from audit_lib.claims.words import named, pattern
from audit_lib.text import lower_same_length

_SENTENCE = re.compile(r"(?<![\s.][a-z])(?<!\be\.g)(?<!\bi\.e)(?<!\bno)(?<!\byr)[.!?]['\")]?\s+(?=[\"'(]?[A-Z0-9])")
_AFTERTHOUGHT = re.compile(r",? (?:and )?(?:whilst|although|though|however|which|but)(?= )")
_AS_IT_SHOULD = re.compile(r"(?:as (?:it|they)|who|(?:agencies|partners|services) (?:that|which)) (?:should|ought to)")
_ALL_AGENCIES_DID = (
    re.compile(  # "all agencies said", but not "all agencies involved" or "all agencies who should be there"
        r"(?<!\w)all (?:of )?(?:the )?(?:agencies|partners|returns|forms) (?:that answered |who answered )?"
        r"(?:said|answered|found|felt|thought|told|(?!involved|concerned|needed|required|asked|invited)[a-z]+ed)(?!\w)"
    )
)
_OF_RANGES = re.compile(r"\b(?:ranges?|intervals?)\b", re.IGNORECASE)
_RANGE = re.compile(r"(?:from |between )?\d+(?:\.\d+)? ?%? ?(?:to|and|-|–) ?\d+(?:\.\d+)? ?%?")
_NEAR = 60  # characters before a figure in which a word such as "should" speaks of it
_JUDGED = re.compile(r"(?:overall |agreed )?(?:judge?ment|grad(?:e|ing))\b[^:.]{0,80}:[\s*_]*(.{3,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """A piece of text and where it stands. ``headings`` are those above it, the nearest last; ``column`` is the heading of
    its column in a table, ``case`` the case that it is about, as far as headings tell.
    """

    place: str
    text: str
    headings: tuple[str, ...] = ()
    column: str = ""
    case: str = ""


@dataclass(frozen=True)
class Claim:
    """One figure in a text.

    ``value`` is a percentage for a share, a number of things for the others; ``of`` the number after "of". ``hedge`` says how
    near it means to be (``words.yaml``), ``unit`` what it counts, ``subject`` the words that tell what it is about (``before``
    those of them that stand before it), ``sentence`` (lower case) its sentence and ``sentence_start`` where that begins,
    ``answer`` the answer it names (or two, joined by "+"), ``negated`` whether its words deny, ``norm`` whether it says what
    should be, ``when`` what its sentence says of the time (``times.py``), ``counts`` the counts beside it that make another
    percentage, ``rule`` the returns that it says it is a share of, ``each`` whether a case counts where ``some`` or where
    ``every`` agency said so. ``month`` is that of a date (ISO). ``case`` is the case of a grade.
    """

    passage: Passage
    start: int
    end: int
    kind: Kind
    value: Fraction = Fraction()
    decimals: int = 0
    hedge: str = ""
    unit: str = ""
    of: Fraction | None = None
    subject: str = ""
    before: str = ""
    sentence: str = ""
    sentence_start: int = 0
    answer: str = ""
    negated: bool = False
    norm: bool = False
    when: str = ""
    counts: tuple[Fraction, Fraction] | None = None
    rule: str = ""
    each: str = ""
    month: str = ""
    case: str = ""

    @property
    def after(self) -> str:
        """The words of ``subject`` that stand behind the figure."""
        return self.subject[len(self.before) + 1 :]

    @property
    def quote(self) -> str:
        """The figure as it stands in the text."""
        return self.passage.text[self.start : self.end]


def find_claims(passage: Passage) -> list[Claim]:
    """Every claim of one passage, in order. The ends of a range say nothing that the returns count: there is none in a column of ranges."""
    lowered = lower_same_length(passage.text)
    if _OF_RANGES.search(passage.column) and _RANGE.fullmatch(lowered.strip()):
        return []
    found = [*_case_grade(passage), *_dates(passage, lowered)]
    for start, end in _sentences(passage.text):
        found += _claims_of_sentence(passage, lowered[start:end], start)
    return sorted(found, key=lambda claim: (claim.start, claim.end))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _claims_of_sentence(passage: Passage, sentence: str, offset: int) -> Iterator[Claim]:
    figures = [figure for figure in figures_of(sentence) if not _numbers_the_line(figure, passage.text[offset:])]
    for figure, when in zip(figures, times_of(sentence, figures), strict=True):
        segment = sentence[slice(*figure.segment)]
        subject = sentence[figure.segment[0] : figure.start] + " " + sentence[figure.end : figure.segment[1]]
        yield Claim(
            passage,
            offset + figure.start,
            offset + figure.end,
            figure.kind,
            figure.value,
            figure.decimals,
            figure.hedge,
            figure.unit,
            figure.of,
            subject=subject,
            before=sentence[figure.segment[0] : figure.start],
            sentence=sentence,
            sentence_start=offset,
            answer=_answer(segment),
            negated=_denies(sentence[figure.segment[0] : figure.start], sentence[figure.end : figure.segment[1]]),
            norm=_is_norm(sentence[figure.segment[0] : figure.start], sentence[figure.end :]),
            when=when,
            counts=figure.counts,
            rule=_rule(segment),
            each=_each(figure, sentence, segment),
        )


def _numbers_the_line(figure: Written, text: str) -> bool:
    """ "3 Cases were audited" as the third line of a list."""
    return figure.kind == "count" and figure.start == 0 and re.match(r"\d+ [A-Z]", text) is not None


def _answer(segment: str) -> str:
    found = named("answers")
    order = ("yes+partly", "partly", "not_applicable", "not_known", "no", "yes")
    return next((code for code in order if found[code].search(segment)), "")


def _denies(before: str, after: str) -> bool:
    """Whether the words about a figure deny; what an afterthought denies does not count."""
    denies = pattern("negations")
    return denies.search(before) is not None or denies.search(_AFTERTHOUGHT.split(after)[0]) is not None


def _is_norm(before: str, after: str) -> bool:
    before = _AS_IT_SHOULD.sub(" ", before[-_NEAR:])
    return pattern("norms").search(before) is not None or after.lstrip().startswith(("standard", "target"))


def _each(figure: Written, sentence: str, segment: str) -> str:
    """By which rule a figure counts cases, where its words say so."""
    if figure.unit != "cases":
        return ""
    where = sentence if figure.kind == "all" else segment
    found = [rule for rule, form in named("each_case").items() if form.search(where)]
    found += ["every"] if _ALL_AGENCIES_DID.search(where) else []
    return found[0] if len(found) == 1 else ""


def _rule(segment: str) -> str:
    return next((rule for rule in ("applicable", "answered") if pattern(rule).search(segment)), "")


def _case_grade(passage: Passage) -> Iterator[Claim]:
    """The grade printed for one case: below a heading that names it."""
    match = _JUDGED.match(passage.text.strip("*_ "))
    if match and passage.case:
        start = passage.text.index(match[1])
        label = match[1].strip(" *_.")
        yield Claim(
            passage, start, start + len(match[1].rstrip()), "case_grade", subject=label.lower(), case=passage.case
        )


_DATE = rf"(?P<month>{'|'.join(MONTHS)}) +(?P<year>(?:19|20)\d\d)(?! +(?:to|until|-|\u2013) +(?:{'|'.join(MONTHS)}))"
_AUDIT_DATES = (
    re.compile(
        rf"(?P<about>(?:[a-z'/-]+ ){{0,4}})audit(?:s|ed)?,? +(?:report )?(?:(?:was|were) )?"
        rf"(?:(?:undertaken|carried out|held|made|done|run|completed) )?(?:(?:took place|happened|ran) )?(?:in )?{_DATE}"
    ),
    re.compile(rf"{_DATE} +(?P<about>(?:[a-z'/-]+ ){{0,3}})audit"),
)


def _dates(passage: Passage, lowered: str) -> Iterator[Claim]:
    """Months in which an audit is said to have taken place."""
    plain = re.sub(r"[*_|]", " ", lowered)  # of the same length
    seen: set[int] = set()
    for form in _AUDIT_DATES:
        for match in form.finditer(plain):
            if match.start("month") not in seen:
                seen.add(match.start("month"))
                month = f"{match['year']}-{MONTHS.index(match['month']) + 1:02}"
                yield Claim(
                    passage, match.start("month"), match.end("year"), "date", subject=match["about"].strip(),
                    sentence=lowered, month=month,
                )  # fmt: skip
