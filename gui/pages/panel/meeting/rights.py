"""What the person at the laptop may change at a meeting, and why not."""

from collections.abc import Sequence

from msgspec import Struct

from gui.dialogs.reason import NamedMembers
from gui.pages.page import Identity
from models.queries.panel.meeting_figures import MeetingFigures, hidden_because, locked_because
from models.queries.panel.panel import named_in_place
from scoring.marks.meeting import Item


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
