"""What an area of a fund is allocated in a year, and what of it is committed, decided, paid and left.

Worked example: £100,000.00 for projects, £5,000.00 start-up money and £8,000.00
carried forward; an open round has a pot of £20,000.00 of which £12,500.00 is decided, and a closed one
decided £30,000.00. Allocated is 113,000; committed 20,000 + 30,000 = 50,000; decided 42,500; left 63,000, of
which 58,000 is project money.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from scoring.money import short_pounds
from scoring.written.names import text_key
from scoring.written.text import listed

S = TypeVar("S", bound=Struct)


def added(before: S, after: S) -> S:
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


class AwardMoney(Struct, frozen=True):
    """The money of an award in pence: the agreed amount, and what a change proposes, None without one.

    Both are before recoveries. Until both parties have signed a variation, or all signatories a decision,
    a round budget and a year's budget hold the larger of the two. Worked example: £28,000.00 is agreed and a
    variation proposes £18,333.00. Held are 28,000; 9,667 will come free once both have signed.
    """

    agreed_pence: int
    proposed_pence: int | None = None

    @property
    def held_pence(self) -> int:
        return max(self.agreed_pence, self.proposed_pence or 0)

    @property
    def adds_pence(self) -> int:
        """Return what the proposal adds to the agreed amount: held already, agreed only once both sign."""
        return self.held_pence - self.agreed_pence

    @property
    def frees_pence(self) -> int:
        """Return what comes free once both sign the proposal: held until then."""
        return 0 if self.proposed_pence is None else self.held_pence - self.proposed_pence


class ProposedSum(NamedTuple):
    """What proposals of several awards add to what is agreed, and what they free, in pence."""

    adds_pence: int = 0
    frees_pence: int = 0

    @classmethod
    def of(cls, money: Iterable[AwardMoney]) -> "ProposedSum":
        """Return the sums of the money of several awards."""
        rows = tuple(money)
        return cls(sum(one.adds_pence for one in rows), sum(one.frees_pence for one in rows))


class Figures(Struct, frozen=True):
    """The five figures of an area or of a fund in pence; None is not known, since nothing is allocated."""

    allocated_pence: int | None
    committed_pence: int
    decided_pence: int
    paid_pence: int
    left_pence: int | None


def proposed_words(adds_pence: int, frees_pence: int) -> str:
    """Return what proposed changes will free or add once all have signed; "" where they do neither."""
    frees = f"{short_pounds(frees_pence)} will come free" if frees_pence else ""
    adds = f"{short_pounds(adds_pence)} will be added to what is agreed" if adds_pence else ""
    found = " and ".join(filter(None, (frees, adds)))
    return f"{found} once all have signed." if found else ""


def without_words(references: Sequence[str]) -> str:
    """Say of which applications proposals are left out of the figures; "" for none."""
    if not references:
        return ""
    return (
        f"These figures do not include what is proposed for {listed(references)}: you cannot see that until "
        "it is decided."
    )


def whole(found: Sequence[Figures]) -> Figures:
    """Return the sums of figures, without what is not known; nothing is known of none at all."""
    return reduce(added, found, Figures(0, 0, 0, 0, 0)) if found else Figures(None, 0, 0, 0, None)


class RoundDraw(Struct, frozen=True):
    """What one round takes of an area's money.

    `decided_pence` are its awards as agreed, less what was recovered of them in the year; `adds_pence` is
    what proposed variations add to that, and is held as well; `frees_pence` is what of the held money comes
    free once both parties have signed. `earlier_pence` is what its pot had committed before the round. Only
    an open round holds its pot. `shared_with` names the areas that share the pot, this one among them:
    `pot_pence` is then its part of it. A round that `is_set_up` only has not begun; one that is neither is
    closed.
    """

    name: str
    is_open: bool
    pot_pence: int
    earlier_pence: int = 0
    decided_pence: int = 0
    paid_pence: int = 0
    shared_with: tuple[str, ...] = ()
    is_set_up: bool = False
    adds_pence: int = 0
    frees_pence: int = 0

    @property
    def used_pence(self) -> int:
        """Return what its awards hold, with what its pot had committed before."""
        return self.decided_pence + self.adds_pence + self.earlier_pence

    @property
    def committed_pence(self) -> int:
        """Return what is held or was committed before, and what an open round's pot holds above that."""
        return max(self.pot_pence, self.used_pence) if self.is_open else self.used_pence

    @property
    def reserved_pence(self) -> int:
        """Return what the pot of an open round holds above its awards."""
        return self.committed_pence - self.used_pence

    @property
    def over_pot_pence(self) -> int:
        """Return what the awards of an open round hold above its pot."""
        return self.committed_pence - self.pot_pence if self.is_open else 0


