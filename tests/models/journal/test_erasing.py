"""Erasing: the texts are gone from every byte of the file, totals and chain stand, replay agrees."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.journal.erasing import erase, erasure_of
from models.journal.verify import verify, verify_at
from models.operation import Actor
from models.operations.applications.corrections import ChangeApplications, CorrectApplication, changes_between
from models.operations.erasure import EraseBodies
from models.operations.panel.sheets import SetReason
from models.operations.retention import HoldApplication
from models.operations.set_up.areas import MoveArea
from models.operations.set_up.office import SetPublisher
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import applications
from models.queries.history import PARTLY_ERASED, history
from models.queries.panel.score_sheets import drafts
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.schema.applications import disposal_table
from models.schema.panel import mark_table
from models.store import chain as journal
from models.values.rows import ApplicationRow, InterestRow, RoundRows
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.conftest import OPENER, tamper
from tests.models.operations.deciding_rounds import CHAIR, decided, deciding_rows
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    replacing,
    set_up_office,
    workbook_rows,
)

SECRET = "SECRETWORD"
FIRST = ((1, "ACF-001"),)


def telling(number: int) -> ApplicationRow:
    """Return an application every text of which holds a word to be looked for."""
    names = ("contact_name", "email", "phone", "address", "postcode", "summary", "need", "outcomes")
    texts = {name: f"{SECRET}{number} {name}" for name in names}
    return application(number, **texts, answers=(("Anything else?", f"{SECRET}{number} answer"),))


def round_of_texts() -> RoundRows:
    rows = workbook_rows()
    sheets = tuple(
        replace(sheet, reasons=(f"{SECRET}{sheet.application[-1]} reason", "", ""))
        for sheet in rows.sheets[:2]
    )
    agreed = (replace(rows.agreed[0], reasons=("", f"{SECRET}1 agreed", ""), dissent=f"{SECRET}1 dissent"),)
    told = tuple(replace(telling(int(a.reference[-1])), area=a.area) for a in rows.applications)
    return replace(rows, applications=told, sheets=sheets, agreed=agreed)


@pytest.fixture
def told(record: Record) -> Record:
    """A record whose applications, marks and corrections hold the words to be erased."""
    set_up_office(record)
    load(record, round_of_texts())
    return record


def erasing(record: Record, *references: str) -> EraseBodies:
    chosen = tuple((1, reference) for reference in references)
    return record.ask(lambda s: erasure_of(s, chosen, "asked for by the applicant", "Ida Protect")).operation


def words_in(path: Path, number: int) -> bool:
    return f"{SECRET}{number}".encode() in path.read_bytes()


def test_no_byte_of_the_file_holds_the_texts_and_the_record_is_sound(told: Record) -> None:
    before = told.ask(lambda s: round_rows(s, 1))

    erase(told, erasing(told, "ACF-001"), OFFICER)

    after = told.ask(lambda s: round_rows(s, 1))
    assert [a.requested_pence for a in after.applications] == [a.requested_pence for a in before.applications]
    assert [s.marks for s in after.sheets] == [s.marks for s in before.sheets]
    assert {c.name: c.words for c in verify(told).checks if not c.ok} == {}
    path = told.path
    told.close()
    assert not words_in(path, 1)
    assert words_in(path, 2)
    with Record.open(path, OPENER) as again:
        assert verify(again).sound


def test_a_row_hidden_behind_another_s_erasure_is_found(told: Record) -> None:
    told.perform(SetPublisher("360G-0", "GB-COH-1"), OFFICER)
    hidden = told.head().seq
    erase(told, erasing(told, "ACF-001"), OFFICER)
    by, path = told.head().seq, told.path
    told.close()
    tamper(
        path,
        "DROP TRIGGER erasure_once",
        f"INSERT INTO erasure VALUES ({hidden}, {by})",
        f"DELETE FROM journal_body WHERE seq = {hidden}",
        "DELETE FROM publisher",
    )

    found = [(check.name, check.row) for check in verify_at(path, OPENER).checks if not check.ok]

    assert found == [("replay", hidden)]


def test_what_was_being_typed_of_another_application_stays(told: Record) -> None:
    of_it = ("reason/1/M1/ACF-001/A1", "agreed/1/ACF-001/dissent")
    others = ("agreed/2/ACF-001/A1", "reason/1/M1/ACF-0010/A1", "reason/2/M1/ACF-001/A1")
    for field in (*of_it, *others):
        told.keep_draft("Ida Protect", field, SECRET)

    erase(told, erasing(told, "ACF-001"), OFFICER)

    assert tuple(told.ask(lambda s: drafts(s, "Ida Protect", ""))) == others


def test_reasons_say_that_they_were_erased_and_others_stay(told: Record) -> None:
    erase(told, erasing(told, "ACF-001"), OFFICER)

    reasons = set(told.ask(lambda s: s.scalars(select(mark_table.c.reason)).all()))

    assert reasons == {"(erased)", f"{SECRET}2 reason", ""}


def test_the_rows_that_were_erased_are_named_by_the_one_that_did_it(told: Record) -> None:
    erase(told, erasing(told, "ACF-001"), OFFICER)

    entries = told.ask(lambda s: list(journal.entries(s)))

    assert [e.kind for e in entries if e.body is None] == ["load round"]
    assert entries[-1].kind == "erase bodies"
    lines = told.ask(lambda session: history(session, OFFICE_VIEWER))
    partly = {line.seq for line in lines if line.detail == PARTLY_ERASED}
    assert partly == {e.seq for e in entries if e.body is None}
    assert told.ask(lambda s: journal.first_fault(s)) is None


def test_a_second_organisation_in_the_same_row_is_erased_from_the_tombstone_too(told: Record) -> None:
    erase(told, erasing(told, "ACF-001"), OFFICER)
    erase(told, erasing(told, "ACF-002"), OFFICER)

    assert {c.name: c.words for c in verify(told).checks if not c.ok} == {}
    path = told.path
    told.close()
    assert (words_in(path, 1), words_in(path, 2), words_in(path, 3)) == (False, False, True)


def test_a_correction_of_a_text_alone_goes_and_one_of_the_amount_stays(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(telling(1)), OFFICER)
    for changes in ({"email": f"{SECRET}1 new"}, {"need": f"{SECRET}1 other", "requested_pence": 90_000}):
        before = record.ask(lambda s: applications(s, 1))[0]
        after = replace(before, **changes)
        record.perform(CorrectApplication(1, "ACF-001", changes_between(before, after), "mistyped"), OFFICER)

    erase(record, erasing(record, "ACF-001"), OFFICER)

    row = record.ask(lambda s: applications(s, 1))[0]
    assert (row.email, row.need, row.requested_pence) == ("", "", 90_000)
    assert_replays(record)


def test_a_decided_award_keeps_its_amount_and_its_decision(record: Record) -> None:
    decided(record)

    erase(record, erasing(record, "ACF-001", "ACF-002"), OFFICER)

    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}


def test_the_round_replaced_from_its_workbook_is_erased_as_well(told: Record) -> None:
    rows = told.ask(lambda s: round_rows(s, 1))
    changed = replace(rows.sheets[0], reasons=(f"{SECRET}1 later", "", ""))
    told.perform(replacing(told, replace(rows, sheets=(changed, *rows.sheets[1:])), "misread"), OFFICER)

    erase(told, erasing(told, "ACF-001"), OFFICER)

    assert {c.name: c.words for c in verify(told).checks if not c.ok} == {}
    path = told.path
    told.close()
    assert not words_in(path, 1)


def test_what_was_erased_is_recorded_with_ground_and_person(told: Record) -> None:
    erase(told, erasing(told, "ACF-001"), OFFICER)

    (row,) = told.ask(lambda s: s.execute(select(disposal_table)).all())

    assert (row.ground, row.person, row.erased_by) == (
        "asked for by the applicant",
        "Ida Protect",
        "Grace Okoro",
    )


@pytest.mark.of_a_file
def test_the_copies_that_still_hold_the_text_are_listed(told: Record) -> None:
    made = told.copies.keep_before("a test")

    _, copies = erase(told, erasing(told, "ACF-001"), OFFICER)

    assert [copy.path for copy in copies] == [made]


def test_an_application_on_hold_is_not_erased(told: Record) -> None:
    told.perform(HoldApplication(1, "ACF-001", "an audit", ""), OFFICER)

    with pytest.raises(Refused, match="On hold: ACF-001"):
        told.perform(erasing(told, "ACF-001"), OFFICER)

    assert_replays(told)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (EraseBodies(FIRST, (), " ", "Ida Protect"), "on what ground"),
        (EraseBodies(FIRST, (), "asked for", ""), "who authorised it"),
        (EraseBodies((), (), "asked for", "Ida Protect"), "no application to erase"),
        (EraseBodies(((1, "ACF-999"),), (), "asked for", "Ida Protect"), "no application ACF-999"),
    ],
)
def test_an_erasure_without_ground_person_or_application_is_refused(
    told: Record, operation: EraseBodies, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        told.perform(operation, OFFICER)


def test_a_member_erases_nothing(told: Record) -> None:
    with pytest.raises(Refused, match="An officer or the chair"):
        told.perform(erasing(told, "ACF-001"), Actor("Ann Sample", "member"))


def test_an_erasure_that_says_something_else_than_the_row_is_found_by_the_replay(told: Record) -> None:
    honest = erasing(told, "ACF-001")
    forged = tuple(replace(row, body=row.body.replace("100000", "900000")) for row in honest.rows)
    assert forged != honest.rows

    told.perform(replace(honest, rows=forged), OFFICER)

    assert [c.name for c in verify(told).checks if not c.ok] == ["replay"]


def test_reasons_given_one_by_one_are_erased(record: Record) -> None:
    set_up_office(record)
    rows = deciding_rows()
    sheets = (replace(rows.sheets[0], submitted=False), *rows.sheets[1:])
    none = (InterestRow("M1", None, InterestKind.NONE),)
    load(record, replace(rows, sheets=sheets, interests=none))
    record.perform(MoveArea(1, "Coventry", "scoring"), CHAIR)
    member = Actor("Ann Sample", "member")
    for text, before in ((f"{SECRET}1 a", ""), (f"{SECRET}1 b", f"{SECRET}1 a")):
        record.perform(SetReason(1, "M1", "ACF-001", "A1", text, before), member)

    erase(record, erasing(record, "ACF-001"), OFFICER)

    assert_replays(record)
    path = record.path
    record.close()
    assert not words_in(path, 1)


def test_a_correction_within_several_changes_is_erased_and_the_others_stay(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(telling(1), telling(2)), OFFICER)
    first, second = record.ask(lambda s: applications(s, 1))
    changes = changes_between(first, replace(first, email=f"{SECRET}1 new"))
    correcting = CorrectApplication(1, "ACF-001", changes, "mistyped")
    others = changes_between(second, replace(second, email=f"{SECRET}2 new"))
    beside = CorrectApplication(1, "ACF-002", others, "mistyped")
    record.perform(ChangeApplications("Take what a later file says", (correcting, beside)), OFFICER)
    again = replace(correcting, changes=changes_between(replace(first, email=f"{SECRET}1 new"), first))
    record.perform(ChangeApplications("Take it back", (again,)), OFFICER)

    erase(record, erasing(record, "ACF-001"), OFFICER)

    emails = [row.email for row in record.ask(lambda s: applications(s, 1))]
    assert emails == ["", f"{SECRET}2 new"]
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
