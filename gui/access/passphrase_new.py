"""The dialogs that take a new passphrase: for a record that is to be made, and for the open one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QRadioButton, QWidget

from gui.access.passphrase_form import PassphraseForm
from gui.dialogs.fact_line import FactLine
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import required_text
from models.papers.office import BY_KEY
from models.reference.fund_facts import WEST_MIDLANDS
from models.reference.schemes import WITH_PANEL

WIDE = 540
NEW = "Make a new record"
ENCRYPT = "Encrypt it with a passphrase"
PLAIN = "Leave it without encryption, for a reason"
PLAIN_MEANS = (
    "Anyone who can read the file can read the applications in it. Your name and the reason are recorded in "
    "the record's History. It can be encrypted later, in Settings."
)
ENCRYPTED_HERE = "Your organisation has every record encrypted on this computer."
ASKED = {
    "name": "Your office, by its legal name",
    "force": "Police force",
    "area_label": "What you call an area",
}
PERSON, WHO = "Your name, as history and papers have it", "Give your name."
LATER = (
    "The office can wait, and be changed on the page Office. No paper is issued before the office has a name."
)
FUNDS: tuple[tuple[str, tuple[str, ...] | None], ...] = (
    ("Active Citizens Fund and Victims Fund", WITH_PANEL),
    ("All six funds of the West Midlands", None),
    ("None: I add my own", ()),
)
CHANGED = "You can change these funds on the page Funds, and add others there, from a template or empty."
THEIR_OWN = (
    "They come without the areas and the money of another force. Give them your own names on the page Funds, "
    "and add others there."
)
"""Takes the place of `CHANGED`, in as many lines: nothing below moves while a force is being typed."""
WHY = "Say why it is left without encryption. The reason is recorded in History."


class NewPassphraseDialog(Form):
    """Sentences, the form for a new passphrase, the action and Cancel."""

    agreed = Signal(object)

    def __init__(self, look: Look, title: str, words: Sequence[str], action: str, parent: QWidget) -> None:
        super().__init__(look, title, words, action, parent, WIDE)
        self._add_choices()
        self.finished.connect(self.form.forget)
        self.finish(self.form.box)

    def _add_choices(self) -> None:
        """Put in the form for the passphrase."""
        self.form = self.put(PassphraseForm(self._look))

    def try_action(self) -> None:
        """Hand over the passphrase that was chosen, if one was."""
        key = self.form.chosen()
        if key is not None:
            self.agreed.emit(key)
            self.accept()


class NewRecordDialog(NewPassphraseDialog):
    """A new record is encrypted, unless a person says why not."""

    declined = Signal(str)

    def __init__(
        self, look: Look, name: str, parent: QWidget, *, may_be_plain: bool = True, person: str = ""
    ) -> None:
        self._person = person
        words = (f"“{name}” will hold what applicants wrote, some of it about victims of crime.",)
        super().__init__(look, NEW, words, "Make the record", parent)
        self.plain.setVisible(may_be_plain)
        self.says_who.setVisible(not may_be_plain)
        self.encrypt.toggled.connect(self._choose)
        self.form.offer_words()
        next(iter(self.lines.values())).setFocus()  # the eye begins at the top; the words stay as offered

    @property
    def office(self) -> tuple[tuple[str, str], ...]:
        """Return what was entered for the office, by key; nothing of what was left empty."""
        entered = ((key, line.value) for key, line in self.lines.items())
        return tuple((key, text) for key, text in entered if text)

    @property
    def fund_codes(self) -> tuple[str, ...] | None:
        """Return which of the funds that ship the record starts with, by code; None for all."""
        return FUNDS[self.funds.currentIndex()][1]

    def _ask_office(self) -> None:
        """Ask in short who keeps the record; the rest waits for the page Office."""
        self.lines = {key: FactLine(BY_KEY[key], "") for key in ASKED}
        first, *others = self.lines
        self.add(ASKED[first], self.lines[first])
        self.across(*((ASKED[key], self.lines[key]) for key in others))
        self.person = self.line(PERSON, self._person)
        self.sentence(LATER, size=12, tone="text2")
        self.funds = self.choice("Funds to start with", [(words, None) for words, _ in FUNDS])
        self.says_funds = self.sentence(CHANGED, size=12, tone="text2")
        self.lines["force"].textChanged.connect(self._know_force)

    @Slot(str)
    def _know_force(self, force: str) -> None:
        """Say what another force is given of the funds that ship; what is chosen never changes by itself."""
        is_theirs = (
            not force.strip()
            or WEST_MIDLANDS.startswith(force.strip().casefold())
            or (WEST_MIDLANDS in force.casefold())
        )
        self.says_funds.setText(CHANGED if is_theirs else THEIR_OWN)

    def _add_choices(self) -> None:
        self._ask_office()
        self.encrypt, self.plain = QRadioButton(ENCRYPT), QRadioButton(PLAIN)
        self.put(self.encrypt)
        super()._add_choices()
        self.put(self.plain)
        self.says_who = self.sentence(ENCRYPTED_HERE, size=12, tone="text2")
        self.encrypt.setChecked(True)
        self.plain.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab stops at the one that is chosen
        self.means = self.sentence(PLAIN_MEANS, size=12, tone="text2")
        self.reason = self.line("Reason")
        self._show_reason(is_shown=False)

    @Slot(bool)
    def _choose(self, is_encrypted: bool) -> None:
        self.form.setVisible(is_encrypted)
        self._show_reason(is_shown=not is_encrypted)
        (self.form.box if is_encrypted else self.reason).setFocus()

    def _show_reason(self, *, is_shown: bool) -> None:
        self.means.setVisible(is_shown)
        self.show_field(self.reason, is_shown=is_shown)

    def try_action(self) -> None:
        """Hand over the passphrase, or the reason why there is none."""
        _ = self.office, required_text(self.person, WHO)  # what is wrong is said before the record is made
        if self.encrypt.isChecked():
            super().try_action()
        else:
            self.declined.emit(required_text(self.reason, WHY))
            self.accept()
