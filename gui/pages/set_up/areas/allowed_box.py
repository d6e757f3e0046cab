"""What is allowed over the pot of one area: by whom and why, taken back or added to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from scoring.allocating.over_pot import allowed_by
from scoring.money import short_pounds
from scoring.ranking import Allowance

NOTHING_ALLOWED = "Nobody allows more than the pot and its published tolerance."


class AllowedBox(QWidget):
    """Each authority in a sentence with a link to take it back, and one to record another."""

    asked = Signal()
    taken_back = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_open = False
        self._shown: tuple[Allowance, ...] | None = None
        self.record = Button(look, "Record authority…", kind="link")
        self.record.clicked.connect(self.asked)
        self.lines: list[Label] = []
        self.links: list[Button] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(Label(look, "Allowed over the pot", size=12, weight=600))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(2))
        nest(column, self._rows)
        column.addWidget(self.record)

    def show_allowances(self, allowances: Sequence[Allowance]) -> None:
        """Show what is allowed in an area, the same widgets while it is the same."""
        if tuple(allowances) == self._shown:
            return
        self._shown = tuple(allowances)
        for widget in (*self.lines, *self.links):
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.lines, self.links = [], []
        for one in allowances:
            self._add(one)
        if not allowances:
            self._say(NOTHING_ALLOWED)

    def set_open(self, is_open: bool) -> None:
        """Let authorities be recorded and taken back, or only be read."""
        self._is_open = is_open
        for button in (self.record, *self.links):
            button.setVisible(is_open)

    def _add(self, one: Allowance) -> None:
        self._say(f"{short_pounds(one.pence)} {allowed_by(one, short_pounds)}.")
        link = Button(self._look, "Take back", kind="link")
        link.setAccessibleName(f"Take back the {short_pounds(one.pence)} that {one.name} allows")
        link.clicked.connect(partial(self.taken_back.emit, one))
        link.setVisible(self._is_open)
        self.links.append(link)
        self._rows.addWidget(link)

    def _say(self, words: str) -> None:
        line = Label(self._look, words, size=12, tone="text2").wrapped()
        self.lines.append(line)
        self._rows.addWidget(line)
