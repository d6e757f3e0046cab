"""Places within a list: competition places over the shown score, then by the tie-break rules (section 5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from scoring.places.totals import Totals
from scoring.scheme import CRITERION_RULE, RankedBy, Scheme

Answer = int | datetime | None
"""What one application answers a rule with; None when it cannot."""

LOWER_FIRST = ("requested", "received", "chair")
"""The rules on which the lower answer goes first; on marks and scores the higher does."""


class Places(NamedTuple):
    """The rows of one list in order of place, then reference, with a place each: 1, =2, =2, 4.

    `tied` when no tie-break separates it from another; `by` the rule that did.
    """

    rows: Sequence[int]
    places: Sequence[int]
    tied: Sequence[bool]
    by: Sequence[str | None]


class _Order(NamedTuple):
    """Rows in their order, the rule that parted each from others, and the stretches that nothing parts."""

    rows: list[int]
    by: list[str | None]
    tied: list[slice]

    def places(self) -> Places:
        """Return the rows with their places."""
        places, tied = list(range(1, len(self.rows) + 1)), [False] * len(self.rows)
        for stretch in self.tied:
            count = stretch.stop - stretch.start
            places[stretch], tied[stretch] = [stretch.start + 1] * count, [True] * count
        return Places(self.rows, places, tied, self.by)


_Rule = tuple[str, Callable[[], Sequence[Answer]]]
"""A tie-break rule and what gives every application's answer, once it is asked for."""


def places(
    scheme: Scheme, totals: Totals, lists: Iterable[Sequence[int]], chair: Mapping[str, int]
) -> list[Places]:
    """Return the places of each list, given as its rows in the totals.

    `chair` holds the chair's tie decisions by reference. Every application with an equal score carries the
    last rule that separated it from any of them.
    """
    is_by_price = scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT
    scores: Sequence[Any] = list(map(_price_first, totals.price_pence)) if is_by_price else totals.total_1e2
    score = scores.__getitem__
    rules = [(rule, cache(partial(_answers, rule, scheme, totals, chair))) for rule in tie_breaks(scheme)]
    found = []
    for rows in lists:
        order = _Order([], [], [])
        for _, equals in groupby(sorted(rows, key=score, reverse=not is_by_price), key=score):
            _go_down(rules, list(equals), totals, order)
        found.append(order.places())
    return found


def tie_breaks(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie-break rules of a scheme; `chair` comes last when it is not listed."""
    return scheme.ladder if "chair" in scheme.ladder else (*scheme.ladder, "chair")


def _price_first(price_pence: int | None) -> tuple[bool, int]:
    return price_pence is None, price_pence or 0


def _go_down(
    rules: Sequence[_Rule], equals: list[int], totals: Totals, order: _Order, by: str | None = None
) -> None:
    """Put equals, which `by` parted from others, in order, going down the rules once.

    A rule is passed over that one of them cannot answer, or that all answer alike.
    """
    if len(equals) == 1:
        order.rows.append(equals[0])
        order.by.append(by)
        return
    for number, (rule, answers) in enumerate(rules, start=1):
        column = answers()
        alike: dict[Answer, list[int]] = {}
        for row in equals:
            alike.setdefault(column[row], []).append(row)
        if len(alike) > 1 and None not in alike:
            for answer in sorted(alike, reverse=rule not in LOWER_FIRST):  # type: ignore[type-var]
                _go_down(rules[number:], alike[answer], totals, order, rule)
            return
    order.tied.append(slice(len(order.rows), len(order.rows) + len(equals)))
    order.rows.extend(sorted(equals, key=lambda row: totals.applications[row].reference))
    order.by.extend([by] * len(equals))


def _answers(rule: str, scheme: Scheme, totals: Totals, chair: Mapping[str, int]) -> Sequence[Answer]:
    if rule.startswith(CRITERION_RULE):
        code = rule.removeprefix(CRITERION_RULE)
        position = [c.code for c in scheme.criteria].index(code)
        return [results[position].value_1e2 for results in totals.criteria]
    applications = totals.applications
    plain: dict[str, Callable[[], Sequence[Answer]]] = {
        "quality": lambda: totals.quality_1e2,
        "cost": lambda: totals.cost_1e2,
        "requested": lambda: [a.requested_pence for a in applications],
        "received": lambda: [a.received_at for a in applications],
        "chair": lambda: [chair.get(a.reference) for a in applications],
    }
    return plain[rule]()
