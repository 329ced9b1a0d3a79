"""Learn the net that looks at words in their order, and write ``audit_lib/codebook/net.npz`` anew.

``python benchmarks/learn_net.py MODEL FOLDER [COMMENTS.csv] [--left-out SETS]`` needs PyTorch and transformers, which the project does
not (``pip install torch transformers``), and in MODEL the files of a small language model with vectors of 384 numbers (all-MiniLM-L6-v2).
Comments are those of ``learn_words.py``. It takes an hour on two cores, keeps what it has made in FOLDER, and goes on from there:

1. ``made.json``: comments are cut and joined, and words are put in for others of like meaning;
2. ``teacher.pt``: the language model is fitted to the coded comments;
3. ``net.npz``: the net learns from the codes of the comments, and from what the teacher and the words of ``learn_words.py`` say of all
   of them, and is rounded to whole numbers.

With ``--left-out`` (``s01,s07``) it leaves the net in FOLDER, learns without the comments whose ids begin so, and says how well these are
coded at several limits. Two runs on different machines learn nets that differ a little: what codes is the file, which is the same.
"""

# ruff: noqa: S311 - chance makes comments here and no secrets
from __future__ import annotations

import argparse
import csv
import json
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from learn_words import COMMENTS, ROOT, Coded, comments, cues, how_well, learn
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from audit_lib.codebook.book import NET, WORDS, Codebook, load_codebook
from audit_lib.codebook.coder import together
from audit_lib.codebook.cues import Text
from audit_lib.codebook.net import PARTS, WIDTHS, Net, net_file, read_net
from audit_lib.codebook.words import WordWeights, own_words, read_weights

ROUNDS, TEACHER_EPOCHS, EPOCHS, BATCH = 3, 6, 13, 64
NUMBERS, FILTERS = 64, 112  # of a vector; of each width
_NO_PIECE = 998  # numbers of the language model up to here are signs of its own
OF_TRUTH, OF_TEACHER, OF_MADE = 0.3, 0.55, 0.7


class Teacher(nn.Module):
    """A language model that gives each code of a comment a score."""

    def __init__(self, model: Path, codes: int) -> None:
        super().__init__()
        self.read = AutoTokenizer.from_pretrained(model)
        self.model = AutoModel.from_pretrained(model)
        self.head = nn.Linear(384, codes)
        self.head.weight.data.mul_(0.1)
        self.head.bias.data.fill_(-2.5)

    def means(self, texts: Sequence[str]) -> torch.Tensor:
        """A vector for each text. While it learns, some words of every other text are hidden."""
        held = self.read(list(texts), truncation=True, max_length=96, padding=True, return_tensors="pt")
        if self.training:
            pieces = held["input_ids"]
            hidden = (torch.rand(pieces.shape) < 0.12) & (torch.rand(len(pieces), 1) < 0.5) & (pieces > _NO_PIECE)
            held["input_ids"] = torch.where(hidden, self.read.mask_token_id, pieces)
        with torch.autocast("cpu", torch.bfloat16):
            last = self.model(**held).last_hidden_state
        there = held["attention_mask"][..., None]
        return (last.float() * there).sum(1) / there.sum(1)

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """A row of scores for each text."""
        return self.head(functional.dropout(self.means(texts), 0.1, self.training))

    @torch.no_grad()
    def all_means(self, texts: Sequence[str], *, scored: bool) -> np.ndarray[Any, Any]:
        """Vectors, or scores, of many texts."""
        self.eval()
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        out = np.zeros((len(texts), self.head.out_features if scored else 384), np.float32)
        for at in range(0, len(order), 128):
            own = order[at : at + 128]
            out[own] = (self if scored else self.means)([texts[one] for one in own]).numpy()
        return out


