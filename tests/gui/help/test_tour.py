"""The tour of the sample: each of its twelve steps points at the control that it tells of."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.help import tour
from gui.help.pointer import Pointer
from gui.help.tour_steps import STEPS, TourStep
from gui.record.first_run import SAMPLE_NAME
from gui.record.runner import InlineRunner
from gui.widgets.frame import notice_bar
from gui.widgets.speech import announcing
from tests.gui.announcing import hear
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


@pytest.mark.parametrize("percent", [100, 200])
def test_twelve_steps_lead_from_the_import_to_the_schedule_by_keys_and_give_the_laptop_back(
    toured: Window, qtbot: QtBot, percent: int
) -> None:
    toured.main.resize(1366, 688)
    toured.look.set_percent(percent)
    pages, onward_ends = [], set()
    for number, step in enumerate(STEPS, 1):
        qtbot.waitUntil(lambda step=step: _points_at(toured, step))
        notice = toured.main.notices.current
        assert notice is not None
        assert notice.words == f"Step {number} of 12: {step.words}"
        assert toured.main.tools.identity.role == step.role
        pages.append(toured.main.pages.key)
        onward = toured.main.notices.remedies[-1]
        assert onward.hasFocus()
        bar = toured.main.notices
        bar.layout().activate()
        onward_ends.add(bar.width() - onward.geometry().right())  # the next press needs no other place
        qtbot.keyClick(onward, Qt.Key.Key_Space)

    assert len(onward_ends) == 1
    assert (pages[0], pages[-1]) == ("applications", "exports")
    assert toured.main.notices.current is None
    assert _pointed_at(toured) is None
    assert toured.main.tools.identity.name == "Priya Nair"  # who used this computer last


def test_each_step_is_said_once_its_page_is_there_with_what_the_ring_is_around(
    toured: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[0]))
    shown, heard = hear(monkeypatch, notice_bar), hear(monkeypatch, announcing)
    for step in STEPS[1:]:
        toured.main.notices.remedies[-1].click()
        qtbot.waitUntil(lambda step=step: _points_at(toured, step))

    assert shown == [], "words that are said while a page is being filled are lost"
    said = [words for words in heard if words.startswith("Step ")]  # the meeting says its total
    assert [words.split(": ", 1)[1].split(" The ring")[0] for words in said] == [
        step.words for step in STEPS[1:]
    ]
    assert said[2] == f"Step 4 of 12: {STEPS[3].words} The ring is around the button Record a declaration."
    monkeypatch.setattr(toured.main.tools, "go", lambda key: None)
    monkeypatch.setattr(tour, "LOOKS", 1)
    toured.main.notices.remedies[0].click()
    qtbot.waitUntil(lambda: f"Step 11 of 12: {STEPS[10].words}" in heard)  # of no ring, where there is none


def test_it_is_left_with_its_message_and_taken_up_at_the_same_step(toured: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[0]))
    toured.main.notices.remedies[-1].click()
    toured.main.notices.remedies[-1].click()
    toured.main.notices.remedies[0].click()
    toured.main.notices.settle("tour")

    assert _pointed_at(toured) is None
    toured.main.actions_by_name["tour"].trigger()
    qtbot.waitUntil(lambda: _points_at(toured, STEPS[1]))


def _points_at(window: Window, step: TourStep) -> bool:
    at = _pointed_at(window)
    if not isinstance(at, QAbstractButton) or at.visibleRegion().boundingRect() != at.rect():
        return False
    begins = (step.control, step.way) if step.way else (step.control,)
    is_at = at.text().startswith(begins) or at.accessibleName().startswith(begins)
    return is_at and window.main.pages.key == step.page


def _pointed_at(window: Window) -> QWidget | None:
    pointer = window.main.findChild(Pointer)
    return pointer.at if isinstance(pointer, Pointer) else None
