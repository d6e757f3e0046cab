"""One cell of a small grid: a line of text that hands on blocks, and the keys that go from cell to cell."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter

from exchange.reading.pasted import is_block
from gui.widgets.typed import TextLine

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridCell(TextLine):
    """A line in a grid. Enter and the arrows up and down leave it for another row."""

    pasted = Signal(str)
    stepped = Signal(int)
    entered = Signal()
    agreed = Signal()
    removed = Signal()
    taken_back = Signal()
    left = Signal()

    def __init__(self, *, is_right: bool, hint: str, choices: tuple[str, ...]) -> None:
        super().__init__()
        self.place = (0, 0)
        """Row and column in the grid."""
        self.is_last = False
        """Whether it stands in the empty row at the end, where Enter says that this was all."""
        self.can_take_back = False
        """Whether Ctrl+Z is meant for the grid: nothing was typed since a block came in or a row went."""
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._own)
        if is_right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if choices:
            completer = QCompleter(choices, self)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.setCompleter(completer)

    @Slot()
    def _own(self) -> None:
        self.can_take_back = False

    @Slot()
    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if is_block(text):
            self.pasted.emit(text)
        else:
            self.paste()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a block, go to another row, remove the row, or do the dialog's act with Ctrl+Enter."""
        is_with_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.can_take_back:
            self.taken_back.emit()
        elif is_with_control and event.key() in ENTERS:
            self.agreed.emit()
        elif is_with_control and event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif is_plain and event.key() in ENTERS:
            self.entered.emit()
        elif is_plain and event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Paste a block from the menu too."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self._paste)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the cell is left, whether something was typed or not, and show how its text begins."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.setCursorPosition(0)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a block that is dropped."""
        text = event.mimeData().text()
        if is_block(text):
            event.acceptProposedAction()
            self.pasted.emit(text)
        else:
            super().dropEvent(event)
