import re

from audit_lib.present import report
from audit_lib.present.question_charts import question_chart
from audit_lib.present.report import results


def drawn_words(markup):
    return re.findall(r"<text[^>]*>([^<]*)</text>", markup)


def test_every_answer_has_its_row_with_number_and_percentage(audit):
    first = results.question_results(audit)[0]
    words = drawn_words(question_chart(first, "what it says"))
    assert words[::2] == ["Yes", "Partly", "No", "Not applicable"]
    assert words[1::2] == ["2 (67%)", "0", "1 (33%)", "1"]


def test_the_longest_bar_is_the_answer_given_most_often(audit):
    markup = question_chart(results.question_results(audit)[0], "")
    lengths = [float(length) for length in re.findall(r'<path d="M[\d.]+ [\d.]+h([\d.]+)v', markup)]
    assert len(lengths) > 1
    assert lengths.index(max(lengths)) == 0


def test_the_appendix_has_one_chart_for_each_question(audit):
    markup = report.each_question(audit)._repr_html_()
    charts = markup.count("<svg ")
    assert charts == len(audit.instrument.questions)
    assert len(set(re.findall(r'<svg[^>]*aria-labelledby="(\S+)', markup))) == charts
