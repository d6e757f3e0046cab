"""Records of several areas become one: what another brings is told first; people are more than a name."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace
from sqlalchemy import func, select

from models.journal.erasing import erase, proved_erasure_of
from models.journal.verify import verify
from models.operation import Actor
from models.operations.applications.attachments import AttachFiles, RemoveAttachments, put_attached
from models.operations.applications.corrections import Change, CorrectApplication
from models.operations.awards.bank_details import whole_bank_details
from models.operations.awards.budget import Contribute
from models.operations.packs.consolidated import TakeAreaOut
from models.operations.panel.members import AddMember
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.packs.consolidation import (
    FILES_STAY,
    Consolidation,
    consolidate,
    plan_area_back,
    plan_bring_in,
    plan_consolidation,
)
from models.packs.part_rows import LEFT, carried
from models.papers.order import PaperOrder
from models.papers.year.year_end_tables import YEAR_END
from models.queries.applications.attachments import attached, content_of, every_attachment
from models.queries.panel.panel import MemberDetails
from models.queries.papers.open_data import open_data
from models.queries.papers.paper_texts import paper_texts, published_purposes
from models.queries.papers.year_tables import year_tables
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.schema.applications import application_table, correction_table, organisation_table
from models.schema.base import METADATA
from models.schema.journal import journal_body_table
from models.values.attachments import Subject, kept_file
from scoring.round import Area
from scoring.written.text import Refused
from tests.gui.builders import WOLVERHAMPTON, wolverhampton_round
from tests.models.conftest import OPENER, TickingClock
from tests.models.made_once import file_made_once
from tests.models.ready_to_pay import ACCOUNT, ready_to_pay
from tests.models.rounds import OFFICER, application, assert_replays, import_operation, refused, set_up_office
from tests.models.spellings import EACH_WAY
from tests.models.year_rounds import Grant, award_all, round_of

FINANCE = Actor("Fay Figures", "finance")
FUND, YEAR = "Active Citizens Fund", "2026/27"
COVENTRY, DUDLEY = ("Coventry", 50_000, 90_000), ("Dudley", 30_000, 40_000)
"""An area, what is asked and awarded there, and its pot."""


@file_made_once
def area_record(path: Path, area: str, pence: int, pot: int) -> Path:
    """Make the record of an area: one award, its agreement signed and its account verified."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        grants = [Grant(area, "Canal Lane Boxing", "Gloves", pence)]
        rows = round_of(grants, fund=FUND, year=YEAR, pots=[Area(area, pot)])
        award_all(record, rows, notice="031/2026")
        ready_to_pay(record, rows.applications[0].reference, date(2026, 12, 2), FINANCE)
    return path


def applied_record(path: Path, **changes: object) -> Path:
    """Make the record of an area with a round of one application, not scored yet."""
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        set_up_office(record)
        record.perform(import_operation(application(1, **changes), areas=("Coventry",)), OFFICER)
    return path


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
    organisations = select(func.count()).select_from(organisation_table)
    assert record.ask(lambda session: session.scalar(organisations)) == 1, "one of both areas"
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


def test_what_names_a_reference_names_the_new_one_and_an_account_comes_too(
    record: Record, tmp_path: Path
) -> None:
    take(record, area_record(tmp_path / "coventry.panel", *COVENTRY))
    dudley = area_record(tmp_path / "dudley.panel", *DUDLEY)
    with Record.open(dudley, OPENER) as part:
        part.perform(SetPaperTexts(1, "publication", "G-000", (("purpose", "Bikes."),)), OFFICER)
        part.perform(SetPaperTexts(1, "notice", "031/2026", (("title", "Small grants"),)), OFFICER)
    take(record, dudley)

    notice = partial(paper_texts, round_id=2, paper="notice", subject="031/2026-DUD")
    assert record.ask(notice).get("title") == "Small grants"
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


