"""Lists for the public: spending, contracts and grants of a month, a quarter and a year, above limits."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from exchange.papers.document.values import Document, Heading, Pairs, Para, Together
from exchange.papers.public_lists import (
    list_document,
    write_list_xlsx,
)
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.paying import SetReturned
from models.operations.awards.variations import AskBack
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.papers.office import read_fact
from models.papers.order import PaperOrder
from models.papers.paper_kind import has_pence
from models.papers.status import PaperStatus
from models.queries.papers.transparency.lists import contracts, publication, spending, subsidy_list
from models.queries.set_up.funds import fund_list
from models.record import Record
from models.values.awards import Returned
from models.values.direct_award import Route
from scoring.money import one_form
from tests.models.operations.awards.proposals import BOXING, MANAGER, award, direct
from tests.models.operations.awards.varied_awards import OF, half_paid, the_award
from tests.models.rounds import OFFICER, set_up_office

NOW = datetime(2027, 4, 1, tzinfo=UTC)
DECEMBER = date(2026, 12, 1)


def order(kind: str, period: str = "", month: date | None = None) -> PaperOrder:
    return PaperOrder(kind, NOW, month=month, period=period)


def first_words(document: Document) -> str:
    return next(block.text for block in document.blocks if isinstance(block, Heading | Para))


def limits(record: Record, **pounds: str) -> None:
    changes = tuple(FactChange(key, read_fact(key, text)) for key, text in pounds.items())
    record.perform(SetOfficeFacts(changes), OFFICER)


def test_payments_above_the_limit_and_what_came_back_are_listed_in_their_time(record: Record) -> None:
    half_paid(record)  # £500.00 on 2 December 2026
    record.perform(AskBack(1, OF, 1, 10_000, date(2026, 12, 20), "not spent"), OFFICER)
    back = Returned(10_000, date(2027, 1, 8), "not spent", 1)
    record.perform(SetReturned(1, OF, (back,), the_award(record).returned), OFFICER)

    at_limit = record.ask(partial(spending, order=order("spending", "2026/27")))
    limits(record, spending_over="£99.99")
    year = record.ask(partial(spending, order=order("spending", "2026/27")))
    quarter = record.ask(partial(spending, order=order("spending", "2026/27-Q3")))
    month = record.ask(partial(spending, order=order("spending", month=DECEMBER)))

    assert at_limit.payments == ()  # £500.00 is not over £500.00
    assert at_limit.came_back == (
        "Besides, £100 came back in sums of £500 or less, which the list leaves out."
    )
    assert year.came_back == "", "it stands on a line"
    said = list_document(at_limit, PaperStatus(NOW, "0")).blocks
    assert any(isinstance(block, Para) and block.text == at_limit.came_back for block in said)
    assert [(one.on, one.amount_pence, one.what) for one in year.payments] == [
        (date(2026, 12, 2), 50_000, "Payment 1 of 3"),
        (date(2027, 1, 8), -10_000, "Money that came back"),
    ]
    headed = []
    for odd in (-10_000, -10_001):
        payments = (year.payments[0], replace(year.payments[1], amount_pence=odd))
        value = replace(year, over_pence=9_900, payments=payments)
        with one_form(has_pence=has_pence(value)):
            headed.append(list_document(value, PaperStatus(NOW, "0")).blocks)
    heads = [
        [one.blocks[0].text.rpartition(" ")[2] for one in blocks if isinstance(one, Together)]
        for blocks in headed
    ]
    assert heads == [["£500", "−£100"], ["£500.00", "−£100.01"]], "all with pence where one has some"
    assert year.control == "1 payment, 1 sum that came back, £400.00 in all"
    assert replace(year, tells_returns=False).control == "2 payments, £400.00", (
        "as lists were issued at first"
    )
    assert quarter.control == "1 payment, £500.00"
    assert year.title == "Spending over £99.99 in 2026/27, April 2026 to March 2027"
    assert quarter.payments == month.payments == year.payments[:1]
    assert year.payments[0].award == "A-031-01"
    assert year.payments[0].reasons


def test_every_list_of_a_time_that_is_not_over_says_up_to_which_day_it_goes(record: Record) -> None:
    half_paid(record)  # £500.00 on 2 December 2026
    limits(record, spending_over="£99.99")
    early, over = PaperStatus(datetime(2026, 12, 15, tzinfo=UTC), "0"), PaperStatus(NOW, "0")
    paid = record.ask(partial(spending, order=order("spending", month=DECEMBER)))
    bought = record.ask(partial(contracts, order=order("contracts", "2026/27-Q3")))
    subsidised = record.ask(partial(subsidy_list, order=order("subsidies", "2026/27")))

    said = [
        [first_words(one) for one in (list_document(paid, early), list_document(paid, over))],
        [first_words(one) for one in (list_document(bought, early), list_document(bought, over))],
        [first_words(one) for one in (list_document(subsidised, early), list_document(subsidised, over))],
    ]

    assert said == [
        ["Spending, by day, up to 15 December 2026", "Spending, by day"],
        [
            "No contract above the limit was awarded in this period, up to 15 December 2026.",
            "No contract above the limit was awarded in this period.",
        ],
        [
            "No award decided in this period is a subsidy above the threshold, up to 15 December 2026.",
            "No award decided in this period is a subsidy above the threshold.",
        ],
    ]


def test_contracts_above_the_limit_are_listed_and_grants_are_not(record: Record) -> None:
    set_up_office(record)
    award(record, BOXING)
    award(record, MANAGER, notice="041/2026")
    small = replace(
        BOXING,
        organisation="Small",
        charity_number="1170009",
        amount_pence=1_000_000,
        route=Route.COMMISSIONED,
    )
    award(record, replace(small, route_reason=""), notice="042/2026")
    longer = replace(BOXING, amount_pence=200_000, route=Route.EXTENSION, route_reason="")
    award(record, replace(longer, extends="A-040-01"), notice="043/2026")

    year = record.ask(partial(contracts, order=order("contracts", "2026/27")))
    other = record.ask(partial(contracts, order=order("contracts", "2026/27-Q4")))

    assert [(one.recipient, one.amount_pence, one.option_years) for one in year.contracts] == [
        ("Westmarch Youth Boxing", 1_200_000, 2),
        ("Westmarch Youth Boxing", 200_000, 2),
    ]  # £2,000 alone is not over £10,000; with the contract that it extends it is
    assert year.control == "2 contracts, £14,000.00"
    pages = list_document(year, PaperStatus(NOW, "ab" * 32)).blocks
    parts = [part for of in pages if isinstance(of, Together) for part in of.blocks]
    told = [part.rows for part in parts if isinstance(part, Pairs)]
    assert [("Agreed on", "Not signed yet") in rows for rows in told] == [True, True]
    assert {dict(rows)["Decided by"] for rows in told} == {"Dan Decides, Chief Executive"}
    assert [dict(rows)["How it was awarded"] for rows in told] == [
        "Single tender. With A-043-01 £14,000.00 together",
        "Extension of A-040-01. With A-040-01 £14,000.00 together",
    ]
    assert (other.contracts, other.title) == (
        (),
        "Contracts over £10,000 awarded in Q4 2026/27, January to March 2027",
    )
    limits(record, contracts_over="£5,000")
    more = record.ask(partial(contracts, order=order("contracts", "2026/27")))
    assert [one.recipient for one in more.contracts] == [
        *("Westmarch Youth Boxing", "Small", "Westmarch Youth Boxing")
    ]


def test_a_contract_that_was_withdrawn_is_told_of_and_not_called_never_awarded(
    record: Record, tmp_path: Path
) -> None:
    set_up_office(record)
    of = award(record, BOXING)
    small = award(record, replace(BOXING, organisation="Small", amount_pence=90_000), notice="041/2026")
    for application in (of, small):
        record.perform(SetWithdrawn(direct(record), application, True, "not needed"), OFFICER)

    found = record.ask(partial(contracts, order=order("contracts", "2026/27")))
    other = record.ask(partial(contracts, order=order("contracts", "2026/27-Q4")))

    status = PaperStatus(NOW, "ab" * 32)
    said = list_document(found, status).blocks
    (told,) = found.gone  # £900 was never above the limit
    assert told.startswith(f"A-040-01 ({of}), {BOXING.organisation}: awarded £12,000.00 on ")
    assert any(isinstance(block, Heading) and block.text == "Taken back since" for block in said)
    assert first_words(list_document(found, status)).endswith("that was awarded in this period stands.")
    assert other.gone == ()
    assert first_words(list_document(other, status)).startswith("No contract above the limit was awarded")
    book = CalamineWorkbook.from_path(write_list_xlsx(found, status, tmp_path / "contracts.xlsx"))
    assert "Taken back since" in book.sheet_names


def test_grants_of_a_quarter_and_of_a_year_are_those_of_their_months(record: Record) -> None:
    half_paid(record)

    month = record.ask(partial(publication, order=order("publication", month=DECEMBER)))
    quarter = record.ask(partial(publication, order=order("publication", "2026/27-Q3")))
    year = record.ask(partial(publication, order=order("publication", "2026/27")))
    later = record.ask(partial(publication, order=order("publication", "2027/28")))

    assert month.awards == quarter.awards == year.awards != ()
    assert later.awards == ()
    assert quarter.title == "Grants awarded in Q3 2026/27, October to December 2026"


def test_a_list_of_one_fund_is_headed_with_its_name_however_it_was_asked_for(record: Record) -> None:
    half_paid(record)
    fund = record.ask(fund_list)[0]

    made = {
        "publication": publication,
        "spending": spending,
        "contracts": contracts,
        "subsidies": subsidy_list,
    }
    titles = [
        record.ask(partial(of, order=replace(order(kind, "2026/27"), fund=asked))).title
        for kind, of in made.items()
        for asked in (fund.code, fund.code.lower(), fund.name)
    ]

    assert [title for title in titles if not title.endswith(f", {fund.name}")] == []
