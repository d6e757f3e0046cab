"""The page Applications and its import, on show."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.page import ApplicationsPage
from gui.widgets.buttons import Button
from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.rounds import AreaDates, RoundKey
from models.values.rows import ApplicationRow
from tests.gui.pressing import page_of

KEY = RoundKey("Active Citizens Fund", "2026/27", "Spring")
OFFICER = Actor("Priya Nair")


@pytest.fixture
def page(opened: Window) -> ApplicationsPage:
    """The page on the office's record."""
    opened.main.actions_by_name["applications"].trigger()
    return page_of(opened, ApplicationsPage)


def row(number: int, received_at: datetime | None) -> ApplicationRow:
    """An application for £1,000 in Dudley."""
    return ApplicationRow(
        f"S-{number:03d}",
        f"Group {number}",
        project=f"Project {number}",
        requested_pence=100_000,
        area="Dudley",
        received_at=received_at,
        received_has_time=received_at is not None,
    )


def make_office(path: Path, *rows: ApplicationRow, dates: AreaDates | None = None) -> Path:
    """Make a record with the shipped funds and applications in Dudley, closed; never opened by a test."""
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office of the Commissioner", shipped_funds()), OFFICER)
        record.perform(ImportApplications(KEY, rows, ("Dudley",)), OFFICER)
        if dates:
            record.perform(SetAreaDates(1, "Dudley", dates, AreaDates()), OFFICER)
    return path


@pytest.fixture
def wizard(page: ApplicationsPage, qtbot: QtBot) -> ImportWizard:
    """The import at its first step."""
    qtbot.mouseClick(page.buttons[0], Qt.MouseButton.LeftButton)
    return page.wizard


def texts(page: ApplicationsPage) -> str:
    """What the side shows of the application on show."""
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if label.isVisible())


def gate_button(page: ApplicationsPage, words: str, number: int = 0) -> Button:
    """The button of what a gate of the application on show may come to."""
    question = page.row.of.gates[number].gate.question
    found: Button = page.detail.buttons[f"{words}: {question}"]
    return found
