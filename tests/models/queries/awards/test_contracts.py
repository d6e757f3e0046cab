"""What buys a service is drawn up as a contract, and what gives a grant as a grant agreement."""

import re
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from exchange.papers.letters.agreements import name_of
from models.operations.set_up.office import SetFund
from models.papers.grant_agreement import GrantAgreement
from models.papers.status import PaperStatus
from models.queries.awards.awards import awards
from models.queries.deciding.decisions import recommendations
from models.queries.set_up.funds import fund_rules
from models.record import Record
from models.reference.clauses import CONTRACT_CLAUSES, USUAL_CLAUSES, conditions_of
from models.reference.defaults import Condition
from models.reference.schemes import TEMPLATES, shipped_funds, template
from models.values.direct_award import CONTRACTS, DirectAward, Route
from tests.exchange.papers.letters.test_agreements import agreement_text
from tests.models.operations.awards.proposals import BOXING, MANAGER, award, direct
from tests.models.rounds import OFFICER, load, paper, set_up_office

NOW = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
STATUS = PaperStatus(NOW, "ab" * 32)


def drawn(record: Record, given: DirectAward, *, conditions: tuple[Condition, ...] = ()) -> GrantAgreement:
    load(set_up_office(record))
    if conditions:
        rules = record.ask(lambda s: fund_rules(s, 1))
        record.perform(SetFund("ACF", replace(rules, conditions=conditions), rules), OFFICER)
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


def test_whoever_provides_a_service_is_not_asked_what_was_spent(record: Record) -> None:
    contract = drawn(record, BOXING)
    assert contract.returns, "it reports"

    words = agreement_text(contract, STATUS)
    assert "what you provided and what came of it:" in words
    assert "what you spent" not in words
    assert "what you spent, with receipts:" in agreement_text(replace(contract, is_contract=False), STATUS)


def test_the_break_stands_in_the_clause_on_ending(record: Record) -> None:
    contract = drawn(record, BOXING)

    assert "to end on its break, 1 May 2027." in dict(contract.clauses)["Ending this contract"]


FUNDS = (*shipped_funds(), *map(template, TEMPLATES))
SHIPPED = sorted({one.words for fund in FUNDS for one in fund.conditions})


@pytest.mark.parametrize("words", SHIPPED)
def test_no_condition_that_ships_speaks_of_a_grant_in_a_contract(words: str) -> None:
    said = conditions_of((words, "An own one of the grant.", words), is_contract=True)

    assert said[-1] == "An own one of the grant."
    assert len(said) <= 2
    for one in said[:-1]:
        assert not re.search("grant|project|agreement|not spent", one)
    assert conditions_of((words,), is_contract=False) == (words,)
    assert conditions_of(said, is_contract=True) == said


ACF_GRANT = (
    "Sign and return the grant agreement before any payment.",
    "Return any money not spent as agreed.",
    "Keep the accounts and papers of the grant, and show them when asked.",
    "There is no promise of a further grant.",
)
ACF_CONTRACT = (
    "Sign and return the contract before any payment.",
    "Keep the accounts and papers of the service, and show them when asked.",
    "There is no promise of a further contract.",
)


@pytest.mark.parametrize("given", [BOXING, MANAGER], ids=lambda one: one.route)
def test_the_conditions_are_those_of_a_contract_from_the_proposal_on(
    record: Record, given: DirectAward
) -> None:
    is_contract = given.route in CONTRACTS
    (shipped,) = shipped_funds(["ACF"])
    agreement = drawn(record, given, conditions=shipped.conditions)
    (proposed,) = record.ask(lambda s: recommendations(s, direct(record)))

    kept, other = (ACF_CONTRACT, ACF_GRANT) if is_contract else (ACF_GRANT, ACF_CONTRACT)
    assert set(kept) <= set(agreement.conditions)
    assert not set(other) & set(agreement.conditions)
    if is_contract:
        assert conditions_of(proposed.conditions, is_contract=True) == proposed.conditions
        assert "Return any money not spent as agreed." not in proposed.conditions
    assert "Sign and return" in agreement_text(agreement, STATUS)
    assert "Sign and return" not in agreement_text(replace(agreement, is_signed=True), STATUS)
