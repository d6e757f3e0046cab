"""The report across funds to the group that governs the Commissioner's grants, of one financial year."""

from datetime import date

from msgspec import Struct

from scoring.budget.figures import Figures, whole
from scoring.budget.spending_plan import SpendingPlan
from scoring.counted import counted
from scoring.money import pounds
from scoring.schedule.values import PLAIN, Letterhead

Sums = tuple[int | None, int | None, int | None, int | None, int | None]
"""What is allocated, committed, decided, paid and left in pence, None where it is not known."""


class ReportedSource(Struct, frozen=True):
    """Where a part of a fund's money comes from, in pence; one that lapses does so after `ends_on`."""

    words: str
    amount_pence: int
    ends_on: date | None


class ReportedRound(Struct, frozen=True):
    """A round of the year: its stage, and how many applications that were not withdrawn and awards it has.

    `decided` of its applications wait for no decision any more; `undecided` of these were never decided, as
    their round or area was closed with them. `held_pence` is what its pots hold above
    what is decided. One that `is_direct` had no competition.
    """

    name: str
    stage: str
    applications: int
    awards: int
    decided: int = 0
    held_pence: int = 0
    is_direct: bool = False
    undecided: int = 0


class ReportedPlan(Struct, frozen=True):
    """How a line's share is to be spent; `to_settle` are sentences on what is missing or not paid for."""

    area: str
    plan: SpendingPlan
    to_settle: tuple[str, ...]


def before_given(figures: Figures, gave_pence: int) -> Sums:
    """Return figures before what the office itself gave was taken off what is committed, decided and paid."""
    return (
        figures.allocated_pence,
        figures.committed_pence + gave_pence,
        figures.decided_pence + gave_pence,
        figures.paid_pence + gave_pence,
        None if figures.left_pence is None else figures.left_pence - gave_pence,
    )


class ReportedFund(Struct, frozen=True):
    """One fund's year; `amount_pence` is None where none is recorded.

    `areas` are (area or service line, its figures). `changes` are sentences: moves between areas, money that
    the office gave, who allowed more than there was, and what became of awards. `is_printed` where the year's
    figures are kept as tables that were printed; `contributed` is what the office itself gave to each line,
    which is taken off what the figures have committed, decided and paid. Of the fund's figures,
    `earlier_pence` was committed before the rounds, `held_pence` is in pots above what is decided, and
    `start_up_pence` of what is allocated is start-up money. `lapsing` are sentences on money that lapses
    while projects run on. `start_up_apart_pence` is the start-up money that rounds hold apart and no award
    has, where nothing is allocated. `carried` is what came from the year before, beside the year's amount,
    each with who decided that, and `shared` are sentences on areas that share a pot; nothing on reports
    issued without them. `recovered_pence` came back in the year of awards of other years, and is taken off
    what the figures have committed, decided and paid.
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
    contributed: tuple[tuple[str, int], ...] = ()
    earlier_pence: int = 0
    held_pence: int = 0
    start_up_pence: int = 0
    lapsing: tuple[str, ...] = ()
    start_up_apart_pence: int = 0
    carried: tuple[ReportedSource, ...] = ()
    shared: tuple[str, ...] = ()
    recovered_pence: int = 0

    @property
    def carried_pence(self) -> int:
        """Return what was carried forward into the year."""
        return sum(one.amount_pence for one in self.carried)

    @property
    def money_pence(self) -> int | None:
        """Return the year's amount with what was carried forward into it, None where it is not known."""
        return None if self.amount_pence is None else self.amount_pence + self.carried_pence

    @property
    def contributed_pence(self) -> int:
        """Return what the office itself gave to the lines that the fund's figures are of."""
        is_known = self.figures.allocated_pence is not None
        apart = {area for area, one in self.areas if is_known and one.allocated_pence is None}
        return sum(pence for line, pence in self.contributed if line not in apart)

    @property
    def sums(self) -> Sums:
        """Return the fund's figures before what the office gave, each None where it is not known.

        Nothing is left of what nobody allocated, but what is committed of it counts.
        """
        if self.figures.allocated_pence is not None:
            return before_given(self.figures, self.contributed_pence)
        if not self.areas:
            return None, None, None, None, None
        added = whole([figures for _, figures in self.areas])
        return None, *before_given(added, self.contributed_pence)[1:4], None

    @property
    def uncommitted_pence(self) -> int | None:
        """Return what of the year's money is neither committed nor held, None where it is not known."""
        committed = self.sums[1]
        if self.money_pence is None or committed is None:
            return None
        return self.money_pence - (committed - self.contributed_pence) - self.start_up_apart_pence

    @property
    def area_sums(self) -> tuple[tuple[str, Sums], ...]:
        """Return the same of each area or service line."""
        gave = dict(self.contributed)
        return tuple((area, before_given(figures, gave.get(area, 0))) for area, figures in self.areas)


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
        """Return count and sum in words, or that no sum is known."""
        is_known = any(fund.amount_pence is not None for fund in self.funds)
        amounts = pounds(self.amount_pence) if is_known else "no amount of the year recorded"
        return f"{counted(len(self.funds), 'fund')}, {amounts}"

    @property
    def amount_pence(self) -> int:
        """Return the amounts of all funds that have one."""
        return sum(fund.amount_pence or 0 for fund in self.funds)
