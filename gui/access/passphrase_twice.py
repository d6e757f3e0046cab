"""A new passphrase in two boxes: typed twice, unless it is the one that was offered for all to read."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseBox
from gui.theme.look import Look
from gui.widgets.field_error import FieldError
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from models.store.passphrases import checked, suggested
from scoring.written.text import Refused

AGAIN = "Type it again"
NOT_AGAIN = "Type the passphrase again in the second box, as a check that it is as you meant it."
DIFFERENT = "The two passphrases differ. Type the second again."


class PassphraseTwice(QWidget):
    """The boxes, and what is wrong with them, which is told in `problem`."""

    def __init__(self, look: Look, name: str, problem: FieldError) -> None:
        super().__init__()
        self._offered = ""
        self._problem = problem
        self.box = PassphraseBox(look, name, is_new=True)
        self.again = PassphraseBox(look, f"{name} again")
        self._again_label = Label(look, AGAIN, size=12, weight=600)
        column_of(self.box, self._again_label, self.again, spacing=look.px(6), inside=self)
        self.setFocusProxy(self.box)
        self.box.changed.connect(self._show_again)
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
        self._problem.clear()
        self.box.setFocus()

    def checked(self) -> Passphrase | None:
        """Return the passphrase where it protects; else say what is wrong with it."""
        try:
            return Passphrase(checked(self.box.passphrase.reveal()))
        except Refused as error:
            self._problem.show_at(str(error), self.box.line)
            return None

    def chosen(self) -> Passphrase | None:
        """Return the passphrase once it was typed twice alike; else say what is wrong."""
        key = self.checked()
        if key is None:
            return None
        if self.wants_again and self.again.passphrase.reveal() != key.reveal():
            self.again.line.selectAll()
            self._problem.show_at(NOT_AGAIN if self.again.is_empty else DIFFERENT, self.again.line)
            return None
        self._problem.clear()
        return key

    @Slot()
    def forget(self) -> None:
        """Empty the boxes."""
        self._offered = ""
        self.box.forget()
        self.again.forget()

    @Slot()
    def _show_again(self) -> None:
        for part in (self.again, self._again_label):
            part.setVisible(self.wants_again)
