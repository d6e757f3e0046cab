"""What stands in place of a list in which there is nothing to see yet: why, and the way to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import column_of


class Quiet(QWidget):
    """A sentence, and a button that shows the list."""

    opened = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.words = Label(look, tone="text2").wrapped()
        self.button = Button(look, "")
        self.button.clicked.connect(self.opened)
        card = Card(look, inset=(24, 20))
        card.body.addWidget(self.words)
        card.body.addSpacing(look.px(12))
        card.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column_of(card, 1, edges=(3, 0, 3, 0), inside=self)

    def say(self, words: str, action: str) -> None:
        """Say why there is nothing to see yet, and what the button shows."""
        self.words.setText(words)
        self.button.show_words(action)
