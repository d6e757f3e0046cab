"""The account of the award at hand: masked, and whole for half a minute when that was asked for."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from gui.pages.awards.lines import flag_words, is_to_check
from gui.theme.look import Look
from gui.widgets.label import Label
from gui.widgets.nesting import column_of
from models.queries.awards.award_rows import AwardRow, BankState
from models.values.payments import BankDetails, masked
from scoring.written.days import short_day

SECONDS = 30


class BankSection(QWidget):
    """What is known of an account, and what the banks' tables say; whole it is hidden again."""

    def __init__(self, look: Look, row: AwardRow, bank: BankState, said: str) -> None:
        super().__init__()
        self._left = 0
        self.whole = Label(look, weight=600).wrapped()
        self.until = Label(look, size=12, tone="muted")
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.count_down)
        column_of(*self._lines(look, row, bank, said), inside=self, spacing=look.px(6))
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

    def _lines(self, look: Look, row: AwardRow, bank: BankState, said: str) -> tuple[Label, ...]:
        account = Label(look, masked(bank.last_four), weight=600)
        account.setAccessibleName(f"Account hidden, ends {bank.last_four}")
        flag, is_new = flag_words(bank), is_to_check(row)
        still = " and not verified since" if is_new else ""
        tone = "danger" if is_new else "text2"
        told = [(f"{flag}{still}.", tone)] if flag else []
        told += [(_history(bank), "text2"), (said, "muted")]
        words = (Label(look, one, size=12, tone=tone).wrapped() for one, tone in told)
        return (account, self.whole, self.until, *words)


def _history(bank: BankState) -> str:
    entered = f"Entered by {bank.entered_by} on {short_day(bank.entered_at.astimezone())}"
    if bank.checked_at is None:
        return f"{entered}; not verified yet. Somebody else does that: finance or an officer."
    return f"{entered}; verified by {bank.checked_by} on {short_day(bank.checked_at.astimezone())}."
