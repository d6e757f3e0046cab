"""The left of the meeting page: the running order and who is there; the words of cells and people."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter

from msgspec import Struct
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.listed.acts import Deed
from gui.pages.page import Identity
from gui.pages.panel.columns import quorum_tone
from gui.pages.panel.meeting.confirmation import all_attended, attended, held, observers
from gui.pages.panel.meeting.state import MeetingState
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.text import counted, listed, ours
from gui.theme.look import Tone
from gui.widgets.buttons import Button
from gui.widgets.label import Chip, Label, small
from gui.widgets.nesting import Card, ReadArea, Stack, column_of, fill, nest, row_of, show_again
from gui.widgets.pill import Pill, PillTabs
from gui.widgets.tips import let_press
from models.permissions.viewing import OTHER_PANEL
from models.queries.panel.meeting import told_late
from models.queries.panel.meeting_figures import MeetingFigures, Order
from models.values.rows import MemberRow
from scoring.marks.meeting import REOPENED_MEANS, Cell, Item, Line, Sign, reopened_words

SPOKEN_SIGNS = {
    Sign.NONE: "no mark",
    Sign.NOT_APPLICABLE: "not applicable",
    Sign.ABSTAINED: "abstained",
    Sign.ASIDE: "declared an interest",
}
SIGNS_EXPLAINED = (
    "[ ] no mark   ·   n/a not applicable   ·   A abstained   ·   ⊘ declared an interest   ·   "
    "R reopened or late"
)
NOT_ON_MARKS = "Digits agree marks on the rows of marks. Press F6 to go there, or click a row."


def spoken_cell(cell: Cell, line: Line) -> str:
    """Return a cell as it is read aloud: "5, highest"."""
    if cell.mark is None:
        return SPOKEN_SIGNS[cell.sign]
    marks = marks_of(line)
    end = ""
    if line.spread:
        end = "highest" if cell.mark == max(marks) else "lowest" if cell.mark == min(marks) else ""
    return ", ".join(filter(None, (str(cell.mark), end, REOPENED_MEANS if cell.is_reopened else "")))


def marks_of(line: Line) -> tuple[int, ...]:
    """Return the marks that were given on a line, in the order of the panel."""
    return tuple(cell.mark for cell in line.cells if cell.mark is not None)


def dots_words(line: Line) -> str:
    """Return chart C5 in words: "2, 4, 5; spread 3; agreed 4"."""
    marks = sorted(marks_of(line))
    parts = [", ".join(map(str, marks)) if marks else "no marks"]
    if line.spread is not None:
        parts.append(f"spread {line.spread}")
    if line.agreed is not None:
        parts.append(f"agreed {line.agreed}")
    return "; ".join(parts)


def shown_members(figures: MeetingFigures, item: Item) -> tuple[str, ...]:
    """Return whose marks the grid of an item has columns for, by code."""
    return tuple(figures.rows.members[at] for at in figures.rows.columns(item))


def short_names(names: Mapping[str, str], members: Sequence[str]) -> tuple[str, ...]:
    """Return each member's last name; the whole name where two share it, and of namesakes the code too."""
    whole = {code: names.get(code, code) for code in members}
    last = {code: name if name.endswith(f"({code})") else name.split()[-1] for code, name in whole.items()}
    shared = [name for name in last.values() if list(last.values()).count(name) > 1]
    return tuple(whole[code] if last[code] in shared else last[code] for code in members)


def numbered_members(members: Sequence[str]) -> tuple[str, ...]:
    """Return names that name nobody, for a screen that everybody sees."""
    return tuple(f"Member {number}" for number in range(1, len(members) + 1))


