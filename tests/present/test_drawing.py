import io
import re

import matplotlib as mpl
import pytest
from lxml import etree

from audit_lib.present import palette
from audit_lib.present.drawing import Drawing, Style, text_width, wrapped

STYLES = [*palette.STATES.values(), *palette.UNRANKED.values(), palette.UNFAVOURABLE, Style("#efefef", hatch="\\\\\\")]
NS = "{http://www.w3.org/2000/svg}"


def drawn(words: str = "Yes 10", name: str = "one"):
    drawing = Drawing(1)
    style = Style("#ffffff", hatch="///", edge="#8c8c8c")
    drawing.box(0, 0, 2, 0.5, style)
    drawing.text(1, 0.25, words, on=style)
    drawing.dot(3, 0.5, 0.1, Style("#0b3c5d"))
    drawing.line((0, 1), (0, 1))
    return drawing.svg(name, words, words)


def test_the_same_drawing_gives_the_same_bytes():
    assert drawn() == drawn()


@pytest.mark.parametrize(
    "words", ["$x$", r"$\frac{1}{0}$", "<script>alert(1)</script>", "a & b", "x\x00y", '"><img src=x>']
)
def test_words_stay_words(words):
    root = etree.fromstring(drawn(words))
    assert [text.text for text in root.iter(f"{NS}text")] == [words.replace("\x00", " ")]
    assert {element.tag.removeprefix(NS) for element in root.iter()} <= {
        "svg", "title", "desc", "defs", "g", "path", "text", "pattern", "rect",
    }  # fmt: skip


def test_nothing_in_it_reaches_beyond_it():
    svg = drawn()
    for word in ("<?xml", "<!DOCTYPE", "metadata", "<style", "style=", "http://www.w3.org/1999", "<script"):
        assert word not in svg


def test_ids_are_its_own_and_every_reference_is_met():
    one, two = (etree.fromstring(drawn(name=name)) for name in ("one", "two"))
    ids = [{element.get("id") for element in root.iter()} - {None} for root in (one, two)]
    assert not ids[0] & ids[1]
    fills = {element.get("fill", "") for element in one.iter()}
    references = {fill[5:-1] for fill in fills if fill.startswith("url(#")}
    assert references
    assert references <= ids[0]


def test_it_can_be_read_aloud():
    root = etree.fromstring(drawn("The finding"))
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    assert [next(e.text for e in root.iter() if e.get("id") == name) for name in named] == [
        "The finding",
        "The finding",
    ]


def test_long_words_are_broken_and_cut():
    lines = wrapped("word " * 100, 1.5, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(text_width(line) < 1.8 for line in lines)


@pytest.mark.parametrize("hatch", sorted({style.hatch for style in STYLES if style.hatch}))
def test_a_pattern_is_drawn_once_and_repeats_as_matplotlib_draws_it(hatch):
    def inside(d: str, tile: int) -> set[tuple[float, ...]]:
        """The points, to a quarter, at which the lines of a pattern cross the tile at this place."""
        lines = [
            tuple(map(float, line)) for line in re.findall(r"M(\S+) (\S+?)L(\S+) (\S+?)(?=M|$)", d.replace("z", ""))
        ]
        steps = [(x + (a - x) * n / 2880, y + (b - y) * n / 2880) for x, y, a, b in lines for n in range(2881)]
        return {(round(x % 8, 1), round(y % 8, 1)) for x, y in steps if tile < x < tile + 8 and tile < y < tile + 8}

    drawing = Drawing(1)
    drawing.box(0, 0, 2, 0.5, Style("#ffffff", hatch=hatch))
    (pattern,) = etree.fromstring(drawing.svg("one", "", "")).iter(f"{NS}pattern")
    file = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "hatch.linewidth": 0.7}):
        drawing._figure.savefig(file, format="svg")
    whole = re.search(r"<pattern.*?<path d=\"(.*?)\"", file.getvalue(), re.DOTALL)[1]
    whole = re.sub(r"\s*([ML])\s*", r"\1", whole).strip()
    assert (pattern.get("width"), pattern.get("height")) == ("8", "8")
    kept = inside(next(pattern.iter(f"{NS}path")).get("d"), 0)
    assert kept and all(inside(whole, tile) == kept for tile in (0, 8, 40))


@pytest.mark.parametrize("usual", ["left", "center", "right"])
def test_words_keep_their_side_and_colour_though_the_usual_ones_are_said_once(usual):
    anchors = {"left": "start", "center": "middle", "right": "end"}
    given = [*[(usual, "#141414")] * 4, ("left", "#1a1a1a"), ("right", "#ffffff")]
    drawing = Drawing(1)
    for place, (align, ink) in enumerate(given):
        drawing.text(1, 0.1 * place, str(place), align=align, ink=ink)
    root = etree.fromstring(drawing.svg("one", "", ""))
    found = [
        tuple(text.get(name, root.get(name, default)) for name, default in (("text-anchor", "start"), ("fill", "")))
        for text in root.iter(f"{NS}text")
    ]
    assert found == [(anchors[align], ink.replace("ffffff", "fff")) for align, ink in given]


@pytest.mark.parametrize(
    ("boxes", "paths"),
    [
        (((0, "a"), (1, "a"), (2, "a")), 1),
        (((0, "a"), (1, "b"), (2, "a")), 2),
        (((0, "a"), (0.2, "b"), (0.4, "a")), 3),  # the one between would cover what now lies on top of it
    ],
)
def test_boxes_that_look_alike_are_one_path_unless_something_lies_between(boxes, paths):
    drawing = Drawing(3)
    styles = {"a": Style("#0b3c5d"), "b": Style("#a9cfe5")}
    for place, style in boxes:
        drawing.box(1, place, 0.5, 0.5, styles[style])
    made = str(drawing.svg("x", "t", "d"))
    assert made.count("<path") == paths
    assert made.count("M72 ") == 3
