"""Which descriptor of one row of a rubric was chosen.

The rules. Each sign in the row says a grade, "not applicable", or something that cannot be told; the choice is what all
signs agree on, ``missing`` without any, ``unclear`` where they differ or one cannot be told.

1. **Beyond the descriptors**: a grade or its letter, with a remark after a dash, a colon or in brackets; after "because",
   "as", "since", "due to" too, to be checked; "N/A" with any remark. A remark that denies the grade or holds the letter of
   another takes its certainty. Words that name no grade are a comment, a lone sign is unclear.
2. **Notes**: what stands alone in a line of a descriptor, or after its last full stop, and is no descriptor: a tick, "Yes", "*",
   the letter of the column's own grade. In one cell, the others empty of notes or denied, it is the choice; one cross is too.
   All but a plain tick are to be checked. "N/A" in one cell or in all is ``not_applicable``. Any other note, and a sign with
   "not", a hedge or a query beside it, is unclear. So is a note in the label. Longer words cannot be told from print.
3. **Highlighting** counts when the letters are words of the descriptor: a cue of the row or most of the cell.
4. **A shaded cell**, or one **wholly bold or underlined**, counts unless every cell has it, or the heading of the column and not
   every heading. Where the whole column has it in every row, it may be design: to be checked, and unclear where the whole form
   is so; another sign decides.
5. **One descriptor kept** where the others were deleted or struck counts when it is the row's own: it holds a cue of the row, or
   is what the instrument says. Two or three kept are unclear, unless another sign says which.
6. Where nothing else says, **letters of another colour, size or slant** in one cell make the row unclear: a note typed into it, or
   the choice. A column that looks so in every row is design.
7. A cell that spans several headings or rows is the choice of none: with a sign in it, or kept alone, it is unclear.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from audit_lib.coding.rubric.notes import Note, bare_note, letters_in, not_applicable_remark, taken_apart, written
from audit_lib.coding.rubric.prints import beyond_print
from audit_lib.coding.values.choices import Choice, choose
from audit_lib.coding.values.comments import standing
from audit_lib.coding.values.cues import cue_length
from audit_lib.coding.values.remarks import unsettles
from audit_lib.instrument import GradedThing
from audit_lib.rawform import Cell, Mark, Paragraph, Run
from audit_lib.scales import Scale
from audit_lib.text import clean, fold, lower_same_length

_DENIED = re.compile(r"\W*(?:no|nope|not|disagree\w*)\s*(?:$|[^\w\s])")
_REASON = re.compile(r"(?!i as\b)(?P<grade>[^\W_]{1,3})\s+(?P<rest>(?:because|as|since|due to)\s+\w[^?]*)")
_MARKED = Mark.BOLD | Mark.UNDERLINED
_ALIKE = 0.75
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Heads:
    """Where the descriptors stand: column -> value of the scale; ``row`` is the row of the headings.

    ``designed`` are columns whose heading is shaded or marked and not every heading is, by kind of sign; ``constant`` those
    that have it in every row. ``notes`` is what was written beside the headings.
    """

    row: int
    values: dict[int, str]
    designed: dict[str, frozenset[int]]
    constant: dict[str, frozenset[int]] = field(default_factory=dict)
    notes: str = ""


class Row:
    """One row of a rubric and what in it says which descriptor was chosen. ``thing`` is None where it is not known.

    After :meth:`choice`, ``maybe_design`` says that nothing but a look that the whole column has made it.
    """

    def __init__(
        self, row: Sequence[Cell], heads: Heads, scale: Scale, thing: GradedThing | None, *, print_known: bool = False
    ) -> None:
        self._heads, self._scale, self._thing = heads, scale, thing
        self._print_known = print_known
        self.maybe_design = False
        self._cells: dict[str, Cell] = {}
        self._wide: list[Cell] = []
        self._covered: set[str] = set()
        for cell in row:
            covered = [at for at in heads.values if cell.column <= at < cell.column + cell.column_span]
            if covered == [cell.column] and cell.row_span == 1:
                self._cells[heads.values[cell.column]] = cell
            elif covered:
                self._wide.append(cell)
                self._covered |= {heads.values[at] for at in covered}
        self._order = [value for value in heads.values.values() if value in scale.order]
        printed = thing.descriptors if thing else {}
        self._parts = {v: taken_apart(cell, v, scale, printed.get(v, "")) for v, cell in self._cells.items()}
        self._labels = [cell for cell in row if cell.column + cell.column_span <= min(heads.values)]
        self._beyond = [cell for cell in row if cell.column > max(heads.values) and written(cell)]

    def choice(self) -> Choice:
        """The choice of the row, by the rules of this module."""
        beside = [self._beside(cell) for cell in self._beyond]
        said = {choice.code for choice in beside if choice.code != "missing"}
        signs = self._boxed() | self._noted() | self._highlighted()
        certain = signs | self._shown("shaded") | self._shown("marked") | self._kept()
        if said == {"unclear"} and self._is_remark(words=2 if len(certain) == 1 else 4):
            said = set()
        constant = self._shown("shaded", constant=True) | self._shown("marked", constant=True)
        self.maybe_design = not (certain or said) and bool(constant)
        chosen = certain | said or constant or (set() if said else self._several_kept())
        if not chosen and self._heads.notes:
            return Choice("unclear", self._heads.notes, usual=False)
        texts = [choice.as_written for choice in beside] if said else []
        if not chosen:
            odd = odd_look(list(self._cells.values()))
            by_look = odd is not None and odd.column not in self._heads.constant.get("looks", ())
            strange = [value for value, _ in self.reworded() if not self._holds_cue(self._parts[value][1])]
            if strange:
                return Choice("unclear", self._words(strange[0]), usual=False)
            return Choice("unclear", written(odd), usual=False) if odd and by_look else Choice("missing", "")
        if len(chosen) > 1 or "unclear" in chosen:
            return Choice("unclear", clean(" ".join([*texts, *self._told()])) or self._labels_of(chosen), usual=False)
        code = chosen.pop()
        remarks = [choice.remark for choice in beside] + [note.remark for _, note in self._notes]
        as_written = clean(" ".join(texts)) or self._words(code)
        usual = self._is_plain() and not self.maybe_design and all(choice.usual for choice in beside if said)
        return Choice(code, as_written, clean(" ".join(remark for remark in remarks if remark)), usual)

    # beyond the descriptors

    def _beside(self, cell: Cell) -> Choice:
        """What a cell beyond the descriptors says: a grade, or a letter for one, and a remark."""
        text = written(cell)
        remark = not_applicable_remark(text, self._scale)
        if remark:
            return Choice("not_applicable", text, remark)
        head, dash, rest = re.match(r"([^-–—:(]*)([-–—:(]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        code = self._scale.spelled.get(fold(head), "")
        if code in self._scale.order and re.search(r"[^\W_]", rest) and not self._unsettles(code, dash + rest):
            return Choice(code, text, rest.strip(" )"))
        because = _REASON.fullmatch(lower_same_length(text))
        code = self._scale.spelled.get(because["grade"], "") if because else ""
        chosen = choose(cell.runs, self._scale)
        if chosen.code == "unclear" and because and code and not self._unsettles(code, because["rest"]):
            return Choice(code, text, text[because.start("rest") :], usual=False)
        doubtful_remark = chosen.code == "not_applicable" and bool(chosen.remark)  # it was not taken above
        if chosen.code not in ("missing", "unclear") and (
            doubtful_remark or self._unsettles(chosen.code, chosen.remark)
        ):
            return Choice("unclear", chosen.as_written, usual=False)
        return chosen

    def _unsettles(self, code: str, words: str) -> bool:
        """Whether a remark takes the certainty of a grade: the letter of another stands in it, too, or it is a mere "no"."""
        plain = lower_same_length(words)
        other = letters_in(words, self._scale) - {code}
        return bool(other or _DENIED.match(plain) or unsettles(code, words, self._scale))

    def _is_remark(self, words: int) -> bool:
        """Whether what stands beyond the descriptors is at least so many ``words`` and no sign or grade."""
        text = " ".join(written(cell) for cell in self._beyond)
        begins = re.match(r"\w+", fold(text))
        grade = begins is not None and begins.group() in self._scale.spelled
        return (
            len(re.findall(r"\S{2,}", text)) >= words
            and not grade
            and not self._scale.words.search(fold(text))
            and not letters_in(text, self._scale)
            and "?" not in text
        )

    # notes

    @cached_property
    def _notes(self) -> list[tuple[str, Note]]:
        """The notes of the row, each with the value in whose cell it stands; "" for a cell of none."""
        found = [(value, note) for value, (notes, _) in self._parts.items() for note in notes]
        own = {value for value, note in found if self._scale.spelled.get(bare_note(note.text)) == value}
        if len(own) == len(self._heads.values) > 1:  # every cell repeats its heading
            found = [(v, note) for v, note in found if self._scale.spelled.get(bare_note(note.text)) != v]
        for cell in (*self._wide, *self._labels):
            found += [("", note) for note in taken_apart(cell, "", self._scale, "")[0]]
        return found

    def _noted(self) -> set[str]:
        """What the notes say together."""
        kinds = {note.kind for _, note in self._notes}
        noted = {value for value, _ in self._notes}
        if kinds == {"not_applicable"}:
            return {"not_applicable"} if len(noted) in (1, len(self._order)) else {"unclear"}
        assent = {value for value, note in self._notes if note.kind in ("tick", "mark")}
        against = {value for value, note in self._notes if note.kind in ("cross", "no")}
        if not kinds:
            return set()
        if kinds & {"doubt", "not_applicable"} or "" in noted or assent & against:
            return {"unclear"}
        return assent or (against if kinds == {"cross"} else {"unclear"})

    def _is_plain(self) -> bool:
        """Whether no note but a plain tick needs a person's look; "N/A" alone in a row that was emptied needs none."""
        assent = [note for _, note in self._notes if note.kind in ("tick", "mark")]
        kinds = {note.kind for _, note in self._notes}
        if kinds == {"not_applicable"}:
            return not self._filled
        return not self._notes or (bool(assent) and all(note.kind == "tick" for note in assent))

    # marks

    def _boxed(self) -> set[str]:
        wide = {"unclear" for cell in self._wide if any(run.ticked for run in cell.runs)}
        return wide | {value for value, cell in self._cells.items() if any(run.ticked for run in cell.runs)}

    @cached_property
    def _highlights(self) -> dict[str, tuple[str, bool]]:
        """The highlighted words in the cells, notes aside, and whether they are the descriptor's own."""
        found = {}
        for value, cell in self._cells.items():
            letters = _highlighted_in(cell.runs)
            if letters and bare_note(letters) not in {bare_note(note.text) for note in self._parts[value][0]}:
                most = 2 * len(_letters(letters)) > len(_letters(written(cell)))
                lines = [paragraph.runs for paragraph in cell.paragraphs if re.search(r"\w", paragraph.text)]
                found[value] = (letters, self._holds_cue(letters) or (most and all(map(_highlighted_in, lines))))
        return found

    def _highlighted(self) -> set[str]:
        wide = {"unclear" for cell in self._wide if _highlighted_in(cell.runs)}
        if len(self._highlights) >= len(self._order):
            return set()
        return wide | {value if own else "unclear" for value, (_, own) in self._highlights.items()}

    def _shown(self, kind: str, constant: bool = False) -> set[str]:
        """The values whose cell is shaded or marked; those whose column always is, on demand only."""
        shows = SIGNS[kind]
        possible = set(self._cells) if kind == "shaded" else self._filled
        found = {value: cell.column for value, cell in self._cells.items() if value in possible and shows(cell)}
        wide = [cell for cell in self._wide if shows(cell)]
        if len(found) == len(possible) > 1 and len(wide) == len(self._wide):
            return set()
        always = self._heads.constant.get(kind, frozenset())
        designed = self._heads.designed.get(kind, frozenset())
        signs = {v for v, column in found.items() if column not in designed and (column in always) == constant}
        return signs | ({"unclear"} if wide and not constant else set())

    # what was kept

    @cached_property
    def _filled(self) -> set[str]:
        """The values in whose cell words stand that are no note."""
        return {value for value in self._cells if re.search(r"\w", self._parts[value][1])}

    def _kept(self) -> set[str]:
        """The one descriptor left standing, if it is the row's own; ``unclear`` when that cannot be told."""
        wide = [cell for cell in self._wide if re.search(r"\w", taken_apart(cell, "", self._scale, "")[1])]
        if len(self._filled) + len(wide) != 1:
            return set()
        value = next(iter(self._filled), "")
        return {value} if value and self._is_own(value) else {"unclear"}

    def _several_kept(self) -> set[str]:
        return self._filled if not self._wide and 1 < len(self._filled) < len(self._order) else set()

    def _is_own(self, value: str) -> bool:
        """Whether the words of a cell are the descriptor of this row."""
        words = fold(self._parts[value][1])
        printed = fold(self._thing.descriptors.get(value, "")) if self._thing else ""
        if self._holds_cue(words) or (printed and printed in words):
            return True
        alike_in_length = printed and len(words) < 2 * len(printed) and len(printed) < 2 * len(words)
        return bool(alike_in_length) and difflib.SequenceMatcher(None, printed, words, autojunk=False).ratio() >= _ALIKE

    def _holds_cue(self, text: str) -> bool:
        return self._thing is not None and cue_length(fold(text), self._thing.cues) > 0

    # what is told

    def beside_print(self) -> Iterator[tuple[Cell, list[Paragraph]]]:
        """The paragraphs of a descriptor's cell in which words stand that are neither its print nor a note.

        Nothing for a cell whose words do not hold the descriptor as the instrument has it, or its print at their head.
        """
        for value, cell in self._cells.items():
            printed = fold(self._thing.descriptors.get(value, "")) if self._thing else ""
            words = self._parts[value][1]
            before, held, after = fold(words).partition(printed) if printed else ("", "", "")
            if held and _WORDS.search(f"{before} {after}"):
                yield cell, [one for one in cell.paragraphs if _WORDS.search(fold(standing(one)).replace(printed, ""))]

            rest = beyond_print(words, value, self._thing) if self._thing and not held else None
            if rest and _WORDS.search(rest):
                yield cell, [Paragraph((Run(rest),), cell.locator())]

    def reworded(self) -> list[tuple[str, Cell]]:
        """The descriptors whose words are not their print, each with its grade, in a form whose print is known (``print_known``)."""
        if not self._print_known or self._thing is None:
            return []
        thing = self._thing
        known = self._filled & {*thing.descriptors, *thing.prints}
        texts = {value: (written(self._cells[value]), self._parts[value][1]) for value in known}
        changed = [v for v, both in texts.items() if all(beyond_print(text, v, thing) is None for text in both)]
        return [(value, cell) for value, cell in self._cells.items() if value in changed]

    def print_of(self) -> list[tuple[str, str, GradedThing]]:
        """The words of each descriptor that stands and has a print to hold them against, with its grade and row."""
        thing = self._thing
        known = self._filled & {*thing.descriptors, *thing.prints} if thing else set()
        return [(self._parts[value][1], value, thing) for value in known] if thing else []

    def _told(self) -> list[str]:
        """What was written in the cells, for a person who has to settle it."""
        told = [(value, note.text) for value, note in self._notes]
        if len(self._filled) < len(self._order) and not self._wide:
            told += [(value, self._parts[value][1]) for value in sorted(self._filled) if not self._is_own(value)]
        told += [(value, letters) for value, (letters, own) in self._highlights.items() if not own]
        told = list(dict.fromkeys(told))
        kept = [cell for cell in self._wide if not self._filled]
        texts = [text for _, text in told] if len(told) == 1 else [self._named(value, text) for value, text in told]
        return [*texts, *(text for cell in kept if (text := written(cell)) not in texts)]

    def _named(self, value: str, text: str) -> str:
        return f"{self._scale.label(value)}: {text}" if value else text

    def _labels_of(self, chosen: set[str]) -> str:
        known = (chosen - {"unclear"}) | self._covered
        return " / ".join(self._scale.label(value) for value in sorted(known))

    def _words(self, code: str) -> str:
        if code in self._cells:
            return written(self._cells[code])
        return clean(" ".join(dict.fromkeys(note.text for _, note in self._notes)))


