"""The meeting as it is drawn: the item on show among those in running order, and what may be done with it."""

from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct

from gui.listed.form import NamedMembers
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


class MeetingState(Struct, frozen=True):
    """What is on show of a meeting, to whom: the items of an area, None for all, and the one at hand."""

    figures: MeetingFigures
    area: str | None
    items: tuple[Item, ...]
    item: Item
    identity: Identity

    @property
    def reference(self) -> str:
        return self.item.reference

    @property
    def hidden(self) -> str:
        """Say why the item is kept from the person, "" when it is not."""
        return hidden_because(self.figures, self.item, self.identity.member)

    @property
    def locked(self) -> str:
        """Say why the person cannot change the item, "" when they can."""
        return self.hidden or locked_because(self.figures, self.item) or self.identity.refusal("agree marks")

    @property
    def rulers(self) -> NamedMembers:
        """Return who may be named in the chair's place on the item, for an officer to choose from."""
        rows = self.figures.rows.rows
        return named_in_place(rows.members, rows.interests, (self.reference,), self.identity.role)

    @property
    def may_set_aside(self) -> bool:
        """Whether the person sets criteria aside, or puts down what was ruled in the chair's place."""
        is_theirs = self.identity.may("set not applicable") or bool(self.rulers)
        return self.figures.round.scheme.not_applicable_allowed and is_theirs

    @property
    def can_open_item(self) -> bool:
        """Whether the person may open a closed item again."""
        figures, item = self.figures, self.item
        is_closed = item.reference in figures.rows.closed and figures.stages.get(item.area or "") == "meeting"
        return is_closed and not figures.is_confirmed(item.area) and self.identity.may("open item")

    @property
    def asks_attendance(self) -> bool:
        """Whether the person is to say who is here before anything else."""
        return self.figures.lacks_attendance(self.item) and self.identity.may("open item")

    @property
    def can_attend(self) -> bool:
        """Whether the person says who is at the area's meeting; nobody does of all areas at once."""
        is_meeting = self.figures.stages.get(self.area or "") == "meeting"
        return is_meeting and not self.figures.is_confirmed(self.area) and self.identity.may("open item")

    @property
    def can_confirm(self) -> bool:
        """Whether the person may confirm the area's minutes by now."""
        return self.can_attend and all(one.reference in self.figures.rows.closed for one in self.items)

    @property
    def can_open(self) -> bool:
        """Whether the person may open the area's confirmed minutes again."""
        is_meeting = self.figures.stages.get(self.area or "") == "meeting"
        return is_meeting and self.figures.is_confirmed(self.area) and self.identity.may("open record")

    @property
    def onward(self) -> Onward:
        """Return what comes after the item: another area once all of those on show are closed.

        Items that an interest closes to the person are left for somebody else.
        """
        if self.waits or self.figures.stages.get(self.item.area or "") != "meeting":
            return Onward.ITEM
        if self.next_area:
            return Onward.AREA
        are_closed = all(one.reference in self.figures.rows.closed for one in self.items)
        return Onward.AFTER if are_closed and self.identity.may("confirm record") else Onward.ITEM

    @property
    def waits(self) -> bool:
        """Whether an item on show that the person may talk about is not closed yet."""
        closed, mine = self.figures.rows.closed, self.identity.member
        return any(one.reference not in closed and mine not in one.away for one in self.items)

    @property
    def next_area(self) -> str:
        """Return the next area with items to talk about, in the header's order, "" where there is none."""
        figures, mine = self.figures, self.identity.member
        every = figures.items.values()
        waiting = {one.area for one in every if figures.is_meeting(one) and mine not in one.away}
        return Place(figures.rows.line, self.item.area).next_area(waiting)

    def beside(self, steps: int) -> str:
        """Return the item so many steps from the one on show, "" where there is none."""
        at = self.items.index(self.item) + steps
        return self.items[at].reference if 0 <= at < len(self.items) else ""

    def following(self, hidden: Collection[str] = ()) -> str:
        """Return the next item that is not closed, beginning again at the top; "" when all are.

        Those that are `hidden` from the person by an interest come after all others.
        """
        at = self.items.index(self.item)
        after = (one.reference for one in (*self.items[at + 1 :], *self.items[:at]))
        waiting = [one for one in after if one not in self.figures.rows.closed]
        return next(iter((*(one for one in waiting if one not in hidden), *waiting)), "")

    @property
    def after_closed(self) -> str:
        """Return where to go from a closed item: to the next that is open, else to the one below it."""
        return self.following() or self.beside(1) or self.reference


def state_at(
    figures: MeetingFigures, area: str | None, order: Order, reference: str, identity: Identity
) -> MeetingState | None:
    """Return the state at an item; where that is not among them, at the first to talk about.

    None where the area has no item.
    """
    items = in_order(figures, area, order)
    waiting = [item for item in items if item.reference not in figures.rows.closed]
    meets = [item for item in waiting if figures.stages.get(item.area or "") == "meeting"]
    at = [item for item in items if item.reference == reference]
    found = next(iter((*at, *meets, *waiting, *items)), None)
    return None if found is None else MeetingState(figures, area, items, found, identity)


def sitting_together(figures: MeetingFigures, area: str) -> tuple[str, ...]:
    """Return the other areas planned for an area's day of which nothing is recorded or confirmed yet."""
    rows = figures.rows
    day, said = rows.planned.get(area), {area, *rows.held, *(one.area for one in rows.confirmed)}
    return tuple(one for one, on in rows.planned.items() if on == day and one not in said)
