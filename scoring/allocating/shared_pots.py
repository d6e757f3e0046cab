"""A pot that several areas share: one list and one line over them together, each area reported apart.

What the areas of a shared pot put in is one sum, and so is its tolerance. Their applications are ranked in
one list, with places and computed costs among all of them, and the allocation rule goes down that list once.
Each area is then reported with its part of the pot: what is used in it, and of what is left as much as keeps
nearest to what it put in. The parts always add up to the pot. Worked example: East puts in £10,000.00 and
West £6,000.00; the list gives East £12,000.00 and West £1,000.00. Of the £3,000.00 left all is West's, since
East used more than it put in: East's part is £12,000.00, West's £4,000.00.

Where more is used than the pot has, what is over falls first on areas for which an authority allows it, then
on the others from the last; the tolerance covers those. An authority covers its own area alone.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from scoring import money
from scoring.counted import listed
from scoring.ranking import AreaStanding, Ranking, Standing
from scoring.round import Area
from scoring.written.names import text_key


class Part(NamedTuple):
    """One area of a shared pot, in pence: what it puts in, what is used in it, what is allowed over it."""

    own_pence: int
    used_pence: int
    allowed_pence: int = 0


class Share(NamedTuple):
    """What an area has of a shared pot and of its tolerance, in pence."""

    pot_pence: int
    tolerance_pence: int


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


def together(pot: Sequence[Area]) -> Area:
    """Return the areas of one pot as one, with the sums of their money."""
    return Area(
        pot[0].name,
        sum(area.pot_pence for area in pot),
        sum(area.start_up_pence for area in pot),
        sum(area.committed_pence for area in pot),
    )


def shares(parts: Sequence[Part], tolerance_pence: int = 0) -> tuple[Share, ...]:
    """Return each area's part of a shared pot and of its tolerance; the parts add up to the whole."""
    used = [part.used_pence for part in parts]
    over = sum(used) - sum(part.own_pence for part in parts)
    if over <= 0:
        rest = _split(-over, [max(part.own_pence - part.used_pence, 0) for part in parts])
        tolerances = _split(tolerance_pence, [part.own_pence for part in parts])
        return tuple(Share(u + r, t) for u, r, t in zip(used, rest, tolerances, strict=True))
    within = [min(part.allowed_pence, part.used_pence) for part in parts]
    allowed = _fill(max(over - tolerance_pence, 0), within)
    room = [u - a for u, a in zip(used, allowed, strict=True)]
    others = _fill(over - sum(allowed), room[::-1])[::-1]
    tolerances = _fill(tolerance_pence, others[::-1])[::-1]
    tolerances[0] += tolerance_pence - sum(tolerances)
    return tuple(Share(r - o, t) for r, o, t in zip(room, others, tolerances, strict=True))


def share_out(areas: Iterable[AreaStanding]) -> tuple[AreaStanding, ...]:
    """Return areas with their parts of shared pots by what is offered in each; other areas stay."""
    found: list[AreaStanding] = list(areas)
    order = {area.area: number for number, area in enumerate(found)}
    sharing = sorted((area for area in found if area.shared_with), key=_sharing)
    for _, pot in groupby(sharing, key=_sharing):
        for area in _shared_out(list(pot)):
            found[order[area.area]] = area
    return tuple(found)


def same_place(ranking: Ranking, standing: Standing) -> tuple[Standing, ...]:
    """Return those that stand at the same place of the same list, itself among them, in printed order."""
    of = next((area.shared_with for area in ranking.areas if area.area == standing.area), ())
    areas = of or (standing.area,)
    return tuple(s for s in ranking.standings if s.place == standing.place and s.area in areas)


def shared_words(names: Sequence[str]) -> str:
    """Say that areas share one pot: "East and West share one pot", "" where none does."""
    return f"{listed(names)} share one pot" if names else ""


def one_list_words(names: Sequence[str], pence: int) -> str:
    """Say that areas share one pot, how much it has, and how they are ranked; no full stop ends it."""
    return (
        f"{shared_words(names)} of {money.short_pounds(pence)}, and their applications are ranked in one list"
    )


def _sharing(area: AreaStanding) -> tuple[str, ...]:
    return area.shared_with


def _shared_out(pot: Sequence[AreaStanding]) -> list[AreaStanding]:
    parts = [
        Part(
            area.own_pence,
            area.committed_pence + area.offered_pence,
            sum(one.pence for one in area.allowances),
        )
        for area in pot
    ]
    found = shares(parts, sum(area.tolerance_pence for area in pot))
    return [
        area._replace(
            pot_pence=share.pot_pence,
            available_pence=share.pot_pence + share.tolerance_pence - area.committed_pence,
        )
        for area, share in zip(pot, found, strict=True)
    ]


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
