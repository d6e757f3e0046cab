"""The wizard as a whole: which step comes next, back and on, and one operation at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from exchange.applications.corrected import KEPT, carried, corrects_now, kept_words
from exchange.applications.draft import Draft, begun, with_header
from exchange.applications.preview import Matched, Preview, is_matched, matched
from gui.access.passphrase_new import pass_gate
from gui.listed.acts import Doing
from gui.listed.form import reason_form, show_form
from gui.pages.applications.importing.check_step import CheckStep
from gui.pages.applications.importing.import_draft import (
    KeptImports,
    contents_added,
    files_added,
    files_kept,
    import_operation,
    import_words,
    left_out_file,
    read_draft,
    read_rows,
)
from gui.pages.applications.importing.steps import FileStep, MatchStep, SheetStep, Steps, one_area_form
from gui.pages.applications.importing.summary_step import SummaryStep
from gui.pages.page import Breakpoints, PageTools
from gui.pages.page_keys import holds_focus
from gui.record.turns import Turns, given, take_turns
from gui.text import counted
from gui.widgets.buttons import ENTER, Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import Stack, column_of, row_of
from gui.widgets.speech.announcing import announce
from models.operations.applications.attachments import put_attached
from models.operations.applications.corrections import round_key, with_files
from models.queries.applications.attachments import sums_in_round
from models.queries.applications.merges import import_target
from models.trouble import Trouble
from models.values.importing import ImportTarget
from models.values.rounds import RoundLine

if TYPE_CHECKING:
    from exchange.incoming.placing import Keeping
    from exchange.incoming.reading import Taken

FILE, SHEET, MATCH, CHECK, SUMMARY = range(5)
STAYS = "Nothing is imported yet. What you did is kept until you choose {} again."
WHY = "The reason is kept with each correction, beside what was submitted."
CHECKING = "Checking the rows"
ROWS, FORMS = ("row", "rows"), ("form", "forms")


class ImportWizard(QWidget):
    """Five steps from a file to applications in the round; leaving before the last keeps what was decided.

    What a person says of the file is put into the draft, and the file is read again beside the window.
    """

    left = Signal()

    def __init__(self, tools: PageTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("Import applications", size=20, weight=600)
        self.steps = Steps()
        self.file = FileStep(tools.dialogs.files)
        self.sheet = tools.parts.take(SheetStep)
        self.match = tools.parts.take(MatchStep)
        self.check = tools.parts.take(CheckStep)
        self.summary = SummaryStep()
        self.remember = QCheckBox("Remember this matching")
        self.back = Button("Back")
        self.on = Button("Next", kind="primary")
        self.cancel = Button("Leave the import")
        self._stack = Stack("Steps of the import")
        self._tools, self._doing = tools, Doing(tools, self)
        self.kept = KeptImports(tools)
        self.line: RoundLine | None = None
        self.target: ImportTarget | None = None
        self.draft: Draft | None = None
        """The import in the making, None before a file is read."""
        self.taken: Taken | None = None
        """The files that it is of, as read."""
        self.files: list[Keeping] = []
        """What becomes of each of them, as of the last summary."""
        self._why = ""
        self._held: Mapping[str, Collection[str]] = {}
        self._of_sheets: dict[str, Draft] = {}
        self.matching: Matched | None = None
        self.preview: Preview | None = None
        """The rows as they were read last, None before."""
        self._is_checking = self._is_new_step = self._is_importing = self._is_imported = False
        self._lay_out()
        self._connect()

    @property
    def step(self) -> int:
        return self._stack.currentIndex()

    def panes(self) -> tuple[QWidget, ...]:
        """Return what the step on show is about, and the way on."""
        about = (self.file.choose, self.sheet.table, self.match.reading, self.check.table, self.summary)
        return (about[self.step], self.on)

    def fit(self, room: Breakpoints) -> None:
        """Give the rows what room there is in a low window; steps or title say where one is."""
        self.title.setVisible(not room.is_low or room.is_tiny)
        self.check.keys.setVisible(not room.is_low)
        self.steps.setVisible(not room.is_tiny)

    def _press_primary(self) -> None:
        """Press the step's primary button, if it is there to be pressed."""
        button = self.file.choose if self.step == FILE and not self.on.isVisible() else self.on
        if button.isVisible():
            button.click()

    def _ring_primary(self) -> None:
        """Give the ring to the step's primary button, or to the first choice that it waits for."""
        choices = self.match.boxes.values() if self.step == MATCH and not self.on.isEnabled() else ()
        next(iter(choices), self.on).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter or Alt+N; to the next problem with F8, to the one before with Shift+F8.

        Enter in a line is what is typed there; it does not go on as well.
        """
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit)
        if event.key() == Qt.Key.Key_F8 and self.step == CHECK:
            (self.check.previous_problem if shift else self.check.next_problem)()
        elif (event.key() == Qt.Key.Key_N and alt) or (event.key() in ENTER and not is_typing):
            self._press_primary()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        for step in (self.file, self.sheet, self.match, self.check, self.summary):
            self._stack.addWidget(step)
        foot = row_of(self.cancel, self.remember, 1, self.back, self.on, spacing=8, edges=(3, 0, 3, 0))
        self.title.setContentsMargins(3, 0, 0, 0)
        column_of(self.title, self.steps, (self._stack, 1), foot, inside=self, spacing=7)

    def start(self, line: RoundLine) -> None:
        """Begin an import into a round, with no file."""
        self.line, self.draft, self.preview, self.target, self._why = line, None, None, None, ""
        self._is_checking = self._is_imported = False
        self._of_sheets.clear()
        self._ask_target()
        self.kept.look_at(line.round_id)
        self.remember.setChecked(True)
        self.summary.is_done = False
        self.check.forget()
        self._go(FILE)
        self.file.choose.setFocus()

    def read(self, *paths: Path) -> None:
        """Read files beside the window; it can be cancelled in the progress strip."""
        take_turns(self._tools.workspace, self._reading(paths))

    @Slot(object)
    def _read_chosen(self, paths: tuple[Path, ...]) -> None:
        self.read(*paths)

    def _reading(self, paths: Sequence[Path]) -> Turns:
        """Read files; what was decided of one that was left before is there again."""
        kept = self.kept.of(paths[0].name) if self.draft is None else None
        work = partial(read_draft, paths, self.target, kept)
        name = paths[0].name if len(paths) == 1 else f"{len(paths):,} files"
        read = yield partial(self._tools.workspace.work, work, label=f"Reading {name}")
        draft, lost, self.taken = read
        self._of_sheets.clear()
        self.draft = self._carried(draft)
        if kept is not None and (lost or draft.holds_work):
            self._tools.toast(lost or KEPT)
        self._go(SHEET)

    def _carried(self, draft: Draft) -> Draft:
        """Return the draft of another file or sheet with what was decided by hand; say that it is kept."""
        if self.draft is None:
            return draft
        kept = carried(self.draft, draft)
        if words := kept_words(self.draft, kept):
            self._tools.toast(words)
        return kept

    def _change(self, change: Callable[[Draft, ImportTarget], Draft]) -> None:
        """Change what is said of the file; match anew, or read the rows as they are then."""
        if self.draft is None or self.target is None:
            return
        self.draft = change(self.draft, self.target)
        if self.step == MATCH:
            self._tools.questions.forget(self._take_preview)  # they were read as it was
            self.match_anew()
        else:
            self.read_rows()

    @Slot(str)
    def _take_sheet(self, name: str) -> None:
        """Take another sheet of the file; an empty one is told of, and the one before stays chosen."""
        if self.draft is not None:
            self._of_sheets[self.draft.found.sheet] = self.draft
            try:
                self.draft = self._of_sheets.get(name) or self._carried(begun(self.draft.file, name))
            except Trouble as error:
                self._tools.workspace.failed.emit(error)
            self.sheet.show_draft(self.draft)

    @Slot(int)
    def _take_header(self, row: int) -> None:
        """Take another row for the headings."""
        if self.draft is not None and row != self.draft.found.header_row:
            self.draft = carried(self.draft, with_header(self.draft, row))

    def _ask_target(self, then: int | None = None) -> None:
        """Ask what the round holds by now; with a step `then` read the rows against it, and go there."""
        if self.line is not None:
            query = partial(_held_and_target, round_id=self.line.round_id)
            self._tools.workspace.ask(query, partial(self._take_target, then))

    def _take_target(
        self, then: int | None, found: tuple[Mapping[str, Collection[str]], ImportTarget]
    ) -> None:
        self._held, self.target = found
        if then is not None:
            self.read_rows(then)

    def match_anew(self) -> None:
        """Match the headings to fields."""
        draft, target = self.draft, self.target
        if draft is not None and target is not None:
            self._tools.workspace.work(lambda ticket: matched(draft, target), self._take_matched)

    def read_rows(self, then: int | None = None) -> None:
        """Read the rows as they stand, and go to a step `then`."""
        if self.draft is None or self.target is None:
            return
        self._is_checking = True
        done = partial(self._take_preview, then)
        self._tools.questions.work(partial(read_rows, self.draft, self.target), done, label=CHECKING)

    def _keep(self) -> None:
        """Keep what was decided, that it is there when the file is chosen again after the import is left."""
        if self.draft is not None and MATCH <= self.step <= SUMMARY and not self._is_imported:
            self.kept.keep(self.draft)

    @Slot()
    def _keep_typed(self) -> None:
        """Keep what is typed in a cell's place and was not given yet, as the record is closed."""
        if self.step == CHECK and self.isVisible():
            self.check.give_typed()
            self._keep()

    def _go(self, step: int) -> None:
        is_other = step != self.step
        self._stack.setCurrentIndex(step)
        self.steps.show_step(step)
        if is_other:
            found = {CHECK: self.check.words, SUMMARY: self.summary.words}.get(step, "")
            announce(self, f"{self.steps.accessibleName()}. {found}".rstrip(" ."))
        self.back.setVisible(step != FILE)
        self.back.setEnabled(step != SUMMARY or not self._is_importing)
        self.on.setVisible(step != FILE or self.draft is not None)
        self.remember.setVisible(step == MATCH)
        self.cancel.setVisible(step != SUMMARY or not self.summary.is_done)
        self.file.show_chosen("" if self.draft is None else self.draft.file.path.name)
        if step == MATCH:
            self._match()
        else:
            self._name_next()
        if step == SHEET and self.draft is not None:
            self.sheet.show_draft(self.draft)
            self.sheet.table.setFocus()
        self._keep()

    def _match(self) -> None:
        """Show the heads at once, and match; until that is done there is nothing to go on with."""
        assert self.draft is not None, "columns are of a file"
        self.match.wait_for(self.draft.found)
        if self._is_new_step:
            self.match.reading.setFocus()  # the button is grey meanwhile: what is next would take the focus
            self.on.setEnabled(False)
        self.match_anew()

    def _take_matched(self, found: Matched) -> None:
        self.matching = found
        self.match.show_matched(found)
        self.on.setEnabled(is_matched(found.columns))
        if self._is_new_step:
            self._is_new_step = False
            self._ring_primary()
            announce(self, self.match.count.text())
        self.on.show_words(f"Check {counted(found.rows, *(FORMS if found.found.places else ROWS))}")
        self._keep()

    def _name_next(self) -> None:
        self.on.setEnabled(True)
        words = {FILE: "Continue with this file", SHEET: "Match columns", CHECK: "See the summary"}
        named = words.get(self.step, "Show the applications")
        if self.step == SUMMARY and not self.summary.is_done and self.preview is not None:
            files = files_added(self.files)
            self.on.setEnabled(bool(self.preview.taken or self.preview.changes or files))
            named = import_words(self.preview, len(files))
        self.on.show_words(named)

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
            self.read_rows(SUMMARY)
        elif self.step == CHECK:
            self._show_summary()
        elif self.step == SUMMARY and not self.summary.is_done:
            take_turns(self._tools.workspace, self._import())
        else:
            self.left.emit()

    def _show_summary(self) -> None:
        found, target = self.preview, self.target
        if found is not None and target is not None:
            self.summary.show_preview(found, target.added(found.reading.areas))
            if self.taken is not None:
                self.files = files_kept(self.taken, found, target, self._held)
                self.summary.show_files(self.taken, self.files)
            self._go(SUMMARY)
            self._ring_primary()

    @Slot()
    def _leave(self) -> None:
        """Leave; what was matched, corrected and left out by hand is kept, which is said."""
        name = "" if self.draft is None else self.draft.file.path.name
        self.left.emit()
        if not self._is_imported and self.kept.of(name) is not None:
            self._tools.hint(STAYS.format(name))

    @Slot()
    def _previous(self) -> None:
        """Go back a step; from what was imported to its rows as they are now."""
        if self.step == SUMMARY and self.summary.is_done:
            self._ask_again()
        else:
            self._go(self.step - 1)

    def take_change(self) -> None:
        """Look at the rows again where the record's applications changed under them, as by undo."""
        if self.step in (CHECK, SUMMARY) and not self._is_importing:
            self._ask_again()

    def _ask_again(self) -> None:
        self.summary.is_done = False
        self._ask_target(CHECK)

    def _ask_areas(self) -> None:
        """Read the rows, but ask first where not one of them says of which area it is."""
        found = self.matching
        if found is None or found.names_an_area:
            self.read_rows(CHECK)
            return
        form = one_area_form(found, lambda: self.match.choose_area_column())
        show_form(self._tools.dialogs, form).given.connect(self._take_one_area)

    @Slot(object)
    def _take_one_area(self, area: str | None) -> None:
        """Take all rows as of one area, and read them; None where a column is chosen instead."""
        if area is not None and self.draft is not None and self.matching is not None:
            self.draft = self.draft.all_of(area, self.matching.written)
            self.read_rows(CHECK)

    def _take_preview(self, go_to: int | None, found: Preview) -> None:
        self.preview, self._is_checking = found, False
        held = self.window().focusWidget() if holds_focus(self.check) else None
        self.check.show_preview(found)
        if go_to == CHECK:
            self._go(go_to)
        if go_to == SUMMARY:
            self._show_summary()
        elif go_to is not None or (held is not None and held is not self.window().focusWidget()):
            self.check.table.setFocus()
        self._keep()

    @Slot()
    def _save_left_out(self) -> None:
        if self.draft is not None and self.preview is not None and self.line is not None:
            self._doing.do(left_out_file(self.draft, self.preview, self.line.marking))

    def _import(self) -> Turns:
        """Ask once why rows were corrected at the check, as a later correction asks; then take them in.

        What the record refuses leaves the summary with all that was decided, and the reason for next time.
        """
        tools, draft, target, found = self._tools, self.draft, self.target, self.preview
        if draft is None or target is None or found is None:
            return
        if corrects_now(found):
            form = reason_form("Why were rows corrected?", (WHY,), self.on.text(), value=self._why)
            self._why = yield given(show_form(tools.dialogs, form).given)
        operation = import_operation(
            draft, target, found, remembers=self.remember.isChecked(), reason=self._why
        )
        operation = with_files(operation, target.line.round_id, files_added(self.files))
        self.summary.setFocus()  # the button is grey meanwhile
        self._wait(is_importing=True)
        try:
            stay = partial(self._wait, is_importing=False)
            yield from pass_gate(tools, target.line.fund_code, round_key(target).words, stay)
            beside = partial(put_attached, contents=contents_added(self.files))
            outcome, _ = yield partial(tools.workspace.perform_beside, operation, beside)
        except Exception:
            self._wait(is_importing=False)
            raise
        self._is_importing, self._is_imported = False, True
        self.kept.drop(draft.file.path.name)
        self.summary.show_done(outcome.words)
        self._go(SUMMARY)
        self._ring_primary()
        tools.toast(outcome.words)

    def _wait(self, *, is_importing: bool) -> None:
        """Let nothing be pressed while the rows are taken in."""
        self._is_importing = is_importing
        self.on.setEnabled(not is_importing)
        self.back.setEnabled(not is_importing)

    def _connect(self) -> None:
        self.file.chosen.connect(self._read_chosen)
        self.sheet.sheet_chosen.connect(self._take_sheet)
        self.sheet.header_chosen.connect(self._take_header)
        for step in (self.match, self.check):
            step.said.connect(self._change)
        self._tools.workspace.closing.connect(self._keep_typed)
        self.summary.save.clicked.connect(self._save_left_out)
        self.back.clicked.connect(self._previous)
        self.on.clicked.connect(self._next)
        self.cancel.clicked.connect(self._leave)


def _held_and_target(session: Any, round_id: int) -> tuple[Mapping[str, Collection[str]], ImportTarget]:
    return sums_in_round(session, round_id), import_target(session, round_id)
