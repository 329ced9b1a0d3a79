"""The parts of a report on several audits."""

from __future__ import annotations

import re

import pytest

from audit_lib.analysis.comparison import Measured, Series, asked_again
from audit_lib.errors import UserFault
from audit_lib.instruments import load_instrument
from audit_lib.present import years
from audit_lib.present.years.audits import audited
from audit_lib.present.years.parts import _points
from audit_lib.present.years_words import since_sentences
from audit_lib.schema import TABLES
from audit_lib.store import AuditTables, write_tables
from tests.analysis.test_comparison import NO, YES, audit, recommended

TWO = (
    audit("neglect-2017", "2017-03", {"R1": [YES] * 1 + [NO] * 14, "R2": [YES, NO]}, [recommended("1", questions="R1")]),
    audit("neglect-2018", "2018-05", {"R1": [YES] * 13 + [NO] * 2, "R2": [YES, YES]}, [recommended("7", "neglect-2017:1")]),
)  # fmt: skip


def commented(name: str, date: str, coded: int, words: str, tool: str = "neglect-2018") -> AuditTables:
    """An audit of twenty returns with a worry each, ``coded`` of them about the home."""
    ids = [f"{name}-{n}" for n in range(20)]
    base = {"audit": name, "case": "A", "agency": "GP"}
    rows = {
        "returns": [base | {"return_id": one, "status": "read", "file": f"{one}.docx", "kind": "docx"} for one in ids],
        "comments": [
            base | {"comment_id": one, "return_id": one, "column": "worried", "text": f"{words} {one}"} for one in ids
        ],
        "codings": [
            {"comment_id": one, "code": "home_housing", "coder": "tool", "certainty": "sure"} for one in ids[:coded]
        ],
        "about": [
            {"audit": name, "title": name, "theme": "neglect", "instrument": tool, "date": date, "synthetic": "yes"}
        ],
    }
    frames = {table: schema.frame(rows.get(table, [])) for table, schema in TABLES.items()}
    return AuditTables(name, frames, load_instrument(tool))


EARLIER, LATER = commented("one", "2017-03", 2, "It was cold."), commented("two", "2018-05", 20, "The wall was damp.")
WITH_COMMENTS = (EARLIER, LATER)
MIXED = (EARLIER, commented("three", "2018-05", 20, "The wall was damp.", "child-in-need-2014"))


def plain(block) -> str:
    """What a block says, its links taken away."""
    return re.sub(r"</?a\b[^>]*>", "", block._repr_html_())


PARTS = {
    "header": lambda audits: years.header(audits, "Neglect over the years", "internal"),
    "overview": years.overview,
    "which_audits": years.which_audits,
    "how_to_read": years.how_to_read,
    "answers": lambda audits: years.questions(audits, "answer"),
    "grades": lambda audits: years.questions(audits, "grade"),
    "by_case": years.by_case,
    "recommendations": years.recommendations,
    "open_recommendations": years.open_recommendations,
    "concepts": years.concepts,
    "reworded": lambda audits: years.concepts(audits, reworded=True),
    "how_made": years.how_made,
    "end": lambda audits: years.end(audits, "Neglect over the years"),
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "audits", [(), TWO[:1], TWO, (*TWO, audit("empty", "2019-01", {}))], ids=["none", "one", "two", "three"]
)
def test_every_part_says_something_about_any_number_of_audits(part, audits):
    markup = PARTS[part](audits)._repr_html_()
    assert markup
    assert "nan" not in markup.lower().split()
    assert "None" not in markup


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            "overview",
            "Rose: R1 “Did your agency notice the neglect as early as it could have?” (1 of 15 (7%) to 13 of 15 (87%)).",
        ),
        ("overview", "we cannot tell"),
        ("answers", "Said yes: 1 of 15 returns (7%) in March 2017 and 13 of 15 (87%) in May 2018. This rose."),
        ("answers", "We cannot tell whether this changed."),
        ("by_case", "1 of 15"),
        ("recommendations", "Carried on in May 2018 as no. 7"),
        ("recommendations", "This rose."),
        ("open_recommendations", "action 7"),
        ("which_audits", "neglect-2017"),
    ],
)
def test_what_is_told_of_two_audits(part, words):
    assert words in plain(PARTS[part](TWO))


@pytest.mark.parametrize(("old", "new", "points"), [(0, 1, "+13 ("), (1, 0, "-13 ("), (1, 1, "+0 (")])
def test_a_fall_is_rounded_as_the_same_rise_would_be(old, new, points):
    both = [audit(f"in-{n}", f"201{n}-03", {"R1": [YES] * k + [NO] * (8 - k)}) for n, k in enumerate((old, new))]
    assert points in PARTS["answers"](both)._repr_html_()


