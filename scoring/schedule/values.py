"""The award schedule as frozen values: the result for finance and the file, whatever file it is put in.

The constructor refuses lines and sums that do not agree, so nothing that does not add up is written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from scoring import money
from scoring.allocating import over_pot
from scoring.allocating.allocation import shared_words
from scoring.allocating.over_pot import Overspend
from scoring.ranking import Allowance, PotUse, Ranking, Status
from scoring.schedule.lines import Basis, Line, Settled, Signed, TextPairs, Texts, ToSign, Unranked
from scoring.scheme import Scheme
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.days import full_day
from scoring.written.names import round_names
from scoring.written.text import Refused, counted, lazy_pattern, listed

COMMISSIONER, MAYORS = "Commissioner", ("Deputy Mayor", "Mayor")
"""What the person is whose office it is: a mayor has the same powers where there is no commissioner."""


class Letterhead(Struct, frozen=True):
    """What stands at the head and foot of a paper; "" for what the office did not say.

    `address` has a line for each line, `signatory` is "Name, post", `logo` the SHA-256 of the picture, and
    `words` are standing words, each under its heading. `people` are who the reader is to know of, each as
    "Name, post" under what they are in the office. A paper that `has_pence` has them in each of its sums.
    """

    address: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    contact: str = ""
    signatory: str = ""
    logo: str = ""
    area_label: AreaLabel = AREA
    words: TextPairs = ()
    short_name: str = ""
    people: TextPairs = ()
    has_pence: bool = False

    @property
    def reached(self) -> Texts:
        """Return how the office is reached: its address on one line, telephone, e-mail and website."""
        address = ", ".join(line.strip(" ,") for line in self.address.splitlines() if line.strip(" ,"))
        return tuple(filter(None, (address, self.telephone, self.email, self.website)))

    def named(self, office: str) -> str:
        """Return the office as a paper names it first: its name, and what it is called for short."""
        return f"{office} ({self.short_name})" if office and self.short_name not in ("", office) else office

    @property
    def facts(self) -> TextPairs:
        """Return what the office says of itself, each under its heading; the standing words come last."""
        named = (
            ("Short name", self.short_name),
            *self.people,
            ("Address", self.address),
            ("Telephone", self.telephone),
            ("E-mail", self.email),
            ("Website", self.website),
            ("Contact officer", self.contact),
            ("Signed for the office by", self.signatory),
        )
        return (*(fact for fact in named if fact[1]), *self.words)


PLAIN = Letterhead()
"""What an office says that entered nothing but its name."""


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


_FIGURES_MEET = lazy_pattern(r"(?<=\d) (?=\d)")
"""Where a round that ends in a number stands before its year: "Services 2026, 2026/27"."""


class AwardSchedule(Struct, frozen=True):
    """A whole award schedule; `area` is None when it covers every area of the round.

    What is awarded is as it was decided; `amended` says of each award that was changed since what became of
    it, and `stands` what the awards come to today, "" where that is the same.
    `shared` holds the areas of each pot that several share: one list, and of `shared_pence` the pot, and what
    is used of it in all of them.
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
    sign_off: Texts
    allowances: tuple[Allowance, ...] = ()
    over_year: tuple[Overspend, ...] = ()
    office: str = ""
    letterhead: Letterhead = PLAIN
    amended: TextPairs = ()
    shared: tuple[Texts, ...] = ()
    signed: tuple[Signed, ...] = ()
    stands: str = ""
    to_sign: tuple[ToSign, ...] = ()
    not_needed: TextPairs = ()
    is_closed: bool = False
    reopened: tuple[StoodAside, ...] = ()
    shared_pence: tuple[tuple[int, int], ...] = ()
    corrections: Texts = ()

    def __post_init__(self) -> None:
        _refuse_repeats([line.reference for line in self.lines] + [u.reference for u in self.unranked])
        _refuse_disorder(self.lines, [area.area for area in self.areas])
        for area in self.areas:
            _refuse_wrong_sums(area, [line for line in self.lines if line.area == area.area])

    @property
    def whole(self) -> AreaMoney:
        """Return the sums over the areas shown."""
        columns = list(zip(*(area[1:] for area in self.areas), strict=True)) or [()] * 8
        return AreaMoney(self.letterhead.area_label.labelled("All areas"), *map(sum, columns))

    @property
    def names(self) -> Texts:
        return round_names(self.fund, self.round, self.year)

    @property
    def title(self) -> str:
        """Return the title as printed."""
        named = _FIGURES_MEET.sub(", ", " ".join(self.names))
        return f"{named}: award schedule" + (f", {self.area}" if self.area else "")

    @property
    def control(self) -> str:
        """Return count and sum in words: "9 lines, £30,000.00 recommended"."""
        lines = counted(self.whole.lines, "line")
        return f"{lines}, {money.pounds(self.whole.recommended_pence)} {self.basis}"

    @property
    def has_awards(self) -> bool:
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

    def list_of(self, area: str) -> Texts:
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


