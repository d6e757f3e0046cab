"""Where the meeting stands, and what the person at the laptop may change at it."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from msgspec import Struct

from gui.dialogs.reason import NamedMembers
from gui.pages.page import Identity, Place
from models.queries.panel.meeting_figures import (
    MeetingFigures,
    Order,
    hidden_because,
    in_order,
    locked_because,
)
from models.queries.panel.panel import named_in_place
from scoring.marks.meeting import Item


class Onward(StrEnum):
    """What the way on from a closed item leads to, as its button says it."""

    ITEM = "Next item"
    AREA = "Next area"
    AFTER = "What comes next"


def onward_from(figures: MeetingFigures, items: Sequence[Item], item: Item, identity: Identity) -> Onward:
    """Return what comes after an item among those on show: another area once all of them are closed.

    Items that an interest closes to the person are left for somebody else.
    """
    mine, closed = identity.member, figures.rows.closed
    waiting = any(one.reference not in closed and mine not in one.away for one in items)
    if waiting or figures.stages.get(item.area or "") != "meeting":
        return Onward.ITEM
    if next_area(figures, item.area, mine):
        return Onward.AREA
    are_closed = all(one.reference in closed for one in items)
    return Onward.AFTER if are_closed and identity.may("confirm record") else Onward.ITEM


def next_area(figures: MeetingFigures, area: str | None, mine: str | None) -> str:
    """Return the area after one, in the header's order and beginning again, with items to talk about."""
    waiting = {one.area for one in figures.items.values() if figures.is_meeting(one) and mine not in one.away}
    return Place(figures.rows.line, area).next_area(waiting)


class Running:
    """The items in running order, one of them on show."""

    def __init__(self) -> None:
        self.items: tuple[Item, ...] = ()
        self.reference = ""

    @property
    def item(self) -> Item | None:
        """Return the item on show."""
        return next((item for item in self.items if item.reference == self.reference), None)

    def put(self, figures: MeetingFigures, area: str | None, order: Order) -> None:
        """Put the items of an area in order; one that is gone makes way for the first to talk about."""
        self.items = in_order(figures, area, order)
        if self.items and self.item is None:
            closed = figures.rows.closed
            waiting = [item.reference for item in self.items if item.reference not in closed]
            meets = [i.reference for i in self.items if figures.stages.get(i.area or "") == "meeting"]
            first = [of for of in waiting if of in meets]
            self.reference = (first or waiting or [self.items[0].reference])[0]

    def beside(self, steps: int) -> str:
        """Return the item so many steps from the one on show, "" where there is none."""
        references = [item.reference for item in self.items]
        if self.reference not in references:
            return ""
        at = references.index(self.reference) + steps
        return references[at] if 0 <= at < len(references) else ""

    def following(self, item: Item, closed: Collection[str], hidden: Collection[str] = ()) -> str:
        """Return the next item that is not closed, beginning again at the top; "" when all are.

        Those that are `hidden` from the person by an interest come after all others.
        """
        at = self.items.index(item)
        after = [one.reference for one in (*self.items[at + 1 :], *self.items[:at])]
        waiting = [one for one in after if one not in closed]
        return next(iter((*(one for one in waiting if one not in hidden), *waiting)), "")

    def onward(self, item: Item, closed: Collection[str]) -> str:
        """Return where to go from a closed item: to the next that is open, else to the one below it."""
        return self.following(item, closed) or self.beside(1) or item.reference

    def forget(self) -> None:
        """Begin at the first item to talk about, in whichever record comes next."""
        self.items, self.reference = (), ""


class RecordRights(Struct, frozen=True):
    """What may be done with the record of an area's meeting."""

    can_attend: bool
    can_confirm: bool
    can_open: bool


def unchangeable_because(figures: MeetingFigures, item: Item, identity: Identity) -> str:
    """Say why the person cannot change an item, "" when they can."""
    why = hidden_because(figures, item, identity.member) or locked_because(figures, item)
    return why or (identity.refusal("agree marks"))


def rulers(figures: MeetingFigures, reference: str, identity: Identity) -> NamedMembers:
    """Return who may be named in the chair's place on an application, for an officer to choose from."""
    rows = figures.rows.rows
    return named_in_place(rows.members, rows.interests, (reference,), identity.role)


def may_set_aside(figures: MeetingFigures, reference: str, identity: Identity) -> bool:
    """Whether the person sets criteria aside, or puts down what was ruled in the chair's place."""
    return identity.may("set not applicable") or bool(rulers(figures, reference, identity))


def can_open_item(figures: MeetingFigures, item: Item, identity: Identity) -> bool:
    """Whether the person may open a closed item again."""
    is_closed = item.reference in figures.rows.closed and figures.stages.get(item.area or "") == "meeting"
    return is_closed and not figures.is_confirmed(item.area) and identity.may("open item")


def asks_attendance(figures: MeetingFigures, item: Item, identity: Identity) -> bool:
    """Whether the person is to say who is here before anything else."""
    return figures.lacks_attendance(item) and identity.may("open item")


def sitting_together(figures: MeetingFigures, area: str) -> tuple[str, ...]:
    """Return the other areas planned for an area's day of which nothing is recorded or confirmed yet."""
    rows = figures.rows
    day, said = rows.planned.get(area), {area, *rows.held, *(one.area for one in rows.confirmed)}
    return tuple(one for one, on in rows.planned.items() if on == day and one not in said)


def record_rights(
    figures: MeetingFigures, area: str | None, items: Sequence[Item], identity: Identity
) -> RecordRights:
    """Return what the person may do with the record of an area, its items given; of all areas, nothing."""
    is_meeting = figures.stages.get(area or "") == "meeting"
    is_confirmed = figures.is_confirmed(area)
    can_attend = is_meeting and not is_confirmed and identity.may("open item")
    are_closed = all(item.reference in figures.rows.closed for item in items)
    return RecordRights(
        can_attend=can_attend,
        can_confirm=area is not None and are_closed and can_attend,
        can_open=is_meeting and is_confirmed and identity.may("open record"),
    )
