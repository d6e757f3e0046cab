"""What a workbook cannot hold stays when a round is brought up to date, and undoing gives the same tables."""

from datetime import date, datetime
from typing import Any, ClassVar

import pytest
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select, text, update

from models.operation import Actor, Outcome
from models.operations.applications.corrections import Change, CorrectApplication, KeepApart
from models.operations.applications.gates import SetGate
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import EditMember
from models.operations.panel.sheets import ReopenSheet
from models.operations.set_up.areas import MoveArea, RemoveArea, SetAreaDates
from models.operations.set_up.people import GiveRole
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.scheme import AmendScheme
from models.queries.panel.panel import member_details
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates
from models.record import Record
from models.schema.base import METADATA
from models.schema.panel import person_table, sheet_table
from models.session import Session
from models.values.rounds import AreaDates
from models.values.rows import MemberRow, RoundRows
from scoring.round import Area, Eligibility
from scoring.written.text import Refused
from tests.models.operations.meetings import CHAIR, NOTES, meeting_rows
from tests.models.rounds import (
    OFFICER,
    assert_replays,
    import_operation,
    load,
    replacing,
    set_up_office,
    undo,
)

DATES = AreaDates(date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 5))
WHY = "the wrong form was read"
_NOT_COMPARED = ("journal", "journal_body", "draft", "setting")


def tables(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the record's tables as stored, the journal left out."""

    def rows(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        kept = [name for name in sorted(METADATA.tables) if name not in _NOT_COMPARED]
        return {
            name: sorted((tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))), key=repr)
            for name in kept
        }

    return record.ask(rows)


def reopened(record: Record) -> list[tuple[str | None, bool]]:
    """Return why sheets were opened again, and whether they are handed in now."""
    columns = select(sheet_table.c.reopened, sheet_table.c.is_submitted).where(
        sheet_table.c.reopened.is_not(None)
    )
    return record.ask(lambda session: [(why, submitted) for why, submitted in session.execute(columns)])


def stored(record: Record) -> RoundRows:
    return record.ask(lambda session: round_rows(session, 1))


