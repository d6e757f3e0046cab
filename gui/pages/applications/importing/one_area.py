"""Ask which area a file is of where none of its rows says so."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from exchange.applications.preview import Matched
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import Wrong
from models.values.rounds import FORCE_WIDE

TITLE = "Which area are these applications for?"
NO_COLUMN = "No column of this file is matched to an area."
UNKNOWN = "No row of this file has an area of this round. Its areas are written {}."
CHOOSE = "Choose an area…"
_SHOWN = 3


class OneAreaDialog(Form):
    """A choice of areas for all rows, the way back to the columns, and Cancel."""

    chosen = Signal(str)
    column_wanted = Signal()

    def __init__(self, look: Look, found: Matched, parent: QWidget) -> None:
        action = "Use for the row" if found.rows == 1 else f"Use for all {found.rows:,} rows"
        super().__init__(look, ours(TITLE), (_words(found),), action, parent)
        self.areas = self.put(ChoiceList())
        self.areas.setAccessibleName(ours("Area of all rows"))
        self.areas.addItem(ours(CHOOSE), None)
        for area in dict.fromkeys((*found.areas, FORCE_WIDE)):
            self.areas.addItem(area if area in found.areas else ours(f"{area} (a new area)"), area)
        self.areas.addItem("None yet: not ranked until one is chosen", "")
        self.columns = self.put(Button(look, "Choose a column instead"), is_left=True)
        self.columns.clicked.connect(self._want_column)
        self.finish(self.areas)

    def try_action(self) -> None:
        """Use the area for all rows, once one was chosen."""
        if self.areas.currentData() is None:
            raise Wrong("Choose an area, or say that there is none yet.", self.areas)
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
        return ours(NO_COLUMN)
    return ours(UNKNOWN.format(", ".join(written) + (f" and {more:,} more" if more else "")))
