"""What stands in the window's place while its record is locked: nothing of the record but its name."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.access.passphrase_box import PassphraseBox, wrong_words
from gui.record.workspace import OpenRecord
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.label import Label, PlainLabel
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, row_of

SEALED = (
    "The record is closed and its passphrase forgotten. Nobody else can open it meanwhile. "
    "Its passphrase brings you back to where you were, with what you had typed."
)
PLAIN = (
    "This record is not encrypted: the screen hides it from passers-by and protects nothing. "
    "Anyone who sits here can continue with a click. Encrypt it in Settings, or lock the computer itself."
)
SIGNED_ON = (
    "The window has signed off from the office server and forgotten your password; others go on working "
    "there. Your password brings you back to where you were, with what you had typed."
)
BY_ACCOUNT = (
    "The window has signed off from the office server, and signs on again without a password: the screen "
    "hides the record from passers-by and protects nothing. Lock the computer itself when you leave it."
)
WIDEST = 520


class LockScreen(QWidget):
    """The record's name, a box for its passphrase, and a way to close it."""

    given = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self._is_sealed = True
        self._glyph = PlainLabel()
        self.title = Label(size=20, weight=600).wrapped()
        self.words = Label(tone="text2").wrapped()
        self.box = PassphraseBox()
        self.problem = FieldError(self.box.line)
        self.unlock = Button("Unlock", kind="primary")
        self.close_record = Button("Close the record")
        self._lay_out()
        self.box.changed.connect(self._update_enabled)
        self.box.entered.connect(self.unlock.click)
        self.unlock.clicked.connect(self._give)
        look.follow(self._refresh)

    def show_record(self, facts: OpenRecord) -> None:
        """Show another record's lock; it can be opened once it is `ready`."""
        self._is_sealed = facts.is_sealed
        self.title.setText(f"“{facts.name}” is locked")
        sealed, plain = (SIGNED_ON, BY_ACCOUNT) if facts.is_shared else (SEALED, PLAIN)
        self.words.setText(sealed if facts.is_sealed else plain)
        secret = "Password" if facts.is_shared else "Passphrase"
        self.label.setText(secret)
        self.box.ask_for(secret)
        for part in (self.label, self.box):
            part.setVisible(facts.is_sealed)
        self.unlock.show_words("Unlock" if facts.is_sealed else "Continue")
        self.problem.clear()
        self.wait(is_waiting=True)

    def wait(self, *, is_waiting: bool) -> None:
        """Take nothing while the record is being closed or opened."""
        self.box.setEnabled(not is_waiting)
        self.unlock.setEnabled(not is_waiting)
        if not is_waiting:
            self._update_enabled()
            (self.box.line if self._is_sealed else self.unlock).setFocus()

    def tell_wrong(self) -> None:
        """Say that it was the wrong passphrase."""
        self.show_words(wrong_words(has_caps=self.box.has_caps))
        self.box.line.selectAll()

    def show_words(self, words: str) -> None:
        """Say what else stands in the way."""
        self.wait(is_waiting=False)
        self.problem.show_error(words)

    @Slot()
    def forget(self) -> None:
        """Empty the box."""
        self.box.forget()
        self.problem.clear()

    @Slot()
    def _update_enabled(self) -> None:
        self.unlock.setEnabled(not self._is_sealed or not self.box.is_empty)

    @Slot()
    def _give(self) -> None:
        self.wait(is_waiting=True)
        self.given.emit(self.box.passphrase if self._is_sealed else None)

    def _lay_out(self) -> None:
        self._card = card = Card(inset=(28, 24))
        space(card.body, 12)
        self.label = Label("Passphrase", size=12, weight=600)
        glyph = (self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        head = row_of(glyph, (self.title, 1), spacing=12)
        row = row_of(self.unlock, self.close_record, 1, spacing=8)
        fill(card.body, head, self.words, self.label, self.box, self.problem, row)
        inner = QWidget()
        fill(QVBoxLayout(inner), 2, row_of(1, (card, 4), 1), 3)
        sheet = ScrollPane(takes_focus=False)
        sheet.setWidget(inner)
        inner.setAutoFillBackground(False)
        column_of(sheet, inside=self)

    @Slot()
    def _refresh(self) -> None:
        self._card.setMaximumWidth(look.px(WIDEST))
        self._glyph.setPixmap(look.glyph("lock", look.theme.accent_text, 24, self.devicePixelRatioF()))