def test_organisations_of_one_number_are_joined(record: Record, tmp_path: Path) -> None:
    first = applied_record(tmp_path / "a.panel", organisation="Canal Lane", charity_number="1000001")
    alike = applied_record(tmp_path / "b.panel", organisation="CanalLane", charity_number="1000002")
    same = applied_record(tmp_path / "c.panel", organisation="The Lane", charity_number="1000001")

    for path in (first, alike, same):
        take(record, path)

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


def test_the_record_itself_or_a_copy_of_it_is_refused(record: Record, tmp_path: Path) -> None:
    copy = record.backup(tmp_path / "copy.panel")

    refused("is a copy of the record that it would come into", take, record, copy)
    refused("That is the record that is open", plan_bring_in, record, record.path)


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


def test_attached_files_come_in_once_with_their_bytes_and_are_erased_there(
    record: Record, tmp_path: Path
) -> None:
    take(record, applied_record(tmp_path / "known.panel", reference="ACF-009"))
    path = applied_record(tmp_path / "a.panel", summary="A most private matter")
    with Record.open(path, OPENER, clock=TickingClock()) as part:
        uid = part.ask(lambda s: s.scalar(select(organisation_table.c.uid))) or ""
        application_of = Subject("application", 1, "ACF-001")
        for subject in (application_of, Subject("round", 1), Subject("organisation", organisation=uid)):
            content = f"Xanthippe of the {subject.about}".encode()
            operation = AttachFiles(**asdict(subject), files=(kept_file("Quill.pdf", content, "rules"),))
            part.perform_beside(operation, partial(put_attached, contents=[content]), OFFICER)

    assert take(record, path).is_new
    assert not take(record, path).is_new
    found = record.ask(every_attachment)
    told = [f"Xanthippe of the {one.about}".encode() for one in found]
    assert [record.ask(content_of, one) for one in found] == told
    listed = {one.file.about: one.words for one in record.ask(attached)}
    assert listed.keys() == {"application", "round", "organisation"}

    number = next(one.subject.round_id for one in record.ask(attached) if one.file.about == "application")
    reference = listed["application"]
    erasing = record.ask(lambda s: proved_erasure_of(s, ((number, reference),), "asked for", "Ida Protect"))
    erase(record, erasing.operation, OFFICER)
    assert [one.name for one in record.ask(every_attachment)].count("(erased)") == 1
    bodies = record.ask(lambda s: s.execute(select(journal_body_table.c.body)).scalars().all())
    assert sum(body.count("Quill.pdf") for body in bodies) == 2
    assert b"most private matter" not in record.path.read_bytes(), "what the applicant wrote goes too"
    assert {check.name: check.words for check in verify(record).checks if not check.ok} == {}


def test_files_of_a_record_that_was_changed_since_it_was_looked_at_do_not_come_in(
    record: Record, tmp_path: Path
) -> None:
    path, content = applied_record(tmp_path / "a.panel"), b"three quotes"
    operation = AttachFiles(
        **asdict(Subject("application", 1, "ACF-001")), files=(kept_file("Quill.pdf", content, "quote"),)
    )
    with Record.open(path, OPENER, clock=TickingClock()) as part:
        part.perform_beside(operation, partial(put_attached, contents=[content]), OFFICER)
    found = plan_bring_in(record, path)
    with Record.open(path, OPENER, clock=TickingClock()) as part:
        part.perform(RemoveAttachments(**asdict(operation.subject), numbers=(1,)), OFFICER)

    row = record.head().seq
    with pytest.raises(Refused, match=r"a.panel was changed since it was looked at"):
        record.perform_beside(found.operation, found.put_beside, OFFICER)
    assert record.head().seq == row


def test_every_table_comes_in_or_is_named_as_staying() -> None:
    assert {table.name for table in carried()} | LEFT == set(METADATA.tables)


HER = Actor("Grace Okoro")


