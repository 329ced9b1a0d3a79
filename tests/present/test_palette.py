from itertools import combinations, pairwise

import pytest

from audit_lib.analysis.proportions import question_results
from audit_lib.instruments import load_instrument
from audit_lib.present import palette
from audit_lib.scales import Scale
from audit_lib.schema import TABLES

NEGLECT = load_instrument("neglect-2018")
QUESTIONS = question_results(TABLES["answers"].empty(), NEGLECT)
GRADES = ["outstanding", "good", "requires_improvement", "inadequate"]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STYLES = {
    *(palette.answer_style(result, answer) for result in QUESTIONS for answer in result.answers),
    *(palette.grade_style(NEGLECT.grade_scale_of("R"), grade) for grade in [*GRADES, "missing", "unclear"]),
    *palette.STATES.values(),
}


@pytest.mark.parametrize("style", sorted(STYLES, key=repr), ids=lambda style: style.fill)
def test_text_can_be_read_on_every_colour(style):
    assert contrast(style.fill, style.ink) >= 4.5


@pytest.mark.parametrize("result", [QUESTIONS[0], QUESTIONS[-1]], ids=["favourable yes", "neutral"])
def test_answers_can_be_told_apart_without_colour(result):
    styles = [palette.answer_style(result, answer) for answer in result.answers]
    for place, one in enumerate(styles):
        for other in styles[place + 1 :]:
            assert one.hatch != other.hatch or contrast(one.fill, other.fill) > 1.25


def test_a_grade_has_one_colour_of_its_own():
    scale = NEGLECT.grade_scale_of("R")
    assert len({palette.grade_style(scale, grade) for grade in GRADES}) == len(GRADES)


def lightness(colour: str) -> float:
    """From 0, black, to 100, white, in steps that look alike: what is left of a colour in a grey print (CIE L*)."""
    return 116 * max(luminance(colour), 0.009) ** (1 / 3) - 16


COLOURS = Scale(id="rag", kind="grade", order=("green", "amber", "red"), values={
    "green": {"label": "Green"}, "amber": {"label": "Amber: look again"}, "red": {"label": "RED"},
})  # fmt: skip
FIVE = Scale(
    id="five",
    kind="grade",
    order=("5", "4", "3", "2", "1"),
    values={str(number): {"label": str(number)} for number in range(1, 6)},
)
SCALES = [NEGLECT.grade_scale_of("R"), load_instrument("case-audit-2021").grade_scale_of("risk"), COLOURS]


def test_five_grades_can_be_told_apart_and_read():
    styles = [palette.grade_style(FIVE, grade) for grade in FIVE.order]
    light = sorted(lightness(style.fill) for style in styles)
    assert min(b - a for a, b in pairwise(light)) >= 13
    assert all(contrast(each.fill, each.ink) >= 4.5 for each in styles)


def test_what_is_called_by_a_colour_has_it():
    green, amber, red = (palette.grade_style(COLOURS, code) for code in COLOURS.order)
    assert [each.fill for each in (green, amber, red)] == ["#005036", "#f7c948", "#cf3f1a"]
    assert all(contrast(each.fill, each.ink) >= 4.5 for each in (green, amber, red))
    assert red.hatch and not palette.tile_style(COLOURS, "red").hatch


@pytest.mark.parametrize("scale", SCALES, ids=["four grades", "three grades", "colours"])
@pytest.mark.parametrize("style", [palette.grade_style, palette.tile_style])
def test_grades_can_be_told_apart_in_a_grey_print(scale, style):
    light = sorted(lightness(style(scale, grade).fill) for grade in scale.order)
    assert min(b - a for a, b in pairwise(light)) >= 18


@pytest.mark.parametrize(("one", "other"), [*combinations(palette.STATES, 2)])
def test_what_became_of_a_form_can_be_told_in_a_grey_print(one, other):
    first, second = palette.STATES[one], palette.STATES[other]
    assert first.hatch != second.hatch or abs(lightness(first.fill) - lightness(second.fill)) >= 18