class SetPost(Struct, frozen=True):
    """Give a person a post, as an earlier program may have done."""

    kind: ClassVar[str] = "set post"
    is_barrier: ClassVar[bool] = True
    name: str
    post: str
    label: str = "Set a post"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it."""
        people = person_table
        session.execute(update(people).where(people.c.name == self.name).values(post=self.post))
        return Outcome(frozenset(), None, "Set.")


@pytest.fixture
def worked_on(record: Record) -> Record:
    """Return a record of two rounds, the first with something of all that only the window enters."""
    rows = meeting_rows()
    rows = replace(rows, areas=(*rows.areas, Area("Walsall", 5)))
    load(set_up_office(record), rows)
    load(
        record, replace(rows, name="Spring", members=(MemberRow("M1", "Zoe Else"),), interests=(), sheets=())
    )
    for area in ("Coventry", "Walsall"):
        record.perform(SetAreaDates(1, area, DATES, AreaDates()), OFFICER)
    record.perform(GiveRole(1, "Cass Signs", "decider"), OFFICER)
    record.perform(GiveRole(1, "Sian", "note-taker"), OFFICER)
    ada = record.ask(lambda s: member_details(s, 1, "M4"))
    record.perform(EditMember(1, replace(ada, kind="community"), ada), OFFICER)
    record.perform(
        CorrectApplication(1, "ACF-001", (Change("postcode", '"WV1 1AA"', '""'),), "mistyped"), OFFICER
    )
    record.perform(KeepApart(1, "ACF-001", "ACF-002", reason="two sites"), OFFICER)
    record.perform(SetGate(1, "ACF-002", "cap", "waived", "a pilot"), OFFICER)
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    scheme = stored(record).scheme
    record.perform(AmendScheme(1, replace(scheme, quorum=1), scheme, "too few members"), CHAIR)
    record.perform(ReopenSheet(1, "M1", "ACF-001", "misread the form"), CHAIR)
    return record


def test_the_same_workbook_keeps_what_only_the_window_puts_down(worked_on: Record) -> None:
    worked_on.perform(ReplaceRound(1, stored(worked_on)), OFFICER)
    once = tables(worked_on)
    assert reopened(worked_on) == [("misread the form", False)]
    assert worked_on.ask(lambda s: member_details(s, 1, "M4")).kind == "community"
    assert worked_on.ask(lambda s: area_dates(s, 1))["Walsall"] == DATES
    assert [len(once[name]) for name in ("scheme_amendments", "corrections", "kept_apart")] == [1, 1, 1]
    assert [len(once[name]) for name in ("round_roles", "gate_results")] == [2, 4]
    assert_replays(worked_on)


def test_a_reopened_sheet_stays_marked_when_the_workbook_hands_it_in_or_lacks_it(worked_on: Record) -> None:
    rows = stored(worked_on)
    handed_in = tuple(replace(sheet, submitted=True) for sheet in rows.sheets)

    worked_on.perform(ReplaceRound(1, replace(rows, sheets=handed_in)), OFFICER)
    assert reopened(worked_on) == [("misread the form", True)]

    worked_on.perform(replacing(worked_on, replace(rows, sheets=()), WHY), OFFICER)
    assert reopened(worked_on) == [(WHY, False)] * 4
    assert [sheet.marks for sheet in stored(worked_on).sheets] == [(None, None, None)] * 4
    assert [sheet.first for sheet in stored(worked_on).sheets] == [sheet.marks for sheet in rows.sheets]
    assert_replays(worked_on)


def smaller(rows: RoundRows) -> RoundRows:
    """Return a workbook without an area and most of the panel, and with other gates and withdrawals."""
    first, second, third = rows.applications
    changed = (
        replace(first, withdrawn=True),
        replace(second, eligibility=Eligibility.NO, eligibility_reason="late"),
        replace(third, withdrawn=False),
    )
    areas = (Area("Dudley", 3), Area("Wolverhampton", 7), rows.areas[0])
    return replace(
        rows,
        areas=areas,
        applications=changed,
        members=(MemberRow("M9", "Ola New"),),
        interests=(),
        sheets=(),
    )


def shrunk(record: Record) -> Outcome:
    return record.perform(replacing(record, smaller(stored(record)), WHY), OFFICER)


def test_undoing_gives_the_same_tables_to_the_letter(worked_on: Record) -> None:
    before = tables(worked_on)

    outcome = shrunk(worked_on)
    assert sorted(reopened(worked_on)) == [("misread the form", False), *[(WHY, False)] * 3]
    after = tables(worked_on)
    assert_replays(worked_on)
    undone = undo(worked_on, outcome)
    assert tables(worked_on) == before
    assert_replays(worked_on)

    redone = undo(worked_on, undone)
    assert tables(worked_on) == after
    undo(worked_on, redone)
    assert tables(worked_on) == before
    assert_replays(worked_on)


def test_undoing_the_opening_of_a_round_gives_the_same_tables(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)
    rows = stored(record)
    load(record, replace(meeting_rows(), name="Spring"))
    before = tables(record)

    undo(record, record.perform(ReplaceRound(1, replace(rows, members=(MemberRow("M1", "Ann"),))), OFFICER))

    assert tables(record) == before
    assert_replays(record)


def test_a_person_who_left_the_panel_comes_back_with_their_post(worked_on: Record) -> None:
    worked_on.perform(SetPost("Ann Sample", "Youth worker"), OFFICER)
    before = tables(worked_on)

    undo(worked_on, shrunk(worked_on))

    assert tables(worked_on) == before
    assert [row for row in before["people"] if "Youth worker" in row]


def test_what_has_the_numbers_of_another_change_is_not_put_back(worked_on: Record) -> None:
    outcome = shrunk(worked_on)
    load(worked_on, replace(meeting_rows(), name="Summer"))
    head = worked_on.head()

    with pytest.raises(Refused, match="changed in the meantime, so the round cannot be put back"):
        undo(worked_on, outcome)

    assert worked_on.head() == head


def test_a_round_that_met_since_is_not_put_back(worked_on: Record) -> None:
    outcome = worked_on.perform(ReplaceRound(1, stored(worked_on)), OFFICER)
    worked_on.perform(MoveArea(1, "Coventry", "meeting"), CHAIR)
    worked_on.perform(SetAttendance(1, "Coventry", "M1", "present", ""), NOTES)

    with pytest.raises(Refused, match="has met"):
        undo(worked_on, outcome)

    assert len(tables(worked_on)["attendance"]) == 1


def test_a_round_whose_criteria_were_amended_since_does_not_go_back_to_being_set_up(record: Record) -> None:
    set_up_office(record).perform(import_operation(), OFFICER)
    outcome = record.perform(ReplaceRound(1, stored(record)), OFFICER)
    scheme = stored(record).scheme
    record.perform(AmendScheme(1, replace(scheme, quorum=2), scheme, "a larger panel"), CHAIR)

    with pytest.raises(Refused, match="were amended since, and every version is kept"):
        undo(record, outcome)


def test_an_area_that_a_workbook_dropped_and_brought_back_by_undo_can_be_removed(worked_on: Record) -> None:
    undo(worked_on, shrunk(worked_on))

    removed = worked_on.perform(RemoveArea(1, "Walsall"), OFFICER)
    undo(worked_on, removed)

    assert worked_on.ask(lambda s: area_dates(s, 1))["Walsall"] == DATES
    assert_replays(worked_on)


def test_a_round_without_applications_is_brought_up_to_date_and_put_back(record: Record) -> None:
    rows = replace(meeting_rows(), applications=(), interests=(), sheets=())
    load(set_up_office(record), rows)
    before = tables(record)

    undo(record, record.perform(replacing(record, replace(rows, members=()), WHY), OFFICER))

    assert tables(record) == before
