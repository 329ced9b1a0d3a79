"""A codebook: codes with their definitions and the cues by which the coder knows them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from audit_lib.checked_files import checked, read_yaml
from audit_lib.codebook.cues import Cues
from audit_lib.codebook.net import Net, read_net
from audit_lib.codebook.words import WordWeights, read_weights
from audit_lib.scales import Strict
from audit_lib.schema import COLUMNS
from audit_lib.text import fold

DEFAULT = Path(__file__).parent / "default.yaml"
WORDS = Path(__file__).parent / "words.csv.gz"
NET = Path(__file__).parent / "net.npz"
NO_CODE = "none"  # a person's word for a comment that no code fits
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_Cue = Annotated[str, Field(min_length=1)]


class Code(Strict):
    """One code. ``definition``, ``include`` and ``exclude`` are for people who code by hand; ``cues``, ``hints`` and ``unless`` for the
    coder: a cue makes the code, two hints do, and nothing does in a sentence where one of ``unless`` stands. ``columns`` limits a
    code to some columns of comments; empty for all.
    """

    id: str
    name: str
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    cues: tuple[_Cue, ...] = ()
    hints: tuple[_Cue, ...] = ()
    unless: tuple[_Cue, ...] = ()
    columns: tuple[str, ...] = ()

    @field_validator("id")
    @classmethod
    def _is_an_id(cls, name: str) -> str:
        if not _ID.fullmatch(name):
            raise ValueError("an id is made of small letters, figures and _, and begins with a letter")
        return name

    @field_validator("cues", "hints", "unless")
    @classmethod
    def _can_be_read(cls, cues: tuple[str, ...]) -> tuple[str, ...]:
        for cue in cues:
            Cues([cue])
        return cues

    @field_validator("columns")
    @classmethod
    def _known(cls, columns: tuple[str, ...]) -> tuple[str, ...]:
        for column in columns:
            if column not in COLUMNS:
                raise ValueError(f"'{column}' is not a column of comments")
        return columns


class Codebook(Strict):
    """Codes in their order. ``id`` names the codebook in tables. ``weights`` says whether what was learnt from coded comments and
    comes with the project, the weights of words and the net, counts beside the cues, for codes that have the same id there.
    """

    id: str
    title: str
    weights: bool = False
    codes: Annotated[tuple[Code, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> Codebook:
        twice = [code for code, times in Counter(code.id for code in self.codes).items() if times > 1]
        if twice:
            raise ValueError(f"the code '{twice[0]}' stands here twice")
        if any(code.id == NO_CODE for code in self.codes):
            raise ValueError(f"'{NO_CODE}' stands for no code and can't be one")
        alike = [name for name, times in Counter(fold(code.name) for code in self.codes).items() if times > 1]
        if alike:
            raise ValueError(
                f"two codes have the name '{next(c.name for c in self.codes if fold(c.name) == alike[0])}'"
            )
        return self

    @cached_property
    def fingerprint(self) -> str:
        """Letters and figures made from all it says (SHA-256): another one means that something in it differs."""
        learnt = [one.sha256 for one in (self.word_weights, self.net) if one]
        return hashlib.sha256((self.model_dump_json() + "".join(learnt)).encode()).hexdigest()

    @property
    def word_weights(self) -> WordWeights | None:
        """What coded comments taught about words, if this codebook wants it."""
        return _weights() if self.weights else None

    @property
    def net(self) -> Net | None:
        """What coded comments taught about words in their order, if this codebook wants it."""
        return _net() if self.weights else None

    @cached_property
    def cues(self) -> Cues:
        """All cues of all codes, ready for finding."""
        return Cues(cue for code in self.codes for cue in (*code.cues, *code.hints, *code.unless))


def load_codebook(path: Path = DEFAULT) -> Codebook:
    """The codebook in a YAML file; without ``path`` the one that comes with the project.

    Raises UserFault with every fault of the file, each with its line.
    """
    return _default() if path == DEFAULT else checked(Codebook, read_yaml(path), path)


@cache
def _weights() -> WordWeights:
    return read_weights(WORDS.read_bytes())


@cache
def _net() -> Net:
    return read_net(NET.read_bytes())


@cache
def _default() -> Codebook:
    return checked(Codebook, read_yaml(DEFAULT), DEFAULT)
