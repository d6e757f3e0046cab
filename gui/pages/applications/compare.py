"""The applications that look alike, pair by pair and side by side: keep both, merge, or withdraw one."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from gui.listed.acts import Deed
from gui.listed.form import Form, Leads, Own, Saying
from gui.pages.applications.form import withdraw_form
from gui.pages.applications.lines import ApplicationList, pair_lines
from gui.text import NOTHING, sentence
from gui.theme.look import space
from gui.widgets.label import Label, small
from gui.widgets.nesting import nest_in_cell, row_of
from models.operations.applications.corrections import (
    KeepApart,
    differing_fields,
    merge_change,
    merging_words,
)
from models.values.applications import FIELD_WORDS, printed
from models.values.importing import DuplicateCandidate
from models.values.rows import ApplicationRow


class PairFields(QWidget):
    """A field a line; the first line chooses which reference is kept, and with it all values at first."""

    changed = Signal()

    def __init__(self, one: ApplicationRow, other: ApplicationRow) -> None:
        super().__init__()
        self._rows = (one, other)
        self.choices: dict[str, list[QRadioButton]] = {}
        self._grid = space(QGridLayout(self), (14, 6), (0, 0, 10, 0))
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._fill()
        first = self.choices["reference"][0]
        first.toggled.connect(self._keep_other)
        self.setFocusProxy(first)

    @property
    def value(self) -> tuple[ApplicationRow, ApplicationRow, tuple[str, ...]]:
        """Return which is kept, which would be withdrawn, and the fields that are taken from that."""
        own = 0 if self.choices["reference"][0].isChecked() else 1
        taken = tuple(name for name, boxes in self.choices.items() if not boxes[own].isChecked())
        return self._rows[own], self._rows[1 - own], taken

    def _fill(self) -> None:
        differ = differing_fields(*self._rows)
        self._line("reference", "Reference to keep", is_choice=True)
        for name, words in FIELD_WORDS.items():
            if name == "reference" or all(printed(row, name) == NOTHING for row in self._rows):
                continue
            is_choice = name in differ
            self._line(name, f"{words} (differs)" if is_choice else words, is_choice=is_choice)

    def _line(self, name: str, words: str, *, is_choice: bool) -> None:
        at, top = self._grid.rowCount(), Qt.AlignmentFlag.AlignTop
        tone = "warning" if is_choice and name != "reference" else "muted"
        self._grid.addWidget(small(words, tone=tone), at, 0, top)
        group = QButtonGroup(self)
        for column, row in enumerate(self._rows, 1):
            value = Label(printed(row, name)).wrapped()
            if not is_choice:
                self._grid.addWidget(value, at, column, top)
                continue
            box = QRadioButton()
            box.setAccessibleName(f"{words}: {printed(row, name)}, of {row.reference}")
            box.setChecked(column == 1)
            group.addButton(box)
            self.choices.setdefault(name, []).append(box)
            nest_in_cell(self._grid, row_of((box, 0, top), (value, 1), spacing=6), (at, column))
        group.idToggled.connect(self.changed)

    @Slot(bool)
    def _keep_other(self, is_first: bool) -> None:
        """Let all values follow the reference that is kept; each can be chosen again."""
        for boxes in self.choices.values():
            boxes[0 if is_first else 1].setChecked(True)


def pairs_form(found: ApplicationList, round_id: int, pairs: tuple[DuplicateCandidate, ...]) -> Form:
    """Return what asks about the first pair; once that is decided, or passed over, it asks about the next."""
    first, *others = pairs
    one, other = pair_lines(found, first)
    following = partial(pairs_form, found, round_id)

    def next_of(kept: list[DuplicateCandidate]) -> tuple[Form, ...]:
        return (following(tuple(kept)),) if kept else ()

    def merge(pair: tuple[ApplicationRow, ApplicationRow, tuple[str, ...]]) -> Deed:
        stand = [one for one in others if not set(one.pair) & set(first.pair)]
        return (merge_change(round_id, *pair), *next_of(stand))

    def keep(**typed: Any) -> Deed:
        return (KeepApart(round_id, *first.pair), *next_of(others))

    ways = [Leads(f"Withdraw {of}…", partial(withdraw_form, round_id, of)) for of in first.pair]
    if others:
        ways.append(Leads("Next pair", partial(following, (*others, first))))
    return Form(
        title=" and ".join(first.pair),
        sentences=(f"{sentence(first.words)} Nothing is decided automatically.",),
        action="Merge",
        worded=lambda typed: f"Merge into {typed['pair'][0].reference}",
        does=merge,
        other=("Keep both", keep),
        away="Close",
        width=820,
        height=560,
        fields=(
            Own("pair", "", make=partial(PairFields, one.of.row, other.of.row)),
            Saying(lambda typed: f"Merge: {merging_words(*typed['pair'])}", "text2"),
            *ways,
        ),
    )
