import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.analysis.grades import GradeCounts
from audit_lib.analysis.responses import returns_grid
from audit_lib.analysis.scores import GivenScore, ScoreResult, Scores
from audit_lib.instruments import load_instrument
from audit_lib.present import charts
from audit_lib.present.drawing import NARROW, WIDTH
from audit_lib.present.report import results
from audit_lib.present.tile_charts import tile_letters
from audit_lib.scales import Scale
from audit_lib.schema import TABLES

from .conftest import ABOUT, tables_of

LINE = load_instrument("neglect-2018").score


def scored(values: list[str], case: str = "A") -> ScoreResult:
    return ScoreResult(case, tuple(GivenScore(case, "GP", str(i), Decimal(v)) for i, v in enumerate(values)), (), ())


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 20).map(lambda half: str(Decimal(half) / 2)), max_size=60))
def test_every_score_is_told_however_many_there_are(values):
    row = scored(values)
    drawn = charts.scores_chart(Scores((row,), row), LINE, "")
    times = Counter(values).values()
    assert sorted(word for word in words(drawn) if word.startswith("×")) == sorted(f"×{n}" for n in times if n > 1)
    assert len(re.findall("<use ", drawn)) == len(times)
    assert drawn == charts.scores_chart(Scores((row,), row), LINE, "")


def test_the_mean_and_the_number_of_scores_stand_beside_each_case():
    rows = (scored(["4", "7", "8"]), scored(["7", "7"], "B"), scored([], "C"))
    drawn = words(charts.scores_chart(Scores(rows, scored(["4", "7", "8", "7", "7"], "")), LINE, ""))
    assert [word for word in drawn if word.startswith(("mean ", "no "))] == [
        "mean 6.3, 3 scores", "mean 7.0, 2 scores", "no score", "mean 6.6, 5 scores",
    ]  # fmt: skip


def test_the_grid_counts_what_is_back_by_agency_and_by_case():
    requests = [{"case": case, "agency": agency} for case in "AB" for agency in ("GP", "Police")]
    back = [("A", "GP"), ("A", "Police"), ("B", "GP"), ("B", "Fire")]
    read = [
        {"return_id": str(n), "case": c, "agency": a, "status": "read", "kind": "docx"} for n, (c, a) in enumerate(back)
    ]
    grid = returns_grid(TABLES["requests"].frame(requests), TABLES["returns"].frame(read))
    drawn = words(charts.returns_chart(grid, ""))
    assert [word for word in drawn if " of " in word or word == "–"] == ["2 of 2", "1 of 2", "–", "2 of 2", "1 of 2"]


@pytest.mark.parametrize("name", ["$x^2$", "<script>", "a & b"])
def test_names_of_cases_stay_words(name):
    row = scored(["7"], name)
    drawn = words(charts.scores_chart(Scores((row,), row), LINE, ""))
    assert f"Case {name}".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in drawn


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_forty_agencies_with_long_names_are_drawn_in_full(width):
    kinds = (
        "General Hospital NHS Foundation Trust",
        "Police Public Protection Unit",
        "Housing",
        "Academy Trust Primary School",
    )
    names = [f"{where} {kind}" for where in ("North", "South", "East", "West", *"ABCDEF") for kind in kinds]
    asked = [{"case": case, "agency": name, "due": ""} for case in "ABC" for name in names]
    grid = results.returns_grid(tables_of({"about": [ABOUT], "requests": asked}))
    drawn = " ".join(words(charts.returns_chart(grid, "", width)))
    assert len(names) == 40 and "…" not in drawn
    assert all(name in drawn for name in names)


@pytest.mark.parametrize("title", ["Recognition", "Assessments are thorough, in time and lead to the right help"])
def test_the_name_of_what_was_graded_stands_beside_its_bar_in_full(title):
    counts = [GradeCounts("A", title, {"good": ("1", "2")}, "returns")]
    drawn = words(charts.grades_chart("grades", "Grades", counts, load_instrument("neglect-2018"), ""))
    assert title in " ".join(drawn)


def test_a_legend_follows_the_scale_whatever_was_given_first():
    given = [{"inadequate": ("1",)}, {"good": ("1",), "outstanding": ("2",)}]
    order = ["outstanding", "good", "requires_improvement", "inadequate"]
    counts = [GradeCounts("A", "Assessment", {code: each.get(code, ()) for code in order}, "returns") for each in given]
    drawn = words(charts.grades_chart("grades", "Grades", counts, load_instrument("neglect-2018"), ""))
    assert drawn[:3] == ["Outstanding", "Good", "Inadequate"]


@pytest.mark.parametrize(
    ("labels", "letters"),
    [
        (("Outstanding", "Good", "Requires improvement", "Inadequate"), ["O", "G", "RI", "I"]),
        (("Strong", "Sound", "Weak"), ["St", "So", "W"]),
        (("5 - excellent", "4 - good", "1 - poor"), ["5", "4", "1"]),
        (("Met", "Mostly met", "Not met"), ["M", "MM", "NM"]),
    ],
)
def test_no_two_grades_of_a_scale_have_the_same_letters_on_a_tile(labels, letters):
    values = {label.lower().replace(" ", "_"): {"label": label} for label in labels}
    assert list(tile_letters(Scale(id="own", kind="grade", order=tuple(values), values=values)).values()) == letters
