"""The one declaration of the tables: what it accepts, and what it refuses."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.schema import ANSWERED, ANSWERS, APPLICABLE, TABLES, Field, TableSchema

SMALL = TableSchema(
    "small",
    "for these tests",
    ("id",),
    (Field("id", "identifies"), Field("code", "a code", ("a", "b")), Field("score", "a number", numeric=True)),
)
ROWS: list[dict[str, object]] = [{"id": "2", "code": "a", "score": 7.5}, {"id": "1", "code": "b"}]


def test_rows_become_a_table_in_order_of_its_key() -> None:
    table = SMALL.frame(ROWS)
    assert list(table.columns) == ["id", "code", "score"]
    assert table["id"].tolist() == ["1", "2"]
    assert table["score"].isna().tolist() == [True, False]
    assert table["score"].iloc[1] == 7.5


def test_text_left_out_is_empty_and_never_null() -> None:
    table = TABLES["answers"].frame([{"return_id": "x"}])
    assert table.iloc[0].tolist() == ["x", *[""] * (len(table.columns) - 1)]


def test_not_applicable_and_none_stay_text() -> None:
    words = ["N/A", "None", "NaN", "null", "NA", ""]
    table = TABLES["answers"].frame([{"return_id": str(n), "as_written": word} for n, word in enumerate(words)])
    assert table["as_written"].tolist() == words


REFUSED: dict[str, tuple[pd.DataFrame, str]] = {
    "a column is missing": (SMALL.frame(ROWS).drop(columns="code"), r"table small: columns \['id', 'score'\]"),
    "a column is unknown": (SMALL.frame(ROWS).assign(more="x"), "table small: columns"),
    "columns in another order": (SMALL.frame(ROWS)[["code", "id", "score"]], "table small: columns"),
    "a code is not in its list": (SMALL.frame(ROWS).assign(code="c"), r"column code: \['c'\] not in its list"),
    "text is null": (SMALL.frame(ROWS).assign(id=[None, "x"]), "column id: a null"),
    "a key stands twice": (SMALL.frame(ROWS).assign(id="1"), r"the key \('id',\) is not unique"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_refused(fault: str) -> None:
    table, message = REFUSED[fault]
    with pytest.raises(ValueError, match=message):
        SMALL.checked(table)


@pytest.mark.parametrize("name", TABLES)
def test_every_declaration_holds_together(name: str) -> None:
    schema = TABLES[name]
    assert schema.name == name
    assert len(set(schema.columns)) == len(schema.columns)
    assert {*schema.key, *schema.order} <= set(schema.columns)
    assert schema.description
    assert not [field.name for field in schema.fields if not field.description]
    assert list(schema.empty().columns) == schema.columns
    assert len(schema.empty()) == 0


def test_the_columns_of_the_contract_are_those_of_the_tables() -> None:
    columns = {
        "returns": "return_id audit case agency agency_as_written file sha256 kind status reason_code reason received replaced_by evidence",
        "fields": "return_id field value as_written locator",
        "answers": "return_id audit case agency section question concept answer as_written locator question_as_written settled_by",
        "grades": "return_id audit case agency section concept rater grade as_written locator settled_by",
        "scores": "return_id audit case agency rater score as_written locator settled_by",
        "comments": "comment_id return_id audit case agency section question column text locator",
        "codings": "comment_id code coder evidence start end reason certainty",
        "actions": "action_id return_id audit case action by_whom by_when by_when_as_written locator",
        "quality": "severity check audit file return_id locator message as_written taken_as settle",
        "requests": "case agency due",
    }
    assert {name: " ".join(TABLES[name].columns) for name in columns} == columns


def test_the_denominators_of_the_contract() -> None:
    assert set(ANSWERED) == {"yes", "no", "partly", "not_known", "not_applicable"}
    assert set(APPLICABLE) == set(ANSWERED) - {"not_applicable"}
    assert set(ANSWERS) == {*ANSWERED, "missing", "unclear"}


@given(
    st.lists(
        st.builds(dict, id=st.text(), code=st.sampled_from("ab"), score=st.none() | st.floats(0, 10)),
        unique_by=lambda row: row["id"],
    )
)
def test_the_order_of_rows_changes_nothing(rows: list[dict[str, object]]) -> None:
    table = SMALL.frame(rows)
    pd.testing.assert_frame_equal(SMALL.frame(rows[::-1]), table)
    assert table["id"].tolist() == sorted(table["id"])
    assert sorted(table["id"]) == sorted(str(row["id"]) for row in rows)
