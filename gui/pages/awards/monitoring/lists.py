"""The lists of the Monitoring page, one at a time: awards, overdue, people by line, and periods."""

from PySide6.QtCore import Qt

from gui.pages.awards.monitoring.lines import (
    AWARD_COLUMNS,
    MINISTRY_COLUMNS,
    OVERDUE_COLUMNS,
    AwardLine,
    MinistryLine,
    award_key,
    award_name,
    ministry_key,
    ministry_name,
    overdue_key,
    overdue_name,
)
from gui.pages.awards.monitoring.ministry import PERIOD_COLUMNS, period_key, period_name
from gui.tables.line_view import LineView
from gui.theme.look import Look
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.stack import UnnamedStack
from models.papers.monitoring.monitoring import Monitoring, Overdue
from models.queries.awards.ministry import PeriodState

RECIPIENT_WIDTH = 200
NOTHING_LATE = "Nothing is overdue."
COMPLETE = "Every award has reported its numbers on every line."


class MonitoringLists(UnnamedStack):
    """Each list on a sheet of its own."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.awards: LineView[AwardLine] = LineView(look, AWARD_COLUMNS, award_key, award_name)
        self.overdue: LineView[Overdue] = LineView(look, OVERDUE_COLUMNS, overdue_key, overdue_name)
        self.ministry: LineView[MinistryLine] = LineView(look, MINISTRY_COLUMNS, ministry_key, ministry_name)
        self.periods: LineView[PeriodState] = LineView(look, PERIOD_COLUMNS, period_key, period_name)
        self.nothing_late = Label(look, NOTHING_LATE, tone="text2")
        self.nothing_late.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.missing = Label(look, size=12, tone="text2").wrapped()
        self.missing.setContentsMargins(10, 6, 10, 6)
        self._add(self.awards, "Awards")
        self._add(self.overdue, "Overdue returns").body.addWidget(self.nothing_late)
        self._add(self.ministry, "People by line").body.addWidget(self.missing)
        self._add(self.periods, "Returns to the Ministry")

    def show_found(self, found: Monitoring, lines: tuple[AwardLine, ...]) -> None:
        """Show what the record says."""
        self.awards.show_rows(lines)
        self.overdue.show_rows(found.overdue)
        self.ministry.show_rows([MinistryLine(found.list_title(one.group), one) for one in found.sums])
        self.missing.setText(_missing_words(found))
        self.overdue.setVisible(bool(self.overdue.rows))
        self.nothing_late.setVisible(not self.overdue.rows)

    def _add(
        self,
        table: LineView[AwardLine] | LineView[Overdue] | LineView[MinistryLine] | LineView[PeriodState],
        name: str,
    ) -> Card:
        table.setAccessibleName(name)
        table.set_wide_minimum(RECIPIENT_WIDTH)
        card = Card(self._look, inset=(3, 3))
        card.fill_with(table)
        self.addWidget(card)
        return card


def _missing_words(found: Monitoring) -> str:
    if not found.missing:
        return COMPLETE
    whole = sum(1 for one in found.sums if one.given and not one.missing)
    return f"{whole} of {len(found.sums)} lines are complete. {' '.join(found.missing)}"
