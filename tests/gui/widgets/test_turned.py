"""Scrolling a page past lists, numbers, days and sliders changes none of them."""

import ast
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QStyleOptionComboBox,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.widgets.turned import ChoiceList, DayBox, LevelSlider, NumberBox
from tests.sources import nodes

LONG = "Support victims, the persistently targeted, the vulnerable and the intimidated above all"
QTS_OWN = {"QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit"}
QTS_OWN |= {"QDateTimeEdit", "QSlider", "QDial", "QTabBar", "QTabWidget"}


def a_list() -> tuple[QWidget, Callable[[], object]]:
    box = ChoiceList()
    box.addItems(["Coventry", "Dudley", "Solihull"])
    box.setCurrentIndex(1)
    return box, box.currentText


def a_number() -> tuple[QWidget, Callable[[], object]]:
    box = NumberBox()
    box.setValue(5)
    return box, box.value


def a_day() -> tuple[QWidget, Callable[[], object]]:
    box = DayBox()
    box.setDate(QDate(2026, 11, 20))
    return box, box.date


def a_slider() -> tuple[QWidget, Callable[[], object]]:
    slider = LevelSlider()
    slider.setValue(40)
    return slider, slider.value


@pytest.fixture(params=[a_list, a_number, a_day])
def still(request: pytest.FixtureRequest) -> tuple[QWidget, Callable[[], object]]:
    """Each control that the wheel never turns, with what reads its value."""
    made: tuple[QWidget, Callable[[], object]] = request.param()
    return made


@pytest.fixture(params=[a_list, a_number, a_day, a_slider])
def control(request: pytest.FixtureRequest) -> tuple[QWidget, Callable[[], object]]:
    """Each control, with what reads its value."""
    made: tuple[QWidget, Callable[[], object]] = request.param()
    return made


def page_with(control: QWidget, qtbot: QtBot) -> QScrollArea:
    area, page = QScrollArea(), QWidget()
    column = QVBoxLayout(page)
    other = QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.setMinimumHeight(2000)
    column.addWidget(control)
    column.addWidget(other)
    area.setWidget(page)
    area.resize(300, 300)
    qtbot.addWidget(area)
    area.show()
    area.activateWindow()
    other.setFocus()
    return area


def turn(control: QWidget) -> None:
    """Turn the wheel one step down over a control."""
    window = control.window()
    at = QPointF(control.mapTo(window, control.rect().center()))
    QTest.wheelEvent(window.windowHandle(), at, QPoint(0, -120))


def test_the_wheel_scrolls_the_page_past_a_control(
    control: tuple[QWidget, Callable[[], object]], qtbot: QtBot
) -> None:
    box, value = control
    area = page_with(box, qtbot)
    before = value()

    turn(box)

    assert value() == before
    assert area.verticalScrollBar().value() > 0
    assert not box.hasFocus()


def test_the_wheel_turns_a_slider_that_has_the_focus(qtbot: QtBot) -> None:
    box, value = a_slider()
    area = page_with(box, qtbot)
    before = value()

    box.setFocus()
    turn(box)

    assert value() != before
    assert area.verticalScrollBar().value() == 0


def test_the_wheel_scrolls_the_page_past_a_list_number_or_day_that_has_the_focus(
    still: tuple[QWidget, Callable[[], object]], qtbot: QtBot
) -> None:
    box, value = still
    area = page_with(box, qtbot)
    before = value()

    box.setFocus()
    turn(box)

    assert value() == before
    assert area.verticalScrollBar().value() > 0


def test_nothing_in_the_window_makes_a_control_that_turns_without_focus() -> None:
    made = [
        f"{path}:{node.lineno} {name}"
        for path, node in nodes("|".join(QTS_OWN), "gui")
        if not path.endswith("/turned.py")
        for name in names_of(node)
        if name in QTS_OWN
    ]

    assert made == []


def names_of(node: ast.AST) -> list[str]:
    """Return the classes that a line makes one of, or builds upon."""
    if isinstance(node, ast.Call):
        return [node.func.id] if isinstance(node.func, ast.Name) else []
    return (
        [base.id for base in node.bases if isinstance(base, ast.Name)]
        if isinstance(node, ast.ClassDef)
        else []
    )


def test_what_has_no_room_in_a_list_ends_in_an_ellipsis_and_is_whole_beneath(qtbot: QtBot) -> None:
    box = ChoiceList()
    qtbot.addWidget(box)
    box.addItems([LONG, "Costs"])
    box.resize(160, box.sizeHint().height())
    box.show()

    drawn = QStyleOptionComboBox()
    box.initStyleOption(drawn)
    assert drawn.currentText.endswith("…")
    assert LONG.startswith(drawn.currentText[:-1])
    assert box.currentText() == LONG
    at = QPoint(20, 10)
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, at, box.mapToGlobal(at)))
    assert QToolTip.text() == LONG
    box.showPopup()
    assert box.view().width() >= box.view().sizeHintForColumn(0)
    box.hidePopup()

    box.setCurrentIndex(1)
    box.initStyleOption(drawn)
    assert drawn.currentText == "Costs"


def test_what_is_chosen_with_keys_in_a_closed_list_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Orca hears nothing of it from Qt; what is set without the keys is said by nobody."""
    said: list[str] = []
    monkeypatch.setattr("gui.widgets.turned.is_for_orca", lambda: True)
    monkeypatch.setattr("gui.widgets.turned.announce", lambda _, words: said.append(words))
    box, _ = a_list()
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
    box.clearFocus()
    box.setCurrentText("Solihull")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)

    assert said == ["Dudley"]
