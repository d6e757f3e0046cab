"""Say what is about to be recorded as the panel's recommendations, as its tick stands."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.confirm import ConfirmDialog
from gui.theme.look import Look
from gui.widgets.label import Label
from scoring.money import without_noughts
from scoring.written.text import counted

TITLE = "Record recommendations"


class Meant(NamedTuple):
    """What would be recorded: its sentences, and how many recommendations these are."""

    words: tuple[str, ...]
    how_many: int


class RecordingDialog(ConfirmDialog):
    """Its sentences, sums and buttons follow the tick; nothing is pressed where nothing is recorded."""

    def __init__(self, look: Look, parent: QWidget, plain: Meant, every: Meant, *, replaces: str) -> None:
        super().__init__(look, TITLE, (), _action(plain.how_many), parent, tick=replaces)
        self._plain, self._every = plain, every
        self._meant_labels = [Label(look, tone="text2").wrapped() for _ in range(_most(plain, every))]
        for at, label in enumerate(self._meant_labels, start=self.column.indexOf(self.heading) + 1):
            self.column.insertWidget(at, label)
        if self.tick is not None:
            self.tick.toggled.connect(self.show_meant)
        self.show_meant()

    @Slot()
    def show_meant(self) -> None:
        """Say what is recorded as the tick stands."""
        meant = self._every if self.is_ticked else self._plain
        self.words = tuple(map(without_noughts, meant.words))
        self.describe(" ".join(self.words))
        for at, label in enumerate(self._meant_labels):
            label.setText(self.words[at] if at < len(self.words) else "")
            label.setVisible(at < len(self.words))
        self.do.show_words(_action(meant.how_many))
        for button in filter(None, (self.do, self.other)):
            button.setEnabled(bool(meant.how_many))


def _most(*found: Meant) -> int:
    return max(len(meant.words) for meant in found)


def _action(count: int) -> str:
    return f"Record {counted(count, 'recommendation')}" if count else "Record"