def fit(model: nn.Module, rates: Sequence[tuple[Any, float]], data: Sequence[Any], epochs: int, size: int) -> None:
    """Fits a model by AdamW; ``data`` are triples of an input, wished-for shares and weights, ``model.loss`` is what falls."""
    optimizer = torch.optim.AdamW([{"params": own, "lr": rate} for own, rate in rates], weight_decay=0.01)
    steps = epochs * math.ceil(len(data) / size)
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: min(1, at / 150) * max(0.01, 1 - at / steps))
    model.train()
    for epoch in range(epochs):
        order = random.sample(range(len(data)), len(data))
        near = [
            at for begun in range(0, len(order), size * 40) for at in _by_length(order[begun : begun + size * 40], data)
        ]
        batches = [near[at : at + size] for at in range(0, len(near), size)]
        random.shuffle(batches)
        total = 0.0
        for batch in batches:
            inputs, shares, weights = zip(*(data[at] for at in batch), strict=True)
            scores = model(inputs)
            each = functional.binary_cross_entropy_with_logits(scores, torch.tensor(np.array(shares)), reduction="none")
            loss = (each * torch.tensor(np.array(weights))).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            falling.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: {total / len(batches):.3f}", flush=True)
    model.eval()


def _by_length(order: Sequence[int], data: Sequence[Any]) -> list[int]:
    return sorted(order, key=lambda at: len(data[at][0]))


def like_meaning(known: Sequence[str], others: Sequence[str], teacher: Teacher) -> dict[str, list[str]]:
    """A word -> up to a dozen words of like meaning, by vectors of the language model before it was fitted."""
    words = sorted({*known, *others})
    vectors = teacher.all_means(words, scored=False)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    place = {word: at for at, word in enumerate(words)}
    like = {}
    for at in range(0, len(known), 500):
        own = known[at : at + 500]
        near = vectors[[place[word] for word in own]] @ vectors.T
        for word, row in zip(own, near, strict=True):
            like[word] = [words[one] for one in np.argsort(-row)[:13] if row[one] > 0.5 and words[one] != word]
    return like


def made_up(texts: Sequence[str], like: dict[str, list[str]], often: set[str]) -> list[str]:
    """Comments out of comments: whole, a part of one, or one with a part of another, with some words put in for others."""

    def put_in(text: str, share: float) -> str:
        def other(match: re.Match[str]) -> str:
            near = like.get(match[0].lower())
            return (
                random.choice(near) if near and match[0].lower() not in often and random.random() < share else match[0]
            )

        return re.sub(r"[A-Za-z]+", other, text)

    out = []
    for text in [one for _ in range(ROUNDS) for one in texts]:
        dice, second = random.random(), random.choice(texts)
        parts, of_second = (re.split(r"(?<=[.;,])\s", one) for one in (text, second))
        made = f"{text} {random.choice(of_second)}" if dice < 0.25 else random.choice(parts) if dice < 0.45 else text
        out.append(put_in(made, random.choice([0.15, 0.3, 0.5])))
    return out


def joined(data: Sequence[Any]) -> list[Any]:
    """Texts with their codes and weights, a fifth of them joined with another."""
    out = []
    for text, codes, weights in data:
        if random.random() < 0.2:
            other, of_other, weights_of_other = random.choice(data)
            text, codes, weights = f"{text} {other}", np.maximum(codes, of_other), np.minimum(weights, weights_of_other)
        out.append((text, codes, weights))
    return out


