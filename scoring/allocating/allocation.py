"""From places to money: what the round's rule proposes for each application (section 6).

Areas are taken in their order, each down its own list, within its own available money. Nothing moves
between pots. Areas that share a pot have one list and one line together (`scoring.allocating.shared_pots`).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct, field

from scoring.allocating.organisations import Caps
from scoring.allocating.shared_pots import pots, share_out, together
from scoring.ranking import AreaStanding, Cause, Outcome, Standing, Why
from scoring.round import Area, ChairDecisionKind, Round
from scoring.scheme import Allocation, Scheme


class Proposal(NamedTuple):
    """What the rule proposes for one application; `offer_pence` is None unless it is money."""

    outcome: Outcome
    offer_pence: int | None
    cause: Cause


class AreaAllocation(NamedTuple):
    """One area's proposals by reference, and its money."""

    proposals: dict[str, Proposal]
    money: AreaStanding


def available_pence(area: Area, scheme: Scheme) -> int:
    """Return pot × (1 + tolerance) − already committed, rounded down to the penny; may be negative."""
    return area.pot_pence + tolerance_pence(area, scheme) - area.committed_pence


def tolerance_pence(area: Area, scheme: Scheme) -> int:
    """Return what the published tolerance comes to over an area's pot, rounded down to the penny."""
    return int(area.pot_pence * Fraction(scheme.tolerance_percent) / 100 // 1)


def areas_money(
    areas: Sequence[Area], scheme: Scheme, offered: Mapping[str, int]
) -> tuple[AreaStanding, ...]:
    """Return the money of areas in their order with what is offered in each (pence by area).

    A pot that several of them share is shared out by what each is offered.
    """
    found: dict[str, AreaStanding] = {}
    for pot in pots(areas):
        names = tuple(area.name for area in pot) if len(pot) > 1 else ()
        tolerance = tolerance_pence(together(pot), scheme)
        for area in pot:
            available = area.to_award_pence + tolerance
            money_of = (area.name, area.pot_pence, area.start_up_pence, area.committed_pence, available)
            given = offered.get(area.name, 0)
            found[area.name] = AreaStanding(*money_of, given, False, (), names, area.pot_pence)
            tolerance = 0
    return share_out(found[area.name] for area in areas)


def allocate(round_: Round, ranked: Sequence[tuple[Area, Sequence[Standing]]]) -> list[AreaAllocation]:
    """Return each area's allocation; `ranked` holds the ranked standings of each area in place order."""
    caps = Caps(round_)
    excepted = {d.application for d in round_.chair_decisions if d.kind is ChairDecisionKind.EXCEPTION}
    minimum = {a.reference: a.minimum_pence for a in round_.applications}
    own = {area.name: standings for area, standings in ranked}
    found: dict[str, AreaAllocation] = {}
    for pot in pots([area for area, _ in ranked]):
        list_ = _List(round_, together(pot), caps, minimum)
        _go_down(list_, sorted((s for area in pot for s in own[area.name]), key=_order), excepted)
        found |= {one.money.area: one for one in _by_area(list_, pot, own)}
    return [found[area.name] for area, _ in ranked]


_BELOW = Cause(Why.BELOW)


class _List(Struct):
    """One area's list on the way down: what is left, and what was proposed so far."""

    round: Round
    area: Area
    caps: Caps
    minimum: Mapping[str, int | None]
    offered: int = 0
    stopped_at: str | None = None
    tie_at: tuple[str, ...] = ()
    proposals: dict[str, Proposal] = field(default_factory=dict)
    available: int = 0

    def __post_init__(self) -> None:
        self.available = available_pence(self.area, self.round.scheme)

    @property
    def left(self) -> int:
        return self.available - self.offered


def _go_down(list_: _List, standings: Sequence[Standing], excepted: set[str]) -> None:
    """Propose for everyone on one list, from the top down."""
    candidates = [s for s in standings if not s.below_threshold or s.reference in excepted]
    for standing in standings:
        if standing.below_threshold and standing.reference not in excepted:
            list_.proposals[standing.reference] = Proposal(Outcome.BELOW, None, _BELOW)
    for _, tied in groupby(candidates, key=_place):
        _propose(list_, list(tied))


def _by_area(
    list_: _List, pot: Sequence[Area], own: Mapping[str, Sequence[Standing]]
) -> Iterator[AreaAllocation]:
    """Yield what a list gives each area of its pot; a shared pot is shared out by what each is offered."""
    proposals = [{s.reference: list_.proposals[s.reference] for s in own[area.name]} for area in pot]
    offered = {
        area.name: sum(proposal.offer_pence or 0 for proposal in proposed.values())
        for area, proposed in zip(pot, proposals, strict=True)
    }
    found = areas_money(pot, list_.round.scheme, offered)
    tied = bool(list_.tie_at)
    return map(AreaAllocation, proposals, (area._replace(stopped_by_tie=tied) for area in found))


def _order(standing: Standing) -> tuple[int, str]:
    return _place(standing), standing.reference


def _place(standing: Standing) -> int:
    return standing.place or 0


def _propose(list_: _List, tied: list[Standing]) -> None:
    """Propose for the candidates that share one place (mostly one of them)."""
    if list_.tie_at:
        for standing in tied:
            _wait(list_, standing, Cause(Why.WAITS, at=list_.tie_at))
        return
    if len(tied) > 1 and _straddles(list_, tied):
        list_.tie_at = tuple(s.reference for s in tied)
        for standing in tied:
            _wait(list_, standing, Cause(Why.TIED, left_pence=list_.left, at=list_.tie_at))
        return
    for standing in tied:
        _propose_one(list_, standing)


def _wait(list_: _List, standing: Standing, cause: Cause) -> None:
    list_.proposals[standing.reference] = Proposal(Outcome.TIE, None, cause)


def _straddles(list_: _List, tied: list[Standing]) -> bool:
    """Whether the tied do not all fit together and one of them would get money if taken first."""
    if list_.stopped_at is not None:
        return False
    offers = [(s, list_.caps.offer(s)) for s in tied]
    fit_together = sum(offer for _, offer in offers) <= list_.left
    if fit_together and not list_.caps.depend_on_order(offers):
        return False
    return any(_would_get(list_, standing, offer) for standing, offer in offers)


def _would_get(list_: _List, standing: Standing, offer: int) -> bool:
    return 0 < offer <= list_.left or (offer > 0 and _part(list_, standing) is not None)


def _propose_one(list_: _List, standing: Standing) -> None:
    offer = list_.caps.offer(standing)
    if list_.stopped_at is not None:
        _reserve(list_, standing, Cause(Why.STOPPED, offer, list_.left, at=(list_.stopped_at,)))
    elif offer == 0:
        _reserve(list_, standing, Cause(Why.ORGANISATION, cap_pence=list_.caps.per_organisation or 0))
    elif offer <= list_.left:
        why = Why.CAPPED if offer < standing.requested_pence else Why.FITS
        _grant(list_, standing, offer, Outcome.FUND, Cause(why, offer, list_.left))
    else:
        _propose_past_the_line(list_, standing, offer)


def _propose_past_the_line(list_: _List, standing: Standing, offer: int) -> None:
    """Propose for one that does not fit in what is left, as the rule says."""
    part, (least, is_own) = _part(list_, standing), _least(list_, standing)
    if part is not None:
        _grant(list_, standing, part, Outcome.PART, Cause(Why.PART, offer, list_.left, least, is_own))
        list_.stopped_at = standing.reference
        return
    is_skipped = list_.round.scheme.allocation is Allocation.SKIP
    why = Why.SKIPPED if is_skipped else Why.TOO_MUCH
    _reserve(list_, standing, Cause(why, offer, list_.left, least, is_own))
    if not is_skipped:
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


def _reserve(list_: _List, standing: Standing, cause: Cause) -> None:
    list_.proposals[standing.reference] = Proposal(Outcome.RESERVE, None, cause)


def _grant(list_: _List, standing: Standing, pence: int, outcome: Outcome, cause: Cause) -> None:
    list_.proposals[standing.reference] = Proposal(outcome, pence, cause)
    list_.offered += pence
    list_.caps.count(standing.reference, pence)
