from __future__ import annotations

import re

import pytest

from audit_lib.present import palette
from audit_lib.present.drawing import INK, PALE, RULE
from audit_lib.reporting.assets import TEMPLATES, Assets, digest, index_assets, report_assets

COLOURS = (TEMPLATES / "colours.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", part)) for part in COLOURS.split("@media screen", maxsplit=1)
)
PAIRS = (
    *((ink, ground) for ink in ("ink", "quiet", "accent", "title") for ground in ("paper", "tint", "hover")),
    *((f"on-{kind}", kind) for kind in ("badge", "good", "bad", "warn", "found")),
)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme, ink, ground):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_box_to_type_in_stands_out(scheme):
    assert contrast(scheme["edge"], scheme["paper"]) >= 3


def test_each_colour_has_its_counterpart_in_the_dark():
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize(
    "selector", [f'svg[fill="{INK}"], .chart svg [fill="{INK}"]', f'[fill="{PALE}"]', f'[stroke="{RULE}"]']
)
def test_what_a_drawing_puts_on_the_page_is_turned_round_in_the_dark(selector):
    assert selector in COLOURS


@pytest.mark.parametrize(
    "style", [palette.FAVOURABLE, palette.UNFAVOURABLE, palette.DOT, *palette.STATES.values(), *palette.YEARS]
)
def test_a_line_of_a_drawing_can_be_seen_in_the_dark(style):
    lifted = dict(re.findall(r'\[stroke="(#\w+)"\] \{ stroke: (#\w+)', COLOURS))
    assert contrast(lifted.get(style.fill, style.fill), DARK["paper"]) >= 3


def test_the_policy_names_style_and_script_by_hash_and_nothing_that_is_not_ours():
    policy = Assets("a", "b").policy
    assert policy == (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src {digest('a')}; script-src {digest('b')}"
    )
    assert digest("a") == "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"


@pytest.mark.parametrize("assets", [report_assets("Internal report"), index_assets()])
def test_what_we_ship_loads_nothing_and_ends_no_element(assets):
    found = re.findall(
        r"https?:|url\(|@import|innerHTML|eval\(|</|<!--|\bfetch\(|XMLHttp", assets.style + assets.script
    )
    assert found == []


def test_a_page_has_the_code_of_the_files_without_their_comments():
    made = report_assets("Internal")
    assert "/*" not in made.script + made.style and not re.search(r"^ *//", made.script, re.MULTILINE)
    for path in TEMPLATES.glob("*.js"):
        functions = re.findall(r"^function \w+\([^)]*\) \{$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert functions and [each for each in functions if path.name != "index.js" and each not in made.script] == []


def test_what_only_comparisons_have_takes_no_room_on_the_page_of_one_audit():
    assert ".ranges" in report_assets("Internal", compares=True).style
    assert not [each for each in (report_assets("Internal"), index_assets()) if ".ranges" in each.style]
