"""The order in which a meeting takes its items: widest spread first, or fewest people coming and going."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scoring.marks.meeting import Item

MOST_EXACT = 11
"""Up to so many different groups of leavers the best order is found for certain: 2^11 sets of groups."""

_NOBODY: frozenset[str] = frozenset()


class Agenda(NamedTuple):
    """One item to be placed: its widest spread in marks, and the members who must be out for it."""

    reference: str
    spread: int
    away: frozenset[str]


def by_widest_spread(items: Sequence[Agenda]) -> tuple[str, ...]:
    """Return the references with the widest spread first; equal spreads keep their order."""
    return tuple(item.reference for item in sorted(items, key=_widest_first))


def by_fewest_exits(items: Sequence[Agenda]) -> tuple[str, ...]:
    """Return the references in an order that moves as few people through the door as there can be.

    Items with the same people out stand together. One person leaving or coming back counts one; the meeting
    starts and ends with everybody in the room. Beyond eleven different groups of leavers the nearest
    group is always taken next, which need not be the least. Example: out for A {x}, B {}, C {x}, in the
    order given: 4 movements; B, A, C: 2.
    """
    groups: dict[frozenset[str], list[str]] = {}
    for item in items:
        groups.setdefault(item.away, []).append(item.reference)
    rest = [away for away in groups if away]
    order = _exact(rest) if len(rest) <= MOST_EXACT else _nearest(rest)
    first = groups.get(_NOBODY, [])
    return (*first, *(reference for away in order for reference in groups[away]))


def through_areas(items: Sequence[Item], areas: Iterable[str]) -> tuple[Item, ...]:
    """Return the items as a meeting takes them: area by area in that order, each with the fewest exits.

    Book and minutes number them so; those of no area come last.
    """
    by_reference = {item.reference: item for item in items}
    found: list[Item] = []
    for area in (*areas, None):
        here = [Agenda(i.reference, i.spread, frozenset(i.away)) for i in items if i.area == area]
        found += [by_reference[reference] for reference in by_fewest_exits(here)]
    return tuple(found)


def _widest_first(item: Agenda) -> int:
    return -item.spread


def _exact(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    """Return the groups in the best order, the first of equals, by taking ever larger sets of them."""
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {
        (1 << number, number): (len(group), (number,)) for number, group in enumerate(groups)
    }
    for taken in range(1, 1 << len(groups)):
        for last in range(len(groups)):
            found = best.get((taken, last))
            if found is not None:
                _extend(groups, best, taken, last, found)
    whole = (1 << len(groups)) - 1
    ends = [(best[whole, last][0] + len(group), best[whole, last][1]) for last, group in enumerate(groups)]
    return [groups[number] for number in min(ends)[1]] if ends else []


def _extend(
    groups: list[frozenset[str]],
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]],
    taken: int,
    last: int,
    found: tuple[int, tuple[int, ...]],
) -> None:
    cost, order = found
    for number, group in enumerate(groups):
        if taken >> number & 1:
            continue
        key = (taken | 1 << number, number)
        offered = (cost + len(groups[last] ^ group), (*order, number))
        if key not in best or offered < best[key]:
            best[key] = offered


def _nearest(groups: list[frozenset[str]]) -> list[frozenset[str]]:
    left, order, here = list(groups), [], _NOBODY
    while left:
        number = min(range(len(left)), key=[len(here ^ group) for group in left].__getitem__)
        here = left.pop(number)
        order.append(here)
    return order
