"""A test leaves no key or button held down for the one that comes after it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.pressing import double_click, let_go


def test_what_was_held_is_let_go_of_and_named(qapp: QApplication) -> None:
    widget = QWidget()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton)

    assert let_go() == Qt.MouseButton.LeftButton
    assert (qapp.mouseButtons(), qapp.keyboardModifiers()) == (
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )


def test_a_double_click_ends_with_the_button_up(qapp: QApplication) -> None:
    double_click(QWidget(), QPoint(1, 1))

    assert let_go() == Qt.MouseButton.NoButton
