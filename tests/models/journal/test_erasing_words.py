"""Erasing every word which no rule keeps: of gates, declarations, payments, monitoring; and what stays."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from models.journal.erasing import Erasing, erase, proved_erasure_of
from models.journal.verify import verify
from models.operation import Operation
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import (
    CorrectApplication,
    KeepApart,
    SetWithdrawn,
    changes_between,
)
from models.operations.applications.gates import SetGate
from models.operations.awards.agreements import SignAgreement
from models.operations.awards.bank_details import CheckBankDetails, SetBankDetails, put_bank_details
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
from models.operations.awards.variations import VaryAward
from models.operations.deciding.challenges import AddChallenge, RemoveChallenge, SetChallenge
from models.operations.panel.members import Declare
from models.operations.retention import HoldApplication
from models.operations.set_up.office import SetPaperTexts
from models.papers.monitoring.monitoring import AgreedOutput, OutputProgress, ReturnContent, Visit
from models.queries.applications.applications import applications, corrections, gates
from models.queries.awards.awards import awards
from models.queries.awards.variations import variations
from models.queries.deciding.challenges import held_challenges
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.salvage.rebuild import salvage
from models.values.awards import Instalment, PlannedReturn, Returned, Terms
from models.values.diligence import CheckResult
from models.values.importing import Matching
from models.values.payments import BankDetails
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.models.conftest import OPENER, tamper
from tests.models.journal.test_erasing import SECRET, round_of_texts, telling
from tests.models.operations.deciding.challenged import APPEAL, UPHELD
from tests.models.operations.deciding_rounds import CHAIR, FINANCE, decided, deciding_rows
from tests.models.packed_rounds import fill, issue, laptop, make_return, office, take_in
from tests.models.ready_to_pay import verified_account
from tests.models.rounds import (
    OFFICER,
    application,
    assert_replays,
    import_operation,
    load,
    replacing,
    set_up_office,
    undo,
)

FIRST = "ACF-001"
DAY = date(2027, 3, 1)
WHY = f"{SECRET} misread"


def erasing(record: Record, *references: str) -> Erasing:
    chosen = tuple((1, of) for of in references or (FIRST,))
    return record.ask(lambda s: proved_erasure_of(s, chosen, "asked for by the applicant", "Ida Protect"))


def assert_erased(record: Record, found: Erasing) -> None:
    """Erase, and assert that no byte tells of it and that the record is sound, also opened again."""
    assert found.is_whole
    erase(record, found.operation, OFFICER)
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    path = record.path
    record.close()
    assert SECRET.encode() not in path.read_bytes()
    with Record.open(path, OPENER) as again:
        assert verify(again).sound


def perform(record: Record, operations: Sequence[Operation]) -> None:
    for operation in operations:
        record.perform(operation, OFFICER)


def at_intake(record: Record) -> Record:
    set_up_office(record)
    record.perform(import_operation(telling(1), application(2)), OFFICER)
    return record


def test_what_is_said_of_an_application_at_intake_goes(record: Record) -> None:
    at_intake(record)
    gate = record.ask(lambda s: gates(s, 1))[0].code
    perform(
        record,
        (
            SetGate(1, FIRST, gate, "fail", f"{SECRET} gate"),
            SetGate(1, FIRST, gate, "waived", f"{SECRET} other", "fail"),
            SetWithdrawn(1, FIRST, True, f"{SECRET} withdrawn"),
            SetWithdrawn(1, FIRST, False),
            KeepApart(1, "ACF-002", FIRST, True, f"{SECRET} two"),
            HoldApplication(1, FIRST, f"{SECRET} held", ""),
            HoldApplication(1, FIRST, "", f"{SECRET} held"),
        ),
    )

    assert_erased(record, erasing(record))


def test_what_members_declared_of_it_goes_and_the_kind_stays(record: Record) -> None:
    set_up_office(record)
    rows = deciding_rows()
    load(record, replace(rows, interests=(), sheets=()))
    own = InterestRow("M1", FIRST, InterestKind.PECUNIARY, f"{SECRET} my sister")
    record.perform(
        Declare(1, "M1", (own, InterestRow("M1", "ACF-002", InterestKind.PREJUDICIAL, "plain"))), CHAIR
    )

    found = erasing(record)
    erase(record, found.operation, OFFICER)

    left = {
        (row.application, row.kind, row.detail) for row in record.ask(lambda s: round_rows(s, 1)).interests
    }
    assert left == {
        (FIRST, InterestKind.PECUNIARY, "(erased)"),
        ("ACF-002", InterestKind.PREJUDICIAL, "plain"),
    }
    assert_replays(record)
    path = record.path
    record.close()
    assert SECRET.encode() not in path.read_bytes()


def test_a_round_that_was_replaced_and_put_back_is_erased_to_its_rows(record: Record) -> None:
    set_up_office(record)
    rows = deciding_rows()
    told = tuple(replace(sheet, reasons=(f"{SECRET} why", "", "")) for sheet in rows.sheets[:1])
    load(record, replace(rows, sheets=(*told, *rows.sheets[1:])))
    before = record.ask(lambda s: round_rows(s, 1))
    without = tuple(replace(sheet, reasons=("", "", "")) for sheet in before.sheets)
    outcome = record.perform(replacing(record, replace(before, sheets=without), WHY), OFFICER)
    undo(record, outcome)

    assert_erased(record, erasing(record))


def test_corrections_of_texts_go_from_a_round_that_was_put_back_and_those_of_figures_stay(
    record: Record,
) -> None:
    set_up_office(record)
    load(record, deciding_rows())
    before = record.ask(lambda s: applications(s, 1))[0]
    after = replace(before, need=f"{SECRET} in need", requested_pence=before.requested_pence - 100)
    record.perform(CorrectApplication(1, FIRST, changes_between(before, after), "mistyped"), OFFICER)
    rows = record.ask(lambda s: round_rows(s, 1))
    undo(record, record.perform(replacing(record, replace(rows, sheets=()), "misread"), OFFICER))

    found = erasing(record)
    erase(record, found.operation, OFFICER)

    left = {line.field for line in record.ask(lambda s: corrections(s, 1)) if line.application == FIRST}
    assert left == {"requested_pence"}
    assert_replays(record)
    path = record.path
    record.close()
    assert SECRET.encode() not in path.read_bytes()


def awarded(record: Record) -> Record:
    decided(record)
    record.perform(SignAgreement(1, FIRST, DAY, None), OFFICER)
    return record


def test_what_payments_and_monitoring_say_in_words_goes_and_figures_stay(record: Record) -> None:
    awarded(record)
    outputs = (AgreedOutput(1, f"{SECRET} sessions", 10), AgreedOutput(2, f"{SECRET} outcome", None, True))
    plans = (AwardPlan(FIRST, (PlannedReturn(1, DAY, "the end"),), ()),)
    said = ReturnContent(DAY, f"{SECRET} said", 5_000, (OutputProgress(1, 7, f"{SECRET} progress"),))
    other = replace(said, words=f"{SECRET} said otherwise")
    money = (Returned(1_000, DAY, f"{SECRET} unspent"),)
    before = record.ask(lambda s: awards(s, 1))[0].instalments
    perform(
        record,
        (
            SetAgreedOutputs(1, FIRST, outputs, ()),
            PlanReturns(1, plans),
            PutReturns(1, (ReturnPut(FIRST, 1, said, None),)),
            PutReturns(1, (ReturnPut(FIRST, 1, other, said),)),
            SetVisits(1, FIRST, (Visit(DAY, "Grace Okoro", f"{SECRET} seen"),), ()),
            SetCheck(1, FIRST, "payee", CheckResult("failed", date(2026, 11, 2), f"{SECRET} payee"), None),
            HoldAward(1, FIRST, f"{SECRET} hold", ""),
            HoldAward(1, FIRST, "", f"{SECRET} hold"),
        ),
    )
    verified_account(record, FIRST, FINANCE)
    for number, part in enumerate(before, start=1):
        assert isinstance(part, Instalment)
        record.perform(PayInstalment(1, FIRST, number, DAY, None), FINANCE)
    record.perform(SetReturned(1, FIRST, money, ()), FINANCE)

    found = erasing(record)
    erase(record, found.operation, OFFICER)

    award = record.ask(lambda s: awards(s, 1))[0]
    assert award.returned == (Returned(1_000, DAY, "(erased)"),)
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    path = record.path
    record.close()
    assert SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize("is_paid", [True, False])
def test_an_account_goes_once_all_is_paid_and_stays_and_is_told_before(is_paid: bool, record: Record) -> None:
    awarded(record)
    account = BankDetails("Made-up Club", "20-00-00", "55779911")
    setting = SetBankDetails.of(1, FIRST, account, None)
    record.perform_beside(setting, lambda s: put_bank_details(s, 1, FIRST, account), OFFICER)
    if is_paid:
        record.perform(CheckBankDetails(1, FIRST, "9911"), FINANCE)
        for number, _ in enumerate(record.ask(lambda s: awards(s, 1))[0].instalments, start=1):
            record.perform(PayInstalment(1, FIRST, number, DAY, None), FINANCE)

    found = erasing(record)
    erase(record, found.operation, OFFICER)

    assert found.accounts == (0 if is_paid else 1)
    assert (record.ask(lambda s: awards(s, 1))[0].bank is None) is is_paid
    assert_replays(record)
    path = record.path
    record.close()
    assert (b"55779911" in path.read_bytes()) is not is_paid


def test_recommendations_and_decisions_keep_their_reasons_and_are_counted(record: Record) -> None:
    awarded(record)

    found = erasing(record)
    before = record.ask(_reasons)
    erase(record, found.operation, OFFICER)

    assert found.decisions == 3  # one recommendation, and two steps that decide
    assert record.ask(_reasons) == before
    assert all(reason != "(erased)" for reason in before)


def _reasons(session: object) -> list[str]:
    tables = ("recommendations", "decisions")
    return [row[0] for name in tables for row in session.exec_driver_sql(f"SELECT reason FROM {name}")]


def test_a_return_that_a_member_signed_is_kept_whole_and_counted(record: Record, tmp_path: Path) -> None:
    office(record)
    references = [row.reference for row in record.ask(lambda s: round_rows(s, 1)).applications]
    with laptop(tmp_path / "member.panel", issue(record)) as member:
        fill(member, references[0])
        text = make_return(member)
    take_in(record, text)

    assert erasing(record, references[0]).returns == 1
    assert_replays(record)


def test_outcomes_go_from_variations_and_that_they_were_varied_stays(record: Record) -> None:
    """What they were is the applicant's own word; a variation done over again still changes them."""
    decided(record)
    for number, outcomes in enumerate((f"{SECRET} first", f"{SECRET} second", ""), 1):
        terms = Terms(outcomes=outcomes, amount_pence=100_000 - number)
        record.perform(VaryAward(1, FIRST, number, terms, "costs changed", DAY), OFFICER)

    record.perform(VaryAward(1, FIRST, 4, Terms(outcomes="anew"), "agreed again", DAY), OFFICER)
    record.perform(VaryAward(1, FIRST, 5, Terms(amount_pence=90_000), "less", DAY), OFFICER)
    found = erasing(record)
    erase(record, found.operation, OFFICER)

    rows = record.ask(lambda s: variations(s, 1))
    gone = "(erased)"
    said = [("", gone), (gone, gone), (gone, gone), (gone, gone), (None, None)]
    assert [(row.was.outcomes, row.becomes.outcomes) for row in rows] == said
    assert [row.to_pence for row in rows] == [99_999, 99_998, 99_997, 99_997, 90_000]
    assert_erased(record, erasing(record))


