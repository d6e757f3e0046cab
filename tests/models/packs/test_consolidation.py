"""The records of several areas become one: rounds, names, organisations, accounts and the year's sums."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operations.awards.bank_details import whole_bank_details
from models.operations.awards.budget import Contribute
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.packs.consolidation import Consolidation, consolidate, plan_consolidation
from models.packs.part_rows import LEFT, carried
from models.papers.order import PaperOrder
from models.papers.year.year_end_tables import YEAR_END
from models.queries.papers.open_data import open_data
from models.queries.papers.paper_texts import published_purposes
from models.queries.papers.year_tables import year_tables
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.schema.applications import application_table, correction_table, organisation_table
from models.schema.awards import award_table
from models.schema.base import METADATA
from scoring.written.names import typed_key
from scoring.written.text import Refused
from tests.models.conftest import OPENER, TickingClock
from tests.models.packs.areas_records import (
    COVENTRY,
    DUDLEY,
    FUND,
    YEAR,
    applied_record,
    area_record,
)
from tests.models.ready_to_pay import ACCOUNT
from tests.models.rounds import OFFICER, assert_replays, import_operation, set_up_office
from tests.models.spellings import spellings


def take(whole: Record, path: Path) -> Consolidation:
    """Take a record in as far as anything of it is new."""
    with Record.read_copy(path) as part:
        found = plan_consolidation(whole, part, path.name)
    if found.is_new:
        consolidate(whole, found, OFFICER)
    return found


def year_end(record: Record) -> dict[str, tuple[object, ...]]:
    """Return budget and commitment of each area at the year's end, and of all."""
    order = PaperOrder("tables", TickingClock()(), year="2026/27")
    (table,) = [one for one in record.ask(partial(year_tables, order=order)).tables if one.code == YEAR_END]
    return {str(row[0]): (row[1], row[3]) for row in table.lines}


def test_rounds_of_two_areas_come_in_under_their_identity(record: Record, tmp_path: Path) -> None:
    parts = [
        area_record(tmp_path / "coventry.panel", *COVENTRY),
        area_record(tmp_path / "dudley.panel", *DUDLEY),
    ]

    first, second = (take(record, path) for path in parts)
    again = [take(record, path) for path in parts]

    uids = []
    for path in parts:
        with Record.read_copy(path) as part:
            uids += [line.uid for line in part.ask(rounds)]
    assert [line.uid for line in record.ask(rounds)] == uids
    assert [line.name for line in record.ask(rounds)] == ["Autumn", "Autumn, Dudley"]
    assert (first.rounds, first.renamed) == (("“Autumn” of Active Citizens Fund",), ())
    assert [(one.what, one.old, one.new) for one in second.renamed] == [
        ("Round", "Autumn", "Autumn, Dudley"),
        ("Notice", "031/2026", "031/2026-DUD"),
        ("Application", "G-000", "G-000-DUD"),
        ("Award", "A-031-01", "A-031-01-DUD"),
    ]
    assert [(one.is_new, one.again) for one in again] == [(False, first.rounds), (False, second.rounds)]
    # budgets £900 and £400, commitments £500 and £300
    assert year_end(record) == {
        "Coventry": (90_000, 50_000),
        "Dudley": (40_000, 30_000),
        "Total": (130_000, 80_000),
    }
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    told = record.ask(partial(open_data, order=PaperOrder("360giving", TickingClock()())))
    assert [grant.identifier for grant in told.grants] == [
        "360G-Example-2026-A-031-01",
        "360G-Example-2026-A-031-01-DUD",
    ], "an award that bears another name here keeps the year of its notice"
    assert_replays(record)
    assert {check.name: check.words for check in verify(record).checks if not check.ok} == {}


@pytest.mark.parametrize("other", spellings("Autumn"))
def test_a_round_that_is_named_so_in_other_letters_bears_another_name(
    record: Record, tmp_path: Path, other: str
) -> None:
    take(record, applied_record(tmp_path / "a.panel"))
    path = tmp_path / "b.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as part:
        set_up_office(part)
        key = replace(import_operation().round, name=other)
        part.perform(replace(import_operation(), round=key), OFFICER)

    found = take(record, path)

    assert [(one.what, one.old) for one in found.renamed][:1] == [("Round", other)]
    assert len({typed_key(line.name) for line in record.ask(rounds)}) == 2


def test_an_old_reference_is_remembered_and_an_account_comes_too(record: Record, tmp_path: Path) -> None:
    take(record, area_record(tmp_path / "coventry.panel", *COVENTRY))
    dudley = area_record(tmp_path / "dudley.panel", *DUDLEY)
    with Record.open(dudley, OPENER) as part:
        part.perform(SetPaperTexts(1, "publication", "G-000", (("purpose", "Bikes."),)), OFFICER)
    take(record, dudley)

    assert record.ask(partial(published_purposes, round_id=1)) == {}
    assert record.ask(partial(published_purposes, round_id=2)) == {"G-000-DUD": "Bikes."}
    of = correction_table.c
    told = record.ask(lambda session: session.execute(select(of.submitted, of.value, of.reason)).one())
    assert tuple(told) == (
        '"G-000"',
        '"G-000-DUD"',
        "G-000 in dudley.panel; another application had that reference here.",
    )
    account = record.ask(partial(whole_bank_details, round_id=2, application="G-000-DUD"))
    assert account == ACCOUNT


