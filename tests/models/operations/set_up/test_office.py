"""Setting up the office and its funds, and what is known of the office from a day on."""

import hashlib
from datetime import date

import pytest
from msgspec.structs import replace

from models.operations.set_up.office import (
    AddFund,
    FactChange,
    RemoveFund,
    SetOfficeFacts,
    SetPublisher,
    SetUpOffice,
    with_logo,
)
from models.papers.office import FROM_THE_START, OfficeFact, read_fact, where_to_report
from models.queries.applications.merges import new_target
from models.queries.set_up.funds import fund_list
from models.queries.set_up.office import known_office, logo_of, newest_office, office_facts, office_on
from models.record import Record
from models.reference.defaults import FundDefaults
from scoring.written.text import Refused
from tests.models.rounds import FUND, OFFICER, refused, refuses, set_up_office, undo


def test_an_office_is_set_up_once_and_a_fund_with_a_round_stays(loaded: Record) -> None:
    refused("set up already", set_up_office, loaded)
    refuses(loaded, "has a round", RemoveFund(FUND))
    loaded.perform(AddFund(FundDefaults("NF", "New Fund")), OFFICER)
    assert [fund.code for fund in loaded.ask(fund_list)] == ["ACF", "CSF", "NF"]


def test_whoever_takes_reports_of_faults_is_named_as_far_as_they_are_known(record: Record) -> None:
    set_up_office(record)
    assert record.ask(newest_office).faults_to == ""
    assert "no contact for faults is entered on Office" in where_to_report("")

    facts = (
        ("faults_name", "IT desk"),
        ("faults_email", "it@office.example"),
        ("faults_telephone", "01905 555 0100"),
    )
    record.perform(SetOfficeFacts(tuple(FactChange(*fact) for fact in facts)), OFFICER)
    assert where_to_report(record.ask(newest_office).faults_to) == (
        "Report faults to IT desk, it@office.example, 01905 555 0100."
    )
    record.perform(SetOfficeFacts((FactChange("faults_name", ""), FactChange("faults_email", ""))), OFFICER)
    assert record.ask(newest_office).faults_to == "01905 555 0100"


PAPER_DAY, LATER = date(2026, 11, 2), date(2027, 4, 1)
PNG = b"\x89PNG\r\n\x1a\n made up"


@pytest.fixture
def nameless(record: Record) -> Record:
    """A record with an office of no name yet, and one fund."""
    record.perform(SetUpOffice("", (FUND,)), OFFICER)
    return record


def change(record: Record, *changes: FactChange) -> None:
    record.perform(SetOfficeFacts(changes), OFFICER)


def test_a_logo_stays_for_the_papers_that_show_it(nameless: Record) -> None:
    for logo in (b"GIF89a", PNG + b"\0" * 2_000_000):
        refuses(nameless, "not a PNG of up to 2 MB", with_logo((), logo))

    outcome = nameless.perform(with_logo((), PNG), OFFICER)
    assert nameless.ask(lambda s: known_office(s, PAPER_DAY))[2:] == (PNG, False), "its fund has no power"
    nameless.perform(with_logo((), PNG, LATER), OFFICER)
    undo(nameless, outcome)

    assert nameless.ask(lambda s: known_office(s, PAPER_DAY).logo) == b""
    assert nameless.ask(lambda s: logo_of(s, hashlib.sha256(PNG).hexdigest())) == PNG