class Outside(Struct, frozen=True):
    """Awards of an area beside its rounds.

    `awarded_pence` is project money, `start_up_pence` is of the start-up purse, both as agreed.
    `recovered_pence` came back in this year of awards of earlier years. `adds_pence` is what proposed
    variations add to start-up money, and is held as well; `frees_pence` comes free once both have signed.
    """

    awarded_pence: int = 0
    start_up_pence: int = 0
    paid_pence: int = 0
    recovered_pence: int = 0
    adds_pence: int = 0
    frees_pence: int = 0

    def __add__(self, other: "Outside") -> "Outside":
        return added(self, other)


class AreaBudget(Struct, frozen=True):
    """The money of one area, or service line, of a fund in a year.

    `allocation` is None where none is recorded: nothing is refused there and nothing is left of it.
    `contributed_pence` is what the office itself gave, `allowed_pence` what an authority lets be committed
    above the project money; what of that is `tied_pence` was allowed for single awards, and covers no other.
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
    tied_pence: int = 0

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
        return (self.start_up_pence or 0) - self.start_up_held_pence

    @property
    def start_up_held_pence(self) -> int:
        """Return what start-up awards hold of the start-up money."""
        return self.outside.start_up_pence + self.outside.adds_pence

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
        """Return what awards hold of the project money or was before, without what pots hold above that."""
        return self.project_committed_pence - self.reserved_pence

    @property
    def reserved_pence(self) -> int:
        """Return what pots of open rounds hold of the project money above their awards."""
        return sum(one.reserved_pence for one in self.rounds)

    @property
    def project_pots_pence(self) -> int:
        """Return what is committed of the project money, without what awards hold above open pots."""
        return self.project_committed_pence - sum(one.over_pot_pence for one in self.rounds)

    @property
    def committed_pence(self) -> int:
        """Return what is committed: awards, what pots of open rounds hold above them, less contributions."""
        return self.project_committed_pence + self.start_up_held_pence

    @property
    def decided_pence(self) -> int:
        """Return the awards as agreed, less contributions."""
        outside = self.outside
        own = outside.awarded_pence + outside.start_up_pence - outside.recovered_pence
        return own - self.contributed_pence + sum(one.decided_pence for one in self.rounds)

    @property
    def adds_pence(self) -> int:
        """Return what proposed variations add to what is decided: it is committed already."""
        return self.outside.adds_pence + sum(one.adds_pence for one in self.rounds)

    @property
    def frees_pence(self) -> int:
        """Return what comes free of the held money once both parties have signed what is proposed."""
        return self.outside.frees_pence + sum(one.frees_pence for one in self.rounds)

    @property
    def proposed_words(self) -> str:
        """Return what proposed variations will free or add, named by the area; "" where they do neither."""
        words = proposed_words(self.adds_pence, self.frees_pence)
        return f"{self.area}: {words}" if words else ""

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
        reduce(added, areas),
        area=f"{areas[0].area}, together with {listed([area.area for area in areas[1:]])},",
        allocation=reduce(added, (area.allocation or NOTHING for area in areas)),
        carried=reduce(added, (area.carried for area in areas)),
        rounds=_joined([draw for area in areas for draw in area.rounds]),
        outside=reduce(added, (area.outside for area in areas)),
    )


def _joined(draws: Sequence[RoundDraw]) -> tuple[RoundDraw, ...]:
    """Return draws with those of one shared pot as one."""
    found: dict[object, RoundDraw] = {}
    for number, draw in enumerate(draws):
        key = (draw.name, draw.shared_with) if draw.shared_with else number
        found[key] = added(found[key], draw) if key in found else draw
    return tuple(found.values())


class FundBudget(Struct, frozen=True):
    """A fund in a year: its amount, None where none is recorded, and its areas in their order.

    The figures are `without` the proposals for these applications, which the reader cannot access.
    """

    fund: str
    year: str
    amount_pence: int | None
    areas: tuple[AreaBudget, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def without_words(self) -> str:
        return without_words(self.without)

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
