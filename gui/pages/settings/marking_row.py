"""How the papers of the round on show are marked: chosen by the office until one was issued."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.page import PageTools, Place
from gui.widgets.label import Label
from gui.widgets.turned import ChoiceList
from models.operations.set_up.rounds import SetMarking
from models.queries.papers.issues import has_issues
from models.reference.defaults import MARKINGS

EVERY = "Every paper of the round prints it."
FOR_GOOD = "A paper was issued under it, so it stays."


class MarkingRow(QWidget):
    """A choice for whoever sets a round up, and what goes with it; others read it."""

    def __init__(self, tools: PageTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self._place: Place | None = None
        self.choice = ChoiceList()
        self.choice.setAccessibleName("Marking of this round")
        self.choice.addItems(list(MARKINGS))
        self.says = Label(tools.look, tone="text2").wrapped()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.says, 1)
        self.choice.activated.connect(self._set)
        tools.identity_changed.connect(self._show)

    def show_place(self, place: Place | None) -> None:
        """Show another round; None when the record has none."""
        self._place = place
        self._show()

    @Slot()
    def _show(self) -> None:
        place = self._place
        self.choice.setVisible(place is not None)
        self.says.setVisible(place is not None)
        if place is None:
            return
        if self.choice.findText(place.line.marking) < 0:  # a round that was loaded may say more
            self.choice.addItem(place.line.marking)
        self.choice.setCurrentText(place.line.marking)
        self.choice.setEnabled(False)
        query = partial(has_issues, round_id=place.line.round_id)
        self._tools.workspace.ask(query, self._update_enabled)

    def _update_enabled(self, is_for_good: bool) -> None:
        may_set = self._tools.identity.may("set marking")
        self.choice.setEnabled(may_set and not is_for_good)
        self.says.setText(FOR_GOOD if is_for_good else EVERY)
        self.choice.setAccessibleDescription(self.says.text())

    @Slot()
    def _set(self) -> None:
        assert self._place is not None, "the choice is there with a round"
        line, wanted = self._place.line, self.choice.currentText()
        if wanted != line.marking:
            operation = SetMarking(line.round_id, wanted, line.marking)
            self._tools.perform(operation)
