"""What buys a service is drawn up as a contract, and what gives a grant as a grant agreement."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from exchange.papers.letters.agreements import name_of
from models.papers.grant_agreement import GrantAgreement
from models.papers.status import PaperStatus
from models.queries.awards.awards import awards
from models.record import Record
from models.reference.clauses import CONTRACT_CLAUSES, USUAL_CLAUSES
from models.values.direct_award import CONTRACTS, DirectAward, Route
from tests.exchange.papers.letters.test_agreements import agreement_text
from tests.models.operations.awards.proposals import BOXING, MANAGER, award, direct
from tests.models.rounds import load, paper, set_up_office

NOW = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
STATUS = PaperStatus(NOW, "ab" * 32)


def drawn(record: Record, given: DirectAward) -> GrantAgreement:
    load(set_up_office(record))
    application = award(record, given)
    (made,) = (
        one for one in record.ask(lambda s: awards(s, direct(record))) if one.application == application
    )
    found = paper(record, "agreement", NOW, direct(record), award=made.reference)
    assert isinstance(found, GrantAgreement)
    return found


@pytest.mark.parametrize(
    "given", [BOXING, replace(BOXING, route=Route.COMMISSIONED), MANAGER], ids=lambda one: one.route
)
def test_a_contract_is_drawn_up_as_one(record: Record, given: DirectAward) -> None:
    agreement = drawn(record, given)
    is_contract = given.route in CONTRACTS
    shipped = CONTRACT_CLAUSES if is_contract else USUAL_CLAUSES

    assert agreement.is_contract == is_contract
    assert agreement.title == f"{'Contract' if is_contract else 'Grant agreement'} {agreement.award}"
    assert name_of(agreement, STATUS).endswith("contract draft" if is_contract else "agreement draft")
    assert [heading for heading, _ in agreement.clauses] == [one.heading for one in shipped]


STATES = [
    {},
    {"signed_on": NOW.date(), "is_signed": True},
    {"points": ()},
    {"is_drafted": True},
    {"is_first": True},
]


@pytest.mark.parametrize("changes", STATES)
def test_no_state_of_a_contract_speaks_of_a_grant(record: Record, changes: dict[str, object]) -> None:
    contract = drawn(record, BOXING)
    words = agreement_text(replace(contract, **changes), STATUS)

    ours = words.replace(contract.fund, "").casefold()
    assert "contract" in ours
    assert "grant" not in ours
    assert "agreement" not in ours
    assert "application" not in ours


def test_the_break_stands_in_the_clause_on_ending(record: Record) -> None:
    contract = drawn(record, BOXING)

    assert "to end on its break, 1 May 2027." in dict(contract.clauses)["Ending this contract"]
