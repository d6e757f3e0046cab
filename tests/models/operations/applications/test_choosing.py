"""What applications are for: suggested from their words, chosen by a person, wanted before a decision."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.applications import RemoveApplications
from models.operations.applications.gates import SetChoices
from models.operations.set_up.fund_changes import SetFund
from models.operations.set_up.load import RemoveRound
from models.queries.applications.choices import (
    choices,
    counted_as,
    lacking_choices,
    printed_choices,
    printed_kinds,
    require_choices,
)
from models.queries.set_up.funds import fund_value
from models.queries.set_up.round_facts import round_facts
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice, ChoicesOf, found_in, suggested
from scoring.written.text import Refused
from tests.models.rounds import FUND, OFFICER, application, import_operation, refused, undo

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


def test_lists_name_each_line_after_its_list(round_of_two: Record) -> None:
    found = round_of_two.ask(lambda session: counted_as(session, 1))

    assert found == {"ACF-001": "Crime type: Anti-social behaviour", "ACF-002": ""}

    # A person chooses and takes it back.
    items = (ChoicesOf("ACF-001", (CHOSEN,)), ChoicesOf("ACF-002", (CHOSEN,)))
    stood = (ChoicesOf("ACF-001", (READ,)),)
    outcome = round_of_two.perform(SetChoices(1, items, stood), OFFICER)
    assert held(round_of_two) == {"ACF-001": (CHOSEN,), "ACF-002": (CHOSEN,)}
    undone = undo(round_of_two, outcome)
    assert held(round_of_two) == {"ACF-001": (READ,)}
    undo(round_of_two, undone)
    assert held(round_of_two) == {"ACF-001": (CHOSEN,), "ACF-002": (CHOSEN,)}


def test_another_change_in_the_meantime_is_refused(round_of_two: Record) -> None:
    with pytest.raises(Refused, match="changed in the meantime"):
        round_of_two.perform(SetChoices(1, (ChoicesOf("ACF-001", ()),), ()), OFFICER)

    # Papers print what was chosen.
    facts = round_of_two.ask(lambda session: round_facts(session, 1))
    assert facts.priorities == (("ACF-001", "Anti-social behaviour"),)

    # The same words of two lists are printed once under both names.
    services = FundList(ListKind.SERVICE, (ListItem("asb", "Anti-social Behaviour"),))
    rules = round_of_two.ask(lambda session: fund_value(session, 1)).rules
    round_of_two.perform(SetFund("ACF", replace(rules, lists=(CRIMES, services)), rules), OFFICER)
    service = Choice(ListKind.SERVICE, "asb", "Anti-social Behaviour")
    now = replace(READ, is_suggested=False)
    of = ("ACF-001", (service, now)), ("ACF-001", (READ,))
    round_of_two.perform(SetChoices(1, *((ChoicesOf(*each),) for each in of)), OFFICER)
    said = round_of_two.ask(lambda session: printed_choices(session, 1))
    assert [words.casefold() for words in said.values()] == ["anti-social behaviour"]
    for named, heading in ((["ACF-001"], "Service area and crime type"), (["ACF-002"], "")):
        assert round_of_two.ask(partial(printed_kinds, round_id=1, references=named)) == heading
    parted = (ChoicesOf("ACF-001", (service,)), ChoicesOf("ACF-002", (now,)))
    stood = (ChoicesOf("ACF-001", (service, now)),)
    round_of_two.perform(SetChoices(1, parted, stood), OFFICER)
    both = ["ACF-001", "ACF-002"]
    heading = round_of_two.ask(partial(printed_kinds, round_id=1, references=both))
    assert heading == "Service area or crime type", "each is of one list"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ((replace(CHOSEN, code="none"),), "offers no crime type “none”"),
        ((replace(CHOSEN, code="old"),), "offers no crime type “old”"),
        ((CHOSEN, replace(CHOSEN, code="asb")), "one line of each list"),
        ((Choice(ListKind.PRIORITY, "x", "X"),), "offers no priority of the plan “x”"),
    ],
)
def test_what_the_fund_does_not_offer_is_refused(
    round_of_two: Record, chosen: tuple[Choice, ...], words: str
) -> None:
    refused(words, round_of_two.perform, SetChoices(1, (ChoicesOf("ACF-002", chosen),), ()), OFFICER)

    assert held(round_of_two) == {"ACF-001": (READ,)}


def test_what_was_chosen_comes_back_with_its_application_and_its_round(round_of_two: Record) -> None:
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anti-social behaviour", ASB),
        ("ASB", ASB),
        ("The anti-social behaviour", ASB),
        ("We deal with burglary and theft in the area", THEFT),
        ("Both burglary and theft, and anti-social behaviour", None),
        ("", None),
    ],
)
def test_a_line_is_found_where_a_text_names_just_one(text: str, found: ListItem | None) -> None:
    assert found_in(text, (ASB, THEFT)) is found


def test_the_kind_of_organisation_is_read_from_its_own_field() -> None:
    rules = replace(FUND, lists=(KINDS,))

    found = suggested(application(1, organisation_type="registered charity"), rules)

    assert [(one.kind, one.code) for one in found] == [(ListKind.ORGANISATION, "charity")]
