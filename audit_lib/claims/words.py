"""The words by which figures, units and answers are known in prose, from ``words.yaml``; numbers in words and in digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@cache
def words() -> Mapping[str, Any]:
    """What stands in ``words.yaml``."""
    text = (files("audit_lib.claims") / "words.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of these phrases, the longest first."""
    return "|".join(re.escape(one) for one in sorted(phrases, key=lambda one: (-len(one), one)))


_ONES: list[str] = words()["numbers"]["ones"]
_TENS = dict(zip(words()["numbers"]["tens"], range(20, 100, 10), strict=True))
_IN_WORDS = rf"(?:{any_of(_TENS)})(?:[ -](?:{any_of(_ONES[1:10])}))?|{any_of(_ONES)}"
_YEAR = r"(?:19|20)\d\d(?!\d)"
NUMBER = rf"(?!{_YEAR})(?:\d{{1,4}}(?:\.\d{{1,2}})?|(?:{_IN_WORDS})(?![\w-]))"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern for any phrase of one list of ``words.yaml``, as whole words."""
    return re.compile(rf"(?<!\w)(?:{any_of(words()[name])})(?!\w)")


@cache
def named(name: str) -> Mapping[str, re.Pattern[str]]:
    """For one mapping of ``words.yaml``: key -> a pattern for any of its phrases, as whole words."""
    return {key: re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)") for key, phrases in words()[name].items()}


@cache
def unit_words() -> Mapping[str, str]:
    """Each word for what is counted -> the unit."""
    return {word: unit for unit, phrases in words()["units"].items() for word in phrases}


@cache
def hedge_words() -> Mapping[str, str]:
    """Each hedge -> its kind."""
    return {word: kind for kind, phrases in words()["hedges"].items() for word in phrases}


@cache
def fraction_words() -> Mapping[str, Fraction]:
    """Each fraction in words -> its value."""
    return {word: Fraction(value) for word, value in words()["fractions"].items()}


def number(text: str) -> Fraction:
    """The value of a number in digits or words: "28", "95.8", "sixty three"."""
    if text[0].isdigit():
        return Fraction(text)
    return Fraction(sum(_TENS.get(word, 0) or _ONES.index(word) for word in re.split("[ -]", text)))


def decimals(text: str) -> int:
    """How many decimals a number is printed with."""
    return len(text.partition(".")[2])
