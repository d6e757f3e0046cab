"""Declare an interest in one application while scoring."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from gui.dialogs.form import Form
from gui.pages.panel.scoring.words import KIND_MEANINGS, KIND_WORDS, say_interest
from gui.text import listed
from gui.theme.look import Look
from gui.widgets.typed import required_text
from models.queries.panel.score_sheets import SheetLine
from scoring.round import InterestKind

KINDS = (InterestKind.NON_PECUNIARY, InterestKind.PECUNIARY, InterestKind.PREJUDICIAL)
EFFECT = (
    "Its text and marks close to you, and you take no part in it at the meeting.",
    "A sheet that you have begun or handed in no longer counts; it is kept in History.",
)


class InterestDialog(Form):
    """The kinds of interest in words, what it is (which is needed), the action and Cancel.

    `others` are the organisation's other applications that are open to the member: they are named.
    """

    agreed = Signal(object, str)

    def __init__(
        self, look: Look, line: SheetLine, parent: QWidget, others: Sequence[SheetLine] = ()
    ) -> None:
        said_first = (*EFFECT, _others_words(line, others)) if others else EFFECT
        title = f"Declare an interest in {line.reference} {line.organisation}"
        name, action = "Declare an interest", "Declare interest"
        super().__init__(look, name, said_first, action, parent, 480, heading=title)
        self._reference = line.reference
        self.kinds = {kind: QRadioButton(f"{KIND_WORDS[kind]}: {KIND_MEANINGS[kind]}") for kind in KINDS}
        for button in self.kinds.values():
            button.setFont(look.font())
            self.put(button)
        self.kinds[InterestKind.NON_PECUNIARY].setChecked(True)
        self.detail = self.note("What is the interest?", 64, shown="What is it?")
        self.finish(self.kinds[InterestKind.NON_PECUNIARY])

    def try_action(self) -> None:
        """Declare the interest, or say that it wants words."""
        kind = next(kind for kind, button in self.kinds.items() if button.isChecked())
        detail = required_text(self.detail, say_interest(self._reference))
        self.agreed.emit(kind, detail)
        self.accept()


def _others_words(line: SheetLine, others: Sequence[SheetLine]) -> str:
    named = listed([other.reference for other in others])
    return f"{line.organisation} also has {named}: declare there too if the interest holds for it."