def test_facts_of_the_office_hold_from_the_start_or_a_day_and_others_are_refused(nameless: Record) -> None:
    for changes, words in (
        ((FactChange("colour", "blue"),), "“colour” is not a fact of the office. It has name, short_name"),
        ((FactChange("name", "A"), FactChange("email", "nobody")), "“nobody” is not an e-mail address"),
        ((FactChange("logo", "00"),), "picture is not in the record"),
        ((), "Nothing was given to change"),
    ):
        refused(words, change, nameless, *changes)
    assert nameless.ask(office_facts) == ()

    change(
        nameless, FactChange("name", "Office of Westmarch"), FactChange("email", "grants@westmarch.example")
    )

    change(nameless, FactChange("name", "Mayor of Westmarch", LATER))

    then, after = (nameless.ask(lambda s, on=on: office_on(s, on)) for on in (PAPER_DAY, LATER))
    assert (then.name, after.name) == ("Office of Westmarch", "Mayor of Westmarch")
    assert then.get("email") == after.get("email") == "grants@westmarch.example"
    assert nameless.ask(office_facts) == (
        OfficeFact("name", "Office of Westmarch", FROM_THE_START),
        OfficeFact("name", "Mayor of Westmarch", LATER),
        OfficeFact("email", "grants@westmarch.example", FROM_THE_START),
    )


def test_who_publishes_is_named_by_identifiers_of_their_form(nameless: Record) -> None:
    good = SetPublisher("360G-office", "GB-COH-1")

    refuses(nameless, "is not a publisher's prefix", replace(good, prefix="office"))
    refuses(nameless, "is not a funder's identifier", replace(good, funder="1"))
    nameless.perform(good, OFFICER)


def test_a_record_without_an_office_has_no_facts(record: Record) -> None:
    refused("not set up yet", change, record, FactChange("name", "A"))
    assert not record.ask(known_office, PAPER_DAY).has_powers, "nor a fund with a power of its own"


def test_what_a_fact_cannot_be_is_told() -> None:
    for key, typed, words in (
        ("email", "grants@", "Write it like grants@office.example"),
        ("telephone", "555", "Write it like 01905 555 0100"),
        ("website", "our site", "Write it like www.office.example"),
        ("area_codes", "Walsall E0800003", "“Walsall E0800003” is not an area with its code"),
        ("postcode_areas", "WR, Worcester", "“WORCESTER” is not a postcode area"),
        ("area_label", "7", "is not a word for an area"),
        ("name", "A" * 201, "Legal name has 201 characters. Shorten it to 200."),
        ("logo", "logo.png", "Choose its file instead"),
        ("answer_days", "0", "not a whole number from 1"),
        ("closed_days", "Christmas", "Days closed beside bank holidays: “Christmas”"),
        ("spending_over", "about 500", "Spending is listed above:"),
    ):
        refused(words, read_fact, key, typed)


def test_an_import_warns_by_the_forces_postcode_areas_and_else_by_the_funds(nameless: Record) -> None:
    fund = replace(FUND, postcodes=("B", "CV"))
    assert nameless.ask(lambda s: new_target(s, fund, "Autumn", "2026/27")).postcodes == ("B", "CV")

    change(nameless, FactChange("postcode_areas", "WR, HR", LATER))

    assert nameless.ask(lambda s: new_target(s, fund, "Autumn", "2026/27")).postcodes == ("WR", "HR")
    assert nameless.ask(newest_office).postcode_areas == ("WR", "HR")


def test_a_fact_that_another_changed_since_is_neither_replaced_nor_undone(nameless: Record) -> None:
    change(nameless, FactChange("telephone", "01632 960001"))
    mine = nameless.perform(SetOfficeFacts((FactChange("telephone", "01632 960002"),)), OFFICER)
    theirs = FactChange("telephone", "01632 960003", replacing="01632 960002")
    change(nameless, theirs)

    with pytest.raises(Refused, match="“Telephone” of the office was changed in the meantime"):
        change(nameless, replace(theirs, value="01632 960004"))
    refused("changed in the meantime", undo, nameless, mine)

    assert nameless.ask(newest_office).get("telephone") == "01632 960003"


def test_a_fund_is_not_called_as_another_is_coded_nor_coded_as_another_is_called(office: Record) -> None:
    office.perform(AddFund(FundDefaults("NF", "Lights")), OFFICER)

    for fund in (
        FundDefaults("X", "acf"),
        FundDefaults("LIGHTS", "Other"),
        FundDefaults("X", "Other", also_known_as=("NF",)),
    ):
        refuses(office, "is the name or code of another fund", AddFund(fund))
