"""A round that is scored and one at its meeting, for the tests of what a panel settles there."""

from msgspec.structs import replace

from models.operation import Actor
from models.operations.panel.agreed import AgreeMarks, SetAgreedMark
from models.operations.panel.meetings import SetAttendance
from models.operations.set_up.areas import MoveAreas
from models.queries.panel.meeting import MeetingRows, meeting
from models.record import Record
from models.values.rows import InterestRow, MemberRow, NotApplicableRow, RoundRows, SheetRow
from scoring.round import Area, Eligibility, InterestKind
from scoring.scheme import Combine
from tests.models.made_once import made_once
from tests.models.rounds import application, load, set_up_office, workbook_rows

CHAIR = Actor("Ravi Example", "chair")
NOTES = Actor("Bea Writes", "note-taker")
FINANCE = Actor("Finn Pays", "finance")
NONE = InterestRow("M1", None, InterestKind.NONE)
COUSIN = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin")

_MARKS = {
    ("M1", "ACF-001"): (4, 0, 5),
    ("M2", "ACF-001"): (2, 0, 4),
    ("M1", "ACF-002"): (3, 3, 3),
    ("M3", "ACF-002"): (3, 3, 3),
}


@made_once
def scoring_round(record: Record, *, to: str = "scoring") -> Record:
    """Load a round without marks whose area Coventry is being scored, or at a later stage."""
    set_up_office(record)
    rows = replace(
        workbook_rows(),
        applications=(*workbook_rows().applications, application(4)),
        members=(MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ravi"), MemberRow("M3", "Sian")),
        interests=(NONE, COUSIN),
        sheets=(),
        agreed=(),
        not_applicable=(NotApplicableRow("ACF-004", "A2", "not asked"),),
        chair_decisions=(),
    )
    load(record, rows)
    for stage in ("scoring", "meeting"):
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
        if stage == to:
            break
    return record


def meeting_rows(*, combine: Combine = Combine.CONSENSUS) -> RoundRows:
    """Return a round in Coventry: on ACF-001 M3 stood aside and A1 is 2 apart; on ACF-002 M2 stood aside."""
    rows, third = workbook_rows(), application(3, withdrawn=True, eligibility=Eligibility.TO_CHECK)
    return replace(
        rows,
        scheme=replace(rows.scheme, combine=combine, quorum=2),
        areas=(Area("Coventry", 2_000_000), Area("Dudley", 1_000_000)),
        applications=(application(1), application(2), third),
        members=(
            MemberRow("M1", "Ann Sample"),
            MemberRow("M2", "Ravi Example", "chair"),
            MemberRow("M3", "Sian"),
            MemberRow("M4", "Ada", "adviser"),
        ),
        interests=(
            InterestRow("M1", None, InterestKind.NONE),
            InterestRow("M3", "ACF-001", InterestKind.PREJUDICIAL),
            InterestRow("M2", "ACF-002", InterestKind.PECUNIARY),
        ),
        sheets=tuple(SheetRow(member, of, True, marks) for (member, of), marks in _MARKS.items()),
        agreed=(),
        not_applicable=(),
        chair_decisions=(),
    )


@made_once
def at_meeting(record: Record, rows: RoundRows | None = None) -> Record:
    """Load the round and bring Coventry to its meeting."""
    load(set_up_office(record), rows or meeting_rows())
    for stage in ("scoring", "meeting"):
        record.perform(MoveAreas(1, ("Coventry",), stage), CHAIR)
    return record


def agreed_on(reference: str, *marks: int, reason: str = "said") -> AgreeMarks:
    """Return the agreed marks of the three criteria, or of the first of them."""
    given = zip(("A1", "A2", "A6"), marks, strict=False)
    values = (SetAgreedMark(1, reference, code, mark, reason, None, "") for code, mark in given)
    return AgreeMarks(1, reference, tuple(values))


def kept(record: Record) -> MeetingRows:
    return record.ask(lambda session: meeting(session, 1))


def here(record: Record, *members: str) -> None:
    """Mark members present at the meeting of Coventry."""
    stands = {code: state for _, code, state in kept(record).attendance}
    for member in members:
        record.perform(SetAttendance(1, "Coventry", member, "present", stands.get(member, "")), NOTES)
