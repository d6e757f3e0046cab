"""The dialogs that take a new passphrase: for a record that is to be made, and for the open one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QRadioButton, QVBoxLayout, QWidget

from gui.access.passphrase_form import PassphraseForm
from gui.dialogs.scrolling import ScrollingDialog
from gui.theme.look import Look
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words

WIDE = 540
NEW = "Protect the new record"
ENCRYPT = "Encrypt it with a passphrase"
PLAIN = "Leave it without encryption, for a reason"
PLAIN_MEANS = (
    "Anyone who can read the file can read the applications in it. Your name and the reason are kept in "
    "the record's History. It can be encrypted later, in Settings."
)
WHY = "Say why it is left without encryption. The reason is kept in History."


class NewPassphraseDialog(ScrollingDialog):
    """Sentences, the form for a new passphrase, the deed and Cancel."""

    agreed = Signal(object)

    def __init__(self, look: Look, title: str, words: Sequence[str], deed: str, parent: QWidget) -> None:
        super().__init__(look, deed, parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(" ".join(words))
        self.form = PassphraseForm(look)
        self.column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in words:
            self.column.addWidget(Words(look, sentence, tone="text2").wrapped())
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.setMinimumWidth(look.px(WIDE))
        self.do.clicked.connect(self._agree)
        self.finished.connect(self.form.forget)
        self.form.box.setFocus()

    @Slot()
    def _agree(self) -> None:
        self.agree()

    def agree(self) -> None:
        """Hand over the passphrase that was chosen, if one was."""
        key = self.form.chosen()
        if key is not None:
            self.agreed.emit(key)
            self.accept()


class NewRecordDialog(NewPassphraseDialog):
    """A new record is encrypted, unless a person says why not."""

    declined = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        words = (f"“{name}” will hold what applicants wrote, some of it about victims of crime.",)
        super().__init__(look, NEW, words, "Make the record", parent)
        self.encrypt, self.plain = QRadioButton(ENCRYPT), QRadioButton(PLAIN)
        self.encrypt.setChecked(True)
        self.why = QWidget()
        self.reason = QLineEdit()
        self.reason.setFont(look.font())
        self.reason.setAccessibleName("Reason")
        self.problem = FieldError(look, self.reason)
        rows = QVBoxLayout(self.why)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(6))
        rows.addWidget(Words(look, PLAIN_MEANS, size=12, tone="text2").wrapped())
        rows.addWidget(Words(look, "Reason", size=12, weight=600))
        rows.addWidget(self.reason)
        rows.addWidget(self.problem)
        self.why.hide()
        at = self.column.indexOf(self.form)
        self.column.insertWidget(at, self.encrypt)
        self.column.insertWidget(at + 2, self.plain)
        self.column.insertWidget(at + 3, self.why)
        self.encrypt.toggled.connect(self._choose)
        self.form.offer_words()

    @Slot(bool)
    def _choose(self, is_encrypted: bool) -> None:
        self.form.setVisible(is_encrypted)
        self.why.setVisible(not is_encrypted)
        (self.form.box if is_encrypted else self.reason).setFocus()

    def agree(self) -> None:
        """Hand over the passphrase, or the reason why there is none."""
        if self.encrypt.isChecked():
            super().agree()
        elif not self.reason.text().strip():
            self.problem.tell(WHY)
            self.reason.setFocus()
        else:
            self.declined.emit(self.reason.text().strip())
            self.accept()
