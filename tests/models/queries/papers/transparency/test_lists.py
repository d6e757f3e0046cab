"""Lists for the public; why a recipient is not named, and nothing that would tell who it is."""

import re
from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from exchange.papers.document.values import Para
from exchange.papers.public_lists import NO_MORE, list_document
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.budget import Contribute
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.paying import SetReturned
from models.operations.awards.variations import AskBack, VaryAward
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts, SetPublisher
from models.papers.office import read_fact
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.papers.to_check.questions import named_words, require_purposes
from models.queries.papers.transparency.public_award import own_address, street_of
from models.record import Record
from models.schema.applications import organisation_table
from models.values.awards import Returned, Terms, WithheldName
from models.values.canonical import to_text
from models.values.direct_award import OnwardGrant, Route
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import BOXING, MANAGER, award, direct, from_paper, propose
from tests.models.operations.awards.varied_awards import OF, half_paid, the_award
from tests.models.operations.budgets import ACF, YEAR
from tests.models.operations.deciding_rounds import CHAIR, DAY, recommended
from tests.models.rounds import OFFICER, application, paper, refused, set_up_office

NOW = datetime(2027, 4, 1, tzinfo=UTC)


def limits(record: Record, **pounds: str) -> None:
    changes = tuple(FactChange(key, read_fact(key, text)) for key, text in pounds.items())
    record.perform(SetOfficeFacts(changes), OFFICER)


def test_payments_above_the_limit_and_what_came_back_are_listed_in_their_time(record: Record) -> None:
    half_paid(record)  # £500.00 on 2 December 2026
    record.perform(AskBack(1, OF, 1, 10_000, date(2026, 12, 20), "not spent"), OFFICER)
    back = Returned(10_000, date(2027, 1, 8), "not spent", 1)
    record.perform(SetReturned(1, OF, (back,), the_award(record).returned), OFFICER)

    at_limit = paper(record, "spending", NOW, None, period="2026/27")
    limits(record, spending_over="£99.99")
    year = paper(record, "spending", NOW, None, period="2026/27")
    quarter = paper(record, "spending", NOW, None, period="2026/27-Q3")
    month = paper(record, "spending", NOW, None, month=date(2026, 12, 1))

    assert at_limit.payments == ()  # £500.00 is not over £500.00
    small = "Besides, £100 came back in sums of £500 or less, which the list leaves out."
    assert at_limit.came_back == small
    assert year.came_back == "", "it stands on a line"
    assert [(one.on, one.amount_pence, one.what) for one in year.payments] == [
        (date(2026, 12, 2), 50_000, "Payment 1 of 3"),
        (date(2027, 1, 8), -10_000, "Money that came back"),
    ]
    assert year.control == "1 payment, 1 sum that came back, £400.00 in all"
    assert quarter.control == "1 payment, £500.00"
    assert year.title == "Spending over £99.99 in 2026/27, April 2026 to March 2027"
    assert quarter.payments == month.payments == year.payments[:1]
    assert year.payments[0].award == "A-031-01"
    assert year.payments[0].reasons
    assert list_document(year, PaperStatus(NOW, "ab" * 32, 2)).blocks[-1] == Para(NO_MORE), "the second"


def test_contracts_above_the_limit_are_listed_and_grants_are_not(office: Record) -> None:
    award(office, BOXING)
    award(office, MANAGER, notice="041/2026")
    small = replace(BOXING, organisation="Small", charity_number="1170009", amount_pence=1_000_000)
    award(office, replace(small, route=Route.COMMISSIONED, route_reason=""), notice="042/2026")
    longer = replace(BOXING, amount_pence=200_000, route=Route.EXTENSION, route_reason="")
    award(office, replace(longer, extends="A-040-01"), notice="043/2026")

    year = paper(office, "contracts", NOW, None, period="2026/27")
    other = paper(office, "contracts", NOW, None, period="2026/27-Q4")

    assert [(one.recipient, one.amount_pence, one.option_years) for one in year.contracts] == [
        ("Westmarch Youth Boxing", 1_200_000, 2),
        ("Westmarch Youth Boxing", 200_000, 2),
    ]  # £2,000 alone is not over £10,000; with the contract that it extends it is
    assert year.control == "2 contracts, £14,000.00"
    assert other.contracts == ()
    assert other.title == "Contracts over £10,000 awarded in Q4 2026/27, January to March 2027"
    limits(office, contracts_over="£5,000")
    more = paper(office, "contracts", NOW, None, period="2026/27")
    recipients = [one.recipient for one in more.contracts]
    assert recipients == ["Westmarch Youth Boxing", "Small", "Westmarch Youth Boxing"]