def test_one_organisation_of_both_areas_is_one(record: Record, tmp_path: Path) -> None:
    take(record, area_record(tmp_path / "coventry.panel", *COVENTRY))
    take(record, area_record(tmp_path / "dudley.panel", *DUDLEY))

    count = select(func.count()).select_from(organisation_table)
    assert record.ask(lambda session: session.scalar(count)) == 1


def test_organisations_alike_are_listed_and_those_of_one_number_joined(
    record: Record, tmp_path: Path
) -> None:
    first = applied_record(tmp_path / "a.panel", organisation="Canal Lane", charity_number="1000001")
    alike = applied_record(tmp_path / "b.panel", organisation="CanalLane", charity_number="1000002")
    same = applied_record(tmp_path / "c.panel", organisation="The Lane", charity_number="1000001")

    found = [take(record, path) for path in (first, alike, same)]

    assert [one.alike for one in found] == [(), ("CanalLane (1000002) and Canal Lane (1000001)",), ()]
    organisations = select(application_table.c.organisation_id).order_by(application_table.c.id)
    assert record.ask(lambda session: session.scalars(organisations).all()) == [1, 2, 1]


def test_money_that_both_records_entered_for_an_area_is_told(record: Record, tmp_path: Path) -> None:
    paths = [
        area_record(tmp_path / "a.panel", *COVENTRY),
        area_record(tmp_path / "b.panel", "Coventry", 30_000, 40_000),
    ]
    for path, who in zip(paths, (OFFICER, replace(OFFICER, name="Ola Other")), strict=True):
        with Record.open(path, OPENER, clock=TickingClock()) as part:
            part.perform(Contribute(FUND, YEAR, "Coventry", 5_000, "need"), who)

    found = [[said for said in take(record, path).left if "£50" in said] for path in (*paths, *paths)]

    said = "£50.00 of Coventry in 2026/27 is in both records, and counts twice. Take one back on Budget."
    assert found == [[], [said], [], []]


def test_a_copy_of_the_same_record_is_refused(record: Record, tmp_path: Path) -> None:
    copy = record.backup(tmp_path / "copy.panel")

    with pytest.raises(Refused, match="is a copy of the record that it would come into"):
        take(record, copy)


@pytest.mark.parametrize("other", ["COVENTRY", "Coventry\u00a0"])
def test_one_area_in_two_spellings_is_one_line_of_the_year(
    record: Record, tmp_path: Path, other: str
) -> None:
    take(record, area_record(tmp_path / "a.panel", *COVENTRY))
    take(record, area_record(tmp_path / "b.panel", other, 30_000, 40_000))

    assert year_end(record) == {"Coventry": (130_000, 80_000), "Total": (130_000, 80_000)}


def test_what_changed_after_the_rounds_came_in_is_told(record: Record, tmp_path: Path) -> None:
    path = applied_record(tmp_path / "a.panel")
    take(record, path)
    with Record.open(path, OPENER, clock=TickingClock()) as part:
        take(part, area_record(tmp_path / "coventry.panel", *COVENTRY))

    found = take(record, path)

    assert found.left == ("1 change was made there after its rounds came in; these stay there.",)
    assert found.rounds == ("“Autumn, Coventry” of Active Citizens Fund",)


def test_what_an_applicant_wrote_is_erased_from_what_came_in(record: Record, tmp_path: Path) -> None:
    take(record, applied_record(tmp_path / "a.panel", summary="A most private matter"))

    found = record.ask(lambda s: proved_erasure_of(s, ((1, "ACF-001"),), "asked for", "Ida Protect"))
    erase(record, found.operation, OFFICER)

    assert b"most private matter" not in record.path.read_bytes()
    assert {check.name: check.words for check in verify(record).checks if not check.ok} == {}


@pytest.mark.parametrize("record", ["server"], indirect=True)
def test_records_in_files_become_one_on_a_server(record: Record, tmp_path: Path) -> None:
    take(record, area_record(tmp_path / "coventry.panel", *COVENTRY))
    take(record, area_record(tmp_path / "dudley.panel", *DUDLEY))

    assert year_end(record)["Total"] == (130_000, 80_000)
    references = select(award_table.c.reference).order_by(award_table.c.application_id)
    assert record.ask(lambda s: s.scalars(references).all()) == ["A-031-01", "A-031-01-DUD"]
    assert_replays(record)


def test_every_table_comes_in_or_is_named_as_staying() -> None:
    assert {table.name for table in carried()} | LEFT == set(METADATA.tables)
