"""Undo while the record is busy, a change that the record works out first, and a copy brought back."""

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.deciding.challenges import EMPTY
from gui.pages.page import Identity
from gui.record import record_actions
from gui.record.changes import Change, UndoList
from gui.record.notices import HERE
from gui.record.runner import Runner
from models.operation import Actor, Operation
from models.operations.set_up.office import SetPublisher
from models.operations.set_up.rounds import SetMarking
from models.queries.set_up.rounds import round_line
from models.record import Opener, Record
from models.store.sqlite import backup
from models.values.rounds import RoundLine
from tests.gui.conftest import Opens
from tests.gui.deciding import make_decided
from tests.gui.pressing import box_of, page_of, told

OFFICIAL, SENSITIVE = "OFFICIAL", "OFFICIAL-SENSITIVE"


class SlowRecord:
    """A record that ends a step only when it is told to."""

    def __init__(self) -> None:
        self.holder = QObject()
        self.stack = UndoList(self.holder)
        self.asked: list[tuple[Change, Operation]] = []
        self.performed: list[str] = []

    def change(self, before: str, after: str) -> None:
        """Put a change of the round's marking on the list."""
        self.stack.push(Change("Mark", SetMarking(1, before, after), self._perform))

    def _perform(self, change: Change, operation: Operation) -> None:
        assert not self.asked, "one step at a time"
        self.asked.append((change, operation))
        self.stack.begin()

    def end_all(self) -> None:
        """End steps as long as there are any."""
        while self.asked:
            change, operation = self.asked.pop()
            assert isinstance(operation, SetMarking)
            self.performed.append(f"{operation.replacing} to {operation.marking}")
            change.take(SetMarking(1, operation.replacing, operation.marking))
            self.stack.end(is_done=True)


@pytest.fixture
def record(qapp: QApplication) -> SlowRecord:
    return SlowRecord()


def test_a_step_forth_waits_for_the_step_back(record: SlowRecord) -> None:
    record.change("A", "B")
    for _ in range(2):
        record.stack.undo()
        record.stack.redo()

    record.end_all()

    assert record.performed == ["B to A", "A to B", "B to A", "A to B"]


def test_what_waits_is_dropped_once_the_list_is_cleared(record: SlowRecord) -> None:
    record.change("A", "B")
    record.stack.undo()
    record.stack.redo()

    record.stack.clear()
    record.end_all()
    record.change("A", "C")
    record.stack.undo()
    record.end_all()

    assert record.performed == ["B to A", "C to A"]


def test_undo_while_a_change_is_saved_takes_that_change_back(record: SlowRecord) -> None:
    record.change("A", "B")
    record.stack.begin()

    record.stack.undo()
    record.end_all()
    assert record.performed == []

    record.change("B", "C")
    record.stack.end(is_done=True)
    record.end_all()
    assert record.performed == ["C to B"]
    assert record.stack.undoText() == "Mark"


def test_undo_and_redo_pressed_while_a_change_is_saved_are_done_in_order(record: SlowRecord) -> None:
    record.stack.begin()
    for _ in range(2):
        record.stack.undo()
        record.stack.redo()

    record.change("A", "B")
    record.stack.end(is_done=True)
    record.end_all()

    assert record.performed == ["B to A", "A to B", "B to A", "A to B"]


def test_undo_of_a_change_that_is_refused_takes_no_other_back(record: SlowRecord) -> None:
    record.change("A", "B")
    record.stack.begin()
    record.stack.undo()

    record.stack.end(is_done=False)
    record.end_all()

    assert record.performed == []
    assert record.stack.canUndo()


def test_undo_between_two_changes_that_are_saved_takes_the_first_back(record: SlowRecord) -> None:
    record.stack.begin()
    record.stack.undo()
    record.stack.begin()

    record.change("A", "B")
    record.stack.end(is_done=True)
    record.end_all()
    assert record.performed == ["B to A"]

    record.change("A", "C")
    record.stack.end(is_done=True)
    record.stack.undo()
    record.end_all()
    assert record.performed == ["B to A", "C to A"]


def test_a_change_on_its_way_as_somebody_else_sits_down_is_theirs_to_undo_no_more(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    window = opens(Runner())
    workspace = window.workspace
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)

    workspace.perform(SetMarking(1, SENSITIVE, OFFICIAL))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    qtbot.waitUntil(lambda: not workspace.undo_stack.is_saving)
    assert not workspace.undo_stack.canUndo()

    with qtbot.waitSignal(workspace.saved):
        workspace.perform(SetMarking(1, OFFICIAL, SENSITIVE))
    assert workspace.undo_stack.canUndo()


