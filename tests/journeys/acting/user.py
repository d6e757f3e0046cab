"""Somebody at the window: presses keys, clicks, waits for answers, and sees what is on show."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.form import Form
from gui.help.search_controller import SearchDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.record.runner import Job, Runner, Ticket
from models.operation import Operation
from models.record import Opener, Record
from models.role import role_words
from scoring.written.text import Refused
from tests.entitled import OFFICER, whoever_may
from tests.journeys.acting.watchdog import Watchdog

T = TypeVar("T")


class CountedRunner(Runner):
    """The real window's runner, which also tells when nothing is under way."""

    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.under_way = 0

    def start(self, job: Job) -> Ticket:
        """Start work, and count it; what may wait for the window to rest has no window to wait for."""
        ticket = super().start(replace(job, wait_ms=0))
        self.under_way += 1
        ticket.settled.connect(self._count_down)
        return ticket

    @Slot()
    def _count_down(self) -> None:
        self.under_way -= 1
        if not self.under_way:
            self.idle.emit()


class User:
    """One pair of hands at one window."""

    def __init__(
        self, window: Window, runner: CountedRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.window = window
        self.watchdog = Watchdog()
        self._runner = runner
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self.failures: list[Exception] = []
        window.workspace.failed.connect(self.failures.append)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each as "Ctrl+Return" or "5", where the focus is."""
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]  # not in the stubs
            with self.watchdog.during(f"{key} on {self._where()}"):
                QTest.keyClick(self.focused, combination.key(), combination.keyboardModifiers())
            self.settle()

    def write(self, text: str) -> None:
        """Type words where the focus is."""
        with self.watchdog.during(f"typing on {self._where()}"):
            QTest.keyClicks(self.focused, text)
        self.settle()

    def fill(self, field: QWidget, text: str) -> None:
        """Go to a field and type over what it says."""
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        with self.watchdog.during(f"typing into {field.accessibleName()}"):
            QTest.keyClicks(field, text)
        self.settle()

    def pick(self, box: QComboBox, text: str) -> None:
        """Choose one of the words of a drop-down."""
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
        self.settle()

    def paste(self, field: QWidget, text: str) -> None:
        """Go to a field and paste over what it says."""
        QApplication.clipboard().setText(text)
        field.setFocus()
        self.press("Ctrl+A", "Ctrl+V")

    def reach(self, widget: QWidget) -> None:
        """Put the focus somewhere."""
        widget.setFocus()
        self.settle()

    def click(self, widget: QWidget) -> None:
        """Click on a widget that is there to be clicked."""
        assert widget.isVisible(), f"{_name(widget)} is not on show"
        assert widget.isEnabled(), f"{_name(widget)} is not open"
        with self.watchdog.during(f"click on {_name(widget)} of {self._where()}"):
            middle = QPoint(widget.width() // 2, widget.height() // 2)
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)
        self.settle()

    def settle(self) -> None:
        """Wait until the window has its answers."""
        with self.watchdog.while_waiting():
            QApplication.processEvents()
            while self._runner.under_way or self._runner.is_busy:
                if self._runner.under_way:
                    with self._qtbot.waitSignal(self._runner.idle):
                        pass
                QApplication.processEvents()  # what is left is shown in turns
            if QApplication.activeWindow() is None:  # no window manager does it offscreen
                (self.window.controller.dialog or self.window.main).activateWindow()
            QApplication.processEvents()

    def dialog(self, kind: type[T]) -> T:
        """Return the dialog on show, which is of this kind."""
        found = self.window.controller.dialog
        assert isinstance(found, kind), f"on show is {found!r}, with {self.notice!r}"
        return found

    @property
    def has_dialog(self) -> bool:
        """Whether a dialog is on show."""
        return self.window.controller.dialog is not None

    @property
    def notice(self) -> str:
        """Return what the notice bar says."""
        notice = self.window.main.notices.current
        return notice.words if notice is not None else ""

    def page(self, kind: type[T]) -> T:
        """Return the page on show, which is of this kind."""
        found = self.window.main.pages.current
        assert isinstance(found, kind), f"on show is {found!r}"
        return found

    def answer_files(self, path: Path) -> None:
        """Let the system's own file dialogs answer with this path from now on."""
        for name in ("getOpenFileName", "getSaveFileName"):
            self._monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))
        self._monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))

    def open(self, path: Path) -> None:
        """Open a record by key."""
        self.answer_files(path)
        self.press("Ctrl+O")
        assert self.window.workspace.facts is not None, self.notice

    def be(self, name: str, role: str) -> None:
        """Say who is using this laptop: one of the round's people, in this role."""
        self.window.main.actions_by_name["person"].trigger()
        self.settle()
        dialog = self.dialog(DataForm)
        people = dialog["person"]
        every = [people.itemText(n) for n in range(people.count())]
        found = [n for n, words in enumerate(every) if _is_part(words, name, role)]
        assert found, every
        people.setCurrentIndex(found[0])
        people.activated.emit(found[0])
        self.click(dialog.do)
        self.agree()
        identity = self.window.main.tools.identity
        assert (identity.name, identity.role) == (name, role)

    def agree(self) -> None:
        """Agree to a question, where one is on show."""
        dialog = self.window.controller.dialog
        is_final = isinstance(dialog, FinalDataForm) and dialog.windowTitle() == "Hand in"
        if isinstance(dialog, Form) and (is_final or isinstance(dialog, ConfirmDialog)):
            self.click(dialog.do)

    def area(self, name: str | None) -> None:
        """Switch the header to one area, or to all (None)."""
        area = self.window.main.header.area
        area.choose(name)
        with self.watchdog.during("switching the area"):
            area.activated.emit(area.currentIndex())
        self.settle()

    def move_on(self, area: str) -> None:
        """Move an area to its next stage, as the chair, by the header."""
        self.area(area)
        self.click(self.window.main.header.stages)
        self.click(self.dialog(FinalDataForm).do)

    def found_by_search(self, words: str) -> list[str]:
        """Return which applications Ctrl+K finds, and leave the search."""
        self.press("Ctrl+K")
        dialog = self.dialog(SearchDialog)
        self.write(words)
        found = [one.words for one in dialog.shown() if one.group == "Application"]
        self.press("Esc")
        return found

    def perform(self, operations: Iterable[Operation]) -> None:
        """Do many things that other hands do at other laptops, without their keys."""
        told = len(self.failures)
        for operation in operations:
            self.window.workspace.perform(operation)
        self.settle()
        assert not self.failures[told:], str(self.failures[told])

    def leave_to_others(self, operations: Iterable[Operation]) -> None:
        """Close the record, let others do many things at their own laptops, and open it again."""
        facts = self.window.workspace.facts
        self.close()
        with Record.open(facts.path, Opener("Grace Okoro", "another laptop")) as record:
            actor = OFFICER
            for operation in operations:  # whoever did the one before mostly does the next
                try:
                    record.perform(operation, actor)
                except Refused:
                    actor = whoever_may(record, operation)
                    record.perform(operation, actor)
        self.open(facts.path)

    def ask(self, query: Callable[..., T]) -> T:
        """Ask the record."""
        found: list[T] = []
        self.window.workspace.ask(query, found.append)
        self.settle()
        return found[0]

    def close(self) -> None:
        """Close the record by key."""
        self.press("Ctrl+W")

    @property
    def focused(self) -> QWidget:
        """Return what takes the keys."""
        dialog: QDialog | None = self.window.controller.dialog
        return QApplication.focusWidget() or dialog or self.window.main

    def _where(self) -> str:
        dialog = self.window.controller.dialog
        return dialog.windowTitle() if dialog is not None else str(self.window.main.pages.key)


def _is_part(words: str, name: str, role: str) -> bool:
    return words.startswith(name) and words.endswith(f", {role_words(role)}")


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget.property("text") or type(widget).__name__)
