"""Taking applications in, and out again."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Integer, column, select, table, update
from sqlalchemy.exc import DBAPIError

from models.operation import Outcome
from models.operations.applications.applications import ImportApplications, RemoveApplications
from models.operations.set_up.office import AddFund
from models.queries.applications.applications import GateResult, applications, gate_results
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.schema.applications import application_table, organisation_table
from models.schema.set_up import area_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.round import Eligibility
from scoring.written.text import Refused
from tests.models.rounds import (
    FUND,
    KEY,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    set_up_office,
    three_applications,
    undo,
    workbook_rows,
)


def taken_in(record: Record) -> tuple[ApplicationRow, ...]:
    return record.ask(lambda session: applications(session, 1))


def import_three(record: Record) -> Outcome:
    set_up_office(record)
    return record.perform(import_operation(), OFFICER)


def test_an_import_sets_its_round_up_and_does_not_open_it(record: Record) -> None:
    outcome = import_three(record)

    (line,) = record.ask(rounds)
    assert (line.stage, line.applications) == ("set up", 3)
    assert [(area.name, area.pot_pence) for area in line.areas] == [("Coventry", 0), ("Dudley", 0)]
    assert outcome.words == (
        "The round “Autumn” of Active Citizens Fund 2026/27 was set up. 3 applications imported. "
        "1 application asks for more than the cap."
    )


def test_gates_start_to_check_and_a_request_over_the_cap_fails_its_gate(record: Record) -> None:
    import_three(record)

    found = [(row.eligibility, row.eligibility_reason) for row in taken_in(record)]

    over = "asks £5,200.00, over the cap of £5,000.00 for one award"  # 520,000 of 500,000 pence
    assert found == [
        (Eligibility.TO_CHECK, "Is the group constituted?"),
        (Eligibility.NO, over),
        (Eligibility.TO_CHECK, "Is the group constituted?"),
    ]
    assert record.ask(lambda s: gate_results(s, 1)) == (
        GateResult("ACF-001", "cap", "pass", "", "the program"),
        GateResult("ACF-002", "cap", "fail", over, "the program"),
        GateResult("ACF-003", "cap", "pass", "", "the program"),
    )


def test_a_fund_without_a_gate_for_the_cap_fails_nothing(record: Record) -> None:
    set_up_office(record)
    record.perform(AddFund(replace(FUND, code="NF", name="New Fund", gates=(), also_known_as=())), OFFICER)

    record.perform(replace(import_operation(), round=replace(KEY, fund="New Fund")), OFFICER)

    assert {row.eligibility for row in taken_in(record)} == {Eligibility.TO_CHECK}


def test_applications_come_back_as_they_were_submitted(record: Record) -> None:
    import_three(record)

    as_submitted = [
        replace(row, eligibility=Eligibility.YES, eligibility_reason="") for row in taken_in(record)
    ]

    assert as_submitted == list(three_applications())


def test_later_imports_follow_the_earlier_ones_and_add_areas(record: Record) -> None:
    import_three(record)

    record.perform(import_operation(application(9, area="Walsall"), areas=("Walsall",)), OFFICER)

    rows = record.ask(lambda s: round_rows(s, 1))
    assert [area.name for area in rows.areas] == ["Coventry", "Dudley", "Walsall"]
    assert [row.reference for row in rows.applications] == ["ACF-001", "ACF-002", "ACF-003", "ACF-009"]


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (ImportApplications(KEY, ()), "no application to import"),
        (import_operation(application(1), areas=()), "Already in the round: ACF-001"),
        (import_operation(application(7), application(7), areas=()), "Named twice: ACF-007"),
        (import_operation(application(7, area="Walsall"), areas=()), "Walsall, which has no pot"),
        (import_operation(application(7), areas=("Dudley",)), "Dudley is in the round already"),
        (import_operation(application(7), areas=("Walsall", "Walsall")), "area is named twice"),
        (import_operation(application(7, requested_pence=2**60), areas=()), "too large"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_changes(
    record: Record, operation: ImportApplications, words: str
) -> None:
    import_three(record)
    before = record.ask(lambda s: round_rows(s, 1))

    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)

    assert record.ask(lambda s: round_rows(s, 1)) == before


@pytest.mark.both_engines
def test_an_area_that_has_moved_on_takes_no_more_in(record: Record) -> None:
    def refuse(session: Session) -> None:
        session.execute(update(area_table).where(area_table.c.name == "Dudley").values(stage="scoring"))
        import_operation(application(7, area="Dudley"), areas=()).apply(
            session, OFFICER, datetime(2026, 11, 3, tzinfo=UTC)
        )

    import_three(record)

    with pytest.raises(Refused, match="Dudley, which has moved on to scoring"):
        record.try_out(refuse)


def test_importing_is_undone_whole(record: Record) -> None:
    set_up_office(record)

    undo(record, record.perform(import_operation(), OFFICER))

    assert record.ask(rounds) == ()
    assert record.ask(lambda s: s.scalars(select(organisation_table.c.name)).all()) == []
    assert_replays(record)


def test_a_later_import_is_undone_and_done_again_where_it_stood(record: Record) -> None:
    import_three(record)
    more = import_operation(
        application(8, requested_pence=600_000), application(9, area="Walsall"), areas=("Walsall",)
    )
    outcome = record.perform(more, OFFICER)
    after = record.ask(lambda s: round_rows(s, 1))

    undone = undo(record, outcome)
    assert len(taken_in(record)) == 3
    assert [area.name for area in record.ask(rounds)[0].areas] == ["Coventry", "Dudley"]

    undo(record, undone)
    assert record.ask(lambda s: round_rows(s, 1)) == after
    assert_replays(record)


@pytest.mark.parametrize("reference", ["ACF-001", "ACF-002"])
def test_an_application_that_the_panel_has_touched_is_not_removed(record: Record, reference: str) -> None:
    set_up_office(record)
    load(record)

    with pytest.raises(Refused, match=f"recorded something on {reference}"):
        record.perform(RemoveApplications(1, (reference,)), OFFICER)


def test_an_application_that_is_not_there_cannot_be_removed(record: Record) -> None:
    import_three(record)

    with pytest.raises(Refused, match="Not in the round: ACF-004"):
        record.perform(RemoveApplications(1, ("ACF-004",)), OFFICER)


def test_a_reference_taken_in_the_meantime_stays_where_it_is(record: Record) -> None:
    import_three(record)
    undone = record.perform(RemoveApplications(1, ("ACF-003",)), OFFICER)
    record.perform(import_operation(application(3), areas=()), OFFICER)

    with pytest.raises(Refused, match="Already in the round: ACF-003"):
        undo(record, undone)


@pytest.mark.both_engines
def test_what_was_submitted_cannot_be_edited(record: Record) -> None:
    def edit(session: Session) -> None:
        session.execute(update(application_table).values(requested_pence=1))

    import_three(record)

    with pytest.raises(DBAPIError, match="what was submitted is never edited"):
        record.try_out(edit)


@pytest.mark.both_engines
def test_one_organisation_is_recognised_by_number_or_name(record: Record) -> None:
    set_up_office(record)
    rows = (
        application(1, organisation="Hill Youth Club", charity_number="1234567"),
        application(2, organisation="hill  youth club"),
        application(3, organisation="Hill YC", charity_number="1234567", company_number="00000042"),
        application(4, organisation="Someone Else", company_number="00000042"),
        application(5, organisation="Hill Youth Club", charity_number="7654321"),
    )

    record.perform(import_operation(*rows), OFFICER)

    # 3 by charity number, 4 by company number; 5 has another charity number, and 2 may be of 1 or of 5
    linked = column("organisation_id", Integer)
    known = select(linked).select_from(table("applications")).order_by(column("id"))
    numbers = record.ask(lambda s: s.scalars(known).all())
    assert numbers[0] == numbers[2] == numbers[3]
    assert len({numbers[0], numbers[1], numbers[4]}) == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.integers(1, 12), min_size=1))
def test_importing_removing_and_bringing_back_changes_nothing(record: Record, chosen: set[int]) -> None:
    if not record.ask(rounds):
        set_up_office(record)
        record.perform(
            import_operation(*(application(n) for n in range(1, 13)), areas=("Coventry",)), OFFICER
        )
    before = record.ask(lambda s: round_rows(s, 1))

    undo(record, record.perform(RemoveApplications(1, tuple(f"ACF-{n:03d}" for n in chosen)), OFFICER))

    assert record.ask(lambda s: round_rows(s, 1)) == before


def test_the_round_of_a_workbook_takes_applications_in_while_an_area_is_at_intake(record: Record) -> None:
    set_up_office(record)
    load(record, replace(workbook_rows(), year=""))

    record.perform(ImportApplications(replace(KEY, year=""), (application(8),)), OFFICER)

    assert [line.applications for line in record.ask(rounds)] == [4]
