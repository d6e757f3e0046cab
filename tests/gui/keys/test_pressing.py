"""A test leaves no key or button held down for the one that comes after it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.pressing import double_click, release_all


def test_what_was_held_is_released_and_named(qapp: QApplication) -> None:
    widget = QWidget()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton)

    assert release_all() == Qt.MouseButton.LeftButton
    assert (qapp.mouseButtons(), qapp.keyboardModifiers()) == (
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )


def test_a_double_click_ends_with_the_button_up(qapp: QApplication) -> None:
    double_click(QWidget(), QPoint(1, 1))

    assert release_all() == Qt.MouseButton.NoButton
