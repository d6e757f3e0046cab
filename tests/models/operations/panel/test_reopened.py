"""Sheets that were handed in, and abstentions that opened others' marks, are not taken back in silence."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.clock import utc_now
from models.operation import Actor, Operation
from models.operations.applications.corrections import Change, CorrectApplication, SetWithdrawn
from models.operations.applications.gates import GateSetting, SetGate, SetGates
from models.operations.panel.members import AddInterest, AddMember, Declare, RemoveMember
from models.operations.panel.reopened import AT_INTAKE, NOTHING_DUE, OFF_PANEL, handed_in_words
from models.operations.panel.sheets import HandIn, ReopenSheet, SetMark
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.replace import ReplaceRound
from models.papers.kinds import SCHEDULE
from models.papers.minutes import MinuteLine, Minutes, sign_words
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.panel.panel import MemberDetails, interests
from models.queries.papers.minutes import annex_of_marks, round_minutes
from models.queries.papers.to_sign import schedule
from models.queries.permissions.reading import seen_round
from models.record import Record
from models.values.applications import text_of
from models.values.rows import InterestRow, RoundRows, SheetRow
from scoring.round import AFTER_MEETING, InterestKind
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.made_once import made_once
from tests.models.operations.meetings import CHAIR, meeting_rows
from tests.models.rounds import OFFICER, load, only_round, refuses, replacing, set_up_office, undo

WHY = "M1 read the wrong form"
SIAN = Actor("Sian", "member")
NONE = InterestRow("M3", None, InterestKind.NONE)
ABSTAINED = InterestRow("M3", "ACF-001", InterestKind.ABSTAINED)
STAYS = "What Sian declared on ACF-001 stays: others’ marks could be read since. The chair can take it back"


@made_once
def scored(record: Record, *, declared: tuple[InterestRow, ...] = (NONE,)) -> RoundRows:
    """Load a round whose ACF-001 M1 and M2 have handed in; M3 declared as said and gave no mark on it."""
    rows = meeting_rows()
    kept = tuple(row for row in rows.interests if row.member != "M3")
    load(set_up_office(record), replace(rows, interests=(*kept, *declared)))
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    return only_round(record)


@made_once
def after_meeting(record: Record) -> RoundRows:
    """Load the same, with ACF-001 back from its meeting and M3's sheet on it given and not handed in."""
    scored(record)
    for stage, why in (("meeting", ""), ("scoring", "A sheet is missing"), ("meeting", ""), ("scoring", WHY)):
        record.perform(MoveAreas(1, ("Coventry",), stage, why), CHAIR)
    mark_all(record, 5)
    return only_round(record)


@pytest.fixture
def given(record: Record) -> Record:
    """A round in which others' marks could be read."""
    scored(record)
    return record


@pytest.fixture
def met(record: Record) -> Record:
    """The same after its meeting."""
    after_meeting(record)
    return record


def sheet(record: Record, member: str, of: str = "ACF-001") -> SheetRow:
    return next(row for row in only_round(record).sheets if (row.member, row.application) == (member, of))


def without(rows: RoundRows, *members: str) -> RoundRows:
    left = tuple(one for one in rows.members if one.code not in members)
    return replace(
        rows,
        members=left,
        sheets=tuple(one for one in rows.sheets if one.member not in members),
        interests=tuple(one for one in rows.interests if one.member not in members),
    )


def other(rows: RoundRows, **changes: object) -> RoundRows:
    """Return the rows with something else on M1's sheet for ACF-001."""
    changed = (
        replace(one, **changes) if (one.member, one.application) == ("M1", "ACF-001") else one
        for one in rows.sheets
    )
    return replace(rows, sheets=tuple(changed))


def mark_all(record: Record, value: int) -> None:
    """Give M3's marks on ACF-001."""
    for code in ("A1", "A2", "A6"):
        put(record, SetMark(1, "M3", "ACF-001", code, value, None))


def hand_in(record: Record, member: str) -> None:
    put(record, HandIn(1, member, "ACF-001"))


def minuted(record: Record) -> Minutes:
    return record.ask(partial(round_minutes, order=PaperOrder("minutes", utc_now(), 1)))


def scheduled(record: Record) -> tuple[tuple[str, str, str], ...]:
    """Return the reopened sheets that the schedule tells of."""
    return record.ask(partial(schedule, order=PaperOrder(SCHEDULE, utc_now(), 1))).reopened


def marks_of(record: Record, reference: str = "ACF-001") -> tuple[MinuteLine, ...]:
    """Return what the annex of the minutes prints of an application."""
    told = record.ask(partial(annex_of_marks, order=PaperOrder("minutes-annex", utc_now(), 1)))
    return next(one.lines for one in told.items if one.reference == reference)