def odd_look(cells: Sequence[Cell]) -> Cell | None:
    """The one cell of a row some of whose letters look different from those of all others; None where there is no such one."""
    looks = [
        frozenset(look for one in cell.paragraphs if re.search(r"\w", one.text) for look in one.looks.split("\n"))
        for cell in cells
    ]
    odd = [cell for cell, look in zip(cells, looks, strict=True) if look and looks.count(look) == 1]
    return odd[0] if len(odd) == 1 and len(cells) > 2 and len(set(looks)) == 2 else None


def _letters(text: str) -> list[str]:
    return re.findall(r"\w", text)


def _highlighted_in(runs: Iterable[Run]) -> str:
    """The words that are highlighted and stand."""
    marked = (run.text for run in runs if run.mark & Mark.HIGHLIGHTED and not run.mark & Mark.STRUCK)
    text = clean("".join(marked))
    return text if re.search(r"\w", text) else ""


def _is_marked(cell: Cell) -> bool:
    """Whether all words of a cell that stand are bold or underlined."""
    runs = [run for run in cell.runs if re.search(r"\w", run.text) and not run.mark & Mark.STRUCK]
    return bool(runs) and all(run.mark & _MARKED for run in runs)


SIGNS: dict[str, Callable[[Cell], bool]] = {"shaded": lambda cell: cell.shaded, "marked": _is_marked}
