"""A pointer as a hand moves it, where Qt's own tests do it otherwise, and the box that a press opened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QWidget

from gui.listed.form import DataForm
from gui.widgets.pill import Pill, PillChoice

if TYPE_CHECKING:
    from gui.app import Window

Box = TypeVar("Box", bound=QDialog)
Page = TypeVar("Page", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
REST = QPoint(10, 10)
"""Where the pointer is as the tests begin."""


def double_click(widget: QWidget, at: QPoint) -> None:
    """Click twice and let go: `mouseDClick` alone holds the button down for all that comes after."""
    QTest.mouseClick(widget, LEFT, pos=at)
    QTest.mouseDClick(widget, LEFT, pos=at)
    QTest.mouseRelease(widget, LEFT, pos=at)


def release_all() -> Qt.MouseButton:
    """Let go of every key and button, move the pointer out of the way, and return the buttons that were held.

    A key that Qt's tests click with Ctrl is let go of with Ctrl, which is held from then on.
    """
    if QCursor.pos() != REST:
        QCursor.setPos(REST)
    held = QGuiApplication.mouseButtons()
    if held or QGuiApplication.keyboardModifiers():
        nowhere = QWidget()
        QTest.keyRelease(nowhere, Qt.Key.Key_Control)
        for button in held:
            QTest.mouseRelease(nowhere, button)
    return held


def pill_of(choice: PillChoice, value: object) -> Pill:
    """Return the pill of a value."""
    return next(pill for pill in choice.pills if pill.value == value)


def box_of(window: "Window", kind: type[Box]) -> Box:
    """Return the dialog on show, which is of a kind."""
    dialog = window.controller.dialog
    assert isinstance(dialog, kind)
    return dialog


def answer(window: "Window", **said: str) -> DataForm:
    """Fill in the form on show, press its button and return it."""
    box = box_of(window, DataForm)
    for name, words in said.items():
        field = box[name]
        if isinstance(field, PillChoice):
            next(pill for pill in field.pills if pill.text() == words).click()
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(words)
        else:
            field.setText(words)
    box.do.click()
    return box


def words_in(widget: QWidget) -> str:
    """Return what the labels in a widget say, a line each."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def page_of(window: "Window", kind: type[Page]) -> Page:
    """Return the page on show, which is of a kind."""
    page = window.main.pages.current
    assert isinstance(page, kind)
    return page


def told(window: "Window") -> str:
    """Return what the notice on show says."""
    notice = window.main.notices.current
    return "" if notice is None else notice.words


def answer_to(window: Any, query: Callable[[Any], Any]) -> Any:
    """Return what the record answers to a question, in a window or a page whose work is done inline."""
    found: list[Any] = []
    window.workspace.ask(query, found.append)
    return found[0]
