"""What the meeting page shows of a round, worked out beside the event loop."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from models.permissions.viewing import NOT_DECLARED, Viewer, codes_of
from models.queries.panel.area_panels import Quorum, areas_of_other_panels
from models.queries.panel.meeting import MeetingRows, item_numbers
from models.queries.permissions.declarations import own_conflicts, waits_to_declare
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.session import Session
from models.values.rounds import AFTER_MEETING, BEFORE_MEETING, STAGES
from models.values.rows import (
    AgreedRow,
    SheetRow,
    by_application,
    by_reference,
    distinct_names,
    gathered,
    scored_round,
)
from scoring.marks.meeting import Agenda, Item, by_fewest_exits, by_widest_spread
from scoring.marks.sheets import Named, Severity, first_handed_in, severities, units_of
from scoring.money import score
from scoring.places.marks_changed import Ranked
from scoring.rank import rank
from scoring.ranking import Ranking, Standing
from scoring.round import InterestKind, Round

AT_MEETING = STAGES[2:]
"""The stages from which the members' marks are open to the panel."""


ATTENDANCE_FIRST = "Attendance comes first."
AS_GIVEN = "Marks stand as the members gave them."
"""What is said after a meeting that agrees no marks."""


class Order(StrEnum):
    """How the items are put in running order."""

    SPREAD = "spread"
    EXITS = "exits"


class GivenReason(Struct, frozen=True):
    """Why a member, by code, gave a mark on a criterion. One `is_for_panel` is told to no applicant."""

    member: str
    mark: int
    words: str
    is_for_panel: bool


