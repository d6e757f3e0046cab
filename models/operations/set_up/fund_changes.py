"""Changing a fund: its rules, its name from a day on, its years' money, closing it and opening it again."""

from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.operation_base import SETTING, RegisteredOperation
from models.operations.rows.write_funds import refuse_near_fund, set_name, set_rules, set_year
from models.queries.awards.budget import fund_budget
from models.queries.set_up.funds import FIRST_DAY, Fund, FundYearMoney, fund_list
from models.reference.defaults import FundDefaults
from models.reference.fund_checks import LONGEST_NAME, cap_faults, check_fund, year_faults
from models.schema.set_up import area_table, fund_table, round_table
from models.session import Session, set_values
from models.trouble import refuse, required
from scoring.money import pounds
from scoring.written.names import is_same_text, text_key
from scoring.written.text import Refused

CHANGED = "The fund", "was changed", "change it"


class SetFund(RegisteredOperation, frozen=True):
    """Set what new rounds of a fund start from; `replacing` is what stood there, `what` names the change.

    Rounds that are open keep the rules of the day on which they were opened.
    """

    kind = "set fund"
    titled = "Change the fund {0.code}: {0.what}"
    told = "Changed the fund {1.name}: {0.what}."
    code: str
    rules: FundDefaults
    replacing: FundDefaults
    what: str = "its rules"

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where it does not keep what every fund must, or where another stands."""
        fund = the_fund(session, self.code)
        self.refuse_stale(fund.rules, *CHANGED)
        refuse(SETTING.fund(fund, self.rules))
        amounts = tuple((year.year, year.amount_pence) for year in fund.years)
        check_fund(replace(self.rules, amounts=amounts))
        check_other_names(session, fund, self.rules.also_known_as)
        set_rules(session, fund.fund_id, self.rules)
        return self.done(self.exchanged("rules"), fund)


class RenameFund(RegisteredOperation, frozen=True):
    """Give a fund another name from a day on; papers of earlier days keep the name of their day.

    `replacing` is the name that it had from just that day, "" for none. A `name` of "" takes it back.
    """

    kind = "rename fund"
    titled = "Rename the fund {0.code} to {0.name:or what it was}"
    told = (
        "{0.name:From {0.held_from:day} {2} is called {0.name}. Papers of earlier days keep the earlier name|"
        "The new name of {1.name} was taken back}."
    )
    code: str
    name: str
    held_from: date
    replacing: str = ""

    def check_at_entry(self, session: Session) -> None:
        """Refuse a name that another fund has in other letters."""
        if self.name:
            fund = the_fund(session, self.code)
            check_other_names(session, fund, (self.name,))
            refuse_near_fund(session, fund.fund_id, (self.name,))

    def apply(self, session: Session) -> Outcome:
        """Rename it; refused where another fund has, or once had, the name."""
        fund = the_fund(session, self.code)
        there = next((one.name for one in fund.names if one.held_from == self.held_from), "")
        self.refuse_stale(there, *CHANGED)
        if self.name:
            self._check(session, fund)
        elif self.held_from == FIRST_DAY or not there:
            raise Refused("A fund keeps its first name. Rename it from a later day.")
        set_name(session, fund.fund_id, self.name, self.held_from)
        return self.done(self.exchanged("name"), fund, fund.name_before(self.held_from))

    def _check(self, session: Session, fund: Fund) -> None:
        name = self.name
        if name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
            raise Refused(
                f"The name is longer than {LONGEST_NAME} characters or has spaces around it. Correct it."
            )
        check_other_names(session, fund, (name,))
        before = [one for one in fund.names if one.held_from < self.held_from]
        if before and before[-1].name == name:
            raise Refused(f"The fund is called {name} on that day already. Choose another name or day.")


class CloseFund(RegisteredOperation, frozen=True):
    """Close a fund from a day on, or (None) open it again; `replacing` is the day that stood there."""

    kind = "close fund"
    titled = "{0.closed_on:Close|Open} the fund {0.code}"
    told = (
        "{1.name} is {0.closed_on:closed from {0.closed_on:day}: no new round of it can be started|open "
        "again}."
    )
    code: str
    closed_on: date | None
    replacing: date | None = None

    def apply(self, session: Session) -> Outcome:
        """Close or open it; refused while a round of it is open."""
        fund = the_fund(session, self.code)
        self.refuse_stale(fund.closed_on, *CHANGED)
        if self.closed_on == fund.closed_on:
            raise Refused(f"{fund.name} is {'open' if fund.closed_on is None else 'closed'} already.")
        if self.closed_on is not None:
            self._check(session, fund)
        set_values(session, fund_table, {"id": fund.fund_id}, closed_on=self.closed_on)
        return self.done(self.exchanged("closed_on"), fund)

    def _check(self, session: Session, fund: Fund) -> None:
        of_round = area_table.c.round_id == round_table.c.id
        going_on = area_table.c.stage != "done"
        columns = select(round_table.c.name).outerjoin(area_table, of_round)
        mine = (round_table.c.fund_id == fund.fund_id) & (round_table.c.stage != "closed")
        unfinished = mine & (going_on | area_table.c.id.is_(None))
        running = session.scalars(columns.where(unfinished).order_by(round_table.c.id)).first()
        if running is not None:
            raise Refused(f"The round “{running}” of {fund.name} is not finished. Finish or remove it first.")


class SetFundYear(RegisteredOperation, frozen=True):
    """Set the money of a fund's year and where it comes from; None takes the year out.

    `replacing` is what stood there, None for nothing. Sources are named whole or not at all.
    """

    kind = "set fund year"
    titled = "Set the money of {0.code} for {0.year}"
    told = "{1.name} {0.money:has {0.money.amount_pence:pounds}|no longer has an amount} for {0.year}."
    code: str
    year: str
    money: FundYearMoney | None
    replacing: FundYearMoney | None = None

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where the sources do not add up to it, or a cap of the fund is above it."""
        fund = the_fund(session, self.code)
        self.refuse_stale(fund.year(self.year), *CHANGED)
        if self.money is None:
            set_year(session, fund.fund_id, self.year, None, ())
        else:
            self._check(fund, self.money)
            shared = fund_budget(session, (fund.fund_id, self.year)).shared_pence
            self._check_allocated(fund, self.money.amount_pence, shared)
            set_year(session, fund.fund_id, self.year, self.money.amount_pence, self.money.sources)
        return self.done(self.exchanged("money"), fund)

    def _check(self, fund: Fund, money: FundYearMoney) -> None:
        if {money.year, *(one.year for one in money.sources)} != {self.year}:
            raise Refused(f"The sources are not of {self.year}. Name the sources of one year.")
        faults = [*year_faults(self.year, money.amount_pence, money.sources)]
        if all(one.year <= self.year for one in fund.years):
            faults += cap_faults(fund.rules, self.year, money.amount_pence)
        refuse(*faults)

    def _check_allocated(self, fund: Fund, pence: int, shared: int) -> None:
        """Refuse an amount below what is allocated, unless it rises: allocations are lowered first."""
        is_raised = self.replacing is not None and pence >= self.replacing.amount_pence
        if pence < shared and not is_raised:
            raise Refused(
                f"{pounds(shared)} of {fund.name} is allocated for {self.year}, more than {pounds(pence)}. "
                "Lower the allocations on Budget first."
            )


def the_fund(session: Session, code: str) -> Fund:
    """Return the fund of a code; refused where there is none."""
    funds = {fund.code: fund for fund in fund_list(session)}
    listed = ", ".join(funds) or "none yet"
    return required(
        funds.get(code), f"There is no fund with the code {code} in this record. Its funds: {listed}."
    )


def check_other_names(session: Session, fund: Fund | None, names: tuple[str, ...]) -> None:
    """Refuse names that another fund than this (None for a new one) has, once had, or has as its code."""
    for other in fund_list(session):
        if fund is not None and other.fund_id == fund.fund_id:
            continue
        for name in names:
            if text_key(name) in other.name_keys() or is_same_text(name, other.code):
                raise Refused(f"“{name}” {_held(name, other)}. Choose another name.")


def _held(name: str, other: Fund) -> str:
    if is_same_text(name, other.name) or is_same_text(name, other.code):
        return "is the name or code of another fund"
    return f"stays reserved for {other.name}, which had it"
