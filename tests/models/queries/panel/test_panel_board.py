"""What the pages of the panel count, what opens to a member, what is left, and how members mark."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.gates import SetGate
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import AddMember, Declare
from models.operations.panel.sheets import HandIn, SetMark, SetReason
from models.operations.set_up.areas import MoveAreas
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.reading import Reading, reading
from models.queries.panel.left_to_do import few_sheets
from models.queries.panel.meeting_figures import marking_spread
from models.queries.panel.panel import MemberDetails
from models.queries.panel.panel_board import panel_board, panel_facts
from models.queries.panel.score_sheets import (
    PeerSheet,
    ScoreSheets,
    SheetState,
    drafts,
    peer_sheets,
    score_sheets,
)
from models.record import Record
from models.role import Role
from models.values.rows import InterestRow, SheetRow
from scoring.round import Area, InterestKind
from tests.entitled import put
from tests.models.operations.meetings import NOTES, at_meeting, meeting_rows
from tests.models.rounds import OFFICER, application, load, reader, refused, set_up_office, workbook_rows


def test_what_others_declared_is_not_told_as_none_before_the_own_declaration(loaded: Record) -> None:
    before = loaded.ask(partial(panel_facts, round_id=1, viewer=Viewer("Sal Signs", Role.DECIDER)))
    office = loaded.ask(partial(panel_facts, round_id=1, viewer=OFFICE_VIEWER))

    assert {one.interests for one in before.board.members} == {None}
    assert None not in {one.interests for one in office.board.members}


CHAIR = Actor("Ravi Example", "chair")


def sheets_of(record: Record, member: str | None) -> ScoreSheets:
    return record.ask(lambda session: score_sheets(session, 1, reader(member)))


def states(record: Record, member: str) -> dict[str, SheetState]:
    return {line.reference: line.state for line in sheets_of(record, member).lines}


def give(record: Record, member: str, reference: str, marks: tuple[int, ...]) -> None:
    for code, mark in zip(("A1", "A2", "A6"), marks, strict=True):
        put(record, SetMark(1, member, reference, code, mark, None))


def test_nothing_opens_before_the_declaration_is_made(scoring: Record) -> None:
    sheets = sheets_of(scoring, "M3")

    assert not sheets.has_declared
    assert {line.state for line in sheets.lines} == {SheetState.UNDECLARED}
    assert all(line.marks == () and line.reasons == () for line in sheets.lines)
    ask = partial(reading, round_id=1, viewer=reader("M3"), reference="ACF-001")
    refused("Declare your interests first", scoring.ask, ask)

    # Sheets are open in areas that are scored.
    assert states(scoring, "M1") == {
        "ACF-002": SheetState.WAITING,
        "ACF-001": SheetState.OPEN,
        "ACF-004": SheetState.OPEN,
    }

    # An application that failed a gate is not scored.
    scoring.perform(SetGate(1, "ACF-004", "constituted", "fail", "no rules"), OFFICER)
    assert "ACF-004" not in states(scoring, "M1")


def test_an_interest_closes_text_and_marks_of_that_application_alone(scoring: Record) -> None:
    by_reference = {line.reference: line for line in sheets_of(scoring, "M2").lines}

    closed = by_reference["ACF-001"]
    assert (closed.state, closed.project, closed.marks) == (SheetState.CONFLICT, "", ())
    assert by_reference["ACF-004"].state is SheetState.OPEN
    ask = partial(reading, round_id=1, viewer=reader("M2"), reference="ACF-001")
    refused("You declared an interest in ACF-001", scoring.ask, ask)

    # An abstention is no conflict and a conflict comes first.
    abstained = InterestRow("M1", "ACF-001", InterestKind.ABSTAINED)
    scoring.perform(Declare(1, "M1", (abstained,)), OFFICER)
    alone = states(scoring, "M1")["ACF-001"]
    money = InterestRow("M1", "ACF-001", InterestKind.PECUNIARY)
    scoring.perform(Declare(1, "M1", (abstained, money)), OFFICER)
    assert (alone, states(scoring, "M1")["ACF-001"]) == (SheetState.ABSTAINED, SheetState.CONFLICT)


def test_others_marks_open_when_the_own_sheet_is_handed_in_and_none_of_a_draft_or_a_void_sheet(
    scoring: Record,
) -> None:
    def seen() -> tuple[PeerSheet, ...]:
        return scoring.ask(lambda session: peer_sheets(session, 1, reader("M1"), "ACF-001"))

    scoring.perform(Declare(1, "M3", (InterestRow("M3", None, InterestKind.NONE),)), OFFICER)
    give(scoring, "M3", "ACF-001", (1, 2, 3))
    put(scoring, SetReason(1, "M3", "ACF-001", "A1", "thin", ""))
    give(scoring, "M1", "ACF-001", (4, 3, 2))
    refused("open when you hand in your own sheet", seen)
    put(scoring, HandIn(1, "M1", "ACF-001"))
    assert seen() == ()

    put(scoring, HandIn(1, "M3", "ACF-001"))

    assert seen() == (PeerSheet("M3", "Sian", (1, 2, 3), ("thin", "", "")),)
    scoring.perform(Declare(1, "M3", (InterestRow("M3", "ACF-001", InterestKind.PREJUDICIAL),)), OFFICER)
    assert seen() == ()


def test_an_application_is_read_as_submitted_without_contacts(scoring: Record) -> None:
    read = scoring.ask(lambda session: reading(session, 1, reader("M1"), "ACF-001"))

    assert (read.organisation, read.requested_pence) == ("Allotment Friends 1", 100_000)
    assert read.facts == (("Anything else?", "Answer 1"),)
    assert not {"email", "phone", "address", "contact_name"} & set(Reading.__struct_fields__)

    # Somebody who is not on the panel has no sheets.
    sheets = sheets_of(scoring, None)
    assert (sheets.member, sheets.lines) == (None, ())

    # A full sheet is ready, then handed in.
    give(scoring, "M1", "ACF-001", (4, 3, 2))
    ready = states(scoring, "M1")["ACF-001"]

    put(scoring, HandIn(1, "M1", "ACF-001"))

    assert (ready, states(scoring, "M1")["ACF-001"]) == (SheetState.READY, SheetState.HANDED_IN)

    # A late interest voids the sheet and keeps it.
    late = InterestRow("M1", "ACF-001", InterestKind.NON_PECUNIARY, "a neighbour")
    scoring.perform(Declare(1, "M1", (late,)), OFFICER)
    line = next(line for line in sheets_of(scoring, "M1").lines if line.reference == "ACF-001")
    assert (line.state, line.is_void, line.marks) == (SheetState.CONFLICT, True, ())


def found(record: Record, reader: str | None = None) -> dict[str, tuple[int, int]]:
    rows = record.ask(lambda session: marking_spread(session, 1, Viewer("", member=reader)))
    return {row.name: (row.severity.applications, row.severity.mean_1e2) for row in rows}


@pytest.fixture
def scored(record: Record) -> Record:
    """Six applications to Dudley that two members marked, the second a mark higher throughout, in scoring."""
    references = [f"ACF-{number:03d}" for number in range(1, 7)]
    marks = {"M1": (2, 3, 4), "M2": (3, 4, 5)}
    rows = replace(
        workbook_rows(),
        areas=(Area("Dudley", 1_000_000),),
        applications=tuple(application(number, area="Dudley") for number in range(1, 7)),
        interests=(InterestRow("M2", "ACF-006", InterestKind.PECUNIARY, "a cousin"),),
        sheets=tuple(SheetRow(of, each, True, marks[of]) for of in marks for each in references),
        agreed=(),
        not_applicable=(),
        chair_decisions=(),
    )
    load(set_up_office(record), rows)
    record.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)
    return record


def test_nothing_is_told_while_an_area_is_scoring(scored: Record) -> None:
    assert found(scored) == {}

    scored.perform(MoveAreas(1, ("Dudley",), "meeting"), CHAIR)

    # Of ACF-006 the sheet of M2, who declared an interest, does not count, so that it is shared by nobody.
    assert found(scored) == {"Ann Sample": (5, -100), "Ravi Example": (5, 100)}

    # An application that is closed to the reader is left out: four that are shared say nothing.
    scored.perform(Declare(1, "M1", (InterestRow("M1", "ACF-005", InterestKind.ABSTAINED, ""),)), OFFICER)
    assert found(scored, "M1") == {}


GRACE, PRIYA = "Grace Okoro", "Priya Nair"


def test_a_draft_is_its_persons_and_found_by_the_start_of_its_field_until_it_is_dropped(
    record: Record,
) -> None:
    record.keep_draft(GRACE, "reason/1_/M1/A1", "half a sent")
    record.keep_draft(GRACE, "reason/12/M1/A1", "another round")
    record.keep_draft(PRIYA, "reason/1_/M1/A1", "somebody else's")

    found = record.ask(partial(drafts, person=GRACE, start="reason/1_/"))
    record.keep_draft(GRACE, "reason/1_/M1/A1", "")

    assert found == {"reason/1_/M1/A1": "half a sent"}  # "_" is no wildcard
    assert record.ask(partial(drafts, person=GRACE, start="reason/1_/")) == {}
    others = record.ask(partial(drafts, person=PRIYA, start="reason/"))
    assert others == {"reason/1_/M1/A1": "somebody else's"}


def test_those_decide_who_declared_and_once_it_is_said_are_at_the_meeting(record: Record) -> None:
    at_meeting(record)  # M4 is an adviser; M2 and M3 declared by an interest each
    record.perform(AddMember(1, MemberDetails("M5", "Jo Sample")), OFFICER)

    def counts() -> dict[str, tuple[int, int, int, int]]:
        lines = record.ask(partial(panel_board, round_id=1)).quorum
        return {
            line.reference or line.area: (line.members, line.undeclared, line.missing, line.left)
            for line in lines
        }

    # of the panel of each area three may decide of four: M5 has not declared
    assert counts() == {
        "Coventry": (4, 1, 0, 3),
        "Dudley": (4, 1, 0, 3),
        "ACF-001": (4, 1, 0, 2),
        "ACF-002": (4, 1, 0, 2),
    }

    record.perform(SetAttendance(1, "Coventry", "M1", "present", ""), NOTES)

    # on ACF-001 M3 stands aside and M2 is not there; on ACF-002 M2 stands aside and M3 is not there
    assert counts() == {
        "Coventry": (4, 1, 2, 1),
        "Dudley": (4, 1, 0, 3),
        "ACF-001": (4, 1, 1, 1),
        "ACF-002": (4, 1, 1, 1),
    }


def test_a_sheet_that_an_interest_set_aside_makes_no_quorum() -> None:
    rows, both = meeting_rows(), frozenset(("ACF-001", "ACF-002"))
    needed = replace(rows, scheme=replace(rows.scheme, quorum=2))
    late = next(sheet for sheet in rows.sheets if sheet.application == "ACF-002")
    interest = InterestRow(late.member, late.application, InterestKind.PREJUDICIAL)
    assert few_sheets(replace(needed, interests=(interest,)), both) - few_sheets(needed, both) == {"ACF-002"}
