"""What the window shows while no record is open."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.words import Words

STEPS = (
    ("file", "A record is one file that holds an office's funds and rounds. Its name ends in .panel."),
    ("ranking", "Open it to see each area's ranked list, the budget line and how every score came about."),
    ("export", "Export the award schedule as an Excel workbook and a PDF that agree to the penny."),
)


class WelcomePage(QWidget):
    """One question, one primary button, and what a record is."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look = look
        self._glyphs: list[tuple[QLabel, str]] = []
        self.open = Button(look, "Open a record…", kind="primary", icon="folder").does(actions["open"])
        self._guide = Button(look, "Read the guide", icon="help").does(actions["help"])
        card = Card(look, inset=(28, 24))
        card.body.addWidget(Words(look, "Welcome. What would you like to do?", size=20, weight=600))
        self._gap = card.body
        for icon, words in STEPS:
            card.body.addLayout(self._step(icon, words))
        card.body.addLayout(self._buttons())
        column = QVBoxLayout(self)
        column.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self._card = card
        look.changed.connect(self._refresh)
        self._refresh()

    def _step(self, icon: str, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        glyph = QLabel()
        self._glyphs.append((glyph, icon))
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(self._look, words, tone="text2").wrapped(), 1)
        row.setSpacing(self._look.px(12))
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addWidget(self._guide)
        row.addStretch(1)
        row.setSpacing(self._look.px(8))
        row.setContentsMargins(0, self._look.px(8), 0, 0)
        return row

    @Slot()
    def _refresh(self) -> None:
        look = self._look
        self._gap.setSpacing(look.px(14))
        self._card.setMaximumWidth(look.px(620))
        for label, icon in self._glyphs:
            label.setPixmap(look.glyph(icon, look.theme.accent_text, 20, self.devicePixelRatioF()))
