"""References kept and given, and applications that are already here."""

from exchange.applications.row_sorter import References, width_in_use
from exchange.reading.sheets import NoSavedValue
from models.values.rows import ApplicationRow
from tests.exchange.applications.forms import take_in

HEAD = ["Reference", "Organisation", "Project", "Amount requested"]


def test_references_are_kept_as_written_and_whole_numbers_have_no_decimals() -> None:
    reading = take_in(
        [HEAD, [12.0, "A Club", "x", 1], ["W-014", "B Club", "x", 1], ["007", "C Club", "x", 1]]
    )

    assert [a.reference for a in reading.applications] == ["12", "W-014", "007"]


def test_given_references_pass_over_those_used_in_the_file_and_the_round() -> None:
    existing = (ApplicationRow("ACF-0001", "Old Club", "x", None, 100),)

    reading = take_in(
        [HEAD, [None, "A Club", "x", 1], ["ACF-0003", "B Club", "x", 1], ["-", "C Club", "x", 1]],
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
    reading = take_in([HEAD, ["R1", "A Club", "x", 1], ["R1", "a  club", "y", 2]])

    assert len(reading.applications) == 1
    assert [(d.row, d.reference) for d in reading.duplicates] == [(3, "R1")]
    assert reading.problems == ()


def test_reference_of_another_organisation_in_the_round_is_a_problem() -> None:
    existing = (ApplicationRow("R1", "Old Club", "x", None, 100),)

    reading = take_in([HEAD, ["R1", "New Club", "x", 1]], existing=existing)

    assert reading.applications == ()
    assert reading.duplicates == ()
    assert (reading.problems[0].cell, reading.problems[0].value) == ("A2", "R1")
    assert "Old Club" in reading.problems[0].message


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
    assert [(d.row, d.same_as) for d in reading.duplicates] == [(3, "ACF-0001")]


def test_two_references_for_the_same_project_are_two_applications() -> None:
    reading = take_in([HEAD, ["R1", "A Club", "x", 1], ["R2", "A Club", "x", 1]])

    assert [a.reference for a in reading.applications] == ["R1", "R2"]


def test_reference_that_cannot_be_read_is_reported_and_one_is_given() -> None:
    reading = take_in([HEAD, [NoSavedValue(), "A Club", "x", 1]])

    assert reading.applications[0].reference == "ACF-0001"
    assert [problem.cell for problem in reading.problems] == ["A2"]
