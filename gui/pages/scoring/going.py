"""Going from sheet to sheet: on, back, skipped for now, and where a gap or a required reason is missing."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.page import PageTools
from gui.pages.scoring.form import SheetForm
from gui.pages.scoring.head import ScoringHead
from gui.pages.scoring.shown import Shown
from gui.pages.scoring.words import all_scored_words, reasons_words
from models.queries.score_sheets import SheetState

SKIPS = "{} skips it for now."


class Going(QObject):
    """Which sheet comes on show next; it tells when another one is, once what is typed has been entered."""

    went = Signal()

    def __init__(
        self, tools: PageTools, shown: Shown, form: SheetForm, head: ScoringHead, page: QWidget
    ) -> None:
        super().__init__(page)
        self._tools, self._shown, self._form, self._head, self._page = tools, shown, form, head, page

    @Slot()
    def go_on(self) -> None:
        """Save and go to the next sheet; one with a gap shows the gap first."""
        self._form.enter()
        line = self._shown.current
        if line is not None and line.state is SheetState.OPEN:
            self._form.focus_gap()
            key = self._tools.actions.keys.key_of("page_skip")
            how = f" {SKIPS.format(key)}" if key else ""
            self._tools.hint(f"{line.reference} has marks to give.{how}")
        elif line is not None and self._shown.missing_reasons(line):
            self.go_to_reason(line.reference)
        else:
            self._go_next()

    @Slot()
    def skip(self) -> None:
        """Leave the sheet for the end."""
        self._form.enter()
        self._shown.skip()
        self._go_next()

    @Slot(int)
    def go_to(self, number: int) -> None:
        """Show the sheet of a number."""
        self._form.enter()
        lines = self._shown.lines
        if 0 <= number < len(lines):
            self._shown.reference = lines[number].reference
            focused = self._page.window().focusWidget()
            has_focus = focused is not None and self._page.isAncestorOf(focused)
            self.went.emit()
            if has_focus and not self._head.strip.hasFocus():
                self._form.focus_open()

    def go_to_reason(self, reference: str) -> None:
        """Show the first reason that a sheet lacks, and say so."""
        line = next((line for line in self._shown.lines if line.reference == reference), None)
        if line is not None:
            if self._shown.reference != reference:
                self._shown.reference = reference
                self.went.emit()
            missing = self._shown.missing_reasons(line)
            self._form.focus_reason(missing[0])
            self._tools.hint(reasons_words(reference, missing))

    @Slot()
    def go_back_one(self) -> None:
        """Show the sheet before."""
        self.go_to(self._shown.number - 1)

    @Slot()
    def go_on_one(self) -> None:
        """Show the sheet after."""
        self.go_to(self._shown.number + 1)

    def _go_next(self) -> None:
        following = self._shown.following
        if following is not None:
            self.go_to(following)
        elif self._shown.lines:
            self._tools.hint(all_scored_words(self._shown.lines))
            self._head.hand_in.setFocus(Qt.FocusReason.ShortcutFocusReason)
