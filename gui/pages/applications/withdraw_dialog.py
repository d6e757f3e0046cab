"""Ask since when an applicant has withdrawn, and why: papers count money as free from that day."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.dialogs.reason import NO_REASON
from gui.record.clock import current_day
from gui.theme.look import Look
from gui.widgets.typed import DayField

SINCE = "Withdrawn on"
TO_COME = "That day is still to come. Record it once the applicant has withdrawn."
WITHDRAWN = "A withdrawn application is kept, and is never ranked. It can be reinstated."


class WithdrawDialog(Form):
    """The day, today's offered, and the reason."""

    agreed = Signal(object, str)

    def __init__(self, look: Look, reference: str, parent: QWidget) -> None:
        super().__init__(look, f"Withdraw {reference}", (WITHDRAWN,), "Withdraw", parent)
        self.day = self.add(SINCE, DayField(SINCE, current_day(), is_past=True, to_come=TO_COME))
        self.reason = self.note("Reason", 84, wanted=NO_REASON)
        self.finish(self.reason)