def test_a_contract_that_was_withdrawn_is_told_of_and_not_called_never_awarded(office: Record) -> None:
    of = award(office, BOXING)
    small = award(office, replace(BOXING, organisation="Small", amount_pence=90_000), notice="041/2026")
    for reference in (of, small):
        office.perform(SetWithdrawn(direct(office), reference, True, "not needed"), OFFICER)

    found = paper(office, "contracts", NOW, None, period="2026/27")
    other = paper(office, "contracts", NOW, None, period="2026/27-Q4")

    (told,) = found.gone  # £900 was never above the limit
    assert told.startswith(f"A-040-01 ({of}), {BOXING.organisation}: awarded £12,000 on ")
    assert other.gone == ()


def test_no_public_paper_names_whom_a_notice_that_is_withheld_awards_or_whose_name_is_withheld(
    half_paid: Record,
) -> None:
    half_paid.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    limits(half_paid, spending_over="£499.99")

    def papers() -> tuple[str, ...]:
        return (
            told(half_paid, "publication", period="2026/27"),
            told(half_paid, "spending", period="2026/27"),
            told(half_paid, "disclosure", 1),
            told(half_paid, "360giving"),
            told(half_paid, "tables", fund="ACF", year="2026/27"),
        )

    named = papers()
    ground = ("confidential", "Prices of suppliers.")
    half_paid.perform(SetPaperTexts(1, "notice", "", (ground,)), OFFICER)
    hidden = papers()
    half_paid.perform(SetPaperTexts(1, "notice", "", (ground, ("confidential_part", "Prices."))), OFFICER)
    assert all("Allotment Friends 1" in text for text in named)
    assert not any("Allotment Friends 1" in text for text in hidden)
    assert all("Withheld: its notice of decision is confidential" in text for text in hidden)
    assert papers() == named, "the public part of a notice names whom it awards money"

    # A name that is withheld alone is printed nowhere either, and others are named still.
    withhold(half_paid, 1, OF)
    withheld = papers()
    assert all(PRINTED in text and TELLS.search(text) is None for text in withheld)
    assert "Allotment Friends 2" in withheld[2]


GIVEN = WithheldName("safety", "Its guests are looked for.", "Olu Example", "Chief Executive", "Willow House")
PRINTED = "Withheld: the safety of people"
REFUGE = replace(
    BOXING,
    organisation="The Westmarch Haven Ltd",
    project="Willow House nights",
    summary="The Westmarch Haven keeps Willow House open at night.",
    reason="Westmarch Haven keeps women safe.",
    route_reason="Nobody but WESTMARCH HAVEN has a house.",
    address="7 Mill Lane\nWestmarch",
)
DATA_MANAGER = replace(
    REFUGE,
    route=Route.MANAGER,
    route_reason="",
    onward=(OnwardGrant("Chess on the Green", 300_000, "tools for Willow House"),),
)
TELLS = re.compile(r"westmarch haven|willow house|1170001|bo example|mill lane|allotment friends 1", re.I)


def withhold(record: Record, round_id: int, of: str) -> None:
    record.perform(SetWithheldName(round_id, of, GIVEN, None), OFFICER)


def told(record: Record, kind: str, round_id: int | None = None, **more: object) -> str:
    return to_text(paper(record, kind, NOW, round_id, **more))


def test_no_public_paper_tells_of_an_award_without_a_competition_whose_it_is(office: Record) -> None:
    reference = award(office, REFUGE)
    office.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    number = direct(office)
    less = VaryAward(number, reference, 1, Terms(1_000_000), "Westmarch Haven at 7 Mill Lane has fewer.", DAY)
    office.perform(less, OFFICER)
    given = Contribute(ACF, YEAR, "Coventry", 500, "Willow House gave it back to us.")
    office.perform(given, OFFICER)
    named = told(office, "notice", number), told(office, "governance", year=YEAR)
    whole = PaperOrder("contracts", NOW, period="2026/27")
    office.ask(partial(require_purposes, order=whole))
    withhold(office, number, reference)
    with pytest.raises(Refused, match=r"name is withheld for A-0\d\d-01\. Read the project, .* tick “"):
        office.ask(partial(require_purposes, order=whole))
    office.ask(partial(require_purposes, order=replace(whole, period="2025/26")))

    papers = (
        told(office, "notice", number),
        told(office, "publication", period="2026/27"),
        told(office, "contracts", period="2026/27"),
        told(office, "360giving"),
        told(office, "tables", fund="ACF", year="2026/27"),
        told(office, "governance", year=YEAR),
    )
    grant = paper(office, "360giving", NOW, None).grants[0]

    assert all(TELLS.search(text) for text in named)
    assert all(TELLS.search(text) is None and PRINTED in text for text in papers)
    assert (grant.recipient, grant.awarded_pence) == (PRINTED, 1_200_000)
    assert grant.recipient_id == f"360G-Example-ORG-withheld-{grant.identifier[len('360G-Example-') :]}"
    assert grant.title == "(withheld) nights"


