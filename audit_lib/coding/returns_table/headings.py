"""What the headings of a table of returns say: which column holds an answer, a grade, a comment, and on what.

Words of a heading that are not the tool's own decide: a kind of comment among them ("R1 comments", "Risk is identified -
evidence") makes it a column of comments, another rater or another time ("Moderated grade", "Score last year") a column that
is not the agency's own answer. A heading that names only a kind of comment belongs to what stands directly to its left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_lib.coding.questions import Questions, wording_fits
from audit_lib.coding.returns_table.other_words import ANOTHER, AT_ONE_END, REMARKS, OtherWords
from audit_lib.coding.returns_table.short_headings import shortened
from audit_lib.coding.returns_table.ticked_cells import items_named
from audit_lib.coding.values.cues import begins_with_cue, cue_length
from audit_lib.instrument import GradedThing, Instrument
from audit_lib.text import fold

_MOMENTS = frozenset(
    ("completion time", "submitted", "date submitted", "submission date", "timestamp", "last modified time", "last modified",
     "date modified", "modified", "last updated", "last update", "date updated", "updated")
)  # fmt: skip
_OF_THE_EXPORT = frozenset(
    ("id", "start time", "email", "e-mail", "total points", "quiz feedback", "response id", "language")
)
_OF_A_QUIZ = re.compile(r"(points|feedback) ?[-\u2013] ?(?=.)")
_ASKS = re.compile(
    r"(?:please )?(?:what|which|who|enter|select|choose|give|state|name|type)(?: (?:is|are|the|your|a|an|in|name of))* (?=\w)"
)
_ASKED_FOR = frozenset(
    ("are", "you", "do", "does", "is", "completing", "completed", "filling", "in", "work", "for", "from", "represent", "this",
     "that", "audit", "form", "return", "on", "behalf", "of", "about", "relate", "relates", "to", "it", "please", "name", "number",
     "the", "your", "with")
)  # fmt: skip
_ANSWER = frozenset(("answer", "response", "rating", "yes/no", "y/n"))
_BOTH = re.compile(
    r"(?:yes ?/ ?no|y ?/ ?n|answer|response)\W{0,3}(?:and|with|plus|&|,) (?:any |your |further )?comments?\b"
)
_OWN, _SHORT = "\u2022", 60  # what stands for the tool's own words; a longer rest is printed guidance


@dataclass(frozen=True)
class Column:
    """What one column holds. ``kind`` is question, grade, score, header, comments, list, moment (when a return was sent in or
    changed), export (what an online form says of itself) or empty for nothing that is known; ``id`` says of what.

    ``column`` is the kind of comment, ``rater`` who gave a grade or score if not the agency. ``by_code`` is true where the
    heading gives the code of a question and no wording that could be another's.
    """

    kind: str
    id: str = ""
    column: str = ""
    rater: str = ""
    by_code: bool = False


NOTHING = Column("")


class Headings:
    """Tells what each heading of a row says. ``other_words`` tells it of those that are not the tool's own, ``values`` are the folded
    spellings of every answer that the tool offers.
    """

    def __init__(self, instrument: Instrument, named: dict[str, str]) -> None:
        self._instrument = instrument
        self._named = named
        self._questions = Questions(instrument)
        self.other_words = OtherWords(instrument)
        self.values = frozenset(said for q in instrument.questions for said in instrument.question_scale(q).spelled)
        self._row, self._shortened = frozenset[str](), dict[str, str]()  # headings of the row being read
        codes = {fold(code) for q in instrument.questions.values() for code in (q.id, q.printed) if not code.isdigit()}
        codes |= {fold(thing.id) for thing in instrument.grades if re.search(r"\d", thing.id)}
        spaced = [re.sub(r"(?<=[a-z])(?=\d)", r"\\s?", re.escape(code)) for code in sorted(codes - {""}, key=len)[::-1]]
        self._code = re.compile(rf"(?<![\w-])(?:{'|'.join(spaced) or '(?!)'})(?![\w-])")

    def columns(self, headings: Sequence[tuple[int, str]]) -> dict[int, Column]:
        """Column of the grid -> what it holds, of a row of headings (place and text)."""
        found: dict[int, Column] = {}
        last, first_kinds, begun = NOTHING, set[str](), False
        row = [fold(text) for _, text in headings]
        self._row, self._shortened = frozenset(row), shortened(row, self._instrument, self.other_words.is_own)
        for place, text in headings:
            heading = fold(text)
            column = self.column(heading, last)
            if not heading and found.get(place - 1, NOTHING).kind == "list":  # some exports give each thing a column
                column = found[place - 1]
            begun = begun or column.kind in ("question", "grade", "list", "score")
            if not begun and not column.kind and self.other_words.is_bare(heading):
                first_kinds.add(self.other_words.kind_in(heading))
            alone = column.kind == "comments" and not self._names_something(heading)
            if alone and column.column and column.column in first_kinds:
                column = NOTHING  # comments seem to stand before what they are about
            last = self._belonging(column, last)
            found[place] = column
        return found

    def column(self, heading: str, last: Column) -> Column:
        """What the column of a folded heading holds; ``last`` is what comments without a name belong to."""
        if heading in self._named:
            return _meant(self._named[heading])
        of_the_form = self._of_the_form(heading.strip(" .:"))
        if of_the_form is not None:
            return of_the_form
        value = self._value(heading)
        if heading in self._shortened and not value.kind:
            return Column("question", self._shortened[heading], by_code=True)
        if value.kind == "comments":
            return value
        rest = self._without_own_words(heading, value)
        kind = self._kind_beyond(rest, value)
        whose = self.other_words.whose(rest, short=not kind and len(rest) <= _SHORT)
        if kind:
            return NOTHING if whose else self._comments(heading, value, kind, last)
        if value.kind:
            return self._of(value, whose) if whose else value
        rated = whose not in ("", ANOTHER) and last.kind == "grade" and self.other_words.only_rates(rest)
        return Column("grade", last.id, rater=whose) if rated else self._header(heading)

    def _belonging(self, column: Column, last: Column) -> Column:
        """What a heading that names only a kind of comment belongs to, after ``column``."""
        if column.kind == "question":
            tick_list = (
                self._instrument.questions[column.id].tick_list if column.id in self._instrument.questions else ""
            )
            return Column("list", tick_list) if tick_list else column
        if column.rater:
            return last if column.kind == "grade" and column.id == last.id else NOTHING
        if column.kind == "comments" and (column.id == last.id or (last.kind == "score" and column.id == "reasoning")):
            return last
        if column.kind == "comments" and not column.column:  # a field of free text
            return column
        return column if column.kind in ("grade", "list", "score") else NOTHING

    def _of_the_form(self, heading: str) -> Column | None:
        """A column that an online form adds of itself."""
        if heading in _MOMENTS:
            return Column("moment")
        if heading in _OF_THE_EXPORT:
            return Column("export")
        quiz = _OF_A_QUIZ.match(heading)  # beside each question, what a program or a marker made of the answer
        if quiz and any(one.startswith(heading[quiz.end() :]) for one in self._row):
            return Column("export") if quiz[1] == "points" else NOTHING
        if heading == "name":  # who filled in the online form: a name to be hidden wherever it stands
            worker = next((field.id for field in self._instrument.header if field.person == "worker"), "")
            return Column("header", worker) if worker else Column("export")
        return None

    # what a heading names

    def _value(self, heading: str) -> Column:
        """What a heading names: a list, a question, the score, a free field or a grade."""
        if not heading:
            return NOTHING
        listed = self._list(heading)
        if listed.kind:
            return listed
        question = self._question(heading)
        if question.kind:
            return question
        score = self._instrument.score
        if score is not None and (cue_length(heading, score.cues) or self._says_score(heading)):
            return Column("score")
        for free in self._instrument.free_fields:
            if cue_length(heading, free.cues):
                return Column("comments", free.id)
        return self._grade(heading)

    def _list(self, heading: str) -> Column:
        """A list of things to tick, or one thing of it behind the words of the list."""
        for one in self._instrument.tick_lists:
            length = cue_length(heading, one.cues)
            if length:
                rest = self._without_own_words(heading, Column("list", one.id)).partition(_OWN)[2]
                items = items_named(rest, self._items(one.id))
                return Column("question", items[0]) if len(items) == 1 else Column("list", one.id)
        return NOTHING

    def _items(self, tick_list: str) -> dict[str, tuple[str, ...]]:
        return {name: q.cues for name, q in self._instrument.questions.items() if q.tick_list == tick_list}

    def _question(self, heading: str) -> Column:
        coded = self._by_code_alone(heading)
        code = self._questions.code.match(heading)
        asked = self._questions.asked([heading], heading, None, set()) or self._item(heading)
        if coded or (asked and code and code.end() >= len(heading) - 1):
            return Column("question", coded or asked, by_code=True)
        if asked and self._instrument.questions[asked].tick_list:
            return Column("question", asked) if self._is_item(heading, asked) else NOTHING
        if asked and (not code or wording_fits(self._instrument.questions[asked], heading)):
            return Column("question", asked)
        plain = heading.strip(" .:?")
        exact = [q for q, one in self._instrument.questions.items() if plain == fold(one.text).strip(" .:?")]
        return Column("question", exact[0]) if len(exact) == 1 else NOTHING

    def _by_code_alone(self, heading: str) -> str:
        """The question of "R1 answer" or "Response (R1)": a code, and otherwise words for an answer."""
        codes = self.codes(heading)
        words = set(re.findall(r"[\w/]+", self._code.sub(" ", heading)))
        answer = {*_ANSWER, *map(fold, self._instrument.answer_heading_cues)}
        meant = [name for name in self._meant_by(codes) if name in self._instrument.questions]
        only = words & answer and not words - answer - {"to", "for", "of", "question", "the"}
        return meant[0] if only and len(codes) == 1 and len(meant) == 1 else ""

    def _meant_by(self, codes: set[str]) -> list[str]:
        """The questions and grades whose id or printed code is among ``codes``."""
        questions = self._instrument.questions.values()
        exact = [one.id for one in questions if fold(one.id) in codes]
        exact += [
            thing.id for thing in self._instrument.grades if re.search(r"\d", thing.id) and fold(thing.id) in codes
        ]
        return exact or [one.id for one in questions if fold(one.printed) in codes]

    def codes(self, heading: str) -> set[str]:
        """Every code of a question or grade in a folded heading; a number alone is none."""
        return {re.sub(r"\s", "", match.group()) for match in self._code.finditer(heading)}

    def _item(self, heading: str) -> str:
        found = self._questions.by_cue(heading, None)
        return found.id if found is not None and found.tick_list else ""

    def _is_item(self, heading: str, item: str) -> bool:
        """Whether a heading is one thing of a list and no question or note about it: it holds little but its words."""
        question = self._instrument.questions[item]
        plain = re.sub(r"\([^()]*\)", "", heading).strip(" .:")
        plain = re.sub(r"^(?:does (?:this|it) include any |up-to-date |an? |the |any )", "", plain)
        asks = heading.rstrip().endswith("?") and not heading.startswith("does ")
        begins = begins_with_cue(plain, question.cues) or cue_length(plain, question.cues) > len(plain) / 2
        return plain == fold(question.text) or (begins and not asks)

    def _says_score(self, heading: str) -> bool:
        plain, score = heading, self._instrument.score
        for rater in self._instrument.raters:
            for cue in rater.cues:
                plain = re.sub(rf"\b{re.escape(fold(cue))}(?:'s)?\b", "", plain)
        if score is not None:  # "Score (0-10)"; another range is another score
            low, high = f"{score.minimum:g}", f"{score.maximum:g}"
            plain = re.sub(rf"[(\[]?\s*(?:{low}\s*(?:-|to)|out of|/)\s*{high}\s*[)\]]?\s*$", "", plain)
        return re.fullmatch(r"(?:overall )?score", plain.strip(" .:-()")) is not None or (
            re.search(r"\bscore\b", heading) is not None
            and self.other_words.kind_in(heading) != ""
            and not self.codes(heading)
        )

    def _grade(self, heading: str) -> Column:
        graded = cue_length(heading, [form for cue in self._instrument.grade_heading_cues for form in (cue, f"{cue}s")])
        thing = self._thing(heading) or self._by_id(heading, graded=bool(graded))
        if thing is None:
            return NOTHING
        named = graded or heading.strip(" .:") in map(fold, (thing.title, *thing.cues)) or thing.asked != "heading"
        return Column("grade", thing.id) if named else NOTHING

    def is_grade_id(self, heading: str) -> bool:
        """Whether a heading is the id of a grade and nothing else, which says nothing without the word for a grade."""
        return heading.strip(" .:") in [fold(thing.id) for thing in self._instrument.grades]

    def _thing(self, heading: str) -> GradedThing | None:
        """The one thing graded that a heading names, by its code or its words."""
        codes = self.codes(heading)
        coded = [thing for thing in self._instrument.grades if re.search(r"\d", thing.id) and {fold(thing.id)} == codes]
        if coded:
            return coded[0]
        fitting = [(cue_length(heading, thing.cues), thing) for thing in self._instrument.grades]
        best = max((length for length, _ in fitting), default=0)
        things = [thing for length, thing in fitting if length == best]
        return things[0] if best and len(things) == 1 else None

    def _by_id(self, heading: str, *, graded: bool) -> GradedThing | None:
        """The thing graded of "Judgement R", the word for a grade and an id, or of "Risk", the id of a row that only has a grade."""
        rest = heading
        for cue in map(fold, self._instrument.grade_heading_cues):
            rest = re.sub(rf"(?<!\w){re.escape(cue)}s?(?!\w)", " ", rest)
        things = [one for one in self._instrument.grades if graded or one.asked == "row"]
        return next((one for one in things if rest.strip(" .:-()") == fold(one.id.replace("_", " "))), None)

    def _header(self, heading: str) -> Column:
        asked = _ASKS.sub("", heading, count=1) if _ASKS.match(heading) else heading
        cues = [cue for field in self._instrument.header for cue in field.cues if begins_with_cue(asked, [cue])]
        beyond = re.findall(r"[\w']+", asked.removeprefix(fold(max(cues, key=len)))) if cues else []
        if _ASKED_FOR.issuperset(beyond):
            # "Which agency are you completing this for?", not "Which agency referred her?"
            heading = asked
        fitting = [
            (cue_length(heading, field.cues), field.id)
            for field in self._instrument.header
            if begins_with_cue(heading, field.cues) or cue_length(heading, field.cues) > len(heading) / 2
        ]
        length, field = max(fitting, default=(0, ""))
        return Column("header", field) if length else NOTHING

    # what stands beside it

    def _own_words(self, value: Column) -> Iterable[str]:
        if value.kind == "question":
            question = self._instrument.questions[value.id]
            return (question.text, *question.cues, *question.prompts)
        if value.kind == "list":
            return next((one.text, *one.cues) for one in self._instrument.tick_lists if one.id == value.id)
        if value.kind == "grade":
            return next((thing.title, *thing.cues) for thing in self._instrument.grades if thing.id == value.id)
        return self._instrument.score.cues if value.kind == "score" and self._instrument.score else ()

    def _without_own_words(self, heading: str, value: Column) -> str:
        """A heading with all of the tool's own words taken out."""
        own = [re.escape(words) for words in map(fold, self._own_words(value))]
        inside = {
            place
            for words in own
            for match in re.finditer(rf"(?<!\w){words}(?!\w)", heading)
            for place in range(match.start(), match.end())
        }
        rest = "".join(_OWN if place in inside else character for place, character in enumerate(heading))
        return re.sub(r"(?<=[^\d\s])\d+$", "", re.sub(f"{_OWN}+", _OWN, rest))  # an export numbers what repeats

    def _kind_beyond(self, rest: str, value: Column) -> str:
        """The kind of comment that a heading names beside what it is about; empty where it asks for the value itself."""
        if _BOTH.search(rest):
            return ""
        kind = self.other_words.kind_in(rest)
        if value.kind in ("question", "list", "score") or not kind:
            return kind
        if value.kind == "grade":
            ends = [rest.strip(" .:()-").partition(_OWN)[0], rest.rpartition(_OWN)[2]]
            named = any(end.strip(" .:()-?") in map(fold, one.cues) for one in self._instrument.columns for end in ends)
            return kind if len(rest) <= _SHORT or named or AT_ONE_END.search(rest) else ""
        by_cue = any(cue_length(rest, column.cues) for column in self._instrument.columns)
        return kind if by_cue or self.codes(rest) or self.other_words.begins_a_remark(rest) else ""

    @staticmethod
    def _of(value: Column, whose: str) -> Column:
        """A grade or score of another rater; nothing that is known where the tool does not know who that is."""
        known = whose != ANOTHER and value.kind in ("grade", "score")
        return Column(value.kind, value.id, rater=whose) if known else NOTHING

    def _names_something(self, heading: str) -> bool:
        return self.column(heading, NOTHING).kind == "comments"

    def _comments(self, heading: str, value: Column, kind: str, last: Column) -> Column:
        """A column of comments: on what the heading names, else on what stands to its left."""
        if value.kind == "score" or (not value.kind and not self.codes(heading) and last.kind == "score"):
            free = any(one.id == "reasoning" for one in self._instrument.free_fields)
            ours = value.kind == "score" or self.other_words.is_bare(heading)
            return Column("comments", "reasoning", "comment") if free and ours else NOTHING
        if value.kind:
            return Column("comments", value.id, kind)
        named = self._named_by_code(heading)
        if named is not None:
            return Column("comments", named, kind) if named else NOTHING
        thing = self._thing(heading) or self._by_id(re.sub(rf"\b{REMARKS}\b", "", heading), graded=False)
        if thing is not None:
            return Column("comments", thing.id, kind)
        return Column("comments", last.id, kind) if last.kind and self.other_words.is_bare(heading) else NOTHING

    def _named_by_code(self, heading: str) -> str | None:
        """The question whose code stands in a heading; empty for several codes, None for none."""
        codes = self.codes(heading)
        head = re.match(r"(?:(?:.*\b)?(?:q|question)\s*)?\(?(\d{1,2})(?:[.):]|\s(?=comment|note|evidence))", heading)
        if not codes and head and head[1] in self._instrument.questions:
            return head[1]
        if not codes:
            return None
        fitting = self._meant_by(codes)
        return fitting[0] if len(fitting) == 1 else ""


def _meant(meaning: str) -> Column:
    """What a heading means that the audit names."""
    if meaning.startswith("grade:"):
        return Column("grade", meaning.removeprefix("grade:"))
    if meaning in ("case", "agency"):
        return Column("header", meaning)
    return Column("score") if meaning == "score" else Column("question", meaning, by_code=True)
