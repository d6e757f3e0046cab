"""An award is taken over again and again: every reader names who had it on the day that it speaks of."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from models.operations.applications.organisations import MergeOrganisations, SeparateOrganisations
from models.operations.awards.bank_details import CheckBankDetails
from models.operations.awards.checks import SetSubsidy
from models.operations.awards.finance import SetSupplierNumber
from models.operations.awards.paying import PayInstalment
from models.operations.awards.successions import SetSuccessor
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPublisher
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.applications import application_heads
from models.queries.applications.organisations import organisations
from models.queries.awards.award_checks import given_as_minimal
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import agreed_names, awards, known_as
from models.queries.awards.registers import wanted
from models.queries.papers.transparency.public_award import PublicAward, secrets_of
from models.queries.retention.people_named import places_of
from models.record import Record
from models.values.awards import Subsidy, Successor, WithheldName
from models.values.rows import scored_round
from scoring.allocating.organisations import same_organisations
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, recommended
from tests.models.ready_to_pay import ACCOUNT, CALL, ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, only_round, paper, refuses, undo

FIRST = "Allotment Friends 1"
"""Who was awarded A-031-01, without a number; the second applicant has A-031-02."""
NAMES = ("Friends CIO", "Friends Trust", "Friends Union", FIRST)
"""Who takes it over in turn; the last has the first recipient's name, and a number of its own."""
NUMBERS = ("1122334", "1133557", "1144668", "1155779")

DONE = date(2026, 11, 1)
MINIMAL = Subsidy("minimal", "", 0, DONE, DONE, DONE, "Pat Payee")


def chain(length: int, days: Sequence[int]) -> tuple[Successor, ...]:
    """Return so many successors, each so many days after the decision."""
    return tuple(
        Successor(
            NAMES[at],
            NUMBERS[at],
            "",
            DAY + timedelta(days=days[at]),
            f"It became the {at + 1}.",
            address=f"{at + 1} New Road",
            postcode="NN9 9NN",
            contact_name=f"Nell Heir {at + 1}",
            email=f"nell{at + 1}@new.example",
        )
        for at in range(length)
    )


def take_over(record: Record, *taken: Successor, of: str = "ACF-001") -> None:
    for number, one in enumerate(taken, 1):
        record.perform(SetSuccessor(1, of, one, None, number), OFFICER)


@pytest.fixture
def awarded(record: Record) -> Record:
    """Award £1,000 with a signed agreement and a verified account."""
    decide(recommended(record))
    ready_to_pay(record, "ACF-001", DAY, FINANCE)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    return record


def award(record: Record) -> AwardRow:
    return record.ask(partial(awards, round_id=1))[0]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def of_agreement(record: Record, day: date) -> str:
    return paper(record, "agreement", noon(day), award="A-031-01").organisation


def of_offer(record: Record, day: date) -> str:
    letters = paper(record, "letters", noon(day)).letters
    return next(one.organisation for one in letters if one.number == "A-031-01")


def of_address(record: Record, day: date) -> str:
    """Return by its contact who is written to."""
    held = award(record)
    contact = held.recipient_on(day).contact_name
    own = {one.contact_name: one.name for one in held.successors}
    return own.get(contact, FIRST)


def of_year_table(record: Record, day: date) -> str:
    return record.ask(lambda session: agreed_names(session, day)).get(award(record).number, FIRST)


def of_spending(record: Record, day: date) -> str:
    held = award(record)
    return PublicAward(held.applied, held).paid_on(day)["recipient"]


def of_payments(record: Record, day: date) -> str:
    (line, *_) = paper(record, "finance", noon(day)).awards
    return line.paid_on(day).payee


