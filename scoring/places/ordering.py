"""Places within an area: competition places over the shown score, then down the tie ladder (section 5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from scoring.places.totals import Scored
from scoring.scheme import CRITERION_RUNG, RankedBy, Scheme

Answer = int | None
"""What one application answers a rung with; None when it cannot."""

LOWER_FIRST = ("requested", "received", "chair")
"""The rungs on which the lower answer goes first; on marks and scores the higher does."""


class Placed(NamedTuple):
    """One application's place; `tied` when no rung parts it from another; `by` the rung that did."""

    scored: Scored
    place: int
    tied: bool
    by: str | None


_Group = tuple[list[Scored], str | None]
"""Applications that no rung has parted yet, and the last rung that parted them from others."""


def places(scheme: Scheme, scored: Iterable[Scored], chair: Mapping[str, int]) -> list[Placed]:
    """Return the applications of one area in order of place, then reference.

    Places are 1, =2, =2, 4. `chair` holds the chair's tie decisions by reference. Every application
    with an equal score carries the last rung that parted it from any of them.
    """
    score = _price_first if scheme.ranked_by is RankedBy.PRICE_PER_QUALITY_POINT else _total_first
    rungs = ladder(scheme)
    answers = {rung: _answer(rung, scheme, chair) for rung in rungs}
    placed: list[Placed] = []
    for _, equals in groupby(sorted(scored, key=score), key=score):
        group = list(equals)
        if len(group) == 1:
            placed.append(Placed(group[0], len(placed) + 1, False, None))
            continue
        for members, by in _go_down(rungs, answers, group):
            placed += _share_place(members, len(placed) + 1, by)
    return placed


def ladder(scheme: Scheme) -> tuple[str, ...]:
    """Return the tie rungs of a scheme; `chair` comes last when it is not listed."""
    return scheme.ladder if "chair" in scheme.ladder else (*scheme.ladder, "chair")


def _total_first(scored: Scored) -> int:
    return -scored.total_1e2


def _price_first(scored: Scored) -> tuple[bool, int]:
    return scored.price_pence is None, scored.price_pence or 0


def _go_down(
    rungs: Sequence[str], answers: Mapping[str, Callable[[Scored], Answer]], group: list[Scored]
) -> list[_Group]:
    """Part equals rung by rung, going down the ladder once."""
    groups: list[_Group] = [(group, None)]
    for rung in rungs:
        parted: list[_Group] = []
        for held in groups:
            parted += [held] if len(held[0]) == 1 else _part(held, rung, answers[rung])
        groups = parted
        if len(groups) == len(group):
            break
    return groups


def _part(group: _Group, rung: str, answer: Callable[[Scored], Answer]) -> list[_Group]:
    """Return the group parted by one rung; whole when one of it cannot answer or all answer alike."""
    alike: dict[Answer, list[Scored]] = {}
    for scored in group[0]:
        alike.setdefault(answer(scored), []).append(scored)
    answers = [value for value in alike if value is not None]
    if len(answers) < len(alike) or len(answers) == 1:
        return [group]
    return [(alike[value], rung) for value in sorted(answers, reverse=rung not in LOWER_FIRST)]


def _share_place(members: list[Scored], place: int, by: str | None) -> list[Placed]:
    if len(members) == 1:
        return [Placed(members[0], place, False, by)]
    return [Placed(scored, place, True, by) for scored in sorted(members, key=_reference)]


_reference: Callable[[Scored], str] = attrgetter("application.reference")


def _answer(rung: str, scheme: Scheme, chair: Mapping[str, int]) -> Callable[[Scored], Answer]:
    if rung.startswith(CRITERION_RUNG):
        code = rung.removeprefix(CRITERION_RUNG)
        position = [c.code for c in scheme.criteria].index(code)
        return lambda scored: scored.criteria[position].value_1e2
    plain: dict[str, Callable[[Scored], Answer]] = {
        "quality": attrgetter("quality_1e2"),
        "cost": attrgetter("cost_1e2"),
        "requested": attrgetter("application.requested_pence"),
        "received": lambda scored: _since(scored.application.received_at),
        "chair": lambda scored: chair.get(scored.application.reference),
    }
    return plain[rung]


def _since(received_at: datetime | None) -> int | None:
    return None if received_at is None else (received_at - datetime.min) // timedelta(microseconds=1)
