"""Words that were being typed when the program stopped, offered back."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import nest


class DraftsBar(Card):
    """One kept reason at a time, with what can be done about it."""

    used = Signal(str, str, str)
    dropped = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(14, 4), parent=parent)
        self._draft = ("", "", "")
        self.words = ElidedLabel(look)
        self.use = Button(look, "Restore them")
        self.drop = Button(look, "Discard them")
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.use)
        row.addWidget(self.drop)
        nest(self.body, row)
        self.setAccessibleName("Text saved earlier")
        self.use.clicked.connect(self._use)
        self.drop.clicked.connect(self._drop)
        self.hide()

    def show_drafts(self, reference: str, drafts: Mapping[str, str]) -> None:
        """Offer what was kept of one application's reasons, by criterion; nothing hides the bar."""
        self.setVisible(bool(drafts))
        for code, text in sorted(drafts.items())[:1]:
            self._draft = (reference, code, text)
            self.words.setText(f"Typed on {code} and not saved: “{text}”")

    @Slot()
    def _use(self) -> None:
        self.used.emit(*self._draft)

    @Slot()
    def _drop(self) -> None:
        self.dropped.emit(*self._draft[:2])
