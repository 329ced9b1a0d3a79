"""The first parts of a report: its title, its main findings, its background, and what came back."""

from __future__ import annotations

from markupsafe import Markup

from audit_lib.analysis.actions import agreed_actions
from audit_lib.analysis.gaps import quality_groups
from audit_lib.analysis.grades import OVERALL
from audit_lib.analysis.rows import natural, text_rows
from audit_lib.errors import UserFault
from audit_lib.present import charts, links
from audit_lib.present import report_tables as rt
from audit_lib.present import sentences as say
from audit_lib.present.average_words import agreed_sentences
from audit_lib.present.behind import returns_read
from audit_lib.present.drawing import NARROW
from audit_lib.present.followed_words import recommendations_sentence
from audit_lib.present.html import (
    ON_SCREEN,
    QUOTED_FIGURES,
    Block,
    chart,
    definitions,
    findings,
    folded,
    heading,
    nothing,
    render,
    show,
    table,
)
from audit_lib.present.judgement_sentences import actions_sentences
from audit_lib.present.report import results
from audit_lib.present.report.basis import check_title
from audit_lib.present.report.voices import meeting_columns
from audit_lib.present.report.written import DIFFERS, claims_sentence
from audit_lib.store import AuditTables
from audit_lib.text import listed

PROFILES = {"internal": "Internal: for the audit group, not for sending on."}
_MOST_NARROW = 12  # cases of which the letters stand apart on a narrow screen
MADE_UP = "Made up for demonstration: nobody in this report is real."


def header(tables: AuditTables, profile: str) -> Block:
    """The title of the report and what it is about. Raises UserFault for a profile that there is not."""
    if profile not in PROFILES:
        raise UserFault(f"profile is '{profile}'; expected {' or '.join(PROFILES)}")
    about = results.about(tables)
    marks = [(MADE_UP, "synthetic")] if about["synthetic"] == "yes" else []
    marks.append((PROFILES[profile], profile))
    grid = results.returns_grid(tables)
    months = about["lookback_months"]
    facts = [
        ("Theme", about["theme"].replace("-", " ").capitalize()),
        ("Cases", say.cases_words([results.case_counts(tables)])),
        ("Forms", links.linked(f"{grid.came_back} of {grid.asked} came back", {}, links.RETURNS)),
        ("Audit tool", tables.instrument.title),
        (
            "Period under review",
            f"the {say.count_of(int(months), 'month')} before the audit" if months else "not stated",
        ),
    ]
    subtitle = ", ".join(filter(None, (about["area"], say.long_date(about["date"]))))
    title = about["title"]
    points = _open_points(tables)
    return render("header", title, id="report", title=title, subtitle=subtitle, marks=marks, facts=facts, points=points)


def bottom_line(tables: AuditTables) -> Block:
    """What the audit found, in a few sentences with their figures."""
    instrument, about, questions = tables.instrument, results.about(tables), results.question_results(tables)
    overall = [each for each in results.grade_counts(tables) if each.name == OVERALL]
    averages = results.averages(tables)
    known = results.case_counts(tables).known
    agreed = agreed_sentences(averages, instrument, known) if any(one.agreed for one in averages) else ()
    acted = actions_sentences(agreed_actions(tables.actions, about["date"])) if len(tables.actions) else ()
    recommended = text_rows(tables.recommendations)
    told = [
        ("What came back", say.response_sentences(results.returns_grid(tables)), links.RETURNS),
        ("Answers", () if meeting_columns(tables, "summary") else say.extremes_sentences(questions), ""),
        ("Grades", [say.grade_sentence(each, instrument) for each in overall], ""),
        ("Grades", agreed, links.AGREED),
        (
            "Score",
            [say.score_sentence(results.score_results(tables).together, instrument.score)] if instrument.score else [],
            links.SCORES,
        ),
        ("Actions", acted, links.ACTIONS),
        ("Recommendations", [recommendations_sentence(recommended)] if recommended else [], ""),
        ("Missing or unclear", [say.gaps_sentence(results.gap_counts(tables))], links.GAPS),
        (
            "Figures published before",
            [say.published_sentence(results.published_results(tables))] if len(tables.published) else [],
            links.PUBLISHED,
        ),
    ]
    named = links.names(questions, overall)
    items: dict[str, list[str]] = {}
    for term, sentences, behind in told:
        items.setdefault(term, []).extend(links.linked(each, named, behind) for each in sentences)
    joined = [(term, Markup(" ").join(sentences)) for term, sentences in items.items() if sentences]
    return definitions("Main findings", joined, "finding")


def _open_points(tables: AuditTables) -> dict[str, object]:
    """What is not certain yet, on which figures may hang: a line with the numbers, and what it opens; empty where there is nothing."""
    errors = [group for group in quality_groups(tables.quality) if group.severity == "error"]
    to_settle = sum(group.n for group in errors)
    in_texts = text_rows(tables.claims)
    differing = [row for row in in_texts if row["verdict"] in DIFFERS]
    counted, told = [], []
    if to_settle:
        counted.append(f"{say.count_of(to_settle, 'thing')} to be settled first")
        told.append((_to_settle(to_settle), [f"{check_title(group)}: {group.n}" for group in errors], ""))
    if differing:
        counted.append(f"{say.count_of(len(differing), 'figure')} in texts written by hand to be checked")
        told.append((claims_sentence(in_texts), [f"{row['claim']} {row['says']}" for row in differing], ON_SCREEN))
    return {"line": listed(counted), "told": told, "quoted": QUOTED_FIGURES}


def _to_settle(number: int) -> str:
    """That something is not certain yet, on which figures may hang."""
    what = "thing has" if number == 1 else "things have"
    return f"{number} {what} to be settled by a person before all figures can be relied on."


def passages(tables: AuditTables) -> Block:
    """The passages that a person wrote for the report, under a heading each."""
    rows = text_rows(tables.texts)
    if not rows:
        return nothing("No passages were written for this report.")
    blocks = []
    for section in dict.fromkeys(row["section"] for row in rows):
        chosen = sorted((row for row in rows if row["section"] == section), key=lambda row: natural(row["order"]))
        texts = [row["text"] for row in chosen]
        title = section.replace("_", " ").replace("-", " ").capitalize()
        blocks += [heading(title, anchor="text"), render("paragraphs", title, style="passage", sentences=texts)]
    return show(*blocks)


def returns(tables: AuditTables) -> Block:
    """Who was asked, what came back, and who has not returned."""
    grid = results.returns_grid(tables)
    sentences = (*say.response_sentences(grid), say.files_sentence(grid))
    if not grid.cells:
        return findings(*sentences)
    caption = "What came of each form asked for, by agency and case. An empty place means that nothing was asked for."
    drawn = charts.returns_chart(grid, " ".join(sentences))
    narrow = charts.returns_chart(grid, "", NARROW) if len(grid.cases) <= _MOST_NARROW else None
    told = (links.linked(each, {}, links.RETURNS) for each in sentences)
    blocks = [
        findings(*told),
        chart(drawn, caption, rt.grid_table(grid), links.RETURNS, narrow=narrow),
    ]
    if grid.in_state("not_back", "empty", "set_aside", "unsettled"):
        blocks.append(folded("Show whose forms are not back", table(rt.not_back_table(grid)), paper="here"))
    blocks.append(
        folded(
            "Show the returns that were read, with their ids",
            table(returns_read(tables.returns, results.file_names(tables))),
        )
    )
    return show(*blocks, folded("Show what became of every file", table(rt.files_table(grid))))
