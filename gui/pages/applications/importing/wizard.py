"""The wizard as a whole: which step comes next, back and on, and one operation at the end."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QWidget

from exchange.applications.corrected import corrects_now
from exchange.applications.draft import Draft
from exchange.applications.preview import Preview, is_matched
from gui.access.unencrypted_warning import pass_gate
from gui.breakpoints import Breakpoints
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.host import DISCARD
from gui.listed.form import DataForm, reason_form
from gui.pages.applications.importing.check_step import CheckStep
from gui.pages.applications.importing.file_step import FileStep, SheetStep
from gui.pages.applications.importing.import_draft import (
    ImportDraft,
    LeftOutFile,
    import_operation,
    import_words,
)
from gui.pages.applications.importing.match_step import MatchStep, OneAreaDialog
from gui.pages.applications.importing.summary_step import SummaryStep
from gui.pages.page import PageTools
from gui.pages.page_keys import holds_focus
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel, Label, stretch
from gui.widgets.nesting import column_of, fill, row_of
from gui.widgets.speech.announcing import announce
from gui.widgets.stack import Stack
from models.operation import Outcome
from models.operations.applications.corrections import round_key
from models.values.rounds import RoundLine

STEPS = ("File", "Sheet and headings", "Match columns", "Check", "Summary")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FILE, SHEET, MATCH, CHECK, SUMMARY = range(5)
STAYS = "Nothing is imported yet. The import of {} is kept: Import goes on with it."
WHY_TITLE = "Why were rows corrected?"
WHY = "The reason is kept with each correction, beside what was submitted."
WHICH, GONE = "Discard the import of {}?", "What you matched, corrected and left out is gone; the file stays."


class Steps(QWidget):
    """A line of words: "1 File > 2 Sheet and headings > …"."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._words: list[tuple[Label, Label]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 0, 3, 0)
        row.setSpacing(look.px(8))
        for number, name in enumerate(STEPS, 1):
            if number > 1:
                row.addWidget(Label(look, "›", tone="muted"))
            here = Label(look, f"{number} {name}", weight=600, tone="accent")
            there = Label(look, f"{number} {name}", tone="muted")
            self._words.append((here, there))
            fill(row, here, there)
        row.addWidget(stretch())
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Mark the step on show."""
        for number, (here, there) in enumerate(self._words):
            here.setVisible(number == step)
            there.setVisible(number != step)
        self.setAccessibleName(f"Step {step + 1} of {len(STEPS)}, {STEPS[step]}")


class ImportWizard(QWidget):
    """Five steps from a file to applications in the round; leaving before the last keeps what was decided."""

    left = Signal()

    def __init__(self, tools: PageTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look = tools.look
        self.title = ElidedLabel(look, "Import applications", size=20, weight=600)
        self.steps = Steps(look)
        self.file = FileStep(look, tools.dialogs.files)
        self.sheet = tools.parts.take(SheetStep)
        self.match = tools.parts.take(MatchStep)
        self.check = tools.parts.take(CheckStep)
        self.summary = SummaryStep(look)
        self.remember = QCheckBox("Remember this matching")
        self.back = Button(look, "Back")
        self.on = Button(look, "Next", kind="primary")
        self.cancel = Button(look, "Leave the import")
        self._stack = Stack("Steps of the import")
        self._tools = tools
        self.import_draft = ImportDraft(tools, self)
        self._is_new_step = self._is_importing = self._is_imported = self._goes_on = False
        self.left_out_file = LeftOutFile(tools, self)
        self._lay_out()
        self._connect()

    @property
    def step(self) -> int:
        """Return the step on show."""
        return self._stack.currentIndex()

    def panes(self) -> tuple[QWidget, ...]:
        """Return what the step on show is about, and the way on."""
        about = (self.file.primary, self.sheet.table, self.match.reading, self.check.table, self.summary)
        return (about[self.step], self.on)

    def fit(self, room: Breakpoints) -> None:
        """Give the rows what room there is in a low window; steps or title say where one is."""
        self.title.setVisible(not room.is_low or room.is_tiny)
        self.file.show_picture(is_shown=not room.is_tiny)
        self.check.keys.setVisible(not room.is_low)
        self.steps.setVisible(not room.is_tiny)

    def _press_primary(self) -> None:
        """Press the step's primary button, if it is there to be pressed."""
        button = self.file.primary if self.step == FILE and not self.on.isVisible() else self.on
        if button.isVisible():
            button.click()

    def _ring_primary(self) -> None:
        """Give the ring to the step's primary button, or to the first choice that it waits for."""
        waits_for = next(iter(self.match.boxes.values()), self.on) if self.step == MATCH else self.on
        (self.on if self.on.isEnabled() else waits_for).setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    def _lay_out(self) -> None:
        px = self._look.px
        for step in (self.file, self.sheet, self.match, self.check, self.summary):
            self._stack.addWidget(step)
        foot = row_of(self.cancel, self.remember, 1, self.back, self.on, spacing=px(8), edges=(3, 0, 3, 0))
        self.title.setContentsMargins(3, 0, 0, 0)
        column_of(self.title, self.steps, (self._stack, 1), foot, inside=self, spacing=px(7))

    @property
    def preview(self) -> Preview | None:
        """Return the rows as they were read last, None before."""
        return self.import_draft.preview

    @property
    def draft(self) -> Draft | None:
        """Return the import in the making, None before a file is read."""
        return self.import_draft.draft

    def start(self, line: RoundLine) -> None:
        """Begin an import into a round."""
        self._is_imported = self._goes_on = False
        self.file.show_left(())
        self.import_draft.start(line)
        self.remember.setChecked(True)
        self.summary.is_done = False
        self.check.forget()
        self._go(FILE)
        self.file.primary.setFocus()

    @Slot()
    def _show_left(self) -> None:
        """Offer to go on with imports that were left, first of all."""
        self.file.show_left([kept.name for kept in self.import_draft.left.all])
        if self.step == FILE and self.file.isVisible():
            self.file.primary.setFocus()

    @Slot(int)
    def _resume(self, step: int) -> None:
        """Go on at the columns, or through them to the rows."""
        self._is_new_step, self._goes_on = True, step > MATCH
        self._go(MATCH)

    @Slot(str)
    def _ask_discard(self, name: str) -> None:
        question = ConfirmDialog(self._look, WHICH.format(name), (GONE,), DISCARD, self._tools.dialogs.window)
        question.agreed.connect(partial(self._discard, name))
        self._tools.dialogs.show(question)

    def _discard(self, name: str) -> None:
        self.import_draft.left.drop(name)
        self._show_left()

    @Slot()
    def _keep(self) -> None:
        """Keep how far the import is, that it can be gone on with after it is left."""
        if self.draft is not None and MATCH <= self.step <= SUMMARY and not self._is_imported:
            self.import_draft.left.keep(self.draft, min(self.step, CHECK))

    @Slot()
    def _keep_typed(self) -> None:
        """Keep what is typed in a cell's place and was not given yet, as the record is closed."""
        if self.step == CHECK and self.isVisible():
            self.check.give_typed()
            self._keep()

    @Slot()
    def _go_to_sheet(self) -> None:
        self._go(SHEET)

    def _go(self, step: int) -> None:
        is_other = step != self.step
        self._stack.setCurrentIndex(step)
        self.steps.show_step(step)
        if is_other:
            found = {CHECK: self.check.words, SUMMARY: self.summary.words}.get(step, "")
            announce(self, f"{self.steps.accessibleName()}. {found}".rstrip(" ."))
        self.back.setEnabled(step != SUMMARY or not self._is_importing)
        self.on.setVisible(step != FILE or self.draft is not None)
        self.remember.setVisible(step == MATCH)
        self.cancel.setVisible(step != SUMMARY or not self.summary.is_done)
        self.file.show_chosen("" if self.draft is None else self.draft.file.path.name)
        fills: dict[int, Callable[[], None]] = {SHEET: self._fill_sheet, MATCH: self._match}
        fills.get(step, self._name_next)()
        self._keep()

    def _fill_sheet(self) -> None:
        self._show_sheet()
        self._name_next()
        self.sheet.table.setFocus()

    @Slot()
    def _show_sheet(self) -> None:
        assert self.draft is not None, "a sheet is of a file"
        self.sheet.show_draft(self.draft)

    def _match(self) -> None:
        """Show the heads at once, and match; until that is done there is nothing to go on with."""
        assert self.draft is not None, "columns are of a file"
        self.match.wait_for(self.draft.found)
        if self._is_new_step:
            self.match.reading.setFocus()  # the button is grey meanwhile: what is next would take the focus
            self.on.setEnabled(False)
        self.import_draft.match()

    @Slot()
    def _take_matched(self) -> None:
        found = self.import_draft.matching
        assert found is not None, "headings were matched"
        self.match.show_matched(found)
        self.on.setEnabled(is_matched(found.columns))
        if self._is_new_step:
            self._is_new_step = False
            self._ring_primary()
            announce(self, self.match.count.text())
        self.on.show_words(f"Check {counted(found.rows, 'row', 'rows')}")
        self._keep()
        if self._goes_on and self.on.isEnabled():
            self._ask_areas()
        self._goes_on = False

    def _name_next(self) -> None:
        self.on.setEnabled(True)
        words = {FILE: "Continue with this file", SHEET: "Match columns", CHECK: "See the summary"}
        if self.step in words:
            self.on.show_words(words[self.step])
        elif self.step == SUMMARY and not self.summary.is_done and self.preview is not None:
            self.on.setEnabled(bool(self.preview.taken or self.preview.changes))
            self.on.show_words(import_words(self.preview))
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
        elif self.step == CHECK and self.import_draft.is_checking:
            self.import_draft.check(SUMMARY)
        elif self.step == CHECK:
            self._show_summary()
        elif self.step == SUMMARY and not self.summary.is_done:
            self._ask_why()
        else:
            self.left.emit()

    def _show_summary(self) -> None:
        found, target = self.import_draft.preview, self.import_draft.target
        if found is not None and target is not None:
            self.summary.show_preview(found, target.added(found.reading.areas))
            self._go(SUMMARY)
            self._ring_primary()

    @Slot()
    def _leave(self) -> None:
        """Leave; what was matched, corrected and left out by hand is kept, which is said."""
        name = "" if self.draft is None else self.draft.file.path.name
        self.left.emit()
        if not self._is_imported and self.import_draft.left.of(name) is not None:
            self._tools.hint(STAYS.format(name))

    @Slot()
    def _previous(self) -> None:
        """Go back a step; from what was imported to its rows as they are now, from the first out again."""
        if self.step == FILE:
            self._leave()
        elif self.step == SUMMARY and self.summary.is_done:
            self._ask_again()
        else:
            self._go(self.step - 1)

    def take_change(self) -> None:
        """Look at the rows again where the record's applications changed under them, as by undo."""
        if self.step in (CHECK, SUMMARY) and not self._is_importing:
            self._ask_again()

    def _ask_again(self) -> None:
        self.summary.is_done = False
        self.import_draft.check_again(CHECK)

    def _ask_areas(self) -> None:
        """Read the rows, but ask first where not one of them says of which area it is."""
        found = self.import_draft.matching
        is_asked = self._goes_on and self.draft is not None and self.draft.one_area is not None
        if found is None or found.names_an_area or is_asked:
            self.import_draft.check(CHECK)
            return
        dialog = OneAreaDialog(self._look, found, self._tools.dialogs.window)
        dialog.chosen.connect(self._take_one_area)
        dialog.column_wanted.connect(self.match.choose_area_column)
        self._tools.dialogs.show(dialog)

    @Slot(str)
    def _take_one_area(self, area: str) -> None:
        self.import_draft.take_one_area(area, CHECK)

    @Slot(object)
    def _take_preview(self, go_to: int | None) -> None:
        assert self.preview is not None, "rows were read"
        held = self.window().focusWidget() if holds_focus(self.check) else None
        self.check.show_preview(self.preview)
        if go_to == CHECK:
            self._go(go_to)
        if go_to == SUMMARY:
            self._show_summary()
        elif go_to is not None or (held is not None and held is not self.window().focusWidget()):
            self.check.table.setFocus()

    @Slot()
    def _save_left_out(self) -> None:
        held = self.import_draft
        if held.draft is not None and held.preview is not None and held.line is not None:
            self.left_out_file.ask(held.draft, held.preview, held.line.marking)

    def _ask_why(self) -> None:
        """Ask once why rows were corrected at the check, as a later correction asks; else take them in."""
        if self.preview is None or not corrects_now(self.preview):
            self._take_in("")
            return
        form = reason_form(WHY_TITLE, (WHY,), import_words(self.preview))
        dialog = DataForm(self._look, form, self._tools.dialogs.window)
        dialog.given.connect(self._take_in)
        self._tools.dialogs.show(dialog)

    @Slot(object)
    def _take_in(self, reason: str) -> None:
        draft, target, found = self.import_draft.draft, self.import_draft.target, self.import_draft.preview
        if draft is None or target is None or found is None:
            return
        operation = import_operation(draft, target, found, remembers=self.remember.isChecked(), reason=reason)
        self.summary.setFocus()  # the button is grey meanwhile
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
        self._is_importing, self._is_imported = False, True
        if self.draft is not None:
            self.import_draft.left.drop(self.draft.file.path.name)
        self.summary.show_done(outcome.words)
        self._go(SUMMARY)
        self._ring_primary()
        self._tools.toast(outcome.words)

    def _connect(self) -> None:
        held = self.import_draft
        self.file.chosen.connect(held.read)
        self.sheet.sheet_chosen.connect(held.take_sheet)
        self.sheet.header_chosen.connect(held.take_header)
        self.match.matched.connect(held.take_match)
        self.match.spelt.connect(held.take_spelling)
        self.check.fixed.connect(held.take_fix)
        self.check.left_out.connect(held.leave_out)
        self.check.change_taken.connect(held.take_change)
        held.file_read.connect(self._go_to_sheet)
        held.sheet_changed.connect(self._show_sheet)
        held.matched.connect(self._take_matched)
        held.checked.connect(self._take_preview)
        held.checked.connect(self._keep)
        held.resumed.connect(self._resume)
        held.left.came.connect(self._show_left)
        self._tools.workspace.closing.connect(self._keep_typed)
        self.file.resumed.connect(held.resume)
        self.file.discarded.connect(self._ask_discard)
        self.summary.save.clicked.connect(self._save_left_out)
        self.back.clicked.connect(self._previous)
        self.on.clicked.connect(self._next)
        self.cancel.clicked.connect(self._leave)


def _is_line() -> bool:
    """Whether the focus is in a line that is typed into."""
    return isinstance(QApplication.focusWidget(), QLineEdit)
