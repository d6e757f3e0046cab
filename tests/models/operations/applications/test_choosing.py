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
from models.reference.defaults import FundList, ListItem, ListKind, in_use
from models.reference.schemes import shipped_funds
from models.values.applications import Choice, ChoicesOf, found_in
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


WRITTEN = {
    "asb": ("ASB", "antisocial behaviour", "Nuisance behaviour in the park and ASB"),
    "domestic": ("Domestic violence", "DV", "support after domestic abuse"),
    "sexual": ("Rape and sexual violence", "sexual assault"),
    "youth-violence": ("Knife crime", "youth violence in the town"),
    "violence": ("Violence", "violent crime"),
    "burglary": ("theft", "Burglary"),
    "drugs": ("substance misuse", "alcohol"),
    "hate": ("Hate crime", "hate incidents"),
    "reoffending": ("re-offending", "rehabilitation"),
    "any": ("any crime", "Victims of any crime"),
}
"""What people write, by the crime type of the fund for victims that is meant."""


def lists_that_ship() -> list[tuple[str, ListKind, tuple[ListItem, ...]]]:
    return [(fund.code, one.kind, in_use(one.items)) for fund in shipped_funds() for one in fund.lists]


def test_a_crime_type_is_read_from_the_words_that_people_write() -> None:
    (crimes,) = (items for of, kind, items in lists_that_ship() if (of, kind) == ("VF", ListKind.CRIME))

    found = {text: found_in(text, crimes) for texts in WRITTEN.values() for text in texts}

    assert {text: one and one.code for text, one in found.items()} == {
        text: code for code, texts in WRITTEN.items() for text in texts
    }
    assert found_in("Hate crime and ASB", crimes) is None
    assert found_in("nothing of these", crimes) is None
    assert found_in("child sexual abuse", crimes) is None, "it is no line of the list, and another thing"


def test_each_line_of_each_list_that_ships_is_found_by_its_words_and_within_a_sentence() -> None:
    wrong = []
    for fund, kind, items in lists_that_ship():
        for item in items:
            for text in (item.words, item.code, item.words.upper(), f"Mainly: {item.words}."):
                if found_in(text, items) != item:
                    wrong.append((fund, kind, text, found_in(text, items)))

    assert wrong == []


def test_a_permitted_purpose_is_read_from_a_column_of_it(office: Record) -> None:
    rules = office.ask(lambda session: fund_value(session, 1)).rules
    purposes = FundList(
        ListKind.PERMITTED,
        (
            ListItem("cope", "Help victims of crime to cope and recover"),
            ListItem("restorative", "Offer restorative justice that victims lead, before and after sentence"),
        ),
    )
    office.perform(SetFund("ACF", replace(rules, lists=(purposes,)), rules), OFFICER)
    headings = (
        "Permitted purpose",
        "Permitted purposes that it serves",
        "Which permitted purpose is it for?",
    )
    texts = ("Cope and recover", "cope", "Help victims of crime to cope and recover")
    rows = [
        application(at + 1, answers=((heading, text),))
        for at, (heading, text) in enumerate(zip(headings, texts, strict=True))
    ]

    office.perform(import_operation(*rows), OFFICER)

    assert [one[0].code for one in held(office).values()] == ["cope"] * 3
