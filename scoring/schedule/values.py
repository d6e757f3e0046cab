"""The award schedule as frozen values: the result for finance and the file, whatever file it is put in.

The constructor refuses lines and sums that do not agree, so nothing that does not add up is written.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from scoring import money
from scoring.allocating.allowance import Allowance
from scoring.counted import counted
from scoring.refused import Refused
from scoring.schedule.letterhead import PLAIN, Letterhead
from scoring.schedule.lines import Basis, Line, Signed, ToSign, Unranked
from scoring.scheme import Scheme
from scoring.written.names import round_names


class AreaMoney(NamedTuple):
    """One area's pot and the sums of its lines, in pence; `available_pence` may be negative."""

    area: str
    pot_pence: int
    start_up_pence: int
    committed_pence: int
    available_pence: int
    lines: int
    requested_pence: int
    recommended_pence: int
    awarded_pence: int

    @property
    def tolerance_pence(self) -> int:
        """Return what the published tolerance comes to."""
        return self.available_pence + self.committed_pence - self.pot_pence


DECLARED_LATE = ", declared after taking part"
"""Ends the kind of an interest that was declared only after the member had taken part in its item."""
NOT_COUNTED = "; their sheet is not counted"
"""Ends what is said of an interest that was declared once the member had marked."""


class StoodAside(NamedTuple):
    """A declared interest or abstention that kept one member's sheet from counting."""

    reference: str
    member: str
    kind: str


class ExceptionMade(NamedTuple):
    """A departure from the published rules that was allowed, and why."""

    reference: str
    words: str


_FIGURES_MEET = re.compile(r"(?<=\d) (?=\d)")
"""Where a round that ends in a number stands before its year: "Services 2026, 2026/27"."""


class AwardSchedule(Struct, frozen=True):
    """A whole award schedule; `area` is None when it covers every area of the round.

    What is awarded is as it was decided; `amended` says of each award that was changed since what became of
    it, and `stands` what the awards come to today, "" where that is the same.
    `shared` holds the areas of each pot that several share: one list, of which each has its part of the pot.
    `to_sign` says who is to sign while something waits for its decision, `not_needed` which posts need not
    sign for an area. Once the round `is_closed` its reserve list has ended. `reopened` says of
    score sheets that were opened again after others' marks could be seen whose and why.

    Lines come in order of area, then place, then reference. Raises Refused when references repeat,
    a line is out of place, or a subtotal is not the sum of its lines.
    """

    fund: str
    round: str
    year: str
    area: str | None
    marking: str
    basis: Basis
    scheme: Scheme
    lines: tuple[Line, ...]
    unranked: tuple[Unranked, ...]
    areas: tuple[AreaMoney, ...]
    stood_aside: tuple[StoodAside, ...]
    exceptions: tuple[ExceptionMade, ...]
    sign_off: tuple[str, ...]
    allowances: tuple[Allowance, ...] = ()
    office: str = ""
    letterhead: Letterhead = PLAIN
    amended: tuple[tuple[str, str], ...] = ()
    shared: tuple[tuple[str, ...], ...] = ()
    signed: tuple[Signed, ...] = ()
    stands: str = ""
    to_sign: tuple[ToSign, ...] = ()
    not_needed: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False
    reopened: tuple[StoodAside, ...] = ()

    def __post_init__(self) -> None:
        _refuse_repeats([line.reference for line in self.lines] + [u.reference for u in self.unranked])
        _refuse_disorder(self.lines, [area.area for area in self.areas])
        for area in self.areas:
            _refuse_wrong_sums(area, [line for line in self.lines if line.area == area.area])

    @property
    def whole(self) -> AreaMoney:
        """Return the sums over the areas shown."""
        columns = list(zip(*(area[1:] for area in self.areas), strict=True)) or [()] * 8
        name = self.letterhead.area_label.labelled("All areas")
        return AreaMoney(name, *(sum(column) for column in columns))

    @property
    def names(self) -> tuple[str, ...]:
        """Return fund, round and financial year, without what the round's name says."""
        return round_names(self.fund, self.round, self.year)

    @property
    def title(self) -> str:
        """Return the title as printed."""
        named = _FIGURES_MEET.sub(", ", " ".join(self.names))
        return f"{named}: award schedule" + (f", {self.area}" if self.area else "")

    @property
    def control(self) -> str:
        """Return count and sum in words: "9 lines, £30,000.00 recommended"."""
        lines = counted(self.whole.lines, "line", "lines")
        return f"{lines}, {money.pounds(self.whole.recommended_pence)} {self.basis}"

    @property
    def has_awards(self) -> bool:
        """Whether anything was decided on any line."""
        return any(line.awarded_pence is not None for line in self.lines)

    @property
    def deciders(self) -> tuple[Signed, ...]:
        """Return the signatures that decided what is shown, each with the number of its notice."""
        return tuple(one for one in self.signed if one.notice)

    def signed_as(self, post: str) -> tuple[Signed, ...]:
        """Return who signed in a post of the sign-off, which may name the amounts for which it signs."""
        seats = ((one, one.seat or one.post) for one in self.signed)
        bounds = (", from ", ", up to ")
        return tuple(
            one
            for one, seat in seats
            if post == seat or post.startswith(tuple(f"{seat}{said}" for said in bounds))
        )

    def list_of(self, area: str) -> tuple[str, ...]:
        """Return the areas in whose list an area's applications have their places, itself among them."""
        return next((names for names in self.shared if area in names), (area,))

    def by_area(self) -> Iterator[tuple[AreaMoney, tuple[Line, ...]]]:
        """Yield each area with its lines."""
        found: dict[str, list[Line]] = {area.area: [] for area in self.areas}
        for line in self.lines:
            found[line.area].append(line)
        for area in self.areas:
            yield area, tuple(found[area.area])


def sums(area: AreaMoney, lines: Iterable[Line]) -> AreaMoney:
    """Return an area's money with the count and sums of these lines."""
    count, requested, recommended, awarded = 0, 0, 0, 0
    for line in lines:
        count += 1
        requested += line.requested_pence
        recommended += line.recommended_pence or 0
        awarded += line.awarded_pence or 0
    return area._replace(
        lines=count, requested_pence=requested, recommended_pence=recommended, awarded_pence=awarded
    )


def _refuse_repeats(references: list[str]) -> None:
    seen: set[str] = set()
    for reference in references:
        if reference in seen:
            raise Refused(f"The schedule would show {reference} twice. Nothing was written.")
        seen.add(reference)


def _refuse_disorder(lines: tuple[Line, ...], areas: list[str]) -> None:
    order = {area: number for number, area in enumerate(areas)}
    before = (-1, 0)
    for line in lines:
        if line.area not in order:
            raise Refused(f"{line.reference} is in {line.area}, which has no pot on the schedule.")
        here = (order[line.area], line.place)
        if here < before:
            raise Refused(f"{line.reference} is out of order on the schedule. Nothing was written.")
        before = here


def _refuse_wrong_sums(area: AreaMoney, lines: list[Line]) -> None:
    right = sums(area, lines)
    if area.lines != right.lines:
        raise Refused(
            f"{area.area}: the schedule counts {area.lines} lines but has {right.lines}. Nothing was written."
        )
    for name in ("requested", "recommended", "awarded"):
        stated, added = getattr(area, f"{name}_pence"), getattr(right, f"{name}_pence")
        if stated != added:
            raise Refused(
                f"{area.area}: the lines add up to {money.pounds(added)} {name}, but the subtotal says "
                f"{money.pounds(stated)}. Nothing was written."
            )
