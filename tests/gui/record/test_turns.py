"""What is done in turns: an answer is sent, an error is raised in it, and what it does not take is told."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.record.turns import Turns, given, performing, settling, take_turns
from gui.record.workspace import Workspace
from models.operation import Outcome
from models.operations.applications.corrections import SetWithdrawn
from scoring.written.text import Refused


class Told(QObject):
    """Something that is pressed."""

    pressed = Signal(object, object)
    failed = Signal(object)


def workspace_of(told: Told, settle: Callable[[str], bool] | None = None) -> Workspace:
    """Return what turns need of a workspace."""
    return cast(
        "Workspace", SimpleNamespace(failed=told.failed, session=SimpleNamespace(claim=lambda: settle))
    )


def asked(then: Callable[[Any], object], *, failed: Callable[[Exception], object]) -> None:
    """Answer at once."""
    then("an answer")


def refused(then: Callable[[Any], object], *, failed: Callable[[Exception], object]) -> None:
    """Refuse at once."""
    failed(Refused("not so"))


def test_answers_come_back_and_what_is_refused_is_told_once(qapp: QApplication) -> None:
    told, heard = Told(), list[object]()
    told.failed.connect(lambda error: heard.append(str(error)))

    def turns() -> Turns:
        heard.append((yield asked))
        heard.append((yield given(told.pressed)))
        try:
            yield refused
        except Refused:
            heard.append("taken")
        yield refused
        heard.append("never")

    take_turns(workspace_of(told), turns())
    told.pressed.emit(1, 2)
    told.pressed.emit(3, 4)

    assert heard == ["an answer", (1, 2), "taken", "not so"]


def test_the_dialog_that_asked_is_told_first(qapp: QApplication) -> None:
    told, heard = Told(), list[str]()
    told.failed.connect(lambda error: heard.append(f"everyone: {error}"))

    def turns(workspace: Workspace) -> Turns:
        with settling(workspace):
            yield refused

    for is_taken in (True, False):
        workspace = workspace_of(told, lambda words, takes=is_taken: heard.append(words) or takes)
        take_turns(workspace, turns(workspace))

    assert heard == ["not so", "not so", "everyone: not so"]


def test_a_change_after_a_copy_answers_with_its_outcome_and_with_what_came_beside(opened: Window) -> None:
    change = SetWithdrawn(1, "W-014", is_withdrawn=True, reason="asked to")
    perform = partial(opened.workspace.perform_after_copy, "a test", change, lambda *_: "beside")
    heard: list[object] = []

    def turns() -> Turns:
        outcome, (beside, _) = yield performing(perform)
        heard.extend((type(outcome), beside))

    take_turns(opened.workspace, turns())

    assert heard == [Outcome, "beside"]
