"""What is signed is not recommended on again: said before an amount is typed, with the way out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.pages.page import Identity
from models.operations.deciding.signing import SignRecommendations
from tests.gui.deciding import CHAIR, DAY, at_page, make_recommended

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_no_amount_is_typed_on_a_signed_recommendation(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    at_page(window, make_recommended(tmp_path / "signed.panel"), Identity(CHAIR.name, CHAIR.role), "ranking")
    page = window.main.ranking
    window.workspace.perform(SignRecommendations(1, "", DAY))
    page.table.select("W-014")

    assert not page.record.isEnabled()
    assert not page.row_buttons.part.isEnabled()
    assert not page.row_buttons.menu("W-014").actions()
    assert not page.acts.open("W-014")
    for key in (Qt.Key.Key_F2, Qt.Key.Key_P):
        qtbot.keyClick(page.table, key)
        assert page.table.editor is None
        assert window.controller.dialog is None

    said = window.main.notices.current
    assert said is not None
    assert said.words == (
        "The recommendation on W-014 is signed. It changes only when the deciding office sends it back."
    )
    (way_out,) = said.remedies
    way_out.do()
    assert window.main.pages.key == "decisions"
