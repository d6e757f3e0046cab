"""What can be chosen about the paper on show: area, notice, award, month, fund and year, with marks."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import attrgetter

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from gui.pages.papers.exports.query import Answer, Chosen, Refusal, has_words
from gui.pages.set_up.criteria.inputs import ChoiceBox
from gui.text import ALL_AREAS
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import Label
from models.papers.kinds import OPEN_DATA
from models.papers.paper_kind import PaperKind, Scope
from models.papers.texts import PURPOSES_READ
from models.papers.transparency.disclosure import UNDECIDED_TOO
from scoring.written.days import full_month
from scoring.written.text import listed

NO_NOTICE = "No notice yet"
TO_DECIDE = "not decided yet"
NO_AWARD = "No award yet"
ALL_AWARDS = "All awards"
AWARD_WIDTH = 260
NO_LAYOUT = "None"
ALL_FUNDS = "All funds"
ALL_YEARS = "All years"
SEVERAL = "Several areas…"
LEAST_AREAS = 3
"""With fewer areas a notice is of one of them or of all."""
WIDEST = 320
WORDS_OF = {
    "notice": "Words of the notice…",
    "decision-report": "Words of the report…",
    "call": "Words of the call…",
    "minutes": "Words of the minutes…",
}
TICKS: dict[str, tuple[str, Callable[[PaperKind], bool]]] = {
    "with_marks": ("With the members' marks", attrgetter("has_marks")),
    "with_sure": ("Include how secure each place is", attrgetter("has_sensitivity")),
    "is_apart": ("The confidential part", attrgetter("has_notice")),
    "names_declined": ("Name applicants without an award", attrgetter("has_names")),
    "names_panel": ("Name the panel's members", attrgetter("has_names")),
    "with_undecided": (UNDECIDED_TOO, attrgetter("has_names")),
    "purposes_read": (PURPOSES_READ, attrgetter("has_purposes")),
    "with_pdfs": ("With a PDF of each", attrgetter("fills_a_folder")),
    "with_mails": ("With a draft e-mail for each", attrgetter("fills_a_folder")),
    "with_list": ("With documents and list for a mail merge", attrgetter("fills_a_folder")),
    "is_of_all": ("All rounds of the office", attrgetter("may_be_of_all")),
}
"""What is ticked or not, by its name in `Chosen`: its words, and the papers that have it."""


class Options(QWidget):
    """The choices of one paper; those that it does not have are hidden."""

    changed = Signal(object)
    words_asked = Signal()
    publisher_asked = Signal()
    every_asked = Signal()
    layouts_asked = Signal()
    areas_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._chosen: Chosen | None = None
        self._areas: tuple[str, ...] = ()
        self.area = ChoiceBox(look, ours("Area"))
        self.notice = ChoiceBox(look, "Notice number")
        self.award = ChoiceBox(look, "Award")
        self.layout_box = ChoiceBox(look, "Payment file beside it")
        self.month = ChoiceBox(look, "Month, quarter or year")
        self.fund = ChoiceBox(look, "Fund")
        self.year = ChoiceBox(look, "Financial year")
        self.ticks = {name: QCheckBox(words) for name, (words, _) in TICKS.items()}
        self.words = Button(look, "Words of the notice…")
        self.publisher = Button(look, "Who publishes…")
        for box in (self.area, self.award, self.month, self.fund, self.layout_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # names, never cut
            box.setMaximumWidth(look.px(WIDEST))
        self.several = Button(look, ours(SEVERAL))
        self.every = Button(look, "Every award…")
        self.layouts = Button(look, "Payment layouts…")
        self._boxes = {
            "notice": self.notice,
            "award": self.award,
            "layout": self.layout_box,
            "fund": self.fund,
            "year": self.year,
        }
        self._parts: dict[QWidget, QWidget] = {}
        self._lay_out()
        self.area.given.connect(self.take_area)
        self.month.given.connect(self._take_month)
        for name, choice in self._boxes.items():
            choice.given.connect(partial(self._take, name))
        for name, tick in self.ticks.items():
            tick.toggled.connect(partial(self._take, name))
        self.several.clicked.connect(self.areas_asked)
        self.words.clicked.connect(self.words_asked)
        self.publisher.clicked.connect(self.publisher_asked)
        self.every.clicked.connect(self.every_asked)
        self.layouts.clicked.connect(self.layouts_asked)
        look.changed.connect(self._space)

    def offer_areas(self, areas: tuple[str, ...]) -> None:
        """Offer a round's areas."""
        self._areas = areas
        self._offer_places(())

    def _offer_places(self, several: tuple[str, ...]) -> None:
        """Offer all areas, each of them, and those of which several are chosen."""
        whole = (None, self._look.area_label.labelled(ALL_AREAS))
        some = [(several, listed(several))] if several else []
        self.area.offer([whole, *((name, name) for name in self._areas), *some])

    def show_paper(self, paper: PaperKind, chosen: Chosen) -> None:
        """Show the choices that a paper has."""
        self._chosen = chosen
        self._show_place(chosen)
        has_fund = paper.scope is Scope.YEARS
        shown: dict[QWidget, bool] = {
            self.area: paper.has_area,
            self.several: paper.has_notice and len(self._areas) >= LEAST_AREAS,
            self.notice: paper.has_notice,
            self.award: paper.has_award,
            self.layout_box: paper.has_layout,
            self.layouts: paper.has_layout,
            self.month: paper.scope is Scope.MONTH,
            self.fund: has_fund,
            self.year: has_fund,
            **{self.ticks[name]: has_it(paper) for name, (_, has_it) in TICKS.items()},
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
        waiting = filter(None, (*choices.begun, choices.draft))
        draft = [(number, f"{number}, {TO_DECIDE}") for number in waiting]
        numbers = [*((number, number) for number in reversed(choices.notices)), *draft]
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
        self.month.show_value(chosen.period or chosen.month)
        self._show_place(chosen)
        for name, box in self._boxes.items():
            box.show_value(getattr(chosen, name))
        for name, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(getattr(chosen, name))
        is_there = bool(choices.notices or answer.texts.texts) or not isinstance(answer.found, Refusal)
        self.words.setEnabled(may_write and (is_there or not chosen.paper.has_notice))
        self.publisher.setEnabled(may_write)
        self.every.setEnabled(bool(choices.recipients))
        self.layouts.setEnabled(may_write and answer.has_paper)

    def _take(self, name: str, value: object) -> None:
        """Take what is chosen, by its name in `Chosen`."""
        self._change(**{name: value})

    def _show_place(self, chosen: Chosen) -> None:
        several = chosen.areas if chosen.is_of_areas else ()
        self._offer_places(several)
        self.area.show_value(several or chosen.area)

    @Slot(object)
    def take_area(self, place: str | tuple[str, ...] | None) -> None:
        """Take an area, several of them, or None for all."""
        if isinstance(place, tuple):  # () for all
            self._change(area=None, areas=place)
        else:
            self._change(area=place, areas=())

    @Slot(object)
    def _take_month(self, time: date | str) -> None:
        """Take a month, or a period by its name."""
        if isinstance(time, str):
            self._change(period=time)
        else:
            self._change(month=time, period="")

    def _change(self, **parts: object) -> None:
        if self._chosen is not None:
            self._chosen = replace(self._chosen, **parts)
            self.changed.emit(self._chosen)

    def _lay_out(self) -> None:
        self._row = Flow(self)
        for box, words in ((self.area, ours("Area")), (self.notice, "Notice"), (self.month, "Time")):
            self._put(box, words)
        self._put(self.award, "Award")
        self._put(self.layout_box, "Payment file")
        for box, words in ((self.fund, "Fund"), (self.year, "Year")):
            self._put(box, words)
        for part in (
            self.several,
            *self.ticks.values(),
            self.words,
            self.publisher,
            self.every,
            self.layouts,
        ):
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
    label.stand_for(box)
    row.addWidget(label)
    row.addWidget(box, 1)
    return holder
