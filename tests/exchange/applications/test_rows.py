"""Which rows are taken, refused or passed over."""

import pytest

from exchange.applications.row_sorter import References, width_in_use
from exchange.reading.sheets import Cell, CellError, NoSavedValue
from models.values.rows import ApplicationRow
from tests.exchange.applications.forms import take_in

HEAD = ["Ref", "Organisation", "Project", "Amount requested", "Area", "Email"]
CHOIR: list[Cell] = ["R1", "Example Choir", "Sing", 1000, "Coventry", "c@example.org"]
GYM: list[Cell] = ["R2", "Example Gym", "Lift", 2000.5, "Walsall", "g@example.org"]


@pytest.mark.parametrize(
    "row",
    [
        [],
        [None, "  ", None, None, None, None],
        ["Total", None, None, 3000.5, None, None],
        [None, "Grand total:", None, 3000.5, None, None],
        [None, None, "TOTAL REQUESTED", 3000.5, None, None],
        [None, None, None, 3000.5, None, None],
        [None, 2, None, 3000.5, None, None],
        [None, "Average", None, 1500.25, None, None],
        [None, "Coventry subtotal", None, 1000, None, None],
        [None, None, None, 3000.5, "West Midlands", None],
        [None, "Total", None, NoSavedValue(), None, None],
        ["Total", None, "2 applications", 3000.5, None, None],
        ["Total", "2 responses", None, 3000.5, None, None],
        [None, "Total responses: 2", None, 3000.5, None, None],
        [2, "Number of submissions", None, 3000.5, None, None],
        HEAD,
        [None, "ORGANISATION", "project", "Amount Requested", None, None],
        ["Notes below"],
        [None, "Amounts are in pounds and as submitted."],
        [None, "Prepared by:", "An Officer"],
        [None, None, "Signed:", None, "An Officer", None],
        ["Remaining pot", None, None, 37000, None, None],
        [None, None, None, None, None, "Page 1 of 2"],
    ],
)
def test_rows_that_are_no_applications_are_passed_over_silently(row: list[Cell]) -> None:
    reading = take_in([HEAD, CHOIR, GYM, row])

    assert [a.reference for a in reading.applications] == ["R1", "R2"]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (["R3", None, "Sing", 1000, "Coventry", "c@example.org"], ["B4"]),
        (["R3", "n/a", "Sing", 1000, "Coventry", "c@example.org"], ["B4"]),
        (["R3", "Example Pool", "Swim", None, "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", "about 5000", "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", "TBC", "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", 0, "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", -5, "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", 10.005, "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", "£500 per month", "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", "€500", "Coventry", None], ["D4"]),
        (["R3", "Example Pool", "Swim", CellError("#REF!"), "Coventry", None], ["D4"]),
        (["R3", CellError("#N/A"), "Swim", 500, "Coventry", None], ["B4"]),
        (["R3", None, "Swim", "some", "Coventry", None], ["B4", "D4"]),
        (["R1", "Example Pool", "Swim", 500, "Coventry", None], ["A4"]),
        ([9, None, None, 500, None, None], ["B4"]),
    ],
)
def test_row_that_cannot_be_taken_is_reported_and_the_others_go_in(row: list[Cell], cells: list[str]) -> None:
    reading = take_in([HEAD, CHOIR, GYM, row])

    assert [a.reference for a in reading.applications] == ["R1", "R2"]
    assert [problem.cell for problem in reading.problems] == cells


def test_formula_without_saved_value_says_to_open_and_save_in_excel() -> None:
    reading = take_in([HEAD, ["R3", "Example Pool", "Swim", NoSavedValue(), "Coventry", None]])

    assert "open the workbook in Excel" in reading.problems[0].words
    assert reading.problems[0].cell == "D2"


@pytest.mark.parametrize(
    "name", ["Total Respect", "Balance", "Sumo Club", "1st Example Scouts", "1625 Example"]
)
def test_organisation_named_like_a_total_is_still_an_application(name: str) -> None:
    reading = take_in([HEAD, CHOIR, ["R3", name, "Swim", 500, "Coventry", "s@example.org"]])

    assert [a.organisation for a in reading.applications] == ["Example Choir", name]


def test_problem_names_cell_heading_and_value() -> None:
    reading = take_in([["Title of the list"], [], HEAD, ["R3", "Example Pool", "Swim", "about 5000", None]])

    problem = reading.problems[0]
    assert (problem.cell, problem.heading, problem.value) == ("D4", "Amount requested", "about 5000")


def test_repeated_two_row_heading_is_passed_over() -> None:
    upper = ["Organisation", None, "Grant", None]
    lower = ["Name", "Postcode", "Requested", "Area"]

    reading = take_in([upper, lower, ["Example Choir", None, 500, "Walsall"], upper, lower,
                       ["Example Gym", None, 600, "Walsall"]])  # fmt: skip

    assert reading.table.header_row == 2
    assert [a.organisation for a in reading.applications] == ["Example Choir", "Example Gym"]
    assert reading.problems == ()


def test_summary_in_a_table_below_is_not_taken_for_applications() -> None:
    reading = take_in(
        [
            ["Organisation", "Amount requested", "Area", "Email"],
            ["Example Choir", 100, "Coventry", "c@example.org"],
            ["Total", 100],
            [],
            ["NPU", "Requested", "Pot"],
            ["Coventry", 100, 200],
            ["Walsall", 0, 100],
        ]
    )

    assert [a.organisation for a in reading.applications] == ["Example Choir"]
    assert reading.problems == ()


