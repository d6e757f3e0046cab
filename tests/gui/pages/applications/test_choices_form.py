"""What an application is for, chosen in the window from its fund's lists."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.listed.form import DataForm
from gui.pages.applications.form import choices_form
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice


def test_a_line_that_is_retired_stays_where_it_stands(dressed: None, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    crimes = FundList(ListKind.CRIME, (ListItem("old", "Poaching", is_retired=True),), True)
    held = (Choice(ListKind.CRIME, "old", "Poaching"),)

    form = DataForm(choices_form("ACF-001", held, (crimes,), print), holder)
    assert form[ListKind.CRIME].currentText() == "Poaching"
