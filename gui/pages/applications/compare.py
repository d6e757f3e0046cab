"""The applications that look alike, pair by pair and side by side: keep both, merge, or withdraw one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.dialogs.form import Form
from gui.pages.applications.lines import ApplicationList, pair_lines, pairs_of
from gui.pages.applications.pair_fields import PairFields
from gui.text import sentence
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.scrolled import ReadArea, show_in
from gui.widgets.typed import TextLine
from models.operations.applications.corrections import merging_words
from models.values.importing import DuplicateCandidate

LEAST = 200
"""The least height of the two applications, for a 13 px base."""
SAY_WHY = "Say why it is withdrawn. The reason is recorded in History."


class CompareDialog(Form):
    """One pair at a time, all pairs in turn; it stays open until none is left or it is closed."""

    kept = Signal(str, str)
    withdrawing = Signal(str, str)
    merging = Signal(object, object, object)

    def __init__(self, look: Look, found: ApplicationList, reference: str, parent: QWidget) -> None:
        super().__init__(look, "", (), "Merge", parent, 820, height=560, away="Close")
        self._found = found
        self._pairs: tuple[DuplicateCandidate, ...] = ()
        self._at = 0
        self.fields: PairFields | None = None
        self.title, self.merge = self.heading, self.do
        self._why = self.sentence("", tone="text2")
        self.reading = self.put(ReadArea(), 1)
        self.reading.setWidgetResizable(True)
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.viewport().setAutoFillBackground(False)
        self.reading.setAccessibleName("The two applications, field by field")
        self.reading.setMinimumHeight(look.px(LEAST))
        self.effect = self.sentence("", size=12, tone="text2")
        self.reason = TextLine()
        self.reason.setPlaceholderText("Reason, needed to withdraw one without merging")
        self.reason.setAccessibleName("Reason to withdraw")
        self.withdraw = (Button(look, ""), Button(look, ""))
        self.next = Button(look, "Next pair")
        self.keep = Button(look, "Keep both")
        away = self.row()
        away.addWidget(self.reason, 1)
        for button in self.withdraw:
            away.addWidget(button)
        self._connect()
        self.finish(self.reading, (self.next,))
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.keep)
        self.take(found, reference)

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

    def tell_refused(self, words: str) -> None:
        """Say why the record did not take it; the pair stays."""
        self._set_waiting(is_waiting=False)
        super().tell_refused(words)

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
        self.problem.clear()
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

    def try_action(self) -> None:
        """Merge the pair as it is chosen."""
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
            self.refuse(SAY_WHY, self.reason)
            return
        self._set_waiting(is_waiting=True)
        self.withdrawing.emit(reference, reason)

    def _set_waiting(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        for button in (self.next, self.keep, self.merge, *self.withdraw):
            button.setEnabled(not is_waiting)

    def _connect(self) -> None:
        self.next.clicked.connect(self._next)
        self.keep.clicked.connect(self._keep)
        self.withdraw[0].clicked.connect(self._withdraw_first)
        self.withdraw[1].clicked.connect(self._withdraw_second)
