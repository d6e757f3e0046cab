"""Search or command: a line to type into, and what it finds, ready for Enter."""

from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.fitting import room_of
from gui.help.searching import Found, matching, with_sections
from gui.theme.look import look
from gui.widgets.frame.found_delegate import FoundDelegate
from gui.widgets.label import small
from gui.widgets.nesting import column_of
from gui.widgets.speech.announcing import announce
from gui.widgets.typed import TextLine
from scoring.written.text import counted

TITLE = "Search or command"
TYPED_OUT_MS = 400
LEAST = 3
"""How many letters are looked for within answers at least."""
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchDialog(Dialog):
    """Typing narrows the list; Up and Down choose in it while the line keeps the focus; Enter does it.

    It is no form: neither a title nor a button stands between the line and what it finds.
    """

    keeps_typed = False
    asked = Signal(str)
    """What was typed, once nothing more is for a moment: it is looked for in answers and in files."""

    def __init__(
        self, everything: Sequence[Found], go: Callable[[str, str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self._everything, self._go = tuple(everything), go
        self._held: tuple[str, dict[str, tuple[Found, ...]]] = ("", {})
        self._left = 0
        self.typed = TextLine()
        self.typed.setAccessibleName(TITLE)
        self.typed.setPlaceholderText(
            "Applications, what they and their files say, organisations, pages, actions, help"
        )
        self.found = QListWidget()
        self.found.setAccessibleName("Found")
        self.found.setItemDelegate(FoundDelegate(self.found))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setFrameShape(QListWidget.Shape.NoFrame)
        self.says = small(tone="muted")
        px = look.px
        column_of(self.typed, (self.found, 1), self.says, spacing=8, edges=(14, 14, 14, 10), inside=self)
        self.resize(QSize(px(620), px(440)).boundedTo(room_of(self)))
        self.typed.textChanged.connect(self._narrow)
        self.typed.returnPressed.connect(self._do)
        self.typed.installEventFilter(self)
        self.found.itemClicked.connect(self._do)
        self.found.currentRowChanged.connect(self._say)
        self._typed_out = QTimer(self, singleShot=True, interval=TYPED_OUT_MS)
        self._typed_out.timeout.connect(self._tell_found)
        self._narrow()
        self.typed.textChanged.connect(self._typed_out.start)
        self._typed_out.timeout.connect(self._ask)
        self.finished.connect(self._typed_out.stop)  # nothing is asked any more: the record may be closed

    def take(self, more: Sequence[Found]) -> None:
        """Take what was asked of the record, before everything else."""
        self._everything = (*more, *self._everything)
        self._narrow()

    def take_held(self, typed: str, within: str, held: Sequence[Found], left: int = 0) -> None:
        """Take where the words typed were found within answers or files, after what is called so.

        `left` is of how many files the text is still to be read.
        """
        if typed != self.typed.text():
            return
        there, row = self._held[1] if typed == self._held[0] else {}, self.found.currentRow()
        self._held, self._left = (typed, there | {within: tuple(held)}), left
        before = there.get(within, ())
        if [one.spoken for one in held] != [one.spoken for one in before]:
            self._narrow()
            self.found.setCurrentRow(max(row, 0))
            self._tell_found()
        self._say(self.found.currentRow())

    def shown(self) -> tuple[Found, ...]:
        """Return what is found."""
        return tuple(self._at(row) for row in range(self.found.count()))

    @Slot()
    def _narrow(self) -> None:
        self.found.clear()
        typed = self.typed.text()
        held = self._held[1].values() if typed == self._held[0] else ()
        self._left = self._left if typed == self._held[0] else 0
        there = chain(matching(self._everything, typed), *held)
        for one in with_sections(tuple(there), typed, self._go):
            item = QListWidgetItem(one.words)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, one.spoken)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        if not self.found.count():
            self._say(-1)

    @Slot()
    def _tell_found(self) -> None:
        """Say how much is found and what Enter would do, to whoever does not see the list."""
        number = self.found.count()
        words = f"{number:,} found. {self._spoken()}" if number else self.says.text()
        announce(self.typed, words)

    @Slot()
    def _ask(self) -> None:
        if len(self.typed.text().strip()) >= LEAST:
            self.asked.emit(self.typed.text())

    def _spoken(self) -> str:
        return self._at(self.found.currentRow()).spoken

    @Slot(int)
    def _say(self, row: int) -> None:
        why = self._at(row).why if row >= 0 else ""
        what = "Enter goes there or runs it. Esc closes." if row >= 0 else "Nothing found. Try fewer letters."
        left = f" Still to be looked through: {counted(self._left, 'file')}." if self._left else ""
        self.says.setText(f"{why}." if why else f"{what}{left}")

    @Slot()
    def _do(self) -> None:
        row = self.found.currentRow()
        if row >= 0 and not self._at(row).why:
            chosen = self._at(row)
            self.accept()
            chosen.do()

    def _at(self, row: int) -> Found:
        one = self.found.item(row).data(Qt.ItemDataRole.UserRole)
        assert isinstance(one, Found), "the list holds what is found"
        return one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Up and Down choose in the list while the line keeps the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = STEPS.get(Qt.Key(event.key()))
            if steps is not None and self.found.count():
                row = min(max(self.found.currentRow() + steps, 0), self.found.count() - 1)
                self.found.setCurrentRow(row)
                announce(self.typed, self._spoken())
                return True
        return False
