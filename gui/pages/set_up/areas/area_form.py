"""One area: its name, its money, its dates, and what is allowed over its pot."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.grid.inputs import Entry, EntryForm, FigureBox, TickBox
from gui.grid.name_slip import SlipNote
from gui.listed.acts import Doing
from gui.listed.authority import authority_form
from gui.listed.form import Choice, Form
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.reading import (
    date_text,
    in_order,
    money_text,
    near_date,
    optional_date,
    optional_time,
    pot_money,
    some_money_text,
    some_text,
    time_text,
    written_date,
)
from gui.widgets.buttons import Button
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of, fill, nest, row_of
from models.operations.deciding.recommendations import AllowOverPot
from models.operations.set_up.areas import RenameArea, SetAreaDates, SetPot
from models.operations.set_up.rounds import ConfirmCarried
from models.values.rounds import FIELDS, POT, START_UP, AreaDates, AreaLine
from scoring.allocating.over_pot import allowed_by
from scoring.money import short_pounds
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.written.names import slip_of
from scoring.written.text import one_line

COPIED_IS_RIGHT = "What was copied is right"
NOTHING_ALLOWED = "Nobody allows more than the pot and its published tolerance."


class AreaRow(Struct, frozen=True):
    """An area with its dates, what they come to today, what is allowed over its pot, and what was copied."""

    line: AreaLine
    dates: AreaDates
    state: str
    allowances: tuple[Allowance, ...] = ()
    copied: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def area(self) -> Area:
        """Return the area's money as an operation names it."""
        line = self.line
        money_of = (line.pot_pence, line.start_up_pence, line.committed_pence)
        return Area(line.name, *money_of, shared_pot=line.shared_pot)


def area_row(line: AreaLine, dates: AreaDates, today: date) -> AreaRow:
    """Return the row of an area on a day; past intake, the dates of intake no longer tell."""
    is_over = line.stage != "intake"
    return AreaRow(line, dates, "Closed" if is_over else str(dates.intake(today)).capitalize())


def _allowed(one: Allowance) -> str:
    return f"{short_pounds(one.pence)} {allowed_by(one, short_pounds)}."


MONEY = {
    "pot_pence": "Pot for projects",
    "committed_pence": "Committed already",
    "start_up_pence": "Start-up money, separate",
}
"""What is asked of an area's money beside the pot that it shares."""
DAYS = {
    "opens_on": "Applications open",
    "closes_on": "Applications close",
    "marks_close_on": "Marks close",
    "meets_on": "Panel meets",
}
DAY = partial(FigureBox, hint="2 December 2026", write=written_date, shows=date_text)
PAIRS = (
    ("pot_pence", "committed_pence"),
    ("start_up_pence", "shared_pot"),
    ("opens_on",),
    ("closes_on", "closes_time"),
    ("marks_close_on", "meets_on"),
)


