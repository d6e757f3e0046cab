"""Filter a ranked list by outcome with pills and by words in a box; the rule stands beside it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from gui.keys.key_map import with_key
from gui.tables.line_view import LineView
from gui.theme.look import RIGHT, look
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import row_of
from gui.widgets.pill import CountedPills
from gui.widgets.speech.announcing import LeftInList
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark

BESIDE = {Mark.EXCEPTION: "Exceptions", Mark.UNREASONED: "No reason"}
"""What stands beside an outcome: those that have it are counted under their outcome as well."""


class FilterBox(TextLine):
    """A box to type words into; Esc clears it, and leaves it when it is clear."""

    left = Signal()

    def __init__(self, words: str = "Filter by reference, applicant or project") -> None:
        super().__init__()
        self._words = words
        self.setPlaceholderText("Filter")
        self.setAccessibleName(words)
        self.show_key("")
        self.setProperty("kind", "small")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self._refresh)

    def show_key(self, key: str) -> None:
        """Name the key that comes here, "" where there is none."""
        set_tip(self, with_key(self._words, key))

    @Slot()
    def _refresh(self) -> None:
        self.setFont(look.font(12))
        self.setFixedWidth(look.px(128))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Esc, then go back to the list; Down goes to the list too."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterRow(QWidget):
    """Pills for outcomes that occur, a box for words, and the allocation rule, where there is room."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._whole, self._is_low = 0, False
        self.outcomes = CountedPills((word, mark) for mark, word in (OUTCOME_WORDS | BESIDE).items())
        self.words = FilterBox()
        self._rule = ElidedLabel(size=12, weight=400, tone="muted")
        self._rule.setAlignment(RIGHT)
        self._row = row_of(
            row_of(self.outcomes, self.words, 1, spacing=8),
            (self._rule, 1),
            spacing=4,
            edges=(0, 0, 3, 0),
            inside=self,
        )
        self.outcomes.changed.connect(self.changed)
        self.words.textChanged.connect(self.changed)
        self.words.left.connect(self.left)

    @property
    def mark(self) -> Mark | None:
        """Return the outcome that is chosen, None for all."""
        mark: Mark | None = self.outcomes.value
        return mark

    @property
    def text(self) -> str:
        return self.words.text().strip()

    def lead_to(self, table: LineView[Any], is_line: Callable[[Any], bool]) -> None:
        """Leave the box for the table, and say to whoever hears it how many of its lines are left there."""
        self.left.connect(table.setFocus)
        LeftInList((self.words,), table, lambda: self._whole, is_line)

    def show_counts(self, counts: Counter[Mark]) -> None:
        """Show how many have each outcome; those that do not occur are left out."""
        self._whole = counts.total() - sum(counts[mark] for mark in BESIDE)
        self.outcomes.show_counts(self._whole, counts)
        self._fit()

    def show_rule(self, words: str, tip: str) -> None:
        """Show the allocation rule in words; the tip says what it gives."""
        self._rule.explain(tip)
        self._rule.setAccessibleDescription(tip)
        self._rule.setText(words)
        self._rule.setAccessibleName(f"Rule: {words}")
        self._fit()

    def fit(self, *, is_low: bool) -> None:
        """Have no line for the rule alone in a low window."""
        self._is_low = is_low
        self._fit()

    def focus_words(self) -> None:
        """Put the cursor into the box."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the rule where it has room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Stand the rule beside the rest, or beneath it where it would be cut and there is room for that."""
        whole = sum(part.sizeHint().width() for part in (self.outcomes, self.words, self._rule))
        way = QBoxLayout.Direction
        is_beside = whole + look.px(20) <= self.width()
        self._row.setDirection(way.LeftToRight if is_beside else way.TopToBottom)
        self._rule.setVisible(is_beside or not self._is_low)  # last: what is shown is laid out at once
