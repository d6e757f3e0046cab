"""The ranked list on a screen that everybody sees: view only, and without the panel's names."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.projector import Projecting, Projector
from gui.tables.ranking.rows import TableRow
from gui.tables.ranking.view import RankingView
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.nesting import column_of


class RankingProjector(Projector):
    """The list with its title and summary."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Ranking")
        self.title = ElidedLabel(size=20, weight=600)
        self.summary = Label(tone="text2").wrapped()
        self.table = RankingView()
        self.table.escaped.connect(self.close)
        parts = self.title, self.summary, (self.table, 1)
        column_of(*parts, spacing=7, edges=(19, 13, 19, 11), inside=self.page)

    def show_list(self, title: str, summary: str, rows: Sequence[TableRow]) -> None:
        """Show a list."""
        self.title.setText(title)
        self.summary.setText(summary)
        self.table.show_rows(rows)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the list, which does not stand where it is drawn."""
        QApplication.sendEvent(self.table.viewport(), event)


class ListProjecting(Projecting[RankingProjector]):
    """The list on the projector, in step with the page."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "list")
        self._shown: tuple[str, str, tuple[TableRow, ...]] | None = None

    def follow(self, title: str, summary: str, rows: tuple[TableRow, ...]) -> None:
        """Show what the page shows, while the projector is on."""
        self._shown = (title, summary, rows)
        if self.is_on:
            self._put()

    def forget(self) -> None:
        """Have no list to show, on the projector or off it."""
        self._shown = None
        self.switch_off()

    def _make(self) -> RankingProjector:
        return RankingProjector(self._page)

    def _put(self) -> bool:
        if self._shown is None:
            return False
        title, summary, rows = self._shown
        self.projector.show_list(title, summary, tuple(map(_unnamed, rows)))
        return True

    def _begin(self) -> None:
        self.projector.table.setFocus()


def _unnamed(row: TableRow) -> TableRow:
    """Return a row without what moves it: that names members."""
    return replace(row, badge=replace(row.badge, tip=""))
