"""What is chosen on the Papers page: which paper, what of it, in which forms and where to."""

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.pages.papers.exports.history import PaperList
from gui.pages.papers.exports.issuing import COPY, LETTERS_TOGETHER
from gui.pages.papers.exports.query import FORMS, Answer, Chosen, Refusal, forms_of, has_words
from gui.text import ALL_AREAS, ours
from gui.theme.look import look, space
from gui.widgets.buttons import Button
from gui.widgets.flow import Flow
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import Card, column_of, fill, row_of
from gui.widgets.tips import set_tip
from gui.widgets.turned import ChoiceList
from models.papers.kinds import OPEN_DATA, PaperKind
from models.papers.texts import PURPOSES_READ
from models.papers.transparency.lists import UNDECIDED_TOO
from scoring.written.days import full_month
from scoring.written.text import listed, without_commands

WIDEST = 320
WORDS_OF = {
    "notice": "Words of the notice…",
    "decision-report": "Words of the report…",
    "call": "Words of the call…",
    "form": "Words of the form…",
    "minutes": "Words of the minutes…",
}
TICKS = {
    "with_marks": "With the members' marks",
    "with_sure": "Include how secure each place is",
    "confidential_part": "The confidential part",
    "names_declined": "Name applicants without an award",
    "names_panel": "Name the panel's members",
    "with_undecided": UNDECIDED_TOO,
    "purposes_read": PURPOSES_READ,
    "with_pdfs": "With a PDF of each",
    "with_mails": "With a draft e-mail for each",
    "is_of_all": "All rounds of the office",
}
"""The words of what is ticked or not, by its name in `Chosen`."""
CHOICES = {
    "area": "Area",
    "notice": "Notice",
    "month": "Time",
    "award": "Award",
    "layout": "Payment file",
    "fund": "Fund",
    "year": "Year",
}
"""The words of what is chosen, by its name in `Chosen`."""
CALLED = {
    "notice": "Notice number",
    "month": "Month, quarter or year",
    "layout": "Payment file beside it",
    "year": "Financial year",
}
"""What a reader calls it, where not by its words."""
ACTIONS: dict[str, tuple[str, Callable[[PaperKind], bool]]] = {
    "words": ("Words of the notice…", has_words),
    "publisher": ("Who publishes…", lambda paper: paper.code == OPEN_DATA),
    "every": ("Every award…", attrgetter("is_of_one_award")),
    "layouts": ("Payment layouts…", lambda paper: "layout" in paper.choices),
}
"""What else is asked about a paper, by the name of its button: its words, and the papers that have it."""


