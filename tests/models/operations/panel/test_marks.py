"""Declaring, marking, giving reasons and handing in."""

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.agreed import KeepForPanel, SetAgreedMark, SetDissent
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark, SetReason
from models.operations.set_up.areas import MoveArea
from models.queries.panel.panel import interests
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import AgreedRow, InterestRow, MemberRow, NotApplicableRow, RoundRows, SheetRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    undo,
    workbook_rows,
)

CHAIR = Actor("Ravi Example", "chair")
NONE = InterestRow("M1", None, InterestKind.NONE)
COUSIN = InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin")


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
        record.perform(MoveArea(1, "Coventry", stage), CHAIR)
        if stage == to:
            break
    return record


def only_round(record: Record) -> RoundRows:
    return record.ask(lambda session: round_rows(session, 1))


def mark(criterion: str, value: int | None, replacing: int | None = None) -> SetMark:
    return SetMark(1, "M1", "ACF-001", criterion, value, replacing)


def test_a_mark_is_given_changed_and_taken_back(record: Record) -> None:
    scoring_round(record)
    put(record, mark("A1", None))
    assert only_round(record).sheets == ()

    first = put(record, mark("A1", 3))
    second = put(record, mark("A1", 4, 3))
    assert only_round(record).sheets == (SheetRow("M1", "ACF-001", False, (4, None, None)),)

    undo(record, second)
    assert only_round(record).sheets == (SheetRow("M1", "ACF-001", False, (3, None, None)),)
    undo(record, first)
    assert only_round(record).sheets == ()
    assert_replays(record)


def test_a_mark_and_its_reason_do_not_touch_one_another(record: Record) -> None:
    scoring_round(record)

    outcome = put(record, SetReason(1, "M1", "ACF-001", "A1", "asked 200 people", ""))
    put(record, mark("A1", 5))
    assert only_round(record).sheets == (
        SheetRow("M1", "ACF-001", False, (5, None, None), ("asked 200 people", "", "")),
    )

    undo(record, outcome)
    assert only_round(record).sheets == (SheetRow("M1", "ACF-001", False, (5, None, None)),)


def test_taking_one_mark_back_leaves_the_others(record: Record) -> None:
    scoring_round(record)
    put(record, mark("A1", 3))
    put(record, mark("A2", 2))

    put(record, mark("A1", None, 3))

    assert only_round(record).sheets == (SheetRow("M1", "ACF-001", False, (None, 2, None)),)


def test_a_complete_sheet_is_handed_in_for_good(record: Record) -> None:
    scoring_round(record)
    for code in ("A1", "A2", "A6"):
        put(record, mark(code, 0))

    outcome = put(record, HandIn(1, "M1", "ACF-001"))

    assert only_round(record).sheets == (SheetRow("M1", "ACF-001", True, (0, 0, 0)),)
    assert outcome.inverse is None
    assert HandIn.is_barrier
    with pytest.raises(Refused, match="is handed in"):
        put(record, mark("A1", 1, 0))
    assert_replays(record)


def test_a_sheet_with_a_gap_is_not_handed_in(record: Record) -> None:
    scoring_round(record)
    put(record, mark("A1", 3))

    with pytest.raises(Refused, match="No mark yet on A2, A6 of ACF-001"):
        put(record, HandIn(1, "M1", "ACF-001"))


def test_a_criterion_set_aside_is_not_missed(record: Record) -> None:
    scoring_round(record)
    for code in ("A1", "A6"):
        put(record, SetMark(1, "M1", "ACF-004", code, 3, None))

    put(record, HandIn(1, "M1", "ACF-004"))

    assert only_round(record).sheets == (SheetRow("M1", "ACF-004", True, (3, None, 3)),)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (mark("A1", 6), "6 is not on the scale from 0 to 5"),
        (mark("A1", -1), "-1 is not on the scale"),
        (mark("Z9", 1), "Z9 is not a criterion that members mark"),
        (mark("A1", 2, 1), "marked in the meantime"),
        (SetReason(1, "M1", "ACF-001", "A1", "b", "a"), "changed in the meantime"),
        (SetMark(1, "M1", "ACF-004", "A2", 3, None), "The chair has set A2 aside for ACF-004"),
        (SetMark(1, "M2", "ACF-001", "A1", 3, None), "M2 declared “pecuniary” on ACF-001"),
        (SetMark(1, "M3", "ACF-001", "A1", 3, None), "M3 has not declared interests yet"),
        (SetMark(1, "M9", "ACF-001", "A1", 3, None), "no member M9"),
        (SetMark(1, "M1", "ACF-002", "A1", 3, None), "Dudley is at the stage “intake”"),
        (SetMark(1, "M1", "ACF-003", "A1", 3, None), "ACF-003 has no area yet"),
    ],
)
def test_a_mark_that_may_not_be_given_is_refused(record: Record, operation: Operation, words: str) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match=words):
        put(record, operation)

    assert only_round(record).sheets == ()