def test_a_workbook_without_a_handed_in_sheet_or_with_other_members_is_refused_with_the_names(
    record: Record,
) -> None:
    rows, words = scored(record), r"handed in: M1 Ann Sample on ACF-001\. .*--reopen-because TEXT: each"
    changes = {"submitted": False, "marks": (1, 1, 1), "reasons": ("good", "", ""), "for_panel": ("A1",)}
    for name, value in changes.items():
        refuses(record, words, ReplaceRound(1, other(rows, **{name: value})))

    # One that says nothing of a member leaves their declaration of none.
    said = tuple(row for row in rows.interests if row.application is not None)
    record.perform(ReplaceRound(1, replace(rows, interests=said)), OFFICER)
    assert [row.member for row in record.ask(partial(interests, round_id=1))] == ["M2", "M1", "M3"]

    renamed = tuple(replace(one, name="Zoe Else") if one.code == "M4" else one for one in rows.members)

    assert handed_in_words(rows, rows) == ""
    both = "handed in: M1 Ann Sample on ACF-001, M1 Ann Sample on ACF-002; and members: M1 Ann Sample is "
    assert both in handed_in_words(rows, without(rows, "M1"))
    assert handed_in_words(rows, replace(rows, members=renamed)) == (
        "The workbook takes back, changes or leaves out members: M4 Ada is Zoe Else, adviser there. Put them "
        "back, or say why with --reopen-because TEXT. Nothing was changed."
    )

    # With a reason the sheet is reopened and its first marks are kept.
    outcome = record.perform(replacing(record, other(rows, marks=(1, 1, 1)), WHY), OFFICER)
    record.perform(replacing(record, other(rows, marks=(2, 2, 2)), "Once more"), OFFICER)
    assert "Reopened, with the reason: M1 Ann Sample on ACF-001." in outcome.words
    found = sheet(record, "M1")
    assert (found.submitted, found.marks, found.reopened) == (True, (2, 2, 2), "Once more")
    assert found.first == (4, 0, 5)
    assert sheet(record, "M2").reopened == ""


def test_who_handed_a_sheet_in_stays_on_the_panel_and_who_did_not_goes(record: Record) -> None:
    rows = without(scored(record), "M1", "M4")

    outcome = record.perform(replacing(record, rows, WHY), OFFICER)

    assert "M1 Ann Sample on ACF-001, M1 Ann Sample on ACF-002" in outcome.words
    assert [one.code for one in only_round(record).members] == ["M2", "M3", "M1"]
    assert sheet(record, "M1") == SheetRow("M1", "ACF-001", False, (None,) * 3, (), WHY, (4, 0, 5))


def test_a_sheet_whose_marks_are_closed_to_the_chair_is_not_reopened(record: Record) -> None:
    rows = meeting_rows()
    blank = tuple(replace(one, marks=(None,) * 3) for one in rows.sheets)
    load(set_up_office(record), replace(rows, sheets=blank))
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)

    with pytest.raises(Refused, match=r"closed to you until your own sheets are handed in"):
        record.perform(ReopenSheet(1, "M1", "ACF-001", WHY), CHAIR)


def test_an_abstention_that_opened_others_marks_is_neither_undone_nor_taken_back(given: Record) -> None:
    undone = Declare(1, "M3", (NONE,), undoes=True)
    outcome = given.perform(AddInterest(1, ABSTAINED), SIAN)
    back = Declare(
        1, "M3", (NONE, replace(ABSTAINED, kind=InterestKind.NONE, detail="I know them after all"))
    )

    assert outcome.inverse is None, "nothing offers what would be refused"
    for operation, actor in ((undone, SIAN), (back, SIAN), (back, OFFICER), (undone, CHAIR)):
        refuses(given, STAYS, operation, actor)
    with pytest.raises(Refused, match=r"M3 abstained on ACF-001\. Where it is withdrawn, declare none"):
        given.perform(Declare(1, "M3", (NONE,)), CHAIR)


def test_who_abstained_and_could_read_others_marks_is_not_taken_off_the_panel(record: Record) -> None:
    ada = InterestRow("M4", "ACF-001", InterestKind.ABSTAINED)
    aside = InterestRow("M3", None, InterestKind.ABSTAINED)
    scored(record, declared=(NONE, ada, aside))

    # Nor is a chair who did not score let score by a declaration.
    refuses(record, "What Sian declared on ACF-001, ACF-002 stays", Declare(1, "M3", (NONE,)))
    with pytest.raises(Refused, match="Ada abstained on ACF-001, where others’ marks could be read since"):
        record.perform(RemoveMember(1, "M4"), OFFICER)


