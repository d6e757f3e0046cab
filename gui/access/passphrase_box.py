"""A box for a passphrase: it takes what is pasted, can be shown, and says when Caps Lock is on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gui.access.passphrase import Passphrase
from gui.dialogs.dialog import LOOKS
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.label import Label
from gui.widgets.nesting import column_of, row_of
from gui.widgets.typed import TextLine
from models.store.passphrases import strength_words

CAPS = "Caps Lock is on."
PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class HiddenLine(TextLine):
    """A line that shows dots until asked, and notices Caps Lock by the letters that come."""

    caps_seen = Signal(bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(PRIVATE | Qt.InputMethodHint.ImhNoAutoUppercase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice a capital without Shift, or a small letter with it."""
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(letter.isupper() != has_shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_seen.emit(False)  # the next letter tells
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the line is left."""
        super().focusOutEvent(event)
        self.left.emit()


class PassphraseBox(QWidget):
    """The line, “Show”, and beneath them Caps Lock; a new passphrase says how strong it is, too."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look, name: str = "Passphrase", *, is_new: bool = False) -> None:
        super().__init__()
        self._is_new = is_new
        self.line = HiddenLine()
        self.line.setFont(look.font())
        self.shown = QCheckBox("Show")
        self.shown.setProperty(LOOKS, True)
        self.strength = Label(look, size=12, tone="text2")
        self.strength.setVisible(is_new)
        self.caps = Label(look, CAPS, size=12, tone="warning")
        self.caps.hide()
        row = row_of((self.line, 1), self.shown, spacing=look.px(8))
        column_of(row, self.strength, self.caps, spacing=look.px(4), inside=self)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._show_strength)
        self.line.left.connect(self._name_line)
        self.line.returnPressed.connect(self.entered)
        self.line.caps_seen.connect(self.caps.setVisible)
        self.shown.toggled.connect(self._show)
        self._name = name
        self._show_strength("")
        self.ask_for(name)

    @property
    def passphrase(self) -> Passphrase:
        """Return what stands in the box."""
        return Passphrase(self.line.text())

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the box."""
        return not self.line.text()

    @property
    def has_caps(self) -> bool:
        """Whether Caps Lock was on at the last letter."""
        return not self.caps.isHidden()

    def ask_for(self, name: str) -> None:
        """Take what is called another name: a passphrase, or a password."""
        self._name = name
        self.shown.setAccessibleName(f"Show what is typed: {name}")
        self._name_line()

    def offer(self, words: str) -> None:
        """Put a passphrase in, for all to see."""
        self.line.setText(words)
        self.shown.setChecked(True)

    def forget(self) -> None:
        """Empty the box, and what it could undo."""
        self.line.setText("")
        self.shown.setChecked(False)
        self.caps.hide()

    @Slot(bool)
    def _show(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._name_line()

    @Slot(str)
    def _show_strength(self, text: str) -> None:
        self.strength.setText(self._strength() or "Not typed yet")
        if not self.line.hasFocus():  # a new name is said at once, and at each letter would count them aloud
            self._name_line()
        self.changed.emit()

    def _strength(self) -> str:
        strength = strength_words(self.line.text())
        return f"{strength}, {self._length()}" if strength else ""

    def _length(self) -> str:
        return counted(len(self.line.text()), "character", "characters")

    def _name_line(self) -> None:
        """Name the line as it is: "Passphrase, hidden, 18 characters, strong"."""
        parts = [self._name, "shown" if self.shown.isChecked() else "hidden", self._length()]
        strength = strength_words(self.line.text()).lower() if self._is_new else ""
        self.line.setAccessibleName(", ".join(part for part in (*parts, strength) if part))
