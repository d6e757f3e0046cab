"""What is tried beside the split: how marks are combined, a member left out, and the rule."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from gui.theme.look import Look
from gui.widgets.turned import ChoiceList
from scoring.scheme import Allocation, Combine, Scheme

COMBINES = ((Combine.CONSENSUS, "Agreed marks"), (Combine.MEAN, "Mean"), (Combine.MEDIAN, "Median"))
RULES = (
    (Allocation.PART, "Part-fund at the line"),
    (Allocation.SKIP, "Skip what does not fit"),
    (Allocation.STOP, "Stop at the first"),
)


class WhatIfChoices(QWidget):
    """Three lists to choose from; `changed` when another entry of one is chosen."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._members: tuple[tuple[str, str], ...] | None = None
        self.combine, self.without, self.rule = ChoiceList(), ChoiceList(), ChoiceList()
        self.combine.setAccessibleName("How marks are combined")
        self.without.setAccessibleName("Leave one member out")
        self.rule.setAccessibleName("Allocation rule")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(6))
        grid.addWidget(self.combine, 0, 0)
        grid.addWidget(self.without, 0, 1)
        grid.addWidget(self.rule, 1, 0, 1, 2)
        for box in (self.combine, self.without, self.rule):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self.changed)
        look.changed.connect(self._dress)
        self._dress()

    def show_members(self, members: Sequence[tuple[str, str]]) -> None:
        """Offer the members (code and name) who may be left out; the one chosen stays while there."""
        if tuple(members) == self._members:
            return
        self._members = tuple(members)
        held = self.without.currentData()
        blocked = QSignalBlocker(self.without)
        self.without.clear()
        self.without.addItem("Everybody", "")
        for code, name in members:
            self.without.addItem(f"Without {name}", code)
        self.without.setCurrentIndex(max(self.without.findData(held), 0))
        self.without.setEnabled(len(members) > 1)
        del blocked

    def offer(self, scheme: Scheme) -> None:
        """Offer what can be tried on a scheme."""
        blocked = QSignalBlocker(self)
        self.combine.clear()
        for combine, words in COMBINES:
            self.combine.addItem(words, combine.value)
        if self.combine.findData(scheme.combine.value) < 0:
            self.combine.addItem("Trimmed mean", scheme.combine.value)
        self.rule.clear()
        for rule, words in RULES:
            self.rule.addItem(words, rule.value)
        del blocked

    def put_back(self, scheme: Scheme) -> None:
        """Choose what the scheme says, with everybody, and tell nobody."""
        blocked = QSignalBlocker(self)
        self.without.setCurrentIndex(0)
        self.combine.setCurrentIndex(self.combine.findData(scheme.combine.value))
        self.rule.setCurrentIndex(self.rule.findData(scheme.allocation.value))
        del blocked

    def let_choose(self, *, is_on: bool) -> None:
        """Have them open, or closed while amounts are tried."""
        self.combine.setEnabled(is_on)
        self.rule.setEnabled(is_on)
        self.without.setEnabled(is_on and self.without.count() > 2)

    @Slot()
    def _dress(self) -> None:
        for box in (self.combine, self.rule, self.without):
            box.setFont(self._look.font(12))
