"""Step 4: every row with its problems at their cells; fix in place, leave out, go on."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from exchange.applications.checks import Changed
from exchange.applications.fields import text_of
from exchange.applications.preview import HERE, Preview, PreviewRow, State
from exchange.applications.row_sorter import Kind, Point
from gui.listed.narrowing import StatePills
from gui.tables.columns import Gives, LineColumn
from gui.tables.line_view import LineView
from gui.text import NOTHING, ours
from gui.theme.look import FLUSH, Tone, look, space
from gui.widgets.buttons import Button
from gui.widgets.label import Chip, Label, small
from gui.widgets.nesting import Card, column_of, fill, nest, row_of, show_in
from gui.widgets.pill import PillChoice
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import TextLine
from models.values.applications import SLOTS, Correction
from scoring import money
from scoring.written.text import with_capital

STILL_THERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Why a box loses the focus that one comes back to."""
NOTE = (
    "What was submitted first is kept either way; using the file's value records a correction with this "
    "file as its reason."
)
SIDE_WIDTH = 340
ALONG = "F8 goes to the next row with something to look at, Shift+F8 to the one before."
KEYS = f"Shift or Ctrl chooses several rows. {ALONG}"


TONES = {
    State.NEW: Tone.FUND,
    State.CHANGED: Tone.WARNING,
    State.PROBLEM: Tone.DANGER,
    State.CHECK: Tone.WARNING,
    State.SAME: Tone.INFORMATION,
    State.TWICE: Tone.INFORMATION,
    State.NOT_TAKEN: Tone.DANGER,
    State.LEFT_OUT: Tone.DECLINE,
}


def area_of(row: PreviewRow) -> str:
    """Return the area of a row: its own name, or as the file has it."""
    return row.application.area or NOTHING if row.application is not None else row.area


def _asked(row: PreviewRow) -> str:
    return row.asked if row.application is None else money.short_pounds(row.application.requested_pence)


def _points(row: PreviewRow) -> str:
    said = (
        f"{point.cell}: {point.words}" if point.cell and not row.file else point.words for point in row.points
    )
    return ours("; ".join(words.removesuffix(".") for words in said))


def _suggested(row: PreviewRow) -> str:
    return "; ".join(line.partition(": ")[2] for line in row.suggested) or "–"


def _spoken_suggested(row: PreviewRow) -> str:
    return f"suggested: {'; '.join(row.suggested)}" if row.suggested else "nothing suggested"


PREVIEW_COLUMNS: tuple[LineColumn[PreviewRow], ...] = (
    LineColumn("row", "Row", lambda row: f"{row.number}", width=56),
    LineColumn(
        "applicant",
        "Applicant and project",
        lambda row: row.organisation or "No organisation",
        tip=attrgetter("project"),
        under=attrgetter("project"),
        is_strong=True,
    ),
    LineColumn("area", "Area", area_of, tip=area_of, width=118, gives_way=Gives.AREA),
    LineColumn(
        "suggested",
        "Suggested",
        _suggested,
        _spoken_suggested,
        _spoken_suggested,
        width=150,
        gives_way=Gives.AREA - 1,
    ),
    LineColumn("asked", "Requested", _asked, is_right=True, width=100),
    LineColumn(
        "points",
        "To look at",
        _points,
        tip=_points,
        outlined=lambda row: any(not point.is_check for point in row.points),
        width=220,
        gives_way=Gives.WORDS,
        least=120,
    ),
    LineColumn(
        "state",
        "State",
        attrgetter("state"),
        tip=_points,
        chip=lambda row: Chip(TONES[row.state], row.state),
        width=132,
        gives_way=Gives.STATE,
    ),
)


class FixBox(TextLine):
    """A cell's value to type over; Enter, or going on elsewhere, reads it again."""

    fixed = Signal(str)

    def __init__(self, point: Point) -> None:
        super().__init__(point.value)
        self.setAccessibleName(f"{point.cell} {point.heading}")
        self.setAccessibleDescription(point.words)
        self.returnPressed.connect(self.give)

    @Slot()
    def give(self) -> None:
        """Tell the value typed."""
        self.setModified(False)
        self.fixed.emit(self.text().strip())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when one goes elsewhere without Enter."""
        super().focusOutEvent(event)
        if self.isModified() and event.reason() not in STILL_THERE:
            self.give()


class AreaBox(ChoiceList):
    """The areas of the round, for a cell that names none of them, or whose area was matched."""

    fixed = Signal(str)

    def __init__(self, point: Point, areas: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(f"{point.cell} {point.heading}")
        self.setAccessibleDescription(point.words)
        if point.value not in areas:
            self.addItem(point.value or ours("Choose an area"), "")
        for area in areas:
            self.addItem(area, area)
        self.setCurrentIndex(max(0, self.findData(point.value)))
        self.activated.connect(self._give)

    @Slot(int)
    def _give(self, index: int) -> None:
        if self.itemData(index):
            self.fixed.emit(str(self.itemData(index)))


class ChangePart(QWidget):
    """The fields that differ, and whether the file's values are taken."""

    def __init__(self, changed: Changed, *, is_taken: bool) -> None:
        super().__init__()
        self.choice = PillChoice((("Keep what is here", False), ("Use the file's", True)), is_taken)
        for pill in self.choice.pills:
            pill.setAccessibleDescription(_spoken(changed))
        column_of(
            Label(f"Already here as {changed.before.reference}", weight=600).wrapped(),
            _values(changed),
            self.choice,
            small(NOTE, tone="muted"),
            inside=self,
            spacing=8,
            edges=(0, 4, 0, 0),
        )


