"""A successor in law takes an award over: its name, its account, its reports; what was published stays."""

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.bank_details import CheckBankDetails
from models.operations.awards.paying import PayInstalment
from models.operations.awards.successions import SetSuccessor
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import organisations
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.papers.transparency.public_award import PublicAward
from models.record import Record
from models.values.awards import Successor
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, recommended
from tests.models.ready_to_pay import ACCOUNT, CALL, ready_to_pay
from tests.models.rounds import OFFICER, assert_replays, refuses, undo

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
        ({"name": "Allotment Friends 1"}, "goes by the name Allotment Friends 1 already"),
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
