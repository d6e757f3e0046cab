"""What a meeting asks before it is done: a criterion set aside, when and where, confirming, the minutes."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from gui.dialogs.files import Kind
from gui.listed.acts import Confirm, Deed, Hint, Save, Saved
from gui.listed.form import Across, AtField, Day, Form, Line, Tick, Ticks, Time, reason_form
from gui.pages.panel.meeting.state import MeetingState, sitting_together
from gui.record.runner import Ticket
from gui.widgets.typed import WHICH_DAY
from models.clock import utc_now
from models.issuing import annex_order
from models.operations.panel.agreed import ConfirmRecord, OpenRecord, SetNotApplicable
from models.operations.panel.meetings import SetAttendance, SetAttendances, SetMeetingHeld
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import PaperStatus
from models.permissions.viewing import Viewer, prints_closed
from models.queries.panel.area_panels import OBSERVER
from models.queries.papers.papers import draft_status, paper_value
from models.queries.permissions.acting import why_not_written
from models.queries.permissions.reading import refuse_closed_paper
from models.values.rounds import MeetingHeld
from scoring import money
from scoring.publishing import with_and_without
from scoring.round import Round
from scoring.written.names import file_name
from scoring.written.text import counted, one_line


def not_applicable_words(round_: Round, reference: str, code: str) -> tuple[str, ...]:
    """Return the sentences of the box; setting aside can raise a weak application's score."""
    both = with_and_without(round_, reference, code)
    counted, without = ("no total yet" if t is None else money.score(t) for t in both)
    return (
        f"The other criteria on its side share its weight. Total with {code}: {counted}; without: {without}.",
        "It does not count as 0: the criterion does not apply to this application at all.",
    )


LONGEST = 200
OBSERVERS_DO = (
    "Observers do not count for quorum and take part in no decision. They can see what each member marked "
    "here. The minutes name them as observers."
)


def held(state: MeetingState, then: Deed = None) -> Deed:
    """Ask when and where the panel meets for the area of the item on show, and for those that sit with it.

    The day is at first the one that is planned; it is taken back as a whole. `then` follows what is recorded.
    """
    figures, area = state.figures, state.item.area or ""
    rows, beside = figures.rows, sitting_together(figures, area)
    stood, planned = rows.held.get(area), rows.planned.get(area)

    def saved(now: MeetingHeld | None, areas: Iterable[str], then: Deed) -> Deed:
        changes = [
            SetMeetingHeld(figures.round_id, one, now, rows.held.get(one))
            for one in areas
            if rows.held.get(one) != now
        ]
        return tuple(Saved(one, then=then if one is changes[-1] else None) for one in changes)

    def does(on: date, begins: str, ends: str, place: str, **also: bool) -> Deed:
        if begins and ends and ends <= begins:
            raise AtField("The meeting ends before it begins. Correct the times.", "ends")
        areas = (area, *(one for one in beside if also[f"also {one}"]))
        return saved(MeetingHeld(on, begins, ends, one_line(place)), areas, then)

    return Form(
        title=f"When and where {area} meets",
        sentences=("It is printed at the head of the minutes.",),
        action="Record",
        does=does,
        waits=lambda typed: "" if typed["on"] else WHICH_DAY,
        removes=None if stood is None else lambda: saved(None, (area,), None),
        removal="Take it back",
        fields=(
            Day("on", WHICH_DAY, shown="On", value=stood.held_on if stood else planned, is_near=True),
            Across(
                (
                    Time("begins", "From", value=stood.begins if stood else ""),
                    Time("ends", "To", value=stood.ends if stood else ""),
                )
            ),
            Line(
                *("place", "Place"),
                value=stood.place if stood else "",
                hint="such as Committee room 2, or online",
                long=LONGEST,
            ),
            *(Tick(f"also {one}", f"Also for {one}", value=True) for one in beside),
        ),
    )


MINUTES = "minutes"
_Made = tuple[str, PaperValue, PaperStatus]


def minutes(state: MeetingState) -> Deed:
    """Ask where the minutes are written, unless an item is closed to who asks."""
    figures, area = state.figures, state.area
    line, order = figures.rows.line, tuple(item.reference for item in state.items)
    not_theirs = why_not_written(state.identity.role, MINUTES)
    if closed := not_theirs or prints_closed(figures.rows.sight, order):
        return Hint(closed)
    return Save(
        *(Kind.PAPERS, "Write the minutes"),
        name=file_name(*line.names, area or "", "minutes") + ".pdf",
        filter="PDF (*.pdf);;Word document (*.docx)",
        content=partial(made_minutes, round_id=figures.round_id, area=area, viewer=state.identity.viewer),
        write=_write,
        said=_written,
        is_near=True,
    )


def _written(made: tuple[_Made, ...]) -> str:
    beside = ", the annex of marks beside them" if len(made) > 1 else ""
    return f"The minutes are written as “{{}}”{beside}. The record is unchanged."


