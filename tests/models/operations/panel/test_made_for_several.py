"""What is said of several members at once is made together, refused together and undone together."""

import pytest

from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.operations.panel.members import AddMember, ChangePanel
from models.operations.set_up.areas import MoveArea
from models.queries.panel.panel import MemberDetails
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import CHAIR
from tests.models.rounds import OFFICER, load, set_up_office


def codes(record: Record) -> list[str]:
    return [member.code for member in record.ask(lambda session: round_rows(session, 1)).members]


def test_members_are_added_together_or_not_at_all(record: Record) -> None:
    load(set_up_office(record))
    una, theo = (AddMember(1, MemberDetails(*who)) for who in (("M8", "Una Test"), ("M9", "Theo Test")))
    both = ChangePanel("Add 2 members", (una, theo))
    before = codes(record)

    outcome = record.perform(both, OFFICER)
    assert codes(record) == [*before, "M8", "M9"]
    assert outcome.inverse is not None
    assert outcome.inverse.label == "Add 2 members (undone)"
    again = record.perform(outcome.inverse, OFFICER).inverse
    assert codes(record) == before
    assert again is not None
    assert again.label == "Add 2 members"

    with pytest.raises(Refused):
        record.perform(ChangePanel("Add 2 members", (una, una)), OFFICER)
    with pytest.raises(Refused, match="There is nobody to add"):
        record.perform(ChangePanel("Add 0 members", ()), OFFICER)
    assert codes(record) == before


def test_who_is_here_is_said_of_all_at_once_and_taken_back_at_once(record: Record) -> None:
    load(set_up_office(record))
    for stage in ("scoring", "meeting"):
        record.perform(MoveArea(1, "Dudley", stage), CHAIR)
    all_here = SetAttendances(
        "Dudley", tuple(SetAttendance(1, "Dudley", one, "present", "") for one in ("M1", "M2"))
    )

    assert all_here.label == "Record 2 members as present for Dudley"
    outcome = record.perform(all_here, OFFICER)
    assert isinstance(outcome.inverse, SetAttendances)
    assert outcome.inverse.label == "Record 2 members as not stated for Dudley"
    again = record.perform(outcome.inverse, OFFICER).inverse
    assert isinstance(again, SetAttendances)
    assert set(again.parts) == set(all_here.parts)

    with pytest.raises(Refused, match="The attendance of all is stated already"):
        record.perform(SetAttendances("Dudley", ()), OFFICER)
