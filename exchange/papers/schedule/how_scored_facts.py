"""Places worked down the tie-break rules, as the sheet How scored counts them."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from models.values.rows import gathered
from scoring.places.standings import LOWER_FIRST
from scoring.schedule.lines import Line
from scoring.scheme import CRITERION_RULE, RankedBy, Scheme

Key = Any
"""What orders lines on one rule, lower first; None where a line has no answer."""


def score_keys(scheme: Scheme, lines: Sequence[Line]) -> list[Key]:
    """Return what places are first given by: the total as printed, or the price, none last."""
    if scheme.ranked_by is RankedBy.TOTAL:
        return [-line.total_1e2 for line in lines]
    prices = [line.price_pence for line in lines]
    return [1 << 62 if price is None else price for price in prices]


def position_of(scheme: Scheme, rule: str) -> int:
    """Return the place in the scheme, from 0, of the criterion that a rule names."""
    return [c.code.casefold() for c in scheme.criteria].index(rule.removeprefix(CRITERION_RULE).casefold())


def rule_keys(scheme: Scheme, rule: str, lines: Sequence[Line]) -> list[Key]:
    """Return each line's answer on a rule, lower first."""
    if rule.startswith(CRITERION_RULE):
        position = position_of(scheme, rule)
        answers = [line.worked.values_1e2[position] for line in lines]
    else:
        answers = list(map(_ANSWERS[rule], lines))
    return answers if rule in LOWER_FIRST else [None if shown is None else -shown for shown in answers]


_ANSWERS: dict[str, Callable[[Line], Key]] = {
    "quality": attrgetter("worked.quality_1e2"),
    "cost": attrgetter("worked.cost_1e2"),
    "requested": attrgetter("requested_pence"),
    "received": attrgetter("worked.received_at"),
    "chair": attrgetter("worked.chair_place"),
}


def levels(scores: Sequence[Key], rules: Sequence[Sequence[Key]]) -> list[list[int]]:
    """Return, for the score and then each rule, how many of the area stand above each line."""
    above = _above(scores, range(len(scores)), [0] * len(scores))
    columns = [above]
    for keys in rules:
        above = _part(above, keys)
        columns.append(above)
    return columns


def _part(above: list[int], keys: Sequence[Key]) -> list[int]:
    groups = gathered((number, index) for index, number in enumerate(above))
    parted = above
    for group in groups.values():
        if len(group) > 1 and all(keys[i] is not None for i in group):
            parted = _above(keys, group, parted)
    return parted


def _above(keys: Sequence[Key], group: Sequence[int], start: list[int]) -> list[int]:
    ordered = sorted(group, key=keys.__getitem__)
    result, better = list(start), 0
    for position, index in enumerate(ordered):
        if position and keys[index] != keys[ordered[position - 1]]:
            better = position
        result[index] = start[index] + better
    return result
