"""What is chosen on the Papers page: which paper, in which forms and where to, and which part is on show."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.dialogs.files import choose_folder
from gui.folders import open_folder
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
from gui.widgets.typed import TextLine
from models.papers.paper_kind import PaperKind
from scoring.written.names import file_name

PAPERS = "papers"
ISSUED = "issued"
CHANGE, DONE = "Change…", "Done"
CHANGE_NAME = "Change the folder or the name"
NO_FOLDER = "No folder is chosen yet"
ORDER = (".xlsx", ".pdf", ".docx", ".csv", ".json")


class FormChoice(QWidget):
    """A tick for each form, a folder, the name of the files, and what is wrong with any of it, beneath."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[str, ...] = ()
        self.beside: tuple[str, ...] = ()
        self.ticks = {form: QCheckBox(FORMS[form]) for form in ORDER}
        self.folder = TextLine()
        self.browse = Button("Choose…", icon="folder")
        self.open = Button("Open folder", kind="quiet")
        self.where = ElidedLabel(size=12, tone="text2")
        self.change = Button(CHANGE, kind="link")
        self._is_open = False
        self.name = TextLine()
        self._suggested = ""
        self._problem = Label(tone="danger").wrapped()
        self._lay_out()
        for box in self.ticks.values():
            box.setChecked(True)
            box.toggled.connect(self._change)
        self.folder.textChanged.connect(self._change)
        self.name.textChanged.connect(self._change_name)
        self.browse.clicked.connect(self._choose_folder)
        self.open.clicked.connect(self._open_folder)
        self.change.clicked.connect(self._turn)

    @property
    def path(self) -> Path:
        """Return the folder chosen."""
        return Path(self.folder.text().strip()).expanduser()

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

    @property
    def problem(self) -> str:
        """Return what was last said against the choice, "" for nothing."""
        return self._problem.text()

    def offer(self, paper: PaperKind) -> None:
        """Offer the forms of another paper; what was ticked stays ticked."""
        self._forms, self.beside = forms_of(paper), ()
        for form, box in self.ticks.items():
            box.setVisible(form in self._forms)
        self._letters.setVisible("" in self._forms)
        self._say("")

    @property
    def own_name(self) -> str:
        """Return the name that was typed, without what a name may not hold; "" for the one suggested."""
        typed = file_name(self.name.text())
        return "" if typed == self._suggested else typed

    def show_name(self, name: str) -> None:
        """Suggest how the files are called; a name that was typed stays until another is suggested."""
        if name != self._suggested:
            self._suggested = name
            self.name.setText(name)
            self.name.setCursorPosition(0)
        self.name.setEnabled(bool(name))
        set_tip(self.name, self.name.text())

    def is_ready(self) -> bool:
        """Whether it can be written so; else say why not and move the focus there.

        While a paper is drawn no name is suggested yet, and none is asked for.
        """
        problem = ""
        wrong: QWidget = next((self.ticks[form] for form in ORDER if form in self._forms), self.folder)
        if not self.forms:
            problem = "Tick a form to write."
        elif not self.folder.text().strip() or not self.path.is_absolute():
            problem, wrong = "Choose a folder for the papers.", self.folder
        elif self.name.isEnabled() and not self.name.text().strip(" ."):
            problem, wrong = "Type a name for the files.", self.name
        self._say(problem)
        if problem:
            self.open_fields(is_open=True)
            wrong.setFocus()
        return not problem

    def focusable(self) -> QWidget:
        """Return what takes the focus when what is written is gone to."""
        return self.folder if self._is_open else self.change

    def open_fields(self, *, is_open: bool) -> None:
        """Show the folder and the name as fields, or in a line."""
        self._is_open = is_open
        self._fields.setVisible(is_open)
        self.where.setVisible(not is_open)
        self.change.show_words(DONE if is_open else CHANGE, name=DONE if is_open else CHANGE_NAME)

    @Slot()
    def _turn(self) -> None:
        self.open_fields(is_open=not self._is_open)
        if self._is_open:
            self.folder.setFocus()

    @Slot()
    def _change_name(self) -> None:
        self._say("")
        self._say_where()

    @Slot()
    def _change(self) -> None:
        self._say("")
        self._say_where()
        self.changed.emit()

    def _say_where(self) -> None:
        """Say in a line where the files go and how they are called."""
        folder, name = self.folder.text().strip(), self.name.text().strip()
        words = f"In {folder}" + (f", as “{name}”" if name else "") if folder else NO_FOLDER
        self.where.setText(words)
        set_tip(self.where, words)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.folder.setAccessibleDescription(problem)

    @Slot()
    def _choose_folder(self) -> None:
        chosen = choose_folder(self, "Folder for the papers", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    @Slot()
    def _open_folder(self) -> None:
        gone = f"The folder {self.path} is not there; choose another one."
        problem = open_folder(self.path) if self.path.is_dir() else gone
        self._say(problem)
        if problem:
            announce(self.open, problem)

    def _lay_out(self) -> None:
        self.folder.setAccessibleName("Folder")
        self.name.setAccessibleName("Name of the files")
        self.name.setPlaceholderText("Name of the files")
        self.browse.show_words("Choose…", name="Choose the folder")
        self._letters = small(LETTERS_TOGETHER)
        self._ticks = row_of(
            *self.ticks.values(), (self._letters, 1), (self.where, 1), 0, self.change, self.open
        )
        self._column = column_of(self._ticks, spacing=6, inside=self)
        self._fields = QWidget()
        row_of((self.folder, 1), self.browse, (self.name, 1), spacing=8, inside=self._fields)
        fill(self._column, self._fields, self._problem)
        self._problem.hide()
        self.open_fields(is_open=False)
        self._say_where()
        space(self._ticks, 14)


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

    def suggest(self, folder: Path) -> None:
        """Suggest a folder."""
        self.papers.folder.setText(str(folder))

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
