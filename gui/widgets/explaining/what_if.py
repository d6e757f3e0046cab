"""What if: split, combining, rule, a member left out and amounts, with what would change; never saved."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.text import counted
from gui.theme.look import Look
from gui.theme.tokens import Tone
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.explaining.what_if_choices import WhatIfChoices
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.nesting import nest
from gui.widgets.tips import set_tip
from gui.widgets.turned import LevelSlider
from scoring import money
from scoring.explaining.what_if import LEAST_SHARE, MOST_SHARE, Trial, has_two_sides
from scoring.scheme import Allocation, Combine, Scheme

NAMED = 3
MORE, LESS = "More to try: marks, members and the rule", "Less to try: the split alone"
HOW_AMOUNTS = "Type amounts in the list. Nothing is recorded."


class Change(Protocol):
    """One application that would fare otherwise."""

    @property
    def words(self) -> str:
        """Return the change: "Pendeford Parents £1,870 to £0"."""


class WhatIfPanel(Card):
    """A slider and two choices. It tells what is tried and shows what would change."""

    tried = Signal(object)
    amounts_turned = Signal(bool)
    compare_asked = Signal()
    apply_asked = Signal()
    put_back_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, inset=(14, 8), parent=parent)
        self.setAccessibleName("What if")
        self._scheme: Scheme | None = None
        self.state = ChipLabel(look)
        self.state.show_state(Tone.WARNING, "Not saved")
        self.quality = ElidedLabel(look, size=12, weight=600)
        self.range = ElidedLabel(look, size=12, tone="text2")
        self.range.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cost = ElidedLabel(look, size=12, weight=600).right()
        self.split = LevelSlider()
        self.split.setRange(LEAST_SHARE, MOST_SHARE)
        self.split.setPageStep(5)
        self.choices = WhatIfChoices(look)
        self.show_members = self.choices.show_members
        self.amounts = Button(look, "Try amounts", kind="link")
        self.amounts.setCheckable(True)
        set_tip(self.amounts, "Edit amounts in the list without recording them")
        self._has_amounts = False
        self._is_folded = self._is_low = False
        self._has_more = False
        self._fields = QWidget()
        self.fold, self.more = Button(look, "", kind="link"), Button(look, "", kind="link")
        self.fold.clicked.connect(self._turn_fold)
        self.more.clicked.connect(self._turn_more)
        self.changes = Label(look, size=12, weight=600).wrapped()
        self.named = Label(look, size=12, tone="text2").wrapped()
        self.back = Button(look, "Reset")
        self.compare = Button(look, "Compare")
        self.apply = Button(look, "Record…")
        self._lay_out(look)
        self.split.valueChanged.connect(self._tell)
        self.choices.changed.connect(self._tell)
        self.back.clicked.connect(self.put_back)
        self.compare.clicked.connect(self.compare_asked)
        self.apply.clicked.connect(self.apply_asked)
        self.amounts.toggled.connect(self._turn_amounts)

    @property
    def trial(self) -> Trial:
        """Return what is tried."""
        scheme = self._scheme
        if scheme is None:
            return Trial()
        combine, rule = self.choices.combine.currentData(), self.choices.rule.currentData()
        share = self.split.value()
        return Trial(
            share if has_two_sides(scheme) and share * 10_000 != scheme.quality_1e4 else None,
            Combine(combine) if combine is not None and combine != scheme.combine else None,
            Allocation(rule) if rule is not None and rule != scheme.allocation else None,
            self.choices.without.currentData() or None,
        )

    @property
    def is_on(self) -> bool:
        """Whether anything is tried."""
        return self._has_amounts or not self.trial.is_official

    @property
    def is_folded(self) -> bool:
        """Whether only the head is shown."""
        return self._fields.isHidden()

    def fit(self, *, is_low: bool, has_room: bool) -> None:
        """Leave the explanation its room: but for a high window the choices wait, in a low one all does."""
        self._is_folded = self._is_low = is_low
        self._has_more = has_room
        self._show_state()

    def open(self) -> None:
        """Fold the panel open."""
        self._is_folded = False
        self._show_state()

    def show_range(self, words: str) -> None:
        """Show what split keeps the list as it is, "" until it is known."""
        self.range.setText(words)
        self.split.setAccessibleDescription(words)

    def show_amounts(self, moved: Sequence[Change], *, is_on: bool) -> None:
        """Show which amounts are tried; while they are, only they can be."""
        self._has_amounts = is_on
        blocked = QSignalBlocker(self.amounts)
        self.amounts.setChecked(is_on)
        del blocked
        self._enable()
        if is_on:
            self.show_moved(moved)
            self.changes.setText(self.changes.text() if moved else HOW_AMOUNTS)
        self.apply.setEnabled(bool(moved))
        self._show_state()

    def show_scheme(self, scheme: Scheme) -> None:
        """Start from another published scheme; nothing is tried."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        self.choices.offer(scheme)
        self._enable()
        self.put_back()

    def show_moved(self, moved: Sequence[Change], note: str = "") -> None:
        """Show what would change, the first few by name, and what it is compared with."""
        count = counted(len(moved), "recommendation", "recommendations")
        self.changes.setText(f"{count} would change" if moved else "Nothing would change")
        words = "; ".join(one.words for one in moved[:NAMED])
        more = len(moved) - NAMED
        shown = f"{words}; and {more} more." if more > 0 else f"{words}." if words else ""
        self.named.setText(f"{shown} {note}".strip())

    @Slot()
    def put_back(self) -> None:
        """Go back to the published scheme."""
        scheme = self._scheme
        if scheme is None:
            return
        blocked = QSignalBlocker(self.split)
        self.split.setValue(scheme.quality_1e4 // 10_000)
        del blocked
        self.choices.put_back(scheme)
        self.put_back_asked.emit()
        self._tell()

    def _enable(self) -> None:
        """Have all open that the scheme has; while amounts are tried, only they can be."""
        scheme, is_on = self._scheme, not self._has_amounts
        self.split.setEnabled(is_on and scheme is not None and has_two_sides(scheme))
        self.choices.let_choose(is_on=is_on)

    @Slot(bool)
    def _turn_amounts(self, is_on: bool) -> None:
        if is_on:
            self.put_back()
            self.amounts_turned.emit(True)
        else:
            self.put_back()

    def _show_state(self) -> None:
        """Show the chip, the changes and the buttons only while something is tried."""
        for widget in (self.state, self.back, self.compare, self.changes, self.named):
            widget.setVisible(self.is_on)
        self.apply.setVisible(self._has_amounts)
        is_open = self.is_on or not self._is_folded
        self._fields.setVisible(is_open)
        is_chosen = self._is_chosen()
        self.choices.setVisible(self._has_more or is_chosen)
        self.more.setVisible(is_open and not is_chosen and not self._has_amounts)
        self.more.show_words("Less" if self._has_more else "More", name=LESS if self._has_more else MORE)
        self.fold.setVisible(self._is_low and not self.is_on)
        self.fold.show_words(
            "Hide" if is_open else "Try…", name="Hide What if" if is_open else "Open What if"
        )
        self.amounts.setVisible(is_open and (self._has_amounts or self.trial.is_official))

    def _is_chosen(self) -> bool:
        """Whether anything but the split and amounts is tried: it is never out of sight."""
        trial = self.trial
        return not (trial.combine is None and trial.allocation is None and trial.without is None)

    @Slot()
    def _turn_more(self) -> None:
        self._has_more = not self._has_more
        self._show_state()

    @Slot()
    def _turn_fold(self) -> None:
        self._is_folded = not self._is_folded
        self._show_state()

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
        if scheme.quality_1e4 % 10_000 == 0:
            self.back.show_words(f"Reset to {scheme.quality_1e4 // 10_000} : {scheme.cost_1e4 // 10_000}")
        if trial.quality_percent is None:
            self.back.show_words("Reset")
        self._show_state()
        self.tried.emit(trial)

    def _lay_out(self, look: Look) -> None:
        top = QHBoxLayout()
        top.addWidget(Label(look, "What if", size=13, weight=600))
        top.addStretch(1)
        top.addWidget(self.amounts)
        top.addWidget(self.state)
        top.addWidget(self.more)
        top.addWidget(self.fold)
        sides = QHBoxLayout()
        for words in (self.quality, self.range, self.cost):
            sides.addWidget(words)
        self.body.setSpacing(look.px(4))
        nest(self.body, top)
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(look.px(4))
        nest(fields, sides)
        fields.addWidget(self.split)
        fields.addWidget(self.choices)
        self.body.addWidget(self._fields)
        for said in (self.changes, self.named):
            self.body.addWidget(said)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(6))
        for button in (self.back, self.compare, self.apply):
            foot.addWidget(button)
        foot.addStretch(1)
        nest(self.body, foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put back with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.is_on:
            self.put_back()
        else:
            super().keyPressEvent(event)
