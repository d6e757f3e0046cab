"""What is long is built in slices, and whole for whoever needs it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.performance.time_slicing import TimeSlicing


@pytest.fixture
def slices(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[TimeSlicing]:
    """TimeSlicing of one step each."""
    monkeypatch.setattr("gui.performance.time_slicing.SLICE_SECONDS", 0.0)
    holder = QObject()
    yield TimeSlicing(holder)
    del holder


def steps(taken: list[str], *names: str) -> Iterator[None]:
    for name in names:
        taken.append(name)
        yield


def test_the_first_slice_is_taken_at_once_and_the_rest_as_the_window_has_time(
    slices: TimeSlicing, qtbot: QtBot
) -> None:
    taken: list[str] = []
    slices.begin(steps(taken, "one", "two", "three"))
    assert taken == ["one"]

    qtbot.waitUntil(lambda: taken == ["one", "two", "three"])


def test_an_earlier_action_is_left_where_it_is(slices: TimeSlicing, qtbot: QtBot) -> None:
    taken: list[str] = []
    slices.begin(steps(taken, "one", "two"))
    slices.begin(steps(taken, "uno", "due"))

    qtbot.waitUntil(lambda: taken == ["one", "uno", "due"])


def test_what_is_left_is_taken_for_whoever_needs_it_whole(slices: TimeSlicing) -> None:
    taken: list[str] = []
    slices.begin(steps(taken, "one", "two", "three"))

    slices.finish()

    assert taken == ["one", "two", "three"]
