"""What a long piece of work leaves free goes back to the computer; a short one is not worth it."""

import pytest
from pytestqt.qtbot import QtBot

from gui.memory import give_back
from gui.runner import Job, PoolRunner


def test_giving_back_what_is_free_harms_nothing() -> None:
    give_back()


@pytest.mark.parametrize(("label", "times"), [("Sums", 1), ("", 0)])
def test_it_is_given_back_after_work_that_is_long_enough_to_be_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, label: str, times: int
) -> None:
    given: list[str] = []
    monkeypatch.setattr("gui.runner.give_back", lambda: given.append("back"))
    runner, done = PoolRunner(), list[object]()

    runner.start(Job(lambda ticket: "sum", done.append, done.append, label=label))
    qtbot.waitUntil(lambda: done == ["sum"])
    runner.finish()

    assert len(given) == times
