"""Steps are taken in their order, short ones together, and none of them stops those after it."""

from functools import partial
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.performance.turns import WAIT_MS, Turns


def fail() -> None:
    raise ValueError("no")


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_steps_come_in_their_order_and_not_with_what_was_posted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr("gui.performance.turns.TURN_SECONDS", seconds)
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)
    for name in ("one", "two", "three"):
        turns.put(partial(taken.append, name))
    QCoreApplication.sendPostedEvents()
    assert taken == []

    qtbot.waitUntil(lambda: taken == ["one", "two", "three"])
    turns.put(partial(taken.append, "four"))
    qtbot.waitUntil(lambda: taken[3:] == ["four"])


def test_a_turn_behind_something_long_lets_what_else_is_due_come_first_and_only_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.performance.turns.monotonic", count().__next__)  # a second at each look
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)
    turns.put(partial(taken.append, "turn"))
    QTimer.singleShot(WAIT_MS, holder, partial(taken.append, "due"))

    qtbot.waitUntil(lambda: len(taken) == 2)

    assert taken == ["due", "turn"]


def test_what_a_step_puts_waits_for_the_painting_of_what_it_changed(qtbot: QtBot) -> None:
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)

    def step() -> None:
        turns.put(partial(taken.append, "put by it"))
        QTimer.singleShot(0, holder, partial(turns.put_first, partial(taken.append, "painted")))

    turns.put(step)
    qtbot.waitUntil(lambda: len(taken) == 2)

    assert taken == ["painted", "put by it"]


def test_those_after_a_step_that_breaks_are_taken(qtbot: QtBot) -> None:
    holder, taken = QObject(), list[str]()
    turns = Turns(holder)

    with qtbot.captureExceptions() as broken:
        turns.put(fail)
        turns.put(partial(taken.append, "next"))
        qtbot.waitUntil(lambda: taken == ["next"])

    assert [error[0] for error in broken] == [ValueError]
