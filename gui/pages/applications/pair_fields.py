"""Two applications field by field, with a choice of either value where they differ."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from gui.text import NOTHING
from gui.theme.look import Look
from gui.widgets.label import Label
from gui.widgets.nesting import nest_in_cell
from models.operations.applications.corrections import differing_fields
from models.values.applications import FIELD_WORDS, printed
from models.values.rows import ApplicationRow

KEPT = "Reference to keep"


class PairFields(QWidget):
    """A field a line; the first line chooses which reference is kept, and with it all values at first."""

    changed = Signal()

    def __init__(self, look: Look, one: ApplicationRow, other: ApplicationRow) -> None:
        super().__init__()
        self._look = look
        self._rows = (one, other)
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self._groups: list[QButtonGroup] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, look.px(10), 0)
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(6))
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
        look, at = self._look, self._grid.rowCount()
        tone = "warning" if is_choice and name != "reference" else "muted"
        label = Label(look, words, size=12, tone=tone).wrapped()
        self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        boxes = []
        for column, row in enumerate(self._rows, 1):
            value = Label(look, printed(row, name)).wrapped()
            if not is_choice:
                self._grid.addWidget(value, at, column, Qt.AlignmentFlag.AlignTop)
                continue
            box = QRadioButton()
            box.setAccessibleName(f"{words}: {printed(row, name)}, of {row.reference}")
            boxes.append(box)
            cell = QHBoxLayout()
            cell.setSpacing(look.px(6))
            cell.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
            cell.addWidget(value, 1)
            nest_in_cell(self._grid, cell, (at, column))
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
