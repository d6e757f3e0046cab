"""The Applications page through the real window: list, filters, detail, gates, and who may see what."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.page import ApplicationsPage
from gui.pages.page import Identity
from models.reference.defaults import ListKind
from models.values.applications import Choice
from tests.gui.pages.applications.conftest import gate_button, texts
from tests.gui.pressing import answer, box_of


def references(page: ApplicationsPage) -> list[str]:
    return [line.reference for line in page.table.rows]


def test_a_gate_is_failed_with_a_reason_and_set_by_keys(
    page: ApplicationsPage, opened: Window, qtbot: QtBot
) -> None:
    page.table.select("W-009")
    page.detail.sections.choose(2)
    qtbot.mouseClick(gate_button(page, "Fail"), Qt.MouseButton.LeftButton)
    assert answer(opened, reason="").problem.text().startswith("Say why")
    answer(opened, reason="an individual")

    failed = page.row
    assert failed.state.word == "Failed"
    qtbot.mouseClick(gate_button(page, "Fail"), Qt.MouseButton.LeftButton)
    assert box_of(opened, DataForm)["reason"].toPlainText() == "an individual", "it can be changed"
    answer(opened, reason="one person")
    assert page.row.of.gates[0].reason == "one person"
    opened.workspace.undo_stack.undo()
    opened.workspace.undo_stack.undo()
    assert page.row.state.word == "Scored"
    # keys stay at the gate that was set
    pill = gate_button(page, "To check")
    pill.setFocus()
    qtbot.keyClick(pill, Qt.Key.Key_Space)
    assert page.row.of.gates[0].result == "to check"
    assert gate_button(page, "To check") is not pill
    assert gate_button(page, "To check").hasFocus()


def test_a_member_reads_what_is_open_and_who_may_not_import_is_told(
    page: ApplicationsPage, opened: Window
) -> None:
    opened.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    page.table.select("W-009")
    page.detail.sections.choose(2)
    assert page.row.of.gates[0].gate.question in texts(page)
    assert set(page.detail.buttons) == {"All that was changed on this application"}
    page.show_reference("W-013")
    assert page.row.spoken == "W-013, Graiseley Gardeners, You declared an interest in this application"
    assert "You declared an interest in this application." in texts(page)
    assert "Community planters" not in texts(page)
    page.narrowing.typed.setText("planters")
    assert references(page) == []

    opened.main.tools.use_as(Identity("Una Test", "reader"))
    page.show_place(None)
    assert page.empty.words == "This record has no round yet. The grants office starts one."
    assert not page.empty.button.isVisible()


def test_applications_are_listed_and_filtered(page: ApplicationsPage, qtbot: QtBot) -> None:
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(references(page)) == 42  # seven areas of 4, and 14 in Wolverhampton
    assert page.summary.text().startswith("All areas: 42 applications, £")
    bilston = next(line for line in page.table.rows if line.reference == "W-014")
    assert bilston.spoken == "W-014, Bilston Boxing Futures, requested £4,800, all gates passed, scored"
    page.find_words()
    qtbot.keyClicks(page.narrowing.typed, "larder")
    assert references(page) == ["W-009"]
    assert page.row.reference == "W-009"
    assert "Low Hill Community Larder" in texts(page)
    page.narrowing.typed.clear()
    assert len(references(page)) == 42

    first, second, *others = page.table.rows
    burglary = Choice(ListKind.CRIME, "burglary", "Burglary")
    lines = [replace(first, of=replace(first.of, choices=(burglary,))), second, *others]
    filters = page.narrowing
    filters.typed.setText("crime type: burglary")
    assert filters.kept(lines) == tuple(lines[:1])
    filters.typed.setText("under nothing yet")
    assert filters.kept(lines) == tuple(lines[1:])
    filters.reset()
    assert filters.kept(lines) == tuple(lines)


def test_one_is_opened_at_full_width_and_left_again_in_every_room(
    page: ApplicationsPage, qtbot: QtBot, opened: Window
) -> None:
    page.table.select("W-009")
    assert not page.sides.isVisible()
    page.table.opened.emit("W-009")
    assert not page.table.isVisible()
    qtbot.waitUntil(lambda: page.detail.reading.width() > 700)
    assert page.detail.reading.widget().width() <= 680  # about 80 characters a line
    qtbot.mouseClick(page.sides.pills[0], Qt.MouseButton.LeftButton)
    assert (page.table.isVisible(), page.table.current, page.sides.isVisible()) == (True, "W-009", False)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert not page.table.isVisible()
    qtbot.keyClick(page.detail.reading, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.table.current == "W-009"
    for width, height in ((1366, 688), (1093, 535), (880, 600)):
        opened.main.resize(width, height)
        assert page.table.columnWidth(1) >= 100
        assert page.detail.isVisible() or page.sides.isVisible()
