"""Open data from the record: identifiers, titles, and what it is refused without."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from exchange.papers.open_data import checked_package
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts, SetPublisher
from models.papers.open_data import OpenData
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.open_data import open_data, recipient_id
from models.queries.papers.paper_texts import publisher
from models.record import Record
from models.schema.journal import journal_table
from scoring.written.text import Refused
from tests.models.operations.awards.varied_awards import vary
from tests.models.operations.deciding_rounds import (
    decide,
    decided,
    deciding_rows,
    recommended,
)
from tests.models.rounds import OFFICER, application, assert_replays, load
from tests.models.year_rounds import Grant, award_all, round_of


def ordered(record: Record, round_id: int | None = 1, **chosen: str) -> OpenData:
    order = PaperOrder("360giving", datetime(2026, 12, 5, tzinfo=UTC), round_id, **chosen)  # type: ignore[arg-type]
    return record.ask(partial(open_data, order=order))


def changed_at(record: Record, kind: str) -> datetime:
    """Return when the last change of this kind was made."""
    j = journal_table.c
    newest: datetime | None = record.ask(
        lambda session: session.scalar(select(func.max(j.at)).where(j.kind == kind))
    )
    assert newest is not None, kind
    return newest


def test_it_is_refused_until_the_prefix_is_known(record: Record) -> None:
    decided(record)

    with pytest.raises(Refused, match="needs the office's prefix from 360Giving"):
        ordered(record)


def test_each_award_is_a_grant_with_an_identifier_that_lasts(record: Record) -> None:
    decided(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)

    found = ordered(record)

    assert [(grant.identifier, grant.awarded_pence) for grant in found.grants] == [
        ("360G-Example-2026-A-031-01", 100_000),
        ("360G-Example-2026-A-031-02", 200_000),
    ]
    assert found.control == "2 grants, £3,000.00"
    assert {grant.location_code for grant in found.grants} == {""}
    codes = FactChange("area_codes", "Dudley E08000027, coventry E08000026")
    record.perform(SetOfficeFacts((codes,)), OFFICER)
    coded = ordered(record)
    area = found.grants[0].location
    assert coded.grants[0].location_code == {"Dudley": "E08000027", "Coventry": "E08000026"}[area]
    package = checked_package(coded, PaperStatus(datetime(2026, 12, 5, tzinfo=UTC), ""))
    (place,) = package["grants"][0]["beneficiaryLocation"]
    assert (place["geoCode"], place["geoCodeType"]) == (coded.grants[0].location_code, "MD")
    assert_replays(record)


def test_the_kind_of_an_organisation_is_as_its_form_has_it_where_no_line_is_chosen(record: Record) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    recommended(
        record, replace(rows, applications=(replace(first, organisation_type="sports  club"), *others))
    )
    decide(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)

    kinds = [[(one.code, one.title) for one in grant.classified] for grant in ordered(record).grants]

    assert kinds == [[("", "Sports club")], []]


def test_without_a_round_it_is_of_every_round_of_the_office_or_of_a_year(record: Record) -> None:
    decided(record)
    load(record, replace(deciding_rows(), name="Another"))  # nothing is awarded in it
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)

    every, of_year = ordered(record, None), ordered(record, None, year="2026/27", fund="ACF")

    assert every.grants == of_year.grants == ordered(record).grants
    assert (every.title, every.marking) == ("Office 2026/27 awards", "OFFICIAL")
    assert every.described.startswith(
        "Grants awarded by the Office: all funds, rounds and years. Each amount is"
    )
    assert of_year.title == "Active Citizens Fund 2026/27 awards"
    assert ": Active Citizens Fund, 2026/27. Each amount is what the award stood at" in of_year.described
    grants = (Grant("Dudley", "Kites", "Kites", 90_000),)
    award_all(record, round_of(grants, fund="Active Citizens Fund", year="2025/26"), notice="005/2025")
    assert ordered(record, None, fund="ACF").title == "Active Citizens Fund 2025/26 to 2026/27 awards"
    with pytest.raises(Refused, match="There is no round in 2031/32"):
        ordered(record, None, year="2031/32")


def test_where_no_round_awards_anything_there_is_no_open_data(record: Record) -> None:
    recommended(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)

    with pytest.raises(Refused, match="Nothing is awarded in any round yet"):
        ordered(record, None)


@pytest.mark.parametrize(
    ("charity", "company", "identifier"),
    [
        ("1234567", "", "GB-CHC-1234567"),
        ("SC012345", "01234567", "GB-SC-SC012345"),
        ("NIC100123", "", "GB-NIC-100123"),
        ("", "01234567", "GB-COH-01234567"),
        ("", "", "360G-Example-ORG-0042"),
        ("applied for", "", "360G-Example-ORG-0042"),
    ],
)
def test_a_recipient_is_known_by_its_register(charity: str, company: str, identifier: str) -> None:
    row = replace(application(1), charity_number=charity, company_number=company)

    assert recipient_id(row, "360G-Example", 42) == identifier


@pytest.mark.parametrize(
    ("prefix", "funder", "words"),
    [
        ("Example", "GB-GOR-PB1", "“Example” is not a publisher's prefix"),
        ("360G-Example", "the office", "“the office” is not a funder's identifier"),
        ("", "GB-GOR-PB1", "“” is not a publisher's prefix"),
    ],
)
def test_identifiers_of_another_form_are_refused(
    record: Record, prefix: str, funder: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        record.perform(SetPublisher(prefix, funder), OFFICER)


def test_who_publishes_is_kept_and_undone(record: Record) -> None:
    outcome = record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)

    assert record.ask(publisher) == ("360G-Example", "GB-GOR-PB1")
    assert outcome.inverse is not None
    record.perform(outcome.inverse, OFFICER)
    assert record.ask(publisher) == ("", "")
    assert SetPublisher("", "").label == "Say who publishes open data"
    assert_replays(record)


def test_each_grant_names_its_recipient_as_it_was_awarded(record: Record) -> None:
    rows = deciding_rows()
    alike = tuple(replace(row, charity_number="1234567") for row in rows.applications)
    recommended(record, replace(rows, applications=alike))
    decide(record)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    vary(record, recipient="Kites and Friends")

    found = ordered(record).grants

    varied, other = (changed_at(record, kind) for kind in ("vary award", "record decisions"))
    assert [one.modified_at for one in found] == [varied, other], "each by what was last changed of it"
    package = checked_package(ordered(record), PaperStatus(datetime(2027, 1, 5, tzinfo=UTC), ""))
    told = [datetime.fromisoformat(one["dateModified"]) for one in package["grants"]]
    assert told == [varied, other], "not by the day on which the file is written"
    record.perform(SetOfficeFacts((FactChange("website", "example.org"),)), OFFICER)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    record.perform(SetPaperTexts(1, "letters", "ACF-001", (("unmet", "It is open."),)), OFFICER)
    assert ordered(record).grants == found, "none is told of a grant, nor is the same said again"
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB2"), OFFICER)
    again = changed_at(record, "set publisher")
    assert [one.modified_at for one in ordered(record).grants] == [again, again]
    record.perform(SetPaperTexts(1, "publication", "ACF-002", (("purpose", "For all."),)), OFFICER)
    assert ordered(record).grants[1].modified_at == changed_at(record, "set paper texts")
    assert len(found) == 2
    assert [(one.recipient_id, one.recipient) for one in found] == [
        ("GB-CHC-1234567", "Kites and Friends"),
        ("GB-CHC-1234567", "Allotment Friends 2"),
    ]
