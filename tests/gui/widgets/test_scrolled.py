"""Pages that scroll: made anew they keep their place, and turning past a field changes nothing."""

import ast
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QStyleOptionComboBox,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.widgets.nesting import show_again, show_in
from gui.widgets.turned import ChoiceList, DayBox, LevelSlider, NumberBox
from tests.sources import nodes


def page(*names: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for name in names:
        button = QPushButton(name.rpartition(": ")[2])
        button.setAccessibleName(name)
        button.setMinimumHeight(200)
        column.addWidget(button)
    return made


def shown(qtbot: QtBot) -> QScrollArea:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    show_in(area, page("Pay 1", "Pay 2", "Pay 3"))
    area.resize(300, 250)
    with qtbot.waitActive(area):
        area.show()
        area.activateWindow()
    return area


def button(area: QScrollArea, name: str) -> QPushButton:
    return next(one for one in area.widget().findChildren(QPushButton) if one.accessibleName() == name)


def test_place_and_focus_stay_where_the_name_is_there_again(qtbot: QtBot) -> None:
    area = shown(qtbot)
    button(area, "Pay 3").setFocus()
    area.verticalScrollBar().setValue(260)

    show_again(area, page("Pay 2", "Pay 3", "Pay 4"))

    assert button(area, "Pay 3").hasFocus()
    assert area.verticalScrollBar().value() == 260


def test_the_focus_goes_to_what_took_the_place_of_a_control_that_went(qtbot: QtBot) -> None:
    area = shown(qtbot)
    button(area, "Pay 2").setFocus()

    show_again(area, page("Pay 1", "Not paid 2…", "Pay 3"))
    assert button(area, "Not paid 2…").hasFocus()

    show_again(area, page())
    assert area.hasFocus()


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (("Pay 1", "Remove the date", "Bank details…"), "Bank details…"),
        (("Pay 1", "Take back", "Pay 2", "Bank details…"), "Bank details…"),  # the same again is not meant
        (("Pay 1", "Mark as paid today"), ""),  # a key more would pay
        (("Pay 1", "Take back", "Remove the proof…"), "Remove the proof…"),  # asks first
        (("Bank details", "Remove the date"), ""),
    ],
)
def test_the_focus_falls_on_nothing_that_is_done_at_once(
    qtbot: QtBot, came: tuple[str, ...], expected: str
) -> None:
    area = shown(qtbot)
    pressed = button(area, "Pay 2")
    pressed.setAccessibleName("Pay the second")
    pressed.setFocus()

    show_again(area, page(*came))

    focused = area.window().focusWidget()
    assert focused is (button(area, expected) if expected else area)


def test_tab_goes_through_a_page_that_came_later_before_it_goes_on(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, area, foot = QVBoxLayout(window), QScrollArea(), QPushButton("Foot")
    area.setAccessibleName("Area")
    foot.setAccessibleName("Foot")
    column.addWidget(area)
    column.addWidget(foot)
    show_in(area, page("Pay 1"))
    show_in(area, page("Pay 2", "Pay 3"))

    named, one = list[str](), area.nextInFocusChain()
    while one is not area:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named.append(one.accessibleName())
        one = one.nextInFocusChain()

    assert named == ["Pay 2", "Pay 3", "Foot"]


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


@pytest.mark.parametrize("make", [a_list, a_number, a_day, a_slider])
@pytest.mark.parametrize("has_focus", [False, True])
def test_the_wheel_scrolls_the_page_past_all_but_a_slider_that_has_the_focus(
    make: Callable[[], tuple[QWidget, Callable[[], object]]], has_focus: bool, qtbot: QtBot
) -> None:
    box, value = make()
    area = page_with(box, qtbot)
    before = value()
    if has_focus:
        box.setFocus()
    turn(box)
    is_turned = has_focus and make is a_slider
    assert (value() != before) == is_turned
    assert (area.verticalScrollBar().value() > 0) == (not is_turned)
    assert box.hasFocus() == has_focus


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
