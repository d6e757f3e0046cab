"""From places to money: what the round's rule proposes for each application.

Areas are taken in their order, each down its own list, within its own available money. Nothing moves
between pots. Areas that share a pot have one list and one line together.

What the areas of a shared pot put in is one sum, and so is its tolerance. Their applications are ranked in
one list, with places and computed costs among all of them, and the allocation rule goes down that list once.
For the sums of a list by area each has its part of the pot: what is used in it, and of what is left as much
as keeps nearest to what it put in. The parts always add up to the pot; as they change with each award nobody
was given one, and papers and pages tell the pot whole. Worked example: East puts in £10,000.00 and
West £6,000.00; the list gives East £12,000.00 and West £1,000.00. Of the £3,000.00 left all is West's, since
East used more than it put in: East's part is £12,000.00, West's £4,000.00.

Where more is used than the pot has, what is over falls first on areas for which an authority allows it, then
on the others from the last; the tolerance covers those. An authority covers its own area alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import add, attrgetter, sub
from typing import NamedTuple

from msgspec import Struct, field

from scoring import money
from scoring.allocating.organisations import Caps
from scoring.ranking import Cause, Outcome, PotUse, Ranking, Standing, Why
from scoring.round import Area, Round
from scoring.scheme import Allocation, Scheme
from scoring.written.names import text_key
from scoring.written.text import listed


def pots(areas: Sequence[Area]) -> tuple[tuple[Area, ...], ...]:
    """Return the areas by pot, in the order of each pot's first area; an area with its own pot is alone."""
    found: dict[str | int, list[Area]] = {}
    for number, area in enumerate(areas):
        found.setdefault(text_key(area.shared_pot) or number, []).append(area)
    return tuple(tuple(one) for one in found.values())


def shared_with(areas: Sequence[Area]) -> dict[str, tuple[str, ...]]:
    """Return for each area that shares its pot the names of all that do, itself among them."""
    found = (tuple(area.name for area in pot) for pot in pots(areas) if len(pot) > 1)
    return {name: names for names in found for name in names}


def list_of(areas: Sequence[Area]) -> dict[str | None, str | None]:
    """Return for each area the first area of its pot, under which its applications are ranked."""
    return {None: None} | {area.name: pot[0].name for pot in pots(areas) for area in pot}


def shares(parts: Sequence[PotUse], tolerance_pence: int = 0) -> tuple[PotUse, ...]:
    """Return areas, each with its part of a shared pot and of its tolerance; they add up to the whole.

    It goes by what each put in, what is used in it and what is allowed over it.
    """
    used = [part.used_pence for part in parts]
    over = sum(used) - sum(part.own_pence for part in parts)
    if over <= 0:
        more = _split(-over, [max(part.own_pence - part.used_pence, 0) for part in parts])
        tolerances = _split(tolerance_pence, [part.own_pence for part in parts])
    else:
        within = [min(part.allowed_pence, part.used_pence) for part in parts]
        allowed = _fill(max(over - tolerance_pence, 0), within)
        room = [*map(sub, used, allowed)]
        others = _fill(over - sum(allowed), room[::-1])[::-1]
        more = [-a - o for a, o in zip(allowed, others, strict=True)]
        tolerances = _fill(tolerance_pence, others[::-1])[::-1]
        tolerances[0] += tolerance_pence - sum(tolerances)
    return tuple(
        one._replace(pot_pence=pence, tolerance_pence=tolerance)
        for one, pence, tolerance in zip(parts, map(add, used, more), tolerances, strict=True)
    )


def share_out(areas: Iterable[PotUse]) -> tuple[PotUse, ...]:
    """Return areas with their parts of shared pots by what is offered in each; other areas stay."""
    found = [*areas]
    shared = (pot for pot in _by_pot(found) if pot[0].shared_with)
    parts = {one.area: one for pot in shared for one in shares(pot, sum(map(_TOLERANCE, pot)))}
    return tuple(parts.get(area.area, area) for area in found)


def whole_pots(areas: Iterable[PotUse]) -> tuple[PotUse, ...]:
    """Return each pot once, with what all areas that share it are given; it takes all of them.

    What is allowed over a shared one stays with its parts: an authority covers its own area alone.
    """
    return tuple(_whole(parts) if len(parts) > 1 else parts[0] for parts in _by_pot(areas))


def _by_pot(areas: Iterable[PotUse]) -> Iterable[list[PotUse]]:
    found: dict[tuple[str, ...], list[PotUse]] = {}
    for area in areas:
        found.setdefault(area.areas, []).append(area)
    return found.values()


