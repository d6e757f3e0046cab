"""Start a round: five questions, and what it comes to before it is done."""

from collections.abc import Collection
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.access.unencrypted_warning import pass_gate
from gui.dialogs.form import Form
from gui.grid.inputs import ChoiceBox, FigureBox
from gui.pages.page import PageTools
from gui.pages.set_up.starting.area_grid import AreaGrid
from gui.pages.set_up.starting.reading import financial_year, some_text
from gui.pages.set_up.starting.start_days import StartDays
from gui.record.clock import current_day
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import counted
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from gui.widgets.turned import NumberBox
from gui.widgets.typed import Wrong
from models.operations.set_up.areas import check_dates
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.criteria import RoundCopy, StartChoices, start_choices
from models.queries.set_up.funds import FundTemplate
from models.reference.reporting import year_of
from models.values.rounds import RoundKey
from scoring import money
from scoring.round import Area
from scoring.scheme import Scheme
from scoring.written.names import typed_key
from scoring.written.text import Refused

COPIED = (
    "Copied from {}: the criteria with scale, ties, floors and caps, as a draft; gates, panel, others with a "
    "role and who signs; the rule for reasons, the marking, how long applications are kept and when awards "
    "report; the contact officer's details. All of it can be changed."
)
NOT_COPIED = (
    "Not copied: applications, interests, marks, recommendations, decisions, papers, finance codes and money "
    "committed already. Members declare their interests again."
)
NO_TOLERANCE = " Nor its tolerance: who authorises one is stated for each round."
TITLE = "Start a round"
PANEL = 5
USUAL = "The fund's usual set-up"
PROPOSED = "Pots are proposed from what is left of {year}. Change them as the round needs."
NO_FUND = (
    "A round belongs to a fund, and this record has no fund with a panel. Add one here, then start the round."
)
NOT_STARTED = "The round is not started."


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return the name with the first number that is free: "Round 2" where there is a "Round 1"."""
    is_taken = set(map(typed_key, taken)).__contains__
    words, _, number = wanted.rpartition(" ")
    stem, first = (words, int(number)) if number.isdecimal() else (wanted, 1)
    following = (f"{stem} {number}" for number in range(first, first + len(taken) + 1))
    free = (name for name in (wanted, *following) if not is_taken(typed_key(name)))
    return next(free)


def copied_name(copy: RoundCopy, year: str, taken: Collection[str]) -> str:
    """Return a free name after the copied round's: a calendar year in it goes with the financial year.

    "Victims 2026" of 2026/27 becomes "Victims 2027" in 2027/28, and "Victims 2026 round 2" in the same year.
    """
    words, _, number = copy.name.rpartition(" ")
    known, there = _first_year(copy.year), _first_year(year)
    if not words or known is None or number not in {str(known), str(known + 1)}:
        return free_name(copy.name, taken)
    moved = f"{words} {int(number) + (known if there is None else there) - known}"
    is_free = typed_key(moved) not in map(typed_key, taken)
    return moved if is_free else free_name(f"{moved} round 2", taken)


def _first_year(label: str) -> int | None:
    first = label[:4]
    return int(first) if len(first) == len("2026") and first.isdecimal() else None


def usual_words(scheme: Scheme) -> str:
    """Return what a round gets from its fund: "It brings 7 criteria, quality 80 to cost 20, as a draft."."""
    quality, cost = money.percent(scheme.quality_1e4), money.percent(scheme.cost_1e4)
    criteria = counted(len(scheme.criteria), "criterion", "criteria")
    return f"It brings {criteria}, quality {quality} to cost {cost}, as a draft."


def copied_words(copy: RoundCopy) -> str:
    """Return what a round gets from another, and what not."""
    no_tolerance = NO_TOLERANCE if copy.scheme.tolerance_percent else ""
    return f"{COPIED.format(copy.words)}\n{NOT_COPIED}{no_tolerance}"


class StartDialog(Form):
    """Fund and what to copy, year and name, areas with their pots, panel and quorum, dates.

    It begins with `fund`, that on show, where it may have another round, else with the first.
    """

    agreed = Signal(object)

    def __init__(self, choices: StartChoices, today: date, parent: QWidget, *, fund: str = "") -> None:
        super().__init__(TITLE, (), "Start the round", parent, 720)
        self._today, self._first = today, fund
        self._choices = choices
        self._funds = {fund.name: fund for fund in choices.funds}
        self.fund = ChoiceBox("Fund", [(name, name) for name in self._funds])
        self.source = ChoiceBox("Start from")
        self.year = FigureBox("Financial year", financial_year, "such as 2026/27", str)
        self.name = FigureBox("Name of the round", some_text)
        self.areas = AreaGrid()
        self._offered: tuple[tuple[Area, ...], bool] = ((), False)
        self.panel, self.quorum = NumberBox(), NumberBox()
        for box in (self.panel, self.quorum):
            box.setRange(1, 30)
        self.days = StartDays()
        self.start = self.do
        self._lay_out()
        self._fill()
        self._connect()
        self.finish()

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
        is_there = self._first in self._funds
        self.fund.show_value(self._first if is_there else next(iter(self._funds), None))
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
        self.show_field(self.source, is_shown=bool(copies))
        self._take_source()

    @Slot()
    def _take_source(self) -> None:
        fund, copied = self._funds.get(str(self.fund.value)), self._copied
        if fund is None:
            return
        if not self.year.line.isModified():
            self.year.show_text(max(year_of(self._today), copied.year if copied is not None else ""))
        if copied is None:
            self._offer_usual(fund)
        else:
            self._offer_copy(copied)
        self._offer_areas()
        self._offer_days()

    def _offer_usual(self, fund: FundTemplate) -> None:
        self.scheme.setText(usual_words(fund.scheme))
        self._offered = tuple(Area(name, 0) for name in fund.areas), False
        self.panel.setValue(PANEL)
        self.quorum.setValue(fund.scheme.quorum)

    def _offer_copy(self, copied: RoundCopy) -> None:
        self.scheme.setText(copied_words(copied))
        self._offered = copied.areas, True
        self.panel.setValue(max(copied.members, copied.scheme.quorum, 1))
        self.quorum.setValue(copied.scheme.quorum)

    @Slot()
    def _take_year(self) -> None:
        """Offer what is of the year: its money, where that is known, its dates and a name."""
        if self._has_money:
            self._offer_areas()
        self._offer_days()

    def _offer_days(self) -> None:
        """Offer the dates of the year, and a name that the fund's rounds of the year leave free."""
        year = self._year
        self.days.offer(self._copied, year, self._today)
        if not self.name.line.isModified():
            self.name.show_text(self._free_name(year))

    @property
    def _year(self) -> str:
        return self.year.line.text().strip()

    @property
    def _has_money(self) -> bool:
        """Whether something is allocated in the fund's year."""
        return bool(self._choices.left.get((str(self.fund.value), self._year)))

    def _offer_areas(self) -> None:
        """Offer the areas, their pots proposed from what is left of the year where that is known."""
        areas, is_last = self._offered
        proposed = self._choices.proposed(str(self.fund.value), self._year, areas)
        if self.areas.offer(proposed, is_last=is_last and not self._has_money) and self._has_money:
            self.areas.form.show_notes(PROPOSED.format(year=self._year))

    def _free_name(self, year: str) -> str:
        taken = {copy.name for copy in self._choices.of(str(self.fund.value)) if copy.year == year}
        return free_name("Round 1", taken) if self._copied is None else copied_name(self._copied, year, taken)

    def try_action(self) -> None:
        """Ask for the round, or go to the first thing that has to be mended."""
        problem = self._first_problem()
        if problem is not None:
            raise Wrong(*problem)
        operation = self.operation
        self.accept()
        self.agreed.emit(operation)

    def refuse(self, words: str, field: QWidget | None = None) -> None:
        """Say what is wrong once: a box that is read when it is left says it beneath itself."""
        box = None if field is None else field.parentWidget()
        if isinstance(box, FigureBox):
            box.refuse(words)
            self.go_to(box)
        else:
            super().refuse(words, field)

    @Slot()
    def _go_past_areas(self) -> None:
        """Go on to the panel after the last area: panel and dates come before the round is started."""
        self.panel.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def is_typed(self) -> bool:
        """Whether something was typed or pasted."""
        return super().is_typed or any(not (one.is_offered or one.is_blank) for one in self.areas.grid.lines)

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
        self.fund.given.connect(self._take_fund)
        self.source.given.connect(self._take_source)
        self.year.given.connect(self._take_year)
        self.areas.agreed.connect(self.press_enter)
        self.areas.grid.ended.connect(self._go_past_areas)
        self.areas.form.changed.connect(self.problem.clear)
        self.areas.checked.toggled.connect(self.problem.clear)

    def _lay_out(self) -> None:
        self.sentence("1. Which fund, and what does the round start from?", weight=600)
        self.across(("Fund", self.fund), ("Start from", self.source))
        self.scheme = self.sentence("", size=12, tone="text2")
        self.sentence("2. Which year, and what is the round called?", weight=600)
        self.across(("Financial year", self.year), ("Name", self.name))
        self.sentence(ours("3. Which areas, with what money?"), weight=600)
        self.put(self.areas)
        self.sentence("4. How large is the panel, and how many make it quorate?", weight=600)
        self.across(("Members", self.panel), ("Quorum", self.quorum))
        self.sentence(ours("5. When? Dates can be changed for each area later."), weight=600)
        self.put(self.days)
        self.column.addStretch(1)


