"""What the meetings of a round recorded: attendance, closed items and confirmed records."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import select

from models.papers.order import Texts
from models.permissions.viewing import NOTHING_CLOSED, Sight, Viewer, seen, sight, veiled
from models.queries.panel.area_panels import (
    AreaPanels,
    Quorum,
    areas_of_other_panels,
    attendance,
    panels_as_signed,
)
from models.queries.panel.left_to_do import references_marked
from models.queries.panel.panel import declared_on
from models.queries.permissions.declarations import signers_declared
from models.queries.rows import columns_of, named_of_round, of_round, rows_of_round
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import area_dates, round_line
from models.schema.applications import application_table
from models.schema.panel import (
    closed_item_table,
    confirmed_record_table,
    meeting_table,
)
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.values.rounds import AreaDates, MeetingHeld, RoundLine
from models.values.rows import RoundRows, gathered, scored_round
from models.values.stored import read_or
from scoring.marks.meeting import Item, meeting_items, through_areas
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.schedule.values import NOT_COUNTED
from scoring.written.days import full_day
from scoring.written.text import counted, listed


class LateInterest(Struct, frozen=True):
    """A member's interest in an application that they had marked; the day is None where it is not told."""

    on: date | None
    at_meeting: bool = False

    @property
    def when(self) -> str:
        """Return when it was declared, as a sentence goes on with it, "" where that is not told."""
        return f"{' at the meeting' if self.at_meeting else ''} on {full_day(self.on)}" if self.on else ""

    @property
    def words(self) -> str:
        """Say it of a member: "declared at the meeting on 3 June 2026; their sheet is not counted"."""
        return f"declared{self.when or ' an interest'}{NOT_COUNTED}"


Late = Mapping[tuple[str, str], LateInterest]
"""Late interests by the member's code and the application's reference."""


def late_interests(
    session: Session, round_id: int, rows: RoundRows, held: Mapping[str, MeetingHeld]
) -> dict[tuple[str, str], LateInterest]:
    """Return the interests in what their member had marked; `held` has the meetings by area."""
    marked = marked_by(rows)
    barred = ((i.member, i.application or "") for i in rows.interests if i.kind.is_conflict)
    found = [key for key in barred if key in marked]
    days = declared_on(session, round_id) if found else {}
    areas = {row.reference: row.area or "" for row in rows.applications}
    met = {of: held[area].held_on for of, area in areas.items() if area in held}
    return {
        key: LateInterest(days.get(key), at_meeting=key in days and met.get(key[1]) == days[key])
        for key in found
    }


def marked_by(rows: RoundRows) -> frozenset[tuple[str, str]]:
    """Return the members with an application on whose sheet a mark stands, or which they handed in."""
    return frozenset(
        (one.member, one.application)
        for one in rows.sheets
        if one.submitted or any(mark is not None for mark in one.marks)
    )


