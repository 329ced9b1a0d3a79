"""Scales: the values that an answer or a grade can take, their order, and how people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from audit_lib.text import fold, listed

_PRINTED_SIGNS = frozenset("☐□▢○◯■▪●◦‣➢❖▶❑❏❒©®°|")  # boxes and bullets
_PICKED = re.compile(
    "[\u2460-\u24ff\u20dd\u20de\U0001f110-\U0001f189\u2190-\u2193\u3003\"\u201d]|''"
)  # rings, arrows, ditto marks
_SIGN_ALONE = re.compile(  # ditto marks of other kinds, and what may stand for yes
    r"[\s.\u2026\-\u2013\u2014]*(?:[\u201c\u201e\u201f\u2033\u02ba]|\u2018\u2018|\u2019\u2019|,,|//|\\\\|[+*=]{1,2})[\s.\u2026\-\u2013\u2014]*"
)
_PROMPTS_OF_PROGRAMS = (  # what word processors print in a field that nobody has filled in
    "choose an item",
    "click here to enter text",
    "click or tap here to enter text",
    "click or tap to enter text",
    "select",
    "please select",
    "select one",
    "please choose",
)


class Strict(BaseModel):
    """A frozen model that allows no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ScaleValue(Strict):
    """One value of a scale: its label in reports, and spellings in which people write it (compared folded)."""

    label: str
    spellings: tuple[str, ...] = ()


class Scale(Strict):
    """The values of one kind of answer or grade.

    ``order`` lists the values that can be ranked, ``best`` says which end is the better one. Values outside ``order``
    (``not_applicable``, ``not_known``) are answers without a rank. ``prompts`` are printed words that are no answer.
    ``hedges`` at the head of a remark take the certainty from the value before it, ``denials`` from that value only.
    Spellings in ``alone``, and single letters and signs, count only where nothing else stands in the line; those in ``beside``
    also with a remark after a dash or in brackets. Spellings in
    ``ordinary`` are an ordinary word before a noun, within a remark ("no concerns"). ``weak`` values are ordinary words
    too: followed directly by anything but one of ``weak_continues`` they are no answer ("No evidence was seen"). ``narrowed``
    gives for a value the one that it means when that one stands behind it after a dash, a comma or in brackets ("Yes - partly").
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    id: str = ""
    kind: Literal["answer", "grade"]
    order: tuple[str, ...]
    best: Literal["first", "last"] = "first"
    values: dict[str, ScaleValue]
    prompts: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    denials: dict[str, tuple[str, ...]] = {}
    alone: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    narrowed: dict[str, str] = {}
    weak: tuple[str, ...] = ()
    weak_continues: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _order_is_known(self) -> Scale:
        named = (*self.order, *self.weak, *self.narrowed, *self.narrowed.values())
        unknown = [value for value in named if value not in self.values]
        faults: list[str] = []
        if unknown:
            is_not = "is not" if len(unknown) == 1 else "are not"
            faults.append(f"{listed(unknown)} {is_not} among the values of the scale")
        seen: dict[str, str] = {}
        for code, value in self.values.items():
            for spelling in (value.label, *value.spellings):
                if seen.setdefault(fold(spelling), code) != code:
                    faults.append(f"the spelling '{spelling}' stands for two values, {seen[fold(spelling)]} and {code}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @cached_property
    def names_colours(self) -> bool:
        """Whether its values are called by colours, as red, amber and green are, so that a cell may be filled with one."""
        words = {re.split(r"\W", self.values[code].label.casefold(), maxsplit=1)[0] for code in self.order}
        return len(words & {"red", "amber", "yellow", "green", "blue"}) > 1

    def label(self, code: str) -> str:
        """The label of a value; ``missing`` and ``unclear`` have theirs in every scale."""
        return {"missing": "Missing", "unclear": "Unclear"}.get(code) or self.values[code].label

    @cached_property
    def spelled(self) -> dict[str, str]:
        """Folded spelling -> value, labels included, and numbers that are values themselves."""
        numbers = {code: code for code in self.values if code.isdigit()}
        return numbers | {fold(s): code for code, value in self.values.items() for s in (value.label, *value.spellings)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds a spelling, the longest first, that ends where a word ends."""
        spellings = sorted((re.escape(s).replace(r"\ ", r"\s+") for s in self.spelled), key=len, reverse=True)
        return re.compile(r"(?:" + "|".join(spellings) + r")(?![\w\u0300-\u036f])" if spellings else r"(?!)")

    @cached_property
    def words(self) -> re.Pattern[str]:
        """Finds a spelling of two letters or more as a whole word, wherever it stands in folded text."""
        spellings = sorted((s for s in self.spelled if not self.only_alone(s)), key=len, reverse=True)
        joined = "|".join(re.escape(s).replace(r"\ ", r"\s+") for s in spellings)
        return re.compile(rf"(?<![\w'])(?:{joined or '(?!)'})(?![\w'])")

    def only_alone(self, spelling: str) -> bool:
        """Whether a folded spelling counts only where nothing else stands in the line."""
        return len(spelling) == 1 or spelling in self.alone

    def is_prompt(self, text: str) -> bool:
        """Whether ``text`` is one of the printed prompts, or holds neither a word nor a sign that may be an answer."""
        if _PICKED.search(text) or _SIGN_ALONE.fullmatch(text):
            return False
        if bare(text) in self._bare_prompts:
            return True
        signs = any(unicodedata.category(sign) in ("So", "Sk") and sign not in _PRINTED_SIGNS for sign in text)
        return not signs and not re.search(r"[^\W_]|[?\u221a\u00d7]", text)

    @cached_property
    def _bare_prompts(self) -> frozenset[str]:
        return frozenset(bare(prompt) for prompt in (*self.prompts, *_PROMPTS_OF_PROGRAMS))

    def rank(self, code: str) -> int | None:
        """Place from the best (0) to the worst; None for a value without rank."""
        if code not in self.order:
            return None
        place = self.order.index(code)
        return place if self.best == "first" else len(self.order) - 1 - place


def bare(text: str) -> str:
    """Folded text without punctuation at its ends: for comparing with prompts."""
    return fold(text).strip(" .,:;!*_-\u2013\u2014\u2026()[]") or fold(text)
