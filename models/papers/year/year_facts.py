"""What the record knows of one fund in one financial year: its pots and its awards."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from models.papers.order import TextPairs, Texts
from scoring.written.names import typed_key


class LineNames(Struct):
    """Names as they came first; figures that were recorded for two spellings of one stay apart."""

    first: dict[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    def keep_apart(self, recorded: Iterable[str]) -> None:
        """Note for which names there are figures of their own: to add them up would hide which is right."""
        names = list(dict.fromkeys(recorded))
        keys = [typed_key(name) for name in names]
        self.apart = frozenset(name for name, key in zip(names, keys, strict=True) if keys.count(key) > 1)

    def of(self, name: str) -> str:
        """Return the name that an area or a line goes by: as it was spelt first."""
        if name in self.apart:
            return name
        return self.first.setdefault(typed_key(name), name)


CARRY, ALLOCATION, OVER = "carry forward", "allocation", "over-commitment"
DEEDS = (CARRY, ALLOCATION, OVER)
"""What can be decided: what is carried forward, what the next year gets, and that too much was committed."""


class Spent(Struct, frozen=True):
    """What was spent up to a day, start-up money apart, and where the figure is from."""

    pence: int
    start_up_pence: int
    as_at: date
    source: str

    @property
    def whole_pence(self) -> int:
        return self.pence + self.start_up_pence


class YearDecision(Struct, frozen=True):
    """An amount that somebody decided, start-up money apart, with the reason.

    `left_pence` is what was left by subtraction when it was decided, None where nothing is subtracted.
    """

    pence: int
    start_up_pence: int
    reason: str
    decided_by: str
    decided_on: date
    left_pence: int | None = None

    @property
    def whole_pence(self) -> int:
        return self.pence + self.start_up_pence


class YearLine(Struct, frozen=True):
    """A line of a fund's year that is kept without a round, with its money."""

    name: str
    pot_pence: int
    start_up_pence: int = 0
    committed_pence: int = 0


class Allowance(Struct, frozen=True):
    """A tolerance of a round: by what percentage its pots may be passed, and who allows it.

    With an `area` it is what was allowed over that area's pot alone, in pence, and no percentage.
    """

    percent: Decimal
    authority: str
    area: str = ""
    pence: int = 0


class LineEnd(Struct, frozen=True):
    """What was recorded for one line, or one award of it: None where nothing was."""

    spent: Spent | None = None
    carried: YearDecision | None = None
    allocated: YearDecision | None = None
    authority: YearDecision | None = None

    @property
    def is_empty(self) -> bool:
        return self == NOTHING_RECORDED

    @property
    def carried_pence(self) -> int | None:
        """Return what is carried forward as decided, None before it is."""
        return None if self.carried is None else self.carried.whole_pence

    @property
    def allocated_pence(self) -> int | None:
        """Return what the next year gets as decided, None before it is."""
        return None if self.allocated is None else self.allocated.whole_pence

    @property
    def only_allocates(self) -> bool:
        """Whether nothing of this year was recorded, at most what the next one gets."""
        return (self.spent, self.carried, self.authority) == (None, None, None)


NOTHING_RECORDED = LineEnd()


NO_AREA = "No area"
"""The line of awards that are of no area."""
START_UP = "start-up"
"""The route of start-up money, which is no project's."""


class YearPot(Struct, frozen=True):
    """The money of one area in a year; start-up money is held apart from the pot.

    It is what is allocated to it with what was moved, else the pots of its rounds together. `committed_pence`
    was committed before, less what the office contributed and what was recovered of awards of other years,
    which lower what is spent too. `listed_pence` is
    the budget of a line that is kept without a round, where something else is allocated to it. `beyond_pence`
    is the part of `pot_pence` that no round's pot has: what was awarded of the fund's amount without a
    competition.
    """

    area: str
    pot_pence: int
    start_up_pence: int = 0
    committed_pence: int = 0
    brought_pence: int = 0
    contributed_pence: int = 0
    listed_pence: int | None = None
    recovered_pence: int = 0
    beyond_pence: int = 0

    @property
    def budget_pence(self) -> int:
        return self.pot_pence + self.start_up_pence


class YearAward(Struct, frozen=True):
    """One award of the year; `organisation_id` counts an organisation once, whatever it called itself.

    `choices` are the lines of its fund's lists: the list, and the line's words. `route` is how it came about
    without a competition, "" where there was one. `onward` are the grants that its recipient passes on: to
    whom, what for, and pence. `back_later_pence` came back of it in another year, and is in both of its sums.
    `awarded_pence` is as agreed; `proposed_pence` is what a variation proposes that both parties have not
    signed, None without one.
    """

    area: str
    organisation_id: int
    organisation: str
    project: str
    detail: str
    requested_pence: int
    awarded_pence: int
    spent_pence: int
    is_known: bool
    progress: str = ""
    reference: str = ""
    end: LineEnd = NOTHING_RECORDED
    choices: TextPairs = ()
    route: str = ""
    onward: tuple[tuple[str, str, int], ...] = ()
    back_later_pence: int = 0
    proposed_pence: int | None = None
    is_closed: bool = False

    def without_words(self) -> "YearAward":
        """Return it for sums alone, to somebody to whom it is closed."""
        bare = replace(self, organisation="", project="", detail="", progress="", choices=(), onward=())
        return replace(bare, end=NOTHING_RECORDED, is_closed=True)

    @property
    def adds_pence(self) -> int:
        """Return what a proposed variation adds to the agreed amount."""
        return max((self.proposed_pence or 0) - self.awarded_pence, 0)

    @property
    def is_project(self) -> bool:
        return self.route != START_UP

    @property
    def left_pence(self) -> int:
        return self.awarded_pence - self.spent_pence

    @property
    def carried_pence(self) -> int | None:
        """Return what is carried forward as decided for the award itself, None before it is."""
        return None if self.end.carried is None else self.end.carried.pence


