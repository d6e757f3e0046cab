"""The head of the scoring page: how far the member is, the strip of sheets, and going along it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QComboBox, QSizePolicy, QWidget

from gui.pages.page import Breakpoints, PageTools
from gui.pages.page_keys import holds_focus
from gui.pages.panel.kept import AskingBar
from gui.pages.panel.scoring.form import SheetForm
from gui.pages.panel.scoring.grid import GridTable, GridView
from gui.pages.panel.scoring.sheets import OTHERS_CLOSED, OTHERS_OPEN, Sheets, all_scored_words, reasons_words
from gui.theme.look import Tone, look
from gui.widgets.buttons import Button
from gui.widgets.label import ChipLabel
from gui.widgets.pill import PillTabs
from gui.widgets.ring import has_ring, paint_ring
from gui.widgets.tips import let_press, set_tip
from gui.widgets.turned import ChoiceList
from models.queries.panel.score_sheets import CLOSED, TO_SCORE, ScoreSheets, SheetLine, SheetState
from models.role import is_asked_for_marks
from models.values.rows import MemberRow, distinct_names

HEIGHT = 28
BAR = 8


class SheetStrip(QAbstractSlider):
    """Chart C4: a bar for every sheet; a click or the arrow keys go to one, T to the table of them."""

    gone_to = Signal(int)
    table_asked = Signal()
    pressed_to = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._states: tuple[SheetState, ...] = ()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Sheets")
        self.setAccessibleDescription("Left and Right go along the sheets, T shows them as a table.")
        self.valueChanged.connect(self._tell)
        look.changed.connect(self._refresh)

    def show_states(self, states: Sequence[SheetState], current: int, said: str) -> None:
        """Show the sheets with the current one; `said` is what a screen reader hears."""
        self._states = tuple(states)
        with QSignalBlocker(self):
            self.setRange(0, max(len(states) - 1, 0))
            self.setValue(current)
        self.setAccessibleName(said)
        set_tip(self, said)
        self._refresh()

    @Slot(int)
    def _tell(self, number: int) -> None:
        if 0 <= number < len(self._states):
            self.gone_to.emit(number)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return 6 px for each sheet, between two bounds."""
        px = look.px
        return QSize(min(max(px(6) * len(self._states), px(80)), px(236)), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Shrink to a stub."""
        return QSize(look.px(60), look.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the table with T."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.table_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the sheet under the pointer."""
        if self._states:
            step = self._pitch()
            self.setValue(min(int((event.position().x() - 4) / step), len(self._states) - 1))
            self.pressed_to.emit()

    def _pitch(self) -> float:
        return max(self.width() - 8, 1) / max(len(self._states), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, the current one ringed."""
        theme = look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = min(self._pitch(), look.px(16))
        width = max(pitch - 2, 1)
        top = (self.height() - look.px(BAR)) / 2
        last_in_pixel = {int(number * pitch): number for number in range(len(self._states))}
        for number in sorted({*last_in_pixel.values(), self.value()}) if self._states else ():
            bar = QRectF(4 + number * pitch, top, width, look.px(BAR))
            _paint_bar(painter, bar, self._states[number])
            if number == self.value():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.text), 1.6))
                painter.drawRoundedRect(bar.adjusted(-1.5, -2, 1.5, 2), 2, 2)
        if has_ring(self):
            paint_ring(painter, QRectF(self.rect()), look.px(6))
        painter.end()


CHOOSE = "Whose paper sheet?"


class PaperPick(ChoiceList):
    """A list of the panel's members; the first line is nobody."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self.setAccessibleName(CHOOSE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.hide()
        self.activated.connect(self._tell)

    def show_members(self, members: Sequence[MemberRow], chosen: str) -> None:
        """Show who there is; an adviser gives no marks."""
        self._names = distinct_names(row for row in members if is_asked_for_marks(row.role))
        named = ((name, code) for code, name in self._names.items())
        self.fill_with(((CHOOSE, ""), *named), chosen)

    def name_of(self, code: str) -> str:
        return self._names.get(code, code)

    @Slot(int)
    def _tell(self, row: int) -> None:
        self.picked.emit(self.itemData(row))


ASKS = "You are the chair. If you do not score in this round, say so: no sheet is expected from you."


class ChairBar(AskingBar):
    """Tells the chair how to say that they do not score, until they give a mark."""

    def __init__(self) -> None:
        super().__init__("Whether the chair scores", "I do not score", tone="text2")
        (self.button,) = self.answers
        self.words.setText(ASKS)

    def show_for(self, sheets: ScoreSheets, reference: str, *, is_chair: bool) -> None:
        """Tell a chair who has declared and given no mark yet.

        It stays while the sheet is on show on which the first mark is given, and moves nothing there.
        """
        marked = {line.reference for line in sheets.lines if any(mark is not None for mark in line.marks)}
        stays = not self.isHidden() and marked == {reference}
        self.setVisible(is_chair and sheets.has_declared and sheets.scores and (stays or not marked))


NONE_OPEN = "none open to score"
NONE_READY = "Nothing is ready to be handed in: every sheet has gaps, or is handed in already."
REOPEN, SET_ASIDE = "Reopen sheet…", "Set aside…"
"""What an officer puts down of a paper sheet where a member rules in the chair's place."""
BY_REFERENCE, READING_ORDER = "By reference", "Reading order"
TO_REFERENCES = (
    "Each member reads in a fixed order of their own, so that no application comes first for every member. "
    "Select this to go through the applications by reference instead."
)
TO_READING_ORDER = "Go through the applications in the member’s own reading order again."
TABS = ("Application", "Score sheet")


def progress(lines: Sequence[SheetLine]) -> str:
    """Return how far the member is: "38 of 45 scored, 6 ready to hand in, 7 still to score"."""
    states = [line.state for line in lines if line.state in TO_SCORE]
    left, ready, of = states.count(SheetState.OPEN), states.count(SheetState.READY), len(states)
    return f"{of - left} of {of} scored, {ready} ready to hand in, {left} still to score" if of else NONE_OPEN


class ScoringHead:
    """Where the member is among the sheets, and what can be done with them."""

    def __init__(self) -> None:
        self.paper, self.strip = PaperPick(), SheetStrip()
        self.tabs, self.others = PillTabs(TABS), ChipLabel()
        self.rule = Button(REOPEN)
        self.in_order, self.as_grid = Button(BY_REFERENCE), Button("Grid view", icon="grid")
        self.hand_in = Button("Hand in")

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Return what stands beside the title."""
        return (
            self.paper,
            self.strip,
            self.tabs,
            self.others,
            self.rule,
            self.in_order,
            self.as_grid,
            self.hand_in,
        )

    def show_none(self, *, is_paper: bool) -> None:
        """Offer no more than to choose whose paper sheets are typed in, where the office does that."""
        for part in self.parts:
            part.setVisible(is_paper and part is self.paper)

    def show_sheets(self, sheets: Sheets, room: Breakpoints, *, is_grid: bool, has_others: bool) -> None:
        """Show where the member is and what can be done; give up others' marks and then the strip.

        On paper the office chooses whose it types in; the grid is then the one way to see the sheets.
        """
        lines, at, line, is_own = sheets.lines, sheets.number, sheets.current, not sheets.is_paper
        is_in = line is not None and line.state is SheetState.HANDED_IN
        may_rule = line is not None and bool(line.in_place) and line.stage == "scoring"
        on = f", on sheet {at + 1}, {line.reference}" if line is not None else ""
        self.strip.show_states([one.state for one in lines], at, f"Sheets, {progress(lines)}{on}")
        ready, lacking = sheets.full
        let_press(self.hand_in, "" if ready or lacking else NONE_READY)
        self.hand_in.show_words(f"Hand in {len(ready)} ready" if ready else "Hand in")
        self.rule.show_words(REOPEN if is_in else SET_ASIDE)
        self.in_order.show_words(READING_ORDER if sheets.is_by_reference else BY_REFERENCE)
        set_tip(self.in_order, TO_READING_ORDER if sheets.is_by_reference else TO_REFERENCES)
        self.as_grid.show_words("One sheet" if is_grid else "Grid view")
        self.others.show_state(Tone.INFORMATION, OTHERS_OPEN if is_in else OTHERS_CLOSED)
        self.paper.setVisible(not is_own)
        self.strip.setVisible(is_own and not room.has_tabs)
        self.tabs.setVisible(is_own and room.has_tabs and not is_grid)
        self.others.setVisible(is_own and has_others and not room.has_icons_only)
        self.rule.setVisible(may_rule and not is_own)
        self.in_order.setVisible(len(lines) > 1)
        self.as_grid.setVisible(is_own)
        self.hand_in.setVisible(True)


def _paint_bar(painter: QPainter, bar: QRectF, state: SheetState) -> None:
    theme = look.theme
    is_scored = state in (SheetState.READY, SheetState.HANDED_IN)
    if state in CLOSED:
        bar = bar.adjusted(0, bar.height() / 2 - 1, 0, -bar.height() / 2 + 1)
    colour = theme.accent_text if is_scored else theme.muted if state in CLOSED else theme.track
    is_edged = not (is_scored or theme.is_tinted)
    painter.setPen(QPen(QColor(theme.text)) if is_edged else Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(bar, 1.5, 1.5)


SKIPS = "{} skips it for now."


class Navigation(QObject):
    """Which sheet comes on show next, once what is typed has been entered."""

    def __init__(
        self,
        tools: PageTools,
        sheets: Sheets,
        views: tuple[SheetForm, GridView],
        head: ScoringHead,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._tools, self._sheets, self._head, self._page = tools, sheets, head, page
        self._form, self._grid = views

    @property
    def _table(self) -> GridTable | None:
        """Return the table of all sheets while it is what is on show."""
        return self._grid.table if self._grid.isVisible() else None

    @Slot()
    def go_on(self) -> None:
        """Save and go to the next sheet; one with a gap shows the gap first. In the grid, to the next gap."""
        self.enter()
        line, table = self._sheets.current, self._table
        if table is not None:
            table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not table.go_to_gap():
                self._leave_area()
        elif line is not None and line.state is SheetState.OPEN:
            self._form.focus_gap()
            self._tools.hint(self._lacks(line))
        elif line is not None and self._sheets.missing_reasons(line):
            self.go_to_reason(line.reference)
        else:
            self._go_next()

    @Slot()
    def skip(self) -> None:
        """Leave the sheet for the end; in the grid, go to the next."""
        self.enter()
        if self._table is not None:
            self._table.step(1)
        else:
            self._sheets.skip()
            self._go_next()

    @Slot(int)
    def go_to(self, number: int) -> None:
        """Show the sheet of a number."""
        self.enter()
        lines = self._sheets.lines
        if 0 <= number < len(lines):
            has_focus = holds_focus(self._page)
            self._sheets.go_to(lines[number].reference)
            if has_focus and not self._head.strip.hasFocus():
                self.focus_marks()

    def go_to_reason(self, reference: str) -> None:
        """Show the first reason that a sheet lacks, and say so."""
        line = self._sheets.line(reference)
        if line is not None:
            if self._sheets.reference != reference:
                self._sheets.go_to(reference)
            missing = self._sheets.missing_reasons(line)
            if self._table is not None:
                self._grid.table.choose(reference, missing[0])
                self._grid.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._form.focus_reason(missing[0])
            self._tools.hint(self._lacks(line))

    def step(self, steps: int) -> None:
        """Show the sheet so many after the one on show, or before it."""
        if self._table is not None:
            self._table.step(steps)
        else:
            self.go_to(self._sheets.number + steps)

    @Slot()
    def focus_marks(self) -> None:
        """Put the focus where marks are typed; where the sheet takes none, on the way on."""
        if self._table is not None:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._form.isVisible():
            self._form.focus_open()

    @Slot()
    def enter(self) -> None:
        """Enter the reason that is being typed."""
        self._form.enter()
        self._grid.reason.enter()

    def _lacks(self, line: SheetLine) -> str:
        """Return what a sheet lacks, marks before reasons."""
        if line.state is SheetState.OPEN:
            key = self._tools.actions.keys.key_of("page_skip")
            return f"{line.reference} has marks to give." + (f" {SKIPS.format(key)}" if key else "")
        return reasons_words(line.reference, self._sheets.missing_reasons(line))

    def _go_next(self) -> None:
        following = self._sheets.following
        if following is not None:
            self.go_to(following)
        elif self._sheets.lines:
            self._leave_area()

    def _leave_area(self) -> None:
        """Go to the next area with a sheet to mark; where none is left, say so and lead to handing in."""
        if area := self._sheets.next_area(SheetState.OPEN):
            self._tools.choose_area(area)
            self.focus_marks()
            return
        if self._sheets.next_area(SheetState.READY):
            self._tools.choose_area(None)
        self._tools.hint(all_scored_words(self._sheets.lines))
        self._head.hand_in.setFocus(Qt.FocusReason.ShortcutFocusReason)