class RoundStart(QObject):
    """The way from the button to a round that is set up; `fund` is the one on show, "" for none."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self.fund = ""

    @Slot()
    def ask(self) -> None:
        """Ask the record which funds there are, then show the questions."""
        self._tools.workspace.ask(start_choices, self._show)

    def _show(self, choices: StartChoices) -> None:
        if not choices.funds:
            self._tools.go("funds")
            self._tools.notices.show_notice(Notice("start", Tone.INFORMATION, NO_FUND, passes=True))
            return
        dialogs = self._tools.dialogs
        box = StartDialog(choices, current_day(), dialogs.window, fund=self.fund)
        box.agreed.connect(self._start)
        dialogs.show(box)

    @Slot(object)
    def _start(self, operation: StartRound) -> None:
        take_turns(self._tools.workspace, self._starting(operation))

    def _starting(self, operation: StartRound) -> Turns:
        tools, of = self._tools, operation.round
        with settling(tools.workspace) as settle:
            assert settle is not None, "a round is started from its dialog"
            yield from pass_gate(tools, of.fund, of.words, partial(settle, NOT_STARTED))
            outcome = yield performing(tools.workspace.perform, operation, settle=settle)
            tools.choose_round(of)
            tools.go("overview")
            tools.toast(outcome.words)
