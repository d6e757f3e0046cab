"""Ask for the passphrase of a sealed file, and for one of a member's own; a wrong one is asked for again."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import PassphraseBox
from gui.access.passphrase_twice import PassphraseTwice
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.typed import Wrong

TITLE = "I was sent a pack"
WORDS = (
    "A pack opens into a record of your own on this computer. You can declare, score and give reasons in it; "
    "your return takes them back to the office.",
    "A newer pack opens into the record that you have: open that record first, and your marks stay.",
)
SENT, OWN = "The passphrase that you were given", "A passphrase of your own, for your record"
KEPT = "Nobody can recover it: keep it away from this computer."
EMPTY = "Type the passphrase that came with the pack, by telephone or on paper."
OF_PACK = "Passphrase of the pack"


class OpenDialog(Form):
    """One passphrase at a time, for one or several files; None for those left out."""

    given = Signal(object)

    def __init__(self, look: Look, title: str, words: str, parent: QWidget) -> None:
        super().__init__(look, title, (), "Open", parent)
        self._words = self.sentence(words, tone="text2")
        self.box = self.put(PassphraseBox(look, OF_PACK))
        self.skip = self.put(Button(look, "Leave this return out", kind="link"), is_left=True)
        self.skip.clicked.connect(self._leave_out)
        self.finished.connect(self.box.forget)
        self.finish()
        self.ask(title, words)

    def ask(self, title: str, words: str, *, may_skip: bool = False) -> None:
        """Ask for a passphrase, and say whose it is; `may_skip` offers to go on without it."""
        self.setEnabled(True)
        self.setWindowTitle(title)
        self.describe(words)
        self.heading.setText(title)
        self._words.setText(words)
        self.skip.setVisible(may_skip)
        self.problem.clear()
        self.box.forget()
        self.box.setFocus()

    def tell_wrong(self, words: str) -> None:
        """Say what was wrong, and take the passphrase again."""
        tell_wrong(self, self.box, words)

    def try_action(self) -> None:
        """Try the passphrase; raise `Wrong` where there is none."""
        if self.box.is_empty:
            raise Wrong("Type the passphrase of the pack.", self.box.line)
        self.setEnabled(False)
        self.given.emit(self.box.passphrase)

    @Slot()
    def _leave_out(self) -> None:
        self.setEnabled(False)
        self.given.emit(None)


class OpenPackDialog(Form):
    """Two passphrases: the pack's, and a new one that only the member knows."""

    given = Signal(object, object)

    def __init__(self, look: Look, name: str, parent: QWidget, whose: str = "") -> None:
        super().__init__(look, TITLE, (), "Choose where to keep it…", parent, 620, heading=f"{TITLE}: {name}")
        if whose:
            self.sentence(whose, weight=600)
        for words in WORDS:
            self.sentence(words, tone="text2")
        self.sentence(SENT, size=12, weight=600)
        self.sent = self.put(PassphraseBox(look, OF_PACK))
        self.sentence(OWN, size=12, weight=600)
        self.own = self.put(PassphraseTwice(look, "Your own passphrase", self.problem))
        self.offer = Button(look, "Offer six words", kind="link")
        row = self.row()
        row.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(look, KEPT, size=12, tone="text2").wrapped(), 1)
        self.offer.clicked.connect(self.own.offer_words)
        self.finished.connect(self._forget)
        self.finish(self.sent)

    def fill_in(self, sent: Passphrase) -> None:
        """Put in the pack's passphrase, which is known by now."""
        self.sent.line.setText(sent.reveal())
        self.own.setFocus()

    def tell_wrong(self, words: str) -> None:
        """Say that the pack's passphrase was wrong, and take it again."""
        tell_wrong(self, self.sent, words)

    def try_action(self) -> None:
        """Hand over both passphrases, or say what is wrong with them."""
        if self.sent.is_empty:
            raise Wrong(EMPTY, self.sent.line)
        self.faults.place(self.own)
        own = self.own.chosen()
        if own is not None:
            self.setEnabled(False)
            self.given.emit(self.sent.passphrase, own)

    @Slot()
    def _forget(self) -> None:
        self.sent.forget()
        self.own.forget()


def tell_wrong(form: Form, box: PassphraseBox, words: str) -> None:
    """Say that a passphrase was wrong, and take it again."""
    form.setEnabled(True)
    box.line.selectAll()
    form.refuse(words, box.line)
