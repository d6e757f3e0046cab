"""The foot of the item: what is left to agree, and the way on to the next item."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.pages.meeting.words import left_words
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel
from gui.widgets.words import ShortWords, stretch

NEXT = "Agree and next item"
HINT = "0–{} mark   ·   Tab reason"


class ItemFoot(QWidget):
    """A chip, a hint of the keys and the buttons; pinned beneath the item."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left: tuple[str, ...] = ()
        self._same, self._is_short = 0, False
        self.left = ChipLabel(look)
        self.hint = ShortWords(look, size=11, tone="text2")
        self._gap = stretch()
        self.same = Button(look, "Agree those given alike")
        self.reopen = Button(look, "Open this item again")
        self.next = Button(look, NEXT, kind="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(14), look.px(6), look.px(11), look.px(6))
        row.setSpacing(look.px(8))
        row.addWidget(self.left)
        row.addWidget(self.hint, 1)
        row.addWidget(self._gap, 1)
        for button in (self.same, self.reopen, self.next):
            row.addWidget(button)

    def show_left(self, left: tuple[str, ...]) -> None:
        """Show what is still to be agreed."""
        self._left = left
        words = left_words(left, is_short=self._is_short)
        self.left.show_state(Tone.WARNING if left else Tone.FUND, words)
        self.left.setAccessibleName(left_words(left))

    def show_same(self, number: int) -> None:
        """Offer to agree the marks that all gave alike."""
        self._same = number
        self.same.setVisible(number > 0)
        words = f"Agree {number} given alike"
        self.same.show_words(f"{number} alike" if self._is_short else words, name=words)

    def lock(self, *, is_locked: bool, can_reopen: bool) -> None:
        """Leave the way on only."""
        self.left.setVisible(not is_locked)
        self.reopen.setVisible(can_reopen)
        self.next.show_words("Next item" if is_locked else NEXT)
        if is_locked:
            self.same.hide()

    def fit(self, *, is_narrow: bool, is_short: bool, maximum: int) -> None:
        """Give up the hint where there is no room; say less where there is hardly any."""
        self._is_short = is_short
        self.show_left(self._left)
        if not self.same.isHidden():
            self.show_same(self._same)
        self.hint.setText(HINT.format(maximum))
        self._gap.setVisible(is_narrow)
        self.hint.setVisible(not is_narrow)
