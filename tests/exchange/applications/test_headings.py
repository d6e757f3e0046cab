"""What headings are taken for as offices write them: a field when the words say so, else an answer."""

import csv
from pathlib import Path

import pytest

from exchange.applications.headings import subjects
from exchange.applications.likeness import alike
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


@pytest.mark.parametrize(
    "heading",
    [
        *("2.5 How will you meet the Victims’ Code? Name the rights which apply.*", "Name any partners"),
        *("Itemise your costs", "Which of the six categories of need will your service address?"),
        *("Who is it for?", "Closing date for applications"),
    ],
)
def test_what_a_form_bids_to_name_to_break_down_or_to_choose_from_is_no_field(heading: str) -> None:
    assert (options("", heading), subjects(heading), alike(heading)) == ((), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("heading", "field"), [("Name the project", "project"), ("Name the main contact", "contact_name")]
)
def test_what_a_form_bids_to_name_is_the_field_that_it_names(heading: str, field: str) -> None:
    assert [option.field for option in options("", heading)] == [field]


@pytest.mark.parametrize("field", FIELDS)
def test_fields_own_names_are_their_headings(field: str) -> None:
    for heading in (field, field.replace("_", " "), field.replace("_", " ").capitalize()):
        assert [option.field for option in options("", heading)] == [field]


@pytest.mark.parametrize(
    ("upper", "lower", "field"),
    [
        ("Organisation", "Name", "organisation"),
        ("Organisation", "Charity number", "charity_number"),
        ("Project", "Title", "project"),
        ("Contact details", "Email", "email"),
        ("Main contact", "Name", "contact_name"),
        ("Costs", "Amount requested", "amount_requested"),
        ("What is the name of your organisation?", "Response", "organisation"),
    ],
)
def test_two_rows_say_together_what_a_column_is(upper: str, lower: str, field: str) -> None:
    assert [option.field for option in options(upper, lower)][:1] == [field]


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


@pytest.mark.parametrize(
    "heading",
    [
        "Start / end date",
        "Amount approved / requested",
        "Referee name / organisation",
    ],
)
def test_two_sides_about_different_things_are_an_answer(heading: str) -> None:
    assert not any(option.sure for option in options("", heading))


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


@pytest.mark.parametrize("heading", ["Title", "Contact title", "Salutation"])
@pytest.mark.parametrize("titles", [("Mrs", "Dr."), ("Cllr", None), ("mx", "REV")])
@pytest.mark.parametrize("has_project", [True, False])
def test_how_a_person_is_addressed_goes_before_the_first_name_and_names_no_project(
    heading: str, titles: tuple[str, str | None], has_project: bool
) -> None:
    names = (("Ada", "Example"), ("Bo", "Sample"))
    asked = (("Kite Makers", "Kites for all", "£900"), ("Harbour Choir", "Songs at sea", "£800"))
    rows = [[title, *name, *more] for title, name, more in zip(titles, names, asked, strict=True)]
    head = ["First name", "Surname", "Organisation", "Project name" if has_project else "Note", "Request"]

    reading = take_in([[heading, *head], *rows])

    told = [" ".join(filter(None, (title, *name))) for title, name in zip(titles, names, strict=True)]
    assert [row.contact_name for row in reading.applications] == told
    assert dict(reading.mapped)[heading] == "contact_name"


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


@pytest.mark.parametrize("name", ["Grand Total", "Project Total", "The Balance", "Total Requests"])
def test_a_name_like_a_total_with_a_reference_and_an_amount_is_an_application(name: str) -> None:
    reading = take_in(
        [
            ["Reference", "Organisation", "Amount requested"],
            ["ACF-001", "Lantern Club", "£900"],
            ["ACF-002", name, "£800"],
            ["ACF-003", "Harbour Choir", "£700"],
            [None, "Total", "£2,400"],
            ["3", "Total", "£2,400"],
        ]
    )

    assert [row.organisation for row in reading.applications] == ["Lantern Club", name, "Harbour Choir"]
    assert reading.problems == ()