class MeetingFigures(Struct, frozen=True):
    """A round at its meetings: items by reference, standings, stages of the areas, and who is who.

    `waiting` has the codes still to be settled before an item closes, by reference, and `numbers` which item
    each is of its area. `own_ranking` is that of the round itself, None where more than that is ranked.
    """

    rows: MeetingRows
    round: Round
    items: Mapping[str, Item]
    standings: Mapping[str, Standing]
    stages: Mapping[str, str]
    names: Mapping[str, str]
    agreed: Mapping[str, AgreedRow]
    not_applicable: Mapping[tuple[str, str], str]
    everyone: tuple[Named, ...]
    projects: Mapping[str, str]
    waiting: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    own_ranking: Ranking | None = None
    _quorums: Mapping[str, Quorum] = {}
    _apart: Mapping[str, int] = {}
    _sheets: Mapping[tuple[str, str], SheetRow] = {}

    def __post_init__(self) -> None:
        """Work out beside the event loop what each row of the running order says."""
        force_setattr(self, "_quorums", {of: self.rows.quorum(item) for of, item in self.items.items()})
        force_setattr(self, "_apart", {of: self._count_apart(item) for of, item in self.items.items()})
        sheets = {(sheet.member, sheet.application): sheet for sheet in self.rows.rows.sheets}
        force_setattr(self, "_sheets", sheets)

    @property
    def round_id(self) -> int:
        return self.rows.line.round_id

    def reason(self, reference: str, code: str) -> str:
        """Return the panel's reason for an agreed mark, "" when there is none."""
        row = self.agreed.get(reference)
        codes = self.round.scheme.judged_codes
        return row.reasons[codes.index(code)] if row is not None and row.reasons else ""

    def is_for_panel(self, reference: str, code: str) -> bool:
        """Whether the panel's reason for an agreed mark is told to no applicant."""
        row = self.agreed.get(reference)
        return row is not None and code in row.for_panel

    def given_reasons(self, item: Item, code: str) -> tuple[GivenReason, ...]:
        """Return the reasons of the members' marks that are shown, lowest and highest mark first."""
        line = next(line for line in item.lines if line.code == code)
        position = self.round.scheme.judged_codes.index(code)
        found = []
        for number in self.rows.columns(item):
            mark, sheet = (
                line.cells[number].mark,
                self._sheets.get((self.rows.members[number], item.reference)),
            )
            if mark is None or sheet is None or not sheet.reasons or not sheet.reasons[position].strip():
                continue
            words, is_for_panel = sheet.reasons[position].strip(), code in sheet.for_panel
            found.append(GivenReason(sheet.member, mark, words, is_for_panel))
        marks = [one.mark for one in found]
        ends = min(marks, default=0) + max(marks, default=0)
        return tuple(sorted(found, key=lambda one: (-abs(2 * one.mark - ends), one.mark)))

    def dissent(self, reference: str) -> str:
        """Return the dissent that is recorded, "" when there is none."""
        row = self.agreed.get(reference)
        return "" if row is None else row.dissent

    @property
    def is_agreed(self) -> bool:
        """Whether the panel agrees marks; where it does not, what counts is worked from the members'."""
        return self.round.scheme.is_agreed

    def value(self, reference: str, code: str) -> str:
        """Return what counts on a criterion instead of an agreed mark, "–" while it is not known."""
        standing = self.standings.get(reference)
        results = standing.criteria if standing is not None else ()
        return next((score(one.value_1e2) for one in results if one.code == code), "–")

    def is_meeting(self, item: Item) -> bool:
        """Whether the item's area is at its meeting and the item is not closed."""
        return self.stages.get(item.area or "") == "meeting" and item.reference not in self.rows.closed

    def lacks_attendance(self, item: Item) -> bool:
        """Whether it is not known yet who is at the meeting that the item is before."""
        return not self.quorum(item).counted

    def leaving(self, item: Item) -> tuple[str, ...]:
        """Return who leaves the room for an item; whoever decided a closed one had not left it."""
        room = self.rows.rooms.get(item.reference)
        leaving = self.rows.leaving(item)
        return leaving if room is None else tuple(one for one in leaving if one not in room.decided)

    def is_quorate(self, item: Item) -> bool:
        """Whether enough of the panel decide an item, or may decide it while it is not known who comes."""
        return self.quorum(item).holds

    def quorum(self, item: Item) -> Quorum:
        return self._quorums[item.reference]

    def is_confirmed(self, area: str | None) -> bool:
        return any(record.area == area for record in self.rows.confirmed)

    def left(self, item: Item) -> tuple[str, ...]:
        return self.waiting[item.reference]

    def still_apart(self, item: Item) -> int:
        """Return on how many criteria with marks two or more apart there is still to be talked."""
        return self._apart[item.reference]

    def _count_apart(self, item: Item) -> int:
        left = self.left(item)
        return sum(line.is_flagged and line.agreed is None and line.code in left for line in item.lines)


def work_out(rows: MeetingRows, before: MeetingFigures | None = None) -> MeetingFigures:
    """Return the figures of a round's meetings; nothing of them is ever stored.

    Of those `before` the ranking is taken over where no mark changed.
    """
    known = None if before is None or before.own_ranking is None else Ranked(before.round, before.own_ranking)
    scored = scored_round(rows.rows, None if before is None else (before.rows.rows, before.round))
    items = by_reference(rows.items)
    ranking = rows.ranking or rank(scored, known)
    return MeetingFigures(
        rows=rows,
        round=scored,
        items=items,
        own_ranking=ranking if rows.ranking is None else None,
        standings=by_reference(ranking.standings),
        stages=rows.line.stages,
        names=distinct_names(rows.rows.members),
        agreed=by_application(rows.rows.agreed),
        not_applicable={(row.application, row.criterion): row.reason for row in rows.rows.not_applicable},
        everyone=tuple(Named(a.reference, a.organisation) for a in rows.rows.applications),
        projects={a.reference: a.project for a in rows.rows.applications},
        waiting={reference: rows.left(item) for reference, item in items.items()},
        numbers=item_numbers(tuple(items.values()), [area.name for area in rows.line.areas]),
    )


