"""The undo list while the record is still busy with the step before."""

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from gui.undo import Change, Steps
from models.operation import Operation
from models.operations.marking import SetMarking


class SlowRecord:
    """A record that ends a step only when it is told to."""

    def __init__(self) -> None:
        self.stack = QUndoStack()
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