def test_files_that_were_attached_on_a_laptop_stay_there_for_a_person(record: Record, tmp_path: Path) -> None:
    rows = wolverhampton_round()
    record.perform(LoadRound(rows), HER)
    record.perform(TakeAreaOut(1, WOLVERHAMPTON, "Ann", "laptop-7"), HER)
    copy, content = record.backup(tmp_path / "laptop.panel"), b"signed at the table"
    operation = AttachFiles(
        **asdict(Subject("application", 1, rows.applications[0].reference)),
        files=(kept_file("Signed.pdf", content, "evidence"),),
    )
    with Record.open(copy, OPENER) as laptop:
        laptop.perform_beside(operation, partial(put_attached, contents=[content]), OFFICER)
    with record.open_copy(copy) as laptop:
        found = plan_area_back(record, laptop)

    assert found.operation.changes == ()
    assert [one.why for one in found.left] == [FILES_STAY]


def test_what_an_area_brought_back_is_erased(record: Record, tmp_path: Path) -> None:
    rows = wolverhampton_round()
    of = next(one.reference for one in rows.applications if one.area == WOLVERHAMPTON)
    record.perform(LoadRound(rows), HER)
    record.perform(TakeAreaOut(1, WOLVERHAMPTON, "Ann", "laptop-7"), HER)
    copy = record.backup(tmp_path / "laptop.panel")
    corrected = Change("postcode", '"WV1 1AA"', '""')
    with Record.open(copy, OPENER) as laptop:
        laptop.perform(CorrectApplication(1, of, (corrected,), "Xanthippe rang"), OFFICER)
        found = plan_area_back(record, laptop)
    assert [one.change.kind for one in found.operation.changes] == ["correct application"]
    record.perform(found.operation, HER)

    erasing = record.ask(lambda s: proved_erasure_of(s, ((1, of),), "asked for", "Ida Protect"))
    erase(record, erasing.operation, OFFICER)
    assert {check.name: check.words for check in verify(record).checks if not check.ok} == {}
    written = record.path.read_bytes()
    assert b"Xanthippe" not in written
    assert b"WV1 1AA" not in written


def told(record: Record, path: Path, here: MemberDetails, there: MemberDetails) -> list[str]:
    """Return what is said of the two where the other record comes in."""
    set_up_office(record)
    record.perform(import_operation(application(1), areas=("Coventry",)), OFFICER)
    record.perform(AddMember(1, here), OFFICER)
    with Record.open(applied_record(path), OPENER) as part:
        part.perform(AddMember(1, there), OFFICER)
    with Record.read_copy(path) as part:
        return [said for said in plan_consolidation(record, part, path.name).left if there.name in said]


@pytest.mark.parametrize("there", ["", "Dudley Voices"])
def test_one_name_with_nothing_else_alike_is_told(record: Record, tmp_path: Path, there: str) -> None:
    (said,) = told(
        record,
        tmp_path / "b.panel",
        MemberDetails("M1", "Sam Sample", organisation="Coventry Voices"),
        MemberDetails("M1", "Sam Sample", organisation=there),
    )

    assert said == (
        "Sam Sample is in both records, and neither post nor organisation says that it is one person. They "
        "count as one here, in interests, marks and signatures. If they are two, correct a name in one of "
        "the records first."
    )


@pytest.mark.parametrize(("here", "there"), EACH_WAY)
def test_a_name_in_other_letters_is_told_whatever_else_is_alike(
    record: Record, tmp_path: Path, here: str, there: str
) -> None:
    one = MemberDetails("M1", here, organisation="Coventry Voices")
    other = MemberDetails("M1", there.strip(), organisation="Coventry Voices")

    said = told(record, tmp_path / "b.panel", one, other)

    if here == other.name:
        assert said == []
    else:
        assert said == [
            f"{other.name} comes in beside {here}. If they are one person, correct the name in one of the "
            "records first; if they are two, add to a name what tells them apart."
        ]
