"""Ask for the reason of an action before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import required_text

NO_REASON = "Say why. The reason is recorded in History."
IN_PLACE = "The chair has an interest here. Record what the member ruled whom the others named."
RULED_BY = "Ruled in the chair’s place by"
NamedMembers = Sequence[tuple[str, object]]
"""Who may rule in the chair's place: name and code; nobody where the chair rules."""


class ReasonDialog(Form):
    """Sentences, a box for the reason, the action and Cancel. Without a needed reason it stays open."""

    agreed = Signal(str)

    def __init__(
        self,
        look: Look,
        title: str,
        words: Sequence[str],
        action: str,
        parent: QWidget,
        *,
        is_needed: bool = True,
    ) -> None:
        super().__init__(look, title, words, action, parent)
        name = "Reason" if is_needed else "Reason, if you wish to give one"
        self.reason = self.note(name, 84, wanted=NO_REASON if is_needed else "")
        self.finish(self.reason)


class RulingDialog(Form):
    """The same of what was ruled in the chair's place, and by whom; without `asks_why` by whom alone."""

    agreed = Signal(str, str)

    def __init__(
        self,
        look: Look,
        title: str,
        words: Sequence[str],
        action: str,
        parent: QWidget,
        *,
        named: NamedMembers,
        asks_why: bool = True,
    ) -> None:
        super().__init__(look, title, (*words, IN_PLACE), action, parent)
        self.ruled_by = self.choice(RULED_BY, named)
        self.reason = self.note("Reason", 84, wanted=NO_REASON) if asks_why else None
        self.finish(self.reason or self.ruled_by)

    def try_action(self) -> None:
        """Go on with the reason and who ruled, or say that it wants one."""
        why = "" if self.reason is None else required_text(self.reason, NO_REASON)
        self.agreed.emit(why, str(self.ruled_by.currentData()))
        self.accept()


def ruling_dialog(
    look: Look, title: str, words: Sequence[str], action: str, parent: QWidget, *, named: NamedMembers
) -> ReasonDialog | RulingDialog:
    """Return what asks the chair for a reason, or an officer also who of those `named` ruled."""
    if named:
        return RulingDialog(look, title, words, action, parent, named=named)
    return ReasonDialog(look, title, words, action, parent)
