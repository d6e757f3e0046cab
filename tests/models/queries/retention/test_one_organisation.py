"""All that is held on one organisation: every table that is of its applications, and nothing of another's."""

from datetime import date
from functools import partial

from msgspec.structs import replace
from sqlalchemy import select

from models.journal.erasing import erase, proved_erasure_of
from models.operations.applications.corrections import CorrectApplication, changes_between
from models.operations.erasure import EraseBodies, Tombstone
from models.operations.packs.packs import IssuePack
from models.papers.held import HeldOn
from models.queries.applications.applications import applications
from models.queries.history import ERASED, PARTLY_ERASED
from models.queries.retention.held_on_request import WITHOUT, held_on, organisation_of
from models.queries.retention.held_rows import value_words
from models.record import Record
from models.schema.applications import application_table
from models.schema.tables import TABLES
from models.values.diligence import SANCTIONS_LIST, RegisterEntry
from scoring.money import pounds
from tests.models.operations.awards.checked_awards import SEAGULLS, awarded
from tests.models.operations.awards.checked_awards import load as load_register
from tests.models.operations.deciding_rounds import decided, deciding_rows
from tests.models.rounds import OFFICER, load


def held(record: Record, reference: str = "ACF-001") -> HeldOn:
    number = record.ask(partial(organisation_of, round_id=1, reference=reference))
    assert number is not None
    return record.ask(partial(held_on, organisation_id=number))


def told(found: HeldOn) -> str:
    return "\n".join(str(cell) for table in found.tables for row in table.rows for cell in row)


def test_texts_marks_reasons_and_declarations_are_told_and_nothing_of_others(record: Record) -> None:
    load(record)

    found = held(record)

    assert (found.name, found.applications) == ("Allotment Friends 1", ((1, "ACF-001"),))
    said = told(found)
    for word in ("Answer 1", "good", "weak", "M2 would give 5", "a cousin", "older group"):
        assert word in said
    assert "Answer 2" not in said
    assert "to ask" not in said


def test_what_only_the_program_needs_is_left_out_and_sums_are_in_pounds(record: Record) -> None:
    decided(record)
    tables = {table.name: table for table in held(record).tables}

    columns = {column for table in tables.values() for column in table.columns}
    assert not {column for column in columns if column in ("id", "uid") or column.endswith((" id", " pence"))}
    applied = dict(zip(tables["applications"].columns, tables["applications"].rows[0], strict=True))
    assert str(applied["requested"]).startswith("£")
    assert applied["area"]
    assert applied["round"]
    marks = dict(zip(tables["marks"].columns, tables["marks"].rows[0], strict=True))
    assert marks["application"] == applied["reference"]
    assert marks["member"] in {row.name for row in deciding_rows().members}
    advised = dict(zip(tables["recommendations"].columns, tables["recommendations"].rows[0], strict=True))
    assert str(advised["total"]).replace(".", "", 1).isdigit()
    assert "." in str(advised["total"])
    assert not columns & {"all gates", "received has time", "quality 1e2", "is exception", "is suggested"}
    cells = {str(cell) for table in tables.values() for row in table.rows for cell in row}
    assert not any(cell.startswith(("[", "{")) for cell in cells)
    assert not any(set(table.columns) == {"application"} for table in tables.values())


def test_terms_and_corrections_are_told_in_words_and_not_as_they_are_kept(record: Record) -> None:
    load(record)
    rows = record.ask(partial(applications, round_id=1))
    before = next(row for row in rows if row.reference == "ACF-001")
    after = replace(before, need="An older text", requested_pence=before.requested_pence - 100)
    record.perform(CorrectApplication(1, "ACF-001", changes_between(before, after), "mistyped"), OFFICER)

    (corrections,) = (table for table in held(record).tables if table.name == "corrections")

    own, came = pounds(after.requested_pence), pounds(before.requested_pence)
    assert {(row[1], row[2]) for row in corrections.rows} == {("need", "An older text"), ("requested", own)}
    assert came in {row[3] for row in corrections.rows}
    terms = '{"end_on":"2027-12-17","parts":[{"amount_pence":100,"due_on":"2027-01-05"},{"trigger":""}]}'
    parts = "Amount: £1.00, Due on: 5 January 2027; Paid when: –"
    assert value_words(terms) == f"End date: 17 December 2027\nParts: {parts}"
    assert value_words("{an answer}") == "{an answer}"


