"""A dialog stays on the screen: where that is too low it scrolls, with its buttons in sight."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QScrollArea, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.fitting import fit_in
from gui.dialogs.foot import foot
from gui.theme.look import Look
from gui.widgets.field_error import FieldError
from gui.widgets.words import Words


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """A look of the test's own."""
    made = Look(qapp)
    yield made
    made.deleteLater()


def made(look: Look, lines: int) -> QDialog:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    column.addWidget(Words(look, "Words that run over many lines where there is little room. " * 4).wrapped())
    for number in range(lines):
        line = QLineEdit()
        line.setObjectName(f"line {number}")
        column.addWidget(line)
    column.addWidget(FieldError(look, dialog.findChild(QLineEdit, "line 1")))
    cancel, do = QPushButton("Cancel"), QPushButton("Do")
    column.addLayout(foot(look, cancel, do))
    dialog.findChild(QLineEdit, "line 1").setFocus()
    return dialog


@pytest.mark.parametrize("lines", [3, 30])
def test_a_dialog_scrolls_only_where_it_has_to(look: Look, qtbot: QtBot, lines: int) -> None:
    dialog = made(look, lines)
    qtbot.addWidget(dialog)

    fit_in(dialog, QSize(500, 400))
    dialog.show()

    assert bool(dialog.findChildren(QScrollArea)) == (lines == 30)
    assert dialog.height() <= 400
    deed = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Do")
    assert deed.mapTo(dialog, deed.rect().bottomLeft()).y() < dialog.height()
    assert dialog.focusWidget().objectName() == "line 1"
    wrong = dialog.findChild(FieldError)
    wrong.tell("Type it again.")
    QApplication.processEvents()
    assert wrong.mapTo(dialog, wrong.rect().bottomLeft()).y() < dialog.height()
    assert not wrong.visibleRegion().isEmpty()


def test_the_control_with_the_focus_is_scrolled_to(look: Look, qtbot: QtBot) -> None:
    dialog = made(look, 30)
    qtbot.addWidget(dialog)
    fit_in(dialog, QSize(500, 400))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    last = dialog.findChild(QLineEdit, "line 29")
    assert last.visibleRegion().isEmpty()

    last.setFocus()

    assert not last.visibleRegion().isEmpty()


def test_every_dialog_of_the_window_stays_on_its_screen(opened: Window) -> None:
    dialog = made(opened.look, 60)

    opened.main.tools.dialogs.show(dialog)

    assert dialog.height() < opened.main.screen().availableGeometry().height()
    deed = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Do")
    assert deed.mapTo(dialog, deed.rect().bottomLeft()).y() < dialog.height()
