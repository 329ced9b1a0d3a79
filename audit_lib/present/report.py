"""The parts of a report on one audit, each made by one call from a notebook.

Every function takes the tables of an audit and gives a :class:`audit_lib.present.html.Block`. Where there is nothing to
show, the block says so in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit_lib.analysis.comments import comment_groups
from audit_lib.analysis.gaps import Gaps, quality_groups
from audit_lib.analysis.gaps import gaps as find_gaps
from audit_lib.analysis.grades import (
    OVERALL,
    CaseAverage,
    GradeMap,
    average_grades,
    average_rule,
    grades_by_case,
    grades_by_section,
)
from audit_lib.analysis.grades import grade_map as map_grades
from audit_lib.analysis.proportions import QuestionResult, question_results
from audit_lib.analysis.published import PublishedResult, published_results
from audit_lib.analysis.responses import ReturnsGrid, returns_grid
from audit_lib.analysis.rows import in_order, natural, text_rows
from audit_lib.analysis.scores import Scores, score_results
from audit_lib.errors import UserFault
from audit_lib.instrument import Instrument
from audit_lib.present import charts
from audit_lib.present import report_tables as rt
from audit_lib.present import sentences as say
from audit_lib.present.html import Block, bullets, chart, findings, folded, heading, note, render, show, table
from audit_lib.schema import COLUMNS
from audit_lib.store import AuditTables

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
PROFILES = {"internal": "Internal: for the analyst and the audit group. Not for sending on."}


def header(tables: AuditTables, profile: str) -> Block:
    """The title of the report and what it is about. Raises UserFault for a profile that there is not."""
    if profile not in PROFILES:
        raise UserFault(f"profile is '{profile}'; expected {' or '.join(PROFILES)}")
    about = _about(tables)
    marks = [(PROFILES[profile], profile)]
    if about["synthetic"] == "yes":
        marks.insert(
            0, ("Made up for demonstration: no child, family, worker or return in this report is real.", "synthetic")
        )
    when = month_text(about["date"])
    grid = _grid(tables)
    facts = [
        ("Theme", about["theme"].replace("-", " ").capitalize()),
        ("When", when),
        ("Area", about["area"] or "not stated"),
        ("Cases", str(len(_cases(tables)))),
        ("Forms", f"{grid.came_back} of {grid.asked} came back"),
        ("Tool", tables.instrument.title),
        ("Period under review", _period(about["lookback_months"])),
    ]
    subtitle = ", ".join(filter(None, (about["area"], when)))
    return render(
        "header", about["title"], id="report", title=about["title"], subtitle=subtitle, marks=marks, facts=facts
    )


def bottom_line(tables: AuditTables) -> Block:
    """What the audit found, in a few sentences with their figures."""
    sentences = list(say.response_sentences(_grid(tables)))
    sentences += say.extremes_sentences(_questions(tables))
    overall = [each for each in grades_by_section(tables.grades, tables.instrument) if each.name == OVERALL]
    sentences += [say.grade_sentence(each, tables.instrument) for each in overall]
    sentences += say.agreed_sentences(_averages(tables), tables.instrument) if tables.instrument.grades else ()
    sentences += [say.score_sentence(_scores(tables).together)] if tables.instrument.score else []
    sentences += [say.gaps_sentence(_gaps(tables))]
    sentences += [say.published_sentence(_published(tables))] if len(tables.published) else []
    return findings(*sentences)


def meeting_summary(tables: AuditTables) -> Block:
    """What the multi-agency meeting made of the audit as a whole, in the columns of the tool."""
    return _meeting(tables, "summary", "The meeting recorded no summary (there is none in meeting.csv).")


def meeting_learning(tables: AuditTables) -> Block:
    """What the meeting learned about auditing itself."""
    return _meeting(tables, "process", "The meeting recorded nothing about the audit itself.")


def passages(tables: AuditTables) -> Block:
    """The passages that a person wrote for the report, under a heading each."""
    rows = text_rows(tables.texts)
    if not rows:
        return note("No passages were written for this report (there are none in texts.csv).")
    blocks = []
    for section in dict.fromkeys(row["section"] for row in rows):
        chosen = sorted((row for row in rows if row["section"] == section), key=lambda row: natural(row["order"]))
        texts = [row["text"] for row in chosen]
        title = section.replace("_", " ").replace("-", " ").capitalize()
        blocks += [heading(title, anchor="text"), render("paragraphs", title, style="passage", sentences=texts)]
    return show(*blocks)


def returns(tables: AuditTables) -> Block:
    """Who was asked, what came back, and who has not returned."""
    grid = _grid(tables)
    sentences = (*say.response_sentences(grid), say.files_sentence(grid))
    if not grid.cells:
        return findings(*sentences)
    blocks = [findings(*sentences)]
    caption = "What came of each form asked for. An empty place means that nothing was asked for."
    blocks.append(chart(charts.returns_chart(grid, " ".join(sentences)), caption, rt.grid_table(grid)))
    if grid.in_state("not_back", "unsettled"):
        blocks.append(table(rt.not_back_table(grid)))
    return show(*blocks, folded("Show what became of every file", table(rt.files_table(grid))))


def how_to_read(tables: AuditTables) -> Block:
    """How the percentages that follow are to be read, and every question at a glance."""
    results = _questions(tables)
    blocks = [note(*say.HOW_TO_READ)]
    return show(*blocks, table(rt.glance_table(results))) if results else show(*blocks)


def section(tables: AuditTables, section_id: str) -> Block:
    """What was found in one section, question by question. Raises UserFault for a section that the tool does not have."""
    known = {each.id: each for each in tables.instrument.sections}
    if section_id not in known:
        raise UserFault(f"section is '{section_id}'; the tool has {', '.join(known) or 'no sections'}")
    title = known[section_id].title
    results = [result for result in _questions(tables) if result.section == section_id]
    if not any(result.total for result in results):
        return findings("No return was read, so there is nothing to show.")
    extremes = say.extremes_sentences(results)
    told = [(f"{one.question.id} {one.question.text}", say.question_sentence(one)) for one in results]
    drawn = charts.section_chart(
        f"section-{section_id}", f"{title}: answers", results, say.section_description(title, results)
    )
    caption = (
        f"{title}: how the returns that answered are shared between the answers, with the number of returns. "
        "* Returns that answered “not applicable” are in the bar, but not in this percentage."
    )
    return show(
        findings(*extremes),
        chart(drawn, caption, rt.counts_table(title, results)),
        render("questions", f"{title}, question by question", questions=told),
        folded("Show every percentage and its likely range", table(rt.shares_table(title, results))),
    )


def grades(tables: AuditTables) -> Block:
    """How agencies graded their work, section by section."""
    counts = grades_by_section(tables.grades, tables.instrument)
    if not counts:
        return note("This tool asks for no grades.")
    sentences = [say.grade_sentence(each, tables.instrument) for each in counts]
    title = "Grades by section"
    caption = "How the returns that gave a grade are shared between the grades, with the number of returns."
    drawn = charts.grades_chart("grades", title, counts, tables.instrument, " ".join(sentences))
    data = rt.grades_table("Grades by section: returns", "Section", counts, tables.instrument)
    overall = [text for each, text in zip(counts, sentences, strict=True) if each.name == OVERALL]
    return show(findings(*overall), chart(drawn, caption, data))


def grade_map(tables: AuditTables) -> Block:
    """Where agencies agree and differ: every grade, by case and section."""
    found = _grade_map(tables)
    if not found.cases or not found.sections:
        return note("No grades were given.")
    sentence = say.grade_map_sentence(found)
    caption = "One tile for each return. The last column is the grade that the multi-agency meeting agreed."
    by_case = grades_by_case(tables.grades, tables.instrument)
    data = rt.grade_map_table(found, tables.instrument)
    counts = rt.grades_table("Grades by case, all sections together: grades", "Case", by_case, tables.instrument)
    drawn = charts.grade_map_chart(found, tables.instrument, sentence)
    blocks = [findings(sentence), chart(drawn, caption, data)]
    return (
        show(*blocks, folded("Show how often each grade was given in each case", table(counts)))
        if by_case
        else show(*blocks)
    )


def agreed_grades(tables: AuditTables) -> Block:
    """The grade that the meeting agreed for each case, beside the average of the agencies' grades and its rule."""
    rule = average_rule(tables.instrument)
    averages = _averages(tables)
    if rule is None or not averages:
        return note("There are no grades to compare.")
    return show(
        findings(*say.agreed_sentences(averages, tables.instrument)),
        table(rt.agreed_table(averages, tables.instrument)),
        note(
            f"Rule for the average: {rule.text}. A grade is a judgement and not a number; the meeting's grade stands."
        ),
    )


