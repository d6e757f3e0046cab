"""A dialog stays on the screen: where that is too low it scrolls, with its buttons in sight."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.app import Window
from gui.dialogs import form_size
from gui.dialogs.form import Form
from gui.theme.look import Look
from gui.widgets.typed import MoneyField, Wrong
from tests.gui.looks import look_of

LOW = QSize(700, 520)
WORDS = "Words that run over many lines where there is little room. " * 4


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """A look of the test's own."""
    made = look_of(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is lower than many dialogs."""
    monkeypatch.setattr(form_size, "room_of", lambda dialog: LOW)


class Many(Form):
    """Lines, of which the second is wrong."""

    def __init__(self, look: Look, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(look, "Many lines", (WORDS,), "Do", parent)
        self.lines = [self.line(f"Line {number}") for number in range(lines)]
        self.amount = self.add("Amount", MoneyField("Amount"))
        grid = self.field_grid("First", "Second")
        self.second = grid.edit("Second")
        grid.put(grid.edit("First"), self.second)
        self.last = grid.edit("Last")
        grid.put(grid.name("A name"), self.last)
        self.finish(self.lines[1])

    def try_action(self) -> None:
        """Find the second line wrong."""
        raise Wrong("Type it again.", self.lines[1])


def is_in_sight(dialog: Form, part: QWidget) -> bool:
    return part.mapTo(dialog, part.rect().bottomLeft()).y() < dialog.height() and (
        not part.visibleRegion().isEmpty()
    )


@pytest.mark.parametrize("lines", [2, 30])
def test_a_dialog_scrolls_only_where_it_has_to(low: None, look: Look, qtbot: QtBot, lines: int) -> None:
    dialog = Many(look, lines)
    qtbot.addWidget(dialog)

    dialog.show()

    assert (dialog.findChildren(QScrollArea)[0].verticalScrollBar().maximum() > 0) == (lines == 30)
    assert dialog.height() <= LOW.height()


@pytest.mark.parametrize(("lacking", "scrolls"), [(3, False), (60, True)])
def test_no_bar_comes_for_a_few_pixels(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, lacking: int, scrolls: bool
) -> None:
    whole = Many(look, 3)
    qtbot.addWidget(whole)
    whole.show()
    monkeypatch.setattr(form_size, "room_of", lambda dialog: QSize(700, whole.height() - lacking))

    dialog = Many(look, 3)
    qtbot.addWidget(dialog)
    dialog.show()

    assert (dialog.scrolled.verticalScrollBar().maximum() > 0) == scrolls
    assert dialog.height() <= whole.height() - lacking
    assert is_in_sight(dialog, dialog.do)
    assert dialog.focusWidget() is dialog.lines[1]
    dialog.do.click()
    QApplication.processEvents()
    assert dialog.problem.text() == "Type it again."
    assert is_in_sight(dialog, dialog.problem)
    assert is_in_sight(dialog, dialog.do)


def test_what_is_wrong_stands_at_its_field_and_goes_as_it_is_mended(look: Look, qtbot: QtBot) -> None:
    dialog = Many(look, 3)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.do.click()
    qtbot.waitUntil(lambda: dialog.lines[1].geometry().bottom() < dialog.problem.y() < dialog.lines[2].y())
    dialog.amount.setText("4,50")
    dialog.amount.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.amount.geometry().bottom() < dialog.problem.y() < dialog.second.y())
    assert dialog.amount.accessibleDescription() == dialog.problem.text()
    dialog.amount.setText("4.50")
    dialog.amount.editingFinished.emit()
    assert dialog.problem.isHidden()
    dialog.refuse("Say it.", dialog.second)
    qtbot.waitUntil(lambda: dialog.second.geometry().bottom() < dialog.problem.y() < dialog.last.y())
    assert dialog.focusWidget() is dialog.second
    before = dialog.height()
    dialog.tell_refused("The round is signed.")
    qtbot.waitUntil(lambda: dialog.problem.y() > dialog.last.geometry().bottom())
    assert dialog.height() >= before


class Halves(Form):
    """Two lines side by side."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Halves", (), "Do", None)
        self.left, self.right = QLineEdit(), QLineEdit()
        self.across(("Left", self.left), ("Right", self.right))
        self.finish(self.left)


def test_what_is_wrong_in_half_the_width_is_said_whole_and_moves_nothing_beside_it(
    look: Look, qtbot: QtBot
) -> None:
    dialog = Halves(look)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.refuse(
        "“7” is not a word for an area. Write a name of up to 40 letters, such as Ward.", dialog.right
    )
    told = dialog.problem

    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()) > 0)
    assert told.height() > 2 * told.fontMetrics().height()
    assert dialog.left.y() == dialog.right.y()


def test_a_form_that_goes_says_nothing_more_of_a_field_that_it_leaves(look: Look, qtbot: QtBot) -> None:
    dialog = Many(look, 3)
    dialog.show()
    dialog.activateWindow()
    dialog.amount.setFocus()
    dialog.amount.setText("4,50")
    qtbot.waitUntil(dialog.amount.hasFocus)

    with qtbot.captureExceptions() as raised:
        delete(dialog)

    assert not raised


def test_the_control_with_the_focus_is_scrolled_to(low: None, look: Look, qtbot: QtBot) -> None:
    dialog = Many(look, 30)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    last = dialog.lines[29]
    assert last.visibleRegion().isEmpty()

    last.setFocus()

    assert not last.visibleRegion().isEmpty()
    dialog.cancel.setFocus()
    for _ in range(9):
        qtbot.keyClick(dialog.cancel, Qt.Key.Key_PageUp)
    assert not dialog.heading.visibleRegion().isEmpty()
    assert dialog.focusWidget() is dialog.cancel


def test_every_dialog_of_the_window_stays_on_its_screen(opened: Window) -> None:
    dialog = Many(opened.look, 60, opened.main)

    opened.main.tools.dialogs.show(dialog)

    assert dialog.height() < opened.main.screen().availableGeometry().height()
    assert is_in_sight(dialog, dialog.do)


def test_what_is_cut_at_the_edge_is_clicked_by_one_press(low: None, look: Look, qtbot: QtBot) -> None:
    dialog = Many(look, 30)
    qtbot.addWidget(dialog)
    tick = QCheckBox("I have read this")
    dialog.column.insertWidget(20, tick)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    area = dialog.findChildren(QScrollArea)[0]
    area.verticalScrollBar().setValue(tick.geometry().bottom() - area.viewport().height() - 4)
    handle = dialog.windowHandle()
    assert handle is not None

    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=tick.mapTo(dialog, QPoint(8, 4)))

    assert tick.hasFocus()
    assert tick.isChecked(), "it stayed under the pointer until it was let go"
