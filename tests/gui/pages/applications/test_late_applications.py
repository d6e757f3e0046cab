"""A late application is marked, filtered for and let in by a waiver alone, through the real window."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.lines import Filter
from gui.pages.applications.page import ApplicationsPage
from gui.pages.applications.pass_gates import to_pass
from gui.pages.page import GATES_TO_CHECK
from models.values.rounds import AreaDates
from tests.gui.pages.applications.conftest import gate_button, make_office, row, texts
from tests.gui.pressing import answer, box_of, page_of

LATE = "received 2 Nov 2026 at 09:03, after Dudley closed on 1 Nov 2026"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one application in time, one without a date and one late."""
    path = tmp_path_factory.mktemp("office") / "office.panel"
    rows = (row(1, datetime(2026, 11, 1, 9, 1)), row(2, None), row(3, datetime(2026, 11, 2, 9, 3)))
    return make_office(path, *rows, dates=AreaDates(closes_on=date(2026, 11, 1)))


@pytest.fixture
def page(window: Window, made: Path, tmp_path: Path) -> ApplicationsPage:
    window.controller.open(Path(shutil.copy(made, tmp_path / "Office.panel")))
    window.main.actions_by_name["applications"].trigger()
    return page_of(window, ApplicationsPage)


def test_it_is_marked_filtered_for_never_passed_in_bulk_or_by_itself_and_waived_with_a_reason(
    page: ApplicationsPage, window: Window, qtbot: QtBot
) -> None:
    lines = {line.reference: line for line in to_pass(page.table.rows)}
    assert [lines[one].of.gates[-1].is_open for one in ("S-002", "S-003")] == [True, False]

    page.buttons[2].click()
    form = box_of(window, DataForm)
    gates = form["gates"]
    last = gates.count() - 1
    assert gates.item(last).text().endswith("(1 to check, no received date)")
    assert str(last) not in gates.ticked
    form.reject()

    late = page.table.rows[2]
    assert (late.state.word, late.of.late) == ("Failed", LATE)
    assert late.spoken.endswith(", received late")

    pill = next(one for one in page.narrowing.pills if one.value is Filter.LATE)
    assert pill.isVisible()
    assert pill.text() == "Late 1"
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)

    assert [line.reference for line in page.table.rows] == ["S-003"]
    assert f"Late: {LATE}." in texts(page)

    page.table.select("S-003")
    page.detail.sections.choose(2)
    assert page.row.of.gates[-1].gate.question == "Was the application received in time?"
    assert not gate_button(page, "Pass", -1).isEnabled()

    qtbot.mouseClick(gate_button(page, "Waive", -1), Qt.MouseButton.LeftButton)
    answer(window, reason="post strike.")

    assert page.row.of.gates[-1].result == "waived"
    page.detail.sections.choose(0)
    assert f"Late: {LATE}; waived by Priya Nair: post strike." in texts(page)


def test_the_way_to_gates_to_check_shows_them(page: ApplicationsPage, window: Window) -> None:
    window.main.tools.go("applications", GATES_TO_CHECK)

    assert {line.reference for line in page.table.rows} == {"S-001", "S-002"}
    assert page.detail.sections.number == 2