def told_late(late: Late, reference: str, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return by name what is said of the late interests in an application."""
    return tuple(
        (names.get(member, member), one.words) for (member, of), one in late.items() if of == reference
    )


UNTIMED = "When and where the panel meets is not recorded."
MOST_NAMED = 5
"""Of the items that are not closed."""


class Confirmed(Struct, frozen=True):
    """That the panel confirmed the record of an area's meeting: who recorded it, and when (UTC)."""

    area: str
    by: str
    at: datetime


class Room(Struct, frozen=True):
    """Who was at the meeting when an item closed, and who of them decided it, as members' codes."""

    present: Texts
    decided: Texts


class MeetingRows(Struct, frozen=True, dict=True):
    """A round as its meeting needs it.

    `attendance` is (area, member code, present, absent or observer); who is not listed was not asked yet.
    `rooms` says of closed items who was there, where that was kept; `held` by area when and where it met,
    `planned` on which day it means to; `late` are interests declared once their member had marked; `panels`
    says who is on which area's panel. `other_areas` are those of other panels than the reader's; `ranking`
    is worked from their marks as well, where `rows` lack them.
    """

    line: RoundLine
    rows: RoundRows
    attendance: tuple[tuple[str, str, str], ...]
    closed: frozenset[str]
    confirmed: tuple[Confirmed, ...]
    rooms: Mapping[str, Room]
    sight: Sight = NOTHING_CLOSED
    held: Mapping[str, MeetingHeld] = field(default_factory=dict)
    planned: Mapping[str, date] = field(default_factory=dict)
    late: Late = field(default_factory=dict)
    panels: AreaPanels = AreaPanels()
    ranking: Ranking | None = None
    other_areas: frozenset[str] = frozenset()

    @cached_property
    def members(self) -> Texts:
        """Return the codes of those who mark in any area, whose marks are the columns of papers."""
        return self.panels.marking(None)

    def present(self, area: str | None) -> frozenset[str]:
        return self.panels.present(area, self.attendance)

    def observers(self, area: str | None) -> Texts:
        return self.panels.observers(area, self.attendance)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return what is up for discussion, with the marks of all who mark in any area."""
        return meeting_items(scored_round(self.rows), self.members, self.panels.belongs)

    def columns(self, item: Item) -> tuple[int, ...]:
        """Return whose marks on an item are shown, as numbers of its cells: those of its area's panel."""
        if item.reference in self.sight.other_panels:
            return ()
        return tuple(
            number for number, code in enumerate(self.members) if self.panels.belongs(code, item.area)
        )

    def leaving(self, item: Item) -> Texts:
        """Return who leaves the room for an interest in an item: of its area's panel, and observers."""
        let_in = self.observers(item.area)
        return tuple(one for one in item.away if one in let_in or self.panels.belongs(one, item.area))

    def held_words(self, area: str) -> str:
        """Say when and where an area's meeting is held, or beside its planned day that this is not told."""
        if area in self.held:
            return self.held[area].words
        planned = self.planned.get(area)
        return f"{UNTIMED} Planned for {full_day(planned)}." if planned else UNTIMED

    @cached_property
    def declared(self) -> frozenset[str]:
        """Return the members who have declared, be it that they have no interest."""
        return frozenset(row.member for row in self.rows.interests)

    def deciding(self, item: Item) -> Texts:
        """Return who decides an item: present, declared, and without an interest in it."""
        return self._among(item, self.present(item.area) & self._declared(item))

    def may_decide(self, item: Item) -> Texts:
        """Return who decides an item, before attendance is recorded who has declared and may.

        Of a closed item it is who decided it, whoever left the meeting since.
        """
        if item.reference in self.rooms:
            return self.rooms[item.reference].decided
        if self.is_answered(item) and item.reference not in self.closed:
            return self.deciding(item)
        return self._among(item, self._declared(item))

    def is_answered(self, item: Item) -> bool:
        return self.panels.is_answered(item.area, self.attendance)

    def quorum(self, item: Item) -> Quorum:
        """Return whether enough decide an item, decided it, or may while it is not known who comes."""
        count, needed = len(self.may_decide(item)), self.rows.scheme.quorum
        if item.reference in self.closed:
            return Quorum(count, needed, "decided")
        if self.line.stages.get(item.area or "") != "meeting":
            return Quorum(count, needed, "may decide")
        return Quorum(count, needed, "decide" if self.is_answered(item) else "")

    def able(self, item: Item) -> Texts | None:
        """Return who of those present could take part in an item.

        None before it is known who comes, and of an item that is closed.
        """
        if item.reference in self.rooms or not self.is_answered(item):
            return None
        return self._among(item, self.present(item.area))

    def undeclared(self, item: Item) -> int:
        """Return how many who mark an item, and declared no interest in it, have still to declare."""
        return len({*item.deciding(self.panels.marking(item.area))}.difference(self._declared(item)))

    def _declared(self, item: Item) -> frozenset[str]:
        """Return who has declared, or had as the area was signed."""
        return frozenset(self.panels.declared(item.area, self.declared))

    def _among(self, item: Item, there: Collection[str]) -> Texts:
        """Return who of some members counts toward the quorum of an item: of the panel of its area."""
        return item.deciding([code for code in self.panels.marking(item.area) if code in there])

    def left(self, item: Item) -> Texts:
        """Return the codes still to be settled before an item closes."""
        return item.left(self.rows.scheme.combine, self._reasons.get(item.reference, ()))

    @cached_property
    def _reasons(self) -> dict[str, Texts]:
        return {row.application: row.reasons for row in self.rows.agreed}


def meeting(session: Session, round_id: int) -> MeetingRows:
    """Return a round with what its meetings entered."""
    rows, held = round_rows(session, round_id), meetings_held(session, round_id)
    return MeetingRows(
        line=round_line(session, round_id),
        rows=rows,
        attendance=attendance(session, round_id),
        closed=closed_items(session, round_id),
        confirmed=confirmed_records(session, round_id),
        rooms=present_as_items_closed(session, round_id),
        held=held,
        planned={name: of.meets_on for name, of in area_dates(session, round_id).items() if of.meets_on},
        late=late_interests(session, round_id, rows, held),
        panels=panels_as_signed(session, round_id),
    )


def short_of_quorum(session: Session, round_id: int) -> dict[str, str]:
    """Return in words for which applications fewer than the quorum could take part in their area's meeting.

    Nobody closed these items: their meeting was recorded when it was over.
    """
    if not attendance(session, round_id):
        return {}
    held = meeting(session, round_id)
    quorum, able = held.rows.scheme.quorum, ((one.reference, held.able(one)) for one in held.items)
    return {
        of: f"{len(some)} of those at the meeting could take part, and the quorum is {quorum}"
        for of, some in able
        if some is not None and len(some) < quorum
    }


def seen_meeting(session: Session, round_id: int, viewer: Viewer) -> MeetingRows:
    """Return the same as one person may read it: without the marks and reasons that are closed to them."""
    held = meeting(session, round_id)
    others = areas_of_other_panels(session, round_id, viewer)
    of = sight(held.rows, held.line.stages, viewer, signers_declared(session, round_id), others)
    ranking = veiled(rank(scored_round(held.rows)), of) if of.other_panels else None
    return replace(held, rows=seen(held.rows, of), sight=of, ranking=ranking, other_areas=others)


meetings_held = named_of_round(
    MeetingHeld,
    select(area_table.c.name, *columns_of(MeetingHeld, meeting_table))
    .join(area_table)
    .where(area_table.c.round_id == OF_ROUND, meeting_table.c.held_on.is_not(None))
    .order_by(area_table.c.position),
)
"""When and where each area's meeting was held, where that was said, by area."""


def dates_with_meetings(session: Session, round_id: int) -> dict[str, AreaDates]:
    """Return each area's days; a meeting that was recorded is on the day it was held on."""
    held = meetings_held(session, round_id)
    return {
        name: replace(days, meets_on=held[name].held_on) if name in held else days
        for name, days in area_dates(session, round_id).items()
    }


left_open = named_of_round(
    str,
    select(area_table.c.name, meeting_table.c.left_open)
    .join(meeting_table)
    .where(area_table.c.round_id == OF_ROUND, meeting_table.c.left_open != "")
    .order_by(area_table.c.position),
)
"""Why areas moved on from their meeting with items open, by area."""


def closed_items(session: Session, round_id: int) -> frozenset[str]:
    """Return the references of the items that the meeting is done with."""
    return frozenset(present_as_items_closed(session, round_id))


present_as_items_closed = named_of_round(
    lambda present, decided: Room(
        read_or("closed_items.present", present, ()), read_or("closed_items.decided", decided, ())
    ),
    select(application_table.c.reference, closed_item_table.c.present, closed_item_table.c.decided)
    .join(closed_item_table)
    .where(application_table.c.round_id == OF_ROUND),
)
"""Who was there when each item closed, by reference."""
_BY = confirmed_record_table.c
confirmed_records = rows_of_round(
    Confirmed,
    of_round(Confirmed, confirmed_record_table, by=_BY.confirmed_by, at=_BY.confirmed_at).order_by(
        area_table.c.position
    ),
)
"""The areas whose record the panel confirmed, in their order."""


def item_numbers(items: Sequence[Item], areas: Iterable[str]) -> dict[str, int]:
    """Return by reference which item each is of its area, in the order in which a meeting takes them.

    The page, the panel book and the minutes go by it, whoever looks and however the page sorts its items.
    """
    found = gathered((one.area, one.reference) for one in through_areas(items, areas))
    return {of: number for here in found.values() for number, of in enumerate(here, 1)}


def items_left(session: Session, round_id: int, area: str) -> list[str]:
    """Return the references that an area marks and nobody closed, in their order."""
    return sorted(references_marked(round_rows(session, round_id), (area,)) - closed_items(session, round_id))


def items_left_words(area: str, references: Sequence[str]) -> str:
    """Say in a sentence which items are not closed, a few of them by their references."""
    named = listed(references[:MOST_NAMED])
    which = f", such as {named}" if len(references) > MOST_NAMED else f": {named}"
    return f"{area}: {counted(len(references), 'item is not closed', 'items are not closed')}{which}."