def test_nothing_is_marked_before_the_round_is_open(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    with pytest.raises(Refused, match="still being set up"):
        record.perform(SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), OFFICER)


def test_no_sheet_is_handed_in_once_marks_are_agreed(record: Record) -> None:
    scoring_round(record)
    for code in ("A1", "A2", "A6"):
        put(record, mark(code, 3))
    record.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    record.perform(SetAgreedMark(1, "ACF-001", "A1", 3, "", None, ""), OFFICER)
    record.perform(MoveArea(1, "Coventry", "scoring", "a sheet is missing"), CHAIR)

    with pytest.raises(Refused, match="has agreed marks on ACF-001"):
        put(record, HandIn(1, "M1", "ACF-001"))


def test_an_agreed_mark_with_its_reason_and_dissent_is_undone_step_by_step(record: Record) -> None:
    scoring_round(record, to="meeting")

    agreed = record.perform(SetAgreedMark(1, "ACF-001", "A1", 4, "clear need", None, ""), OFFICER)
    dissent = record.perform(SetDissent(1, "ACF-001", "M2 would give 5", ""), OFFICER)
    assert only_round(record).agreed == (
        AgreedRow("ACF-001", (4, None, None), ("clear need", "", ""), "M2 would give 5"),
    )

    undo(record, agreed)
    assert only_round(record).agreed == (AgreedRow("ACF-001", (None,) * 3, (), "M2 would give 5"),)
    undo(record, dissent)
    assert only_round(record).agreed == ()
    assert_replays(record)


def test_moderation_records_stand_in_the_order_of_their_applications(record: Record) -> None:
    scoring_round(record, to="meeting")

    record.perform(SetDissent(1, "ACF-004", "M2 dissents", ""), OFFICER)
    record.perform(SetAgreedMark(1, "ACF-001", "A1", 4, "", None, ""), OFFICER)

    assert [row.application for row in only_round(record).agreed] == ["ACF-001", "ACF-004"]


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (SetAgreedMark(1, "ACF-001", "A1", 6, "", None, ""), "6 is not on the scale"),
        (SetAgreedMark(1, "ACF-001", "Z9", 1, "", None, ""), "Z9 is not a criterion that is marked"),
        (SetAgreedMark(1, "ACF-001", "A1", 1, "", 2, ""), "agreed in the meantime"),
        (SetDissent(1, "ACF-001", "b", "a"), "changed in the meantime"),
        (SetDissent(1, "ACF-002", "b", ""), "Dudley is at the stage “intake”"),
    ],
)
def test_what_the_meeting_may_not_recorded_is_refused(
    record: Record, operation: Operation, words: str
) -> None:
    scoring_round(record, to="meeting")

    with pytest.raises(Refused, match=words):
        put(record, operation)


def test_a_declaration_takes_the_place_of_the_earlier_one(record: Record) -> None:
    scoring_round(record)
    friend = InterestRow("M1", "ACF-004", InterestKind.PREJUDICIAL, "a friend")

    outcome = record.perform(Declare(1, "M1", (friend,)), OFFICER)
    assert set(record.ask(lambda s: interests(s, 1))) == {COUSIN, friend}

    undo(record, outcome)
    assert set(record.ask(lambda s: interests(s, 1))) == {COUSIN, NONE}
    assert_replays(record)


