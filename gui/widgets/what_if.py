"""What if: the split, the way of combining and the rule tried out, with what would change; never saved."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QWidget

from gui.text import counted
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import ChipLabel
from gui.widgets.words import ShortWords, Words
from scoring import money
from scoring.scheme import Allocation, Combine, Scheme
from scoring.what_if import LEAST_SHARE, MOST_SHARE, Moved, Trial, has_two_sides

COMBINES = ((Combine.CONSENSUS, "Agreed marks"), (Combine.MEAN, "Mean"), (Combine.MEDIAN, "Median"))
RULES = (
    (Allocation.PART, "Part-fund at the line"),
    (Allocation.SKIP, "Skip what does not fit"),
    (Allocation.STOP, "Stop at the first"),
)
NAMED = 3


class WhatIfPanel(Card):
    """A slider and two choices. It tells what is tried and shows what would change."""

    tried = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(14, 8), parent=parent)
        self.setAccessibleName("What if")
        self._scheme: Scheme | None = None
        self.state = ChipLabel(look)
        self.state.show_state(Tone.WARNING, "Not saved")
        self.quality = ShortWords(look, size=12, weight=600)
        self.cost = ShortWords(look, size=12, weight=600).right()
        self.split = QSlider(Qt.Orientation.Horizontal)
        self.split.setRange(LEAST_SHARE, MOST_SHARE)
        self.split.setPageStep(5)
        self.combine = QComboBox()
        self.combine.setAccessibleName("How marks are combined")
        self.rule = QComboBox()
        self.rule.setAccessibleName("Allocation rule")
        self.changes = Words(look, size=12, weight=600).wrapped()
        self.named = Words(look, size=12, tone="text2").wrapped()
        self.back = Button(look, "Put back")
        self._look = look
        self._lay_out(look)
        look.changed.connect(self._dress)
        self._dress()
        self.split.valueChanged.connect(self._tell)
        self.combine.currentIndexChanged.connect(self._tell)
        self.rule.currentIndexChanged.connect(self._tell)
        self.back.clicked.connect(self.put_back)

    @property
    def trial(self) -> Trial:
        """Return what is tried."""
        scheme = self._scheme
        if scheme is None:
            return Trial()
        combine, rule = self.combine.currentData(), self.rule.currentData()
        share = self.split.value()
        return Trial(
            share if has_two_sides(scheme) and share * 10_000 != scheme.quality_1e4 else None,
            Combine(combine) if combine is not None and combine != scheme.combine else None,
            Allocation(rule) if rule is not None and rule != scheme.allocation else None,
        )

    def show_scheme(self, scheme: Scheme) -> None:
        """Start from another published scheme; nothing is tried."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        blocked = [QSignalBlocker(widget) for widget in (self.combine, self.rule)]
        self.combine.clear()
        for combine, words in COMBINES:
            self.combine.addItem(words, combine.value)
        if self.combine.findData(scheme.combine.value) < 0:
            self.combine.addItem("Trimmed mean", scheme.combine.value)
        self.rule.clear()
        for rule, words in RULES:
            self.rule.addItem(words, rule.value)
        self.split.setEnabled(has_two_sides(scheme))
        del blocked
        self.put_back()

    def show_moved(self, moved: tuple[Moved, ...]) -> None:
        """Show what would change, the first few by name."""
        count = counted(len(moved), "recommendation", "recommendations")
        self.changes.setText(f"{count} would change" if moved else "Nothing would change")
        words = "; ".join(one.words for one in moved[:NAMED])
        more = len(moved) - NAMED
        self.named.setText(f"{words}; and {more} more." if more > 0 else f"{words}." if words else "")

    @Slot()
    def put_back(self) -> None:
        """Go back to the published scheme."""
        scheme = self._scheme
        if scheme is None:
            return
        blocked = [QSignalBlocker(widget) for widget in (self.split, self.combine, self.rule)]
        self.split.setValue(scheme.quality_1e4 // 10_000)
        self.combine.setCurrentIndex(self.combine.findData(scheme.combine.value))
        self.rule.setCurrentIndex(self.rule.findData(scheme.allocation.value))
        del blocked
        self._tell()

    @Slot()
    def _tell(self) -> None:
        trial, scheme = self.trial, self._scheme
        if scheme is None:
            return
        quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
        if trial.quality_percent is not None:
            quality, cost = str(trial.quality_percent), str(100 - trial.quality_percent)
        self.quality.setText(f"Quality {quality}")
        self.cost.setText(f"Cost {cost}")
        self.split.setAccessibleName(f"Split, quality {quality}, cost {cost}")
        self.state.setVisible(not trial.is_official)
        self.back.setVisible(not trial.is_official)
        for words in (self.changes, self.named):
            words.setVisible(not trial.is_official)
        self.tried.emit(trial)

    @Slot()
    def _dress(self) -> None:
        for box in (self.combine, self.rule):
            box.setFont(self._look.font(12))

    def _lay_out(self, look: Look) -> None:
        top = QHBoxLayout()
        top.addWidget(Words(look, "What if", size=13, weight=600))
        top.addStretch(1)
        top.addWidget(self.back)
        top.addWidget(self.state)
        sides = QHBoxLayout()
        sides.addWidget(self.quality)
        sides.addWidget(self.cost)
        choices = QHBoxLayout()
        choices.setSpacing(look.px(6))
        for box in (self.combine, self.rule):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choices.addWidget(box, 2 if box is self.combine else 3)
        self.body.setSpacing(look.px(4))
        self.body.addLayout(top)
        self.body.addLayout(sides)
        self.body.addWidget(self.split)
        self.body.addLayout(choices)
        for words in (self.changes, self.named):
            self.body.addWidget(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back with Esc."""
        if event.key() == Qt.Key.Key_Escape and not self.trial.is_official:
            self.put_back()
        else:
            super().keyPressEvent(event)
