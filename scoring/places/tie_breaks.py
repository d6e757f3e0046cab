"""Places within an area: competition places over the shown score, then by the tie-break rules (section 5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from scoring.places.totals import Scored
from scoring.scheme import CRITERION_RULE, RankedBy, Scheme

Answer = int | datetime | None
"""What one application answers a rule with; None when it cannot."""

LOWER_FIRST = ("requested", "received", "chair")
"""The rules on which the lower answer goes first; on marks and scores the higher does."""


class Placed(NamedTuple):
    """One application's place; `tied` when no tie-break separates it from another; `by` the rule that did."""

    scored: Scored
    place: int
    tied: bool
    by: str | None


_Rule = tuple[str, Callable[[Scored], Answer]]
"""A tie-break rule and what asks one application for its answer."""


def places(scheme: Scheme, scored: Iterable[Scored], chair: Mapping[str, int]) -> list[Placed]:
    """Return the applications of one area in order of place, then reference.

    Places are 1, =2, =2, 4. `chair` holds the chair's tie decisions by reference. Every application
    with an equal score carries the last rule that separated it from any of them.
    """
    is_by_price = scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT
    score: Callable[[Scored], Any] = _price_first if is_by_price else _total
    rules = [(rule, _answer(rule, scheme, chair)) for rule in tie_breaks(scheme)]
    placed: list[Placed] = []
    for _, equals in groupby(sorted(scored, key=score, reverse=not is_by_price), key=score):
        _go_down(rules, list(equals), placed)
    return placed


def tie_breaks(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie-break rules of a scheme; `chair` comes last when it is not listed."""
    return scheme.ladder if "chair" in scheme.ladder else (*scheme.ladder, "chair")


_total: Callable[[Scored], int] = attrgetter("total_1e2")


def _price_first(scored: Scored) -> tuple[bool, int]:
    return scored.price_pence is None, scored.price_pence or 0


def _go_down(
    rules: Sequence[_Rule], equals: list[Scored], placed: list[Placed], by: str | None = None
) -> None:
    """Give places to equals, which `by` parted from others, going down the rules once.

    A rule is passed over that one of them cannot answer, or that all answer alike.
    """
    if len(equals) == 1:
        placed.append(Placed(equals[0], len(placed) + 1, False, by))
        return
    for number, (rule, answer) in enumerate(rules, start=1):
        alike: dict[Answer, list[Scored]] = {}
        for scored in equals:
            alike.setdefault(answer(scored), []).append(scored)
        if len(alike) > 1 and None not in alike:
            for value in sorted(alike, reverse=rule not in LOWER_FIRST):  # type: ignore[type-var]
                _go_down(rules[number:], alike[value], placed, rule)
            return
    place = len(placed) + 1
    placed += [Placed(scored, place, True, by) for scored in sorted(equals, key=_reference)]


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
        "received": attrgetter("application.received_at"),
        "chair": lambda scored: chair.get(scored.application.reference),
    }
    return plain[rule]