class Learner(nn.Module):
    """The net while it learns. What it reads is a pair of rows of vectors and flags of cues and hints."""

    def __init__(self, vectors: np.ndarray[Any, Any], codes: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(
            torch.tensor(vectors, dtype=torch.float32), freeze=False, padding_idx=0
        )
        self.filters = nn.ModuleList(nn.Conv1d(vectors.shape[1], FILTERS, width) for width in WIDTHS)
        self.head = nn.Linear(FILTERS * len(WIDTHS), codes)
        self.head.bias.data.fill_(-3)
        self.flags = nn.Parameter(torch.ones(2 * codes))

    def forward(self, read: Sequence[Read]) -> torch.Tensor:
        """A row of scores for each comment."""
        around, longest = max(WIDTHS), max(len(one.rows) for one in read)
        rows = np.zeros((len(read), longest + 2 * around), np.int64)
        for at, one in enumerate(read):
            rows[at, around : around + len(one.rows)] = one.rows
        flags = torch.tensor(np.array([one.flags for one in read]))
        seen = self.vectors(torch.tensor(rows))
        if self.training:
            seen = functional.dropout(seen * (torch.rand(rows.shape) > 0.1)[..., None], 0.2)
            flags = flags * (torch.rand(flags.shape) > 0.3)
        given = torch.cat([own(seen.transpose(1, 2)).amax(-1).relu() for own in self.filters], 1)
        of_flags = (flags * self.flags).reshape(len(read), 2, -1).sum(1)
        return self.head(functional.dropout(given, 0.4, self.training)) + of_flags


class Read:
    """A comment as the learner reads it."""

    def __init__(self, one: Coded, words: dict[str, int], codes: Sequence[str]) -> None:
        text = Text(one.text)
        self.rows = [1, *(words.get(text.lowered[start:end], 0) for start, end in own_words(text)[:150]), 1]
        self.flags = np.array(
            [*(code in one.cued for code in codes), *(code in one.hinted for code in codes)], np.float32
        )

    def __len__(self) -> int:
        return len(self.rows)


def whole(learner: Learner, words: dict[str, int], codes: tuple[str, ...]) -> Net:
    """The learner in whole numbers: vectors of 63 steps, filters of 255, each filter with a step of its own."""
    vectors = learner.vectors.weight.detach().double().numpy()
    step = vectors[2:].std() / 5
    steps, filters, least = [], [], []
    for own in learner.filters:
        weight = own.weight.detach().double().numpy()
        of_each = np.abs(weight).max(axis=(1, 2)) / 127
        filters += list(np.rint(weight / of_each[:, None, None]).transpose(2, 1, 0))
        least.append(np.rint(own.bias.detach().double().numpy() / of_each / step))
        steps.append(of_each * step)
    head = learner.head.weight.detach().double().numpy()
    weights = np.rint(100 * PARTS * head.T * np.concatenate(steps)[:, None]).astype(np.int64)
    floor = np.concatenate(least).astype(np.int64)
    base = np.rint(100 * PARTS * learner.head.bias.detach().double().numpy()).astype(np.int64)
    flags = np.rint(100 * learner.flags.detach().double().numpy()).astype(np.int64).reshape(2, -1)
    held = np.clip(np.rint(vectors / step), -31, 31).astype(np.int64)
    base = base + np.maximum(floor, 0) @ weights
    return Net(codes, words, held, np.concatenate(filters, 1).astype(np.int64), floor, weights, base, *flags)


def shares_of(scores: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Log-odds as shares."""
    return 1 / (1 + np.exp(-scores))


def by_words(coded: Sequence[Coded], weights: WordWeights) -> np.ndarray[Any, Any]:
    """What the words of ``learn_words.py`` say, in log-odds."""
    rows = [list(weights.scores(Text(one.text), one.cued, one.hinted).values()) for one in coded]
    return np.array(rows) / 100


def main() -> None:
    """Learns step by step, and writes or measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("of_two_people", nargs="?", type=Path)
    parser.add_argument("--left-out", default="")
    given = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    book = load_codebook()
    rows = []
    for path in filter(None, (COMMENTS, given.of_two_people)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    sets = tuple(filter(None, given.left_out.split(",")))
    kept, others = ([row for row in rows if row["id"].startswith(sets) is out] for out in (False, True))
    coded = [*comments(book, kept), *cues(book)]
    of_words = learn(coded, book) if others else read_weights(WORDS.read_bytes())
    net = learnt_net(given.model, given.folder, book, kept, coded, of_words)
    if others:
        measure(net, of_words, list(comments(book, others)))
    else:
        NET.write_bytes(net_file(net))
        print(f"{NET.relative_to(ROOT)}: {len(net.words)} words")


def learnt_net(
    model: Path,
    folder: Path,
    book: Codebook,
    kept: Sequence[dict[str, str]],
    coded: Sequence[Coded],
    of_words: WordWeights,
) -> Net:
    """The net, from what FOLDER has of it."""
    if (folder / "net.npz").exists():
        return read_net((folder / "net.npz").read_bytes())
    codes = tuple(code.id for code in book.codes)
    truth = np.array([[code in one.codes for code in codes] for one in coded], np.float32)
    weights = np.array([[0 if code in one.arguable else one.weight for code in codes] for one in coded], np.float32)
    plain = Teacher(model, len(codes))
    if not (folder / "made.json").exists():
        (folder / "made.json").write_text(json.dumps(_made(kept, plain)))
    made = list(comments(book, json.loads((folder / "made.json").read_text())))
    words = _words([one.text for one in coded], [one.text for one in made])
    vectors = _first_vectors(list(words), plain)
    teacher = plain  # which it is no longer
    if not (folder / "teacher.pt").exists():
        data = joined(list(zip([one.text for one in coded], truth, weights, strict=True)))
        fit(teacher, [(teacher.model.parameters(), 1e-4), (teacher.head.parameters(), 1e-3)], data, TEACHER_EPOCHS, 32)
        torch.save(teacher.state_dict(), folder / "teacher.pt")
    teacher.load_state_dict(torch.load(folder / "teacher.pt"))
    everything = [*coded, *made]
    scores = teacher.all_means([one.text for one in everything], scored=True)
    taught = shares_of(OF_TEACHER * scores + (1 - OF_TEACHER) * by_words(everything, of_words))
    taught[: len(kept)] = OF_TRUTH * truth[: len(kept)] + (1 - OF_TRUTH) * taught[: len(kept)]
    taught[len(kept) : len(coded)] = truth[len(kept) :]  # what the codebook says itself
    weight = np.concatenate([weights, np.full((len(made), len(codes)), OF_MADE)]).astype(np.float32)
    net = taught_net(vectors, words, codes, everything, taught, weight)
    (folder / "net.npz").write_bytes(net_file(net))
    return net


def taught_net(
    vectors: np.ndarray[Any, Any],
    words: dict[str, int],
    codes: tuple[str, ...],
    texts: Sequence[Coded],
    taught: np.ndarray[Any, Any],
    weight: np.ndarray[Any, Any],
) -> Net:
    """The net that comes nearest to the shares ``taught``, in whole numbers."""
    learner = Learner(vectors, len(codes))
    read = [Read(one, words, codes) for one in texts]
    data = list(zip(read, taught.astype(np.float32), weight, strict=True))
    rest = [own for name, own in learner.named_parameters() if not name.startswith("vectors")]
    fit(learner, [(learner.vectors.parameters(), 1e-3), (rest, 2e-3)], data, EPOCHS, BATCH)
    return whole(learner, words, codes)


def _made(kept: Sequence[dict[str, str]], teacher: Teacher) -> list[dict[str, str]]:
    texts = [row["text"] for row in kept]
    times = Counter(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))
    known = [word for word in times if len(word) > 2]
    others = [word for word in teacher.read.get_vocab() if re.fullmatch("[a-z]{3,}", word)]
    like = like_meaning(known, others, teacher)
    made = made_up(texts, like, {word for word, _ in times.most_common(120)})
    return [{"id": "", "column": "", "text": text, "codes": ""} for text in made]


def _words(coded: Sequence[str], made: Sequence[str]) -> dict[str, int]:
    """Words that stand among coded comments, or twice among those that were made -> the rows of their vectors."""
    own, other = (Counter(_lowered(texts)) for texts in (coded, made))
    return {word: at for at, word in enumerate(sorted(word for word in other | own if own[word] or other[word] > 1), 2)}


def _lowered(texts: Sequence[str]) -> list[str]:
    ready = [Text(text) for text in texts]
    return [text.lowered[start:end] for text in ready for start, end in own_words(text)]


def _first_vectors(words: Sequence[str], teacher: Teacher) -> np.ndarray[Any, Any]:
    """The vectors of the language model, turned so that few numbers say most; none for what is no word."""
    full = teacher.all_means(words, scored=False).astype(np.float64)
    full /= np.linalg.norm(full, axis=1, keepdims=True)
    full -= full.mean(axis=0)
    turned = full @ np.linalg.svd(full, full_matrices=False)[2][:NUMBERS].T
    return np.concatenate([np.zeros((2, NUMBERS)), turned / turned.std()])


def measure(net: Net, weights: WordWeights, others: Sequence[Coded]) -> None:
    """How well comments are coded, by words, by the net and by both, at several limits."""
    texts = [Text(one.text) for one in others]
    of_words = [weights.scores(text, one.cued, one.hinted) for text, one in zip(texts, others, strict=True)]
    of_net = [net.scores(net.look(text), one.cued, one.hinted) for text, one in zip(texts, others, strict=True)]
    both = list(map(together, of_words, of_net))
    for limit in (-40, -60, -80):
        for name, scores in (("words", of_words), ("net", of_net), ("both", both)):
            print(f"{name:5} {limit}: {how_well(list(zip(others, scores, strict=True)), limit)}")


if __name__ == "__main__":
    main()
