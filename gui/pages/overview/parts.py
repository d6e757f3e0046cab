"""The overview's tiles, tasks and dates."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.overview.task import Task
from gui.pages.page import PageTools
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, FigureLabel, Label, PlainLabel
from gui.widgets.nesting import nest
from scoring.written.days import is_year_plain, short_date, short_day

if TYPE_CHECKING:
    from models.queries.panel.overview import DateLine, Tile


class TileCard(Card):
    """A caption, a large figure and a few words."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._caption = ElidedLabel(look, size=12, tone="text2")
        self.figure = FigureLabel(look, size=22, weight=650)
        self._words = Label(look, size=12, tone="text2").wrapped()
        self.body.addWidget(self._caption)
        self.body.addWidget(self.figure)
        self.body.addWidget(self._words)

    def show_tile(self, tile: "Tile") -> None:
        """Show another figure."""
        self._caption.setText(tile.caption)
        self.figure.setText(tile.figure)
        words = ours(tile.words)
        self._words.setText(words)
        self.setAccessibleName(f"{tile.caption}: {tile.figure}, {words}")


class TaskRow(QWidget):
    """One task: its glyph on the pale square of its tone, what and why, and the button that leads to it."""

    def __init__(self, tools: PageTools, task: Task, *, number: int, of: int) -> None:
        super().__init__()
        look = tools.look
        self._tools, self._task = tools, task
        self.button = Button(look, task.way.button, kind="plain" if number > 1 else "primary")
        self.button.setAccessibleName(f"{task.way.button}. Task {number} of {of}, {ours(task.to_do.words)}")
        self.button.clicked.connect(self._ask)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, ours(task.to_do.words), weight=600).wrapped())
        words.addWidget(Label(look, ours(task.to_do.note), size=12, tone="text2").wrapped())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(6), 0, look.px(6))
        row.setSpacing(look.px(12))
        row.addWidget(_sign(look, task))
        nest(row, words, 1)
        row.addWidget(self.button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the task with Enter, which a button outside a dialog leaves alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _ask(self) -> None:
        if self._task.way.action:
            self._tools.actions[self._task.way.action].trigger()
        elif self._task.to_do.stage:
            self._tools.ask_stage(self._task.to_do.stage)
        else:
            self._tools.go(self._task.way.page, self._task.reference)


def _sign(look: Look, task: Task) -> PlainLabel:
    pair, sign = look.theme.state(task.tone), PlainLabel()
    sign.setFixedSize(look.px(34), look.px(34))
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(f"background: {pair.fill}; border-radius: {look.px(6)}px")
    sign.setPixmap(look.glyph(task.way.icon, pair.text, 18, sign.devicePixelRatioF()))
    return sign


class DateGrid(QWidget):
    """The days to come: when, what, where."""

    def __init__(self, look: Look, lines: "tuple[DateLine, ...]", today: date) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(2, 1)
        for row, line in enumerate(lines):
            short = short_date if is_year_plain(line.day, today) else short_day
            day = f"{line.day:%a} {short(line.day)}"
            grid.addWidget(Label(look, day, weight=600), row, 0)
            grid.addWidget(Label(look, line.what), row, 1)
            grid.addWidget(ElidedLabel(look, ours(line.where), tone="text2"), row, 2)
