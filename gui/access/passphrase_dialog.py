"""Ask for the passphrase of a record or a copy; a wrong one is told in the box, as often as it takes."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.access.passphrase_box import CAPS, PassphraseBox
from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words

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


class PassphraseDialog(GrowingDialog):
    """The box, Open and Cancel; after some wrong ones the newest backup is offered."""

    given = Signal(object)
    copy_asked = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget, wanted: str = WANTED) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        words = wanted.format(name)
        self.setAccessibleDescription(words)
        self.box = PassphraseBox(look)
        self.problem = FieldError(look, self.box.line)
        self.do = Button(look, "Open", kind="primary")
        self.do.setEnabled(False)
        self.cancel = Button(look, "Cancel")
        self.copy = Button(look, COPY, kind="link")
        self.copy.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(Words(look, TITLE, size=15, weight=600))
        column.addWidget(Words(look, words, tone="text2").wrapped())
        for widget in (self.box, self.problem, self.copy):
            column.addWidget(widget)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(440))
        self.box.changed.connect(self._weigh)
        self.do.clicked.connect(self._give)
        self.copy.clicked.connect(self.copy_asked)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self.box.forget)
        self.box.setFocus()

    def tell_wrong(self, *, offers_copy: bool) -> None:
        """Say that it was the wrong one, and select it to be typed over."""
        self._wait(is_waiting=False)
        self.problem.tell(wrong_words(has_caps=self.box.has_caps))
        self.copy.setVisible(offers_copy)
        self.do.show_words("Try again")
        self.box.line.selectAll()
        self.box.setFocus()

    @Slot()
    def _weigh(self) -> None:
        self.do.setEnabled(not self.box.is_empty)

    @Slot()
    def _give(self) -> None:
        self._wait(is_waiting=True)
        self.given.emit(self.box.passphrase)

    def _wait(self, *, is_waiting: bool) -> None:
        """Take nothing more while it is tried."""
        self.box.setEnabled(not is_waiting)
        self.do.setEnabled(not is_waiting)