def rising(*counts: int) -> tuple[AuditTables, ...]:
    """Audits of 2014, 2017 and 2018, of whose twenty returns so many said yes to R1."""
    years_of = zip(("2014", "2017", "2018"), counts, strict=True)
    return tuple(audit(year, f"{year}-03", {"R1": [YES] * k + [NO] * (20 - k)}) for year, k in years_of)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            (2, 18, 17),
            "From March 2014 to March 2018 this rose. Step by step: from March 2014 to March 2017 this rose; "
            "from March 2017 to March 2018 we cannot tell whether this changed.",
        ),
        (
            (5, 18, 5),
            "From March 2014 to March 2018 we cannot tell whether this changed. Step by step: from March 2014 to March 2017 this rose; "
            "from March 2017 to March 2018 this fell.",
        ),
        (
            (5, 10, 18),
            "From March 2014 to March 2018 this rose. Step by step: from March 2014 to March 2017 we cannot tell whether this changed; "
            "from March 2017 to March 2018 this rose.",
        ),
        ((6, 10, 14), "From March 2014 to March 2018 this rose. From one audit to the next we cannot tell either."),
    ],
)
def test_of_three_audits_the_whole_time_is_told_and_each_step(counts, words):
    assert words in plain(PARTS["answers"](rising(*counts)))


def test_a_step_that_chance_could_explain_among_others_is_told_so():
    others = dict.fromkeys(("R2", "A1", "A2", "A3", "A4", "A5", "A6"), [YES] * 10 + [NO] * 10)
    counts = {"2014": 5, "2017": 10, "2018": 18}
    audits = [audit(y, f"{y}-03", {"R1": [YES] * k + [NO] * (20 - k), **others}) for y, k in counts.items()]
    told = "from March 2017 to March 2018 this may have risen, though chance could explain it."
    assert told in PARTS["answers"](audits)._repr_html_()


def test_the_first_lines_on_three_audits_tell_the_last_step_the_whole_time_and_what_was_certain_before():
    said = plain(PARTS["overview"](rising(5, 18, 5)))
    r1 = "R1 “Did your agency notice the neglect as early as it could have?”"
    assert f"Fell: {r1} (18 of 20 (90%) to 5 of 20 (25%))." in said
    assert "Over the whole time: 26 things were asked in the same words in March 2014 and in March 2018." in said
    assert f"From March 2014 to March 2017 {r1} rose (5 of 20 (25%) to 18 of 20 (90%))." in said


def test_the_figures_of_three_audits_have_a_column_for_the_steps_and_one_for_the_whole():
    markup = PARTS["answers"](rising(2, 18, 17))._repr_html_()
    assert "March 2014 to March 2017: clear rise; March 2017 to March 2018: cannot tell" in markup
    assert "From first to last" in markup and "From first to last" not in PARTS["answers"](TWO)._repr_html_()


def test_what_is_carried_on_is_open_only_where_it_was_carried_to():
    assert "action 1" not in PARTS["open_recommendations"](TWO)._repr_html_()


ACROSS = (
    audit("n-2017", "2017-03", {"R1": [NO] * 9}, [recommended("1", questions="R1"), recommended("2")]),
    audit("n-2018", "2018-05", {"R1": [YES] * 9}, [recommended("3", "n-2017:1"), recommended("4", questions="R1")]),
    audit("s-2018", "2018-07", {"R1": [NO] * 9}, [recommended("5")], tool="step-up-step-down-2018", theme="step-up"),
)


@pytest.mark.parametrize(
    "words",
    [
        "5 recommendations were made. 1 of them carries on an earlier one and is told with it, which leaves 4.",
        "Later returns of the same theme show something about 1 of 4. For 1 there is only what was asked about the same thing in other "
        "words or for another theme, which shows no change.",
        "The others cannot be followed: 2 because no question is named that could show it.",
        "R1 “Did your agency notice the neglect as early as it could have?”. "
        "Said yes: 0 of 9 returns (0%) in Neglect, March 2017 and 9 of 9 (100%) in Neglect, May 2018. This rose.",
        "R1: there is no later audit of its theme here; in other words or for another theme the same thing (“Was need or risk noticed "
        "early?”) was asked in Step up, July 2018.",
        "Show those that cannot be followed, and why: 2",
    ],
)
def test_of_all_audits_every_recommendation_is_counted_and_judged_by_its_own_theme_alone(words):
    assert words in plain(PARTS["recommendations"](ACROSS))


def test_what_was_asked_in_the_same_words_is_not_told_again_as_reworded():
    assert "in other words" in PARTS["reworded"](TWO)._repr_html_()


def test_an_earlier_audit_that_is_not_there_is_a_note(tmp_path):
    tables = TWO[1].tables["about"].assign(follows="neglect-2017")
    follower = type(TWO[1])("neglect-2018", {**TWO[1].tables, "about": tables}, TWO[1].instrument)
    assert "follows neglect-2017, whose tables are not there" in years.progress(follower, str(tmp_path))._repr_html_()
    assert "No earlier audit is named" in years.progress(TWO[1], str(tmp_path))._repr_html_()
    assert "The tables of neglect-2017" in years.since(follower, str(tmp_path))._repr_html_()
    assert years.since(TWO[1], str(tmp_path))._repr_html_() == ""


