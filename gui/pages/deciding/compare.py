"""Two lists side by side, area by area: what stands and what would stand, with every change marked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.form import Form
from gui.pages.deciding.ranking.comparing import COMPARE_COLUMNS, Side, Sides, side_key, side_name
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from gui.widgets.turned import ChoiceList

NOT_SAVED = "Not saved: the official list and History are as they were."

LIST = 200
"""The least height of the lists; what stands above them scrolls away."""


class CompareDialog(Form):
    """The two lists scroll together; closing it leaves the trial as it is."""

    keeps_typed = False

    def __init__(
        self,
        look: Look,
        heads: tuple[str, str],
        areas: Sequence[str],
        sides: Callable[[str], Sides],
        parent: QWidget,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(look, "Compare", (), "", parent, 1060, height=560, away="Close")
        self._sides = sides
        self.close_button = self.cancel
        self.area = self.put(ChoiceList(), is_left=True)
        self.area.setAccessibleName(ours("Area"))
        self.area.addItems(list(areas))
        self.area.setVisible(len(areas) > 1)
        self.sentence(NOT_SAVED, tone="warning")
        self.count = self.sentence("", weight=600)
        self.notes = self.sentence("\n".join(notes), size=12)
        self.notes.setVisible(bool(notes))
        self.before: LineView[Side] = LineView(look, COMPARE_COLUMNS, side_key, side_name)
        self.after: LineView[Side] = LineView(look, COMPARE_COLUMNS, side_key, side_name)
        lists = self.row()
        self.column.setStretchFactor(lists, 1)
        for view, head in zip((self.before, self.after), heads, strict=True):
            view.setAccessibleName(head)
            view.setMinimumHeight(look.px(LIST))
            half = QVBoxLayout()
            half.addWidget(Label(look, head, size=12, weight=600))
            half.addWidget(view, 1)
            nest(lists, half, 1)
        self.before.verticalScrollBar().valueChanged.connect(self.after.verticalScrollBar().setValue)
        self.after.verticalScrollBar().valueChanged.connect(self.before.verticalScrollBar().setValue)
        self.area.currentTextChanged.connect(self._show)
        self._show()
        self.finish(self.after)

    @Slot()
    def _show(self) -> None:
        before, after = self._sides(self.area.currentText())
        self.before.show_rows(before)
        self.after.show_rows(after)
        changed = {side.reference for side in (*before, *after) if side.change is not None}
        self.count.setText(f"{counted(len(changed), 'application', 'applications')} marked as changed")
