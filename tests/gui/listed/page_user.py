"""A page used without the main window: pressed, filled in and read by its words, as a person does."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from gui.dialogs.host import DialogHost
from gui.listed.form import DataForm
from gui.listed.page import ListedPage
from gui.listed.parts import PartsCard
from gui.pages.page import Breakpoints, Identity, PageTools, Place
from gui.record.runner import InlineRunner
from gui.record.workspace import Workspace
from gui.settings import Settings
from gui.shell.actions import Actions
from gui.theme.look import look
from gui.widgets.message_area import NoticeBar
from models.queries.set_up.rounds import rounds
from tests.gui.pressing import words_in

TALL = Breakpoints(1366, 768)
NARROW = Breakpoints(700, 500)
OFFICER = Identity("Grace Okoro", "officer")


class PageUser:
    """Whoever uses one page; what would leave the page is noted in `went`, what was said in `told`."""

    def __init__(self, page: ListedPage[Any, Any], on: Path, as_: Identity, settings: Settings) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.begin(app, settings.choice, settings.percent, settings.lettering)
        self.runner = InlineRunner()
        self.workspace = Workspace(self.runner, as_.name)
        self.window = QMainWindow()
        look.dress(self.window)
        dialogs = DialogHost(self.window, settings, self.workspace.session.seen)
        self.workspace.session.claim = dialogs.claim
        actions = Actions(settings, self.window)
        actions.add(())
        self.tools = PageTools(self.workspace, actions, NoticeBar(), dialogs, settings)
        self.went: list[tuple[str, str]] = []
        self.told: list[str] = []
        for action in actions.all():
            action.triggered.connect(partial(self.went.append, ("the window", action.objectName())))
        self.tools.went.connect(lambda key, reference: self.went.append((key, reference)))
        self.tools.toasted.connect(self.told.append)
        self.tools.hinted.connect(self.told.append)
        self.workspace.failed.connect(lambda error: self.told.append(str(error)))
        holder = QWidget()
        self.window.setCentralWidget(holder)
        self.tools.holder = holder
        self.workspace.open(on)
        self.tools.use_as(as_)
        self.view: Any = page(self.tools)
        self.window.setCentralWidget(self.view)
        self.room(1366, 768)
        self.window.show()
        self.lines: tuple[Any, ...] = ()
        self.workspace.ask(rounds, partial(setattr, self, "lines"))
        self.view.show_place(Place(self.lines[0], None) if self.lines else None)

    @property
    def form(self) -> DataForm:
        """Return the form at hand."""
        form = self.tools.dialogs.dialog
        assert isinstance(form, DataForm), f"{form} is no form; it was told: {self.told}"
        return form

    @property
    def has_form(self) -> bool:
        """Whether something is asked."""
        return self.tools.dialogs.dialog is not None

    @property
    def asked(self) -> str:
        """Return what the dialog at hand says."""
        dialog = self.tools.dialogs.dialog
        assert dialog is not None, f"nothing is asked; it was told: {self.told}"
        return words_in(dialog)

    def press(self, words: str) -> "PageUser":
        """Press the button of these words: of the dialog at hand, else of the page."""
        called = (one for one in self._buttons() if words in (_words(one), one.accessibleName()))
        button = next(called, None)
        assert button is not None, f"“{words}” is not offered, but {self.offered}"
        assert button.isEnabled(), f"“{words}” is greyed: {button.toolTip()}"
        button.click()
        return self

    def fill(self, **values: str) -> "PageUser":
        """Type into fields of the form at hand, or choose, by their names."""
        for name, value in values.items():
            field = self.form[name]
            assert field.isVisibleTo(self.form), f"{name} is not asked"
            if isinstance(field, QComboBox) and field.isEditable():
                field.setEditText(value)
            elif isinstance(field, QComboBox):
                at = field.findText(value)
                assert at >= 0, f"{value} is none of {[field.itemText(n) for n in range(field.count())]}"
                field.setCurrentIndex(at)
                field.activated.emit(at)
            elif isinstance(field, QCheckBox):
                field.setChecked(value == "yes")
            elif isinstance(field, QPlainTextEdit):
                field.setPlainText(value)
                field.document().setModified(True)
            else:
                assert isinstance(field, QLineEdit)
                field.setText(value)
                field.setModified(True)
                field.editingFinished.emit()
        return self

    def pick(self, key: Any) -> "PageUser":
        """Make a row current by its key."""
        assert self.view.table.select(key), (
            f"{key} is none of {[*map(self.view.page.row_key, self.view.table.rows)]}"
        )
        return self

    def choose(self, name: str, words: str) -> "PageUser":
        """Choose in a box of the page, by what a reader calls the box."""
        box = next(one for one in self.view.findChildren(QComboBox) if one.accessibleName() == name)
        assert box.findText(words) >= 0, f"{words} is none of {[box.itemText(n) for n in range(box.count())]}"
        box.setCurrentIndex(box.findText(words))
        return self

    def pick_line(self, key: Any) -> "PageUser":
        """Make a line of the part on show current, by its key."""
        card = self.view.detail
        assert isinstance(card, PartsCard)
        assert card.reading.select(key), f"{key} is none of {[line.key for line in self.lines_shown]}"
        return self

    @property
    def lines_shown(self) -> tuple[Any, ...]:
        """Return the lines of the part on show."""
        card = self.view.detail
        assert isinstance(card, PartsCard)
        return tuple(card.reading.rows)

    def find(self, words: str) -> "PageUser":
        """Type into the box that narrows the list down, as a person does."""
        (box, *_) = self.view.narrowing.inputs
        box.setText(words)
        return self

    def open(self, reference: str) -> "PageUser":
        """Be sent to something on the page."""
        self.view.show_reference(reference)
        return self

    def agree(self) -> "PageUser":
        """Press the primary button of the dialog at hand."""
        dialog: Any = self.tools.dialogs.dialog
        dialog.press()
        return self

    def undo(self) -> "PageUser":
        """Undo the last change."""
        self.workspace.undo_stack.undo()
        return self

    def be(self, identity: Identity) -> "PageUser":
        """Hand the laptop on."""
        self.tools.use_as(identity)
        self.view.refresh()
        return self

    @property
    def row(self) -> Any:
        """Return the row at hand."""
        return self.view.row

    @property
    def offered(self) -> tuple[str, ...]:
        """Return the words of every button that can be seen, greyed ones in brackets."""
        return tuple(_words(one) if one.isEnabled() else f"({_words(one)})" for one in self._buttons())

    @property
    def faults(self) -> str:
        """Return what is said to be wrong in the form at hand."""
        return self.form.problem.text()

    @property
    def said(self) -> str:
        """Return what is said beside the list."""
        labels = self.view.detail.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def spoken(self) -> str:
        """Return what a reader says of the page: title, figures, rows, and what stands beside them."""
        view, model = self.view, self.view.table.model()
        if view.is_empty:
            return "\n".join((view.title.text(), view.empty.words))
        said = self.said if view.detail is not None else ""
        lines = names_of(view.detail.reading.model()) if isinstance(view.detail, PartsCard) else ()
        return "\n".join((view.title.text(), view.summary.text(), *names_of(model), said, *lines))

    @property
    def named(self) -> str:
        """Return what a reader says of the row at hand."""
        return names_of(self.view.table.model())[self.view.table.currentIndex().row()]

    def _buttons(self) -> Iterator[QPushButton]:
        within: QWidget = self.tools.dialogs.dialog or self.view
        return (one for one in within.findChildren(QPushButton) if one.isVisibleTo(within))

    def room(self, width: int, height: int) -> "PageUser":
        """Give the page the room of a window of a size."""
        self.window.resize(width, height)
        self.view.fit(Breakpoints(width, height))
        return self

    def leave(self) -> None:
        """Close the record and let go of everything."""
        self.tools.dialogs.drop()
        self.window.hide()
        done: list[bool] = []
        self.workspace.finish(lambda: done.append(True))
        self.runner.finish()
        self.window.deleteLater()


def _words(button: QPushButton) -> str:
    return button.text().replace("&&", "&")


Uses = Callable[..., PageUser]
"""Uses a page of a record of the test's own: the decided one, or another; as the officer, or another."""


def names_of(model: QAbstractItemModel) -> list[str]:
    """Return what a reader says of each row, which its first cell says too."""
    names = [str(model.headerData(n, Qt.Orientation.Vertical, 11)) for n in range(model.rowCount())]
    assert names == [str(model.index(n, 0).data(11)) for n in range(model.rowCount())]
    return names
