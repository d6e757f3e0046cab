"""The applications that look alike, pair by pair and side by side: keep both, merge, or withdraw one."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from gui.dialogs.form import Form
from gui.pages.applications.lines import ApplicationList, pair_lines, pairs_of
from gui.text import NOTHING, sentence
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.label import Label, small
from gui.widgets.nesting import fill, nest_in_cell, row_of
from gui.widgets.scrolled import ScrollPane, show_in
from gui.widgets.typed import TextLine
from models.operations.applications.corrections import (
    KeepApart,
    SetWithdrawn,
    differing_fields,
    merge_change,
    merging_words,
)
from models.values.applications import FIELD_WORDS, printed
from models.values.importing import DuplicateCandidate
from models.values.rows import ApplicationRow

KEPT = "Reference to keep"
LEAST = 200
"""The least height of the two applications, for a 13 px base."""
SAY_WHY = "Say why it is withdrawn. The reason is recorded in History."


class PairFields(QWidget):
    """A field a line; the first line chooses which reference is kept, and with it all values at first."""

    changed = Signal()

    def __init__(self, one: ApplicationRow, other: ApplicationRow) -> None:
        super().__init__()
        self._rows = (one, other)
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self._groups: list[QButtonGroup] = []
        self._grid = QGridLayout(self)
        space(self._grid, (14, 6), (0, 0, 10, 0))
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._fill()
        self.choices["reference"][0].toggled.connect(self._keep_other)

    @property
    def kept(self) -> ApplicationRow:
        """Return the application whose reference is kept."""
        return self._rows[0] if self.choices["reference"][0].isChecked() else self._rows[1]

    @property
    def other(self) -> ApplicationRow:
        """Return the one that would be withdrawn."""
        return self._rows[1] if self.kept is self._rows[0] else self._rows[0]

    @property
    def taken(self) -> tuple[str, ...]:
        """Return the fields that are taken from the other one."""
        own = 0 if self.kept is self._rows[0] else 1
        return tuple(
            name for name, boxes in self.choices.items() if name != "reference" and not boxes[own].isChecked()
        )

    def _fill(self) -> None:
        differ = differing_fields(*self._rows)
        self._line("reference", KEPT, is_choice=True)
        for name, words in FIELD_WORDS.items():
            if name == "reference" or all(printed(row, name) == NOTHING for row in self._rows):
                continue
            is_choice = name in differ
            self._line(name, f"{words} (differs)" if is_choice else words, is_choice=is_choice)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _line(self, name: str, words: str, *, is_choice: bool) -> None:
        at = self._grid.rowCount()
        tone = "warning" if is_choice and name != "reference" else "muted"
        label = small(words, tone=tone)
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        boxes = []
        for column, row in enumerate(self._rows, 1):
            value = Label(printed(row, name)).wrapped()
            if not is_choice:
                self._grid.addWidget(value, at, column, Qt.AlignmentFlag.AlignTop)
                continue
            box = QRadioButton()
            box.setAccessibleName(f"{words}: {printed(row, name)}, of {row.reference}")
            boxes.append(box)
            nest_in_cell(
                self._grid,
                row_of((box, 0, Qt.AlignmentFlag.AlignTop), (value, 1), spacing=6),
                (at, column),
            )
        if is_choice:
            self._choose_first(name, boxes[0], boxes[1])

    def _choose_first(self, name: str, first: QRadioButton, second: QRadioButton) -> None:
        group = QButtonGroup(self)
        group.addButton(first)
        group.addButton(second)
        first.setChecked(True)
        self._groups.append(group)
        self.choices[name] = (first, second)
        group.buttonToggled.connect(self.changed)

    @Slot(bool)
    def _keep_other(self, is_first: bool) -> None:
        """Let all values follow the reference that is kept; each can be chosen again."""
        for boxes in self.choices.values():
            boxes[0 if is_first else 1].setChecked(True)


class CompareDialog(Form):
    """One pair at a time, all pairs in turn; it stays open until none is left or it is closed."""

    wanted = Signal(object)

    def __init__(self, found: ApplicationList, of: tuple[int, str], parent: QWidget) -> None:
        super().__init__("", (), "Merge", parent, 820, height=560, away="Close")
        self._found = found
        self._pairs: tuple[DuplicateCandidate, ...] = ()
        self._at = 0
        self.fields: PairFields | None = None
        self.title, self.merge = self.heading, self.do
        self._why = self.sentence("", tone="text2")
        self.reading = self.put(ScrollPane("The two applications, field by field"), 1)
        self.reading.setMinimumHeight(look.px(LEAST))
        self.effect = self.sentence("", size=12, tone="text2")
        self.reason = TextLine()
        self.reason.setPlaceholderText("Reason, needed to withdraw one without merging")
        self.reason.setAccessibleName("Reason to withdraw")
        self.withdraw = (Button(""), Button(""))
        self.next = Button("Next pair")
        self.keep = Button("Keep both")
        away = self.row()
        fill(away, (self.reason, 1), *self.withdraw)
        self._connect()
        self.finish(self.reading, (self.next,))
        self.buttons.insertWidget(self.buttons.indexOf(self.do), self.keep)
        self._round_id, reference = of
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
        self.fields = PairFields(one.of.row, other.of.row)
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
        self.wanted.emit(KeepApart(self._round_id, *self.pair))

    def try_action(self) -> None:
        """Merge the pair as it is chosen."""
        fields = self.fields
        if fields is not None:
            self._set_waiting(is_waiting=True)
            self.wanted.emit(merge_change(self._round_id, fields.kept, fields.other, fields.taken))

    def _withdraw(self, number: int, *_: object) -> None:
        """Withdraw the first or the second of the pair, once it is said why."""
        reason = self.reason.text().strip()
        if not reason:
            self.refuse(SAY_WHY, self.reason)
            return
        self._set_waiting(is_waiting=True)
        of = self._round_id, self.pair[number]
        self.wanted.emit(SetWithdrawn(*of, is_withdrawn=True, reason=reason))

    def _set_waiting(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        for button in (self.next, self.keep, self.merge, *self.withdraw):
            button.setEnabled(not is_waiting)

    def _connect(self) -> None:
        self.next.clicked.connect(self._next)
        self.keep.clicked.connect(self._keep)
        for number, button in enumerate(self.withdraw):
            button.clicked.connect(partial(self._withdraw, number))
