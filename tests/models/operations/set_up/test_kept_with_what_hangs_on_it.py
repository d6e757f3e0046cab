"""A round, an area and an application stay where a challenge or a meeting is recorded that hangs on them."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operations.applications.applications import RemoveApplications
from models.operations.deciding.challenges import AddChallenge
from models.operations.panel.meetings import SetMeetingHeld, has_meeting
from models.operations.set_up.areas import AddArea, RemoveArea
from models.operations.set_up.load import RemoveRound
from models.record import Record
from models.values.rounds import MeetingHeld
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import direct, propose
from tests.models.operations.deciding.challenged import APPEAL
from tests.models.rounds import OFFICER, assert_replays, import_operation, load, set_up_office, undo

EARLY = replace(APPEAL, received_on=date(2026, 11, 2))
HELD = MeetingHeld(date(2026, 11, 2), "10:00", "12:30", "Example House")


def test_a_round_is_removed_once_nothing_hangs_on_it(record: Record) -> None:
    load(record)
    challenged = record.perform(AddChallenge(1, "ACF-001", 1, EARLY), OFFICER)
    with pytest.raises(Refused, match="A challenge on ACF-001 in the round"):
        record.perform(RemoveRound(1, ""), OFFICER)
    undo(record, challenged)
    met = record.perform(SetMeetingHeld(1, "Coventry", HELD, None), OFFICER)
    assert record.ask(lambda session: has_meeting(session, 1))
    with pytest.raises(Refused, match="The minutes of Coventry in the round"):
        record.perform(RemoveRound(1, ""), OFFICER)
    undo(record, met)

    record.perform(RemoveRound(1, ""), OFFICER)

    assert_replays(record)


def test_an_application_that_is_challenged_stays(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)
    record.perform(AddChallenge(1, "ACF-002", 1, EARLY), OFFICER)

    with pytest.raises(Refused, match="A challenge is recorded on ACF-002"):
        record.perform(RemoveApplications(1, ("ACF-001", "ACF-002")), OFFICER)

    record.perform(RemoveApplications(1, ("ACF-001",)), OFFICER)


def test_an_area_of_which_the_minutes_say_something_stays(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)
    record.perform(AddArea(1, Area("Solihull", 100)), OFFICER)
    met = record.perform(SetMeetingHeld(1, "Solihull", HELD, None), OFFICER)

    with pytest.raises(Refused, match="The minutes of Solihull say of its meeting"):
        record.perform(RemoveArea(1, "Solihull"), OFFICER)

    undo(record, met)
    record.perform(RemoveArea(1, "Solihull"), OFFICER)


def test_a_proposed_award_that_is_challenged_stays(record: Record) -> None:
    proposed = propose(set_up_office(record))
    record.perform(AddChallenge(direct(record), "ACF-D26-001", 1, EARLY), OFFICER)

    with pytest.raises(Refused, match="A challenge on ACF-D26-001 is recorded"):
        undo(record, proposed)
