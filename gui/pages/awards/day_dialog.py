"""Ask for one day, or for none where it may be left open."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import WHICH_DAY, DayField

TO_COME = "That day is still to come. A payment is recorded once it is made."


class DayDialog(Form):
    """A sentence, what to mind, and a day: of what happened by now, else a blank is no day yet."""

    agreed = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        words: str,
        day: date | None,
        parent: QWidget,
        *,
        is_past: bool,
        warning: str = "",
    ) -> None:
        super().__init__(look, title, (words,), "Record", parent, 420)
        if warning:
            self.sentence(warning, tone="warning")
        to_come = TO_COME if is_past else ""
        self.day = self.add(
            WHICH_DAY,
            DayField(WHICH_DAY, day, is_past=is_past, to_come=to_come, is_needed=is_past),
            shown="On",
        )
        self.finish(self.day)
