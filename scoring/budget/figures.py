"""What an area of a fund is allocated in a year, and what of it is committed, decided, paid and left.

Worked example: £100,000.00 for projects, £5,000.00 start-up money and £8,000.00
carried forward; an open round has a pot of £20,000.00 of which £12,500.00 is decided, and a closed one
decided £30,000.00. Allocated is 113,000; committed 20,000 + 30,000 = 50,000; decided 42,500; left 63,000, of
which 58,000 is project money.
"""

from collections.abc import Sequence
from functools import reduce
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from scoring.money import short_pounds
from scoring.written.names import text_key
from scoring.written.text import listed

S = TypeVar("S", bound=Struct)


def _added(before: S, after: S) -> S:
    """Return a value whose amounts are those of both, unknown ones as none; all else is of the second."""
    names = [name for name in after.__struct_fields__ if name.endswith("_pence")]
    return replace(
        after, **{name: (getattr(before, name) or 0) + (getattr(after, name) or 0) for name in names}
    )


class Purses(Struct, frozen=True):
    """An amount in pence, the money for projects and start-up money apart."""

    project_pence: int = 0
    start_up_pence: int = 0

    @property
    def whole_pence(self) -> int:
        return self.project_pence + self.start_up_pence


NOTHING = Purses()


class Figures(Struct, frozen=True):
    """The five figures of an area or of a fund in pence; None is not known, since nothing is allocated."""

    allocated_pence: int | None
    committed_pence: int
    decided_pence: int
    paid_pence: int
    left_pence: int | None


def whole(found: Sequence[Figures]) -> Figures:
    """Return the sums of figures, without what is not known; nothing is known of none at all."""
    return reduce(_added, found, Figures(0, 0, 0, 0, 0)) if found else Figures(None, 0, 0, 0, None)


class RoundDraw(Struct, frozen=True):
    """What one round takes of an area's money.

    `decided_pence` are its awards as they stand, less what was recovered of them in the year; `earlier_pence`
    is what its pot had committed before the round. Only an open round holds its pot. `shared_with` names the
    areas that share the pot, this one among them: `pot_pence` is then its part of it. A round that
    `is_set_up` only has not begun; one that is neither is closed. `proposed_pence` is what variations change
    in it that both have not signed yet, below nothing where it is less.
    """

    name: str
    is_open: bool
    pot_pence: int
    earlier_pence: int = 0
    decided_pence: int = 0
    paid_pence: int = 0
    shared_with: tuple[str, ...] = ()
    is_set_up: bool = False
    proposed_pence: int = 0

    @property
    def agreed_pence(self) -> int:
        """Return what of `decided_pence` both have agreed: nothing that is proposed."""
        return self.decided_pence - self.proposed_pence

    @property
    def committed_pence(self) -> int:
        """Return what is decided or was before, and while the round is open what its pot holds above that."""
        used = self.decided_pence + self.earlier_pence
        return max(self.pot_pence, used) if self.is_open else used

    @property
    def held_pence(self) -> int:
        """Return what the pot of an open round holds above its decisions."""
        return self.committed_pence - self.decided_pence - self.earlier_pence


class Outside(Struct, frozen=True):
    """Awards of an area beside its rounds.

    `awarded_pence` is project money, `start_up_pence` is of the start-up purse. `recovered_pence` came back
    in this year of awards of earlier years. `proposed_pence` is what variations change that both have not
    signed yet, below nothing where it is less.
    """

    awarded_pence: int = 0
    start_up_pence: int = 0
    paid_pence: int = 0
    recovered_pence: int = 0
    proposed_pence: int = 0

    def __add__(self, other: "Outside") -> "Outside":
        return _added(self, other)


