"""Start a round: five questions, and what it comes to before it is done."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.fitting import Fitted
from gui.dialogs.foot import foot
from gui.pages.set_up.criteria.inputs import ChoiceBox, FigureBox, WholeBox, labelled
from gui.pages.set_up.criteria.reading import some_text
from gui.pages.set_up.starting.area_grid import AreaGrid
from gui.pages.set_up.starting.start_days import StartDays
from gui.pages.set_up.starting.start_words import copied_words, usual_words
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words
from models.operations.set_up.area_dates import check_dates
from models.operations.set_up.round_key import RoundKey
from models.operations.set_up.starting import StartRound
from models.papers.year.year_facts import year_of
from models.queries.set_up.fund_templates import FundTemplate
from models.queries.set_up.round_copies import RoundCopy
from models.queries.set_up.start_choices import StartChoices
from scoring.refused import Refused
from scoring.round import Area

PANEL = 5
USUAL = "The fund's usual set-up"


class StartDialog(Dialog):
    """Fund and what to copy, year and name, areas with their pots, panel and quorum, dates.

    It stays open, with all that was typed, until the record has taken the round.
    """

    asked = Signal(object)

    def __init__(self, look: Look, choices: StartChoices, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._today = look, today
        self._choices = choices
        self._funds = {fund.name: fund for fund in choices.funds}
        self.setWindowTitle("Start a round")
        self.fund = ChoiceBox(look, "Fund", [(name, name) for name in self._funds])
        self.source = ChoiceBox(look, "Start from")
        self.first = Words(look, weight=600)
        self.scheme = Words(look, size=12, tone="text2").wrapped()
        self.year = FigureBox(look, "Financial year", some_text)
        self.name = FigureBox(look, "Name of the round", some_text)
        self.areas = AreaGrid(look)
        self.panel = WholeBox(look, "Members on the panel", 1, 30)
        self.quorum = WholeBox(look, "Quorum", 1, 30)
        self.days = StartDays(look)
        self.problem = FieldError(look, size=13)
        self.start = Button(look, "Start the round", kind="primary")
        self.cancel = Button(look, "Cancel")
        self._lay_out()
        self._fill()
        self._connect()

    @property
    def operation(self) -> StartRound:
        """Return what is asked for; raise `Refused` or ValueError where something cannot be read."""
        key = RoundKey(str(self.fund.value), str(self.year.value), str(self.name.value))
        areas, dates, copied = self.areas.areas, self.days.dates, self._copied
        source = None if copied is None else copied.round_id
        own = self.days.own_dates([area.name for area in areas])
        return StartRound(key, areas, self.quorum.value(), dates, source, own)

    @property
    def _copied(self) -> RoundCopy | None:
        """Return the round that is copied, None for the fund's usual set-up."""
        of_fund = self._choices.of(str(self.fund.value))
        return next((copy for copy in of_fund if copy.round_id == self.source.value), None)

    def _fill(self) -> None:
        self.fund.show_value(next(iter(self._funds), None))
        self.year.show_text(year_of(self._today))
        self.name.show_text("Round 1")
        known = [area for fund in self._choices.funds for area in fund.areas]
        self.areas.know([*known, *(area.name for copy in self._choices.copies for area in copy.areas)])
        self._take_fund()

    @Slot()
    def _take_fund(self) -> None:
        """Offer what a round of the fund can be copied from, the last one first."""
        fund = str(self.fund.value)
        copies = self._choices.of(fund)
        options: list[tuple[object, str]] = [(copy.round_id, f"A copy of {copy.words}") for copy in copies]
        if fund in self._choices.has_usual:
            options.append((None, USUAL))
        self.source.offer(options)
        self.source.show_value(options[0][0] if options else None)
        self._source.setVisible(bool(copies))
        self.first.setText(
            "1. Which fund, and what does the round start from?" if copies else "1. Which fund?"
        )
        self._take_source()

    @Slot()
    def _take_source(self) -> None:
        fund, copied = self._funds.get(str(self.fund.value)), self._copied
        if fund is None:
            return
        if copied is None:
            self._offer_usual(fund)
        else:
            self._offer_copy(copied)
        self._take_year()

    def _offer_usual(self, fund: FundTemplate) -> None:
        self.scheme.setText(usual_words(fund))
        self.areas.offer([Area(name, 0) for name in fund.areas], is_last=False)
        self.panel.show_number(PANEL)
        self.quorum.show_number(fund.quorum)

    def _offer_copy(self, copied: RoundCopy) -> None:
        self.scheme.setText(copied_words(copied))
        self.areas.offer(copied.areas, is_last=True)
        self.panel.show_number(max(copied.members, copied.quorum, 1))
        self.quorum.show_number(copied.quorum)

    @Slot()
    def _take_year(self) -> None:
        """Offer the dates of the year, and a name that the fund's rounds of the year leave free."""
        year = self.year.line.text().strip()
        self.days.offer(self._copied, year, self._today)
        if not self.name.line.isModified():
            self.name.show_text(self._free_name(year))

    def _free_name(self, year: str) -> str:
        taken = {copy.name for copy in self._choices.of(str(self.fund.value)) if copy.year == year}
        wanted = self._copied.name if self._copied is not None else "Round 1"
        words, _, number = wanted.rpartition(" ")
        stem, first = (words, int(number)) if number.isdecimal() else (wanted, 1)
        following = (f"{stem} {number}" for number in range(first, first + len(taken) + 1))
        return wanted if wanted not in taken else next(name for name in following if name not in taken)

    @Slot()
    def _ask(self) -> None:
        problem = self._first_problem()
        if problem is not None:
            words, wrong = problem
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self.problem.tell(words, wrong)
            return
        if not self.is_waiting:
            self.is_waiting = True
            self.asked.emit(self.operation)

    @Slot()
    def _go_past_areas(self) -> None:
        """Go on to the panel after the last area: panel and dates come before the round is started."""
        self.panel.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def is_typed(self) -> bool:
        """Whether something was typed or pasted."""
        return super().is_typed or any(not (one.is_offered or one.is_blank) for one in self.areas.grid.lines)

    def go_on(self) -> None:
        """Take what is asked for once more: nothing was started."""
        self.is_waiting = False

    def refuse(self, words: str) -> None:
        """Say why the record did not take the round; all that was typed stays."""
        self.is_waiting = False
        self.tell_refused(words)

    def _first_problem(self) -> tuple[str, QWidget] | None:
        """Return what has to be mended before the round can be started, and where."""
        for box in (self.year, self.name):
            try:
                _ = box.value
            except ValueError as error:
                return str(error), box.line
        found = self.areas.first_problem()
        if found is not None:
            return found
        quorum = self.quorum.value()
        if quorum > self.panel.value():
            return f"A quorum of {quorum} needs a panel of at least {quorum}.", self.quorum
        unread = self.days.first_unread()
        try:
            check_dates("The round", self.days.dates)
            for own in self.operation.own_dates:
                check_dates(own.area, own.dates)
        except (Refused, ValueError) as error:
            return str(error), unread or self.days.boxes[0].line
        return None

    def _connect(self) -> None:
        self.fund.chosen.connect(self._take_fund)
        self.source.chosen.connect(self._take_source)
        self.year.given.connect(self._take_year)
        self.areas.agreed.connect(self.press_enter)
        self.areas.form.ended.connect(self._go_past_areas)
        self.areas.form.changed.connect(self.problem.clear)
        self.start.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        look = self._look
        inner = QWidget()
        form = QVBoxLayout(inner)
        form.setContentsMargins(0, 0, look.px(8), 0)
        form.setSpacing(look.px(6))
        form.addWidget(self.first)
        self._source = QWidget()
        own = labelled(look, "Start from", self.source)
        self._source.setLayout(own)
        row = QHBoxLayout()
        row.setSpacing(look.px(12))
        row.addLayout(labelled(look, "Fund", self.fund), 1)
        row.addWidget(self._source, 1)
        form.addLayout(row)
        form.addWidget(self.scheme)
        form.addWidget(self._question(2, "Which year, and what is the round called?"))
        form.addLayout(self._across(("Financial year", self.year), ("Name", self.name)))
        form.addWidget(self._question(3, "Which areas, with what money?"))
        form.addWidget(self.areas)
        form.addWidget(self._question(4, "How large is the panel, and how many make it quorate?"))
        form.addLayout(self._across(("Members", self.panel), ("Quorum", self.quorum)))
        form.addWidget(self._question(5, "When? Dates can be changed for each area later."))
        form.addWidget(self.days)
        form.addStretch(1)
        scroll = Fitted(self)
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
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
        self.resize(min(look.px(720), room.width() - 40), min(look.px(640), room.height() - 40))

    def _question(self, number: int, words: str) -> Words:
        return Words(self._look, f"{number}. {words}", weight=600)

    def _across(self, *fields: tuple[str, QWidget]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._look.px(12))
        for words, widget in fields:
            row.addLayout(labelled(self._look, words, widget), 1)
        return row
