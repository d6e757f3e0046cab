"""A successor in law takes an award over: its name, its account, its reports; what was published stays."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.verify import verify
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.bank_details import CheckBankDetails
from models.operations.awards.checks import SetSubsidy
from models.operations.awards.finance import SetSupplierNumber
from models.operations.awards.paying import PayInstalment
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import AskBack, VaryAward
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPublisher
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import application_heads
from models.queries.applications.organisations import organisations
from models.queries.awards.award_checks import due_diligence, given_as_minimal
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.year_facts import record_years
from models.queries.papers.transparency.public_award import PublicAward
from models.queries.retention.people_named import places_of
from models.record import Record
from models.reference.defaults import PAYEE
from models.values.awards import Subsidy, Successor, Terms
from models.values.rows import scored_round
from scoring.allocating.organisations import same_organisations
from tests.models.operations.awards.proposals import BOXING, propose
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, recommended
from tests.models.ready_to_pay import ACCOUNT, CALL, ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, only_round, paper, refuses, undo

NOW = datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
NEXT = date(2026, 12, 3)
DAY_BEFORE = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
DONE = date(2026, 11, 1)
MINIMAL = Subsidy("minimal", "", 0, DONE, DONE, DONE, "Pat Payee")
HEIRS = Successor("Allotment Friends CIO", "1122334", "", DAY, "It became a CIO")
CHANGE = SetSuccessor(1, "ACF-001", HEIRS, None)


@pytest.fixture
def awarded(record: Record) -> Record:
    """Award £1,000 with a signed agreement and a verified account."""
    decide(recommended(record))
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    return record


def award(record: Record) -> AwardRow:
    """Return the first award of the round."""
    return record.ask(partial(awards, round_id=1))[0]


def test_the_award_goes_by_the_successors_name_and_the_public_reads_the_first(awarded: Record) -> None:
    outcome = awarded.perform(CHANGE, OFFICER)

    held = award(awarded)
    assert (held.organisation, held.as_agreed.organisation) == (HEIRS.name, HEIRS.name)
    assert (held.awarded_to, held.successor) == ("Allotment Friends 1", HEIRS)
    assert PublicAward(held.applied, held).recipient == "Allotment Friends 1"
    assert outcome.words == "A-031-01 is taken over by Allotment Friends CIO."
    listed = awarded.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
    assert HEIRS.name in next(one for one in listed if one.name == "Allotment Friends 1").others
    assert_replays(awarded)


def test_nothing_is_paid_to_it_before_its_account_is_verified_anew(awarded: Record) -> None:
    assert award(awarded).bank is not None
    outcome = awarded.perform(CHANGE, OFFICER)
    pay = PayInstalment(1, "ACF-001", 1, DAY, None)

    refuses(awarded, "verif", pay, FINANCE)
    awarded.perform(CheckBankDetails(1, "ACF-001", ACCOUNT.last_four, call=CALL), FINANCE)
    awarded.perform(pay, FINANCE)

    undo(awarded, outcome)
    assert award(awarded).organisation == "Allotment Friends 1"


def test_the_first_check_counts_again_once_the_succession_is_taken_back(awarded: Record) -> None:
    undo(awarded, awarded.perform(CHANGE, OFFICER))

    held = award(awarded)
    assert held.bank is not None
    assert held.bank.checked_by == FINANCE.name
    assert held.successor is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "Enter the name of the successor"),
        (
            {"name": "Allotment Friends 1", "charity_number": ""},
            "goes by the name Allotment Friends 1 already",
        ),
        ({"reason": ""}, "Enter why it takes over"),
        ({"from_on": date(2026, 12, 1)}, "was decided on 2 December 2026. A successor"),
    ],
)
def test_a_succession_without_a_name_a_reason_or_on_an_impossible_day_is_refused(
    awarded: Record, changed: dict[str, object], words: str
) -> None:
    refuses(awarded, words, replace(CHANGE, successor=replace(HEIRS, **changed)))


def test_a_withdrawn_or_changed_award_is_not_taken_over(awarded: Record) -> None:
    refuses(awarded, "in the meantime", replace(CHANGE, replacing=HEIRS))
    awarded.perform(SetWithdrawn(1, "ACF-001", True, "They closed"), OFFICER)
    refuses(awarded, "is withdrawn", CHANGE)


def test_papers_and_finance_have_the_successors_name_and_numbers(awarded: Record) -> None:
    awarded.perform(SetSupplierNumber(1, "ACF-001", "000123", ""), FINANCE)

    awarded.perform(CHANGE, OFFICER)

    agreement = paper(awarded, "agreement", NOW, award="A-031-01")
    assert (agreement.organisation, agreement.registered) == (HEIRS.name, "registered charity 1122334")
    assert agreement.changes == (
        "From 2 December 2026: Allotment Friends CIO takes over this grant and its agreement from "
        "Allotment Friends 1. It became a CIO.",
    )
    (line, *_) = paper(awarded, "finance", NOW).awards
    assert (line.payee, line.numbers, line.supplier_number) == (HEIRS.name, "1122334", "")
    assert "no supplier number" in line.look_first
    assert paper(awarded, "monitoring", NOW).awards[0].organisation == HEIRS.name
    letter = paper(awarded, "letters", NOW).letters[0]
    assert (letter.organisation, bool(letter.since), letter.is_varied) == (HEIRS.name, True, False)


def test_from_its_day_on_papers_go_to_its_address_and_before_to_the_first_recipients(awarded: Record) -> None:
    awarded.perform(CHANGE, OFFICER)
    before = lines_of_address(awarded, NOW)
    moved = replace(HEIRS, from_on=NEXT, postcode="NN9 9NN", address="9 New Road", contact_name="Nell New")

    awarded.perform(SetSuccessor(1, "ACF-001", moved, HEIRS), OFFICER)
    awarded.perform(CheckBankDetails(1, "ACF-001", ACCOUNT.last_four, call=CALL), FINANCE)
    awarded.perform(PayInstalment(1, "ACF-001", 1, NEXT, None), FINANCE)
    awarded.perform(AskBack(1, "ACF-001", 1, 500, NEXT, "Not spent"), OFFICER)

    assert lines_of_address(awarded, NOW) == ("Allotment Friends CIO", ("9 New Road", "NN9 9NN"), "Nell New")
    assert lines_of_address(awarded, DAY_BEFORE) == ("Allotment Friends 1", *before[1:])
    (asked,) = paper(awarded, "award-letters", NOW).letters
    assert (asked.organisation, asked.address) == ("Allotment Friends CIO", ("9 New Road", "NN9 9NN"))
    offer = next(one for one in paper(awarded, "letters", NOW).letters if one.number == "A-031-01")
    assert (offer.organisation, offer.contact_name) == ("Allotment Friends CIO", "Nell New")
    assert (offer.is_agreed, offer.signed_on) == (True, None), "it was signed by who had it before"
    assert offer.since == "Allotment Friends CIO took the award over from Allotment Friends 1"
    assert_replays(awarded)


def test_a_successor_with_the_number_of_another_applicant_is_named_with_it(awarded: Record) -> None:
    propose(awarded)

    words = awarded.perform(
        replace(CHANGE, successor=replace(HEIRS, charity_number=BOXING.charity_number)), OFFICER
    ).words

    same = f"It counts as one organisation with {BOXING.organisation} by its registered number."
    assert same in words
    (found,) = (one for one in verify(awarded).checks if one.name == "shared numbers")
    assert found.is_note
    assert f"Allotment Friends CIO took over an award of Allotment Friends 1. {same}" in found.words


def test_a_successor_with_a_number_of_its_own_is_named_with_nobody(awarded: Record) -> None:
    awarded.perform(CHANGE, OFFICER)

    (found,) = (one for one in verify(awarded).checks if one.name == "shared numbers")
    assert not found.is_note


def test_what_was_paid_before_stays_the_first_recipients_and_the_rest_is_the_successors(
    awarded: Record,
) -> None:
    awarded.perform(SetSupplierNumber(1, "ACF-001", "000123", ""), FINANCE)
    awarded.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE)
    awarded.perform(replace(CHANGE, successor=replace(HEIRS, from_on=NEXT)), OFFICER)
    number = awarded.perform(SetSupplierNumber(1, "ACF-001", "000999", ""), FINANCE)
    awarded.perform(CheckBankDetails(1, "ACF-001", ACCOUNT.last_four, call=CALL), FINANCE)
    awarded.perform(PayInstalment(1, "ACF-001", 2, NEXT, None), FINANCE)

    (line, *_) = paper(awarded, "finance", NOW).awards
    paid = [line.paid_on(part.paid_on) for part in line.payments]
    assert [(one.payee, one.supplier_number, one.numbers, one.account) for one in paid] == [
        ("Allotment Friends 1", "000123", "", ""),
        ("Allotment Friends CIO", "000999", "1122334", "••••4958"),
        ("Allotment Friends CIO", "000999", "1122334", "••••4958"),
    ]
    awarded.perform(SetOfficeFacts((FactChange("spending_over", "5", DAY),)), OFFICER)
    spent = paper(awarded, "spending", NOW, round_id=None, period="2026/27-Q3").payments
    assert [(one.on, one.recipient, one.numbers) for one in spent] == [
        (DAY, "Allotment Friends 1", ""),
        (NEXT, "Allotment Friends CIO", "1122334"),
    ]
    undo(awarded, number)
    assert award(awarded).supplier_number == ""
    assert_replays(awarded)


def test_tables_of_a_year_name_who_had_the_award_at_its_end(awarded: Record) -> None:
    def named() -> list[str]:
        (year,) = awarded.ask(record_years).years
        return [one.organisation for one in year.awards]

    awarded.perform(CHANGE, OFFICER)
    assert named() == ["Allotment Friends CIO", "Allotment Friends 2"]
    later = replace(HEIRS, from_on=date(2027, 4, 1))
    awarded.perform(SetSuccessor(1, "ACF-001", later, HEIRS), OFFICER)
    assert named() == ["Allotment Friends 1", "Allotment Friends 2"]


def test_another_payee_is_not_one_that_took_an_award_over(awarded: Record) -> None:
    """The account of A-031-01 is of the second applicant now, which has A-031-02 as well."""
    ready_to_pay(awarded, "ACF-002", DAY, FINANCE)
    assert shared(awarded) == [
        "The same account is recorded for Allotment Friends 2 (A-031-02).",
        "The same account is recorded for Allotment Friends 1 (A-031-01).",
    ]

    known = replace(HEIRS, name="Allotment Friends 2", charity_number="")
    awarded.perform(replace(CHANGE, successor=known), OFFICER)
    assert shared(awarded) == ["No other payee has this account or address."] * 2

    awarded.perform(SetSuccessor(1, "ACF-001", HEIRS, known), OFFICER)
    assert shared(awarded)[1] == "The same account is recorded for Allotment Friends CIO (A-031-01)."
    awarded.perform(SetSuccessor(1, "ACF-002", HEIRS, None), OFFICER)
    assert shared(awarded) == ["No other payee has this account or address."] * 2


def test_a_successor_is_not_renamed_by_a_variation(awarded: Record) -> None:
    awarded.perform(CHANGE, OFFICER)

    renamed = VaryAward(1, "ACF-001", 1, Terms(recipient="Another name"), "It says so", NEXT)
    refuses(awarded, "Allotment Friends CIO took A-031-01 over. Select Successor", renamed)


def shared(record: Record) -> list[str]:
    """Return what is found of other payees with the same account or address, by award."""
    every = ("ACF-001", "ACF-002")
    found = [record.ask(partial(due_diligence, round_id=1, application=of, today=NEXT)) for of in every]
    return [line.finding.words for one in found for line in one.lines if line.code == PAYEE]


def lines_of_address(record: Record, at: datetime) -> tuple[str, tuple[str, ...], str]:
    """Return whom the agreement names, with address and contact."""
    found = paper(record, "agreement", at, award="A-031-01")
    return found.organisation, found.address, found.contact_name


def test_open_data_keep_the_name_as_awarded_and_say_who_took_it_over(awarded: Record) -> None:
    awarded.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)

    awarded.perform(CHANGE, OFFICER)

    grant = next(one for one in paper(awarded, "360giving", NOW).grants if one.title == "Project 1")
    assert (grant.recipient, grant.charity_number) == ("Allotment Friends 1", "")
    assert grant.description.endswith(
        "Changed since the award: On 2 Dec 2026 Allotment Friends CIO took the award over from "
        "Allotment Friends 1."
    )


def test_it_counts_with_its_successor_from_that_day_and_no_more_with_the_first(awarded: Record) -> None:
    """Of the successor, the second applicant, it is in caps of later decisions and in sums from the day."""
    for of in ("ACF-001", "ACF-002"):
        awarded.perform(SetSubsidy(1, of, MINIMAL, None), OFFICER)
    heads = {one.reference: one.organisation_id for one in awarded.ask(application_heads)}
    first, second = heads["ACF-001"], heads["ACF-002"]
    assert (given_on(awarded, first, DAY), given_on(awarded, second, DAY)) == (100_000, 200_000)

    awarded.perform(
        replace(CHANGE, successor=replace(HEIRS, name="Allotment Friends 2", from_on=NEXT)), OFFICER
    )

    assert (given_on(awarded, first, DAY), given_on(awarded, second, DAY)) == (100_000, 200_000)
    assert (given_on(awarded, first, NEXT), given_on(awarded, second, NEXT)) == (0, 300_000)
    same = same_organisations(scored_round(only_round(awarded)).applications)
    assert same["ACF-002"] == same["ACF-001"] != same["ACF-003"]


@pytest.mark.parametrize("charity", ["", "1122334"])
def test_a_successor_without_other_awards_counts_with_nobody(awarded: Record, charity: str) -> None:
    awarded.perform(replace(CHANGE, successor=replace(HEIRS, charity_number=charity)), OFFICER)

    heads = {one.reference: one.organisation_id for one in awarded.ask(application_heads)}
    assert given_on(awarded, heads["ACF-001"], NEXT) == 0
    of = scored_round(only_round(awarded)).applications
    assert len({*same_organisations(of).values()}) == len(of)


def given_on(record: Record, organisation: int, day: date) -> int:
    """Return what an organisation was given as minimal assistance, as a decision of a day counts it."""
    return record.ask(lambda session: given_as_minimal(session, organisation, day))


def test_who_answers_for_a_successor_is_found_as_an_applicants(awarded: Record) -> None:
    awarded.perform(replace(CHANGE, successor=replace(HEIRS, contact_name="Nell Newcombe")), OFFICER)

    (found,) = awarded.ask(partial(places_of, name="Nell Newcombe"))
    assert (found.table, found.column, found.is_of_applicant) == ("successions", "contact_name", True)
