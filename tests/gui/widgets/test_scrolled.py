"""A page that is made anew in a scroll area keeps the place and the focus of whoever reads it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.scrolled import show_again, show_in


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

    show_again(area, page("Pay 1", "Not paid 2", "Pay 3"))
    assert button(area, "Not paid 2").hasFocus()

    show_again(area, page())
    assert area.hasFocus()


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (("Pay 1", "Remove the date", "Bank details"), "Bank details"),
        (("Pay 1", "Take back", "Pay 2", "Bank details"), "Bank details"),  # the same again is not meant
        (("Pay 1", "Take back", "Remove the proof…"), "Remove the proof…"),  # asks first
        (("Bank details", "Remove the date"), ""),
    ],
)
def test_the_focus_falls_on_nothing_that_takes_back(
    qtbot: QtBot, came: tuple[str, ...], expected: str
) -> None:
    area = shown(qtbot)
    pressed = button(area, "Pay 2")
    pressed.setAccessibleName("Pay the second")
    pressed.setFocus()

    show_again(area, page(*came))

    focused = area.window().focusWidget()
    assert focused is (button(area, expected) if expected else area)


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (("Instalment 1: Take back", "Instalment 2: Set due date", "Hold payments"), 1),
        (("Instalment 1: Take back", "Instalment 2: Take back", "Money returned"), -1),
    ],
)
def test_after_one_of_several_comes_the_next_of_them_or_the_pane(
    qtbot: QtBot, came: tuple[str, ...], expected: int
) -> None:
    area = shown(qtbot)
    pressed = button(area, "Pay 1")
    pressed.setAccessibleName("Instalment 1: mark as paid today")
    pressed.setFocus()

    show_again(area, page(*came))

    assert area.window().focusWidget() is (area if expected < 0 else button(area, came[expected]))


def test_a_page_with_the_same_controls_keeps_the_focus_even_on_what_takes_back(qtbot: QtBot) -> None:
    area = shown(qtbot)
    show_in(area, page("Remove 1", "Remove 2"))
    button(area, "Remove 1").setFocus()

    show_again(area, page("Remove 1", "Remove 2"))
    assert button(area, "Remove 1").hasFocus()

    show_again(area, page("Remove 1"))
    assert area.hasFocus()


def test_a_field_that_went_gives_the_focus_to_no_button(qtbot: QtBot) -> None:
    area = shown(qtbot)
    holder = page("Record")
    field = QLineEdit()
    field.setAccessibleName("Signed on")
    column = holder.layout()
    assert column is not None
    column.addWidget(field)
    show_in(area, holder)
    field.setFocus()

    show_again(area, page("Remove the date"))

    assert area.hasFocus()


def test_a_focus_elsewhere_is_left_alone(qtbot: QtBot) -> None:
    area = shown(qtbot)
    area.setFocus()

    show_again(area, page("Pay 1"))

    assert area.hasFocus()


def test_a_page_that_stood_beside_others_takes_none_of_them_along(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, foot, area = QVBoxLayout(window), QPushButton("Foot"), QScrollArea()
    column.addWidget(foot)
    column.addWidget(area)
    part = page("Pay 1")
    part.setParent(area.viewport())

    show_in(area, part)

    assert foot.nextInFocusChain() is area, "what stands before the area stays before it"


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
