"""Scoring through the real window: marks by key, the total, the next sheet, handing in, what stays closed."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring import marks
from gui.pages.panel.scoring.marks import MarkRow
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.sheets import REOPENED_BELOW
from gui.theme.look import look
from gui.widgets.charts.chart_or_table import ChartTable
from models.operations.applications.corrections import SetWithdrawn
from models.operations.panel.sheets import HandIn
from models.operations.set_up.areas import MoveAreas
from models.queries.panel.score_sheets import score_sheets
from scoring.marks.reading_order import circle
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.pages.panel.scoring_rounds import (
    CHAIR,
    FULL,
    OFFICER,
    at_scoring,
    by_reference,
    mark_all,
    press,
)
from tests.gui.pressing import answer, box_of, words_in
from tests.models.rounds import reader

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: Window, scoring_file: Path) -> ScoringPage:
    """The scoring page, used by the chair, who is a member."""
    return by_reference(at_scoring(window, scoring_file))


def test_sheets_are_marked_by_keys_and_show_at_once_what_the_record_then_has(
    window: Window, page: ScoringPage
) -> None:
    # a sheet by keys alone takes fourteen presses
    for mark in FULL[:-1]:
        press(str(mark))
        press(Qt.Key.Key_Down)
    press(str(FULL[-1]))
    press(Qt.Key.Key_Return, modifier=CONTROL)
    assert page.sheets.full[0] == ("W-003",)
    assert page.sheets.current.reference == "W-005"
    assert isinstance(QApplication.focusWidget().parent(), MarkRow)
    assert "↓ next criterion" in page.form.footer._hint.text()
    assert page.form.open_box.code == "A1"
    # saving with a gap goes to the gap and stays
    press(*"4jj4")
    press(Qt.Key.Key_Return, modifier=CONTROL)
    assert page.sheets.current.reference == "W-005"
    assert page.form.open_box.code == "A2"
    # arrows move the mark and delete clears it
    page.show_reference("W-012")
    press("3", Qt.Key.Key_Right)
    raised = page.sheets.current.marks[0]
    press(Qt.Key.Key_Left)
    lowered = page.sheets.current.marks[0]
    press(Qt.Key.Key_Delete)
    assert (raised, lowered, page.sheets.current.marks[0]) == (4, 3, None)
    # a digit gives the mark and the total follows
    press(*"4j5j4j4")
    # 25 x 0.8 + 15 + 15 x 0.8 + 15 x 0.8 = 59
    assert page.form.footer.accessibleName() == "Total 59.00 of 70 marked, 100 in all"
    assert page.form.footer.state.text() == "3 marks to give"
    assert page.sheets.current.marks == (4, 5, 4, 4, None, None, None)
    # marks and reasons show at once as the record then has them
    page.show_reference("W-013")
    press(*"4j5j4j4j3j2j1")
    sheets, asked = page.sheets, []
    shown = page.sheets.current
    assert None not in shown.marks
    sheets.explain(shown.reference, sheets.codes[0], "Well planned.")
    sheets.mark(shown.reference, sheets.codes[1], None)
    query = partial(score_sheets, round_id=1, viewer=reader("NAIR"))
    window.workspace.ask(query, asked.append)
    assert asked == [sheets.all], "nothing is asked after a mark: what is shown has to be what is written"


def test_a_reason_is_entered_kept_for_the_panel_and_undone_on_the_sheet_and_in_the_grid(
    window: Window, page: ScoringPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a reason is entered on leaving and undone in one
    press("4", Qt.Key.Key_Tab)
    kept = list[dict[str, str]]()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Backspace):
        press(key)
        window.workspace.ask_drafts("reason/", kept.append)
    assert [*map(len, kept)] == [1, 0], "nothing is kept of what is taken back"
    qtbot.keyClicks(QApplication.focusWidget(), "clear baseline")
    assert page.form.open_box.body.count.text().endswith("2 of 150 words")
    press(Qt.Key.Key_Tab)
    entered = page.sheets.current.reasons[0]
    window.workspace.undo_stack.undo()
    assert entered == "clear baseline"
    assert page.sheets.current.reasons[0] == ""
    assert page.form.open_box.code == "A2"  # Tab went on to the next criterion
    assert isinstance(QApplication.focusWidget().parent(), MarkRow)
    # a key on the marks keeps it for the panel
    page.show_reference("W-005")
    heard: list[str] = []
    monkeypatch.setattr(marks, "announce", lambda _, words: heard.append(words))
    body = page.form.open_box.body
    press(Qt.Key.Key_P)
    assert not body.for_panel.isEnabled(), "there is no reason yet"
    press(Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "is it legal?")
    assert body.count.text() == "The applicant may see this  ·  3 of 150 words"
    page.form.focus_open()
    press(Qt.Key.Key_P)
    assert (page.sheets.current.reasons[0], page.sheets.current.for_panel) == ("is it legal?", {"A1"})
    assert body.count.text() == "For the panel only  ·  3 of 150 words"
    assert body.for_panel.accessibleName() == "Panel only: the reason on A1"
    window.workspace.undo_stack.undo()
    assert page.sheets.current.for_panel == frozenset()
    assert not body.for_panel.isChecked()
    assert heard == ["For the panel only: the reason on A1."]
    # so does the grid
    page.as_grid.click()
    grid = page.grid
    grid.table.choose("W-012", "A2")
    grid.reason.setFocus()
    assert not grid.for_panel.isEnabled()
    qtbot.keyClicks(grid.reason, "to ask")
    grid.table.setFocus()
    press(Qt.Key.Key_P)
    spoken = grid.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert ", reason given, for the panel only, " in spoken
    assert (grid.for_panel.isChecked(), page.sheets.current.for_panel) == (True, {"A2"})
    grid.reason.setFocus()
    grid.reason.setPlainText("")
    grid.table.setFocus()
    assert (grid.reason.text, grid.for_panel.isEnabled()) == ("", True), "what was ticked can be unticked"
    press(Qt.Key.Key_P)
    assert (grid.for_panel.isChecked(), grid.for_panel.isEnabled()) == (False, False)
    assert page.sheets.current.for_panel == frozenset()


def test_words_typed_on_the_sheet_or_in_the_grid_are_offered_back_after_a_crash_and_a_withdrawal(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    sheets = page.sheets
    for is_grid, of, other in ((False, "W-002", "W-005"), (True, "W-012", "W-013")):
        if is_grid:
            page.as_grid.click()
        page.show_reference(of)
        box = page.grid.reason if is_grid else page.form.open_box.reason
        box.setFocus()
        qtbot.keyClicks(box, "half a sent")
        place, member = sheets.place, sheets.member
        sheets.look_at(None)
        sheets.look_at(place, member)
        sheets.refresh()
        assert sheets.drafts_of(of) == {"A1": "half a sent"}
        assert not page.drafts.isHidden()
        box.show_text(box.text)  # as after a new start: nothing is being typed
        qtbot.mouseClick(page.drafts.use, Qt.MouseButton.LeftButton)
        assert sheets.current.reasons[0] == "half a sent"
        assert page.drafts.isHidden()
        # the application is withdrawn meanwhile, and comes back
        page.show_reference(other)
        box = page.grid.reason if is_grid else page.form.open_box.reason
        box.setFocus()
        qtbot.keyClicks(box, "The plan is clear")
        gone = SetWithdrawn(1, other, is_withdrawn=True, reason="asked")
        window.workspace.perform(gone)
        page.show_reference("W-016")
        window.workspace.perform(replace(gone, is_withdrawn=False))
        page.show_reference(other)
        assert page.drafts.words.text() == "Typed on A1 and not saved: “The plan is clear”"
        qtbot.mouseClick(page.drafts.use, Qt.MouseButton.LeftButton)
        assert sheets.current.reasons[0] == "The plan is clear"
        assert page.drafts.isHidden()


def head_of(cell: QModelIndex) -> str:
    """Return what stands over a cell."""
    return str(cell.model().headerData(cell.column(), Qt.Orientation.Horizontal))


def marks_beside(page: ScoringPage) -> list[QModelIndex]:
    """Return the cells of the first criterion in the table of all marks."""
    (table,) = page.form.peers.findChildren(ChartTable)
    model = table.model()
    return [model.index(0, column) for column in range(model.columnCount())]


def test_ready_sheets_are_handed_in_after_a_question_reopened_with_a_reason_and_locked_at_the_meeting(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    mark_all(window, "W-002", "W-003")
    page.show_reference("W-002")
    assert page.form.peers.isHidden()
    assert page.hand_in.text() == "Hand in 2 ready"
    qtbot.mouseClick(page.hand_in, Qt.MouseButton.LeftButton)
    dialog = box_of(window, FinalDataForm)
    assert dialog.focusWidget() is dialog.cancel
    assert dialog.do.text() == "Hand in 2 sheets"
    hints: list[str] = []
    window.main.tools.hinted.connect(hints.append)
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)  # a key too many hands nothing in, and is told
    assert hints == ["Nothing is handed in yet. Your marks are saved."]
    qtbot.mouseClick(page.hand_in, Qt.MouseButton.LeftButton)
    box_of(window, FinalDataForm).do.click()
    assert page.sheets.full[0] == ()
    assert "Khan" in head_of(marks_beside(page)[2])  # her W-002 can be read now
    assert not window.workspace.undo_stack.canUndo()
    # the chair reopens a sheet with a reason, and it says so
    assert page.form.lock_words.text() == REOPENED_BELOW
    page.form.peers.reopen_asked.emit("W-002", "")
    form = box_of(window, DataForm)
    form.do.click()
    still_open = window.controller.dialog is form and not form.problem.isHidden()
    qtbot.waitUntil(form["reason"].hasFocus)
    qtbot.keyClicks(form["reason"], "a mark in the wrong row.")
    qtbot.keyClick(form["reason"], Qt.Key.Key_Return, CONTROL)
    assert still_open
    assert page.sheets.current.reopened == "a mark in the wrong row."
    shown = page.form.lock_words.text()
    assert shown == "Reopened after others’ marks could be seen: a mark in the wrong row."
    assert page.form.open_box.marks.buttons[0].isEnabled()
    window.workspace.perform(HandIn(1, "NAIR", "W-002"))
    assert f"{FULL[0]} R" in [index.data() for index in marks_beside(page)]
    # one of the ready sheets can be handed in alone
    mark_all(window, "W-005", "W-012")
    page.show_reference("W-012")
    qtbot.mouseClick(page.hand_in, Qt.MouseButton.LeftButton)
    dialog = box_of(window, FinalDataForm)
    dialog["which"].buttons[("W-012",)].setChecked(True)
    dialog.do.click()
    assert page.sheets.full[0] == ("W-005",)
    # digits go on in the grid after a sheet is handed in
    page.as_grid.click()
    page.hand_in.setFocus()
    qtbot.mouseClick(page.hand_in, Qt.MouseButton.LeftButton)
    window.controller.dialog.do.click()
    assert page.grid.table is not None
    assert window.main.focusWidget() is page.grid.table
    page.as_grid.click()
    # marks are locked once the area is at the meeting
    page.show_reference("W-013")
    window.workspace.perform(MoveAreas(1, (WOLVERHAMPTON,), "meeting"))
    assert "Marks closed: Wolverhampton is at the meeting" in page.form.lock_words.text()
    assert not page.form.boxes[0].marks.isEnabled()
    on = page.form.footer.next
    assert (on.text(), on.isEnabled()) == ("Next application", True)
    page.show_reference(page.sheets.lines[-1].reference)
    assert (on.isEnabled(), on.toolTip()) == (False, "This is the last of your sheets.")
    footer = page.form.footer
    footer.show_sheet(replace(footer.sheet, onward="Go to hand in"))
    assert (on.text(), on.isEnabled()) == ("Go to hand in", True)


def test_an_interest_is_declared_while_scoring_one_abstains_and_what_opens_others_marks_offers_no_undo(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    # declaring an interest while scoring closes the sheet and can be undone
    press("4")
    qtbot.mouseClick(page.form.footer.declare, Qt.MouseButton.LeftButton)
    dialog = box_of(window, DataForm)
    dialog["detail"].setPlainText(" ")
    dialog.do.click()
    assert window.controller.dialog is dialog
    assert dialog.problem.text().startswith("Say in a few words what the interest in W-003 is.")
    assert dialog["detail"].accessibleDescription() == dialog.problem.text()
    dialog["detail"].setPlainText("a neighbour")
    dialog.do.click()
    closed = words_in(page.pane)
    window.workspace.undo_stack.undo()
    assert "You declared an interest in W-003" in closed
    assert "is not counted; it is kept in History" in closed
    assert page.sheets.current.marks[0] == 4
    # abstaining needs no reason and is no conflict
    toast = window.main.toast
    page.form.footer.abstain.click()
    answer(window)
    assert "You abstained on W-003" in words_in(page.pane)
    assert toast.undo.isVisibleTo(toast), "nobody has handed one in there"
    page.show_reference("W-002")
    qtbot.mouseClick(page.form.footer.abstain, Qt.MouseButton.LeftButton)
    window.controller.dialog.do.click()
    assert toast.words == "You abstained on W-002."
    assert not toast.undo.isVisibleTo(toast), "Khan’s sheet is open now, and Undo is not of the change before"
    assert not window.workspace.undo_stack.canUndo()


def test_the_grid_takes_digits_straight_in_and_is_the_same_data(page: ScoringPage, qtbot: QtBot) -> None:
    page.as_grid.click()
    table = page.grid.table
    tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    row = next(n for n, line in enumerate(page.sheets.lines) if line.reference == "W-003")
    table.setCurrentIndex(table.model().index(row, 1))
    qtbot.keyClicks(table, "4544")
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    spoken = table.model().index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    page.as_grid.click()
    page.show_reference("W-003")

    assert page.sheets.current.marks == (4, 5, 4, None, None, None, None)
    assert page.grid.keys.text() == "0–5 mark and go on   ·   Delete clears"
    # 25 x 0.8 + 15 + 15 x 0.8 = 47
    assert spoken == (
        "Whitmore Reans Women's Circle, A1 Crime prevention, 4, no reason, "
        "total 47.00 of 55 marked, 100 in all"
    )
    del tester


def test_a_page_is_turned_while_typing_and_the_title_is_whole_at_every_width_and_size(
    window: Window, page: ScoringPage
) -> None:
    window.main.resize(1093, 535)
    QApplication.processEvents()
    press(Qt.Key.Key_Tab)
    bar = page.pane.pane.verticalScrollBar()
    bar.setMaximum(max(bar.maximum(), 400))
    press(Qt.Key.Key_PageDown, modifier=ALT)
    down = bar.value()
    press(Qt.Key.Key_PageUp, modifier=ALT)
    assert down > 0
    assert bar.value() == 0
    for width, percent in ((1100, 100), (1250, 100), (1366, 100), (1366, 110), (1366, 125), (1366, 200)):
        window.main.resize(width, 768)
        look.set_percent(percent)
        QApplication.processEvents()
        assert page.title.width() >= page.title.sizeHint().width(), (width, percent)
        assert page.summary.isHidden() or page.summary.shown.startswith("0 of 13 scored"), (width, percent)


def test_the_page_opens_on_a_sheet_goes_through_them_and_tells_others_why_not(
    window: Window, page: ScoringPage, qtbot: QtBot
) -> None:
    # the page opens on the first sheet to mark
    assert page.summary.text() == "0 of 13 scored, 0 ready to hand in, 13 still to score"
    assert page.sheets.current.reference == "W-003"
    assert "Safe routes home" in words_in(page.pane)
    # the mark row is a group of radio buttons with words
    box = page.form.open_box
    row = QAccessible.queryAccessibleInterface(box.marks)
    button = QAccessible.queryAccessibleInterface(box.marks.buttons[4])
    assert row.role() is QAccessible.Role.Grouping
    assert row.text(QAccessible.Text.Name) == "A1 Crime prevention, weight 25"
    assert button.role() is QAccessible.Role.RadioButton
    assert button.text(QAccessible.Text.Name) == "4"  # this scheme has no words
    # the next and previous item are a key away
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    after = page.sheets.current.reference
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert (after, page.sheets.current.reference) == ("W-005", "W-003")
    # a skipped sheet comes back at the end
    seen = []
    for _ in range(13):
        seen.append(page.sheets.current.reference)
        press(Qt.Key.Key_Enter, modifier=CONTROL | SHIFT)
    assert len(set(seen)) == 13
    assert page.sheets.current.reference == seen[0]
    # an application with an interest shows neither text nor total
    page.show_reference("W-014")
    shown = words_in(page.pane)
    assert "You declared an interest in W-014" in shown
    assert "Evening sessions" not in shown
    assert page.form.footer.total.text() == ""
    page.show_reference("W-003")
    # the grid keeps closed applications closed
    page.as_grid.click()
    table = page.grid.table
    row = next(n for n, line in enumerate(page.sheets.lines) if line.reference == "W-014")
    table.setCurrentIndex(table.model().index(row, 1))
    qtbot.keyClicks(table, "5")
    said = table.model().index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("you declared an interest")
    assert table.model().index(row, 1).data() == "⊘"
    page.as_grid.click()
    # t on the strip of sheets shows them as a table
    page.strip.setFocus()
    assert page.strip.accessibleDescription().endswith("T shows them as a table.")
    qtbot.keyClick(page.strip, Qt.Key.Key_T)
    assert page.grid.isVisible()
    assert page.grid.table is not None
    page.as_grid.click()
    # somebody beside the panel is told so
    window.main.tools.use_as(Identity("Una Test", "finance"))
    QApplication.processEvents()
    assert "not on this round’s panel" in page.empty.words
    window.main.tools.go("scoring")
    # a member who has not declared sees no application
    window.main.tools.use_as(Identity("Jo Adeyemi", "member", "JO"))
    QApplication.processEvents()
    assert page.empty.words == "Declare your interests first. Applications open after that."
    assert page.hand_in.isHidden()
    # the office is told how members score and led to who is using the laptop
    window.main.tools.use_as(OFFICER)
    empty = page.empty
    assert empty.words.startswith("Members score here under their own names")
    assert empty.button.isVisible()
    empty.button.click()
    assert isinstance(window.controller.dialog, DataForm)
    window.controller.dialog.reject()
    window.main.tools.use_as(CHAIR)
    assert page.as_grid.text() == "Grid view", "the office's grid is not the chair's"


def test_a_member_reads_in_an_own_order_and_by_reference_at_a_click(
    window: Window, scoring_file: Path
) -> None:
    page = at_scoring(window, scoring_file)
    references = tuple(sorted(line.reference for line in page.sheets.all.lines))
    own = circle("Round 2", WOLVERHAMPTON, references)
    assert page.head.in_order.text() == "By reference"
    assert tuple(line.reference for line in page.sheets.lines) == own
    read = page.sheets.current.reference
    assert read == next(one for one in own if one != "W-014"), "NAIR is the first of three"

    page.head.in_order.click()

    assert page.head.in_order.text() == "Reading order"
    assert tuple(line.reference for line in page.sheets.lines) == references
    assert page.sheets.current.reference == read, "the sheet stays on show"
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert page.sheets.current.reference == references[references.index(read) + 1]

    page.head.in_order.click()
    assert tuple(line.reference for line in page.sheets.lines) == own, (
        page.sheets.place.line.name,
        page.sheets.place.area,
        len(references),
    )