def in_order(figures: MeetingFigures, area: str | None, order: Order) -> tuple[Item, ...]:
    """Return the items of an area in running order, or of all one after the other that came so far.

    An area that still accepts applications has nothing to talk about, unless it was marked elsewhere;
    other panels have meetings of their own.
    """
    sort = by_widest_spread if order is Order.SPREAD else by_fewest_exits
    agendas = gathered(
        (item.area, Agenda(item.reference, item.spread, frozenset(item.away)))
        for item in figures.items.values()
    )
    found: list[Item] = []
    for line in figures.rows.line.areas:
        is_there = (line.stage != "intake" or line.was_scored) and line.name not in figures.rows.other_areas
        if line.name == area or (area is None and is_there):
            found += [figures.items[reference] for reference in sort(agendas.get(line.name, ()))]
    return tuple(found)


def hidden_because(figures: MeetingFigures, item: Item, member: str | None) -> str:
    """Say why a person may not see an item's marks, "" when they may.

    Who gives no marks sees none while others give them; a round that was loaded was marked elsewhere.
    """
    if figures.rows.sight.must_declare:
        return NOT_DECLARED
    if member in item.away:
        return f"You declared an interest in {item.reference}. Its text, marks and totals stay closed to you."
    stage = figures.stages.get(item.area or "")
    if stage in AT_MEETING:
        return ""
    if member not in figures.rows.members:
        return f"Members’ marks open when {item.area} is at its meeting." if stage == "scoring" else ""
    handed_in = {(s.member, s.application) for s in figures.rows.rows.sheets if s.submitted}
    if (member, item.reference) in handed_in or member in item.abstained:
        return ""
    return "Others’ marks open when you hand in your own score sheet."


def locked_because(figures: MeetingFigures, item: Item) -> str:
    """Say why an item cannot be changed, "" when it can."""
    stage = figures.stages.get(item.area or "", "")
    if stage in AFTER_MEETING:
        stand = "Marks are as the panel agreed them." if figures.is_agreed else AS_GIVEN
        return f"The meeting on {item.area} is over. {stand}"
    if figures.is_confirmed(item.area):
        return f"The panel confirmed the minutes of {item.area}. The chair can open them again with a reason."
    if stage != "meeting":
        return f"{item.area} is not at its meeting yet. The chair moves it on when marks are in."
    if item.reference in figures.rows.closed:
        return "This item is closed."
    if figures.lacks_attendance(item):
        return f"{ATTENDANCE_FIRST} Say on the left, under Attendance, who is here."
    if not figures.rows.present(item.area):
        return f"Nobody of the panel of {item.area} is here. {figures.quorum(item).words}."
    return ""


class MemberSpread(Struct, frozen=True):
    """A member by name, and how the marks stand to the others'."""

    name: str
    severity: Severity


def marking_spread(session: Session, round_id: int, viewer: Viewer) -> tuple[MemberSpread, ...]:
    """Return every member with enough applications shared with others.

    It takes the sheets that count, of areas past scoring, a reopened one as it first was, and none of an
    application that the viewer declared an interest in, or abstained from, or that another panel marked.
    """
    if waits_to_declare(session, round_id, viewer):
        return ()
    line, rows = round_line(session, round_id), round_rows(session, round_id)
    open_areas = {area.name for area in line.areas if area.stage not in BEFORE_MEETING}
    own = codes_of(rows, viewer)
    closed = {
        row.application for row in rows.interests if row.member in own and row.kind is not InterestKind.NONE
    }
    closed |= own_conflicts(session, round_id, viewer)
    open_areas -= areas_of_other_panels(session, round_id, viewer)
    counted = {
        row.reference
        for row in rows.applications
        if row.area in open_areas and not row.withdrawn and row.reference not in closed
    }
    names = distinct_names(rows.members)
    units = units_of(first_handed_in(scored_round(rows)), tuple(names))
    found = severities((unit for unit in units if unit.reference in counted), names)
    return tuple(MemberSpread(names[one.member], one) for one in found if one.severity is not None)
