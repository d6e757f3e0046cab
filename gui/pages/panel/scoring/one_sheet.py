"""One sheet: the application beside the form, others' marks once handed in, and what was kept of reasons."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.breakpoints import UNBOUNDED, Breakpoints
from gui.pages.page import PageTools
from gui.pages.panel.scoring.form import SheetForm
from gui.pages.panel.scoring.reading import ReadingPane
from gui.pages.panel.scoring.reason_box import DraftsBar
from gui.pages.panel.scoring.sheets import Sheets, Shown
from gui.pages.panel.scoring.words import REOPENED_BELOW, closed_words, item_words, note_words, opener_words
from gui.widgets.nesting import nest
from models.queries.applications.reading import Reading
from models.queries.panel.score_sheets import CLOSED, PeerSheet, ScoreSheets, SheetLine, SheetState

FORM_WIDTH, NARROW_FORM, NARROW_UNDER = 504, 440, 1240


class OneSheet(QWidget):
    """The sheet on show. What is marked and written on it goes to the record."""

    def __init__(self, tools: PageTools, sheets: Sheets, shown: Shown) -> None:
        super().__init__()
        self._tools, self._sheets, self._shown = tools, sheets, shown
        self._look, self._room = tools.look, Breakpoints(1366, 768)
        self.pane = ReadingPane(tools.look)
        self.form = tools.parts.take(SheetForm)
        self.drafts = DraftsBar(tools.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.drafts)
        self._body = QHBoxLayout()
        self._body.addWidget(self.pane, 1)
        self._body.addWidget(self.form)
        nest(column, self._body, 1)
        self.form.marked.connect(self._mark)
        self.form.explained.connect(self._explain)
        self.form.typed.connect(self._keep)
        self.drafts.used.connect(self._use_draft)
        self.drafts.dropped.connect(self._drop_draft)
        tools.look.changed.connect(self._space)
        self._space()

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: one row of buttons."""
        self._room = room
        self.form.footer.fit(is_low=room.is_low or room.width < NARROW_UNDER)

    def show_part(self, number: int) -> None:
        """Show the application (0) or the form (1) where there are tabs, a slimmer form when narrow."""
        has_tabs = self._room.has_tabs
        self.pane.setVisible(not has_tabs or number == 0)
        self.form.setVisible(not has_tabs or number == 1)
        if self.form.isVisible():
            QTimer.singleShot(0, self.form.show_open_box)
        narrow = self._room.width < NARROW_UNDER
        width = self._look.px(NARROW_FORM if narrow else FORM_WIDTH)
        width = max(width, self.form.footer.least_width + 2)
        self.form.setMinimumWidth(0 if has_tabs else width)
        self.form.setMaximumWidth(UNBOUNDED if has_tabs else width)

    def show_sheet(self, held: ScoreSheets, line: SheetLine) -> None:
        """Show one of the sheets that are held."""
        self.form.show_scheme(held.scheme)
        if line.state in CLOSED:
            self.pane.close_up(f"{line.reference} {line.organisation}", self._closed_words(held, line))
        else:
            self._sheets.read(line.reference, self._take_reading)
        self.show_form(held, line)
        self._show_drafts(line.reference)

    def show_form(self, held: ScoreSheets, line: SheetLine) -> None:
        """Show the marks and reasons of a sheet, and others' once it is handed in."""
        words = self._closed_words(held, line)
        item = item_words(self._shown.lines, self._shown.number)
        why_not = "" if line.state is SheetState.HANDED_IN else words
        self.form.footer.show_item(line.reference, item, why_not)
        if line.state in CLOSED:
            self.form.show_closed(words)
            return
        may_set_aside = (
            self._tools.identity.may("set not applicable")
            and held.scheme.not_applicable_allowed
            and line.stage == "scoring"
            and held.round_stage != "set up"
        )
        self.form.show_rules(held.reasons, may_set_aside=may_set_aside)
        self.form.show_line(line, words, note_words(line))
        if line.state is not SheetState.HANDED_IN:
            self.form.hide_peers()
            return
        self._sheets.ask_peers(line.reference, partial(self._take_peers, line))

    def _closed_words(self, held: ScoreSheets, line: SheetLine) -> str:
        is_chairs = self._tools.identity.may("reopen sheet") and line.stage == "scoring"
        if line.state is SheetState.HANDED_IN and is_chairs:
            return REOPENED_BELOW
        return closed_words(line, opener_words(held.chairs, may_open=self._tools.identity.may("move area")))

    def _show_drafts(self, reference: str) -> None:
        self.drafts.show_drafts(reference, self._sheets.drafts_of(reference))

    def _take_reading(self, answer: Reading) -> None:
        if answer.reference == self._shown.reference:
            self.pane.read(answer)

    def _take_peers(self, line: SheetLine, peers: tuple[PeerSheet, ...]) -> None:
        if line.reference == self._shown.reference and self._shown.current == line:
            is_chair = self._tools.identity.may("reopen sheet") and line.stage == "scoring"
            steps = self.form.show_peers(line, peers, can_reopen=is_chair)
            self._tools.workspace.in_turns(self.form, steps)

    @Slot(str, object)
    def _mark(self, code: str, value: Any) -> None:
        self._sheets.mark(self._shown.reference, code, value)

    @Slot(str, str)
    def _explain(self, code: str, text: str) -> None:
        self._sheets.explain(self._shown.reference, code, text)

    @Slot(str, str)
    def _keep(self, code: str, text: str) -> None:
        self._sheets.keep(self._shown.reference, code, text)

    @Slot(str, str, str)
    def _use_draft(self, reference: str, code: str, text: str) -> None:
        self._sheets.explain(reference, code, text)
        self._show_drafts(reference)

    @Slot(str, str)
    def _drop_draft(self, reference: str, code: str) -> None:
        self._sheets.drop(reference, code)
        self._show_drafts(reference)

    @Slot()
    def _space(self) -> None:
        self._body.setSpacing(self._look.px(16))