@pytest.mark.parametrize(
    ("address", "own", "street"),
    [
        ("4 Fen Lane\nAshby Fen", ("4 Fen Lane", "Ashby Fen"), ("4 Fen Lane",)),
        ("Rose Cottage\nMill Lane\nAshby Fen\n", ("Rose Cottage", "Mill Lane", "Ashby Fen"), None),
        ("Mill Lane", ("Mill Lane",), ("Mill Lane",)),
        ("", (), ("",)),
    ],
)
def test_an_address_keeps_no_area_and_no_town_out_of_what_is_told_of_others(
    address: str, own: tuple[str, ...], street: tuple[str, ...] | None
) -> None:
    row = application(1, address=address)

    assert own_address(row) == own
    assert street_of(row) == (own[:-1] if street is None else street)


def test_who_is_named_while_another_award_withholds_it_is_told_before_a_paper_goes_out(
    office: Record,
) -> None:
    first = award(office, REFUGE)
    propose(office, replace(REFUGE, project="Winter beds"))
    number, second = direct(office), "ACF-D26-002"
    lists = PaperOrder("publication", NOW, period="2026/27")
    draft = PaperOrder("notice", NOW, number, notice="")

    def said(order: PaperOrder) -> str:
        return office.ask(partial(named_words, order=order))

    assert (said(lists), said(draft)) == ("", "")
    withhold(office, number, first)
    assert said(lists) == "", "it is proposed alone, and in no list"
    assert said(draft).startswith(f"{second} names {REFUGE.organisation}, withheld for A-040-01. Whoever")
    office.perform(from_paper(office, second, "041/2026"), OFFICER)
    assert said(lists).startswith(f"A-041-01 names {REFUGE.organisation}, withheld for A-040-01. Whoever")
    refused("withhold the name there too", office.ask, partial(require_purposes, order=lists))
    withhold(office, number, second)
    assert (said(lists), said(draft)) == ("", "")


def test_a_confidential_notice_names_whom_the_public_one_does_not(office: Record) -> None:
    reference = award(office, DATA_MANAGER)
    number = direct(office)
    withhold(office, number, reference)
    public, year = told(office, "notice", number), told(office, "tables", fund="ACF", year="2026/27")

    texts = (("confidential", "It names a refuge."),)
    office.perform(SetPaperTexts(number, "notice", "040/2026", texts), OFFICER)
    confidential = told(office, "notice", number)

    assert DATA_MANAGER.organisation in confidential
    for text in (public, year):
        assert TELLS.search(text) is None
        assert "tools for (withheld)" in text


@pytest.mark.parametrize("how", ["competed", "direct"])
def test_a_name_withheld_before_the_decision_stands_in_no_notice_that_is_drawn_to_be_signed(
    record: Record, how: str
) -> None:
    if how == "competed":
        recommended(record).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
        number, of = 1, "ACF-001"
    else:
        set_up_office(record)
        propose(record, REFUGE)
        number, of = direct(record), "ACF-D26-001"
    named = told(record, "notice", number)

    withhold(record, number, of)

    assert TELLS.search(named)
    draft = told(record, "notice", number)
    assert TELLS.search(draft) is None
    assert PRINTED in draft
    record.perform(SetWithheldName(number, of, None, GIVEN), OFFICER)
    assert told(record, "notice", number) == named


def test_information_on_request_names_nobody_withheld_where_all_applicants_are_named(decided: Record) -> None:
    withhold(decided, 1, "ACF-003")

    told_all = told(decided, "disclosure", 1, names_declined=True, with_undecided=True)

    assert "Allotment Friends 1" in told_all
    assert "Allotment Friends 3" not in told_all


def test_a_name_that_the_recipient_had_in_another_round_is_told_no_more_than_its_own(office: Record) -> None:
    propose(office, replace(BOXING, organisation="Moor Gate Refuge", charity_number="1170003"))
    reference = award(office, replace(REFUGE, summary="Moorgate was its name, Moor Gate Refuge, 1170003."))
    table = organisation_table
    uids = dict(office.ask(lambda s: s.execute(select(table.c.name, table.c.uid)).all()))
    one, other = REFUGE.organisation, "Moor Gate Refuge"
    merge = MergeOrganisations(uids[one], uids[other], one, other, "It was called so.")
    office.perform(merge, OFFICER)
    withhold(office, direct(office), reference)

    assert "was its name, (withheld), (withheld)." in told(office, "publication", period="2026/27")
