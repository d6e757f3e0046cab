"""The year's money worked out a second time, from a list of events and without the product's values."""

from collections import defaultdict
from typing import NamedTuple


class Event(NamedTuple):
    """One thing that happened to the money of an area: a word, pence, and the round it is of."""

    area: str
    what: str
    pence: int
    round: str = ""


PLUS = ("project", "start-up", "carried", "moved in")


def figures(events: list[Event], open_rounds: set[str]) -> dict[str, dict[str, int | None]]:
    """Return the five figures by area, and under "" those of the fund."""
    by_area: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_area[event.area].append(event)
    found = {area: _of(own, open_rounds) for area, own in by_area.items()}
    counted = [one for one in found.values() if one["allocated"] is not None]
    fund: dict[str, int | None] = {
        name: sum(one[name] or 0 for one in counted) for name in ("committed", "decided", "paid")
    }
    for name in ("allocated", "left"):
        fund[name] = sum(one[name] or 0 for one in counted) if counted else None
    return {**found, "": fund}


def _of(events: list[Event], open_rounds: set[str]) -> dict[str, int | None]:
    def total(*words: str, of: str | None = None) -> int:
        return sum(e.pence for e in events if e.what in words and of in (None, e.round))

    held = 0
    for name in open_rounds:
        used = total("award", "earlier", of=name) - total("recovered", of=name)
        held += max(total("pot", of=name) - used, 0)
    less = total("recovered") + total("contribution")
    committed = total("award", "earlier") + held - less
    has = any(event.what == "project" for event in events)
    allocated = total(*PLUS) - total("moved out") if has else None
    return {
        "allocated": allocated,
        "committed": committed,
        "decided": total("award") - less,
        "paid": total("payment") - less,
        "left": None if allocated is None else allocated - committed,
    }
