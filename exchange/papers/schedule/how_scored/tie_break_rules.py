"""Places worked down the tie-break rules one at a time, as the How scored sheet does it in columns.

Each rule's column holds how many stand above: the column before it, plus how many of those level so
far answer the rule better. A rule that one of the level ones cannot answer adds nothing to any.
"""

from collections.abc import Sequence
from datetime import datetime

from scoring.schedule.lines import Line
from scoring.scheme import CRITERION_RULE, RankedBy, Scheme

Key = int | None
"""What orders lines on one rule, lower first; None where a line has no answer."""


def rules_of(scheme: Scheme) -> tuple[str, ...]:
    """Return the rules in force: those listed, each once, and the chair last when not listed."""
    return tuple(dict.fromkeys((*scheme.ladder, "chair")))


def score_keys(scheme: Scheme, lines: Sequence[Line]) -> list[Key]:
    """Return what places are first given by: the total as printed, or the price, none last."""
    if scheme.ranked_by is RankedBy.TOTAL:
        return [-line.total_1e2 for line in lines]
    prices = [line.price_pence for line in lines]
    return [1 << 62 if price is None else price for price in prices]


def rule_keys(scheme: Scheme, rule: str, lines: Sequence[Line]) -> list[Key]:
    """Return each line's answer on a rule, lower first."""
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE).casefold()
        position = [c.code.casefold() for c in scheme.criteria].index(code)
        return [_higher_first(line.worked.values_1e2[position]) for line in lines]
    if rule == "quality":
        return [_higher_first(line.worked.quality_1e2) for line in lines]
    if rule == "cost":
        return [_higher_first(line.worked.cost_1e2) for line in lines]
    if rule == "requested":
        return [line.requested_pence for line in lines]
    if rule == "received":
        return [received_key(line.worked.received_at) for line in lines]
    return [line.worked.chair_place for line in lines]


def received_key(received_at: datetime | None) -> Key:
    """Return a received time as whole microseconds."""
    if received_at is None:
        return None
    since = received_at - datetime.min
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def levels(scores: Sequence[Key], rules: Sequence[Sequence[Key]]) -> list[list[int]]:
    """Return, for the score and then each rule, how many of the area stand above each line."""
    above = _above(scores, range(len(scores)), [0] * len(scores))
    columns = [above]
    for keys in rules:
        above = _part(above, keys)
        columns.append(above)
    return columns


def _part(above: list[int], keys: Sequence[Key]) -> list[int]:
    groups: dict[int, list[int]] = {}
    for index, number in enumerate(above):
        groups.setdefault(number, []).append(index)
    parted = above
    for group in groups.values():
        if len(group) > 1 and all(keys[i] is not None for i in group):
            parted = _above(keys, group, parted)
    return parted


def _above(keys: Sequence[Key], group: Sequence[int], start: list[int]) -> list[int]:
    ordered = sorted(group, key=lambda i: keys[i] or 0)
    result, better = list(start), 0
    for position, index in enumerate(ordered):
        if position and keys[index] != keys[ordered[position - 1]]:
            better = position
        result[index] = start[index] + better
    return result


def _higher_first(shown: int | None) -> Key:
    return None if shown is None else -shown
