"""Ask what opens a pack, and for the passphrase of the member's own record."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseBox
from gui.access.passphrase_twice import PassphraseTwice
from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words

TITLE = "I was sent a pack"
WORDS = (
    "A pack opens into a record of your own on this computer. You can declare, score and give reasons in it; "
    "your return takes them back to the office.",
    "A newer pack opens into the record that you have: open that record first, and your marks stay.",
)
SENT, OWN = "The passphrase that you were given", "A passphrase of your own, for your record"
KEPT = "Nobody can recover it: keep it away from this computer."
EMPTY = "Type the passphrase that came with the pack, by telephone or on paper."


class OpenPackBox(GrowingDialog):
    """Two passphrases: the pack's, and a new one that only the member knows."""

    agreed = Signal(object, object)

    def __init__(self, look: Look, name: str, parent: QWidget, whose: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.sent = PassphraseBox(look, "Passphrase of the pack")
        self.sent_problem, self.own_problem = FieldError(look, self.sent.line), FieldError(look)
        self.own = PassphraseTwice(look, "Your own passphrase", self.own_problem)
        self.offer = Button(look, "Offer six words", kind="link")
        self.do = Button(look, "Choose where to keep it…", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, f"{TITLE}: {name}", size=15, weight=600).wrapped())
        if whose:
            column.addWidget(Words(look, whose, weight=600).wrapped())
        for words in WORDS:
            column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(Words(look, SENT, size=12, weight=600))
        for widget in (self.sent, self.sent_problem):
            column.addWidget(widget)
        column.addWidget(Words(look, OWN, size=12, weight=600))
        column.addWidget(self.own)
        column.addWidget(self.own_problem)
        row = QHBoxLayout()
        row.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(look, KEPT, size=12, tone="text2").wrapped(), 1)
        column.addLayout(row)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(min(look.px(620), parent.width() - 40))
        self.offer.clicked.connect(self.own.offer_words)
        self.do.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self._forget)
        self.sent.setFocus()

    def fill_in(self, sent: Passphrase) -> None:
        """Put in the pack's passphrase, which is known by now."""
        self.sent.line.setText(sent.reveal())
        self.own.setFocus()

    def tell_wrong(self, words: str) -> None:
        """Say that the pack's passphrase was wrong, and take it again."""
        self.setEnabled(True)
        self.sent_problem.tell(words)
        self.sent.line.selectAll()
        self.sent.setFocus()

    @Slot()
    def _agree(self) -> None:
        if self.sent.is_empty:
            self.sent_problem.tell(EMPTY)
            self.sent.setFocus()
            return
        self.sent_problem.clear()
        own = self.own.chosen()
        if own is not None:
            self.setEnabled(False)
            self.agreed.emit(self.sent.passphrase, own)

    @Slot()
    def _forget(self) -> None:
        self.sent.forget()
        self.own.forget()