class AreaForm(EntryForm):
    """The picked area. It hands changes on and shows what comes of them."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(self._asked_for())
        self._tools, self._doing = tools, Doing(tools, self)
        self._row: AreaRow | None = None
        self._given_name = ""
        self._known: tuple[str, ...] = ()
        self._kept: set[str] = set()
        self._others = 0
        self._round_id = 0
        self._today = date.min
        self.heading = Label(size=15, weight=600)
        self.slip = SlipNote()
        self.right = Button(COPIED_IS_RIGHT, kind="link")
        self.allowed = small()
        self.record, self.back = Button("Record authority…", kind="link"), Button("Take back…", kind="link")
        self._lay_out()
        self.record.clicked.connect(self._ask_authority)
        self.back.clicked.connect(self._ask_back)
        self.slip.mended.connect(self._mend_name)
        self.slip.kept.connect(self._keep_name)
        self.right.clicked.connect(self._confirm)

    def _asked_for(self) -> Iterator[Entry]:
        yield Entry("name", "Name", partial(FigureBox, read=some_text))
        for name, words in MONEY.items():
            shows = money_text if name == "pot_pence" else some_money_text
            yield Entry(name, words, partial(FigureBox, read=pot_money, hint="£0", shows=shows))
        yield Entry(
            "shared_pot", "Shared pot, by its name", partial(FigureBox, read=one_line, hint="its own pot")
        )
        for name, words in DAYS.items():
            read = near_date if name in ("opens_on", "closes_on") else optional_date
            check = partial(self._check_day, name)
            yield Entry(name, words, partial(DAY, read=read, check=check))
        closing = partial(FigureBox, read=optional_time, hint="end of the day", shows=time_text)
        yield Entry("closes_time", "Closing time", closing)
        yield Entry("allocated_on", "Fully allocated: nothing more is accepted", TickBox)

    def _check_day(self, field: str, day: object) -> None:
        """Raise ValueError where a date would stand out of order."""
        if self._row is not None:
            dates = self._row.dates
            held = {name: getattr(dates, name) for name in FIELDS} | {field: day}
            in_order(AreaDates(**held))

    def show_allowed(self, *, is_there: bool) -> None:
        """Show what is allowed over the pot once the scheme is published: before, its tolerance is set."""
        self._authorities.setVisible(is_there)

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
        self.heading.setText(row.area.name)
        for name, box in self.boxes.items():
            held = row.area if hasattr(row.area, name) else row.dates
            box.show_value(getattr(held, name), self._others)
        self.allowed.setText("\n".join(map(_allowed, row.allowances)) or NOTHING_ALLOWED)
        self._offer(is_open=self[POT].isEnabled())
        self._show_copied(*row.copied)
        for name in DAYS:
            self[name].look_again()

    def _show_copied(self, source: str, fields: tuple[str, ...]) -> None:
        """Mark what stands as it was copied from another round, until it is set or confirmed."""
        for name in (POT, START_UP, *FIELDS):
            self[name].say_beside(f"From {source}: to check" if name in fields else "")

    @Slot()
    def _confirm(self) -> None:
        if self._row is not None:
            self._tools.perform(ConfirmCarried(self._round_id, (self._row.line.name,)))

    def _is_on_show(self, round_id: int, row: AreaRow | None) -> bool:
        """Whether an area is the one on show, under its name or the one that it was just given."""
        if row is None or self._row is None or round_id != self._round_id:
            return False
        return row.line.name in (self._row.line.name, self._given_name)

    def set_open(self, is_open: bool) -> None:
        """Let the area be changed, or only be read."""
        self.allow(is_open=is_open)
        self._offer(is_open=is_open)

    def _offer(self, *, is_open: bool) -> None:
        """Offer what can be done with the area where it may be changed."""
        row = self._row
        self.record.setVisible(is_open)
        self.back.setVisible(is_open and row is not None and bool(row.allowances))
        self.right.setVisible(is_open and row is not None and bool(row.copied[1]))

    def give(self, name: str, value: Any) -> None:
        """Ask for the change of the area on show; a closing time goes with its day."""
        row = self._row
        if name == "name":
            self._give_name(value)
        elif row is not None and hasattr(row.area, name):
            self._tools.perform(SetPot(self._round_id, replace(row.area, **{name: value}), row.area))
        elif row is not None:
            given = {name: value}
            if name == "allocated_on":
                given = {name: self._today if value else None}
            elif name == "closes_on" and value is None:
                given["closes_time"] = None
            dates = replace(row.dates, **given)
            self._tools.perform(SetAreaDates(self._round_id, row.line.name, dates, row.dates))

    def _give_name(self, name: str) -> None:
        """Rename the area; a name one letter off a known one is asked about first."""
        own = "" if self._row is None else self._row.line.name
        meant = "" if name in self._kept else slip_of(name, [one for one in self._known if one != own])
        self.slip.ask(name if meant else "", meant)
        if self._row is not None and not meant:
            self._given_name = name
            self._tools.perform(RenameArea(self._round_id, own, name))

    @Slot(str, str)
    def _mend_name(self, name: str, known: str) -> None:
        self["name"].show_text(known, self._others)
        self._give_name(known)
        self["name"].setFocus()

    @Slot(str)
    def _keep_name(self, name: str) -> None:
        self._kept.add(name)
        self._give_name(name)
        self["name"].setFocus()

    @Slot()
    def _ask_authority(self) -> None:
        """Ask who allows more than the area's pot."""
        if self._row is not None:
            area = self._row.area
            words = f"The pot of {area.name} is {short_pounds(area.pot_pence)}."
            self._doing.do(authority_form(area.name, words, 0, partial(AllowOverPot, self._round_id)))

    @Slot()
    def _ask_back(self) -> None:
        """Ask which authority of the area is taken back."""
        if self._row is not None:
            options = tuple((_allowed(one), one) for one in self._row.allowances)
            form = Form(
                title="Take back an authority",
                action="Take back",
                does=partial(AllowOverPot, self._round_id, is_back=True),
                fields=(
                    Choice("allowed", "Authority", options=options, value=options[0][1], are_radios=True),
                ),
            )
            self._doing.do(form)

    def _lay_out(self) -> None:
        column = column_of(
            self.heading,
            self.right,
            self.labelled("name"),
            self.slip,
            inside=self,
            spacing=8,
            edges=(12, 6, 12, 10),
        )
        for names in PAIRS:
            nest(column, self.across(*names))
        self._authorities = QWidget()
        column_of(
            Label("Allowed over the pot", size=12, weight=600),
            self.allowed,
            row_of(self.record, self.back, 1),
            inside=self._authorities,
            spacing=4,
        )
        fill(column, self["allocated_on"], self._authorities, 1)
