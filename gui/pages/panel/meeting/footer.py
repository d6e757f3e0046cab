"""The foot of the item: what is left to agree, and the way on to the next item."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.text import counted
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.chip import ChipLabel, chip_width
from gui.widgets.label import ElidedLabel, stretch

NEXT, NEXT_NOTED = "Agree and next item", "Close and next item"
ATTENDANCE = "Say who is here"
HINT, HINT_NOTED = "0–{} mark   ·   ↓ next criterion   ·   Tab reason", "Tab note"


class ItemButtons(QWidget):
    """A chip, a hint of the keys and the buttons; pinned beneath the item."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._left, self._words, self._next, self._hint = 0, "", NEXT, HINT
        self._same, self._is_short, self._is_narrow, self._is_locked = 0, False, False, False
        self.left = ChipLabel(look)
        self.hint = ElidedLabel(look, size=11, tone="text2")
        self._gap = stretch()
        self.same = Button(look, "Agree unanimous marks")
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

    def show_left(self, left: int, words: str, *, is_agreed: bool) -> None:
        """Show how many criteria are still to be settled, and which; marks are agreed, or talk is noted."""
        self._left, self._words = left, words
        self._next, self._hint = (NEXT, HINT) if is_agreed else (NEXT_NOTED, HINT_NOTED)
        self._show_left()

    def _show_left(self) -> None:
        needs = self.hint.fontMetrics().horizontalAdvance(self.hint.text()) + self._look.px(8)
        wanted = 0 if self._is_narrow or self._is_locked else needs
        is_short = self._left and (self._is_short or self._room_beside(self._words) < wanted)
        words = f"{self._left} left" if is_short else self._words
        self.left.show_state(Tone.WARNING if self._left else Tone.FUND, words)
        self.left.setAccessibleName(self._words)
        has_hint = bool(wanted) and self._room_beside(words) >= needs
        self._gap.setVisible(not has_hint)
        self.hint.setVisible(has_hint)

    def _room_beside(self, words: str) -> int:
        """Return what the chip with these words and the buttons leave free; below nought they are cut."""
        shown = [button for button in (self.same, self.reopen, self.next) if not button.isHidden()]
        px = self._look.px
        buttons = sum(button.sizeHint().width() + px(8) for button in shown)
        chip = 0 if self.left.isHidden() else chip_width(self._look, words)
        return self.width() - chip - buttons - px(14 + 11) - 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as the width has room for."""
        super().resizeEvent(event)
        self._show_left()

    def show_same(self, number: int) -> None:
        """Offer to agree the marks that all gave alike."""
        self._same = number
        self.same.setVisible(number > 0)
        words = f"Agree {counted(number, 'unanimous mark', 'unanimous marks')}"
        self.same.show_words(f"{number} unanimous" if self._is_short else words, name=words)
        self._show_left()

    def lock(self, *, is_locked: bool, can_reopen: bool, lacks_attendance: bool, onward: str) -> None:
        """Leave the way on only, said in the words of `onward`, or first to who is here."""
        self._is_locked = is_locked
        self.left.setVisible(not is_locked)
        self.reopen.setVisible(can_reopen)
        self.next.show_words(ATTENDANCE if lacks_attendance else onward if is_locked else self._next)
        if is_locked:
            self.same.hide()
        self._show_left()

    def fit(self, *, is_narrow: bool, is_short: bool, maximum: int) -> None:
        """Give up the hint where there is no room; say less where there is hardly any."""
        self._is_short, self._is_narrow = is_short, is_narrow
        self.hint.setText(self._hint.format(maximum))
        self._show_left()
        if not self.same.isHidden():
            self.show_same(self._same)
