"""The applications that look alike, pair by pair and side by side: keep both, merge, or withdraw one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.pages.applications.lines import ApplicationList
from gui.pages.applications.merging import merging_words, pair_lines, pairs_of
from gui.pages.applications.pair_fields import PairFields
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.scrolled import show_in
from gui.widgets.words import Words
from models.values.alike import Alike

SAY_WHY = "Say why it is withdrawn. The reason is kept in History."


class CompareDialog(Dialog):
    """One pair at a time, all pairs in turn; it stays open until none is left or it is closed."""

    kept = Signal(str, str)
    withdrawing = Signal(str, str)
    merging = Signal(object, object, object)

    def __init__(self, look: Look, found: ApplicationList, reference: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._found = found
        self._pairs: tuple[Alike, ...] = ()
        self._at = 0
        self.is_waiting = False
        self.fields: PairFields | None = None
        self.title = Words(look, size=15, weight=600)
        self._why = Words(look, tone="text2").wrapped()
        self.effect = Words(look, size=12, tone="text2").wrapped()
        self.problem = Words(look, tone="danger").wrapped()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Reason, needed to withdraw one without merging")
        self.reason.setAccessibleName("Reason to withdraw")
        self.reading = QScrollArea()
        self.next = Button(look, "Next pair")
        self.keep = Button(look, "Keep both")
        self.withdraw = (Button(look, ""), Button(look, ""))
        self.merge = Button(look, "", kind="primary")
        self.cancel = Button(look, "Close")
        self._lay_out()
        self._connect()
        self.take(found, reference)
        height = min(look.px(560), max(parent.height() - look.px(20), look.px(240)))
        self.resize(min(look.px(820), max(parent.width() - look.px(20), 320)), height)

    @property
    def pair(self) -> tuple[str, str]:
        """Return the references of the pair on show."""
        return self._pairs[self._at].pair

    def take(self, found: ApplicationList, reference: str = "") -> None:
        """Show the pairs as they stand; closed when none is left. `reference` says whose comes first."""
        self._found, self._pairs = found, pairs_of(found)
        if not self._pairs:
            self.accept()
            return
        if reference:
            self._at = next(n for n, pair in enumerate(self._pairs) if reference in pair.pair)
        self._at %= len(self._pairs)
        self._show_pair()

    def refuse(self, words: str) -> None:
        """Say why the record did not take it; the pair stays."""
        self._set_waiting(is_waiting=False)
        self._say(words)

    def _show_pair(self) -> None:
        pair = self._pairs[self._at]
        one, other = pair_lines(self._found, pair)
        number = f"Pair {self._at + 1:,} of {len(self._pairs):,}: " if len(self._pairs) > 1 else ""
        self.title.setText(f"{number}{pair.first} and {pair.second}")
        self.setWindowTitle(self.title.text())
        self._why.setText(f"{sentence(pair.words)} Nothing is decided automatically.")
        self.fields = PairFields(self._look, one.of.row, other.of.row)
        self.fields.changed.connect(self._tell_effect)
        show_in(self.reading, self.fields)
        self.reading.verticalScrollBar().setValue(0)
        self.next.setVisible(len(self._pairs) > 1)
        for button, reference in zip(self.withdraw, pair.pair, strict=True):
            button.show_words(f"Withdraw {reference}")
        self.reason.clear()
        self.problem.hide()
        self._set_waiting(is_waiting=False)
        self._tell_effect()

    @Slot()
    def _tell_effect(self) -> None:
        fields = self.fields
        if fields is not None:
            self.effect.setText(f"Merge: {merging_words(fields.kept, fields.other, fields.taken)}")
            self.merge.show_words(f"Merge into {fields.kept.reference}")

    @Slot()
    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._pairs)
        self._show_pair()

    @Slot()
    def _keep(self) -> None:
        self._set_waiting(is_waiting=True)
        self.kept.emit(*self.pair)

    @Slot()
    def _merge(self) -> None:
        fields = self.fields
        if fields is not None:
            self._set_waiting(is_waiting=True)
            self.merging.emit(fields.kept, fields.other, fields.taken)

    @Slot()
    def _withdraw_first(self) -> None:
        self._withdraw(self.pair[0])

    @Slot()
    def _withdraw_second(self) -> None:
        self._withdraw(self.pair[1])

    def _withdraw(self, reference: str) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._say(SAY_WHY)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_waiting(is_waiting=True)
        self.withdrawing.emit(reference, reason)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.setAccessibleDescription(words)

    def _set_waiting(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        for button in (self.next, self.keep, self.merge, *self.withdraw):
            button.setEnabled(not is_waiting)

    def _connect(self) -> None:
        self.next.clicked.connect(self._next)
        self.keep.clicked.connect(self._keep)
        self.merge.clicked.connect(self._merge)
        self.withdraw[0].clicked.connect(self._withdraw_first)
        self.withdraw[1].clicked.connect(self._withdraw_second)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        px = self._look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        column.addWidget(self.title)
        column.addWidget(self._why)
        self.reading.setWidgetResizable(True)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.viewport().setAutoFillBackground(False)
        self.reading.setAccessibleName("The two applications, field by field")
        column.addWidget(self.reading, 1)
        column.addWidget(self.effect)
        column.addWidget(self.problem)
        self.problem.hide()
        away = QHBoxLayout()
        away.setSpacing(px(8))
        away.addWidget(self.reason, 1)
        for button in self.withdraw:
            away.addWidget(button)
        column.addLayout(away)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.next)
        row.addStretch(1)
        for button in (self.cancel, self.keep, self.merge):
            row.addWidget(button)
        column.addLayout(row)