def test_an_abstention_that_opened_nothing_yet_is_undone(record: Record) -> None:
    rows = replace(meeting_rows(), sheets=(), interests=(NONE,))
    load(set_up_office(record), rows)
    outcome = record.perform(AddInterest(1, ABSTAINED), SIAN)

    undo(record, outcome)

    assert record.ask(partial(interests, round_id=1)) == (NONE,)


def test_a_workbook_takes_an_abstention_back_with_its_reason_alone(record: Record) -> None:
    rows = scored(record, declared=(NONE, ABSTAINED))
    others = tuple(row for row in rows.interests if row != ABSTAINED)
    back = replace(ABSTAINED, kind=InterestKind.NONE, detail="Entered by a slip")

    refuses(record, "M3 abstained on ACF-001", ReplaceRound(1, replace(rows, interests=others)))
    record.perform(ReplaceRound(1, replace(rows, interests=(*others, back))), OFFICER)

    assert sheet(record, "M3") == SheetRow("M3", "ACF-001", False, (None,) * 3, (), "Entered by a slip")


def test_a_declaration_stays_once_the_marks_are_open_to_the_panel(record: Record) -> None:
    scored(record, declared=())
    before_meeting: Operation = Declare(1, "M3", (), undoes=True)
    record.perform(Declare(1, "M3", (NONE,)), SIAN)
    record.perform(before_meeting, SIAN)
    record.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    outcome = record.perform(Declare(1, "M3", (NONE,)), SIAN)

    assert outcome.inverse is None
    refuses(record, "The declaration stays: others’ marks could be read since", before_meeting, SIAN)


def test_minutes_and_schedule_tell_of_it_with_the_reason_and_count_first_marks(given: Record) -> None:
    given.perform(ReopenSheet(1, "M1", "ACF-001", WHY), CHAIR)
    put(given, SetMark(1, "M1", "ACF-001", "A1", 2, 4))
    hand_in(given, "M1")

    told = minuted(given)
    item = next(one for one in told.items if one.reference == "ACF-001")

    assert item.reopened == (
        f"The score sheet of Ann Sample was reopened after others’ marks could be seen: {WHY}. It was first "
        "handed in with A1 4, A2 0 and A6 5.",
    )
    assert [line.marks[0] for line in marks_of(given)] == ["2 R", "0 R", "5 R"]
    # as first handed in: 4 and 2, 0 and 0, 5 and 4
    assert [line.spread for line in marks_of(given)] == ["2", "0", "1"]
    assert sign_words({"2 R"}) == f"R reopened after others’ marks could be seen, or {AFTER_MEETING}"
    assert (told.spread.differed, told.spread.compared) == (1, 6)
    assert scheduled(given) == (("ACF-001", "Ann Sample", WHY),)
    given.perform(ReopenSheet(1, "M1", "ACF-001", "A slip"), CHAIR)
    found = sheet(given, "M1")
    assert (found.marks, found.first, found.reopened) == ((2, 0, 5), (4, 0, 5), "A slip")


def test_a_sheet_first_handed_in_after_the_meeting_had_begun_says_so_and_is_not_what_came_before(
    met: Record,
) -> None:
    hand_in(met, "M3")

    told = minuted(met)
    item = next(one for one in told.items if one.reference == "ACF-001")

    assert sheet(met, "M3").reopened == AFTER_MEETING
    assert sheet(met, "M1").reopened == ""
    assert item.reopened == (f"The score sheet of Sian was {AFTER_MEETING}.",)
    assert [line.marks for line in marks_of(met)] == [("4", "2", "5 R"), ("0", "0", "5 R"), ("5", "4", "5 R")]
    assert (told.spread.differed, told.spread.compared) == (1, 6)
    assert scheduled(met) == (("ACF-001", "Sian", AFTER_MEETING),)
    # One that the chair opens again then says both.
    met.perform(ReopenSheet(1, "M3", "ACF-001", "A slip"), CHAIR)
    hand_in(met, "M3")

    found = sheet(met, "M3")
    assert (found.reopened, found.first) == (f"{AFTER_MEETING}; reopened: A slip", (5, 5, 5))
    met.perform(ReopenSheet(1, "M1", "ACF-001", WHY), CHAIR)
    hand_in(met, "M1")
    assert sheet(met, "M1").reopened == WHY


def moved(area: str | None, replacing: str | None) -> CorrectApplication:
    return CorrectApplication(
        1, "ACF-001", (Change("area", text_of(area), text_of(replacing)),), "Wrong area"
    )


