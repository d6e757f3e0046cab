"""The tour of the sample: each of its twelve steps points at the control that it tells of."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.help.pointer import Pointer
from gui.help.tour_steps import STEPS, TourStep
from gui.record.first_run import SAMPLE_NAME
from gui.record.runner import InlineRunner
from tests.gui.conftest import Opens

pytestmark = pytest.mark.overview


@pytest.fixture
def toured(opens: Opens, made_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    shutil.copy(made_sample, tmp_path / SAMPLE_NAME)
    window = opens(InlineRunner())
    monkeypatch.setattr(window.controller.first_run, "_folder", tmp_path)
    window.main.show()
    window.main.actions_by_name["tour"].trigger()
    return window


def test_twelve_steps_lead_from_the_import_to_the_schedule_by_keys_and_give_the_laptop_back(
    toured: Window, qtbot: QtBot
) -> None:
    pages = []
    for number, step in enumerate(STEPS, 1):
        qtbot.waitUntil(lambda step=step: _points_at(toured, step))
        notice = toured.main.notices.current
        assert notice is not None
        assert notice.words == f"Step {number} of 12: {step.words}"
        assert toured.main.tools.identity.role == step.role
        pages.append(toured.main.pages.key)
        onward = toured.main.notices.remedies[0]
        assert onward.hasFocus()
        qtbot.keyClick(onward, Qt.Key.Key_Space)

    assert (pages[0], pages[-1]) == ("applications", "exports")
    assert toured.main.notices.current is None
    assert _pointed_at(toured) is None
    assert toured.main.tools.identity.name == "Priya Nair"  # who used this computer last


def test_it_is_left_with_its_message_and_taken_up_at_the_same_step(toured: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[0]))
    toured.main.notices.remedies[0].click()
    toured.main.notices.remedies[0].click()
    toured.main.notices.remedies[1].click()
    toured.main.notices.settle("tour")

    assert _pointed_at(toured) is None
    toured.main.actions_by_name["tour"].trigger()
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[1]))


def _points_at(window: Window, step: TourStep) -> bool:
    at = _pointed_at(window)
    if not isinstance(at, QAbstractButton) or not at.isVisible():
        return False
    return (at.text() or at.accessibleName()).startswith(step.control) and window.main.pages.key == step.page


def _pointed_at(window: Window) -> QWidget | None:
    pointer = window.main.findChild(Pointer)
    return pointer.at if isinstance(pointer, Pointer) else None
