"""What the wizard's steps stand in: the step on show, where it stands among the five, and the way on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.applications.importing.check_step import CheckStep
from gui.pages.applications.importing.file_step import FileStep
from gui.pages.applications.importing.match_step import MatchStep
from gui.pages.applications.importing.sheet_step import SheetStep
from gui.pages.applications.importing.steps import Steps
from gui.pages.applications.importing.summary_step import SummaryStep
from gui.pages.page import PageTools
from gui.widgets.buttons import Button
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest
from gui.widgets.stack import Stack

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FILE, SHEET, MATCH, CHECK, SUMMARY = range(5)


class WizardFrame(QWidget):
    """The five steps in their place, with their buttons and keys; which step comes next is its wizard's."""

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
        self._lay_out()

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


def _is_line() -> bool:
    """Whether the focus is in a line that is typed into."""
    return isinstance(QApplication.focusWidget(), QLineEdit)
