"""Ask for an account: its name, sort code and number, each with what is wrong under it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.awards.lines import flag_words
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.queries.awards.awards import AwardRow
from models.values.bank import (
    NAME_WANTED,
    NOT_CHECKED,
    NUMBER_WANTED,
    SORT_CODE_WANTED,
    BankDetails,
    account_name_of,
    account_number_of,
    masked,
    sort_code_of,
)

SENSITIVE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
FLAGGED = "This change will be flagged: {}. Ring the payee on a number you already had before you verify it."


class BankField(QWidget):
    """A named field that reads what is typed, and says under it what is wrong once it was left."""

    def __init__(
        self, look: Look, name: str, hint: str, read: Callable[[str], str | None], wrong: str
    ) -> None:
        super().__init__()
        self._read, self._wrong = read, wrong
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.edit.setInputMethodHints(SENSITIVE)
        self.problem = FieldError(look, self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        column.addWidget(Words(look, name, size=12, weight=600))
        column.addWidget(self.edit)
        column.addWidget(self.problem)
        self.edit.editingFinished.connect(self._weigh)
        self.edit.textEdited.connect(self._forgive)

    @property
    def value(self) -> str | None:
        """Return what was typed as it is kept, None when it cannot be."""
        return self._read(self.edit.text())

    def refuse(self) -> None:
        """Say what is wrong."""
        self.problem.tell(self._wrong)
        self.window().adjustSize()

    @Slot()
    def _weigh(self) -> None:
        if self.edit.text().strip() and self.value is None:
            self.refuse()

    @Slot()
    def _forgive(self) -> None:
        if self.value is not None:
            self.problem.clear()


class BankDialog(Dialog):
    """Three fields, none filled in beforehand; the deed stays live and goes to the first that is wrong."""

    entered = Signal(object)

    def __init__(self, look: Look, row: AwardRow, parent: QWidget) -> None:
        super().__init__(parent)
        title = f"Bank details of {row.reference}"
        self.setWindowTitle(title)
        self.words = _words(row)
        self.setAccessibleDescription(" ".join(self.words))
        self.name = BankField(look, "Account name", "as the bank has it", account_name_of, NAME_WANTED)
        self.sort_code = BankField(look, "Sort code", "08-99-99", sort_code_of, SORT_CODE_WANTED)
        self.number = BankField(look, "Account number", "eight digits", account_number_of, NUMBER_WANTED)
        self.do = Button(look, "Save bank details", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600))
        for sentence in self.words:
            column.addWidget(Words(look, sentence, tone="text2").wrapped())
        for field in self.fields:
            column.addWidget(field)
        column.addWidget(Words(look, NOT_CHECKED, size=12, tone="muted").wrapped())
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self.name.edit.setFocus()

    @property
    def fields(self) -> tuple[BankField, BankField, BankField]:
        """Return the fields in reading order."""
        return (self.name, self.sort_code, self.number)

    def done(self, result: int) -> None:
        """Keep nothing of what was typed in a box that is closed."""
        for field in self.fields:
            field.edit.clear()
        super().done(result)

    @Slot()
    def _try(self) -> None:
        wrong = [field for field in self.fields if field.value is None]
        for field in wrong:
            field.refuse()
        if wrong:
            wrong[0].edit.setFocus()
            return
        details = BankDetails(*(str(field.value) for field in self.fields))
        self.accept()
        self.entered.emit(details)


def _words(row: AwardRow) -> tuple[str, ...]:
    words = [f"The account that {row.organisation} is paid into. Only its last four digits are shown later."]
    bank = row.bank
    if bank is not None:
        words.append(f"They take the place of the account {masked(bank.last_four)}, which is deleted.")
        if row.paid_pence:
            words.append(FLAGGED.format("a payment was made already"))
        elif bank.checked_by:
            words.append(FLAGGED.format(f"{bank.checked_by} verified the account before"))
        elif bank.changed_after:
            words.append(f"{flag_words(bank)} once before, so it stays flagged.")
    return tuple(words)
