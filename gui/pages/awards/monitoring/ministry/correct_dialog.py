"""Ask why a return to the Ministry that was submitted is corrected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import required_text
from models.queries.awards.ministry import PeriodState
from scoring.written.text import counted

WORDS = (
    "The version that was submitted is kept as it is; this is the next one. It prints the reason and "
    "what changed."
)


class CorrectDialog(Form):
    """The reason for a correction."""

    entered = Signal(str)

    def __init__(self, look: Look, one: PeriodState, parent: QWidget) -> None:
        changed = counted(len(one.changes), "change", "changes")
        words = (f"{changed} since it was submitted. {WORDS}",)
        super().__init__(look, f"Correct the return for {one.period.name}", words, "Submit it", parent, 460)
        self.reason = self.note("Why it is corrected", 72, wanted="Say why it is corrected.")
        self.finish(self.reason)

    def try_action(self) -> None:
        """Tell the reason, or say that it is missing."""
        reason = required_text(self.reason, "Say why it is corrected.")
        self.accept()
        self.entered.emit(reason)
