"""Record amounts that were tried: how many and which, why, and what the parts pay for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.pages.deciding.reason_words import NO_REASON, NOTE, TOLD
from gui.theme.look import Look
from gui.widgets.typed import Wrong, required_text
from scoring.allocating.causes import is_rule_note

TITLE = "Record the amounts that were tried"
NO_SCOPE = "Say what the parts pay for: the applicants and the schedule have to know."


class ApplyDialog(Form):
    """Nothing is recorded before the action is pressed; one undo takes all of it back."""

    agreed = Signal(str, str)

    def __init__(
        self, look: Look, words: Sequence[str], action: str, *, asks_scope: bool, parent: QWidget
    ) -> None:
        super().__init__(look, TITLE, words, action, parent, 480)
        self._asks_scope = asks_scope
        self.scope = self.line("Reduced scope: what the parts pay for")
        self.show_field(self.scope, is_shown=asks_scope)
        self.reason = self.note(f"Reason. {TOLD}", shown=f"Reason  ·  {TOLD}")
        self.finish(self.scope if asks_scope else self.reason)

    def try_action(self) -> None:
        """Record the amounts, or say what is missing."""
        scope = required_text(self.scope, NO_SCOPE) if self._asks_scope else ""
        reason = required_text(self.reason, NO_REASON)
        if is_rule_note(reason):
            raise Wrong(NOTE, self.reason)
        self.agreed.emit(reason, scope)
        self.accept()
