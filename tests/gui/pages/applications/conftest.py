"""The page Applications and its import, on show."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.page import ApplicationsPage
from gui.widgets.buttons import Button
from tests.gui.pressing import page_of


@pytest.fixture
def page(opened: Window) -> ApplicationsPage:
    """The page on the office's record."""
    opened.main.actions_by_name["applications"].trigger()
    return page_of(opened, ApplicationsPage)


@pytest.fixture
def wizard(page: ApplicationsPage, qtbot: QtBot) -> ImportWizard:
    """The import at its first step."""
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    return page.wizard


def gate_button(page: ApplicationsPage, words: str, number: int = 0) -> Button:
    """The button of what a gate of the application on show may come to."""
    question = page.row.of.gates[number].gate.question
    found: Button = page.detail.buttons[f"{words}: {question}"]
    return found
