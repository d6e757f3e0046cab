"""What can be chosen about the paper on show: area, notice, award, month, fund and year, with marks."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from gui.pages.papers.exports.kinds import has_words
from gui.pages.papers.exports.query import Answer, Chosen, Refusal
from gui.pages.set_up.criteria.inputs import ChoiceBox
from gui.shell.area_words import ALL_AREAS
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from models.papers.kinds import OPEN_DATA, PaperKind, Scope
from models.papers.transparency.disclosure import UNDECIDED_TOO
from scoring.written.days import full_month

NO_NOTICE = "No notice yet"
NO_AWARD = "No award yet"
ALL_AWARDS = "All awards"
AWARD_WIDTH = 260
NO_LAYOUT = "None"
ALL_FUNDS = "All funds"
ALL_YEARS = "All years"
WIDEST = 320
WORDS_OF = {
    "notice": "Words of the notice…",
    "decision-report": "Words of the report…",
    "call": "Words of the call…",
}


class Options(QWidget):
    """The choices of one paper; those that it does not have are hidden."""

    changed = Signal(object)
    words_asked = Signal()
    publisher_asked = Signal()
    every_asked = Signal()
    layouts_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chosen: Chosen | None = None
        self.area = ChoiceBox(look, ours("Area"))
        self.notice = ChoiceBox(look, "Notice number")
        self.award = ChoiceBox(look, "Award")
        self.layout_box = ChoiceBox(look, "Payment file beside it")
        self.month = ChoiceBox(look, "Month, quarter or year")
        self.fund = ChoiceBox(look, "Fund")
        self.year = ChoiceBox(look, "Financial year")
        self.with_marks = QCheckBox("With the members' marks")
        self.with_sure = QCheckBox("Include how secure each place is")
        self.is_apart = QCheckBox("The confidential part")
        self.names_declined = QCheckBox("Name applicants without an award")
        self.names_panel = QCheckBox("Name the panel's members")
        self.with_undecided = QCheckBox(UNDECIDED_TOO)
        self.with_mails = QCheckBox("With a draft e-mail for each")
        self.with_list = QCheckBox("With documents and list for a mail merge")
        self.is_of_all = QCheckBox("All rounds of the office")
        self.words = Button(look, "Words of the notice…")
        self.publisher = Button(look, "Who publishes…")
        for box in (self.area, self.award, self.fund, self.layout_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # names, never cut
            box.setMaximumWidth(look.px(WIDEST))
        self.every = Button(look, "Every award…")
        self.layouts = Button(look, "Payment layouts…")
        self._parts: dict[QWidget, QWidget] = {}
        self._lay_out()
        self.area.chosen.connect(self._take_area)
        self.notice.chosen.connect(self._take_notice)
        self.award.chosen.connect(self._take_award)
        self.layout_box.chosen.connect(self._take_layout)
        self.month.chosen.connect(self._take_month)
        self.fund.chosen.connect(self._take_fund)
        self.year.chosen.connect(self._take_year)
        self.with_marks.toggled.connect(self._take_marks)
        self.with_sure.toggled.connect(self._take_sure)
        self.is_apart.toggled.connect(self._take_part)
        self.names_declined.toggled.connect(self._take_names)
        self.names_panel.toggled.connect(self._take_names)
        self.with_undecided.toggled.connect(self._take_names)
        self.with_mails.toggled.connect(self._take_mails)
        self.with_list.toggled.connect(self._take_list)
        self.is_of_all.toggled.connect(self._take_all)
        self.words.clicked.connect(self.words_asked)
        self.publisher.clicked.connect(self.publisher_asked)
        self.every.clicked.connect(self.every_asked)
        self.layouts.clicked.connect(self.layouts_asked)
        look.changed.connect(self._space)

    def offer_areas(self, areas: tuple[str, ...]) -> None:
        """Offer a round's areas."""
        self.area.offer(
            [(None, self._look.area_label.labelled(ALL_AREAS)), *((name, name) for name in areas)]
        )

    def show_paper(self, paper: PaperKind, chosen: Chosen) -> None:
        """Show the choices that a paper has."""
        self._chosen = chosen
        self.area.show_value(chosen.area)
        has_fund = paper.scope is Scope.YEARS
        shown = {
            self.area: paper.has_area,
            self.notice: paper.has_notice,
            self.award: paper.has_award,
            self.layout_box: paper.has_layout,
            self.layouts: paper.has_layout,
            self.month: paper.scope is Scope.MONTH,
            self.fund: has_fund,
            self.year: has_fund,
            self.with_marks: paper.has_marks,
            self.with_sure: paper.has_sensitivity,
            self.is_apart: paper.has_notice,
            self.names_declined: paper.has_names,
            self.names_panel: paper.has_names,
            self.with_undecided: paper.has_names,
            self.with_mails: paper.fills_a_folder,
            self.with_list: paper.fills_a_folder,
            self.is_of_all: paper.may_be_of_all,
            self.words: has_words(paper),
            self.publisher: paper.code == OPEN_DATA,
            self.every: paper.is_of_one_award,
        }
        for part, is_there in shown.items():
            self._parts[part].setVisible(is_there)
        self.setVisible(any(shown.values()))
        self.words.show_words(WORDS_OF.get(paper.code, ""))

    def show_answer(self, answer: Answer, *, may_write: bool) -> None:
        """Offer what the record has and show what is chosen; a copy takes no words."""
        chosen, choices = answer.chosen, answer.choices
        self._chosen = chosen
        numbers = [(number, number) for number in reversed(choices.notices)]
        self.notice.offer(numbers or [("", NO_NOTICE)])
        awards = [(reference, f"{reference}, {whose}") for reference, whose in choices.recipients]
        every = [("", ALL_AWARDS)] if awards and not chosen.paper.is_of_one_award else []
        self.award.offer([*every, *awards] or [("", NO_AWARD)])
        self.layout_box.offer([("", NO_LAYOUT), *((name, name) for name in answer.layouts)])
        months = list(dict.fromkeys((chosen.month, *choices.months))) if chosen.month else []
        named = [(month, full_month(month)) for month in sorted(filter(None, months), reverse=True)]
        self.month.offer([*named, *((period.name, period.words) for period in choices.periods)])
        self.fund.offer([(None, ALL_FUNDS), *((name, name) for name in answer.funds)])
        self.year.offer([(None, ALL_YEARS), *((year, year) for year in answer.years)])
        for box, value in (
            (self.notice, chosen.notice),
            (self.award, chosen.award),
            (self.layout_box, chosen.layout),
            (self.month, chosen.period or chosen.month),
            (self.fund, chosen.fund),
            (self.year, chosen.year),
        ):
            box.show_value(value)
        for tick, is_on in (
            (self.with_marks, chosen.with_marks),
            (self.with_sure, chosen.with_sure),
            (self.is_apart, chosen.is_apart),
            (self.names_declined, chosen.names_declined),
            (self.names_panel, chosen.names_panel),
            (self.with_undecided, chosen.with_undecided),
            (self.with_mails, chosen.with_mails),
            (self.with_list, chosen.with_list),
            (self.is_of_all, chosen.is_of_all),
        ):
            with QSignalBlocker(tick):
                tick.setChecked(is_on)
        is_there = bool(choices.notices or answer.texts.texts) or not isinstance(answer.found, Refusal)
        self.words.setEnabled(may_write and (is_there or not chosen.paper.has_notice))
        self.publisher.setEnabled(may_write)
        self.every.setEnabled(bool(choices.recipients))
        self.layouts.setEnabled(may_write and answer.has_paper)

    @Slot(object)
    def _take_area(self, area: str | None) -> None:
        self._change(area=area)

    @Slot(object)
    def _take_notice(self, notice: str) -> None:
        self._change(notice=notice)

    @Slot(object)
    def _take_award(self, award: str) -> None:
        self._change(award=award)

    @Slot(object)
    def _take_layout(self, layout: str) -> None:
        self._change(layout=layout)

    @Slot(object)
    def _take_month(self, time: date | str) -> None:
        """Take a month, or a period by its name."""
        if isinstance(time, str):
            self._change(period=time)
        else:
            self._change(month=time, period="")

    @Slot(object)
    def _take_fund(self, fund: str | None) -> None:
        self._change(fund=fund)

    @Slot(object)
    def _take_year(self, year: str | None) -> None:
        self._change(year=year)

    @Slot(bool)
    def _take_marks(self, is_on: bool) -> None:
        self._change(with_marks=is_on)

    @Slot(bool)
    def _take_sure(self, is_on: bool) -> None:
        self._change(with_sure=is_on)

    @Slot(bool)
    def _take_part(self, is_on: bool) -> None:
        self._change(is_apart=is_on)

    @Slot()
    def _take_names(self) -> None:
        """Take what is ticked of names."""
        self._change(
            names_declined=self.names_declined.isChecked(),
            names_panel=self.names_panel.isChecked(),
            with_undecided=self.with_undecided.isChecked(),
        )

    @Slot(bool)
    def _take_mails(self, is_on: bool) -> None:
        self._change(with_mails=is_on)

    @Slot(bool)
    def _take_list(self, is_on: bool) -> None:
        self._change(with_list=is_on)

    @Slot(bool)
    def _take_all(self, is_on: bool) -> None:
        self._change(is_of_all=is_on)

    def _change(self, **parts: object) -> None:
        if self._chosen is not None:
            self._chosen = replace(self._chosen, **parts)  # type: ignore[arg-type]
            self.changed.emit(self._chosen)

    def _lay_out(self) -> None:
        self._row = Flow(self)
        for box, words in ((self.area, ours("Area")), (self.notice, "Notice"), (self.month, "Time")):
            self._put(box, words)
        self._put(self.award, "Award")
        self._put(self.layout_box, "Payment file")
        for box, words in ((self.fund, "Fund"), (self.year, "Year")):
            self._put(box, words)
        ticks = (self.with_marks, self.with_sure, self.is_apart, self.names_declined, self.names_panel)
        beside = (self.with_undecided, self.with_mails, self.with_list, self.is_of_all)
        for part in (*ticks, *beside, self.words, self.publisher, self.every, self.layouts):
            self._parts[part] = part
            self._row.addWidget(part)
        self._space()

    def _put(self, box: ChoiceBox, words: str) -> None:
        self._parts[box] = _holder(self._look, words, box)
        self._row.addWidget(self._parts[box])

    @Slot()
    def _space(self) -> None:
        self._row.setSpacing(self._look.px(10))
        self.award.setMinimumWidth(self._look.px(AWARD_WIDTH))


def _holder(look: Look, words: str, box: QWidget) -> QWidget:
    """Return a choice with its label beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(8))
    label = Label(look, words, size=12, weight=600, tone="text2")
    label.setBuddy(box)
    row.addWidget(label)
    row.addWidget(box, 1)
    return holder
