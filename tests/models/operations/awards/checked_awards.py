"""Two awards to registered bodies, and a register that says something of each, for the tests of checks."""

from datetime import date
from functools import partial

from msgspec.structs import replace

from models.operations.awards.checks import LoadRegister, SetCheck
from models.operations.set_up.office import SetFund
from models.queries.awards.award_checks import DueDiligence, due_diligence
from models.queries.awards.registers import loaded_registers
from models.queries.set_up.funds import fund_list
from models.record import Record
from models.reference.fund_facts import with_fact
from models.values.diligence import CHARITY, PASSED, CheckResult, Extract, RegisterEntry
from tests.models.made_once import made_once
from tests.models.operations.deciding_rounds import DAY, FINANCE, decide, deciding_rows, recommended
from tests.models.rounds import OFFICER, application

EXTRACT = date(2026, 11, 1)
SEAGULLS, LANTERN = "1254367", "08123456"
LOOKED = date(2026, 11, 2)
PASS = CheckResult(PASSED, LOOKED)


@made_once
def awarded(record: Record, twice: bool = False, near: bool = False) -> Record:
    """A charity, Westmarch Seagulls, is awarded £1,000; a company, Lantern Yard Ltd, £2,000.

    `twice` has the charity get both; `near` has both at one address.
    """
    rows = (
        application(
            1,
            organisation="Westmarch Seagulls",
            charity_number=SEAGULLS,
            postcode="WM1 1AA",
            address="1 Made-up Street\nWestmarch",
        ),
        application(
            2,
            organisation="Lantern Yard Ltd",
            company_number=LANTERN,
            charity_number=SEAGULLS if twice else "",
            postcode="wm1 1aa" if near else "WM2 2BB",
            address="1 Made-Up Street, Westmarch" if near else "2 Made-up Street",
        ),
        application(3),
    )
    decide(recommended(record, replace(deciding_rows(), applications=rows)))
    return record


def load(record: Record, *entries: RegisterEntry, register: str = CHARITY, on: date = EXTRACT) -> str:
    """Load an extract with these entries, and return what is said of it."""
    held = record.ask(loaded_registers).get(register)
    extract = Extract(on, f"{register}.zip", 5_000, 0, entries)
    before = None if held is None else held.extract
    return record.perform(LoadRegister(register, extract, before), OFFICER).words


def check(record: Record, code: str, result: CheckResult | None = PASS, of: str = "ACF-001") -> str:
    """Record what came of a check, in the place of what stands."""
    line = next(line for line in diligence(record, of).lines if line.code == code)
    before = None if line.done is None else line.done.result
    return record.perform(SetCheck(1, of, code, result, before), FINANCE).words


def diligence(record: Record, of: str = "ACF-001", today: date = DAY) -> DueDiligence:
    found = record.ask(partial(due_diligence, round_id=1, application=of, today=today))
    assert found is not None
    return found


def require(record: Record, checks: str, asked: str = "") -> None:
    """Have the fund ask for some checks, and require some before an agreement."""
    fund = next(one for one in record.ask(fund_list) if one.rounds)
    rules = with_fact(with_fact(fund.rules, "required_checks", checks), "checks", asked)
    record.perform(SetFund(fund.code, rules, fund.rules), OFFICER)
