"""An interest that was declared is taken back with a reason alone, in the window as from a workbook."""

from datetime import date, timedelta
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.clock import utc_now
from models.journal.erasing import on_trial
from models.operations.panel.members import AddInterest, Declare
from models.operations.panel.reopened import WITHOUT_REASON, mark_opened
from models.operations.panel.sheets import HandIn, SetMark
from models.operations.set_up.replace import ReplaceRound
from models.papers.order import PaperOrder
from models.queries.panel.meeting import LateInterest, Room, late_interests
from models.queries.panel.panel import declared_on, interests
from models.queries.papers.minuted import took_no_part
from models.queries.papers.minutes import round_minutes
from models.record import Record
from models.schema.panel import sheet_table
from models.session import Session
from models.values.rounds import MeetingHeld
from models.values.rows import InterestRow, dated
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.conftest import TickingClock
from tests.models.operations.meetings import meeting_rows
from tests.models.operations.panel.test_marks import COUSIN, scoring_round
from tests.models.operations.set_up.test_replace import only_round
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office, undo
from tests.paper_text import minutes_lines

NONE = InterestRow("M2", None, InterestKind.NONE)
GONE = replace(COUSIN, kind=InterestKind.NONE, detail="She left the club.")
SILENT = "M2 declared an interest in ACF-001. Where it is withdrawn, declare none there and say why"


def of_member(record: Record) -> set[InterestRow]:
    return {row for row in record.ask(partial(interests, round_id=1)) if row.member == "M2"}


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (NONE,),
        (NONE, replace(GONE, detail=" ")),
        (replace(GONE, kind=InterestKind.ABSTAINED, detail=""),),
    ],
)
def test_no_interest_is_taken_back_without_a_reason(record: Record, rows: tuple[InterestRow, ...]) -> None:
    scoring_round(record)

    with pytest.raises(Refused, match=SILENT):
        record.perform(Declare(1, "M2", rows), OFFICER)


def test_with_one_it_is_and_the_minutes_say_who_when_what_and_why(record: Record) -> None:
    scoring_round(record)
    rows = dated([COUSIN], (NONE, GONE), date(2026, 11, 22))

    outcome = record.perform(Declare(1, "M2", rows), OFFICER)

    gone = "Withdrawn on 22 November 2026 (pecuniary): She left the club."
    assert of_member(record) == {NONE, replace(GONE, detail=gone)}
    found = record.ask(partial(round_minutes, order=PaperOrder("minutes", utc_now(), 1)))
    item, *others = sorted(found.items, key=lambda item: item.reference)
    assert (item.away, item.withdrawn) == ((), (("Ravi", gone),))
    assert not any(other.withdrawn for other in others)
    assert (found.interests, found.without, found.silent) == ((), ("Ann Sample", "Ravi"), ("Sian",))
    undo(record, outcome)
    assert of_member(record) == {COUSIN}
    undo(record, outcome)
    assert_replays(record)


def test_minutes_say_who_declared_what_and_when_and_whose_marks_that_set_aside(record: Record) -> None:
    scoring_round(record)

    def told() -> tuple[str, ...]:
        minutes = record.ask(partial(round_minutes, order=PaperOrder("minutes", utc_now(), 1)))
        lines = minutes_lines(minutes)
        first, last = lines.index("Declarations of interest"), lines.index("What the panel recommends")
        return tuple(lines[first + 1 : last])

    loaded = "Ravi declared a financial interest in ACF-001 on 3 November 2026, and takes no part in it."
    silent = "No declaration is recorded of Sian."
    before = told()
    for code in ("A1", "A2", "A6"):
        record.perform(SetMark(1, "M1", "ACF-001", code, 4, None, from_paper=True), OFFICER)
    record.perform(HandIn(1, "M1", "ACF-001", from_paper=True), OFFICER)
    late = InterestRow("M1", "ACF-001", InterestKind.PREJUDICIAL)
    said = record.perform(Declare(1, "M1", (late,)), OFFICER).words
    again = record.perform(
        AddInterest(1, InterestRow("M1", "ACF-004", InterestKind.ABSTAINED)), OFFICER
    ).words

    assert said == "The declaration of M1 is recorded. Their sheet on ACF-001 is not counted."
    assert again == "The declaration of M1 is recorded."
    assert before == (
        loaded,
        f"No interest in what is minuted here was declared by Ann Sample. {silent}",
    )
    assert told() == (
        loaded,
        "Ann Sample declared a prejudicial interest in ACF-001 on 3 November 2026; their sheet is not "
        "counted.",
        "Ann Sample abstained on ACF-004.",
        silent,
    )
    assert took_no_part((late, COUSIN), {"ACF-001"}, {}, {("M1", "ACF-001")}) == (
        "1 member of the scoring panel declared an interest in 1 application and took no part there; "
        "the minutes name them. 1 member of the scoring panel declared an interest in 1 application for "
        "which their score sheet is not counted; the minutes name them."
    )
    assert took_no_part((late,), {"ACF-002"}, {}, ()) == ""