class AreaBudget(Struct, frozen=True):
    """The money of one area, or service line, of a fund in a year.

    `allocation` is None where none is recorded: nothing is refused there and nothing is left of it.
    `contributed_pence` is what the office itself gave, `allowed_pence` what an authority lets be committed
    above the project money.
    """

    area: str
    allocation: Purses | None = None
    carried: Purses = NOTHING
    moved_in_pence: int = 0
    moved_out_pence: int = 0
    rounds: tuple[RoundDraw, ...] = ()
    outside: Outside = Outside()
    contributed_pence: int = 0
    allowed_pence: int = 0

    @property
    def project_pence(self) -> int | None:
        """Return the project money: as allocated, carried forward and moved; None without an allocation."""
        if self.allocation is None:
            return None
        moved = self.moved_in_pence - self.moved_out_pence
        return self.allocation.project_pence + self.carried.project_pence + moved

    @property
    def start_up_pence(self) -> int | None:
        """Return the start-up money, what was carried forward of it included."""
        if self.allocation is None:
            return None
        return self.allocation.start_up_pence + self.carried.start_up_pence

    @property
    def start_up_left_pence(self) -> int:
        return (self.start_up_pence or 0) - self.outside.start_up_pence

    @property
    def allocated_pence(self) -> int | None:
        """Return all the money of the area, None where no allocation is recorded."""
        project = self.project_pence
        return None if project is None else project + (self.start_up_pence or 0)

    @property
    def project_committed_pence(self) -> int:
        """Return what is committed of the project money."""
        own = self.outside.awarded_pence - self.outside.recovered_pence - self.contributed_pence
        return own + sum(one.committed_pence for one in self.rounds)

    @property
    def project_used_pence(self) -> int:
        """Return what of the project money is decided or was before, without what pots hold above that."""
        return self.project_committed_pence - self.held_pence

    @property
    def held_pence(self) -> int:
        """Return what pots of open rounds hold of the project money above what is decided."""
        return sum(one.held_pence for one in self.rounds)

    @property
    def committed_pence(self) -> int:
        """Return what is committed: awards, what pots of open rounds hold above them, less contributions."""
        return self.project_committed_pence + self.outside.start_up_pence

    @property
    def decided_pence(self) -> int:
        """Return the awards as they stand today, less contributions."""
        outside = self.outside
        own = outside.awarded_pence + outside.start_up_pence - outside.recovered_pence
        return own - self.contributed_pence + sum(one.decided_pence for one in self.rounds)

    @property
    def proposed_pence(self) -> int:
        """Return what of the awards as they stand both have not signed, below nothing where it is less."""
        return self.outside.proposed_pence + sum(one.proposed_pence for one in self.rounds)

    @property
    def agreed_pence(self) -> int:
        return self.decided_pence - self.proposed_pence

    @property
    def proposed_words(self) -> str:
        """Return that what is decided has in it what is only proposed, and what is agreed; "" for nothing."""
        if not self.proposed_pence:
            return ""
        decided = f"{short_pounds(self.decided_pence)} is decided with what is proposed and not signed"
        return f"{self.area}: {decided} by both; {short_pounds(self.agreed_pence)} is agreed."

    @property
    def paid_pence(self) -> int:
        """Return what was paid less what was recovered, less contributions."""
        own = self.outside.paid_pence - self.outside.recovered_pence - self.contributed_pence
        return own + sum(one.paid_pence for one in self.rounds)

    @property
    def left_pence(self) -> int | None:
        """Return what is left, below nothing when over; None where no allocation is recorded."""
        allocated = self.allocated_pence
        return None if allocated is None else allocated - self.committed_pence

    @property
    def project_left_pence(self) -> int | None:
        """Return what is left of the project money, which rounds and moves draw on."""
        project = self.project_pence
        return None if project is None else project - self.project_committed_pence

    @property
    def figures(self) -> Figures:
        return Figures(
            self.allocated_pence, self.committed_pence, self.decided_pence, self.paid_pence, self.left_pence
        )


def together(areas: Sequence[AreaBudget]) -> AreaBudget:
    """Return areas that share a pot, each with an allocation, as one; a shared pot is one again."""
    if len(areas) == 1:
        return areas[0]
    return replace(
        reduce(_added, areas),
        area=f"{areas[0].area}, together with {listed([area.area for area in areas[1:]])},",
        allocation=reduce(_added, (area.allocation or NOTHING for area in areas)),
        carried=reduce(_added, (area.carried for area in areas)),
        rounds=_joined([draw for area in areas for draw in area.rounds]),
        outside=reduce(_added, (area.outside for area in areas)),
    )


def _joined(draws: Sequence[RoundDraw]) -> tuple[RoundDraw, ...]:
    """Return draws with those of one shared pot as one."""
    found: dict[object, RoundDraw] = {}
    for number, draw in enumerate(draws):
        key = (draw.name, draw.shared_with) if draw.shared_with else number
        found[key] = _added(found[key], draw) if key in found else draw
    return tuple(found.values())


class FundBudget(Struct, frozen=True):
    """A fund in a year: its amount, None where none is recorded, and its areas in their order."""

    fund: str
    year: str
    amount_pence: int | None
    areas: tuple[AreaBudget, ...] = ()

    @property
    def with_allocation(self) -> tuple[AreaBudget, ...]:
        """Return the areas that have an allocation: the fund's figures are the sums of theirs."""
        return tuple(area for area in self.areas if area.allocation is not None)

    @property
    def is_recorded(self) -> bool:
        return bool(self.with_allocation)

    @property
    def figures(self) -> Figures:
        return whole([area.figures for area in self.with_allocation])

    @property
    def shared_pence(self) -> int:
        """Return the allocations with start-up money, without what was carried forward or moved."""
        return sum(area.allocation.whole_pence for area in self.areas if area.allocation is not None)

    @property
    def unshared_pence(self) -> int | None:
        """Return what of the fund's amount is not allocated yet; None where no amount is recorded."""
        return None if self.amount_pence is None else self.amount_pence - self.shared_pence

    def sharing(self, area: str) -> tuple[AreaBudget, ...]:
        """Return the areas whose money is looked at together with one's, since they share a pot of the year.

        They are looked at one by one as long as any of them has no allocation.
        """
        found = {text_key(area)}
        pots = [set(map(text_key, draw.shared_with)) for one in self.areas for draw in one.rounds]
        for _ in pots:
            found = found.union(*(pot for pot in pots if not pot.isdisjoint(found)))
        areas = tuple(one for one in self.areas if text_key(one.area) in found)
        is_known = all(one.allocation is not None for one in areas)
        return areas if is_known and len(areas) > 1 else (self.of(area),)

    def of(self, area: str) -> AreaBudget:
        return next((one for one in self.areas if one.area == area), AreaBudget(area))
