"""Setting up the office: its name and its funds."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_funds import put_fund, refuse_near_fund, remove_fund, taken_names
from models.operations.rows.writing import put
from models.operations.set_up.fund_changes import check_other_names
from models.papers.office import FROM_THE_START
from models.queries.awards.budget import has_year_figures
from models.queries.set_up.funds import fund_list
from models.reference.fund_checks import check_fund
from models.reference.fund_defaults import FundDefaults
from models.schema.set_up import office_fact_table, office_table
from models.session import Session
from scoring.counted import counted
from scoring.refused import Refused

NO_FUNDS = "The record has no fund yet: add one, from a template or empty."


class SetUpOffice(RegisteredOperation, frozen=True):
    """Give a new record its funds, and the office its name ("" for none yet). A barrier: it comes first."""

    kind: ClassVar[str] = "set up office"
    is_barrier: ClassVar[bool] = True
    name: str
    funds: tuple[FundDefaults, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Set up the office"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the office and its funds in; refused where it is set up already."""
        if session.scalar(select(func.count()).select_from(office_table)):
            raise Refused("The office is set up already. Add a fund instead.")
        put(session, office_table, [{"id": 1, "set_up_at": at}])
        if self.name:
            name = {"key": "name", "from_on": FROM_THE_START, "value": self.name}
            put(session, office_fact_table, [name])
        for fund in self.funds:
            put_fund(session, fund)
        names = ", ".join(fund.name for fund in self.funds)
        words = f"The record has {counted(len(self.funds), 'fund')}: {names}." if names else NO_FUNDS
        return Outcome(frozenset({Topic.RECORD, Topic.FUNDS}), None, words)


class AddFund(RegisteredOperation, frozen=True):
    """Add a fund with what its rounds start from."""

    kind: ClassVar[str] = "add fund"
    fund: FundDefaults

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Add the fund {self.fund.name}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that is the code of another fund, and a code that is a name: either finds a fund."""
        fund = self.fund
        if not taken_names(session, [fund]):
            names = fund.name, fund.code, *fund.also_known_as
            check_other_names(session, None, names)
            refuse_near_fund(session, None, names)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the fund in; refused where one has its name or code."""
        taken = taken_names(session, [self.fund])
        if taken:
            raise Refused(
                f"The fund {taken[0]} is there already, or had that name. Choose another name and code."
            )
        check_fund(self.fund)
        put_fund(session, self.fund)
        return Outcome(
            frozenset({Topic.FUNDS}), RemoveFund(self.fund), f"The fund {self.fund.name} was added."
        )


class RemoveFund(RegisteredOperation, frozen=True):
    """Take a fund out that has no round."""

    kind: ClassVar[str] = "remove fund"
    fund: FundDefaults

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Remove the fund {self.fund.name}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it out; refused where a round is of it, or figures of a year are."""
        fund = next((one for one in fund_list(session) if one.code == self.fund.code), None)
        if fund is None:
            raise Refused(f"There is no fund {self.fund.name} in this record.")
        if fund.rounds:
            raise Refused(f"{fund.name} has a round. Remove the round first.")
        if has_year_figures(session, fund.fund_id):
            raise Refused(f"{fund.name} has figures of a year on Budget or Year end. Remove those first.")
        if len(fund.names) > 1 or fund.closed_on is not None:
            raise Refused(f"{fund.name} was renamed or closed, and its names stay reserved. Leave it closed.")
        remove_fund(session, fund.fund_id)
        return Outcome(frozenset({Topic.FUNDS}), AddFund(fund.whole()), f"The fund {fund.name} was removed.")
