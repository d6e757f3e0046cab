"""What is undone, done again or brought up to date from a workbook comes out as it was."""

from datetime import date
from functools import partial
from typing import Any, get_type_hints

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy import text as text_of

from models.journal.verify import verify
from models.operation import Actor, Outcome
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.corrections import Change, CorrectApplication, KeepApart
from models.operations.applications.gates import SetGate
from models.operations.awards.monitoring import SetReturnBands
from models.operations.awards.year_end import SetSpent, SpentChange
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.meetings import SetAttendance
from models.operations.panel.members import EditMember
from models.operations.panel.sheets import ReopenSheet, SetMark
from models.operations.set_up.areas import MoveAreas, SetAreaDates, SetPot
from models.operations.set_up.load import LoadRound
from models.operations.set_up.people import GiveRole
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.scheme import AmendScheme
from models.papers.year.year_facts import Spent
from models.queries.applications.applications import applications, gate_results
from models.queries.panel.panel import member_details
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates
from models.record import Record
from models.reference.defaults import ReturnBand
from models.schema.base import METADATA
from models.schema.panel import sheet_table
from models.session import Session
from models.values.recommending import RecommendationRow
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, Eligibility
from tests.entitled import put
from tests.models.operations.deciding_rounds import every_line, last_step
from tests.models.operations.meetings import CHAIR, NOTES, meeting_rows
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    import_operation,
    load,
    only_round,
    refused,
    refuses,
    replacing,
    set_up_office,
    undo,
    workbook_rows,
)


def test_a_round_taken_out_and_brought_back_keeps_what_its_gates_came_to_one_by_one(record: Record) -> None:
    imported = set_up_office(record).perform(import_operation(), OFFICER)
    before = record.ask(lambda s: (applications(s, 1), gate_results(s, 1)))

    undo(record, undo(record, imported))

    assert record.ask(lambda s: (applications(s, 1), gate_results(s, 1))) == before
    record.perform(SetGate(1, "ACF-002", "cap", "pass", "", "fail"), OFFICER)
    assert record.ask(lambda s: applications(s, 1))[1].eligibility is Eligibility.TO_CHECK


def test_there_is_no_removing_nothing(taken_in: Record) -> None:
    refuses(taken_in, "no application to remove", RemoveApplications(1, ()))

    # Undoing the opening of a round gives the same tables.
    rows = only_round(taken_in)
    load(taken_in, replace(meeting_rows(), name="Spring"))
    before = tables(taken_in)
    undo(
        taken_in, taken_in.perform(ReplaceRound(1, replace(rows, members=(MemberRow("M1", "Ann"),))), OFFICER)
    )
    assert tables(taken_in) == before
    # Once its criteria were amended it does not go back to being set up.
    outcome = taken_in.perform(ReplaceRound(1, only_round(taken_in)), OFFICER)
    scheme = only_round(taken_in).scheme
    taken_in.perform(AmendScheme(1, replace(scheme, quorum=2), scheme, "a larger panel"), CHAIR)

    refused("were amended since, and every version is kept", undo, taken_in, outcome)


def test_applications_come_back_though_others_kept_their_area(record: Record) -> None:
    set_up_office(record).perform(import_operation(areas=("Coventry", "Dudley")), OFFICER)
    first = record.perform(
        replace(import_operation(application(4, area="Walsall"), areas=("Walsall",))), OFFICER
    )
    record.perform(replace(import_operation(application(5, area="Walsall"), areas=())), OFFICER)
    before = set(record.ask(lambda s: applications(s, 1)))

    undo(record, undo(record, first))

    assert set(record.ask(lambda s: applications(s, 1))) == before


def test_what_stood_nowhere_before_is_gone_when_it_is_undone(taken_in: Record) -> None:
    """A closing date and its gate, how often awards report, and what was spent."""
    stands = taken_in.ask(lambda s: area_dates(s, 1))["Coventry"]
    spent = SpentChange("Coventry", "", Spent(100, 0, date(2027, 3, 31), "the ledger"), None)
    for change in (
        SetAreaDates(1, "Coventry", replace(stands, closes_on=date(2026, 10, 1)), stands),
        SetReturnBands(1, (ReturnBand(None, "end"),), ()),
        SetSpent(KEY.fund, KEY.year, (spent,)),
    ):
        before = tables(taken_in)
        done = taken_in.perform(change, OFFICER)
        assert tables(taken_in) != before
        undo(taken_in, done)
        assert tables(taken_in) == before, change.kind
    early = replace(last_step(*every_line()), from_paper=True, unsigned_because="They are away.")
    refuses(taken_in, "There is nothing to decide yet", early)


