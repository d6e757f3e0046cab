"""Ask which area a file is of where none of its rows says so."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exchange.applications.areas import FORCE_WIDE
from exchange.applications.preview.matched import Matched
from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.turned import ChoiceList
from gui.widgets.words import Words

TITLE = "Which area are these applications for?"
NO_COLUMN = "No column of this file is matched to an area."
UNKNOWN = "No row of this file has an area of this round. Its areas are written {}."
CHOOSE = "Choose an area…"
_SHOWN = 3


class OneAreaDialog(Dialog):
    """A choice of areas for all rows, the way back to the columns, and Cancel."""

    chosen = Signal(str)
    column_wanted = Signal()

    def __init__(self, look: Look, found: Matched, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        words = _words(found)
        self.setAccessibleDescription(words)
        self.areas = ChoiceList()
        self.areas.setAccessibleName("Area of all rows")
        self.areas.addItem(CHOOSE, None)
        for area in dict.fromkeys((*found.areas, FORCE_WIDE)):
            self.areas.addItem(area if area in found.areas else f"{area} (a new area)", area)
        self.areas.addItem("None yet: not ranked until one is chosen", "")
        self.problem = FieldError(look, self.areas)
        self.do = Button(
            look, "Use for the row" if found.rows == 1 else f"Use for all {found.rows:,} rows", kind="primary"
        )
        self.columns = Button(look, "Choose a column instead")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, TITLE, size=15, weight=600).wrapped())
        column.addWidget(Words(look, words, tone="text2").wrapped())
        column.addWidget(self.areas)
        column.addWidget(self.problem)
        column.addWidget(self.columns, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(460))
        self.do.clicked.connect(self._choose)
        self.columns.clicked.connect(self._want_column)
        self.cancel.clicked.connect(self.reject)
        self.areas.setFocus()

    @Slot()
    def _choose(self) -> None:
        if self.areas.currentData() is None:
            self.problem.tell("Choose an area, or say that there is none yet.")
            self.areas.setFocus()
            return
        self.accept()
        self.chosen.emit(str(self.areas.currentData()))

    @Slot()
    def _want_column(self) -> None:
        self.reject()
        self.column_wanted.emit()


def _words(found: Matched) -> str:
    written = [f"“{text}”" for text in list(found.written)[:_SHOWN]]
    more = len(found.written) - len(written)
    if not written:
        return NO_COLUMN
    return UNKNOWN.format(", ".join(written) + (f" and {more:,} more" if more else ""))