def scores(tables: AuditTables) -> Block:
    """How the whole was scored, case by case."""
    found, line = _scores(tables), tables.instrument.score
    if line is None:
        return note("This tool asks for no score.")
    sentence = say.score_sentence(found.together)
    if not found.by_case:
        return findings(sentence)
    best = line.maximum if line.best == "high" else line.minimum
    caption = f"Each dot is the score of one return, from {line.minimum:g} to {line.maximum:g}; {best:g} is best."
    drawn = charts.scores_chart(found, line, say.scores_description(found))
    return show(findings(sentence), chart(drawn, caption, rt.scores_table(found)))


def comment_overview(tables: AuditTables) -> Block:
    """How many comments were made, by section and column."""
    groups = comment_groups(tables.comments, tables.instrument)
    sentence = findings(say.comments_sentence(groups))
    return show(sentence, table(rt.comment_counts_table(groups, tables.instrument))) if groups else sentence


def comments(tables: AuditTables, column: str) -> Block:
    """What agencies wrote in one column, by section, each comment with where it comes from."""
    if column not in COLUMNS:
        raise UserFault(f"column is '{column}'; expected {', '.join(COLUMNS)}")
    groups = [group for group in comment_groups(tables.comments, tables.instrument) if group.column == column]
    names: dict[str, str] = {field.id: field.label for field in tables.instrument.free_fields}
    blocks = [findings(say.comments_sentence(groups))]
    for group in groups:
        items = [(c.text, _source(c.case, c.agency, names.get(c.question, c.question))) for c in group.comments]
        blocks.append(folded(f"{group.title}: {say.count_of(group.n, 'comment')}", bullets(group.title, items)))
    return show(*blocks)