def test_who_challenged_a_decision_and_why_is_erased_and_what_came_of_it_stays(record: Record) -> None:
    decided(record)
    asked = replace(
        UPHELD,
        asked_by=f"{SECRET} Asker",
        grounds=f"{SECRET} grounds",
        received_on=DAY,
        answered_on=DAY,
        acknowledged_on=None,
        due_on=DAY,
    )
    more = replace(asked, grounds=f"{SECRET} more")
    record.perform(AddChallenge(1, FIRST, 1, asked), OFFICER)
    record.perform(SetChallenge(1, FIRST, 1, more, asked), OFFICER)
    open_one = replace(APPEAL, grounds=f"{SECRET}", received_on=DAY, due_on=DAY)
    record.perform(AddChallenge(1, FIRST, 2, open_one), OFFICER)
    record.perform(RemoveChallenge(1, FIRST, 2, open_one), OFFICER)

    assert_erased(record, erasing(record))

    with Record.open(record.path, OPENER) as again:
        (held,) = again.ask(held_challenges)
    assert (held.challenge.asked_by, held.challenge.grounds) == ("(erased)", "(erased)")
    assert (held.challenge.reasons, held.challenge.finding) == ("(erased)", UPHELD.finding)


def test_outcomes_go_from_variations_that_a_salvage_took_in(record: Record, tmp_path: Path) -> None:
    decided(record)
    terms = Terms(outcomes=f"{SECRET} words")
    record.perform(VaryAward(1, FIRST, 1, terms, "costs changed", DAY), OFFICER)
    path = record.path
    record.close()
    tamper(path, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = 'X' WHERE kind = 'load round'")
    found = salvage(path, tmp_path / "new.panel", OPENER)
    with Record.open(found.path, OPENER) as saved:
        assert [row.becomes.outcomes for row in saved.ask(lambda s: variations(s, 1))] == [terms.outcomes]

        assert_erased(saved, erasing(saved))


def test_what_a_salvage_took_in_as_found_is_erased_in_it(record: Record, tmp_path: Path) -> None:
    """The row that loaded the round is lost, and its texts came with the tables."""
    set_up_office(record)
    load(record, round_of_texts())
    (before,) = (row for row in record.ask(lambda s: applications(s, 1)) if row.reference == FIRST)
    after = replace(before, need=f"{SECRET}1 in need", requested_pence=before.requested_pence - 100)
    record.perform(CorrectApplication(1, FIRST, changes_between(before, after), "mistyped"), OFFICER)
    record.perform(SetPaperTexts(1, "letters", FIRST, (("unmet", f"{SECRET} words"),)), OFFICER)
    typed = Matching(("Phone",), (("Phone", "phone"),), (), (("0" * 64, "Phone", f"{SECRET} 0121"),))
    importing = import_operation(application(9), areas=())
    assert isinstance(importing, ImportApplications)
    record.perform(replace(importing, matching=typed), OFFICER)
    path = record.path
    record.close()
    tamper(path, "DROP TRIGGER journal_no_update", "UPDATE journal SET actor = 'X' WHERE kind = 'load round'")
    found = salvage(path, tmp_path / "new.panel", OPENER)
    with Record.open(found.path, OPENER) as saved:
        references = [row.reference for row in saved.ask(lambda s: round_rows(s, 1)).applications]
        before = [sheet.marks for sheet in saved.ask(lambda s: round_rows(s, 1)).sheets]

        erase(saved, erasing(saved, *references).operation, OFFICER)

        assert {c.name: c.words for c in verify(saved).checks if not c.ok} == {}
        assert [sheet.marks for sheet in saved.ask(lambda s: round_rows(s, 1)).sheets] == before
    assert SECRET.encode() not in found.path.read_bytes()


@pytest.mark.parametrize("record", ["server"], indirect=True)
def test_words_are_worked_out_and_erased_on_a_server_too(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(application(1, summary="A most private matter")), OFFICER)

    found = erasing(record)
    _, copies = erase(record, found.operation, OFFICER)

    assert copies == ()
    assert {c.name: c.words for c in verify(record).checks if not c.ok} == {}
    (row,) = record.ask(lambda session: applications(session, 1))
    assert "private" not in row.summary
