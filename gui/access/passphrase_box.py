"""Boxes for a passphrase: what is typed can be shown, Caps Lock is said; and the one that opens a record."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from gui.access.passphrase import Passphrase
from gui.dialogs.dialog import LOOKS
from gui.listed.form import SECRET, DataForm, Own
from gui.listed.form import Form as Described
from gui.text import counted
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.flow import flow_of
from gui.widgets.label import Label, small
from gui.widgets.nesting import column_of, row_of
from gui.widgets.typed import TextLine, Wrong
from models.store.passphrases import LEAST_CHARACTERS, WEAKNESS, checked, strength_words, suggested
from scoring.written.text import Refused

CAPS, NOT_TYPED = "Caps Lock is on.", "Not typed yet"
NOT_AGAIN = "Type the passphrase again in the second box, as a check that it is as you meant it."
DIFFERENT = "The two passphrases differ. Type the second again."
HOW = (
    f"At least {LEAST_CHARACTERS} characters. Six random words are offered; you can paste others, as from a "
    "password manager."
)
NOBODY = "Nobody can recover it: without the passphrase the record stays closed for good."
NOT_NOTED = "Store the passphrase where the office can find it, then tick that you have."


class HiddenLine(TextLine):
    """A line that shows dots until asked, and notices Caps Lock by the letters that come."""

    caps_seen = Signal(bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(SECRET | Qt.InputMethodHint.ImhNoAutoUppercase)

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

    def __init__(self, name: str = "Passphrase", *, is_new: bool = False) -> None:
        super().__init__()
        self._name, self._is_new = name, is_new
        self.line = HiddenLine()
        self.line.setFont(look.font())
        self.shown = QCheckBox("Show")
        self.shown.setProperty(LOOKS, True)
        self.strength = Label(NOT_TYPED, size=12, tone="text2").wrapped()
        self.strength.setVisible(is_new)
        self.caps = Label(CAPS, size=12, tone="warning")
        self.caps.hide()
        row = row_of((self.line, 1), self.shown, spacing=8)
        column_of(row, self.strength, self.caps, spacing=4, inside=self)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._show_strength)
        self.line.left.connect(self._name_line)
        self.line.returnPressed.connect(self.entered)
        self.line.caps_seen.connect(self.caps.setVisible)
        self.shown.toggled.connect(self._show)
        self.ask_for(name)

    @property
    def passphrase(self) -> Passphrase:
        return Passphrase(self.line.text())

    @property
    def is_empty(self) -> bool:
        return not self.line.text()

    @property
    def value(self) -> Passphrase | None:
        """Return what stands in the box, None where nothing does."""
        return None if self.is_empty else self.passphrase

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
        strength = strength_words(text)
        told = strength if strength.startswith(WEAKNESS) else f"{strength}, {self._length()}"
        self.strength.setText(told if strength else NOT_TYPED)
        if not self.line.hasFocus():  # a new name is said at once, and at each letter would count them aloud
            self._name_line()
        self.changed.emit()

    def _length(self) -> str:
        return counted(len(self.line.text()), "character")

    def _name_line(self) -> None:
        """Name the line as it is: "Passphrase, hidden, 18 characters, strong"."""
        parts = [self._name, "shown" if self.shown.isChecked() else "hidden", self._length()]
        strength = strength_words(self.line.text()).lower() if self._is_new else ""
        self.line.setAccessibleName(", ".join(part for part in (*parts, strength) if part))


class PassphraseTwice(QWidget):
    """A new passphrase, typed twice, or six words that are offered in its place and are there to be read."""

    def __init__(self, name: str, *, is_offered: bool = False) -> None:
        super().__init__()
        self._offered = ""
        self.box = PassphraseBox(name, is_new=True)
        self.again = PassphraseBox(f"{name} again")
        self._again_label = Label("Type it again", size=12, weight=600)
        column_of(self.box, self._again_label, self.again, spacing=6, inside=self)
        self.setFocusProxy(self.box)
        self.box.changed.connect(self._show_again)
        if is_offered:
            self.offer_words()
        self._show_again()

    @property
    def wants_again(self) -> bool:
        """Whether it is to be typed twice: what was offered is there to be read."""
        return self.box.passphrase.reveal() != self._offered or self.box.is_empty

    @Slot()
    def offer_words(self) -> None:
        """Put six random words into the box, for all to see."""
        self._offered = suggested()
        self.box.offer(self._offered)
        self.box.setFocus()

    @property
    def protecting(self) -> Passphrase:
        """Return the passphrase as it was typed once; raise `Wrong` where it does not protect."""
        try:
            return Passphrase(checked(self.box.passphrase.reveal()))
        except Refused as error:
            raise Wrong(str(error), self.box.line) from error

    @property
    def value(self) -> Passphrase:
        """Return the passphrase; raise `Wrong` where it does not protect, or was not typed twice alike."""
        key = self.protecting
        if self.wants_again and self.again.passphrase.reveal() != key.reveal():
            raise Wrong(NOT_AGAIN if self.again.is_empty else DIFFERENT, self.again.line)
        return key

    def forget(self) -> None:
        """Empty the boxes."""
        self._offered = ""
        self.box.forget()
        self.again.forget()

    @Slot()
    def _show_again(self) -> None:
        for part in (self.again, self._again_label):
            part.setVisible(self.wants_again)


class NewPassphrase(QWidget):
    """A record's new passphrase, its sealed sheet, and a tick that it is noted; both boxes, and an offer."""

    copy_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.twice = PassphraseTwice("New passphrase", is_offered=True)
        self.box, self.again = self.twice.box, self.twice.again
        self.offer = Button("Offer six words")
        self.sheet = Button("Print a sealed copy of the passphrase…", kind="link")
        self.noted = QCheckBox("I have stored the passphrase where the office can find it")
        self.says = small()
        self.says.hide()
        self.setFocusProxy(self.twice)
        self.offer.clicked.connect(self._offer_words)
        self.sheet.clicked.connect(self._ask_copy)
        self.box.changed.connect(self.says.hide)
        column_of(
            small(HOW),
            Label("New passphrase", size=12, weight=600),
            self.twice,
            flow_of((self.offer, self.sheet), 8),
            Label(NOBODY, weight=600).wrapped(),
            *(self.says, self.noted),
            spacing=6,
            inside=self,
        )

    @property
    def value(self) -> Passphrase:
        """Return the passphrase; raise `Wrong` where something is wrong with it, or it is not noted."""
        key = self.twice.value
        if not self.noted.isChecked():
            raise Wrong(NOT_NOTED, self.noted)
        return key

    def forget(self) -> None:
        self.twice.forget()

    def tell_written(self, words: str) -> None:
        """Say where the sealed sheet is."""
        self.says.setText(words)
        self.says.show()

    @property
    def form(self) -> DataForm:
        """Return the form in which it stands."""
        found = self.window()
        assert isinstance(found, DataForm), "it is asked for in a form"
        return found

    @Slot()
    def _offer_words(self) -> None:
        self.form.faults.clear()
        self.twice.offer_words()

    @Slot()
    def _ask_copy(self) -> None:
        try:
            key = self.twice.protecting
        except Wrong as wrong:
            self.form.refuse(str(wrong), wrong.field)
        else:
            self.form.faults.clear()
            self.copy_asked.emit(key)


