"""Taking applications in and out again; what is new, what the file corrects, how forms were matched."""

from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Integer, column, select, table, update
from sqlalchemy.exc import DBAPIError

from models.operation import carried_out
from models.operations.applications.applications import BY_HAND, ImportApplications, RemoveApplications
from models.operations.applications.corrections import (
    differing_fields,
    import_change,
    merge_change,
    merging_words,
    round_key,
)
from models.queries.applications.applications import applications, corrections
from models.queries.applications.merges import import_target, new_target
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.reference.schemes import shipped_funds
from models.schema.applications import application_table
from models.schema.set_up import area_table
from models.session import Session
from models.values.rows import ApplicationRow
from scoring.round import Eligibility
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    import_operation,
    refused,
    refuses,
    set_up_office,
    three_applications,
    undo,
)


def imported(record: Record) -> tuple[ApplicationRow, ...]:
    return record.ask(lambda session: applications(session, 1))


def test_what_cannot_be_taken_in_is_refused_and_nothing_changes(taken_in: Record) -> None:
    before = taken_in.ask(lambda s: round_rows(s, 1))
    for operation, words in (
        (ImportApplications(KEY, ()), "no application to import"),
        (import_operation(application(1), areas=()), "Already in the round: ACF-001"),
        (import_operation(application(7), application(7), areas=()), "Named twice: ACF-007"),
        (import_operation(application(7, area="Walsall"), areas=()), "Walsall, which has no pot"),
        (import_operation(application(7), areas=("Dudley",)), "Dudley is in the round already"),
        (import_operation(application(7), areas=("Walsall", "Walsall")), "area is named twice"),
        (import_operation(application(7, requested_pence=2**60), areas=()), "too large"),
    ):
        refuses(taken_in, words, operation)
    assert taken_in.ask(lambda s: round_rows(s, 1)) == before

    as_submitted = [
        replace(row, eligibility=Eligibility.YES, eligibility_reason="") for row in imported(taken_in)
    ]

    assert as_submitted == list(three_applications())

    # A later import is undone and done again where it stood.
    more = import_operation(
        application(8, requested_pence=600_000), application(9, area="Walsall"), areas=("Walsall",)
    )
    outcome = taken_in.perform(more, OFFICER)
    after = taken_in.ask(lambda s: round_rows(s, 1))
    assert [area.name for area in after.areas] == ["Coventry", "Dudley", "Walsall"]
    assert [row.reference[-1] for row in after.applications] == ["1", "2", "3", "8", "9"]
    undone = undo(taken_in, outcome)
    refuses(taken_in, "Not in the round: ACF-008", RemoveApplications(1, ("ACF-008",)))
    assert len(imported(taken_in)) == 3
    assert [area.name for area in taken_in.ask(rounds)[0].areas] == ["Coventry", "Dudley"]
    undo(taken_in, undone)
    assert taken_in.ask(lambda s: round_rows(s, 1)) == after


@pytest.mark.both_engines
def test_an_area_that_has_moved_on_takes_no_more_in_and_what_was_submitted_is_not_edited(
    taken_in: Record,
) -> None:
    def refuse(session: Session) -> None:
        session.execute(update(area_table).where(area_table.c.name == "Dudley").values(stage="scoring"))
        operation = import_operation(application(7, area="Dudley"), areas=())
        carried_out(session, operation, OFFICER, datetime(2026, 11, 3, tzinfo=UTC))

    refused("Dudley, which has moved on to scoring", taken_in.try_out, refuse)

    def edit(session: Session) -> None:
        session.execute(update(application_table).values(requested_pence=1))

    with pytest.raises(DBAPIError, match="what was submitted is never edited"):
        taken_in.try_out(edit)


def test_an_application_that_the_panel_has_touched_is_not_removed(loaded: Record) -> None:
    for reference in ("ACF-001", "ACF-002"):
        refuses(loaded, f"recorded something on {reference}", RemoveApplications(1, (reference,)))


@pytest.mark.both_engines
def test_one_organisation_is_recognised_by_number_or_name(office: Record) -> None:
    rows = (
        application(1, organisation="Hill Youth Club", charity_number="1254367"),
        application(2, organisation="hill  youth club"),
        application(3, organisation="Hill YC", charity_number="1254367", company_number="00000042"),
        application(4, organisation="Someone Else", company_number="00000042"),
        application(5, organisation="Hill Youth Club", charity_number="7645231"),
    )

    office.perform(import_operation(*rows), OFFICER)

    # 3 by charity number, 4 by company number; 5 has another charity number, and 2 may be of 1 or of 5
    linked = column("organisation_id", Integer)
    known = select(linked).select_from(table("applications")).order_by(column("id"))
    numbers = office.ask(lambda s: s.scalars(known).all())
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


def rows(record: Record) -> dict[str, ApplicationRow]:
    return {row.reference: row for row in record.ask(partial(applications, round_id=1))}


def test_a_round_to_come_is_held_against_its_fund(office: Record) -> None:
    fund = shipped_funds()[0]

    target = office.ask(partial(new_target, defaults=fund, name="Spring", year="2027/28"))

    assert (target.areas, target.existing) == ((), ())
    assert target.known_areas == tuple(area.name for area in fund.areas)
    assert target.postcodes == fund.postcodes
    bare = office.ask(partial(new_target, defaults=replace(fund, scheme=None), name="S", year=""))
    assert bare.cap_per_award_pence is None

    # What is new and what is corrected go in as one and come back as one.
    office.perform(import_operation(), OFFICER)
    target = office.ask(partial(import_target, round_id=1))
    before = rows(office)
    here = target.existing[0]
    new = ImportApplications(round_key(target), (application(9),), target.added(("Coventry",)), "more.csv")
    asks = replace(here, requested_pence=here.requested_pence + 100)
    assert import_change(target, new, []) is new
    outcome = office.perform(import_change(target, new, [(here, asks, "from the file more.csv")]), OFFICER)
    assert rows(office)[here.reference].requested_pence == asks.requested_pence
    assert len(rows(office)) == len(before) + 1
    found = office.ask(partial(corrections, round_id=1))
    assert {one.reason for one in found} == {"from the file more.csv"}
    undo(office, outcome)
    assert rows(office) == before
    only = replace(new, rows=())
    office.perform(import_change(target, only, [(here, asks, "from the file more.csv")]), OFFICER)
    typed = (application(10), replace(application(11), area=None))
    said = office.perform(replace(new, rows=typed, source=BY_HAND), OFFICER).words
    assert said.startswith(f"{typed[0].reference} was added. {typed[1].reference} was added. It has no area")


def test_a_merge_says_what_is_taken_and_takes_it(office: Record) -> None:
    office.perform(import_operation(), OFFICER)
    one, other = office.ask(partial(applications, round_id=1))[:2]

    assert "organisation" in differing_fields(one, other)
    words = merging_words(one, other, ("organisation", "postcode"))
    assert words.startswith(f"{one.reference} is kept, with organisation “{other.organisation}”, postcode ")
    outcome = office.perform(merge_change(1, one, other, ("organisation", "received_at")), OFFICER)
    assert rows(office)[one.reference].organisation == other.organisation
    assert rows(office)[other.reference].withdrawn
    undo(office, outcome)
    office.perform(merge_change(1, one, other, ()), OFFICER)
    assert rows(office)[one.reference] == one
