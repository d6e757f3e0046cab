"""What is chosen on the Papers page: which paper, in which forms and where to, and which part is on show."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.folders import open_folder
from gui.listed.form import Folder, Form, Line
from gui.pages.papers.exports.issuing import COPY, LETTERS_TOGETHER
from gui.pages.papers.exports.options import Options
from gui.pages.papers.exports.paper_list import PaperList
from gui.pages.papers.exports.query import FORMS, Answer, Chosen, Refusal, forms_of
from gui.text import listed
from gui.theme.look import space
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label, small
from gui.widgets.nesting import column_of, fill, row_of
from gui.widgets.speech.announcing import announce
from gui.widgets.tips import set_tip
from models.papers.paper_kind import PaperKind
from scoring.written.names import file_name

PAPERS = "papers"
ISSUED = "issued"
CHANGE = "Change…"
CHANGE_NAME = "Change the folder or the name"
NO_FOLDER = "No folder is chosen yet"
WHERE = "Choose a folder for the papers."
NAMELESS = "Type a name for the files."
NO_FORM = "Tick a form to write."
ORDER = (".xlsx", ".pdf", ".docx", ".csv", ".json")


class FormChoice(QWidget):
    """A tick for each form, and in a line where the files go and how they are called, which is changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[str, ...] = ()
        self.beside: tuple[str, ...] = ()
        self.folder: Path | None = None
        self.own_name = ""
        """The name that was typed, without what a name may not hold; "" for the one suggested."""
        self._suggested = ""
        self.ticks = {form: QCheckBox(FORMS[form]) for form in ORDER}
        self.open = Button("Open folder", kind="quiet")
        self.where = ElidedLabel(size=12, tone="text2")
        self.change = Button(CHANGE, kind="link")
        self.change.show_words(CHANGE, name=CHANGE_NAME)
        self._problem = Label(tone="danger").wrapped()
        self._letters = small(LETTERS_TOGETHER)
        ticks = row_of(
            *self.ticks.values(), (self._letters, 1), (self.where, 1), 0, self.change, self.open, spacing=14
        )
        column_of(ticks, self._problem, spacing=6, inside=self)
        for box in self.ticks.values():
            box.setChecked(True)
            box.toggled.connect(self._change)
        self.open.clicked.connect(self._open_folder)
        self._change()

    @property
    def path(self) -> Path:
        """Return the folder chosen."""
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

    def show_name(self, name: str) -> None:
        """Suggest how the files are called; a name that was typed stays until another is suggested."""
        if name != self._suggested:
            self._suggested, self.own_name = name, ""
            self._say_where()

    def take(self, folder: Path, name: str = "") -> None:
        """Take where the files go, and how they are called."""
        typed = file_name(name)
        self.folder, self.own_name = folder, "" if typed == self._suggested else typed
        self._change()

    def place_form(self) -> Form:
        """Return what asks where the files go and how they are called."""
        title = "Folder for the papers"
        name = self.own_name or self._suggested
        return Form(
            title=title,
            action="Use them",
            does=self.take,
            fields=(
                Folder(
                    "folder",
                    "Folder",
                    value=str(self.folder or ""),
                    title=title,
                    wanted=WHERE,
                    check=lambda folder: "" if folder.is_absolute() else WHERE,
                ),
                Line("name", "Name of the files", value=name, wanted=NAMELESS if name else ""),
            ),
        )

    def is_ready(self) -> bool:
        """Whether it can be written so; else say why not and move the focus there."""
        if not self.forms:
            self._say(NO_FORM)
            next(self.ticks[form] for form in ORDER if form in self._forms).setFocus()
        return bool(self.forms)

    @Slot()
    def _change(self) -> None:
        self._say("")
        self._say_where()
        self.changed.emit()

    def _say_where(self) -> None:
        """Say in a line where the files go and how they are called."""
        name = self.own_name or self._suggested
        words = f"In {self.folder}" + (f", as “{name}”" if name else "") if self.folder else NO_FOLDER
        self.where.setText(words)
        set_tip(self.where, words)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    @Slot()
    def _open_folder(self) -> None:
        gone = f"The folder {self.path} is not there; choose another one."
        problem = open_folder(self.path) if self.path.is_dir() else gone
        self._say(problem)
        if problem:
            announce(self.open, problem)


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
        self.to_check.setText("\n".join(filter(None, (self._otherwise, *words))))
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
        kinds = Card(inset=(3, 3))
        kinds.fill_with(self.list)
        self.about = small(tone="muted")
        self.what = Card(inset=(14, 8))
        space(self.what.body, 6)
        for part in (self.about, self.to_check, self.options, self.papers, self.copy):
            self.what.body.addWidget(part)
        self.copy.hide()
        self.to_check.hide()
        fill(self._column, (kinds, 1), self.what)
