"""Places within an area: competition places over the shown score, then by the tie-break rules (section 5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from scoring.places.totals import Scored
from scoring.scheme import CRITERION_RULE, RankedBy, Scheme

Answer = int | None
"""What one application answers a rule with; None when it cannot."""

LOWER_FIRST = ("requested", "received", "chair")
"""The rules on which the lower answer goes first; on marks and scores the higher does."""


class Placed(NamedTuple):
    """One application's place; `tied` when no tie-break separates it from another; `by` the rule that did."""

    scored: Scored
    place: int
    tied: bool
    by: str | None


_Group = tuple[list[Scored], str | None]
"""Applications that no rule has separated yet, and the last rule that parted them from others."""


def places(scheme: Scheme, scored: Iterable[Scored], chair: Mapping[str, int]) -> list[Placed]:
    """Return the applications of one area in order of place, then reference.

    Places are 1, =2, =2, 4. `chair` holds the chair's tie decisions by reference. Every application
    with an equal score carries the last rule that separated it from any of them.
    """
    is_by_price = scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT
    score: Callable[[Scored], Any] = _price_first if is_by_price else _total
    rules = tie_breaks(scheme)
    answers = {rule: _answer(rule, scheme, chair) for rule in rules}
    placed: list[Placed] = []
    for _, equals in groupby(sorted(scored, key=score, reverse=not is_by_price), key=score):
        group = list(equals)
        for members, by in _go_down(rules, answers, group):
            if len(members) == 1:
                placed.append(Placed(members[0], len(placed) + 1, False, by))
            else:
                placed += _share_place(members, len(placed) + 1, by)
    return placed


def tie_breaks(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie-break rules of a scheme; `chair` comes last when it is not listed."""
    return scheme.ladder if "chair" in scheme.ladder else (*scheme.ladder, "chair")


_total: Callable[[Scored], int] = attrgetter("total_1e2")


def _price_first(scored: Scored) -> tuple[bool, int]:
    return scored.price_pence is None, scored.price_pence or 0


def _go_down(
    rules: Sequence[str], answers: Mapping[str, Callable[[Scored], Answer]], group: list[Scored]
) -> list[_Group]:
    """Separate equals rule by rule, going down the rules once."""
    groups: list[_Group] = [(group, None)]
    for rule in rules:
        separated: list[_Group] = []
        answer = answers[rule]
        for held in groups:
            if len(held[0]) == 1:
                separated.append(held)
            else:
                separated += _part(held, rule, answer)
        groups = separated
        if len(groups) == len(group):
            break
    return groups


def _part(group: _Group, rule: str, answer: Callable[[Scored], Answer]) -> list[_Group]:
    """Return the group separated by one rule; whole when one of it cannot answer or all answer alike."""
    held = group[0]
    answers = [answer(scored) for scored in held]
    values = set(answers)
    if len(values) == 1 or None in values:
        return [group]
    alike: dict[Answer, list[Scored]] = {}
    for scored, value in zip(held, answers, strict=True):
        alike.setdefault(value, []).append(scored)
    order = sorted(values, reverse=rule not in LOWER_FIRST)  # type: ignore[type-var]
    return [(alike[value], rule) for value in order]


def _share_place(members: list[Scored], place: int, by: str | None) -> list[Placed]:
    return [Placed(scored, place, True, by) for scored in sorted(members, key=_reference)]


_reference: Callable[[Scored], str] = attrgetter("application.reference")


def _answer(rule: str, scheme: Scheme, chair: Mapping[str, int]) -> Callable[[Scored], Answer]:
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE)
        position = [c.code for c in scheme.criteria].index(code)
        return lambda scored: scored.criteria[position].value_1e2
    plain: dict[str, Callable[[Scored], Answer]] = {
        "quality": attrgetter("quality_1e2"),
        "cost": attrgetter("cost_1e2"),
        "requested": attrgetter("application.requested_pence"),
        "received": lambda scored: _since(scored.application.received_at),
        "chair": lambda scored: chair.get(scored.application.reference),
    }
    return plain[rule]


def _since(received_at: datetime | None) -> int | None:
    return None if received_at is None else (received_at - datetime.min) // timedelta(microseconds=1)
