"""Two lists side by side, area by area: what stands and what would stand, with every change marked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.pages.deciding.ranking.comparing import COMPARE_COLUMNS, Side, Sides, side_key, side_name
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.scrolled import show_in
from gui.widgets.turned import ChoiceList
from gui.widgets.words import Words

NOT_SAVED = "Not saved: the official list and History are as they were."

NOTES = 104
"""The most height of the notes; more of them scroll."""


class CompareDialog(Dialog):
    """The two lists scroll together; closing it leaves the trial as it is."""

    def __init__(
        self,
        look: Look,
        heads: tuple[str, str],
        areas: Sequence[str],
        sides: Callable[[str], Sides],
        parent: QWidget,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare")
        self._sides = sides
        self.area = ChoiceList()
        self.area.setAccessibleName("Area")
        self.area.addItems(list(areas))
        self.area.setVisible(len(areas) > 1)
        self.count = Words(look, weight=600)
        self.before: LineView[Side] = LineView(look, COMPARE_COLUMNS, side_key, side_name)
        self.after: LineView[Side] = LineView(look, COMPARE_COLUMNS, side_key, side_name)
        self.notes = Words(look, "\n".join(notes), size=12).wrapped()
        self.close_button = Button(look, "Close")
        self._lay_out(look, heads)
        self.before.verticalScrollBar().valueChanged.connect(self.after.verticalScrollBar().setValue)
        self.after.verticalScrollBar().valueChanged.connect(self.before.verticalScrollBar().setValue)
        self.area.currentTextChanged.connect(self._show)
        self.close_button.clicked.connect(self.reject)
        self._show()
        self.after.setFocus()

    @Slot()
    def _show(self) -> None:
        before, after = self._sides(self.area.currentText())
        self.before.show_rows(before)
        self.after.show_rows(after)
        changed = {side.reference for side in (*before, *after) if side.change is not None}
        self.count.setText(f"{counted(len(changed), 'application', 'applications')} marked as changed")

    def _scrolled(self, look: Look) -> QScrollArea:
        """Return the notes in so much room that the lists keep theirs."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName("What is different")
        show_in(scroll, self.notes)
        scroll.setFixedHeight(min(self.notes.sizeHint().height() + look.px(4), look.px(NOTES)))
        return scroll

    def _lay_out(self, look: Look, heads: tuple[str, str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        top = QHBoxLayout()
        top.addWidget(Words(look, "Compare", size=15, weight=600))
        top.addStretch(1)
        top.addWidget(self.area)
        column.addLayout(top)
        column.addWidget(Words(look, NOT_SAVED, tone="warning").wrapped())
        column.addWidget(self.count)
        if self.notes.text():
            column.addWidget(self._scrolled(look))
        lists = QHBoxLayout()
        lists.setSpacing(look.px(12))
        for view, head in zip((self.before, self.after), heads, strict=True):
            view.setAccessibleName(head)
            half = QVBoxLayout()
            half.addWidget(Words(look, head, size=12, weight=600))
            half.addWidget(view, 1)
            lists.addLayout(half, 1)
        column.addLayout(lists, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        window = self.parentWidget()
        room = window.size() if window is not None else self.sizeHint()
        self.resize(min(look.px(1060), room.width() - 40), min(look.px(560), room.height() - 40))
