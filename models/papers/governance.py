"""The report across funds to the group that governs the Commissioner's grants, of one financial year."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from models.papers.order import Counts, Paper, Texts
from scoring.budget.figures import Figures, whole
from scoring.budget.limits import SpendingPlan
from scoring.money import pounds
from scoring.written.text import counted

Sums = tuple[int | None, int | None, int | None, int | None, int | None]
"""What is allocated, committed, decided, paid and left in pence, None where it is not known."""
Part = Literal["standing", "earlier", "adds", "held", "given"]


class ReportedSource(Struct, frozen=True):
    """Where a part of a fund's money comes from, in pence; one that lapses does so after `ends_on`."""

    words: str
    amount_pence: int
    ends_on: date | None


class Line(Struct, frozen=True):
    """A line of figures: a fund's or an area's `own`, what the office gave to it, and the sums of several.

    `all` is what areas come to before what the office gave. Of a fund it has the amount of the year, what
    came from the year before, and what is not allocated, None where that is not known.
    """

    kind: Literal["own", "given", "all", "total", "funds"]
    sums: Sums
    name: str = ""
    amount_pence: int | None = None
    carried_pence: int | None = None
    unallocated_pence: int | None = None


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

    @property
    def settled(self) -> int:
        return self.decided - self.undecided


class ReportedPlan(Struct, frozen=True):
    """How a line's share is to be spent; `to_settle` are sentences on what is missing or not paid for."""

    area: str
    plan: SpendingPlan
    to_settle: Texts

    @property
    def frontline(self) -> Decimal:
        return self.plan.frontline_percent or Decimal(0)

    @property
    def totals(self) -> tuple[int, int, int, int]:
        """Return what is planned, awarded and spent in all, and planned but not spent yet."""
        lines = self.plan.lines
        return (
            sum(line.planned_pence for line in lines),
            sum(line.awarded_pence for line in lines),
            sum(line.spent_pence for line in lines),
            sum(line.left_pence for line in lines),
        )


def added(figures: Iterable[int | None]) -> int | None:
    """Return the sum of those that are known, None where none is."""
    known = [one for one in figures if one is not None]
    return sum(known) if known else None


def _added(lines: Sequence[Line]) -> Sums:
    first, second, third, fourth, fifth = map(added, zip(*(line.sums for line in lines), strict=True))
    return first, second, third, fourth, fifth


def _given(pence: int) -> Line:
    """Return the line of what the office gave: it is less committed, decided and paid, and more left."""
    return Line("given", (None, -pence, -pence, -pence, pence))


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
    `earlier_pence` was committed before the rounds, `adds_pence` is what proposed variations add to awards,
    `held_pence` is in pots above what awards hold, and
    `start_up_pence` of what is allocated is start-up money. `lapsing` are sentences on money that lapses
    while projects run on. `start_up_apart_pence` is the start-up money that rounds hold apart and no award
    has, where nothing is allocated. `carried` is what came from the year before, beside the year's amount,
    each with who decided that, and `shared` are sentences on areas that share a pot and on what is proposed.
    `recovered_pence` came back in the year of awards of other years, and is taken off
    what the figures have committed, decided and paid.
    """

    fund: str
    amount_pence: int | None
    figures: Figures
    areas: tuple[tuple[str, Figures], ...]
    sources: tuple[ReportedSource, ...]
    rounds: tuple[ReportedRound, ...]
    changes: Texts
    plans: tuple[ReportedPlan, ...] = ()
    is_printed: bool = False
    contributed: Counts = ()
    earlier_pence: int = 0
    adds_pence: int = 0
    held_pence: int = 0
    start_up_pence: int = 0
    lapsing: Texts = ()
    start_up_apart_pence: int = 0
    carried: tuple[ReportedSource, ...] = ()
    shared: Texts = ()
    recovered_pence: int = 0

    @property
    def carried_pence(self) -> int:
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
        several = whole([figures for _, figures in self.areas])
        return None, *before_given(several, self.contributed_pence)[1:4], None

    @property
    def uncommitted_pence(self) -> int | None:
        """Return what of the year's money is neither committed nor held, None where it is not known."""
        committed = self.sums[1]
        if self.money_pence is None or committed is None:
            return None
        return self.money_pence - (committed - self.contributed_pence) - self.start_up_apart_pence

    @property
    def committed_pence(self) -> int:
        return (self.sums[1] or 0) - self.contributed_pence

    @property
    def paid_pence(self) -> int:
        """Return what is paid, less what came back and what the office gave."""
        return (self.sums[3] or 0) - self.contributed_pence

    @property
    def overcommitted_pence(self) -> int:
        return max(-(self.uncommitted_pence or 0), 0)

    @property
    def is_committed_unallocated(self) -> bool:
        """Whether something is committed although nothing is allocated."""
        rest, is_allocated = self.uncommitted_pence, self.figures.allocated_pence is not None
        return rest is not None and not is_allocated and self.committed_pence != 0

    @property
    def is_as_printed(self) -> bool:
        """Whether its year is kept as it was printed, so that the record has no figures to set beside."""
        return self.is_printed and not (self.areas or self.rounds)

    @property
    def has_more(self) -> bool:
        """Whether anything is to be told of it but that its year is kept as it was printed."""
        told = self.sources or self.carried or self.plans or self.changes
        return bool(told) or not self.is_as_printed

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be told of its year."""
        told = self.sources or self.areas or self.rounds or self.plans or self.changes
        return not (told or self.is_printed)

    @property
    def every_source(self) -> tuple[ReportedSource, ...]:
        return (*self.sources, *self.carried)

    @property
    def sources_pence(self) -> int:
        return sum(one.amount_pence for one in self.every_source)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the figures of each area, what the office gave below them, and the sums of several."""
        own = [Line("own", sums, area) for area, sums in self.area_sums]
        gave = [_given(self.contributed_pence)] if self.contributed_pence else []
        whole_fund = Line("all", self.sums)
        rows = [*own, *([whole_fund] if gave and len(own) > 1 else []), *gave]
        return (*rows, *([Line("total", _added([whole_fund, *gave]))] if len(rows) > 1 else []))

    @property
    def bridge(self) -> tuple[tuple[Part, int], ...]:
        """Return how awards lead to what is committed or held, each part in pence."""
        parts: tuple[tuple[Part, int], ...] = (
            ("standing", self.sums[2] or 0),
            ("earlier", self.earlier_pence),
            ("adds", self.adds_pence),
            ("held", self.held_pence),
            ("given", -self.contributed_pence),
        )
        return tuple(part for part in parts if part[1])

    @property
    def area_sums(self) -> tuple[tuple[str, Sums], ...]:
        """Return the same of each area or service line."""
        gave = dict(self.contributed)
        return tuple((area, before_given(figures, gave.get(area, 0))) for area, figures in self.areas)