READERS: tuple[Callable[[Record, date], str], ...] = (
    of_agreement,
    of_offer,
    of_address,
    of_year_table,
    of_spending,
    of_payments,
)
"""What names who has an award on a day."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_each_reader_names_who_had_the_award_on_its_day(
    awarded: Record, length: int, reader: Callable[[Record, date], str]
) -> None:
    """Taken over after 1, 3, 7 and 8 days: before that day by the one before, from it on by the next."""
    days = (1, 3, 7, 8)[:length]
    take_over(awarded, *chain(length, days))

    found = [reader(awarded, DAY + timedelta(days=on)) for on in range(10)]

    assert found == [(FIRST, *NAMES)[sum(one <= on for one in days)] for on in range(10)]
    assert award(awarded).organisation == NAMES[length - 1], "the newest, for what is due"


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(days=st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_a_chain_of_any_days_is_kept_in_their_order_and_taken_back_whole(
    awarded: Record, days: list[int]
) -> None:
    """A day that is not after the last one is refused; what was recorded is taken back one by one."""
    made, last = [], -1
    for one in chain(len(days), days):
        on = (one.from_on - DAY).days
        change = SetSuccessor(1, "ACF-001", one, None, len(made) + 1)
        if on > last or not made:
            made.append(awarded.perform(change, OFFICER))
            last = on
        else:
            refuses(awarded, "The next successor takes it over after that", change)

    held = award(awarded)
    assert [one.from_on for one in held.successors] == sorted({one.from_on for one in held.successors})
    assert [one.organisation for one in held.holders[1:]] == [one.name for one in held.successors]
    for outcome in reversed(made):
        undo(awarded, outcome)
    assert award(awarded).successors == ()


def test_only_the_newest_is_corrected_or_taken_back_and_the_next_added(awarded: Record) -> None:
    first, second, third = chain(3, (1, 3, 7))
    take_over(awarded, first, second)
    alone = "has 2 successors. You can change only the newest one, or record the next one"

    refuses(awarded, alone, SetSuccessor(1, "ACF-001", None, first, 1))
    refuses(awarded, alone, SetSuccessor(1, "ACF-001", third, None, 4))
    refuses(awarded, alone, SetSuccessor(1, "ACF-001", None, None, 3))
    refuses(awarded, "in the meantime", SetSuccessor(1, "ACF-001", third, None, 2))
    refuses(awarded, "already", SetSuccessor(1, "ACF-001", second, second, 2))
    corrected = replace(second, name="Friends Trust Ltd")
    awarded.perform(SetSuccessor(1, "ACF-001", corrected, second, 2), OFFICER)
    back = awarded.perform(SetSuccessor(1, "ACF-001", None, corrected, 2), OFFICER)

    assert back.words == "A-031-01 goes by its earlier recipient's name again."
    assert award(awarded).successors == (first,)
    refuses(awarded, "has 0 successors", SetSuccessor(1, "ACF-002", None, None))
    assert_replays(awarded)


def test_the_same_name_is_another_legal_person_where_a_number_differs(awarded: Record) -> None:
    one = replace(chain(1, (1,))[0], name=FIRST)

    refuses(awarded, "already", SetSuccessor(1, "ACF-001", replace(one, charity_number=""), None))
    take_over(awarded, one)
    again = replace(one, from_on=DAY + timedelta(days=2))
    refuses(awarded, "already", SetSuccessor(1, "ACF-001", again, None, 2))
    take_back = replace(again, charity_number="", company_number="01234567")
    awarded.perform(SetSuccessor(1, "ACF-001", take_back, None, 2), OFFICER)

    assert [one.organisation for one in award(awarded).holders] == [FIRST] * 3


def test_each_payment_is_of_its_payee_with_that_payees_supplier_number(awarded: Record) -> None:
    """Paid on its first day to the first recipient, and so on: each succession wants the account anew."""
    awarded.perform(SetSupplierNumber(1, "ACF-001", "000100", ""), FINANCE)
    for number, one in enumerate(chain(2, (1, 3)), 1):
        awarded.perform(PayInstalment(1, "ACF-001", number, DAY + timedelta(days=number - 1), None), FINANCE)
        awarded.perform(SetSuccessor(1, "ACF-001", one, None, number), OFFICER)
        later = PayInstalment(1, "ACF-001", number + 1, one.from_on, None)
        refuses(awarded, "verif", later, FINANCE)
        awarded.perform(CheckBankDetails(1, "ACF-001", ACCOUNT.last_four, call=CALL), FINANCE)
        awarded.perform(SetSupplierNumber(1, "ACF-001", f"00010{number}", ""), FINANCE)

    schedule = paper(awarded, "finance", noon(DAY + timedelta(days=9)))
    line = schedule.awards[0]
    paid = [
        (one.payee, one.supplier_number) for one in (line.paid_on(part.paid_on) for part in line.payments)
    ]
    assert paid[:3] == [(FIRST, "000100"), (NAMES[0], "000101"), (NAMES[1], "000102")]
    assert [(one.payee, one.until) for one in line.before] == [
        (FIRST, DAY + timedelta(days=1)),
        (NAMES[0], DAY + timedelta(days=3)),
    ]
    awarded.perform(SetOfficeFacts((FactChange("spending_over", "5", DAY),)), OFFICER)
    spent = paper(awarded, "spending", noon(DAY), round_id=None, period="2026/27-Q3").payments
    assert [(one.recipient, one.numbers) for one in spent] == [(FIRST, ""), (NAMES[0], NUMBERS[0])]
    assert_replays(awarded)


def test_papers_tell_every_succession_in_order(awarded: Record) -> None:
    take_over(awarded, *chain(2, (1, 3)))

    agreement = paper(awarded, "agreement", noon(DAY + timedelta(days=5)), award="A-031-01")
    assert agreement.changes == (
        f"From 3 December 2026: Friends CIO takes over this grant and its agreement from {FIRST}. "
        "It became the 1.",
        "From 5 December 2026: Friends Trust takes over this grant and its agreement from Friends CIO. "
        "It became the 2.",
    )
    (grant,) = (one for one in paper(awarded, "360giving", noon(DAY)).grants if one.title == "Project 1")
    assert grant.recipient == FIRST
    assert grant.description.endswith(
        f"Friends CIO took the award over from {FIRST}; on 5 Dec 2026 Friends Trust took the award over "
        "from Friends CIO."
    )


def test_every_holder_is_looked_for_found_and_kept_from_the_public(awarded: Record) -> None:
    taken = chain(3, (1, 3, 7))
    take_over(awarded, *taken)
    held = award(awarded)

    (line,) = (
        one
        for one in awarded.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
        if one.name == FIRST
    )
    looked_for = awarded.ask(wanted)
    hidden = set(secrets_of(held.applied, held, WithheldName("safety", "a refuge", "Olu", "Chief")))
    for one in taken:
        assert one.name in line.others
        assert one.name in awarded.ask(partial(known_as, numbers=(held.number,)))[held.number]
        assert one.charity_number in looked_for.charities
        assert {one.name, one.charity_number, one.email} <= hidden
        (place,) = awarded.ask(partial(places_of, name=one.contact_name))
        assert (place.table, place.column) == ("successions", "contact_name")


def organisation_ids(record: Record) -> dict[str, int]:
    return {one.reference: one.organisation_id for one in record.ask(application_heads)}


def minimal_of(record: Record, organisation: int, day: date) -> int:
    return record.ask(lambda session: given_as_minimal(session, organisation, day))


def test_it_counts_with_each_holder_in_turn_and_in_caps_with_the_newest(awarded: Record) -> None:
    """£1,000 of the first applicant go to the second, which has £2,000, after 1 day, and back after 3."""
    for of in ("ACF-001", "ACF-002"):
        awarded.perform(SetSubsidy(1, of, MINIMAL, None), OFFICER)
    of = organisation_ids(awarded)
    second = replace(chain(1, (1,))[0], name="Allotment Friends 2", charity_number="")
    back = replace(second, name=FIRST, from_on=DAY + timedelta(days=3))

    take_over(awarded, second, back)

    sums = [
        (minimal_of(awarded, of["ACF-001"], on), minimal_of(awarded, of["ACF-002"], on))
        for on in (DAY, DAY + timedelta(days=1), DAY + timedelta(days=3))
    ]
    assert sums == [(100_000, 200_000), (0, 300_000), (100_000, 200_000)]
    same = same_organisations(scored_round(only_round(awarded)).applications)
    assert same["ACF-001"] != same["ACF-002"]


def test_awards_of_one_organisation_that_two_others_took_over_on_one_day_count_apart(awarded: Record) -> None:
    """The first applicant's award and the second's, merged before, go to two strangers on one day."""
    of = organisation_ids(awarded)
    uids = {
        one.number: one.uid for one in awarded.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
    }
    pair = uids[of["ACF-001"]], uids[of["ACF-002"]], FIRST, "Allotment Friends 2"
    awarded.perform(MergeOrganisations(*pair, "one group", from_on=DAY), OFFICER)
    one, other, *_ = chain(2, (1, 3))

    take_over(awarded, one)
    take_over(awarded, replace(other, from_on=one.from_on), of="ACF-002")
    same = same_organisations(scored_round(only_round(awarded)).applications)
    assert same["ACF-001"] != same["ACF-002"]

    take_over_again = SetSuccessor(1, "ACF-002", replace(one, from_on=other.from_on), None, 2)
    awarded.perform(take_over_again, OFFICER)
    same = same_organisations(scored_round(only_round(awarded)).applications)
    assert same["ACF-001"] == same["ACF-002"]
    awarded.perform(SeparateOrganisations(*pair), OFFICER)
    assert_replays(awarded)
