"""The sample's office: what it says of itself, the year's money of its funds, and what was changed in it."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import repeat

from msgspec.structs import replace

from cli.sample.made_up import Words, made_up
from models.operation import Actor
from models.operations.awards.budget import Contribute, Given, MoveMoney, SetSpendingPlan, allocating
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.direct_awards import AddDirectAward
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.decision_lines import LineDecision
from models.operations.set_up.fund_changes import RenameFund, SetFund, SetFundYear
from models.operations.set_up.office import FactChange, SetOfficeFacts
from models.operations.set_up.people import NameSignatories
from models.papers.office import FROM_THE_START
from models.papers.year.year_facts import YearDecision
from models.queries.deciding.signatories import Signatory
from models.queries.set_up.funds import Fund, FundYearMoney, fund_list
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.reference.defaults import Source, SourceKind
from models.reference.sign_off import SignOff
from models.values.awards import WithheldName
from models.values.direct_award import DIRECT_ROUND, DirectAward
from models.values.rounds import RoundKey
from scoring.budget.spending_plan import SpendingPlan

YEAR = "2026/27"
CHIEF = "Magnus Thistlewood, Chief Executive"
FACTS = made_up("office", Words)
"""What the office says of itself."""
PROJECTS, COUNCILS = (made_up(name, dict[str, int]) for name in ("projects", "councils"))
"""Project money of two funds by area, in pence; each of the first has £3,000 to start up with as well."""
PLANS = made_up("plans", dict[str, SpendingPlan])
SHARE, REFUGE = (made_up(name, DirectAward) for name in ("share", "refuge"))
WITHHELD = made_up("withheld", WithheldName)
START_UP = 300_000
REFERENCE = "CSF-D26-001"
POWER = "Police Reform and Social Responsibility Act 2011, section 9"
"""The power where a fund has none of its own."""
JOINTLY = SignOff("decider", "Deputy Police and Crime Commissioner", ("Chief Finance Officer",))
PEOPLE = ("Leopold Ashdown-Reeve", "Sunniva Hartwell-Voss")
"""Who has each post of the joint step."""
DECIDED = timedelta(days=9)
"""How long ago: before the round in progress was, whose notice has the next number."""
COMMISSIONER = "Ottoline Merrivale-Crane"


def fill_in_office(record: Record, by: Actor) -> None:
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


def _allocate(record: Record, by: Actor, fund: Fund, given: dict[str, Given | None]) -> None:
    decided = YearDecision(0, 0, "", CHIEF, date(2026, 4, 1))
    asked = partial(allocating, fund=fund.name, year=YEAR, given=given, decision=decided)
    record.perform(record.ask(asked), by)


def decide_share(record: Record, fund: Fund, year: str, by: Actor) -> None:
    """Have the council's share proposed, and both posts of a joint step sign it."""
    chained = replace(fund.rules, chain=(JOINTLY,))
    record.perform(SetFund(fund.code, chained, fund.rules, "sign-off chain"), by)
    _decide(record, replace(fund, rules=chained), year, (REFERENCE, SHARE, PEOPLE, "030/2026"), by)


def decide_refuge(record: Record, fund: Fund, year: str, by: Actor) -> None:
    """Have a refuge's award decided, and its name withheld from the public."""
    reference = f"{fund.code}-D26-001"
    round_id = _decide(record, fund, year, (reference, REFUGE, (COMMISSIONER,), "029/2026"), by)
    record.perform(SetWithheldName(round_id, reference, WITHHELD, None), by)


def _decide(
    record: Record, fund: Fund, year: str, given: tuple[str, DirectAward, Sequence[str], str], by: Actor
) -> int:
    """Have an award proposed and signed by the people of its fund's one step, the last with a notice.

    Return its round.
    """
    reference, award, names, notice = given
    record.perform(AddDirectAward(RoundKey(fund.name, year, DIRECT_ROUND), reference, award), by)
    round_id = record.ask(find_round, name=DIRECT_ROUND, fund=fund.name, year=year)
    (step,) = fund.rules.chain
    people = tuple(Signatory(*one) for one in zip(names, repeat(step.role), step.posts, strict=False))
    record.perform(NameSignatories(round_id, people), by)
    for one in people:
        is_last = one is people[-1]
        signed = RecordDecisions(
            round_id,
            0,
            one.name,
            one.post,
            date.today() - DECIDED,
            "none",
            (LineDecision(reference),),
            notice=notice if is_last else "",
            legal_power=(fund.rules.legal_power or POWER) if is_last else "",
        )
        record.perform(signed, Actor(one.name, one.role))
    return round_id
