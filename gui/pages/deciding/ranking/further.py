"""The further columns of the ranked list: which are chosen in the View menu, and their figures."""

from collections.abc import Container, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools
from gui.tables.ranking.columns import EXTRA_NAMES
from gui.tables.ranking.extra import Extra, extras
from gui.tables.ranking.view import RankingView
from models.queries.deciding.round_list import RoundFigures


class FurtherColumns(QObject):
    """Show the columns that are ticked; their figures are worked out once for each state of the round."""

    changed = Signal()

    def __init__(self, tools: PageTools, table: RankingView, parent: QObject) -> None:
        super().__init__(parent)
        self._table = table
        self._settings = tools.settings
        self._ticks = {name: tools.actions[f"column_{name}"] for name in EXTRA_NAMES}
        self._names = tuple(name for name in EXTRA_NAMES if name in tools.settings.columns)
        self._figures: RoundFigures | None = None
        self._found: Mapping[str, Extra] = {}
        for name, tick in self._ticks.items():
            tick.setChecked(name in self._names)
            tick.toggled.connect(self._choose)
        table.choose_columns(self._names)

    def of(self, figures: RoundFigures, closed: Container[str]) -> dict[str, Extra]:
        """Return the further figures of what is open to the person, none where no column is chosen."""
        if not self._names:
            return {}
        if figures is not self._figures:
            self._figures, self._found = figures, extras(figures.rows, figures.chosen)
        return {of: one for of, one in self._found.items() if of not in closed}

    @Slot()
    def _choose(self) -> None:
        self._names = tuple(name for name, tick in self._ticks.items() if tick.isChecked())
        self._settings.columns = self._names
        self._table.choose_columns(self._names)
        self.changed.emit()
