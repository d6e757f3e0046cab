"""What headings are taken for as offices write them: a field when the words say so, else an answer."""

import csv
from pathlib import Path

import pytest

from exchange.applications.matching import options
from models.values.applications import FIELDS
from tests.exchange.applications.forms import take_in

TABLE = Path(__file__).parents[2] / "data" / "headings.tsv"
"""Headings as offices write them, a line each."""


def _told(how_sure: str) -> list[tuple[str, str]]:
    """Return each heading of the table with the field that it is taken for, by how sure that is."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, dialect="excel-tab", quoting=csv.QUOTE_NONE)
        return [(row["Heading"], row["Field"]) for row in rows if row["How sure"] == how_sure]


@pytest.mark.parametrize(("heading", "field"), _told("surely"))
def test_heading_is_surely_its_field(heading: str, field: str) -> None:
    found = options("", heading)

    assert [(option.field, option.sure) for option in found] == [(field, True)]


@pytest.mark.parametrize(("heading", "field"), _told("perhaps"))
def test_heading_may_be_a_field_where_nothing_surer_is(heading: str, field: str) -> None:
    found = options("", heading)

    assert field in [option.field for option in found]
    assert not any(option.sure for option in found)


@pytest.mark.parametrize(("heading", "field"), _told("never"))
def test_heading_of_anything_else_is_an_answer(heading: str, field: str) -> None:
    assert options("", heading) == ()


@pytest.mark.parametrize("field", FIELDS)
def test_fields_own_names_are_their_headings(field: str) -> None:
    for heading in (field, field.replace("_", " "), field.replace("_", " ").capitalize()):
        assert [option.field for option in options("", heading)] == [field]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Previous grants", "Amount"),
        ("Referee", "Email"),
        ("Bank account", "Name"),
        ("Partner", "Organisation name"),
    ],
)
def test_last_part_about_another_matter_is_an_answer(upper: str, lower: str) -> None:
    assert options(upper, lower) == ()
    assert options("", f"{upper}: {lower}") == ()


@pytest.mark.parametrize(("heading", "field"), _told("first"))
def test_a_heading_is_taken_for_its_field_first(heading: str, field: str) -> None:
    assert options("", heading)[0].field == field


def test_a_first_and_a_last_name_in_two_columns_are_one_contact() -> None:
    reading = take_in(
        [
            ["Organisation", "Surname", "First name", "Amount requested"],
            ["Lantern Club", "Example", "Ada", "£900"],
            ["Harbour Choir", None, "Bo", "£800"],
            ["Kite Makers", "Sample", None, "£700"],
        ]
    )

    assert dict(reading.mapped)["Surname"] == dict(reading.mapped)["First name"] == "contact_name"
    assert [row.contact_name for row in reading.applications] == ["Ada Example", "Bo", "Sample"]
    assert [row.answers for row in reading.applications] == [(), (), ()]


NAMED: dict[str, tuple[dict[str, str], str, dict[str, str]]] = {
    "a title between": (
        {"First name": "Ada", "Title": "Mrs", "Surname": "Example", "Organisation": "Kite Makers"},
        *("", {"Title": "Mrs"}),
    ),
    "no title of a person": (
        {"Title": "Kites for all", "First name": "Ada", "Surname": "Example", "Organisation": "Kite Makers"},
        *("Kites for all", {}),
    ),
    "halves of a referee's": (
        {"Organisation": "Lantern Club", "Referee first name": "Rae", "Referee last name": "Feree"}
        | {"Contact first name": "Ada", "Contact last name": "Example"},
        *("", {"Referee first name": "Rae", "Referee last name": "Feree"}),
    ),
}


@pytest.mark.parametrize(("cells", "project", "answers"), NAMED.values(), ids=NAMED)
def test_parts_of_a_name_are_the_contacts_or_answers(
    cells: dict[str, str], project: str, answers: dict[str, str]
) -> None:
    reading = take_in([[*cells, "Amount requested"], [*cells.values(), "£900"]])

    (row,) = reading.applications
    assert (row.contact_name, row.project, dict(row.answers)) == ("Ada Example", project, answers)