def test_decisions_awards_and_the_journal_are_told(record: Record) -> None:
    decided(record)

    names = {table.name for table in held(record).tables}

    assert {"applications", "decisions", "awards", "instalments", "recommendations", "journal"} <= names


def test_what_registers_say_under_its_numbers_and_names_is_told(record: Record) -> None:
    awarded(record)
    of_it = RegisterEntry(SEAGULLS, 1, SEAGULLS, "WESTMARCH SEAGULLS")
    load_register(record, of_it, RegisterEntry("7654321", 1, "7654321", "SOMEBODY ELSE"))
    load_register(record, RegisterEntry("westmarch seagulls"), register=SANCTIONS_LIST)

    (entries,) = (table for table in held(record).tables if table.name == "register entries")

    assert sorted(row[:3] for row in entries.rows) == [
        ("charity", SEAGULLS, 1),
        ("sanctions", "westmarch seagulls", 0),
    ]


def test_every_table_with_an_application_is_asked(record: Record) -> None:
    load(record)
    of_applications = {t.name for t in TABLES if "application_id" in t.c}

    assert WITHOUT in of_applications
    assert len(of_applications) > 15, "the list of tables is the schema's own, so none is forgotten"


def test_why_it_is_held_how_long_and_for_whom_packs_were_written_stands_first(record: Record) -> None:
    decided(record)
    uid = record.ask(
        lambda session: session.scalars(
            select(application_table.c.uid).where(application_table.c.reference == "ACF-001")
        ).one()
    )
    record.perform(IssuePack(1, "M1", "p", date(2026, 12, 1), 1, "ab", "00" * 32, 1, "00", (uid,)), OFFICER)

    own, other = (held(record, of).tables[0] for of in ("ACF-001", "ACF-002"))

    said = dict(own.rows)
    assert own.name == "how it is used"
    assert "article 6(1)(e)" in str(said["Lawful basis"])
    assert str(said["How long it is kept"]).startswith("Applications that were given money: 6 years after")
    assert said["What this copy holds"] == held(record).note, (
        "a line of a table: above a narrow one it is cut"
    )
    assert said["Sealed packs written"] == "3 November 2026: for Ann Sample."
    assert "Sealed packs written" not in dict(other.rows)


def test_what_was_erased_says_when_by_whom_and_why_and_its_changes_stay_on_the_list(record: Record) -> None:
    decided(record)
    before = next(table for table in held(record).tables if table.name == "journal")
    chosen = ((1, "ACF-001"),)
    found = record.ask(lambda s: proved_erasure_of(s, chosen, "asked for", "Ida Protect"))
    erase(record, found.operation, OFFICER)

    own, other = held(record), held(record, "ACF-002")

    said = str(dict(own.tables[0].rows)["What was erased"])
    assert said == (
        "ACF-001 was erased on 3 November 2026, by Grace Okoro at the word of Ida Protect: asked for. Its "
        "reference, names, amounts, marks and what was decided stay."
    )
    assert "What was erased" not in dict(other.tables[0].rows)
    (journal,) = (table for table in own.tables if table.name == "journal")
    assert [row[0] for row in journal.rows[:-1]] == [row[0] for row in before.rows], "no change is missing"
    assert any(str(row[-1]).endswith(PARTLY_ERASED) for row in journal.rows)


def test_a_change_of_which_nothing_is_left_is_on_the_list_of_whom_it_was_about(record: Record) -> None:
    load(record)
    rows = record.ask(partial(applications, round_id=1))
    first = next(row for row in rows if row.reference == "ACF-001")
    changes = changes_between(first, replace(first, need="An older text"))
    record.perform(CorrectApplication(1, "ACF-001", changes, "mistyped"), OFFICER)
    chosen = ((1, "ACF-001"),)
    bare = EraseBodies(chosen, (Tombstone(record.head().seq, ""),), "asked for", "Ida Protect")
    record.perform(bare, OFFICER)

    (own,) = (table for table in held(record).tables if table.name == "journal")
    (other,) = (table for table in held(record, "ACF-002").tables if table.name == "journal")

    assert ERASED in [row[-1] for row in own.rows]
    assert ERASED not in [row[-1] for row in other.rows]
