"""From Overview whoever signs comes to the very line that waits for them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui.app import Window
from gui.pages.overview.figures import WAYS, TaskRow
from gui.pages.page import Identity
from models.record import Record
from tests.gui.deciding import at_page
from tests.gui.pressing import words_in
from tests.models.conftest import OPENER, TickingClock
from tests.models.operations.awards.proposals import direct
from tests.models.queries.panel.test_signatures_wait import WAITING

pytestmark = pytest.mark.overview


@pytest.mark.parametrize("kind", WAITING)
def test_the_page_opens_at_the_line_that_waits(window: Window, tmp_path: Path, kind: str) -> None:
    make, who, words = WAITING[kind]
    path = tmp_path / "office.panel"
    with Record.create(path, OPENER, clock=TickingClock()) as record:
        make(record)
        number = direct(record) if "direct" in kind else 1
    at_page(window, path, Identity(who.name, who.role), "overview")
    window.controller.rounds.choose_round(number)

    *_, task = (one for one in window.main.findChildren(TaskRow) if words in words_in(one))
    task.button.click()
    QApplication.processEvents()

    page, reference = window.main.pages.current, task._task.to_do.reference
    assert page.key == WAYS[task._task.to_do.what].page
    assert page.isVisible()
    assert reference in words_in(page)