def made_minutes(session: Any, round_id: int, area: str | None, viewer: Viewer) -> tuple[_Made, ...]:
    """Return the minutes of an area, with their annex if any, and what each draft says about itself.

    Refused where either is closed to who writes them.
    """
    order = PaperOrder(MINUTES, utc_now(), round_id, area)
    refuse_closed_paper(session, order, viewer)
    value = paper_value(session, order)
    found: tuple[_Made, ...] = ((order.kind, value, draft_status(session, order, value)),)
    if annex := annex_order(order, value):
        refuse_closed_paper(session, annex, viewer, with_marks=True)
        marks = paper_value(session, annex)
        found += ((annex.kind, marks, draft_status(session, annex, marks)),)
    return found


def _write(made: tuple[_Made, ...], path: Path, ticket: Ticket) -> Path:
    """Write the files. The writers are imported here: they load libraries that would slow the start."""
    from exchange.papers.drawing import annex_place
    from exchange.papers.paper_writing import write_paper

    minutes, *annex = made
    for one in annex:
        write_paper(*one, annex_place(path), ticket.tick)
    return write_paper(*minutes, path, ticket.tick)


CONFIRMED = ("It was confirmed by the panel. Say why it is opened: the reason is recorded in History.",)
CANNOT_BE_UNDONE = (
    "Earlier changes can no longer be undone; the chair can open the minutes again with a reason."
)


def set_aside(state: MeetingState, code: str) -> Deed:
    """Ask why a criterion does not apply, both totals told first; one set aside is counted again."""
    reference, named, figures = state.reference, state.rulers, state.figures
    before = figures.not_applicable.get((reference, code), "")

    def does(reason: str, in_place: str = "") -> Saved:
        return Saved(SetNotApplicable(figures.round_id, reference, code, reason, before, in_place))

    if (reference, code) not in figures.not_applicable:
        words = not_applicable_words(figures.round, reference, code)
        title, action = f"Set {code} aside for {reference}", f"Set {code} aside"
        return reason_form(title, words, action, does, named=named)
    if named:
        title = f"Count {code} of {reference} again"
        return reason_form(title, (), "Count it again", partial(does, ""), named=named, asks_why=False)
    return does("")


def confirmed(state: MeetingState) -> Deed:
    """Ask before the panel confirms the record of the item’s area, or why the chair opens it again.

    When and where it met comes first, where that is not recorded.
    """
    figures, area = state.figures, state.item.area or ""
    if figures.is_confirmed(area):
        return reason_form(
            f"Open the minutes of {area} again",
            CONFIRMED,
            "Open it again",
            lambda reason: Saved(OpenRecord(figures.round_id, area, reason)),
        )
    closed = sum(one.area == area and one.reference in figures.rows.closed for one in state.items)
    words = (
        f"{counted(closed, 'item is', 'items are')} closed. "
        "The panel has read the agreed marks, reasons and dissent.",
        CANNOT_BE_UNDONE,
    )
    ask = Confirm(
        f"Confirm the minutes of {area}",
        words,
        "Confirm the minutes",
        Saved(ConfirmRecord(figures.round_id, area)),
    )
    return ask if area in figures.rows.held else held(state, ask)


def attended(state: MeetingState, member: str, said: str) -> Deed:
    """Record whether a member is at the meeting on show."""
    found = {(of, code): stood for of, code, stood in state.figures.rows.attendance}
    before = found.get((state.area or "", member), "")
    if state.area is None or before == said:
        return None
    return Saved(SetAttendance(state.figures.round_id, state.area, member, said, before))


def observers(state: MeetingState) -> Deed:
    """Ask who of other areas' panels is let in to the meeting on show; they decide nothing there."""
    figures, area = state.figures, state.area
    if area is None:
        return None
    said = {code for of, code, _ in figures.rows.attendance if of == area}
    outside = [one.code for one in figures.rows.panels.outside(area) if one.code not in said]

    def does(members: tuple[str, ...]) -> Deed:
        parts = tuple(SetAttendance(figures.round_id, area, one, OBSERVER, "") for one in members)
        words = f"{counted(len(parts), 'observer was', 'observers were')} let in"
        return Saved(SetAttendances(area, parts), words) if parts else None

    return Form(
        title=f"Let observers in: {area}",
        sentences=(OBSERVERS_DO,),
        action="Let in",
        does=does,
        fields=(
            Ticks(
                "members",
                "Members of other panels",
                options=tuple((figures.names[one], one) for one in outside),
            ),
        ),
    )


def all_attended(state: MeetingState, members: Iterable[str]) -> Deed:
    """Record as one change that members of whom nothing is said are at the meeting on show."""
    round_id, area = state.figures.round_id, state.area
    if area is None:
        return None
    parts = tuple(SetAttendance(round_id, area, member, "present", "") for member in members)
    said = f"{counted(len(parts), 'member is', 'members are')} here"
    return Saved(SetAttendances(area, parts), said) if parts else None
