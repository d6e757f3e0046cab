"""Erasing: every word which no rule keeps is gone from every byte; totals and chain stand, replay agrees."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace
from sqlalchemy import select

from models.journal.erasing import Erasing, erase, erasure_of, kept_words, proved_erasure_of
from models.journal.verify import verify, verify_at
from models.operation import Actor, Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.attachments import AttachFiles, put_attached
from models.operations.applications.corrections import (
    CorrectApplication,
    KeepApart,
    SetWithdrawn,
    changes_between,
)
from models.operations.applications.gates import SetGate
from models.operations.applications.organisations import MergeOrganisations, SeparateOrganisations
from models.operations.awards.checks import SetCheck
from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetVisits,
)
from models.operations.awards.paying import HoldAward, PayInstalment, SetReturned
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import VaryAward, WithdrawVariation
from models.operations.erasure import EraseBodies
from models.operations.panel.members import Declare
from models.operations.retention import HoldApplication
from models.operations.set_up.office import SetPaperTexts, SetPublisher
from models.papers.monitoring.monitoring import AgreedOutput, OutputProgress, ReturnContent, Visit
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import application_heads, applications, gates
from models.queries.awards.awards import awards
from models.queries.awards.variations import variations
from models.queries.history import PARTLY_ERASED, history
from models.queries.panel.score_sheets import drafts
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.salvage.rebuild import salvage
from models.schema.applications import disposal_table, organisation_table
from models.schema.packs import returned_table
from models.schema.panel import mark_table
from models.schema.personal import ERASED
from models.store import chain as journal
from models.values.attachments import APPLICATION, ORGANISATION, Subject, kept_file
from models.values.awards import Instalment, PlannedReturn, Returned, Successor, Terms
from models.values.diligence import CheckResult
from models.values.importing import Matching
from models.values.rows import ApplicationRow, InterestRow, RoundRows
from scoring.round import InterestKind
from tests.models.both_signed import both_sign
from tests.models.conftest import OPENER, tamper
from tests.models.facts import SetFact
from tests.models.operations.deciding_rounds import CHAIR, FINANCE, decided, deciding_rows
from tests.models.packed_rounds import fill, issue, laptop, make_return, office, take_in
from tests.models.ready_to_pay import ACCOUNT, verified_account
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    refused,
    replacing,
    set_up_office,
    undo,
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


def assert_gone(record: Record, secret: str = SECRET) -> None:
    """Assert that no byte of a record tells of it and that it is sound, opened again."""
    record.close()
    assert secret.encode() not in record.path.read_bytes()
    with Record.open(record.path, OPENER) as again:
        assert {c.name: c.words for c in verify(again).checks if not c.ok} == {}


@pytest.mark.of_a_file
def test_no_byte_of_the_file_holds_the_texts_and_the_copies_that_do_are_listed(told: Record) -> None:
    before = told.ask(lambda s: round_rows(s, 1))
    of_it = ("reason/1/M1/ACF-001/A1", "agreed/1/ACF-001/dissent", "answer/1/decider/ACF-001/")
    others = (
        "agreed/2/ACF-001/A1",
        "answer/1/decider/ACF-0010/",
        "reason/1/M1/ACF-0010/A1",
        "reason/2/M1/ACF-001/A1",
    )
    for field in (*of_it, *others):
        told.keep_draft("Ida Protect", field, f"{SECRET}1 typed" if field in of_it else "typed")

    made = told.copies.keep_before("a test")

    _, copies = erase(told, erasing(told, "ACF-001"), OFFICER)

    assert [copy.path for copy in copies] == [made]
    after = told.ask(lambda s: round_rows(s, 1))
    assert [a.requested_pence for a in after.applications] == [a.requested_pence for a in before.applications]
    assert [s.marks for s in after.sheets] == [s.marks for s in before.sheets]
    left = tuple(told.ask(lambda s: drafts(s, "Ida Protect", "")))
    assert left == others, "what was being typed of another application stays"
    (row,) = told.ask(lambda s: s.execute(select(disposal_table)).all())
    assert (row.ground, row.person, row.erased_by) == (
        "asked for by the applicant",
        "Ida Protect",
        "Grace Okoro",
    )
    assert_gone(told, f"{SECRET}1")
    assert words_in(told.path, 2)


def test_a_row_of_a_kind_that_is_known_no_more_is_told_and_left_by_no_erasure(
    told: Record, tmp_path: Path
) -> None:
    told.perform(SetFact("ACF-001", "words of theirs"), OFFICER)
    row, path = told.head().seq, told.path
    unknown = "is of a kind this program does not know"

    refused(f"Row {row} of the journal names it and {unknown}", erasing, told, "ACF-001")
    assert erasing(told, "ACF-002").rows
    (line,) = [one for one in told.ask(lambda s: history(s, OFFICE_VIEWER)) if one.seq == row]
    assert line.words == "Set fact"
    assert [c.words for c in verify(told).checks if not c.ok] == [f"Journal row {row} {unknown}."]
    told.close()
    saved = salvage(path, tmp_path / "new.panel", OPENER)
    assert saved.stopped == f"Journal row {row} {unknown}."
    assert saved.rows == row - 1


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


def test_reasons_say_that_they_were_erased_and_others_stay(told: Record) -> None:
    erase(told, erasing(told, "ACF-001"), OFFICER)

    reasons = set(told.ask(lambda s: s.scalars(select(mark_table.c.reason)).all()))

    assert reasons == {"(erased)", f"{SECRET}2 reason", ""}

    # The rows that were erased are named by the one that did it.
    entries = told.ask(lambda s: list(journal.entries(s)))
    assert [e.kind for e in entries if e.body is None] == ["load round"]
    assert entries[-1].kind == "erase bodies"
    lines = told.ask(lambda session: history(session, OFFICE_VIEWER))
    partly = {line.seq for line in lines if line.detail == PARTLY_ERASED}
    assert partly == {e.seq for e in entries if e.body is None}
    assert told.ask(lambda s: journal.first_fault(s)) is None

    # A second organisation in the same row is erased from the tombstone too.
    erase(told, erasing(told, "ACF-002"), OFFICER)
    assert {c.name: c.words for c in verify(told).checks if not c.ok} == {}
    path = told.path
    told.close()
    assert (words_in(path, 1), words_in(path, 2), words_in(path, 3)) == (False, False, True)


def test_a_correction_of_a_text_alone_goes_and_one_of_the_amount_stays(office: Record) -> None:
    office.perform(import_operation(telling(1)), OFFICER)
    for changes in ({"email": f"{SECRET}1 new"}, {"need": f"{SECRET}1 other", "requested_pence": 90_000}):
        before = office.ask(lambda s: applications(s, 1))[0]
        after = replace(before, **changes)
        office.perform(CorrectApplication(1, "ACF-001", changes_between(before, after), "mistyped"), OFFICER)

    erase(office, erasing(office, "ACF-001"), OFFICER)

    row = office.ask(lambda s: applications(s, 1))[0]
    assert (row.email, row.need, row.requested_pence) == ("", "", 90_000)
    assert_replays(office)


def test_a_member_erases_nothing_and_nobody_without_ground_person_or_application(told: Record) -> None:
    refused("An officer or the chair", told.perform, erasing(told, "ACF-001"), Actor("Ann Sample", "member"))

    # Nobody does without a ground, a person or an application.
    for refusal, operation in (
        ("on what ground", EraseBodies(FIRST, (), " ", "Ida Protect")),
        ("who authorised it", EraseBodies(FIRST, (), "asked for", "")),
        ("no application to erase", EraseBodies((), (), "asked for", "Ida Protect")),
        ("no application ACF-999", EraseBodies(((1, "ACF-999"),), (), "asked for", "Ida Protect")),
    ):
        refused(refusal, told.perform, operation, OFFICER)

    # An application on hold is not erased.
    told.perform(HoldApplication(1, "ACF-001", "an audit", ""), OFFICER)
    refused("On hold: ACF-001", told.perform, erasing(told, "ACF-001"), OFFICER)
    assert_replays(told)


def test_an_erasure_that_says_something_else_than_the_row_is_found_by_the_replay(told: Record) -> None:
    honest = erasing(told, "ACF-001")
    forged = tuple(replace(row, body=row.body.replace("100000", "900000")) for row in honest.rows)
    assert forged != honest.rows

    told.perform(replace(honest, rows=forged), OFFICER)

    assert [c.name for c in verify(told).checks if not c.ok] == ["replay"]


OWN = "ACF-001"
DAY = date(2027, 3, 1)
WHY = f"{SECRET} misread"


def erasing_of(record: Record, *references: str) -> Erasing:
    chosen = tuple((1, of) for of in references or (OWN,))
    return record.ask(lambda s: proved_erasure_of(s, chosen, "asked for by the applicant", "Ida Protect"))


def erased(record: Record, *references: str) -> Erasing:
    """Erase applications, the first unless others are named, and return what that came to."""
    found = erasing_of(record, *references)
    erase(record, found.operation, OFFICER)
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    return found


def assert_erased(record: Record) -> None:
    """Erase, and assert that the journal is told all and no byte of the sound record tells of it."""
    assert erased(record).is_whole
    assert_gone(record)


def perform(record: Record, operations: Sequence[Operation]) -> None:
    for operation in operations:
        record.perform(operation, OFFICER)


def test_what_is_said_of_an_application_at_intake_goes(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(telling(1), application(2)), OFFICER)
    gate = record.ask(lambda s: gates(s, 1))[0].code
    perform(
        record,
        (
            SetGate(1, OWN, gate, "fail", f"{SECRET} gate"),
            SetGate(1, OWN, gate, "waived", f"{SECRET} other", "fail"),
            SetWithdrawn(1, OWN, True, f"{SECRET} withdrawn"),
            SetWithdrawn(1, OWN, False),
            KeepApart(1, "ACF-002", OWN, True, f"{SECRET} two"),
            HoldApplication(1, OWN, f"{SECRET} held", ""),
            HoldApplication(1, OWN, "", f"{SECRET} held"),
        ),
    )

    assert_erased(record)


def test_what_members_declared_of_it_goes_and_the_kind_stays(office: Record) -> None:
    rows = deciding_rows()
    load(office, replace(rows, interests=(), sheets=()))
    own = InterestRow("M1", OWN, InterestKind.PECUNIARY, f"{SECRET} my sister")
    office.perform(
        Declare(1, "M1", (own, InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "plain"))), CHAIR
    )

    erased(office)

    left = {
        (row.application, row.kind, row.detail) for row in office.ask(lambda s: round_rows(s, 1)).interests
    }
    assert left == {(OWN, InterestKind.PECUNIARY, "(erased)"), ("ACF-002", InterestKind.PREJUDICIAL, "plain")}
    assert_gone(office)


def test_a_round_that_was_replaced_and_put_back_is_erased_to_its_rows(office: Record) -> None:
    rows = deciding_rows()
    told = tuple(replace(sheet, reasons=(f"{SECRET} why", "", "")) for sheet in rows.sheets[:1])
    load(office, replace(rows, sheets=(*told, *rows.sheets[1:])))
    before = office.ask(lambda s: round_rows(s, 1))
    without = tuple(replace(sheet, reasons=("", "", "")) for sheet in before.sheets)
    outcome = office.perform(replacing(office, replace(before, sheets=without), WHY), OFFICER)
    undo(office, outcome)

    assert_erased(office)


def awarded(record: Record) -> Record:
    decided(record)
    record.perform(both_sign(OWN, DAY), OFFICER)
    return record


def test_what_payments_and_monitoring_say_in_words_goes_and_figures_stay(record: Record) -> None:
    awarded(record)
    outputs = (AgreedOutput(1, f"{SECRET} sessions", 10), AgreedOutput(2, f"{SECRET} outcome", None, True))
    plans = (AwardPlan(OWN, (PlannedReturn(1, DAY, "the end"),), ()),)
    said = ReturnContent(DAY, f"{SECRET} said", 5_000, (OutputProgress(1, 7, f"{SECRET} progress"),))
    other = replace(said, words=f"{SECRET} said otherwise")
    money = (Returned(1_000, DAY, f"{SECRET} unspent"),)
    before = record.ask(lambda s: awards(s, 1))[0].instalments
    perform(
        record,
        (
            SetAgreedOutputs(1, OWN, outputs, ()),
            PlanReturns(1, plans),
            PutReturns(1, (ReturnPut(OWN, 1, said, None),)),
            PutReturns(1, (ReturnPut(OWN, 1, other, said),)),
            SetVisits(1, OWN, (Visit(DAY, "Grace Okoro", f"{SECRET} seen"),), ()),
            SetCheck(1, OWN, "payee", CheckResult("failed", date(2026, 11, 2), f"{SECRET} payee"), None),
            HoldAward(1, OWN, f"{SECRET} hold", ""),
            HoldAward(1, OWN, "", f"{SECRET} hold"),
        ),
    )
    verified_account(record, OWN, FINANCE)
    for number, part in enumerate(before, start=1):
        assert isinstance(part, Instalment)
        record.perform(PayInstalment(1, OWN, number, DAY, None), FINANCE)
    record.perform(SetReturned(1, OWN, money, ()), FINANCE)

    erased(record)

    award = record.ask(lambda s: awards(s, 1))[0]
    assert award.returned == (Returned(1_000, DAY, "(erased)"),)
    assert_gone(record)


def test_what_is_kept_of_every_successor_goes_but_names_and_numbers(record: Record) -> None:
    awarded(record)
    taken = [
        Successor(
            f"Heirs {number}",
            "1122334",
            "",
            DAY + timedelta(days=number),
            f"{SECRET} why {number}",
            f"{SECRET} road",
            "N9",
            f"{SECRET} Nell",
            f"{SECRET}@x.example",
        )
        for number in (1, 2, 3)
    ]
    for number, one in enumerate(taken, 1):
        record.perform(SetSuccessor(1, OWN, one, None, number), OFFICER)
    record.perform(SetSuccessor(1, OWN, None, taken[-1], 3), OFFICER)

    erased(record)

    held = record.ask(lambda s: awards(s, 1))[0]
    assert [one.name for one in held.successors] == ["Heirs 1", "Heirs 2"]
    assert {one.address for one in held.successors} == {"(erased)"}
    assert_gone(record)


@pytest.mark.parametrize("is_paid", [True, False])
def test_an_account_goes_once_all_is_paid_and_stays_and_is_told_before(is_paid: bool, record: Record) -> None:
    awarded(record)
    verified_account(record, OWN, FINANCE)
    if is_paid:
        for number, _ in enumerate(record.ask(lambda s: awards(s, 1))[0].instalments, start=1):
            record.perform(PayInstalment(1, OWN, number, DAY, None), FINANCE)

    found = erased(record)

    assert found.accounts == (0 if is_paid else 1)
    assert (record.ask(lambda s: awards(s, 1))[0].bank is None) is is_paid
    assert_replays(record)
    path = record.path
    record.close()
    assert (ACCOUNT.account_number.encode() in path.read_bytes()) is not is_paid


def test_files_of_an_organisation_stay_after_its_last_application_and_are_told(office: Record) -> None:
    load(office)
    of = office.ask(application_heads)[0]
    named = select(organisation_table.c.uid).where(organisation_table.c.id == of.organisation_id)
    uid = office.ask(lambda session: session.scalar(named))
    attach = AttachFiles(
        **asdict(Subject(ORGANISATION, organisation=uid)), files=(kept_file("rules.pdf", b"rules"),)
    )
    office.perform_beside(attach, partial(put_attached, contents=(b"rules",)), OFFICER)
    others = [one.key for one in office.ask(application_heads) if one.organisation_id != of.organisation_id]

    found = erased(office, of.reference)

    assert found.of_organisations == 1
    assert "Kept: 1 file attached to an organisation" in " ".join(kept_words(found))
    assert erasing_of(office, others[0][1]).of_organisations == 0


def test_recommendations_and_decisions_keep_their_reasons_and_are_counted(record: Record) -> None:
    awarded(record)

    found = erasing_of(record)
    before = record.ask(_reasons)
    erase(record, found.operation, OFFICER)

    assert found.decisions == 3  # one recommendation, and two steps that decide
    assert record.ask(_reasons) == before
    assert all(reason != "(erased)" for reason in before)
    erased(record, "ACF-002")


def _reasons(session: object) -> list[str]:
    tables = ("recommendations", "decisions")
    return [row[0] for name in tables for row in session.exec_driver_sql(f"SELECT reason FROM {name}")]


def test_a_return_that_a_member_signed_is_kept_whole_until_all_in_it_is_erased(
    record: Record, tmp_path: Path
) -> None:
    office(record)
    references = [row.reference for row in record.ask(lambda s: round_rows(s, 1)).applications]
    with laptop(tmp_path / "member.panel", issue(record)) as member:
        fill(member, references[0])
        fill(member, references[1])
        text = make_return(member)
    take_in(record, text)

    assert erased(record, references[0]).returns == 1
    assert record.ask(lambda s: s.scalars(select(returned_table.c.body)).all()) == [text]
    assert erased(record, references[1]).returns == 0
    assert_gone(record, "asked the street")


def test_conditions_go_from_variations_that_were_withdrawn_or_undone_and_no_others(decided: Record) -> None:
    secret = Terms(conditions=(f"{SECRET} one", f"{SECRET} two"))
    kept = Terms(amount_pence=95_000, conditions=("Receipts by May.",))
    undo(decided, decided.perform(VaryAward(1, OWN, 1, secret, "costs changed", DAY), OFFICER))
    for number, terms in enumerate((kept, secret), 1):
        decided.perform(VaryAward(1, OWN, number, terms, "costs changed", DAY), OFFICER)
    decided.perform(WithdrawVariation(1, OWN, 2, "declined"), OFFICER)

    assert erased(decided).is_whole

    found = decided.ask(lambda s: variations(s, 1))
    assert [(one.state, one.becomes.conditions) for one in found] == [
        ("in effect", kept.conditions),
        ("withdrawn", (ERASED,)),
    ]
    assert_gone(decided)


def test_outcomes_go_from_variations_that_a_salvage_took_in(decided: Record, tmp_path: Path) -> None:
    terms = Terms(outcomes=f"{SECRET} words")
    decided.perform(VaryAward(1, OWN, 1, terms, "costs changed", DAY), OFFICER)
    path = decided.path
    decided.close()
    tamper(path, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = 'X' WHERE kind = 'load round'")
    found = salvage(path, tmp_path / "new.panel", OPENER)
    with Record.open(found.path, OPENER) as saved:
        assert [row.becomes.outcomes for row in saved.ask(lambda s: variations(s, 1))] == [terms.outcomes]

        assert_erased(saved)


def test_what_a_salvage_took_in_as_found_is_erased_in_it(office: Record, tmp_path: Path) -> None:
    """The row that loaded the round is lost, and its texts came with the tables."""
    load(office, round_of_texts())
    (before,) = (row for row in office.ask(lambda s: applications(s, 1)) if row.reference == OWN)
    after = replace(before, need=f"{SECRET}1 in need", requested_pence=before.requested_pence - 100)
    office.perform(CorrectApplication(1, OWN, changes_between(before, after), "mistyped"), OFFICER)
    office.perform(SetPaperTexts(1, "letters", OWN, (("unmet", f"{SECRET} words"),)), OFFICER)
    typed = Matching(("Phone",), (("Phone", "phone"),), (), (("0" * 64, "Phone", f"{SECRET} 0121"),))
    importing = import_operation(application(9), areas=())
    assert isinstance(importing, ImportApplications)
    office.perform(replace(importing, matching=typed), OFFICER)
    quote = kept_file(f"{SECRET} quote.pdf", b"lamps", "quote")
    of = asdict(Subject(APPLICATION, 1, OWN))
    office.perform_beside(
        AttachFiles(**of, files=(quote,)), partial(put_attached, contents=(b"lamps",)), OFFICER
    )
    path = office.path
    office.close()
    tamper(path, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = 'X' WHERE kind = 'load round'")
    found = salvage(path, tmp_path / "new.panel", OPENER)
    with Record.open(found.path, OPENER) as saved:
        references = [row.reference for row in saved.ask(lambda s: round_rows(s, 1)).applications]
        before = [sheet.marks for sheet in saved.ask(lambda s: round_rows(s, 1)).sheets]

        erase(saved, erasing_of(saved, *references).operation, OFFICER)

        assert {c.name: c.words for c in verify(saved).checks if not c.ok} == {}
        assert [sheet.marks for sheet in saved.ask(lambda s: round_rows(s, 1)).sheets] == before
    assert SECRET.encode() not in found.path.read_bytes()


@pytest.mark.parametrize("record", ["server"], indirect=True)
def test_words_are_worked_out_and_erased_on_a_server_too(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(application(1, summary="A most private matter")), OFFICER)

    found = erasing_of(record)
    _, copies = erase(record, found.operation, OFFICER)

    assert copies == ()
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    (row,) = record.ask(lambda session: applications(session, 1))
    assert "private" not in row.summary


def test_the_reason_of_a_merge_stays_after_the_last_application_and_is_told(office: Record) -> None:
    load(office)
    heads = office.ask(application_heads)
    uids = office.ask(
        lambda session: dict(session.execute(select(organisation_table.c.id, organisation_table.c.uid)).all())
    )
    one, other = heads[0], next(head for head in heads if head.organisation_id != heads[0].organisation_id)
    names = (uids[one.organisation_id], uids[other.organisation_id])
    merged = MergeOrganisations(names[0], names[1], one.organisation, other.organisation, SECRET)
    separated = SeparateOrganisations(names[0], names[1], one.organisation, other.organisation)
    office.perform(merged, OFFICER)
    both_left = erasing_of(office, one.reference).joined
    office.perform(separated, OFFICER)

    found = erased(office, one.reference)

    assert (both_left, found.joined) == (0, 1)
    assert (
        "Kept in the journal: the reason in 1 change that merged or kept apart an organisation that has no "
        "other application."
    ) in kept_words(found)
