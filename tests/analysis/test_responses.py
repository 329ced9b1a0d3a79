import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.analysis.responses import STATES, returns_grid, told_apart
from audit_lib.schema import STATUSES, TABLES


def grid_of(requests, returns):
    """Requests as (case, agency, due); returns as (case, agency, status, reason code, received)."""
    rows = [
        {
            "return_id": f"{i:016x}",
            "case": case,
            "agency": agency,
            "status": status,
            "reason_code": code,
            "received": received,
            "kind": "docx",
        }
        for i, (case, agency, status, code, received) in enumerate(returns)
    ]
    return returns_grid(
        TABLES["requests"].frame([{"case": case, "agency": agency, "due": due} for case, agency, due in requests]),
        TABLES["returns"].frame(rows),
    )


READ = ("A", "GP", "read", "", "")


@pytest.mark.parametrize(
    ("due", "returns", "state"),
    [
        ("", [], "not_back"),
        ("", [READ], "returned"),
        ("2018-05-11", [READ], "returned"),
        ("2018-05-11", [("A", "GP", "read", "", "2018-05-11T23:59:00")], "returned"),
        ("2018-05-11", [("A", "GP", "read", "", "2018-05-12")], "late"),
        ("", [("A", "GP", "read", "", "2018-05-12")], "returned"),
        ("2018-05-11", [("A", "GP", "read", "", "2018-05-12"), ("A", "GP", "read", "", "2018-05-10")], "returned"),
        ("", [("A", "GP", "rejected", "version_unknown", "")], "unsettled"),
        ("", [("A", "GP", "rejected", "damaged", "")], "unsettled"),
        ("", [("A", "GP", "rejected", "blank_form", "")], "empty"),
        ("", [("A", "GP", "rejected", "empty_file", "")], "empty"),
        ("", [("A", "GP", "rejected", "empty_file", ""), ("A", "GP", "rejected", "damaged", "")], "unsettled"),
        ("", [("A", "GP", "rejected", "ruled_out", "")], "set_aside"),
        ("", [("A", "GP", "rejected", "ruled_out", ""), ("A", "GP", "rejected", "blank_form", "")], "empty"),
        ("", [("A", "GP", "rejected", "ruled_out", ""), ("A", "GP", "rejected", "damaged", "")], "unsettled"),
        ("", [("A", "GP", "rejected", "ruled_out", ""), READ], "returned"),
        ("", [("A", "GP", "rejected", "not_a_return", "")], "not_back"),
        ("", [("A", "GP", "rejected", "version_unknown", ""), READ], "returned"),
        ("", [("A", "GP", "superseded", "superseded", ""), READ], "returned"),
        ("", [("A", "GP", "duplicate", "duplicate", "")], "not_back"),
    ],
)
def test_what_came_of_a_request(due, returns, state):
    grid = grid_of([("A", "GP", due)], returns)
    assert [cell.state for cell in grid.cells] == [state]
    assert grid.asked == 1
    assert grid.came_back == (state in ("returned", "late"))


@pytest.mark.parametrize(
    ("due", "received", "undated"),
    [
        ("2018-05-11", [""], True),
        ("2018-05-11", ["2018-05-10"], False),
        ("2018-05-11", ["2018-05-12"], False),
        ("2018-05-11", ["", "2018-05-10"], False),
        ("2018-05-11", ["", "2018-05-12"], True),
        ("2018-05-11", [], False),
        ("", [""], False),
    ],
)
def test_without_a_date_of_receipt_nobody_knows_whether_a_form_was_late(due, received, undated):
    (cell,) = grid_of([("A", "GP", due)], [("A", "GP", "read", "", day) for day in received]).cells
    assert cell.undated == undated


def test_forms_from_two_schools_answer_one_request():
    grid = grid_of([("A", "School", "")], [("A", "School", "read", "", ""), ("A", "School", "read", "", "")])
    assert (grid.asked, grid.came_back, grid.read, len(grid.cells[0].return_ids)) == (1, 1, 2, 2)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ([("A", "School", "Oak Primary", "read"), ("A", "School", "Elm High", "read")], ["Oak Primary", "Elm High"]),
        ([("A", "School", "School", "read"), ("A", "School", "Elm High", "read")], ["School", "Elm High"]),
        ([("A", "School", "Oak Primary", "read"), ("B", "School", "Elm High", "read")], ["School", "School"]),
        ([("A", "School", "Oak Primary", "read"), ("A", "School", "Elm High", "superseded")], ["School", "School"]),
        ([("A", "School", "[name]", "read"), ("A", "School", "[name]", "read")], ["School", "School"]),
        ([("A", "School", "Oak Primary", "read"), ("A", "School", "", "read")], ["School", "School"]),
    ],
)
def test_two_schools_of_one_child_go_by_the_names_that_they_write(written, names):
    rows = [
        {
            "return_id": f"{i:016x}",
            "case": case,
            "agency": agency,
            "agency_as_written": as_written,
            "status": status,
            "kind": "docx",
        }
        for i, (case, agency, as_written, status) in enumerate(written)
    ]
    scores = [{"return_id": row["return_id"], "case": row["case"], "agency": row["agency"]} for row in rows]
    table = told_apart(TABLES["scores"].frame(scores), TABLES["returns"].frame(rows))
    assert list(table["agency"]) == names


def test_a_return_nobody_asked_for_stays_out_of_the_response_rate():
    grid = grid_of([("A", "GP", ""), ("B", "GP", "")], [READ, ("C", "Police", "read", "", "")])
    assert [(cell.case, cell.state) for cell in grid.cells] == [("A", "returned"), ("B", "not_back"), ("C", "extra")]
    assert (grid.asked, grid.came_back, grid.percent_back, grid.read) == (2, 1, 50, 2)


def test_cases_stand_in_the_order_in_which_people_count():
    grid = grid_of([("Case 10", "GP", ""), ("Case 2", "GP", "")], [])
    assert grid.cases == ("Case 2", "Case 10")


def test_nothing_asked_and_nothing_received():
    grid = grid_of([], [])
    assert (grid.cells, grid.asked, grid.files_received, grid.percent_back) == ((), 0, 0, None)


PLACES = st.tuples(st.sampled_from("ABC"), st.sampled_from(["GP", "School"]))


@settings(deadline=None, max_examples=50)
@given(
    st.sets(PLACES),
    st.lists(
        st.tuples(
            PLACES, st.sampled_from(sorted(STATUSES)), st.sampled_from(["", "damaged", "blank_form", "ruled_out"])
        ),
        max_size=12,
    ),
)
def test_every_request_has_one_state_and_every_file_is_counted_once(requests, files):
    grid = grid_of([(*place, "") for place in requests], [(*place, status, code, "") for place, status, code in files])
    states = [grid.in_state(state) for state in STATES if state != "extra"]
    assert sum(map(len, states)) == grid.asked == len(requests)
    assert grid.files_received == len(files)
    read = [cell for cell in grid.cells if cell.state in ("returned", "late", "extra")]
    assert sum(len(cell.return_ids) for cell in read) == grid.read
