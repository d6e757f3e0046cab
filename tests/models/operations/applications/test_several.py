"""Several changes to applications as one change."""

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import (
    ChangeApplications,
    CorrectApplication,
    SetWithdrawn,
    changes_between,
)
from models.queries.applications.applications import applications, corrections, gate_results
from models.record import Record
from models.values.rounds import RoundKey
from models.values.rows import ApplicationRow
from scoring.written.text import Refused
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    set_up_office,
    undo,
)


def rows(record: Record) -> dict[str, ApplicationRow]:
    return {row.reference: row for row in record.ask(lambda s: applications(s, 1))}


@pytest.fixture
def taken_in(record: Record) -> Record:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    return record


def correcting(record: Record, reference: str, **values: object) -> CorrectApplication:
    before = rows(record)[reference]
    changes = changes_between(before, replace(before, **values))  # type: ignore[arg-type]
    return CorrectApplication(1, reference, changes, "from a later file")


def test_new_applications_and_corrections_are_one_change_and_one_undo(taken_in: Record) -> None:
    before = taken_in.ask(lambda s: (applications(s, 1), gate_results(s, 1), corrections(s, 1)))
    parts = (
        ImportApplications(KEY, (application(4),)),
        correcting(taken_in, "ACF-002", requested_pence=480_000),
    )

    outcome = taken_in.perform(ChangeApplications("Import 1 application and change 1", parts), OFFICER)

    assert outcome.words == "Imported 1 application and changed 1."
    assert rows(taken_in)["ACF-002"].requested_pence == 480_000
    assert list(rows(taken_in)) == ["ACF-001", "ACF-002", "ACF-003", "ACF-004"]
    undone = undo(taken_in, outcome)
    assert taken_in.ask(lambda s: (applications(s, 1), gate_results(s, 1), corrections(s, 1))) == before
    assert undone.words == "Imported 1 application and changed 1 (undone)."
    again = undo(taken_in, undone)
    assert rows(taken_in)["ACF-002"].requested_pence == 480_000
    assert "ACF-004" in rows(taken_in)
    assert again.words == outcome.words
    assert_replays(taken_in)


def test_the_first_refusal_refuses_all(taken_in: Record) -> None:
    before = rows(taken_in)
    parts = (ImportApplications(KEY, (application(4),)), SetWithdrawn(1, "ACF-001", is_withdrawn=True))

    with pytest.raises(Refused, match="Say why ACF-001 is withdrawn"):
        taken_in.perform(ChangeApplications("Two things", parts), OFFICER)
    with pytest.raises(Refused, match="nothing to change"):
        taken_in.perform(ChangeApplications("Nothing", ()), OFFICER)
    with pytest.raises(Refused, match="not the member"):
        taken_in.perform(ChangeApplications("Withdraw", parts[1:]), Actor("Tom Hale", "member"))

    assert rows(taken_in) == before


def test_a_round_that_is_not_there_is_not_set_up_by_the_way(taken_in: Record) -> None:
    summer = RoundKey("Active Citizens Fund", "2026/27", "Summer")
    part = ImportApplications(summer, (application(9),), ("Coventry",))

    with pytest.raises(Refused, match="no longer in the record"):
        taken_in.perform(ChangeApplications("A new round", (part,)), OFFICER)

    assert_replays(taken_in)
