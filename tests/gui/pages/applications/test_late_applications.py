"""A late application is marked, filtered for and let in by a waiver alone, through the real window."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.lines import Filter
from gui.pages.applications.page import ApplicationsPage
from gui.pages.applications.pass_gates import to_pass
from gui.pages.page import GATES_TO_CHECK
from models.operation import Actor
from models.operations.applications.applications import ImportApplications
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetUpOffice
from models.record import Opener, Record
from models.reference.schemes import shipped_funds
from models.values.rounds import AreaDates, RoundKey
from models.values.rows import ApplicationRow
from tests.gui.pages.applications.conftest import gate_button
from tests.gui.pressing import answer, box_of, page_of

KEY = RoundKey("Active Citizens Fund", "2026/27", "Spring")
LATE = "received 2 Nov 2026 at 09:03, after Dudley closed on 1 Nov 2026"


def row(number: int, received_at: datetime | None) -> ApplicationRow:
    return ApplicationRow(
        f"S-{number:03d}",
        f"Group {number}",
        project=f"Project {number}",
        requested_pence=100_000,
        area="Dudley",
        received_at=received_at,
        received_has_time=received_at is not None,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one application in time, one without a date and one late, closed; never opened."""
    path = tmp_path_factory.mktemp("office") / "office.panel"
    officer = Actor("Priya Nair")
    with Record.create(path, Opener("Priya Nair", "tests")) as record:
        record.perform(SetUpOffice("Office of the Commissioner", shipped_funds()), officer)
        rows = (row(1, datetime(2026, 11, 1, 9, 1)), row(2, None), row(3, datetime(2026, 11, 2, 9, 3)))
        record.perform(ImportApplications(KEY, rows, ("Dudley",)), officer)
        dates = AreaDates(closes_on=date(2026, 11, 1))
        record.perform(SetAreaDates(1, "Dudley", dates, AreaDates()), officer)
    return path


@pytest.fixture
def page(window: Window, made: Path, tmp_path: Path) -> ApplicationsPage:
    window.controller.open(Path(shutil.copy(made, tmp_path / "Office.panel")))
    window.main.actions_by_name["applications"].trigger()
    return page_of(window, ApplicationsPage)


def words(page: ApplicationsPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if label.isVisible())


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
    assert f"Late: {LATE}." in words(page)

    page.table.select("S-003")
    page.detail.sections.choose(2)
    assert page.row.of.gates[-1].gate.question == "Was the application received in time?"
    assert not gate_button(page, "Pass", -1).isEnabled()

    qtbot.mouseClick(gate_button(page, "Waive", -1), Qt.MouseButton.LeftButton)
    answer(window, reason="post strike.")

    assert page.row.of.gates[-1].result == "waived"
    page.detail.sections.choose(0)
    assert f"Late: {LATE}; waived by Priya Nair: post strike." in words(page)


def test_the_way_to_gates_to_check_shows_them(page: ApplicationsPage, window: Window) -> None:
    window.main.tools.go("applications", GATES_TO_CHECK)

    assert {line.reference for line in page.table.rows} == {"S-001", "S-002"}
    assert page.detail.sections.number == 2
