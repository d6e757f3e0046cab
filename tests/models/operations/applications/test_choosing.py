"""What applications are for: suggested from their words, chosen by a person, wanted before a decision."""

import pytest
from msgspec.structs import replace

from models.operations.applications.applications import RemoveApplications
from models.operations.applications.gates import SetChoices
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.office import SetFund
from models.queries.applications.choices import choices, lacking_choices, require_choices
from models.queries.set_up.funds import fund_value
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice, ChoicesOf
from tests.models.rounds import OFFICER, application, import_operation, refused, refuses, undo

ASB = ListItem("asb", "Anti-social behaviour")
THEFT = ListItem("theft", "Burglary and theft")
OLD = ListItem("old", "Poaching", is_retired=True)
CRIMES = FundList(ListKind.CRIME, (ASB, THEFT, OLD))
KINDS = FundList(ListKind.ORGANISATION, (ListItem("charity", "Registered charity"),))
CHOSEN = Choice(ListKind.CRIME, "theft", "Burglary and theft")
READ = Choice(ListKind.CRIME, "asb", "Anti-social behaviour", is_suggested=True)


@pytest.fixture
def round_of_two(office: Record) -> Record:
    """A round whose first application names a crime type, and whose fund has lists."""
    rules = office.ask(lambda session: fund_value(session, 1)).rules
    office.perform(SetFund("ACF", replace(rules, lists=(CRIMES, KINDS)), rules), OFFICER)
    first = application(1, answers=(("Which crime type does it address?", "anti-social  BEHAVIOUR"),))
    office.perform(import_operation(first, application(2, area="Dudley")), OFFICER)
    return office


def held(record: Record) -> dict[str, tuple[Choice, ...]]:
    return dict(record.ask(lambda session: choices(session, 1)))


def test_what_was_chosen_is_on_offer_and_comes_back_with_its_application_and_its_round(
    round_of_two: Record,
) -> None:
    for chosen, words in (
        ((replace(CHOSEN, code="none"),), "offers no crime type “none”"),
        ((replace(CHOSEN, code="old"),), "offers no crime type “old”"),
        ((CHOSEN, replace(CHOSEN, code="asb")), "one line of each list"),
        ((Choice(ListKind.PRIORITY, "x", "X"),), "offers no priority of the plan “x”"),
    ):
        refuses(round_of_two, words, SetChoices(1, (ChoicesOf("ACF-002", chosen),), ()))
    assert held(round_of_two) == {"ACF-001": (READ,)}
    refuses(round_of_two, "changed in the meantime", SetChoices(1, (ChoicesOf("ACF-001", ()),), ()))
    stood = (ChoicesOf("ACF-001", (READ,)),)
    round_of_two.perform(SetChoices(1, (ChoicesOf("ACF-001", (CHOSEN,)),), stood), OFFICER)

    undo(round_of_two, round_of_two.perform(RemoveApplications(1, ("ACF-001",)), OFFICER))
    assert held(round_of_two) == {"ACF-001": (CHOSEN,)}
    undo(round_of_two, round_of_two.perform(RemoveRound(1, ""), OFFICER))

    assert held(round_of_two) == {"ACF-001": (CHOSEN,)}


def test_a_list_that_is_wanted_is_asked_for_before_a_decision(round_of_two: Record) -> None:
    def asked(*references: str) -> None:
        round_of_two.ask(lambda session: require_choices(session, 1, references))

    asked("ACF-001", "ACF-002")
    rules = round_of_two.ask(lambda session: fund_value(session, 1)).rules
    wanted = replace(rules, lists=(replace(CRIMES, is_required=True), KINDS))
    round_of_two.perform(SetFund("ACF", wanted, rules), OFFICER)

    asked("ACF-001")
    (told,) = round_of_two.ask(lambda session: tuple(lacking_choices(session, 1, ["ACF-001", "ACF-002"])))
    assert told.startswith("ACF-002 has no crime type, which its fund requires before money is decided on")
    refused("ACF-002 has no crime type, which its fund requires", asked, "ACF-001", "ACF-002")
    none = (replace(CRIMES, is_required=True), replace(KINDS, is_required=True))
    round_of_two.perform(SetFund("ACF", replace(wanted, lists=none), wanted), OFFICER)
    refused("ACF-001 has no kind of organisation, which its fund requires", asked, "ACF-001", "ACF-002")
