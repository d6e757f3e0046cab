"""The undo list while the record is still busy with the step before."""

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from gui.record.changes import Change, Steps, UndoList
from gui.record.runner import PoolRunner
from models.operation import Operation
from models.operations.set_up.rounds import SetMarking
from models.queries.set_up.rounds import round_line
from models.values.rounds import RoundLine
from tests.gui.conftest import Opens

OFFICIAL, SENSITIVE = "OFFICIAL", "OFFICIAL-SENSITIVE"


class SlowRecord:
    """A record that ends a step only when it is told to."""

    def __init__(self) -> None:
        self.holder = QObject()
        self.stack = UndoList(self.holder)
        self.steps = Steps(self._perform)
        self.asked: list[tuple[Change, Operation]] = []
        self.performed: list[str] = []

    def change(self, before: str, after: str) -> None:
        """Put a change of the round's marking on the list."""
        self.stack.push(Change("Mark", SetMarking(1, before, after), self.steps))

    def _perform(self, change: Change, operation: Operation) -> None:
        assert not self.asked, "one step at a time"
        self.asked.append((change, operation))

    def end_all(self) -> None:
        """End steps as long as there are any."""
        while self.asked:
            change, operation = self.asked.pop()
            assert isinstance(operation, SetMarking)
            self.performed.append(f"{operation.replacing} to {operation.marking}")
            change.take(SetMarking(1, operation.replacing, operation.marking))


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


def test_steps_of_several_changes_are_done_in_the_order_they_were_asked_for(record: SlowRecord) -> None:
    record.change("A", "B")
    record.change("B", "C")
    record.stack.undo()
    record.stack.undo()
    record.stack.redo()
    record.stack.redo()

    record.end_all()

    assert record.performed == ["C to B", "B to A", "A to B", "B to C"]


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
    window = opens(PoolRunner())
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


def test_undo_is_there_while_the_first_change_is_saved(record: SlowRecord) -> None:
    undo, redo = record.stack.actions(record.holder)
    assert not undo.isEnabled()

    record.stack.begin()
    assert undo.isEnabled()
    undo.trigger()
    record.change("A", "B")
    record.stack.end(is_done=True)
    record.end_all()

    assert record.performed == ["B to A"]
    assert (undo.isEnabled(), redo.isEnabled(), redo.text()) == (False, True, "&Redo Mark")


def test_ctrl_z_at_once_takes_the_change_back_that_is_being_saved(
    opens: Opens, record_path: Path, qtbot: QtBot
) -> None:
    window = opens(PoolRunner())
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


def test_what_was_undone_or_done_again_is_said_by_its_name(opened: Window) -> None:
    workspace = opened.workspace
    workspace.perform(SetMarking(1, SENSITIVE, OFFICIAL))
    label = workspace.undo_stack.undoText()

    workspace.undo_stack.undo()
    undone = opened.main.toast.words
    workspace.undo_stack.redo()

    assert label
    assert undone == f"Undone: {label}."
    assert opened.main.toast.words == f"Done again: {label}."

    workspace.session.clear_at_barrier()
    assert opened.main.status.work.text() == "Earlier changes can no longer be undone"
    workspace.perform(SetMarking(1, OFFICIAL, SENSITIVE))
    assert opened.main.status.work.text() == "No work in the background", "this one can be undone"
