"""Start a round: five questions, and what it comes to before it is done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from exchange.pasted_areas import read_areas
from gui.dialogs.dialog import Dialog
from gui.dialogs.foot import foot
from gui.pages.criteria.inputs import ChoiceBox, FigureBox, WholeBox, labelled
from gui.pages.criteria.reading import optional_date, some_text
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.operations.round_key import RoundKey
from models.operations.starting import StartRound
from models.papers.year_facts import year_of
from models.queries.area_dates import AreaDates
from models.queries.fund_templates import FundTemplate
from scoring import money
from scoring.refused import Refused
from scoring.round import Area

HOW_TO_PASTE = (
    "A line for each area: name, pot, and if there is any, start-up money and what is committed already. "
    "Paste it from Excel or type “Coventry £48,000”. Start-up money is kept apart and never ranked."
)
PANEL = 5
DATES = ("Applications open", "Applications close", "Marks close", "Panel meets")


class StartDialog(Dialog):
    """Fund, year and name, areas with their pots, panel and quorum, dates."""

    asked = Signal(object)

    def __init__(self, look: Look, funds: Sequence[FundTemplate], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._funds = {fund.name: fund for fund in funds}
        self.setWindowTitle("Start a round")
        self.fund = ChoiceBox(look, "Fund", [(name, name) for name in self._funds])
        self.scheme = Words(look, size=12, tone="muted").wrapped()
        self.year = FigureBox(look, "Financial year", some_text)
        self.name = FigureBox(look, "Name of the round", some_text)
        self.areas = QPlainTextEdit()
        self.areas.setAccessibleName("Areas and pots")
        self.areas.setTabChangesFocus(True)
        self.found = Words(look, size=12, tone="text2").wrapped()
        self.panel = WholeBox(look, "Members on the panel", 1, 30)
        self.quorum = WholeBox(look, "Quorum", 1, 30)
        self.dates = [FigureBox(look, words, optional_date, "such as 2 December 2026") for words in DATES]
        self.problem = FieldError(look, size=13)
        self.start = Button(look, "Start the round", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out()
        self._fill(today)
        self._connect()

    @property
    def operation(self) -> StartRound:
        """Return what is asked for; raise `Refused` or ValueError where something cannot be read."""
        quorum, panel = self.quorum.value(), self.panel.value()
        if quorum > panel:
            raise Refused(f"A quorum of {quorum} needs a panel of at least {quorum}.")
        key = RoundKey(str(self.fund.value), str(self.year.value), str(self.name.value))
        days = (box.value for box in self.dates)
        opens, closes, marks, meets = (day if isinstance(day, date) else None for day in days)
        dates = AreaDates(opens, closes, marks, meets)
        return StartRound(key, self._areas(), quorum, dates)

    def _areas(self) -> tuple[Area, ...]:
        areas = read_areas(self.areas.toPlainText())
        if not areas:
            raise Refused("Name an area with its pot; one is enough.")
        return areas

    def _fill(self, today: date) -> None:
        first = next(iter(self._funds), None)
        self.fund.show_value(first)
        self.year.show_text(year_of(today))
        self.name.show_text("Round 1")
        self.panel.show_number(PANEL)
        self._take_fund(first)

    @Slot(object)
    def _take_fund(self, name: object) -> None:
        fund = self._funds.get(str(name))
        if fund is None:
            return
        quality = money.percent(fund.quality_1e4)
        cost = money.percent(1_000_000 - fund.quality_1e4)
        self.scheme.setText(
            f"It brings {counted(fund.criteria, 'criterion', 'criteria')} at {quality} : {cost} as a draft."
        )
        self.quorum.show_number(fund.quorum)
        self.areas.setPlainText("\n".join(f"{area}\t" for area in fund.areas))

    @Slot()
    def _count(self) -> None:
        try:
            areas = self._areas()
        except Refused as error:
            self.found.setText(str(error))
            return
        pots = money.short_pounds(sum(area.pot_pence for area in areas))
        apart = sum(area.start_up_pence for area in areas)
        words = f"{counted(len(areas), 'area', 'areas')}, {pots} in the pots"
        self.found.setText(f"{words}, {money.short_pounds(apart)} start-up apart." if apart else f"{words}.")

    @Slot()
    def _ask(self) -> None:
        try:
            operation = self.operation
        except (Refused, ValueError) as error:
            wrong = self._first_problem()
            self.problem.tell(str(error), wrong)
            wrong.setFocus()
            self._scroll.ensureWidgetVisible(wrong)
            return
        self.asked.emit(operation)
        self.accept()

    def _first_problem(self) -> QWidget:
        for box in (self.year, self.name, *self.dates):
            try:
                _ = box.value
            except ValueError:
                return box.line
        return self.areas if self.quorum.value() <= self.panel.value() else self.quorum

    def _connect(self) -> None:
        self.fund.chosen.connect(self._take_fund)
        self.areas.textChanged.connect(self._count)
        self.start.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.reject)
        self._count()

    def _lay_out(self) -> None:
        look = self._look
        inner = QWidget()
        form = QVBoxLayout(inner)
        form.setContentsMargins(0, 0, look.px(8), 0)
        form.setSpacing(look.px(6))
        form.addWidget(self._question(1, "Which fund?"))
        form.addWidget(self.fund)
        form.addWidget(self.scheme)
        form.addWidget(self._question(2, "Which year, and what is the round called?"))
        form.addLayout(self._across(("Financial year", self.year), ("Name", self.name)))
        form.addWidget(self._question(3, "Which areas, with what money?"))
        form.addWidget(Words(look, HOW_TO_PASTE, size=12, tone="text2").wrapped())
        self.areas.setMinimumHeight(look.px(120))
        form.addWidget(self.areas, 1)
        form.addWidget(self.found)
        form.addWidget(self._question(4, "How large is the panel, and how many make it quorate?"))
        form.addLayout(self._across(("Members", self.panel), ("Quorum", self.quorum)))
        form.addWidget(self._question(5, "When? Dates can be changed for each area later."))
        for pair in (0, 2):
            fields = [(DATES[n], self.dates[n]) for n in (pair, pair + 1)]
            form.addLayout(self._across(*fields))
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(Words(look, "Start a round", size=20, weight=600))
        column.addWidget(scroll, 1)
        column.addWidget(self.problem)
        column.addLayout(foot(look, self.cancel, self.start))
        window = self.parentWidget()
        assert window is not None, "the dialog stands in a window"
        room = window.size()
        self.resize(min(look.px(620), room.width() - 40), min(look.px(640), room.height() - 40))

    def _question(self, number: int, words: str) -> Words:
        return Words(self._look, f"{number}. {words}", weight=600)

    def _across(self, *fields: tuple[str, QWidget]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.px(12))
        for words, widget in fields:
            row.addLayout(labelled(self._look, words, widget), 1)
        return row
