"""The document that `import --json` prints."""

import json
from datetime import date, datetime

from exchange.applications.document import document
from models.values.application_fields import FIELDS
from tests.exchange.applications.forms import take_in


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
