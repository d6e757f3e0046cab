"""Lines of an address, and words that stand together."""

import pytest

from exchange.applications.headings import parted
from tests.exchange.applications.forms import take_in

HEADS = {
    "form": (
        "Address - Street Address",
        "Address - Street Address Line 2",
        "Address - City",
        "Address - County",
    ),
    "brackets": (
        "Cyfeiriad / Address (Street Address)",
        "Cyfeiriad / Address (Address Line 2)",
        "Cyfeiriad / Address (City)",
        "Cyfeiriad / Address (County / State / Region)",
    ),
    "database": ("Address_Line1", "Address_Line2", "Address_City", "Address_State"),
    "camel": ("addressLine1", "addressLine2", "town", "county"),
    "question": tuple(
        f"What is your organisation’s address? - {line}"
        for line in ("Address line 1", "Address line 2", "Town or city", "County")
    ),
    "office": ("Address 1", "Address 2", "Town", "County"),
    "house": ("House number and street", "Village", "Town/City", "County"),
}


@pytest.mark.parametrize("tool", HEADS)
def test_lines_of_an_address_are_joined_past_its_postcode(tool: str) -> None:
    street, second, town, county = HEADS[tool]
    reading = take_in(
        [
            ["Organisation", street, second, town, "Postcode", county, "Ward", "Amount requested"],
            ["Lantern Club", "1 Fell Road, Upton", None, "Upton", "B4 6NQ", "Westmarch", "Dale", 900],
            ["Lamp Club", "2 Fell Road", "Back Row", "Upton", "B4 6NQ", None, "Dale", 800],
        ]
    )

    rows = reading.applications
    assert [row.address for row in rows] == ["1 Fell Road, Upton, Westmarch", "2 Fell Road, Back Row, Upton"]
    assert [row.postcode for row in rows] == ["B4 6NQ", "B4 6NQ"]
    assert rows[0].answers == (("Ward", "Dale"),)


def test_the_town_of_somebody_else_and_one_that_an_officer_kept_apart_are_no_lines() -> None:
    head = ["Organisation", "Address", "Town", "Venue address", "Venue town", "Amount requested"]
    row = ["Lantern Club", "1 Fell Road", "Upton", "The Hall", "Dale", 900]

    (free,) = take_in([head, row]).applications
    (kept,) = take_in([head, row], mapping={"Town": "answers"}).applications
    lines = [head[0], "Address 1", "Address 2", *head[3:]]
    (none,) = take_in([lines, row], mapping={"Address 1": "answers"}).applications

    assert (free.address, kept.address, none.address) == ("1 Fell Road, Upton", "1 Fell Road", "")
    assert free.answers == (("Venue address", "The Hall"), ("Venue town", "Dale"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cr5a2_hasbankaccount", "has bank account"),
        ("numberofbeneficiaries", "number of beneficiaries"),
        ("Safeguarding", "Safeguarding"),
        ("Cyfansoddiad", "Cyfansoddiad"),
        ("organisationname of the group", "organisationname of the group"),
        ("q12_ProjectTitle", "ProjectTitle"),
        ("zzzzzzzzzzzz", "zzzzzzzzzzzz"),
    ],
)
def test_a_name_is_parted_only_where_it_has_no_spaces_and_all_its_words_are_known(
    name: str, words: str
) -> None:
    assert parted(name) == words


def test_an_export_of_a_database_is_read_by_the_words_in_its_names() -> None:
    heads = [
        "cr5a2_grantapplicationid",
        "cr5a2_organisationname",
        "cr5a2_amountrequested",
        "cr5a2_needforproject",
    ]

    reading = take_in([heads, ["9f1", "Lantern Club", "900", "Nobody else does."]])

    (row,) = reading.applications
    assert (row.organisation, row.requested_pence, row.need) == ("Lantern Club", 90000, "Nobody else does.")
    assert reading.kept_as_answers == ("cr5a2_grantapplicationid",)


def test_a_number_that_all_rows_share_is_no_reference() -> None:
    heads = ["Organisation", "Amount requested", "Grant reference"]
    names = ["Choir", "Band", "Club", "Trust"]

    shared = take_in([heads, *([name, 5, "ACF26"] for name in names)])
    own = take_in([heads, *([name, 5, f"ACF26-{name}"] for name in names)])

    assert len(shared.applications) == 4
    assert shared.kept_as_answers == ("Grant reference",)
    assert own.applications[0].reference == "ACF26-Choir"