def test_second_block_under_other_words_for_the_same_columns_is_read_on() -> None:
    reading = take_in(
        [
            ["Organisation", "Amount requested", "Area"],
            ["Example Choir", 100, "Coventry"],
            [],
            ["Organisation name", "Amount", "NPU"],
            ["Example Gym", 200, "Walsall"],
        ]
    )

    assert [a.area for a in reading.applications] == ["Coventry", "Walsall"]


def test_line_of_particulars_above_is_not_taken_for_the_heading() -> None:
    reading = take_in(
        [["Organisation:", "The office", "Total requested:", "£100"], [], HEAD, CHOIR],
    )

    assert reading.table.header_row == 3
    assert [a.reference for a in reading.applications] == ["R1"]


def test_row_that_tells_how_to_fill_in_the_columns_is_passed_over() -> None:
    reading = take_in([HEAD, [None, "(legal name)", "(short)", "(in pounds)", "(NPU)", None], CHOIR])

    assert [a.reference for a in reading.applications] == ["R1"]
    assert reading.problems == ()


def test_name_that_begins_like_a_note_is_still_reported_without_its_amount() -> None:
    reading = take_in([HEAD, ["R3", "Key Example Club", None, None, None, None]])

    assert [problem.cell for problem in reading.problems] == ["D2"]


def test_names_and_titles_are_put_on_one_line_with_single_spaces() -> None:
    row: list[Cell] = ["R3", "Hope  for \u00a0 All ", "Safe Streets\nPhase\t2", 500, "Coventry", None]

    (_, _, found) = take_in([HEAD, CHOIR, GYM, row]).applications

    assert (found.organisation, found.project) == ("Hope for All", "Safe Streets Phase 2")


REFERENCED = ["Reference", "Organisation", "Project", "Amount requested"]


def test_references_are_kept_as_written_and_whole_numbers_have_no_decimals() -> None:
    reading = take_in(
        [
            REFERENCED,
            [12.0, "A Club", "x", 1],
            ["W-014", "B Club", "x", 1],
            ["007", "C Club", "x", 1],
        ]
    )

    assert [a.reference for a in reading.applications] == ["12", "W-014", "007"]


def test_given_references_pass_over_those_used_in_the_file_and_the_round() -> None:
    existing = (ApplicationRow("ACF-0001", "Old Club", "x", None, 100),)

    reading = take_in(
        [
            REFERENCED,
            [None, "A Club", "x", 1],
            ["ACF-0003", "B Club", "x", 1],
            ["-", "C Club", "x", 1],
        ],
        existing=existing,
    )

    assert [a.reference for a in reading.applications] == ["ACF-0002", "ACF-0003", "ACF-0004"]


def test_a_number_by_hand_is_as_wide_as_those_in_use() -> None:
    used = ["ACF-001", "acf-002", "ACF-1003", "W-14", "VF-00001"]
    by_hand = References("ACF", used, width_in_use("ACF", used))

    assert by_hand.give() == "ACF-003"
    assert [width_in_use("VF", used), width_in_use("Y", used)] == [5, 4]


def test_given_references_carry_the_funds_code() -> None:
    reading = take_in([["Organisation", "Amount requested"], ["A Club", 5]], fund_code="VF")

    assert reading.applications[0].reference == "VF-0001"


def test_same_reference_of_the_same_organisation_is_a_duplicate() -> None:
    reading = take_in([REFERENCED, ["R1", "A Club", "x", 1], ["R1", "a  club", "y", 2]])

    assert len(reading.applications) == 1
    assert [(d.number, d.same_as) for d in reading.duplicates] == [(3, "R1")]
    assert reading.problems == ()


def test_reference_of_another_organisation_in_the_round_is_a_problem() -> None:
    existing = (ApplicationRow("R1", "Old Club", "x", None, 100),)

    reading = take_in([REFERENCED, ["R1", "New Club", "x", 1]], existing=existing)

    assert reading.applications == ()
    assert reading.duplicates == ()
    assert (reading.problems[0].cell, reading.problems[0].value) == ("A2", "R1")
    assert "Old Club" in reading.problems[0].words


def test_without_references_sameness_ignores_case_and_spaces_and_the_first_is_kept() -> None:
    reading = take_in(
        [
            ["Organisation", "Project", "Amount requested"],
            ["A Club", "Big Day", 50],
            ["a club ", "BIG  DAY", "£50.00"],
            ["A Club", "Big Day", 51],
        ]
    )

    assert [(a.organisation, a.requested_pence) for a in reading.applications] == [
        ("A Club", 5000),
        ("A Club", 5100),
    ]
    assert [(d.number, d.same_as) for d in reading.duplicates] == [(3, "ACF-0001")]


def test_two_references_for_the_same_project_are_two_applications() -> None:
    reading = take_in([REFERENCED, ["R1", "A Club", "x", 1], ["R2", "A Club", "x", 1]])

    assert [a.reference for a in reading.applications] == ["R1", "R2"]


def test_reference_that_cannot_be_read_is_reported_and_one_is_given() -> None:
    reading = take_in([REFERENCED, [NoSavedValue(), "A Club", "x", 1]])

    assert reading.applications[0].reference == "ACF-0001"
    assert [problem.cell for problem in reading.problems] == ["A2"]