TITLE = "Passphrase"
WANTED = "“{}” is encrypted. Its passphrase opens it; it can be pasted."
WRONG = (
    "That passphrase does not open this record, or the file is damaged.",
    "Nothing has changed; try as often as you need.",
)


def wrong_words(*, has_caps: bool) -> str:
    """Return what is said of a wrong passphrase; Caps Lock is the first thing to look at."""
    first, last = WRONG
    return " ".join((first, CAPS, last) if has_caps else (first, last))


def passphrase_form(
    name: str, sentence: str = WANTED, action: str = "Open", ways: tuple[tuple[str, Any], ...] = ()
) -> Described:
    """Return what asks for the passphrase of a file, and waits while it is tried."""
    return Described(
        title=TITLE,
        sentences=(sentence.format(name),),
        action=action,
        does=lambda key: key,
        stays=True,
        width=440,
        ways=ways,
        fields=(Own("key", "", make=PassphraseBox, wanted="Type the passphrase, or paste it."),),
    )


def tell_wrong(dialog: DataForm, *, offers_ways: bool = False) -> None:
    """Say that it was the wrong one, and select it to be typed over."""
    dialog.do.show_words("Try again")
    dialog.ask_again(wrong_words(has_caps=dialog["key"].has_caps), "key")
    for way in dialog.ways:
        way.setVisible(offers_ways)
