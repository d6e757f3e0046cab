"""The account of the award at hand: masked, and whole for half a minute when that was asked for."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pages.awards.lines import flag_words, is_to_check
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from models.queries.awards.award_rows import AwardRow, BankState
from models.values.payments import BankDetails, masked
from scoring.written.days import short_day

SECONDS = 30
NONE_YET = (
    "None yet. They are shown masked, stay out of the journal, and go on paper only for a named person."
)
ENTER, SHOW, CHECK, TAKE_BACK, DELETE = "enter", "show", "check", "take back", "delete"
"""What may be asked for."""


class BankSection(QWidget):
    """What is known of an account, and what the banks' tables say; it asks for the rest, and hides it."""

    asked = Signal(str)

    def __init__(self, look: Look, row: AwardRow, person: str, said: str) -> None:
        super().__init__()
        self._look = look
        self._left = 0
        self.buttons: dict[str, Button] = {}
        self.whole = Label(look, weight=600).wrapped()
        self.until = Label(look, size=12, tone="muted")
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.count_down)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, look.px(6), 0, 0)
        self._column.setSpacing(look.px(6))
        self._column.addWidget(Label(look, "Bank details", weight=600))
        if row.bank is None:
            self._column.addWidget(Label(look, NONE_YET, size=12, tone="text2").wrapped())
            self._offer((ENTER, "Enter bank details…"))
        else:
            self._say(row, row.bank, person, said)
        self.hide_whole()

    @property
    def is_whole(self) -> bool:
        """Whether the whole account is on show."""
        return self._tick.isActive()

    def show_whole(self, details: BankDetails) -> None:
        """Show the whole account, and hide it when the time is up."""
        self.whole.setText(f"{details.account_name}\n{details.sort_code}   {details.account_number}")
        self._left = SECONDS
        self._say_left()
        self.whole.show()
        self.until.show()
        self._tick.start()

    @Slot()
    def hide_whole(self) -> None:
        """Hide the account, and keep nothing of it."""
        self._tick.stop()
        self.whole.clear()
        self.whole.hide()
        self.until.hide()

    @Slot()
    def count_down(self) -> None:
        """Let a second pass."""
        self._left -= 1
        if self._left > 0:
            self._say_left()
        else:
            self.hide_whole()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the account with the page it is on."""
        self.hide_whole()
        super().hideEvent(event)

    def _say_left(self) -> None:
        self.until.setText(f"Hidden again in {self._left} s")

    def _say(self, row: AwardRow, bank: BankState, person: str, said: str) -> None:
        look = self._look
        account = Label(look, masked(bank.last_four), weight=600)
        account.setAccessibleName(f"Account hidden, ends {bank.last_four}")
        self._column.addWidget(account)
        self._column.addWidget(self.whole)
        self._column.addWidget(self.until)
        flag = flag_words(bank)
        if flag:
            tone = "danger" if is_to_check(row) else "text2"
            still = " and not verified since" if is_to_check(row) else ""
            self._column.addWidget(Label(look, f"{flag}{still}.", size=12, tone=tone).wrapped())
        self._column.addWidget(Label(look, _history(bank), size=12, tone="text2").wrapped())
        self._column.addWidget(Label(look, said, size=12, tone="muted").wrapped())
        self._offer((SHOW, f"Show for {SECONDS} seconds…"), (ENTER, "Change…"), (DELETE, "Erase…"))
        if bank.checked_by:
            self._offer((TAKE_BACK, "Withdraw the verification"))
        elif bank.entered_by != person:
            self._offer((CHECK, "Mark as verified"))

    def _offer(self, *actions: tuple[str, str]) -> None:
        actions_row = QWidget()
        line = Flow(actions_row)
        line.setSpacing(self._look.px(8))
        for action, words in actions:
            button = Button(self._look, words, kind="link")
            button.setProperty("action", action)
            button.clicked.connect(self._ask)
            self.buttons[action] = button
            line.addWidget(button)
        self._column.addWidget(actions_row)

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(str(self.sender().property("action")))


def _history(bank: BankState) -> str:
    entered = f"Entered by {bank.entered_by} on {short_day(bank.entered_at.astimezone())}"
    if bank.checked_at is None:
        return f"{entered}; not verified yet. Somebody else does that: finance or an officer."
    return f"{entered}; verified by {bank.checked_by} on {short_day(bank.checked_at.astimezone())}."
