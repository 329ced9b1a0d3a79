"""The same question by case: in how many cases somebody, or everybody, answered so. Returns are many to a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from audit_lib.analysis.proportions import QuestionResult
from audit_lib.analysis.rows import in_order, text_rows


@dataclass(frozen=True)
class CaseShare:
    """One answer to one question by case; unit cases.

    ``some`` are the cases in which at least one return gave ``answer``, ``every`` those in which each return that could say did,
    ``base`` those in which any return could say: it answered, and the question applied.
    """

    question: str
    answer: str
    some: tuple[str, ...]
    every: tuple[str, ...]
    base: tuple[str, ...]
    return_ids: tuple[str, ...]
    unit: str = "cases"


def case_shares(answers: pd.DataFrame, results: Sequence[QuestionResult]) -> tuple[CaseShare, ...]:
    """For each question the answer that speaks for good practice (the first of its scale where neither does), by case.

    ``answers`` is the table of that name. Missing, unclear and "not applicable" answers say nothing about a case.
    """
    given: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in text_rows(answers):
        said = given.setdefault(row["question"], {}).setdefault(row["case"], [])
        said.append((row["answer"], row["return_id"]))
    return tuple(_case_share(result, given.get(result.question.id, {})) for result in results)


def _case_share(result: QuestionResult, given: Mapping[str, Sequence[tuple[str, str]]]) -> CaseShare:
    answer, counted = result.favourable or result.answers[0], set(result.base("applicable"))
    by_case = {case: [code for code, _ in said if code in counted] for case, said in given.items()}
    base = in_order(case for case, codes in by_case.items() if codes)
    some = tuple(case for case in base if answer in by_case[case])
    every = tuple(case for case in some if set(by_case[case]) == {answer})
    ids = tuple(sorted(return_id for said in given.values() for code, return_id in said if code == answer))
    return CaseShare(result.question.id, answer, some, every, base, ids)