def people_words(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Return people as a sentence lists them: "Tom Hale and Jo Adeyemi"."""
    return listed([names.get(code, code) for code in codes])


def absent_words(figures: MeetingFigures, item: Item) -> str:
    """Say who leaves the room for an item."""
    leaving = figures.leaving(item)
    if not leaving:
        return "Nobody leaves the room"
    return f"Out of the room: {people_words(figures.names, leaving)}"


def quorum_chip(figures: MeetingFigures, item: Item) -> Chip:
    """Return whether the quorum holds for an item, with both figures: who decides it, did or may."""
    quorum = figures.quorum(item)
    return Chip(quorum_tone(quorum) if quorum.counted else Tone.WARNING, quorum.words)


def state_chip(figures: MeetingFigures, item: Item) -> Chip:
    """Return how far the meeting is with an item."""
    if item.reference in figures.rows.closed:
        return Chip(Tone.FUND, "Closed")
    if not figures.is_quorate(item):
        return Chip(Tone.DANGER, "No quorum")
    flagged, left = figures.still_apart(item), len(figures.left(item))
    if flagged:
        return Chip(Tone.WARNING, f"{flagged} to settle")
    if left:
        return Chip(Tone.INFORMATION, f"{left} left")
    if figures.is_agreed:
        return Chip(Tone.PART, "Agreed")
    was_apart = any(line.is_flagged and not line.is_not_applicable for line in item.lines)
    return Chip(Tone.PART, "Discussed") if was_apart else Chip(Tone.INFORMATION, "Open")


def summary(figures: MeetingFigures, items: Sequence[Item]) -> str:
    """Return the line under the title: how many items, closed ones, and what there is to talk about."""
    closed = sum(item.reference in figures.rows.closed for item in items)
    areas = tuple(dict.fromkeys(item.area or "" for item in items)) if figures.rows.other_areas else ()
    words = f"{listed(areas)}: " if areas else ""
    words += f"{counted(len(items), 'item')}, {closed} closed. "
    if figures.rows.other_areas.intersection(areas):
        return words.strip()
    apart = sum(any(line.is_flagged for line in item.lines) for item in items)
    words += f"{counted(apart, 'has', 'have')} marks two or more apart"
    talked = sum(
        figures.still_apart(item) > 0 for item in items if figures.stages.get(item.area or "") == "meeting"
    )
    words += f", {talked} still to discuss." if talked != apart else "."
    short = sum(not figures.is_quorate(item) for item in items)
    return f"{words} {counted(short, 'has', 'have')} no quorum." if short else words


def left_words(figures: MeetingFigures, item: Item) -> str:
    """Say what is still to be settled before the item closes."""
    left = figures.left(item)
    if not left:
        return "All is agreed" if figures.is_agreed else "All is discussed"
    marked = [line.code for line in item.lines if line.agreed is not None]
    return waiting_words(figures, left, marked)


def waiting_words(figures: MeetingFigures, left: Sequence[str], marked: Container[str]) -> str:
    """Say of codes that are left what each waits for; those that are `marked` wait for their reason."""
    if not figures.is_agreed:
        return f"{len(left)} left to discuss: {', '.join(left)}"
    missing = [code for code in left if code not in marked]
    unexplained = [code for code in left if code in marked]
    parts = [f"{len(missing)} left to agree: {', '.join(missing)}"] if missing else []
    parts += [f"a reason to give: {', '.join(unexplained)}"] if unexplained else []
    return "; ".join(parts)


def sheets_words(figures: MeetingFigures, item: Item) -> str:
    """Say that too few sheets count for an item that the panel may decide, "" when enough do."""
    standing, quorum = figures.standings.get(item.reference), figures.round.scheme.quorum
    if standing is None or not (figures.is_meeting(item) and figures.is_quorate(item)):
        return ""
    if standing.counting_members >= quorum:
        return ""
    count = counted(standing.counting_members, "score sheet counts", "score sheets count")
    return ours(
        f"{count} here and the quorum is {quorum}: as it is, the list leaves it out. More can be "
        "handed in only before its marks are agreed, once the chair has moved the area back to Score."
    )


def item_sheets_words(figures: MeetingFigures, item: Item) -> str:
    """Say which sheets of an item were reopened after others' marks could be seen, and why; "" for none.

    And of which an interest was declared once its member had marked, and that another panel marked it.
    """
    late = told_late(figures.rows.late, item.reference, figures.names)
    said = (f"{name} {words}." for name, words in late)
    others = figures.rows.sight.other_panels
    theirs = (OTHER_PANEL.format(item.area),) if item.reference in others else ()
    return " ".join((*theirs, *reopened_words(item, figures.names), *said))


def next_words(figures: MeetingFigures, item: Item) -> str:
    """Say which item comes next, and what is to be known before: who leaves, and a quorum that fails."""
    parts = [f"Next: {item.reference}"]
    if leaving := figures.leaving(item):
        leave = "leaves" if len(leaving) == 1 else "leave"
        parts.append(f"{people_words(figures.names, leaving)} {leave}")
    if not figures.is_quorate(item):
        parts.append("no quorum")
    return f"{', '.join(parts)} · {item.organisation}"


def not_applicable_words(reference: str, code: str, why: str) -> str:
    """Say why a criterion that is set aside takes no mark."""
    return (
        f"{code} takes no mark on {reference}: it is set aside as not applicable{f' ({why})' if why else ''}."
    )


def skipped_words(reference: str) -> str:
    """Say which item is left for somebody else, because the person declared an interest in it."""
    return f"{reference} is left for later: you declared an interest in it, so somebody else records it."


def recorder_words(figures: MeetingFigures, item: Item, identity: Identity) -> str:
    """Say who records an open item that an interest closes to whoever records the others, else ""."""
    if not figures.is_meeting(item) or identity.member not in item.away or not identity.may("agree marks"):
        return ""
    who = "An officer or a note-taker records what the others agree"
    return f"{who}: choose who it is at the foot of the window."


def given_alike(item: Item) -> tuple[Line, ...]:
    """Return the lines that all members marked alike and on which nothing is agreed yet."""
    return tuple(
        line
        for line in item.lines
        if line.same is not None and line.agreed is None and not line.is_not_applicable
    )


class AgendaRow(Struct, frozen=True):
    """One item: its number in its area, how far it is, and how many leave."""

    number: int
    item: Item
    chip: Chip
    leaving: int


def spoken(row: AgendaRow) -> str:
    """Return a row as a screen reader names it."""
    leaving = f", {counted(row.leaving, 'person leaves', 'people leave')} the room" if row.leaving else ""
    return f"Item {row.number}, {row.item.reference} {row.item.organisation}, {row.chip.word}{leaving}"


def _under(row: AgendaRow) -> str:
    leaving = f" · {row.leaving} out" if row.leaving else ""
    return f"{row.number} · {row.item.reference}{leaving}"


_word: Callable[[AgendaRow], str] = attrgetter("chip.word")
AGENDA_COLUMNS = (
    LineColumn("item", "Item", attrgetter("item.organisation"), tip=spoken, under=_under, is_strong=True),
    LineColumn("state", "", _word, tip=_word, width=100, chip=attrgetter("chip")),
)


STATES = (("Here", "present"), ("Absent", "absent"))
CHOOSE_AREA = "Choose one area in the header: each area has its own meeting."
ALL_HERE, OTHERS_HERE = "All here", "All others here"
ALL_SAID = "It is said of everybody whether they are here."
WHEN_AND_WHERE = "When and where…"
LET_IN, OBSERVES = "Let observers in…", "observer, does not decide"
NOBODY = "No members yet. They are added on Panel & interests."


class AttendancePane(ReadArea):
    """Two pills a member; who does not decide for want of a declaration, it says so. A click asks.

    `asked` is given what a press comes to at the state on show.
    """

    asked = Signal(object)
    all_attended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self.pills: dict[tuple[str, str], Pill] = {}
        self._open: tuple[str, ...] = ()
        self.all_here: Button | None = None
        self.held: Button | None = None
        self.let_in: Button | None = None
        self.setWidgetResizable(True)
        self.setAccessibleName("Attendance")
        self.viewport().setAutoFillBackground(False)

    def show_state(self, state: MeetingState) -> None:
        """Show who there is, and who of them is at the area's meeting; of all areas nobody is."""
        rows, area = state.figures.rows, state.area
        members, let_in = rows.panels.panel(area), rows.observers(area)
        names = tuple((one.code, state.figures.names[one.code], one.role) for one in members)
        met = rows.held_words(area or "")
        said = {code: answer for of, code, answer in rows.attendance if of == area}
        shown = names, area, rows.declared, met, said, let_in, state.can_attend, state.can_minute
        if shown == self._shown:
            return
        self._shown, self.pills = shown, {}
        self._open = tuple(one.code for one in members if not said.get(one.code))
        page = QWidget()
        column = column_of(edges=(12, 8, 8, 8), spacing=4, inside=page)
        words = ours(CHOOSE_AREA) if area is None else met if members else NOBODY
        column.addWidget(Label(words, tone="text2").wrapped())
        if area is not None and members:
            self.held = Button(WHEN_AND_WHERE, kind="link")
            self.held.clicked.connect(partial(self._ask, held))
            self.held.setEnabled(state.can_minute)
            fill(column, (self.held, 0, Qt.AlignmentFlag.AlignLeft))
            if state.can_attend:
                words = OTHERS_HERE if "absent" in said.values() else ALL_HERE
                all_here = self.all_here = Button(words)
                let_press(all_here, "" if self._open else ALL_SAID)  # and no pills slide under the pointer
                all_here.clicked.connect(self._ask_all)
                fill(column, (all_here, 0, Qt.AlignmentFlag.AlignRight))
            for member in members:
                column.addWidget(self._member(member, state, said.get(member.code, "")))
            for code in let_in:
                column.addWidget(self._observer(code, state))
            if rows.panels.outside(area):
                self.let_in = Button(LET_IN, kind="link")
                self.let_in.clicked.connect(partial(self._ask, observers))
                self.let_in.setEnabled(state.can_attend)
                fill(column, (self.let_in, 0, Qt.AlignmentFlag.AlignLeft))
        column.addStretch(1)
        show_again(self, page)

    def _member(self, member: MemberRow, state: MeetingState, stands: str) -> QWidget:
        name = state.figures.names[member.code]
        row = QWidget()
        line = row_of(spacing=2, inside=row)
        names = column_of(Label(name, weight=600).wrapped(), spacing=0)
        is_open = member.code not in state.figures.rows.declared
        said = f"{member.role or 'member'}{', not declared' if is_open else ''}"
        names.addWidget(small(said, tone="warning" if is_open else "muted"))
        nest(line, names, 1)
        group = QButtonGroup(row)
        for word, answer in STATES:
            pill = self.pills[member.code, answer] = Pill(word, answer)
            pill.setAccessibleName(f"{name}, {word.lower()}")
            pill.setChecked(stands == answer)
            pill.setEnabled(state.can_attend)
            pill.clicked.connect(partial(self._ask, partial(attended, member=member.code, said=answer)))
            group.addButton(pill)
            line.addWidget(pill)
        return row

    def _observer(self, code: str, state: MeetingState) -> QWidget:
        name, row = state.figures.names[code], QWidget()
        away = Button("Remove", kind="link")
        away.setAccessibleName(f"Remove {name}, observer")
        away.setEnabled(state.can_attend)
        away.clicked.connect(partial(self._ask, partial(attended, member=code, said="")))
        names = column_of(Label(name, weight=600).wrapped(), small(OBSERVES, tone="muted"), spacing=0)
        line = row_of(spacing=2, inside=row)
        nest(line, names, 1)
        line.addWidget(away)
        return row

    def _ask(self, comes_to: Callable[[MeetingState], Deed], *_pressed: object) -> None:
        self.asked.emit(comes_to)

    @Slot()
    def _ask_all(self) -> None:
        """Say of everybody of whom nothing is said yet that they are here."""
        self.asked.emit(partial(all_attended, members=self._open))
        self.all_attended.emit()


WIDTH = 288
ORDERS = ((Order.SPREAD, "Widest spread"), (Order.EXITS, "Fewest exits"))


class MeetingSide(Card):
    """Two tabs: the items in order, and the members with their attendance."""

    picked = Signal(str)
    ordered = Signal()

    def __init__(self) -> None:
        super().__init__(inset=(3, 6))
        self.tabs = PillTabs(("Running order", "Attendance"))
        self.agenda: LineView[AgendaRow] = LineView(
            AGENDA_COLUMNS, attrgetter("item.reference"), spoken, called="Items in running order"
        )
        self.agenda.set_wide_minimum(120)
        self.attendance = AttendancePane()
        self._asked: str | None = None
        self._group = QButtonGroup(self)
        self.orders = tuple(Pill(words, order) for order, words in ORDERS)
        orders = row_of(edges=(6, 0, 0, 0), spacing=2)
        for pill in self.orders:
            self._group.addButton(pill)
            orders.addWidget(pill)
        orders.addStretch(1)
        self.orders[0].setChecked(True)
        items = QWidget()
        column_of(orders, (self.agenda, 1), spacing=2, inside=items)
        self._stack = Stack("Items and attendance")
        self._stack.addWidget(items)
        self._stack.addWidget(self.attendance)
        fill(self.body, row_of(self.tabs, 1, edges=(6, 0, 0, 0)), (self._stack, 1))
        self.tabs.changed.connect(self._show_tab)
        self.agenda.picked.connect(self._tell)
        self._group.buttonToggled.connect(self._tell_order)

    @property
    def order(self) -> Order:
        """Return the order that is chosen."""
        pill = self._group.checkedButton()
        return pill.value if isinstance(pill, Pill) and isinstance(pill.value, Order) else Order.SPREAD

    def show_state(self, state: MeetingState) -> None:
        """Show the items in order, one of them current, and who is at the area's meeting."""
        figures, area = state.figures, state.area
        rows = [
            AgendaRow(
                figures.numbers[item.reference],
                item,
                state_chip(figures, item),
                len(figures.leaving(item)),
            )
            for item in state.items
        ]
        with QSignalBlocker(self.agenda):
            self.agenda.show_rows(rows)
            self.agenda.select(state.reference)
        self.attendance.show_state(state)
        if state.can_attend and area != self._asked and not figures.rows.present(area):
            self._asked = area  # once, as the meeting begins
            self.show_attendance()

    def show_attendance(self) -> None:
        self.tabs.choose(1)

    def begin_again(self) -> None:
        """Show the running order by widest spread, as at first."""
        self._asked = None
        self.tabs.choose(0)
        self.orders[0].setChecked(True)

    def focusable(self) -> QWidget:
        """Return what takes the focus when the side is gone to."""
        return self.agenda if self.tabs.number == 0 else self.attendance

    @Slot()
    def _show_tab(self) -> None:
        self._stack.setCurrentIndex(self.tabs.number)

    @Slot(object)
    def _tell(self, key: object) -> None:
        self.picked.emit(str(key))

    @Slot(object, bool)
    def _tell_order(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.ordered.emit()
