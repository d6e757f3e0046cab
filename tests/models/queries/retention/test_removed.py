"""What was taken out of a round again stays in the journal: it is listed with a clock, and can be erased."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operations.applications.applications import RemoveApplications
from models.operations.applications.corrections import ChangeApplications
from models.operations.erasure import EraseBodies
from models.operations.retention import SetRetention
from models.queries.applications.applications import applications
from models.queries.retention.held_rows import removed_applications
from models.queries.retention.retention import Keeping, Years
from models.record import Record
from models.values.rounds import RoundKey
from scoring.written.text import Refused
from tests.models.journal.test_erasing import SECRET, telling
from tests.models.rounds import FUND, OFFICER, import_operation, set_up_office, undo

FIRST, SECOND = "ACF-001", "ACF-002"


@pytest.fixture
def taken_out(record: Record) -> Record:
    """A record into which two applications were taken, and one of them was taken out again."""
    set_up_office(record)
    record.perform(import_operation(telling(1), telling(2)), OFFICER)
    record.perform(RemoveApplications(1, (FIRST,)), OFFICER)
    return record


def removed(record: Record) -> tuple[Keeping, ...]:
    return record.ask(lambda session: removed_applications(session, 1))


def erasing(record: Record, *references: str) -> EraseBodies:
    chosen = tuple((1, of) for of in references)
    return record.ask(lambda s: proved_erasure_of(s, chosen, "imported by mistake", "Ida Protect")).operation


def test_it_is_listed_with_the_clock_of_what_is_declined(taken_out: Record) -> None:
    (line,) = removed(taken_out)

    assert (line.reference, line.organisation, line.is_removed) == (FIRST, telling(1).organisation, True)
    assert line.until == date(2028, 11, 3)  # taken out on 3 November 2026, and two years more
    assert line.why == "removed: 2 years after that"

    taken_out.perform(SetRetention(1, Years(6, 1), Years()), OFFICER)

    assert removed(taken_out)[0].until == date(2027, 11, 3)


def test_what_is_in_the_round_or_never_was_is_not_listed(record: Record) -> None:
    set_up_office(record)
    assert removed(record) == ()

    outcome = record.perform(import_operation(telling(1)), OFFICER)
    assert removed(record) == ()

    undo(record, outcome)
    assert [line.reference for line in removed(record)] == [FIRST]

    record.perform(import_operation(replace(telling(1), organisation="Made-up Choir")), OFFICER)
    assert removed(record) == ()  # the same reference in the same round is there again


def test_what_went_with_its_round_is_listed_under_every_other_and_erased(record: Record) -> None:
    set_up_office(record)
    outcome = record.perform(import_operation(telling(1)), OFFICER)
    undo(record, outcome)
    record.perform(
        replace(import_operation(telling(2)), round=RoundKey(FUND.name, "2027/28", "Spring")), OFFICER
    )
    (line,) = removed(record)
    assert (line.round_id, line.reference) == (0, FIRST)

    chosen = ((0, FIRST),)
    found = record.ask(lambda s: proved_erasure_of(s, chosen, "imported by mistake", "Ida Protect"))
    erase(record, found.operation, OFFICER)

    assert removed(record) == ()
    assert verify(record).sound
    path = record.path
    record.close()
    assert f"{SECRET}1".encode() not in path.read_bytes()
    assert f"{SECRET}2".encode() in path.read_bytes()


def test_one_taken_out_among_several_changes_is_listed(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(telling(1), telling(2)), OFFICER)
    record.perform(ChangeApplications("Merge two", (RemoveApplications(1, (SECOND,)),)), OFFICER)

    assert [line.reference for line in removed(record)] == [SECOND]


def test_it_is_erased_from_every_byte_and_listed_no_more(taken_out: Record) -> None:
    operation = erasing(taken_out, FIRST)
    assert (operation.applications, operation.removed) == ((), ((1, FIRST),))
    assert operation.label.startswith("Erase what was written in and of 1 application")

    erase(taken_out, operation, OFFICER)

    assert removed(taken_out) == ()
    assert {c.name: c.words for c in verify(taken_out).checks if not c.ok} == {}
    assert [row.reference for row in taken_out.ask(lambda s: applications(s, 1))] == [SECOND]
    path = taken_out.path
    taken_out.close()
    assert f"{SECRET}1".encode() not in path.read_bytes()
    assert f"{SECRET}2".encode() in path.read_bytes()


def test_both_kinds_are_erased_together(taken_out: Record) -> None:
    erase(taken_out, erasing(taken_out, FIRST, SECOND), OFFICER)

    assert verify(taken_out).sound
    path = taken_out.path
    taken_out.close()
    assert SECRET.encode() not in path.read_bytes()


def test_one_that_came_back_meanwhile_is_refused(taken_out: Record) -> None:
    operation = erasing(taken_out, FIRST)
    taken_out.perform(import_operation(telling(1), areas=()), OFFICER)

    with pytest.raises(Refused, match="In the round again: ACF-001"):
        taken_out.perform(operation, OFFICER)
