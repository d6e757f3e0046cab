"""While a crafted file is read, the window answers; then it says in a sentence why nothing was taken in."""

from functools import partial
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.applications.page import ApplicationsPage
from gui.record.runner import Runner
from tests.exchange import hostile
from tests.gui.conftest import Opens
from tests.gui.pressing import page_of
from tests.journeys.acting.watchdog import FAILS_IN_THE_SUITE_OVER_MS, FAILS_OVER_MS, Watchdog
from tests.safety.table import Reached, Times

SHORT = ("endless_cell",)


@pytest.mark.safety(11)
def test_the_window_is_alive_while_crafted_files_are_read(
    opens: Opens, record_path: Path, tmp_path: Path, qtbot: QtBot, times: Times, reached: Reached
) -> None:
    window, watchdog, beats = opens(Runner()), Watchdog(), list[int]()
    watchdog._beat.timeout.connect(partial(beats.append, 1))
    window.controller.open(record_path)
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    window.main.actions_by_name["applications"].trigger()
    page = page_of(window, ApplicationsPage)
    qtbot.waitUntil(lambda: page.buttons[0].isVisible() and page.buttons[0].isEnabled())
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    makers = SHORT if times(1, 2) == 1 else tuple(hostile.REFUSED)

    for maker in makers:
        path = tmp_path / f"{maker}.xlsx"
        hostile.REFUSED[maker](path)
        before, began = len(beats), perf_counter()
        with watchdog.while_waiting():
            page.wizard.read(path)
            qtbot.waitUntil(partial(is_told, window, path.name))
        waited_ms = (perf_counter() - began) * 1000  # a file that is refused at once leaves no time to answer
        assert len(beats) - before >= waited_ms // FAILS_OVER_MS, "the event loop stood still meanwhile"

    assert len(beats) > len(makers), "the event loop stood still while files were read"
    assert not watchdog.over(times(FAILS_IN_THE_SUITE_OVER_MS, FAILS_OVER_MS)), watchdog.words()
    longest = max((block.milliseconds for block in watchdog.blocks), default=0)
    done = f"{len(makers)} read by the window: it answered {len(beats):,} times meanwhile"
    reached(f"{done}, the longest wait {f'{longest:.0f} ms' if longest else 'under 50 ms'}")


def is_told(window: Window, name: str) -> bool:
    notice = window.main.notices.current
    return notice is not None and name in notice.words
