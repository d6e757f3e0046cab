"""Going from sheet to sheet: on, back, skipped for now, and where a gap or a required reason is missing."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.page import PageTools
from gui.pages.page_keys import holds_focus
from gui.pages.panel.scoring.form import SheetForm
from gui.pages.panel.scoring.grid import GridTable, GridView
from gui.pages.panel.scoring.head import ScoringHead
from gui.pages.panel.scoring.sheets import Sheets
from gui.pages.panel.scoring.words import all_scored_words, reasons_words
from models.queries.panel.score_sheets import SheetLine, SheetState

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