OUT_AND_BACK: dict[str, tuple[Operation, Operation]] = {
    "withdrawn": (SetWithdrawn(1, "ACF-001", True, "A slip"), SetWithdrawn(1, "ACF-001", False)),
    "a gate": (
        SetGate(1, "ACF-001", "cap", "fail", "Too much"),
        SetGate(1, "ACF-001", "cap", "pass", replacing="fail"),
    ),
    "gates": (
        SetGates(1, (GateSetting("ACF-001", "cap", "fail", "Too much"),)),
        SetGates(1, (GateSetting("ACF-001", "cap", "pass", replacing="fail"),)),
    ),
    "an area": (moved(None, "Coventry"), moved("Coventry", None)),
}


@pytest.mark.parametrize("way", OUT_AND_BACK)
def test_what_is_taken_up_again_after_others_marks_could_be_read_says_so(given: Record, way: str) -> None:
    out, back = OUT_AND_BACK[way]

    given.perform(out, OFFICER)
    opened = sheet_of(given, "M3")
    found = given.ask(partial(seen_round, round_id=1, viewer=Viewer("Sian", member="M3")))
    told = [row for row in found.rows.sheets if row.application == "ACF-001" and row.member != "M3"]
    outcome = given.perform(back, OFFICER)
    mark_all(given, 4)
    hand_in(given, "M3")

    assert opened == ""
    assert {mark for row in told for mark in row.marks} == {None}, "closed to whom it was due"
    assert outcome.words.endswith(" 1 sheet is marked as opened after others’ marks could be seen.")
    assert sheet_of(given, "M3") == NOTHING_DUE
    assert [sheet_of(given, one) for one in ("M1", "M2", "M4")] == [""] * 3
    assert [line.marks[2] for line in marks_of(given)] == ["4 R"] * 3
    assert scheduled(given) == (("ACF-001", "Sian", NOTHING_DUE),)


def test_an_area_that_goes_back_to_intake_opens_all_and_its_sheets_say_so(given: Record) -> None:
    for stage, why in (("intake", "One came late"), ("scoring", "")):
        given.perform(MoveAreas(1, ("Coventry",), stage, why), CHAIR)

    assert sheet_of(given, "M3") == AT_INTAKE
    assert {one.member for one in only_round(given).sheets if one.reopened} == {"M3", "M4"}


def test_one_that_comes_from_an_area_that_met_says_so_where_it_goes(met: Record) -> None:
    met.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)

    met.perform(moved("Dudley", "Coventry"), OFFICER)
    hand_in(met, "M3")

    assert sheet_of(met, "M3") == NOTHING_DUE


def test_who_is_off_the_panel_for_a_time_or_joins_it_as_who_read_all_is_marked(given: Record) -> None:
    una = Actor("Una Test", OFFICER.role)

    for _ in ("by mistake", "once more"):
        undo(given, given.perform(RemoveMember(1, "M4"), OFFICER))
    given.perform(AddMember(1, MemberDetails("M5", "Ola Other")), una)
    given.perform(AddMember(1, MemberDetails("M6", "Una Test")), una)

    marked = {(one.member, one.application) for one in only_round(given).sheets if one.reopened == OFF_PANEL}
    assert marked == {("M4", "ACF-001"), ("M4", "ACF-002"), ("M6", "ACF-001"), ("M6", "ACF-002")}
    # What was marked and taken out of its area goes to no area at intake.
    given.perform(moved(None, "Coventry"), OFFICER)

    refuses(given, "both at scoring", moved("Dudley", None))


def sheet_of(record: Record, member: str) -> str:
    """Return why a member's sheet for ACF-001 is reopened, "" where it is not, or there is none."""
    mine = (one for one in only_round(record).sheets if (one.member, one.application) == (member, "ACF-001"))
    return next((one.reopened for one in mine), "")


def test_a_workbook_that_hands_one_in_after_the_meeting_marks_it_too_and_the_area_keeps_that_it_met(
    record: Record,
) -> None:
    rows = after_meeting(record)
    handed_in = (replace(one, submitted=True) if one.member == "M3" else one for one in rows.sheets)
    whole = replace(rows, sheets=tuple(handed_in))

    outcome = record.perform(ReplaceRound(1, whole), OFFICER)
    assert sheet(record, "M3").reopened == AFTER_MEETING
    record.perform(ReplaceRound(1, whole), OFFICER)
    assert sheet(record, "M3").reopened == AFTER_MEETING
    undo(record, outcome)
    assert sheet(record, "M3").reopened == ""
    hand_in(record, "M3")
    assert sheet(record, "M3").reopened == AFTER_MEETING
