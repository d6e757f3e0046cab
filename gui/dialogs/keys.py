"""Change which keys do what: the actions in a list, and a box that takes the keys as they are pressed."""

from operator import attrgetter

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from gui.dialogs.form import Form
from gui.keys.key_map import Bound, KeyMap, native
from gui.tables.columns import LineColumn
from gui.tables.line_view import LineView
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import fill
from gui.widgets.speech.announcing import LeftInList
from gui.widgets.typed import sought_line

TITLE = "Keys"
HOW = "Choose a line, press Change, then press the new keys. This computer remembers them."
WIDE, HIGH = 640, 560
ROW = 30


class KeysDialog(Form):
    """What can be done, its keys, and the actions on one line or on all of them."""

    keeps_typed = False

    def __init__(self, keys: KeyMap, parent: QWidget) -> None:
        super().__init__(TITLE, (HOW,), "Change…", parent, WIDE, height=HIGH, away="Close")
        self._keys = keys
        self.says = self.problem
        self.words = self.put(sought_line("Filter", "Filter the keys"))
        table: LineView[Bound] = LineView(COLUMNS, attrgetter("name"), _accessible_text, called="Keys")
        self.table = self.put(table, 1)
        self.table.set_row_height(ROW)
        self.box = QKeySequenceEdit()
        self.box.setMaximumSequenceLength(1)
        self.box.setAccessibleName("New keys")
        self.none = Button("No key")
        self.reset = Button("Original keys")
        self.reset_all = Button("Reset all keys")
        fill(self.row(), Label("New keys"), (self.box, 1), self.none, self.reset)
        stays = self.says.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self.says.setSizePolicy(stays)
        self._connect()
        self._show()
        self.finish(self.table, (self.reset_all,))
        self.table.select_first()

    def _connect(self) -> None:
        self.words.textChanged.connect(self._show)
        LeftInList((self.words,), self.table, lambda: len(self._keys.all()))
        self.table.picked.connect(self._leave_box)
        self.table.opened.connect(self.do.click)
        self.box.keySequenceChanged.connect(self._take)
        self.none.clicked.connect(self._take_away)
        self.reset.clicked.connect(self._put_back)
        self.reset_all.clicked.connect(self._put_all_back)

    @Slot()
    def _show(self) -> None:
        wanted = self.words.text().casefold()
        rows = [one for one in self._keys.all() if wanted in _accessible_text(one).casefold()]
        self.table.show_rows(rows)
        for button in (self.do, self.none, self.reset):
            button.setEnabled(bool(rows))

    def try_action(self) -> None:
        """Wait for the keys of the current line."""
        if self.table.at_hand is not None:
            self.says.clear()
            self.box.clear()
            self.box.setEnabled(True)
            self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _leave_box(self) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        self.box.blockSignals(False)
        self.box.setEnabled(False)

    @Slot(QKeySequence)
    def _take(self, keys: QKeySequence) -> None:
        """Take the keys that were pressed, or say whose they are."""
        one = self.table.at_hand
        if keys.isEmpty() or one is None:
            return
        why = self._keys.problem(one.name, keys)
        if why:
            self.refuse(why, self.box)
            return
        self._keys.choose(one.name, keys)
        self._end(f"“{one.words}” has {native(keys.toString())} now.")

    @Slot()
    def _take_away(self) -> None:
        one = self.table.at_hand
        if one is not None:
            self._keys.choose(one.name, QKeySequence())
            self._end(f"“{one.words}” has no key now.")

    @Slot()
    def _put_back(self) -> None:
        one = self.table.at_hand
        if one is not None:
            why = self._keys.reset(one.name)
            if why:
                self.refuse(why)
            else:
                self._end(f"“{one.words}” has its original keys again.")

    @Slot()
    def _put_all_back(self) -> None:
        self._keys.reset_all()
        self._end("All keys are the original ones again.")

    def _end(self, words: str) -> None:
        self._show()
        self._leave_box()
        self.says.inform(words)
        self.table.setFocus()


def _changed(one: Bound) -> str:
    return "changed" if one.is_changed else ""


def _accessible_text(one: Bound) -> str:
    return ", ".join(part for part in (one.words, one.shown, _changed(one)) if part)


COLUMNS: tuple[LineColumn[Bound], ...] = (
    LineColumn("what", "What it does", attrgetter("words"), is_strong=True),
    LineColumn("keys", "Keys", attrgetter("shown"), width=190),
    LineColumn("changed", "", _changed, width=80),
)