def _whole(parts: Sequence[PotUse]) -> PotUse:
    return parts[0]._replace(
        area=listed(parts[0].areas),
        pot_pence=sum(map(_POT, parts)),
        committed_pence=sum(part.committed_pence for part in parts),
        given_pence=sum(part.given_pence for part in parts),
        tolerance_pence=sum(map(_TOLERANCE, parts)),
        allowances=(),
        parts=tuple(parts),
    )


def of_one_list(ranking: Ranking, standing: Standing) -> tuple[Standing, ...]:
    """Return all that stand in one list with an application: its area's, or those that share its pot."""
    areas = areas_of_list(ranking, standing)
    return tuple(one for one in ranking.standings if (one.area or "") in areas)


def areas_of_list(ranking: Ranking, standing: Standing) -> tuple[str, ...]:
    """Return the areas of the list in which an application stands, "" without one."""
    return next((one.areas for one in ranking.areas if one.area == standing.area), (standing.area or "",))


def same_place(ranking: Ranking, standing: Standing) -> tuple[Standing, ...]:
    """Return those that stand at the same place of the same list, itself among them, in printed order."""
    return tuple(one for one in of_one_list(ranking, standing) if one.place == standing.place)


def shared_words(names: Sequence[str]) -> str:
    """Say that areas share one pot: "East and West share one pot", "" where none does."""
    return f"{listed(names)} share one pot" if names else ""


def one_list_words(names: Sequence[str], pence: int) -> str:
    """Say that areas share one pot, how much it has, and how they are ranked; no full stop ends it."""
    return (
        f"{shared_words(names)} of {money.short_pounds(pence)}, and their applications are ranked in one list"
    )


PUTS_IN = "what stands beside each is what it puts in"
"""Goes on from these words where each area of a shared pot stands with its own money."""


_POT, _TOLERANCE = attrgetter("pot_pence"), attrgetter("tolerance_pence")


def _split(total: int, weights: Sequence[int]) -> list[int]:
    """Split pence in proportion to weights; nothing is split where nothing weighs."""
    if not total:
        return [0] * len(weights)
    found = money.share(total, [(f"{number:06d}", weight) for number, weight in enumerate(weights)])
    return list(found.values())


def _fill(total: int, most: Sequence[int]) -> list[int]:
    """Give pence to one after the other, to each no more than it takes."""
    found: list[int] = []
    for each in most:
        found.append(min(total - sum(found), each))
    return found


class Proposal(NamedTuple):
    """What the rule proposes for one application; `offer_pence` is None unless it is money."""

    outcome: Outcome
    offer_pence: int | None
    cause: Cause


class Allocated(NamedTuple):
    """The proposals by reference, and the money of the areas in their order."""

    proposals: dict[str, Proposal]
    areas: tuple[PotUse, ...]


