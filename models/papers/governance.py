"""The report across funds to the group that governs the Commissioner's grants, of one financial year."""

from datetime import date

from msgspec import Struct

from scoring.budget.figures import Figures
from scoring.budget.spending_plan import SpendingPlan
from scoring.counted import counted
from scoring.money import pounds
from scoring.schedule.letterhead import PLAIN, Letterhead


class ReportedSource(Struct, frozen=True):
    """Where a part of a fund's money comes from, in pence; one that lapses does so after `ends_on`."""

    words: str
    amount_pence: int
    ends_on: date | None


class ReportedRound(Struct, frozen=True):
    """A round of the year: its stage, and how many applications and awards it has."""

    name: str
    stage: str
    applications: int
    awards: int


class ReportedPlan(Struct, frozen=True):
    """How a line's share is to be spent; `to_settle` are sentences on what is missing or not paid for."""

    area: str
    plan: SpendingPlan
    to_settle: tuple[str, ...]


class ReportedFund(Struct, frozen=True):
    """One fund's year; `amount_pence` is None where none is recorded.

    `areas` are (area or service line, its figures). `changes` are sentences: moves between areas, money that
    the office gave, and who allowed more than there was. `is_printed` where the year's figures are kept as
    tables that were printed; `contributed_pence` is what the office itself gave, which the figures leave out.
    """

    fund: str
    amount_pence: int | None
    figures: Figures
    areas: tuple[tuple[str, Figures], ...]
    sources: tuple[ReportedSource, ...]
    rounds: tuple[ReportedRound, ...]
    changes: tuple[str, ...]
    plans: tuple[ReportedPlan, ...] = ()
    is_printed: bool = False
    contributed_pence: int = 0

    @property
    def sums(self) -> tuple[int | None, ...]:
        """Return what is allocated, committed, decided, paid and left, each None where it is not known.

        Nothing is left of what nobody allocated, but what is committed of it counts.
        """
        if self.figures.allocated_pence is None and self.areas:
            several = [figures for _, figures in self.areas]
            return (
                None,
                sum(one.committed_pence for one in several),
                sum(one.decided_pence for one in several),
                sum(one.paid_pence for one in several),
                None,
            )
        of = self.figures
        if of.allocated_pence is None:
            return (None,) * 5
        return of.allocated_pence, of.committed_pence, of.decided_pence, of.paid_pence, of.left_pence


class GovernanceReport(Struct, frozen=True):
    """A whole report on one financial year."""

    office: str
    year: str
    marking: str
    funds: tuple[ReportedFund, ...]
    letterhead: Letterhead = PLAIN

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return f"Grant funds {self.year}: report across funds"

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        return f"{counted(len(self.funds), 'fund')}, {pounds(self.amount_pence)}"

    @property
    def amount_pence(self) -> int:
        """Return the amounts of all funds that have one."""
        return sum(fund.amount_pence or 0 for fund in self.funds)
