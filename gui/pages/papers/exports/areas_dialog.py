"""Choose the areas of one notice, where it is neither of one area nor of all."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.tick_list import TickList
from gui.widgets.typed import Wrong

TITLE = "Areas of the notice"
WORDS = "The notice is of the areas that are ticked."
TOO_FEW = "Tick at least two areas. One alone is chosen beside “Area”."
LINE, MOST = 27, 8
"""How high a line of the list is for a 13 px base, and how many are seen without scrolling."""


class AreasDialog(Form):
    """The areas of a round, with those ticked that the notice is of; `given` has them in their order."""

    given = Signal(tuple)

    def __init__(
        self, look: Look, areas: Sequence[str], ticked: Collection[str], parent: QWidget | None
    ) -> None:
        super().__init__(look, ours(TITLE), (ours(WORDS),), "Choose", parent)
        self._areas = tuple(areas)
        self.list = self.put(TickList(look, ours(TITLE)), 1)
        for area in areas:
            self.list.put(area, area, is_ticked=area in ticked)
        self.list.setMinimumHeight(look.px(LINE) * min(len(areas), MOST))
        self.list.itemChanged.connect(self.problem.clear)
        self.finish(self.list)

    def try_action(self) -> None:
        """Choose what is ticked: several areas, or all of them, which is ()."""
        ticked = self.list.ticked
        chosen = tuple(area for area in self._areas if area in ticked)
        if len(chosen) == 1 or not chosen:
            raise Wrong(ours(TOO_FEW), self.list)
        self.accept()
        self.given.emit(() if chosen == self._areas else chosen)
