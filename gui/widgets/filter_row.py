"""Filter a ranked list by outcome with pills and by words in a box; the rule stands beside it."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from gui.keys.key_hints import with_key
from gui.tables.list_view import ListView
from gui.theme.look import look
from gui.widgets.flow import in_flow
from gui.widgets.label import ElidedLabel
from gui.widgets.nesting import fill, row_of
from gui.widgets.pill import Pill
from gui.widgets.speech.left_in_list import LeftInList
from gui.widgets.tips import set_tip
from gui.widgets.typed import TextLine
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark

ALL = "All"
BESIDE = {Mark.EXCEPTION: "Exceptions", Mark.UNREASONED: "No reason"}
"""What stands beside an outcome: those that have it are counted under their outcome as well."""
SPACES = 32
"""The room between the pills, the box and the rule."""
LEAST_RULE = 140
"""With less of it the rule would be cut to nothing that says anything."""


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
    """Pills for outcomes that occur, a box for words, and the allocation rule in words."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[Mark] = Counter()
        self._is_narrow = False
        self._group = QButtonGroup(self)
        self.pills = [Pill(ALL, None)]
        self.pills += [Pill(word, mark) for mark, word in OUTCOME_WORDS.items()]
        self.pills += [Pill(word, mark) for mark, word in BESIDE.items()]
        self.words = FilterBox()
        self._rule = ElidedLabel(size=12, weight=400, tone="muted")
        self._rule.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for pill in self.pills:
            self._group.addButton(pill)
        row = row_of(in_flow(self.pills, 1), spacing=1, edges=(0, 0, 3, 0), inside=self)
        row.addSpacing(look.px(6))
        row.addWidget(self.words)
        row.addSpacing(look.px(10))
        fill(row, (self._rule, 1), 0)
        self.pills[0].setChecked(True)
        self._group.buttonToggled.connect(self._tell)
        self.words.textChanged.connect(self.changed)
        self.words.left.connect(self.left)

    @property
    def mark(self) -> Mark | None:
        """Return the outcome that is chosen, None for all."""
        pill = self._group.checkedButton()
        value = pill.value if isinstance(pill, Pill) else None
        return value if isinstance(value, Mark) else None

    @property
    def text(self) -> str:
        """Return the words to find."""
        return self.words.text().strip()

    def lead_to(self, table: ListView[Any], is_line: Callable[[Any], bool]) -> None:
        """Leave the box for the table, and say to whoever hears it how many of its lines are left there."""
        self.left.connect(table.setFocus)
        LeftInList((self.words,), table, partial(self._number, self.pills[0]), is_line)

    def show_counts(self, counts: Counter[Mark]) -> None:
        """Show how many have each outcome; those that do not occur are left out."""
        self._counts = counts
        for pill in self.pills[1:]:
            number = self._number(pill)
            pill.setVisible(number > 0)
            if pill.isChecked() and not number:
                self.pills[0].setChecked(True)
        self._say()

    def _number(self, pill: Pill) -> int:
        if isinstance(pill.value, Mark):
            return self._counts[pill.value]
        return self._counts.total() - sum(self._counts[mark] for mark in BESIDE)

    def _words(self, pill: Pill) -> tuple[str, str]:
        """Return the words of a pill, without and with their number."""
        word = {**OUTCOME_WORDS, **BESIDE}[pill.value] if isinstance(pill.value, Mark) else ALL
        return word, f"{word} {self._number(pill):,}"

    def _say(self) -> None:
        """Name the pills; where there is little room their numbers are only read out, and the rule goes."""
        shown = [pill for pill in self.pills if pill is self.pills[0] or self._number(pill)]
        needed = sum(pill.room_for(self._words(pill)[1]) for pill in shown) + self.words.width()
        left = self.width() - needed - look.px(SPACES)
        self._rule.setVisible(not self._is_narrow and left >= look.px(LEAST_RULE))
        has_numbers = not self._is_narrow and left >= 0
        for pill in self.pills:
            word, words = self._words(pill)
            pill.show_words(words if has_numbers else word, name=words)

    def show_rule(self, words: str, tip: str) -> None:
        """Show the allocation rule in words; the tip says what it gives."""
        self._rule.explain(tip)
        self._rule.setAccessibleDescription(tip)
        self._rule.setText(words)
        self._rule.setAccessibleName(f"Rule: {words}")

    def fit(self, *, is_narrow: bool) -> None:
        """Leave the rule and the numbers out when there is no room for them."""
        self._is_narrow = is_narrow
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as the width has room for."""
        super().resizeEvent(event)
        self._say()

    def focus_words(self) -> None:
        """Put the cursor into the box."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    @Slot(object, bool)
    def _tell(self, pill: object, is_on: bool) -> None:
        if is_on:
            self.changed.emit()
