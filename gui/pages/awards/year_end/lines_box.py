"""The box in which the lines of a fund without a panel are typed or pasted, a line each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from exchange.reading.pasted_areas import read_areas
from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.typed import plain
from gui.widgets.words import Words
from models.papers.year.year_end import YearLine
from scoring.refused import Refused

HOW = (
    "A line for each grant or area that has no round in this program: its name, its money, its start-up "
    "money and what is committed, with tabs or semicolons between. A table pasted from a spreadsheet will do."
)


class LinesBox(Dialog):
    """It stays open until every line can be read."""

    chosen = Signal(object)

    def __init__(self, look: Look, title: str, lines: Sequence[YearLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(HOW)
        self.text = QPlainTextEdit("\n".join(_typed(line) for line in lines))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Lines")
        self.text.setFont(look.font())
        self.text.setPlaceholderText("Kites for all; 50,000; 0; 45,000")
        self.text.setMinimumHeight(look.px(180))
        self.problem = FieldError(look)
        self.do = Button(look, "Set these lines", kind="primary")
        self.cancel = Button(look, "Cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, title, size=15, weight=600).wrapped())
        column.addWidget(Words(look, HOW, tone="text2").wrapped())
        column.addWidget(self.text, 1)
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.do))
        self.setMinimumWidth(look.px(580))
        self.do.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self.text.setFocus()

    @Slot()
    def _try(self) -> None:
        try:
            areas = read_areas(self.text.toPlainText())
        except Refused as error:
            self.problem.tell(str(error), self.text)
            self.text.setFocus()
            return
        self.accept()
        self.chosen.emit(
            tuple(
                YearLine(area.name, area.pot_pence, area.start_up_pence, area.committed_pence)
                for area in areas
            )
        )


def _typed(line: YearLine) -> str:
    return "; ".join(
        (line.name, plain(line.pot_pence), plain(line.start_up_pence), plain(line.committed_pence))
    )
