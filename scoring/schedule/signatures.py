"""Who signed what on which day, in words: joint signers stand together, each named once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from scoring.counted import listed, noun
from scoring.schedule.lines import Signed
from scoring.schedule.values import AwardSchedule
from scoring.written.days import full_day


def signed_words(signed: Sequence[Signed]) -> str:
    """Return who signed and when, as a sentence goes on: "A, Mayor, and B, Envoy, on 2 December 2026".

    Where they signed on several days, each stands with their own.
    """
    days: dict[str, dict[date, None]] = {}
    for one in signed:
        days.setdefault(one.words, {}).setdefault(one.on)
    if len({one.on for one in signed}) == 1:
        return f"{', and '.join(days)}, on {full_day(signed[0].on)}"
    told = ((who, listed([full_day(on) for on in sorted(own)])) for who, own in days.items())
    return ", and ".join(f"{who}, on {on}" for who, on in told)


def decisions_in_words(schedule: AwardSchedule) -> Iterator[str]:
    """Yield who decided under each notice and when, with the areas where that is not all of them.

    Under one notice areas may have been decided by people of their own; joint signers stand in the order in
    which they first signed anything that is shown.
    """
    for notice, who, areas in _decisions(schedule):
        where = f", for {listed(areas)}" if areas else ""
        yield f"{signed_words(who)}, notice {notice}{where}"


def made_in_words(schedule: AwardSchedule) -> str:
    """Return by whom the decisions are recorded as made: a sentence for all notices of the same people.

    The notices stand in their order. Areas are named where one notice had several people for its areas.
    """
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    every = list(_decisions(schedule))
    many = Counter(notice for notice, _, _ in every)
    for notice, who, areas in every:
        names = tuple(dict.fromkeys(one.words for one in who))
        found.setdefault((names, tuple(areas) if many[notice] > 1 else ()), []).append(notice)
    if len(found) == 1:
        ((names, _),) = found
        return f"The decision is recorded as made by {_and(names)}."
    return " ".join(_made_under(notices, areas, names) for (names, areas), notices in found.items())


def _made_under(notices: Sequence[str], areas: Sequence[str], names: Sequence[str]) -> str:
    which = f"{noun(len(notices), 'Notice', 'Notices')} {listed(notices)}"
    where = f", for {listed(areas)}," if areas else ""
    return f"{which}{where} {noun(len(notices), 'is', 'are')} recorded as decided by {_and(names)}."


def notices_in_order(schedule: AwardSchedule) -> list[str]:
    """Return the notices of what is shown, in the order in which papers name them."""
    return list(dict.fromkeys(one.notice for one in schedule.deciders))


def _and(names: Sequence[str]) -> str:
    """Return names with their posts: "A, Mayor, and B, Envoy"."""
    return ", and ".join(names)


def _decisions(schedule: AwardSchedule) -> Iterator[tuple[str, tuple[Signed, ...], list[str]]]:
    """Yield each notice with who decided under it together, and the areas where that is not all of them."""
    order = list(dict.fromkeys((one.name, one.post) for one in schedule.deciders))
    by_notice: dict[str, list[Signed]] = {}
    for one in sorted(schedule.deciders, key=lambda each: order.index((each.name, each.post))):
        by_notice.setdefault(one.notice, []).append(one)
    for notice in notices_in_order(schedule):
        for who, areas in _by_signers(schedule, by_notice[notice]):
            yield notice, who, areas


def _by_signers(
    schedule: AwardSchedule, signed: Sequence[Signed]
) -> Iterator[tuple[tuple[Signed, ...], list[str]]]:
    """Yield those who decided the same areas together with these, () for all of the schedule's."""
    named = dict.fromkeys(area for one in signed for area in one.areas)
    if not named:
        yield tuple(signed), []
        return
    if not all(one.areas for one in signed):
        named |= dict.fromkeys(area.area for area in schedule.areas if area.lines)
    found: dict[tuple[Signed, ...], list[str]] = {}
    for area in named:
        who = tuple(one for one in signed if not one.areas or area in one.areas)
        found.setdefault(who, []).append(area)
    yield from found.items()
