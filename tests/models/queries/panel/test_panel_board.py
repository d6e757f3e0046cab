"""What the Panel page counts."""

from functools import partial

from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import AddMember
from models.operations.set_up.areas import MoveArea
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import panel_board, panel_facts
from models.queries.panel.score_sheets import score_sheets
from models.queries.set_up.criteria import criteria_facts
from models.record import Record
from models.role import Role
from models.values.rows import InterestRow, MemberRow, SheetRow
from scoring.round import Eligibility, InterestKind
from tests.models.operations.meetings import NOTES, at_meeting
from tests.models.rounds import (
    OFFICER,
    application,
    import_operation,
    load,
    reader,
    set_up_office,
    workbook_rows,
)


def test_a_sheet_on_an_application_that_is_no_longer_scored_is_not_counted(record: Record) -> None:
    rows = workbook_rows()
    first, second = application(1), application(2, eligibility=Eligibility.NO, eligibility_reason="no bank")
    load(
        set_up_office(record),
        replace(
            rows,
            applications=(first, second),
            members=(MemberRow("M1", "Ann Sample", "chair"),),
            interests=(InterestRow("M1", None, InterestKind.NONE),),
            sheets=tuple(SheetRow("M1", of.reference, True, (4, 3, 5)) for of in (first, second)),
            agreed=(),
            not_applicable=(),
            chair_decisions=(),
        ),
    )

    (member,) = record.ask(partial(panel_board, round_id=1)).members

    assert (member.handed_in, member.sheets) == (1, 1)


def test_a_chair_who_does_not_score_is_reminded_of_no_sheet(record: Record) -> None:
    rows = workbook_rows()
    declared = (*rows.interests, InterestRow("M2", None, InterestKind.ABSTAINED))  # M2 chairs
    load(set_up_office(record), replace(rows, interests=declared, sheets=(), agreed=(), not_applicable=()))
    for area in ("Coventry", "Dudley"):
        record.perform(MoveArea(1, area, "scoring"), Actor("Ravi Example", "chair"))

    waiting = record.ask(partial(panel_facts, round_id=1, viewer=OFFICE_VIEWER)).waiting

    assert "M1" in [one.code for one in waiting]
    assert "M2" not in [one.code for one in waiting]


def test_what_others_declared_is_not_told_as_none_before_the_own_declaration(record: Record) -> None:
    load(set_up_office(record))

    before = record.ask(partial(panel_facts, round_id=1, viewer=Viewer("Sal Signs", Role.DECIDER)))
    office = record.ask(partial(panel_facts, round_id=1, viewer=OFFICE_VIEWER))

    assert {one.interests for one in before.board.members} == {None}
    assert None not in {one.interests for one in office.board.members}


def test_a_panel_has_one_chair(record: Record) -> None:
    load(set_up_office(record))  # M2 chairs
    assert record.ask(partial(panel_board, round_id=1)).warnings == ()

    record.perform(AddMember(1, MemberDetails("M3", "Jo Sample", "chair")), OFFICER)
    assert record.ask(partial(panel_board, round_id=1)).warnings == ("The panel has 2 chairs.",)


def test_the_chair_of_a_workbook_is_known_however_it_is_written(record: Record) -> None:
    chair = MemberRow("M1", "Ann Sample", "Chair ")
    load(set_up_office(record), replace(workbook_rows(), members=(chair, MemberRow("M2", "Bob Test"))))

    assert record.ask(partial(panel_board, round_id=1)).warnings == ()
    assert record.ask(partial(criteria_facts, round_id=1)).chair == "Ann Sample"
    assert record.ask(partial(score_sheets, round_id=1, viewer=reader("M2"))).chairs == ("Ann Sample",)


def test_no_sheet_is_due_while_an_area_takes_applications_in(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(AddMember(1, MemberDetails("M1", "Ann Sample")), OFFICER)

    board = record.ask(partial(panel_board, round_id=1))

    assert [(one.handed_in, one.sheets) for one in board.members] == [(0, 0)]
    assert [line.reference for line in board.quorum] == ["ACF-001"]  # 2 is over the cap, 3 has no area


def test_those_decide_who_declared_and_once_it_is_said_are_at_the_meeting(record: Record) -> None:
    at_meeting(record)  # M4 is an adviser; M2 and M3 declared by an interest each
    record.perform(AddMember(1, MemberDetails("M5", "Jo Sample")), OFFICER)

    def counts() -> dict[str, tuple[int, int, int, int]]:
        lines = record.ask(partial(panel_board, round_id=1)).quorum
        return {line.reference: (line.members, line.undeclared, line.missing, line.left) for line in lines}

    assert counts() == {"ACF-001": (4, 1, 0, 2), "ACF-002": (4, 1, 0, 2)}

    record.perform(SetAttendance(1, "Coventry", "M1", "present", ""), NOTES)

    # on ACF-001 M3 stands aside and M2 is not there; on ACF-002 M2 stands aside and M3 is not there
    assert counts() == {"ACF-001": (4, 1, 1, 1), "ACF-002": (4, 1, 1, 1)}
