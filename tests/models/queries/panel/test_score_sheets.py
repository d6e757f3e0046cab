"""What opens to a member, when, and what never does."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.gates import SetGate
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark, SetReason
from models.operations.set_up.areas import MoveArea
from models.queries.applications.reading import Reading, reading
from models.queries.panel.score_sheets import PeerSheet, ScoreSheets, SheetState, peer_sheets, score_sheets
from models.record import Record
from models.values.rows import InterestRow, MemberRow, NotApplicableRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.rounds import OFFICER, application, load, reader, set_up_office, workbook_rows

CHAIR = Actor("Ravi Example", "chair")


@pytest.fixture
def scoring(record: Record) -> Record:
    """A round whose area Coventry is scored: M1 declared none, M2 an interest, M3 nothing yet."""
    set_up_office(record)
    rows = replace(
        workbook_rows(),
        applications=(*workbook_rows().applications, application(4)),
        members=(MemberRow("M1", "Ann Sample", "chair"), MemberRow("M2", "Ravi"), MemberRow("M3", "Sian")),
        interests=(
            InterestRow("M1", None, InterestKind.NONE),
            InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin"),
        ),
        sheets=(),
        agreed=(),
        not_applicable=(NotApplicableRow("ACF-004", "A2", "not asked"),),
        chair_decisions=(),
    )
    load(record, rows)
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    return record


def sheets_of(record: Record, member: str | None) -> ScoreSheets:
    return record.ask(lambda session: score_sheets(session, 1, reader(member)))


def states(record: Record, member: str) -> dict[str, SheetState]:
    return {line.reference: line.state for line in sheets_of(record, member).lines}


def give(record: Record, member: str, reference: str, marks: tuple[int, ...]) -> None:
    for code, mark in zip(("A1", "A2", "A6"), marks, strict=True):
        put(record, SetMark(1, member, reference, code, mark, None))


def test_sheets_are_open_in_areas_that_are_scored(scoring: Record) -> None:
    # ACF-003 is withdrawn and has no area
    assert states(scoring, "M1") == {
        "ACF-002": SheetState.WAITING,
        "ACF-001": SheetState.OPEN,
        "ACF-004": SheetState.OPEN,
    }


def test_an_application_that_failed_a_gate_is_not_scored(scoring: Record) -> None:
    scoring.perform(SetGate(1, "ACF-004", "constituted", "fail", "no rules"), OFFICER)

    assert "ACF-004" not in states(scoring, "M1")


def test_nothing_opens_before_the_declaration_is_made(scoring: Record) -> None:
    sheets = sheets_of(scoring, "M3")

    assert not sheets.has_declared
    assert {line.state for line in sheets.lines} == {SheetState.UNDECLARED}
    assert all(line.marks == () and line.reasons == () for line in sheets.lines)
    with pytest.raises(Refused, match="Declare your interests first"):
        scoring.ask(lambda session: reading(session, 1, reader("M3"), "ACF-001"))


def test_an_interest_closes_text_and_marks_of_that_application_alone(scoring: Record) -> None:
    by_reference = {line.reference: line for line in sheets_of(scoring, "M2").lines}

    closed = by_reference["ACF-001"]
    assert (closed.state, closed.project, closed.marks) == (SheetState.CONFLICT, "", ())
    assert by_reference["ACF-004"].state is SheetState.OPEN
    with pytest.raises(Refused, match="You declared an interest in ACF-001"):
        scoring.ask(lambda session: reading(session, 1, reader("M2"), "ACF-001"))


def test_a_late_interest_voids_the_sheet_and_keeps_it(scoring: Record) -> None:
    give(scoring, "M1", "ACF-001", (4, 3, 2))
    put(scoring, HandIn(1, "M1", "ACF-001"))

    late = InterestRow("M1", "ACF-001", InterestKind.NON_PECUNIARY, "a neighbour")
    scoring.perform(Declare(1, "M1", (late,)), OFFICER)

    line = next(line for line in sheets_of(scoring, "M1").lines if line.reference == "ACF-001")
    assert (line.state, line.is_void, line.marks) == (SheetState.CONFLICT, True, ())


def test_an_abstention_is_no_conflict_and_a_conflict_comes_first(scoring: Record) -> None:
    abstained = InterestRow("M1", "ACF-001", InterestKind.ABSTAINED)
    scoring.perform(Declare(1, "M1", (abstained,)), OFFICER)
    alone = states(scoring, "M1")["ACF-001"]

    money = InterestRow("M1", "ACF-001", InterestKind.PECUNIARY)
    scoring.perform(Declare(1, "M1", (abstained, money)), OFFICER)

    assert (alone, states(scoring, "M1")["ACF-001"]) == (SheetState.ABSTAINED, SheetState.CONFLICT)


def test_a_full_sheet_is_ready_then_handed_in(scoring: Record) -> None:
    give(scoring, "M1", "ACF-001", (4, 3, 2))
    ready = states(scoring, "M1")["ACF-001"]

    put(scoring, HandIn(1, "M1", "ACF-001"))

    assert (ready, states(scoring, "M1")["ACF-001"]) == (SheetState.READY, SheetState.HANDED_IN)


def test_a_criterion_set_aside_is_not_waited_for(scoring: Record) -> None:
    for code in ("A1", "A6"):
        put(scoring, SetMark(1, "M1", "ACF-004", code, 3, None))

    line = next(line for line in sheets_of(scoring, "M1").lines if line.reference == "ACF-004")
    assert (line.state, line.not_applicable) == (SheetState.READY, frozenset({"A2"}))


def test_what_was_not_handed_in_is_missed_once_the_area_moves_on(scoring: Record) -> None:
    scoring.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)

    assert states(scoring, "M1")["ACF-001"] is SheetState.MISSED


def test_others_marks_open_when_the_own_sheet_is_handed_in(scoring: Record) -> None:
    scoring.perform(Declare(1, "M3", (InterestRow("M3", None, InterestKind.NONE),)), OFFICER)
    give(scoring, "M3", "ACF-001", (1, 2, 3))
    put(scoring, SetReason(1, "M3", "ACF-001", "A1", "thin", ""))
    put(scoring, HandIn(1, "M3", "ACF-001"))
    give(scoring, "M1", "ACF-001", (4, 3, 2))
    with pytest.raises(Refused, match="open when you hand in your own sheet"):
        scoring.ask(lambda session: peer_sheets(session, 1, reader("M1"), "ACF-001"))

    put(scoring, HandIn(1, "M1", "ACF-001"))

    assert scoring.ask(lambda session: peer_sheets(session, 1, reader("M1"), "ACF-001")) == (
        PeerSheet("M3", "Sian", (1, 2, 3), ("thin", "", "")),
    )


def test_a_voided_or_unfinished_sheet_of_another_is_not_shown(scoring: Record) -> None:
    scoring.perform(Declare(1, "M3", (InterestRow("M3", None, InterestKind.NONE),)), OFFICER)
    give(scoring, "M3", "ACF-001", (1, 2, 3))
    give(scoring, "M1", "ACF-001", (4, 3, 2))
    put(scoring, HandIn(1, "M1", "ACF-001"))
    draft = scoring.ask(lambda session: peer_sheets(session, 1, reader("M1"), "ACF-001"))
    put(scoring, HandIn(1, "M3", "ACF-001"))
    late = InterestRow("M3", "ACF-001", InterestKind.PREJUDICIAL)

    scoring.perform(Declare(1, "M3", (late,)), OFFICER)

    assert draft == ()
    assert scoring.ask(lambda session: peer_sheets(session, 1, reader("M1"), "ACF-001")) == ()


def test_full_sheets_of_others_are_counted_without_their_marks(scoring: Record) -> None:
    scoring.perform(Declare(1, "M3", (InterestRow("M3", None, InterestKind.NONE),)), OFFICER)
    give(scoring, "M3", "ACF-001", (1, 2, 3))

    counts = {line.reference: line.others for line in sheets_of(scoring, "M1").lines}

    assert counts == {"ACF-002": 0, "ACF-001": 1, "ACF-004": 0}


def test_somebody_who_is_not_on_the_panel_has_no_sheets(scoring: Record) -> None:
    sheets = sheets_of(scoring, None)

    assert (sheets.member, sheets.lines) == (None, ())
    assert sheets.chairs == ("Ann Sample",)


def test_an_application_is_read_as_submitted_without_contacts(scoring: Record) -> None:
    read = scoring.ask(lambda session: reading(session, 1, reader("M1"), "ACF-001"))

    assert (read.organisation, read.requested_pence) == ("Allotment Friends 1", 100_000)
    assert read.facts == (("Anything else?", "Answer 1"),)
    assert not {"email", "phone", "address", "contact_name"} & set(Reading.__struct_fields__)


def test_an_application_that_is_not_there_is_refused(scoring: Record) -> None:
    with pytest.raises(Refused, match="no application ACF-9"):
        scoring.ask(lambda session: reading(session, 1, reader("M1"), "ACF-9"))
