"""The document that `import --json` prints."""

import json
from datetime import date, datetime

from exchange.applications.fields import AreaNames
from exchange.applications.importer import applications_in, document
from exchange.applications.row_reader import Setting
from exchange.reading.sheets import Book
from models.values.applications import FIELDS
from tests.exchange.applications.forms import sheet, take_in


def test_every_field_stands_in_the_document_in_its_json_form() -> None:
    reading = take_in(
        [
            ["Ref", "Organisation", "Amount requested", "Total cost", "Date received", "Project start date",
             "Number of beneficiaries", "Previously funded", "Comments", "Area"],
            ["R1", "Example Choir", "£4,500", 5000.5, datetime(2026, 10, 1, 9, 30), date(2027, 1, 2), 40,
             "Yes", "Hello", "Cov"],
            ["R1", "Example Choir", 1, None, None, None, None, None, None, "Cov"],
        ],
    )  # fmt: skip

    made = document(reading)

    assert json.loads(json.dumps(made)) == made
    assert (made["imported"], made["duplicates"], made["header_row"], made["sheet"]) == (1, 1, 1, "Sheet1")
    assert made["kept_as_answers"] == ["Comments"]
    assert made["problems"] == []
    assert made["other_sheets"] == []
    application = made["applications"][0]
    assert list(application) == [*FIELDS, "answers"]
    present = {field: value for field, value in application.items() if value is not None}
    assert present == {
        "reference": "R1",
        "organisation": "Example Choir",
        "area": "Coventry",
        "amount_requested": "4500.00",
        "total_cost": "5000.50",
        "beneficiaries": 40,
        "start_on": "2027-01-02",
        "received_at": "2026-10-01T09:30:00",
        "previously_funded": True,
        "answers": {"Comments": "Hello"},
    }


def test_time_received_without_a_time_is_a_date_and_problems_are_listed() -> None:
    made = document(
        take_in(
            [
                ["Organisation", "Amount requested", "Date received"],
                ["Example Choir", "4.5k", "1 Oct 2026"],
                ["Example Gym", "some", None],
            ]
        )
    )

    assert made["applications"][0]["received_at"] == "2026-10-01"
    assert made["problems"][0] | {"message": ""} == {
        "cell": "B3", "heading": "Amount requested", "value": "some", "message": "",
    }  # fmt: skip


def test_a_value_that_is_only_read_from_prose_is_marked_to_check() -> None:
    made = document(
        take_in(
            [
                [
                    "Organisation",
                    "Amount requested",
                    "Match funding",
                    "Total project cost",
                    "Project start date",
                ],
                ["Example Choir", "4.5k", "500 own funds", "£9,000 for the year", "Jan 2027"],
                ["Example Gym", 100, 50, 200, date(2027, 1, 2)],
            ]
        )
    )

    choir, gym = made["applications"]
    assert (choir["match_funding"], choir["total_cost"], choir["start_on"]) == (
        "500.00",
        "9000.00",
        "2027-01-01",
    )
    assert choir["to_check"] == ["match_funding", "total_cost", "start_on"]
    assert "to_check" not in gym


def test_a_total_cost_in_prose_is_asked_about_where_a_criterion_is_worked_out_from_it() -> None:
    rows = [["Organisation", "Amount requested", "Total cost"], ["Example Choir", 100, "£900 over two years"]]

    setting = Setting("ACF", AreaNames(()), sums_total_cost=True)
    made = document(applications_in(Book("export", "csv", (sheet(rows),)), setting))

    assert made["applications"][0]["total_cost"] is None
    assert made["applications"][0]["answers"] == {"Total cost": "£900 over two years"}