def given_pence(ranking: Ranking, settled: Settled) -> dict[str, int]:
    """Return what each application is given: what stands, else recommended; proposed while nothing is."""
    given = _settled_pence(settled)
    if not given:
        return {one.reference: one.offer_pence or 0 for one in ranking.standings}
    return {of: pence or 0 for of, pence in given.items()}


def pots_as_they_stand(
    ranking: Ranking, lines: Sequence[Line], settled: Settled, area: str | None
) -> tuple[PotUse, ...]:
    """Return how each area's pot stands in a schedule of all areas or of one, those not shown among them."""
    others = (one.area for one in ranking.areas if area not in (None, one.area))
    stands = Counter({name: _unshown_pence(ranking, settled, name) for name in others})
    for line in lines:
        stands[line.area] += _taken_pence(line)
    return over_pot.pot_uses(ranking.areas, stands)


def areas_money(uses: Sequence[PotUse], lines: Sequence[Line], area: str | None) -> tuple[AreaMoney, ...]:
    """Return the pots and sums of a schedule's areas, or of the one that is shown."""
    return tuple(
        sums(
            AreaMoney(
                a.area, a.pot_pence, a.start_up_pence, a.committed_pence, a.available_pence, 0, 0, 0, 0
            ),
            [line for line in lines if line.area == a.area],
        )
        for a in uses
        if area in (None, a.area)
    )


def _unshown_pence(ranking: Ranking, settled: Settled, area: str) -> int:
    """Return the money that stands in an area that is not shown and may share its pot with one that is."""
    here = (s for s in ranking.standings if s.area == area and s.status is not Status.WITHDRAWN)
    own, given = list(here), _settled_pence(settled)
    if given.keys().isdisjoint(s.reference for s in own):
        return sum(s.offer_pence or 0 for s in own)
    return sum(given.get(s.reference) or 0 for s in own)


def _settled_pence(settled: Settled) -> dict[str, int | None]:
    recommended = {row.reference: row.amount_pence for row in settled.recommended}
    return recommended | {row.reference: row.taken_pence for row in settled.awarded}


def stands_pence(line: Line) -> int:
    """Return the money on a line: as awarded, else as recommended or proposed."""
    return (line.recommended_pence or 0) if line.awarded_pence is None else line.awarded_pence


def _now_pence(line: Line) -> int:
    return stands_pence(line) if line.now_pence is None else line.now_pence


def _taken_pence(line: Line) -> int:
    return _now_pence(line) if line.takes_pence is None else line.takes_pence


def awards_pence(lines: Iterable[Line]) -> int:
    return sum(_now_pence(line) for line in lines if line.awarded_pence is not None)


def pot_uses(schedule: AwardSchedule) -> tuple[PotUse, ...]:
    """Return how the pot of each area shown stands, in their order."""
    uses = (_use(schedule, area, lines) for area, lines in schedule.by_area())
    return tuple(uses)