@pytest.mark.of_a_file
def test_a_value_that_could_not_be_read_again_is_never_journalled(loaded: Record) -> None:
    loaded.perform(MoveAreas(1, ("Dudley",), "scoring"), CHAIR)
    head = loaded.head()

    with pytest.raises(ValueError, match="True is not int"):
        put(loaded, SetMark(1, "M1", "ACF-002", "A1", True, None))

    assert loaded.head() == head
    assert verify(loaded).sound


TEXTS = tuple(
    name for name, kind in get_type_hints(ApplicationRow).items() if kind is str and name != "reference"
)
HOSTILE = (
    "=1+1",
    "<b>x</b>",
    "Robert'); DROP TABLE rounds;--",
    "%",
    "_",
    "a\0b",
    "\u202egnp",
    "ਪੰਜਾਬੀ \U0001f600",
    "e\u0301",
    "\r\n",
    " lead and trail ",
    '"quoted"',
    "\\",
    "null",
    "\x1b[31m",
    "x" * 32_767,
    "\ufeff\u2028\x7f",
    "İß",
)


@pytest.mark.of_a_file  # a server takes no NUL, and says so
def test_hostile_text_comes_back_from_every_field_as_it_went_in(record: Record) -> None:
    set_up_office(record)
    for number, text in enumerate(HOSTILE, 1):
        rows = hostile_rows(text)
        record.perform(LoadRound(rows, source=text), Actor(f"Ann {text}"))
        assert record.ask(partial(round_rows, round_id=number)) == rows

    # Members of one name, or of codes that differ in case, are two members.
    rows = workbook_rows()
    members = MemberRow("M1", "Ann Sample"), MemberRow("M2", "Ann Sample", "chair"), MemberRow("m1", "ann")
    sheets = (*rows.sheets, SheetRow("m1", "ACF-001", True, (1, 2, 3)))
    rows = replace(rows, members=members, sheets=sheets)
    load(record, rows)
    assert record.ask(partial(round_rows, round_id=len(HOSTILE) + 1)) == rows
    assert verify(record).sound


def hostile_rows(text: str) -> RoundRows:
    """Return a round that holds a text wherever it can."""
    rows = workbook_rows()
    texts: dict[str, object] = dict.fromkeys(TEXTS, text)
    answers = ((text, text), ("Anything else?", text))
    one = replace(rows.applications[0], answers=answers, **texts)  # type: ignore[arg-type]
    return replace(
        rows,
        fund=f"Fund {text}",
        name=f"Round {text}",
        applications=(one, *rows.applications[1:]),
        members=(replace(rows.members[0], name=text, organisation=text), rows.members[1]),
        interests=(rows.interests[0], replace(rows.interests[1], detail=text)),
        sheets=(replace(rows.sheets[0], reasons=(text, text, text)), *rows.sheets[1:]),
        agreed=(replace(rows.agreed[0], reasons=(text, text, text), dissent=text),),
        not_applicable=(replace(rows.not_applicable[0], reason=text),),
        chair_decisions=tuple(replace(decided, reason=text) for decided in rows.chair_decisions),
    )


def test_an_import_into_a_round_of_quotes_and_wild_cards_finds_that_round_alone(office: Record) -> None:
    for name in ("Autumn", "%", "Aut_mn", "'; --"):
        office.perform(replace(import_operation(), round=replace(KEY, name=name)), OFFICER)

    assert office.ask(lambda s: [len(applications(s, number)) for number in (1, 2, 3, 4)]) == [3, 3, 3, 3]


DATES = AreaDates(date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 5))
WHY = "the wrong form was read"
_NOT_COMPARED = ("journal", "journal_body", "draft", "setting")