class Options(QWidget):
    """The choices of one paper; those that it does not have are hidden."""

    changed = Signal(object)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lists = {name: ChoiceList(ours(CALLED.get(name, words))) for name, words in CHOICES.items()}
        self.ticks = {name: QCheckBox(ours(words)) for name, words in TICKS.items()}
        for name, box in self.lists.items():
            box.setSizeAdjustPolicy(ChoiceList.SizeAdjustPolicy.AdjustToContents)  # names, never cut
            box.activated.connect(partial(self._choose, name))
        for name, tick in self.ticks.items():
            tick.toggled.connect(partial(self.give, name))
        self._chosen: Chosen | None = None
        self.areas: tuple[str, ...] = ()
        """The areas of the round, which are offered."""
        self.buttons = {name: Button(ours(words)) for name, (words, _) in ACTIONS.items()}
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._ask, name))
        self._lay_out()
        look.follow(self._space)

    def show_paper(self, chosen: Chosen) -> None:
        """Show the choices that a paper has."""
        self._chosen, paper = chosen, chosen.paper
        self._show_place(chosen)
        shown = {holder: name in paper.choices for name, holder in self._holders.items()}
        shown |= {self.buttons[name]: has_it(paper) for name, (_, has_it) in ACTIONS.items()}
        for part, is_there in shown.items():
            part.setVisible(is_there)
        self.setVisible(any(shown.values()))
        self.buttons["words"].show_words(WORDS_OF.get(paper.code, ""))

    def show_answer(self, answer: Answer, *, may_write: bool) -> None:
        """Offer what the record has and show what is chosen; a copy takes no words."""
        chosen, choices, buttons = answer.chosen, answer.choices, self.buttons
        self._chosen = chosen
        for name, options in _offered(answer).items():
            self.lists[name].fill_with(options, getattr(chosen, name))
        self.lists["month"].choose(chosen.period or chosen.month)
        for name, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(getattr(chosen, name))
        self._show_place(chosen)
        has_paper = not isinstance(answer.found, Refusal)
        is_there = has_paper or bool(choices.notices or answer.texts.texts)
        buttons["words"].setEnabled(may_write and (is_there or "notice" not in chosen.paper.choices))
        buttons["publisher"].setEnabled(may_write)
        buttons["every"].setEnabled(bool(choices.recipients))
        buttons["layouts"].setEnabled(may_write and has_paper)

    def _show_place(self, chosen: Chosen) -> None:
        whole = (look.area_label.labelled(ALL_AREAS), None)
        self.lists["area"].fill_with([whole, *((name, name) for name in self.areas)], chosen.area)

    def _choose(self, name: str, number: int) -> None:
        self.give(name, self.lists[name].itemData(number))

    def give(self, name: str, value: Any) -> None:
        """Take what is chosen, by its name in `Chosen`, and a period by its name."""
        parts = {name: value}
        if name == "month":
            parts = {"period": value} if isinstance(value, str) else {"month": value, "period": ""}
        if self._chosen is not None:
            self._chosen = replace(self._chosen, **parts)
            self.changed.emit(self._chosen)

    def _ask(self, name: str, *_: object) -> None:
        self.asked.emit(name)

    def _lay_out(self) -> None:
        row = Flow(self)
        space(row, 10)
        self._holders = {
            **{name: _holder(ours(CHOICES[name]), box) for name, box in self.lists.items()},
            **self.ticks,
        }
        for part in (*self._holders.values(), *self.buttons.values()):
            row.addWidget(part)

    @Slot()
    def _space(self) -> None:
        for box in self.lists.values():
            box.setMaximumWidth(look.px(WIDEST))


def _offered(answer: Answer) -> dict[str, list[tuple[str, object]]]:
    """Return what can be chosen of what the record has, by its name in `Chosen`."""
    chosen, choices = answer.chosen, answer.choices
    waiting = filter(None, (*choices.begun, choices.draft))
    numbers = [(number, number) for number in reversed(choices.notices)]
    numbers += [(f"{number}, not decided yet", number) for number in waiting]
    awards = [(f"{reference}, {whose}", reference) for reference, whose in choices.recipients]
    every = [("All awards", "")] if awards and not chosen.paper.is_of_one_award else []
    months = {chosen.month, *choices.months} if chosen.month else ()
    named = [(full_month(month), month) for month in sorted(filter(None, months), reverse=True)]
    return {
        "notice": [*numbers] or [("No notice yet", "")],
        "award": [*every, *awards] or [("No award yet", "")],
        "layout": [("None", ""), *((name, name) for name in answer.layouts)],
        "month": [*named, *((period.words, period.name) for period in choices.periods)],
        "fund": [("All funds", None), *((name, name) for name in answer.funds)],
        "year": [("All years", None), *((year, year) for year in answer.years)],
    }


def _holder(words: str, box: QWidget) -> QWidget:
    """Return a choice with its label beside it."""
    holder = QWidget()
    label = Label(words, size=12, weight=600, tone="text2")
    label.stand_for(box)
    row_of(label, (box, 1), inside=holder, spacing=8)
    return holder


PAPERS = "papers"
ISSUED = "issued"
CHANGE = "Change…"
FOLDER = "Folder for the papers"
ORDER = (".xlsx", ".pdf", ".docx", ".csv", ".json")


