"""What the window shows while no record is open."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.words import Words

ACROSS = 2
"""Buttons side by side, so that all are there at twice the text size."""
STEPS = (
    ("file", "A record is one file that holds an office's funds and rounds. Its name ends in .panel."),
    (
        "ranking",
        "The sample is made up: a round with areas at every stage, to try everything on. It can be reset.",
    ),
    ("export", "Nothing leaves this computer. Every change is saved as it is made."),
)


class WelcomePage(QWidget):
    """One question, one primary button, and what a record is."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look = look
        self._glyphs: list[tuple[QLabel, str]] = []
        self.sample = Button(look, "Try the sample round", kind="primary", icon="ranking")
        self.sample.does(actions["sample"])
        self.open = Button(look, "Open a record…", icon="folder").does(actions["open"])
        self.new = Button(look, "Make a new record…", icon="file").does(actions["new"])
        self.pack = Button(look, "I was sent a pack…", icon="packs").does(actions["open_pack"])
        self._guide = Button(look, "Read the guide", kind="link").does(actions["help"])
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

    def _buttons(self) -> QGridLayout:
        row = QGridLayout()
        for number, button in enumerate((self.sample, self.new, self.open, self.pack, self._guide)):
            row.addWidget(button, number // ACROSS, number % ACROSS, Qt.AlignmentFlag.AlignLeft)
        row.setColumnStretch(ACROSS, 1)
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