def _of_fund(fund: ReportedFund) -> Line:
    money = fund.money_pence
    rest = None if money is None else money - (fund.figures.allocated_pence or 0)
    carried = fund.carried_pence if fund.carried else None
    return Line("own", fund.sums, fund.fund, fund.amount_pence, carried, rest)


class GovernanceReport(Paper, frozen=True):
    """A whole report on one financial year."""

    year: str
    funds: tuple[ReportedFund, ...]

    @property
    def as_printed(self) -> tuple[ReportedFund, ...]:
        return tuple(fund for fund in self.funds if fund.is_as_printed)

    @property
    def idle(self) -> tuple[ReportedFund, ...]:
        """Return the funds of whose year nothing is to be told but that, where there are several."""
        found = tuple(fund for fund in self.funds if fund.is_idle)
        return found if len(found) > 1 else ()

    @property
    def told(self) -> tuple[ReportedFund, ...]:
        return tuple(fund for fund in self.funds if fund not in self.idle and fund.has_more)

    @property
    def is_allocated(self) -> bool:
        return any(fund.figures.allocated_pence is not None for fund in self.funds)

    @property
    def lacks_allocation(self) -> bool:
        """Whether some areas have no figure for what is left, and others have."""
        left = [figures.left_pence for fund in self.funds for _, figures in fund.areas]
        return None in left and any(pence is not None for pence in left)

    @property
    def is_mixed(self) -> bool:
        return any(len({one.allocated_pence is None for _, one in fund.areas}) > 1 for fund in self.funds)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return each fund's figures, what the office gave to it below them, and the sums of several."""
        rows = list[Line]()
        for fund in self.funds:
            if not fund.is_as_printed:
                rows.append(_of_fund(fund))
                rows += [_given(fund.contributed_pence)] if fund.contributed_pence else []
        if len(rows) < 2:
            return tuple(rows)
        sums = ("amount_pence", "carried_pence", "unallocated_pence")
        known = (added(getattr(row, of) for row in rows) for of in sums)
        return (*rows, Line("funds", _added(rows), "", *known))

    @property
    def title(self) -> str:
        return f"Grant funds {self.year}: report across funds"

    @property
    def control(self) -> str:
        """Return count and sum in words, or that no sum is known."""
        is_known = any(fund.amount_pence is not None for fund in self.funds)
        amounts = pounds(self.amount_pence) if is_known else "no amount of the year recorded"
        return f"{counted(len(self.funds), 'fund')}, {amounts}"

    @property
    def amount_pence(self) -> int:
        return sum(fund.amount_pence or 0 for fund in self.funds)
