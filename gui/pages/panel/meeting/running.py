"""Where the meeting stands: the items in running order, the one on show, and what comes after the last."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from gui.pages.page import Identity, Place
from models.queries.panel.meeting_figures import MeetingFigures, Order, in_order
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
