"""The wizard as a whole: one step at a time, back and on, and one operation at the end."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from exchange.applications.preview.carried import carried, kept_words
from exchange.applications.preview.draft import Draft, begun, with_header
from exchange.applications.preview.matched import Matched, is_matched
from exchange.applications.preview.preview import Preview
from exchange.cells.cell_names import column_of, row_of
from gui.access.unencrypted_warning import pass_gate
from gui.breakpoints import Breakpoints
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.host import DISCARD, LEAVE, STAY
from gui.pages.applications.importing import work
from gui.pages.applications.importing.check_step import CheckStep
from gui.pages.applications.importing.confirm_import import import_operation, import_words
from gui.pages.applications.importing.file_step import FileStep
from gui.pages.applications.importing.left_out_file import LeftOutFile
from gui.pages.applications.importing.match_step import MatchStep
from gui.pages.applications.importing.one_area import OneAreaDialog
from gui.pages.applications.importing.sheet_step import SheetStep
from gui.pages.applications.importing.steps import Steps
from gui.pages.applications.importing.summary_step import SummaryStep
from gui.pages.page import PageTools
from gui.pages.page_keys import holds_focus
from gui.text import counted
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest
from gui.widgets.stack import Stack
from models.operation import Outcome
from models.operations.applications.importing import round_key
from models.queries.applications.importing import import_target
from models.trouble import Trouble
from models.values.importing.import_target import ImportTarget
from models.values.round_line import RoundLine

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FILE, SHEET, MATCH, CHECK, SUMMARY = range(5)
LOST = "Nothing is imported yet. If you leave now, what you matched, corrected and left out is gone."


class ImportWizard(QWidget):
    """Five steps from a file to applications in the round; leaving before the last writes nothing."""

    left = Signal()

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        look = tools.look
        self._tools = tools
        self._look = look
        self._line: RoundLine | None = None
        self._target: ImportTarget | None = None
        self._draft: Draft | None = None
        self._of_sheets: dict[str, Draft] = {}
        self._preview: Preview | None = None
        self._matched: Matched | None = None
        self._is_new_step = False
        self._is_importing = self._is_checking = False
        self.title = ElidedLabel(look, "Import applications", size=20, weight=600)
        self.steps = Steps(look)
        self.file = FileStep(look, tools.dialogs.files)
        self.sheet = SheetStep(look)
        self.match = MatchStep(look)
        self.check = CheckStep(look)
        self.summary = SummaryStep(look)
        self.left_out_file = LeftOutFile(tools, self)
        self.remember = QCheckBox("Remember this matching")
        self.back = Button(look, "Back")
        self.on = Button(look, "Next", kind="primary")
        self.cancel = Button(look, "Leave the import")
        self._stack = Stack("Steps of the import")
        self._lay_out()
        self._connect()

    @property
    def step(self) -> int:
        """Return the step on show."""
        return self._stack.currentIndex()

    @property
    def preview(self) -> Preview | None:
        """Return the rows as they were read last, None before."""
        return self._preview

    @property
    def draft(self) -> Draft | None:
        """Return the import in the making, None before a file is read."""
        return self._draft

    def start(self, line: RoundLine) -> None:
        """Begin an import into a round."""
        self._line, self._draft, self._preview, self._target = line, None, None, None
        self.remember.setChecked(True)
        self.summary.is_done = self._is_checking = False
        self.check.forget()
        self._of_sheets.clear()
        self._go(FILE)
        self._tools.workspace.ask(partial(import_target, round_id=line.round_id), self._take_target)
        self.file.choose.setFocus()

    def fit(self, room: Breakpoints) -> None:
        """Give the rows what room there is in a low window; steps or title say where one is."""
        self.title.setVisible(not room.is_low or room.is_tiny)
        self.file.show_picture(is_shown=not room.is_tiny)
        self.check.keys.setVisible(not room.is_low)
        self.steps.setVisible(not room.is_tiny)

    @Slot(object)
    def read(self, path: Path) -> None:
        """Read a file beside the window; it can be cancelled in the progress strip."""
        label = f"Reading {path.name}"
        self._tools.workspace.work(partial(work.read, path), self._take_file, label=label)

    def _take_target(self, target: ImportTarget) -> None:
        self._target = target

    def _take_file(self, draft: Draft) -> None:
        self._of_sheets.clear()
        self._draft = self._carried(draft)
        self._go(SHEET)

    def _carried(self, draft: Draft) -> Draft:
        """Return the draft of another file or sheet with what was decided by hand; say that it is kept."""
        if self._draft is None:
            return draft
        kept = carried(self._draft, draft)
        if words := kept_words(self._draft, kept):
            self._tools.toast(words)
        return kept

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.show_step(step)
        self.back.setEnabled(step != SUMMARY or not self._is_importing)
        self.on.setVisible(step != FILE or self._draft is not None)
        self.remember.setVisible(step == MATCH)
        self.cancel.setVisible(step != SUMMARY or not self.summary.is_done)
        self.file.show_chosen("" if self._draft is None else self._draft.file.path.name)
        fills: dict[int, Callable[[], None]] = {SHEET: self._fill_sheet, MATCH: self._fill_match}
        fills.get(step, self._name_next)()

    def _fill_sheet(self) -> None:
        assert self._draft is not None, "a sheet is of a file"
        self.sheet.show_draft(self._draft)
        self._name_next()
        self.sheet.table.setFocus()

    def _fill_match(self) -> None:
        assert self._draft is not None, "columns are of a file"
        if self._target is not None:
            matching = partial(work.match, self._draft, self._target)
            self._tools.workspace.work(matching, self._take_matched)

    def _take_matched(self, found: Matched) -> None:
        self._matched = found
        self.match.show_matched(found)
        self.on.setEnabled(is_matched(found.columns))
        if self._is_new_step:
            self._is_new_step = False
            self._ring_primary()
        self.on.show_words(f"Check {counted(found.rows, 'row', 'rows')}")

    def _name_next(self) -> None:
        self.on.setEnabled(True)
        words = {FILE: "Continue with this file", SHEET: "Match columns", CHECK: "See the summary"}
        if self.step in words:
            self.on.show_words(words[self.step])
        elif self.step == SUMMARY and not self.summary.is_done and self._preview is not None:
            self.on.setEnabled(bool(self._preview.taken or self._preview.changes))
            self.on.show_words(import_words(self._preview))
        else:
            self.on.show_words("Show the applications")

    @Slot()
    def _next(self) -> None:
        if self.step == FILE:
            self._go(SHEET)
        elif self.step == SHEET:
            self._is_new_step = True
            self._go(MATCH)
        elif self.step == MATCH:
            self._ask_areas()
        elif self.step == CHECK and self._is_checking:
            self._look_through(go_to=SUMMARY)
        elif self.step == CHECK:
            self._show_summary()
        elif self.step == SUMMARY and not self.summary.is_done:
            self._take_in()
        else:
            self.left.emit()

    def _show_summary(self) -> None:
        if self._preview is not None and self._target is not None:
            self.summary.show_preview(self._preview, self._target.added(self._preview.reading.areas))
            self._go(SUMMARY)
            self._ring_primary()

    @Slot()
    def _ask_to_leave(self) -> None:
        """Leave, but ask first where that would lose what was matched, corrected or left out by hand."""
        if self._draft is None or not self._draft.holds_work:
            self.left.emit()
            return
        question = ConfirmDialog(self._look, LEAVE, (LOST,), DISCARD, self._tools.dialogs.window)
        question.cancel.show_words(STAY)
        question.agreed.connect(self.left)
        self._tools.dialogs.show(question)

    @Slot()
    def _previous(self) -> None:
        """Go back a step; from what was imported to its rows as they are now, from the first out again."""
        if self.step == FILE:
            self._ask_to_leave()
        elif self.step == SUMMARY and self.summary.is_done:
            self._ask_again()
        else:
            self._go(self.step - 1)

    def take_change(self) -> None:
        """Look at the rows again where the record's applications changed under them, as by undo."""
        if self.step in (CHECK, SUMMARY) and not self._is_importing:
            self._ask_again()

    def _ask_again(self) -> None:
        if self._line is not None:
            self.summary.is_done = False
            self._tools.workspace.ask(partial(import_target, round_id=self._line.round_id), self._look_again)

    def _look_again(self, target: ImportTarget) -> None:
        self._target = target
        self._look_through(go_to=CHECK)

    def _ask_areas(self) -> None:
        """Read the rows, but ask first where not one of them says of which area it is."""
        found = self._matched
        if found is None or self._draft is None or self._target is None or found.names_an_area:
            self._look_through(go_to=CHECK)
            return
        dialog = OneAreaDialog(self._look, found, self._tools.dialogs.window)
        dialog.chosen.connect(self._take_one_area)
        dialog.column_wanted.connect(self.match.choose_area_column)
        self._tools.dialogs.show(dialog)

    @Slot(str)
    def _take_one_area(self, area: str) -> None:
        if self._draft is not None and self._matched is not None:
            self._draft = self._draft.all_of(area, self._matched.written)
            self._look_through(go_to=CHECK)

    def _look_through(self, go_to: int | None = None) -> None:
        """Read the rows as they stand, beside the window."""
        if self._draft is None or self._target is None:
            return
        self._is_checking = True
        checking = partial(work.preview, self._draft, self._target)
        done = partial(self._take_preview, go_to)
        self._tools.questions.work(checking, done, label="Checking the rows")

    def _take_preview(self, go_to: int | None, found: Preview) -> None:
        self._preview, self._is_checking = found, False
        held = self.window().focusWidget() if holds_focus(self.check) else None
        if go_to == CHECK:
            self._go(go_to)
        self.check.show_preview(found)
        if go_to == SUMMARY:
            self._show_summary()
        elif go_to is not None or (held is not None and held is not self.window().focusWidget()):
            self.check.table.setFocus()

    @Slot(str)
    def _take_sheet(self, name: str) -> None:
        if self._draft is not None:
            self._of_sheets[self._draft.found.sheet] = self._draft
            try:
                self._draft = self._of_sheets.get(name) or self._carried(begun(self._draft.file, name))
            except Trouble as error:  # an empty sheet; the one before stays chosen
                self._tools.workspace.failed.emit(error)
            self.sheet.show_draft(self._draft)

    @Slot(int)
    def _take_header(self, row: int) -> None:
        if self._draft is not None and row != self._draft.found.header_row:
            self._draft = carried(self._draft, with_header(self._draft, row))

    @Slot(str, str)
    def _take_match(self, heading: str, field: str) -> None:
        if self._draft is not None and self._target is not None:
            self._draft = self._draft.matched(self._target, heading, field)
            self._tools.questions.forget(self._take_preview)  # rows on their way were read as it was
            self._fill_match()

    @Slot(str, str)
    def _take_spelling(self, written: str, area: str) -> None:
        if self._draft is not None:
            self._draft = self._draft.spelt(written, area)
            self._tools.questions.forget(self._take_preview)
            self._fill_match()

    @Slot(str, str)
    def _take_fix(self, cell: str, text: str) -> None:
        if self._draft is not None and self._target is not None:
            self._draft = self._draft.corrected(self._target, row_of(cell), column_of(cell), text)
            self._look_through()

    @Slot(object, bool)
    def _leave_out(self, numbers: frozenset[int], is_out: bool) -> None:
        if self._draft is not None:
            rows = self._draft.left_out
            rows = rows | numbers if is_out else rows - numbers
            self._draft = replace(self._draft, left_out=rows)
            self._look_through()

    @Slot(int, bool)
    def _take_change(self, number: int, is_taken: bool) -> None:
        if self._draft is not None:
            rows = self._draft.changed
            rows = rows | {number} if is_taken else rows - {number}
            self._draft = replace(self._draft, changed=rows)
            self._look_through()

    @Slot()
    def _save_left_out(self) -> None:
        if self._draft is not None and self._preview is not None and self._line is not None:
            self.left_out_file.ask(self._draft, self._preview, self._line.marking)

    def _take_in(self) -> None:
        draft, target, found = self._draft, self._target, self._preview
        if draft is None or target is None or found is None:
            return
        operation = import_operation(draft, target, found, remembers=self.remember.isChecked())
        self.on.setEnabled(False)
        self._is_importing = True
        self.back.setEnabled(False)
        go = partial(self._tools.workspace.perform, operation, self._tell, self._keep_step)
        pass_gate(self._tools, target.line.fund_code, round_key(target).words, go, self._offer_again)

    def _offer_again(self) -> None:
        """Stay at the summary: nothing was imported."""
        self._is_importing = False
        self.on.setEnabled(True)
        self.back.setEnabled(True)

    def _keep_step(self, error: Exception) -> None:
        """Stay at the summary with all that was decided when the record refuses."""
        self._offer_again()
        self._tools.workspace.failed.emit(error)

    def _tell(self, outcome: Outcome) -> None:
        self._is_importing = False
        self.summary.show_done(outcome.words)
        self._go(SUMMARY)
        self._ring_primary()
        self._tools.toast(outcome.words)

    def _connect(self) -> None:
        self.file.chosen.connect(self.read)
        self.sheet.sheet_chosen.connect(self._take_sheet)
        self.sheet.header_chosen.connect(self._take_header)
        self.match.matched.connect(self._take_match)
        self.match.spelt.connect(self._take_spelling)
        self.check.fixed.connect(self._take_fix)
        self.check.left_out.connect(self._leave_out)
        self.check.change_taken.connect(self._take_change)
        self.summary.save.clicked.connect(self._save_left_out)
        self.back.clicked.connect(self._previous)
        self.on.clicked.connect(self._next)
        self.cancel.clicked.connect(self._ask_to_leave)

    def _lay_out(self) -> None:
        px = self._look.px
        for step in (self.file, self.sheet, self.match, self.check, self.summary):
            self._stack.addWidget(step)
        foot = QHBoxLayout()
        foot.setContentsMargins(3, 0, 3, 0)
        foot.setSpacing(px(8))
        foot.addWidget(self.cancel)
        foot.addWidget(self.remember)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(7))
        self.title.setContentsMargins(3, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.steps)
        column.addWidget(self._stack, 1)
        nest(column, foot)

    def _ring_primary(self) -> None:
        """Give the ring to the step's primary button, or to the first choice that it waits for."""
        waits_for = next(iter(self.match.boxes.values()), self.on) if self.step == MATCH else self.on
        (self.on if self.on.isEnabled() else waits_for).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _press_primary(self) -> None:
        """Press the step's primary button, if it is there to be pressed."""
        button = self.file.choose if self.step == FILE and self._draft is None else self.on
        if button.isVisible():
            button.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter or Alt+N; to the next problem with F8, to the one before with Shift+F8.

        Enter in a line is what is typed there; it does not go on as well.
        """
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F8 and self.step == CHECK:
            (self.check.previous_problem if shift else self.check.next_problem)()
        elif (event.key() == Qt.Key.Key_N and alt) or (event.key() in ENTER and not _is_line()):
            self._press_primary()
        else:
            super().keyPressEvent(event)


def _is_line() -> bool:
    """Whether the focus is in a line that is typed into."""
    return isinstance(QApplication.focusWidget(), QLineEdit)
