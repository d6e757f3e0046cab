"""One area: its name, its money, its dates, and what is allowed over its pot."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.grid.slip_note import SlipNote
from gui.pages.set_up.criteria.inputs import FigureBox, labelled
from gui.pages.set_up.criteria.reading import (
    date_text,
    in_order,
    money_text,
    near_date,
    optional_date,
    optional_time,
    pot_money,
    some_text,
    written_date,
)
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import nest, nest_at_top
from models.operations.deciding.recommendations import TakeBackAllowance
from models.operations.set_up.areas import RenameArea, SetAreaDates, SetPot
from models.values.rounds import FIELDS, AreaDates, AreaLine
from scoring.allocating.over_pot import allowed_by
from scoring.money import short_pounds
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.written.names import slip_of
from scoring.written.text import one_line

NOTHING_ALLOWED = "Nobody allows more than the pot and its published tolerance."


class AreaRow(Struct, frozen=True):
    """An area with its dates, what they come to today, and what is allowed over its pot."""

    line: AreaLine
    dates: AreaDates
    state: str
    allowances: tuple[Allowance, ...] = ()

    @property
    def area(self) -> Area:
        """Return the area's money as an operation names it."""
        line = self.line
        money_of = (line.pot_pence, line.start_up_pence, line.committed_pence)
        return Area(line.name, *money_of, shared_pot=line.shared_pot)


def area_row(line: AreaLine, dates: AreaDates, today: date) -> AreaRow:
    """Return the row of an area on a day; past intake, the dates of intake no longer tell."""
    if line.stage != "intake":
        return AreaRow(line, dates, "Closed")
    return AreaRow(line, dates, str(dates.intake(today)).capitalize())


class AllowedBox(QWidget):
    """Each authority in a sentence with a link to take it back, and one to record another."""

    asked = Signal()
    taken_back = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_open = False
        self._shown: tuple[Allowance, ...] | None = None
        self.record = Button(look, "Record authority…", kind="link")
        self.record.clicked.connect(self.asked)
        self.lines: list[Label] = []
        self.links: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(Label(look, "Allowed over the pot", size=12, weight=600))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(2))
        nest(column, self._rows)
        column.addWidget(self.record)

    def show_allowances(self, allowances: Sequence[Allowance]) -> None:
        """Show what is allowed in an area, the same widgets while it is the same."""
        if tuple(allowances) == self._shown:
            return
        self._shown = tuple(allowances)
        for widget in (*self.lines, *self.links):
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.lines, self.links = [], []
        for one in allowances:
            self._add(one)
        if not allowances:
            self._say(NOTHING_ALLOWED)

    def set_open(self, is_open: bool) -> None:
        """Let authorities be recorded and taken back, or only be read."""
        self._is_open = is_open
        for button in (self.record, *self.links):
            button.setVisible(is_open)

    def _add(self, one: Allowance) -> None:
        self._say(f"{short_pounds(one.pence)} {allowed_by(one, short_pounds)}.")
        link = Button(self._look, "Take back", kind="link")
        link.setAccessibleName(f"Take back the {short_pounds(one.pence)} that {one.name} allows")
        link.clicked.connect(partial(self.taken_back.emit, one))
        link.setVisible(self._is_open)
        self.links.append(link)
        self._rows.addWidget(link)

    def _say(self, words: str) -> None:
        line = Label(self._look, words, size=12, tone="text2").wrapped()
        self.lines.append(line)
        self._rows.addWidget(line)