def whole_pots(schedule: AwardSchedule) -> tuple[PotUse, ...]:
    """Return how each pot stands of which an area is shown, one that several share whole."""
    alone = (use for use in pot_uses(schedule) if not use.shared_with)
    shared = zip(schedule.shared, schedule.shared_pence, strict=True)
    return (*alone, *(PotUse("", pot, 0, used, shared_with=names) for names, (pot, used) in shared))


def shared_sentences(schedule: AwardSchedule) -> Texts:
    """Return which areas of a schedule share one pot and one list, in a sentence for each pot."""
    return tuple(
        f"{shared_words(use.shared_with)} of {money.pounds(use.pot_pence)} and one list: places are those of "
        "the list. What stands beside an area as its pot, left or over is a share, reckoned for sums alone."
        for use in whole_pots(schedule)
        if use.shared_with
    )


def _use(schedule: AwardSchedule, area: AreaMoney, lines: Iterable[Line]) -> PotUse:
    return PotUse(
        area.area,
        area.pot_pence,
        area.committed_pence,
        sum(map(_taken_pence, lines)),
        area.tolerance_pence,
        schedule.scheme.tolerance_percent,
        schedule.scheme.tolerance_authority,
        tuple(one for one in schedule.allowances if one.area == area.area),
        next((names for names in schedule.shared if area.area in names), ()),
    )


def signed_words(signed: Sequence[Signed]) -> str:
    """Return who signed and when, as a sentence goes on: "A, Mayor, and B, Envoy, on 2 December 2026".

    Where they signed on several days, each stands with their own.
    """
    days: dict[str, dict[date, None]] = {}
    for one in signed:
        days.setdefault(one.words, {}).setdefault(one.on)
    if len({one.on for one in signed}) == 1:
        return f"{', and '.join(days)}, on {full_day(signed[0].on)}"
    told = ((who, listed([full_day(on) for on in sorted(own)])) for who, own in days.items())
    return ", and ".join(f"{who}, on {on}" for who, on in told)


def decisions_in_words(schedule: AwardSchedule) -> Iterator[str]:
    """Yield who decided under each notice and when, with the areas where that is not all of them.

    Under one notice areas may have been decided by people of their own; joint signers stand in the order in
    which they first signed anything that is shown.
    """
    for notice, who, areas in _decisions(schedule):
        where = f", for {listed(areas)}" if areas else ""
        yield f"{signed_words(who)}, notice {notice}{where}"


def _decisions(schedule: AwardSchedule) -> Iterator[tuple[str, tuple[Signed, ...], list[str]]]:
    """Yield each notice with who decided under it together, and the areas where that is not all of them."""
    order = list(dict.fromkeys((one.name, one.post) for one in schedule.deciders))
    by_notice: dict[str, list[Signed]] = {}
    for one in sorted(schedule.deciders, key=lambda each: order.index((each.name, each.post))):
        by_notice.setdefault(one.notice, []).append(one)
    for notice in dict.fromkeys(one.notice for one in schedule.deciders):
        for who, areas in _by_signers(schedule, by_notice[notice]):
            yield notice, who, areas


def _by_signers(
    schedule: AwardSchedule, signed: Sequence[Signed]
) -> Iterator[tuple[tuple[Signed, ...], list[str]]]:
    """Yield those who decided the same areas together with these, () for all of the schedule's."""
    named = dict.fromkeys(area for one in signed for area in one.areas)
    if not named:
        yield tuple(signed), []
        return
    if not all(one.areas for one in signed):
        named |= dict.fromkeys(area.area for area in schedule.areas if area.lines)
    found: dict[tuple[Signed, ...], list[str]] = {}
    for area in named:
        who = tuple(one for one in signed if not one.areas or area in one.areas)
        found.setdefault(who, []).append(area)
    yield from found.items()
