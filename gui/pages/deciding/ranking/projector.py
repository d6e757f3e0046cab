"""The ranked list on a screen that everybody sees: view only, and without the panel's names."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.projector import Projecting, Projector
from gui.tables.ranking.rows import TableRow
from gui.tables.ranking.view import RankingView
from gui.theme.tokens import Tone
from gui.widgets.label import ChipLabel, ElidedLabel, Label
from gui.widgets.nesting import column_of, row_of


class RankingProjector(Projector):
    """The list with its title and summary, and whether it is only tried."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Ranking")
        self.title = ElidedLabel(size=20, weight=600)
        self.summary = Label(tone="text2").wrapped()
        self.state = ChipLabel()
        self.state.show_state(Tone.WARNING, "Not saved")
        self.table = RankingView()
        self.table.escaped.connect(self.close)
        head = row_of((self.title, 1), self.state)
        column_of(head, self.summary, (self.table, 1), spacing=7, edges=(19, 13, 19, 11), inside=self.page)

    def show_list(self, title: str, summary: str, rows: Sequence[TableRow], *, is_tried: bool) -> None:
        """Show a list; one that is only tried says that it is not saved."""
        self.title.setText(title)
        self.summary.setText(summary)
        self.state.setVisible(is_tried)
        self.table.show_rows(rows)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the list, which does not stand where it is drawn."""
        QApplication.sendEvent(self.table.viewport(), event)


class ListProjecting(Projecting[RankingProjector]):
    """The list on the projector, in step with the page."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "list")
        self._shown: tuple[str, str, tuple[TableRow, ...], bool] | None = None

    def follow(self, title: str, summary: str, rows: tuple[TableRow, ...], *, is_tried: bool) -> None:
        """Show what the page shows, while the projector is on."""
        self._shown = (title, summary, rows, is_tried)
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
        title, summary, rows, is_tried = self._shown
        self.projector.show_list(title, summary, tuple(map(_unnamed, rows)), is_tried=is_tried)
        return True

    def _begin(self) -> None:
        self.projector.table.setFocus()


def _unnamed(row: TableRow) -> TableRow:
    """Return a row without what moves it: that names members."""
    return replace(row, badge=replace(row.badge, tip="")) if row.badge else row
