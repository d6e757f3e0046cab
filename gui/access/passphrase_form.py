"""A new passphrase: six words are offered, its strength is said, and it can be put on a sealed sheet."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.access.passphrase import Passphrase
from gui.access.passphrase_twice import PassphraseTwice
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.flow import flow_of
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from models.store.passphrases import LEAST_CHARACTERS

HOW = (
    f"At least {LEAST_CHARACTERS} characters. Six random words are offered; you can paste others, as from a "
    "password manager."
)
NOBODY = "Nobody can recover it: without the passphrase the record stays closed for good."
NOTED = "I have stored the passphrase where the office can find it"
NOT_NOTED = "Store the passphrase where the office can find it, then tick that you have."


class PassphraseForm(QWidget):
    """Two boxes, an offer, the warning, the sealed sheet, and a tick that it is noted."""

    copy_asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.problem = FieldError(look)
        self.twice = PassphraseTwice(look, "New passphrase", self.problem)
        self.box, self.again = self.twice.box, self.twice.again
        self.offer = Button(look, "Offer six words")
        self.sheet = Button(look, "Print a sealed copy of the passphrase…", kind="link")
        self.noted = QCheckBox(NOTED)
        self.says = Label(look, size=12, tone="text2").wrapped()
        self._lay_out(look)
        self.offer.clicked.connect(self.offer_words)
        self.sheet.clicked.connect(self._ask_copy)
        self.box.changed.connect(self.says.hide)
        self.noted.toggled.connect(self.problem.clear)
        self.says.hide()

    @Slot()
    def offer_words(self) -> None:
        """Put six random words into the box, for all to see."""
        self.twice.offer_words()

    def chosen(self) -> Passphrase | None:
        """Return the passphrase once all is well with it; else say what is not."""
        key = self.twice.chosen()
        if key is not None and not self.noted.isChecked():
            self.problem.show_at(NOT_NOTED, self.noted)
            return None
        return key

    @Slot()
    def forget(self) -> None:
        """Empty the boxes."""
        self.twice.forget()

    def tell_written(self, words: str) -> None:
        """Say where the sealed sheet is."""
        self.says.setText(words)
        self.says.show()

    @Slot()
    def _ask_copy(self) -> None:
        key = self.twice.checked()
        if key is not None:
            self.problem.clear()
            self.copy_asked.emit(key)

    def _lay_out(self, look: Look) -> None:
        column_of(
            Label(look, HOW, size=12, tone="text2").wrapped(),
            Label(look, "New passphrase", size=12, weight=600),
            self.twice,
            flow_of((self.offer, self.sheet), look.px(8)),
            Label(look, NOBODY, weight=600).wrapped(),
            *(self.says, self.noted, self.problem),
            spacing=look.px(6),
            inside=self,
        )
