"""Names whose words a database runs together are parted by the words that headings are made of."""

import pytest

from exchange.applications.likely.run_together import parted
from tests.exchange.applications.forms import take_in


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
