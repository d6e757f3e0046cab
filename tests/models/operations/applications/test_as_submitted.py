"""What an applicant's file said stays beside what was corrected of it on the way in."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, erasure_of
from models.journal.verify import verify
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import Change, CorrectApplication, changes_between
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.applications.applications import (
    applications,
    as_submitted,
    corrections,
    submitted_applications,
)
from models.queries.applications.merges import import_target, went_before
from models.queries.applications.reading import findable, intake
from models.queries.history import history
from models.queries.panel.panel_board import panel_board
from models.queries.panel.score_sheets import to_be_scored
from models.queries.papers.letters import letters
from models.queries.papers.minutes import round_minutes
from models.queries.papers.panel_book import panel_book
from models.queries.papers.to_sign import schedule as schedule_values
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.role import Role
from models.store.chain import entries as journal_entries
from models.values.applications import AS_READ, Correction, as_read, text_of
from models.values.rows import ApplicationRow, AsSubmitted, Replaced, SubmittedCell
from scoring.written.days import short_day
from scoring.written.text import Refused
from tests.exchange.papers.letters.texts import text_of as letter_text_of
from tests.models.operations.deciding_rounds import DAY, decide, deciding_rows, recommended
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    undo,
)

WHY = "typed at the import of form.xlsx"
ROW = application(9, requested_pence=150_000, match_funding_pence=85_000, area="Dudley")
TOLD = AsSubmitted(
    "ACF-009",
    (
        SubmittedCell("amount_requested", "How much?", "500 own funds"),
        SubmittedCell("match_funding", "Match", ""),
        SubmittedCell("project", "Name of project"),
        SubmittedCell("area", "Which areas will you deliver in?", "Northmarch; Southmarch"),
    ),
    (
        Replaced("requested_pence", "null", WHY),
        Replaced("match_funding_pence", "null", WHY),
        Replaced("area", "null", "matched at the import of form.xlsx"),
        Replaced("answers", '[["More","as it was"]]', WHY),
        Replaced("received_has_time", "true", WHY),
        Replaced("contact_name", '"A. Applicant"', WHY),
        Replaced("reference", '"ACF-001"', WHY),
    ),
)


def importing(row: ApplicationRow = ROW, told: AsSubmitted = TOLD) -> ImportApplications:
    return replace(import_operation(row, areas=()), submitted=(told,))


@pytest.fixture
def imported(record: Record) -> Record:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    row = replace(ROW, answers=(("More", "as typed"),), contact_name="Ann Applicant")
    record.perform(importing(row), OFFICER)
    return record


def made(record: Record) -> dict[str, Correction]:
    return {one.field: one for one in record.ask(lambda s: corrections(s, 1)) if one.application == "ACF-009"}


@pytest.mark.both_engines
def test_what_was_typed_at_an_import_is_a_correction_beside_what_was_submitted(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)

    record.perform(importing(), OFFICER)

    found = made(record)
    assert found["requested_pence"].was == "“500 own funds”"
    assert found["requested_pence"].now == "£1,500.00"
    assert found["requested_pence"].reason == WHY
    assert found["requested_pence"].corrected_by == OFFICER.name
    assert found["match_funding_pence"].was == "nothing"
    assert found["area"].was == "“Northmarch; Southmarch”"
    rows = {row.reference: row for row in record.ask(lambda s: applications(s, 1))}
    first = {row.reference: row for row in record.ask(lambda s: submitted_applications(s, 1))}
    assert rows["ACF-009"].match_funding_pence == 85_000
    assert first["ACF-009"].match_funding_pence is None
    assert first["ACF-009"].requested_pence == 150_000  # there was none, and an application needs one
    assert verify(record).sound


def test_the_correction_says_who_when_and_why(imported: Record) -> None:
    words = made(imported)["match_funding_pence"].words

    assert words.startswith(
        f"Match funding corrected to £850.00, submitted as nothing: {WHY}, {OFFICER.name} on "
    )


def test_the_office_reads_the_cells_and_the_first_answers(imported: Record) -> None:
    viewer = Viewer(OFFICER.name, Role.OFFICER, None)
    (line,) = (one for one in imported.ask(lambda s: intake(s, 1, viewer)).lines if one.cells)

    assert line.cells == TOLD.cells
    assert line.row.answers == (("More", "as typed"),)
    assert line.submitted is not None
    assert line.submitted.answers == (("More", "as it was"),)
    assert made(imported)["answers"].was == "“as it was”"


def test_history_tells_the_corrections_and_no_contact(imported: Record) -> None:
    line = imported.ask(lambda s: history(s, Viewer(OFFICER.name, Role.OFFICER, None)))[0]

    assert "ACF-009, Match funding: £850.00 (was nothing)" in line.detail
    assert "ACF-009, Amount requested: £1,500.00 (was “500 own funds”)" in line.detail
    assert "ACF-009, Contact: typed at the import of form.xlsx;" in line.detail, "why, as of a later one"
    assert "Applicant" not in line.detail


def test_a_later_correction_keeps_what_was_submitted(imported: Record) -> None:
    change = Change("match_funding_pence", "90000", "85000")

    outcome = imported.perform(CorrectApplication(1, "ACF-009", (change,), "they rang"), OFFICER)

    assert (made(imported)["match_funding_pence"].now, made(imported)["match_funding_pence"].was) == (
        "£900.00",
        "nothing",
    )
    line = imported.ask(lambda s: history(s, Viewer(OFFICER.name, Role.OFFICER, None)))[0]
    assert line.detail == "Match funding: £900.00 (was £850.00). they rang"
    undo(imported, outcome)
    assert_replays(imported)


@pytest.mark.both_engines
def test_the_import_is_undone_with_its_corrections_and_done_again(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    outcome = record.perform(importing(), OFFICER)
    before = record.ask(lambda s: as_submitted(s, 1))

    undone = undo(record, outcome)
    assert made(record) == {}

    undo(record, undone)
    assert record.ask(lambda s: as_submitted(s, 1)) == before
    assert_replays(record)


def test_an_import_that_set_its_round_up_is_undone_and_done_again_with_them(record: Record) -> None:
    set_up_office(record)
    outcome = record.perform(replace(import_operation(ROW, areas=("Dudley",)), submitted=(TOLD,)), OFFICER)
    before = record.ask(lambda s: as_submitted(s, 1))

    undone = undo(record, outcome)
    assert record.ask(rounds) == ()

    undo(record, undone)
    assert record.ask(lambda s: as_submitted(s, 1)) == before
    assert_replays(record)


def test_a_correction_made_since_keeps_the_application(imported: Record) -> None:
    outcome = imported.perform(
        replace(importing(replace(ROW, reference="ACF-010"), TOLD), submitted=()), OFFICER
    )
    change = Change("match_funding_pence", "90000", "85000")
    imported.perform(CorrectApplication(1, "ACF-010", (change,), "they rang"), OFFICER)

    with pytest.raises(Refused, match="There are corrections to ACF-010"):
        undo(imported, outcome)


@pytest.mark.both_engines
def test_an_erasure_takes_the_cells_in_the_table_and_the_journal(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(importing(replace(ROW, contact_name="Ann Applicant")), OFFICER)

    found = record.ask(lambda s: erasure_of(s, [(1, "ACF-009")], "end of term", "Sam Example"))
    erase(record, found.operation, OFFICER)

    (told,) = record.ask(lambda s: as_submitted(s, 1, {"ACF-009"}))
    assert told.cells == ()
    assert "contact_name" not in {one.field for one in told.corrected}
    assert made(record)["match_funding_pence"].value == text_of(85_000)
    assert "own funds" not in "".join(
        entry.body or "" for entry in record.ask(lambda s: tuple(journal_entries(s)))
    )
    assert verify(record).sound
    assert_replays(record)


def test_every_page_says_what_stands_and_not_what_was_submitted_first(record: Record) -> None:
    load(set_up_office(record))
    (row,) = (one for one in record.ask(lambda s: applications(s, 1)) if one.reference == "ACF-001")
    after = replace(row, organisation="Allotment Club", project="Plots anew", requested_pence=123_400)
    record.perform(CorrectApplication(1, "ACF-001", changes_between(row, after), "they rang"), OFFICER)
    viewer = Viewer(OFFICER.name, Role.OFFICER, None)

    board = record.ask(lambda s: panel_board(s, 1))
    scored = record.ask(lambda s: to_be_scored(s, 1))
    found = record.ask(lambda s: findable(s, 1, viewer))
    before = record.ask(lambda s: went_before(s, 1, None))
    known = record.ask(lambda s: import_target(s, 1)).organisations

    assert ("Allotment Club", "Plots anew") in {(one.organisation, one.project) for one in board.applicants}
    assert ("Allotment Club", "Plots anew") in {(one.organisation, one.project) for one in scored}
    assert ("Allotment Club", "Plots anew") in {(one.organisation, one.project) for one in found}
    assert before["ACF-001"].year_pence == 123_400
    assert 123_400 in {one.year_pence for one in known}


def test_papers_say_that_what_was_asked_for_was_corrected(record: Record) -> None:
    change = CorrectApplication(1, "ACF-002", (Change("requested_pence", "200000", "150000"),), "they rang")
    rows = deciding_rows()
    first = tuple(
        replace(row, requested_pence=150_000) if row.reference == "ACF-002" else row
        for row in rows.applications
    )
    recommended(record, replace(rows, applications=first), change)
    decide(record)
    (one,) = record.ask(lambda s: corrections(s, 1))
    was = f"corrected from £1,500.00 by {OFFICER.name} on {short_day(one.corrected_at or DAY)}"

    def told(kind: str) -> PaperOrder:
        return PaperOrder(kind, datetime(2026, 12, 3, 12, tzinfo=UTC), 1, area="Coventry")

    schedule = record.ask(partial(schedule_values, order=told("schedule")))
    reasons = {line.reference: line.reason for line in schedule.lines}
    assert reasons["ACF-002"].endswith(f"(Requested: {was}.)")
    assert "corrected" not in reasons["ACF-001"]
    sent = record.ask(partial(letters, order=told("letters")))
    assert {letter.reference: letter.asked_was for letter in sent.letters}["ACF-002"] == was
    book = record.ask(partial(panel_book, order=told("panel-book")))
    assert {item.reference: item.asked_was for item in book.items} == {
        "ACF-001": "",
        "ACF-002": was,
        "ACF-003": "",
    }
    held = record.ask(partial(round_minutes, order=told("minutes")))
    assert {item.reference: item.asked_was for item in held.items}["ACF-002"] == was
    letter = next(one for one in sent.letters if one.reference == "ACF-002")
    said = was.replace(".00", "")
    assert f"the full amount that you asked for ({said})." in letter_text_of(sent, letter)
    declined = replace(letter, kind="decline", offered_pence=None)
    assert f"for £2,000 ({said})." in letter_text_of(sent, declined)


PROSE = AsSubmitted(
    "ACF-009",
    (SubmittedCell("match_funding", "Match", "£850 in kind"),),
    as_read(ROW, ("match_funding_pence",)),
)


def only_read(record: Record) -> list[str]:
    return [field for field, one in made(record).items() if one.is_to_check]


@pytest.mark.both_engines
def test_what_is_only_read_from_prose_is_to_check_until_somebody_looked(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(importing(told=PROSE), OFFICER)
    assert made(record)["match_funding_pence"].words == (
        "Match funding to check: £850.00 is only read from “£850 in kind”"
    )
    (row,) = (row for row in record.ask(lambda s: applications(s, 1)) if row.reference == "ACF-009")

    looked = changes_between(row, row, ("match_funding_pence",))
    outcome = record.perform(CorrectApplication(1, "ACF-009", looked, "the council wrote so"), OFFICER)

    assert only_read(record) == []
    viewer = Viewer(OFFICER.name, Role.OFFICER, None)
    told = [line.detail for line in record.ask(lambda s: history(s, viewer))]
    assert "Match funding: £850.00 looked at" in told[0]
    assert "Match funding: £850.00 read from “£850 in kind”, to check" in told[1]
    assert outcome.inverse is not None
    back = record.perform(outcome.inverse, OFFICER)
    assert only_read(record) == ["match_funding_pence"]
    assert back.inverse is not None
    record.perform(back.inverse, OFFICER)
    assert only_read(record) == []
    assert verify(record).sound


def test_what_is_only_read_and_corrected_is_to_check_again_once_that_is_undone(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(importing(told=PROSE), OFFICER)
    (row,) = (row for row in record.ask(lambda s: applications(s, 1)) if row.reference == "ACF-009")

    after = replace(row, match_funding_pence=80_000)
    changes = changes_between(row, after, ("match_funding_pence",))
    outcome = record.perform(CorrectApplication(1, "ACF-009", changes, "they rang"), OFFICER)

    assert made(record)["match_funding_pence"].reason == "they rang"
    assert outcome.inverse is not None
    record.perform(outcome.inverse, OFFICER)
    assert made(record)["match_funding_pence"].reason == AS_READ


def test_of_several_corrections_undone_each_field_stands_as_it_did(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(importing(told=PROSE), OFFICER)
    (row,) = (row for row in record.ask(lambda s: applications(s, 1)) if row.reference == "ACF-009")
    changes = changes_between(row, replace(row, project="Oars"), ("match_funding_pence",))

    outcome = record.perform(CorrectApplication(1, "ACF-009", changes, "they rang"), OFFICER)

    assert list(made(record)) == ["project"]
    assert outcome.inverse is not None
    record.perform(outcome.inverse, OFFICER)
    assert list(made(record)) == ["match_funding_pence"]