def areas_money(areas: Sequence[Area], scheme: Scheme, offered: Mapping[str, int]) -> tuple[PotUse, ...]:
    """Return the money of areas in their order with what is offered in each (pence by area).

    A pot that several of them share is shared out by what each is offered. Its tolerance is rounded down to
    the penny once.
    """
    names = shared_with(areas)
    share = Fraction(scheme.tolerance_percent) / 100
    tolerances = {pot[0].name: int(sum(map(_POT, pot)) * share // 1) for pot in pots(areas)}
    return share_out(
        PotUse(
            area.name,
            area.pot_pence,
            area.committed_pence,
            offered.get(area.name, 0),
            tolerances.get(area.name, 0),
            scheme.tolerance_percent,
            scheme.tolerance_authority,
            shared_with=names.get(area.name, ()),
            start_up_pence=area.start_up_pence,
            own_pence=area.pot_pence,
        )
        for area in areas
    )


def allocate(round_: Round, ranked: Sequence[tuple[Area, Sequence[Standing]]]) -> Allocated:
    """Return what is proposed; `ranked` holds the ranked standings of each area in place order.

    A shared pot is shared out by what each of its areas is offered.
    """
    caps = Caps(round_)
    minimum = {a.reference: a.minimum_pence for a in round_.applications}
    own = {area.name: standings for area, standings in ranked}
    proposals, areas = dict[str, Proposal](), [area for area, _ in ranked]
    stopped = set[str]()
    for pot in whole_pots(areas_money(areas, round_.scheme, {})):
        list_ = _List(round_, caps, minimum, pot.available_pence)
        _go_down(list_, sorted((s for area in pot.areas for s in own[area]), key=by_place), round_.excepted)
        proposals |= list_.proposals
        stopped.update(area for area in pot.areas if list_.tie_at)
    offered = {name: sum(proposals[s.reference].offer_pence or 0 for s in own[name]) for name in own}
    money_of = areas_money(areas, round_.scheme, offered)
    return Allocated(proposals, tuple(a._replace(stopped_by_tie=a.area in stopped) for a in money_of))


_BELOW = Cause(Why.BELOW)


class _List(Struct):
    """One area's list on the way down: what is left, and what was proposed so far."""

    round: Round
    caps: Caps
    minimum: Mapping[str, int | None]
    left: int
    stopped_at: str | None = None
    tie_at: tuple[str, ...] = ()
    proposals: dict[str, Proposal] = field(default_factory=dict)


def _go_down(list_: _List, standings: Sequence[Standing], excepted: frozenset[str]) -> None:
    """Propose for everyone on one list, from the top down."""
    candidates = [s for s in standings if not s.below_threshold or s.reference in excepted]
    for standing in standings:
        if standing.below_threshold and standing.reference not in excepted:
            _put(list_, standing, Outcome.BELOW, _BELOW)
    for _, tied in groupby(candidates, key=attrgetter("place")):
        _propose(list_, list(tied))


def by_place(standing: Standing) -> tuple[int, str]:
    """Return what puts standings in order: places, and equals by their references."""
    return standing.place or 0, standing.reference


def _propose(list_: _List, tied: list[Standing]) -> None:
    """Propose for the candidates that share one place (mostly one of them)."""
    if list_.tie_at:
        for standing in tied:
            _put(list_, standing, Outcome.TIE, Cause(Why.WAITS, at=list_.tie_at))
        return
    if len(tied) > 1 and _straddles(list_, tied):
        list_.tie_at = tuple(s.reference for s in tied)
        for standing in tied:
            _put(list_, standing, Outcome.TIE, Cause(Why.TIED, left_pence=list_.left, at=list_.tie_at))
        return
    for standing in tied:
        _propose_one(list_, standing)


def _straddles(list_: _List, tied: list[Standing]) -> bool:
    """Whether the tied do not all fit together and one of them would get money if taken first."""
    if list_.stopped_at is not None:
        return False
    offers = [(s, list_.caps.offer(s)) for s in tied]
    fit_together = sum(offer for _, offer in offers) <= list_.left
    if fit_together and not list_.caps.depend_on_order(offers):
        return False
    return any(
        offer > 0 and (offer <= list_.left or _part(list_, standing) is not None)
        for standing, offer in offers
    )


def _propose_one(list_: _List, standing: Standing) -> None:
    offer = list_.caps.offer(standing)
    if list_.stopped_at is not None:
        _put(list_, standing, Outcome.RESERVE, Cause(Why.STOPPED, offer, list_.left, at=(list_.stopped_at,)))
    elif offer == 0:
        _put(list_, standing, Outcome.RESERVE, list_.caps.named(Cause(Why.ORGANISATION), standing))
    elif offer <= list_.left:
        why = Why.CAPPED if offer < standing.requested_pence else Why.FITS
        _put(list_, standing, Outcome.FUND, list_.caps.named(Cause(why, offer, list_.left), standing), offer)
    else:
        _propose_past_the_line(list_, standing, offer)


def _propose_past_the_line(list_: _List, standing: Standing, offer: int) -> None:
    """Propose for one that does not fit in what is left, as the rule says."""
    part, (least, is_own) = _part(list_, standing), _least(list_, standing)
    is_skipped = list_.round.scheme.allocation is Allocation.SKIP
    why = Why.PART if part is not None else Why.SKIPPED if is_skipped else Why.TOO_MUCH
    cause = list_.caps.named(Cause(why, offer, list_.left, least, is_own), standing)
    _put(list_, standing, Outcome.RESERVE if part is None else Outcome.PART, cause, part)
    if why is not Why.SKIPPED:
        list_.stopped_at = standing.reference


def _part(list_: _List, standing: Standing) -> int | None:
    """Return what is left when the rule may offer it to this one as a part, else None."""
    least, _ = _least(list_, standing)
    return list_.left if least is not None and list_.left >= least else None


def _least(list_: _List, standing: Standing) -> tuple[int | None, bool]:
    """Return what a part must reach where the rule gives parts of what is left, and whether it was named."""
    if list_.round.scheme.allocation is not Allocation.PART or list_.left <= 0:
        return None, False
    minimum = list_.minimum[standing.reference]
    return ((standing.requested_pence + 1) // 2, False) if minimum is None else (minimum, True)


def _put(list_: _List, standing: Standing, outcome: Outcome, cause: Cause, pence: int | None = None) -> None:
    list_.proposals[standing.reference] = Proposal(outcome, pence, cause)
    if pence is not None:
        list_.left -= pence
        list_.caps.count(standing.reference, pence)