def test_ctrl_z_at_once_takes_the_change_back_that_is_being_saved(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    window = opens(Runner())
    workspace, undo = window.workspace, window.main._undo[0]
    back: list[str] = []
    workspace.took_back.connect(lambda words, _: back.append(words))
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    first, second = (
        SetMarking(1, after, before) for before, after in pairwise((OFFICIAL, SENSITIVE, OFFICIAL))
    )
    with qtbot.waitSignal(workspace.saved):
        workspace.perform(first)

    workspace.perform(second)
    undo.trigger()
    qtbot.waitUntil(lambda: bool(back))

    asked: list[RoundLine] = []
    workspace.ask(partial(round_line, round_id=1), asked.append)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].marking == SENSITIVE
    assert workspace.undo_stack.canUndo()


def test_what_was_typed_comes_back_where_the_record_refuses_it(
    opens: Opens, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opens(Runner(), make_decided(tmp_path / "office.panel"))
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("challenges")
    page = page_of(window, ListedView)
    qtbot.waitUntil(lambda: page.empty.words == EMPTY)
    page.way_on.trigger()
    box = box_of(window, DataForm)
    box["application"].setCurrentIndex(1)
    box["asked_by"].setText("Uma Asker")
    box["grounds"].setPlainText("The old budget was read.")
    box["due_on"].setText("2 January 2020")
    box.do.click()
    assert box.problem.text().startswith("2 January 2020 is more than five years from today")
    box.do.click()

    qtbot.waitUntil(lambda: "Everything you typed is still here" in box.problem.text())

    assert window.controller.dialog is box
    assert box["grounds"].toPlainText() == "The old budget was read."
    box["due_on"].setText("")
    box.do.click()
    qtbot.waitUntil(lambda: len(page.table.rows) == 1)
    assert page.table.rows[0].challenge.grounds == "The old budget was read."


OPENER = Opener("Priya Nair", "tests")


def change(path: Path) -> None:
    with Record.open(path, OPENER) as record:
        record.perform(SetPublisher("360G-there", "GB-COH-1"), Actor("Priya Nair"))


@pytest.fixture
def here(window: Window, record_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy made from the warning, open in the window."""
    monkeypatch.setattr(
        record_actions, "warnings_about", lambda path: (f"{path.name} lies on a network drive.",)
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: (str(tmp_path / "here.panel"), ""))
    window.controller.open(record_path)
    notice = window.main.notices.current
    assert [remedy.words for remedy in notice.remedies] == [HERE, "Save a copy…"]
    monkeypatch.setattr(record_actions, "warnings_about", lambda path: ())
    notice.remedies[0].do()
    return tmp_path / "here.panel"


def put_back(window: Window, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Choose what is offered first, and give what that was."""
    offered: list[str] = []

    def choose(parent: object, title: str, path: str, *rest: str) -> tuple[str, str]:
        offered.append(path)
        return path, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.main.actions_by_name["copy_back"].trigger()
    return offered


def test_a_copy_is_worked_on_here_and_goes_back_to_where_it_came_from(
    window: Window, here: Path, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace.facts.path == here
    assert told(window).startswith("You work on a copy on this computer now.")
    with Record.read_copy(record_path) as record:
        before = record.head().seq
    window.workspace.perform(SetPublisher("360G-here", "GB-COH-1"))

    assert put_back(window, monkeypatch) == [str(record_path)]

    assert told(window).startswith("Grants office.panel in ")
    assert "copy back" in [copy.reason for copy in backup.copies(record_path)]
    with Record.read_copy(record_path) as record:
        assert record.head().seq == before + 1


def test_what_was_changed_there_is_never_written_over_and_can_be_compared(
    window: Window, here: Path, record_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.main.tools.use_as(Identity("Priya Nair", "officer"))
    window.workspace.perform(SetPublisher("360G-here", "GB-COH-1"))
    change(record_path)
    before = record_path.read_bytes()

    put_back(window, monkeypatch)

    assert "nothing is written over" in told(window)
    assert record_path.read_bytes() == before
    notice = window.main.notices.current
    notice.remedies[0].do()
    assert window.controller.dialog is not None