def cases(tables: AuditTables) -> Block:
    """Each case: its pen picture, the grade agreed, and what the meeting agreed about it."""
    rows = {row["case"]: row for row in text_rows(tables.cases)}
    averages = {one.case: one for one in _averages(tables)}
    found = _scores(tables)
    blocks = []
    for case in _cases(tables):
        row = rows.get(case, {})
        average = averages.get(case)
        facts = [(name, str(row.get(key, ""))) for name, key in (("Age", "age"), ("Sex", "sex"), ("Plan", "plan"))]
        facts.append(("Agreed grade", _agreed(average, tables.instrument)))
        if average and average.average:
            label = say.grade_label(tables.instrument, average.average)
            facts.append(("Average of the agencies' grades", f"{label}, of {say.count_of(average.n, 'grade')}"))
        scored = next((one for one in found.by_case if one.case == case), None)
        if scored:
            facts.append(("Scores", say.score_sentence(scored)))
        summary = str(row.get("summary", "")) or "No pen picture was given."
        said = [one for one in text_rows(tables.meeting) if one["about"] == "case" and one["case"] == case]
        blocks += [
            heading(f"Case {case}", anchor="about"),
            render("paragraphs", case, style="passage", sentences=[summary]),
        ]
        blocks.append(render("facts", case, facts=[fact for fact in facts if fact[1]]))
        blocks.append(_columns(tables, said))
    return show(*blocks) if blocks else note("No cases are known.")


def recommendations(tables: AuditTables) -> Block:
    """What is to be done, by whom and by when."""
    if not len(tables.recommendations):
        return note("No recommendations are recorded (there are none in recommendations.csv).")
    return table(rt.recommendations_table(tables.recommendations))


def published(tables: AuditTables) -> Block:
    """Whether the figures already published come out of the returns again."""
    results = _published(tables)
    sentence = findings(say.published_sentence(results))
    return show(sentence, table(rt.published_table(results, tables.instrument))) if results else sentence


def gaps(tables: AuditTables) -> Block:
    """What is missing or unclear, by what was asked and by who answered."""
    found = _gaps(tables)
    blocks = [findings(say.gaps_sentence(found))]
    names = rt.value_names(tables.instrument)
    for caption, first, rows in (
        ("Missing or unclear, by what was asked", "What was asked", found.by_value),
        ("Missing or unclear, by agency", "Agency", found.by_agency),
    ):
        if any(gap.open for gap in rows):
            blocks.append(table(rt.gaps_table(caption, first, rows, names)))
    return show(*blocks)


def to_look_at(tables: AuditTables) -> Block:
    """Everything that the checks found, worst first."""
    groups = quality_groups(tables.quality)
    if not groups:
        return note("The checks found nothing that a person has to look at.")
    rows = text_rows(tables.returns)
    source = {row["return_id"]: _source(row["case"], row["agency"]) for row in rows}
    blocks = [table(rt.quality_summary_table(groups))]
    for group in groups:
        data = rt.quality_table(group, source, tables.instrument)
        blocks.append(folded(f"{data.caption} ({group.severity}, {group.n})", table(data)))
    return show(
        *blocks, note("The command “audit check” lists the same with the file of each, and the line that settles it.")
    )


