"""Who can go on at this laptop, over the foot of the window: one press chooses."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from gui.access.identity import Chosen, part_words
from gui.pages.page import Identity
from gui.theme.look import look
from gui.widgets.label import Label
from models.queries.set_up.office import Part

SOMEBODY_ELSE = "Somebody else…"


class PersonMenu(QMenu):
    """The people with their roles, the one who is here ticked; `chosen` is told at once."""

    chosen = Signal(object)
    others_asked = Signal()

    def __init__(self, above: QWidget) -> None:
        super().__init__(above)
        self._above = above
        self.setAccessibleName("Who is using this laptop?")

    def show_people(self, parts: Sequence[Part], held: Identity, effect: str) -> None:
        """Offer these people above the foot; `effect` is what changing ends, "" for nothing."""
        self.clear()
        if effect:
            self._say(effect)
        for part in parts:
            action = self._add(part)
            if (part.name, part.role, part.member) == (held.name, held.role, held.member):
                action.setChecked(True)
                self.setActiveAction(action)
        self.addSeparator()
        self.addAction(SOMEBODY_ELSE).triggered.connect(self.others_asked)
        self.popup(self._above.mapToGlobal(QPoint(0, -self.sizeHint().height())))

    def _say(self, effect: str) -> None:
        """Say what a choice ends; a greyed entry would be hard to read."""
        px, words = look.px, Label(effect, size=12, tone="text2")
        words.setContentsMargins(px(12), px(6), px(12), px(6))
        said = QWidgetAction(self)
        said.setDefaultWidget(words)
        said.setText(effect)
        self.addAction(said)
        self.addSeparator()

    def _add(self, part: Part) -> QAction:
        action = self.addAction(part_words(part).replace("&", "&&"))
        action.setCheckable(True)
        action.triggered.connect(partial(self._tell, part))
        return action

    def _tell(self, part: Part, is_on: bool = False) -> None:
        self.chosen.emit(Chosen(part, is_new=False))
