"""The sample's office: what it says of itself, the year's money of its funds, and what was changed in it."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from cli.sample.direct_awards import decide_refuge, decide_share
from models.operation import Actor
from models.operations.awards.budget import Contribute, MoveMoney, SetSpendingPlan
from models.operations.awards.budget_rules import allocating
from models.operations.set_up.fund_changes import RenameFund, SetFundYear
from models.operations.set_up.office_facts import FactChange, SetOfficeFacts
from models.papers.year.year_end import YearDecision
from models.queries.set_up.funds import Fund, FundYearMoney, fund_list
from models.reference.fund_defaults import Source, SourceKind
from models.values.office import FROM_THE_START
from scoring.budget.spending_plan import PlanLine, SpendingPlan

if TYPE_CHECKING:
    from models.operations.awards.budget_rules import Given
    from models.record import Record

YEAR = "2026/27"
CHIEF = "Magnus Thistlewood, Chief Executive"
FACTS = {
    "short_name": "Sample office",
    "force": "Sample Police",
    "address": "Sample House\n1 Example Street\nSampleton\nZZ1 1ZZ",
    "telephone": "01632 960000",
    "email": "grants@sample-office.example",
    "website": "https://sample-office.example",
    "contact_name": "Imogen Fairweather",
    "contact_post": "Grants Officer",
    "chief_executive_name": "Magnus Thistlewood",
    "chief_executive_post": "Chief Executive",
    "agreement_days": "10",
}
"""What the office says of itself; telephone and postcode are of those kept for fiction."""

PROJECTS = {
    "Birmingham East": 3_200_000,
    "Birmingham West": 3_400_000,
    "Coventry": 2_400_000,
    "Dudley": 2_900_000,
    "Sandwell": 2_800_000,
    "Solihull": 2_500_000,
    "Walsall": 2_500_000,
    "Wolverhampton": 2_600_000,
}
"""Project money of the Active Citizens Fund by area, in pence; each has £3,000 to start up with as well."""
START_UP = 300_000
COUNCILS = {"Coventry": 48_000_000, "Dudley": 31_500_000}
PLANS = {
    "Coventry": SpendingPlan(
        "Safer evenings in the city centre",
        Decimal(70),
        "",
        pays_statutory=False,
        lines=(
            PlanLine("Street wardens in the evening", 30_000_000, 30_000_000, 0),
            PlanLine("Outreach of a night shelter", 18_000_000, 10_000_000, 0),
        ),
    ),
    "Dudley": SpendingPlan(
        "Work with young people in schools",
        Decimal(45),
        "Prevention in schools is what the area's own figures ask for first",
        pays_statutory=False,
    ),
}


def fill_in_office(record: "Record", by: Actor) -> None:
    """Enter the office's facts, the money of its funds' year, and the changes in it."""
    changes = tuple(FactChange(key, value, FROM_THE_START) for key, value in FACTS.items())
    record.perform(SetOfficeFacts(changes), by)
    funds = {fund.code: fund for fund in record.ask(fund_list)}
    for code, money in _years().items():
        stood = next((year for year in funds[code].years if year.year == YEAR), None)
        record.perform(SetFundYear(code, YEAR, money, stood), by)
    projects: dict[str, Given | None] = {area: (pence, START_UP) for area, pence in PROJECTS.items()}
    _allocate(record, by, funds["ACF"], projects)
    _allocate(record, by, funds["VF"], {"Force-wide": (16_000_000, None)})
    _allocate(record, by, funds["CSF"], {line: (pence, None) for line, pence in COUNCILS.items()})
    acf, safety = funds["ACF"].name, funds["CSF"].name
    moved = "Dudley has more groups that have never applied, and asks them to its second round"
    record.perform(MoveMoney(acf, YEAR, "Solihull", "Dudley", 50_000, moved, CHIEF), by)
    record.perform(Contribute(acf, YEAR, "Walsall", 184_200, "The office's own share of the open day"), by)
    renamed = RenameFund("EYI", "Early Help for Young People Fund", date(2026, 4, 1))
    record.perform(renamed, by)
    for line, plan in PLANS.items():
        record.perform(SetSpendingPlan(safety, YEAR, line, plan), by)
    decide_share(record, funds["CSF"], YEAR, by)
    decide_refuge(record, funds["VF"], YEAR, by)


def _years() -> dict[str, FundYearMoney]:
    crime = Source(YEAR, SourceKind.CRIME, 21_000_000)
    held = Source(YEAR, SourceKind.PROPERTY, 6_000_000)
    ministry = Source(YEAR, SourceKind.MINISTRY, 18_000_000, "", date(2028, 3, 31))
    precept = Source(YEAR, SourceKind.PRECEPT, 90_000_000)
    return {
        "ACF": FundYearMoney(YEAR, 27_000_000, (crime, held)),
        "VF": FundYearMoney(YEAR, 18_000_000, (ministry,)),
        "CSF": FundYearMoney(YEAR, 90_000_000, (precept,)),
    }


def _allocate(record: "Record", by: Actor, fund: Fund, given: "dict[str, Given | None]") -> None:
    decided = YearDecision(0, 0, "", CHIEF, date(2026, 4, 1))
    asked = partial(allocating, fund=fund.name, year=YEAR, given=given, decision=decided)
    record.perform(record.ask(asked), by)
