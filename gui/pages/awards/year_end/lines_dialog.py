"""The box in which the lines of a fund without a panel are typed or pasted, a line each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from exchange.reading.pasted import read_areas
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.typed import Wrong, plain
from models.papers.year.year_facts import YearLine
from scoring.written.text import Refused

HOW = (
    "A line for each grant or area that has no round in this program: its name, its money, its start-up "
    "money and what is committed, with tabs or semicolons between. A table pasted from a spreadsheet will do."
)


class LinesDialog(Form):
    """It stays open until every line can be read."""

    chosen = Signal(object)

    def __init__(self, look: Look, title: str, lines: Sequence[YearLine], parent: QWidget) -> None:
        super().__init__(look, title, (ours(HOW),), "Set these lines", parent, 580)
        self.text = self.note("Lines", 180, "\n".join(_typed(line) for line in lines))
        self.text.setPlaceholderText("Kites for all; 50,000; 0; 45,000")
        self.finish(self.text)

    def try_action(self) -> None:
        """Set the lines, or say which of them cannot be read."""
        try:
            areas = read_areas(self.text.toPlainText())
        except Refused as error:
            raise Wrong(str(error), self.text) from error
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
