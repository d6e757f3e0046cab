"""A member is added, corrected and taken off; what is said of several at once is undone together."""

import pytest
from msgspec.structs import replace

from models.operations.panel.meetings import SetAttendance, SetAttendances
from models.operations.panel.members import AddMember, ChangePanel, EditMember, RemoveMember
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.queries.panel.panel import MemberDetails, interests
from models.queries.panel.panel_board import PanelBoard, panel_board
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.deciding_rounds import CHAIR as RAVI
from tests.models.operations.meetings import COUSIN
from tests.models.rounds import OFFICER, refuses, undo

UNA = MemberDetails("M4", "Una Test", "member", "Tenants’ voice", "community")
SIAN = MemberDetails("M3", "Sian")


def board(record: Record) -> PanelBoard:
    return record.ask(lambda session: panel_board(session, 1))


def codes(record: Record) -> list[str]:
    return [standing.details.code for standing in board(record).members]


def test_a_panel_that_does_not_hold_together_is_refused(scoring: Record) -> None:
    for operation, words in (
        (AddMember(1, replace(UNA, name=" ")), "Give the member a name"),
        (AddMember(1, replace(UNA, name="\ue001\u200b")), "Give the member a name"),
        (AddMember(1, replace(UNA, code="")), "Give the member a name and a short code"),
        (AddMember(1, replace(UNA, code="M1")), "The code M1 is taken"),
        (AddMember(1, replace(UNA, name="Sian")), "Sian is on the panel already"),
        (AddMember(1, replace(UNA, role="queen")), "is not one of chair, member, adviser"),
        (AddMember(1, replace(UNA, kind="press")), "is not one of police, community"),
        (EditMember(1, SIAN, replace(SIAN, role="chair")), "M3 was changed in the meantime"),
        (EditMember(1, replace(SIAN, code="M9"), SIAN), "code cannot be changed"),
        (EditMember(1, replace(SIAN, name="Ravi"), SIAN), "Ravi is on the panel already"),
        (RemoveMember(1, "M9"), "no member M9"),
    ):
        refuses(scoring, words, operation)

    outcome = scoring.perform(RemoveMember(1, "M2"), OFFICER)
    without = codes(scoring)
    undo(scoring, outcome)

    assert without == ["M1", "M3"]
    assert codes(scoring) == ["M1", "M2", "M3"]
    assert COUSIN in scoring.ask(lambda session: interests(session, 1))
    # Quorum counts who is left, and no adviser.
    scoring.perform(EditMember(1, replace(SIAN, role="adviser"), SIAN), OFFICER)

    line = next(line for line in board(scoring).quorum if line.reference == "ACF-001")

    assert (line.members, line.aside, line.left, line.holds) == (2, ("Ravi",), 1, True)  # quorum is 1
    # One who signs decisions does not join the panel, and a member with a sheet stays.
    scoring.perform(GiveRole(1, "Una Test", "decider"), OFFICER)

    refuses(scoring, "nobody both scores and decides", AddMember(1, UNA))

    put(scoring, SetMark(1, "M1", "ACF-001", "A1", 3, None))

    refuses(scoring, "Ann Sample has sheets, and stays", RemoveMember(1, "M1"))


def codes_of(record: Record) -> list[str]:
    return [member.code for member in record.ask(lambda session: round_rows(session, 1)).members]


def test_members_are_added_together_or_not_at_all(loaded: Record) -> None:
    una, theo = (AddMember(1, MemberDetails(*who)) for who in (("M8", "Una Test"), ("M9", "Theo Test")))
    both = ChangePanel("Add 2 members", (una, theo))
    before = codes_of(loaded)

    outcome = loaded.perform(both, OFFICER)
    assert codes_of(loaded) == [*before, "M8", "M9"]
    assert outcome.inverse is not None
    assert outcome.inverse.label == "Add 2 members (undone)"
    again = loaded.perform(outcome.inverse, OFFICER).inverse
    assert codes_of(loaded) == before
    assert again is not None
    assert again.label == "Add 2 members"

    with pytest.raises(Refused):
        loaded.perform(ChangePanel("Add 2 members", (una, una)), OFFICER)
    refuses(loaded, "There is nobody to add", ChangePanel("Add 0 members", ()))
    assert codes_of(loaded) == before


def test_who_is_here_is_said_of_all_at_once_and_taken_back_at_once(loaded: Record) -> None:
    for stage in ("scoring", "meeting"):
        loaded.perform(MoveAreas(1, ("Dudley",), stage), RAVI)
    here = tuple(SetAttendance(1, "Dudley", one, "present", "") for one in ("M1", "M2"))
    all_here = SetAttendances("Dudley", here)

    assert all_here.label == "Record 2 members as present for Dudley"
    outcome = loaded.perform(all_here, OFFICER)
    assert isinstance(outcome.inverse, SetAttendances)
    assert outcome.inverse.label == "Record 2 members as not stated for Dudley"
    refuses(loaded, "The attendance of all is stated already", SetAttendances("Dudley", ()))
    mixed = (replace(here[0], state="absent"), here[1])
    assert replace(all_here, parts=mixed).label == "Record 2 members as absent or present for Dudley"
