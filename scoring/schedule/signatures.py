"""Who signed what on which day, in words: joint signers stand together, each named once."""

from collections.abc import Iterator, Sequence
from datetime import date

from scoring.counted import listed
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
    order = list(dict.fromkeys((one.name, one.post) for one in schedule.deciders))
    by_notice: dict[str, list[Signed]] = {}
    for one in sorted(schedule.deciders, key=lambda each: order.index((each.name, each.post))):
        by_notice.setdefault(one.notice, []).append(one)
    for notice in dict.fromkeys(one.notice for one in schedule.deciders):
        for who, areas in _by_signers(schedule, by_notice[notice]):
            where = f", for {listed(areas)}" if areas else ""
            yield f"{signed_words(who)}, notice {notice}{where}"


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
