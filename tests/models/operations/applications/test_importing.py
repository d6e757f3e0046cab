"""An import is one change: what is new, and what the file corrects."""

from functools import partial

from msgspec.structs import replace

from models.operations.applications.applications import BY_HAND, ImportApplications
from models.operations.applications.corrections import (
    differing_fields,
    import_change,
    importing_words,
    merge_change,
    merging_words,
    round_key,
)
from models.queries.applications.applications import applications, corrections
from models.queries.applications.merges import import_target, new_target
from models.record import Record
from models.reference.schemes import shipped_funds
from models.values.rows import ApplicationRow
from tests.models.rounds import OFFICER, application, assert_replays, import_operation, set_up_office, undo


def rows(record: Record) -> dict[str, ApplicationRow]:
    return {row.reference: row for row in record.ask(partial(applications, round_id=1))}


def test_what_is_new_and_what_is_corrected_go_in_as_one_and_come_back_as_one(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    target = record.ask(partial(import_target, round_id=1))
    before = rows(record)
    here = target.existing[0]
    new = ImportApplications(round_key(target), (application(9),), target.added(("Coventry",)), "more.csv")
    asks = replace(here, requested_pence=here.requested_pence + 100)

    assert import_change(target, new, []) is new
    outcome = record.perform(import_change(target, new, [(here, asks, "from the file more.csv")]), OFFICER)

    assert rows(record)[here.reference].requested_pence == asks.requested_pence
    assert len(rows(record)) == len(before) + 1
    found = record.ask(partial(corrections, round_id=1))
    assert {one.reason for one in found} == {"from the file more.csv"}
    undo(record, outcome)
    assert rows(record) == before
    only = replace(new, rows=())
    record.perform(import_change(target, only, [(here, asks, "from the file more.csv")]), OFFICER)
    typed = (application(10), replace(application(11), area=None))
    said = record.perform(replace(new, rows=typed, source=BY_HAND), OFFICER).words
    assert said.startswith(f"{typed[0].reference} was added. {typed[1].reference} was added. It has no area")
    assert_replays(record)


def test_an_import_says_what_it_does() -> None:
    assert importing_words(41, 0) == "Import 41 applications"
    assert importing_words(1, 2) == "Import 1 application and change 2"
    assert importing_words(0, 1) == "Change 1"
    assert importing_words(0, 0) == "Import 0 applications"


def test_a_round_to_come_is_held_against_its_fund(record: Record) -> None:
    set_up_office(record)
    fund = shipped_funds()[0]

    target = record.ask(partial(new_target, defaults=fund, name="Spring", year="2027/28"))

    assert (target.areas, target.existing) == ((), ())
    assert target.known_areas == tuple(area.name for area in fund.areas)
    assert target.postcodes == fund.postcodes
    bare = record.ask(partial(new_target, defaults=replace(fund, scheme=None), name="S", year=""))
    assert bare.cap_per_award_pence is None


def test_a_merge_says_what_is_taken_and_takes_it(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    one, other = record.ask(partial(applications, round_id=1))[:2]

    assert "organisation" in differing_fields(one, other)
    words = merging_words(one, other, ("organisation", "postcode"))
    assert words.startswith(f"{one.reference} is kept, with organisation “{other.organisation}”, postcode ")
    assert "with its own values throughout" in merging_words(one, other, ())
    assert "…”" in merging_words(one, replace(other, project="P" * 60), ("project",))
    assert "left empty" in merging_words(one, replace(other, project=""), ("project",))
    outcome = record.perform(merge_change(1, one, other, ("organisation", "received_at")), OFFICER)
    assert rows(record)[one.reference].organisation == other.organisation
    assert rows(record)[other.reference].withdrawn
    undo(record, outcome)
    record.perform(merge_change(1, one, other, ()), OFFICER)
    assert rows(record)[one.reference] == one