class FormChoice(QWidget):
    """A tick for each form, and in a line where the files go, which is changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[str, ...] = ()
        self.beside: tuple[str, ...] = ()
        self.folder: Path | None = None
        self.ticks = {form: QCheckBox(FORMS[form]) for form in ORDER}
        self.where = ElidedLabel(size=12, tone="text2")
        self.change = Button(CHANGE, kind="link", name="Change the folder")
        self._problem = Label(tone="danger").wrapped()
        self._letters = small(LETTERS_TOGETHER)
        ticks = row_of(*self.ticks.values(), (self._letters, 1), (self.where, 1), 0, self.change, spacing=14)
        column_of(ticks, self._problem, spacing=6, inside=self)
        for box in self.ticks.values():
            box.setChecked(True)
            box.toggled.connect(self._change)
        self._change()

    @property
    def path(self) -> Path:
        return self.folder or Path()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the endings that are ticked, with what goes `beside` them; "" for a folder of letters."""
        ticked = tuple(form for form in ORDER if form in self._forms and self.ticks[form].isChecked())
        ticked += self.beside if ticked else ()
        return ticked if "" not in self._forms else ("",)

    @property
    def action(self) -> str:
        """Return the words of a button that writes what is chosen."""
        if "" in self._forms:
            return "Write letters"
        words = listed([FORMS[form] for form in self.forms])
        return f"Write {words}" if words else "Write"

    def offer(self, paper: PaperKind) -> None:
        """Offer the forms of another paper; what was ticked stays ticked."""
        self._forms, self.beside = forms_of(paper), ()
        for form, box in self.ticks.items():
            box.setVisible(form in self._forms)
        self._letters.setVisible("" in self._forms)
        self._say("")

    def take(self, folder: Path) -> None:
        """Take where the files go."""
        self.folder = folder
        self._change()

    def is_ready(self) -> bool:
        """Whether it can be written so; else say why not and move the focus there."""
        if not self.forms:
            self._say("Tick a form to write.")
            next(self.ticks[form] for form in ORDER if form in self._forms).setFocus()
        return bool(self.forms)

    @Slot()
    def _change(self) -> None:
        self._say("")
        words = f"In {self.folder}" if self.folder else "No folder is chosen yet"
        self.where.setText(words)
        set_tip(self.where, words)
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


class Choices(QWidget):
    """The list of papers. What can be chosen about the one on show stands in `what`, here or elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.list = PaperList()
        self.options = Options()
        self.papers = FormChoice()
        self.copy = small(COPY, tone="muted")
        self.to_check = small(tone="warning")
        self._otherwise = ""
        self._lay_out()

    def show_paper(self, chosen: Chosen) -> None:
        """Show what a paper is for and what can be chosen about it, before the record has answered."""
        self.about.setText(chosen.paper.about)
        self.tell(())
        self.options.show_paper(chosen)
        self.papers.offer(chosen.paper)

    def show_answer(self, answer: Answer, *, is_copy: bool) -> None:
        """Show what the record offers."""
        self.options.show_answer(answer, may_write=not is_copy)
        found = None if isinstance(answer.found, Refusal) else answer.found
        self.papers.beside = () if found is None else found.beside
        self.copy.setVisible(is_copy)
        self._otherwise = answer.otherwise
        self.tell(() if found is None else found.to_check)

    def tell(self, words: Iterable[str]) -> None:
        """Say which issued papers say otherwise, and what is looked at before this one goes out."""
        self.to_check.setText(without_commands("\n".join(filter(None, (self._otherwise, *words)))))
        self.to_check.setVisible(bool(self.to_check.text()))

    def fit(self, *, is_low: bool) -> None:
        """Give up what each paper is for in a low window."""
        self.list.fit(is_low=is_low)
        self.about.setVisible(not is_low)

    def take_what(self) -> None:
        """Stand what can be chosen under the list, where the two have the page to themselves."""
        self._column.addWidget(self.what)

    def _lay_out(self) -> None:
        self._column = column_of(spacing=10, inside=self)
        kinds = Card(inset=(3, 3)).fill_with(self.list)
        self.about = small(tone="muted")
        self.what = Card(inset=(14, 8))
        space(self.what.body, 6)
        for part in (self.about, self.to_check, self.options, self.papers, self.copy):
            self.what.body.addWidget(part)
        self.copy.hide()
        self.to_check.hide()
        fill(self._column, (kinds, 1), self.what)