class AreaForm(QWidget):
    """The picked area. It asks for operations and shows what comes of them."""

    asked = Signal(object)
    authority_asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: AreaRow | None = None
        self._given_name = ""
        self._known: tuple[str, ...] = ()
        self._kept: set[str] = set()
        self._others = 0
        self._round_id = 0
        self._today = date.min
        self.heading = Label(look, size=15, weight=600)
        self.name = FigureBox(look, "Name", some_text)
        self.slip = SlipNote(look)
        self.pot = FigureBox(look, "Pot for projects", pot_money, "£0")
        self.start_up = FigureBox(look, "Start-up money, separate", pot_money, "£0")
        self.committed = FigureBox(look, "Committed already", pot_money, "£0")
        self.shared = FigureBox(look, "Shared pot, by its name", one_line, "its own pot")
        self.opens = self._day_box(look, "Applications open", "opens_on")
        self.closes = self._day_box(look, "Applications close", "closes_on")
        self.closes_at = FigureBox(look, "Closing time", optional_time, "end of the day")
        self.marks = self._day_box(look, "Marks close", "marks_close_on")
        self.meets = self._day_box(look, "Panel meets", "meets_on")
        self.allocated = QCheckBox("Fully allocated: nothing more is accepted")
        self.allowed = AllowedBox(look)
        self._lay_out(look)
        self._connect()

    def _day_box(self, look: Look, name: str, field: str) -> FigureBox:
        check = partial(self._check_day, field)
        read = near_date if field in ("opens_on", "closes_on") else optional_date
        return FigureBox(look, name, read, "2 December 2026", written_date, check=check)

    def _check_day(self, field: str, day: object) -> None:
        """Raise ValueError where a date would stand out of order."""
        if self._row is not None:
            dates = self._row.dates
            held = {name: getattr(dates, name) for name in FIELDS} | {field: day}
            in_order(AreaDates(**held))

    def show_allowed(self, *, is_there: bool) -> None:
        """Show what is allowed over the pot once the scheme is published: before, its tolerance is set."""
        self.allowed.setVisible(is_there)

    def know(self, names: Iterable[str]) -> None:
        """Know the names that a slip may be meant for."""
        self._known = tuple(names)

    def show_area(self, round_id: int, row: AreaRow | None, today: date) -> None:
        """Show an area, None for none."""
        if not self._is_on_show(round_id, row):
            self._others += 1
            self.slip.ask("", "")
        self._round_id, self._row, self._today, self._given_name = round_id, row, today, ""
        self.setEnabled(row is not None)
        if row is None:
            return
        area, dates = row.area, row.dates
        self.heading.setText(area.name)
        for box, text in (
            (self.name, area.name),
            (self.pot, money_text(area.pot_pence)),
            (self.start_up, money_text(area.start_up_pence or None)),
            (self.committed, money_text(area.committed_pence or None)),
            (self.shared, area.shared_pot),
            (self.opens, date_text(dates.opens_on)),
            (self.closes, date_text(dates.closes_on)),
            (self.closes_at, dates.closes_time or ""),
            (self.marks, date_text(dates.marks_close_on)),
            (self.meets, date_text(dates.meets_on)),
        ):
            box.show_text(text, self._others)
        with QSignalBlocker(self.allocated):
            self.allocated.setChecked(dates.allocated_on is not None)
        self.allowed.show_allowances(row.allowances)
        for day in (self.opens, self.closes, self.marks, self.meets):
            day.look_again()

    def _is_on_show(self, round_id: int, row: AreaRow | None) -> bool:
        """Whether an area is the one on show, under its name or the one that it was just given."""
        if row is None or self._row is None or round_id != self._round_id:
            return False
        return row.line.name in (self._row.line.name, self._given_name)

    def set_open(self, is_open: bool) -> None:
        """Let the area be changed, or only be read."""
        boxes = (
            self.name,
            self.pot,
            self.start_up,
            self.committed,
            self.shared,
            self.opens,
            self.closes,
            self.closes_at,
            self.marks,
            self.meets,
        )
        for box in boxes:
            box.setEnabled(is_open)
        self.allocated.setEnabled(is_open)
        self.allowed.set_open(is_open)

    def _set_money(self, area: Area) -> None:
        if self._row is not None:
            self.asked.emit(SetPot(self._round_id, area, self._row.area))

    def _set_dates(self, dates: AreaDates) -> None:
        if self._row is not None:
            self.asked.emit(SetAreaDates(self._round_id, self._row.line.name, dates, self._row.dates))

    @Slot(object)
    def _give_name(self, name: str) -> None:
        """Rename the area; a name one letter off a known one is asked about first."""
        own = "" if self._row is None else self._row.line.name
        meant = "" if name in self._kept else slip_of(name, [one for one in self._known if one != own])
        self.slip.ask(name if meant else "", meant)
        if self._row is not None and not meant:
            self._given_name = name
            self.asked.emit(RenameArea(self._round_id, own, name))

    @Slot(str, str)
    def _mend_name(self, name: str, known: str) -> None:
        self.name.show_text(known, self._others)
        self._give_name(known)
        self.name.setFocus()

    @Slot(str)
    def _keep_name(self, name: str) -> None:
        self._kept.add(name)
        self._give_name(name)
        self.name.setFocus()

    @Slot(object)
    def _give_pot(self, pence: int) -> None:
        if self._row is not None:
            self._set_money(replace(self._row.area, pot_pence=pence))

    @Slot(object)
    def _give_start_up(self, pence: int) -> None:
        if self._row is not None:
            self._set_money(replace(self._row.area, start_up_pence=pence))

    @Slot(object)
    def _give_committed(self, pence: int) -> None:
        if self._row is not None:
            self._set_money(replace(self._row.area, committed_pence=pence))

    @Slot(object)
    def _give_shared(self, name: str) -> None:
        if self._row is not None:
            self._set_money(replace(self._row.area, shared_pot=name))

    @Slot(object)
    def _give_opens(self, day: date | None) -> None:
        if self._row is not None:
            self._set_dates(replace(self._row.dates, opens_on=day))

    @Slot(object)
    def _give_closes(self, day: date | None) -> None:
        if self._row is not None:
            at = None if day is None else self._row.dates.closes_time
            self._set_dates(replace(self._row.dates, closes_on=day, closes_time=at))

    @Slot(object)
    def _give_closing_time(self, at: str | None) -> None:
        if self._row is not None:
            self._set_dates(replace(self._row.dates, closes_time=at))

    @Slot(object)
    def _give_marks(self, day: date | None) -> None:
        if self._row is not None:
            self._set_dates(replace(self._row.dates, marks_close_on=day))

    @Slot(object)
    def _give_meets(self, day: date | None) -> None:
        if self._row is not None:
            self._set_dates(replace(self._row.dates, meets_on=day))

    @Slot(bool)
    def _give_allocated(self, is_allocated: bool) -> None:
        if self._row is not None:
            self._set_dates(replace(self._row.dates, allocated_on=self._today if is_allocated else None))

    @Slot()
    def _ask_authority(self) -> None:
        if self._row is not None:
            self.authority_asked.emit(self._row.area)

    @Slot(object)
    def _take_back(self, allowed: Allowance) -> None:
        self.asked.emit(TakeBackAllowance(self._round_id, allowed))

    def _connect(self) -> None:
        self.allowed.asked.connect(self._ask_authority)
        self.allowed.taken_back.connect(self._take_back)
        self.name.given.connect(self._give_name)
        self.slip.mended.connect(self._mend_name)
        self.slip.kept.connect(self._keep_name)
        self.pot.given.connect(self._give_pot)
        self.start_up.given.connect(self._give_start_up)
        self.committed.given.connect(self._give_committed)
        self.shared.given.connect(self._give_shared)
        self.opens.given.connect(self._give_opens)
        self.closes.given.connect(self._give_closes)
        self.closes_at.given.connect(self._give_closing_time)
        self.marks.given.connect(self._give_marks)
        self.meets.given.connect(self._give_meets)
        self.allocated.toggled.connect(self._give_allocated)

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(10))
        column.setSpacing(look.px(8))
        column.addWidget(self.heading)
        nest(column, labelled(look, "Name", self.name))
        column.addWidget(self.slip)
        pairs = (
            (("Pot for projects", self.pot), ("Committed already", self.committed)),
            (("Start-up money, separate", self.start_up), ("Shared pot, by its name", self.shared)),
            (("Applications open", self.opens),),
            (("Applications close", self.closes), ("Closing time", self.closes_at)),
            (("Marks close", self.marks), ("Panel meets", self.meets)),
        )
        for fields in pairs:
            row = QHBoxLayout()
            row.setSpacing(look.px(8))
            for words, box in fields:
                nest_at_top(row, labelled(look, words, box), 1)
            nest(column, row)
        column.addWidget(self.allocated)
        column.addWidget(self.allowed)
        column.addStretch(1)
