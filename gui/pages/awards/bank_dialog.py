"""Ask for an account: its name, sort code and number, each with what is wrong under it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.pages.awards.lines import flag_words
from gui.text import ENDS_UNDO
from gui.theme.look import Look
from gui.widgets.typed import ReadLine, Wrong
from models.queries.awards.award_rows import AwardRow
from models.values.payments import (
    NAME_WANTED,
    NUMBER_WANTED,
    SORT_CODE_WANTED,
    BankDetails,
    account_name_of,
    account_number_of,
    masked,
    sort_code_of,
)

SENSITIVE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
FILLED_UP = "Only {} digits were typed, so {} put in front. Check the number, then save."
FLAGGED = "This change will be flagged: {}. Ring the payee on a number you already had before you verify it."


class BankField(ReadLine):
    """A line that is read as a part of an account, and says what is wanted where it cannot be."""

    def __init__(self, hint: str, read: Callable[[str], str | None], wanted: str) -> None:
        super().__init__()
        self._read, self._wanted = read, wanted
        self.setPlaceholderText(hint)
        self.setInputMethodHints(SENSITIVE)

    @property
    def value(self) -> str:
        """Return what was typed as it is kept; raise `Wrong` where it cannot be."""
        found = self._read(self.text())
        if found is None:
            raise Wrong(self._wanted, self)
        return found


CHECKED_AFTER = (
    "Once they are saved, it is shown below them whether the number fits its sort code, where the banks' "
    "tables are loaded."
)


class BankDialog(Form):
    """Three fields, none filled in beforehand; the action stays live and goes to the first that is wrong."""

    is_final = True

    def __init__(self, look: Look, row: AwardRow, parent: QWidget) -> None:
        title = f"Bank details of {row.reference}"
        super().__init__(look, title, _words(row), "Save bank details", parent)
        self.words = self.sentences
        self.name = self.add("Account name", BankField("as the bank has it", account_name_of, NAME_WANTED))
        self.sort_code = self.add("Sort code", BankField("such as 08-99-99", sort_code_of, SORT_CODE_WANTED))
        self.number = self.add("Account number", BankField("eight digits", account_number_of, NUMBER_WANTED))
        self.sentence(CHECKED_AFTER, size=12, tone="muted")
        self.finish(self.name)

    def forget_typed(self) -> None:
        """Keep nothing of an account in a box that is closed."""
        for field in (self.name, self.sort_code, self.number):
            field.clear()

    def try_action(self) -> None:
        """Save the account, or say what is wrong with it."""
        details = BankDetails(self.name.value, self.sort_code.value, self.number.value)
        self._show_zeros(details.account_number)
        self.accept()
        self.agreed.emit(details)

    def _show_zeros(self, number: str) -> None:
        """Show a number of six or seven digits with its zeros, and have it looked at before it is saved."""
        typed = sum(letter.isdigit() for letter in self.number.text())
        if typed < len(number):
            self.number.setText(number)
            zeros = "a zero was" if typed == len(number) - 1 else "two zeros were"
            raise Wrong(FILLED_UP.format(typed, zeros), self.number)


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
    return (*words, ENDS_UNDO)
