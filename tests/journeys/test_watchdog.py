"""The watch on the event loop sees a block that is too long, and lets a short one be."""

from time import perf_counter, thread_time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.acting.watchdog import FAILS_OVER_MS, Watchdog


def _busy_for(seconds: float) -> None:
    end = perf_counter() + seconds
    while perf_counter() < end:
        pass


def test_an_action_that_keeps_the_loop_too_long_is_named(qapp: QApplication) -> None:
    watchdog = Watchdog()

    with watchdog.during("a short action"):
        _busy_for(0.001)
    watchdog._since = (perf_counter() - 0.6, thread_time() - 0.6)
    watchdog._during = "a long action"
    watchdog._note()

    assert [block.during for block in watchdog.over(FAILS_OVER_MS)] == ["a long action"]


def test_a_block_while_answers_come_in_is_seen(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    with watchdog.during("waiting"):
        pass

    with watchdog.while_waiting():
        QTimer.singleShot(0, lambda: _busy_for(0.12))
        qtbot.waitUntil(lambda: bool(watchdog.blocks))

    assert watchdog.blocks[0].during == "waiting"
    assert watchdog.over(FAILS_OVER_MS) == []