def how_made(tables: AuditTables) -> Block:
    """The rules by which figures were made, and what makes this report reproducible."""
    about = _about(tables)
    rule = average_rule(tables.instrument)
    facts = [
        ("Made by", about["made_by"]),
        ("Tool", f"{tables.instrument.title} ({about['instrument']})"),
        ("SHA-256 of everything that went in", about["inputs_sha256"]),
    ]
    rules = [
        "The unit of every percentage is one return that was read: one form, from one agency, about one case.",
        "Percentages and means are rounded half up, from whole numbers.",
        "What was left empty, or left as printed, is missing. What contradicts itself is unclear, and is never guessed; "
        "a person settles it, and the report then shows what that person decided.",
        "Likely ranges are Wilson's 95% intervals without continuity correction.",
        *([f"Average grade: {rule.text}."] if rule else []),
        "Names and other identifying details were replaced before anything was stored. The forms themselves were not changed.",
    ]
    items = [(text, "") for text in rules]
    return show(render("facts", "How it was made", facts=facts), bullets("Rules", items))


def tool(tables: AuditTables) -> Block:
    """The questions of the tool, in our wording."""
    return (
        table(rt.tool_table(tables.instrument)) if tables.instrument.questions else note("This tool asks no questions.")
    )


def end(tables: AuditTables) -> Block:
    """The last line of a report: it stands there only when every part before it was made."""
    return note(f"End of the report on {_about(tables)['title']}.")


def month_text(date: str) -> str:
    """``May 2018`` for 2018-05, ``11 May 2018`` for 2018-05-11."""
    year, month, *day = (int(part) for part in date.split("-"))
    return " ".join([*map(str, day), _MONTHS[month - 1], str(year)])


def _about(tables: AuditTables) -> dict[str, str]:
    return {str(name): str(value) for name, value in tables.about.iloc[0].items()}


def _period(months: str) -> str:
    return f"the last {say.count_of(int(months), 'month')}" if months else "not stated"


def _cases(tables: AuditTables) -> tuple[str, ...]:
    read = tables.returns.loc[tables.returns["status"] == "read", "case"]
    return in_order([*tables.requests["case"], *tables.cases["case"], *read])


def _source(case: str, agency: str, question: str = "") -> str:
    return ", ".join(filter(None, (f"Case {case}" if case else "", agency, question)))


def _agreed(average: CaseAverage | None, instrument: Instrument) -> str:
    return say.grade_label(instrument, average.agreed) if average and average.agreed else ""


def _meeting(tables: AuditTables, about: str, empty: str) -> Block:
    rows = [row for row in text_rows(tables.meeting) if row["about"] == about]
    return _columns(tables, rows) if rows else note(empty)


def _columns(tables: AuditTables, rows: Iterable[dict[str, str]]) -> Block:
    """The columns of a meeting's record side by side: those of the tool, and any other that was used."""
    said: dict[str, list[str]] = {column.id: [] for column in tables.instrument.columns}
    for row in rows:
        said.setdefault(row["column"], []).append(row["text"])
    columns = [(rt.column_title(tables.instrument, column), texts) for column, texts in said.items()]
    if not any(said.values()):
        return note("The meeting recorded nothing here.")
    return render("columns", "What the meeting agreed", columns=columns)


def _grid(tables: AuditTables) -> ReturnsGrid:
    return returns_grid(tables.requests, tables.returns)


def _questions(tables: AuditTables) -> tuple[QuestionResult, ...]:
    return question_results(tables.answers, tables.instrument)


def _scores(tables: AuditTables) -> Scores:
    return score_results(tables.scores, tables.quality)


def _gaps(tables: AuditTables) -> Gaps:
    return find_gaps(tables.answers, tables.grades, tables.scores, tables.quality, tables.instrument)


def _grade_map(tables: AuditTables) -> GradeMap:
    return map_grades(tables.grades, tables.cases, tables.instrument)


def _averages(tables: AuditTables) -> tuple[CaseAverage, ...]:
    rule = average_rule(tables.instrument)
    return average_grades(_grade_map(tables), rule) if rule else ()


def _published(tables: AuditTables) -> tuple[PublishedResult, ...]:
    counts = grades_by_section(tables.grades, tables.instrument)
    return published_results(tables.published, _questions(tables), counts, _scores(tables), _grid(tables))
