"""Ctrl+K finds what can be done on the page on show, and does it."""

import shutil
from pathlib import Path

from gui.app import Window
from gui.dialogs.search import SearchDialog
from gui.listed.form import DataForm
from gui.pages.page import Identity


def test_it_asks_for_an_allocation(window: Window, decided: Path, tmp_path: Path) -> None:
    window.controller.open(Path(shutil.copy(decided, tmp_path / "office.panel")))
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.main.tools.go("budget")
    window.main.actions_by_name["search"].trigger()
    box = window.controller.dialog
    assert isinstance(box, SearchDialog)
    box.typed.setText("spending plan")
    assert box.shown()[0].words == "Spending plan…"
    box._do()
    assert isinstance(window.controller.dialog, DataForm)
