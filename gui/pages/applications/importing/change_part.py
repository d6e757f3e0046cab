"""What a row says otherwise than the record: both values, and the choice to keep or to take."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from exchange.applications.checks import Changed
from gui.theme.look import Look
from gui.widgets.flow import in_flow
from gui.widgets.label import Label
from gui.widgets.pill import Pill

KEEP = "Keep what is here"
TAKE = "Use the file's"
NOTE = (
    "What was submitted first is kept either way; using the file's value records a correction with this "
    "file as its reason."
)


class ChangePart(QWidget):
    """The fields that differ, and two pills."""

    chosen = Signal(bool)

    def __init__(self, look: Look, changed: Changed, *, is_taken: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Label(look, f"Already here as {changed.before.reference}", weight=600).wrapped())
        column.addWidget(_values(look, changed))
        self.keep, self.take = Pill(look, KEEP, value=False), Pill(look, TAKE, value=True)
        self._group = QButtonGroup(self)
        for pill in (self.keep, self.take):
            self._group.addButton(pill)
            pill.setAccessibleDescription(_spoken(changed))
        (self.take if is_taken else self.keep).setChecked(True)
        column.addWidget(in_flow((self.keep, self.take)))
        column.addWidget(Label(look, NOTE, size=12, tone="muted").wrapped())
        self._group.buttonClicked.connect(self._choose)

    @Slot(object)
    def _choose(self, pill: Pill) -> None:
        self.chosen.emit(bool(pill.value))


def _values(look: Look, changed: Changed) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.px(10))
    grid.setVerticalSpacing(look.px(5))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    for number, words in enumerate(("Here", "In the file")):
        grid.addWidget(Label(look, words, size=12, tone="muted"), 0, number)
    for one in changed.fields:
        row = grid.rowCount()
        grid.addWidget(Label(look, one.words, size=12, tone="muted").wrapped(), row, 0, 1, 2)
        for number, value in enumerate((one.here, one.there)):
            shown = Label(look, value, weight=600 if number else 400).wrapped()
            grid.addWidget(shown, row + 1, number, Qt.AlignmentFlag.AlignTop)
    return holder


def _spoken(changed: Changed) -> str:
    return "; ".join(f"{one.words}: {one.here} here, {one.there} in the file" for one in changed.fields)