def test_the_head_of_a_report_says_what_certainly_changed_and_how_much_cannot_be_told(tmp_path):
    write_tables(TWO[0].tables, tmp_path / "processed" / "neglect-2017")
    about = TWO[1].tables["about"].assign(follows="neglect-2017")
    follower = type(TWO[1])("neglect-2018", {**TWO[1].tables, "about": about}, TWO[1].instrument)
    markup = years.since(follower, str(tmp_path))._repr_html_()
    assert "<strong>Since March 2017</strong>" in markup
    assert "26 things were asked in the same words in both. Rose: R1 “Did your agency" in markup
    newest = '<a href="#behind-r1">13 of 15 (87%)</a>'
    assert f"(1 of 15 (7%) to {newest}). For 1 we cannot tell. For 24 there is nothing to compare" in markup


def test_a_page_with_a_real_audit_in_it_is_not_called_made_up_and_names_the_one_that_is():
    real = {**LATER.tables, "about": LATER.about.assign(synthetic="no")}
    mixed = (EARLIER, AuditTables(LATER.audit, real, LATER.instrument))
    shown = str(years.header(mixed, "Over the years", "internal").markup)
    assert "is real" not in shown
    assert "Made up for demonstration, so not to be compared with real audits: one, March 2017." in shown
    assert "is real" in str(years.header(WITH_COMMENTS, "Over the years", "internal").markup)
    assert "one, March 2017 (made up)" in str(years.which_audits(mixed).markup)
    assert "March 2017 (made up)" in str(years.overview(mixed).markup)
    assert "(made up)" not in str(years.which_audits(WITH_COMMENTS).markup)


@pytest.mark.parametrize("call", [lambda: years.header(TWO, "x", "public"), lambda: years.questions(TWO, "score")])
def test_a_part_that_there_is_not_is_refused(call):
    with pytest.raises(UserFault):
        call()


def test_every_answer_of_every_audit_is_counted_from_its_file(tmp_path):
    for tables in TWO:
        write_tables(tables.tables, tmp_path / "processed" / tables.audit)
    markup = years.every_question(TWO, str(tmp_path))._repr_html_()
    assert markup.count("<tr>") == sum(1 + t.tables["answers"].groupby(["question", "answer"]).ngroups for t in TWO)
    assert "No audit asked" in years.every_question(TWO, str(tmp_path / "none"))._repr_html_()


CODE_PARTS = {
    **{
        column: lambda audits, column=column: years.codes(audits, column)
        for column in ("going_well", "worried", "impact")
    },
    "all": years.all_codes,
    "words": years.words,
    "how": lambda audits: years.how_codes_are_counted(),
}


@pytest.mark.parametrize("part", CODE_PARTS)
@pytest.mark.parametrize(
    "audits", [(), TWO[:1], TWO, WITH_COMMENTS, MIXED], ids=["none", "one", "two", "comments", "mixed"]
)
def test_codes_over_years_say_something_about_any_audits(part, audits):
    markup = CODE_PARTS[part](audits)._repr_html_()
    assert markup
    assert "nan" not in markup.lower().split()


def test_what_is_told_of_codes_over_two_audits():
    markup = plain(years.codes(WITH_COMMENTS, "worried"))
    assert (
        "Home and housing. Raised it: 2 of 20 returns (10%) in March 2017 and 20 of 20 (100%) in May 2018. This rose."
        in markup
    )
    assert "codes-worried" in markup and "Show the figures as a table" in markup
    assert (
        "The audits used different tools or codebooks, or people coded" in years.codes(MIXED, "worried")._repr_html_()
    )
    assert "20 of 20 (100%)" in years.all_codes(MIXED)._repr_html_()


def test_words_of_an_audit_that_stand_out_are_told_with_their_counts():
    markup = plain(years.words(WITH_COMMENTS))
    assert re.search(r"May 2018<td>damp<td>20 of 20<td>0 of 20", markup)


def test_an_unknown_column_of_comments_is_refused():
    with pytest.raises(UserFault, match="going_well"):
        years.codes(TWO, "worry")


def test_the_head_of_a_report_tells_how_many_things_may_have_risen_and_how_many_fallen():
    others = dict.fromkeys(("A3", "A4", "A5", "A6"), [YES] * 10 + [NO] * 10)
    counts = {"2017": (10, 10, 16), "2018": (17, 17, 9)}
    audits = [
        audit(
            y,
            f"{y}-03",
            {**{q: [YES] * k + [NO] * (20 - k) for q, k in zip(("R1", "R2", "A1"), ks, strict=True)}, **others},
        )
        for y, ks in counts.items()
    ]
    told = " ".join(since_sentences(asked_again(audits), audited(audits)))
    assert "2 may have risen and 1 may have fallen, though chance could explain it among so many comparisons." in told


@pytest.mark.parametrize(
    ("kinds", "told"), [("gg", "2 grades"), ("aag", "2 questions and 1 grade"), ("a", "1 question")]
)
def test_what_measures_one_thing_is_called_a_question_or_a_grade(kinds, told):
    names = {"a": "answer", "g": "grade"}
    points = tuple(Measured("2018", names[kind], "R1", "", "", "", True, None, None, ()) for kind in kinds)
    assert _points(Series(points)) == told
