"""Scales: order, direction, spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from audit_lib.instruments import shared_scales
from audit_lib.scales import Scale, ScaleValue, bare

VALUES = {
    "low": ScaleValue(label="Low", spellings=("l", "little")),
    "high": ScaleValue(label="High"),
    "none": ScaleValue(label="None"),
}
SCALE = Scale(id="x", kind="grade", order=("low", "high"), best="last", values=VALUES, prompts=("choose one:",))


def test_ranks_count_from_the_best() -> None:
    assert [SCALE.rank(code) for code in ("high", "low", "none", "missing")] == [0, 1, None, None]
    first = SCALE.model_copy(update={"best": "first"})
    assert [first.rank(code) for code in ("high", "low")] == [1, 0]


def test_labels() -> None:
    assert [SCALE.label(code) for code in ("low", "missing", "unclear")] == ["Low", "Missing", "Unclear"]


def test_spellings_are_compared_folded() -> None:
    assert SCALE.spelled == {"low": "low", "l": "low", "little": "low", "high": "high", "none": "none"}


PROMPTS = {
    "Choose one": True,
    " CHOOSE ONE: ": True,
    "(choose one)": True,
    "": True,
    "___": True,
    "…": True,
    "choose one of these": False,
    "✓": False,
    "?": False,
    "x": False,
}


@pytest.mark.parametrize("text", PROMPTS)
def test_prompts_are_no_answer(text: str) -> None:
    assert SCALE.is_prompt(text) is PROMPTS[text]


def test_a_scale_cannot_rank_a_value_that_it_does_not_have() -> None:
    with pytest.raises(ValidationError, match="middle is not among the values of the scale"):
        Scale(id="x", kind="grade", order=("low", "middle"), values=VALUES)


def test_a_spelling_stands_for_one_value() -> None:
    values = VALUES | {"high": ScaleValue(label="High", spellings=("LITTLE",))}
    with pytest.raises(ValidationError, match="the spelling 'LITTLE' stands for two values, low and high"):
        Scale(id="x", kind="grade", order=("low",), values=values)


def test_all_faults_of_a_scale_are_told_at_once() -> None:
    values = VALUES | {"high": ScaleValue(label="High", spellings=("LITTLE",))}
    with pytest.raises(ValidationError, match=r"middle is not .* of the scale; the spelling 'LITTLE' stands for two"):
        Scale(id="x", kind="grade", order=("low", "middle"), values=values)


@pytest.mark.parametrize("name", sorted(shared_scales()))
def test_the_scales_that_come_with_the_project(name: str) -> None:
    scale = shared_scales()[name]
    assert scale.id == name
    assert sorted(rank for code in scale.values if (rank := scale.rank(code)) is not None) == list(
        range(len(scale.order))
    )
    assert not set(scale.values) & {"missing", "unclear"}
    assert [spelling for spelling in scale.spelled if scale.is_prompt(spelling)] == []


def test_the_ends_of_the_scales_of_the_contract() -> None:
    scales = shared_scales()
    assert scales["yes_no"].rank("yes") == scales["ofsted_four"].rank("outstanding") == 0
    assert scales["ofsted_four"].order == ("outstanding", "good", "requires_improvement", "inadequate")
    assert set(scales["yes_no"].values) == {"yes", "no", "partly", "not_applicable", "not_known"}


@given(st.sampled_from(sorted(shared_scales())), st.data())
def test_a_spelling_is_found_where_it_stands_and_ends(name: str, data: st.DataObject) -> None:
    scale = shared_scales()[name]
    spelling = data.draw(st.sampled_from(sorted(scale.spelled)))
    match = scale.pattern.match(f"{spelling} - and a remark")
    assert match is not None
    assert scale.spelled[match.group()] == scale.spelled[spelling] or len(match.group()) > len(spelling)


@given(st.text())
def test_bare_text_is_stable(text: str) -> None:
    assert bare(bare(text)) == bare(text)