def test_who_declares_after_an_item_closed_is_not_said_to_have_taken_no_part(record: Record) -> None:
    scoring_round(record)
    record.perform(Declare(1, "M1", (late := replace(COUSIN, member="M1"),)), OFFICER)
    rooms = {"ACF-001": Room(("M1", "M2"), ("M1",))}
    assert took_no_part((late, COUSIN), {"ACF-001"}, rooms, ()) == (
        "1 member of the scoring panel declared an interest in 1 application and took no part there; "
        "the minutes name them. 1 member of the scoring panel declared an interest in 1 application only "
        "after they had taken part there; the minutes name them."
    )


def test_what_was_just_declared_is_undone_without_a_word(record: Record) -> None:
    scoring_round(record)
    outcome = record.perform(Declare(1, "M2", (COUSIN, replace(COUSIN, application="ACF-002"))), OFFICER)

    undo(record, outcome)

    assert of_member(record) == {COUSIN}


def test_words_that_stand_are_dated_once(record: Record) -> None:
    first = dated([COUSIN], [GONE], date(2026, 11, 22))

    assert dated(first, first, date(2026, 12, 1)) == first
    assert dated([COUSIN], [NONE, replace(GONE, detail="")], date(2026, 12, 1)) == (
        NONE,
        replace(GONE, detail=""),
    )


def test_a_workbook_without_the_interest_says_why_too(record: Record) -> None:
    load(set_up_office(record))
    rows = only_round(record)
    conflict = next(row for row in rows.interests if row.kind.is_conflict)
    others = tuple(row for row in rows.interests if row is not conflict)
    why = replace(conflict, kind=InterestKind.NONE, detail="Given up")

    with pytest.raises(Refused, match=f"{conflict.member} declared an interest in {conflict.application}"):
        record.perform(ReplaceRound(1, replace(rows, interests=others)), OFFICER)
    record.perform(ReplaceRound(1, replace(rows, interests=(*others, why))), OFFICER)

    assert why in record.ask(partial(interests, round_id=1))
    assert_replays(record)


def test_an_interest_keeps_the_day_it_was_declared_on_whatever_is_recorded_after(
    record: Record, clock: TickingClock
) -> None:
    scoring_round(record)
    days = partial(declared_on, round_id=1)
    loaded, second, third = (date(2026, 11, day) for day in (3, 4, 5))

    clock.now += timedelta(days=1)
    record.perform(AddInterest(1, InterestRow("M2", "ACF-002", InterestKind.ABSTAINED)), OFFICER)
    clock.now += timedelta(days=1)
    more = InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL)
    rows = only_round(record)
    outcome = record.perform(ReplaceRound(1, replace(rows, interests=(*rows.interests, more))), OFFICER)

    known = {("M2", "ACF-001"): loaded, ("M2", "ACF-002"): second}
    assert record.ask(days) == known | {("M1", "ACF-002"): third}
    undo(record, outcome)
    assert record.ask(days) == known
    assert_replays(record)


def test_a_late_interest_is_told_with_its_day_and_whether_that_was_the_meetings(record: Record) -> None:
    load(set_up_office(record), meeting_rows())
    late = InterestRow("M1", "ACF-001", InterestKind.PREJUDICIAL)
    record.perform(AddInterest(1, late), OFFICER)
    rows = only_round(record)

    def told(held_on: date) -> dict[tuple[str, str], LateInterest]:
        held = {"Coventry": MeetingHeld(held_on)}
        return record.ask(partial(late_interests, round_id=1, rows=rows, held=held))

    day = date(2026, 11, 3)
    assert told(day) == {("M1", "ACF-001"): LateInterest("M1", "ACF-001", day, at_meeting=True)}
    assert told(date(2026, 11, 4))["M1", "ACF-001"].words == (
        "declared on 3 November 2026; their sheet is not counted"
    )


def test_a_sheet_that_opens_without_a_word_of_why_is_marked_all_the_same(record: Record) -> None:
    scoring_round(record)

    def marked(session: Session) -> list[str]:
        with on_trial(session) as trial:
            mark_opened(trial, 1, {("M1", "ACF-002"): " "})
            rows = trial.execute(select(sheet_table.c.reopened).where(sheet_table.c.reopened.is_not(None)))
            return list(rows.scalars())

    assert record.ask(marked) == [WITHOUT_REASON]
