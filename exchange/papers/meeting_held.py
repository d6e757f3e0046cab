"""Who was at a panel's meeting, when and where it was held, and what it left open, as its minutes say."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from exchange.papers.document.values import Block, Para
from exchange.papers.paper_words import NO_AREA
from models.papers.minutes import Minutes, Presence
from scoring.counted import listed
from scoring.written.days import full_day
from scoring.written.text import as_sentence, as_sentences, with_capital

NO_APOLOGIES, NO_APOLOGIES_KEPT = " Apologies: none.", " Apologies: none recorded."
NOT_KEPT = "when and where it was held was not recorded"


def when_it_met(minutes: Minutes, today: date) -> Iterator[Block]:
    """Yield when and where each area met; where that was not recorded, for which day it was planned."""
    for areas, words in _alike(minutes, minutes.held):
        yield Para(f"{areas}: {words}." if areas else f"{words}.")
    days, told = dict(minutes.planned), {area for area, _ in minutes.held}
    met = {row.area for row in minutes.attendance if row.state == "present"}
    silent = [area for area in areas_of(minutes) if area not in told]
    said = [(area, _planned(days.get(area), today, has_met=area in met)) for area in silent]
    yield from _said_of_areas(minutes, said)


def who_came(minutes: Minutes) -> Iterator[Block]:
    """Yield who was there, who was not, of whom that is not recorded, and who took the chair."""
    areas = dict.fromkeys(row.area for row in minutes.attendance)
    are_all_there = all(_are_all_there(minutes, area) for area in areas)
    is_away = any(row.state == "absent" for row in minutes.attendance)
    unkept = NO_APOLOGIES_KEPT if minutes.unrecorded and not is_away else ""
    stood = [row for row in minutes.attendance if row.state == "present" or not _came(minutes, row)]
    partly = [replace(row, state="present") for row in minutes.attendance if row not in stood]
    for state, word in (("present", "Present"), ("absent", "Apologies")):
        rows = [row for row in (*stood, *partly) if row.state == state]
        named = [[_with_chair(minutes, row.name) for row in rows if row.area == area] for area in areas]
        names = zip(areas, map(", ".join, named), strict=True)
        for where, there in _alike(minutes, [one for one in names if one[1]]):
            none = (NO_APOLOGIES if are_all_there else unkept) if word == "Present" else ""
            yield Para(f"{word}{f', {where}' if where else ''}: {there}.{none}")
    told = {row.area for row in minutes.attendance}
    silent = [(area, "attendance was not recorded") for area in areas_of(minutes) if area not in told]
    yield from _said_of_areas(minutes, silent)
    yield from _unrecorded(minutes, told)
    yield from _part_of_the_time(minutes)
    yield from map(Para, map(as_sentence, minutes.chaired))


def left_open(minutes: Minutes) -> Iterator[Block]:
    """Yield of each area that went on to its recommendations which items were open, and why."""
    for area, why in minutes.left_open:
        here = (one for one in minutes.items if one.area == area and not one.is_closed)
        known = minutes.open_items
        open_ = [one.reference for one in here if known is None or one.reference in known]
        yield Para(f"{_went_on(area, open_)} The chair's reason: {as_sentences(why)}")
    for area, unexplained in groupby(minutes.unexplained, lambda one: one[0]):
        yield Para(f"{_went_on(area, [of for _, of in unexplained])} The chair did not say why.")


def areas_of(minutes: Minutes) -> tuple[str, ...]:
    """Return the areas that have items, in the order of the meeting; the paper's own alone has its name."""
    return tuple(dict.fromkeys(item.area or NO_AREA for item in minutes.items))


def _planned(day: date | None, today: date, *, has_met: bool) -> str:
    """Return for which day a meeting was planned of which nothing is kept, and that it is not."""
    if day is None:
        return NOT_KEPT
    return f"planned for {full_day(day)}{f'; {NOT_KEPT}' if has_met or day < today else ''}"


def _alike(minutes: Minutes, said: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what is said of areas once for all of which it is said, "" for all areas of the paper."""
    groups: dict[str, list[str]] = {}
    for area, words in said:
        groups.setdefault(words, []).append(area)
    everywhere = set(areas_of(minutes))
    for words, areas in groups.items():
        yield "" if minutes.area or everywhere <= set(areas) else listed(areas), words


def _said_of_areas(minutes: Minutes, said: Iterable[tuple[str, str]]) -> Iterator[Block]:
    for areas, words in _alike(minutes, said):
        yield Para(f"{areas}: {words}." if areas else f"{with_capital(words)}.")


def _unrecorded(minutes: Minutes, told: Collection[str]) -> Iterator[Block]:
    """Yield of which members nobody recorded whether they came, where that was recorded of others."""
    of_areas = {area: [who for at, who in minutes.unrecorded if at == area] for area in areas_of(minutes)}
    named = ((area, listed(names)) for area, names in of_areas.items() if names)
    by_names: dict[str, list[str]] = {}
    for area, names in named:
        by_names.setdefault(names, []).append(area)
    for names, areas in by_names.items():
        where = "" if set(told) <= set(areas) else f" for {listed(areas)}"
        yield Para(f"Attendance of {names}{where} was not recorded.")


def _are_all_there(minutes: Minutes, area: str) -> bool:
    """Whether each who marks is recorded as present for an area, and nobody as absent."""
    states = {row.name: row.state for row in minutes.attendance if row.area == area}
    return set(states.values()) == {"present"} and states.keys() >= set(minutes.members)


def _with_chair(minutes: Minutes, name: str) -> str:
    if name in minutes.chairs:
        return f"{name} (chair)"
    return f"{name} (adviser, no vote)" if name in minutes.advisers else name


def _came(minutes: Minutes, row: Presence) -> bool:
    """Whether somebody was there when an item of an area closed, whatever is recorded at the end."""
    return any(row.name in (item.present or ()) for item in minutes.items if item.area == row.area)


def _part_of_the_time(minutes: Minutes) -> Iterator[Block]:
    """Yield of each area who was there for some of its items and not for others.

    Whoever is out of the room for an interest is not missing there: that stands with the declarations.
    """
    for area in dict.fromkeys(item.area for item in minutes.items):
        closed = [item for item in minutes.items if item.area == area and item.present is not None]
        now = {row.name for row in minutes.attendance if (row.area, row.state) == (area, "present")}
        for name in dict.fromkeys(name for item in closed for name in item.present or ()):
            asked = [item for item in closed if name not in item.away]
            there = [item.reference for item in asked if name in (item.present or ())]
            missed = [item.reference for item in asked if name not in (item.present or ())]
            if not missed and name not in now:
                yield Para(f"{name} left after the last item{_of_area(minutes, area)} that is closed.")
            elif missed and len(there) < len(missed):
                yield Para(f"{name} was there for {listed(there)} only.")
            elif missed:
                yield Para(f"{name} was not there for {listed(missed)}.")


def _of_area(minutes: Minutes, area: str) -> str:
    return f" of {area}" if area and len(areas_of(minutes)) > 1 else ""


def _went_on(area: str, references: Sequence[str]) -> str:
    which = listed(references) or "items"
    return f"The panel went on to its recommendations for {area} with {which} not closed."
