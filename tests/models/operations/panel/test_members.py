"""A member is added, corrected and taken off; what was declared comes back with an undo."""

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.panel.members import AddMember, Declare, EditMember, RemoveMember
from models.operations.panel.sheets import SetMark
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.people import GiveRole
from models.queries.panel.panel import MemberDetails, interests
from models.queries.panel.panel_board import PanelBoard, panel_board
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.operations.panel.test_marks import CHAIR, COUSIN, scoring_round
from tests.models.rounds import OFFICER, assert_replays, undo

UNA = MemberDetails("M4", "Una Test", "member", "Tenants’ voice", "community")
SIAN = MemberDetails("M3", "Sian")


def board(record: Record) -> PanelBoard:
    return record.ask(lambda session: panel_board(session, 1))


def codes(record: Record) -> list[str]:
    return [standing.details.code for standing in board(record).members]


def test_a_member_is_added_and_taken_off_again(record: Record) -> None:
    scoring_round(record)

    outcome = record.perform(AddMember(1, UNA), OFFICER)
    added = board(record).members[-1].details
    undo(record, outcome)

    assert added == UNA
    assert codes(record) == ["M1", "M2", "M3"]
    assert_replays(record)


def test_a_member_taken_off_comes_back_in_place_with_the_declaration(record: Record) -> None:
    scoring_round(record)

    outcome = record.perform(RemoveMember(1, "M2"), OFFICER)
    without = codes(record)
    undo(record, outcome)

    assert without == ["M1", "M3"]
    assert codes(record) == ["M1", "M2", "M3"]
    assert COUSIN in record.ask(lambda session: interests(session, 1))
    assert_replays(record)


def test_a_member_is_corrected_and_put_back(record: Record) -> None:
    scoring_round(record)
    better = MemberDetails("M3", "Siân Pryce", "adviser", "Office", "office")

    outcome = record.perform(EditMember(1, better, SIAN), OFFICER)
    corrected = board(record).members[2].details
    undo(record, outcome)

    assert corrected == better
    assert board(record).members[2].details == SIAN
    assert_replays(record)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (AddMember(1, replace(UNA, name=" ")), "Give the member a name"),
        (AddMember(1, replace(UNA, code="")), "Give the member a name and a short code"),
        (AddMember(1, replace(UNA, code="M1")), "The code M1 is taken"),
        (AddMember(1, replace(UNA, name="Sian")), "Sian is on the panel already"),
        (AddMember(1, replace(UNA, role="queen")), "is not one of chair, member, adviser"),
        (AddMember(1, replace(UNA, kind="press")), "is not one of police, community"),
        (EditMember(1, SIAN, replace(SIAN, role="chair")), "M3 was changed in the meantime"),
        (EditMember(1, replace(SIAN, code="M9"), SIAN), "code cannot be changed"),
        (EditMember(1, replace(SIAN, name="Ravi"), SIAN), "Ravi is on the panel already"),
        (RemoveMember(1, "M9"), "no member M9"),
    ],
)
def test_a_panel_that_does_not_hold_together_is_refused(
    record: Record, operation: Operation, words: str
) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)


def test_one_who_signs_decisions_does_not_join_the_panel(record: Record) -> None:
    scoring_round(record)
    record.perform(GiveRole(1, "Una Test", "decider"), OFFICER)

    with pytest.raises(Refused, match="nobody both scores and decides"):
        record.perform(AddMember(1, UNA), OFFICER)


def test_a_member_with_a_sheet_stays(record: Record) -> None:
    scoring_round(record)
    put(record, SetMark(1, "M1", "ACF-001", "A1", 3, None))

    with pytest.raises(Refused, match="Ann Sample has sheets, and stays"):
        record.perform(RemoveMember(1, "M1"), OFFICER)


def test_quorum_counts_who_is_left_and_no_adviser(record: Record) -> None:
    scoring_round(record)
    record.perform(EditMember(1, replace(SIAN, role="adviser"), SIAN), OFFICER)

    line = next(line for line in board(record).quorum if line.reference == "ACF-001")

    assert (line.members, line.aside, line.left, line.holds) == (2, ("Ravi",), 1, True)  # quorum is 1


def test_a_declaration_is_dated_and_counted(record: Record) -> None:
    scoring_round(record)
    record.perform(MoveArea(1, "Dudley", "scoring"), CHAIR)
    rows = (
        InterestRow("M3", "ACF-001", InterestKind.PECUNIARY, "x"),
        InterestRow("M3", "ACF-004", InterestKind.ABSTAINED),
    )

    record.perform(Declare(1, "M3", rows), OFFICER)
    first, _, third = board(record).members

    assert (third.interests, third.abstentions, third.sheets) == (1, 1, 1)  # three applications, two barred
    assert third.declared_at is not None
    assert (first.has_declared, first.declared_at) == (True, None)  # came with a workbook
