"""A change that the record works out first: what was typed for it comes back where it is refused."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.deciding.challenges import EMPTY
from gui.pages.page import Identity
from gui.record.runner import PoolRunner
from tests.gui.conftest import Opens
from tests.gui.deciding import make_decided


def test_what_was_typed_comes_back_where_the_record_refuses_it(
    opens: Opens, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opens(PoolRunner(), make_decided(tmp_path / "office.panel"))
    qtbot.waitUntil(lambda: window.controller.rounds.place is not None)
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("challenges")
    page = window.main.pages.current
    assert isinstance(page, ListedView)
    qtbot.waitUntil(lambda: page.empty.words == EMPTY)
    page.way_on.trigger()
    box = window.controller.dialog
    assert isinstance(box, DataForm)
    box["application"].setCurrentIndex(1)
    box["asked_by"].setText("Uma Asker")
    box["grounds"].setPlainText("The old budget was read.")
    box["due_on"].setText("2 January 2020")
    box.do.click()
    assert box.problem.text().startswith("2 January 2020 is more than five years from today")
    box.do.click()

    qtbot.waitUntil(lambda: "Everything you typed is still here" in box.problem.text())

    assert window.controller.dialog is box
    assert box["grounds"].toPlainText() == "The old budget was read."
    box["due_on"].setText("")
    box.do.click()
    qtbot.waitUntil(lambda: len(page.table.rows) == 1)
    assert page.table.rows[0].challenge.grounds == "The old budget was read."
