"""Ask for the passphrase of a record or a copy; a wrong one is told in the box, as often as it takes."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.access.passphrase_box import CAPS, PassphraseBox
from gui.dialogs.form import Form
from gui.widgets.buttons import Button

TITLE = "Passphrase"
WANTED = "“{}” is encrypted. Its passphrase opens it; it can be pasted."
WRONG = (
    "That passphrase does not open this record, or the file is damaged.",
    "Nothing has changed; try as often as you need.",
)
COPY = "Open the newest backup"


def wrong_words(*, has_caps: bool) -> str:
    """Return what is said of a wrong passphrase; Caps Lock is the first thing to look at."""
    first, last = WRONG
    return " ".join((first, CAPS, last) if has_caps else (first, last))


class PassphraseDialog(Form):
    """The box, Open and Cancel; after some wrong ones the newest backup is offered."""

    given = Signal(object)

    def __init__(self, name: str, parent: QWidget, wanted: str = WANTED) -> None:
        super().__init__(TITLE, (wanted.format(name),), "Open", parent, 440)
        self.box = self.put(PassphraseBox())
        self.copy = self.put(Button(COPY, kind="link"))
        self.copy.hide()
        self.box.changed.connect(self._update_enabled)
        self.finished.connect(self.box.forget)
        self.do.setEnabled(False)
        self.finish(self.box)

    def tell_wrong(self, *, offers_copy: bool) -> None:
        """Say that it was the wrong one, and select it to be typed over."""
        self._wait(is_waiting=False)
        self.copy.setVisible(offers_copy)
        self.do.show_words("Try again")
        self.box.line.selectAll()
        self.refuse(wrong_words(has_caps=self.box.has_caps), self.box.line)

    @Slot()
    def _update_enabled(self) -> None:
        self.do.setEnabled(not self.box.is_empty)

    def try_action(self) -> None:
        """Try the passphrase."""
        self._wait(is_waiting=True)
        self.given.emit(self.box.passphrase)

    def _wait(self, *, is_waiting: bool) -> None:
        """Take nothing more while it is tried."""
        self.box.setEnabled(not is_waiting)
        self.do.setEnabled(not is_waiting)