def tables(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the record's tables as stored, the journal left out."""

    def rows(session: Session) -> dict[str, list[tuple[Any, ...]]]:
        kept = [name for name in sorted(METADATA.tables) if name not in _NOT_COMPARED]
        return {
            name: sorted((tuple(row) for row in session.execute(text_of(f"SELECT * FROM {name}"))), key=repr)
            for name in kept
        }

    return record.ask(rows)


def reopened(record: Record) -> list[tuple[str | None, bool]]:
    """Return why sheets were opened again, and whether they are handed in now."""
    columns = select(sheet_table.c.reopened, sheet_table.c.is_submitted).where(
        sheet_table.c.reopened.is_not(None)
    )
    return record.ask(lambda session: [(why, submitted) for why, submitted in session.execute(columns)])


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
    record.perform(MoveAreas(1, ("Coventry",), "scoring"), CHAIR)
    scheme = only_round(record).scheme
    record.perform(AmendScheme(1, replace(scheme, quorum=1), scheme, "too few members"), CHAIR)
    record.perform(ReopenSheet(1, "M1", "ACF-001", "misread the form"), CHAIR)
    return record


def test_the_same_workbook_keeps_what_the_window_puts_down_and_that_a_sheet_was_reopened(
    worked_on: Record,
) -> None:
    worked_on.perform(ReplaceRound(1, only_round(worked_on)), OFFICER)
    once = tables(worked_on)
    assert reopened(worked_on) == [("misread the form", False)]
    assert worked_on.ask(lambda s: member_details(s, 1, "M4")).kind == "community"
    assert worked_on.ask(lambda s: area_dates(s, 1))["Walsall"] == DATES
    assert [len(once[name]) for name in ("scheme_amendments", "corrections", "kept_apart")] == [1, 1, 1]
    assert [len(once[name]) for name in ("round_roles", "gate_results")] == [2, 4]

    rows = only_round(worked_on)
    handed_in = tuple(replace(sheet, submitted=True) for sheet in rows.sheets)

    worked_on.perform(ReplaceRound(1, replace(rows, sheets=handed_in)), OFFICER)
    assert reopened(worked_on) == [("misread the form", True)]

    worked_on.perform(replacing(worked_on, replace(rows, sheets=()), WHY), OFFICER)
    assert reopened(worked_on) == [(WHY, False)] * 4
    assert [sheet.marks for sheet in only_round(worked_on).sheets] == [(None, None, None)] * 4
    assert [sheet.first for sheet in only_round(worked_on).sheets] == [sheet.marks for sheet in rows.sheets]
    # A round that met since is not put back.
    outcome = worked_on.perform(ReplaceRound(1, only_round(worked_on)), OFFICER)
    worked_on.perform(MoveAreas(1, ("Coventry",), "meeting"), CHAIR)
    worked_on.perform(SetAttendance(1, "Coventry", "M1", "present", ""), NOTES)

    refused("has met", undo, worked_on, outcome)

    assert len(tables(worked_on)["attendance"]) == 1


def shrunk(record: Record) -> Outcome:
    """Load a workbook without an area and most of the panel, and with other gates and withdrawals."""
    rows = only_round(record)
    first, second, third = rows.applications
    changed = (
        replace(first, withdrawn=True),
        replace(second, eligibility=Eligibility.NO, eligibility_reason="late"),
        replace(third, withdrawn=False),
    )
    smaller = replace(
        rows,
        areas=(Area("Dudley", 3), Area("Wolverhampton", 7), rows.areas[0]),
        applications=changed,
        members=(MemberRow("M9", "Ola New"),),
        interests=(),
        sheets=(),
    )
    return record.perform(replacing(record, smaller, WHY), OFFICER)


def test_undoing_gives_the_same_tables_to_the_letter(worked_on: Record) -> None:
    before = tables(worked_on)

    outcome = shrunk(worked_on)
    assert sorted(reopened(worked_on)) == [("misread the form", False), *[(WHY, False)] * 3]
    after = tables(worked_on)
    undone = undo(worked_on, outcome)
    assert tables(worked_on) == before

    redone = undo(worked_on, undone)
    assert tables(worked_on) == after
    undo(worked_on, redone)
    assert tables(worked_on) == before
    # What has the numbers of another change is not put back.
    outcome = shrunk(worked_on)
    load(worked_on, replace(meeting_rows(), name="Summer"))
    head = worked_on.head()

    refused("changed in the meantime, so the round cannot be put back", undo, worked_on, outcome)

    assert worked_on.head() == head


def test_a_round_without_applications_is_brought_up_to_date_and_put_back(record: Record) -> None:
    rows = replace(meeting_rows(), applications=(), interests=(), sheets=())
    load(set_up_office(record), rows)
    before = tables(record)

    undo(record, record.perform(replacing(record, replace(rows, members=()), WHY), OFFICER))

    assert tables(record) == before


def test_a_pot_too_large_to_be_kept_is_refused(loaded: Record) -> None:
    refuses(loaded, "too large to be saved", SetPot(1, Area("Coventry", 2**70), Area("Coventry", 2_000_000)))

    # An application is recommended once at a time and only where it is.
    item = RecommendationRow("ACF-001", "decline", None, "outside the area")
    refuses(loaded, "ACF-001 has two recommendations", RecordRecommendations(1, (item, item)))
    refuses(loaded, "ACF-999 is not in the round", RecordRecommendations(1, (item,), ("ACF-999",)))

    # A workbook cannot drop an area that has moved on.
    rows = loaded.ask(lambda s: round_rows(s, 1))
    loaded.perform(ReplaceRound(1, replace(rows, areas=(*rows.areas, Area("Walsall", 5)))), OFFICER)
    loaded.perform(MoveAreas(1, ("Walsall",), "scoring"), CHAIR)
    refuses(loaded, "The area Walsall has moved on from intake", ReplaceRound(1, rows))
