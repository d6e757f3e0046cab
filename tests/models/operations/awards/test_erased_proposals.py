"""What an erasure takes from an award without a competition: contacts and words, never who got what."""

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.direct_awards import ChangeDirectAward
from models.operations.set_up.office import SetUpOffice
from models.queries.applications.applications import applications
from models.queries.awards.direct_awards import direct_awards
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice
from models.values.direct_award import Route
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import BOXING, direct, from_paper, propose
from tests.models.rounds import FUND, OFFICER, assert_replays, set_up_office, undo

SECRET = "Secret words of a contact"


def test_contacts_and_words_go_from_the_tables_and_the_journal(record: Record) -> None:
    set_up_office(record)
    told = replace(BOXING, summary=SECRET, contact_name=SECRET, address=SECRET, email="")
    propose(record, told)
    propose(record, replace(BOXING, summary="", contact_name="", email="", address="", postcode=""))
    number, first = direct(record), "ACF-D26-001"
    (stands, other) = record.ask(lambda s: tuple(direct_awards(s, number).values()))
    record.perform(
        ChangeDirectAward(number, first, replace(stands, amount_pence=900_000), stands, SECRET), OFFICER
    )
    record.perform(from_paper(record, first, "040/2026"), OFFICER)

    chosen = ((number, first), (number, "ACF-D26-002"))
    found = record.ask(lambda s: proved_erasure_of(s, chosen, "asked for", "Ida Protect"))
    erase(record, found.operation, OFFICER)

    now = record.ask(lambda s: direct_awards(s, number))
    assert (now[first].summary, now[first].contact_name, now[first].route_reason) == (
        "",
        "",
        BOXING.route_reason,
    )
    assert (now[first].amount_pence, now["ACF-D26-002"]) == (900_000, other)
    assert_replays(record)
    path = record.path
    record.close()
    assert SECRET.encode() not in path.read_bytes()


def test_an_application_says_by_which_route_it_is_awarded_now(record: Record) -> None:
    set_up_office(record)
    propose(record)
    number, first = direct(record), "ACF-D26-001"
    stands = record.ask(lambda s: direct_awards(s, number))[first]
    told = replace(stands, route=Route.COUNCIL, route_reason="")

    done = record.perform(ChangeDirectAward(number, first, told, stands, "it is the council's"), OFFICER)

    def standing() -> str:
        return record.ask(lambda s: applications(s, number))[0].eligibility_reason

    assert standing() == "Awarded without a competition: council's share."
    undo(record, done)
    assert standing() == "Awarded without a competition: single tender."
    assert_replays(record)


def test_a_proposal_that_is_withdrawn_is_not_changed(record: Record) -> None:
    set_up_office(record)
    propose(record)
    number, first = direct(record), "ACF-D26-001"
    stands = record.ask(lambda s: direct_awards(s, number))[first]
    record.perform(SetWithdrawn(number, first, True, "the hall closed"), OFFICER)

    less = ChangeDirectAward(number, first, replace(stands, amount_pence=500), stands, "less")
    with pytest.raises(Refused, match="ACF-D26-001 is withdrawn"):
        record.perform(less, OFFICER)


def test_a_line_of_the_fund_s_lists_is_kept_with_it_and_goes_with_its_undoing(record: Record) -> None:
    item = ListItem("courts", "Help at court")
    fund = replace(FUND, lists=(FundList(ListKind.SERVICE, (item,)),))
    record.perform(SetUpOffice("Office", (fund,)), OFFICER)
    chosen = (Choice(ListKind.SERVICE, "courts", "Help at court"),)

    done = propose(record, replace(BOXING, choices=chosen))

    number = direct(record)
    (stands,) = record.ask(lambda s: tuple(direct_awards(s, number).values()))
    assert stands.choices == chosen
    undo(record, done)
    assert_replays(record)
