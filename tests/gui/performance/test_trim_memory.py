"""What a long piece of work leaves free goes back to the computer; a short one is not worth it."""

from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from gui.performance.trim_memory import share_heap, trim_memory
from gui.record.runner import Job, PoolRunner


def test_what_is_free_goes_back_to_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")  # others give it back by themselves
    asked: list[int] = []
    heaps: list[tuple[int, int]] = []
    library = SimpleNamespace(malloc_trim=asked.append, mallopt=lambda *given: heaps.append(given))
    monkeypatch.setattr("ctypes.CDLL", lambda name: library)

    trim_memory()
    share_heap()
    assert asked == [0]
    assert heaps == [(-8, 1)]  # the number that glibc has for the most heaps

    monkeypatch.setattr("ctypes.CDLL", lambda name: SimpleNamespace())
    trim_memory()  # a C library that knows no such thing is let be
    share_heap()
    monkeypatch.setattr("sys.platform", "win32")
    trim_memory()
    assert asked == [0]


@pytest.mark.parametrize(("label", "times"), [("Sums", 1), ("", 0)])
def test_it_is_given_back_after_work_that_is_long_enough_to_be_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, label: str, times: int
) -> None:
    given: list[str] = []
    monkeypatch.setattr("gui.record.runner.trim_memory", lambda: given.append("back"))
    runner, done = PoolRunner(), list[object]()

    runner.start(Job(lambda ticket: "sum", done.append, done.append, label=label))
    qtbot.waitUntil(lambda: done == ["sum"])
    runner.finish()

    assert len(given) == times
