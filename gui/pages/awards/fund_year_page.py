"""A page that stands at one fund's year, whichever round is on show: both are chosen in its head."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QTableView

from gui.pages.page import PageTools, Place
from gui.pages.sided_page import SidedPage
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList


class FundYearPage(SidedPage):
    """Year and fund in the head; such a page asks in `_ask`, and says what may be chosen in `_offer`."""

    table: QTableView

    def __init__(self, tools: PageTools, title: str, *, icon: str, way_on: str = "") -> None:
        super().__init__(tools, title, icon=icon, way_on=way_on)
        self._wanted = ("", "")
        self.year, self.fund = ChoiceList(), ChoiceList()
        self.year.setAccessibleName("Financial year")
        self.fund.setAccessibleName("Fund")
        for box in (self.year, self.fund):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.currentIndexChanged.connect(self._choose)

    def show_place(self, place: Place | None) -> None:
        """Stand at the fund and year of the header; the money of a year belongs to the record."""
        moved = place is not None and (
            self._place is None or place.line.round_id != self._place.line.round_id
        )
        self._place = place
        if moved and place is not None:
            self._wanted = (place.line.fund, place.line.year)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again; also while what the header stands at is not answered yet."""
        self._ask(*self._wanted)

    @Slot()
    def _choose(self) -> None:
        self._wanted = (_chosen(self.fund), _chosen(self.year))
        self.refresh()

    def find_words(self) -> None:
        """Put the focus into the list: it is short."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dress(self) -> None:
        """Follow the size of text."""
        self.fund.setMaximumWidth(self._look.px(210))
        self.fund.setMinimumWidth(self._look.px(110))
        super().dress()

    def _ask(self, fund: str, year: str) -> None:
        """Ask the record for a fund's year, "" for one that it chooses."""
        raise NotImplementedError

    def _offer(self, funds: Iterable[str], fund: str, years: Iterable[str], year: str) -> None:
        """Offer funds and years, and choose what is on show; nothing is asked by it."""
        _fill(self.fund, funds, fund)
        _fill(self.year, years, year)


def _chosen(box: QComboBox) -> str:
    return str(box.currentData() or "")


def _fill(box: QComboBox, entries: Iterable[str], wanted: str) -> None:
    blocked = QSignalBlocker(box)
    box.clear()
    for entry in entries:
        box.addItem(entry, entry)
    box.setCurrentIndex(max(box.findData(wanted), 0))
    set_tip(box, box.currentText())
    blocked.unblock()
