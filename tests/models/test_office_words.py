"""A refusal in the office's own word for an area."""

import pytest

from models.operations.set_up.areas import RemoveArea
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetUpOffice
from models.record import Record
from models.values.rounds import RoundKey
from scoring.written.text import Refused
from tests.models.rounds import FUND, OFFICER, set_up_round


def no_area(session: object) -> None:
    raise Refused("There is no area “Area 51”.")


@pytest.fixture
def of_councils(record: Record) -> Record:
    record.perform(SetUpOffice("Office of Westmarch", (FUND,)), OFFICER)
    record.perform(SetOfficeFacts((FactChange("area_label", "Council"),)), OFFICER)
    return record


def test_what_a_query_refuses_is_said_in_the_offices_word(of_councils: Record) -> None:
    with pytest.raises(Refused, match="There is no council “Area 51”"):
        of_councils.ask(no_area)


def test_what_an_operation_refuses_is_said_in_the_offices_word(of_councils: Record) -> None:
    twice = set_up_round(RoundKey(FUND.name, "2026/27", "Autumn"), ("North", "North"))

    with pytest.raises(Refused, match="The round has a council North already"):
        of_councils.perform(twice, OFFICER)


def test_names_that_people_gave_stay_as_they_are(of_councils: Record) -> None:
    key = RoundKey(FUND.name, "2026/27", "Autumn")
    of_councils.perform(set_up_round(key, ("Area North",)), OFFICER)

    with pytest.raises(Refused, match="Area North is the round's only council"):
        of_councils.perform(RemoveArea(1, "Area North"), OFFICER)
