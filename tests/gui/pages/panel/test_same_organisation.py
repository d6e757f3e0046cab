"""Other applications of an organisation in which an interest is declared are named, never passed over."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring.page import ScoringPage
from models.values.rows import MemberRow
from scoring.round import InterestKind
from tests.gui.pages.panel.scoring_rounds import OPENED, of_the_chair, record_of
from tests.gui.pressing import box_of, page_of
from tests.models.made_once import file_made_once

NONE, MONEY = InterestKind.NONE, InterestKind.PECUNIARY
TWICE = "bilston  boxing FUTURES"
"""The same organisation as another line's, spelt otherwise."""


@pytest.fixture
def panel(window: Window, tmp_path: Path) -> Window:
    """A round in which one organisation applies three times; Jo has not declared, the chair has."""
    window.controller.open(make_round(tmp_path / "panel.panel"))
    window.main.tools.use_as(Identity("Jo Adeyemi", "member", "JO"))
    window.controller.navigation.go_to("panel")
    QApplication.processEvents()
    return window


@file_made_once
def make_round(path: Path) -> Path:
    rows = of_the_chair()
    applications = tuple(
        replace(a, organisation=TWICE if a.reference in ("W-005", "W-016") else a.organisation)
        for a in rows.applications
    )
    people = (MemberRow("NAIR", "Priya Nair", "chair"), MemberRow("JO", "Jo Adeyemi"))
    return record_of(path, replace(rows, applications=applications, members=people), OPENED)


def declaring(window: Window) -> DeclareDialog:
    page_of(window, PanelPage).declare.click()
    return box_of(window, DeclareDialog)


def kinds(dialog: DeclareDialog) -> dict[str, InterestKind | None]:
    return {line.reference: line.kind for line in dialog.lines}


def test_none_for_all_the_rest_asks_about_the_organisation_s_other_applications(
    panel: Window, qtbot: QtBot
) -> None:
    dialog = declaring(panel)
    dialog.table.select("W-014")
    dialog.say(MONEY)
    assert dialog.problem.isHidden(), "nothing is answered for the others yet"

    qtbot.mouseClick(dialog.rest, Qt.MouseButton.LeftButton)

    said = kinds(dialog)
    assert [of for of, kind in said.items() if kind is None] == ["W-005", "W-016"]
    assert dialog.problem.text() == (
        f"W-005 {TWICE} and W-016 {TWICE} come from an organisation in which an interest is declared "
        "(W-014). Choose for each, or press “None for all the rest” again."
    )
    assert (dialog.table.current, dialog.focusWidget()) == ("W-005", dialog.table)
    # a chosen row stays in sight where a sentence takes its room
    table, words = dialog.table, dialog.problem.text()
    dialog.problem.clear()
    QApplication.processEvents()
    low = table.rowAt(table.viewport().height() - 1) - 1
    table.setCurrentIndex(table.model().index(low, 0))
    high = table.viewport().height()
    dialog.problem.show_error(f"{words} {words}", table)
    qtbot.waitUntil(lambda: table.viewport().height() < high)
    qtbot.waitUntil(lambda: table.visualRect(table.currentIndex()).bottom() <= table.viewport().height())
    dialog.table.select("W-005")

    dialog.say(MONEY)
    qtbot.mouseClick(dialog.rest, Qt.MouseButton.LeftButton)
    assert (kinds(dialog)["W-005"], kinds(dialog)["W-016"]) == (MONEY, NONE)
    assert dialog.problem.isHidden()
    panel.main.tools.dialogs.drop()
    # an interest said after none names what stands as none
    dialog = declaring(panel)
    qtbot.mouseClick(dialog.rest, Qt.MouseButton.LeftButton)
    assert set(kinds(dialog).values()) == {NONE}
    dialog.table.select("W-014")
    dialog.say(MONEY)
    assert dialog.problem.text() == (
        "Bilston Boxing Futures also has W-005 and W-016, which say “None”. "
        "Check whether the interest holds there too."
    )


def test_an_interest_declared_while_scoring_names_the_organisation_s_other_applications(
    panel: Window, qtbot: QtBot
) -> None:
    panel.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    panel.controller.navigation.go_to("scoring")
    page = page_of(panel, ScoringPage)
    page.show_reference("W-014")

    qtbot.mouseClick(page.form.footer.declare, Qt.MouseButton.LeftButton)

    dialog = box_of(panel, DataForm)
    assert dialog.accessibleDescription().endswith(
        "Bilston Boxing Futures also has W-005 and W-016: declare there too if the interest holds for it."
    )