def test_the_first_declaration_of_a_round_opens_its_sheets(record: Record) -> None:
    scoring_round(record)
    record.perform(Declare(1, "M1", ()), OFFICER)
    record.perform(Declare(1, "M2", (), undoes=True), OFFICER)

    record.perform(Declare(1, "M3", (InterestRow("M3", None, InterestKind.NONE),)), OFFICER)
    put(record, SetMark(1, "M3", "ACF-001", "A1", 3, None))

    assert [sheet.member for sheet in only_round(record).sheets] == ["M3"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((COUSIN,), "cannot speak for M2"),
        ((InterestRow("M1", None, InterestKind.PECUNIARY),), "Say to which application"),
        ((InterestRow("M1", "ACF-9", InterestKind.PECUNIARY),), "no application ACF-9"),
    ],
)
def test_a_declaration_that_does_not_hold_together_is_refused(
    record: Record, rows: tuple[InterestRow, ...], words: str
) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match=words):
        record.perform(Declare(1, "M1", rows), OFFICER)


def test_an_interest_that_comes_after_the_recommendation_is_recorded(record: Record) -> None:
    scoring_round(record)
    item = RecommendationRow("ACF-001", "reserve", None, "later")
    record.perform(RecordRecommendations(1, (item,)), OFFICER)

    outcome = record.perform(Declare(1, "M1", (replace(COUSIN, member="M1"),)), OFFICER)

    assert outcome.inverse is not None
    assert_replays(record)


def test_a_reason_is_kept_for_the_panel_after_the_meeting_too_and_undone(record: Record) -> None:
    scoring_round(record, to="meeting")
    record.perform(SetAgreedMark(1, "ACF-001", "A1", 4, "is it legal?", None, ""), OFFICER)
    record.perform(MoveArea(1, "Coventry", "recommending", "all agreed"), CHAIR)

    kept = record.perform(KeepForPanel(1, "ACF-001", "A1", True), OFFICER)
    (row,) = only_round(record).agreed
    assert (row.for_panel, dict(row.told_reasons(only_round(record).scheme))) == (("A1",), {})
    with pytest.raises(Refused, match="A1 of ACF-001 is kept for the panel already"):
        record.perform(KeepForPanel(1, "ACF-001", "A1", True), OFFICER)

    undo(record, kept)
    (row,) = only_round(record).agreed
    assert (row.for_panel, dict(row.told_reasons(only_round(record).scheme))) == ((), {"A1": "is it legal?"})
    with pytest.raises(Refused, match="A1 of ACF-001 is told to the applicant already"):
        record.perform(KeepForPanel(1, "ACF-001", "A1", False), OFFICER)
    with pytest.raises(Refused, match="ACF-001 has no agreed reason on A2 to keep"):
        record.perform(KeepForPanel(1, "ACF-001", "A2", True), OFFICER)
    assert_replays(record)


def test_a_member_keeps_their_own_reason_for_the_panel_whatever_becomes_of_the_words(record: Record) -> None:
    scoring_round(record)
    said = put(record, SetReason(1, "M1", "ACF-001", "A1", "is it legal?", ""))
    kept = put(record, SetReason(1, "M1", "ACF-001", "A1", "is it legal?", "is it legal?", for_panel=True))
    assert kept.words == "Kept the reason on A1 of ACF-001 for the panel."
    put(record, SetReason(1, "M1", "ACF-001", "A1", "", "is it legal?"))
    put(record, SetReason(1, "M1", "ACF-001", "A1", "is it lawful?", ""))
    put(record, mark("A1", 2))
    (sheet,) = only_round(record).sheets
    assert (sheet.reasons[0], sheet.for_panel) == ("is it lawful?", ("A1",))

    assert isinstance(kept.inverse, SetReason)
    assert kept.inverse.label == "Let the reason on A1 of ACF-001 be told"
    put(record, replace(kept.inverse, text="is it lawful?", replacing="is it lawful?"))
    assert only_round(record).sheets[0].for_panel == ()
    assert said.words == "Gave a reason on A1 of ACF-001."
    assert_replays(record)


def test_a_tick_is_of_its_member_and_closed_with_the_sheet(record: Record) -> None:
    scoring_round(record)
    tick = SetReason(1, "M1", "ACF-001", "A1", "", "", for_panel=True)

    put(record, tick)
    assert only_round(record).sheets[0].for_panel == ("A1",)
    put(record, replace(tick, for_panel=False))
    assert only_round(record).sheets == (), "nothing is left on it"

    for code in ("A1", "A2", "A6"):
        put(record, mark(code, 3))
    put(record, HandIn(1, "M1", "ACF-001"))
    with pytest.raises(Refused, match="is handed in"):
        put(record, tick)
