"""Which fund, round and area is on show: the header's three drop-downs and the page agree on it."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.page_stack import PageStack
from gui.pages.page import PageTools, Place
from gui.pages.ranking_words import ALL_AREAS
from gui.widgets.header import Header, Option
from models.operation import Topic
from models.queries.rounds import RoundLine, rounds

CONCERNS = frozenset({Topic.FUNDS, Topic.ROUNDS, Topic.RECORD, Topic.APPLICATIONS})


class Rounds(QObject):
    """The choice of fund, round and area. Switching keeps the page."""

    shown = Signal(object)

    def __init__(self, header: Header, pages: PageStack, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._header = header
        self._pages = pages
        self._workspace = workspace = tools.workspace
        self._lines: tuple[RoundLine, ...] = ()
        self._line: RoundLine | None = None
        self._area: str | None = None
        header.fund_chosen.connect(self._choose_fund)
        header.round_chosen.connect(self._choose_round)
        header.area_chosen.connect(self.choose_area)
        tools.area_chosen.connect(self.choose_area)
        workspace.opened.connect(self._ask)
        workspace.closed.connect(self._forget)
        workspace.changed.connect(self._take_change)

    @Slot(object)
    def choose_area(self, area: str | None) -> None:
        """Show one area, or all of them (None)."""
        self._area = area
        self._show()

    @Slot()
    def _ask(self) -> None:
        self._workspace.ask(rounds, self._take)

    @Slot(object)
    def _take_change(self, topics: frozenset[Topic]) -> None:
        if topics & CONCERNS:
            self._ask()

    def _take(self, lines: tuple[RoundLine, ...]) -> None:
        held = self._line.round_id if self._line is not None else None
        self._lines = lines
        self._line = next((line for line in lines if line.round_id == held), None)
        if self._line is None:
            self._enter(_first(lines))
        else:
            self._show()

    @Slot()
    def _forget(self) -> None:
        self._lines, self._line, self._area = (), None, None

    @Slot(object)
    def _choose_fund(self, fund: str) -> None:
        self._enter(_first(tuple(line for line in self._lines if line.fund == fund)))

    @Slot(object)
    def _choose_round(self, round_id: int) -> None:
        self._enter(next(line for line in self._lines if line.round_id == round_id))

    def _enter(self, line: RoundLine | None) -> None:
        self._line = line
        self._area = line.areas[0].name if line is not None and len(line.areas) == 1 else None
        self._show()

    def _show(self) -> None:
        line, header = self._line, self._header
        for switch in (header.fund, header.round, header.area):
            switch.setEnabled(line is not None)
        if line is not None:
            funds = dict.fromkeys(one.fund for one in self._lines)
            header.fund.show_options([Option(fund, fund) for fund in funds], line.fund)
            own = [one for one in self._lines if one.fund == line.fund]
            header.round.show_options([Option(one.round_id, _words(one)) for one in own], line.round_id)
            header.area.show_options(_areas(line), self._area)
        else:
            for switch, words in (
                (header.fund, "No fund"),
                (header.round, "No round"),
                (header.area, "No area"),
            ):
                switch.show_options([Option(None, words)], None)
        place = Place(line, self._area) if line is not None else None
        self._pages.show_place(place)
        self.shown.emit(place)


def _first(lines: tuple[RoundLine, ...]) -> RoundLine | None:
    """Return the newest round that has applications, else the newest, None when there is none."""
    full = [line for line in lines if line.applications]
    return next(iter((full or list(lines))[-1:]), None)


def _words(line: RoundLine) -> str:
    return f"{line.name}, {line.year}" if line.year and line.year not in line.name else line.name


def _areas(line: RoundLine) -> list[Option]:
    areas = [Option(area.name, area.name) for area in line.areas]
    return areas if len(areas) == 1 else [Option(None, ALL_AREAS), *areas]