def _values(changed: Changed) -> QWidget:
    holder = QWidget()
    grid = space(QGridLayout(holder), (10, 5), FLUSH)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for number, words in enumerate(("Here", "In the file")):
        grid.addWidget(Label(words, size=12, tone="muted"), 0, number)
    for one in changed.fields:
        row = grid.rowCount()
        grid.addWidget(small(one.words, tone="muted"), row, 0, 1, 2)
        for number, value in enumerate((one.here, one.there)):
            shown = Label(value, weight=600 if number else 400).wrapped()
            grid.addWidget(shown, row + 1, number, Qt.AlignmentFlag.AlignTop)
    return holder


def _spoken(changed: Changed) -> str:
    return "; ".join(f"{one.words}: {one.here} here, {one.there} in the file" for one in changed.fields)


class CheckStep(QWidget):
    """A list of rows, and beside it what is to look at in the current one.

    What is `said` of the file returns the draft with it, of a draft and what the import is into.
    """

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self.boxes: tuple[FixBox | AreaBox, ...] = ()
        self.change: ChangePart | None = None
        self.states = StatePills("", State, lambda row: (row.state,))
        self.pills = self.states.pills
        self.table: LineView[PreviewRow] = LineView(
            PREVIEW_COLUMNS, attrgetter("number"), attrgetter("spoken"), called="Rows of the file"
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.leave = Button("Leave this row out")
        self.reading = QScrollArea()
        self.keys = small(KEYS, tone="muted")
        self._lay_out()
        self.states.changed.connect(self._show_rows)
        self.table.picked.connect(self._show_row)
        self.table.selectionModel().selectionChanged.connect(self._name_leave)
        self.leave.clicked.connect(self._leave_out)

    @property
    def row(self) -> PreviewRow | None:
        return self.table.at_hand

    @property
    def words(self) -> str:
        return f"{', '.join(pill.text() for pill in self.pills if not pill.isHidden())}. {ALONG}"

    def show_preview(self, found: Preview) -> None:
        """Show the rows as they stand."""
        self._preview = found
        self.states.offer(found.rows)
        self._show_rows()

    def forget(self) -> None:
        """Keep nothing of the file before: neither its rows nor which of them was at hand."""
        self._preview = None
        self.states.reset()
        self.table.show_rows(())
        self._show_row()

    def give_typed(self) -> None:
        """Tell what was typed in a cell's place without going on from there."""
        for box in self.boxes:
            if isinstance(box, FixBox) and box.isModified():
                box.give()

    @Slot()
    def next_problem(self) -> None:
        self._go_along(1)

    @Slot()
    def previous_problem(self) -> None:
        self._go_along(-1)

    def _go_along(self, step: int) -> None:
        rows = self.table.rows
        at = self.table.currentIndex().row()
        order = [(at + step * n) % len(rows) for n in range(1, len(rows) + 1)]
        number = next((rows[n].number for n in order if rows[n].needs_look), None)
        if number is not None:
            self.table.select(number)
            part = self.change.choice if self.change is not None else self.table
            (self.boxes[0] if self.boxes else part).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _show_rows(self) -> None:
        if self._preview is None:
            return
        self.table.show_rows(self.states.kept(self._preview.rows))
        if self.table.current is None:
            self.table.select_first()
        self._show_row()

    @Slot()
    def _show_row(self) -> None:
        page = QWidget()
        column = column_of(spacing=5, edges=(12, 8, 12, 12), inside=page)
        row, self.boxes, self.change = self.row, (), None
        if row is not None:
            self._fill(column, row)
        column.addStretch(1)
        show_in(self.reading, page)
        self._name_leave()

    @property
    def chosen(self) -> tuple[PreviewRow, ...]:
        """Return the rows chosen that can be left out or included again."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        found = (self.table.rows[number] for number in sorted(rows) if number < len(self.table.rows))
        return tuple(row for row in found if row.state not in (*HERE, State.CHANGED))

    @Slot()
    def _name_leave(self, *_: object) -> None:
        rows = self.chosen
        self.leave.setVisible(bool(rows))
        these = "this row" if len(rows) == 1 else f"these {len(rows):,} rows"
        is_out = bool(rows) and all(one.state is State.LEFT_OUT for one in rows)
        self.leave.show_words(f"Include {these} again" if is_out else f"Leave {these} out")

    def _fill(self, column: QVBoxLayout, row: PreviewRow) -> None:
        fill(
            column,
            small(row.place, tone="muted"),
            Label(row.organisation or "No organisation", size=15, weight=600).wrapped(),
            Label(row.project, tone="text2").wrapped(),
        )
        if row.changed is not None:
            self.change = ChangePart(row.changed, is_taken=row.is_change_taken)
            for pill in self.change.choice.pills:
                pill.clicked.connect(self._take_change)
            column.addWidget(self.change)
            return
        if not row.points:
            column.addWidget(Label("Nothing to look at in this row.", tone="muted").wrapped())
        points = [self._point(column, row, point) for point in row.points]
        fixed = [self._correction(column, row, one) for one in row.corrections if not one.is_to_check]
        self.boxes = tuple(filter(None, (*points, *fixed)))

    @Slot()
    def _take_change(self) -> None:
        """Change the application of the record that the row differs from, or leave it as it is."""
        if self.row is not None and self.change is not None:
            rows, is_taken = {self.row.number}, self.change.choice.value
            self.said.emit(
                lambda draft, _: replace(
                    draft, changed=draft.changed | rows if is_taken else draft.changed - rows
                )
            )

    def fix(self, number: int, column: int, text: str) -> None:
        """Put another text in a cell's place, by its row and column in the table."""
        self.said.emit(lambda draft, target: draft.corrected(target, number, column, text))

    def _point(self, column: QVBoxLayout, row: PreviewRow, point: Point) -> FixBox | AreaBox | None:
        column.addSpacing(look.px(4))
        where = point.heading if row.file else ", ".join(filter(None, (point.cell, point.heading)))
        words = f"{where}: {ours(point.words)}" if point.cell else ours(with_capital(point.words))
        tone = "warning" if point.is_check else "danger"
        column.addWidget(Label(words, tone=tone).wrapped())
        return self._box(column, row, point) if point.column else None

    def _correction(self, column: QVBoxLayout, row: PreviewRow, one: Correction) -> FixBox | AreaBox | None:
        """Tell of what was typed or matched, with its box: it may be a slip."""
        words = f"{ours(one.name)}: {one.now}, submitted as {one.was}"
        column.addWidget(Label(words, tone="text2").wrapped())
        point = None if self._preview is None else _corrected_at(self._preview, row, one)
        return None if point is None else self._box(column, row, point)

    def _box(self, column: QVBoxLayout, row: PreviewRow, point: Point) -> FixBox | AreaBox:
        fix = partial(self.fix, row.number, point.column)
        if self._preview is not None and point.column == self._preview.area_column:
            areas = AreaBox(point, self._preview.areas)
            areas.fixed.connect(fix)
            column.addWidget(areas)
            return areas
        box = FixBox(point)
        read = Button("Check again", name=f"Check {point.cell} again")
        read.clicked.connect(box.give)
        box.fixed.connect(fix)
        nest(column, row_of((box, 1), read, spacing=8))
        return box

    @Slot()
    def _leave_out(self) -> None:
        """Leave the rows chosen out; those that all are so already are taken in again."""
        chosen = self.chosen
        rows = {row.number for row in chosen}
        is_in = all(row.state is State.LEFT_OUT for row in chosen)
        if rows:
            self.said.emit(
                lambda draft, _: replace(
                    draft, left_out=draft.left_out - rows if is_in else draft.left_out | rows
                )
            )

    def _lay_out(self) -> None:
        self.reading.setWidgetResizable(True)
        self.reading.setAccessibleName("What to look at in this row")
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.viewport().setAutoFillBackground(False)
        rows = Card(inset=(3, 3)).fill_with(self.table)
        side = Card(inset=(2, 2)).fill_with(self.reading)
        nest(
            side.body,
            column_of((self.leave, 0, Qt.AlignmentFlag.AlignLeft), edges=(12, 4, 12, 8)),
        )
        side.setFixedWidth(look.px(SIDE_WIDTH))
        column_of(
            self.states,
            (row_of((rows, 1), side, spacing=13), 1),
            self.keys,
            inside=self,
            spacing=4,
            edges=(3, 0, 3, 0),
        )


def _corrected_at(found: Preview, row: PreviewRow, one: Correction) -> Point | None:
    """Return the cell of a correction with what stands there now, None where a point has it already."""
    heading = next((at for at, of in found.columns.mapped if SLOTS.get(of, of) == one.field), None)
    if heading is None:
        return None
    typed = text_of(found.table.row(row.number)[heading.at])
    value = one.now if one.field == "area" else typed
    is_there = any(point.column == heading.column for point in row.points)
    words = f"submitted as {one.was}"
    return None if is_there else found.table.point(row.number, heading, value, words, Kind.TO_CHECK)
