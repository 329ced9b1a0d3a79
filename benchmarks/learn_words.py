"""Learn the weights of words from coded comments, and write ``audit_lib/codebook/words.csv.gz`` anew.

``python benchmarks/learn_words.py [--left-out SET] [COMMENTS.csv]`` learns from ``tests/data/comments/learnt-from.csv``, from the cues of
the default codebook, each of which is a short comment about its code, and from comments coded by two people (``id,column,text,codes_both,
codes_either``), if a file of them is named. With ``--left-out`` it writes nothing: it learns without
the comments whose ids begin with SET and says how well these are coded.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from audit_lib.codebook.book import WORDS, Codebook, load_codebook  # noqa: E402 - it lies beside the package
from audit_lib.codebook.coder import CERTAIN, by_cues  # noqa: E402
from audit_lib.codebook.cues import Text  # noqa: E402
from audit_lib.codebook.words import WordWeights, length_of, pieces_in, weights_csv  # noqa: E402

COMMENTS = ROOT / "tests" / "data" / "comments" / "learnt-from.csv"
FEWEST, STRENGTH, OF_A_CUE, OF_TWO_PEOPLE = 4, 20.0, 0.3, 1.0


@dataclass(frozen=True)
class Coded:
    """A text with its codes, and with those of which a cue or a hint stands in it."""

    text: str
    codes: frozenset[str]
    cued: frozenset[str]
    hinted: frozenset[str]
    weight: float
    arguable: frozenset[str] = frozenset()  # codes that one person gave and one did not: nothing is learnt of them


def comments(book: Codebook, rows: Sequence[dict[str, str]]) -> Iterator[Coded]:
    """The coded comments."""
    for row in rows:
        found = by_cues(row["column"], Text(row["text"]), book)
        cued, hinted = (frozenset(one.code for one in found if one.certain is sure) for sure in (True, False))
        if "codes" in row:
            yield Coded(row["text"], _codes(row["codes"]), cued, hinted, 1.0)
        else:
            both, either = _codes(row["codes_both"]), _codes(row["codes_either"])
            yield Coded(row["text"], both, cued, hinted, OF_TWO_PEOPLE, either - both)


def _codes(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split(";")))


def cues(book: Codebook) -> Iterator[Coded]:
    """What the codebook itself says, as short comments: names, definitions, what they take in, and cues."""
    for code in book.codes:
        plain = [" ".join(_first_of(word) for word in re.sub(r"\.\.|~|[()]", " ", cue).split()) for cue in code.cues]
        for text in (code.name, code.definition, *code.include, *plain):
            yield Coded(text, frozenset([code.id]), frozenset(), frozenset(), OF_A_CUE)


def _first_of(alternatives: str) -> str:
    return alternatives.split("|")[0].rstrip("*")


def learn(coded: Sequence[Coded], book: Codebook) -> WordWeights:
    """Weights by logistic regression (L2, one code at a time) from pieces that stand in at least ``FEWEST`` texts."""
    held = [pieces_in(Text(one.text)) for one in coded]
    times = Counter(piece for pieces in held for piece in pieces)
    known = {piece: at for at, piece in enumerate(sorted(piece for piece, number in times.items() if number >= FEWEST))}
    places = [sorted(known[piece] for piece in pieces if piece in known) for pieces in held]
    values = [1 / length_of(pieces) for pieces, own in zip(held, places, strict=True) for _ in own]
    ends = np.cumsum([0, *map(len, places)])
    shares = csr_matrix((values, [at for own in places for at in own], ends), shape=(len(coded), len(known)))
    learnt = []
    for code in book.codes:
        counts = [0.0 if code.id in one.arguable else one.weight for one in coded]
        flags = csr_matrix([[code.id in one.cued, code.id in one.hinted] for one in coded], dtype=float)
        model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=1_000, random_state=0)
        model.fit(hstack([flags, shares]).tocsr(), [code.id in one.codes for one in coded], sample_weight=counts)
        learnt.append(np.rint(100 * np.array([model.intercept_[0], *model.coef_[0]])).astype(np.int64))
    table = np.array(learnt).T
    return WordWeights(tuple(code.id for code in book.codes), known, table[3:], table[0], table[1], table[2])


def main() -> None:
    """Learns, and writes or measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--left-out", default="")
    parser.add_argument("of_two_people", nargs="?", type=Path)
    given = parser.parse_args()
    left_out = given.left_out
    book = load_codebook()
    rows = []
    for path in filter(None, (COMMENTS, given.of_two_people)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    others = [row for row in rows if left_out and row["id"].startswith(left_out)]
    weights = learn([*comments(book, [row for row in rows if row not in others]), *cues(book)], book)
    if not others:
        WORDS.write_bytes(weights_csv(weights))
        print(f"{WORDS.relative_to(ROOT)}: {len(weights.pieces)} pieces from {len(rows)} comments")
        return
    scored = [(one, weights.scores(Text(one.text), one.cued, one.hinted)) for one in comments(book, others)]
    print(f"{len(others)} left out: {how_well(scored, CERTAIN)}")


def how_well(scored: Sequence[tuple[Coded, Mapping[str, float]]], limit: float) -> str:
    """How well comments are coded by scores from a limit on; a code that one of two people gave is neither asked for nor wrong."""
    found, right, hit, asked = 0, 0, 0, 0
    for one, scores in scored:
        made = {code for code, score in scores.items() if score >= limit}
        found, right = found + len(made), right + len(made & (one.codes | one.arguable))
        hit, asked = hit + len(made & one.codes), asked + len(one.codes)
    precision, recall = right / max(found, 1), hit / max(asked, 1)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return f"precision {precision:.3f}, recall {recall:.3f}, micro-F1 {f1:.3f}"


if __name__ == "__main__":
    main()