def awarded_pence(awards: Iterable[YearAward]) -> int:
    return sum(award.awarded_pence for award in awards)


def spent_pence(awards: Iterable[YearAward]) -> int:
    return sum(award.spent_pence for award in awards)


class YearApplied(Struct, frozen=True):
    """One application of the year that was not withdrawn; `awarded_pence` is None without an award.

    One that waits for its decision is not `is_decided`, by the rule in `models.queries.deciding.settled`.
    """

    area: str
    organisation_type: str
    is_known: bool
    is_eligible: bool
    requested_pence: int
    awarded_pence: int | None
    is_decided: bool = True


class YearAsked(Struct, frozen=True):
    """How many applications an area had in a year, and what they asked for."""

    area: str
    count: int
    requested_pence: int


class FundYear(Struct, frozen=True):
    """A fund in a year; areas are in the order in which its rounds list them.

    `ends` is what was recorded at the end of the year for each area or line. `lines_apart` are those that
    have figures and are none of the year's areas or lines any more; `allowances` are its rounds' tolerances,
    and `allotted` is what the year before allocated to each line. `service_areas` are the lines of the
    fund's list, in its order; `by_panel` is that of its ways for what applied in a round, "" without one.
    `corrected` counts the applications whose amount asked for was corrected.
    """

    fund: str
    year: str
    pots: tuple[YearPot, ...]
    awards: tuple[YearAward, ...]
    asked: tuple[YearAsked, ...]
    amount_pence: int | None = None
    applied: tuple[YearApplied, ...] = ()
    ends: Mapping[str, LineEnd] = field(default_factory=dict)
    lines_apart: frozenset[str] = frozenset()
    allowances: tuple[Allowance, ...] = ()
    allotted: Mapping[str, int] = field(default_factory=dict)
    service_areas: Texts = ()
    by_panel: str = ""
    corrected: int = 0

    def with_beyond(self, allocated: Container[str]) -> "FundYear":
        """Return it with what was awarded of its amount beyond its rounds' pots in the budget of each line.

        An award without a competition draws on no round's pot, and leaves of it what was there; where money
        is allocated to its line, it draws on that.
        """
        spare, pots = (self.amount_pence or 0) - self.budget_pence, []
        for pot in self.pots:
            own = () if pot.area in allocated else self.of(pot.area)
            drawn = awarded_pence(award for award in own if award.route and award.is_project)
            beyond = max(min(drawn, spare), 0)
            spare -= beyond
            pots.append(replace(pot, pot_pence=pot.pot_pence + beyond, beyond_pence=beyond))
        return replace(self, pots=tuple(pots))

    def of(self, area: str) -> tuple[YearAward, ...]:
        return tuple(award for award in self.awards if award.area == area)

    @property
    def has_start_up(self) -> bool:
        """Whether there is start-up money in it: held apart from a pot, or awarded."""
        return any(pot.start_up_pence for pot in self.pots) or self.projects != self.awards

    @property
    def budget_pence(self) -> int:
        return sum(pot.budget_pence for pot in self.pots)

    @property
    def unpotted_pence(self) -> int:
        """Return what the fund has that is in no pot, as far as it is known what it has."""
        return max((self.amount_pence or 0) - self.budget_pence, 0)

    @property
    def overpotted_pence(self) -> int:
        """Return by how much the pots are more than what the fund has, where that is known."""
        return 0 if self.amount_pence is None else max(self.budget_pence - self.amount_pence, 0)

    @property
    def beyond_pence(self) -> int:
        return sum(pot.beyond_pence for pot in self.pots)

    @property
    def recovered_pence(self) -> int:
        return sum(pot.recovered_pence for pot in self.pots)

    @property
    def earlier_pence(self) -> int:
        """Return what the pots had committed before, with what is taken off of that."""
        return sum(pot.committed_pence for pot in self.pots) + self.given_pence + self.recovered_pence

    @property
    def back_later_pence(self) -> int:
        """Return what came back of the awards in other years, which their sums here leave out."""
        return sum(award.back_later_pence for award in self.awards)

    @property
    def without_area(self) -> tuple[YearAward, ...]:
        return self.of(NO_AREA)

    @property
    def uncompeted(self) -> tuple[YearAward, ...]:
        return tuple(award for award in self.awards if award.route)

    @property
    def judged(self) -> tuple[YearApplied, ...]:
        return tuple(one for one in self.applied if one.is_decided)

    @property
    def competed(self) -> tuple[YearAward, ...]:
        return tuple(award for award in self.awards if not award.route)

    @property
    def projects(self) -> tuple[YearAward, ...]:
        return tuple(award for award in self.awards if award.is_project)

    def end_of(self, area: str) -> LineEnd:
        return self.ends.get(area, NOTHING_RECORDED)

    @property
    def given_pence(self) -> int:
        """Return what the office itself gave, which is taken off what is committed."""
        return sum(pot.contributed_pence for pot in self.pots)

    def carried_of_awards(self) -> dict[YearAward, int | None]:
        """Return what is carried forward of each award: as decided for it, None where nothing is.

        Where its area carries all that is left of its awards, that is what is left of each.
        """
        own = {one: one.left_pence if one.carried_pence is None else one.carried_pence for one in self.awards}
        of_areas = Counter[str]()
        for one, pence in own.items():
            of_areas[one.area] += pence
        return {
            one: pence if self.end_of(one.area).carried_pence == of_areas[one.area] else one.carried_pence
            for one, pence in own.items()
        }


class FundAmount(Struct, frozen=True):
    """What a fund has for a year, and where the money comes from."""

    fund: str
    year: str
    money: str
    amount_pence: int
